//! What lines of typed questions begin with: the number of a stem, the letter of a choice, `Answer:` and its like.

use examroom_core::text::visible;

use crate::draft::place_of;
use crate::raw::RawChoice;

pub(crate) fn truth(answer: &str) -> Option<bool> {
    match answer.trim_end_matches('.').to_lowercase().as_str() {
        "true" | "t" => Some(true),
        "false" | "f" => Some(false),
        _ => None,
    }
}

/// `12. What …`, `Question 12: What …`, `Q12) …`; the text may follow on the next line.
pub(crate) fn numbered_stem(text: &str) -> Option<(usize, &str)> {
    let lower = text.to_ascii_lowercase();
    let word = ["question", "q"].iter().find(|word| lower.starts_with(**word)).map_or(0, |word| word.len());
    let rest = text[word..].trim_start_matches([' ', '#', '.']);
    if word == 0 && rest.len() < text.len() {
        return None;
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..digits].parse().ok().filter(|_| digits <= 4)?;
    let behind = &rest[digits..];
    let text = behind
        .strip_prefix(['.', ')', ':'])
        .or_else(|| behind.strip_prefix(" - "))
        .or_else(|| behind.strip_prefix(" – "));
    match text {
        // "1.5 mg" is no number of a question.
        Some(text)
            if text.is_empty() || text.starts_with(char::is_whitespace) || word > 0 || behind.starts_with(' ') =>
        {
            Some((number, text.trim()))
        }
        None if word > 0 && behind.trim().is_empty() => Some((number, "")),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    None,
    /// A star or a tick before the choice.
    Right,
}

const TICKS: &[char] = &['*', '✓', '✔', '☑', '✅', '→'];

/// `B. text`, `(b) text` or `*B) text`: the place of the letter, and the text.
pub(crate) fn choice(text: &str) -> Option<(Mark, usize, &str)> {
    let bare = text.trim_start_matches(TICKS).trim_start();
    let mark = if bare.len() < text.len() { Mark::Right } else { Mark::None };
    choice_letter(bare).map(|(place, rest)| (mark, place, rest))
}

/// The place of the letter before a choice, and the text behind it.
pub(crate) fn choice_letter(text: &str) -> Option<(usize, &str)> {
    let open = text.strip_prefix(['(', '[']).unwrap_or(text);
    let mut characters = open.chars();
    let place = place_of(characters.next()?)?;
    let rest = characters.as_str();
    let behind =
        rest.strip_prefix([')', ']']).or_else(|| rest.strip_prefix(['.', ':']).filter(|_| open.len() == text.len()))?;
    let behind = behind.strip_prefix('.').unwrap_or(behind);
    (behind.is_empty() || behind.starts_with(char::is_whitespace)).then(|| (place, behind.trim()))
}

/// A choice's text without the mark of the right one behind it.
pub(crate) fn without_mark(text: &str) -> (&str, bool) {
    let lower = text.to_ascii_lowercase();
    for mark in ["(correct)", "(correct answer)", "[correct]", "(right)", "<- correct", "← correct"] {
        if lower.ends_with(mark) {
            return (text[..text.len() - mark.len()].trim_end(), true);
        }
    }
    let bare = text.trim_end_matches(TICKS).trim_end();
    (bare, bare.len() < text.len())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Answer,
    Explanation,
    Why(usize),
    Source,
    Subject,
    /// Points and the like.
    Ignored,
}

const FIELDS: &[(Field, &[&str])] = &[
    (
        Field::Answer,
        &[
            "correct answers",
            "correct answer",
            "correct choice",
            "correct option",
            "right answer",
            "answers",
            "answer",
            "ans",
            "key",
            "correct",
            "solution",
        ],
    ),
    (Field::Explanation, &["explanation", "rationale", "feedback", "reasoning", "reason", "justification", "why"]),
    (Field::Source, &["source", "reference", "references"]),
    (Field::Subject, &["topic", "category", "subject", "domain", "objective"]),
    (Field::Ignored, &["points", "point value", "difficulty", "time", "tags", "pts"]),
];

/// `Answer: B`, `Rationale: …`, `Feedback for C: …`
pub(crate) fn field(text: &str) -> Option<(Field, &str)> {
    let lower = text.trim_start_matches(TICKS).trim_start().to_lowercase();
    let text = text.trim_start_matches(TICKS).trim_start();
    if lower.len() != text.len() {
        return None;
    }
    let (field, word) = FIELDS
        .iter()
        .flat_map(|(field, words)| words.iter().map(move |word| (*field, *word)))
        .find(|(_, word)| lower.starts_with(word))?;
    let rest = text[word.len()..].trim_start();
    let rest = if field == Field::Answer { rest.strip_prefix("is").unwrap_or(rest).trim_start() } else { rest };
    if let Some(value) =
        rest.strip_prefix([':', '=']).or_else(|| rest.strip_prefix("- ")).or_else(|| rest.strip_prefix("– "))
    {
        return Some((field, value.trim()));
    }
    if field == Field::Explanation {
        let named = rest.strip_prefix("for").unwrap_or(rest).trim_start();
        let named = ["choice", "option", "answer"]
            .iter()
            .find_map(|noun| named.strip_prefix(noun))
            .unwrap_or(named)
            .trim_start();
        let (place, value) = choice_letter(named)?;
        return Some((Field::Why(place), value));
    }
    (rest.is_empty() && field == Field::Answer).then_some((field, ""))
}

/// Whether a line stands above the list of all keys.
pub(crate) fn is_key_list(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(':').to_lowercase();
    matches!(
        bare.as_str(),
        "answer key"
            | "answer keys"
            | "answers"
            | "key"
            | "keys"
            | "answer list"
            | "correct answers"
            | "solutions"
            | "answers and explanations"
            | "answers and rationales"
            | "answer key and explanations"
            | "answer key with rationales"
    )
}

/// The letters of a key, and what is said behind them that is not the choice's own text.
pub(crate) fn key_and_rest(value: &str, choices: &[RawChoice]) -> (String, String) {
    let is_text = |text: &str| choices.iter().any(|choice| visible(&choice.text.text) == visible(text));
    if is_text(value) {
        return (value.to_owned(), String::new());
    }
    let open = value.trim_start_matches(['(', '[']);
    let mut end = 0;
    let mut letters = String::new();
    let mut at = 0;
    for word in open.split_inclusive([' ', ',', ')', ']', '.', ':', '&', '/', ';', '-', '–', '—']) {
        let bare = word.trim_end_matches([' ', ',', ')', ']', '.', ':', '&', '/', ';', '-', '–', '—']);
        let is_letter =
            bare.len() == 1 && bare.chars().all(|c| place_of(c).is_some_and(|place| place < choices.len().max(1)));
        let is_run = bare.len() > 1
            && letters.is_empty()
            && bare.len() <= choices.len()
            && bare.chars().all(|c| c.is_ascii_uppercase());
        at += word.len();
        if is_letter || is_run {
            for c in bare.chars() {
                if !letters.is_empty() {
                    letters.push(',');
                }
                letters.push(c);
            }
            end = at;
            // What stands behind a full stop or a dash is no further letter.
            if word.ends_with(['.', ':', '-', '–', '—']) {
                break;
            }
        } else if !(bare.is_empty() || bare.eq_ignore_ascii_case("and")) {
            break;
        }
    }
    if letters.is_empty() {
        return (value.to_owned(), String::new());
    }
    let rest = open[end..].trim_start_matches([' ', '.', ')', ':', '-', '–', '—']).trim();
    let own = letters.chars().next().and_then(place_of).and_then(|place| choices.get(place));
    let rest = own.map_or(rest, |choice| match rest.strip_prefix(choice.text.text.trim()) {
        Some(behind) => behind.trim_start_matches([' ', '.', ':', '-', '–', '—']).trim(),
        None => rest,
    });
    (letters, rest.to_owned())
}
