//! Choices that are called by their letters: "Both A and C", "option C is right" (advice).
//!
//! Choices are shuffled, so a letter that an author writes is another choice's in most sittings. But single letters are
//! common in medicine and law (hepatitis B, Part A, § 164.524(b)), so a letter counts only where the words around it can
//! hardly mean anything but a choice.

use std::cell::OnceCell;

use super::choice_words::{APART, BETWEEN, CLAUSE, JOINED, NOUNS, VERBS, VERDICTS};
use super::choices::MOST;
use super::shown::Role;
use super::tokens::{Token, tokens};
use super::{Checker, Question};
use crate::bank::question::Entry;
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};

codes! {
    Warning NAMES_A_LETTER "names-a-letter"
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let choices = question.choices.as_deref().filter(|choices| (2..=MOST).contains(&choices.len()));
    let Some(choices) = choices.filter(|_| !question.keep_order) else { return };
    let letters = Letters { question, choices, given: OnceCell::new() };
    if let Some((_, text)) = choices.first().filter(|_| letters.are_numbered()) {
        let message = format!("the choices of {} begin with letters or numbers of their own", question.name);
        let help = "remove them: every choice is shown behind its letter in the sitting";
        checker.report(Diagnostic::new(Code::NAMES_A_LETTER, message).at(text.span).help(help));
        return;
    }
    for (role, text) in question.texts() {
        checker.report_all(letters.check(role, text));
    }
}

/// Words that name choices by letters or numbers.
struct Named<'t> {
    words: &'t str,
    /// The first of those that they name, counted from 0.
    member: usize,
    /// The first and last token.
    tokens: (usize, usize),
}

struct Letters<'q> {
    question: &'q Question<'q>,
    choices: &'q [Entry<'q>],
    given: OnceCell<Given>,
}

impl Letters<'_> {
    /// The first choice that a text names by its letter.
    fn check(&self, role: Role<'_>, text: &Spanned<&str>) -> Option<Diagnostic> {
        let found = self.in_text(role, text.value);
        let first = found.first()?;
        let help = match role {
            Role::Rationale(_) | Role::Explanation => {
                let id = self.id(first.member);
                format!("write {{{id}}} for the letter that choice {id} has in the sitting")
            }
            Role::Choice(_) => "write out what it stands for; letters can stay only with keep_order = true".to_owned(),
            _ => "say in words what is meant; letters can stay only with keep_order = true".to_owned(),
        };
        let others = if found.len() > 1 { format!(" (one of {} such places)", found.len()) } else { String::new() };
        let (name, words) = (&self.question.name, first.words);
        let message = format!("{role} of {name} says \"{words}\"{others}, but choices are shuffled");
        let span = self.question.file_text.span_of(words, text.span);
        Some(Diagnostic::new(Code::NAMES_A_LETTER, message).at(span).help(help))
    }

    fn in_text<'t>(&self, role: Role<'_>, text: &'t str) -> Vec<Named<'t>> {
        let tokens = tokens(text);
        match role {
            Role::Choice(_) => match self.combination(text) {
                Some(combination) => vec![combination],
                None => self.by_noun(text, &tokens, role).collect(),
            },
            Role::Stem => self.by_noun(text, &tokens, role).collect(),
            Role::Rationale(_) | Role::Explanation => {
                let mut found: Vec<Named<'t>> = self.by_noun(text, &tokens, role).collect();
                let known: Vec<_> = found.iter().map(|named| named.tokens).collect();
                let is_known = |at: usize| known.iter().any(|(first, last)| (*first..=*last).contains(&at));
                found.extend(self.by_verdict(text, &tokens).filter(|named| !is_known(named.tokens.1)));
                found.sort_by_key(|named| named.tokens);
                found
            }
            Role::Exhibit | Role::Source => Vec::new(),
        }
    }

    fn given(&self) -> &Given {
        self.given.get_or_init(|| Given::of(self.question))
    }

    /// The id of the choice that a letter or a number names: that id, or else that place.
    fn id(&self, member: usize) -> &str {
        let is_id = |(id, _): &&Entry<'_>| matches!(tokens(id.value)[..], [only] if only.letter() == Some(member));
        self.choices.iter().find(is_id).or(self.choices.get(member)).map_or("", |(id, _)| id.value)
    }

    /// Letters or numbers after the word for a choice.
    fn by_noun<'t>(&self, text: &'t str, tokens: &[Token<'_>], role: Role<'_>) -> impl Iterator<Item = Named<'t>> {
        (0..tokens.len()).filter(|at| tokens[*at].is_one_of(NOUNS)).filter_map(move |at| {
            let linked = tokens.get(at + 1).is_some_and(|next| next.is("is") || next.text == ":");
            let list = list(tokens, at + 1 + usize::from(linked), self.choices.len())?;
            let ends = tokens.get(list.end).is_none_or(|next| {
                !next.is_word()
                    || next.is_one_of(VERBS)
                    || next.is_one_of(&["not", "and", "or", "but", "because", "since", "as", "in", "if"])
            });
            let several = list.members.len() > 1 && tokens[at].text.ends_with(['s', 'S']);
            let sure = match list.kind {
                Kind::Numbers => ends && !linked,
                // A small letter may be the article, or nothing but a typing error.
                Kind::Letters => list.capitals || list.bracketed || (ends && (list.members[0] > 0 || several)),
            };
            // "Option A" as a choice names what the stem calls so.
            let itself = matches!(role, Role::Choice(_)) && list.members.iter().all(|member| self.is_named_so(*member));
            (sure && !itself && !self.given().options).then(|| list.named(text, tokens, at))
        })
    }

    /// Whether a choice begins with the word for a choice and a letter.
    fn is_named_so(&self, choice: usize) -> bool {
        let tokens = tokens(self.choices[choice].1.value);
        tokens.first().is_some_and(|first| first.is_one_of(NOUNS)) && list(&tokens, 1, MOST).is_some()
    }

    /// Letters of which something is said that is said of choices.
    fn by_verdict<'t>(&self, text: &'t str, tokens: &[Token<'_>]) -> impl Iterator<Item = Named<'t>> {
        let is_candidate = |at: &usize| tokens[*at].letter().is_some() || tokens[*at].text == "(";
        (0..tokens.len()).filter(is_candidate).filter_map(move |at| {
            let before = at.checked_sub(1).map(|before| &tokens[before]);
            // Of "(B) and (D)" both would be found.
            if before.is_some_and(|before| before.is_one_of(JOINED)) && at > 1 && is_listed(&tokens[at - 2]) {
                return None;
            }
            let list = list(tokens, at, self.choices.len()).filter(|list| list.kind == Kind::Letters)?;
            let sentence = before.is_none_or(|before| matches!(before.text, "." | ";" | ":" | "!" | "?"));
            let clause = sentence || before.is_some_and(|before| before.is_one_of(CLAUSE) || before.text == ",");
            let apart = before.is_some_and(|before| {
                before.is_one_of(APART)
                    || (before.is("out") && at > 1 && tokens[at - 2].is_one_of(&["rule", "rules", "ruled"]))
            });
            let article = list.members == [0] && !list.capitals && !list.bracketed;
            let subject = list.bracketed || (sentence && list.capitals && list.members.len() == 1);
            let sure = (clause && !article && is_judged(tokens, list.end, subject))
                || (apart && !article && ends_phrase(tokens, list.end))
                || self.repeats(tokens, at, &list);
            let meant = list.members.iter().all(|member| !self.given().letters[*member]);
            (sure && meant).then(|| list.named(text, tokens, at))
        })
    }

    /// Whether a letter in brackets stands after a word of the choice that it belongs to: "the disease index (A)".
    fn repeats(&self, tokens: &[Token<'_>], at: usize, list: &List) -> bool {
        const LONG: usize = 4;
        let word = at.checked_sub(1).map(|before| tokens[before]).filter(|word| word.text.len() >= LONG);
        let choice = self.choices.get(list.members[0]).filter(|_| list.bracketed && list.capitals);
        let (Some(word), Some((_, text)), [_]) = (word, choice, &list.members[..]) else { return false };
        self::tokens(text.value).iter().any(|token| token.is(word.text))
    }

    /// A choice that consists of letters or numbers of other choices: "Both A and C", "1 and 3 only".
    fn combination<'t>(&self, text: &'t str) -> Option<Named<'t>> {
        let (members, kind) = combined(text, self.choices.len())?;
        // Choices that combine what the stem names by letters or numbers name each other only by chance.
        let is_plain =
            |other: &str| other != text && combined(other, MOST).is_none() && other.trim().chars().count() > 1;
        let has_digits = |other: &str| other != text && other.contains(|c: char| c.is_ascii_digit());
        let meant = members.iter().all(|member| is_plain(self.choices[*member].1.value))
            && (kind == Kind::Letters || !self.choices.iter().any(|(_, other)| has_digits(other.value)));
        meant.then(|| Named { words: text.trim(), member: members[0], tokens: (0, 0) })
    }

    /// Whether each choice begins with its own letter or number: `A. The patient`, `(2) The clerk`.
    fn are_numbered(&self) -> bool {
        self.choices.iter().enumerate().all(|(at, (_, text))| {
            let tokens = tokens(text.value);
            let open = usize::from(tokens.first().is_some_and(|first| first.text == "("));
            let own = tokens.get(open).is_some_and(|token| {
                token.letter() == Some(at) || token.number().and_then(|number| number.checked_sub(1)) == Some(at)
            });
            let mark = tokens.get(open + 1).is_some_and(|mark| matches!(mark.text, "." | ")" | ":"));
            let spaced = mark && text.value[tokens[open + 1].end()..].starts_with(char::is_whitespace);
            own && spaced && tokens.len() > open + 2
        })
    }
}

/// What else may be meant by a letter, since the question itself gives it a meaning.
struct Given {
    /// Letters that stand alone in the stem, the exhibit, the case or a choice: "Hospital B", "type A".
    letters: [bool; MOST],
    /// The stem describes an "option A" or the like.
    options: bool,
}

impl Given {
    fn of(question: &Question<'_>) -> Self {
        let mut given = Self { letters: [false; MOST], options: false };
        for (role, text) in question.texts() {
            match role {
                Role::Stem | Role::Exhibit => given.describe(text.value),
                Role::Choice(_) => given.name(&tokens(text.value)),
                Role::Rationale(_) | Role::Explanation | Role::Source => {}
            }
        }
        question.case_text.iter().for_each(|text| given.describe(text));
        given
    }

    fn describe(&mut self, text: &str) {
        let tokens = tokens(text);
        self.name(&tokens);
        self.options |= (0..tokens.len()).filter(|at| tokens[*at].is_one_of(NOUNS)).any(|at| {
            let behind = list(&tokens, at + 1, MOST).and_then(|list| tokens.get(list.end));
            behind.is_some_and(|next| {
                let goes_on = next.is_word() && !next.is_one_of(&["and", "or"]) && !next.is_one_of(VERDICTS);
                goes_on || matches!(next.text, ":" | "," | "(" | "=")
            })
        });
    }

    fn name(&mut self, tokens: &[Token<'_>]) {
        for (at, token) in tokens.iter().enumerate() {
            // At the beginning of a sentence it may be the article.
            let begins = at.checked_sub(1).is_none_or(|before| tokens[before].text == ".");
            if let Some(letter) = token.letter().filter(|letter| token.is_capital() && (*letter > 0 || !begins)) {
                self.letters[letter] = true;
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Letters,
    Numbers,
}

/// Letters or numbers in a row: `A`, `(B) and (D)`, `1, 2 or 3`.
struct List {
    /// Counted from 0; at least one.
    members: Vec<usize>,
    kind: Kind,
    capitals: bool,
    bracketed: bool,
    /// The first token after it.
    end: usize,
}

impl List {
    /// The words from a token to the end of the list.
    fn named<'t>(&self, text: &'t str, tokens: &[Token<'_>], from: usize) -> Named<'t> {
        let last = self.end - 1;
        Named { words: &text[tokens[from].start..tokens[last].end()], member: self.members[0], tokens: (from, last) }
    }
}

/// The list that begins at a token, of members below `count`.
fn list(tokens: &[Token<'_>], start: usize, count: usize) -> Option<List> {
    let mut found: Option<List> = None;
    let mut at = start;
    loop {
        let is = |at: usize, marks: &[&str]| tokens.get(at).is_some_and(|token| marks.contains(&token.text));
        let open = usize::from(is(at, &["(", "\"", "'", "\u{201c}", "\u{2018}", "["]));
        let Some((member, kind)) = tokens.get(at + open).and_then(|token| member(token, count)) else { break };
        if found.as_ref().is_some_and(|found| found.kind != kind) {
            break;
        }
        let list = found.get_or_insert(List { members: Vec::new(), kind, capitals: true, bracketed: true, end: at });
        let closed = open == 1 && is(at + 2, &[")", "\"", "'", "\u{201d}", "\u{2019}", "]"]);
        list.members.push(member);
        list.capitals &= tokens[at + open].is_capital();
        list.bracketed &= closed;
        list.end = at + open + 1 + usize::from(closed);
        at = list.end;
        while tokens.get(at).is_some_and(|token| token.is_one_of(JOINED)) {
            at += 1;
        }
        if at == list.end {
            break;
        }
    }
    found
}

/// What a token names if it is one letter, or a number from 1.
fn member(token: &Token<'_>, count: usize) -> Option<(usize, Kind)> {
    let letter = token.letter().map(|letter| (letter, Kind::Letters));
    letter.or_else(|| Some((token.number()?.checked_sub(1)?, Kind::Numbers))).filter(|(member, _)| *member < count)
}

/// Whether a token can be the end of a member of a list.
fn is_listed(token: &Token<'_>) -> bool {
    token.letter().is_some() || token.text == ")"
}

/// Whether something is said of what ends before a token that is said of choices. Of what can be nothing but a choice,
/// the `subject`, anything may be said.
fn is_judged(tokens: &[Token<'_>], at: usize, subject: bool) -> bool {
    let verb = tokens.get(at).is_some_and(|next| next.is_one_of(VERBS));
    let verdict =
        || tokens[at + 1..].iter().find(|token| !token.is_one_of(BETWEEN)).is_some_and(|said| said.is_one_of(VERDICTS));
    verb && (subject || verdict())
}

/// Whether no word follows that could belong to the letter.
fn ends_phrase(tokens: &[Token<'_>], at: usize) -> bool {
    let next = |offset: usize| tokens.get(at + offset);
    // "C. difficile" continues after its full stop.
    let shortened = next(0).is_some_and(|mark| mark.text == ".")
        && next(1).is_some_and(|next| next.is_word() && !next.is_capital());
    next(0).is_none_or(|next| !next.is_word() || next.is_one_of(&["and", "or", "but"])) && !shortened
}

/// The letters or numbers of a text that has nothing else but the words that tie them together.
fn combined(text: &str, count: usize) -> Option<(Vec<usize>, Kind)> {
    const TIES: &[&str] = &[
        "and", "or", "nor", "but", "not", "as", "well", "plus", "&", ",", ".", "(", ")", "/", "+", ";", "the", "of",
        "are", "is", "with", "except", "\"", "'",
    ];
    const MARKS: &[&str] = &[
        "both",
        "only",
        "either",
        "neither",
        "all",
        "just",
        "none",
        "correct",
        "incorrect",
        "right",
        "wrong",
        "true",
        "false",
    ];
    let mut members = Vec::new();
    let mut marked = false;
    for token in tokens(text) {
        if token.letter().is_some() || token.number().is_some() {
            members.push(member(&token, count)?);
        } else if token.is_one_of(MARKS) || token.is_one_of(NOUNS) {
            marked = true;
        } else if !token.is_one_of(TIES) {
            return None;
        }
    }
    let (_, kind) = *members.first()?;
    let alike = members.iter().all(|(_, other)| *other == kind);
    let several = members.len() > 1 || marked;
    (alike && several).then(|| (members.into_iter().map(|(member, _)| member).collect(), kind))
}
