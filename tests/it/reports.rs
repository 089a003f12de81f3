//! The report, in both front ends: of a first mock, of later ones, of a rehearsal and of an unfinished mock.

use std::collections::BTreeMap;
use std::sync::Arc;

use examroom_app::view::progress::progress_line;
use examroom_app::view::report::ReportView;
use examroom_core::arithmetic::as_f64;
use examroom_core::bank::Item;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Background, Exposure, Form, Origin, Plan};
use examroom_core::scoring::{Basis, Completion, FEWEST_NEW, Forecast, ScoreReport, Speed, progress, score};
use examroom_core::session::{Command, Observation, Rules, Session};
use examroom_core::time::{Timestamp, minutes};
use examroom_terminal::pages::{Layout, report_page};
use examroom_terminal::tui::{ColorMode, LookBack, Options, Screen as _};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::support::{draw, shipped};
use crate::tui_test_screen::text;

pub const RULES: Rules = Rules::ORDINARY;

/// How a candidate sits a form. Questions are counted within their domain, scored and unscored ones apart, so that the
/// order of the form changes nothing.
#[derive(Clone, Copy)]
pub struct Candidate {
    /// Every so many-th question is answered wrong.
    pub wrong: usize,
    /// How many of ten questions are answered; the others are never seen.
    pub answers: usize,
    pub seconds: i64,
    /// Of ten questions, so many are answered right in any case.
    pub knows: usize,
}

pub const GOOD: Candidate = Candidate { wrong: 4, answers: 10, seconds: 60, knows: 0 };

/// The number of each question among those of its domain, from 0, by slot.
fn ordinals(form: &Form) -> Vec<usize> {
    let mut counted = BTreeMap::new();
    form.questions()
        .map(|(_, question)| {
            let count = counted.entry((question.item.domain.clone(), question.scored)).or_insert(0);
            *count += 1;
            *count - 1
        })
        .collect()
}

pub fn sit(form: Form, candidate: Candidate) -> Session {
    let mut now = Timestamp(1_700_000_000_000);
    let mut session = Session::new(Arc::new(form), RULES);
    session.apply(Command::Begin, now).unwrap();
    let form = Arc::clone(session.form());
    let ordinals = ordinals(&form);
    for section in 0..form.sections.len() {
        // Every section shows its first question by itself: the one that is reached first.
        for slot in session.slots(section).filter(|slot| ordinals[slot.index()] % 10 < candidate.answers) {
            session.apply(Command::GoTo(slot), now).unwrap();
            let (question, ordinal) = (form.question(slot).unwrap(), ordinals[slot.index()]);
            let is_right = ordinal % 10 < candidate.knows || !(ordinal + 1).is_multiple_of(candidate.wrong);
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

/// A form of a shipped exam with ratings of the test's own, so that the banks can change and the reports stay: they rise
/// from 0.55 to 0.82 within each domain, and come again.
pub fn form(exam: &str, plan: impl Fn(&Blueprint) -> Plan) -> Form {
    let (blueprint, bank) = shipped(exam);
    let mut form = draw(&blueprint, &bank, &plan(&blueprint), 1, &Exposure::default());
    let mut ordinals = ordinals(&form).into_iter();
    for question in form.sections.iter_mut().flat_map(|section| &mut section.questions) {
        let rating = 0.55 + 0.03 * as_f64(ordinals.next().unwrap() % 10);
        question.item = Arc::new(Item { angoff: Some(rating), ..Item::clone(&question.item) });
    }
    form
}

/// A mock by a candidate who has sat one of new questions before, and has seen so many of ten of this one's.
fn later_mock(exam: &str, seen: usize) -> (Session, ScoreReport) {
    let form = form(exam, Plan::mock);
    let before = score(&sit(form.clone(), GOOD));
    let ordinals = ordinals(&form);
    let is_seen = |at: usize| ordinals[at] % 10 < seen;
    let seen = form.item_ids().enumerate().filter(|(at, _)| is_seen(*at)).map(|(_, id)| (id.clone(), 1)).collect();
    let known = Background::new(Origin::Recorded, &form, &Exposure(seen));
    let background = Background { earlier: before.contribution(), ..known };
    let session = sit(Form { background: Some(background), ..form }, GOOD);
    let report = score(&session);
    (session, report)
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
        let session = sit(form(exam, Plan::mock), GOOD);
        let report = score(&session);
        let forecast = report.real_exam.unwrap();
        assert_eq!((forecast.basis, forecast.sittings, forecast.questions), (Basis::ThisSitting, 1, report.raw.of));
        assert!(forecast.low < report.scaled && report.scaled < forecast.high);
        shown(&format!("first-mock-{exam}"), &session);
    }
}

#[test]
fn mocks_of_new_questions_are_taken_together() {
    for exam in ["rhit", "ctr"] {
        let (session, report) = later_mock(exam, 0);
        let forecast = report.real_exam.unwrap();
        assert_eq!((forecast.sittings, forecast.questions), (2, 2 * report.raw.of));
        shown(&format!("second-mock-{exam}"), &session);
    }
}

#[test]
fn a_mock_that_repeats_has_a_score_and_leaves_the_estimate_where_it_was() {
    for exam in ["rhit", "ctr"] {
        let (session, report) = later_mock(exam, 8);
        assert!((1..FEWEST_NEW).contains(&report.new_questions.unwrap()), "{exam}: {:?}", report.new_questions);
        let before = score(&sit(form(exam, Plan::mock), GOOD)).real_exam.unwrap();
        assert_eq!(report.real_exam, Some(Forecast { basis: Basis::EarlierSittings, ..before }));
        shown(&format!("repeated-mock-{exam}"), &session);
    }
}

#[test]
fn a_rehearsal_has_no_scaled_score_and_a_short_one_no_chance() {
    for exam in ["rhit", "ctr"] {
        let session = sit(form(exam, |blueprint| Plan::rehearsal(blueprint, 10)), GOOD);
        assert_eq!(score(&session).real_exam, None);
        shown(&format!("rehearsal-{exam}"), &session);
    }
}

#[test]
fn an_unfinished_mock_says_so_first_and_judges_what_was_answered() {
    for exam in ["rhit", "ctr"] {
        let session = sit(form(exam, Plan::mock), Candidate { answers: 6, ..GOOD });
        let report = score(&session);
        assert_eq!(report.completion, Completion::SubmittedEarly);
        assert_eq!(report.evidence.questions, report.answered.of);
        assert!(report.real_exam.unwrap().chance > 0.5, "the blanks say nothing");
        shown(&format!("unfinished-mock-{exam}"), &session);
    }
}

#[test]
fn when_the_time_runs_out_the_blanks_are_wrong() {
    let mut session = Session::new(Arc::new(form("rhit", Plan::mock)), RULES);
    session.apply(Command::Begin, Timestamp(0)).unwrap();
    session.observe(Observation::Tick, Timestamp(0) + minutes(211));
    let report = score(&session);
    assert_eq!((report.completion, report.evidence.questions, report.evidence.right), (Completion::OutOfTime, 130, 0));
}

#[test]
fn a_sitting_faster_than_anyone_reads_is_called_that() {
    let form = form("rhit", Plan::mock);
    assert_eq!(score(&sit(form.clone(), GOOD)).speed, Speed::Readable);
    let rushed = sit(form, Candidate { seconds: 2, ..GOOD });
    assert_eq!(score(&rushed).speed, Speed::FasterThanReading);
    let view = ReportView::new(&rushed, &score(&rushed));
    assert!(view.remarks[0].as_str().starts_with("You answered faster than anyone can read"), "{:?}", view.remarks);
}

#[test]
fn answers_to_repeated_questions_change_no_chance() {
    let form = form("rhit", Plan::mock);
    let ordinals = ordinals(&form);
    for seen in [3, 5] {
        let ids = form.item_ids().enumerate().filter(|(at, _)| ordinals[*at] % 10 < seen);
        let exposure = Exposure(ids.map(|(_, id)| (id.clone(), 1)).collect());
        let background = Some(Background::new(Origin::Recorded, &form, &exposure));
        let form = Form { background, ..form.clone() };
        let all_right = score(&sit(form.clone(), Candidate { knows: seen, ..GOOD }));
        let as_good = score(&sit(form, GOOD));
        assert!(all_right.raw.right > as_good.raw.right);
        assert_eq!(all_right.real_exam, as_good.real_exam);
        assert_eq!(all_right.new_questions, Some(all_right.evidence.questions));
    }
}

#[test]
fn progress_is_spoken_of_only_where_it_is_more_than_its_error() {
    let mock = |wrong, knows| score(&sit(form("rhit", Plan::mock), Candidate { wrong, knows, ..GOOD }));
    let told = |sat: &[ScoreReport]| {
        let sittings: Vec<_> = sat.iter().map(ScoreReport::contribution).collect();
        progress_line(&progress(&sittings, sat[0].assumptions.as_ref(), sat[0].scale).unwrap())
    };
    let [weak, fair, better, good] = [mock(2, 0), mock(4, 0), mock(4, 2), mock(4, 8)];
    assert!(told(&[weak.clone(), good.clone()]).starts_with("Progress: from the first to the last of 2 sittings"));
    assert!(told(&[good, weak]).starts_with("A fall:"));
    assert!(told(&[fair.clone(), fair.clone()]).contains("your score did not change, and by chance alone"));
    assert!(told(&[fair, better]).starts_with("No change that can be told from chance"));
}
