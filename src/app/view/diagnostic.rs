//! What is said of a bank's findings as a whole.

use super::counted;
use examroom_core::diagnostics::Diagnostics;

/// `3 errors and 1 warning`.
#[must_use]
pub fn tally(diagnostics: &Diagnostics) -> String {
    let count = match (diagnostics.errors(), diagnostics.warnings()) {
        (0, 0) => "no findings".to_owned(),
        (errors, 0) => counted(errors, "error"),
        (0, warnings) => counted(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    match diagnostics.allowed() {
        0 => count,
        allowed => format!("{count} ({allowed} more allowed by the authors)"),
    }
}
