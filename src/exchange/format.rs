//! The formats, and which of them a file has.

use std::fmt;
use std::str::FromStr;

use crate::draft::Draft;
use crate::encoding::{self, Encoding};
use crate::error::Unreadable;
use crate::export::Export;
use crate::options::Options;
use crate::reading::Reading;
use crate::{aiken, anki, archive, blackboard, csv, gift, markdown, moodle, outline, qti, qti12, xlsx};

/// A format that questions come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet as text: comma, semicolon, tab or bar.
    Csv,
    /// A workbook.
    Xlsx,
    /// What Moodle reads from typed text.
    Gift,
    /// A question a paragraph, with `ANSWER: B`.
    Aiken,
    /// Questions as they are pasted from Word.
    Text,
    /// A quiz for a web page.
    Markdown,
    /// Notes as text.
    Anki,
    /// Blackboard's text for upload.
    Blackboard,
    /// What Moodle exports.
    MoodleXml,
    /// What Canvas and newer systems export, 1.2 and 2.1.
    Qti,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Csv,
        Self::Xlsx,
        Self::Gift,
        Self::Aiken,
        Self::Text,
        Self::Markdown,
        Self::Anki,
        Self::Blackboard,
        Self::MoodleXml,
        Self::Qti,
    ];

    /// The word that names it on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Gift => "gift",
            Self::Aiken => "aiken",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Anki => "anki",
            Self::Blackboard => "blackboard",
            Self::MoodleXml => "moodle-xml",
            Self::Qti => "qti",
            Self::Xlsx => "xlsx",
        }
    }

    /// All names, for a message.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }

    /// What bytes are that are no plain text; nothing where they can be.
    fn of_bytes(bytes: &[u8]) -> Result<Option<Self>, Unreadable> {
        if archive::is_archive(bytes) {
            return archive_format(bytes).map(Some);
        }
        let older_office = [0xd0, 0xcf, 0x11, 0xe0];
        if bytes.starts_with(&older_office) {
            return Err(Unreadable::Unknown("it is of an Office before 2007; save it as .xlsx, or as text".to_owned()));
        }
        if bytes.starts_with(b"%PDF") {
            return Err(Unreadable::Unknown("it is a PDF; copy its text into a file of its own".to_owned()));
        }
        Ok(None)
    }

    /// What a text is, by the ending of its name and by what stands in it.
    fn of_text(name: &str, text: &str) -> Self {
        let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
        match ending.as_str() {
            "csv" | "tsv" | "tab" => return Self::Csv,
            "gift" => return Self::Gift,
            "md" | "markdown" => return Self::Markdown,
            _ => {}
        }
        if text.trim_start().starts_with('<') {
            if moodle::is_moodle(text) {
                return Self::MoodleXml;
            }
            if qti::is_qti(text) {
                return Self::Qti;
            }
        }
        let mut lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
        if text.starts_with("#separator:") || text.starts_with("#html:") || text.starts_with("#notetype") {
            return Self::Anki;
        }
        if lines.next().is_some_and(blackboard::is_line) {
            return Self::Blackboard;
        }
        if gift::looks_like_gift(text) {
            return Self::Gift;
        }
        if outline::looks_like_questions(text) {
            let has_keys = text.lines().any(|line| line.starts_with("ANSWER:"));
            let has_marks = text.lines().any(|line| line.starts_with("## ") || line.starts_with("**"));
            return match (has_keys, has_marks) {
                (true, _) => Self::Aiken,
                (_, true) => Self::Markdown,
                _ => Self::Text,
            };
        }
        Self::Csv
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "CSV",
            Self::Gift => "GIFT",
            Self::Aiken => "Aiken",
            Self::Text => "text",
            Self::Markdown => "Markdown",
            Self::Anki => "Anki's notes",
            Self::Blackboard => "Blackboard's text",
            Self::MoodleXml => "Moodle XML",
            Self::Qti => "QTI",
            Self::Xlsx => "a workbook",
        })
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|format| format.name() == name);
        known.copied().ok_or_else(|| format!("the formats are {}", Self::names()))
    }
}

/// What an archive holds, by the names of its files, which stand in it as they are.
fn archive_format(bytes: &[u8]) -> Result<Format, Unreadable> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if holds(b"xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if holds(b"word/document.xml") {
        return Err(Unreadable::Unknown("it is a document of Word; copy its text and save it as .txt".to_owned()));
    }
    Ok(Format::Qti)
}

/// Reads a file; `name` is what it is called, whose ending tells of its format.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<(Format, Reading), Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    let format = options.format.map_or_else(|| Format::of_bytes(bytes), |format| Ok(Some(format)))?;
    if let Some(format @ (Format::Xlsx | Format::Qti)) = format {
        let reading = if format == Format::Xlsx { xlsx::read(bytes, options) } else { qti::read(bytes) };
        return Ok((format, reading?));
    }
    let (text, encoding) = encoding::decode(bytes).ok_or(Unreadable::NotText)?;
    let format = format.unwrap_or_else(|| Format::of_text(name, &text));
    let mut reading = match format {
        Format::Csv => csv::read(&text, options)?,
        Format::Gift => gift::read(&text),
        Format::Aiken | Format::Text => outline::read_text(&text),
        Format::Markdown => markdown::read(&text),
        Format::Anki => anki::read(&text),
        Format::Blackboard => blackboard::read(&text),
        Format::MoodleXml => moodle::read(&text)?,
        Format::Xlsx | Format::Qti => qti::read(bytes)?,
    };
    if encoding != Encoding::Utf8 {
        reading.remarks.insert(0, format!("it is saved as {encoding}, and was read as such"));
    }
    Ok((format, reading))
}

/// A format that questions go out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Moodle's text.
    Gift,
    /// The plainest of all.
    Aiken,
    /// A spreadsheet as text.
    Csv,
    /// Notes as text.
    Anki,
    /// What Moodle imports.
    MoodleXml,
    /// A workbook.
    Xlsx,
    /// What Canvas imports, as an archive.
    Qti,
}

impl Target {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Gift, Self::MoodleXml, Self::Aiken, Self::Csv, Self::Xlsx, Self::Qti, Self::Anki];

    /// The word that names it on a command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Aiken => "aiken",
            Self::Csv => "csv",
            Self::Anki => "anki",
            Self::MoodleXml => "moodle-xml",
            Self::Xlsx => "xlsx",
            Self::Qti => "qti",
        }
    }

    /// What a file of it is called behind its name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Aiken => "aiken.txt",
            Self::Csv => "csv",
            Self::Anki => "anki.txt",
            Self::MoodleXml => "xml",
            Self::Xlsx => "xlsx",
            Self::Qti => "qti.zip",
        }
    }

    /// Whether it says which questions are retired.
    #[must_use]
    pub fn keeps_status(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx)
    }

    /// What it has no place for, of any question.
    #[must_use]
    pub fn lacks(self) -> &'static str {
        match self {
            Self::Gift | Self::Anki | Self::MoodleXml | Self::Qti => "levels, ratings, sources and status",
            Self::Aiken => "ids, topics, levels, ratings, sources and status",
            Self::Csv | Self::Xlsx => "",
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|target| target.name() == name);
        let names = || Self::ALL.iter().map(|target| target.name()).collect::<Vec<_>>().join(", ");
        known.copied().ok_or_else(|| format!("the formats are {}", names()))
    }
}

/// Writes questions; `title` is what they are called as a whole.
#[must_use]
pub fn write(target: Target, drafts: &[Draft], title: &str) -> Export {
    match target {
        Target::Gift => gift::write(drafts),
        Target::Aiken => aiken::write(drafts),
        Target::Csv => csv::write(drafts),
        Target::Anki => anki::write(drafts),
        Target::MoodleXml => moodle::write(drafts),
        Target::Xlsx => xlsx::write(drafts),
        Target::Qti => qti12::write(drafts, title),
    }
}
