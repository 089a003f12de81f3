//! What can be practiced of an exam, for whoever chooses, and what is said where nothing can be.

use jiff::civil::Date;

use super::rules::spent;
use super::{SafeText, counted, sentence};
use examroom_core::bank::Bank;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::Exposure;
use examroom_core::id::{DomainId, ExamId, TopicId};
use examroom_core::journal::AttemptId;
use examroom_core::seed::Seed;
use examroom_core::study::{Selection, Standing, StudyPast, Wish, select};

/// How many questions are practiced where no number is named.
pub const USUAL_COUNT: u32 = 20;

/// What can be practiced of an exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeStartView {
    /// The exam.
    pub exam: ExamId,
    /// Its name.
    pub name: SafeText,
    /// Its domains, in the order of the blueprint.
    pub domains: Vec<DomainChoice>,
    /// Each standing by which questions can be chosen, and how many questions stand so.
    pub standings: Vec<(Standing, usize)>,
    /// What practice draws first, and what that means for mock exams: a sentence or two.
    pub cost: String,
    /// The practice of this exam that was left, which can go on.
    pub open: Option<AttemptId>,
}

/// A domain that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainChoice {
    /// Its id.
    pub id: DomainId,
    /// Its name.
    pub name: SafeText,
    /// How many of its questions can be practiced.
    pub questions: usize,
    /// Its topics, each with its name and how many of its questions can be practiced.
    pub topics: Vec<(TopicId, SafeText, usize)>,
}

impl PracticeStartView {
    /// What can be practiced on a day, after what was seen and answered before.
    #[must_use]
    pub fn new(blueprint: &Blueprint, bank: &Bank, exposure: &Exposure, past: &StudyPast, day: Date) -> Self {
        // A wish for no question draws none, and tells how many it matches.
        let match_of = |wish: &Wish| select(bank, wish, exposure, past, day, Seed(0));
        let matching = |wish: &Wish| match_of(wish).matching;
        let domains = blueprint.domains.iter().map(|domain| {
            let topics = domain.topics.iter().map(|topic| {
                let wish = Wish { topics: vec![topic.id.clone()], ..Wish::default() };
                (topic.id.clone(), SafeText::new(&topic.name), matching(&wish))
            });
            DomainChoice {
                id: domain.id.clone(),
                name: SafeText::new(&domain.name),
                questions: matching(&Wish { domains: vec![domain.id.clone()], ..Wish::default() }),
                topics: topics.collect(),
            }
        });
        let standings = Standing::ALL
            .iter()
            .map(|standing| (*standing, matching(&Wish { standings: vec![*standing], ..Wish::default() })));
        Self {
            exam: blueprint.id.clone(),
            name: SafeText::new(&blueprint.name),
            domains: domains.collect(),
            standings: standings.collect(),
            cost: cost(match_of(&Wish::default()).new_in_bank),
            open: None,
        }
    }
}

fn cost(new_in_bank: usize) -> String {
    format!(
        "Questions that you have seen come first, and of these the ones that you missed. Left for mock exams: {}; each that \
         you practice is no longer new there. Before practice begins, you are told how many it spends.",
        counted(new_in_bank, "new question")
    )
}

/// What practice would be as it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticePreview {
    /// How many questions, and what they would cost: a sentence or two.
    pub words: String,
    /// How many of them the candidate has never seen.
    pub new: usize,
}

impl PracticePreview {
    /// What a selection would be.
    #[must_use]
    pub fn new(wish: &Wish, selection: &Selection) -> Self {
        Self { words: selected(wish, selection), new: selection.new }
    }
}

/// What starting practice over clears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PracticeReset {
    /// How many questions count as missed.
    pub missed: usize,
    /// How many count as flagged.
    pub flagged: usize,
}

impl PracticeReset {
    /// What it would clear of a past.
    #[must_use]
    pub fn of(past: &StudyPast) -> Self {
        let (missed, flagged) = past.counts();
        Self { missed, flagged }
    }

    /// Whether there is nothing to clear.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.missed == 0 && self.flagged == 0
    }

    /// What no longer counts then, and what stays: two sentences.
    #[must_use]
    pub fn effect(self) -> String {
        format!(
            "{} and {} no longer count. Mock exams, and what you have seen, stay.",
            counted(self.missed, "missed question"),
            counted(self.flagged, "flagged one")
        )
    }

    /// Said when it was done.
    #[must_use]
    pub fn done(self, exam: &ExamId) -> String {
        format!("Practice of {exam} starts over: {}", self.effect())
    }
}

/// What practice would be, and what it would cost: a sentence or two.
#[must_use]
pub fn selected(wish: &Wish, selection: &Selection) -> String {
    if selection.items.is_empty() {
        let NothingToPractice { what, instead } = NothingToPractice::new(wish, selection);
        let instead = instead.map_or_else(String::new, |instead| format!(" {}", instead.words()));
        return format!("{}{instead}", sentence(&what));
    }
    let questions = counted(selection.items.len(), "question");
    format!("{questions} of {}. {}", selection.matching, spent(selection.new, selection.new_in_bank))
}

/// What a standing admits, as the label of a choice.
#[must_use]
pub const fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Missed => "Missed: not answered right the last time",
        Standing::Flagged => "Flagged by you",
        Standing::Unseen => "New: never seen; each is spent for mock exams",
    }
}

/// Why there is nothing to practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingToPractice {
    /// What was found, as a clause.
    pub what: String,
    /// What can be done instead, if anything.
    pub instead: Option<Instead>,
}

/// What can be done where there is nothing to practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// To finish the exam that has the questions.
    FinishExam,
    /// To practice all questions.
    All,
    /// To practice what was missed.
    Missed,
}

impl NothingToPractice {
    /// Why a wish was met by nothing.
    #[must_use]
    pub fn new(wish: &Wish, selection: &Selection) -> Self {
        if selection.withheld > 0 {
            let questions = counted(selection.withheld, "question");
            return Self {
                what: format!("the {questions} that you want to practice are on an exam that is still open"),
                instead: Some(Instead::FinishExam),
            };
        }
        let is_whole = wish.domains.is_empty() && wish.topics.is_empty();
        let here = if is_whole { "" } else { " there" };
        let (what, instead) = match wish.standings[..] {
            [Standing::Missed] => (format!("you have missed nothing{here}"), Some(Instead::All)),
            [Standing::Flagged] => (format!("you have flagged nothing{here}"), Some(Instead::All)),
            [Standing::Unseen] => (format!("you have seen every question{here}"), Some(Instead::Missed)),
            [] => ("no question there is valid on this day".to_owned(), None),
            _ => (format!("no question{here} is what you want to practice"), Some(Instead::All)),
        };
        Self { what, instead }
    }
}

impl Instead {
    /// What can be done, as a sentence that names no command.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::FinishExam => "Practice would show their answers: finish that exam first.",
            Self::All => "You can practice all questions: those that you have seen come first.",
            Self::Missed => "You can practice again what you missed.",
        }
    }
}
