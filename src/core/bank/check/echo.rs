//! A word of the question that stands in the key and in no other choice leads to the key by its sound (advice).
//!
//! Every field has words that are in half of its questions, and one of these in the key says nothing. So what each
//! question shows is gathered while it is read, and told once it is known how rare its words are in the bank.

use super::sentences::question;
use super::{Checker, Question};
use crate::bank::links::Echo;
use crate::bank::{Bank, Item};
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};
use crate::id::ChoiceId;

codes! {
    Warning CLANG_ASSOCIATION "clang-association"
}

/// Shorter words are in any text.
const SHORTEST: usize = 5;
/// A question of more words tells a case, whose words the key is right to take up.
const LONGEST: usize = 30;
/// Words that are not short, and in any text, too.
const EVERYWHERE: &[&str] = &[
    "about",
    "after",
    "again",
    "always",
    "answer",
    "because",
    "before",
    "being",
    "below",
    "between",
    "choice",
    "correct",
    "could",
    "during",
    "every",
    "first",
    "following",
    "given",
    "least",
    "likely",
    "might",
    "never",
    "other",
    "question",
    "right",
    "shall",
    "should",
    "since",
    "statement",
    "their",
    "there",
    "these",
    "those",
    "three",
    "under",
    "until",
    "usual",
    "usually",
    "where",
    "which",
    "while",
    "whose",
    "without",
    "would",
    "wrong",
];
/// A word is common if so many questions have it, or so large a share of them; a fixed sample of the bank tells.
const COMMON: usize = 4;
const COMMON_SHARE: usize = 66;
const SAMPLE: usize = 1000;

/// What a question with one key shows, if its key alone shows anything: where other choices repeat other words, no
/// choice stands out.
pub(in crate::bank) fn shown(asked: &Question<'_>) -> Option<Echo> {
    let (stem, choices) = (asked.stem.as_ref()?, asked.choices.as_deref()?);
    let [key] = asked.keys.as_deref()? else { return None };
    let key = choices.iter().position(|(id, _)| ChoiceId::new(id.value) == ChoiceId::new(key.value))?;
    let sentence = question(stem.value);
    let asks = words(sentence);
    let is_asked = |word: &Word<'_>| asks.iter().any(|other| other.is_like(*word));
    if choices.len() < 3
        || !words(choices[key].1.value).iter().any(is_asked)
        || sentence.split_whitespace().nth(LONGEST).is_some()
    {
        return None;
    }
    let choices: Vec<(&Spanned<&str>, Vec<Word<'_>>)> =
        choices.iter().map(|(_, text)| (text, words(text.value))).collect();
    let stands_apart = |at: usize, word: &Word<'_>| {
        let mut others = choices.iter().enumerate().filter(|(other, _)| *other != at);
        is_asked(word) && !word.is_everywhere() && others.all(|(_, (_, words))| !words.iter().any(|w| w.is_like(*word)))
    };
    let rivals = || choices.iter().enumerate().filter(|(at, _)| *at != key);
    let lower = sentence.to_lowercase();
    if rivals().any(|(_, (text, _))| lower.contains(&text.value.trim().to_lowercase()))
        || rivals().any(|(at, (_, words))| words.iter().any(|word| stands_apart(at, word)))
    {
        return None;
    }
    let place = asked.file_text.span_of(sentence, stem.span);
    let echo = |word: &Word<'_>| {
        let there = asks.iter().find(|other| other.is_like(*word))?;
        let here = asked.file_text.span_of(word.0, choices[key].0.span);
        Some((word.0.to_owned(), here, asked.file_text.span_of(there.0, place)))
    };
    let words: Vec<_> = choices[key].1.iter().filter(|word| stands_apart(key, word)).filter_map(echo).collect();
    (!words.is_empty()).then(|| Echo { name: asked.name.clone(), words })
}

pub(super) fn check(bank: &Bank, echoes: &[Echo], checker: &mut Checker<'_>) {
    if echoes.is_empty() {
        return;
    }
    let sample: Vec<&Item> = bank.items.iter().step_by(bank.items.len() / SAMPLE + 1).map(AsRef::as_ref).collect();
    let mut candidates: Vec<&str> =
        echoes.iter().flat_map(|echo| &echo.words).map(|(word, ..)| Word(word).root()).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let counts = counts(&sample, &candidates);
    let is_rare = |word: &str| {
        let count = candidates.binary_search(&Word(word).root()).map_or(0, |at| counts[at]);
        count < COMMON.max(sample.len() / COMMON_SHARE)
    };
    for Echo { name, words } in echoes {
        if let Some((word, here, there)) = words.iter().find(|(word, ..)| is_rare(word)) {
            let message = format!("of the choices of {name} the key alone repeats \"{word}\" of the question");
            let help = "use another word in the key, or let distractors have it, too";
            let finding = Diagnostic::new(Code::CLANG_ASSOCIATION, message).at(*here);
            checker.report(finding.related(*there, "the question has it here").help(help));
        }
    }
}

/// In how many questions each of these words stands.
fn counts(sample: &[&Item], candidates: &[&str]) -> Vec<usize> {
    let mut counts = vec![0; candidates.len()];
    let mut last = vec![usize::MAX; candidates.len()];
    for (number, item) in sample.iter().enumerate() {
        let choices = item.choices.iter().map(|choice| &*choice.text);
        for word in std::iter::once(&*item.stem).chain(choices).flat_map(words) {
            if let Ok(at) = candidates.binary_search(&word.root())
                && last[at] != number
            {
                last[at] = number;
                counts[at] += 1;
            }
        }
    }
    counts
}

/// A word that can lead somewhere.
#[derive(Clone, Copy)]
struct Word<'t>(&'t str);

/// The words of a text that are not too short.
fn words(text: &str) -> Vec<Word<'_>> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= SHORTEST).map(Word).collect()
}

/// So many bytes are left of a word without its ending.
const ROOT: usize = 4;

impl<'t> Word<'t> {
    /// Whether they differ in nothing but their endings and capitals.
    fn is_like(self, other: Word<'_>) -> bool {
        let (one, two) = (self.0.as_bytes(), other.0.as_bytes());
        one[..ROOT].eq_ignore_ascii_case(&two[..ROOT]) && self.root().eq_ignore_ascii_case(other.root())
    }

    /// It without the endings of English that leave its meaning.
    fn root(self) -> &'t str {
        const ENDINGS: &[&str] = &["ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y", "e"];
        let bare = ENDINGS.iter().filter_map(|ending| self.0.strip_suffix(ending)).find(|bare| bare.len() >= ROOT);
        bare.unwrap_or(self.0)
    }

    fn is_everywhere(self) -> bool {
        EVERYWHERE.iter().any(|known| known.eq_ignore_ascii_case(self.0))
    }
}
