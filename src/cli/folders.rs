//! Where a run finds its attempts and its banks.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use super::args::Global;
use super::environment::Environment;
use super::failure::{Exit, Failure};
use examroom_app::exchange::read_file;
use examroom_app::library::{Library, OpenPack};
use examroom_exchange::NotAPack;

/// The folders of a run.
#[derive(Clone)]
pub struct Folders {
    data: PathBuf,
    /// The data folder as it was named on the command line.
    data_argument: Option<PathBuf>,
    /// Banks that are added to the user's own.
    banks: Option<PathBuf>,
    /// A bank in one file.
    pack: Option<Arc<OpenPack>>,
}

impl Folders {
    pub fn new(global: &Global, environment: &Environment) -> Result<Self, Failure> {
        let data_argument = global.data_dir.clone();
        let data = match data_argument.clone().or_else(|| environment.data.clone()) {
            Some(folder) => folder,
            None => default_data()?,
        };
        let (pack, banks) = global.banks.clone().into_iter().partition::<Vec<_>, _>(|banks| banks.is_file());
        let (pack, banks) = (pack.first().map(|path| open_pack(path)).transpose()?, banks.into_iter().next());
        if let Some(banks) = banks.as_deref().filter(|banks| !banks.is_dir()) {
            return Err(Failure::new(format!("there is no folder or file {}", banks.display()))
                .help("--banks names a folder that has one folder for each exam, or a bank that was packed into a file")
                .with_exit(Exit::Usage));
        }
        Ok(Self { data, data_argument, banks, pack })
    }

    /// Where the attempts are kept.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The user's own folder of banks.
    pub fn own_banks(&self) -> PathBuf {
        self.data.join("banks")
    }

    /// The exams that this run can find.
    pub fn library(&self) -> Library {
        let mut folders = vec![self.own_banks()];
        folders.extend(self.banks.clone());
        Library { folders, pack: self.pack.clone() }
    }

    /// How this program was called, with what the next call needs to find the same attempts and banks.
    pub fn program(&self) -> String {
        self.data_argument
            .as_ref()
            .map_or_else(|| "examroom".to_owned(), |folder| format!("examroom --data-dir {}", folder.display()))
    }
}

fn open_pack(path: &Path) -> Result<Arc<OpenPack>, Failure> {
    let given = read_file(path)?;
    let opened = OpenPack::read(path, &given.bytes);
    opened.map(Arc::new).map_err(|error| {
        let failure = Failure::new(format!("{} {error}", path.display())).help(error.help());
        match error {
            NotAPack::Foreign => failure.with_exit(Exit::Usage),
            _ => failure,
        }
    })
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
