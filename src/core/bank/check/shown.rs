//! The texts of a question that candidates are shown, each with what messages call it and how it is laid out.

use std::fmt;

use super::Question;
use crate::bank::question::RawExhibit;
use crate::diagnostics::{SourceText, Span, Spanned};

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
