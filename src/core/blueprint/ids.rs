//! The ids that a blueprint gives to its parts.

use crate::diagnostics::{Code, Diagnostic, Fields, Span, Spanned, codes, malformed};

codes! {
    Error DUPLICATE_ID "duplicate-id"
}

/// The ids of one kind so far, also of parts that are unsound.
pub(super) struct Ids<I> {
    /// What they are the ids of.
    what: &'static str,
    known: Vec<Spanned<I>>,
}

impl<I: for<'t> From<&'t str> + AsRef<str> + PartialEq> Ids<I> {
    pub(super) fn new(what: &'static str) -> Self {
        Self { what, known: Vec::new() }
    }

    /// Adds an id, and reports what is wrong with it.
    pub(super) fn add(&mut self, id: &Spanned<&str>, fields: &mut Fields<'_, '_>) {
        fields.report_all(malformed(id));
        let new = I::from(id.value);
        if let Some(first) = self.span(&new) {
            let message = format!("two {}s have the id `{}`", self.what, new.as_ref());
            fields.report(
                Diagnostic::new(Code::DUPLICATE_ID, message)
                    .at(id.span)
                    .related(first, "first used here")
                    .help("give one of them another id"),
            );
        }
        self.known.push(Spanned { value: new, span: id.span });
    }

    pub(super) fn span(&self, id: &I) -> Option<Span> {
        self.known.iter().find(|known| known.value == *id).map(|known| known.span)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|known| known.value.as_ref())
    }
}
