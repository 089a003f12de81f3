//! A question's days run forwards.

use crate::bank::Validity;
use crate::diagnostics::{Code, Diagnostic, Spanned, codes};

codes! {
    Error DATES_REVERSED "dates-reversed"
}

/// What is wrong with the days of the question that messages call `name`.
pub(in crate::bank) fn reversed(validity: &Spanned<Validity>, name: &str) -> Option<Diagnostic> {
    let (from, until) = (validity.value.from?, validity.value.until?);
    (until < from).then(|| {
        let message = format!("{name} is valid until {until}, which is before it is valid from ({from})");
        let help = "exchange the two dates, or mend the year";
        Diagnostic::new(Code::DATES_REVERSED, message).at(validity.span).help(help)
    })
}
