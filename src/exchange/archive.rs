//! Files within a file: workbooks and packages of learning systems are archives of XML.
//!
//! An archive comes from anybody. Nothing of it is written to a disk, it is inflated only up to a limit, and one whose names
//! lead out of it is refused, since whatever wrote them meant no good.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::error::Unreadable;
use crate::format::Format;

/// So many bytes are inflated, of all files together: ten times what 10,000 questions have.
const LARGEST: u64 = 100_000_000;
/// So many files may be in it.
const MOST_FILES: usize = 5000;

/// The texts of an archive, by their paths in it.
pub(crate) struct Archive {
    files: Vec<(String, String)>,
}

/// Why nothing of an archive is used.
pub(crate) enum Broken {
    /// It is damaged or encrypted.
    Malformed(String),
    /// It means harm.
    Hostile(String),
}

/// Whether bytes begin as an archive does.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl Archive {
    /// Inflates the XML files.
    ///
    /// # Errors
    /// When it is broken, encrypted, too large, or leads out of itself.
    pub(crate) fn open(bytes: &[u8], format: Format) -> Result<Self, Unreadable> {
        Self::inflate(bytes, is_xml).map_err(|broken| match broken {
            Broken::Malformed(why) => Unreadable::Malformed { format, why },
            Broken::Hostile(why) => Unreadable::Hostile(why),
        })
    }

    /// Inflates the files of some names.
    pub(crate) fn inflate(bytes: &[u8], is_wanted: impl Fn(&str) -> bool) -> Result<Self, Broken> {
        let broken = Broken::Malformed;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
        if zip.len() > MOST_FILES {
            return Err(Broken::Hostile(format!("it holds {} files, and {MOST_FILES} is the most", zip.len())));
        }
        let mut files = Vec::new();
        let mut room = LARGEST;
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).map_err(|error| broken(error.to_string()))?;
            let name = file.name().map_err(|error| broken(error.to_string()))?.replace('\\', "/");
            if leads_out(&name) {
                return Err(Broken::Hostile(format!("it holds a file for a place outside of it, {name}")));
            }
            if file.encrypted() {
                return Err(broken(format!("{name} in it is encrypted")));
            }
            if !is_wanted(&name) {
                continue;
            }
            let mut content = Vec::new();
            // What a file says of its size is not believed.
            file.by_ref()
                .take(room + 1)
                .read_to_end(&mut content)
                .map_err(|error| broken(format!("{name}: {error}")))?;
            room = room
                .checked_sub(content.len() as u64)
                .ok_or_else(|| Broken::Hostile(format!("it inflates to more than {} MB", LARGEST / 1_000_000)))?;
            let (text, _) =
                crate::encoding::decode(&content).ok_or_else(|| broken(format!("{name} in it is no text")))?;
            files.push((name, text));
        }
        Ok(Self { files })
    }

    /// The text of a file.
    pub(crate) fn file(&self, path: &str) -> Option<&str> {
        let path = path.trim_start_matches('/');
        self.files.iter().find(|(name, _)| name == path).map(|(_, text)| text.as_str())
    }

    /// All files, in the order of the archive.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

fn is_xml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["xml", "rels", "qti"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn leads_out(name: &str) -> bool {
    name.starts_with('/') || name.split('/').any(|part| part == "..") || name.get(1..2) == Some(":")
}

/// An archive of texts by their paths.
pub(crate) fn write(files: &[(&str, &str)]) -> Vec<u8> {
    // A fifth larger than at the usual level, in a fifth of the time.
    let options = SimpleFileOptions::default().compression_level(Some(1));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        // Writing into memory does not fail.
        let _ = zip.start_file(*name, options);
        let _ = zip.write_all(text.as_bytes());
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let bytes = write(&[("a/b.xml", "<x/>"), ("note.txt", "not read")]);
        let archive = Archive::open(&bytes, Format::Qti).unwrap();
        assert_eq!(archive.file("a/b.xml"), Some("<x/>"));
        assert_eq!(archive.files().count(), 1);
    }

    #[test]
    fn what_is_made_to_do_harm_is_refused() {
        let bomb = " ".repeat(60_000_000);
        let bytes = write(&[("a.xml", &bomb), ("b.xml", &bomb)]);
        assert!(bytes.len() < 1_000_000);
        assert!(matches!(Archive::open(&bytes, Format::Qti), Err(Unreadable::Hostile(_))));
        for name in ["../x.xml", "/etc/x.xml", "a/../../x.xml", "C:/x.xml", "..\\x.xml"] {
            let bytes = write(&[(name, "<x/>")]);
            assert!(matches!(Archive::open(&bytes, Format::Qti), Err(Unreadable::Hostile(_))), "{name}");
        }
        let whole = write(&[("a.xml", "<x/>")]);
        assert!(matches!(Archive::open(&whole[..whole.len() / 2], Format::Qti), Err(Unreadable::Malformed { .. })));
    }
}
