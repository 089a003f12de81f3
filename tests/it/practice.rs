//! Practice: the reason at once, answers that are final then, and which questions are drawn.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use examroom_core::bank::{Bank, Item};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Exposure, Form, Plan, Slot, practice_form};
use examroom_core::id::{ChoiceId, ItemId};
use examroom_core::scoring::score;
use examroom_core::seed::Seed;
use examroom_core::session::{
    AttemptKind, Command, Confidence, EndReason, Event, Focus, ItemState, Observation, Passage, Phase, Refusal, Rules,
    Session, TimeAllowance,
};
use examroom_core::statistics::Evidence;
use examroom_core::study::{Selection, Standing, StudyPast, Wish, select};
use examroom_core::time::Timestamp;
use proptest::prelude::*;

use crate::pinned::{self, filters};
use crate::support::{day, draw, shipped};

static CTR: LazyLock<(Arc<Blueprint>, Bank)> = LazyLock::new(|| shipped("ctr"));

fn second(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number * 1000)
}

/// A form of the first questions of each section of the bank.
fn form(of_each: usize) -> Arc<Form> {
    let (blueprint, bank) = &*CTR;
    let chosen: Vec<ItemId> = blueprint
        .sections
        .iter()
        .flat_map(|section| bank.items.iter().filter(|item| item.section == section.id).take(of_each))
        .map(|item| item.id.clone())
        .collect();
    Arc::new(practice_form(blueprint, bank, &chosen, Seed(1), &Exposure::default()))
}

fn begun(form: &Arc<Form>) -> Session {
    let mut session = Session::new(Arc::clone(form), Rules::practice(TimeAllowance::Unlimited));
    session.apply(Command::Begin, second(0)).unwrap();
    session
}

fn item(session: &Session) -> &Item {
    &session.form().question(session.current_slot().unwrap()).unwrap().item
}

fn wrong(session: &Session) -> ChoiceId {
    let item = item(session);
    item.choices.iter().find(|choice| !item.is_key(&choice.id)).unwrap().id.clone()
}

/// Answers the question on the screen and looks at the reasons.
fn answer(session: &mut Session, right: bool, at: Timestamp) {
    let key = item(session).key.clone();
    let picked = if right || key.len() > 1 { key } else { vec![wrong(session)] };
    for choice in picked {
        session.apply(Command::Select(choice), at).unwrap();
    }
    session.apply(Command::Reveal, at).unwrap();
}

#[test]
fn an_answer_is_final_once_the_reasons_are_shown_and_marks_are_still_free() {
    let mut session = begun(&form(2));
    let slot = session.current_slot().unwrap();
    session.apply(Command::Confidence(Confidence::Sure), second(1)).unwrap();
    let picked = wrong(&session);
    session.apply(Command::Select(picked.clone()), second(2)).unwrap();
    let caused = session.apply(Command::Reveal, second(3)).unwrap();
    assert_eq!(caused[0].event, Event::Revealed { slot });
    for command in [
        Command::Select(item(&session).key[0].clone()),
        Command::Deselect(picked.clone()),
        Command::Clear,
        Command::Strike(picked),
        Command::Confidence(Confidence::Guess),
    ] {
        assert_eq!(session.apply(command, second(4)), Err(Refusal::Revealed));
    }
    assert_eq!(session.apply(Command::Reveal, second(5)), Ok(Vec::new()));
    for command in [
        Command::Flag,
        Command::Note("again".to_owned()),
        Command::Problem("B is right, too".to_owned()),
        Command::Highlight(Passage { from: 0, to: 5 }),
    ] {
        session.apply(command, second(6)).unwrap();
    }
    let state = session.item_state(slot);
    assert_eq!((state.confidence(), state.problem()), (Some(Confidence::Sure), "B is right, too"));
    assert_eq!(state.highlights(), [Passage { from: 0, to: 5 }]);
}

#[test]
fn the_reasons_are_not_shown_in_an_exam_nor_for_half_an_answer() {
    let (blueprint, bank) = &*CTR;
    let exam = Arc::new(draw(blueprint, bank, &Plan::rehearsal(blueprint, 12), 3, &Exposure::default()));
    let mut session = Session::new(exam, Rules::ORDINARY);
    session.apply(Command::Begin, second(0)).unwrap();
    assert_eq!(session.apply(Command::Reveal, second(1)), Err(Refusal::NoFeedback));
    assert_eq!(session.apply(Command::Confidence(Confidence::Sure), second(1)), Err(Refusal::NoConfidence));

    let (blueprint, bank) = shipped("rhit");
    let several = bank.items.iter().find(|item| item.key.len() > 1).unwrap();
    let form = practice_form(&blueprint, &bank, std::slice::from_ref(&several.id), Seed(1), &Exposure::default());
    let mut session = begun(&Arc::new(form));
    session.apply(Command::Select(several.key[0].clone()), second(1)).unwrap();
    assert_eq!(session.apply(Command::Reveal, second(2)), Err(Refusal::TooFewChoices { wanted: several.key.len() }));
    session.apply(Command::Clear, second(3)).unwrap();
    session.apply(Command::Reveal, second(4)).unwrap();
    assert!(session.item_state(Slot(0)).is_revealed(), "who does not know may look");
}

#[test]
fn practice_goes_on_by_itself_where_nothing_is_left_to_review_and_has_neither_breaks_nor_a_limit() {
    let mut session = begun(&form(2));
    assert_eq!(session.form().sections.len(), 2);
    for _ in 0..2 {
        answer(&mut session, true, second(1));
        session.apply(Command::Next, second(2)).unwrap();
    }
    assert_eq!(session.phase(), Phase::Section(1), "the next part has begun, without a break");
    session.apply(Command::Next, second(3)).unwrap();
    answer(&mut session, true, second(4));
    session.apply(Command::Next, second(5)).unwrap();
    assert_eq!(session.focus(), Focus::Review, "a question was left out");
    session.observe(Observation::Tick, second(0) + Duration::from_hours(24 * 365));
    assert_eq!(session.phase(), Phase::Section(1));
    assert_eq!(session.apply(Command::Extend(5), second(6)), Err(Refusal::NoTimeLimit));
    session.apply(Command::EndSection, second(7)).unwrap();
    assert_eq!(session.phase(), Phase::Finished { how: EndReason::Candidate });
}

#[test]
fn practice_is_a_kind_of_its_own_and_says_nothing_about_the_real_exam() {
    let (blueprint, bank) = &*CTR;
    let all: Vec<ItemId> = bank.items.iter().map(|item| item.id.clone()).collect();
    let form = Arc::new(practice_form(blueprint, bank, &all, Seed(1), &Exposure::default()));
    assert_eq!(form.len(), bank.items.len());
    let mut session = begun(&form);
    while !session.is_finished() {
        answer(&mut session, true, second(1));
        session.apply(Command::Next, second(2)).unwrap();
    }
    assert_eq!(session.kind(), AttemptKind::Practice);
    let report = score(&session);
    assert_eq!(report.raw.right, report.raw.of);
    assert_eq!(report.contribution(), Evidence::default());
    assert!(report.real_exam.is_none());
}

#[test]
fn the_pace_of_timed_practice_is_the_exams() {
    let (blueprint, bank) = &*CTR;
    let full: u32 =
        blueprint.counts_of(&blueprint.sections[0].id).map(|(_, n)| n.scored.value + n.unscored.value).sum();
    let form = form(3);
    let wanted = examroom_core::time::minutes(blueprint.sections[0].minutes.value) * 3 / full;
    assert_eq!(form.sections[0].time, wanted);
    assert!(bank.items.len() > form.len());
}

#[test]
fn the_questions_of_an_exam_that_is_open_are_kept_back() {
    let (blueprint, bank) = &*CTR;
    let exam = Arc::new(draw(blueprint, bank, &Plan::mock(blueprint), 3, &Exposure::default()));
    let mut past = StudyPast::default();
    past.add(&Session::new(Arc::clone(&exam), Rules::ORDINARY), None);
    let wish = Wish { count: bank.items.len(), ..Wish::default() };
    let selection = select(bank, &wish, &Exposure::default(), &past, day(), Seed(1));
    let open: BTreeSet<&ItemId> = exam.item_ids().collect();
    assert!(selection.items.iter().all(|id| !open.contains(id)));
    assert_eq!(selection.withheld, open.len());
}

/// A past as chance has it: what was practiced, with what result, and what was only seen.
#[derive(Clone, Debug)]
struct History {
    practiced: Vec<(usize, bool, bool)>,
    seen: Vec<usize>,
}

fn history() -> impl Strategy<Value = History> {
    let practiced = prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<bool>()), 0..40);
    let seen = prop::collection::vec(any::<prop::sample::Index>(), 0..200);
    (practiced, seen).prop_map(|(practiced, seen)| {
        let count = CTR.1.items.len();
        History {
            practiced: practiced.into_iter().map(|(at, right, flag)| (at.index(count), right, flag)).collect(),
            seen: seen.into_iter().map(|at| at.index(count)).collect(),
        }
    })
}

impl History {
    /// The session of its practice, the past that it makes, and the exposure.
    fn play(&self) -> (Session, StudyPast, Exposure) {
        let (blueprint, bank) = &*CTR;
        let wanted: HashMap<ItemId, (bool, bool)> =
            self.practiced.iter().map(|(at, right, flag)| (bank.items[*at].id.clone(), (*right, *flag))).collect();
        let chosen: Vec<ItemId> = wanted.keys().cloned().collect();
        let form = practice_form(blueprint, bank, &chosen, Seed(5), &Exposure::default());
        let mut session = Session::new(Arc::new(form), Rules::practice(TimeAllowance::Unlimited));
        if !chosen.is_empty() {
            session.apply(Command::Begin, second(0)).unwrap();
        }
        while session.current_slot().is_some() {
            let (right, flag) = wanted[&item(&session).id];
            answer(&mut session, right, second(1));
            if flag {
                session.apply(Command::Flag, second(2)).unwrap();
            }
            session.apply(Command::Next, second(3)).unwrap();
        }
        let mut past = StudyPast::default();
        past.add(&session, None);
        let seen = chosen.into_iter().chain(self.seen.iter().map(|at| bank.items[*at].id.clone()));
        (session, past, Exposure(seen.map(|id| (id, 1)).collect()))
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let domains =
        prop::sample::subsequence(CTR.0.domains.iter().map(|domain| domain.id.clone()).collect::<Vec<_>>(), 0..3);
    let topics: Vec<_> = CTR.0.domains.iter().flat_map(|domain| &domain.topics).map(|topic| topic.id.clone()).collect();
    let topics = prop::sample::subsequence(topics, 0..3);
    let standings = prop::sample::subsequence(Standing::ALL.to_vec(), 0..3);
    (domains, topics, standings, 1_usize..60).prop_map(|(domains, topics, standings, count)| Wish {
        domains,
        topics,
        standings,
        count,
    })
}

/// Whether the past of a session has a question standing so, told without the code under test.
fn stands(session: &Session, exposure: &Exposure, id: &ItemId, standing: Standing) -> bool {
    let slot = session.form().questions().find(|(_, question)| question.item.id == *id).map(|(slot, _)| slot);
    let state = slot.map(|slot| session.item_state(slot));
    match standing {
        Standing::Unseen => !exposure.0.contains_key(id),
        Standing::Flagged => state.is_some_and(ItemState::is_flagged),
        Standing::Missed => slot.is_some_and(|slot| {
            let question = session.form().question(slot).unwrap();
            !question.item.is_right(session.item_state(slot).selected())
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_drawn_is_what_was_wished_the_spent_first_and_cases_whole(
        history in history(), wish in wish(), seed in 0_u64..1000
    ) {
        let (_, bank) = &*CTR;
        let (session, past, exposure) = history.play();
        let selection = select(bank, &wish, &exposure, &past, day(), Seed(seed));
        let matches = |item: &Item| {
            let named = bank.items.iter().any(|other| other.domain == item.domain && wish.topics.contains(&other.topic));
            let here = if named {
                wish.topics.contains(&item.topic)
            } else {
                wish.domains.contains(&item.domain) || (wish.domains.is_empty() && wish.topics.is_empty())
            };
            here && (wish.standings.is_empty()
                || wish.standings.iter().any(|standing| stands(&session, &exposure, &item.id, *standing)))
        };
        let matching: Vec<&Arc<Item>> = bank.items.iter().filter(|item| matches(item)).collect();
        let drawn: BTreeSet<&ItemId> = selection.items.iter().collect();

        prop_assert_eq!(selection.matching, matching.len());
        prop_assert_eq!(drawn.len(), selection.items.len(), "no question twice");
        prop_assert!(selection.items.iter().all(|id| matching.iter().any(|item| item.id == *id)));
        prop_assert!(selection.items.is_empty() == matching.is_empty());

        let mut cases: HashMap<_, Vec<&ItemId>> = HashMap::new();
        for item in matching.iter().filter(|item| item.case.is_some()) {
            cases.entry((&item.case, &item.section)).or_default().push(&item.id);
        }
        for case in cases.values() {
            let taken = case.iter().filter(|id| drawn.contains(*id)).count();
            prop_assert!(taken == 0 || taken == case.len(), "{} of a case of {}", taken, case.len());
        }
        let largest = cases.values().map(Vec::len).max().unwrap_or(1);
        prop_assert!(drawn.len() <= wish.count.max(largest));

        let is_new = |id: &ItemId| !exposure.0.contains_key(id);
        prop_assert_eq!(selection.new, selection.items.iter().filter(|id| is_new(id)).count());
        let left_out = |item: &&&Arc<Item>| {
            !drawn.contains(&item.id) && item.case.is_none() && !is_new(&item.id) && is_apart(item, &drawn, bank)
        };
        if selection.new > 0 {
            prop_assert!(matching.iter().find(left_out).is_none(), "a spent question was left out for a new one");
        }
        prop_assert_eq!(select(bank, &wish, &exposure, &past, day(), Seed(seed)), selection);
    }

    #[test]
    fn what_was_cleared_is_neither_missed_nor_flagged_and_stays_seen(history in history()) {
        let (_, bank) = &*CTR;
        let (session, _, exposure) = history.play();
        let mut past = StudyPast::default();
        past.add(&session, session.last_event_at());
        let wish = |standings| Wish { standings, count: 30, ..Wish::default() };
        let missed = wish(vec![Standing::Missed, Standing::Flagged]);
        prop_assert_eq!(select(bank, &missed, &exposure, &past, day(), Seed(1)).matching, 0);
        let Selection { items, .. } = select(bank, &wish(vec![Standing::Unseen]), &exposure, &past, day(), Seed(1));
        prop_assert!(items.iter().all(|id| !exposure.0.contains_key(id)));
    }
}

#[test]
fn a_problem_that_is_noted_after_a_reset_does_not_bring_back_what_was_missed() {
    let mut session = begun(&form(1));
    answer(&mut session, false, second(1));
    session.apply(Command::Next, second(2)).unwrap();
    answer(&mut session, true, second(3));
    session.apply(Command::Next, second(4)).unwrap();
    assert!(session.is_finished());
    session.apply(Command::ProblemOf(Slot(0), "odd".to_owned()), second(60)).unwrap();
    let mut past = StudyPast::default();
    past.add(&session, Some(second(30)));
    assert_eq!(past.counts(), (0, 0));
}

/// Whether no question that was drawn is an enemy of this one.
fn is_apart(item: &Item, drawn: &BTreeSet<&ItemId>, bank: &Bank) -> bool {
    let named_by = |id: &ItemId| bank.item(id).is_some_and(|other| other.enemies.contains(&item.id));
    !item.enemies.iter().any(|enemy| drawn.contains(enemy)) && !drawn.iter().any(|id| named_by(id))
}

/// A practice of the pinned exam, typed at the prompt, with these lines after its first page.
fn practiced(data: &Path, arguments: &str, lines: &str) -> String {
    pinned::command(data, &format!("practice {arguments}"), &format!("\n{lines}"))
}

#[test]
fn each_answer_is_followed_by_its_reasons_at_the_prompt() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "b sure\nflag\n\nb\nproblem Two choices are right\n\nshow\n\nguess\n1\nrepeat\n\nend\nyes\n";
    insta::assert_snapshot!(practiced(data.path(), "clinic --count 4 --seed 3", lines));
}

#[test]
fn practice_is_left_and_goes_on_where_it_was_and_stands_apart_in_the_history() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let mut seen = practiced(data.path(), "clinic --count 3 --seed 3", "a\nleave\n");
    seen.push_str(&pinned::command(data.path(), "practice clinic", "\na\n\na\n\n"));
    seen.push_str(&pinned::session(
        data.path(),
        &[
            "history",
            "history --plain",
            "report 1",
            "practice clinic --missed --seed 1",
            "take clinic --seed 1 --plain",
        ],
    ));
    insta::assert_snapshot!(seen);
}

#[test]
fn a_question_whose_answer_was_shown_counts_as_answered_and_one_that_was_left_out_does_not() {
    let data = tempfile::tempdir().unwrap();
    let report = practiced(data.path(), "clinic --count 3 --seed 3", "a\n\nshow\n\nend\nyes\n");
    for line in
        ["Practice: 1 of 2 questions right.", "Missed: Closed book, 2.", "Left out: Open book, 1.", "1 of 2 right: "]
    {
        assert!(report.contains(line), "{line}: {report}");
    }
    let history = pinned::session(data.path(), &["history --plain"]);
    assert!(history.contains("; 1 of 2 right."), "{history}");
}

#[test]
fn what_is_misspelled_or_leaves_nothing_to_practice_says_what_there_is() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    insta::assert_snapshot!(pinned::session(
        data.path(),
        &[
            "practice clinc",
            "practice clinic --domain recrods",
            "practice clinic --topic nothing-like-it",
            "practice clinic --domain records --topic nothing-like-it",
            "practice rhit --domain Technology",
            "practice clinic --missed",
            "practice clinic --flagged --domain records",
            "practice clinic --missed --flagged",
            "practice clinic --count 0",
            "practice",
        ]
    ));
}

#[test]
fn problems_are_listed_and_written_for_the_author_and_a_reset_lets_nothing_count_as_missed() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "a b sure\nproblem \"A\" fits as well\n\nshow\nflag\nend\nyes\n";
    let mut seen = practiced(data.path(), "clinic --count 2 --seed 3", lines);
    seen.push_str(&pinned::session(
        data.path(),
        &[
            "problems",
            "problems --plain",
            "problems --write problems.toml",
            "problems --write problems.toml",
            "problems clinic --write problems.toml --force",
            "problems hospital",
            "practice clinic --reset",
            "practice clinic --missed --flagged",
            "practice clinic --reset --missed",
        ],
    ));
    let file = std::fs::read_to_string(data.path().join("problems.toml")).unwrap();
    let read: toml::Table = file.parse().unwrap();
    assert_eq!(read["problem"][0]["note"].as_str(), Some("\"A\" fits as well"));
    seen.push_str(&file);
    insta::assert_snapshot!(seen);
}

#[test]
fn a_mock_with_confidence_tells_where_one_was_sure_and_wrong_and_what_changing_did() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    let lines = "begin\na sure\n\nb\nc\n\na guess\nend\nyes\ncontinue\nb sure\nend\nyes\n";
    insta::assert_snapshot!(pinned::command(data.path(), "take clinic --seed 1 --confidence", lines));
}

#[test]
fn the_program_alone_goes_on_with_what_was_begun_and_else_says_what_to_practice() {
    let data = tempfile::tempdir().unwrap();
    let _filters = filters(data.path());
    practiced(data.path(), "clinic --count 2 --seed 3", "show\n\nshow\n\nshow\n\n");
    pinned::command(data.path(), "practice clinic --new --seed 4", "leave\n");
    insta::assert_snapshot!(pinned::session(data.path(), &[""]));
}
