//! Editions: which outline is in force, what had to be assumed, what is unfinished; and whole sittings of today's exams.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use examroom_app::view::report::ReportView;
use examroom_core::form::{Exposure, Kind, Plan};
use examroom_core::scoring::score;
use examroom_core::session::{EndReason, Phase};
use examroom_core::time::minutes;
use examroom_terminal::tui::ColorMode;
use ratatui::crossterm::event::KeyCode;

use crate::folder::Laid;
use crate::support::{Said, draw, examroom, run, shift_back, shipped};
use crate::tui_test_screen::TestScreen;

fn said(data: &Path, arguments: &str, script: &str) -> Said {
    let mut command = examroom(data);
    command.args(arguments.split_whitespace());
    run(command, script)
}

/// What a command says, its lines drawn together.
fn told(data: &Path, arguments: &str, script: &str) -> String {
    let said = said(data, arguments, script);
    format!("{} {}", said.out, said.err).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Answers so many questions, also those with several keys, and ends the section.
fn answers(questions: usize) -> String {
    format!("{}end\nyes\n", "a\nb\n\n".repeat(questions))
}

#[test]
fn the_outline_in_force_comes_first_and_each_names_the_other() {
    let data = tempfile::tempdir().unwrap();
    let list = said(data.path(), "exams --plain", "").out;
    let place = |id: &str| list.lines().position(|line| line.starts_with(&format!("{id}: "))).unwrap();
    assert!(place("ods") < place("ctr") && place("rhit-2023") < place("rhit"), "{list}");
    assert!(list.contains("ctr is an older outline (six-domain outline); the one in force is ods."), "{list}");
    for (older, later) in [("ctr", "ods"), ("rhit", "rhit-2023")] {
        for command in ["exams", "take"] {
            let (older_says, later_says) = (
                told(data.path(), &format!("{command} {older}"), "leave\n"),
                told(data.path(), &format!("{command} {later}"), "leave\n"),
            );
            let in_force = format!("{older} is an older outline. The one in force is {later}.");
            assert!(older_says.contains(&in_force), "{older_says}");
            let before = format!("{later} is the outline in force. The older one is {older}.");
            assert!(later_says.contains(&before), "{later_says}");
        }
    }
}

#[test]
fn what_nobody_publishes_of_ods_is_called_assumed_wherever_it_shows() {
    let data = tempfile::tempdir().unwrap();
    let list = said(data.path(), "exams --plain", "").out;
    assert!(list.contains("180 questions, 4 hours, pass mark 300 of 400, assumed."), "{list}");
    let start = told(data.path(), "take ods", "leave\n");
    for assumed in [
        "Pass mark: 300 of 400 (assumed).",
        "2 hours 30 minutes (assumed)",
        "1 hour 30 minutes (assumed)",
        "Then a break of 15 minutes (assumed)",
        "What NCRA requires to pass this exam was not found, nor its scale",
        "here every question counts (assumed)",
    ] {
        assert!(start.contains(assumed), "{assumed}: {start}");
    }
    let (blueprint, bank) = shipped("ods");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default());
    let mut desk = TestScreen::of(Arc::new(form), ColorMode::Off, 100, 60);
    assert!(desk.text().contains("300 of 400 (assumed)"), "{}", desk.text());
    desk.keys("s");
    desk.pass(minutes(150));
    assert!(desk.text().contains("its length is assumed"), "{}", desk.text());
    desk.pass(minutes(15 + 90));
    let report = ReportView::new(&desk.session, &score(&desk.session));
    assert_eq!(report.headline.unwrap(), "Estimated scaled score: 100 (from 100 to 400; pass mark 300; all assumed)");
    assert_eq!(report.pass_mark_note, " (assumed)");

    said(data.path(), "take ods --seed 1 --strict", "begin\nend\nyes\nbreak\nleave\nyes\n");
    shift_back(data.path(), minutes(300));
    said(data.path(), "resume 2", "");
    let history = told(data.path(), "history --plain", "");
    assert!(history.contains("below the assumed pass mark"), "{history}");
    let rhit = tempfile::tempdir().unwrap();
    said(rhit.path(), "take rhit --seed 1", "begin\nend\nyes\n");
    let history = told(rhit.path(), "history --plain", "");
    assert!(history.contains("below the pass mark"), "{history}");
}

#[test]
fn the_edition_of_2023_is_sat_whole_by_script() {
    let data = tempfile::tempdir().unwrap();
    let sat = said(data.path(), "take rhit-2023 --seed 1", &format!("begin\n{}", answers(150)));
    assert_eq!(sat.code, Some(0), "{}{}", sat.out, sat.err);
    for said in ["Estimated scaled score:", "Leadership", "Data Content, Structure and Information Governance"] {
        assert!(sat.out.contains(said), "{said}: {}", sat.out);
    }
}

#[test]
fn the_edition_of_2023_is_sat_whole_on_the_screen() {
    let (blueprint, bank) = shipped("rhit-2023");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 2, &Exposure::default());
    assert_eq!((form.len(), form.domains.len(), form.kind), (150, 6, Kind::Mock));
    let mut desk = TestScreen::of(Arc::new(form), ColorMode::Off, 100, 60);
    desk.keys("s");
    for _ in 0..150 {
        desk.pass(Duration::from_secs(50));
        desk.keys("ab");
        desk.keys("n");
    }
    let answered = score(&desk.session).answered.of;
    assert_eq!(answered, 130, "{}", desk.text());
    desk.keys("e");
    desk.keys("y");
    assert_eq!(desk.session.phase(), Phase::Finished { how: EndReason::Candidate }, "{}", desk.text());
    assert!(ReportView::new(&desk.session, &score(&desk.session)).headline.is_some());
}

#[test]
fn the_closed_part_of_ods_is_sat_with_its_break_by_script() {
    let data = tempfile::tempdir().unwrap();
    let closed = format!("begin\n{}continue\nbreak\ncontinue\nleave\n", answers(120));
    let sat = said(data.path(), "take ods --seed 1", &closed);
    assert!(sat.out.contains("question 120 of 120."), "{}{}", sat.out, sat.err);
    assert!(sat.out.contains("This break must be taken"), "{}", sat.out);
    assert!(!sat.out.contains("question 1 of 60."), "nobody is let in before the break is over: {}", sat.out);
    // Where the clock runs on, the break is over after its quarter of an hour.
    let strict =
        said(data.path(), "take ods --seed 1 --strict", &format!("begin\n{}break\nleave\nyes\n", answers(120)));
    assert!(strict.out.contains("This break must be taken"), "{}", strict.out);
    shift_back(data.path(), minutes(16));
    let open = said(data.path(), "resume 2", "leave\nyes\n");
    assert!(open.out.contains("question 1 of 60."), "{}{}", open.out, open.err);
}

#[test]
fn the_closed_part_of_ods_is_sat_with_its_break_on_the_screen() {
    let (blueprint, bank) = shipped("ods");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 3, &Exposure::default());
    let mut desk = TestScreen::of(Arc::new(form), ColorMode::Off, 100, 60);
    desk.keys("s");
    for _ in 0..120 {
        desk.pass(minutes(1));
        desk.keys("an");
    }
    desk.keys("e");
    desk.keys("y");
    assert_eq!(desk.session.phase(), Phase::Break { after: 0 }, "{}", desk.text());
    desk.keys("n");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.session.phase(), Phase::Break { after: 0 }, "it must be taken: {}", desk.text());
    desk.keys("b");
    desk.pass(minutes(14));
    assert_eq!(desk.session.phase(), Phase::Break { after: 0 });
    desk.pass(minutes(1));
    assert_eq!(desk.session.phase(), Phase::Section(1));
    assert!(desk.text().contains("1 of 60"), "{}", desk.text());
}

#[test]
fn a_break_that_must_be_taken_is_shortened_with_a_rehearsal_and_one_that_may_be_skipped_is_not() {
    let break_of = |exam: &str, questions: u32| {
        let (blueprint, bank) = shipped(exam);
        let form = draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, questions), 1, &Exposure::default());
        form.sections[0].break_after.unwrap().time
    };
    assert_eq!(break_of("ods", 12), minutes(1));
    assert_eq!(break_of("ods", 60), minutes(5));
    assert_eq!(break_of("ods", 180), minutes(15));
    assert_eq!(break_of("ctr", 12), minutes(15));
}

/// Somebody's edition of RHIT, which takes two domains of its bank.
fn third_edition(banks: &Path, extra: &str, legal: u32) {
    let folder = banks.join("rhit-2030");
    std::fs::create_dir_all(&folder).unwrap();
    let exam = format!(
        "id = \"rhit-2030\"\nname = \"RHIT, outline of 2030\"\nowner = \"AHIMA\"\nedition = \"two-domain outline\"\n\
         from = \"rhit\"\nallow = {{ left-over = \"two domains only\", ratings-off = \"hard ones\" }}\n{extra}questions = {}\n\
         [scale]\nlowest = 100\npass = 300\nhighest = 400\n[cut]\nwithout_ratings = 0.68\n\
         [[section]]\nid = \"first\"\nname = \"First part\"\nminutes = 30\n\
         break_after = {{ minutes = 10, optional = false }}\n\
         [[section]]\nid = \"second\"\nname = \"Second part\"\nminutes = 30\n\
         [[domain]]\nid = \"law\"\nname = \"Law\"\ncounts.first = {{ scored = {legal} }}\ntakes = [\"legal\"]\n\
         [[domain]]\nid = \"money\"\nname = \"Money\"\ncounts.second = {{ scored = 10 }}\ntakes = [\"revenue\"]\n",
        legal + 10
    );
    std::fs::write(folder.join("exam.toml"), exam).unwrap();
}

#[test]
fn an_edition_of_somebody_else_needs_no_code() {
    let data = tempfile::tempdir().unwrap();
    third_edition(&data.path().join("banks"), "", 20);
    let checked = said(data.path(), "bank check rhit-2030 --strict", "");
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let sat = said(data.path(), "take rhit-2030 --seed 1", &format!("begin\n{}break\nleave\n", answers(20)));
    assert!(sat.out.contains("question 20 of 20.") && sat.out.contains("This break must be taken"), "{}", sat.out);
    // The shipped one it comes after is told of it by its own file alone.
    let older = data.path().join("banks/rhit-2023");
    std::fs::create_dir_all(&older).unwrap();
    let shipped = crate::support::text("question_banks/rhit-2023/exam.toml");
    let named = shipped.replacen("questions = ", "succeeded_by = \"rhit-2030\"\nquestions = ", 1);
    std::fs::write(older.join("exam.toml"), named).unwrap();
    let start = told(data.path(), "take rhit", "leave\n");
    assert!(start.contains("rhit is an older outline. The one in force is rhit-2030."), "{start}");
    let start = told(data.path(), "take rhit-2030", "leave\n");
    assert!(start.contains("rhit-2030 is the outline in force. Older ones are rhit-2023, rhit."), "{start}");
    let list = said(data.path(), "exams --plain", "").out;
    let ids = ["rhit-2030", "rhit-2023", "rhit"];
    let places: Vec<usize> =
        ids.iter().map(|id| list.lines().position(|line| line.starts_with(&format!("{id}: "))).unwrap()).collect();
    assert!(places.is_sorted(), "{list}");
}

#[test]
fn of_an_unfinished_edition_is_sat_what_there_is_and_what_is_lacking_is_said() {
    let data = tempfile::tempdir().unwrap();
    third_edition(&data.path().join("banks"), "unfinished = true\n", 500);
    let checked = said(data.path(), "bank check rhit-2030", "");
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("warning[unfinished]: domain `law` in section `first` is"), "{}", checked.out);
    assert!(checked.out.contains("unfinished: a rehearsal of"), "{}", checked.out);
    let start = told(data.path(), "take rhit-2030 --seed 1", "leave\n");
    assert!(start.contains("A rehearsal of what there is of this exam:"), "{start}");
    assert!(start.contains("This edition is unfinished, and has no scaled score. It has too few questions in: Law, "));
    assert!(start.contains(" of 500 questions."), "{start}");
    let script = "begin\nb\nend\nyes\nbreak\n";
    let sat = said(data.path(), "take rhit-2030 --seed 1 --items 11 --strict", &format!("{script}leave\nyes\n"));
    assert!(sat.out.contains("question 1 of "), "{}{}", sat.out, sat.err);
    shift_back(data.path(), minutes(120));
    let report = told(data.path(), "resume 2", "");
    assert!(report.contains("A rehearsal of an unfinished edition: it has no scaled score"), "{report}");
    assert!(!report.contains("scaled score:") && !report.contains("the real exam this week"), "{report}");

    third_edition(&data.path().join("banks"), "", 500);
    assert_eq!(said(data.path(), "take rhit-2030", "leave\n").code, Some(3), "without the mark it is an error");
    third_edition(&data.path().join("banks"), "unfinished = true\n", 20);
    let whole = said(data.path(), "bank check rhit-2030", "").out;
    assert!(whole.contains("marked as unfinished, but every domain has its questions"), "{whole}");
}

#[test]
fn exams_that_come_after_each_other_in_a_circle_are_told_so_and_sat_all_the_same() {
    let laid = Laid::good();
    let exam = std::fs::read_to_string(laid.folder.join("exam.toml")).unwrap();
    let named = |id: &str, after: &str| {
        exam.replacen("\"small\"", &format!("\"{id}\""), 1).replacen(
            "questions =",
            &format!("succeeded_by = \"{after}\"\nquestions ="),
            1,
        )
    };
    laid.write("exam.toml", named("small", "other"));
    let other = laid.folder.parent().unwrap().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("exam.toml"), named("other", "small")).unwrap();
    let told = laid.diagnostics();
    assert!(told.contains("the exams come after each other in a circle: `small`, `other`, `small`"), "{told}");
    let data = tempfile::tempdir().unwrap();
    let banks = laid.folder.parent().unwrap().display().to_string();
    let list = said(data.path(), &format!("exams --plain --banks {banks}"), "");
    assert!(list.out.contains("small: A small exam.") && list.out.contains("other: A small exam."), "{}", list.out);
    let start = said(data.path(), &format!("take small --banks {banks}"), "leave\n");
    assert_eq!(start.code, Some(0), "{}", start.err);
    assert!(!start.out.contains("outline"), "{}", start.out);
}
