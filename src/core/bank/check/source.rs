//! A source is a document in which a student can look the rule up (advice).

mod places;

use super::tokens::Token;
use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, codes};
use places::{ANYTHING, BESIDE, DOCUMENTS, GIVEN, PUBLISHERS, SITES, UNRELIABLE};

codes! {
    Warning VAGUE_SOURCE "vague-source"
    Warning UNRELIABLE_SOURCE "unreliable-source"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let Some(source) = &question.source else { return };
    let words = words(source.value);
    let own = checker.blueprint.iter().flat_map(|blueprint| &blueprint.not_sources);
    let own = || own.clone().find_map(|place| find(&words, &spaced(place)));
    if let Some((start, end)) = unreliable(&words).or_else(own) {
        let place = &source.value[start..end];
        let message = format!("the source of {} names \"{place}\", where no rule should be learned", question.name);
        let help = "name the text that the rule stands in, with its section, edition or year";
        let span = question.file_text.span_of(place, source.span);
        checker.report(Diagnostic::new(Code::UNRELIABLE_SOURCE, message).at(span).help(help));
    } else if is_vague(source.value) {
        let message = format!("the source of {} names no document: \"{}\"", question.name, source.value.trim());
        let help = "name a text that a student can open, with its section, edition or year";
        checker.report(Diagnostic::new(Code::VAGUE_SOURCE, message).at(source.span).help(help));
    }
}

/// The words of a source, without what joins them: those of `open-exam-prep.com` are four.
fn words(source: &str) -> Vec<Token<'_>> {
    let mut end = 0;
    let parts = source.split_inclusive(|c: char| !c.is_alphanumeric()).map(|part| {
        let start = end;
        end += part.len();
        Token { text: part.trim_end_matches(|c: char| !c.is_alphanumeric()), start }
    });
    parts.filter(|word| !word.text.is_empty()).collect()
}

/// The words of a place with one blank between two, as the lists have them.
fn spaced(place: &str) -> String {
    words(place).iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// Where a place is named, by all its words in a row.
fn find(source: &[Token<'_>], place: &str) -> Option<(usize, usize)> {
    let at = (0..source.len()).find(|at| begins(&source[*at..], place))?;
    let last = at + place.split(' ').count() - 1;
    Some((source[at].start, source[last].end()))
}

/// Where a place of the list is named. The list is in order, so that each word is looked up in it, and not all of it in
/// the source.
fn unreliable(source: &[Token<'_>]) -> Option<(usize, usize)> {
    source.iter().enumerate().find_map(|(at, word)| {
        let first = word.text.to_ascii_lowercase();
        let from = UNRELIABLE.partition_point(|(known, _)| *known < first.as_str());
        let with_it = UNRELIABLE[from..].iter().take_while(|(known, _)| *known == first).map(|(_, others)| *others);
        let mut after = with_it.filter(|others| others.is_empty() || begins(&source[at + 1..], others));
        let count = after.next().map(|others| others.split_terminator(' ').count())?;
        Some((word.start, source[at + count].end()))
    })
}

fn begins(words: &[Token<'_>], with: &str) -> bool {
    let mut words = words.iter();
    with.split(' ').all(|known| words.next().is_some_and(|word| word.is(known)))
}

/// Whether none of the parts of a source names a document.
fn is_vague(source: &str) -> bool {
    !source.trim().is_empty() && source.split(';').all(names_no_document)
}

/// A number is a section, an edition or a year, which only documents have.
fn names_no_document(part: &str) -> bool {
    let found = words(part);
    if part.contains(|c: char| c.is_ascii_digit()) {
        return found.first().is_some_and(|first| first.is("any"));
    }
    leaves_it_open(&found) || names_a_publisher(part) || describes(part, &found)
}

/// `Any textbook of statistics`, but not a title such as `General Compliance Program Guidance`.
fn leaves_it_open(found: &[Token<'_>]) -> bool {
    ANYTHING.iter().filter(|known| begins(found, known)).any(|known| {
        let next = found.get(known.split(' ').count());
        *known == "any" || next.is_none_or(|next| !next.is_capital())
    })
}

/// `AHIMA guidance`, `www.cms.gov`
fn names_a_publisher(part: &str) -> bool {
    let names = |word: &Token<'_>| word.is_one_of(PUBLISHERS) || word.is_one_of(SITES);
    let is_known = |word: &Token<'_>| names(word) || word.is_one_of(BESIDE);
    let mut parts = part.split_whitespace();
    parts.clone().all(|word| is_site(word) || words(word).iter().all(is_known))
        && parts.any(|word| is_site(word) || words(word).iter().any(names))
}

/// Whether a word is the address of a site and of no page on it.
fn is_site(word: &str) -> bool {
    const ENDINGS: &[&str] = &["com", "org", "gov", "net", "edu", "io", "ai", "info"];
    let host =
        word.trim_matches(|c: char| !c.is_alphanumeric()).trim_start_matches("https://").trim_start_matches("http://");
    host.rsplit_once('.').is_some_and(|(name, ending)| !name.contains('/') && ENDINGS.contains(&ending))
}

/// `Denial management: worklist order`: words about the subject, none of which is a name.
fn describes(part: &str, found: &[Token<'_>]) -> bool {
    let [first, rest @ ..] = found else { return true };
    rest.len() > 1
        && part.is_ascii()
        && !first.is("the")
        && !first.text.chars().skip(1).any(char::is_uppercase)
        && !rest.iter().any(|word| word.text.contains(char::is_uppercase))
        && !found.iter().any(|word| word.is_one_of(GIVEN) || word.is_one_of(DOCUMENTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_sites_and_descriptions_are_no_documents() {
        for vague in [
            "AHIMA",
            "AHIMA/ACDIS guidance",
            "www.cms.gov",
            "https://www.cdc.gov/",
            "CMS website (cms.gov)",
            "Joint Commission standards",
            "Elsevier; Jones & Bartlett Learning",
            "Any textbook of anatomy, chapter 3",
            "Various sources",
            "General staging rules (clinical before treatment)",
            "Best practices",
            "Internet",
            "Denial management: worklist order",
            "Revenue cycle front-end processes (scheduling, preregistration)",
        ] {
            assert!(is_vague(vague), "{vague}");
        }
        for sound in [
            "45 CFR 164.524(b)(2)",
            "The manual",
            "AHIMA Code of Ethics, Purpose",
            "CMS, MLN1783722, Proper Use of Modifiers",
            "NAACCR, Certification Criteria",
            "facs.org/quality-programs/cancer/standard-1-3",
            "OIG, General Compliance Program Guidance (November 2023)",
            "General Equivalence Mappings, User Guide",
            "The book",
            "HIMSS definition of interoperability (foundational, structural)",
            "Textbook of Medical Physiology, chapter on the kidney",
            "Arithmetic from the stem",
            "The policy and the figures of the case",
            "AHIMA guidance; 45 CFR 164.316",
            "Hospital retention policy",
            "Manual de codificaci\u{f3}n, cap\u{ed}tulo de neoplasias",
            "",
        ] {
            assert!(!is_vague(sound), "{sound}");
        }
    }

    #[test]
    fn places_are_known_by_all_their_words_in_whatever_spelling() {
        let named = |source: &str| unreliable(&words(source)).map(|(start, end)| source[start..end].to_owned());
        assert!(UNRELIABLE.is_sorted());
        for (source, place) in [
            ("Quizlet, RHIT set 4", "Quizlet"),
            ("slides on Horton (slideplayer.com/slide/4092681)", "slideplayer"),
            ("RHIT drills (open-exam-prep.com, 2026)", "exam-prep"),
            ("My Flash Cards", "Flash Cards"),
            ("CTR Study  Guide 4.3", "Study  Guide"),
        ] {
            assert_eq!(named(source).as_deref(), Some(place), "{source}");
        }
        for source in
            ["Guide to the study of tumors", "A test for preparation of exams", "Cramer, Statistics (1946)", "Essays"]
        {
            assert_eq!(named(source), None, "{source}");
        }
    }
}
