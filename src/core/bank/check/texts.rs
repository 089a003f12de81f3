//! The texts of a question, and what every text that is shown is looked through for: characters that cannot be seen,
//! backslashes that were lost, and markup (advice).

use std::cell::LazyCell;
use std::fmt;

use super::{Checker, Question, backslash, markup};
use crate::bank::question::RawExhibit;
use crate::diagnostics::{Code, Diagnostic, Fields, SourceText, Span, Spanned, codes};
use crate::text::hidden;

codes! {
    Warning HIDDEN_CHARACTER "hidden-character"
}

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
    pub(super) fn texts(&self) -> impl Iterator<Item = (Role<'q>, &Spanned<&'q str>)> {
        let single = [
            (Role::Stem, self.stem.as_ref()),
            (Role::Exhibit, self.exhibit.as_ref().and_then(RawExhibit::text)),
            (Role::Explanation, self.explanation.as_ref()),
            (Role::Source, self.source.as_ref()),
        ];
        let choices = self.choices.iter().flatten().map(|(id, text)| (Role::Choice(id.value), text));
        let reasons = self.why.iter().map(|(id, text)| (Role::Rationale(id.value), text));
        single.into_iter().filter_map(|(role, text)| Some((role, text?))).chain(choices).chain(reasons)
    }
}

pub(super) fn check(question: &Question<'_>, checker: &mut Checker<'_>) {
    let about_markup = LazyCell::new(|| markup::is_subject(question));
    for (role, text) in question.texts() {
        let layout = if role == Role::Exhibit { Layout::AsTyped } else { Layout::Flowing };
        let what = format_args!("{role} of {}", question.name);
        let shown = Shown { what: &what, text, file_text: question.file_text, layout };
        checker.report_all(characters(&shown));
        if markup::has_signs(text.value) && !*about_markup {
            checker.report_all(markup::check(&shown));
        }
    }
}

/// A text that candidates are shown.
pub(super) struct Shown<'t> {
    /// What messages call it.
    pub what: &'t dyn fmt::Display,
    pub text: &'t Spanned<&'t str>,
    pub file_text: SourceText<'t>,
    pub layout: Layout,
}

/// Whether the lines of a text are shown as they were typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Flowing,
    AsTyped,
}

impl<'t> Shown<'t> {
    /// How it stands in its file, with its quotes.
    pub(super) fn raw(&self) -> &'t str {
        self.file_text.at(self.text.span)
    }

    /// Where `words` of it stand in its file.
    pub(super) fn span_of(&self, words: &str) -> Span {
        self.file_text.span_of(words, self.text.span)
    }
}

/// Looks through the texts of a table that is no question; `what` names the table.
pub(in crate::bank) fn look_through<'t>(
    what: &str,
    texts: impl IntoIterator<Item = &'t Spanned<&'t str>>,
    fields: &mut Fields<'_, '_>,
) {
    let file_text = fields.file_text();
    for text in texts {
        let shown = Shown { what: &what, text, file_text, layout: Layout::Flowing };
        fields.report_all(characters(&shown));
        fields.report_all(markup::check(&shown));
    }
}

fn characters(shown: &Shown<'_>) -> Option<Diagnostic> {
    backslash::check(shown).or_else(|| hidden_character(shown))
}

/// So much of the text before a hidden character is quoted.
const LEAD: usize = 24;

/// The first character of a text that cannot be seen.
fn hidden_character(shown: &Shown<'_>) -> Option<Diagnostic> {
    let text = shown.text;
    if text.value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return None;
    }
    let (at, found) = hidden(text.value).next()?;
    let line = text.value[..at].rsplit('\n').next().unwrap_or("");
    let skipped = line.chars().count().saturating_sub(LEAD);
    let lead: String = line.chars().skip(skipped).collect();
    let place = if lead.trim().is_empty() { "at the start of a line".to_owned() } else { format!("behind \"{lead}\"") };
    let message = format!("{} holds the invisible character U+{:04X} {place}", shown.what, u32::from(found));
    let help = "remove it, for example by typing these words anew";
    Some(Diagnostic::new(Code::HIDDEN_CHARACTER, message).at(text.span).help(help))
}
