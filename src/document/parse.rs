//! A text → its fields, and what breaks TOML's rules in it.

use toml::de::DeTable;

use super::fields::Owner;
use super::recover::{Broken, Fault, blocks};
use super::{Code, Diagnostic, Fields, FileId, Findings, Place};

/// Reads a document with `read`; syntax errors become findings, and what could be understood is still read,
/// so that one missing quote does not hide the other faults.
///
/// What a part of it may have lost is for `read` to ask of its fields ([`Fields::is_broken`]).
pub fn parse(text: &str, file: FileId, findings: &mut Findings, read: impl FnOnce(Fields<'_, '_>, &mut Findings)) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let Some(first) = errors.first() else {
        read(Fields::new(document.get_ref(), 0..text.len(), file, text, Owner::Words("the file"), &[]), findings);
        return;
    };
    let recovered = blocks(text, first);
    for fault in &recovered.faults {
        let help = help(text, fault);
        findings.add(Code::TomlSyntax, Place::new(file, fault.span.clone()), fault.message.as_str(), help);
    }
    let mut found = Findings::default();
    read(
        Fields::new(&recovered.table, 0..text.len(), file, text, Owner::Words("the file"), &recovered.broken),
        &mut found,
    );
    found.retain(|finding| !is_doubtful(finding, file, &recovered.broken));
    findings.append(found);
}

/// Whether a finding stands behind the error of its block, where nothing can be relied on.
fn is_doubtful(finding: &Diagnostic, file: FileId, broken: &[Broken]) -> bool {
    let Some(place) = finding.place.filter(|place| place.file == file) else { return false };
    let start = place.bytes().start;
    broken.iter().any(|broken| (broken.from..broken.block.end.max(broken.from + 1)).contains(&start))
}

/// What to do about a line that breaks TOML's rules, by what it looks like.
fn help(text: &str, fault: &Fault) -> &'static str {
    let before = text.get(..fault.span.start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    if fault.message.contains("bracket") {
        "write two brackets around it everywhere, as in [[item]]"
    } else if fault.message.contains("never ends") {
        "close it with the same three quotes on a line of its own"
    } else if fault.message.contains("duplicate key") {
        "remove or rename one of the two; a new question starts with its own [[item]] line"
    } else if line.contains(['\u{201c}', '\u{201d}', '\u{201e}']) {
        "replace the curly quotes by straight ones: \""
    } else if line.matches('"').count() > 2 && !line.contains("\"\"\"") {
        "if a quote stands inside the text, write a backslash before it: \\\""
    } else {
        "mend this line or the one above: text stands in \"double quotes\" on one line, or in \"\"\"three\"\"\" over \
         several; inside them write \\\" for a quote and \\\\ for a backslash"
    }
}
