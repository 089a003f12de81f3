//! Wording that helps the test-wise or hinders the reader (advice).

use super::tokens::{Token, tokens};
use super::{Checker, Question};
use crate::bank::is_open;
use crate::diagnostics::{Code, Diagnostic, codes};

codes! {
    Warning NO_REFERENCE "no-reference"
    Warning ALL_OF_THE_ABOVE "all-of-the-above"
    Warning NEGATIVE_STEM "negative-stem"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let name = &question.name;
    for (id, text) in question.choices.iter().flatten().filter(|(_, text)| points_at_others(text.value)) {
        let message = format!("choice `{}` of {name} is \"{}\"", id.value, text.value.trim());
        let help = "write out what it stands for";
        checker.report(Diagnostic::new(Code::ALL_OF_THE_ABOVE, message).at(text.span).help(help));
    }
    if let Some(stem) = question.stem.as_ref().filter(|stem| quiet_negation(stem.value)) {
        let message = format!("the stem of {name} asks for the exception in small letters");
        let help = "ask positively, or write NOT or EXCEPT in capitals";
        checker.report(Diagnostic::new(Code::NEGATIVE_STEM, message).at(stem.span).help(help));
    }
    let open = |section| checker.blueprint.is_some_and(|blueprint| is_open(blueprint, section));
    if question.advise.references && question.section.as_ref().is_some_and(open) && question.references.is_empty() {
        let message = format!("{name} stands in an open-book section but names no reference sheet");
        let help = "add, for example, references = [\"class-of-case\"]";
        checker.report(Diagnostic::new(Code::NO_REFERENCE, message).at(question.opening).help(help));
    }
}

/// Whether a choice says nothing but how many of the others hold.
fn points_at_others(choice: &str) -> bool {
    const HOW_MANY: &[&str] =
        &["all", "none", "both", "neither", "any", "either", "some", "each", "one", "two", "three", "more", "most"];
    const OTHERS: &[&str] = &["above", "these", "those", "them", "preceding", "previous", "foregoing", "others"];
    const CHOICES: &[&str] = &["answers", "choices", "options", "alternatives", "responses", "statements"];
    const VERDICTS: &[&str] = &["correct", "true", "right", "incorrect", "false", "wrong", "apply", "applies"];
    const TIES: &[&str] = &[
        "of",
        "the",
        "are",
        "is",
        "other",
        "listed",
        "given",
        "mentioned",
        "named",
        "than",
        "and",
        "or",
        "not",
        "but",
        "a",
        "combination",
        "answer",
        "choice",
        "option",
    ];
    let words: Vec<Token<'_>> = tokens(choice).into_iter().filter(Token::is_word).collect();
    let ends_with = |tail: &[&str]| {
        words.len() > tail.len() && words[words.len() - tail.len()..].iter().zip(tail).all(|(word, tail)| word.is(tail))
    };
    let has = |known: &[&str]| words.iter().any(|word| word.is_one_of(known));
    let known = [HOW_MANY, OTHERS, CHOICES, VERDICTS, TIES];
    let nothing_else = || words.iter().all(|word| known.iter().any(|known| word.is_one_of(known)));
    let points = || has(OTHERS) && (has(&["of", "the"]) || has(VERDICTS));
    let judges = || has(VERDICTS) && has(&["are", "is"]);
    let counts = || has(CHOICES) && has(&["of", "other"]);
    ends_with(&["of", "the", "above"]) || (nothing_else() && has(HOW_MANY) && (points() || judges() || counts()))
}

/// Whether the question itself, the last sentence, turns on a negation in small letters.
fn quiet_negation(stem: &str) -> bool {
    let last = stem.trim().rsplit(['.', '\n']).find(|part| !part.trim().is_empty()).unwrap_or("");
    let asks = ["which", "what", "who", "all", "each", "every"];
    let lower = last.trim().to_lowercase();
    asks.iter().any(|word| lower.starts_with(word))
        && [" is not ", " are not ", " would not ", " should not ", " does not ", " except ", " except:", " except?"]
            .iter()
            .any(|negation| last.contains(negation))
        // "not yet" and "not been" in a relative clause describe the case; the question's own verb comes early.
        && [" is not ", " are not ", " except", " would not ", " should not ", " does not "]
            .iter()
            .filter_map(|negation| last.find(negation))
            .min()
            .is_some_and(|at| at < 60 || last[at..].starts_with(" except"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_none_of_the_above_are_noticed_and_plain_choices_are_not() {
        for choice in [
            "All of the above",
            "None of these.",
            "All the above",
            "Both of the above",
            "Any two of the above",
            "A combination of the above",
            "More than one of these",
            "None of the other choices",
            "All of the answers are correct",
            "Both are true",
            "Neither of them",
            "None of the above is correct",
        ] {
            assert!(points_at_others(choice), "{choice}");
        }
        for choice in [
            "All laboratory reports",
            "The volume of the above-ground tank",
            "None",
            "Both",
            "All patients above 65",
            "None of these patients",
            "One or two",
            "Both parents",
            "All of the record",
            "True",
            "Neither party",
        ] {
            assert!(!points_at_others(choice), "{choice}");
        }
    }

    #[test]
    fn a_negation_counts_only_in_the_question_and_in_small_letters() {
        assert!(quiet_negation("A clerk files a record. Which of these is not a duty of the clerk?"));
        assert!(quiet_negation("All of these are reportable except:"));
        assert!(!quiet_negation("Which of these is NOT a duty of the clerk?"));
        assert!(!quiet_negation("The record is not complete. What comes next?"));
    }
}
