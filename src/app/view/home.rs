//! The home screen: the exams, what is open, and what was sat. It says where a student can go, and nothing of its own.

use super::exam::ExamSummary;
use super::history::{AttemptRow, HistoryView, PracticeWeek};
use super::{SafeText, counted};
use crate::library::OpenPack;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::code::FormCode;
use examroom_core::id::ExamId;
use examroom_exchange::Label;

/// The home screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HomeView {
    /// The exams, each older outline after the one in force.
    pub exams: Vec<HomeExam>,
    /// The form that came with a bank.
    pub offered: Option<OfferedForm>,
    /// What cannot be offered, a sentence each; mostly nothing.
    pub remarks: Vec<SafeText>,
    /// What was sat and practiced.
    pub history: HistoryView,
    /// How the program was called.
    pub program: String,
}

/// An exam on the home screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeExam {
    /// Its id.
    pub id: ExamId,
    /// What it is.
    pub summary: ExamSummary,
    /// The outline that is in force, where this one is older.
    pub in_force: Option<ExamId>,
}

/// A form that came with a bank, for everybody who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedForm {
    /// The exam.
    pub exam: ExamId,
    /// The form's code.
    pub code: FormCode,
    /// The file that it came in, and who made it.
    pub from: SafeText,
}

impl OfferedForm {
    /// The form that came with a bank; none where its code cannot be read.
    #[must_use]
    pub fn of(pack: &OpenPack) -> Option<Self> {
        let Label { exam, form, author, .. } = &pack.label;
        let file = pack.path.file_name().unwrap_or_default().to_string_lossy();
        let from = author.as_ref().map_or_else(|| file.to_string(), |author| format!("{file} by {author}"));
        Some(Self { exam: ExamId::new(exam), code: form.as_ref()?.parse().ok()?, from: SafeText::new(&from) })
    }

    /// Whom it is for.
    #[must_use]
    pub fn words(&self) -> String {
        format!("for everybody who has {}", self.from)
    }
}

impl HomeExam {
    /// The exam of a blueprint.
    #[must_use]
    pub fn new(blueprint: &Blueprint, in_force: Option<&ExamId>) -> Self {
        Self { id: blueprint.id.clone(), summary: ExamSummary::new(blueprint), in_force: in_force.cloned() }
    }

    /// `150 questions, 3 hours 30 minutes, pass mark 300 of 400. An older outline; in force is rhit-2023.`
    #[must_use]
    pub fn words(&self) -> String {
        let ExamSummary { questions, time, pass_mark, .. } = &self.summary;
        let outline = match &self.in_force {
            Some(in_force) => format!(" An older outline; in force is {in_force}."),
            None => String::new(),
        };
        format!("{}, {time}, pass mark {pass_mark}.{outline}", counted(*questions as usize, "question"))
    }
}

impl HomeView {
    /// The attempts that can be continued, the newest first.
    pub fn open(&self) -> impl Iterator<Item = &AttemptRow> {
        self.history.attempts.iter().filter(|attempt| attempt.is_open)
    }

    /// The attempts that can be looked back on, the newest first.
    pub fn finished(&self) -> impl Iterator<Item = &AttemptRow> {
        self.history.attempts.iter().filter(|attempt| attempt.is_finished)
    }

    /// What the last week of practice came to.
    #[must_use]
    pub fn last_week(&self) -> Option<String> {
        let week: &PracticeWeek = self.history.weeks.last()?;
        Some(format!("In the week of {}: {}.", week.monday, week.words()))
    }
}
