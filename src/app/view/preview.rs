//! A question of a bank as its author looks at it: as a candidate sees it, with its choices in the order of the file, and
//! with what is shown after the exam.

use super::SafeText;
use super::explanation::Reason;
use super::question::ExhibitView;
use examroom_core::bank::braces::{Part, parts};
use examroom_core::bank::{Answer, Bank, Exhibit, Item};
use examroom_core::blueprint::Blueprint;

/// A question with everything that is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Its id, domain, topic and level.
    pub heading: SafeText,
    /// The case that it shares with others.
    pub case: Option<SafeText>,
    /// What is asked.
    pub stem: SafeText,
    /// What stands under the stem.
    pub exhibit: Option<ExhibitView>,
    /// `Choose one.` or `Choose 2.`
    pub instruction: String,
    /// Letters, texts and reasons.
    pub choices: Vec<(char, SafeText, Reason)>,
    /// What is said of the question as a whole.
    pub explanation: Option<SafeText>,
    /// Where it can be looked up.
    pub source: Option<SafeText>,
    /// Whether the choices are shuffled.
    pub note: &'static str,
}

impl Preview {
    /// Of an item of this bank.
    #[must_use]
    pub fn new(item: &Item, bank: &Bank, blueprint: Option<&Blueprint>) -> Self {
        let lettered = |text: &str| SafeText::new(&with_letters(text, item));
        let domain = blueprint.and_then(|blueprint| blueprint.domain(&item.domain));
        let topic = domain.and_then(|domain| domain.topics.iter().find(|topic| topic.id == item.topic));
        let domain = domain.map_or(item.domain.as_str(), |domain| &domain.name);
        let topic = topic.map_or(item.topic.as_str(), |topic| &topic.name);
        let choice = |(letter, choice): (char, &examroom_core::bank::Choice)| {
            let reason = Reason { is_key: item.is_key(&choice.id), why: choice.why.as_deref().map(lettered) };
            (letter, SafeText::new(&choice.text), reason)
        };
        Self {
            heading: SafeText::new(&format!("{}: {domain}, {topic}; {}", item.id, item.level)),
            case: item.case.as_ref().and_then(|case| bank.cases.get(case)).map(|text| SafeText::new(text)),
            stem: SafeText::new(&item.stem),
            exhibit: item.exhibit.as_ref().map(|exhibit| match exhibit {
                Exhibit::Text(text) => ExhibitView::Text(SafeText::new(text)),
                Exhibit::Table(table) => ExhibitView::Table(table.clone()),
            }),
            instruction: match item.answer() {
                Answer::One => "Choose one.".to_owned(),
                Answer::Several(count) => format!("Choose {count}."),
            },
            choices: ('A'..='Z').zip(&item.choices).map(choice).collect(),
            explanation: item.explanation.as_deref().map(lettered),
            source: item.source.as_deref().map(SafeText::new),
            note: if item.keep_order {
                "The choices keep this order in a sitting."
            } else {
                "In a sitting the choices are shuffled, and the letters follow them."
            },
        }
    }
}

/// Puts the letters of the order of the file where a text names choices by their ids.
fn with_letters(text: &str, item: &Item) -> String {
    let letter = |id: &str| ('A'..='Z').zip(&item.choices).find(|(_, choice)| choice.id.as_str() == id);
    let shown = |part| match part {
        Part::Text(text) => text.to_owned(),
        Part::Word(word) => letter(word).map_or_else(|| format!("{{{word}}}"), |(letter, _)| letter.to_string()),
    };
    parts(text).into_iter().map(shown).collect()
}
