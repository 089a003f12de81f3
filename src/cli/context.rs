//! What every command starts from.

use super::args::Global;
use super::environment::Environment;
use super::failure::Failure;
use super::folders::Folders;
use super::presentation::Presentation;
use examroom_app::library::Library;

/// The surroundings of a run.
#[derive(Clone)]
pub struct Context {
    pub folders: Folders,
    pub library: Library,
    pub presentation: Presentation,
}

impl Context {
    pub fn new(global: &Global) -> Result<Self, Failure> {
        let environment = Environment::read();
        let folders = Folders::new(global, &environment)?;
        let library = folders.library();
        Ok(Self { folders, library, presentation: Presentation::new(global, &environment) })
    }
}
