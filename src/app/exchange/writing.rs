//! Bank files that questions are added to: what they hold stays, byte for byte.

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

/// What a file holds already; nothing where there is none.
pub(super) fn held(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Adds a question behind what a file holds, with the file's own line ends. `[[item]]` ends whatever stands before it, so
/// nothing before it has to be understood or written again.
pub(super) fn append(text: &mut String, question: &str) {
    let windows = text.contains("\r\n");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(if windows { "\r\n" } else { "\n" });
    }
    if windows {
        text.push_str(&question.replace('\n', "\r\n"));
    } else {
        text.push_str(question);
    }
}

/// Writes a file beside its place and moves it there, so that it is never half written. A link stays one, and whoever may
/// read the file still may.
pub(super) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside = path.with_extension("toml.new");
    let moved = write_synced(&beside, text).and_then(|()| {
        if let Ok(before) = fs::metadata(&path) {
            fs::set_permissions(&beside, before.permissions())?;
        }
        fs::rename(&beside, &path)
    });
    if moved.is_err() {
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// On the disk before it takes the place of another, so that a cut of power leaves one of the two.
fn write_synced(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_added_behind_everything_with_the_files_own_line_ends() {
        for (before, wanted) in [
            ("# mine\na = 1\n", "# mine\na = 1\n\n[[item]]\n"),
            ("# mine", "# mine\n\n[[item]]\n"),
            ("a = 1\r\n# mine", "a = 1\r\n# mine\r\n\r\n[[item]]\r\n"),
        ] {
            let mut text = before.to_owned();
            append(&mut text, "\n[[item]]\n");
            assert_eq!(text, wanted);
        }
    }
}
