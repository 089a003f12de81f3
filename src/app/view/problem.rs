//! What seemed wrong with questions, for the author of their bank.

use std::fmt::Write as _;

use super::{SafeText, counted};
use examroom_core::form::Slot;
use examroom_core::session::Session;

/// What a candidate noted about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemView {
    /// The exam in whose bank the question is at home.
    pub exam: SafeText,
    /// The question's id.
    pub id: SafeText,
    /// The hash of everything that the bank said of the question, so that its author can tell whether it has changed since.
    pub hash: String,
    /// The ids of the choices that were picked, as the bank names them.
    pub answer: Vec<SafeText>,
    /// Their letters, as the candidate saw them.
    pub letters: Vec<char>,
    /// What was noted.
    pub note: SafeText,
}

impl ProblemView {
    /// The problems noted in a session.
    #[must_use]
    pub fn of(session: &Session) -> Vec<Self> {
        let form = session.form();
        let problem = |slot: Slot| {
            let question = form.question(slot)?;
            let item = &question.item;
            let state = session.item_state(slot);
            (!state.problem().is_empty()).then(|| Self {
                exam: SafeText::new(form.home().as_str()),
                id: SafeText::new(item.id.as_str()),
                hash: item.text_hash().map_or_else(|_| String::new(), |hash| hash.to_string()),
                answer: state.selected().iter().map(|choice| SafeText::new(choice.as_str())).collect(),
                letters: question.letters(state.selected()),
                note: SafeText::new(state.problem()),
            })
        };
        form.questions().filter_map(|(slot, _)| problem(slot)).collect()
    }

    /// The answer as it is listed: by the letters that the candidate saw.
    #[must_use]
    pub fn answered(&self) -> String {
        match &self.letters[..] {
            [] => "none".to_owned(),
            letters => letters.iter().map(char::to_string).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The problems of a candidate, as they may be listed beside an exam that is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Those of questions whose answers were shown.
    pub listed: Vec<ProblemView>,
    /// How many there are of other questions. Their ids may hint at the answers.
    pub others: usize,
}

impl Problems {
    /// Said where there are none.
    pub const NONE: &'static str = "You have noted no problem with a question.";

    /// Adds those that were noted in a session.
    pub fn add(&mut self, session: &Session) {
        let all = ProblemView::of(session);
        if session.is_finished() {
            self.listed.extend(all);
        } else {
            self.others += all.len();
        }
    }

    /// What is said of those that are not listed.
    #[must_use]
    pub fn kept_back(&self) -> Option<String> {
        (self.others > 0).then(|| {
            let are = if self.others == 1 { "is" } else { "are" };
            format!(
                "{} of an exam or practice that is open {are} listed when it ends.",
                counted(self.others, "problem")
            )
        })
    }
}

/// The problems as the file for the author: TOML, as a bank is written.
#[must_use]
pub fn problems_file(problems: &[ProblemView]) -> String {
    let mut file =
        "# Written by examroom problems: what seemed wrong with questions. The hash is that of the question as it was \
                    answered.\n"
            .to_owned();
    for problem in problems {
        let answer: Vec<String> = problem.answer.iter().map(|choice| quoted(choice)).collect();
        let _ = write!(
            file,
            "\n[[problem]]\nexam = {}\nid = {}\nhash = {}\nanswer = [{}]\nnote = {}\n",
            quoted(&problem.exam),
            quoted(&problem.id),
            quoted(&problem.hash),
            answer.join(", "),
            quoted(&problem.note)
        );
    }
    file
}

/// A text as a TOML string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_is_quoted_cannot_leave_its_quotes() {
        assert_eq!(quoted("B \"and\" C\\D\nE"), "\"B \\\"and\\\" C\\\\D\\u000AE\"");
    }
}
