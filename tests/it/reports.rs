//! The report, in both front ends: of a first mock, of later ones, of a rehearsal and of an unfinished mock.

use std::sync::Arc;

use examroom_app::view::report::ReportView;
use examroom_core::form::{Background, Exposure, Form, Origin, Plan};
use examroom_core::scoring::{Basis, Completion, FEWEST_NEW, ScoreReport, Speed, score};
use examroom_core::session::{AwayPolicy, Command, Observation, Rules, Session, TimeAllowance};
use examroom_core::statistics::Evidence;
use examroom_core::time::{Timestamp, minutes};
use examroom_terminal::pages::{Layout, report_page};
use examroom_terminal::tui::{ColorMode, LookBack, Options, Screen as _};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{draw, shipped};
use crate::tui_test_screen::text;

const RULES: Rules = Rules { time_allowance: TimeAllowance::Ordinary, away_policy: AwayPolicy::StopsClock };

/// How a candidate sits a form.
#[derive(Clone, Copy)]
struct Candidate {
    /// Every so many-th question is answered wrong.
    wrong: usize,
    /// Questions that are answered; the others are never seen.
    answers: usize,
    seconds: i64,
    /// Questions at the start that are answered right in any case.
    right_until: usize,
}

const GOOD: Candidate = Candidate { wrong: 4, answers: usize::MAX, seconds: 60, right_until: 0 };

fn sit(form: Form, candidate: Candidate) -> Session {
    let mut now = Timestamp(1_700_000_000_000);
    let mut session = Session::new(Arc::new(form), RULES);
    session.apply(Command::Begin, now).unwrap();
    let form = Arc::clone(session.form());
    for section in 0..form.sections.len() {
        for slot in session.slots(section).filter(|slot| slot.index() < candidate.answers) {
            session.apply(Command::GoTo(slot), now).unwrap();
            let question = form.question(slot).unwrap();
            let is_right = slot.index() < candidate.right_until || !(slot.index() + 1).is_multiple_of(candidate.wrong);
            let wanted = question.item.key.len();
            let wrong = question.order.iter().filter(|choice| !question.item.is_key(choice));
            let picked: Vec<_> = if is_right {
                question.item.key.clone()
            } else {
                wrong.chain(&question.item.key).take(wanted).cloned().collect()
            };
            for choice in picked {
                session.apply(Command::Select(choice), now).unwrap();
            }
            now = Timestamp(now.0 + candidate.seconds * 1000);
        }
        session.apply(Command::EndSection, now).unwrap();
        if section + 1 < form.sections.len() {
            session.apply(Command::EndBreak, now).unwrap();
        }
    }
    assert!(session.is_finished());
    session
}

/// The forms that a candidate sits one after another, each with what is known of those before it.
fn mocks(exam: &str, count: u64) -> Vec<(Session, ScoreReport)> {
    let (blueprint, bank) = shipped(exam);
    let (mut exposure, mut earlier) = (Exposure::default(), Evidence::default());
    (1..=count)
        .map(|seed| {
            let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), seed, &exposure);
            let background = form.background.clone().map(|background| Background { earlier, ..background });
            let session = sit(Form { background, ..form }, GOOD);
            for id in session.form().item_ids() {
                *exposure.0.entry(id.clone()).or_default() += 1;
            }
            let report = score(&session);
            earlier = earlier.and(report.contribution());
            (session, report)
        })
        .collect()
}

fn shown(name: &str, session: &Session) {
    let view = ReportView::new(session, &score(session));
    insta::assert_snapshot!(format!("{name}@prompt"), report_page(&view, Layout::Table));
    insta::assert_snapshot!(format!("{name}@plain"), report_page(&view, Layout::Sentences));
    let mut screen = Terminal::new(TestBackend::new(80, 70)).unwrap();
    let mut past = LookBack::new(session, Options { color: ColorMode::Off, ..Options::default() });
    screen.draw(|frame| past.draw(frame)).unwrap();
    insta::assert_snapshot!(format!("{name}@screen"), text(screen.backend().buffer()));
}

#[test]
fn a_first_mock_tells_the_chance_and_the_range_of_the_real_exam() {
    for exam in ["rhit", "ctr"] {
        let (session, report) = mocks(exam, 1).remove(0);
        let forecast = report.real_exam.unwrap();
        assert_eq!((forecast.basis, forecast.sittings, forecast.questions), (Basis::ThisSitting, 1, report.raw.of));
        assert!(forecast.low < report.scaled && report.scaled < forecast.high);
        shown(&format!("first-mock-{exam}"), &session);
    }
}

#[test]
fn mocks_of_new_questions_are_taken_together() {
    for exam in ["rhit", "ctr"] {
        let mut mocks = mocks(exam, 2);
        let (session, report) = mocks.remove(1);
        let forecast = report.real_exam.unwrap();
        assert_eq!((forecast.sittings, forecast.questions), (2, 2 * report.raw.of));
        shown(&format!("second-mock-{exam}"), &session);
    }
}

#[test]
fn a_mock_that_repeats_has_a_score_and_leaves_the_estimate_where_it_was() {
    for (exam, count) in [("rhit", 5), ("ctr", 4)] {
        let mut mocks = mocks(exam, count);
        let (session, report) = mocks.pop().unwrap();
        let (_, before) = mocks.pop().unwrap();
        assert!(report.new_questions.unwrap() < FEWEST_NEW, "{exam}: {:?}", report.new_questions);
        let (told, known) = (report.real_exam.unwrap(), before.real_exam.unwrap());
        assert_eq!(told.basis, Basis::EarlierSittings);
        assert_eq!((told.chance, told.low, told.high), (known.chance, known.low, known.high));
        shown(&format!("repeated-mock-{exam}"), &session);
    }
}

#[test]
fn a_rehearsal_has_no_scaled_score_and_a_short_one_no_chance() {
    for exam in ["rhit", "ctr"] {
        let (blueprint, bank) = shipped(exam);
        let form = draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, 10), 1, &Exposure::default());
        let session = sit(form, GOOD);
        assert_eq!(score(&session).real_exam, None);
        shown(&format!("rehearsal-{exam}"), &session);
    }
}

#[test]
fn an_unfinished_mock_says_so_first_and_judges_what_was_answered() {
    for exam in ["rhit", "ctr"] {
        let (blueprint, bank) = shipped(exam);
        let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default());
        let session = sit(form, Candidate { answers: 90, ..GOOD });
        let report = score(&session);
        assert_eq!(report.completion, Completion::SubmittedEarly);
        assert_eq!(report.evidence.questions, report.answered.of);
        assert!(report.real_exam.unwrap().chance > 0.5, "the blanks say nothing");
        shown(&format!("unfinished-mock-{exam}"), &session);
    }
}

#[test]
fn when_the_time_runs_out_the_blanks_are_wrong() {
    let (blueprint, bank) = shipped("rhit");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default());
    let mut session = Session::new(Arc::new(form), RULES);
    session.apply(Command::Begin, Timestamp(0)).unwrap();
    session.observe(Observation::Tick, Timestamp(0) + minutes(211));
    let report = score(&session);
    assert_eq!((report.completion, report.evidence.questions, report.evidence.right), (Completion::OutOfTime, 130, 0));
}

#[test]
fn a_sitting_faster_than_anyone_reads_is_called_that() {
    let (blueprint, bank) = shipped("rhit");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default());
    assert_eq!(score(&sit(form.clone(), GOOD)).speed, Speed::Readable);
    let rushed = sit(form, Candidate { seconds: 2, ..GOOD });
    assert_eq!(score(&rushed).speed, Speed::FasterThanReading);
    let view = ReportView::new(&rushed, &score(&rushed));
    assert!(view.remarks[0].as_str().starts_with("You answered faster than anyone can read"), "{:?}", view.remarks);
}

#[test]
fn answers_to_repeated_questions_change_no_chance() {
    let (blueprint, bank) = shipped("rhit");
    let form = draw(&blueprint, &bank, &Plan::mock(&blueprint), 1, &Exposure::default());
    for seen in [40, 60] {
        let exposure = Exposure(form.item_ids().take(seen).map(|id| (id.clone(), 1)).collect());
        let background = Some(Background::new(Origin::Recorded, &form, &exposure));
        let form = Form { background, ..form.clone() };
        let all_right = score(&sit(form.clone(), Candidate { right_until: seen, ..GOOD }));
        let as_good = score(&sit(form, GOOD));
        assert!(all_right.raw.right > as_good.raw.right);
        assert_eq!(all_right.real_exam, as_good.real_exam);
        assert_eq!(all_right.new_questions, Some(all_right.evidence.questions));
    }
}
