//! Advice that an author has looked at and keeps: `allow = { negative-stem = "the exam asks it this way" }`.
//!
//! A bank that always shows the same ten warnings hides the eleventh. The reason stands in the file, where the next
//! author reads it, and an allowance that nothing needs any more is reported.

use std::collections::HashMap;

use super::{Code, Diagnostic, Diagnostics, Fields, FileId, Severity, Span, Spanned, codes};
use crate::text::nearest;

codes! {
    Error BAD_ALLOW "bad-allow"
    Warning UNUSED_ALLOW "unused-allow"
}

/// One code that is allowed somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    code: Code,
    scope: Scope,
    /// Where it is written.
    span: Span,
}

/// How far an allowance reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scope {
    /// Every finding of the exam, also those about the bank as a whole.
    Exam,
    /// The findings in one file.
    File(FileId),
    /// The findings of the question that opens at this place.
    Item(Span),
}

/// Takes the field `allow` out of `fields`. A name that is no code, the code of an error and an empty reason are errors.
pub(crate) fn allowances(fields: &mut Fields<'_, '_>, scope: Scope) -> Vec<Allowance> {
    let entries = fields.table("allow").map_or_else(Vec::new, Fields::all_texts);
    let allowed = |code, span| Allowance { code, scope, span };
    entries
        .into_iter()
        .filter_map(|(name, reason)| Some(allowed(fields.accept(advice(&name, &reason))?, name.span)))
        .collect()
}

/// The code of this name, if it can be allowed for this reason.
fn advice(name: &Spanned<&str>, reason: &Spanned<&str>) -> Result<Code, Diagnostic> {
    let refuse = |message| Diagnostic::new(Code::BAD_ALLOW, message);
    match Code::parse(name.value) {
        None => {
            let advice = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.name());
            let help = nearest(name.value, advice).map_or_else(
                || "remove it; `examroom bank explain` lists the codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`allow` names `{}`, which is the code of no finding", name.value);
            Err(refuse(message).at(name.span).help(help))
        }
        Some(code) if code.severity() == Severity::Error => {
            let message = format!("`{code}` is an error, and only advice can be allowed");
            Err(refuse(message).at(name.span).help("mend what it points at"))
        }
        Some(_) if reason.value.trim().is_empty() => {
            let message = format!("`{}` is allowed without a reason", name.value);
            Err(refuse(message).at(reason.span).help("say why it is kept; the next author reads it"))
        }
        Some(code) => Ok(code),
    }
}

impl Diagnostics {
    /// Sets aside the findings that are allowed, and reports allowances that nothing needed. `openings` are the places
    /// at which the questions open, in any order.
    pub fn allow(&mut self, allowances: &[Allowance], openings: Vec<Span>) {
        let used = self.set_aside_by(allowances, openings);
        // Something else may have kept the advice from being looked for.
        if self.has_errors() {
            return;
        }
        for allowed in allowances.iter().zip(used).filter(|(_, used)| !used).map(|(allowed, _)| allowed) {
            let message = format!("`{}` is allowed here, but nothing is found", allowed.code);
            self.push(Diagnostic::new(Code::UNUSED_ALLOW, message).at(allowed.span).help("remove it"));
        }
    }

    /// The same for allowances in files that are read for another exam's sake, which need not all be of use.
    pub fn allow_lent(&mut self, allowances: &[Allowance], openings: Vec<Span>) {
        self.set_aside_by(allowances, openings);
    }

    fn set_aside_by(&mut self, allowances: &[Allowance], mut openings: Vec<Span>) -> Vec<bool> {
        openings.sort_unstable();
        let mut used = vec![false; allowances.len()];
        if allowances.is_empty() {
            return used;
        }
        let mut first: HashMap<(Code, Scope), usize> = HashMap::new();
        for (index, allowed) in allowances.iter().enumerate() {
            first.entry((allowed.code, allowed.scope)).or_insert(index);
        }
        self.set_aside(|finding| {
            let covering = scopes(finding, &openings).filter_map(|scope| first.get(&(finding.code, scope)));
            covering.min().map(|index| used[*index] = true).is_some()
        });
        used
    }
}

/// The scopes that a finding is in.
fn scopes(finding: &Diagnostic, openings: &[Span]) -> impl Iterator<Item = Scope> {
    let file = finding.span.map(|span| Scope::File(span.file));
    let item = finding.span.and_then(|span| {
        let after = openings.partition_point(|opening| (opening.file, opening.start) <= (span.file, span.start));
        let opening = *openings.get(after.checked_sub(1)?)?;
        (opening.file == span.file).then_some(Scope::Item(opening))
    });
    std::iter::once(Scope::Exam).chain(file).chain(item)
}
