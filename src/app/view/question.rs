//! The question on the screen. Its domain is not shown, as it is not in the exam.

use super::{SafeText, counted};
use examroom_core::bank::{Answer, Exhibit, Table};
use examroom_core::form::Slot;
use examroom_core::id::{ChoiceId, SheetId};
use examroom_core::session::{Command, Confidence, Passage, Session};

/// A question as the candidate sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Its place in the form.
    pub slot: Slot,
    /// The section's name, where there are several.
    pub section: Option<SafeText>,
    /// From 1 within the section.
    pub number: usize,
    /// Questions in the section.
    pub of: usize,
    /// The record or chart that it shares with its neighbors.
    pub case: Option<SafeText>,
    /// What is asked.
    pub stem: SafeText,
    /// What stands under the stem, if anything.
    pub exhibit: Option<ExhibitView>,
    /// The sheets that the question needs, in an open-book section.
    pub references: Vec<(SheetId, SafeText)>,
    /// `Choose one.` or `Choose 2.`
    pub instruction: String,
    /// In the order of this form.
    pub choices: Vec<ChoiceView>,
    /// How many choices are to be picked.
    pub wanted: usize,
    /// Whether the candidate flagged it.
    pub flagged: bool,
    /// The candidate's note; empty if there is none.
    pub note: SafeText,
    /// What the candidate says is wrong with the question; empty without that.
    pub problem: SafeText,
    /// How sure the candidate says to be.
    pub confidence: Option<Confidence>,
    /// The highlighted passages of the stem, in order.
    pub highlights: Vec<Passage>,
}

/// A part of a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StemPart<'q> {
    /// It is as the bank has it.
    Plain(&'q str),
    /// The candidate highlighted it.
    Highlighted(&'q str),
}

/// What stands under the stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExhibitView {
    /// Preformatted text.
    Text(SafeText),
    /// A table with a heading row.
    Table(Table),
}

/// A choice, and what the candidate did with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceView {
    /// From `A` in the order of this form.
    pub letter: char,
    /// What the bank calls it, which a shuffle does not change.
    pub id: ChoiceId,
    /// What it says.
    pub text: SafeText,
    /// Whether it is picked.
    pub selected: bool,
    /// Whether the candidate struck it out.
    pub struck: bool,
}

impl QuestionView {
    /// The question in a slot.
    #[must_use]
    pub fn new(session: &Session, slot: Slot) -> Option<Self> {
        let form = session.form();
        let question = form.question(slot)?;
        let item = &question.item;
        let section = form.section_of(slot)?;
        let work = session.item_state(slot);
        let choices = question
            .order
            .iter()
            .filter_map(|id| {
                Some(ChoiceView {
                    letter: question.letter(id)?,
                    id: id.clone(),
                    text: SafeText::new(&item.choice(id)?.text),
                    selected: work.selected().contains(id),
                    struck: work.is_struck(id),
                })
            })
            .collect();
        Some(Self {
            slot,
            section: (form.sections.len() > 1).then(|| SafeText::new(&form.sections[section].name)),
            number: form.number(slot),
            of: form.range(section).len(),
            case: item.case.as_ref().and_then(|case| form.cases.get(case)).map(|text| SafeText::new(text)),
            stem: SafeText::new(&item.stem),
            exhibit: item.exhibit.as_ref().map(|exhibit| match exhibit {
                Exhibit::Text(text) => ExhibitView::Text(SafeText::new(text)),
                Exhibit::Table(table) => ExhibitView::Table(table.clone()),
            }),
            references: item
                .references
                .iter()
                .map(|id| {
                    let sheet = form.shelf.iter().find(|sheet| sheet.id == *id);
                    (id.clone(), SafeText::new(sheet.map_or(id.as_str(), |sheet| &sheet.title)))
                })
                .collect(),
            instruction: match item.answer() {
                Answer::One => "Choose one.".to_owned(),
                Answer::Several(count) => format!("Choose {count}."),
            },
            choices,
            wanted: item.answer().count(),
            flagged: work.is_flagged(),
            note: SafeText::new(work.note()),
            problem: SafeText::new(work.problem()),
            confidence: work.confidence(),
            highlights: work.highlights().to_vec(),
        })
    }

    /// `Question 3 of 150`, or `Open book, question 3 of 47`.
    #[must_use]
    pub fn heading(&self) -> String {
        match &self.section {
            Some(section) => format!("{section}, question {} of {}", self.number, self.of),
            None => format!("Question {} of {}", self.number, self.of),
        }
    }

    /// `Chosen: B and D.`, or what is still missing: `Chosen: B. 1 more to choose.`
    #[must_use]
    pub fn chosen(&self) -> String {
        let letters: Vec<String> =
            self.choices.iter().filter(|choice| choice.selected).map(|choice| choice.letter.to_string()).collect();
        let more = match self.wanted.saturating_sub(letters.len()) {
            0 => String::new(),
            more => format!(" {more} more to choose."),
        };
        format!("Chosen: {}.{more}", letters.join(" and "))
    }

    /// Says that more choices were picked at once than the question wants.
    #[must_use]
    pub fn too_many(&self) -> String {
        format!("This question wants {}.", counted(self.wanted, "choice"))
    }

    /// The stem in parts, none of them empty.
    #[must_use]
    pub fn stem_parts(&self) -> Vec<StemPart<'_>> {
        let stem = self.stem.as_str();
        let mut starts = (0_u32..).zip(stem.char_indices().map(|(at, _)| at)).chain([(u32::MAX, stem.len())]);
        let mut byte = |place: u32| starts.by_ref().find(|(at, _)| *at >= place).map_or(stem.len(), |(_, byte)| byte);
        let mut parts = Vec::new();
        let mut done = 0;
        for passage in &self.highlights {
            let (from, to) = (byte(passage.from), byte(passage.to));
            parts.extend([StemPart::Plain(&stem[done..from]), StemPart::Highlighted(&stem[from..to])]);
            done = to;
        }
        parts.push(StemPart::Plain(&stem[done..]));
        parts.retain(|part| !matches!(part, StemPart::Plain("") | StemPart::Highlighted("")));
        parts
    }

    /// The command that highlights these words of the stem or, if they are highlighted, removes that. Words that the stem
    /// does not have are a passage of nothing, which is refused.
    #[must_use]
    pub fn highlight(&self, words: &str) -> Command {
        // Words that stand there more than once are first those that are highlighted.
        let reads_so = |passage: &&Passage| {
            Passage::find(&passage.of(&self.stem), words)
                .is_some_and(|found| found.to == passage.to - passage.from && found.from == 0)
        };
        let highlighted = self.highlights.iter().find(reads_so).copied();
        let passage = highlighted.or_else(|| Passage::find(&self.stem, words));
        Command::Highlight(passage.unwrap_or(Passage { from: 0, to: 0 }))
    }

    /// How many choices are picked.
    #[must_use]
    pub fn picked(&self) -> usize {
        self.choices.iter().filter(|choice| choice.selected).count()
    }
}
