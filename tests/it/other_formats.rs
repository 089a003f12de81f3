//! What an author is told who writes a question as another format has it: each slip once, with what to write.

use examroom_core::diagnostics::Code;

use crate::folder::Laid;

/// The only finding after a change: its code and its help.
fn help(changes: &[(&str, &str)]) -> (Code, String) {
    let laid = Laid::changed(changes);
    let reading = laid.read();
    let found: Vec<_> = reading.diagnostics.iter().collect();
    assert_eq!(found.len(), 1, "{}", laid.told(&reading));
    (found[0].code, found[0].help.clone())
}

#[test]
fn a_field_by_the_name_of_another_format_is_told_with_ours_and_not_as_missing_too() {
    for (ours, theirs, meant) in [
        ("key = \"a\"", "answer = \"a\"", "key"),
        ("key = \"a\"", "Correct_Answer = \"The patient\"", "key"),
        ("key = \"a\"", "correct = 1", "key"),
        ("key = \"a\"", "solution = [\"a\"]", "key"),
        ("key = \"a\"", "KEY = \"a\"", "key"),
        ("stem = \"Who", "question = \"Who", "stem"),
        ("stem = \"Who", "prompt = \"Who", "stem"),
        ("topic = ", "category = ", "topic"),
        ("angoff = 0.7", "difficulty = \"easy\"", "angoff"),
        ("source = ", "ref = ", "source"),
        ("level = ", "bloom = ", "level"),
        ("id = ", "name = ", "id"),
        ("[item.choices]", "[item.options]", "[item.choices]"),
        ("[item.choices]", "[item.choice]", "[item.choices]"),
        ("[item.choices]", "[item.answers]", "[item.choices]"),
        ("[item.why]", "[item.rationale]", "[item.why]"),
        ("[item.why]", "[item.explanation]", "[item.why]"),
    ] {
        let (code, help) = help(&[(ours, theirs)]);
        assert!([Code::UNKNOWN_FIELD, Code::WRONG_TYPE].contains(&code), "{theirs}: {code}");
        assert!(help.contains(&format!("did you mean {}?", named(meant))), "{theirs}: {help}");
    }
    let (_, caution) = help(&[("angoff = 0.7", "difficulty = 3")]);
    assert!(caution.contains("take care"), "{caution}");
}

fn named(meant: &str) -> String {
    if meant.starts_with('[') { meant.to_owned() } else { format!("`{meant}`") }
}

#[test]
fn a_field_that_only_other_formats_have_is_told_with_what_becomes_of_it() {
    for (theirs, told) in [
        ("feedback = \"It is hers.\"", "did you mean `explanation`?"),
        ("hint = \"Think of the owner.\"", "did you mean `explanation`?"),
        ("points = 2", "every question counts the same"),
        ("weight = 0.5", "every question counts the same"),
        ("type = \"multichoice\"", "there is no other type"),
        ("image = \"scan.png\"", "pictures and sound are not shown"),
        ("author = \"Ann\"", "keep it as a remark"),
        ("scenario = \"Long ago\"", "[[case]]"),
        ("shuffle = false", "did you mean `keep_order`?"),
        ("retired = true", "did you mean `status`?"),
        ("time_limit = 60", "the time is that of the section"),
    ] {
        let (code, help) = help(&[("key =", &format!("{theirs}\nkey ="))]);
        assert_eq!(code, Code::UNKNOWN_FIELD);
        assert!(help.contains(told), "{theirs}: {help}");
    }
}

/// A question whose choices and reasons are written in another way.
fn written(choices: &str) -> Laid {
    let question = Laid::changed(&[]);
    let text = std::fs::read_to_string(question.folder.join("9.toml")).unwrap();
    question.write("9.toml", text.split("[item.choices]").next().unwrap().to_owned() + choices);
    question
}

#[test]
fn choices_and_reasons_in_another_form_are_told_the_lines_to_write() {
    let table = "write a line [item.choices] below the other lines of the question, and below it a = ";
    for (choices, help) in [
        ("choices = [\"One\", \"Two\"]", format!("{table}\"One\", b = \"Two\"")),
        ("options = [\"One\", \"Say \\\"no\\\"\"]", format!("{table}\"One\", b = \"Say \\\"no\\\"\"")),
        ("choices = \"One, two\"", format!("{table}\"…\"")),
        ("choices = [{ text = \"One\", correct = true }]", format!("{table}\"…\"")),
        ("[[item.choices]]\ntext = \"One\"\n[[item.choices]]\ntext = \"Two\"", format!("{table}\"…\"")),
        ("a = \"One\"", "a choice stands below a line [item.choices]".to_owned()),
        ("[choices]\na = \"One\"", "write [item.choices], which follows its [[item]]".to_owned()),
        ("[options]\na = \"One\"", "write [item.choices], which follows its [[item]]".to_owned()),
    ] {
        let laid = written(choices);
        let said = laid.diagnostics();
        let helps: Vec<&str> = said.lines().filter_map(|line| line.split("= help: ").nth(1)).collect();
        assert!(helps.iter().any(|said| said.starts_with(&help)), "{choices}: {said}");
        assert!(!said.contains("missing-field") || choices.starts_with('['), "{choices}: {said}");
    }
    let whole = "[item.choices]\na = \"One\"\nb = \"Two\"\n";
    let said = written(&format!("why = \"It is so.\"\n{whole}")).diagnostics();
    assert!(said.contains("for one text about the whole question write explanation = \"…\""), "{said}");
    assert!(!said.contains("no-rationale"), "{said}");
    // What is said can be followed.
    let mended = written("[item.choices]\na = \"One\"\nb = \"Two\"\n[item.why]\na = \"x\"\nb = \"x\"\n");
    assert_eq!(mended.diagnostics(), "");
}

#[test]
fn questions_under_another_heading_are_told_once_and_nothing_is_called_missing_for_it() {
    for (heading, meant) in [
        ("[[question]]", "[[item]]"),
        ("[[questions]]", "[[item]]"),
        ("[[items]]", "did you mean `item`?"),
        ("[[Question]]", "[[item]]"),
        ("[[quiz]]", "[[item]]"),
        ("[[itm]]", "did you mean `item`?"),
        ("[item]", "[[item]]"),
    ] {
        let laid = Laid::changed(&[("[[item]]", heading), ("[item.choices]", "[choices]"), ("[item.why]", "[why]")]);
        std::fs::remove_file(laid.folder.join("1-closed.toml")).unwrap();
        let reading = laid.read();
        let said = laid.told(&reading);
        assert!(said.contains(meant), "{heading}: {said}");
        assert!(!said.contains("short-of-blueprint") && !said.contains("topic-without"), "{heading}: {said}");
    }
    let stray = Laid::changed(&[("[[item]]", "topic = \"consent\"\n\n[[item]]")]).diagnostics();
    assert!(stray.contains("`topic` belongs to a question: write it below a line [[item]]"), "{stray}");
}

#[test]
fn the_tables_within_have_their_synonyms_too() {
    let calculation = "[item.calculation]\nformula = \"2 * n\"\nvalues = { n = 2 }\n";
    for (ours, theirs, meant) in [("formula", "equation", "formula"), ("values", "variables", "values")] {
        let table = calculation.replace(ours, theirs);
        let last = "d = \"The insurer only pays for it.\"\n";
        let (code, help) = help(&[("\"The patient\"", "\"4\""), (last, &format!("{last}{table}"))]);
        assert_eq!(code, Code::UNKNOWN_FIELD);
        assert!(help.contains(&format!("did you mean `{meant}`?")), "{theirs}: {help}");
    }
    let (_, until) = help(&[("key =", "valid = { from = 2026-01-01, to = 2027-01-01 }\nkey =")]);
    assert!(until.contains("did you mean `until`?"), "{until}");
    let (_, text) = help(&[("[[item]]", "[[case]]\nid = \"c\"\nbody = \"x\"\n\n[[item]]")]);
    assert!(text.contains("did you mean `text`?"), "{text}");
}

#[test]
fn a_value_of_the_wrong_kind_is_told_as_it_is_to_be_written() {
    for (ours, theirs, told) in [
        ("\"The clerk\"", "5", "write it in quotes: \"5\""),
        ("\"The clerk\"", "0.50", "write it in quotes: \"0.50\""),
        ("key = \"a\"", "key = 1", "write it in quotes: \"1\""),
        ("\"The clerk\"", "true", "write it in quotes: \"true\""),
        ("\"The clerk\"", "{ text = \"The clerk\" }", "write b = \"…\" on one line in its place, below [item.choices]"),
        ("source = \"The manual\"", "valid = \"2026\"", "write a line [item.valid]"),
    ] {
        let said = Laid::changed(&[(ours, theirs)]).diagnostics();
        assert!(said.contains("wrong-type") && said.contains(told), "{theirs}: {said}");
    }
}
