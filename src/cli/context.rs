//! What every command starts from: the folders, the environment, the libraries.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use jiff::civil::Date;

use super::args::Global;
use super::failure::{Exit, Failure};
use super::render::{self, Stream};
use examroom_app::library::{Library, Reading};
use examroom_app::live::system_now;
use examroom_app::view::diagnostic::tally;
use examroom_app::view::listing::{Extent, listing};
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_store::{Recovered, Store};
use examroom_terminal::pages::{Layout, Paint};
use examroom_terminal::tui::Mouse;

/// The folders and the surroundings of a run.
pub struct Context {
    pub data: PathBuf,
    pub library: Library,
    /// Sentences for a screen reader: then there is no full screen either, and nothing is redrawn.
    pub layout: Layout,
    pub mouse: Mouse,
    /// The data folder as it was named on the command line, for commands that are suggested.
    pub data_argument: Option<String>,
}

/// An exam that may be sat: read, and without an error.
pub struct Exam {
    pub blueprint: std::sync::Arc<Blueprint>,
    pub bank: Bank,
}

impl Context {
    pub fn new(global: &Global) -> Result<Self, Failure> {
        let data = match global.data_dir.clone().or_else(|| set("EXAMROOM_DATA").map(PathBuf::from)) {
            Some(folder) => folder,
            None => default_data()?,
        };
        if let Some(banks) = global.banks.as_deref().filter(|banks| !banks.is_dir()) {
            return Err(Failure::new(format!("there is no folder {}", banks.display()))
                .help("--banks names a folder that has one folder for each exam")
                .with_exit(Exit::Usage));
        }
        let mut folders = vec![own_banks(&data)];
        folders.extend(global.banks.clone());
        let plain =
            global.plain || environment_says("ACCESSIBLE") || set("TERM").is_some_and(|terminal| terminal == "dumb");
        let layout = if plain { Layout::Sentences } else { Layout::Table };
        let data_argument = global.data_dir.as_ref().map(|dir| dir.display().to_string());
        let mouse = if global.no_mouse { Mouse::Terminal } else { Mouse::Exam };
        Ok(Self { data, library: Library { folders }, layout, mouse, data_argument })
    }

    /// How this program was called, with what the next call needs to find the same attempts and banks.
    pub fn program(&self) -> String {
        self.data_argument.as_ref().map_or_else(|| "examroom".to_owned(), |dir| format!("examroom --data-dir {dir}"))
    }

    /// The user's own folder of banks.
    pub fn own_banks(&self) -> PathBuf {
        own_banks(&self.data)
    }

    /// Opens the store for writing; tells if a damaged one had to be moved aside.
    pub fn store(&self) -> Result<Store, Failure> {
        let (store, recovered) = Store::open(&self.data, system_now())?;
        if let Some(Recovered { moved_to, attempts }) = recovered {
            render::remark(format!(
                "The file with your attempts was damaged. It was kept as {}, and {} could be read and copied into a new \
                 one.",
                moved_to.display(),
                examroom_app::view::counted(attempts, "attempt")
            ));
        }
        Ok(store)
    }

    /// Opens the store for looking back; none where nothing was ever sat.
    pub fn store_to_read(&self) -> Result<Option<Store>, Failure> {
        Ok(Store::open_to_read(&self.data)?)
    }

    /// Reads an exam that is to be sat: an error in its bank is a failure, told with everything that is wrong.
    pub fn exam(&self, name: &str, day: Date) -> Result<Exam, Failure> {
        let Reading { sources, diagnostics, blueprint, bank } =
            self.library.find(name)?.read(Depth::Errors, day, &mut |_, _| {});
        let Some(blueprint) = blueprint.filter(|_| !diagnostics.has_errors()) else {
            // Advice keeps no exam from starting, and is not looked for here.
            let listing = listing(&diagnostics, &sources, Extent::Digest);
            let to = Stream::Errors;
            // Where nobody reads what is wrong, the failure is still told by the exit code.
            let _ = render::findings(to, &listing, &sources, paint(to), self.layout);
            return Err(Failure::new(format!("the bank of {name} has {}; no exam starts on it", tally(&diagnostics)))
                .help(format!("mend what is told above, then: examroom bank check {name}"))
                .with_exit(Exit::BadBank));
        };
        Ok(Exam { blueprint, bank })
    }
}

/// What a variable of the environment is set to; one that is empty counts as not set.
pub fn set(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether a variable asks for something: set, and not to zero.
fn environment_says(name: &str) -> bool {
    set(name).is_some_and(|value| value != "0")
}

/// Whether findings are colored where they are printed.
pub fn paint(stream: Stream) -> Paint {
    let dumb = set("TERM").is_some_and(|terminal| terminal == "dumb");
    if stream.is_terminal() && !dumb && set("NO_COLOR").is_none() { Paint::Color } else { Paint::Plain }
}

fn own_banks(data: &Path) -> PathBuf {
    data.join("banks")
}

fn default_data() -> Result<PathBuf, Failure> {
    let names =
        AppStrategyArgs { top_level_domain: String::new(), author: String::new(), app_name: "examroom".to_owned() };
    choose_app_strategy(names).map(|strategy| strategy.data_dir()).map_err(|error| {
        Failure::new("your home folder is not known")
            .caused_by(error)
            .help("name a folder for your attempts: examroom --data-dir DIR …")
    })
}
