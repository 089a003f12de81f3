//! Files that other programs wrote or read: `tests/oracle/exchange.py` makes them anew.

use examroom_exchange::{Draft, Format, Name, Options, Reading, Unreadable, read};
use serde_json::Value;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/exchange/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn reading(name: &str, format: Format) -> Reading {
    let (found, reading) = read(name, &fixture(name), &Options::default()).unwrap();
    assert_eq!(found, format);
    reading
}

/// Stem, choices with a star before those that are right, and explanation.
fn told(draft: &Draft) -> Vec<String> {
    let choices = draft.choices.iter().map(|choice| {
        let why = choice.why.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
        format!("{}{}{why}", if choice.is_key { "*" } else { "" }, choice.text)
    });
    std::iter::once(draft.stem.clone()).chain(choices).chain(draft.explanation.clone()).collect()
}

fn left_out(reading: &Reading) -> Vec<String> {
    reading.left_out.iter().map(|left| format!("{}: {}", left.place, left.why)).collect()
}

#[test]
fn a_workbook_of_openpyxl_is_read_as_it_is_shown() {
    let reading = reading("workbook.xlsx", Format::Xlsx);
    let questions: Vec<Vec<String>> = reading.questions.iter().map(|found| told(&found.draft)).collect();
    assert_eq!(
        questions,
        [
            vec!["What share of the forms was complete?", "20%", "*25%", "50%", "75%", "Option {c} counts twice."],
            vec!["On which day does the term end?", "2026-03-01", "2026-03-15", "*2026-03-30", "2026-03-31"],
            vec!["How many days are there?", "10", "15", "*30", "60"],
            vec!["Which is not a form?\nChoose one.", "=A1", "≤ 5 µg", "two  blanks", "*漢字"],
        ]
    );
    assert_eq!(left_out(&reading), ["row 6: it has no choices: its answer is typed or written"]);
    assert_eq!(reading.questions[0].draft.subjects, ["Filing"]);
}

#[test]
fn a_package_of_text2qti_is_read_with_its_feedback() {
    let reading = reading("canvas.zip", Format::Qti);
    let questions: Vec<Vec<String>> = reading.questions.iter().map(|found| told(&found.draft)).collect();
    assert_eq!(
        questions,
        [
            vec![
                "Who owns the record?",
                "The patient (Hers is the information.)",
                "*The hospital (It is its business record.)",
                "The insurer",
                "State law decides.",
            ],
            vec!["Which are covered entities?", "*A health plan", "A printer", "*A clearinghouse"],
            vec!["A subpoena is a court order.", "True", "*False"],
            vec!["What is \\(x^2\\) for H₂O?", "*5 < 6 & so", "7"],
        ]
    );
    assert_eq!(
        left_out(&reading),
        [
            "question 3: its answer is a number to type",
            "question 4: its answer is typed",
            "question 7: its answer is written (an essay)",
        ]
    );
    assert!(reading.questions[2].draft.keep_order, "true comes before false");
    assert!(reading.questions[0].changes.iter().any(|change| change.contains("italic")));
}

#[test]
fn gift_is_read_as_gift_pegjs_reads_it() {
    let reading = reading("questions.gift", Format::Gift);
    let theirs: Vec<Value> = serde_json::from_slice(&fixture("read-by-gift-pegjs.json")).unwrap();
    let mut ours = reading.questions.iter().map(|found| &found.draft);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for question in &theirs {
        let kind = question["type"].as_str().unwrap();
        if !matches!(kind, "MC" | "TF") {
            continue;
        }
        let draft = ours.next().unwrap();
        let stem =
            text(&question["stem"]).replace("<p>", "").replace("</p>", "").replace("<b>", "").replace("</b>", "");
        assert_eq!(draft.stem, stem);
        assert_eq!(draft.explanation.clone().unwrap_or_default(), text(&question["general"]));
        let whys: Vec<String> = draft.choices.iter().map(|choice| choice.why.clone().unwrap_or_default()).collect();
        let keys: Vec<bool> = draft.choices.iter().map(|choice| choice.is_key).collect();
        if kind == "TF" {
            assert_eq!(keys[0], question["right"].as_bool().unwrap());
            assert_eq!(whys, [text(&question["true feedback"]), text(&question["false feedback"])]);
            continue;
        }
        let choices = question["choices"].as_array().unwrap();
        let texts: Vec<String> = choices.iter().map(|choice| text(&choice["text"]).replace("&lt;", "<")).collect();
        assert_eq!(draft.choices.iter().map(|choice| choice.text.clone()).collect::<Vec<_>>(), texts);
        assert_eq!(whys, choices.iter().map(|choice| text(&choice["feedback"])).collect::<Vec<_>>());
        let is_single = choices.iter().any(|choice| choice["right"] == true);
        let theirs: Vec<bool> = choices
            .iter()
            .map(|choice| if is_single { choice["right"] == true } else { choice["weight"].as_f64() > Some(0.0) })
            .collect();
        assert_eq!(keys, theirs);
    }
    assert_eq!(ours.next(), None);
    let kinds = theirs.iter().filter(|question| {
        matches!(question["type"].as_str(), Some("Numerical" | "Short" | "Matching" | "Essay" | "Description"))
    });
    assert_eq!(reading.left_out.len(), kinds.count());
    assert_eq!(reading.questions[0].draft.name, Name::Title("Q1".to_owned()));
    assert_eq!(reading.questions[0].draft.subjects, ["Records/Filing"]);
}

#[test]
fn the_same_questions_are_read_from_every_program() {
    let several = || vec!["Which are covered entities?", "*A health plan", "A printer", "*A clearinghouse"];
    for (name, format, left) in [
        ("excel.csv", Format::Csv, &[][..]),
        ("aiken.txt", Format::Aiken, &[]),
        ("anki.txt", Format::Anki, &[]),
        ("word.txt", Format::Text, &[]),
        ("word.md", Format::Markdown, &[]),
        ("list.md", Format::Markdown, &[]),
        ("moodle.xml", Format::MoodleXml, &["line 239: its answer is written (an essay)"]),
        (
            "blackboard.txt",
            Format::Blackboard,
            &["line 5: its answer is a number to type", "line 6: it asks to match pairs"],
        ),
        ("blackboard.zip", Format::Qti, &["question 5: its answer is typed", "question 6: it asks to match pairs"]),
    ] {
        let reading = reading(name, format);
        let has_explanations = !matches!(name, "aiken.txt" | "list.md" | "blackboard.txt" | "blackboard.zip");
        let why = |text: &'static str| has_explanations.then_some(text);
        let mut wanted: Vec<Vec<&str>> = vec![
            vec!["Who owns the paper of a patient's record?", "The patient", "*The hospital", "The insurer"],
            vec!["Which of these is < 30 & > 20?", "19", "*25 – one of them", "31"],
            vec!["What does \"release\" mean here?", "*To let others see it", "To discharge", "To “code”"],
        ];
        wanted[0].extend(why("It is its business record."));
        wanted[2].extend(why("Others see it then."));
        wanted.extend((reading.questions.len() == 4).then(several));
        // Of qti-package-maker: in Aiken it writes HTML, which is text there, and elsewhere a code before each question.
        let shown = |text: String| match name {
            "aiken.txt" => {
                [("&lt;", "<"), ("&gt;", ">"), ("&#8211;", "–"), ("&#8220;", "“"), ("&#8221;", "”"), ("&amp;", "&")]
                    .into_iter()
                    .fold(text, |text, (written, sign)| text.replace(written, sign))
            }
            _ => text,
        };
        let bare = |text: String| text.split_once('_').map_or(text.clone(), |_| text.chars().skip(9).collect());
        let found: Vec<Vec<String>> = reading
            .questions
            .iter()
            .map(|found| {
                told(&found.draft).into_iter().map(bare).map(shown).map(|text| text.trim().to_owned()).collect()
            })
            .collect();
        assert_eq!(found, wanted, "{name}");
        assert_eq!(left_out(&reading), left, "{name}");
    }
}

#[test]
fn a_file_that_is_made_to_do_harm_is_refused_by_name() {
    let refused = |name: &str, bytes: &[u8]| match read(name, bytes, &Options::default()) {
        Err(Unreadable::Hostile(why)) => why,
        other => panic!("{name}: {other:?}"),
    };
    let entities = "<!DOCTYPE quiz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><quiz><question>&b;</question></quiz>";
    assert!(refused("x.xml", entities.as_bytes()).contains("entities"));
    let deep = format!("<quiz><question type=\"x\">{}", "<a>".repeat(50_000));
    assert!(refused("x.xml", deep.as_bytes()).contains("nests"));
}

#[test]
fn a_file_of_another_kind_is_told_with_what_to_do() {
    for (name, bytes, told) in [
        ("x.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "before 2007"),
        ("x.pdf", b"%PDF-1.7", "PDF"),
        ("x.csv", b"a,\x00\x00b", "byte 0x00"),
        ("x.csv", b"  \n", "empty"),
        ("x.zip", b"PK\x03\x04 cut short", "QTI"),
        ("x.xml", b"<quiz><question type=\"multichoice\"></quiz>", "line 1"),
    ] {
        let error = read(name, bytes, &Options::default()).unwrap_err();
        assert!(error.to_string().contains(told), "{name}: {error}");
        assert!(!error.help().is_empty());
    }
}
