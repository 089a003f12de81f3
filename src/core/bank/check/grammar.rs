//! Grammar that gives the key away: the stem fits it, and none or not all of the others (advice).
//!
//! Only what is certain without knowing what words mean is looked at: an article before the choices, a verb at the end of
//! a sentence that they complete, and the form of the verb that they begin with.

use super::sentences::question;
use super::tokens::{Token, tokens};
use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::id::ChoiceId;

codes! {
    Warning GRAMMATICAL_CUE "grammatical-cue"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let (Some(stem), Some(choices), Some([key])) = (&question.stem, &question.choices, question.keys.as_deref()) else {
        return;
    };
    let Some(key) = choices.iter().position(|(id, _)| ChoiceId::new(id.value) == ChoiceId::new(key.value)) else {
        return;
    };
    let texts: Vec<&str> = choices.iter().map(|(_, text)| text.value.trim()).collect();
    let Some(cue) = cue(stem.value.trim_end(), &texts, key) else { return };
    let misfits: Vec<&str> = cue.misfits.iter().map(|at| choices[*at].0.value).collect();
    let name = &question.name;
    let message = if misfits.len() + 1 == choices.len() {
        format!("of the choices of {name} the key alone {}", cue.says)
    } else {
        format!("in {name} the key {}, and `{}` cannot", cue.says, misfits.join("`, `"))
    };
    let span = match cue.end_of_stem {
        Some(words) => question.file_text.span_of(words, stem.span),
        None => choices[key].1.span,
    };
    checker.report(Diagnostic::new(Code::GRAMMATICAL_CUE, message).at(span).help(cue.help));
}

/// Why the key fits and others do not.
#[derive(Debug)]
struct Cue<'s> {
    /// The places of the choices that do not.
    misfits: Vec<usize>,
    /// What the key does.
    says: &'static str,
    help: &'static str,
    /// The words of the stem that ask for it.
    end_of_stem: Option<&'s str>,
}

fn cue<'s>(stem: &'s str, choices: &[&str], key: usize) -> Option<Cue<'s>> {
    if choices.len() < 2 {
        return None;
    }
    article(stem, choices, key).or_else(|| number(stem, choices, key)).or_else(|| verb(stem, choices, key))
}

/// The choices that do not fit, where it is known of each whether it does, and the key does.
fn misfits(choices: &[&str], key: usize, fits: impl Fn(&str) -> Option<bool>) -> Option<Vec<usize>> {
    let fits: Vec<bool> = choices.iter().map(|choice| fits(choice)).collect::<Option<_>>()?;
    let misfits: Vec<usize> = (0..choices.len()).filter(|at| !fits[*at]).collect();
    (fits[key] && !misfits.is_empty()).then_some(misfits)
}

/// The same where none but the key fits.
fn all_misfit(choices: &[&str], key: usize, fits: impl Fn(&str) -> Option<bool>) -> Option<Vec<usize>> {
    misfits(choices, key, fits).filter(|misfits| misfits.len() + 1 == choices.len())
}

/// The last words of a stem that its choices complete, as typed.
fn end_of_stem(stem: &str) -> Option<(Token<'_>, &str)> {
    if stem.ends_with(['?', ')', '"']) {
        return None;
    }
    let open = stem.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '_' | '.' | '\u{2026}'));
    let words = tokens(open);
    let last = *words.last().filter(|last| last.is_word() && last.end() == open.len())?;
    Some((last, &open[words[words.len().saturating_sub(3)].start..]))
}

/// `is called an`: a choice begins with the sound that the article asks for, or it does not.
fn article<'s>(stem: &'s str, choices: &[&str], key: usize) -> Option<Cue<'s>> {
    let (last, words) = end_of_stem(stem)?;
    let wants_vowel = match last.text {
        "a" if !words.contains('/') => false,
        "an" if !words.contains('/') => true,
        _ => return None,
    };
    let misfits = misfits(choices, key, |choice| begins_with_vowel(choice).map(|vowel| vowel == wants_vowel))?;
    let says = "fits the article that the stem ends with";
    let help = "end the stem before the article, and begin each choice with its own";
    Some(Cue { misfits, says, help, end_of_stem: Some(words) })
}

/// Whether the first word of a choice sounds as if it began with a vowel; `None` where that cannot be known, or an article
/// stands there already.
fn begins_with_vowel(choice: &str) -> Option<bool> {
    const SILENT_H: &[&str] = &["heir", "honest", "honor", "honour", "hour"];
    const CONSONANTS: &[&str] = &["eu", "one", "once", "uni", "usa", "use", "usu", "uti", "ubi"];
    let word = *tokens(choice).first().filter(|word| word.is_word())?;
    let first = word.text.chars().next()?;
    let lower = word.text.to_ascii_lowercase();
    let begins = |known: &[&str]| known.iter().any(|known| lower.starts_with(known));
    if word.is_one_of(&["a", "an", "the"]) {
        None
    } else if first.is_ascii_digit() {
        Some(first == '8' || word.is_one_of(&["11", "18"]))
    } else if word.text.len() > 1 && word.text.chars().all(char::is_uppercase) {
        // Whether it is read letter by letter or as a word, nobody knows: SEER and HIPAA are words, MPI is none.
        if "FHLMNRSUX".contains(first) { None } else { Some("AEIO".contains(first)) }
    } else {
        Some(begins(SILENT_H) || ("aeiou".contains(first.to_ascii_lowercase()) && !begins(CONSONANTS)))
    }
}

/// `The parts are`: one thing, or several.
fn number<'s>(stem: &'s str, choices: &[&str], key: usize) -> Option<Cue<'s>> {
    let (last, words) = end_of_stem(stem)?;
    let wants_several = if last.is_one_of(&["are", "were"]) {
        true
    } else if last.is_one_of(&["is", "was"]) {
        false
    } else {
        return None;
    };
    let misfits = all_misfit(choices, key, |choice| names_several(choice).map(|several| several == wants_several))?;
    let says = "agrees in number with the verb that the stem ends with";
    let help = "let all choices be one thing, or all be several, or end the stem before the verb";
    Some(Cue { misfits, says, help, end_of_stem: Some(words) })
}

/// Whether a short name is in the plural; `None` for what is longer.
fn names_several(choice: &str) -> Option<bool> {
    const ONE: &[&str] = &["a", "an", "each", "every", "one", "this", "that"];
    const SEVERAL: &[&str] = &["these", "those", "two", "three", "four", "five", "both", "several", "many", "all"];
    const BEHIND: &[&str] = &[
        "of", "for", "in", "on", "by", "to", "with", "from", "that", "which", "at", "who", "under", "between", "within",
    ];
    const NO_PLURALS: &[&str] = &["ss", "us", "is", "'s", "ics", "sis"];
    let words = tokens(choice);
    let first = words.first()?;
    let name: Vec<&Token<'_>> = words.iter().take_while(|word| word.is_word() && !word.is_one_of(BEHIND)).collect();
    if name.len() > 5 {
        return None;
    }
    let head = name.last()?.text.to_ascii_lowercase();
    let is_plural = head.ends_with('s') && head.len() > 3 && !NO_PLURALS.iter().any(|ending| head.ends_with(ending));
    Some(!first.is_one_of(ONE) && (first.is_one_of(SEVERAL) || name.iter().any(|word| word.is("and")) || is_plural))
}

/// What a choice does with the verb that it begins with, as far as that is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `To query the physician`
    Infinitive,
    /// `Querying the physician`
    Gerund,
    Other,
}

/// `The coder should`, `What must the coder do?`: the bare verb; and a form that the key alone has, or alone has not.
fn verb<'s>(stem: &'s str, choices: &[&str], key: usize) -> Option<Cue<'s>> {
    let help = "begin all choices with the same form of the verb";
    if wants_bare_verb(stem) {
        let misfits = all_misfit(choices, key, |choice| Some(form(choice) == Form::Other))?;
        let says = "has the form of the verb that the stem asks for";
        return Some(Cue { misfits, says, help, end_of_stem: None });
    }
    let is_infinitive = form(choices[key]) == Form::Infinitive;
    let misfits = all_misfit(choices, key, |choice| Some((form(choice) == Form::Infinitive) == is_infinitive))?;
    let says = if is_infinitive { "begins with \"to\"" } else { "does not begin with \"to\"" };
    (choices.len() > 2).then_some(Cue { misfits, says, help, end_of_stem: None })
}

fn form(choice: &str) -> Form {
    match choice.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()) {
        Some(word) if word.eq_ignore_ascii_case("to") => Form::Infinitive,
        Some(word) if word.len() > 4 && word.ends_with("ing") => Form::Gerund,
        _ => Form::Other,
    }
}

fn wants_bare_verb(stem: &str) -> bool {
    const MODALS: &[&str] = &["to", "should", "must", "may", "can", "will", "would", "could", "shall"];
    let asks_what_to_do = || {
        let asked = tokens(question(stem));
        let does = matches!(&*asked, [.., verb, mark] if verb.is("do") && mark.text == "?");
        does && asked.iter().any(|word| word.is_one_of(MODALS))
    };
    (stem.ends_with("do?") && asks_what_to_do()) || end_of_stem(stem).is_some_and(|(last, _)| last.is_one_of(MODALS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stem: &str, choices: &[&str]) -> Option<Vec<usize>> {
        cue(stem, choices, 0).map(|cue| cue.misfits)
    }

    #[test]
    fn an_article_before_the_choices_that_only_some_of_them_fit_is_a_cue() {
        for (stem, choices, misfits) in [
            ("A list of patients by name is called an", ["index", "register", "chart"], vec![1, 2]),
            ("The form is called a:", ["register", "index", "chart"], vec![1]),
            ("It takes about an ____", ["hour", "day", "week"], vec![1, 2]),
            ("The hospital is a", ["university clinic", "MPI user", "orphanage"], vec![]),
            ("The form is known as an", ["ABN", "8-part form", "UB-04 claim"], vec![]),
            ("The number is an", ["8", "4", "5"], vec![1, 2]),
        ] {
            assert_eq!(found(stem, &choices).unwrap_or_default(), misfits, "{stem}");
        }
        for stem in ["The list is called a/an", "The list is called a(n)", "The list is called", "She has hepatitis A"]
        {
            assert_eq!(found(stem, &["index", "register"]), None, "{stem}");
        }
        assert_eq!(found("It is called an", &["index", "inventory"]), None);
        assert_eq!(found("It is called an", &["register", "index"]), None, "the key is what does not fit");
        assert_eq!(found("It is called a", &["a register", "an index"]), None);
    }

    #[test]
    fn a_verb_before_the_choices_that_the_key_alone_agrees_with_is_a_cue() {
        assert_eq!(
            found("The parts of the record are", &["the notes and orders", "the index", "a chart"]),
            Some(vec![1, 2])
        );
        assert_eq!(found("Kept for ten years are", &["records of adults", "the index"]), Some(vec![1]));
        assert_eq!(found("What the clerk files is", &["the index", "the charts", "two forms"]), Some(vec![1, 2]));
        assert_eq!(found("The parts of the record are", &["notes", "orders", "the index"]), None);
        assert_eq!(found("What is filed is", &["the diagnosis", "the basis", "the status"]), None);
        assert_eq!(found("Which parts are kept?", &["Notes", "The index"]), None);
    }

    #[test]
    fn a_form_of_the_verb_that_the_key_alone_has_is_a_cue() {
        let gerunds = ["Query the physician", "Asking the nurse", "To ask the coder"];
        assert_eq!(found("What should the coder do?", &gerunds), Some(vec![1, 2]));
        assert_eq!(found("The coder must", &gerunds), Some(vec![1, 2]));
        assert_eq!(found("What is the aim?", &["To pay", "Payment", "A fee"]), Some(vec![1, 2]));
        assert_eq!(found("What is the aim?", &["Payment", "To pay", "To bill"]), Some(vec![1, 2]));
        assert_eq!(found("What should the coder do?", &["Query", "Ask", "Coding it"]), None);
        assert_eq!(found("Which is it?", &["Testing", "A plan", "A drill"]), None);
        assert_eq!(found("What is the aim?", &["To pay", "Payment"]), None);
    }
}
