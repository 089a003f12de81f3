//! Every refusal of a session: what leads to it, and the sentence that the candidate reads.

use std::fmt::Write as _;
use std::sync::Arc;

use examroom_app::view::announcement;
use examroom_core::form::Slot;
use examroom_core::id::ChoiceId;
use examroom_core::session::{self, Command, NOTE_LENGTH, Passage, Refusal, Rules, Session, TimeAllowance};
use examroom_core::time::Timestamp;

use crate::forms::{RULES, sample};

/// The commands that lead to a refusal, the last of which is refused. A refusal without an entry does not compile.
fn commands_to(refusal: Refusal) -> Vec<Command> {
    use Command::{
        Begin, Confidence, EndBreak, EndSection, Extend, Flag, GoTo, Highlight, Leave, Next, Note, OpenShelf, Previous,
        Reveal, Review, Select, Submit,
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
        Refusal::TooFewChoices { .. } => vec![Begin, Next, select("a"), Reveal],
        Refusal::Revealed => vec![Begin, select("a"), Reveal, select("b")],
        Refusal::NoFeedback => vec![Begin, Reveal],
        Refusal::NoConfidence => vec![Begin, Confidence(session::Confidence::Sure)],
        Refusal::NoSuchPassage => vec![Begin, Highlight(Passage { from: 3, to: 3 })],
        Refusal::ClosedBook => vec![Begin, OpenShelf],
        Refusal::NoTimeLimit => vec![Begin, Extend(5)],
        Refusal::FirstQuestion => vec![Begin, Previous],
        Refusal::LastQuestion => vec![Begin, Review, Next],
        Refusal::BadExtension { .. } => vec![Begin, Extend(0)],
        Refusal::NoteTooLong { .. } => vec![Begin, Note("n".repeat(NOTE_LENGTH + 1))],
    }
}

/// The rules under which it can come.
fn rules_for(refusal: Refusal) -> Rules {
    match refusal {
        Refusal::TooFewChoices { .. } | Refusal::Revealed | Refusal::NoTimeLimit => {
            Rules::practice(TimeAllowance::Unlimited)
        }
        _ => RULES,
    }
}

const EVERY: [Refusal; 22] = [
    Refusal::ClosedBook,
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
    Refusal::TooFewChoices { wanted: 2 },
    Refusal::Revealed,
    Refusal::NoFeedback,
    Refusal::NoConfidence,
    Refusal::NoSuchPassage,
    Refusal::NoTimeLimit,
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
        let mut session = Session::new(Arc::new(form), rules_for(refusal));
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
