//! CSV: a spreadsheet saved as text, with commas, semicolons, tabs or bars between its cells.

use crate::draft::Draft;
use crate::error::Unreadable;
use crate::export::Export;
use crate::format::Format;
use crate::options::Options;
use crate::reading::Reading;
use crate::sheet::{self, Row};

/// Reads a text.
///
/// # Errors
/// When it has no header.
pub(crate) fn read(text: &str, options: &Options) -> Result<Reading, Unreadable> {
    // Excel writes it to itself.
    let (said, text, skipped) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((mark, rest)) => (mark.trim_end().bytes().next(), rest, 1),
        None => (None, text, 0),
    };
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    let mut reader =
        ::csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Malformed { format: Format::Csv, why: error.to_string() })?;
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        cells.iter_mut().for_each(sheet::unguard);
        rows.push((line + skipped, cells));
    }
    sheet::read(&rows, options)
}

/// The mark between the cells: the one that the first lines have most of, outside of quotes.
pub(crate) fn delimiter(text: &str) -> u8 {
    const LOOKED_AT: usize = 20_000;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    let mut seen = 0;
    for byte in text.bytes().take(LOOKED_AT) {
        match byte {
            b'"' => quoted = !quoted,
            // The header decides, if it has any mark.
            b'\n' if !quoted && seen > 1 => break,
            byte if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
                    *count += 1;
                    seen += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| *count);
    most.map_or(b',', |(mark, _)| *mark)
}

/// Writes questions, in UTF-8 with the mark by which Excel knows it.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    let mut export = Export::new();
    let mut writer = ::csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    for row in sheet::rows(drafts, &mut export) {
        // Writing into memory does not fail, and the rows are of one length.
        let _ = writer.write_record(row.into_iter().map(sheet::guarded));
    }
    export.bytes = writer.into_inner().unwrap_or_default();
    export
}
