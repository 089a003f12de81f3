//! A question's days run forwards.

use crate::bank::Validity;
use crate::diagnostics::{Code, Diagnostics, Span};

pub(in crate::bank) fn in_order(validity: Validity, span: Span, name: &str, diagnostics: &mut Diagnostics) {
    if let (Some(from), Some(until)) = (validity.from, validity.until)
        && until < from
    {
        let message = format!("{name} is valid until {until}, which is before it is valid from ({from})");
        diagnostics.add(Code::DatesReversed, span, message, "exchange the two dates, or mend the year");
    }
}
