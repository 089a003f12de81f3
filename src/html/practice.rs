//! Before practice: which questions, how many, and with or without a clock.

use askama::Template;

use crate::frame::{Assets, Frame, STYLESHEET};
use crate::room::Banner;
use examroom_app::view::practice_start::{
    DomainChoice, PracticePreview, PracticeReset, PracticeStartView, standing_words,
};
use examroom_core::id::{DomainId, TopicId};
use examroom_core::session::TimeAllowance;
use examroom_core::study::{Standing, Wish};

/// The page.
#[derive(Debug, Template)]
#[template(path = "practice.html")]
pub struct PracticePage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// Why what was chosen last leads nowhere.
    pub told: Vec<Banner>,
    /// What can be chosen.
    pub view: PracticeStartView,
    /// What the choices come to.
    pub preview: PracticePreview,
    /// What starting over would clear.
    pub reset: PracticeReset,
    /// What is chosen.
    pub wish: Wish,
    /// Whether a clock is.
    pub time: TimeAllowance,
}

impl PracticePage<'_> {
    fn is_narrowed(&self) -> bool {
        !self.wish.domains.is_empty() || !self.wish.topics.is_empty()
    }

    fn is_standing(&self, standing: Standing) -> bool {
        self.wish.standings.contains(&standing)
    }

    fn is_domain(&self, domain: &DomainId) -> bool {
        self.wish.domains.contains(domain)
    }

    fn is_topic(&self, topic: &TopicId) -> bool {
        self.wish.topics.contains(topic)
    }

    fn has_topic_of(&self, domain: &DomainChoice) -> bool {
        domain.topics.iter().any(|(topic, ..)| self.is_topic(topic))
    }
}

/// Whether practice is to start over.
#[derive(Debug, Template)]
#[template(path = "practice-reset.html")]
pub struct PracticeResetPage<'p> {
    /// What is around it.
    pub frame: Frame<'p>,
    /// The exam.
    pub view: PracticeStartView,
    /// What it would clear.
    pub reset: PracticeReset,
}
