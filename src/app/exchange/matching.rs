//! Which question of the bank a question of a file is, when the file is imported again: the same one keeps its id, also
//! where its words have changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::naming::content;
use examroom_core::bank::{Bank, Item};
use examroom_core::id::ItemId;
use examroom_core::text::visible;
use examroom_exchange::{Draft, Name};

/// From this share of common words on, in tenths, a question without a name is one that was reworded.
const REWORDED: usize = 6;

/// A question that comes in.
pub(super) struct Coming<'c> {
    pub draft: &'c Draft,
    /// The id that it would have as a new one.
    pub id: &'c str,
    /// The questions of the file that it would be written into.
    pub beside: &'c BTreeSet<ItemId>,
}

/// The questions of a bank, to be found again.
pub(super) struct BankIndex<'b> {
    by_id: HashMap<&'b str, &'b Item>,
    by_content: HashMap<String, &'b Item>,
}

impl<'b> BankIndex<'b> {
    pub(super) fn of(bank: &'b Bank) -> Self {
        let by_id = bank.items.iter().map(|item| (item.id.as_str(), &**item)).collect();
        let mut by_content: HashMap<String, &Item> = HashMap::new();
        for item in &bank.items {
            for draft in drafts(item, bank) {
                by_content.entry(content(&draft)).or_insert(item);
            }
        }
        Self { by_id, by_content }
    }

    /// The question of this name, or else one that says the same.
    pub(super) fn find(&self, draft: &Draft) -> Option<&'b Item> {
        let by_name = match &draft.name {
            Name::Id(id) => self.by_id.get(id.as_str()),
            Name::Title(_) | Name::None => None,
        };
        by_name.or_else(|| self.by_content.get(&content(draft))).copied()
    }
}

/// The bank's question that each is, if it is there: the one of its id; or else one that says the same; or else one of its
/// file that no other question is, and that says nearly the same.
pub(super) fn matched<'b>(coming: &[Coming<'_>], index: &BankIndex<'b>) -> Vec<Option<&'b Item>> {
    let by_id = &index.by_id;
    let mut found: Vec<Option<&Item>> = coming.iter().map(|coming| by_id.get(coming.id).copied()).collect();
    let mut taken: HashSet<&ItemId> = found.iter().flatten().map(|item| &item.id).collect();
    for (found, coming) in found.iter_mut().zip(coming).filter(|(found, _)| found.is_none()) {
        *found = index.find(coming.draft).filter(|item| taken.insert(&item.id));
    }
    let words = Words::beside(&coming.iter().map(|coming| coming.beside).collect::<Vec<_>>(), by_id, &taken);
    for (found, coming) in found.iter_mut().zip(coming).filter(|(found, _)| found.is_none()) {
        // An author's own id says that it is a question of its own.
        if matches!(coming.draft.name, Name::Id(_)) {
            continue;
        }
        *found = words.nearest(coming, &taken).inspect(|item| {
            taken.insert(&item.id);
        });
    }
    found
}

/// The words of the bank's questions that no question of the file is so far.
struct Words<'b> {
    questions: Vec<(&'b Item, BTreeSet<String>)>,
    /// The questions that have a word.
    with: HashMap<String, Vec<usize>>,
}

impl<'b> Words<'b> {
    /// So many of the rarest words of a question lead to those that it is compared with.
    const RAREST: usize = 12;
    /// With so many questions for each of these words.
    const OF_EACH: usize = 100;

    fn beside(files: &[&BTreeSet<ItemId>], by_id: &HashMap<&'b str, &'b Item>, taken: &HashSet<&ItemId>) -> Self {
        let mut words = Self { questions: Vec::new(), with: HashMap::new() };
        let mut before: Vec<&BTreeSet<ItemId>> = Vec::new();
        for file in files {
            if before.iter().any(|other| std::ptr::eq(*other, *file)) {
                continue;
            }
            before.push(file);
            let items = file.iter().filter(|id| !taken.contains(id)).filter_map(|id| by_id.get(id.as_str()).copied());
            for item in items {
                let set = words_of(&Draft::of(item, None));
                for word in &set {
                    words.with.entry(word.clone()).or_default().push(words.questions.len());
                }
                words.questions.push((item, set));
            }
        }
        words
    }

    /// The question of its file that shares most words with one that comes in, if these are most of its words.
    fn nearest(&self, coming: &Coming<'_>, taken: &HashSet<&ItemId>) -> Option<&'b Item> {
        let ours = words_of(coming.draft);
        let mut rarest: Vec<&Vec<usize>> = ours.iter().filter_map(|word| self.with.get(word)).collect();
        rarest.sort_by_key(|questions| questions.len());
        let near = rarest.into_iter().take(Self::RAREST).flat_map(|questions| questions.iter().take(Self::OF_EACH));
        let mut best: Option<(usize, &Item)> = None;
        for at in near.collect::<BTreeSet<_>>() {
            let (item, theirs) = &self.questions[*at];
            if taken.contains(&item.id) || !coming.beside.contains(&item.id) {
                continue;
            }
            let common = ours.intersection(theirs).count();
            let share = common * 100 / (ours.len() + theirs.len() - common).max(1);
            if share >= REWORDED * 10 && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, item));
            }
        }
        best.map(|(_, item)| item)
    }
}

/// A bank's question alone, and with its case before it.
fn drafts(item: &Item, bank: &Bank) -> impl Iterator<Item = Draft> {
    let case = item.case.as_ref().and_then(|case| bank.cases.get(case));
    std::iter::once(Draft::of(item, None)).chain(case.map(|case| Draft::of(item, Some(case))))
}

fn words_of(draft: &Draft) -> BTreeSet<String> {
    let texts = std::iter::once(&draft.stem).chain(draft.choices.iter().map(|choice| &choice.text));
    let texts = texts.map(|text| visible(text).to_lowercase());
    let words = |text: String| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    texts.flat_map(words).filter(|word| !word.is_empty()).collect()
}
