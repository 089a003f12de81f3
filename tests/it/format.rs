//! The bank format: each field is read, checked and shown.

use std::fmt::Write as _;
use std::path::Path;

use examroom_app::library::{ExamFiles, Library};
use examroom_app::view::shelf::{Terms, search};
use examroom_core::bank::Depth;
use examroom_core::diagnostics::Code;
use examroom_core::id::ExamId;

use crate::bank_text::small_file;
use crate::folder::{Laid, copy};
use crate::support::{day, examroom, run};
use crate::yardstick;

/// The small exam, sat at the prompt in a process of its own: what is said from the first question to the report with
/// every explanation.
fn sat(laid: &Laid, arguments: &[&str]) -> String {
    sat_of(laid, arguments, 3)
}

/// The same of an exam with so many questions, the last of them in the open part.
fn sat_of(laid: &Laid, arguments: &[&str], questions: usize) -> String {
    let data = tempfile::tempdir().unwrap();
    copy(&laid.folder, &data.path().join("banks/small"));
    let later = laid.folder.join("later");
    let mut take = examroom(data.path());
    if later.is_dir() {
        take.arg("--banks").arg(later);
    }
    take.args(["take", "small", "--seed", "1"]).args(arguments);
    let mut said = run(take, &format!("begin\n{}end\nyes\ncontinue\na\nend\nyes\n", "a\n\n".repeat(questions - 1))).out;
    let mut report = examroom(data.path());
    report.args(["report", "--only", "all", "--plain"]);
    let _ = write!(said, "{}", run(report, "").out);
    said
}

/// The small exam with a change to the first file's first question.
fn changed(from: &str, to: &str) -> Laid {
    let laid = Laid::good();
    let file = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    assert!(file.contains(from), "{from}");
    laid.write("1-closed.toml", file.replacen(from, to, 1));
    laid
}

#[test]
fn an_explanation_stands_beside_or_in_place_of_the_rationales_and_names_choices_by_their_letters() {
    let why = "[item.why]\na = \"It is the patient's record.\"\nb = \"{b} has no right to it.\"\n";
    let laid = changed(why, "");
    assert!(laid.diagnostics().contains("no-rationale"), "a question that explains nothing is told");
    let laid = changed("key = \"a\"\n", "key = \"a\"\nexplanation = \"Only {a} owns the record, and {b} does not.\"\n");
    let file = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    laid.write("1-closed.toml", file.replacen(why, "", 1));
    assert_eq!(laid.diagnostics(), "");
    let said = sat(&laid, &["--plain"]);
    let line = said.lines().find(|line| line.starts_with("Explanation: Only")).unwrap();
    let mut letters: Vec<&str> = line.split(' ').filter(|word| matches!(*word, "A" | "B")).collect();
    letters.sort_unstable();
    assert_eq!(letters, ["A", "B"], "{line}");
}

#[test]
fn an_exhibit_may_be_a_table_whose_rows_are_read_with_the_names_of_their_columns() {
    let table =
        "[item.exhibit]\ncolumns = [\"Line\", \"Reason\", \"Answer by\"]\nrows = [[\"1\", \"No record\", \"May 2\"]]\n";
    let laid = changed("[item.choices]\n", &format!("{table}[item.choices]\n"));
    assert_eq!(laid.diagnostics(), "");
    let said = sat(&laid, &["--plain"]);
    assert!(said.contains("1: Reason: No record; Answer by: May 2."), "{said}");
}

#[test]
fn a_ragged_or_empty_table_in_a_question_is_an_error_where_it_stands() {
    let ragged = "[item.exhibit]\ncolumns = [\"Line\", \"Reason\"]\nrows = [[\"1\"]]\n";
    let told = changed("[item.choices]\n", &format!("{ragged}[item.choices]\n")).diagnostics();
    assert!(told.contains("ragged-table") && told.contains("1-closed.toml:20"), "{told}");
    let told = changed("[item.choices]\n", "[item.exhibit]\nrows = []\n[item.choices]\n").diagnostics();
    assert!(told.contains("missing-field"), "{told}");
}

#[test]
fn the_ratings_of_several_raters_count_as_their_mean() {
    let laid = changed("angoff = 0.75", "angoff = [0.6, 0.7, 0.8]");
    let reading = laid.read();
    let item = &reading.bank.items[0];
    assert!((item.angoff.unwrap() - 0.7).abs() < 1e-12);
    assert_eq!(*item.ratings, [0.6, 0.7, 0.8]);
    let told = changed("angoff = 0.75", "angoff = [0.6, 70, \"0.8\"]").diagnostics();
    assert!(told.contains("angoff-out-of-range") && told.contains("wrong-type"), "{told}");
}

#[test]
fn a_plain_percentage_is_a_scale_from_zero() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let exam = exam.replace("lowest = 100\npass = 300\nhighest = 400", "lowest = 0\npass = 70\nhighest = 100");
    laid.write("exam.toml", exam);
    assert_eq!(laid.diagnostics(), "");
    let said = sat(&laid, &["--plain"]);
    assert!(said.contains("(from 0 to 100; pass mark 70)"), "{said}");
}

#[test]
fn constants_of_the_chance_that_make_no_sense_are_told_where_they_stand() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let with = |lines: &str| format!("{exam}\n[population]\n{lines}");
    let needed = "pass_rate = 0.74\nspread = 0.09\nlikeness = 1\nshared_error = 0\nrating_error = 0.1\n";
    laid.write("exam.toml", with(needed));
    assert_eq!(laid.diagnostics(), "");
    let sound = &format!("{needed}rater_independence = 1\ndomain_correlation = 0.9\n");
    laid.write("exam.toml", with(sound));
    assert_eq!(laid.diagnostics(), "");
    let reading = ExamFiles::folder(&laid.folder).unwrap().read(Depth::Errors, day(), &mut |_, _| {});
    assert!(reading.blueprint.unwrap().population.is_some());
    for (good, bad) in [
        ("pass_rate = 0.74", "pass_rate = 74"),
        ("spread = 0.09", "spread = -0.09"),
        ("likeness = 1", "likeness = 1.05"),
        ("shared_error = 0", "shared_error = -1"),
        ("rating_error = 0.1", "rating_error = 0.9"),
        ("rater_independence = 1", "rater_independence = 1.1"),
        ("domain_correlation = 0.9", "domain_correlation = 0"),
    ] {
        laid.write("exam.toml", with(&sound.replace(good, bad)));
        let reading = laid.read();
        let codes: Vec<Code> = reading.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::BAD_BLUEPRINT], "{bad}");
        let span = reading.diagnostics.iter().next().unwrap().span.unwrap();
        assert!(reading.sources.line(span).unwrap().starts_with(bad), "{bad}");
    }
    laid.write("exam.toml", with("pass_rate = 0.74\n"));
    assert_eq!(laid.read().diagnostics.errors(), 4, "the other four are named as missing");
}

#[test]
fn advice_that_is_allowed_with_a_reason_is_counted_and_not_told() {
    let quiet = ("What must the employer's letter contain", "What is not part of the employer's letter");
    let laid = changed(quiet.0, quiet.1);
    assert!(laid.diagnostics().contains("negative-stem"));
    let allow = "allow = { negative-stem = \"the exam asks it this way\" }\n";
    let file = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let set_aside = |file: &str, exam: &str| {
        laid.write("1-closed.toml", file).write("exam.toml", exam);
        let reading = laid.read();
        (laid.told(&reading), reading.diagnostics.allowed())
    };
    let in_item = file.replace("stem = \"What is not", &format!("{allow}stem = \"What is not"));
    assert_eq!(set_aside(&in_item, &exam), (String::new(), 1));
    assert_eq!(set_aside(&format!("{allow}{file}"), &exam), (String::new(), 1), "for the whole file");
    assert_eq!(set_aside(&file, &format!("{allow}{exam}")), (String::new(), 1), "for the whole exam");
    let in_other = file.replacen("stem = \"Whose", &format!("{allow}stem = \"Whose"), 1);
    let (told, allowed) = set_aside(&in_other, &exam);
    assert!(told.contains("negative-stem]") && told.contains("unused-allow]") && allowed == 0, "{told}");
}

#[test]
fn advice_is_allowed_for_the_questions_that_a_header_names_and_told_of_all_others() {
    let laid = Laid::good();
    let file = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let quiet = file
        .replace("What must the employer's letter contain", "What is not part of the employer's letter")
        .replace("Whose signature does the patient's own request need", "Which signature is not needed");
    let header = |questions: &str| format!("\n[allow.negative-stem]\n{questions}");
    let with =
        |exam_says: &str| laid.write("1-closed.toml", &quiet).write("exam.toml", exam.clone() + exam_says).read();
    let both = with(&header("employer = \"asked so\"\npatient = \"asked so, too\"\n"));
    assert_eq!((laid.told(&both), both.diagnostics.allowed()), (String::new(), 2));
    let one = with(&header("employer = \"asked so\"\n"));
    let told = laid.told(&one);
    assert!(one.diagnostics.allowed() == 1 && told.matches("warning[").count() == 1, "{told}");
    assert!(told.contains("the stem of `patient` asks for the exception"), "{told}");
    let named = quiet.replacen("\n\n", &header("employer = \"asked so\"\npatient = \"so\"\n\n"), 1);
    assert_eq!(laid.write("exam.toml", &exam).write("1-closed.toml", named).diagnostics(), "");
    let in_line = "allow.negative-stem = { employer = \"asked so\", patient = \"so\" }\n";
    assert_eq!(laid.write("1-closed.toml", in_line.to_owned() + &quiet).diagnostics(), "");
    let gone = laid
        .write("1-closed.toml", &file)
        .write("exam.toml", exam.clone() + &header("employer = \"so\"\nx = \"so\"\n"));
    let told = gone.diagnostics();
    for id in ["employer", "x"] {
        let unused = format!("`negative-stem` is allowed for question `{id}`, but nothing is found there");
        assert!(told.contains(&unused), "{told}");
    }
    for (says, wrong) in [
        (header("employer = \" \"\n"), "`negative-stem` is allowed without a reason"),
        (header(""), "`negative-stem` is allowed without a reason"),
        (header("employer = 3\n"), "wrong-type"),
        ("\n[allow.no-key]\nemployer = \"so\"\n".to_owned(), "`no-key` is an error, and only advice can be allowed"),
    ] {
        let told = laid.write("exam.toml", exam.clone() + &says).diagnostics();
        assert!(told.contains(wrong) && told.matches("error[").count() == 1, "{says}: {told}");
    }
    let in_question = file.replacen("stem = ", "allow.negative-stem = { employer = \"so\" }\nstem = ", 1);
    let told = laid.write("exam.toml", &exam).write("1-closed.toml", in_question).diagnostics();
    assert!(told.contains("names other questions") && told.contains("write negative-stem = \"the reason\""), "{told}");
}

#[test]
fn what_an_exam_keeps_of_single_questions_goes_along_with_them_where_they_are_borrowed() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let twins = "[allow.near-duplicate]\nemployer-2 = \"kept for the older form\"\n";
    laid.write("exam.toml", format!("{exam}\n{twins}"));
    let file = std::fs::read_to_string(laid.folder.join("1-closed.toml")).unwrap();
    let (_, employer) = file.rsplit_once("[[item]]").unwrap();
    let second = employer.replace("\"employer\"", "\"employer-2\"").replace("case = \"two-requests\"\n", "");
    laid.write("1-closed.toml", format!("{file}\n[[item]]{second}"));
    assert_eq!(laid.diagnostics(), "");
    let folder = laid.folder.parent().unwrap().join("newer");
    std::fs::create_dir(&folder).unwrap();
    let newer = exam
        .replace("id = \"small\"\n", "id = \"newer\"\nfrom = \"small\"\n")
        .split("[domain.topics]")
        .next()
        .unwrap()
        .to_owned();
    std::fs::write(folder.join("exam.toml"), newer + "takes = [\"law\"]\n").unwrap();
    let library = Library { folders: vec![laid.folder.parent().unwrap().to_owned()], pack: None };
    let files = library.exam(&ExamId::new("newer")).unwrap().unwrap();
    assert_eq!(laid.told(&files.read(Depth::Advice, day(), &mut |_, _| {})), "");
}

/// A file of a later place of banks beside the small exam.
fn later(name: &str, content: &str) -> Laid {
    let laid = Laid::good();
    let path = laid.folder.join("later/small").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    laid
}

const MENDED: &str = "exam = \"small\"\ndomain = \"law\"\nsection = \"closed\"\n[[item]]\nid = \"employer\"\nreplaces = true\n\
     topic = \"consent\"\nlevel = \"recall\"\nangoff = 0.6\nstem = \"What must the letter of an employer hold?\"\n\
     case = \"two-requests\"\nkey = \"b\"\nsource = \"The office manual, chapter 3\"\n[item.choices]\na = \"A seal\"\n\
     b = \"An authorization\"\n[item.why]\na = \"A seal proves nothing.\"\nb = \"Nobody else may permit it.\"\n";

#[test]
fn a_question_of_ones_own_folder_takes_the_place_of_a_shipped_one_and_the_report_says_so() {
    let laid = later("mine.toml", MENDED);
    assert_eq!(laid.diagnostics(), "");
    let bank = laid.read().bank;
    let stems: Vec<&str> =
        bank.items.iter().filter(|item| item.id.as_str() == "employer").map(|item| item.stem.as_ref()).collect();
    assert_eq!(stems, ["What must the letter of an employer hold?"]);

    let said = sat(&laid, &["--plain"]);
    let line = said.lines().find(|line| line.starts_with("Your own folder:")).unwrap();
    assert_eq!(line, "Your own folder: 1 question in place of the program's (employer).");
}

#[test]
fn a_shipped_question_is_retired_by_its_id_alone() {
    let spare = std::fs::read_to_string(Laid::good().folder.join("1-closed.toml")).unwrap();
    let third = spare[spare.find("[[item]]").unwrap()..spare.rfind("[[item]]").unwrap()]
        .replace("\"patient\"", "\"third\"")
        .replace("case = \"two-requests\"\n", "")
        .replace("Whose signature does the patient's own request need?", "Who signs for a child?");
    let laid =
        later("mine.toml", "exam = \"small\"\n[[item]]\nid = \"third\"\nreplaces = true\nstatus = \"retired\"\n");
    laid.write("3-more.toml", small_file(&third));
    assert_eq!(laid.diagnostics(), "");
    let bank = laid.read().bank;
    assert!(bank.items.iter().all(|item| item.id.as_str() != "third"));
    assert_eq!(bank.overrides.retired.iter().map(ToString::to_string).collect::<Vec<_>>(), ["third"]);
}

#[test]
fn without_saying_so_a_question_takes_nobodys_place() {
    let told = later("mine.toml", &MENDED.replace("replaces = true\n", "")).diagnostics();
    assert!(told.contains("error[duplicate-id]") && told.contains("add replaces = true"), "{told}");
}

#[test]
fn a_sheet_takes_the_place_of_a_shipped_one_or_retires_it() {
    let sheet = "replaces = true\ntitle = \"Years, mended\"\nsource = \"The office manual\"\n";
    let laid = later("references/years.toml", sheet);
    assert_eq!(laid.diagnostics(), "");
    let titles: Vec<String> = laid.read().bank.sheets.iter().map(|sheet| sheet.title.clone()).collect();
    assert!(titles.contains(&"Years, mended".to_owned()) && titles.len() == 1, "{titles:?}");
    let told = later("references/years.toml", "replaces = true\nstatus = \"retired\"\n").diagnostics();
    assert!(told.contains("dangling-reference"), "a question still needs it: {told}");
}

const LENDER: &str = "tests/fixtures/diagnostics/straddling-case/later/home";

/// An edition `small` that takes the questions of the exam `home`, beside its own.
fn edition(takes: &str, bank: impl Fn(&str) -> String) -> Laid {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let exam = exam
        .replace("questions = 3", "from = \"home\"\nquestions = 5")
        .replace("closed = { scored = 2", "closed = { scored = 4")
        .replace("[domain.topics]", &format!("takes = [{takes}]\n[domain.topics]"));
    laid.write("exam.toml", exam);
    let home = laid.folder.join("later/home");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(LENDER), &home);
    let file = std::fs::read_to_string(home.join("1.toml")).unwrap();
    std::fs::write(home.join("1.toml"), bank(&file)).unwrap();
    laid
}

#[test]
fn an_edition_takes_the_questions_of_another_exam_by_topic_and_adds_its_own() {
    let laid = edition("\"desk.letters\", \"fax\"", |bank| bank.replace("case = \"monday\"", ""));
    let reading = laid.read();
    let told = laid.told(&reading);
    assert!(told.contains("no domain takes 1 question of `home`: desk.calls (1)"), "{told}");
    assert_eq!(reading.diagnostics.errors(), 0, "{told}");
    let borrowed: Vec<String> =
        reading.bank.items.iter().map(|item| format!("{} {} {}", item.id, item.domain, item.topic)).collect();
    assert!(borrowed.contains(&"letter law desk.letters".to_owned()), "{borrowed:?}");
    assert!(borrowed.contains(&"fax law desk.calls".to_owned()), "a question can be taken by itself: {borrowed:?}");
    assert!(borrowed.contains(&"patient law consent".to_owned()), "its own questions are there too: {borrowed:?}");
    let blueprint = reading.blueprint.unwrap();
    let names: Vec<&str> = blueprint.domains[0].topics.iter().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, ["Consent", "Retention", "Letters", "Calls"]);
    let said = sat_of(&laid, &["--plain"], 5);
    assert!(said.contains("5 scored questions"), "{said}");
}

#[test]
fn the_questions_of_a_case_follow_its_first_into_one_domain() {
    let laid = edition("\"desk.letters\"", str::to_owned);
    let reading = laid.read();
    let told = laid.told(&reading);
    assert!(told.contains("straddling-case") && told.contains("desk.calls (1)"), "only `fax` is left: {told}");
    assert!(reading.bank.items.iter().any(|item| item.id.as_str() == "call"), "it follows `letter`");
}

#[test]
fn a_closed_question_stands_in_an_open_part_if_the_shelf_holds_its_answer_and_an_open_one_never_in_a_closed() {
    let open_only = |laid: &Laid| {
        let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
        let desk = "\n[[domain]]\nid = \"desk\"\nname = \"TestScreen\"\ncounts.open = { scored = 1, unscored = 0 }\n\
                    takes = [\"desk.calls\"]\n";
        laid.write("exam.toml", exam.replace("questions = 5", "questions = 6") + desk);
    };
    let with_sheet = |bank: &str| {
        bank.replace("case = \"monday\"", "").replace("id = \"call\"\n", "id = \"call\"\nreferences = [\"desk\"]\n")
    };
    let laid = edition("\"desk.letters\"", with_sheet);
    open_only(&laid);
    let sheet = laid.folder.join("later/home/references/desk.toml");
    std::fs::create_dir_all(sheet.parent().unwrap()).unwrap();
    std::fs::write(sheet, "title = \"The desk\"\nsource = \"The desk manual\"\n").unwrap();
    let reading = laid.read();
    let told = laid.told(&reading);
    let section =
        |id: &str| reading.bank.items.iter().find(|item| item.id.as_str() == id).map(|item| item.section.to_string());
    assert_eq!(section("call").as_deref(), Some("open"), "{told}");
    assert_eq!(section("fax"), None, "it names no sheet: {told}");
    assert!(told.contains("1 question cannot stand in domain `desk`, which is open-book"), "{told}");

    let laid = edition("\"desk.letters\"", |bank| bank.replace("case = \"monday\"", ""));
    let home = laid.folder.join("later/home/exam.toml");
    let exam = std::fs::read_to_string(&home).unwrap().replace("minutes = 10", "minutes = 10\nbook = \"open\"");
    std::fs::write(home, exam).unwrap();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let desk = "\n[[domain]]\nid = \"desk\"\nname = \"TestScreen\"\ncounts.closed = { scored = 1, unscored = 0 }\ntakes = [\"desk.calls\"]\n";
    laid.write("exam.toml", exam.replace("questions = 5", "questions = 6") + desk);
    let told = laid.diagnostics();
    assert!(
        told.contains("of open-book sections cannot stand in domain `desk`, which has closed ones only: call, fax"),
        "{told}"
    );
}

#[test]
fn an_exam_that_borrows_cannot_lend_and_none_borrows_from_itself() {
    let laid = edition("\"desk.letters\"", str::to_owned);
    let home = laid.folder.join("later/home/exam.toml");
    let exam = std::fs::read_to_string(&home).unwrap();
    std::fs::write(home, exam.replace("questions = 4", "from = \"rhit\"\nquestions = 4")).unwrap();
    let told = laid.diagnostics();
    assert!(told.contains("unknown-lender") && told.contains("write from = \"rhit\""), "{told}");
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    laid.write("exam.toml", exam.replace("from = \"home\"", "from = \"small\""));
    assert!(laid.diagnostics().contains("unknown-lender"));
}

#[test]
fn the_shelf_is_searched_by_the_words_that_students_use() {
    let laid = Laid::good();
    laid.write("references/synonyms.toml", "[synonyms]\nKID = [\"minor\"]\n\"grown up\" = \"adult\"\n");
    assert_eq!(laid.diagnostics(), "");
    let bank = laid.read().bank;
    let found = |typed: &str| {
        let found = search(&bank.sheets, &Terms::new(typed, &bank.synonyms));
        found.hits.iter().flat_map(|hit| &hit.lines).map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(found("kid"), ["Minor  until 28"]);
    assert_eq!(found("Grown  up years"), ["Adult  10 years"]);
    assert_eq!(found("grown"), Vec::<String>::new(), "half of a term is another word");
    let told = Laid::good().write("references/synonyms.toml", "[synonyms]\nkid = []\nyouth = 3\n").diagnostics();
    assert!(told.contains("empty-text") && told.contains("wrong-type"), "{told}");
}

#[test]
fn an_exam_names_places_of_its_own_in_which_no_rule_is_to_be_looked_up() {
    let laid = changed("The office manual, chapter 3", "The Coder's  Corner, week 3");
    assert_eq!(laid.diagnostics(), "");
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let told = laid.write("exam.toml", format!("not_sources = [\"coder's corner\"]\n{exam}")).diagnostics();
    assert!(told.contains("unreliable-source]: the source of `employer` names \"Coder's  Corner\""), "{told}");
    assert!(told.contains("^^^^^^^^^^^^^^^") && told.matches("warning[").count() == 1, "{told}");
}

/// The benches measure against them.
#[test]
fn the_shipped_files_are_what_plain_structs_say() {
    for exam in ["rhit", "ctr"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("question_banks").join(exam);
        for folder in [folder.join("references"), folder].iter().filter(|folder| folder.is_dir()) {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.extension().is_some_and(|end| end == "toml") {
                    yardstick::File::read(path.to_str().unwrap(), &std::fs::read_to_string(&path).unwrap());
                }
            }
        }
    }
}
