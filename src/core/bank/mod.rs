//! The questions of an exam, from an instructor's TOML to items that can be trusted.
//!
//! `read` takes a file's fields with their places, `check/` holds one rule a file, and what passes is a
//! [`Bank`]. Nothing above this layer sees TOML, and nothing above it has to doubt an item: the key names choices,
//! every case and enemy exists, every domain is the blueprint's.

#![warn(unreachable_pub)]

mod borrow;
pub mod braces;
mod check;
mod codes;
mod foreign;
mod item;
mod likeness;
mod links;
mod paragraphs;
mod places;
mod question;
mod read;
mod rename;
mod replace;
mod sheet;
mod synonyms;
mod table;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::blueprint::{Blueprint, Book, Count};
use crate::checksum::Checksum;
use crate::diagnostics::{Diagnostics, FileId, Questions};

use crate::id::{CaseId, DomainId, ItemId, SectionId, SheetId};

use check::Checker;
use links::Links;
use read::BankReader;

pub use borrow::Lender;
pub use check::{Balance, Guessing, choice_words, tokens};
pub use item::{Answer, Calculation, Choice, Exhibit, Item, Level, Status, Validity};
pub(crate) use likeness::Likeness;
pub use links::Rank;
pub use places::{Place, QuestionPlaces, Top, question_places, top};
pub use rename::{topic_key, topic_places};
pub use replace::Overrides;
pub use sheet::{Entry, Sheet};
pub(crate) use synonyms::SynonymTable;
pub use synonyms::Synonyms;
pub use table::Table;
pub use write::{written, written_as_typed};

/// The schema of a bank file, for editors: JSON Schema, draft 7.
pub const SCHEMA: &str = include_str!("schema.json");

/// Everything that can be drawn for one exam.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    /// In the order of the files and of the questions in them.
    pub items: Vec<Arc<Item>>,
    /// The texts that scenario sets share.
    pub cases: BTreeMap<CaseId, Arc<str>>,
    /// The reference shelf, in the order of the files.
    pub sheets: Vec<Arc<Sheet>>,
    /// What its words are also called, for its search.
    pub synonyms: Synonyms,
    /// What the user's own folders changed of the exam's own questions.
    pub overrides: Overrides,
    /// Of all texts that the exam was read from; `None` where they were too many to be kept.
    pub checksum: Option<Checksum>,
}

impl Bank {
    /// The question of this id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Arc<Item>> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The items of one cell of the blueprint.
    pub fn cell<'b>(&'b self, section: &'b SectionId, domain: &'b DomainId) -> impl Iterator<Item = &'b Arc<Item>> {
        self.items.iter().filter(move |item| item.section == *section && item.domain == *domain)
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = numbers.fold((0_u32, 0.0), |(count, sum), number| (count + 1, sum + number));
    (count > 0).then(|| sum / f64::from(count))
}

/// How far the rules go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The errors: what a sitting must be safe from.
    Errors,
    /// Errors and advice: balance, wording, near-duplicates.
    Advice,
}

/// The rank of an exam's own files where it borrows others.
const OWN_RANK: Rank = 128;

/// A bank that is being read, file by file.
pub struct Reader {
    blueprint: Option<Arc<Blueprint>>,
    bank: Bank,
    links: Links,
    diagnostics: Diagnostics,
    depth: Depth,
    /// The rank of the first of its own files: above those of the exam that it borrows from.
    first_rank: Rank,
}

impl Reader {
    /// Without a blueprint that can be used, the files are read for the faults that they have of their own.
    #[must_use]
    pub fn new(blueprint: Option<Arc<Blueprint>>, depth: Depth) -> Self {
        Self {
            blueprint,
            bank: Bank::default(),
            links: Links::default(),
            diagnostics: Diagnostics::default(),
            depth,
            first_rank: 0,
        }
    }

    /// Takes the lender's questions into the domains of the blueprint, which learns their topics. Comes before the
    /// exam's own files, which may add to what is borrowed and replace some of it.
    pub fn borrow(&mut self, lender: Option<Lender>) {
        let (Some(blueprint), Some(lender)) = (&self.blueprint, lender) else {
            self.links.lost = true;
            self.links.incomplete = true;
            return;
        };
        self.first_rank = OWN_RANK;
        let before = self.diagnostics.errors();
        let extended = borrow::borrow(blueprint, lender, &mut self.bank, &mut self.links, &mut self.diagnostics);
        self.links.lost |= self.diagnostics.errors() != before;
        self.blueprint = Some(Arc::new(extended));
    }

    /// The end of a reading whose questions are only lent: what they say about each other is checked, and nothing is
    /// measured against the lender's own blueprint. `None` where that cannot be used, or a question has an error.
    pub fn lend(mut self, diagnostics: &mut Diagnostics) -> Option<Lender> {
        self.diagnostics.extend(replace::resolve(&mut self.bank, &mut self.links));
        let (blueprint, depth) = (self.blueprint.as_deref(), self.depth);
        Checker { blueprint, depth, diagnostics: &mut self.diagnostics }.linked(&self.links);
        let sound = !self.diagnostics.has_errors();
        // What holds for the exam as a whole is its own business; its questions take what is kept of them along.
        let named = self.blueprint.iter().flat_map(|blueprint| &blueprint.allow).filter(|kept| kept.names_a_question());
        self.links.allowances.extend(named.cloned());
        diagnostics.append(self.diagnostics);
        Some(Lender { blueprint: self.blueprint.filter(|_| sound)?, bank: self.bank, links: self.links })
    }

    /// The blueprint, with the topics of what was borrowed.
    #[must_use]
    pub fn blueprint(&self) -> Option<Arc<Blueprint>> {
        self.blueprint.clone()
    }

    /// Reads one bank file, whose text may come in parts that end at the end of a line; `rank` is that of the place of
    /// banks that it lies in.
    pub fn bank_file<'t>(&mut self, text: impl Iterator<Item = Cow<'t, str>>, file: FileId, rank: Rank) {
        let mut reader = BankReader {
            blueprint: self.blueprint.as_deref(),
            depth: self.depth,
            rank: self.first_rank.saturating_add(rank),
            bank: &mut self.bank,
            links: &mut self.links,
        };
        reader.read(text, file, &mut self.diagnostics);
    }

    /// Reads one sheet of the reference shelf, or its table of synonyms; `rank` is that of the place of banks that it lies
    /// in. A sheet of a later place stands where that of the earlier one stood.
    pub fn sheet_file(&mut self, id: SheetId, text: &str, file: FileId, rank: Rank) {
        if id.as_str() == synonyms::FILE {
            let mut read = synonyms::read(text, file, &mut self.diagnostics);
            self.links.allowances.append(&mut read.allowances);
            self.links.synonyms.extend(self.bank.synonyms.add(read));
            return;
        }
        let rank = self.first_rank.saturating_add(rank);
        let Some(read) = sheet::read(id.clone(), text, file, &mut self.diagnostics) else {
            self.links.sheets.insert(id, rank);
            return;
        };
        self.links.allowances.extend(read.allowances);
        let earlier = self.links.sheets.get(&id).is_some_and(|before| *before < rank);
        let retires = read.replaces.is_some_and(|found| found.outcome == links::Outcome::Retired);
        self.diagnostics.extend(replace::sheet(&id, file, read.replaces, earlier, &self.links));
        let known = self.bank.sheets.iter().position(|sheet| sheet.id == id);
        match (read.sheet.map(Arc::new), known) {
            (Some(sheet), Some(known)) => self.bank.sheets[known] = sheet,
            (Some(sheet), None) => self.bank.sheets.push(sheet),
            (None, Some(known)) => drop(self.bank.sheets.remove(known)),
            (None, None) => {}
        }
        if retires {
            self.links.sheets.remove(&id);
        } else {
            self.links.sheets.insert(id, rank);
        }
    }

    /// A file that there is, but that could not be opened.
    pub fn add_unreadable(&mut self, sheet: Option<SheetId>) {
        if let Some(sheet) = sheet {
            self.links.sheets.insert(sheet, 0);
        } else {
            self.links.lost = true;
            self.links.incomplete = true;
        }
    }

    /// The rules that need the whole bank, and the end of the reading. `earlier` was found before, in the blueprint
    /// and by opening the files; it comes first in what is returned.
    #[must_use]
    pub fn finish(mut self, mut earlier: Diagnostics, day: jiff::civil::Date) -> (Bank, Diagnostics) {
        earlier.append(self.diagnostics);
        earlier.extend(replace::resolve(&mut self.bank, &mut self.links));
        let (blueprint, depth) = (self.blueprint.as_deref(), self.depth);
        Checker { blueprint, depth, diagnostics: &mut earlier }.whole(&self.bank, &self.links, day);
        if self.depth == Depth::Advice {
            self.links.allowances.extend(self.blueprint.iter().flat_map(|blueprint| blueprint.allow.iter().cloned()));
            let openings = self.links.openings.iter().chain(&self.links.lent_openings).copied().collect();
            let questions = Questions::new(openings, self.links.ids());
            earlier.allow(&self.links.allowances, &questions);
            earlier.allow_lent(&self.links.lent_allowances, &questions);
        }
        (self.bank, earlier)
    }
}

/// How many questions a cell of the blueprint wants and has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supply {
    /// The section of the cell.
    pub section: SectionId,
    /// The domain of the cell.
    pub domain: DomainId,
    /// The scored questions of one full form.
    pub scored_wanted: u32,
    /// The unscored questions of one full form.
    pub unscored_wanted: u32,
    /// Questions that may be scored (operational, in date).
    pub operational: u32,
    /// Questions that may only be tried out (pretest, in date).
    pub pretest: u32,
}

impl Supply {
    /// How many more questions `forms` forms without a common question need; zero if there are enough.
    #[must_use]
    pub fn missing_for(&self, forms: u32) -> u32 {
        let (scored, unscored) = (self.scored_wanted.saturating_mul(forms), self.unscored_wanted.saturating_mul(forms));
        let spare = self.operational.saturating_sub(scored);
        scored.saturating_sub(self.operational).saturating_add(unscored.saturating_sub(self.pretest + spare))
    }
}

/// What every cell of the blueprint wants, and what the bank has for it on `day`.
#[must_use]
pub fn supply(blueprint: &Blueprint, bank: &Bank, day: jiff::civil::Date) -> Vec<Supply> {
    let mut counted: BTreeMap<(&SectionId, &DomainId), (u32, u32)> = BTreeMap::new();
    for item in bank.items.iter().filter(|item| item.validity.holds_on(day)) {
        let (operational, pretest) = counted.entry((&item.section, &item.domain)).or_default();
        match item.status {
            Status::Operational => *operational += 1,
            Status::Pretest => *pretest += 1,
            Status::Retired => {}
        }
    }
    let cell = |section: &SectionId, domain: &DomainId, count: &Count| {
        let (operational, pretest) = counted.get(&(section, domain)).copied().unwrap_or_default();
        Supply {
            section: section.clone(),
            domain: domain.clone(),
            scored_wanted: count.scored.value,
            unscored_wanted: count.unscored.value,
            operational,
            pretest,
        }
    };
    blueprint
        .sections
        .iter()
        .flat_map(|section| {
            blueprint.counts_of(&section.id).map(move |(domain, count)| (&section.id, &domain.id, count))
        })
        .map(|(section, domain, count)| cell(section, domain, count))
        .collect()
}

/// Whether a section lets the candidate look things up.
fn is_open(blueprint: &Blueprint, section: &SectionId) -> bool {
    blueprint.section(section).is_some_and(|section| section.book == Book::Open)
}
