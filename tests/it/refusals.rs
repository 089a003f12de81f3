//! Every refusal of a session: what leads to it, and the sentence that the candidate reads.

use std::fmt::Write as _;
use std::sync::Arc;

use examroom_app::view::announcement;
use examroom_core::form::Slot;
use examroom_core::id::ChoiceId;
use examroom_core::session::{Command, NOTE_LENGTH, Refusal, Session};
use examroom_core::time::Timestamp;

use crate::forms::{RULES, sample};

/// The commands that lead to a refusal, the last of which is refused. A refusal without an entry does not compile.
fn commands_to(refusal: Refusal) -> Vec<Command> {
    use Command::{
        Begin, EndBreak, EndSection, Extend, Flag, GoTo, Leave, Next, Note, Previous, Review, Select, Submit,
    };
    let select = |choice: &str| Select(ChoiceId::new(choice));
    match refusal {
        Refusal::NotBegun => vec![Flag],
        Refusal::AlreadyBegun => vec![Begin, Begin],
        Refusal::Finished => vec![Begin, Submit, Flag],
        Refusal::Away => vec![Begin, Leave, Flag],
        Refusal::OnBreak => vec![Begin, EndSection, Flag],
        Refusal::NotOnBreak => vec![Begin, EndBreak],
        Refusal::BreakNotOver => vec![Begin, EndSection, EndBreak],
        Refusal::NoQuestionHere => vec![Begin, Review, Flag],
        Refusal::NoSuchQuestion { .. } => vec![Begin, GoTo(Slot(99))],
        Refusal::NoSuchChoice { .. } => vec![Begin, select("z")],
        Refusal::TooManyChoices { .. } => vec![Begin, Next, select("a"), select("b"), select("c")],
        Refusal::FirstQuestion => vec![Begin, Previous],
        Refusal::LastQuestion => vec![Begin, Review, Next],
        Refusal::BadExtension { .. } => vec![Begin, Extend(0)],
        Refusal::NoteTooLong { .. } => vec![Begin, Note("n".repeat(NOTE_LENGTH + 1))],
    }
}

const EVERY: [Refusal; 15] = [
    Refusal::NotBegun,
    Refusal::AlreadyBegun,
    Refusal::Finished,
    Refusal::Away,
    Refusal::OnBreak,
    Refusal::NotOnBreak,
    Refusal::BreakNotOver,
    Refusal::NoQuestionHere,
    Refusal::NoSuchQuestion { last: 4 },
    Refusal::NoSuchChoice { count: 4 },
    Refusal::TooManyChoices { wanted: 2 },
    Refusal::FirstQuestion,
    Refusal::LastQuestion,
    Refusal::BadExtension { most: 600 },
    Refusal::NoteTooLong { most: NOTE_LENGTH },
];

#[test]
fn each_refusal_changes_nothing_and_says_why() {
    let mut sentences = String::new();
    for refusal in EVERY {
        let mut form = sample();
        if refusal == Refusal::BreakNotOver {
            form.sections[0].break_after.as_mut().unwrap().optional = false;
        }
        let mut session = Session::new(Arc::new(form), RULES);
        let mut commands = commands_to(refusal);
        let last = commands.pop().unwrap();
        for command in commands {
            session.apply(command, Timestamp(0)).unwrap();
        }
        let before = session.clone();
        assert_eq!(session.apply(last, Timestamp(0)), Err(refusal));
        assert_eq!(session, before);
        writeln!(sentences, "{refusal:?}: {}", announcement::refusal(refusal)).unwrap();
    }
    insta::assert_snapshot!(sentences);
}
