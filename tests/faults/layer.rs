//! The layer under a run of the program.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The library that is preloaded: it is built with the tests, beside them.
fn library() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.parent().unwrap();
    let library = folder.join("libexamroom_fault_layer.so");
    assert!(library.exists(), "{} is not there", library.display());
    library
}

/// What happens to a run.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// As the layer reads it: `12 kill-before`.
    pub action: Option<String>,
    /// Where the calls are recorded.
    pub log: Option<PathBuf>,
    /// Milliseconds added to each sync.
    pub slow: u32,
}

impl Plan {
    pub fn action(action: String) -> Self {
        Self { action: Some(action), ..Self::default() }
    }

    /// Puts the layer under a command; the files of `root` count.
    pub fn apply(&self, command: &mut Command, root: &Path) {
        command.env("LD_PRELOAD", library()).env("FAULTS_ROOT", root).env("FAULTS_SLOW", self.slow.to_string());
        if let Some(action) = &self.action {
            command.env("FAULTS_PLAN", action);
        }
        if let Some(log) = &self.log {
            command.env("FAULTS_LOG", log);
        }
    }
}
