//! What the page needs of the program around it: exams, attempts and where they are kept.

use jiff::civil::Date;

use examroom_app::live::LiveSession;
use examroom_app::view::exam::ExamView;
use examroom_app::view::help::Help;
use examroom_app::view::history::HistoryView;
use examroom_app::view::home::OfferedForm;
use examroom_app::view::practice_start::{PracticePreview, PracticeReset, PracticeStartView};
use examroom_app::view::problem::Problems;
use examroom_core::form::Slot;
use examroom_core::form::code::FormCode;
use examroom_core::id::ItemId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Change, Outcome, ScoreReport};
use examroom_core::session::{AwayPolicy, ConfidencePolicy, Session, TimeAllowance};
use examroom_core::study::Wish;

/// What is asked of the program before and after a sitting.
pub trait Desk: Send {
    /// The exams that can be sat.
    ///
    /// # Errors
    /// When they cannot be listed.
    fn exams(&mut self) -> Result<Vec<ExamLine>, Trouble>;

    /// The attempts, the newest first.
    ///
    /// # Errors
    /// When they cannot be listed.
    fn attempts(&mut self) -> Result<Vec<AttemptLine>, Trouble>;

    /// What was sat, with its progress.
    ///
    /// # Errors
    /// When the attempts cannot be read.
    fn history(&mut self) -> Result<HistoryView, Trouble>;

    /// What an exam is made of.
    ///
    /// # Errors
    /// When there is no such exam, or its blueprint has errors.
    fn exam(&mut self, id: &str) -> Result<ExamView, Trouble>;

    /// What can be practiced of an exam, and what a wish would come to.
    ///
    /// # Errors
    /// When there is no such exam, its bank has errors, or the attempts cannot be read.
    fn practice_start(&mut self, exam: &str, wish: &Wish) -> Result<PracticeOffer, Trouble>;

    /// Lets nothing of an exam count as missed or flagged any more; what is said of it.
    ///
    /// # Errors
    /// When there is no such exam, or it cannot be kept.
    fn start_practice_over(&mut self, exam: &str) -> Result<String, Trouble>;

    /// Draws the questions of a practice and opens it.
    ///
    /// # Errors
    /// When there is nothing to practice, or it cannot be kept.
    fn practice(&mut self, wanted: &PracticeWanted) -> Result<LiveSession, Trouble>;

    /// Draws a form and opens a sitting of it.
    ///
    /// # Errors
    /// When there is no form, or it cannot be kept.
    fn take(&mut self, wanted: &Wanted) -> Result<LiveSession, Trouble>;

    /// Opens an attempt that was left.
    ///
    /// # Errors
    /// When it is finished, cannot be read, or is open elsewhere and is not to be taken over.
    fn resume(&mut self, id: AttemptId, elsewhere: Elsewhere) -> Result<LiveSession, Trouble>;

    /// What was noted as wrong with questions.
    ///
    /// # Errors
    /// When the attempts cannot be read.
    fn problems(&mut self) -> Result<Problems, Trouble>;

    /// Notes what seems wrong with a question of a finished attempt.
    ///
    /// # Errors
    /// When there is no such question, the attempt is open elsewhere, or it cannot be kept.
    fn note_problem(&mut self, attempt: AttemptId, question: Slot, text: &str) -> Result<(), Trouble>;

    /// The questions of a finished attempt that the bank has otherwise now; none where it cannot be read.
    fn changes(&mut self, attempt: AttemptId) -> Vec<(ItemId, Change)>;

    /// Records how the real exam went: what is said of it, a sentence or two.
    ///
    /// # Errors
    /// When there is no such exam, the day has not come, or it cannot be kept.
    fn record(&mut self, exam: &str, outcome: Outcome, day: Date) -> Result<String, Trouble>;

    /// The day on which this is.
    fn today(&mut self) -> Date;

    /// A finished attempt with its score.
    ///
    /// # Errors
    /// When there is none, or it is not finished.
    fn finished(&mut self, id: AttemptId) -> Result<(Session, ScoreReport), Trouble>;
}

/// An exam that can be sat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `150 questions in 3 hours 30 minutes.`
    pub summary: String,
    /// The name of the exam whose outline is in force, where this one's is older.
    pub in_force: Option<String>,
    /// The form that came with its bank.
    pub offered: Option<OfferedForm>,
}

/// An attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptLine {
    /// Its number.
    pub id: AttemptId,
    /// The exam's id.
    pub exam: String,
    /// What it is, in a word or two; empty where that is not known.
    pub kind: &'static str,
    /// When it was begun, in the candidate's time.
    pub begun: String,
    /// Whether it has ended.
    pub is_finished: bool,
}

/// The sitting that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The exam's id.
    pub exam: String,
    /// Which of its questions.
    pub drawn: Drawn,
    /// How much more time than the exam's.
    pub time: TimeAllowance,
    /// Whether the clock runs while the candidate is away.
    pub clock: AwayPolicy,
    /// Whether the candidate may say how sure each answer is.
    pub confidence: ConfidencePolicy,
}

/// Which questions of an exam are to be sat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// As many as the exam has.
    Whole,
    /// So many, in the exam's proportions.
    Rehearsal(u32),
    /// Those of a form that others sit too.
    Coded(FormCode),
}

/// What can be practiced of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeOffer {
    /// What can be chosen.
    pub start: PracticeStartView,
    /// What the choices come to.
    pub preview: PracticePreview,
    /// What starting over would clear.
    pub reset: PracticeReset,
}

/// The practice that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeWanted {
    /// The exam's id.
    pub exam: String,
    /// Which questions, and how many.
    pub wish: Wish,
    /// Whether there is a limit to the time.
    pub time: TimeAllowance,
}

/// What becomes of an attempt that is open in another window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// It stays there.
    Stays,
    /// It is taken over.
    TakenOver,
}

/// Why something could not be done, for the candidate: sentences, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub lines: Vec<String>,
    /// What to do.
    pub helps: Vec<Help>,
    /// The attempt that is open in another window, which can be taken over.
    pub open_elsewhere: Option<AttemptId>,
}
