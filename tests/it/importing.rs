//! Questions of other programs come in: shown first, then written whole or not at all, and once.

use std::path::Path;

use crate::pinned::exams;
use crate::support::{FAITHFUL_FORMATS, Said, examroom, run};

/// Runs the program over a folder of data, in that folder.
fn said(data: &Path, line: &str) -> Said {
    let mut command = examroom(data);
    command.args(["--banks", &exams()]).args(line.split_whitespace()).current_dir(data);
    run(command, "")
}

/// As [`said`], with the exams found in the user's own folder only, which has an exam of one domain and one topic.
fn own(data: &Path, line: &str) -> Said {
    let folder = data.join("banks/stable");
    if !folder.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("exam.toml"), include_str!("../fixtures/stable/exam.toml")).unwrap();
    }
    let mut command = examroom(data);
    command.args(line.split_whitespace()).current_dir(data);
    run(command, "")
}

/// Texts to be imported, with the number of their questions that can be taken over.
const SHEET: &str = "No.;Question;A;B;C;Answer;Rationale\n\
                     1;Who signs?;The patient;The clerk;The insurer;A;Option B only files it.\n\
                     2;\"A path; which?\";C:\\new;D:\\old;\"{a}\";b;\n\
                     3;How many bones?;;;;206;\n\
                     4;\"Who \"\"owns\"\" it?\";The hospital;The patient;The state;The hospital;See {a}.\n";

#[test]
fn a_dry_run_tells_what_becomes_of_each_question_and_writes_nothing() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("week-3.csv"), SHEET).unwrap();
    let told = own(data.path(), "bank import week-3.csv --exam stable");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    for wanted in [
        "row 2",
        "letters in its explanation follow the choices",
        "row 4",
        "its answer is typed",
        "4 questions: 2 kept as they are, 1 changed, 1 left out",
        "Nothing is written.",
    ] {
        assert!(told.out.contains(wanted), "{wanted}\n{}", told.out);
    }
    assert_eq!(std::fs::read_dir(data.path().join("banks/stable")).unwrap().count(), 1);
}

#[test]
fn what_is_written_has_no_errors_and_nothing_of_it_is_eaten() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("week-3.csv"), SHEET).unwrap();
    let told = own(data.path(), "bank import week-3.csv --exam stable --write");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let written = std::fs::read_to_string(data.path().join("banks/stable/one-week-3.toml")).unwrap();
    for line in [
        "a = 'C:\\new'",
        "c = \"{a}\"",
        "explanation = \"Option {b} only files it.\"",
        "stem = 'Who \"owns\" it?'",
        "explanation = \"See {{a}}.\"",
        "level = \"recall\"",
    ] {
        assert!(written.lines().any(|found| found == line), "{line}\n{written}");
    }
    let check = own(data.path(), "bank check stable");
    assert!(!check.out.contains("toml-syntax") && !check.out.contains("lost-backslash"), "{}", check.out);
}

#[test]
fn importing_again_adds_only_what_is_new() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("week-3.csv");
    std::fs::write(&file, SHEET).unwrap();
    own(data.path(), "bank import week-3.csv --exam stable --write");
    let path = data.path().join("banks/stable/one-week-3.toml");
    let mended = std::fs::read_to_string(&path).unwrap().replace("The insurer", "Her insurer") + "# my remark\n";
    std::fs::write(&path, &mended).unwrap();
    let grown = SHEET.replace("1;Who signs?", "1;Who pays?;The insurer;The clerk;The state;C;\n2;Who signs?");
    std::fs::write(&file, grown).unwrap();
    let told = own(data.path(), "bank import week-3.csv --exam stable --write");
    assert!(
        told.out.contains("1 kept as they are, 1 left out, 2 in the bank already, 1 in the bank with other words"),
        "{}",
        told.out
    );
    let again = std::fs::read_to_string(&path).unwrap();
    assert!(again.starts_with(&mended), "what was there stays as it was\n{again}");
    assert_eq!(again.matches("[[item]]").count(), 4);
    let told = own(data.path(), "bank import week-3.csv --exam stable --write");
    assert!(told.out.contains("There is nothing to add."), "{}", told.out);
}

#[test]
fn what_is_not_clear_is_asked_for_with_the_words_to_say_it() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("q.csv"), "Frage,a,b,Antwort\nWer?,ich,du,a\n").unwrap();
    let told = said(data.path(), "bank import q.csv --exam clinic");
    assert_eq!(told.code, Some(2));
    assert!(told.err.contains("--columns"), "{}", told.err);
    let told = said(data.path(), "bank import q.csv --exam clinic --columns key=Antwort");
    assert_eq!(told.code, Some(2));
    assert!(told.err.contains("add --domain with one of records, coding"), "{}", told.err);
    let told = said(data.path(), "bank import q.csv --exam clinic --columns key=Antwort --domain nowhere");
    assert!(told.err.contains("has no domain `nowhere`"), "{}", told.err);
}

#[test]
fn a_file_in_each_encoding_gives_the_same_questions() {
    let text = "stem\ta\tb\tkey\nGröße – “naïve”?\tja\tnein\ta\n";
    let ansi: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files = [
        (text.as_bytes().to_vec(), None),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), None),
        ([b"\xff\xfe", &wide[..]].concat(), Some("UTF-16")),
        (ansi, Some("Windows-1252")),
        (text.replace('\n', "\r\n").into_bytes(), None),
    ];
    for (bytes, named) in files {
        let data = tempfile::tempdir().unwrap();
        std::fs::write(data.path().join("q.csv"), bytes).unwrap();
        let told = own(data.path(), "bank import q.csv --exam stable --write");
        assert!(named.is_none_or(|named| told.out.contains(named)), "{}", told.out);
        let written = std::fs::read_to_string(data.path().join("banks/stable/one-q.toml")).unwrap();
        assert!(written.contains("stem = \"Größe – “naïve”?\"\n"), "{written}");
    }
}

#[test]
fn twenty_questions_pasted_from_word_can_be_sat() {
    let data = tempfile::tempdir().unwrap();
    let questions: Vec<String> = (1..=20)
        .map(|number| {
            format!(
                "{number}. Which form has the number {number} in the clinic's list\nof forms?\n\
                 A. The first of list {number}\nB) The second of list {number}\n(c) The third of list {number}\n\n"
            )
        })
        .collect();
    let keys: Vec<String> = (1..=20).map(|number| format!("{number}. {}", ["A", "B", "C"][number % 3])).collect();
    let text = format!("Quiz of week 3\n\n{}Answer key\n{}\n", questions.concat(), keys.join("\n"));
    std::fs::write(data.path().join("word.txt"), text).unwrap();
    let told = own(data.path(), "bank import word.txt --exam stable --write");
    assert!(told.out.contains("20 questions: 20 kept as they are."), "{}{}", told.out, told.err);
    let check = own(data.path(), "bank check stable");
    assert_eq!(check.code, Some(0), "{}", check.out);
    let mut take = examroom(data.path());
    take.args(["take", "stable", "--plain", "--seed", "1"]);
    let sat = run(take, "begin\na\nsubmit\nyes\n");
    assert_eq!(sat.code, Some(0), "{}{}", sat.out, sat.err);
    assert!(sat.out.contains("Which form has the number"), "{}", sat.out);
}

#[test]
fn a_list_of_keys_names_several_letters_and_what_stands_between_questions_is_told() {
    let data = tempfile::tempdir().unwrap();
    let text = "Week 3\n\nPart I\n1. Which parts has a note? (Select TWO.)\n   a. The plan\n   b. The fee\n   c. The \
                finding\n\n2. True or False: A note is signed.\nA. True\nB. False\n\nPage 1 of 2\nPart II\n1. Who signs \
                a note?\nA. The author\nB. The payer\n\nWeek 3, second page\n\nC. Nobody\n\nAnswer key\n1. A, C\t2. T\n1. A \
                because, by law, the author does.\n";
    std::fs::write(data.path().join("word.txt"), text).unwrap();
    let told = own(data.path(), "bank import word.txt --exam stable --write --plain").out;
    let note = "Note: what stands between questions is left out: line 19, \"Week 3, second page\".";
    assert!(told.contains(note), "{told}");
    assert!(told.contains("3 questions: 3 kept as they are."), "{told}");
    let written = std::fs::read_to_string(data.path().join("banks/stable/one-word.toml")).unwrap();
    for wanted in [
        "keep_order = true\n",
        "key = [\"a\", \"c\"]\n",
        "c = \"The finding\"\n",
        "a = \"True\"\nb = \"False\"\n",
        "explanation = \"because, by law, the author does.\"\n",
        "c = \"Nobody\"\n",
    ] {
        assert!(written.contains(wanted), "{wanted}\n{written}");
    }
    assert!(!written.contains("Page 1"), "{written}");
    let through = text.replace("2. T\n1. A", "2. T\n3. A");
    std::fs::write(data.path().join("through.txt"), through).unwrap();
    let again = own(data.path(), "bank import through.txt --exam stable").out;
    assert!(again.contains("3 questions: 3 in the bank already."), "a list numbers through: {again}");
    for (format, ending) in FAITHFUL_FORMATS {
        own(data.path(), &format!("bank export stable --to {format}"));
        let again = own(data.path(), &format!("bank import stable.{ending} --exam stable")).out;
        assert!(again.contains("3 questions: 3 in the bank already."), "{again}");
    }
}

#[test]
fn the_files_of_office_programs_that_cannot_be_read_are_called_what_they_are() {
    let data = tempfile::tempdir().unwrap();
    for (kind, help) in [("text", "copy its text and save it as .txt"), ("spreadsheet", "save it as .xlsx or .csv")] {
        // An OpenDocument file begins with its kind, which is stored as it is.
        let file = format!("PK\u{3}\u{4}\nmimetypeapplication/vnd.oasis.opendocument.{kind}");
        std::fs::write(data.path().join("quiz.od"), file).unwrap();
        let told = own(data.path(), "bank import quiz.od --exam stable");
        assert_eq!(told.code, Some(2));
        assert!(told.err.contains(&format!("it is an OpenDocument {kind}\n  help: {help}")), "{}", told.err);
    }
}

#[test]
fn an_exam_goes_out_and_comes_in_again_as_it_was() {
    for (format, ending) in FAITHFUL_FORMATS {
        let data = tempfile::tempdir().unwrap();
        let told = said(data.path(), &format!("bank export clinic --to {format}"));
        assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
        let file = format!("clinic.{ending}");
        assert!(data.path().join(&file).is_file());
        let again = said(data.path(), &format!("bank import {file} --exam clinic"));
        assert_eq!(again.code, Some(0), "{}{}", again.out, again.err);
        assert!(again.out.contains("There is nothing to add."), "{format}\n{}", again.out);
        assert!(!again.out.contains("other words"), "{format}\n{}", again.out);
        let once = said(data.path(), &format!("bank export clinic --to {format}"));
        assert_eq!(once.code, Some(1), "a file is not replaced");
        assert!(once.err.contains("--force"), "{}", once.err);
    }
}

#[test]
fn many_changes_of_a_kind_are_told_together_and_each_question_left_out_by_itself() {
    let data = tempfile::tempdir().unwrap();
    let row = |number: usize| {
        format!("Which is number {number}?,a {number},b {number},A,Option B is {number} off.,Retention\n")
    };
    let rows: Vec<String> = (1..=20).map(row).collect();
    let text = format!("Question,A,B,Answer,Explanation,Chapter\n{}Why?,,,it is,,\nHow?,,,so,,\n", rows.concat());
    std::fs::write(data.path().join("q.csv"), text).unwrap();
    let told = own(data.path(), "bank import q.csv --exam stable --plain").out;
    assert!(told.contains("rows 2-21, changed: 20 questions. Why: letters in its explanation"), "{told}");
    for left in ["row 22, left out: Why?", "row 23, left out: How?"] {
        assert!(told.contains(left), "{left}\n{told}");
    }
    assert!(told.contains("\"Retention\" (t)"), "what is no topic is told: {told}");
}

#[test]
fn files_of_one_name_go_into_one_file_and_one_that_cannot_be_read_is_not_replaced() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("q.csv"), "Question,A,B,Answer\nWho signs?,I,you,A\n").unwrap();
    std::fs::write(data.path().join("q.txt"), "1. Who pays?\nA. The state\nB. The clerk\nAnswer: A\n").unwrap();
    let told = own(data.path(), "bank import q.csv q.txt --exam stable --level analysis --write");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    assert!(told.out.contains("2 new questions name no level, and are filed as analysis"), "{}", told.out);
    let path = data.path().join("banks/stable/one-q.toml");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.contains("Who signs?") && written.contains("Who pays?"), "{written}");
    let ansi = [b"# K\xf6ln\n", written.as_bytes()].concat();
    std::fs::write(&path, &ansi).unwrap();
    std::fs::write(data.path().join("q.csv"), "Question,A,B,Answer\nWho files?,I,you,A\n").unwrap();
    let told = own(data.path(), "bank import q.csv --exam stable --write");
    assert_eq!(told.code, Some(1), "{}{}", told.out, told.err);
    assert!(told.err.contains("one-q.toml cannot be read, so nothing can be added to it"), "{}", told.err);
    assert_eq!(std::fs::read(&path).unwrap(), ansi);
}
