//! Files that a command is asked to write: whole or not at all, and never over another without being told.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// What happens to a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and the command fails.
    Kept,
    /// It is replaced once the new one is written.
    Replaced,
}

impl Existing {
    /// As `--force` says.
    pub fn under(force: bool) -> Self {
        if force { Self::Replaced } else { Self::Kept }
    }
}

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// As the system gives new files.
    AsUsual,
    /// The owner alone, where the system knows owners.
    Owner,
}

/// Writes a file.
///
/// # Errors
/// When it is there already and is to be kept, when its folder is missing, or when it cannot be written; then nothing of
/// it is left, and what was there before is as it was.
pub fn write(path: &Path, contents: &[u8], existing: Existing) -> Result<(), Failure> {
    write_by(path, existing, Readers::AsUsual, |file| file.write_all(contents))
}

/// Writes a file, whose contents are made while it is written.
///
/// # Errors
/// As [`write()`], and when they cannot be made.
pub fn write_by<T>(
    path: &Path,
    existing: Existing,
    readers: Readers,
    put: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> Result<T, Failure> {
    let shown = path.display();
    if path.is_dir() {
        return Err(Failure::new(format!("{shown} is a folder")).help("name a file in it"));
    }
    let written = match existing {
        Existing::Kept => create(path, readers, put),
        Existing::Replaced => replace(path, readers, put),
    };
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(format!("{shown} is there already, and was not changed"))
            .help("name another file, or replace this one with --force"),
        io::ErrorKind::NotFound => Failure::new(format!("{shown} cannot be written: there is no such folder"))
            .help("make the folder first, or name another file"),
        _ => Failure::new(format!("{shown} cannot be written"))
            .caused_by(error)
            .help("see that you may write there and that the disk has room, or name another file"),
    })
}

fn create<T>(path: &Path, readers: Readers, put: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> io::Result<T> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if readers == Readers::Owner {
        // Elsewhere a file has the rights of its folder.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let file = options.open(path)?;
    fill(file, put).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Writes beside the file and then puts it in its place. What is no ordinary file is written to directly.
fn replace<T>(path: &Path, readers: Readers, put: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> io::Result<T> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => return fill(File::create(path)?, put),
        Ok(_) => {}
        Err(_) => return create(path, readers, put),
    }
    // Through a link, the file that it leads to is the one that is replaced.
    let path = fs::canonicalize(path)?;
    let beside = beside(&path);
    let made = create(&beside, readers, put)?;
    fs::rename(&beside, &path).inspect_err(|_| drop(fs::remove_file(&beside)))?;
    Ok(made)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    path.with_file_name(name)
}

fn fill<T>(file: File, put: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> io::Result<T> {
    let mut file = BufWriter::new(file);
    let made = put(&mut file)?;
    file.flush()?;
    // A full disk may be noticed only now. What is no ordinary file need not know how.
    match file.get_ref().sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(made),
        synced => synced.map(|()| made),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<OsString> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    }

    #[test]
    fn a_file_is_replaced_only_when_it_is_said_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, b"one", Existing::Kept).unwrap();
        let refused = write(&path, b"two", Existing::Kept).unwrap_err();
        assert!(refused.to_string().ends_with("report.html is there already, and was not changed"), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"three", Existing::Replaced).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(names(folder.path()), ["report.html"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_for_its_owner_alone_is_so_when_it_is_replaced_too() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attempts.jsonl");
        for existing in [Existing::Kept, Existing::Replaced] {
            write_by(&path, existing, Readers::Owner, |file| file.write_all(b"one")).unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn contents_that_cannot_be_made_leave_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        write(&path, b"one", Existing::Kept).unwrap();
        let broken = |file: &mut BufWriter<File>| {
            file.write_all(b"half")?;
            Err::<(), _>(io::Error::other("broken"))
        };
        write_by(&path, Existing::Replaced, Readers::AsUsual, broken).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["report.html"]);
    }

    #[test]
    fn what_cannot_be_written_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let told = |path: &Path, existing| write(path, b"", existing).unwrap_err().to_string();
        for existing in [Existing::Kept, Existing::Replaced] {
            assert!(told(folder.path(), existing).ends_with(" is a folder"));
            let nowhere = folder.path().join("none/report.html");
            assert!(told(&nowhere, existing).ends_with("report.html cannot be written: there is no such folder"));
        }
        assert_eq!(names(folder.path()), Vec::<OsString>::new());
    }
}
