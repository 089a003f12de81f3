//! The system refuses a call, or does half of it, once or from then on.

use super::layer::Plan;
use super::sitting::{SCRIPT, Sitting, count_answers};
use super::tally::{Tally, Verdict, Wrong};

/// Once: interrupted, input/output error, no space, read-only file system, quota, half of it written.
pub const ONCE: &[&str] = &["fail 4", "fail 5", "fail 28", "fail 30", "fail 122", "short"];
/// From then on. `SQLite` tries again what was interrupted, for ever, and so it is not among these.
pub const LASTING: &[&str] =
    &["fail 5 lasting", "fail 28 lasting", "fail 30 lasting", "fail 122 lasting", "short lasting"];

/// Fails each call of a sitting in each of these ways, or each so many-th of them.
pub fn at_each_call(
    sitting: &Sitting,
    ways: &[&str],
    every: usize,
    tally: &mut Tally,
    mut goes_on: impl FnMut() -> bool,
) {
    let points = (1..=sitting.calls).flat_map(|call| ways.iter().map(move |way| format!("{call} {way}")));
    for plan in points.step_by(every) {
        if !goes_on() {
            return;
        }
        tally.take(&plan.clone(), one(sitting, plan));
    }
}

fn one(sitting: &Sitting, plan: String) -> Verdict {
    let trial = sitting.trial();
    let said = trial.run(&["resume"], SCRIPT, &Plan::action(plan));
    let words = |why: &str| Err((Wrong::FalseWords, format!("{why}: code {:?}, {}{}", said.code, said.out, said.err)));
    let typed = said.out.lines().filter(|line| line.contains("Chosen: ")).count();
    if typed == 0 {
        // It did not start: with a reason, a place and a way out, and with nothing begun.
        if said.code == Some(0) || !said.err.contains("help: ") {
            return words("it did not start, and does not say why and what to do");
        }
        return sitting.judge(&trial.data, 0);
    }
    let in_store = |verdict: &str| -> Result<usize, (Wrong, String)> {
        let events = trial.events().map_err(|(wrong, why)| (wrong, format!("{verdict}: {why}")))?;
        Ok(count_answers(&events))
    };
    let found = in_store("after the run")?;
    if found < said.saved() {
        return Err((Wrong::Lost, format!("{} answers were called saved, {found} are there", said.saved())));
    }
    if (said.calls_all_saved() || said.code == Some(0)) && found < typed {
        return words(&format!("{typed} answers were given and {found} are there, and all is called well"));
    }
    if found < typed && !said.err.contains("NOT SAVED") {
        return words(&format!("{typed} answers were given and {found} are there, and nobody was told"));
    }
    // The next start, without a fault, has everything, from wherever it was kept.
    let kept = said.err.contains("the next start of examroom saves it from there");
    let again = trial.run(&["history"], "", &Plan::default());
    let found = in_store("after the next start")?;
    if kept && found < typed {
        return Err((Wrong::Lost, format!("{typed} answers were kept, {found} came back: {}{}", again.out, again.err)));
    }
    if found > sitting.answers() {
        return Err((Wrong::Doubled, format!("{found} answers")));
    }
    Ok(())
}
