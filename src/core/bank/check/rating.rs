//! Angoff ratings are shares.

use super::{Checker, Question};
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};

codes! {
    Error ANGOFF_OUT_OF_RANGE "angoff-out-of-range"
    Warning NO_RATING "no-rating"
}

/// What is wrong with the rating of the question that messages call `name`.
pub(in crate::bank) fn out_of_range(angoff: &Spanned<f64>, name: &str) -> Option<Diagnostic> {
    if angoff.value > 0.0 && angoff.value < 1.0 {
        return None;
    }
    let help = if angoff.value > 1.0 && angoff.value < 100.0 {
        format!("a share, not a percentage: angoff = {}", angoff.value / 100.0)
    } else {
        "write the share of minimally competent candidates who get it right, for example 0.7".to_owned()
    };
    let message = format!("{name} has the Angoff rating {}, which does not lie between 0 and 1", angoff.value);
    Some(Diagnostic::new(Code::ANGOFF_OUT_OF_RANGE, message).at(angoff.span).help(help))
}

/// Advice: a rating.
pub(super) fn present(question: &Question<'_>, checker: &mut Checker<'_>) {
    if question.ratings.is_empty() && question.advise.rating {
        let message = format!("{} has no Angoff rating", question.name);
        let help = "add, for example, angoff = 0.7";
        checker.report(Diagnostic::new(Code::NO_RATING, message).at(question.opening).help(help));
    }
}
