//! The program is killed, at every one of its calls and at any.

use super::disk::Dice;
use super::layer::Plan;
use super::sitting::{SCRIPT, Sitting, count_answers, run, saved};
use super::tally::{Tally, Wrong};

/// Where in a call the program is killed.
const PLACES: [&str; 3] = ["kill-before", "kill-in", "kill-after"];

/// Kills before, in and after each call of a sitting, or each so many-th, and starts again.
pub fn at_each_call(sitting: &Sitting, every: usize, tally: &mut Tally, mut goes_on: impl FnMut() -> bool) {
    let points = (1..=sitting.calls).flat_map(|call| PLACES.map(|place| (call, place)));
    for (call, place) in points.step_by(every) {
        if !goes_on() {
            return;
        }
        let trial = sitting.trial();
        let plan = format!("{call} {place}");
        let said = trial.run(&["resume"], SCRIPT, &Plan::action(plan.clone()));
        let mut verdict = sitting.judge(&trial.data, said.saved());
        if verdict.is_ok() && said.code.is_some() {
            // This run was over before that call: the beats of the clock come when they come.
            continue;
        }
        // The same question, the same order, nothing doubled: the program itself goes on with it.
        let there = trial.events().map_or(0, |events| count_answers(&events));
        let again = trial.run(&["resume"], "time\nleave\n", &Plan::default());
        if verdict.is_ok() && (again.code != Some(0) || (there > 0 && !again.out.contains(" of 6 answered"))) {
            verdict = Err((Wrong::Lost, format!("it does not go on: {}{}", again.out, again.err)));
        }
        tally.take(&plan, verdict);
    }
}

/// How many runs of one attempt are killed, but for those that end before that call.
const CHAIN: usize = 250;

/// Kills and resumes one long exam again and again, at calls of chance; then begins the next.
pub fn at_random(seed: u64, tally: &mut Tally, mut goes_on: impl FnMut() -> bool) {
    let mut dice = Dice(seed);
    while goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let take = ["take", "rhit", "--seed", "7"];
        assert_eq!(run(&data, &take, "begin\nleave\n", &Plan::default()).code, Some(0));
        let questions = questions_with_one_key(&data);
        let mut before = Vec::new();
        for run_number in 0..CHAIN {
            if !goes_on() {
                return;
            }
            // Answers that are never the same twice in a row, so that none can stand for another.
            let answers = 1 + dice.below(12);
            let question = questions[dice.below(questions.len())];
            let typed: String = (0..answers).map(|number| ["a\n", "b\n"][number % 2]).collect();
            let script = format!("go {question}\nclear\n{typed}");
            let plan = format!("{} {}", 1 + dice.below(70), PLACES[dice.below(3)]);
            let said = run(&data, &["resume"], &script, &Plan::action(plan.clone()));
            let verdict = follow(&data, &mut before, saved(&said.out), answers);
            if verdict.is_ok() && said.code.is_some() {
                continue;
            }
            tally.take(&format!("seed {seed}, run {run_number}: {plan}"), verdict);
        }
    }
}

/// The numbers of the questions on which every answer replaces the one before.
fn questions_with_one_key(data: &std::path::Path) -> Vec<usize> {
    let store = examroom_store::Store::open_to_read(data).unwrap().unwrap();
    let form = store.load(store.list().unwrap()[0].id).unwrap().session.form().clone();
    (1..)
        .zip(form.questions())
        .filter(|(_, (_, question))| question.item.key.len() == 1)
        .map(|(number, _)| number)
        .collect()
}

/// Whether the journal is what it was, and then holds at least what was called saved and at most what was typed.
fn follow(
    data: &std::path::Path,
    before: &mut Vec<examroom_core::session::JournalEntry>,
    called_saved: usize,
    typed: usize,
) -> super::tally::Verdict {
    let corrupt = |what: &dyn std::fmt::Debug| (Wrong::Corrupt, format!("{what:?}"));
    let store = examroom_store::Store::open_to_read(data).map_err(|error| corrupt(&error))?;
    let store = store.ok_or((Wrong::Lost, "there is no store".to_owned()))?;
    let attempts = store.list().map_err(|error| corrupt(&error))?;
    if attempts.len() != 1 {
        return Err((Wrong::Doubled, format!("{} attempts", attempts.len())));
    }
    let attempt = store.load(attempts[0].id).map_err(|error| corrupt(&error))?;
    let journal = attempt.session.journal();
    let Some(new) = journal.strip_prefix(before.as_slice()) else {
        return Err((Wrong::Lost, format!("of {} events, some are gone or others", before.len())));
    };
    let events: Vec<_> = new.iter().map(|entry| entry.event.clone()).collect();
    let found = count_answers(&events);
    *before = journal.to_vec();
    match found {
        _ if found < called_saved => Err((Wrong::Lost, format!("{called_saved} were called saved, {found} are there"))),
        _ if found > typed => Err((Wrong::Doubled, format!("{typed} were typed, {found} are there"))),
        _ => Ok(()),
    }
}
