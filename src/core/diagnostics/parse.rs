//! A text → its fields, and what breaks TOML's rules in it.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, Error};

use super::piece::{Pieces, SourceText};
use super::recover::{Broken, Fault, FaultKind, blocks, understood};
use super::table::RawTable;
use super::{Code, Diagnostic, Diagnostics, Fields, FileId, Span, codes};

codes! {
    Error UNREADABLE_FILE "unreadable-file"
    Error TOML_SYNTAX "toml-syntax"
}

/// The parser can take sixty times the room of a text: a longer one is not given to it at once.
const LARGEST: usize = 8_000_000;

/// A longer file of lists is read in pieces of about this size.
const PIECE: usize = 1_000_000;

/// Reads a document with `read`; syntax errors become findings, and what could be understood is still read,
/// so that one missing quote does not hide the other faults.
///
/// What a part of it may have lost is for `read` to ask of its fields ([`Fields::is_broken`]).
pub(crate) fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics, read: impl FnOnce(Fields<'_, '_>)) {
    part(SourceText::whole_file(file, text), parsed(text, text.len()), diagnostics, read);
}

/// Reads a document that may be long, since it consists of lists: `read` takes the lists, once for each piece of the
/// file. The first time it takes the fields at the top of the file too; later they count as taken. What nobody takes is
/// reported as a field that means nothing.
///
/// The text comes in parts that each end at the end of a line; one part may be all of it.
pub(crate) fn parse_lists<'t>(
    text: impl Iterator<Item = Cow<'t, str>>,
    file: FileId,
    diagnostics: &mut Diagnostics,
    read: impl FnMut(&mut Fields<'_, '_>),
) {
    in_pieces(Pieces::of(text, PIECE), file, diagnostics, read);
}

fn in_pieces<'t>(
    mut pieces: Pieces<'t, impl Iterator<Item = Cow<'t, str>>>,
    file: FileId,
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut Fields<'_, '_>),
) {
    let mut taken: Option<Vec<&'static str>> = None;
    let mut read = |mut fields: Fields<'_, '_>| {
        read(&mut fields);
        match &taken {
            Some(taken) => fields.take_again(taken),
            None => taken = Some(fields.taken().to_vec()),
        }
        fields.finish();
    };
    let mut next = None;
    while let Some(piece) = next.take().or_else(|| pieces.next(LARGEST)) {
        let top = pieces.top();
        let text = piece.with_top(&top);
        let parsed = parsed(&text, piece.len());
        if parsed.as_ref().is_some_and(|(_, error)| error.is_some()) {
            next = pieces.next(LARGEST);
        }
        // A text over several lines can hold one that looks like the beginning of a piece.
        if let Some(both) = next.as_ref().map(|next| piece.joined(next))
            && let text = both.with_top(&top)
            && let Ok(document) = DeTable::parse(&text)
        {
            part(SourceText::of_piece(file, &both, &text), Some((document, None)), diagnostics, &mut read);
            next = None;
        } else {
            part(SourceText::of_piece(file, &piece, &text), parsed, diagnostics, &mut read);
        }
    }
}

/// What can be understood of a text and the first error in it; `None` for one that is too long.
type Parsed<'t> = Option<(TomlSpanned<DeTable<'t>>, Option<Error>)>;

fn parsed(text: &str, length: usize) -> Parsed<'_> {
    (length <= LARGEST).then(|| understood(text))
}

/// Reads a file, or a piece of one.
fn part(text: SourceText<'_>, parsed: Parsed<'_>, diagnostics: &mut Diagnostics, read: impl FnOnce(Fields<'_, '_>)) {
    let mut found = Diagnostics::default();
    let read = |table: &DeTable<'_>, broken: &[Broken]| {
        let mut found = Diagnostics::default();
        read(Fields::new(RawTable::of_file(table, text, broken), &mut found));
        found.retain(|finding| !is_doubtful(finding, broken));
        found
    };
    match parsed {
        None => {
            let message = format!("more than {} MB stand here in one piece", LARGEST / 1_000_000);
            let help =
                "divide it: each question begins with a line [[item]] of its own, and an exam can have many files";
            let here = text.place_of_piece();
            let start = here.bytes().start;
            let span = Span::new(here.file, start..start);
            found.push(Diagnostic::new(Code::UNREADABLE_FILE, message).at(span).help(help));
            found.append(read(&DeTable::new(), &[Broken { from: start, block: here.bytes() }]));
        }
        Some((document, None)) => found.append(read(document.get_ref(), &[])),
        Some((_, Some(first))) => {
            let recovered = blocks(text.parsed(), &first);
            for fault in &recovered.faults {
                found.push(syntax_error(text, fault));
            }
            let in_file = |span: Range<usize>| text.span(span).bytes();
            let in_file =
                |broken: Broken| Broken { from: in_file(broken.from..broken.from).start, block: in_file(broken.block) };
            let broken: Vec<Broken> = recovered.broken.into_iter().map(in_file).collect();
            found.append(read(&recovered.table, &broken));
        }
    }
    // What is wrong at the top of the file was reported with the first piece.
    found.retain(|finding| finding.span.is_none_or(|span| text.holds(span)));
    diagnostics.append(found);
}

/// Whether a finding stands after the error of its block, where nothing can be relied on.
fn is_doubtful(finding: &Diagnostic, broken: &[Broken]) -> bool {
    let Some(span) = finding.span else { return false };
    let start = span.bytes().start;
    let after = broken.partition_point(|broken| broken.block.start <= start);
    let last = broken[..after].last();
    last.is_some_and(|broken| (broken.from..broken.block.end.max(broken.from + 1)).contains(&start))
}

fn syntax_error(text: SourceText<'_>, fault: &Fault) -> Diagnostic {
    let (span, message, help) = match refused_escape(text.parsed(), fault.span.start) {
        Some(span) => {
            let word = &text.parsed()[span.clone()];
            let help = format!("write the backslash twice, \\{word}, or put the whole text in 'single quotes'");
            (span, format!("TOML has no escape {word}"), help)
        }
        None => (fault.span.clone(), fault.message.clone(), help(text.parsed(), fault).to_owned()),
    };
    Diagnostic::new(Code::TOML_SYNTAX, message).at(text.span(span)).help(help)
}

/// The backslash and the letters after it, where an error stands after a backslash that begins nothing TOML knows.
fn refused_escape(text: &str, error: usize) -> Option<Range<usize>> {
    let before = text.get(..error)?;
    let digits = before.trim_end_matches(|c: char| c.is_ascii_hexdigit());
    let number = digits.strip_suffix(['u', 'U', 'x']).filter(|before| before.ends_with('\\'));
    let before = number.unwrap_or(before).strip_suffix('\\')?;
    if (before.len() - before.trim_end_matches('\\').len()) % 2 == 1 {
        return None;
    }
    let rest = &text[before.len() + 1..];
    let first = rest.chars().next().filter(|c| !c.is_whitespace())?;
    let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    Some(before.len()..before.len() + 1 + letters.max(first.len_utf8()))
}

/// What to do about a line that breaks TOML's rules.
fn help(text: &str, fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::Brackets => "write two brackets around it everywhere, as in [[item]]",
        FaultKind::NeverEnds => "close it with the same three quotes on a line of its own",
        FaultKind::Twice => "remove or rename one of the two; a new question starts with its own [[item]] line",
        FaultKind::Other => help_by_looks(text, fault.span.start),
    }
}

/// The same, by what the line of an error looks like.
fn help_by_looks(text: &str, error: usize) -> &'static str {
    let before = text.get(..error).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    if line.contains(['\u{201c}', '\u{201d}', '\u{201e}']) {
        "replace the curly quotes by straight ones: \""
    } else if line.matches('"').count() > 2 && !line.contains("\"\"\"") {
        "if a quote stands inside the text, write a backslash before it: \\\""
    } else {
        "mend this line or the one above: text stands in \"double quotes\" on one line, or in \"\"\"three\"\"\" over \
         several; inside them write \\\" for a quote and \\\\ for a backslash"
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sources;
    use super::*;

    type Found = (Option<u32>, String, Code);

    /// What is read of a bank in pieces of at least `size` bytes, with its places, and what is found.
    fn read(text: &str, size: usize, lines: usize) -> (Vec<String>, Vec<Found>) {
        let file = Sources::default().add("x.toml", text.to_owned());
        let (mut diagnostics, mut read) = (Diagnostics::default(), Vec::new());
        let mut exam = None;
        let parts = text.split_inclusive('\n').collect::<Vec<_>>();
        let parts = parts.chunks(lines).map(|lines| Cow::Owned(lines.concat()));
        in_pieces(Pieces::of(parts, size), file, &mut diagnostics, |fields| {
            exam.get_or_insert_with(|| {
                fields.required_text("exam", "exam = \"rhit\"").map(|exam| exam.value.to_owned())
            });
            for list in ["case", "item"] {
                for entry in fields.tables(list, "an entry") {
                    let mut entry = fields.open(entry);
                    let span = entry.span();
                    let id = entry.required_text("id", "id = \"x\"").map(|id| (id.value.to_owned(), id.span));
                    let part = entry.table("part").map(|part| (part.span(), part.all_texts()));
                    let broken = entry.is_broken();
                    entry.finish();
                    read.push(format!("{exam:?} {list} {span:?} {id:?} {part:?} {broken}"));
                }
            }
        });
        read.sort();
        let mut found: Vec<Found> = diagnostics
            .iter()
            .map(|found| (found.span.map(|span| span.start), found.message.clone(), found.code))
            .collect();
        found.sort();
        (read, found)
    }

    const BANK: &str = "# A bank\nexam = \"rhit\"\n\n[[case]]\nid = \"case\"\n\n[[item]]\nid = \"one\"\n[item.part]\na = \"A\"\n\
                        b = \"B\"\n\n[[item]]\nid = \"two\"\nkey = 1\n\n[[item]]\nid = \"\u{e9}\"\n\n[[case]]\nid = \"last\"\n";

    #[test]
    fn a_file_in_pieces_gives_the_same_as_the_whole() {
        let late = |line: &str| BANK.replace("[[item]]\nid = \"two\"", &format!("[[item]]\n{line}\nid = \"two\""));
        let texts = [
            BANK.to_owned(),
            BANK.replace("exam = \"rhit\"\n", ""),
            BANK.replace("exam = \"rhit\"", "exam = 7\nunknown = 1"),
            BANK.replace('\n', "\r\n"),
            late("key = \"never closed"),
            late("[item.part]\nc = 5"),
            late("x = \"\"\"\n[[item]]\nid = \"within a text\"\n\"\"\""),
            late("x = [\n[1],\n[2],\n[[3]]\n]"),
            BANK.replace("[item.part]", "[[item.part]]"),
            BANK.replace("\n\n", "\n"),
            BANK[BANK.find("[[").unwrap_or(0)..].to_owned(),
        ];
        for text in texts {
            let whole = read(&text, usize::MAX, usize::MAX);
            for (size, lines) in [1, 40, 90].into_iter().flat_map(|size| [1, 5, usize::MAX].map(|lines| (size, lines)))
            {
                assert_eq!(read(&text, size, lines), whole, "in pieces of {size}, in parts of {lines}:\n{text}");
            }
        }
    }

    #[test]
    fn what_belongs_at_the_top_is_told_where_it_stands_in_a_later_piece() {
        let text = "[[item]]\nid = \"one\"\n[[item]]\nid = \"two\"\n[exam]\nid = \"three\"\n";
        let (_, found) = read(text, 1, 2);
        let told: Vec<(u32, &str)> =
            found.iter().filter_map(|(start, message, _)| Some(((*start)?, message.as_str()))).collect();
        assert_eq!(told, [(0, "the file has no `exam`"), (41, "`exam` of the file stands below its first list")]);
    }

    #[test]
    fn a_piece_that_is_too_long_for_the_parser_is_one_finding() {
        let text =
            format!("{BANK}[[item]]\nid = \"long\"\nx = [{}]\n[[item]]\nid = \"behind\"\n", "0, ".repeat(LARGEST / 3));
        let (read, found) = read(&text, PIECE, 2);
        assert_eq!(found.iter().filter(|(.., code)| *code == Code::UNREADABLE_FILE).count(), 1);
        assert!(!read.is_empty(), "what comes before and behind is read");
    }
}
