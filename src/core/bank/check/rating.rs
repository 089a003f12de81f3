//! Angoff ratings are shares.

use super::Question;
use crate::diagnostics::{Code, Diagnostics, Spanned};

pub(in crate::bank) fn in_range(angoff: &Spanned<f64>, name: &str, diagnostics: &mut Diagnostics) {
    if angoff.value <= 0.0 || angoff.value >= 1.0 {
        let help = if angoff.value > 1.0 && angoff.value < 100.0 {
            format!("a share, not a percentage: angoff = {}", angoff.value / 100.0)
        } else {
            "write the share of minimally competent candidates who get it right, for example 0.7".to_owned()
        };
        let message = format!("{name} has the Angoff rating {}, which does not lie between 0 and 1", angoff.value);
        diagnostics.add(Code::AngoffOutOfRange, angoff.span, message, help);
    }
}

pub(super) fn present(question: &Question<'_>, diagnostics: &mut Diagnostics) {
    if !question.rated && question.advise.rating {
        let message = format!("{} has no Angoff rating", question.name);
        diagnostics.add(Code::NoRating, question.opening, message, "add, for example, angoff = 0.7");
    }
}
