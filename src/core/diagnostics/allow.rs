//! Advice that an author has looked at and keeps: `allow = { negative-stem = "the exam asks it this way" }`, for all that
//! the table stands in, or for single questions by their ids.
//!
//! A bank that always shows the same ten warnings hides the eleventh. The reason stands in the file, where the next
//! author reads it, and an allowance that nothing needs any more is reported.

use std::collections::HashMap;

use super::fields::TextOrTable;
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
    /// The only question that it is for.
    question: Option<Box<str>>,
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
    let entries = fields.table("allow").map_or_else(Vec::new, Fields::all_texts_or_tables);
    let mut all = Vec::with_capacity(entries.len());
    for (name, reasons) in entries {
        match reasons {
            TextOrTable::Text(reason) => {
                let code = fields.accept(advice(&name).and_then(|code| reasoned(code, &reason)));
                all.extend(code.map(|code| Allowance { code, scope, question: None, span: name.span }));
            }
            TextOrTable::Table(questions) => all.extend(of_questions(fields, &name, questions, scope)),
        }
    }
    all
}

/// `allow.negative-stem = { legal-014 = "reason" }`
fn of_questions(
    fields: &mut Fields<'_, '_>,
    name: &Spanned<&str>,
    questions: Vec<(Spanned<&str>, Spanned<&str>)>,
    scope: Scope,
) -> Vec<Allowance> {
    let found = advice(name).and_then(|code| match scope {
        Scope::Exam | Scope::File(_) => Ok(code),
        Scope::Item(_) => {
            let message = format!("`allow` of a question names other questions under `{code}`");
            let help = format!("write {code} = \"the reason\", or move the lines to the top of the file");
            Err(Diagnostic::new(Code::BAD_ALLOW, message).at(name.span).help(help))
        }
    });
    let Some(code) = fields.accept(found) else { return Vec::new() };
    let questions = questions.into_iter().filter_map(|(question, reason)| {
        fields.accept(reasoned(code, &reason))?;
        Some(Allowance { code, scope, question: Some(question.value.into()), span: question.span })
    });
    questions.collect()
}

/// The code of this name, if it can be allowed.
fn advice(name: &Spanned<&str>) -> Result<Code, Diagnostic> {
    let refuse = |message| Diagnostic::new(Code::BAD_ALLOW, message).at(name.span);
    match Code::parse(name.value) {
        None => {
            let advice = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning).map(|code| code.name());
            let help = nearest(name.value, advice).map_or_else(
                || "remove it; `examroom bank explain` lists the codes".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            Err(refuse(format!("`allow` names `{}`, which is the code of no finding", name.value)).help(help))
        }
        Some(code) if code.severity() == Severity::Error => {
            Err(refuse(format!("`{code}` is an error, and only advice can be allowed")).help("mend what it points at"))
        }
        Some(code) => Ok(code),
    }
}

/// The code, if there is a reason to allow it.
fn reasoned(code: Code, reason: &Spanned<&str>) -> Result<Code, Diagnostic> {
    if !reason.value.trim().is_empty() {
        return Ok(code);
    }
    let message = format!("`{code}` is allowed without a reason");
    let help = "say why it is kept; the next author reads it";
    Err(Diagnostic::new(Code::BAD_ALLOW, message).at(reason.span).help(help))
}

/// Where the questions stand that allowances can be for.
#[derive(Debug)]
pub struct Questions<'q> {
    /// Where each opens, in order.
    openings: Vec<Span>,
    /// The ids of questions, by their openings.
    ids: HashMap<Span, &'q str>,
}

impl<'q> Questions<'q> {
    /// Questions that open at these places, in any order; each id stands within one of them.
    pub fn new(mut openings: Vec<Span>, ids: impl IntoIterator<Item = (&'q str, Span)>) -> Self {
        openings.sort_unstable();
        let mut questions = Self { openings, ids: HashMap::new() };
        for (id, span) in ids {
            let opening = questions.around(span);
            questions.ids.extend(opening.map(|opening| (opening, id)));
        }
        questions
    }

    /// The opening of the question that a place lies in.
    fn around(&self, span: Span) -> Option<Span> {
        let after = self.openings.partition_point(|opening| (opening.file, opening.start) <= (span.file, span.start));
        let opening = *self.openings.get(after.checked_sub(1)?)?;
        (opening.file == span.file).then_some(opening)
    }

    /// Everything that a finding is in.
    fn reaches(&self, finding: &Diagnostic) -> impl Iterator<Item = Reach<'q>> {
        let file = finding.span.map(|span| Reach::Scope(Scope::File(span.file)));
        let opening = finding.span.and_then(|span| self.around(span));
        let named = opening.and_then(|opening| self.ids.get(&opening)).map(|id| Reach::Question(id));
        let item = opening.map(|opening| Reach::Scope(Scope::Item(opening)));
        std::iter::once(Reach::Scope(Scope::Exam)).chain(file).chain(item).chain(named)
    }
}

/// What an allowance holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Reach<'q> {
    Scope(Scope),
    /// The question of this id.
    Question(&'q str),
}

impl Allowance {
    fn reach(&self) -> Reach<'_> {
        self.question.as_deref().map_or(Reach::Scope(self.scope), Reach::Question)
    }

    /// Whether it is for a question that it names.
    pub(crate) fn names_a_question(&self) -> bool {
        self.question.is_some()
    }

    /// Nothing needs it any more.
    fn unused(&self) -> Diagnostic {
        let message = match &self.question {
            None => format!("`{}` is allowed here, but nothing is found", self.code),
            Some(id) => format!("`{}` is allowed for question `{id}`, but nothing is found there", self.code),
        };
        Diagnostic::new(Code::UNUSED_ALLOW, message).at(self.span).help("remove it")
    }
}

impl Diagnostics {
    /// Sets aside the findings that are allowed, and reports allowances that nothing needed.
    pub fn allow(&mut self, allowances: &[Allowance], questions: &Questions<'_>) {
        let used = self.set_aside_by(allowances, questions);
        // Something else may have kept the advice from being looked for.
        if self.has_errors() {
            return;
        }
        let unused: Vec<Diagnostic> =
            allowances.iter().zip(used).filter(|(_, used)| !used).map(|(allowed, _)| allowed.unused()).collect();
        self.extend(unused);
    }

    /// The same for allowances in files that are read for another exam's sake, which need not all be of use.
    pub fn allow_lent(&mut self, allowances: &[Allowance], questions: &Questions<'_>) {
        self.set_aside_by(allowances, questions);
    }

    fn set_aside_by(&mut self, allowances: &[Allowance], questions: &Questions<'_>) -> Vec<bool> {
        let mut used = vec![false; allowances.len()];
        if allowances.is_empty() {
            return used;
        }
        let mut first: HashMap<(Code, Reach<'_>), usize> = HashMap::new();
        for (index, allowed) in allowances.iter().enumerate() {
            first.entry((allowed.code, allowed.reach())).or_insert(index);
        }
        self.set_aside(|finding| {
            let covering = questions.reaches(finding).filter_map(|reach| first.get(&(finding.code, reach)));
            covering.min().map(|index| used[*index] = true).is_some()
        });
        used
    }
}
