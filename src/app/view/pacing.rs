//! Where the time of a sitting went: each question's share of it, and each stretch of questions.

use std::time::Duration;

use super::{SafeText, counted};
use examroom_core::form::FormSection;
use examroom_core::scoring::{ItemScore, Mark, ScoreReport};
use examroom_core::session::{AttemptKind, Event, Session};
use examroom_core::time::{ClockFace, SpokenDuration, minutes};

/// As many stretches as a section is told in.
const STRETCHES: usize = 4;

/// A section with fewer questions is one stretch: what a few questions took says nothing about pace.
const WORTH_PARTING: usize = 20;

/// The pace of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct PacingView {
    /// The section's name.
    pub section: SafeText,
    /// The time that each question would take if all of the section's time were spent evenly.
    pub even: Duration,
    /// The questions in the order of the form.
    pub questions: Vec<Spent>,
    /// The section in stretches.
    pub stretches: Vec<Stretch>,
}

/// What a question took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// From 1 within the section.
    pub number: usize,
    /// How long it was on the screen.
    pub time: Duration,
    /// What it earned.
    pub mark: Mark,
}

/// Questions that follow each other, and what they took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// `1 to 38`
    pub questions: String,
    /// `52 minutes`
    pub time: String,
    /// What a question of them took on average, as `1:22`.
    pub each: String,
    /// `29 of 38`
    pub right: String,
}

impl PacingView {
    /// The pace of each section whose questions were seen; practice has none.
    #[must_use]
    pub fn sections(session: &Session, score: &ScoreReport) -> Vec<Self> {
        if session.kind() == AttemptKind::Practice {
            return Vec::new();
        }
        let section = |(index, section): (usize, &FormSection)| {
            let items = score.items.iter().filter(|item| item.section == section.id);
            let questions: Vec<Spent> = items.map(Spent::new).collect();
            let is_seen = questions.iter().any(|question| question.mark != Mark::NotReached);
            is_seen.then(|| Self {
                section: SafeText::new(&section.name),
                even: average(allowed(session, index), questions.len()),
                stretches: stretches(&questions),
                questions,
            })
        };
        session.form().sections.iter().enumerate().filter_map(section).collect()
    }

    /// `An even pace is 1 minute 24 seconds a question.`
    #[must_use]
    pub fn even_pace(&self) -> String {
        format!("An even pace is {} a question.", SpokenDuration(self.even))
    }

    /// What the plot shows, for those who do not see it.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("{}: the time spent on each of {}.", self.section, counted(self.questions.len(), "question"))
    }
}

impl Spent {
    fn new(item: &ItemScore) -> Self {
        Self { number: item.number, time: item.time, mark: item.mark }
    }
}

/// What the colors of a plot stand for.
#[must_use]
pub const fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "right",
        Mark::Wrong => "wrong",
        Mark::Omitted => "not answered",
        Mark::NotReached => "not reached",
    }
}

fn stretches(questions: &[Spent]) -> Vec<Stretch> {
    let parts = if questions.len() < WORTH_PARTING { 1 } else { STRETCHES };
    let size = questions.len().div_ceil(parts).max(1);
    let stretch = |part: &[Spent]| {
        let time: Duration = part.iter().map(|question| question.time).sum();
        let right = part.iter().filter(|question| question.mark == Mark::Right).count();
        let (first, last) = (part.first().map_or(0, |first| first.number), part.last().map_or(0, |last| last.number));
        Stretch {
            questions: if first == last { first.to_string() } else { format!("{first} to {last}") },
            time: SpokenDuration(time).to_string(),
            each: ClockFace(average(time, part.len())).to_string(),
            right: format!("{right} of {}", part.len()),
        }
    };
    questions.chunks(size).map(stretch).collect()
}

fn average(time: Duration, over: usize) -> Duration {
    time / u32::try_from(over.max(1)).unwrap_or(u32::MAX)
}

/// A section's time with what was added to it.
pub(super) fn allowed(session: &Session, section: usize) -> Duration {
    session.time_allowed(section) + extended(session, section)
}

fn extended(session: &Session, section: usize) -> Duration {
    let mut inside = None;
    let mut sum = Duration::ZERO;
    for event in session.journal() {
        match event.event {
            Event::Entered { section } => inside = Some(section as usize),
            Event::Extended { by_minutes } if inside == Some(section) => {
                sum += minutes(by_minutes);
            }
            _ => {}
        }
    }
    sum
}
