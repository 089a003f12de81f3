//! Findings for other programs: an editor, a build, a code host. Codes are stable, and places are lines and columns from 1,
//! columns counted in characters.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use examroom_app::library::Reading;
use examroom_core::diagnostics::{Code, Diagnostic, Severity, Sources, Span};

/// The findings of the bank of this name, sorted by file and line.
pub fn findings(bank: &str, reading: &Reading) -> Vec<Value> {
    let found = reading.diagnostics.sorted(&reading.sources).into_iter();
    found.map(|finding| object(bank, finding, &reading.sources)).collect()
}

fn object(bank: &str, finding: &Diagnostic, sources: &Sources) -> Value {
    json!({
        "bank": bank,
        "code": finding.code.name(),
        "severity": word(finding.severity()),
        "message": finding.message,
        "help": finding.help,
        "place": finding.span.map(|span| place(span, sources)),
        "related": finding.related.as_ref().map(|(span, label)| json!({ "message": label, "place": place(*span, sources) })),
    })
}

fn place(span: Span, sources: &Sources) -> Value {
    let position = sources.position(span);
    json!({ "file": sources.name(span.file), "line": position.line, "column": position.column })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The findings of banks as one document of SARIF 2.1.0.
pub fn sarif(findings: &[Value]) -> Value {
    let codes: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["code"].as_str()).collect();
    let rule = |code: &&str| {
        let known = Code::parse(code);
        json!({
            "id": code,
            "shortDescription": { "text": known.map_or("", Code::title) },
            "fullDescription": { "text": known.map_or("", Code::explanation) },
        })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "examroom",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(finding: &Value) -> Value {
    let text = |name: &str| finding[name].as_str().unwrap_or_default();
    let help = text("help");
    let message =
        if help.is_empty() { text("message").to_owned() } else { format!("{} (help: {help})", text("message")) };
    let mut result = json!({ "ruleId": finding["code"], "level": finding["severity"], "message": { "text": message } });
    if let Some(place) = finding.get("place").filter(|place| !place.is_null()) {
        result["locations"] = json!([location(place)]);
    }
    if let Some(related) = finding.get("related").filter(|related| !related.is_null()) {
        let mut there = location(&related["place"]);
        there["message"] = json!({ "text": related["message"] });
        result["relatedLocations"] = json!([there]);
    }
    result
}

fn location(place: &Value) -> Value {
    let file = place["file"].as_str().unwrap_or_default().replace('\\', "/");
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&file) },
        "region": { "startLine": place["line"], "startColumn": place["column"] },
    } })
}

/// A path as a reference of a URI.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { String::from("file://") } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&percent(byte));
        }
    }
    uri
}

fn percent(byte: u8) -> String {
    format!("%{byte:02X}")
}

/// A finding as a line that annotates a file where GitHub runs the check.
pub fn github(finding: &Value) -> String {
    let text = |name: &str| finding[name].as_str().unwrap_or_default();
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    let place = &finding["place"];
    let at = match place["file"].as_str() {
        Some(file) => format!("file={},line={},col={},", property(file), place["line"], place["column"]),
        None => String::new(),
    };
    let message = format!("{}\nhelp: {}", text("message"), text("help"));
    format!("::{} {at}title={}::{}", text("severity"), property(text("code")), escaped(&message))
}
