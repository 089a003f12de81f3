//! A bank in one file: an archive of the files that an exam's folder has, with a label that says what it is.
//!
//! It is a zip archive, as the packages of learning systems are: small enough for a message, opened by every system's own
//! tools, and an exam's folder again when it is unpacked. Here it is never unpacked: its texts are read in memory, up to a
//! limit. The label's hash covers the label and every text, so that two people know whether they have the same, and damage
//! is found; whoever forges a pack can write a hash to it, too, so it says nothing of who made it.

use std::collections::BTreeMap;
use std::path::Path;

use examroom_core::checksum::Checksum;

use crate::archive::{self, Archive, Broken};

/// The label's file in the archive.
const LABEL: &str = "pack.txt";
/// What the label begins with, before the version of its form.
const TITLE: &str = "examroom pack ";
const VERSION: u32 = 1;

/// What is said of a bank that is handed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The exam's id.
    pub exam: String,
    /// The state of the bank, by its author's counting.
    pub version: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// What may be done with it.
    pub license: Option<String>,
    /// The code of the form that a class sits.
    pub form: Option<String>,
}

/// A bank with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// What it is.
    pub label: Label,
    /// The texts by their paths in the exam's folder: `exam.toml`, `1-law.toml`, `references/codes.toml`.
    pub files: BTreeMap<String, String>,
}

/// Why a file is not read as a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPack {
    /// This program did not make it.
    #[error("is no bank that examroom has packed")]
    Foreign,
    /// It is cut short or damaged.
    #[error("cannot be read: {0}")]
    Damaged(String),
    /// It is made to do harm, or by accident like that.
    #[error("is refused: {0}")]
    Hostile(String),
    /// It is of a version that this program does not know.
    #[error("was packed by a newer examroom (version {0})")]
    Newer(u32),
    /// It is not what was packed.
    #[error("was changed after it was packed: its hash was {was}, and is {is} now")]
    Changed {
        /// As the label has it.
        was: String,
        /// Of what it holds.
        is: String,
    },
}

impl NotAPack {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Foreign => "a pack is made with: examroom bank pack EXAM --out FILE",
            Self::Damaged(_) | Self::Changed { .. } => "get it again from whoever packed it; nothing of it was used",
            Self::Hostile(_) => "ask whoever sent it for one that examroom has packed; nothing of it was used",
            Self::Newer(_) => "get a newer examroom, or have it packed with this one",
        }
    }
}

impl Pack {
    /// The hash of the label and of everything in the pack.
    #[must_use]
    pub fn hash(&self) -> String {
        let start = Checksum::START.then(self.label.lines().as_bytes());
        let texts = self.files.iter().fold(start, |sum, (path, text)| sum.then(path.as_bytes()).then(text.as_bytes()));
        texts.short()
    }

    /// The pack as a file. The same bank gives the same bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let label = format!("{TITLE}{VERSION}\n{}hash: {}\n", self.label.lines(), self.hash());
        let texts = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        archive::write(&std::iter::once((LABEL, label.as_str())).chain(texts).collect::<Vec<_>>())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is no pack, is damaged, means harm, is newer, or is not what was packed.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAPack> {
        if !archive::is_archive(bytes) {
            return Err(NotAPack::Foreign);
        }
        let archive =
            Archive::inflate(bytes, |name| name == LABEL || is_toml(name)).map_err(|broken| match broken {
                Broken::Malformed(why) => NotAPack::Damaged(why),
                Broken::Hostile(why) => NotAPack::Hostile(why),
            })?;
        let (label, hash) = Label::read(archive.file(LABEL).ok_or(NotAPack::Foreign)?)?;
        let mut files = BTreeMap::new();
        for (path, text) in archive.files().filter(|(path, _)| *path != LABEL) {
            if files.insert(path.to_owned(), text.to_owned()).is_some() {
                return Err(NotAPack::Hostile(format!("it holds two files of the name {path}")));
            }
        }
        let pack = Self { label, files };
        let is = pack.hash();
        if is == hash { Ok(pack) } else { Err(NotAPack::Changed { was: hash, is }) }
    }
}

impl Label {
    /// A line for each thing that is said.
    fn lines(&self) -> String {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = [
            ("exam", Some(&self.exam)),
            ("version", Some(&self.version)),
            ("author", self.author.as_ref()),
            ("license", self.license.as_ref()),
            ("form", self.form.as_ref()),
        ];
        let line = |(name, text): (&str, Option<&String>)| text.map(|text| format!("{name}: {}\n", one_line(text)));
        said.into_iter().filter_map(line).collect()
    }

    /// A label with its hash.
    fn read(text: &str) -> Result<(Self, String), NotAPack> {
        let mut lines = text.lines();
        let version = lines.next().and_then(|line| line.strip_prefix(TITLE)).and_then(|version| version.parse().ok());
        match version {
            None => return Err(NotAPack::Foreign),
            Some(newer) if newer > VERSION => return Err(NotAPack::Newer(newer)),
            Some(_) => {}
        }
        let said: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once(": ")).collect();
        let of = |name: &str| said.get(name).map(|text| (*text).to_owned());
        let required = |name: &str| of(name).ok_or_else(|| NotAPack::Damaged(format!("its label names no {name}")));
        let label = Self {
            exam: required("exam")?,
            version: required("version")?,
            author: of("author"),
            license: of("license"),
            form: of("form"),
        };
        Ok((label, required("hash")?))
    }
}

fn is_toml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> Pack {
        let label = Label {
            exam: "week3".to_owned(),
            version: "2".to_owned(),
            author: Some("A.\nAuthor".to_owned()),
            ..Label::default()
        };
        let files = [("exam.toml", "id = 'week3'\n"), ("references/a.toml", "title = 'A'\n")];
        Pack { label, files: files.map(|(path, text)| (path.to_owned(), text.to_owned())).into() }
    }

    #[test]
    fn what_is_packed_is_read_and_packs_the_same_again() {
        let bytes = pack().write();
        let read = Pack::read(&bytes).unwrap();
        assert_eq!((&read.files, read.label.author.as_deref()), (&pack().files, Some("A. Author")));
        assert_eq!(read.write(), bytes);
    }

    #[test]
    fn what_is_no_pack_or_is_not_what_was_packed_is_refused_by_name() {
        let label = |text: &str| archive::write(&[("pack.txt", text), ("exam.toml", "id = 'week3'\n")]);
        let hash = pack().hash();
        assert_eq!(Pack::read(b"id = 'week3'"), Err(NotAPack::Foreign));
        assert_eq!(Pack::read(&archive::write(&[("exam.toml", "")])), Err(NotAPack::Foreign));
        assert_eq!(Pack::read(&label("notes")), Err(NotAPack::Foreign));
        assert_eq!(Pack::read(&label("examroom pack 2\n")), Err(NotAPack::Newer(2)));
        assert!(matches!(Pack::read(&label("examroom pack 1\nexam: a\n")), Err(NotAPack::Damaged(_))));
        let foreign = format!("examroom pack 1\nexam: week3\nversion: 2\nhash: {hash}\n");
        assert!(matches!(Pack::read(&label(&foreign)), Err(NotAPack::Changed { was, .. }) if was == hash));
        let whole = pack().write();
        assert!(matches!(Pack::read(&whole[..whole.len() / 2]), Err(NotAPack::Damaged(_))));
        let out = archive::write(&[("pack.txt", ""), ("../exam.toml", "")]);
        assert!(matches!(Pack::read(&out), Err(NotAPack::Hostile(_))));
        let bomb = "#".repeat(60_000_000);
        let bomb = archive::write(&[("pack.txt", ""), ("a.toml", &bomb), ("b.toml", &bomb)]);
        assert!(matches!(Pack::read(&bomb), Err(NotAPack::Hostile(_))));
    }
}
