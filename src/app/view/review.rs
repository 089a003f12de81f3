//! The list of a section's questions: which are answered, which are not, which are flagged.

use super::SafeText;
use examroom_core::form::Slot;
use examroom_core::session::Session;

/// How a question stands on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As many choices picked as the question wants.
    Answered,
    /// Fewer choices picked than the question wants.
    Partly,
    /// Seen, and nothing picked.
    Unanswered,
    /// Never on the screen.
    NotSeen,
}

impl State {
    /// As the list calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Partly => "incomplete",
            Self::Unanswered => "unanswered",
            Self::NotSeen => "not seen",
        }
    }
}

/// A question on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place in the form.
    pub slot: Slot,
    /// From 1 within the section.
    pub number: usize,
    /// How far it is answered.
    pub state: State,
    /// Whether the candidate flagged it.
    pub flagged: bool,
    /// Whether the candidate wrote a note on it.
    pub has_note: bool,
    /// The letters picked.
    pub letters: String,
    /// The beginning of the stem.
    pub stem: SafeText,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Every question of the section.
    #[default]
    All,
    /// Those that lack a choice or all of them.
    Unanswered,
    /// Those that the candidate flagged.
    Flagged,
}

impl Filter {
    /// The filters in the order in which they follow each other.
    pub const ALL: [Self; 3] = [Self::All, Self::Unanswered, Self::Flagged];

    /// As it is called on the screen, and typed at the prompt.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unanswered => "unanswered",
            Self::Flagged => "flagged",
        }
    }

    /// The next one in turn.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Unanswered,
            Self::Unanswered => Self::Flagged,
            Self::Flagged => Self::All,
        }
    }

    /// Whether it lets this row through.
    #[must_use]
    pub fn admits(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Unanswered => row.state != State::Answered,
            Self::Flagged => row.flagged,
        }
    }
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// The section's name.
    pub section: SafeText,
    /// One for each question, in order.
    pub rows: Vec<Row>,
    /// Whether ending this section ends the exam.
    pub is_last: bool,
}

impl ReviewView {
    /// The list of a section.
    #[must_use]
    pub fn new(session: &Session, section: usize) -> Self {
        let form = session.form();
        let rows = session
            .slots(section)
            .filter_map(|slot| {
                let question = form.question(slot)?;
                let work = session.item_state(slot);
                let picked = work.selected().len();
                let state = if picked >= question.item.answer().count() {
                    State::Answered
                } else if picked > 0 {
                    State::Partly
                } else if work.is_seen() {
                    State::Unanswered
                } else {
                    State::NotSeen
                };
                let first_line = question.item.stem.lines().next().unwrap_or("");
                Some(Row {
                    slot,
                    number: form.number(slot),
                    state,
                    flagged: work.is_flagged(),
                    has_note: !work.note().is_empty(),
                    letters: question.letters(work.selected()).into_iter().collect(),
                    stem: SafeText::new(first_line),
                })
            })
            .collect();
        Self {
            section: SafeText::new(form.sections.get(section).map_or("", |section| &section.name)),
            rows,
            is_last: section + 1 >= form.sections.len(),
        }
    }

    /// How many are answered in full.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.rows.iter().filter(|row| row.state == State::Answered).count()
    }

    /// `140 of 150 answered, 3 flagged`.
    #[must_use]
    pub fn summary(&self) -> String {
        let flagged = self.rows.iter().filter(|row| row.flagged).count();
        format!("{} of {} answered, {flagged} flagged", self.answered(), self.rows.len())
    }

    /// The numbers of the questions that are not completely answered.
    #[must_use]
    pub fn unanswered(&self) -> Vec<usize> {
        self.rows.iter().filter(|row| row.state != State::Answered).map(|row| row.number).collect()
    }
}
