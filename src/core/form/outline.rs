//! A form without its texts, for whatever keeps many forms: the questions of one bank stand on most of them, and are
//! kept once, each by the hash of its text.
//!
//! What a form is has one definition, [`Form`]. An outline is a form whose questions, cases and shelf were taken out, and
//! the hashes by which they are found again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Form, FormQuestion};
use crate::bank::{Bank, Item, Sheet, SynonymTable, Synonyms};
use crate::checksum::Checksum;
use crate::id::{CaseId, ChoiceId};
use crate::word::UnknownWord;

/// What a text is found by: the first 64 bits of its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TextHash(u64);

impl TextHash {
    /// The hash of a text.
    #[must_use]
    pub fn of(body: &str) -> Self {
        Self(u64::from_be_bytes(Checksum::of(body.as_bytes()).as_bytes().first_chunk().copied().unwrap_or_default()))
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<TextHash> for String {
    fn from(hash: TextHash) -> Self {
        hash.to_string()
    }
}

impl FromStr for TextHash {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if text.len() != 16 {
            return Err(UnknownWord);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| UnknownWord)
    }
}

impl TryFrom<String> for TextHash {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

/// A text of a form, as JSON: a question, a case, a sheet of the shelf, or the shelf's synonyms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is found by.
    pub hash: TextHash,
    /// The text.
    pub body: String,
}

impl Text {
    fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, serde_json::Error> {
        let body = serde_json::to_string(value)?;
        Ok(Self { hash: TextHash::of(&body), body })
    }

    /// The texts of everything in a bank.
    ///
    /// # Errors
    /// When a part of it has no form as JSON.
    pub fn all_of(bank: &Bank) -> Result<Vec<Self>, serde_json::Error> {
        let items = bank.items.iter().map(|item| Self::of(&**item));
        let cases = bank.cases.values().map(|case| Self::of(&**case));
        let sheets = bank.sheets.iter().map(|sheet| Self::of(&**sheet));
        items.chain(cases).chain(sheets).chain([Self::of(&bank.synonyms)]).collect()
    }
}

impl Item {
    /// The hash of everything that the bank says of the question.
    ///
    /// # Errors
    /// When a part of it has no form as JSON.
    pub fn text_hash(&self) -> Result<TextHash, serde_json::Error> {
        Text::of(self).map(|text| text.hash)
    }
}

/// A question of a form: its text, whether it counts, and the order of its choices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct QuestionOutline(TextHash, bool, Vec<ChoiceId>);

/// A form whose texts are named by their hashes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormOutline {
    /// Everything else.
    form: Form,
    /// By section.
    questions: Vec<Vec<QuestionOutline>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    cases: BTreeMap<CaseId, TextHash>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shelf: Vec<TextHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    synonyms: Option<TextHash>,
}

/// Takes forms apart. It writes and hashes each text once, however many forms have it.
#[derive(Default)]
pub struct Outliner {
    /// By address. The texts are held, so that no other comes to the same address.
    items: HashMap<*const Item, (Arc<Item>, TextHash)>,
    sheets: HashMap<*const Sheet, (Arc<Sheet>, TextHash)>,
    cases: HashMap<*const u8, (Arc<str>, TextHash)>,
    synonyms: HashMap<*const SynonymTable, (Arc<SynonymTable>, TextHash)>,
    told: HashSet<TextHash>,
}

impl Outliner {
    /// The outline of a form, and those of its texts that no form had before.
    ///
    /// # Errors
    /// When a part of the form has no form as JSON.
    pub fn outline(&mut self, form: &Form) -> Result<(FormOutline, Vec<Text>), serde_json::Error> {
        let mut new = Vec::new();
        let Self { items, sheets, cases, synonyms, told } = self;
        let mut questions = Vec::with_capacity(form.sections.len());
        for section in &form.sections {
            let mut outlines = Vec::with_capacity(section.questions.len());
            for FormQuestion { item, scored, order } in &section.questions {
                let hash = known(items, Arc::as_ptr(item), item, told, &mut new)?;
                outlines.push(QuestionOutline(hash, *scored, order.clone()));
            }
            questions.push(outlines);
        }
        let mut case_hashes = BTreeMap::new();
        for (id, case) in &form.cases {
            case_hashes.insert(id.clone(), known(cases, case.as_ptr(), case, told, &mut new)?);
        }
        let mut sheet_hashes = Vec::with_capacity(form.shelf.len());
        for sheet in &form.shelf {
            sheet_hashes.push(known(sheets, Arc::as_ptr(sheet), sheet, told, &mut new)?);
        }
        let synonyms = match form.synonyms.table() {
            table if table.is_empty() => None,
            table => Some(known(synonyms, Arc::as_ptr(table), table, told, &mut new)?),
        };
        let outline = FormOutline { form: bare(form), questions, cases: case_hashes, shelf: sheet_hashes, synonyms };
        Ok((outline, new))
    }
}

/// The hash of a text, which is written only where it is met for the first time.
fn known<T: Serialize + ?Sized, P: Eq + std::hash::Hash>(
    by_address: &mut HashMap<P, (Arc<T>, TextHash)>,
    address: P,
    value: &Arc<T>,
    told: &mut HashSet<TextHash>,
    new: &mut Vec<Text>,
) -> Result<TextHash, serde_json::Error> {
    if let Some((_, hash)) = by_address.get(&address) {
        return Ok(*hash);
    }
    let text = Text::of(&**value)?;
    let hash = text.hash;
    by_address.insert(address, (Arc::clone(value), hash));
    if told.insert(hash) {
        new.push(text);
    }
    Ok(hash)
}

/// A form without its texts.
fn bare(form: &Form) -> Form {
    let mut bare = form.clone();
    for section in &mut bare.sections {
        section.questions.clear();
    }
    bare.cases.clear();
    bare.shelf.clear();
    bare.synonyms = Synonyms::default();
    bare
}

/// A part of a form, as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormPart {
    /// A question, counted from 1 through all sections.
    Question(usize),
    /// The text of a case.
    Case(CaseId),
    /// A sheet of the shelf, counted from 1.
    Sheet(usize),
    /// The synonyms of the shelf's words.
    Synonyms,
}

impl fmt::Display for FormPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(number) => write!(f, "question {number}"),
            Self::Case(id) => write!(f, "the case `{id}`"),
            Self::Sheet(number) => write!(f, "sheet {number} of the shelf"),
            Self::Synonyms => write!(f, "the synonyms of the shelf"),
        }
    }
}

/// Why a form cannot be put together again.
#[derive(Debug, Error)]
pub enum RestoreError<E> {
    /// The texts cannot be read.
    #[error(transparent)]
    Source(#[from] E),
    /// A text is not there.
    #[error("the text of {0} is missing")]
    Missing(FormPart),
    /// A text does not have its hash.
    #[error("the text of {0} is not what was written")]
    Changed(FormPart),
    /// A text has its hash, and is nothing that this program writes.
    #[error("the text of {0} cannot be understood")]
    Unreadable(FormPart, #[source] serde_json::Error),
}

/// Texts by their hashes. Each is read once, and shared by all forms that have it.
pub struct Texts<G> {
    read: G,
    items: HashMap<TextHash, Arc<Item>>,
    sheets: HashMap<TextHash, Arc<Sheet>>,
    cases: HashMap<TextHash, Arc<str>>,
    synonyms: HashMap<TextHash, Synonyms>,
}

impl<E, G: FnMut(TextHash) -> Result<Option<String>, E>> Texts<G> {
    /// The texts that `read` finds; it answers `None` for one that is not there.
    pub fn new(read: G) -> Self {
        Self { read, items: HashMap::new(), sheets: HashMap::new(), cases: HashMap::new(), synonyms: HashMap::new() }
    }

    fn item(&mut self, hash: TextHash, number: usize) -> Result<Arc<Item>, RestoreError<E>> {
        shared(&mut self.items, &mut self.read, hash, || FormPart::Question(number))
    }

    fn sheet(&mut self, hash: TextHash, number: usize) -> Result<Arc<Sheet>, RestoreError<E>> {
        shared(&mut self.sheets, &mut self.read, hash, || FormPart::Sheet(number))
    }

    fn case(&mut self, hash: TextHash, id: &CaseId) -> Result<Arc<str>, RestoreError<E>> {
        shared(&mut self.cases, &mut self.read, hash, || FormPart::Case(id.clone()))
    }

    fn synonyms(&mut self, hash: TextHash) -> Result<Synonyms, RestoreError<E>> {
        shared(&mut self.synonyms, &mut self.read, hash, || FormPart::Synonyms)
    }
}

/// A text, which is read only where it is met for the first time.
fn shared<T: Clone + DeserializeOwned, E>(
    by_hash: &mut HashMap<TextHash, T>,
    read: &mut impl FnMut(TextHash) -> Result<Option<String>, E>,
    hash: TextHash,
    part: impl Fn() -> FormPart,
) -> Result<T, RestoreError<E>> {
    if let Some(value) = by_hash.get(&hash) {
        return Ok(value.clone());
    }
    let Some(body) = read(hash)? else { return Err(RestoreError::Missing(part())) };
    if TextHash::of(&body) != hash {
        return Err(RestoreError::Changed(part()));
    }
    let value: T = serde_json::from_str(&body).map_err(|error| RestoreError::Unreadable(part(), error))?;
    by_hash.insert(hash, value.clone());
    Ok(value)
}

impl FormOutline {
    /// The hashes of the questions, in the order of the form.
    pub fn questions(&self) -> impl Iterator<Item = TextHash> {
        self.questions.iter().flatten().map(|question| question.0)
    }

    /// The hashes of all texts.
    pub fn texts(&self) -> impl Iterator<Item = TextHash> {
        let others = self.cases.values().chain(&self.shelf).chain(&self.synonyms);
        self.questions().chain(others.copied())
    }

    /// Puts the form together again.
    ///
    /// # Errors
    /// When a text is missing, or is not what it was.
    pub fn restore<E, G: FnMut(TextHash) -> Result<Option<String>, E>>(
        &self,
        texts: &mut Texts<G>,
    ) -> Result<Form, RestoreError<E>> {
        let mut form = self.form.clone();
        let mut number = 0;
        for (section, outlines) in form.sections.iter_mut().zip(&self.questions) {
            for QuestionOutline(hash, scored, order) in outlines {
                number += 1;
                let item = texts.item(*hash, number)?;
                section.questions.push(FormQuestion { item, scored: *scored, order: order.clone() });
            }
        }
        for (id, hash) in &self.cases {
            form.cases.insert(id.clone(), texts.case(*hash, id)?);
        }
        for (index, hash) in self.shelf.iter().enumerate() {
            form.shelf.push(texts.sheet(*hash, index + 1)?);
        }
        if let Some(hash) = self.synonyms {
            form.synonyms = texts.synonyms(hash)?;
        }
        Ok(form)
    }
}
