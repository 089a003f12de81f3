//! Where an attempt goes whose last answers the store could not take: a folder of the system's for temporary files. The
//! next start looks there.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use examroom_core::checksum::Checksum;
use examroom_core::journal::{Record, RecordError};

/// The ending of a record's file name.
const ENDING: &str = "examroom-record";
/// No attempt is larger; a file that is, is none.
const LARGEST: u64 = 1 << 28;

/// The second place of a data folder.
#[derive(Clone, Debug)]
pub struct SecondPlace {
    folder: PathBuf,
    data: PathBuf,
}

impl SecondPlace {
    /// The second place of a data folder, whether or not anything is there.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        let absolute = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        let name = Checksum::of(absolute.as_os_str().as_encoded_bytes()).short();
        Self { folder: std::env::temp_dir().join(format!("examroom-unsaved-{name}")), data: data.to_owned() }
    }

    /// Keeps a record here, durably. Returns its file.
    ///
    /// # Errors
    /// When it cannot be written, or the folder is not the user's own.
    pub fn keep(&self, record: &Record) -> io::Result<PathBuf> {
        if !self.folder.exists() {
            make_private(&self.folder)?;
        }
        if !self.is_ours() {
            let message = format!("{} belongs to somebody else", self.folder.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
        }
        let mut number = 1;
        loop {
            let path = self.folder.join(format!("attempt-{}-{number}.{ENDING}", record.attempt));
            match write_record(&path, record) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                outcome => return outcome.map(|()| path),
            }
        }
    }

    /// Whether a record is here.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        !self.files().is_empty()
    }

    /// The records that are here, oldest first, each with its file.
    #[must_use]
    pub fn records(&self) -> Vec<(PathBuf, Result<Record, ReadError>)> {
        self.files().into_iter().map(|path| (path.clone(), read_record(&path))).collect()
    }

    /// The files of records, oldest first.
    fn files(&self) -> Vec<PathBuf> {
        if !self.is_ours() {
            return Vec::new();
        }
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING));
        paths.sort_by_key(|path| (path.metadata().and_then(|found| found.modified()).ok(), path.clone()));
        paths
    }

    /// Removes a record that is durable in the store now, and the folder with the last.
    pub fn discard(&self, path: &Path) {
        let _ = fs::remove_file(path);
        let _ = fs::remove_dir(&self.folder);
    }

    /// Puts a record that the store cannot take out of the way of later starts. Returns where it is.
    #[must_use]
    pub fn set_aside(&self, path: &Path) -> PathBuf {
        let aside = path.with_extension(format!("{ENDING}-kept"));
        match fs::rename(path, &aside) {
            Ok(()) => aside,
            Err(_) => path.to_owned(),
        }
    }

    /// Whether the folder is there, and nobody else made it: anybody may write where temporary files are.
    fn is_ours(&self) -> bool {
        fs::symlink_metadata(&self.folder).is_ok_and(|found| found.is_dir() && has_one_owner(&found, &self.data))
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

/// Whether a folder has the owner of the data folder, as far as that can still be asked.
#[cfg(unix)]
fn has_one_owner(folder: &fs::Metadata, data: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    data.metadata().map_or(folder.mode().trailing_zeros() >= 6, |data| data.uid() == folder.uid())
}

#[cfg(not(unix))]
fn has_one_owner(_: &fs::Metadata, _: &Path) -> bool {
    true
}

/// Why a file is no record that can be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system does not give its bytes.
    #[error("the file cannot be read")]
    File(#[from] io::Error),
    /// Its bytes are no record.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Writes a record into a new file, durably.
///
/// # Errors
/// When the file exists, or cannot be written.
pub fn write_record(path: &Path, record: &Record) -> io::Result<()> {
    let text = record.encode().map_err(io::Error::other)?;
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        // Half a record would only look like one.
        let _ = fs::remove_file(path);
    })
}

/// Reads the record in a file.
///
/// # Errors
/// When the file cannot be read, or holds no record.
pub fn read_record(path: &Path) -> Result<Record, ReadError> {
    let found = path.metadata()?;
    if !found.is_file() || found.len() > LARGEST {
        return Err(RecordError::Foreign.into());
    }
    Ok(Record::decode(&fs::read(path)?)?)
}
