//! Advice on the bank as a whole: habits that are told as soon as they cannot be chance, and told beside errors.

use examroom_core::diagnostics::Code;

use crate::bank_text::{BARE, Question, small_file};
use crate::folder::Laid;

/// A question of a bank that is made up: so many choices, the place of the key among them, and whether it is the longest.
#[derive(Clone, Copy)]
struct Asked {
    choices: usize,
    key: usize,
    longest: bool,
}

fn asked(choices: usize, key: usize) -> Asked {
    Asked { choices, key, longest: false }
}

/// A bank file with these questions; their ids begin with `name`.
fn file(name: &str, questions: &[Asked]) -> String {
    let written = questions.iter().enumerate().map(|(at, question)| {
        let tail = |span| if question.longest && span == question.key { " and something more" } else { "" };
        let choices: Vec<String> = (0..question.choices).map(|span| format!("Answer {span}{}", tail(span))).collect();
        let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
        let (id, stem) = (format!("{name}{at}"), format!("What is {name} {at} {}?", at * at));
        let key = char::from(b'a' + u8::try_from(question.key).unwrap()).to_string();
        Question { id: &id, topic: "consent", stem: &stem, key: &key, choices: &choices, ..BARE }.to_string()
    });
    small_file(&written.collect::<String>())
}

/// How often a code is found in an exam that has only these files.
fn found(code: Code, sources: &[String]) -> usize {
    let laid = Laid::good();
    std::fs::remove_file(laid.folder.join("1-closed.toml")).unwrap();
    std::fs::remove_file(laid.folder.join("2-open.toml")).unwrap();
    for (at, file) in sources.iter().enumerate() {
        laid.write(&format!("made-{at}.toml"), file);
    }
    laid.read().diagnostics.iter().filter(|finding| finding.code == code).count()
}

fn uneven(questions: &[Asked]) -> usize {
    found(Code::UNEVEN_LETTERS, &[file("q", questions)])
}

#[test]
fn keys_on_one_letter_are_told_for_any_number_of_choices_as_soon_as_it_cannot_be_chance() {
    for (choices, key, enough) in [(2, 0, 11), (3, 2, 8), (4, 1, 6), (5, 4, 6), (8, 0, 5)] {
        assert_eq!(uneven(&vec![asked(choices, key); enough]), 1, "{enough} of {choices} choices");
        assert_eq!(uneven(&vec![asked(choices, key); enough / 2]), 0, "{} of {choices} choices", enough / 2);
        assert_eq!(uneven(&vec![asked(choices, key); 60]), 1, "60 of {choices} choices");
    }
    let never_d: Vec<Asked> = (0..60).map(|at| asked(4, at % 3)).collect();
    assert_eq!(uneven(&never_d), 1);
    let even: Vec<Asked> = (0..60).map(|at| asked(4, at % 4)).collect();
    assert_eq!(uneven(&even), 0);
}

#[test]
fn questions_with_different_numbers_of_choices_are_counted_together_where_each_kind_is_few() {
    let kinds = || (0..12).map(|at| 3 + at % 3);
    let first: Vec<Asked> = kinds().map(|choices| asked(choices, 0)).collect();
    let last: Vec<Asked> = kinds().map(|choices| asked(choices, choices - 1)).collect();
    let mixed: Vec<Asked> = kinds().enumerate().map(|(at, choices)| asked(choices, at * 7 % choices)).collect();
    assert_eq!((uneven(&first), uneven(&last), uneven(&mixed)), (1, 1, 0));
}

#[test]
fn the_letter_is_that_of_the_place_whatever_the_ids_are() {
    let word = |text: String| text.replace("\na = ", "\nright = ").replace("key = \"a\"", "key = \"right\"");
    let file = word(file("q", &[asked(4, 0); 20]));
    assert_eq!(found(Code::UNEVEN_LETTERS, &[file]), 1);
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }
}

#[test]
fn honest_banks_are_told_nothing() {
    let mut dice = Dice(7);
    for bank in 0..40 {
        let questions: Vec<Asked> = (0..[10, 20, 40, 100][bank % 4])
            .map(|_| {
                let choices = if bank % 3 == 0 { 2 + dice.roll(4) } else { 4 };
                let (key, longest) = (dice.roll(choices), dice.roll(choices) == 0);
                Asked { choices, key, longest }
            })
            .collect();
        let sources = [file("q", &questions)];
        assert_eq!(found(Code::UNEVEN_LETTERS, &sources) + found(Code::LONGEST_IS_KEY, &sources), 0, "bank {bank}");
    }
}

#[test]
fn keys_that_are_the_longest_are_told_for_any_number_of_choices_and_over_small_files() {
    let written = |choices: usize, long: usize, all: usize| -> Vec<Asked> {
        (0..all)
            .map(|at| Asked { choices, key: at % choices, longest: at * long / all != (at + 1) * long / all })
            .collect()
    };
    for (choices, long, all) in [(2, 28, 30), (3, 20, 30), (4, 17, 30), (5, 15, 30), (4, 8, 8)] {
        assert_eq!(found(Code::LONGEST_IS_KEY, &[file("q", &written(choices, long, all))]), 1, "{long} of {all}");
        let fair = [file("q", &written(choices, all / choices, all))];
        assert_eq!(found(Code::LONGEST_IS_KEY, &fair), 0, "{choices} choices");
    }
    let small = |name: &str| file(name, &written(4, 5, 10));
    assert_eq!(found(Code::LONGEST_IS_KEY, &[small("a")]), 0);
    assert_eq!(found(Code::LONGEST_IS_KEY, &["a", "b", "c", "d", "e"].map(small)), 1, "told once of the whole bank");
}

/// The codes that are found when this stands beside the small exam, each once.
fn codes(content: &str) -> Vec<Code> {
    let mut codes: Vec<Code> =
        Laid::good().write("9.toml", content).read().diagnostics.iter().map(|f| f.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn an_error_does_not_hide_the_advice_on_the_rest_of_the_bank() {
    let mut questions = vec![asked(4, 1); 30];
    questions[7].key = 9;
    let found = codes(&file("q", &questions));
    assert!(found.contains(&Code::KEY_NOT_A_CHOICE) && found.contains(&Code::UNEVEN_LETTERS), "{found:?}");
    let copies = file("copy", &[asked(4, 0)]) + &file("other", &[asked(4, 0)]).replace("other 0", "copy 0");
    let copies = copies.replacen("exam = \"small\"\ndomain = \"law\"\nsection = \"closed\"\n", "", 2);
    let copies = file("one", &[asked(4, 9)]) + &copies;
    let found = codes(&copies);
    assert!(found.contains(&Code::KEY_NOT_A_CHOICE) && found.contains(&Code::NEAR_DUPLICATE), "{found:?}");
}

#[test]
fn what_is_only_missing_because_a_question_has_an_error_is_not_told_as_missing() {
    let laid = Laid::good();
    let path = laid.folder.join("2-open.toml");
    // The only question on retention, and the only one of the open section.
    let open = std::fs::read_to_string(path).unwrap();
    for (part, instead, code) in [
        ("key = \"b\"", "key = \"x\"", Code::KEY_NOT_A_CHOICE),
        ("\"retention\"", "\"retentoin\"", Code::UNKNOWN_TOPIC),
        ("domain = \"law\"", "domain = \"lav\"", Code::UNKNOWN_DOMAIN),
        ("id = \"minors\"\n", "", Code::MISSING_FIELD),
        ("stem = \"How", "stem = \"\"\"How", Code::TOML_SYNTAX),
    ] {
        laid.write("2-open.toml", open.replace(part, instead));
        let found: Vec<Code> = laid.read().diagnostics.iter().map(|finding| finding.code).collect();
        assert_eq!(found, [code], "{}", laid.diagnostics());
    }
    // What is missing all the same is told beside the error.
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    laid.write("2-open.toml", open.replace("key = \"b\"", "key = \"x\""));
    laid.write(
        "exam.toml",
        exam.replace("scored = 1", "scored = 3").replace("questions = 3", "questions = 5") + "\nfees = \"Fees\"",
    );
    let said = laid.diagnostics();
    assert!(said.contains("is 2 questions short of one form"), "{said}");
    assert!(said.contains("1 operational (those with errors counted)"), "{said}");
    assert!(said.contains("covers the topic `fees`") && !said.contains("`retention`"), "{said}");
}

#[test]
fn levels_and_copies_that_errors_hide_are_not_told_as_wrong() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let levels = "levels = { recall = 0.5, application = 0.3, analysis = 0.2 }\n\n[scale]";
    laid.write("exam.toml", exam.replace("[scale]", levels));
    let mut text = file("q", &(0..60).map(|at| asked(4, at % 4)).collect::<Vec<_>>());
    for (part, level) in [(18, "application"), (12, "analisis")] {
        text = text.replacen("\"recall\"", &format!("\"{level}\""), part);
    }
    let codes = |text: &str| {
        laid.write("9.toml", text).read().diagnostics.iter().map(|finding| finding.code).collect::<Vec<Code>>()
    };
    assert!(!codes(&text).contains(&Code::LEVELS_OFF));
    assert!(codes(&text.replace("application", "recall")).contains(&Code::LEVELS_OFF));
    let twice = file("q", &[asked(4, 0)]);
    let twice =
        twice.clone() + twice.split_once("[[item]]").map(|(_, item)| format!("[[item]]{item}")).unwrap().as_str();
    let found = codes(&twice);
    assert!(found.contains(&Code::DUPLICATE_ID) && !found.contains(&Code::NEAR_DUPLICATE), "{found:?}");
}
