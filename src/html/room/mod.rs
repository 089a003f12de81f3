//! The exam room: every screen between the welcome and the score. All of them work by forms alone; a script, where there
//! is one, sends the same forms and puts the parts of the answer in place (`data-part`).

mod asked;
mod keys;
mod pause;
mod question;
mod review;
mod side;
mod welcome;

use std::time::Duration;

use examroom_app::view::SafeText;
use examroom_app::view::announcement::{saved_mark, time_left};
use examroom_app::view::notice::{LAST_MINUTES, MARKS};
use examroom_core::journal::Saved;
use examroom_core::time::{ClockFace, minutes};

pub use asked::AskedPage;
pub use keys::{HelpPage, Keys};
pub use pause::PausePage;
pub use question::QuestionPage;
pub use review::ReviewPage;
pub use side::{CalculatorPanel, HitLine, SheetView, ShelfPanel, Side, TableView};
pub use welcome::{LESSONS, TutorialPage, WelcomePage};

/// What every screen of the exam room has around it.
#[derive(Clone, Debug)]
pub struct Around {
    /// The section's name, or the exam's where it has one section only.
    pub title: SafeText,
    /// The question's number, and of how many; none where no question is on the screen, or its number is hidden.
    pub number: Option<(usize, usize)>,
    /// The clock, where one runs.
    pub clock: Option<Clock>,
    /// Whether everything is saved; nothing before the exam has begun.
    pub saved: Option<Mark>,
    /// What the candidate is told.
    pub banners: Vec<Banner>,
    /// How many events the attempt had when the page was made. Every form sends it back.
    pub after: usize,
    /// The place in the form of the question on the screen. Every form sends it back.
    pub question: Option<usize>,
    /// How the exam is looked at, as it stands in the address after the question mark. Every form sends it back.
    pub look: String,
    /// The same as fields, for forms that change it.
    pub fields: Vec<(&'static str, String)>,
}

/// The time left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// In milliseconds, when the page was made.
    pub left: u128,
    /// As the clock shows it.
    pub face: String,
    /// Whether these are the last minutes.
    pub is_low: bool,
    /// Whether it is shown.
    pub is_shown: bool,
    /// What is said when so many milliseconds are left, the longest first.
    pub notices: Vec<(u128, String)>,
    /// From how many milliseconds on the clock stands out.
    pub low_from: u128,
}

impl Clock {
    /// The clock with this much left.
    #[must_use]
    pub fn new(left: Duration, is_shown: bool) -> Self {
        let is_low = left <= LAST_MINUTES;
        Self {
            left: left.as_millis(),
            face: ClockFace(left).to_string(),
            is_low,
            is_shown: is_shown || is_low,
            notices: MARKS.map(|mark| (minutes(mark).as_millis(), time_left(minutes(mark)))).to_vec(),
            low_from: LAST_MINUTES.as_millis(),
        }
    }
}

/// Whether everything is saved, in a word or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it says.
    pub word: &'static str,
    /// How it stands out.
    pub class: &'static str,
}

impl Mark {
    /// The mark of what the store says.
    #[must_use]
    pub const fn new(saved: &Saved) -> Self {
        let class = match saved {
            Saved::Yes => "",
            Saved::NotYet => "is-waiting",
            Saved::No { .. } | Saved::TakenOver => "is-failed",
        };
        Self { word: saved_mark(saved), class }
    }
}

/// Something that the candidate is told, above the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// What is told.
    pub text: SafeText,
    /// How much it matters.
    pub tone: Tone,
}

/// How much a banner matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is good to know.
    Plain,
    /// Something is not saved.
    Alarm,
}

impl Tone {
    /// The class that shows it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Plain => "banner",
            Self::Alarm => "banner banner-alarm",
        }
    }
}
