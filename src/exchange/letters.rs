//! Letters of choices in explanations. Files name choices by the letters that they have there; a bank shuffles them, and
//! writes `{b}` for whatever letter choice b has in a sitting.

use std::fmt::Write as _;

use examroom_core::bank::braces::{Part, parts};
use examroom_core::bank::choice_words::{APART, BETWEEN, CLAUSE, JOINED, NOUNS, VERBS, VERDICTS};
use examroom_core::bank::tokens::{Token, tokens};

use crate::draft::{Draft, choice_id, place_of};

/// What other programs call choices besides; in a bank of this field a response is also one to a treatment or a request.
const MORE_NOUNS: &[&str] = &["response", "responses"];

impl Draft {
    /// Lets the letters in the explanations of a question follow its choices, as `{b}` does. Where an explanation names a
    /// choice so already, nothing is changed.
    pub fn follow_choices(&mut self) {
        let ids: Vec<String> = (0..self.choices.len()).map(|at| choice_id(at).to_string()).collect();
        let names_a_choice = |text: &String| {
            parts(text).iter().any(|part| matches!(part, Part::Word(word) if ids.iter().any(|id| id == word)))
        };
        if !self.explanations_mut().any(|text| names_a_choice(text)) {
            to_braces(self);
        }
    }
}

/// Replaces the letters of choices in the explanations of a question, and doubles the braces that are meant as such.
/// Gives how many letters were replaced. Where the choices keep their order, letters hold, and stay.
pub(crate) fn to_braces(draft: &mut Draft) -> usize {
    let count = draft.choices.len();
    // What the question itself calls A or B, such as "Hospital B", is no choice.
    let taken = taken_letters(draft);
    let follows = !draft.keep_order;
    let mut replaced = 0;
    for text in draft.explanations_mut() {
        let doubled = double_braces(text);
        *text = if follows { replace(&doubled, count, &taken, &mut replaced) } else { doubled };
    }
    replaced
}

/// Braces around a word, doubled: as they are to be shown.
fn double_braces(text: &str) -> String {
    let mut doubled = String::with_capacity(text.len() + 4);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        doubled.push_str(before);
        let inner = &from[1..];
        let end = inner.find(|c: char| !is_id_character(c)).unwrap_or(inner.len());
        if end > 0 && inner[end..].starts_with('}') {
            doubled.push_str("{{");
            doubled.push_str(&inner[..end]);
            doubled.push_str("}}");
            rest = &inner[end + 1..];
        } else {
            doubled.push('{');
            rest = inner;
        }
    }
    doubled.push_str(rest);
    doubled
}

fn is_id_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\u{300}'..='\u{36f}')
}

/// The letters that the stem, the exhibit or a choice gives a meaning of its own, unless it is that of the article.
fn taken_letters(draft: &Draft) -> Vec<usize> {
    let exhibit: Vec<&str> = draft.exhibit.iter().flat_map(examroom_core::bank::Exhibit::texts).collect();
    let texts =
        std::iter::once(draft.stem.as_str()).chain(exhibit).chain(draft.choices.iter().map(|choice| &*choice.text));
    let mut taken = Vec::new();
    for text in texts {
        let words = tokens(text);
        for (at, word) in words.iter().enumerate() {
            let begins = at == 0 || words[at - 1].text == ".";
            taken.extend(word.letter().filter(|place| word.is_capital() && (*place > 0 || !begins)));
        }
    }
    taken
}

/// A text with the letters of choices replaced. Each line is read by itself: what is said of a letter stands behind it.
fn replace(text: &str, count: usize, taken: &[usize], replaced: &mut usize) -> String {
    text.split_inclusive('\n').map(|line| replace_in_line(line, count, taken, replaced)).collect()
}

fn replace_in_line(text: &str, count: usize, taken: &[usize], replaced: &mut usize) -> String {
    let words = tokens(text);
    let mut result = String::with_capacity(text.len() + 8);
    let (mut copied, mut at) = (0, 0);
    while at < words.len() {
        let Some(list) = list(&words, at, count, taken) else {
            at += 1;
            continue;
        };
        for member in &list.members {
            result.push_str(&text[copied..member.from]);
            let _ = write!(result, "{{{}}}", choice_id(member.place));
            copied = member.to;
            *replaced += 1;
        }
        at = list.end;
    }
    result.push_str(&text[copied..]);
    result
}

/// Letters that name choices, and the word behind them.
struct List {
    members: Vec<Member>,
    end: usize,
}

/// One letter: the choice, and the bytes that stand for it with its brackets.
struct Member {
    place: usize,
    from: usize,
    to: usize,
}

/// The letters that begin at a word, if they can hardly mean anything but choices.
fn list(words: &[Token<'_>], at: usize, count: usize, taken: &[usize]) -> Option<List> {
    let is = |at: usize, known: &[&str]| words.get(at).is_some_and(|word| word.is_one_of(known));
    let mut start = at;
    let noun = is(at, NOUNS) || is(at, MORE_NOUNS);
    if noun {
        start += 1;
        start += usize::from(is(start, &["is", "are"]));
        start += usize::from(is(start, &[":", "-"]));
    }
    let mut members = Vec::new();
    let mut end = start;
    let (mut bracketed, mut capitals) = (true, true);
    loop {
        let open = usize::from(is(end, &["(", "[", "\"", "\u{201c}"]));
        let Some(word) = words.get(end + open) else { break };
        let Some(place) = word.letter().filter(|place| *place < count) else { break };
        let closed = open == 1 && is(end + 2, &[")", "]", "\"", "\u{201d}"]);
        if open == 1 && !closed {
            break;
        }
        capitals &= word.is_capital();
        bracketed &= closed;
        members.push(Member { place, from: word.start, to: word.end() });
        end += 1 + 2 * usize::from(closed);
        let mut next = end;
        while is(next, JOINED) {
            next += 1;
        }
        if next == end || words.get(next + usize::from(is(next, &["("]))).and_then(Token::letter).is_none() {
            break;
        }
        end = next;
    }
    let first = members.first()?;
    let article = members.len() == 1 && first.place == 0 && !capitals && !bracketed;
    let sure = if noun {
        (capitals || bracketed || followed(words, end)) && !article
    } else {
        let before = at.checked_sub(1).map(|before| &words[before]);
        let begins = before.is_none_or(|word| matches!(word.text, "." | ";" | ":" | "!" | "?"));
        let apart = before.is_some_and(|word| word.is_one_of(APART)) && capitals && !is(end, &["."]);
        let clause = begins || before.is_some_and(|word| word.is_one_of(JOINED) || word.is_one_of(CLAUSE));
        let judged = (capitals || bracketed) && clause && is_judged(words, end, begins);
        let labeled = begins && capitals && members.len() == 1 && is(end, &[":", ")"]);
        let free = members.iter().all(|member| !taken.contains(&member.place));
        (judged || apart || labeled) && free
    };
    sure.then_some(List { members, end })
}

/// Whether what follows a letter is no word that it could belong to.
fn followed(words: &[Token<'_>], at: usize) -> bool {
    words
        .get(at)
        .is_none_or(|word| !word.is_word() || word.is_one_of(VERBS) || word.is_one_of(&["and", "or", "but", "not"]))
}

/// Whether it is said of what stands before a word that it is right, wrong or the like. Of what begins a sentence,
/// anything may be said.
fn is_judged(words: &[Token<'_>], at: usize, begins: bool) -> bool {
    let verb = words.get(at).is_some_and(|word| word.is_one_of(VERBS));
    let verdict =
        || words[at + 1..].iter().find(|word| !word.is_one_of(BETWEEN)).is_some_and(|word| word.is_one_of(VERDICTS));
    verb && (begins || verdict())
}

/// How a text that names choices by `{b}` reads where there are no such letters: with the text of the choice between
/// quotes. `{{b}}` becomes what it shows.
pub(crate) fn spelled_out(text: &str, draft: &Draft) -> String {
    let part = |part: &Part<'_>| match part {
        Part::Text(text) => (*text).to_owned(),
        Part::Word(word) => match choice_named(word, draft) {
            Some(at) => format!("\u{201c}{}\u{201d}", draft.choices[at].text),
            None => format!("{{{word}}}"),
        },
    };
    parts(text).iter().map(part).collect()
}

/// The place of the choice that stands in braces.
fn choice_named(word: &str, draft: &Draft) -> Option<usize> {
    let mut characters = word.chars();
    let only = characters.next().filter(|c| characters.next().is_none() && c.is_ascii_lowercase())?;
    place_of(only).filter(|at| *at < draft.choices.len())
}

/// The reverse of [`spelled_out`].
pub(crate) fn quoted_to_braces(draft: &mut Draft) {
    let mut quoted: Vec<(String, usize)> =
        draft.choices.iter().enumerate().map(|(at, choice)| (format!("\u{201c}{}\u{201d}", choice.text), at)).collect();
    // Of two that begin alike the longer is meant.
    quoted.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
    for text in draft.explanations_mut() {
        // The braces of a choice's own text are no concern of the quotes around it.
        let marked = quoted.iter().fold(text.clone(), |text, (quoted, at)| text.replace(quoted, &placeholder(*at)));
        let doubled = double_braces(&marked);
        *text = quoted
            .iter()
            .fold(doubled, |text, (_, at)| text.replace(&placeholder(*at), &format!("{{{}}}", choice_id(*at))));
    }
}

/// A character of a private area that stands for a choice while braces are doubled.
fn placeholder(at: usize) -> String {
    u32::try_from(at).ok().and_then(|at| char::from_u32(0x000f_1000 + at)).map_or_else(String::new, String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Choice;

    fn draft(explanation: &str) -> Draft {
        let choice = |text: &str| Choice { text: text.to_owned(), ..Choice::default() };
        Draft {
            stem: "What does Hospital D do?".to_owned(),
            choices: ["one", "two", "three", "four"].map(choice).into(),
            explanation: Some(explanation.to_owned()),
            ..Draft::default()
        }
    }

    fn followed(explanation: &str) -> String {
        let mut draft = draft(explanation);
        to_braces(&mut draft);
        draft.explanation.unwrap()
    }

    #[test]
    fn letters_that_name_choices_become_ids() {
        for (text, wanted) in [
            ("Option B is wrong.", "Option {b} is wrong."),
            ("The correct answer is C.", "The correct answer is {c}."),
            ("The correct answer is: C. It holds.", "The correct answer is: {c}. It holds."),
            ("Answer (c) fits.", "Answer ({c}) fits."),
            ("Response B is too short.", "Response {b} is too short."),
            ("It is the key.\nA\nB is too late.", "It is the key.\nA\n{b} is too late."),
            ("Options A, B and C are too short.", "Options {a}, {b} and {c} are too short."),
            ("A is wrong because of it; B is right.", "{a} is wrong because of it; {b} is right."),
            ("Unlike C, this holds.", "Unlike {c}, this holds."),
            ("A: too late.\nB: too early.", "{a}: too late.\n{b}: too early."),
            ("A and C are incorrect.", "{a} and {c} are incorrect."),
        ] {
            assert_eq!(followed(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_letters_and_braces_stay() {
        for (text, wanted) in [
            ("Hepatitis B is a virus.", "Hepatitis B is a virus."),
            ("Part A covers hospitals.", "Part A covers hospitals."),
            ("A patient is right to ask.", "A patient is right to ask."),
            ("An answer a day.", "An answer a day."),
            ("Write {a} or {{name}}.", "Write {{a}} or {{{name}}}."),
            ("D is right to close.", "D is right to close."),
            ("{ a } and {", "{ a } and {"),
        ] {
            assert_eq!(followed(text), wanted, "{text}");
        }
        let mut kept = Draft { keep_order: true, ..draft("Option B is wrong, {a}.") };
        assert_eq!(to_braces(&mut kept), 0);
        assert_eq!(kept.explanation.as_deref(), Some("Option B is wrong, {{a}}."));
    }

    #[test]
    fn a_choice_is_spelled_out_and_found_again() {
        let mut draft = draft("{b} and {{b}}, unlike {x}.");
        let spelled = spelled_out("{b} and {{b}}, unlike {{x}}.", &draft);
        assert_eq!(spelled, "\u{201c}two\u{201d} and {b}, unlike {x}.");
        draft.explanation = Some(spelled);
        quoted_to_braces(&mut draft);
        assert_eq!(draft.explanation.as_deref(), Some("{b} and {{b}}, unlike {{x}}."));
    }
}
