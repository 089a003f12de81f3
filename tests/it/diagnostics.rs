//! What an instructor is told: every code has a broken bank, and what is said about it is looked at.

use std::collections::BTreeSet;
use std::path::Path;

use examroom_app::library::ExamFiles;
use examroom_core::bank::Depth;
use examroom_core::diagnostics::{Code, Severity};
use examroom_core::id::ExamId;

use crate::bank_text::{small_file as file, sound as question};
use crate::folder::{Laid, fixtures};
use crate::support::day;

#[test]
fn the_small_exam_has_no_fault() {
    assert_eq!(Laid::good().diagnostics(), "");
}

/// A page that is in no list would be found by nobody.
#[test]
fn every_page_that_explains_a_code_is_listed() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/core");
    let folders = ["diagnostics", "blueprint", "bank", "bank/check"].map(|rules| core.join(rules).join("explanations"));
    let pages: BTreeSet<String> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|page| page.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(pages, Code::ALL.iter().map(|code| code.name().to_owned()).collect());
}

/// The bad example of a code is a folder of its name that holds only what is broken in the small exam, which is the good
/// example of all.
#[test]
fn every_code_has_a_broken_bank_and_says_where_and_what_to_do() {
    let folders: BTreeSet<String> =
        std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let known: BTreeSet<String> =
        Code::ALL.iter().map(|code| code.name().to_owned()).chain(["good".to_owned()]).collect();
    assert_eq!(folders, known, "one fixture for each code");
    for code in Code::ALL {
        let laid = Laid::good();
        laid.overlay(&fixtures().join(code.name()));
        let reading = laid.read();
        let codes: Vec<&str> = reading.diagnostics.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(codes, [code.name()], "{}", laid.told(&reading));
        assert_eq!(reading.diagnostics.has_errors(), code.severity() == Severity::Error);
        insta::assert_snapshot!(code.name(), laid.told(&reading));
    }
}

/// What is said when a file with this content lies beside those of the small exam.
fn told(content: impl AsRef<[u8]>) -> String {
    Laid::good().write("broken.toml", content).diagnostics()
}

#[test]
fn all_faults_of_a_file_are_told_in_one_run() {
    let faulty = question("one")
        .replace("\"consent\"", "\"consents\"")
        .replace("level = \"recall\"\n", "")
        .replace("0.7", "70")
        .replace("key = \"a\"", "key = \"e\"")
        .replace("b = \"The clerk\"", "b = \"\"");
    let second = question("two").replace("key = \"a\"\n", "valid = { from = 2026-13-01 }\nenemys = [\"one\"]\n");
    let third =
        question("three").replace("id = \"three\"\n", "").replace("stem = ", "references = [\"yaers\"]\nstem = ");
    insta::assert_snapshot!(told(file(&(faulty + &second.replace("2026-13-01", "\"soon\"") + &third))));
}

#[test]
fn a_blueprint_that_cannot_be_used_does_not_hide_the_faults_of_the_banks() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let exam = exam
        .replace("name = \"A small exam\"\n", "")
        .replace("minutes = 10\n", "minutes = 0\n")
        .replace("id = \"open\"", "id = \"closed\"")
        .replace("scored = 1,", "scored = -1,")
        .replace("without_ratings = 0.70", "without_ratings = 70");
    laid.write("exam.toml", exam).write("broken.toml", file(&question("one").replace("key = \"a\"", "key = \"e\"")));
    insta::assert_snapshot!(laid.diagnostics());
}

#[test]
fn ids_that_only_look_different_in_the_file_are_the_same_id() {
    let composed = file(&question("caf\u{e9}"));
    let decomposed =
        file(&question("cafe\u{301}").replace("Who signs", "Who reads").replace("patient cafe", "clerk cafe"));
    insta::assert_snapshot!(Laid::good().write("7.toml", composed).write("8.toml", decomposed).diagnostics());
}

#[test]
fn a_key_and_its_choice_may_store_an_accent_in_two_ways() {
    let accent = question("one")
        .replace("key = \"a\"", "key = \"\u{e9}\"")
        .replace("\na = \"The", "\ne\u{301} = \"The")
        .replace("\na = \"It", "\n\u{e9} = \"It");
    let quoted = accent.replace("\ne\u{301} =", "\n\"e\u{301}\" =").replace("\n\u{e9} =", "\n\"\u{e9}\" =");
    assert_eq!(told(file(&quoted)), "");
}

#[test]
fn a_file_that_is_not_utf_8_is_read_on() {
    let mut bytes = file(&question("one")).replace("The clerk", "The @ clerk").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xfc;
    bytes.extend(question("two").replace("recall", "recal").bytes());
    insta::assert_snapshot!(told(bytes));
}

#[test]
fn a_file_whose_name_an_editor_has_lengthened_is_noticed() {
    insta::assert_snapshot!(Laid::good().write("3-law.toml.txt", file(&question("one"))).diagnostics());
}

#[test]
fn a_file_that_cannot_be_opened_does_not_make_others_look_wrong() {
    let laid = Laid::good();
    laid.write("broken.toml", file(&question("one").replace("key =", "enemies = [\"employer\"]\nkey =")));
    // A link to nothing: it is there, and cannot be read.
    std::fs::remove_file(laid.folder.join("1-closed.toml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", laid.folder.join("1-closed.toml")).unwrap();
    let diagnostics = laid.read().diagnostics;
    assert!(diagnostics.has_errors());
    #[cfg(unix)]
    assert!(diagnostics.iter().all(|finding| finding.code == Code::UNREADABLE_FILE), "{}", laid.diagnostics());
}

#[test]
fn a_file_in_another_encoding_or_of_another_kind_is_one_finding() {
    let text = file(&question("one"));
    let utf_16 = |mark: &[u8], order: fn(u16) -> [u8; 2]| {
        [mark, &text.encode_utf16().flat_map(order).collect::<Vec<u8>>()].concat()
    };
    let laid = Laid::good();
    laid.write("3-big.toml", utf_16(b"\xfe\xff", u16::to_be_bytes))
        .write("4-little.toml", utf_16(b"\xff\xfe", u16::to_le_bytes))
        .write("5-unmarked.toml", utf_16(b"", u16::to_le_bytes))
        .write("6-zipped.toml", b"PK\x03\x04\x14\x00\x06\x00")
        .write("references/notes.toml", utf_16(b"\xff\xfe", u16::to_le_bytes));
    insta::assert_snapshot!(laid.diagnostics());
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_told_by_name_and_never_waited_for() {
    let laid = Laid::good();
    for pipe in ["3-pipe.toml", "references/pipe.toml"] {
        let made = std::process::Command::new("mkfifo").arg(laid.folder.join(pipe)).status().unwrap();
        assert!(made.success());
    }
    std::os::unix::fs::symlink("/dev/zero", laid.folder.join("4-endless.toml")).unwrap();
    std::fs::create_dir(laid.folder.join("5-folder.toml")).unwrap();
    insta::assert_snapshot!(laid.diagnostics());

    let laid = Laid::good();
    std::fs::remove_file(laid.folder.join("exam.toml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(laid.folder.join("exam.toml")).status().unwrap();
    assert!(made.success());
    insta::assert_snapshot!("an_exam_toml_that_is_a_pipe", laid.diagnostics());
    let banks = examroom_app::library::Library { folders: vec![laid.folder.parent().unwrap().to_owned()], pack: None };
    assert!(banks.exams().unwrap().contains(&ExamId::new("small")), "it is an exam, with something wrong");
}

#[test]
fn files_that_are_too_large_together_are_refused_by_name() {
    let laid = Laid::good();
    for name in ["3-large.toml", "4-larger.toml"] {
        std::fs::File::create(laid.folder.join(name)).unwrap().set_len(257_000_000).unwrap();
    }
    insta::assert_snapshot!(laid.diagnostics());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_fault_and_shift_no_place() {
    let laid = Laid::good();
    for name in ["exam.toml", "1-closed.toml", "2-open.toml", "references/years.toml"] {
        let text = std::fs::read_to_string(laid.folder.join(name)).unwrap();
        laid.write(name, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_eq!(laid.diagnostics(), "");
    let faulty = file(&question("one").replace("recall", "recal")).replace('\n', "\r\n");
    insta::assert_snapshot!(laid.write("broken.toml", format!("\u{feff}{faulty}")).diagnostics());
}

#[test]
fn lines_behind_the_heading_of_the_choices_are_sent_back_above_it() {
    let late = question("one").replace("source = \"The manual\"\n", "").replace("angoff = 0.7\n", "");
    let late = late.replace("[item.why]", "source = \"The manual\"\nenemies = [\"patient\"]\n[item.why]\nangoff = 0.7");
    insta::assert_snapshot!(told(file(&late)));
}

#[test]
fn a_file_that_breaks_the_rules_of_toml_still_tells_its_other_faults() {
    let broken = [
        question("unclosed").replace("form unclosed?\"", "form unclosed?"),
        question("faulty").replace("recall", "recal"),
        question("long").replace("\"Who signs", "\"\"\"Who signs"),
        question("list").replace("key = \"a\"", "key = [\"a\"").replace("consent", "consnt"),
        question("curly").replace("\"recall\"", "\u{201c}recall\u{201d}"),
        question("first") + &question("headless").replace("[[item]]\n", ""),
        question("single").replace("[[item]]", "[item]"),
        question("double").replace("key =", "key = \"b\"\nkey ="),
        question("last").replace("key = \"a\"", "key = \"c\""),
    ];
    insta::assert_snapshot!(told(file(&broken.concat())));
}

#[test]
fn findings_that_are_dropped_as_doubtful_are_not_counted() {
    let lines = "form one?\nangoff = \"abc\"\nkeep_order = \"no\"\nsource = 3\nexhibit = 4\nkey = 5\n";
    let broken = question("one").replace("form one?\"\n", lines);
    let reading = Laid::good().write("broken.toml", file(&broken)).read();
    assert_eq!((reading.diagnostics.errors(), reading.diagnostics.warnings()), (1, 0), "{:?}", reading.diagnostics);
    assert_eq!(reading.diagnostics.iter().count(), 1);
}

#[test]
fn a_mistyped_field_is_told_with_what_was_meant() {
    for (typed, meant) in [
        ("stauts", "status"),
        ("enemy", "enemies"),
        ("keeporder", "keep_order"),
        ("keep-order", "keep_order"),
        ("reference", "references"),
        ("cases", "case"),
        ("Exhibit", "exhibit"),
    ] {
        let said = told(file(&question("one").replace("key =", &format!("{typed} = \"x\"\nkey ="))));
        assert!(said.contains("unknown-field"), "{said}");
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{typed}: {said}");
    }
    let plural = told(file(&question("one").replace("[[item]]", "[[items]]")));
    assert!(plural.contains("did you mean `item`?"), "{plural}");
}

#[test]
fn nothing_that_acts_on_a_terminal_or_turns_text_around_is_ever_rendered() {
    let hostile = ["\u{202e}", "\u{2066}", "\u{200b}", "\u{ad}", "\\u001b[2J", "\\u0007", "\\u009b31m", "\\u202e"];
    let base = file(&question("one"));
    let laid = Laid::good();
    for evil in hostile {
        for (at, _) in base.match_indices(['"', '=', '\n', '[']) {
            laid.write("broken.toml", format!("{}{evil}{}", &base[..=at], &base[at + 1..]));
            let reading = laid.read();
            let said = laid.told(&reading);
            let raw = said.chars().find(|c| *c != '\n' && examroom_core::text::is_hidden(*c));
            assert_eq!(raw, None, "{said:?}");
        }
    }
    // Neither from the name of a file.
    let laid = Laid::good();
    laid.write("\u{202e}\u{1b}[2J.toml", "exam = 7");
    assert!(
        laid.diagnostics().chars().all(|c| c == '\n' || !examroom_core::text::is_hidden(c)),
        "{:?}",
        laid.diagnostics()
    );
}

#[test]
fn deep_nesting_and_huge_texts_are_findings_or_nothing_but_never_a_crash() {
    let deep = 100_000;
    let with = |line: &str| file(&question("one").replace("key =", &format!("{line}\nkey =")));
    let calculation = |formula: &str| {
        file(&format!(
            "{}[item.calculation]\nformula = \"{formula}\"\nvalues = {{ n = 1 }}\n",
            question("one").trim_end()
        ))
        .replace("files it.\"[", "files it.\"\n[")
    };
    for content in [
        with(&format!("enemies = {}", "[".repeat(deep))),
        with(&format!("enemies = {}{}", "[".repeat(deep), "]".repeat(deep))),
        with(&format!("valid = {}", "{ from = ".repeat(deep))),
        with(&format!("{} = 1", vec!["a"; deep].join("."))),
        with(&format!("[{}]", vec!["a"; deep].join("."))),
        with(&format!("angoff = {}", "9".repeat(deep))),
        with(&format!("exhibit = \"{}\"", "x".repeat(5_000_000))).replace("recall", "recal"),
        with(&format!("exhibit = \"{}\"; ", "x".repeat(5_000_000))),
        question(&"x".repeat(1_000_000)),
        calculation(&format!("{}n{}", "(".repeat(deep), ")".repeat(deep))),
        calculation(&format!("{}n", "-".repeat(deep))),
        calculation(&"n + ".repeat(deep)),
        calculation("n").replace("values =", "decimals = 4000000000\nvalues ="),
        calculation("n ^ 99999").replace("n = 1 ", "n = 10 "),
    ] {
        let said = told(&content);
        assert!(said.contains("error["), "{said}");
        assert!(said.len() < 4_000_000, "{} bytes said", said.len());
    }
    assert_eq!(told(with(&format!("exhibit = \"{}\"", "x".repeat(5_000_000)))), "");
}

#[test]
fn thousands_of_choices_are_one_fault_and_thousands_of_keys_are_each_told() {
    let many = |line: &dyn Fn(usize) -> String| (0..5000).map(line).collect::<String>();
    let choices = many(&|at| format!("c{at} = \"Choice {at}\"\n"));
    let reasons = many(&|at| format!("c{at} = \"Because of {at}.\"\n"));
    let keys = many(&|at| format!("\"c{at}\", "));
    let crowded = question("one").replace("[item.choices]\n", &format!("[item.choices]\n{choices}"));
    let crowded = crowded.replace("[item.why]\n", &format!("[item.why]\n{reasons}"));
    let said = told(file(&crowded.replace("key = \"a\"", &format!("key = [{keys}]"))));
    assert!(said.contains("`one` has 5002 choices"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    let keys_only = told(file(&question("one").replace("key = \"a\"", &format!("key = [{keys}\"a\", \"c7\"]"))));
    assert_eq!(keys_only.matches("error[key-not-a-choice]").count(), 5000);
    assert_eq!(keys_only.matches("error[duplicate-id]").count(), 1);
}

#[test]
fn an_id_as_long_as_its_file_is_not_repeated_whole_in_every_message() {
    let keys: String = (0..2000).map(|at| ["\"c", &at.to_string(), "\", "].concat()).collect();
    let long = question(&"y".repeat(200_000)).replace("key = \"a\"", &format!("key = [{keys}]\nstauts = 1"));
    let said = told(file(&long));
    assert_eq!(said.matches("error[key-not-a-choice]").count(), 2000);
    assert!(said.contains("error[unknown-field]") && said.len() < 2_000_000, "{} bytes", said.len());
}

#[test]
fn an_exam_of_more_parts_than_can_be_is_told_so() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let topics: String = (0..1001).map(|at| ["t", &at.to_string(), " = \"T\"\n"].concat()).collect();
    laid.write("exam.toml", exam.replace("[domain.topics]\n", &format!("[domain.topics]\n{topics}")));
    insta::assert_snapshot!(laid.diagnostics());
}

#[test]
fn where_hundreds_of_ids_are_unknown_the_first_have_a_suggestion() {
    let enemies: Vec<String> = (0..900).map(|at| format!("\"question-{at}-x\"")).collect();
    let many: String = (0..900).map(|at| question(&format!("question-{at}"))).collect();
    let many = many.replacen("key =", &format!("enemies = [{}]\nkey =", enemies.join(", ")), 1);
    let reading = Laid::good().write("many.toml", file(&many)).read();
    let unknown: Vec<_> = reading.diagnostics.iter().filter(|finding| finding.code == Code::DANGLING_ENEMY).collect();
    assert_eq!(unknown.len(), 900);
    let suggested: Vec<bool> = unknown.iter().map(|finding| finding.help.starts_with("did you mean")).collect();
    assert!(suggested[..500].iter().all(|suggested| *suggested) && !suggested[899], "{suggested:?}");
}

#[test]
fn a_name_too_long_to_be_mistyped_has_no_suggestion() {
    let long = "x".repeat(100_000);
    let said =
        told(file(&(question(&long) + &question("two").replace("key =", &format!("enemies = [\"{long}y\"]\nkey =")))));
    assert!(said.contains("error[dangling-enemy]") && !said.contains("did you mean"), "{} bytes", said.len());
}

/// Long enough to be read in pieces.
#[test]
fn the_faults_at_the_end_of_a_very_long_file_are_told_where_they_stand() {
    let faulty = question("faulty").replace("recall", "recal")
        + &question("lost").replace("The clerk\"", "5 \\times 3\"")
        + &question("unclosed").replace("form unclosed?\"", "form unclosed?")
        + &question("last").replace("key = \"a\"", "key = \"c\"").replace("[[item]]", "[[items]]");
    let padding: String = (0..4000).map(|at| question(&format!("padding-{at}"))).collect();
    let [short, long] = ["", padding.as_str()].map(|padding| {
        let laid = Laid::good();
        let reading = laid.write("broken.toml", file(&(padding.to_owned() + &faulty))).read();
        let lines = padding.lines().count();
        let errors = reading.diagnostics.sorted(&reading.sources).into_iter();
        // What is said of the questions together depends on how many there are.
        let errors = errors.filter(|found| found.severity() == Severity::Error || found.code == Code::LOST_BACKSLASH);
        errors
            .map(|finding| {
                let at = reading.sources.position(finding.span.unwrap());
                (finding.code, finding.message.clone(), at.line - lines, at.column)
            })
            .collect::<Vec<_>>()
    });
    assert!(long.iter().any(|(code, ..)| *code == Code::LOST_BACKSLASH), "{long:?}");
    assert_eq!(long, short);
}

#[test]
fn a_number_that_cannot_be_is_called_what_it_is() {
    for (line, kind) in [
        ("angoff = nan", "infinite or nan"),
        ("angoff = 1e999", "infinite or nan"),
        ("angoff = true", "true or false"),
        ("angoff = 2026-10-01", "a date"),
    ] {
        let said = told(file(&question("one").replace("angoff = 0.7", line)));
        assert!(said.contains(&format!("`angoff` of `one` is {kind}, not a number")), "{said}");
    }
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    for (number, said) in
        [("-3", "a negative number"), ("99999999999", "too large"), ("1_000_000", "between 1 and 100000")]
    {
        laid.write("exam.toml", exam.replace("questions = 3", &format!("questions = {number}")));
        assert!(laid.diagnostics().contains(said), "{}", laid.diagnostics());
    }
}

#[test]
fn an_exam_in_a_folder_of_another_name_is_noticed() {
    let laid = Laid::good();
    let files = ExamFiles::folder(&laid.folder).unwrap().of_exam(ExamId::new("other"));
    insta::assert_snapshot!(laid.told(&files.read(Depth::Errors, day(), &mut |_, _| {})));
}

#[test]
fn names_of_other_formats_are_told_by_what_they_are_called_here() {
    let body = question("one")
        .replace("key = \"a\"", "answer = \"a\"\nfeedback = \"Because it is so.\"\npoints = 2\ntype = \"mc\"")
        .replace("stem = ", "Question = ")
        .replace("level = \"recall\"", "difficulty = 0.4\nlevel = \"recall\"");
    insta::assert_snapshot!(told(file(&body)));
}

#[test]
fn choices_as_a_list_are_sent_below_their_heading() {
    let head = "[[item]]\nid = \"one\"\ntopic = \"consent\"\nlevel = \"recall\"\nangoff = 0.7\nstem = \"Who signs?\"\n\
                key = \"a\"\nsource = \"The manual\"\n";
    let list =
        format!("{head}choices = [\"The patient\", \"The clerk\", \"The physician\"]\nwhy = \"It is theirs.\"\n");
    insta::assert_snapshot!(told(file(&list)));
    let heading = format!("{head}\n[choices]\na = \"The patient\"\nb = \"The clerk\"\n");
    let told = told(file(&heading));
    assert!(told.contains("[item.choices], which follows its [[item]]"), "{told}");
}

#[test]
fn questions_under_another_heading_are_sent_to_their_own() {
    let other = file(&question("one").replace("[[item]]", "[[question]]").replace("[item.", "[question."));
    let told = told(other);
    assert!(told.contains("open each question by a line [[item]]"), "{told}");
}
