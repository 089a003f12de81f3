//! What a question is told about its wording, shown by questions that have it and questions that only look like it.

use examroom_core::bank::Exhibit;
use examroom_core::diagnostics::Code;
use examroom_core::id::{CaseId, ItemId};

use crate::folder::Laid;
use crate::support::{examroom, run};

/// The codes of what is found then, in the order of the file.
fn codes(changes: &[(&str, &str)]) -> Vec<Code> {
    let reading = Laid::changed(changes).read();
    reading.diagnostics.sorted(&reading.sources).iter().map(|finding| finding.code).collect()
}

#[test]
fn choices_that_look_the_same_are_an_error_and_capitals_are_only_advice() {
    let choices = |one: &str, other: &str| {
        codes(&[("\"The patient\"", &format!("\"{one}\"")), ("\"The clerk\"", &format!("\"{other}\""))])
    };
    for same in ["caf\u{e9} au lait", " cafe\u{301} au lait ", "caf\u{e9}\u{a0} au  lait", "caf\\u00e9 au\\tlait"] {
        assert_eq!(choices("caf\u{e9} au lait", same), [Code::DUPLICATE_CHOICE], "{same}");
    }
    for hidden in ["\u{200b}", "\u{2063}", "\u{34f}", "\u{fe0f}", "\\u00ad"] {
        let found = choices("The mother", &format!("The m{hidden}other"));
        assert!(found.contains(&Code::DUPLICATE_CHOICE), "{hidden:?}: {found:?}");
    }
    for (one, other) in [("true", "TRUE"), ("Yes", "yes."), ("\u{c9}tat", "\u{e9}tat")] {
        assert_eq!(choices(one, other), [Code::CHOICES_ALIKE], "{one}");
    }
    for (one, other) in [("CO2", "CO\u{b2}"), ("5 mg", "5 g"), ("10.5", "105"), ("A-B", "AB")] {
        assert_eq!(choices(one, other), [], "{one}");
    }
}

#[test]
fn a_text_of_characters_that_cannot_be_seen_is_empty() {
    for nothing in ["", " ", "\u{200b}", "\\u3164\\t", "\u{2063} \u{a0}"] {
        assert!(codes(&[("\"The clerk\"", &format!("\"{nothing}\""))]).contains(&Code::EMPTY_TEXT), "{nothing:?}");
        assert!(codes(&[("\"Who signs the form?\"", &format!("\"{nothing}\""))]).contains(&Code::EMPTY_TEXT));
    }
}

#[test]
fn a_backslash_that_toml_takes_for_itself_is_told_where_it_stands() {
    let stem = |raw: &str| Laid::changed(&[("\"Who signs the form?\"", raw)]);
    let said = stem(r#""Is 5 \times 3 \neq 12?""#).diagnostics();
    assert!(said.contains("9.toml:10:14"), "{said}");
    assert!(said.contains(r"\times, of which TOML reads \t as a tab (one of 2 in this text)"), "{said}");
    assert!(said.contains(r"write the backslash twice, \\times, or put the whole text in 'single quotes'"), "{said}");
    for meant in [r"'Is 5 \times 3 \neq 12?'", r#""Is 5 \\times 3 \\neq 12?""#, "'''\nWho opens C:\\new?'''"] {
        assert_eq!(stem(meant).diagnostics(), "", "{meant}");
    }
    // In every text that is shown, once.
    for place in ["\"The clerk\"", "\"The clerk only files it.\"", "\"The manual\""] {
        assert_eq!(codes(&[(place, r#""The \beta of C:\new""#)]), [Code::LOST_BACKSLASH], "{place}");
    }
    for file in ["2-open.toml", "references/years.toml"] {
        let laid = Laid::good();
        let path = laid.folder.join(file);
        let text = std::fs::read_to_string(path).unwrap();
        laid.write(file, text.replacen("The ", "The \\rho ", 1));
        assert!(laid.diagnostics().contains("lost-backslash"), "{file}: {}", laid.diagnostics());
    }
    let empty = Laid::changed(&[("\"The clerk\"", r#""\n""#)]).diagnostics();
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
        assert_eq!(reason(slip), [Code::BRACES_AS_TEXT], "{slip}");
    }
    for (slip, help) in
        [("Not {e}.", "the choices are a, b, c, d"), ("Not {B}.", "{b}?"), ("Not { b }.", "write {b}, without")]
    {
        let said = Laid::changed(&[("It is the patient's record.", slip)]).diagnostics();
        assert!(said.contains(help), "{said}");
    }
    for place in ["Who signs the form?", "The clerk"] {
        assert_eq!(codes(&[(place, "Who, if not {a}?")]), [Code::BRACES_AS_TEXT], "{place}");
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

/// The question about a form, with other choices and reasons.
fn lettered(stem: &str, choices: [&str; 4], reason: &str, more: &str) -> Vec<Code> {
    let [a, b, c, d] = choices;
    codes(&[
        ("Who signs the form?", stem),
        ("\"The patient\"", &format!("{a:?}")),
        ("\"The clerk\"", &format!("{b:?}")),
        ("\"The physician\"", &format!("{c:?}")),
        ("\"The insurer\"", &format!("{d:?}")),
        ("\"The insurer only pays for it.\"", &format!("{reason:?}")),
        ("[item.choices]", &format!("{more}\n[item.choices]")),
    ])
}

const PEOPLE: [&str; 3] = ["The patient", "The clerk", "The physician"];

#[test]
fn a_choice_that_names_others_by_letters_or_numbers_is_told() {
    let last = |choice: &str, more: &str| lettered("Who signs?", [PEOPLE[0], PEOPLE[1], PEOPLE[2], choice], "x", more);
    for choice in [
        "Both A and C",
        "A and C only",
        "A, B, and C",
        "A or B",
        "a & c",
        "Neither A nor B",
        "(A) and (C)",
        "Both a and b are correct",
        "Options 1 and 3",
        "1 and 3 only",
        "1 and 3",
        "All except B",
        "Answers A and B",
        "The same as option B",
        "Choice C, if the patient is a minor",
    ] {
        assert_eq!(last(choice, ""), [Code::NAMES_A_LETTER], "{choice}");
        assert_eq!(last(choice, "keep_order = true"), [], "{choice} kept in order");
    }
    for choice in ["None of these", "All the above", "Both of the above", "A combination of the above"] {
        assert_eq!(last(choice, ""), [Code::ALL_OF_THE_ABOVE], "{choice}");
    }
    for choice in [
        "Vitamin C",
        "Hepatitis B and C",
        "Part A and Part B",
        "Parts A and B",
        "Type A",
        "A and B blood groups",
        "Grades 1 and 3",
        "C",
        "Option to buy",
        "The choice of a guardian",
        "An answer by the clerk",
        "T and B cells",
        "C. difficile and E. coli",
        "Schedule C",
        "Both parents",
    ] {
        assert_eq!(last(choice, ""), [], "{choice}");
    }
}

#[test]
fn choices_that_combine_what_the_stem_names_are_no_references() {
    for choices in [
        ["A only", "B only", "Both A and B", "Neither A nor B"],
        ["A and B", "A and O", "B and AB", "O only"],
        ["1 and 2", "2 and 3", "1 and 3", "1, 2 and 3"],
        ["None", "1 or 2", "3 or 4", "5 or more"],
        ["I and II", "II and III", "I and III", "I, II and III"],
        ["Option A", "Option B", "Option C", "Option D"],
        ["A", "B", "C", "D"],
        ["1", "2", "1 and 2", "3"],
    ] {
        assert_eq!(lettered("Which of the two is met?", choices, "x", ""), [], "{choices:?}");
    }
    let plans = "Option A leases the system, and option B buys it. Which holds?";
    let choices = ["Option A costs less", "Both cost the same", "Option B is older", "Neither is new"];
    assert_eq!(lettered(plans, choices, "Option A is right by price.", ""), []);
}

#[test]
fn a_rationale_that_names_a_choice_by_its_letter_is_told() {
    let reason = |text: &str| lettered("Who signs?", [PEOPLE[0], PEOPLE[1], PEOPLE[2], "The insurer"], text, "");
    for text in [
        "Option C is right: it is the only one.",
        "It is sorted by code, so option A is wrong.",
        "The answer is (B).",
        "The correct answer is B.",
        "Answer: C",
        "Choices A and D are distractors.",
        "Unlike answers 1 and 3, it holds.",
        "choice b is wrong",
        "(B) and (D) are sorted otherwise.",
        "It is so; (B) is sorted otherwise.",
        "A is incorrect because the clerk files it.",
        "B and C are wrong.",
        "a and c are both incorrect",
        "The clerk files it, so B is not correct.",
        "Unlike B, he pays.",
        "This rules out A and C.",
        "It is not the clerk (B), who files it.",
        "C would be correct if the patient were dead.",
        "C is discouraging without offering a solution.",
        "OFFICIAL ANSWER: (C) is the correct answer.",
        "The clerk files it. (D) would be billed.",
        "Option (a) is incorrect, and option (c) is incorrect.",
        "Correct answer: \"B\"",
        "The answer is option B (see below",
        "It is so (option B",
    ] {
        assert_eq!(reason(text), [Code::NAMES_A_LETTER], "{text}");
    }
    for text in [
        "Unlike {b}, he pays.",
        "Vitamin C is right for this; hepatitis B is wrong.",
        "Part A is the correct one; Part B is not.",
        "A clerk is right to file it.",
        "45 CFR 164.524(b)(2) is the rule; paragraph (b) is not.",
        "Group A and B streptococci are found.",
        "It is not C. difficile. Unlike C. difficile, it is harmless.",
        "Unlike B cells, T cells mature in the thymus.",
        "The patient has a choice: a signature or none.",
        "She has the option to answer a letter.",
        "He may answer 2 questions, and choose option 7 of the menu.",
        "Plan B is best, and type A is wrong.",
        "It needs (a) a signature and (b) a date.",
        "Hospital B is right.",
        "The response A. Smith gave is true.",
        "A, B, O: these are the blood groups (A",
        "Both (A) and (R) are told.",
        "(",
        "A",
        "In the answer, C. diff is named.",
    ] {
        assert_eq!(reason(text), [], "{text}");
    }
    let given = |text: &str| {
        lettered("Coder A and coder B disagree. Who is right?", [PEOPLE[0], PEOPLE[1], PEOPLE[2], "x y"], text, "")
    };
    assert_eq!(given("B is right, and A is wrong."), []);
    assert_eq!(given("Option B is right."), [Code::NAMES_A_LETTER]);
    let whole = codes(&[("key =", "explanation = \"Option B is wrong.\"\nkey =")]);
    assert_eq!(whole, [Code::NAMES_A_LETTER]);
    let kept =
        lettered("Who signs?", [PEOPLE[0], PEOPLE[1], PEOPLE[2], "x y"], "Option C is right.", "keep_order = true");
    assert_eq!(kept, []);
    let said = Laid::changed(&[("It is the patient's record.", "Option C is wrong.")]).diagnostics();
    assert!(said.contains("9.toml:19:6") && said.contains("write {c} for the letter that choice c has"), "{said}");
}

#[test]
fn choices_that_begin_with_letters_of_their_own_are_told_once() {
    let told = |choices| lettered("Who signs?", choices, "x", "");
    for choices in [
        ["A. The patient", "B. The clerk", "C. The physician", "D. The insurer"],
        ["a) The patient", "b) The clerk", "c) The physician", "d) The insurer"],
        ["(1) The patient", "(2) The clerk", "(3) The physician", "(4) The insurer"],
    ] {
        assert_eq!(told(choices), [Code::NAMES_A_LETTER], "{choices:?}");
    }
    assert_eq!(told(["A. Smith", "B. Jones", "D. Brown", "E. Green"]), []);
    assert_eq!(told(["1.5 mg", "2.5 mg", "3.5 mg", "4.5 mg"]), []);
}

#[test]
fn a_rationale_that_names_several_choices_is_told_once_with_their_number() {
    let reason = "Option C is right: it is the only one by name; (B) and (D) are sorted otherwise, so A is wrong.";
    let said = Laid::changed(&[("It is the patient's record.", reason)]).diagnostics();
    assert!(said.contains("says \"Option C\" (one of 3 such places)"), "{said}");
}

#[test]
fn a_stem_that_names_choices_by_letters_is_told() {
    let stem = |text: &str| codes(&[("Who signs the form?", text)]);
    for text in ["Which is better, choice A or choice B?", "Is answer C true?", "Who signs: option A or option B?"] {
        assert_eq!(stem(text), [Code::NAMES_A_LETTER], "{text}");
    }
    for text in [
        "Option A is a lease, option B a purchase. Who signs?",
        "Who has Medicare Part A and Part B?",
        "A patient with hepatitis B has a choice. Who signs?",
    ] {
        assert_eq!(stem(text), [], "{text}");
    }
}

#[test]
fn markup_is_told_in_every_text_that_is_shown_and_points_at_itself() {
    for place in ["Who signs the form?", "The clerk", "The clerk only files it.", "The manual"] {
        assert_eq!(codes(&[(place, "Is it <b>one</b>&nbsp;line?")]), [Code::MARKUP_AS_TEXT], "{place}");
    }
    let exhibit = |text: &str| codes(&[("key =", &format!("exhibit = {text:?}\nkey ="))]);
    assert_eq!(exhibit("Day 1<br>Day 2"), [Code::MARKUP_AS_TEXT]);
    assert_eq!(exhibit("*one*  **two**  $x$"), []);
    for subject in ["Which tag of HTML is bold?", "What is bold in Markdown?"] {
        assert_eq!(codes(&[("Who signs the form?", subject), ("The clerk", "<b> or **b**")]), [], "{subject}");
    }
    let said =
        Laid::changed(&[("\"The clerk only files it.\"", "\"\"\"\nThe clerk\nonly **files** it.\"\"\"")]).diagnostics();
    assert!(said.contains("9.toml:22:6") && said.contains("shown as it stands: **files**"), "{said}");
    for (file, part) in [("references/years.toml", "\"\n"), ("1-closed.toml", "desk: one")] {
        let laid = Laid::good();
        let text = std::fs::read_to_string(laid.folder.join(file)).unwrap();
        laid.write(file, text.replacen(part, &format!(" &amp;{part}"), 1));
        assert!(laid.diagnostics().contains("markup-as-text"), "{file}: {}", laid.diagnostics());
    }
}

#[test]
fn a_backslash_that_toml_refuses_is_told_with_the_same_way_out() {
    for (raw, word) in [
        (r#""What is \alpha?""#, r"\alpha"),
        (r#""What is \(x\)?""#, r"\("),
        (r#""What is C:\Users?""#, r"\Users"),
        (r#""What is C:\users\me?""#, r"\users"),
        (r#""What is \xi?""#, r"\xi"),
        (r#""Is it 95\%?""#, r"\%"),
        ("\"\"\"\nWhat is\n\\sqrt{2}?\"\"\"", r"\sqrt"),
    ] {
        let said = Laid::changed(&[("\"Who signs the form?\"", raw)]).diagnostics();
        assert!(said.contains(&format!("TOML has no escape {word}")), "{said}");
        assert!(said.contains(&format!(r"write the backslash twice, \{word}, or put the whole text")), "{said}");
        let mended = raw.replace('\\', r"\\").replace("\"\"\"", "'''").replace(r"\\", r"\");
        let mended = if mended.starts_with("'''") { mended } else { format!("'{}'", mended.trim_matches('"')) };
        let said = Laid::changed(&[("\"Who signs the form?\"", &mended)]).diagnostics();
        assert!(!said.contains("error["), "{said}");
    }
}

#[test]
fn capitals_of_an_id_count_and_a_slip_of_them_is_told() {
    let said = Laid::changed(&[("key = \"a\"", "key = \"A\"")]).diagnostics();
    assert!(said.contains("key-not-a-choice") && said.contains("did you mean `a`? capitals count"), "{said}");
    assert_eq!(
        codes(&[("d = \"The insurer\"", "A = \"The insurer\""), ("d = \"The insurer only", "A = \"The insurer only")]),
        []
    );
}

#[test]
fn texts_of_nothing_but_signs_are_looked_through_in_one_pass() {
    let signs = [
        "<a",
        "a<b>",
        "&",
        "](",
        "[",
        "\\\\",
        "\\t",
        "$",
        "*a",
        "_a",
        "`",
        "{",
        "{a}",
        "{ ",
        "A, ",
        "(A",
        "a is ",
        "option A ",
        "\\n",
        "- ",
        "(B) and ",
        "\u{200b}",
        "x_{",
        "\\\\(",
    ];
    for sign in signs {
        let long = sign.repeat(60_000 / sign.len());
        let laid = Laid::changed(&[
            ("Who signs the form?", &long),
            ("It is the patient's record.", &long),
            ("The clerk", &long),
        ]);
        laid.read();
        let lines = format!("\"\"\"\n{}\"\"\"", format!("{sign}\n").repeat(5_000).replace("\\t", "\t"));
        Laid::changed(&[("\"Who signs the form?\"", &lines)]).read();
    }
}
