//! Files that a command is asked to write: whole or not at all, and never over another without being told.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
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

/// Writes a file.
///
/// # Errors
/// When it is there already and is to be kept, when its folder is missing, or when it cannot be written; then nothing of
/// it is left, and what was there before is as it was.
pub fn write(path: &Path, contents: &[u8], existing: Existing) -> Result<(), Failure> {
    let shown = path.display();
    if path.is_dir() {
        let inside = path.join("report.html");
        return Err(Failure::new(format!("{shown} is a folder"))
            .help(format!("name a file in it, for example {}", inside.display())));
    }
    let written = match existing {
        Existing::Kept => create(path, contents),
        Existing::Replaced => replace(path, contents),
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

fn create(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    fill(&mut file, contents).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Writes beside the file and then puts it in its place. What is no ordinary file is written to directly.
fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if !there.is_file() => return fill(&mut File::create(path)?, contents),
        Ok(_) => {}
        Err(_) => return create(path, contents),
    }
    // Through a link, the file that it leads to is the one that is replaced.
    let path = fs::canonicalize(path)?;
    let beside = beside(&path);
    create(&beside, contents)?;
    fs::rename(&beside, &path).inspect_err(|_| drop(fs::remove_file(&beside)))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    path.with_file_name(name)
}

fn fill(file: &mut File, contents: &[u8]) -> io::Result<()> {
    file.write_all(contents)?;
    // A full disk may be noticed only now. What is no ordinary file need not know how.
    match file.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
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
