//! A stem asks something, so that it can be answered with the choices covered (advice).

use super::sentences::{is_closing, question, sentences};
use super::tokens::{Token, tokens};
use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning UNFOCUSED_STEM "unfocused-stem"
    Warning NO_QUESTION "no-question"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(stem) = &question.stem else { return };
    if let Some(sentence) = unfocused(stem.value).filter(|_| !chooses_among_what_is_named(question, stem.value)) {
        let message = format!("the stem of {} asks for nothing but a true choice: \"{sentence}\"", question.name);
        let help = "ask what the key answers, so that who knows it can say it with the choices covered";
        let span = question.file_text.span_of(sentence, stem.span);
        checker.report(Diagnostic::new(Code::UNFOCUSED_STEM, message).at(span).help(help));
    }
    if let Some(sentence) = statement(stem.value).filter(|_| !asks_for_a_verdict(question)) {
        let message = format!("the stem of {} asks no question and leaves none open", question.name);
        let help = "end it with a question, or with a sentence that the choices complete";
        let span = question.file_text.span_of(sentence, stem.span);
        checker.report(Diagnostic::new(Code::NO_QUESTION, message).at(span).help(help));
    }
}

/// What is said of a choice that is to be found.
const VERDICTS: &[&str] = &[
    "right",
    "true",
    "correct",
    "accurate",
    "valid",
    "wrong",
    "false",
    "incorrect",
    "untrue",
    "inaccurate",
    "invalid",
];
/// What choices are called where nothing is said of what they are about.
const CHOICES: &[&str] = &[
    "statement",
    "statements",
    "sentence",
    "sentences",
    "assertion",
    "assertions",
    "choice",
    "choices",
    "answer",
    "answers",
];

/// Of which a sentence that asks for a verdict has one; verdicts such as `incorrect` have one within.
const IN_VERDICTS: &[&str] = &["right", "true", "correct", "accurate", "valid", "wrong", "false"];

/// The sentence of a stem that asks which choice is true, and nothing else.
fn unfocused(stem: &str) -> Option<&str> {
    let sentence = question(stem);
    if names_a_subject(sentence) {
        return Some(sentence);
    }
    if !IN_VERDICTS.iter().any(|verdict| sentence.contains(verdict)) {
        return None;
    }
    let words: Vec<Token<'_>> = tokens(sentence).into_iter().filter(Token::is_word).collect();
    let asks = || words.iter().rposition(|word| word.is_one_of(&["which", "what"])).map(|at| &words[at + 1..]);
    let found = asks().is_some_and(asks_for_truth) || orders_the_truth(&words) || excepts(&words);
    found.then_some(sentence)
}

/// `of these statements about the index is NOT true`, after "which".
fn asks_for_truth(words: &[Token<'_>]) -> bool {
    const ONE: &[&str] = &["one", "single", "ones"];
    const VERBS: &[&str] = &["is", "are", "would", "can", "must"];
    const BETWEEN: &[&str] = &["not", "the", "always", "most", "best", "also", "likely", "be", "said", "to", "a"];
    let rest = after(after_others(after(words, ONE)), CHOICES);
    let Some(verb) = rest.iter().position(|word| word.is_one_of(VERBS)) else { return false };
    let (before, said) = (&rest[..verb], after(&rest[verb + 1..], BETWEEN));
    let Some((verdict, tail)) = said.split_first() else { return false };
    let leads = |words: &[Token<'_>]| words.first().is_none_or(|word| word.is_one_of(SUBJECT));
    verdict.is_one_of(VERDICTS) && leads(before) && leads(after(tail, CHOICES))
}

/// What leads to the subject of which something true is to be said.
const SUBJECT: &[&str] = &["about", "of", "regarding", "concerning", "for", "with", "in", "under", "according", "here"];

/// Behind `of the following statements` or `of these`.
fn after_others<'w, 't>(words: &'w [Token<'t>]) -> &'w [Token<'t>] {
    const OTHERS: &[&str] =
        &["the", "these", "those", "them", "following", "above", "below", "two", "three", "four", "five", "listed"];
    match words {
        [of, other, ..] if of.is("of") && other.is_one_of(OTHERS) => after(&words[1..], OTHERS),
        _ => words,
    }
}

/// Behind those of these words that it begins with.
fn after<'w, 't>(words: &'w [Token<'t>], known: &[&str]) -> &'w [Token<'t>] {
    let count = words.iter().take_while(|word| word.is_one_of(known)).count();
    &words[count..]
}

/// `Choose the correct statement about the index.`
fn orders_the_truth(words: &[Token<'_>]) -> bool {
    let [order, rest @ ..] = words else { return false };
    let rest = after(rest, &["the", "one", "a"]);
    order.is_one_of(ORDERS)
        && matches!(rest, [verdict, choice, rest @ ..] if verdict.is_one_of(VERDICTS) && choice.is_one_of(CHOICES)
            && rest.first().is_none_or(|tail| tail.is_one_of(SUBJECT)))
}

/// `All of these statements about the index are true EXCEPT`
fn excepts(words: &[Token<'_>]) -> bool {
    let [all, of, other, ..] = words else { return false };
    let ends = matches!(words, [.., verb, verdict, except]
        if verb.is_one_of(&["is", "are"]) && verdict.is_one_of(VERDICTS) && except.is("except"));
    all.is_one_of(&["all", "each"]) && of.is("of") && other.is_one_of(&["the", "these"]) && ends
}

/// `Regarding the index:`
fn names_a_subject(sentence: &str) -> bool {
    let leads = ["Regarding ", "Concerning ", "About "].iter().any(|lead| sentence.starts_with(lead));
    leads && !sentence.contains([',', '?', '.'])
}

/// Whether the choices are named in the stem, as `Coder A` is where two coders disagree, or by numbers, as `I and III`:
/// then the stem holds what is to be judged.
fn chooses_among_what_is_named(question: &Question<'_>, stem: &str) -> bool {
    const NUMBERS: &[&str] =
        &["i", "ii", "iii", "iv", "v", "and", "or", "only", "both", "neither", "nor", "all", "none"];
    let choices = question.choices.as_deref().unwrap_or_default();
    let stem = stem.to_lowercase();
    let named = |choice: &str| {
        let words = tokens(choice);
        let mut words = words.iter().filter(|word| word.is_word());
        stem.contains(choice.trim().trim_end_matches('.').to_lowercase().as_str())
            || words.all(|word| word.is_one_of(NUMBERS) || word.number().is_some() || word.letter().is_some())
    };
    let count = choices.iter().filter(|(_, text)| named(text.value)).count();
    count * 2 >= choices.len().max(1)
}

/// What a stem begins with that orders something in place of asking for it.
const ORDERS: &[&str] = &[
    "arrange",
    "assign",
    "assume",
    "calculate",
    "choose",
    "classify",
    "code",
    "compare",
    "complete",
    "compute",
    "consider",
    "convert",
    "decide",
    "define",
    "describe",
    "determine",
    "estimate",
    "evaluate",
    "explain",
    "find",
    "give",
    "identify",
    "indicate",
    "list",
    "locate",
    "mark",
    "match",
    "name",
    "order",
    "pick",
    "place",
    "put",
    "rank",
    "recommend",
    "round",
    "select",
    "sequence",
    "sort",
    "state",
    "suggest",
    "tell",
    "use",
    "write",
];
const INTERROGATIVES: &[&str] = &[
    "which", "what", "who", "whom", "whose", "when", "where", "why", "how", "is", "are", "does", "do", "did", "can",
    "should", "would", "will", "may", "must", "has", "have", "was", "were",
];
/// Behind these a sentence goes on.
const OPEN_ENDS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "as",
    "a",
    "an",
    "the",
    "of",
    "to",
    "by",
    "for",
    "in",
    "on",
    "at",
    "with",
    "from",
    "into",
    "under",
    "than",
    "that",
    "and",
    "or",
    "if",
    "when",
    "because",
    "must",
    "should",
    "can",
    "may",
    "will",
    "would",
    "called",
    "named",
    "known",
    "termed",
    "not",
    "except",
    "include",
    "includes",
    "including",
];
/// A sentence of English has one of these. What is written in another language is not judged.
const ENGLISH: &[&str] = &[
    "the", "a", "an", "of", "is", "are", "was", "were", "has", "have", "had", "to", "for", "with", "from", "by", "her",
    "his",
];

/// The last sentence of a stem in which nothing asks: each is a statement that is complete.
fn statement(stem: &str) -> Option<&str> {
    if stem.contains(['?', '\u{ff1f}', '\u{61f}', '_', '\u{2026}']) || stem.contains("...") {
        return None;
    }
    let sentences = sentences(stem);
    let last = sentences.last()?;
    if !last.trim_end_matches(is_closing).ends_with(['.', '!']) {
        return None;
    }
    let words = tokens(last);
    let mut english = words.iter().filter(|word| word.is_one_of(ENGLISH));
    let ends_open = words.iter().rfind(|word| word.is_word()).is_some_and(|word| word.is_one_of(OPEN_ENDS));
    let asks = || sentences.iter().any(|sentence| orders(sentence));
    (english.next().is_some() && !ends_open && !asks()).then_some(*last)
}

/// Whether a sentence orders something, or asks without the mark of a question.
fn orders(sentence: &str) -> bool {
    let words = tokens(sentence);
    let begins = |at: usize| {
        at == 0 || matches!(words[at - 1].text, "," | ":" | ";") || words[at - 1].is_one_of(&["please", "then"])
    };
    words.iter().enumerate().any(|(at, word)| word.is_one_of(ORDERS) && begins(at))
        || words.first().is_some_and(|word| word.is_one_of(INTERROGATIVES))
}

/// Whether the choices are verdicts on the stem: true or false.
fn asks_for_a_verdict(question: &Question<'_>) -> bool {
    const YES_OR_NO: &[&str] = &["yes", "no", "agree", "disagree"];
    let choices = question.choices.as_deref().unwrap_or_default();
    let verdict =
        |text: &str| tokens(text).first().is_some_and(|word| word.is_one_of(VERDICTS) || word.is_one_of(YES_OR_NO));
    choices.iter().all(|(_, text)| verdict(text.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_that_asks_for_a_true_choice_and_nothing_else_is_unfocused() {
        for stem in [
            "What is right?",
            "A clerk releases a record. Which statement is true?",
            "Which of the following is correct?",
            "Which one of these statements is NOT true?",
            "Which of the following statements about the master patient index is correct?",
            "Which statement is true of the master patient index?",
            "Under the Privacy Rule, which of these is true?",
            "Which is true about the UHDDS?",
            "Which answer is correct?",
            "What can be said to be true?",
            "Choose the correct statement about the index.",
            "All of the following statements about the index are true EXCEPT:",
            "Regarding the master patient index:",
        ] {
            assert!(unfocused(stem).is_some(), "{stem}");
        }
        for stem in [
            "Which code is right?",
            "Which pair of data set and setting is correct?",
            "What is the right decision?",
            "What is the right response?",
            "Which coding is right for this inpatient?",
            "Which claim is correct?",
            "What is the correct order of the steps?",
            "Which of these records is complete and correct?",
            "What follows?",
            "Which statement does this figure support?",
            "Which statement in this note was entered under the wrong letter?",
            "Regarding the index, who keeps it?",
            "Which of these is a valid authorization?",
            "All of these are duties of the clerk EXCEPT",
        ] {
            assert_eq!(unfocused(stem), None, "{stem}");
        }
    }

    #[test]
    fn a_stem_of_statements_alone_asks_nothing() {
        for stem in [
            "A patient asks for a copy of her record.",
            "The index is kept by the department. A clerk merges two of its records!",
            "The clerk said, \"I will select the record.\"",
        ] {
            assert!(statement(stem).is_some(), "{stem}");
        }
        for stem in [
            "Who signs the form?",
            "What is the rate? Round to one decimal.",
            "The form is signed by the",
            "The form is signed by:",
            "The person who signs the form is called the ____.",
            "The process of merging two records is known as.",
            "Calculate the rate of the hospital. The figures are below.",
            "For each of the patients, select the code.",
            "Which of the forms is signed.",
            "Nenne die Person, die unterschreibt.",
        ] {
            assert_eq!(statement(stem), None, "{stem}");
        }
    }
}
