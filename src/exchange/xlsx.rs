//! Workbooks: the sheets of an .xlsx file. Cells are read as they are shown, so that a choice typed as `20%` is not 0.2 and
//! one typed as a date is no number.
//!
//! No more is kept of a sheet than its filled cells, however large it says it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;

use jiff::{Span, civil};

use crate::archive::{self, Archive};
use crate::draft::Draft;
use crate::error::Unreadable;
use crate::export::Export;
use crate::format::Format;
use crate::options::Options;
use crate::reading::Reading;
use crate::sheet::{self, Row};
use crate::xml::{self, Element, escaped};
use examroom_core::text::counted;

/// Columns to the right of this one are not looked at.
const MOST_COLUMNS: usize = 500;

/// Reads a workbook: every sheet that has questions.
///
/// # Errors
/// When it cannot be read, or no sheet names its columns.
pub(crate) fn read(bytes: &[u8], options: &Options) -> Result<Reading, Unreadable> {
    let archive = Archive::open(bytes, Format::Xlsx)?;
    let sheets = Workbook::of(&archive)?.sheets(&archive)?;
    let mut reading = Reading::default();
    let mut names = Vec::new();
    let mut failed = None;
    for (name, rows) in sheets {
        match sheet::read(&rows, options) {
            Ok(found) => {
                names.push(name);
                reading.questions.extend(found.questions);
                reading.left_out.extend(found.left_out);
                reading.remarks.extend(found.remarks);
            }
            Err(Unreadable::Empty) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match (names.len(), failed) {
        (0, failed) => Err(failed.unwrap_or(Unreadable::Empty)),
        (1, None) => Ok(reading),
        (many, _) => {
            let told = format!("{} with questions: {}", counted(many, "sheet"), names.join(", "));
            reading.remarks.insert(0, told);
            Ok(reading)
        }
    }
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Number,
    /// With so many decimals.
    Percent(usize),
    Date,
    Time,
}

struct Workbook {
    strings: Vec<String>,
    /// By the number of a cell's style.
    styles: Vec<Shown>,
    /// Days are counted from 1904, as old Macs did.
    from_1904: bool,
    /// Names and paths.
    sheets: Vec<(String, String)>,
}

impl Workbook {
    fn of(archive: &Archive) -> Result<Self, Unreadable> {
        let part = |path: &str| archive.file(path).map(|text| xml::parse(text, Format::Xlsx)).transpose();
        let missing = || Unreadable::Malformed { format: Format::Xlsx, why: "it has no workbook in it".to_owned() };
        let workbook = part("xl/workbook.xml")?.ok_or_else(missing)?;
        let links = part("xl/_rels/workbook.xml.rels")?.unwrap_or_default();
        let target = |id: &str| {
            let links = links.find_all("relationship");
            let path =
                links.iter().find(|link| link.attribute("id") == id).map(|link| link.attribute("target").to_owned())?;
            Some(path.strip_prefix('/').map_or_else(|| format!("xl/{path}"), str::to_owned))
        };
        let visible =
            |sheet: &&&Element| sheet.attribute("state") != "hidden" && sheet.attribute("state") != "veryHidden";
        let sheets = workbook.find_all("sheet");
        let sheets = sheets
            .iter()
            .filter(visible)
            .filter_map(|sheet| Some((sheet.attribute("name").to_owned(), target(sheet.attribute("id"))?)));
        let mut strings = Vec::new();
        if let Some(text) = archive.file("xl/sharedStrings.xml") {
            xml::each(text, Format::Xlsx, &["si"], |shared, _| strings.push(string(shared)))?;
        }
        let styles = part("xl/styles.xml")?.unwrap_or_default();
        Ok(Self {
            strings,
            styles: self::styles(&styles),
            from_1904: workbook.find("workbookpr").is_some_and(|properties| is_true(properties.attribute("date1904"))),
            sheets: sheets.collect(),
        })
    }

    fn sheets(&self, archive: &Archive) -> Result<Vec<(String, Vec<Row>)>, Unreadable> {
        let mut found = Vec::new();
        for (name, path) in &self.sheets {
            if let Some(text) = archive.file(path) {
                found.push((name.clone(), self.rows(text)?));
            }
        }
        Ok(found)
    }

    fn rows(&self, sheet: &str) -> Result<Vec<Row>, Unreadable> {
        let mut rows = Vec::new();
        let mut last = 0;
        xml::each(sheet, Format::Xlsx, &["row"], |row, _| {
            last = row.attribute("r").parse().unwrap_or(last + 1);
            let mut cells: Vec<String> = Vec::new();
            for cell in row.all("c") {
                let at = column(cell.attribute("r")).unwrap_or(cells.len());
                if at < MOST_COLUMNS {
                    cells.resize(cells.len().max(at + 1), String::new());
                    cells[at] = self.cell(cell);
                }
            }
            rows.push((last, cells));
        })?;
        Ok(rows)
    }

    fn cell(&self, cell: &Element) -> String {
        let value = || cell.child("v").map_or_else(String::new, Element::text);
        match cell.attribute("t") {
            "s" => value().trim().parse().ok().and_then(|at: usize| self.strings.get(at)).cloned().unwrap_or_default(),
            "inlineStr" => cell.child("is").map_or_else(String::new, string),
            "str" | "e" => unescaped(&value()),
            "b" => if value().trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "d" => value(),
            _ => {
                let style = cell.attribute("s").parse().ok().and_then(|at: usize| self.styles.get(at));
                let text = value();
                match text.trim().parse::<f64>() {
                    Ok(number) => self.shown(number, style.copied().unwrap_or_default()),
                    Err(_) => text,
                }
            }
        }
    }

    fn shown(&self, number: f64, shown: Shown) -> String {
        match shown {
            Shown::Number => plain_number(number),
            Shown::Percent(decimals) => format!("{:.decimals$}%", number * 100.0),
            Shown::Date => date(number, self.from_1904).unwrap_or_else(|| plain_number(number)),
            Shown::Time => time(number),
        }
    }
}

/// A number as a spreadsheet shows it: to 12 digits behind the point, and without zeros at the end.
fn plain_number(number: f64) -> String {
    let rounded = format!("{number:.12}");
    if rounded.contains('.') { rounded.trim_end_matches('0').trim_end_matches('.').to_owned() } else { rounded }
}

/// A day by the number that a spreadsheet has for it.
fn date(number: f64, from_1904: bool) -> Option<String> {
    // The 29th of February 1900, which never was, is counted.
    let start = if from_1904 { civil::date(1904, 1, 1) } else { civil::date(1899, 12, 30) };
    let days: i32 = whole(number.floor())?;
    let day = start.checked_add(Span::new().try_days(days).ok()?).ok()?;
    let fraction = number.fract();
    Some(if fraction > 0.0 { format!("{day} {}", time(fraction)) } else { day.to_string() })
}

/// A time of day.
fn time(number: f64) -> String {
    let minutes: u32 = whole((number.fract() * 1440.0).round()).unwrap_or(0);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn whole<N: FromStr>(number: f64) -> Option<N> {
    format!("{number:.0}").parse().ok()
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

/// The text of a string, without the readings that Japanese ones have besides.
fn string(string: &Element) -> String {
    let runs = string.children().filter(|part| part.name == "t" || part.name == "r");
    let text: Vec<String> = runs
        .map(
            |part| if part.name == "t" { part.text() } else { part.child("t").map_or_else(String::new, Element::text) },
        )
        .collect();
    unescaped(&text.concat())
}

/// A text in which a line end can stand as `_x000D_`.
fn unescaped(text: &str) -> String {
    text.replace("_x000D_", "").replace("\r\n", "\n")
}

/// The column of a cell's name, from 0: 27 for `AB12`.
fn column(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).take(4);
    letters.fold(None, |column: Option<usize>, letter| {
        Some(column.map_or(0, |column| (column + 1) * 26) + usize::from(letter - b'A'))
    })
}

/// How the numbers of each style are shown.
fn styles(styles: &Element) -> Vec<Shown> {
    let own: BTreeMap<u32, Shown> = styles
        .find_all("numfmt")
        .into_iter()
        .filter_map(|format| {
            Some((format.attribute("numfmtid").parse().ok()?, by_code(format.attribute("formatcode"))))
        })
        .collect();
    let shown = |style: &Element| {
        let id = style.attribute("numfmtid").parse().unwrap_or(0);
        match id {
            9 => Shown::Percent(0),
            10 => Shown::Percent(2),
            14..=17 | 22 => Shown::Date,
            18..=21 | 45..=47 => Shown::Time,
            id => own.get(&id).copied().unwrap_or_default(),
        }
    };
    styles.find("cellxfs").into_iter().flat_map(|list| list.all("xf")).map(shown).collect()
}

fn by_code(code: &str) -> Shown {
    // What stands in quotes or brackets says nothing of the number.
    let mut bare = String::new();
    let mut closing = None;
    for c in code.chars().flat_map(char::to_lowercase) {
        match (closing, c) {
            (None, '"') => closing = Some('"'),
            (None, '[') => closing = Some(']'),
            (Some(end), c) if c == end => closing = None,
            (None, c) => bare.push(c),
            _ => {}
        }
    }
    if bare.contains('%') {
        let decimals = bare.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(|c| *c == '0').count());
        return Shown::Percent(decimals.min(6));
    }
    match (bare.contains(['y', 'd']), bare.contains(['h', 's'])) {
        (true, _) => Shown::Date,
        (false, true) => Shown::Time,
        _ => Shown::Number,
    }
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Questions" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// The styles of cells: plain, a heading, and text that would be a formula if it were typed.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>"#;

/// Writes questions. Every cell is text, which no spreadsheet runs.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    const PLAIN: u8 = 0;
    const HEADING: u8 = 1;
    const LIKE_A_FORMULA: u8 = 2;
    let mut export = Export::new();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet \
         xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView \
         workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" \
         state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"3\" width=\"18\"/><col min=\"4\" max=\"4\" \
         width=\"60\"/><col min=\"5\" max=\"40\" width=\"24\"/></cols><sheetData>",
    );
    for (index, row) in sheet::rows(drafts, &mut export).into_iter().enumerate() {
        let _ = write!(text, "<row r=\"{}\">", index + 1);
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let style = match index {
                0 => HEADING,
                _ if sheet::is_formula(cell) => LIKE_A_FORMULA,
                _ => PLAIN,
            };
            let _ = write!(
                text,
                "<c r=\"{}{}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                column_name(at),
                index + 1,
                escaped(cell)
            );
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    export.bytes = archive::write(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", LINKS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_LINKS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &text),
    ]);
    export
}

/// `AB` for 27.
fn column_name(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        let book = Workbook { strings: Vec::new(), styles: Vec::new(), from_1904: false, sheets: Vec::new() };
        for (number, shown, wanted) in [
            (0.2, Shown::Percent(0), "20%"),
            (0.125, Shown::Percent(1), "12.5%"),
            (0.1 + 0.2, Shown::Number, "0.3"),
            (30.0, Shown::Number, "30"),
            (45_292.0, Shown::Date, "2024-01-01"),
            (45_351.5, Shown::Date, "2024-02-29 12:00"),
            (0.75, Shown::Time, "18:00"),
        ] {
            assert_eq!(book.shown(number, shown), wanted);
        }
        for (code, wanted) in [
            ("0%", Shown::Percent(0)),
            ("0.00%", Shown::Percent(2)),
            ("dd.mm.yyyy", Shown::Date),
            ("hh:mm", Shown::Time),
            ("#,##0.00 \"days\"", Shown::Number),
            ("[Red]0.0", Shown::Number),
        ] {
            assert_eq!(by_code(code), wanted, "{code}");
        }
    }

    #[test]
    fn cells_have_names() {
        for (name, at) in [("A1", 0), ("Z9", 25), ("AA1", 26), ("AB12", 27), ("XFD1", 16_383)] {
            assert_eq!(column(name), Some(at));
        }
        assert_eq!((column_name(0), column_name(27)), ("A".to_owned(), "AB".to_owned()));
        assert_eq!(column(""), None);
    }
}
