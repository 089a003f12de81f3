//! The texts of a question, and what every text that is shown is looked through for: characters that cannot be seen,
//! backslashes that were lost, and markup (advice).

use std::cell::LazyCell;
use std::fmt;

use super::{Question, backslash, markup};
use crate::diagnostics::{Code, Diagnostics, SourceText, Span, Spanned};
use crate::text::hidden;

/// What a text is in its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role<'q> {
    Stem,
    Exhibit,
    Explanation,
    Source,
    /// With the id of the choice.
    Choice(&'q str),
    Rationale(&'q str),
}

impl fmt::Display for Role<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem => f.write_str("the stem"),
            Self::Exhibit => f.write_str("the exhibit"),
            Self::Explanation => f.write_str("the explanation"),
            Self::Source => f.write_str("the source"),
            Self::Choice(id) => write!(f, "choice `{id}`"),
            Self::Rationale(id) => write!(f, "the rationale of `{id}`"),
        }
    }
}

impl<'q> Question<'q> {
    /// Every text of the question.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Role<'q>, &'q Spanned<&'q str>)> {
        let single = [
            (Role::Stem, self.stem),
            (Role::Exhibit, self.exhibit),
            (Role::Explanation, self.explanation),
            (Role::Source, self.source),
        ];
        let choices = self.choices.unwrap_or_default().iter().map(|(id, text)| (Role::Choice(id.value), text));
        let reasons = self.why.iter().map(|(id, text)| (Role::Rationale(id.value), text));
        single.into_iter().filter_map(|(role, text)| Some((role, text?))).chain(choices).chain(reasons)
    }
}

pub(super) fn check(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    let about_markup = LazyCell::new(|| markup::is_subject(question));
    for (role, text) in question.texts() {
        let layout = if role == Role::Exhibit { Layout::AsTyped } else { Layout::Flowing };
        let what = format_args!("{role} of {}", question.name);
        characters(&what, text, question.file_text, layout, diagnostics);
        if markup::has_signs(text.value) && !*about_markup {
            markup::check(&what, text, question.file_text, layout, diagnostics);
        }
    }
}

/// Whether the lines of a text are shown as they were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Layout {
    Flowing,
    AsTyped,
}

/// Looks through a text that belongs to no question; `what` names it, and `file_text` is the text of its file.
pub(in crate::bank) fn look_through(
    what: &dyn fmt::Display,
    text: &Spanned<&str>,
    file_text: SourceText<'_>,
    layout: Layout,
    diagnostics: &mut Diagnostics,
) {
    characters(what, text, file_text, layout, diagnostics);
    markup::check(what, text, file_text, layout, diagnostics);
}

fn characters(
    what: &dyn fmt::Display,
    text: &Spanned<&str>,
    file_text: SourceText<'_>,
    layout: Layout,
    diagnostics: &mut Diagnostics,
) {
    if !backslash::check(what, text, file_text, layout, diagnostics) {
        hidden_character(what, text, diagnostics);
    }
}

/// So much of the text before a hidden character is quoted.
const LEAD: usize = 24;

/// Reports the first character of a text that cannot be seen.
fn hidden_character(what: &dyn fmt::Display, text: &Spanned<&str>, diagnostics: &mut Diagnostics) {
    if text.value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return;
    }
    let Some((at, found)) = hidden(text.value).next() else { return };
    let line = text.value[..at].rsplit('\n').next().unwrap_or("");
    let skipped = line.chars().count().saturating_sub(LEAD);
    let lead: String = line.chars().skip(skipped).collect();
    let span = if lead.trim().is_empty() { "at the start of a line".to_owned() } else { format!("behind \"{lead}\"") };
    let message = format!("{what} holds the invisible character U+{:04X} {span}", u32::from(found));
    diagnostics.add(Code::HiddenCharacter, text.span, message, "remove it, for example by typing these words anew");
}

/// How a text stands in its file, with its quotes.
pub(super) fn raw<'f>(text: &Spanned<&str>, file_text: SourceText<'f>) -> &'f str {
    file_text.at(text.span)
}

/// Where `words` of a text stand in its file; where they are not found as they are, the place of the text.
pub(super) fn span_of(words: &str, text: &Spanned<&str>, file_text: SourceText<'_>) -> Span {
    let found = raw(text, file_text).find(words).filter(|_| !words.is_empty());
    found.map_or(text.span, |at| {
        let start = text.span.bytes().start + at;
        Span::new(text.span.file, start..start + words.len())
    })
}
