//! What a candidate is asked before anything that cannot be undone, and before leaving.

use super::announcement::away_policy;
use super::review::ReviewView;
use super::{counted, numbers};
use examroom_core::session::{Command, Mode, Session};

/// What the candidate has to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// To end the section, which cannot be entered again.
    EndSection,
    /// To end the exam and see the score.
    Submit,
    /// To end the break, which starts the next section's clock.
    EndBreak,
    /// To leave, and continue another time.
    Leave,
}

impl Confirmation {
    /// What follows when it is confirmed; `None` for leaving, which ends the front end.
    #[must_use]
    pub const fn command(self) -> Option<Command> {
        match self {
            Self::EndSection => Some(Command::EndSection),
            Self::Submit => Some(Command::Submit),
            Self::EndBreak => Some(Command::EndBreak),
            Self::Leave => None,
        }
    }
}

/// The question, and what the candidate should know before answering it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmationView {
    /// What is asked about.
    pub of: Confirmation,
    /// A question that yes or no answers.
    pub title: String,
    /// A sentence or two each.
    pub lines: Vec<String>,
    /// What a button says that does it.
    pub yes: &'static str,
    /// What a button says that changes nothing.
    pub back: &'static str,
}

impl ConfirmationView {
    /// The question; `None` where there is nothing to ask about.
    #[must_use]
    pub fn new(of: Confirmation, session: &Session) -> Option<Self> {
        let (title, lines, yes, back) = match of {
            Confirmation::EndSection => {
                let (section, _) = session.section()?;
                let review = ReviewView::new(session, section);
                let lines = if is_practice(session) { before_practice_ends(&review) } else { before_the_end(&review) };
                if review.is_last {
                    let end = if is_practice(session) { "End practice" } else { "End the exam" };
                    (format!("{end}?"), lines, end, "Go back")
                } else {
                    (format!("End {}?", review.section), lines, "End this section", "Go back")
                }
            }
            Confirmation::Submit if is_practice(session) => {
                ("End practice?".to_owned(), before_submitting(session), "End practice", "Go back")
            }
            Confirmation::Submit => {
                ("Submit the whole exam?".to_owned(), before_submitting(session), "Submit", "Go back")
            }
            Confirmation::EndBreak => (
                "Continue now?".to_owned(),
                vec!["The next section starts at once, and its clock with it.".to_owned()],
                "Continue",
                "Stay on the break",
            ),
            Confirmation::Leave => (
                "Leave the exam room?".to_owned(),
                vec![
                    away_policy(session.rules().away_policy).to_owned(),
                    "Your answers are kept, and nothing is submitted. Resume with the same program.".to_owned(),
                ],
                "Leave",
                "Stay",
            ),
        };
        Some(Self { of, title, lines, yes, back })
    }
}

fn before_the_end(review: &ReviewView) -> Vec<String> {
    let open = review.unanswered();
    let mut lines = if open.is_empty() {
        vec!["Every question is answered.".to_owned()]
    } else {
        vec![
            format!("{} not answered: {}.", counted(open.len(), "question"), numbers(&open)),
            "An unanswered question counts as wrong; a guess costs nothing.".to_owned(),
        ]
    };
    lines.push(if review.is_last {
        "This ends the exam. Your answers cannot be changed afterward.".to_owned()
    } else {
        format!("You cannot come back to this section ({}).", review.section)
    });
    lines
}

fn is_practice(session: &Session) -> bool {
    session.rules().mode == Mode::Practice
}

fn before_practice_ends(review: &ReviewView) -> Vec<String> {
    let open = review.unanswered();
    if open.is_empty() {
        return vec!["Every question is answered.".to_owned()];
    }
    vec![
        format!("{} not answered: {}.", counted(open.len(), "question"), numbers(&open)),
        "Those that you have not seen stay new; the others can be practiced again.".to_owned(),
    ]
}

fn before_submitting(session: &Session) -> Vec<String> {
    let open = (0..session.form().sections.len()).map(|section| session.incomplete(section).len()).sum();
    if is_practice(session) {
        return vec![format!("This ends practice, with {} not answered.", counted(open, "question"))];
    }
    vec![
        format!("This submits the whole exam, with {} not answered.", counted(open, "question")),
        "Your answers cannot be changed afterward.".to_owned(),
    ]
}
