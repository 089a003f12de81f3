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
    /// Keeps what is written on the page, and nothing more.
    Keep,
    /// A command.
    Send(Command),
    /// Shows the question of this number.
    GoTo(usize),
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
            "enter" => Self::entered(form),
            "note" | "problem" => Self::Keep,
            "extend" => Self::Send(Command::Extend(form.number("minutes").unwrap_or(0))),
            "highlight" => match (form.number("from"), form.number("to")) {
                (Some(from), Some(to)) => Self::Send(Command::Highlight(Passage { from, to })),
                _ => Self::Keep,
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

    /// What Enter asks for in a line of the page: what was typed into it.
    fn entered(form: &Fields<'_>) -> Self {
        match (form.number("number"), form.number("minutes")) {
            (Some(number), _) => Self::GoTo(number),
            (None, Some(minutes)) => Self::Send(Command::Extend(minutes)),
            (None, None) => Self::Keep,
        }
    }

    /// What is said of it where it does nothing.
    pub fn objection(&self, written: &Written) -> Option<&'static str> {
        (*self == Self::Answer(Then::Check) && written.picked.is_empty()).then_some(PICK_FIRST)
    }

    /// The commands of it, on the session as its page showed it: what is written on the page first.
    pub fn commands(&self, session: &Session, written: &Written) -> Vec<Command> {
        let mut commands = match self {
            Self::Answer(Then::Clear) => written.notes(session),
            Self::Answer(_) => [written.answer(session), written.notes(session)].concat(),
            Self::Keep | Self::Send(_) | Self::GoTo(_) => written.commands(session),
        };
        match self {
            Self::Answer(Then::Nothing) | Self::Keep => {}
            Self::Answer(Then::Clear) => commands.push(Command::Clear),
            Self::Answer(Then::Send(command)) | Self::Send(command) => commands.push(command.clone()),
            Self::Answer(Then::Strike(letter)) => {
                let choices = view(session).into_iter().flat_map(|view| view.choices);
                let struck = choices.filter(|choice| choice.letter == *letter);
                commands.extend(struck.map(|choice| Command::Strike(choice.id)));
            }
            // Only who asks for the answer is shown it without having given one.
            Self::Answer(Then::Check) if written.picked.is_empty() => {}
            Self::Answer(Then::Check) => commands.push(Command::Reveal),
            Self::GoTo(number) => {
                let slot = session.section().and_then(|(section, _)| session.form().slot(section, *number));
                commands.push(Command::GoTo(slot.unwrap_or(Slot(u32::MAX))));
            }
        }
        commands
    }
}

/// What stands on the page of a question, whichever of its buttons sends it: nothing that was typed is lost by pressing
/// another button than its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    /// The letters that were picked.
    picked: Vec<char>,
    /// Whether the page has choices to pick.
    choices: Choices,
    note: Option<String>,
    problem: Option<String>,
    /// Words of the stem that are to be highlighted, or no longer.
    words: Option<String>,
}

/// Whether a page has choices to pick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Choices {
    Shown,
    #[default]
    Absent,
}

impl Written {
    /// What stands in a form.
    pub fn of(form: &Fields<'_>) -> Self {
        let do_highlight = form.first("do") == Some("highlight");
        // A passage that is selected is meant, and not what was typed.
        let is_selected = form.number::<usize>("from").is_some();
        let is_meant = |words: &&str| !is_selected && (do_highlight || !words.trim().is_empty());
        Self {
            picked: form.all("choice").filter_map(|letter| letter.chars().next()).collect(),
            choices: if form.first("choices").is_some() { Choices::Shown } else { Choices::Absent },
            note: form.first("note").map(one_line),
            problem: form.first("problem").map(one_line),
            words: form.first("words").filter(is_meant).map(str::to_owned),
        }
    }

    /// The commands that keep all of it, on the session as its page showed it.
    pub fn commands(&self, session: &Session) -> Vec<Command> {
        let answer = if self.choices == Choices::Shown { self.answer(session) } else { Vec::new() };
        [answer, self.notes(session)].concat()
    }

    /// The commands that keep what was typed.
    fn notes(&self, session: &Session) -> Vec<Command> {
        let Some(view) = view(session) else { return Vec::new() };
        let note = self.note.clone().filter(|note| *note != *view.note).map(Command::Note);
        let problem = self.problem.clone().filter(|problem| *problem != *view.problem).map(Command::Problem);
        let words = self.words.as_deref().map(|words| view.highlight(words));
        note.into_iter().chain(problem).chain(words).collect()
    }

    /// The commands that make the answer of the question that of the page. A page on which nothing is picked takes nothing
    /// back where one choice is wanted: its bubbles cannot be emptied, and a form without any has none. What was answered
    /// for good has no choices on its page.
    fn answer(&self, session: &Session) -> Vec<Command> {
        let Some(view) = view(session).filter(|view| !session.item_state(view.slot).is_revealed()) else {
            return Vec::new();
        };
        let is_picked = |letter: char| self.picked.contains(&letter);
        let removed = view.choices.iter().filter(|choice| choice.selected && !is_picked(choice.letter));
        let removed = removed.map(|choice| Command::Deselect(choice.id.clone()));
        let added = view.choices.iter().filter(|choice| !choice.selected && is_picked(choice.letter));
        let added = added.map(|choice| Command::Select(choice.id.clone()));
        if view.wanted == 1 { added.collect() } else { removed.chain(added).collect() }
    }
}

/// The question on the screen.
fn view(session: &Session) -> Option<QuestionView> {
    session.current_slot().and_then(|slot| QuestionView::new(session, slot))
}
