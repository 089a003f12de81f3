//! Angoff ratings are shares.

use super::Question;
use crate::document::{Code, Findings, Spanned};

pub(in crate::bank) fn in_range(angoff: &Spanned<f64>, name: &str, findings: &mut Findings) {
    if angoff.value <= 0.0 || angoff.value >= 1.0 {
        let help = if angoff.value > 1.0 && angoff.value < 100.0 {
            format!("a share, not a percentage: angoff = {}", angoff.value / 100.0)
        } else {
            "write the share of minimally competent candidates who get it right, for example 0.7".to_owned()
        };
        let message = format!("{name} has the Angoff rating {}, which does not lie between 0 and 1", angoff.value);
        findings.add(Code::AngoffOutOfRange, angoff.span, message, help);
    }
}

pub(super) fn present(question: &Question<'_>, findings: &mut Findings) {
    if !question.rated && question.advise.rating {
        let message = format!("{} has no Angoff rating", question.name);
        findings.add(Code::NoRating, question.opening, message, "add, for example, angoff = 0.7");
    }
}
