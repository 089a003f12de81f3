//! Files in and out: which format a file has, and the reader or writer of that format.

use crate::draft::Draft;
use crate::encoding::{self, Encoding};
use crate::error::Unreadable;
use crate::export::Export;
use crate::format::{Format, Target};
use crate::options::Options;
use crate::reading::Reading;
use crate::{aiken, anki, archive, blackboard, csv, gift, markdown, moodle, outline, qti, qti12, xlsx};

/// Reads a file; `name` is what it is called, whose ending tells of its format.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<(Format, Reading), Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    let format = options.format.map_or_else(|| format_of_bytes(bytes), |format| Ok(Some(format)))?;
    if let Some(format @ (Format::Xlsx | Format::Qti)) = format {
        let reading = if format == Format::Xlsx { xlsx::read(bytes, options) } else { qti::read(bytes) };
        return Ok((format, reading?));
    }
    let (text, encoding) = encoding::decode(bytes).ok_or(Unreadable::NotText)?;
    let format = format.unwrap_or_else(|| format_of_text(name, &text));
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

/// What bytes are that are no plain text; nothing where they can be.
fn format_of_bytes(bytes: &[u8]) -> Result<Option<Format>, Unreadable> {
    if archive::is_archive(bytes) {
        return archive_format(bytes).map(Some);
    }
    let older_office = [0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(&older_office) {
        let what = "it was saved by an Office before 2007";
        return Err(Unreadable::Unknown { what, help: "save it as .xlsx, or as text" });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(Unreadable::Unknown { what: "it is a PDF", help: "copy its text and save it as .txt" });
    }
    Ok(None)
}

/// What a text is, by the ending of its name and by what stands in it.
fn format_of_text(name: &str, text: &str) -> Format {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    match ending.as_str() {
        "csv" | "tsv" | "tab" => return Format::Csv,
        "gift" => return Format::Gift,
        "md" | "markdown" => return Format::Markdown,
        _ => {}
    }
    if text.trim_start().starts_with('<') {
        if moodle::is_moodle(text) {
            return Format::MoodleXml;
        }
        if qti::is_qti(text) {
            return Format::Qti;
        }
    }
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    if text.starts_with("#separator:") || text.starts_with("#html:") || text.starts_with("#notetype") {
        return Format::Anki;
    }
    if lines.next().is_some_and(blackboard::is_line) {
        return Format::Blackboard;
    }
    if gift::looks_like_gift(text) {
        return Format::Gift;
    }
    if outline::looks_like_questions(text) {
        let has_keys = text.lines().any(|line| line.starts_with("ANSWER:"));
        let has_marks = text.lines().any(|line| line.starts_with("## ") || line.starts_with("**"));
        return match (has_keys, has_marks) {
            (true, _) => Format::Aiken,
            (_, true) => Format::Markdown,
            _ => Format::Text,
        };
    }
    Format::Csv
}

/// What an archive holds, by the names of its files, which stand in it as they are.
fn archive_format(bytes: &[u8]) -> Result<Format, Unreadable> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if holds(b"xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if holds(b"word/document.xml") {
        return Err(Unreadable::Unknown { what: "it is a Word document", help: "copy its text and save it as .txt" });
    }
    for (kind, what, help) in [
        ("text", "it is an OpenDocument text", "copy its text and save it as .txt"),
        ("spreadsheet", "it is an OpenDocument spreadsheet", "save it as .xlsx or .csv"),
    ] {
        if holds(format!("application/vnd.oasis.opendocument.{kind}").as_bytes()) {
            return Err(Unreadable::Unknown { what, help });
        }
    }
    Ok(Format::Qti)
}
