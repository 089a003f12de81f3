//! Which questions say nearly the same.
//!
//! Two questions are compared by the pairs of neighboring words in stem, exhibit and keys: shared pairs over all pairs
//! (the Jaccard index of word bigrams; Broder 1997, "On the resemblance and containment of documents"). Not each is
//! compared with each: of two that reach the threshold, a few of the rarest pairs of the one are among a few of the
//! rarest of the other (prefix filtering; Xiao, Wang, Lin and Yu 2008, "Efficient similarity joins for near duplicate
//! detection"). And a question is compared with one group no longer than until it belongs to it, so that a thousand
//! copies cost no more than a thousand questions.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::{Exhibit, Item};
use crate::arithmetic::as_f64;

/// From this resemblance on, in tenths, two questions are nearly the same.
const THRESHOLD: usize = 7;
/// After so many comparisons in vain a question is left alone: a bank of thousands that all resemble each other a little
/// must not stop the check. Copies are found without a comparison, and those that share the rarest pairs come first.
const PATIENCE: u32 = 1_000;

/// Which of some questions are nearly the same as another of them. Numbers are their places in the list.
#[derive(Default)]
pub(crate) struct Likeness {
    pairs: WordPairs,
    groups: Vec<Vec<usize>>,
}

impl Likeness {
    /// Pairs of questions that are `apart` do not count.
    #[must_use]
    pub(crate) fn among(items: &[&Item], apart: impl Fn(usize, usize) -> bool) -> Self {
        let mut pairs = WordPairs::of(items);
        let counts = Counts::of(&pairs);
        let mut contenders = counts.contenders(&mut pairs);
        // The shorter first: then only the rarest few of the longer have to be looked up among those of the shorter.
        // Copies come one after the other.
        contenders.sort_by_cached_key(|item| {
            let set = pairs.set(*item);
            (set.len(), set.iter().fold(Hash::default(), |hash, pair| hash.and(u64::from(*pair))).0)
        });
        let mut groups = Groups::of_each(items.len());
        for two in contenders.windows(2) {
            if pairs.set(two[0]) == pairs.set(two[1]) && !apart(two[0], two[1]) {
                groups.unite(two[0], two[1]);
            }
        }
        let mut index = Index::for_sets(contenders.iter().map(|item| pairs.set(*item).len()).sum(), items.len());
        for item in contenders {
            let rarest = counts.rarest(pairs.set(item));
            index.join(&pairs, item, &rarest, &mut groups, &apart);
            index.add(item, &rarest, &mut groups);
        }
        Self { pairs, groups: groups.of_several() }
    }

    /// The questions that are nearly the same as another, in groups: a question belongs to a group if it is nearly the
    /// same as one of it. Each group is in order, and so are the groups, by their first.
    #[must_use]
    pub(crate) fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// Whether two questions of one group are nearly the same: in a large group not each is like each.
    #[must_use]
    pub(crate) fn are_alike(&self, one: usize, other: usize) -> bool {
        self.pairs.nearly_the_same(one, other)
    }
}

/// The share of word pairs that two questions have in common, 0 to 1.
#[must_use]
pub(super) fn resemblance(one: &Item, other: &Item) -> f64 {
    let mut pairs = WordPairs::of(&[one, other]);
    pairs.make_set(0);
    pairs.make_set(1);
    let (one, other) = (pairs.set(0), pairs.set(1));
    let common = common(one, other);
    let all = one.len() + other.len() - common;
    as_f64(common) / as_f64(all.max(1))
}

/// The word pairs of all questions in one list, so that a large bank takes no more than their hashes.
#[derive(Default)]
struct WordPairs {
    /// Those of one question after those of another.
    hashes: Vec<u32>,
    /// Where a question's pairs start and end.
    ranges: Vec<(u32, u32)>,
}

impl WordPairs {
    fn of(items: &[&Item]) -> Self {
        let mut pairs = Self { hashes: Vec::new(), ranges: Vec::with_capacity(items.len()) };
        for item in items {
            let start = number(pairs.hashes.len());
            word_pairs(item, &mut pairs.hashes);
            pairs.ranges.push((start, number(pairs.hashes.len())));
        }
        pairs
    }

    fn range(&self, item: usize) -> Range<usize> {
        let (start, end) = self.ranges[item];
        start as usize..end as usize
    }

    /// The pairs of a question as they come; once they are made a set: sorted, and each once.
    fn set(&self, item: usize) -> &[u32] {
        &self.hashes[self.range(item)]
    }

    fn make_set(&mut self, item: usize) {
        let range = self.range(item);
        let set = &mut self.hashes[range];
        set.sort_unstable();
        let mut kept = 0;
        for at in 0..set.len() {
            if at == 0 || set[at] != set[kept - 1] {
                set[kept] = set[at];
                kept += 1;
            }
        }
        self.ranges[item].1 = self.ranges[item].0 + number(kept);
    }

    /// Of two sets.
    fn nearly_the_same(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.set(one), self.set(other));
        let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
        if short * 10 < long * THRESHOLD {
            return false;
        }
        let common = common(one, other);
        common * 10 >= (short + long - common) * THRESHOLD
    }
}

/// Of so many pairs, how many of the rarest must be looked up to find all that are as long or shorter: all but a share of
/// the threshold may differ.
fn to_look_up(pairs: usize) -> usize {
    pairs - (pairs * THRESHOLD).div_ceil(10) + 1
}

/// By how many of the rarest a question of so many pairs is found by those that are as long or longer: more must agree,
/// to make up for what the longer one has besides.
fn to_be_found_by(pairs: usize) -> usize {
    pairs - (pairs * 2 * THRESHOLD).div_ceil(10 + THRESHOLD) + 1
}

/// How many numbers two sorted lists share.
fn common(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut beside, mut common) = (0, 0, 0);
    while at < one.len() && beside < other.len() {
        let order = one[at].cmp(&other[beside]);
        at += usize::from(order != Ordering::Greater);
        beside += usize::from(order != Ordering::Less);
        common += usize::from(order == Ordering::Equal);
    }
    common
}

/// What of a question is compared.
fn texts(item: &Item) -> impl Iterator<Item = &str> {
    let keys = item.choices.iter().filter(|choice| item.is_key(&choice.id)).map(|choice| choice.text.as_ref());
    std::iter::once(item.stem.as_ref()).chain(item.exhibit.iter().flat_map(Exhibit::texts)).chain(keys)
}

/// The hashes of the pairs of neighboring words, without regard to capitals. A question of fewer than two words has one
/// hash, that of its texts.
fn word_pairs(item: &Item, into: &mut Vec<u32>) {
    let none = into.len();
    let mut before = None;
    for text in texts(item) {
        let mut word = Word::default();
        for sign in spelled(text).as_bytes() {
            match LETTERS[usize::from(*sign)] {
                0 => {
                    word.end(&mut before, into);
                    word = Word::default();
                }
                letter => word = word.and(letter),
            }
        }
        word.end(&mut before, into);
    }
    if into.len() == none {
        let letters = texts(item).flat_map(str::chars);
        into.push(letters.fold(Hash::default(), |hash, letter| hash.and(letter.into())).short());
    }
}

/// A text whose signs beyond ASCII are all lower-case letters: others become spaces.
fn spelled(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            spelled.extend(letter.to_lowercase());
        } else {
            spelled.push(' ');
        }
    }
    Cow::Owned(spelled)
}

/// For each byte of a spelled text the letter that it counts as; zero for one that ends a word.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut sign = u8::MAX;
    while sign > 0 {
        if sign.is_ascii_alphanumeric() || !sign.is_ascii() {
            letters[sign as usize] = sign.to_ascii_lowercase();
        }
        sign -= 1;
    }
    letters
};

/// A word while it is read. Eight letters are hashed at a time: every start reads the questions of a form.
#[derive(Clone, Copy, Default)]
struct Word {
    before: Hash,
    /// The last letters; none of them is zero.
    letters: u64,
}

impl Word {
    fn and(self, letter: u8) -> Self {
        let (before, letters) = match self.letters >> 56 {
            0 => (self.before, self.letters),
            _ => (self.before.and(self.letters), 0),
        };
        Self { before, letters: letters << 8 | u64::from(letter) }
    }

    /// Here the word ends, if there is one: with the word before it, it is a pair.
    fn end(self, before: &mut Option<Hash>, pairs: &mut Vec<u32>) {
        if self.letters == 0 {
            return;
        }
        let word = self.before.and(self.letters);
        if let Some(before) = before.replace(word) {
            pairs.push(before.and(word.0).short());
        }
    }
}

/// A hash that is the same on every machine, since forms depend on it: that of Firefox ("`FxHash`").
#[derive(Clone, Copy, Default)]
struct Hash(u64);

impl Hash {
    fn and(self, more: u64) -> Self {
        Self((self.0.rotate_left(5) ^ more).wrapping_mul(0x517c_c1b7_2722_0a95))
    }

    /// The upper half, into which all lower bits have been carried.
    fn short(self) -> u32 {
        u32::try_from(self.0 >> 32).unwrap_or_default()
    }
}

/// How often each pair stands in all questions, at most.
///
/// Pairs are told apart by some bits of their hash only. Two that share these count as one: that proposes a comparison
/// more, and loses none.
struct Counts {
    mask: u32,
    counts: Vec<u16>,
}

impl Counts {
    fn of(pairs: &WordPairs) -> Self {
        let slots = (pairs.hashes.len() * 2).next_power_of_two();
        let mut counts = Self { mask: number(slots - 1), counts: vec![0; slots] };
        for hash in &pairs.hashes {
            let count = &mut counts.counts[(hash & counts.mask) as usize];
            *count = count.saturating_add(1);
        }
        counts
    }

    fn count(&self, hash: u32) -> u16 {
        self.counts[(hash & self.mask) as usize]
    }

    /// The questions that can be nearly the same as another, their pairs made a set: those of which too few pairs stand
    /// nowhere else. In a bank without copies they are few.
    fn contenders(&self, pairs: &mut WordPairs) -> Vec<usize> {
        let mut contenders = Vec::new();
        for item in 0..pairs.ranges.len() {
            let all = pairs.set(item);
            let alone = all.iter().filter(|hash| self.count(**hash) == 1).count();
            if alone < to_look_up(all.len()) {
                pairs.make_set(item);
                contenders.push(item);
            }
        }
        contenders
    }

    /// The rarest pairs of a set, but for those that stand nowhere else.
    fn rarest(&self, set: &[u32]) -> Rarest {
        let mut pairs: Vec<(u16, u32)> = set.iter().map(|hash| (self.count(*hash), *hash)).collect();
        pairs.sort_unstable();
        pairs.truncate(to_look_up(set.len()));
        let alone = pairs.partition_point(|(count, _)| *count < 2);
        let known = to_be_found_by(set.len()).saturating_sub(alone);
        Rarest { pairs: pairs.drain(alone..).map(|(_, hash)| hash).collect(), known }
    }
}

/// Some pairs of a question, the rarest first.
struct Rarest {
    /// By these it finds those that are as long or shorter.
    pairs: Vec<u32>,
    /// By so many of them it is found.
    known: usize,
}

/// Which questions are found by which pairs.
struct Index {
    mask: u32,
    /// For each pair its first chain; a chain holds questions of one group.
    chains: Vec<u32>,
    links: Vec<Link>,
    /// With which question each was last compared.
    met: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Link {
    item: u32,
    /// The next of the same chain.
    next: u32,
    /// At the head of a chain: the head of the pair's next one.
    next_chain: u32,
}

const NONE: u32 = u32::MAX;

impl Index {
    /// For sets of so many pairs all together.
    fn for_sets(pairs: usize, items: usize) -> Self {
        let slots = pairs.next_power_of_two();
        Self { mask: number(slots - 1), chains: vec![NONE; slots], links: Vec::new(), met: vec![NONE; items] }
    }

    /// Joins a question to the groups of those that are nearly the same.
    fn join(
        &mut self,
        pairs: &WordPairs,
        item: usize,
        rarest: &Rarest,
        groups: &mut Groups,
        apart: &impl Fn(usize, usize) -> bool,
    ) {
        let mut patience = PATIENCE;
        for pair in &rarest.pairs {
            let mut head = self.chains[(pair & self.mask) as usize];
            while head != NONE {
                let Link { item: first, next_chain, .. } = self.links[head as usize];
                let mut at = if groups.root(first as usize) == groups.root(item) { NONE } else { head };
                while at != NONE {
                    let Link { item: other, next, .. } = self.links[at as usize];
                    let other = other as usize;
                    at = next;
                    if std::mem::replace(&mut self.met[other], number(item)) == number(item) {
                        continue;
                    }
                    if pairs.nearly_the_same(item, other) && !apart(item, other) {
                        groups.unite(item, other);
                        break;
                    }
                    patience -= 1;
                    if patience == 0 {
                        return;
                    }
                }
                head = next_chain;
            }
        }
    }

    /// Lets a question be found by those that come after it.
    fn add(&mut self, item: usize, rarest: &Rarest, groups: &mut Groups) {
        for pair in rarest.pairs.iter().take(rarest.known) {
            let slot = (pair & self.mask) as usize;
            let new = number(self.links.len());
            let first = self.chains[slot];
            let mut head = first;
            while head != NONE && groups.root(self.links[head as usize].item as usize) != groups.root(item) {
                head = self.links[head as usize].next_chain;
            }
            let link = if head == NONE {
                self.chains[slot] = new;
                Link { item: number(item), next: NONE, next_chain: first }
            } else {
                let next = std::mem::replace(&mut self.links[head as usize].next, new);
                Link { item: number(item), next, next_chain: NONE }
            };
            self.links.push(link);
        }
    }
}

/// Which questions belong together (a disjoint-set forest).
struct Groups {
    parents: Vec<u32>,
}

impl Groups {
    fn of_each(items: usize) -> Self {
        Self { parents: (0..number(items)).collect() }
    }

    fn root(&mut self, item: usize) -> usize {
        let mut at = item;
        loop {
            let parent = self.parents[at] as usize;
            if parent == at {
                return at;
            }
            self.parents[at] = self.parents[parent];
            at = parent;
        }
    }

    /// The first of both groups stands for all.
    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parents[one.max(other)] = number(one.min(other));
    }

    /// The groups that have more than one member.
    fn of_several(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut found: Vec<u32> = vec![NONE; self.parents.len()];
        for item in 0..self.parents.len() {
            let root = self.root(item);
            if root == item {
                continue;
            }
            if found[root] == NONE {
                found[root] = number(groups.len());
                groups.push(vec![root]);
            }
            groups[found[root] as usize].push(item);
        }
        groups.sort_unstable_by_key(|group| group[0]);
        groups
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where its promise is broken")]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn item(stem: &str) -> Item {
        let choice = |id: &str, text: &str| json!({ "id": id, "text": text });
        serde_json::from_value(json!({
            "id": "q", "section": "s", "domain": "d", "topic": "t", "level": "recall", "stem": stem,
            "choices": [choice("a", "yes"), choice("b", "no")], "key": ["a"],
        }))
        .unwrap()
    }

    /// Each compared with each.
    fn compared(items: &[&Item]) -> Vec<Vec<usize>> {
        let mut groups = Groups::of_each(items.len());
        for one in 0..items.len() {
            for other in 0..one {
                if resemblance(items[one], items[other]) > 0.699_999 {
                    groups.unite(one, other);
                }
            }
        }
        groups.of_several()
    }

    proptest! {
        /// Texts of few words, so that all resemblances occur, changed a little from each other.
        #[test]
        fn the_groups_are_those_that_comparing_each_with_each_gives(
            texts in prop::collection::vec(prop::collection::vec(0_u8..12, 0..24), 1..12),
            changes in prop::collection::vec((0_usize..12, 0_usize..24, 0_u8..12), 0..60),
        ) {
            let mut texts = texts;
            for (text, at, word) in changes {
                let mut copy = texts[text % texts.len()].clone();
                if let Some(old) = copy.get_mut(at) {
                    *old = word;
                }
                texts.push(copy);
            }
            let stem = |text: &Vec<u8>| text.iter().map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
            let items: Vec<Item> = texts.iter().map(|text| item(&stem(text))).collect();
            let items: Vec<&Item> = items.iter().collect();
            let likeness = Likeness::among(&items, |_, _| false);
            prop_assert_eq!(likeness.groups(), compared(&items));
        }
    }

    #[test]
    fn capitals_signs_and_line_breaks_make_no_difference() {
        let stems = ["Who signs the form, \u{c9}mile?", "who SIGNS\nthe \"form\" \u{e9}mile", "Who reads the form?"];
        let items = stems.map(item);
        assert_eq!(Likeness::among(&items.each_ref(), |_, _| false).groups(), [[0, 1]]);
    }

    #[test]
    fn questions_without_words_are_the_same_only_if_their_texts_are() {
        let items = ["\u{2192} ++", "\u{2192} --", "\u{2192} ++"].map(|stem| {
            let mut item = item(stem);
            item.choices[0].text = "!".into();
            item
        });
        assert_eq!(Likeness::among(&items.each_ref(), |_, _| false).groups(), [[0, 2]]);
    }

    #[test]
    fn who_is_apart_from_one_copy_belongs_to_the_group_by_another() {
        let items = ["Who signs the form?"; 3].map(item);
        let apart = |one: usize, other: usize| one.min(other) == 0 && one.max(other) == 1;
        assert_eq!(Likeness::among(&items.each_ref(), apart).groups(), [[0, 1, 2]]);
        assert!(Likeness::among(&[&items[0], &items[1]], apart).groups().is_empty());
    }
}
