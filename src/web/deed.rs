//! What the form of a page asks for, as commands of the session: the same that the keys of the terminal send.

use crate::fields::{Fields, one_line};
use examroom_app::view::question::QuestionView;
use examroom_core::form::Slot;
use examroom_core::session::{Command, Passage, Session};

/// Said where an answer is to be checked that was not given.
const PICK_FIRST: &str = "Pick a choice first, or choose to be shown the right answer.";

/// What a form asks for, by the value of the button that sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Keeps the choices as they are picked on the page, then does this.
    Answer(Then),
    /// A command that needs nothing from the page.
    Send(Command),
    /// Shows the question of this number.
    GoTo(usize),
    /// Highlights words of the stem, or removes that.
    Highlight(String),
}

/// What follows the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    Nothing,
    Send(Command),
    /// Strikes out the choice with this letter, or takes that back.
    Strike(char),
    /// Removes whatever is picked, also on the page.
    Clear,
    /// Shows whether the answer is right, where there is one.
    Check,
}

impl Deed {
    /// What a form asks for; `None` where it is nothing that changes an attempt.
    pub fn of(form: &Fields<'_>) -> Option<Self> {
        Some(match form.first("do")? {
            "save" => Self::Answer(Then::Nothing),
            "next" => Self::Answer(Then::Send(Command::Next)),
            "previous" => Self::Answer(Then::Send(Command::Previous)),
            "review" => Self::Answer(Then::Send(Command::Review)),
            "flag" => Self::Answer(Then::Send(Command::Flag)),
            "clear" => Self::Answer(Then::Clear),
            "reveal" => Self::Answer(Then::Send(Command::Reveal)),
            "check" => Self::Answer(Then::Check),
            "begin" => Self::Send(Command::Begin),
            "take-break" => Self::Send(Command::StartBreak),
            "note" => Self::Send(Command::Note(one_line(form.first("note")?))),
            "problem" => Self::Send(Command::Problem(one_line(form.first("problem")?))),
            "extend" => Self::Send(Command::Extend(form.number("minutes").unwrap_or(0))),
            "highlight" => match (form.number("from"), form.number("to")) {
                (Some(from), Some(to)) => Self::Send(Command::Highlight(Passage { from, to })),
                _ => Self::Highlight(form.first("words")?.to_owned()),
            },
            "clear-highlights" => Self::Send(Command::ClearHighlights),
            "go" => Self::GoTo(form.number("number").unwrap_or(0)),
            word => match word.split_once('-') {
                Some(("go", number)) => Self::GoTo(number.parse().unwrap_or(0)),
                Some(("strike", letter)) => Self::Answer(Then::Strike(letter.chars().next()?)),
                _ => Self::Answer(Then::Send(Command::Confidence(word.parse().ok()?))),
            },
        })
    }

    /// What is said of it where it does nothing; `picked` are the letters that were picked on the page.
    pub fn objection(&self, picked: &[char]) -> Option<&'static str> {
        (*self == Self::Answer(Then::Check) && picked.is_empty()).then_some(PICK_FIRST)
    }

    /// The commands of it, on the session as its page showed it. `picked` are the letters that were picked on the page.
    pub fn commands(&self, session: &Session, picked: &[char]) -> Vec<Command> {
        match self {
            Self::Send(command) => vec![command.clone()],
            Self::GoTo(number) => {
                let slot = session.section().and_then(|(section, _)| session.form().slot(section, *number));
                vec![Command::GoTo(slot.unwrap_or(Slot(u32::MAX)))]
            }
            Self::Highlight(words) => view(session).map(|view| view.highlight(words)).into_iter().collect(),
            Self::Answer(Then::Clear) => vec![Command::Clear],
            Self::Answer(then) => {
                let view = view(session);
                let mut commands = view.as_ref().map_or_else(Vec::new, |view| answer(view, picked));
                match then {
                    Then::Send(command) => commands.push(command.clone()),
                    Then::Strike(letter) => {
                        let choices = view.iter().flat_map(|view| &view.choices);
                        let struck = choices.filter(|choice| choice.letter == *letter);
                        commands.extend(struck.map(|choice| Command::Strike(choice.id.clone())));
                    }
                    // Only who asks for the answer is shown it without having given one.
                    Then::Check if picked.is_empty() => {}
                    Then::Check => commands.push(Command::Reveal),
                    Then::Nothing | Then::Clear => {}
                }
                commands
            }
        }
    }
}

/// The question on the screen.
fn view(session: &Session) -> Option<QuestionView> {
    session.current_slot().and_then(|slot| QuestionView::new(session, slot))
}

/// The letters that a form has picked.
pub(crate) fn picked(form: &Fields<'_>) -> Vec<char> {
    form.all("choice").filter_map(|letter| letter.chars().next()).collect()
}

/// What makes the answer of a question that of the page. A page on which nothing is picked takes nothing back where one
/// choice is wanted: its bubbles cannot be emptied, and a form without any has none.
fn answer(view: &QuestionView, picked: &[char]) -> Vec<Command> {
    let is_picked = |letter: char| picked.contains(&letter);
    let removed = view.choices.iter().filter(|choice| choice.selected && !is_picked(choice.letter));
    let removed = removed.map(|choice| Command::Deselect(choice.id.clone()));
    let added = view.choices.iter().filter(|choice| !choice.selected && is_picked(choice.letter));
    let added = added.map(|choice| Command::Select(choice.id.clone()));
    if view.wanted == 1 { added.collect() } else { removed.chain(added).collect() }
}
