//! What a question is told about its wording, shown by questions that have it and questions that only look like it.

use examroom::bank::Exhibit;
use examroom::document::Code;
use examroom::id::{CaseId, ItemId};

use crate::folder::Laid;
use crate::support::{examroom, run};

/// The codes of what is found then, in the order of the file.
fn codes(changes: &[(&str, &str)]) -> Vec<Code> {
    let reading = Laid::changed(changes).read();
    reading.findings.sorted(&reading.files).iter().map(|finding| finding.code).collect()
}

#[test]
fn choices_that_look_the_same_are_an_error_and_capitals_are_only_advice() {
    let choices = |one: &str, other: &str| {
        codes(&[("\"The patient\"", &format!("\"{one}\"")), ("\"The clerk\"", &format!("\"{other}\""))])
    };
    for same in ["caf\u{e9} au lait", " cafe\u{301} au lait ", "caf\u{e9}\u{a0} au  lait", "caf\\u00e9 au\\tlait"] {
        assert_eq!(choices("caf\u{e9} au lait", same), [Code::DuplicateChoice], "{same}");
    }
    for hidden in ["\u{200b}", "\u{2063}", "\u{34f}", "\u{fe0f}", "\\u00ad"] {
        let found = choices("The mother", &format!("The m{hidden}other"));
        assert!(found.contains(&Code::DuplicateChoice), "{hidden:?}: {found:?}");
    }
    for (one, other) in [("true", "TRUE"), ("Yes", "yes."), ("\u{c9}tat", "\u{e9}tat")] {
        assert_eq!(choices(one, other), [Code::ChoicesAlike], "{one}");
    }
    for (one, other) in [("CO2", "CO\u{b2}"), ("5 mg", "5 g"), ("10.5", "105"), ("A-B", "AB")] {
        assert_eq!(choices(one, other), [], "{one}");
    }
}

#[test]
fn a_text_of_characters_that_cannot_be_seen_is_empty() {
    for nothing in ["", " ", "\u{200b}", "\\u3164\\t", "\u{2063} \u{a0}"] {
        assert!(codes(&[("\"The clerk\"", &format!("\"{nothing}\""))]).contains(&Code::EmptyText), "{nothing:?}");
        assert!(codes(&[("\"Who signs the form?\"", &format!("\"{nothing}\""))]).contains(&Code::EmptyText));
    }
}

#[test]
fn a_backslash_that_toml_takes_for_itself_is_told_where_it_stands() {
    let stem = |raw: &str| Laid::changed(&[("\"Who signs the form?\"", raw)]);
    let said = stem(r#""Is 5 \times 3 \neq 12?""#).findings();
    assert!(said.contains("9.toml:10:14"), "{said}");
    assert!(said.contains(r"\times, of which TOML reads \t as a tab (one of 2 in this text)"), "{said}");
    assert!(said.contains(r"write the backslash twice, \\times, or put the whole text in 'single quotes'"), "{said}");
    for meant in [r"'Is 5 \times 3 \neq 12?'", r#""Is 5 \\times 3 \\neq 12?""#, "'''\nWho opens C:\\new?'''"] {
        assert_eq!(stem(meant).findings(), "", "{meant}");
    }
    // In every text that is shown, once.
    for place in ["\"The clerk\"", "\"The clerk only files it.\"", "\"The manual\""] {
        assert_eq!(codes(&[(place, r#""The \beta of C:\new""#)]), [Code::LostBackslash], "{place}");
    }
    for file in ["2-open.toml", "references/years.toml"] {
        let laid = Laid::good();
        let path = laid.folder.join(file);
        let text = std::fs::read_to_string(path).unwrap();
        laid.write(file, text.replacen("The ", "The \\rho ", 1));
        assert!(laid.findings().contains("lost-backslash"), "{file}: {}", laid.findings());
    }
    let empty = Laid::changed(&[("\"The clerk\"", r#""\n""#)]).findings();
    assert!(empty.contains("empty-text") && empty.contains(r"write the backslash twice (\\n)"), "{empty}");
}

#[test]
fn braces_are_letters_text_or_a_slip() {
    let reason = |text: &str| codes(&[("It is the patient's record.", text)]);
    for sound in ["Unlike {b} and {c}.", "It says {{name}} and {{b}}.", "A {set of things}, {}, { and }.", "{b}{c}{d}"]
    {
        assert_eq!(reason(sound), [], "{sound}");
    }
    for slip in ["Unlike {e}.", "It says {name} and {dob}.", "Unlike {B}.", "Unlike { b }.", "{{b}} and {e}"] {
        assert_eq!(reason(slip), [Code::BracesAsText], "{slip}");
    }
    for (slip, help) in [("Not {e}.", "the choices are a, b, c, d"), ("Not {B}.", "{b}?"), ("Not { b }.", "{b}?")] {
        let said = Laid::changed(&[("It is the patient's record.", slip)]).findings();
        assert!(said.contains(help), "{said}");
    }
    for place in ["Who signs the form?", "The clerk"] {
        assert_eq!(codes(&[(place, "Who, if not {a}?")]), [Code::BracesAsText], "{place}");
        assert_eq!(codes(&[(place, "Who fills in {name}?")]), [], "{place}");
    }
}

#[test]
fn a_rationale_shows_letters_for_ids_and_single_braces_for_double_ones() {
    let laid = Laid::changed(&[("It is the patient's record.", "Unlike {b}, {{b}} and {name} are text; {é} too.")]);
    let data = tempfile::tempdir().unwrap();
    let sit = |arguments: &[&str], script: &str| {
        let mut command = examroom(data.path());
        command.arg("--banks").arg(laid.folder.parent().unwrap()).args(arguments);
        run(command, script).out
    };
    std::fs::remove_file(laid.folder.join("1-closed.toml")).unwrap();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    laid.write("exam.toml", exam.replace("questions = 3", "questions = 2").replace("scored = 2", "scored = 1"));
    sit(&["take", "small", "--plain"], &"begin\na\nend\nyes\n".repeat(2));
    let report = sit(&["report", "1", "--only", "all", "--plain"], "");
    let reason = report.lines().find(|line| line.contains("and {name} are text")).unwrap_or_else(|| panic!("{report}"));
    let letter = reason.split("Unlike ").nth(1).unwrap().chars().next().unwrap();
    assert!(report.contains(&format!("{letter}. The clerk")), "{report}");
    assert!(reason.contains(&format!("Unlike {letter}, {{b}} and {{name}} are text; {{é}} too.")), "{reason}");
}

#[test]
fn text_over_several_lines_flows_everywhere_but_in_exhibits() {
    let typed = "\"\"\"\nA long line that\ngoes on:\n- one\n- two\n\nAnd the end.\"\"\"";
    let flowing = "A long line that goes on:\n- one\n- two\n\nAnd the end.";
    let laid = Laid::changed(&[
        ("\"Who signs the form?\"", &format!("{typed}\nexhibit = {typed}\nexplanation = {typed}\ncase = \"long\"")),
        ("\"The clerk\"", typed),
        ("\"The clerk only files it.\"", typed),
        ("[[item]]", &format!("[[case]]\nid = \"long\"\ntext = {typed}\n\n[[item]]")),
    ]);
    let sheet = std::fs::read_to_string(laid.folder.join("references/years.toml")).unwrap();
    laid.write("references/years.toml", format!("{sheet}\n[[entry]]\nheading = \"Long\"\ntext = {typed}\n"));
    let bank = laid.read().bank;
    let item = bank.item(&ItemId::new("one")).unwrap();
    assert_eq!(&*item.stem, flowing);
    assert_eq!(&*item.choices[1].text, flowing);
    assert_eq!(item.choices[1].why.as_deref(), Some(flowing));
    assert_eq!(item.explanation.as_deref(), Some(flowing));
    assert_eq!(&*bank.cases[&CaseId::new("long")], flowing);
    assert_eq!(bank.sheets[0].entries.last().unwrap().text, flowing);
    let exhibit: Vec<&str> = item.exhibit.iter().flat_map(Exhibit::texts).collect();
    assert_eq!(exhibit, ["A long line that\ngoes on:\n- one\n- two\n\nAnd the end."]);
}
