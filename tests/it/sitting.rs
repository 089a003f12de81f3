//! The sitting as a state machine: whatever is sent in whatever order, the journal is the sitting, and time only passes.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use examroom_core::form::{Exposure, Form, Plan, Slot};
use examroom_core::id::ChoiceId;
use examroom_core::scoring::{Outcome, score};
use examroom_core::session::{
    AbsenceReason, AwayPolicy, Command, Confidence, EndReason, Event, Focus, JournalEntry, LookUp, Observation,
    Passage, Phase, Refusal, Response, Rules, Session, TimeAllowance,
};
use examroom_core::time::Timestamp;
use proptest::prelude::*;

use crate::support::{draw, shipped};

/// A short form of two sections with a break between.
static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| {
    let (blueprint, bank) = shipped("ctr");
    Arc::new(draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, 12), 3, &Exposure::default()))
});

const NORMAL: Rules = Rules::ORDINARY;
const STRICT: Rules = Rules { away_policy: AwayPolicy::ClockRuns, ..Rules::ORDINARY };
const PRACTICE: Rules = Rules::practice(TimeAllowance::Unlimited);

fn second(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number * 1000)
}

fn begun(rules: Rules) -> Session {
    let mut session = Session::new(Arc::clone(&FORM), rules);
    session.apply(Command::Begin, second(0)).unwrap();
    session
}

/// The choice of the present question with this index.
fn choice(session: &Session, index: usize) -> ChoiceId {
    session.form().question(session.current_slot().unwrap()).unwrap().order[index].clone()
}

fn events(stamped: &[JournalEntry]) -> Vec<&Event> {
    stamped.iter().map(|stamped| &stamped.event).collect()
}

#[test]
fn an_answer_can_be_changed_and_taken_back_and_the_last_one_stands() {
    let mut session = begun(NORMAL);
    let slot = session.current_slot().unwrap();
    for index in [0, 1] {
        session.apply(Command::Select(choice(&session, index)), second(5)).unwrap();
    }
    assert_eq!(session.response(slot), Response::Selected(&[choice(&session, 1)]));
    assert_eq!(session.item_state(slot).changes(1), 1);
    assert_eq!(session.apply(Command::Select(choice(&session, 1)), second(6)), Ok(Vec::new()), "nothing has changed");
    session.apply(Command::Clear, second(7)).unwrap();
    assert_eq!(session.response(slot), Response::Omitted);
}

#[test]
fn next_behind_the_last_question_opens_the_list_and_ends_nothing() {
    let mut session = begun(NORMAL);
    for _ in 0..50 {
        let _ = session.apply(Command::Next, second(1));
    }
    assert_eq!(session.focus(), Focus::Review);
    assert_eq!(session.phase(), Phase::Section(0));
    assert_eq!(session.apply(Command::Next, second(2)), Err(Refusal::LastQuestion));
}

#[test]
fn a_closed_section_cannot_be_reopened() {
    let mut session = begun(NORMAL);
    session.apply(Command::EndSection, second(1)).unwrap();
    assert_eq!(session.phase(), Phase::Break { after: 0 });
    assert_eq!(session.apply(Command::GoTo(Slot(0)), second(2)), Err(Refusal::OnBreak));
    session.apply(Command::EndBreak, second(3)).unwrap();
    assert_eq!(session.phase(), Phase::Section(1));
    assert!(matches!(session.apply(Command::GoTo(Slot(0)), second(4)), Err(Refusal::NoSuchQuestion { .. })));
}

#[test]
fn a_look_up_lasts_until_the_shelf_is_closed_or_the_section_ends() {
    let mut session = begun(NORMAL);
    assert_eq!(session.apply(Command::OpenShelf, second(1)), Err(Refusal::ClosedBook));
    session.apply(Command::EndSection, second(1)).unwrap();
    session.apply(Command::EndBreak, second(2)).unwrap();
    let first = session.current_slot();
    session.apply(Command::OpenShelf, second(3)).unwrap();
    assert_eq!(session.apply(Command::OpenShelf, second(4)), Ok(Vec::new()));
    session.apply(Command::CloseShelf, second(5)).unwrap();
    session.apply(Command::Review, second(6)).unwrap();
    session.apply(Command::OpenShelf, second(7)).unwrap();
    session.apply(Command::EndSection, second(9)).unwrap();
    let look_up =
        |slot, from, until| LookUp { slot, from: second(from), until: Some(second(until)), sheets: Vec::new() };
    assert_eq!(session.look_ups(), [look_up(first, 3, 5), look_up(None, 7, 9)]);
}

#[test]
fn a_look_up_has_the_sheets_that_were_shown_and_a_shelf_left_open_begins_none_until_another_sheet_is() {
    let mut session = begun(NORMAL);
    session.apply(Command::EndSection, second(1)).unwrap();
    session.apply(Command::EndBreak, second(2)).unwrap();
    let sheet = |at: usize| session.form().shelf[at].id.clone();
    let (one, other) = (sheet(0), sheet(1));
    let (first, second_slot) = (session.current_slot(), session.form().slot(1, 2));
    session.apply(Command::ShowSheet(one.clone()), second(3)).unwrap();
    assert!(session.look_ups().is_empty(), "the shelf is closed");
    session.apply(Command::OpenShelf, second(3)).unwrap();
    session.apply(Command::ShowSheet("nowhere".into()), second(3)).unwrap();
    for shown in [&one, &other, &other, &one] {
        session.apply(Command::ShowSheet(shown.clone()), second(4)).unwrap();
    }
    session.apply(Command::Next, second(6)).unwrap();
    assert!(session.is_shelf_open());
    session.apply(Command::ShowSheet(one.clone()), second(7)).unwrap();
    assert_eq!(session.look_ups().len(), 1, "the sheet has stood there since the question before");
    session.apply(Command::ShowSheet(other.clone()), second(8)).unwrap();
    session.apply(Command::CloseShelf, second(9)).unwrap();
    let look_up = |slot, from, until, sheets| LookUp { slot, from: second(from), until: Some(second(until)), sheets };
    let expected = [look_up(first, 3, 6, vec![one, other.clone()]), look_up(second_slot, 8, 9, vec![other])];
    assert_eq!(session.look_ups(), expected);
    let replayed = Session::replay(session.form().clone(), session.rules(), session.journal().to_vec());
    assert_eq!(replayed, session);
}

#[test]
fn the_clock_stands_on_the_break_and_the_next_section_starts_when_it_is_over() {
    let mut session = begun(NORMAL);
    session.apply(Command::EndSection, second(1)).unwrap();
    assert_eq!(session.time_left(second(1)), Duration::from_mins(15));
    let caused = session.observe(Observation::Tick, second(5000));
    assert_eq!(session.phase(), Phase::Finished { how: EndReason::TimeOut }, "the open part ran out, too");
    assert_eq!(caused[0], JournalEntry { at: second(901), event: Event::BreakEnded { cause: EndReason::TimeOut } });
    let open = session.time_allowed(1);
    assert_eq!(session.finished_at(), Some(second(901) + open));
}

#[test]
fn time_out_happens_at_the_limits_own_time_however_late_it_is_noticed() {
    let mut session = begun(NORMAL);
    let answer = choice(&session, 0);
    session.apply(Command::Select(answer.clone()), second(3)).unwrap();
    let limit = session.time_allowed(0);
    let caused =
        session.apply(Command::Select(choice(&session, 1)), second(0) + limit + Duration::from_mins(1)).unwrap();
    assert_eq!(events(&caused)[0], &Event::SectionEnded { section: 0, cause: EndReason::TimeOut });
    assert_eq!(caused[0].at, second(0) + limit);
    assert_eq!(session.response(Slot(0)), Response::Selected(&[answer]), "the late answer came too late");
}

#[test]
fn leaving_stops_the_clock_unless_the_rules_are_strict() {
    let hour = 3600;
    let mut session = begun(NORMAL);
    let before = session.time_left(second(10));
    session.apply(Command::Leave, second(10)).unwrap();
    assert_eq!(session.apply(Command::Flag, second(20)), Err(Refusal::Away));
    session.observe(Observation::Returned, second(10 + hour));
    assert_eq!(session.time_left(second(10 + hour)), before);

    let mut session = begun(STRICT);
    session.apply(Command::Leave, second(10)).unwrap();
    session.observe(Observation::Returned, second(70));
    assert_eq!(session.time_left(second(70)), before.saturating_sub(Duration::from_mins(1)));
    session.apply(Command::Leave, second(80)).unwrap();
    session.observe(Observation::Returned, second(80 + 10 * hour));
    assert!(session.is_finished(), "strict: the time ran out while away");
    assert_eq!(session.observe(Observation::Returned, second(80 + 11 * hour)), []);
}

#[test]
fn a_crash_counts_as_leaving_when_the_program_was_last_alive() {
    let mut session = begun(NORMAL);
    session.observe(Observation::Absent { since: second(30), cause: AbsenceReason::Crash }, second(90_000));
    assert_eq!(session.time_left(second(90_000)), session.time_allowed(0).saturating_sub(Duration::from_secs(30)));
    assert_eq!(session.absences().len(), 1);
    assert_eq!(session.item_state(Slot(0)).time(), Duration::from_secs(30), "time away is not time on the question");
}

#[test]
fn more_time_is_given_by_the_rules_or_while_the_exam_runs() {
    let double = begun(Rules { time_allowance: TimeAllowance::Double, ..NORMAL });
    assert_eq!(double.time_left(second(0)), 2 * begun(NORMAL).time_left(second(0)));
    let mut session = begun(NORMAL);
    let before = session.time_left(second(5));
    session.apply(Command::Extend(10), second(5)).unwrap();
    assert_eq!(session.time_left(second(5)), before + Duration::from_mins(10));
    assert!(matches!(session.apply(Command::Extend(0), second(6)), Err(Refusal::BadExtension { .. })));
}

#[test]
fn a_multiple_response_is_right_only_as_a_whole() {
    let (blueprint, bank) = shipped("rhit");
    let several = (0..50).find_map(|seed| {
        let form = Arc::new(draw(&blueprint, &bank, &Plan::mock(&blueprint), seed, &Exposure::default()));
        let slot = form.scored().find(|(_, question)| question.item.key.len() > 1).map(|(slot, _)| slot)?;
        Some((form, slot))
    });
    let (form, slot) = several.unwrap();
    let mut session = Session::new(Arc::clone(&form), NORMAL);
    session.apply(Command::Begin, second(0)).unwrap();
    session.apply(Command::GoTo(slot), second(1)).unwrap();
    let item = &form.question(slot).unwrap().item;
    session.apply(Command::Select(item.key[0].clone()), second(2)).unwrap();
    assert!(!session.is_complete(slot));
    assert_eq!(score(&session).raw.right, 0);
    session.apply(Command::Select(item.key[1].clone()), second(3)).unwrap();
    assert_eq!(score(&session).raw.right, 1);
    let wrong = item.choices.iter().find(|choice| !item.is_key(&choice.id)).unwrap().id.clone();
    assert_eq!(
        session.apply(Command::Select(wrong), second(4)),
        Err(Refusal::TooManyChoices { wanted: item.key.len() })
    );
}

#[test]
fn every_key_right_is_the_highest_score_and_nothing_answered_the_lowest() {
    let (blueprint, bank) = shipped("rhit");
    let form = Arc::new(draw(&blueprint, &bank, &Plan::mock(&blueprint), 9, &Exposure::default()));
    let mut session = Session::new(Arc::clone(&form), NORMAL);
    session.apply(Command::Begin, second(0)).unwrap();
    assert_eq!(score(&session).scaled, 100);
    for (slot, question) in form.questions() {
        session.apply(Command::GoTo(slot), second(1)).unwrap();
        for key in &question.item.key {
            session.apply(Command::Select(key.clone()), second(1)).unwrap();
        }
    }
    session.apply(Command::EndSection, second(2)).unwrap();
    let report = score(&session);
    assert_eq!((report.scaled, report.outcome, report.raw.of, report.unscored.of), (400, Outcome::Pass, 130, 20));
}

/// A command as chance has it; indices are taken modulo what there is.
#[derive(Clone, Debug)]
enum Move {
    Select(usize),
    Deselect(usize),
    Strike(usize),
    GoTo(u32),
    Extend(u32),
    Note(String),
    Problem(String),
    Highlight(u32, u32),
    Absent(u32, AbsenceReason),
    Plain(Command),
    Noticed(Observation),
}

fn moves() -> impl Strategy<Value = Vec<(Move, u32)>> {
    let plain = prop::sample::select(vec![
        Command::Begin,
        Command::Clear,
        Command::Flag,
        Command::Reveal,
        Command::Confidence(Confidence::Sure),
        Command::Confidence(Confidence::Guess),
        Command::Next,
        Command::Next,
        Command::Next,
        Command::Previous,
        Command::Review,
        Command::EndSection,
        Command::StartBreak,
        Command::EndBreak,
        Command::Leave,
        Command::Submit,
    ]);
    let noticed = prop::sample::select(vec![
        Observation::Returned,
        Observation::Returned,
        Observation::Tick,
        Observation::ClockSet { by_seconds: -60 },
    ]);
    let cause = prop::sample::select(vec![AbsenceReason::Crash, AbsenceReason::Asleep, AbsenceReason::Suspended]);
    let one = prop_oneof![
        4 => (0_usize..5).prop_map(Move::Select),
        1 => (0_usize..5).prop_map(Move::Deselect),
        1 => (0_usize..5).prop_map(Move::Strike),
        2 => (0_u32..14).prop_map(Move::GoTo),
        1 => (0_u32..20).prop_map(Move::Extend),
        1 => "[a-zé ]{0,8}".prop_map(Move::Note),
        1 => "[a-zé ]{0,8}".prop_map(Move::Problem),
        1 => (0_u32..60, 0_u32..60).prop_map(|(from, to)| Move::Highlight(from, to)),
        1 => (0_u32..400, cause).prop_map(|(ago, cause)| Move::Absent(ago, cause)),
        6 => plain.prop_map(Move::Plain),
        2 => noticed.prop_map(Move::Noticed),
    ];
    prop::collection::vec((one, 0_u32..90), 1..80)
}

/// Makes a move; `waited` is the time in seconds since the clock was last looked at.
fn make(session: &mut Session, step: &Move, now: Timestamp, waited: u64) -> Result<Vec<JournalEntry>, Refusal> {
    let order =
        session.current_slot().and_then(|slot| session.form().question(slot)).map(|question| question.order.clone());
    let pick = |index: usize| {
        order.as_ref().and_then(|order| order.get(index)).cloned().unwrap_or_else(|| ChoiceId::new("none"))
    };
    let command = match step {
        Move::Absent(ago, cause) => {
            let since = now - Duration::from_secs(u64::from(*ago).min(waited));
            return Ok(session.observe(Observation::Absent { since, cause: *cause }, now));
        }
        Move::Noticed(observation) => return Ok(session.observe(*observation, now)),
        Move::Select(index) => Command::Select(pick(*index)),
        Move::Deselect(index) => Command::Deselect(pick(*index)),
        Move::Strike(index) => Command::Strike(pick(*index)),
        Move::GoTo(slot) => Command::GoTo(Slot(*slot)),
        Move::Extend(by) => Command::Extend(*by),
        Move::Note(text) => Command::Note(text.clone()),
        Move::Problem(text) => Command::Problem(text.clone()),
        Move::Highlight(from, to) => Command::Highlight(Passage { from: *from, to: *to }),
        Move::Plain(command) => command.clone(),
    };
    session.apply(command, now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_journal_is_the_sitting(
        steps in moves(),
        rules in prop::sample::select(vec![NORMAL, STRICT, PRACTICE]),
        begin in prop::bool::weighted(0.9),
    ) {
        let mut session = Session::new(Arc::clone(&FORM), rules);
        let mut now = second(0);
        if begin {
            session.apply(Command::Begin, now).unwrap();
        }
        let mut told = session.journal().to_vec();
        for (step, wait) in &steps {
            now = now + Duration::from_secs(u64::from(*wait));
            let before = session.clone();
            match make(&mut session, step, now, u64::from(*wait)) {
                Ok(caused) => told.extend(caused),
                Err(_) => prop_assert!(session == before, "a refusal changes nothing"),
            }
            prop_assert_eq!(session.journal(), told.as_slice(), "what was told is what happened");
            let stored = serde_json::to_string(&told).unwrap();
            let read: Vec<JournalEntry> = serde_json::from_str(&stored).unwrap();
            let replayed = Session::replay(Arc::clone(&FORM), rules, read);
            prop_assert!(replayed == session, "the replay is the sitting");
        }
        prop_assert!(session.journal().is_sorted_by_key(|event| event.at), "the journal goes forward");
    }

    #[test]
    fn time_left_never_rises_but_by_an_extension(steps in moves(), strict: bool) {
        let mut session = begun(if strict { STRICT } else { NORMAL });
        let mut now = second(0);
        let mut before = (session.phase(), session.time_left(now));
        for (step, wait) in &steps {
            now = now + Duration::from_secs(u64::from(*wait));
            let caused = make(&mut session, step, now, u64::from(*wait)).unwrap_or_default();
            let given: u32 = caused.iter().map(|e| if let Event::Extended { by_minutes } = e.event { by_minutes } else { 0 }).sum();
            let left = session.time_left(now);
            if session.phase() == before.0 {
                prop_assert!(left <= before.1 + Duration::from_secs(u64::from(given) * 60), "{:?} after {:?}", left, before);
            }
            before = (session.phase(), left);
        }
    }

    #[test]
    fn a_damaged_journal_is_replayed_and_scored_within_the_scale(steps in moves(), drop in prop::collection::vec(0_usize..100, 0..10)) {
        let mut session = begun(NORMAL);
        let mut now = second(0);
        for (step, wait) in &steps {
            now = now + Duration::from_secs(u64::from(*wait));
            let _ = make(&mut session, step, now, u64::from(*wait));
        }
        let mut journal = session.journal().to_vec();
        for index in drop {
            if index < journal.len() {
                journal.remove(index);
            }
        }
        journal.reverse();
        let replayed = Session::replay(Arc::clone(&FORM), NORMAL, journal);
        let report = score(&replayed);
        prop_assert_eq!(report.raw.of as usize, FORM.scored().count());
        prop_assert_eq!(report.items.len(), FORM.len());
        prop_assert!(report.raw.right <= report.raw.of);
        prop_assert!((report.scale.lowest..=report.scale.highest).contains(&report.scaled));
    }
}

#[test]
fn a_problem_can_be_noted_after_the_end_and_nothing_else_changes_by_it() {
    let mut session = begun(NORMAL);
    let problem = |text: &str| Command::ProblemOf(Slot(1), text.to_owned());
    assert!(session.apply(problem("too early"), second(1)).is_err());
    session.apply(Command::Submit, second(2)).unwrap();
    let before = score(&session);
    let caused = session.apply(problem(" Two are right "), second(90)).unwrap();
    assert_eq!(events(&caused), [&Event::ProblemNoted { slot: Slot(1), text: "Two are right".to_owned() }]);
    assert_eq!(session.item_state(Slot(1)).problem(), "Two are right");
    assert_eq!(session.apply(problem("Two are right"), second(91)), Ok(Vec::new()));
    assert_eq!(session.apply(Command::ProblemOf(Slot(9999), "x".to_owned()), second(92)), Err(Refusal::NoQuestionHere));
    assert_eq!((score(&session), session.finished_at()), (before, Some(second(2))));
    let replayed = Session::replay(session.form().clone(), session.rules(), session.journal().to_vec());
    assert_eq!(replayed, session);
}
