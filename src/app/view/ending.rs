//! What is said when a session ends here: one answer to how it ended and what of it is durable, for every front end.

use std::path::Path;

use super::SafeText;
use super::announcement::TAKEN_OVER;
use examroom_core::journal::{AttemptId, Saved, Unsaved};
use examroom_core::session::{AttemptKind, AwayPolicy, Mode, Session};
use examroom_core::text::counted;

/// How a session came to its end here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// The exam is finished.
    Finished,
    /// The candidate left.
    Left,
    /// The input ended, or the program was asked to end.
    Interrupted,
    /// The terminal is gone: nobody reads what is said.
    TerminalGone,
    /// Another process took the attempt over.
    TakenOver,
}

impl Departure {
    /// Whether somebody is there to be asked.
    #[must_use]
    pub fn is_attended(self) -> bool {
        matches!(self, Self::Finished | Self::Left)
    }
}

/// How much of a session is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Durability {
    /// Whether all of it is.
    pub saved: Saved,
    /// What is not, if anything.
    pub unsaved: Unsaved,
}

impl Durability {
    /// Why something is not durable, as a clause; `None` where everything is.
    fn why(&self) -> Option<String> {
        match &self.saved {
            Saved::Yes => None,
            Saved::NotYet => Some("the disk is slow".to_owned()),
            Saved::No { why } => Some(SafeText::new(why).to_string()),
            Saved::TakenOver => Some("another examroom has taken over this attempt".to_owned()),
        }
    }
}

/// What the caller of the program is told by its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The exam is finished, or was left on purpose.
    Complete,
    /// The exam was interrupted and can be continued.
    Unfinished,
    /// Something that happened in the exam is not in the store.
    NotSaved,
}

/// The last words of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// What is not saved, and where it is; `None` where everything is saved.
    pub alarm: Option<String>,
    /// What became of the exam, and how to go on.
    pub farewell: String,
    /// What becomes of an exam that is left, without how to go on; may be empty.
    pub left_behind: &'static str,
    /// What the exit code says of it.
    pub completion: Completion,
}

/// Words the end of a session. `program` is how the program is called; `elsewhere` is the file that holds what the store
/// does not.
#[must_use]
pub fn ending(
    how: Departure,
    durability: &Durability,
    session: &Session,
    id: AttemptId,
    program: &str,
    elsewhere: Option<&Path>,
) -> Ending {
    let resume = || format!("Continue with: {program} resume {id}");
    let is_saved = !durability.unsaved.matters();
    let is_practice = session.kind() == AttemptKind::Practice;
    let farewell = match how {
        Departure::TakenOver => TAKEN_OVER.to_owned(),
        Departure::Finished if is_saved && is_practice => {
            format!("Practice what you missed again: {program} practice {} --missed", session.form().exam)
        }
        Departure::Finished if is_saved => format!("Every question with its reasons: {program} report {id} --only all"),
        Departure::Finished if is_practice => format!("Practice has ended, but is not in the store. {}", resume()),
        Departure::Finished => format!("Your exam is submitted, but not in the store. {}", resume()),
        Departure::Left | Departure::Interrupted | Departure::TerminalGone => {
            format!("{} {}", left_behind(session, durability.unsaved), resume()).trim_start().to_owned()
        }
    };
    let completion = match how {
        _ if durability.unsaved.matters() => Completion::NotSaved,
        Departure::Finished | Departure::Left => Completion::Complete,
        Departure::Interrupted | Departure::TerminalGone | Departure::TakenOver => Completion::Unfinished,
    };
    let alarm = (completion == Completion::NotSaved).then(|| {
        let place = match elsewhere {
            Some(file) => {
                let file = SafeText::new(&file.display().to_string()).to_string();
                format!("It is kept in {file}, and the next start of examroom saves it from there.")
            }
            None => "It is lost.".to_owned(),
        };
        format!("NOT SAVED: {}. {place} {}", lacking(durability), SAVED_BEFORE)
    });
    Ending { alarm, farewell, left_behind: left_behind(session, durability.unsaved), completion }
}

/// What becomes of an exam that is left: whether it has begun, whether its answers are saved, and what its clock does.
fn left_behind(session: &Session, unsaved: Unsaved) -> &'static str {
    let rules = session.rules();
    match (session.began_at(), rules.away_policy, unsaved.matters()) {
        (None, ..) if rules.mode == Mode::Practice => "Practice has not begun.",
        (None, ..) => "The exam has not begun.",
        (Some(_), _, is_unsaved) if !rules.time_allowance.is_limited() => {
            if is_unsaved {
                ""
            } else {
                "Your answers are saved."
            }
        }
        (Some(_), AwayPolicy::StopsClock, false) => "Your answers are saved and the clock is paused.",
        (Some(_), AwayPolicy::StopsClock, true) => "The clock is paused.",
        (Some(_), AwayPolicy::ClockRuns, false) => "Your answers are saved. The clock keeps running.",
        (Some(_), AwayPolicy::ClockRuns, true) => "The clock keeps running.",
    }
}

const SAVED_BEFORE: &str = "What was reported as saved before is on disk.";

/// `3 answers are not on disk (the disk is full)`, as a clause.
fn lacking(durability: &Durability) -> String {
    let (what, is_one) = named(durability.unsaved);
    let verb = if is_one { "is" } else { "are" };
    let why = durability.why().map_or_else(String::new, |why| format!(" ({why})"));
    format!("{what} {verb} not on disk{why}")
}

/// What is missing, and whether it is one thing.
fn named(unsaved: Unsaved) -> (String, bool) {
    let mut parts = Vec::new();
    if unsaved.end {
        parts.push("the end of the exam".to_owned());
    }
    if unsaved.answers > 0 {
        parts.push(counted(unsaved.answers, "answer"));
    }
    if unsaved.marks > 0 {
        parts.push(format!("flags, notes or strikeouts of {}", counted(unsaved.marks, "question")));
    }
    let is_one = matches!((unsaved.end, unsaved.answers, unsaved.marks), (true, 0, 0) | (false, 0 | 1, 0));
    match parts.pop() {
        None => ("the time when you left".to_owned(), true),
        Some(last) if parts.is_empty() => (last, is_one),
        Some(last) => (format!("{} and {last}", parts.join(", ")), is_one),
    }
}

/// The line on a report whose attempt is not yet on disk; `None` where it is.
#[must_use]
pub fn report_line(durability: &Durability) -> Option<String> {
    (durability.saved != Saved::Yes)
        .then(|| format!("NOT SAVED: {}. Saving is retried while this is shown.", lacking(durability)))
}

/// What is told to somebody who leaves while the disk is still behind.
#[must_use]
pub fn waiting(durability: &Durability, at_most: std::time::Duration) -> String {
    let seconds = usize::try_from(at_most.as_secs()).unwrap_or(usize::MAX);
    format!(
        "{} yet. Saving is retried for {}.",
        super::sentence(&lacking(durability)).trim_end_matches('.'),
        counted(seconds, "second")
    )
}

/// What is asked when the wait is over, without the possible answers.
#[must_use]
pub fn still_waiting(durability: &Durability) -> String {
    format!("NOT SAVED: {}.", lacking(durability))
}

/// What leaving now means.
#[must_use]
pub fn leaving_now(unsaved: Unsaved) -> String {
    if unsaved.matters() {
        format!("If you leave now, you leave without {}.", named(unsaved).0)
    } else {
        "If you leave now, only the time when you left is lost.".to_owned()
    }
}

/// Says that the attempt was written into a file of the candidate's choice.
#[must_use]
pub fn written_elsewhere(file: &Path) -> String {
    format!("The whole attempt is in {}.", SafeText::new(&file.display().to_string()))
}

/// Says that the store was taken away during the exam, and where the attempt is.
#[must_use]
pub fn resettled(id: AttemptId, data: &Path) -> String {
    let data = SafeText::new(&data.display().to_string()).to_string();
    format!(
        "The file with your attempts in {data} was moved, replaced or removed during the exam. This attempt is whole in the \
         file that is there now, as attempt {id}; earlier ones are where the old file is."
    )
}

/// Says that a later start saved what could not be saved before; `None` where only the leaving was missing.
#[must_use]
pub fn taken_in(id: AttemptId, unsaved: Unsaved) -> Option<String> {
    let (what, is_one) = named(unsaved);
    let (were, are) = if is_one { ("was", "is") } else { ("were", "are") };
    unsaved.matters().then(|| {
        super::sentence(&format!(
            "{what} of attempt {id}, which could not be saved before, {were} kept and {are} saved now"
        ))
    })
}

/// Says how much of a damaged attempt could be read; `session` is what became of it, where that can be told.
#[must_use]
pub fn cut_short(id: AttemptId, events: usize, session: Option<&Session>) -> String {
    let answers = session.map_or_else(String::new, |session| {
        let sections = 0..session.form().sections.len();
        let slots = sections.flat_map(|section| session.slots(section));
        let answered = slots.filter(|slot| !session.item_state(*slot).selected().is_empty()).count();
        format!(", and with them the answers to {}", counted(answered, "question"))
    });
    format!("Of attempt {id}, only the first {} could be read{answers}.", counted(events, "event"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::conformance::{RULES, form};
    use examroom_core::session::Command;
    use examroom_core::time::Timestamp;

    const ANSWERS: Unsaved = Unsaved { answers: 3, marks: 0, end: false, events: 5 };

    fn durability(saved: Saved) -> Durability {
        let unsaved = if saved == Saved::Yes { Unsaved::default() } else { ANSWERS };
        Durability { saved, unsaved }
    }

    fn every_saved() -> [Saved; 4] {
        [Saved::Yes, Saved::NotYet, Saved::No { why: "the disk is full".to_owned() }, Saved::TakenOver]
    }

    const EVERY_DEPARTURE: [Departure; 5] =
        [Departure::Finished, Departure::Left, Departure::Interrupted, Departure::TerminalGone, Departure::TakenOver];

    fn begun() -> Session {
        let mut session = Session::new(form(), RULES);
        session.apply(Command::Begin, Timestamp(0)).unwrap();
        session
    }

    fn words(how: Departure, durability: &Durability, elsewhere: Option<&Path>) -> Ending {
        ending(how, durability, &begun(), AttemptId(4), "examroom", elsewhere)
    }

    #[test]
    fn nothing_is_called_saved_or_finished_and_no_exit_code_is_success_unless_everything_is_durable() {
        for how in EVERY_DEPARTURE {
            for saved in every_saved() {
                let is_saved = saved == Saved::Yes;
                let said = words(how, &durability(saved), None);
                assert_eq!(said.alarm.is_none(), is_saved, "{how:?}: {said:?}");
                assert_eq!(said.completion == Completion::NotSaved, !is_saved, "{how:?}: {said:?}");
                if !is_saved {
                    assert!(!said.farewell.contains("saved") && !said.farewell.contains("report"), "{said:?}");
                    let alarm = said.alarm.unwrap();
                    assert!(
                        alarm.starts_with("NOT SAVED: 3 answers are not on disk (") && alarm.contains("It is lost")
                    );
                }
            }
        }
    }

    #[test]
    fn the_words_say_where_the_rest_is_and_why_it_is_not_in_the_store() {
        let full = durability(Saved::No { why: "the disk is full\u{1b}".to_owned() });
        assert_eq!(
            words(Departure::Left, &full, Some(Path::new("/tmp/x"))).alarm.unwrap(),
            "NOT SAVED: 3 answers are not on disk (the disk is full<U+001B>). It is kept in /tmp/x, and the next start of \
             examroom saves it from there. What was reported as saved before is on disk."
        );
        assert!(report_line(&full).unwrap().starts_with("NOT SAVED: 3 answers"));
        assert_eq!(report_line(&durability(Saved::Yes)), None);
    }

    #[test]
    fn what_is_lacking_is_counted_as_a_candidate_counts() {
        let of = |end, answers, marks| named(Unsaved { answers, marks, end, events: 1 }).0;
        assert_eq!(of(false, 1, 0), "1 answer");
        assert_eq!(of(true, 2, 1), "the end of the exam, 2 answers and flags, notes or strikeouts of 1 question");
        assert_eq!(of(false, 0, 0), "the time when you left");
        assert_eq!(taken_in(AttemptId(1), Unsaved { events: 1, ..Unsaved::default() }), None);
    }

    #[test]
    fn an_exam_that_another_window_has_is_interrupted_here_and_no_loss_if_only_the_leaving_is_missing() {
        let place = Durability { saved: Saved::TakenOver, unsaved: Unsaved { events: 1, ..Unsaved::default() } };
        let said = words(Departure::TakenOver, &place, None);
        assert_eq!((said.alarm, said.completion), (None, Completion::Unfinished));
    }
}
