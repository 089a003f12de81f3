//! A question after the exam: the right answer, one's own, and the reason for each choice.

use super::question::QuestionView;
use super::shelf::places;
use super::{SafeText, counted};
use examroom_core::bank::braces::{Part, parts};
use examroom_core::form::{FormQuestion, Slot};
use examroom_core::id::{ChoiceId, ItemId};
use examroom_core::scoring::{Change, ItemScore, Mark, ScoreReport, item_score};
use examroom_core::session::{Confidence, Session};
use examroom_core::time::SpokenDuration;

/// Which questions are looked back on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReviewFilter {
    /// Every question of the form.
    #[default]
    All,
    /// Wrong or without an answer.
    Wrong,
    /// Those that the candidate flagged.
    Flagged,
}

impl ReviewFilter {
    /// What it admits, as a phrase.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::All => "all questions",
            Self::Wrong => "only wrong or unanswered",
            Self::Flagged => "only flagged",
        }
    }

    /// The next one in turn.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::All => Self::Wrong,
            Self::Wrong => Self::Flagged,
            Self::Flagged => Self::All,
        }
    }

    /// Whether it lets this question through.
    #[must_use]
    pub fn admits(self, item: &ItemScore) -> bool {
        match self {
            Self::All => true,
            Self::Wrong => item.mark != Mark::Right,
            Self::Flagged => item.flagged,
        }
    }
}

/// Said of a question that is being tried out.
pub const UNSCORED: &str = "Unscored: it did not count.";

/// What is said of a choice after the exam; mostly nothing.
#[must_use]
pub const fn choice_state(is_selected: bool, is_key: bool) -> &'static str {
    match (is_selected, is_key) {
        (true, true) => "right, your choice",
        (true, false) => "your choice",
        (false, true) => "right",
        (false, false) => "",
    }
}

/// How many questions a filter let through.
#[must_use]
pub fn shown(count: usize) -> String {
    format!("{} shown.", counted(count, "question"))
}

/// A question with its explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplanationView {
    /// The question, with the choices as the candidate left them.
    pub question: QuestionView,
    /// The item's id in its bank.
    pub id: SafeText,
    /// The section's name.
    pub section: SafeText,
    /// The domain's name, which is not shown during the exam.
    pub domain: SafeText,
    /// Whether it was answered, and rightly.
    pub mark: Mark,
    /// `Right.`, `Wrong: you chose B, right is D.`
    pub verdict: String,
    /// Whether it counted; the others are being tried out.
    pub scored: bool,
    /// One for each choice, in the order of the choices.
    pub reasons: Vec<Reason>,
    /// What is said about the question as a whole.
    pub explanation: Option<SafeText>,
    /// What the item's author names as its source.
    pub source: Option<SafeText>,
    /// Where on the shelf the answer stands, in an open-book section: a sheet and a heading each.
    pub shelf: Vec<SafeText>,
    /// Time spent and changes made.
    pub work: String,
    /// That the bank has the question otherwise now; none where it is not known to.
    pub changed: Option<&'static str>,
}

impl ExplanationView {
    /// The question of a score, explained; `None` if the form has no such slot.
    #[must_use]
    pub fn new(session: &Session, score: &ItemScore) -> Option<Self> {
        let form = session.form();
        let asked = form.question(score.slot)?;
        let view = QuestionView::new(session, score.slot)?;
        let domain = form.domains.iter().find(|(id, _)| *id == asked.item.domain).map_or("", |(_, name)| name);
        Some(Self {
            id: SafeText::new(asked.item.id.as_str()),
            section: SafeText::new(section_name(session, score.slot)),
            domain: SafeText::new(domain),
            mark: score.mark,
            verdict: verdict(asked, &view, score),
            scored: score.scored,
            reasons: asked
                .order
                .iter()
                .filter_map(|id| asked.item.choice(id))
                .map(|choice| Reason {
                    is_key: asked.item.is_key(&choice.id),
                    why: choice.why.as_deref().map(|why| SafeText::new(&with_letters(why, asked))),
                })
                .collect(),
            explanation: asked.item.explanation.as_deref().map(|text| SafeText::new(&with_letters(text, asked))),
            source: asked.item.source.as_deref().map(SafeText::new),
            shelf: places(&form.shelf, &asked.item),
            work: work(score),
            changed: None,
            question: view,
        })
    }

    /// With what today's bank says of the question.
    #[must_use]
    pub fn with_changes(self, changes: &[(ItemId, Change)]) -> Self {
        let change = changes.iter().find(|(id, _)| id.as_str() == self.id.as_str());
        Self { changed: change.map(|(_, change)| changed(*change)), ..self }
    }

    /// The question in a slot, explained as soon as the session shows its reasons; `None` before that.
    #[must_use]
    pub fn of_revealed(session: &Session, slot: Slot) -> Option<Self> {
        if !session.item_state(slot).is_revealed() {
            return None;
        }
        Self::new(session, &item_score(session, slot)?)
    }
}

/// What is said of a question that the bank has otherwise now.
#[must_use]
pub const fn changed(change: Change) -> &'static str {
    match change {
        Change::Withdrawn => "The bank has withdrawn this question since.",
        Change::Key => "The bank has another key for this question now.",
        Change::Text => "The bank words this question otherwise now.",
    }
}

/// Why a choice is right or tempting; in the order of the sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Whether the choice is the key, or one of several.
    pub is_key: bool,
    /// The rationale, if the bank gives one.
    pub why: Option<SafeText>,
}

/// The scores of the questions that `only` admits. Of those that are wrong, the ones of which the candidate was sure come
/// first: they have to be unlearned.
#[must_use]
pub fn admitted(report: &ScoreReport, only: ReviewFilter) -> Vec<&ItemScore> {
    let mut items: Vec<&ItemScore> = report.items.iter().filter(|item| only.admits(item)).collect();
    if only == ReviewFilter::Wrong {
        items.sort_by_key(|item| item.confidence != Some(Confidence::Sure));
    }
    items
}

/// The explanations of the questions that `only` admits, in the order of [`admitted`].
pub fn explanations<'s>(
    session: &'s Session,
    report: &'s ScoreReport,
    only: ReviewFilter,
) -> impl Iterator<Item = ExplanationView> + 's {
    admitted(report, only).into_iter().filter_map(|item| ExplanationView::new(session, item))
}

fn section_name(session: &Session, slot: Slot) -> &str {
    let form = session.form();
    form.section_of(slot).and_then(|section| form.sections.get(section)).map_or("", |section| &section.name)
}

fn verdict(asked: &FormQuestion, view: &QuestionView, score: &ItemScore) -> String {
    let letters = |wanted: &dyn Fn(usize) -> bool| {
        let all: Vec<String> = (0..view.choices.len())
            .filter(|index| wanted(*index))
            .map(|index| view.choices[index].letter.to_string())
            .collect();
        all.join(" and ")
    };
    let key = letters(&|index| asked.item.is_key(&view.choices[index].id));
    let own = letters(&|index| view.choices[index].selected);
    let verdict = match score.mark {
        Mark::Right => format!("Right: {key}."),
        Mark::Wrong => format!("Wrong: you chose {own}; right is {key}."),
        Mark::Omitted => format!("Not answered; right is {key}."),
        Mark::NotReached => format!("Not reached; right is {key}."),
    };
    let confidence = match score.confidence {
        Some(Confidence::Sure) => " You were sure.",
        Some(Confidence::ThinkSo) => " You thought so.",
        Some(Confidence::Guess) => " You guessed.",
        None => "",
    };
    format!("{verdict}{confidence}")
}

fn work(score: &ItemScore) -> String {
    let time = SpokenDuration(score.time);
    match score.changes {
        0 => format!("Time on it: {time}."),
        changes => format!(
            "Time on it: {time}; answer changed {}.",
            if changes == 1 { "once".to_owned() } else { counted(changes, "time") }
        ),
    }
}

/// Puts this sitting's letters where a text names choices by their ids.
fn with_letters(text: &str, asked: &FormQuestion) -> String {
    let shown = |part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Word(word) => {
            asked.letter(&ChoiceId::new(word)).map_or_else(|| format!("{{{word}}}"), |letter| letter.to_string())
        }
    };
    parts(text).into_iter().map(shown).collect()
}
