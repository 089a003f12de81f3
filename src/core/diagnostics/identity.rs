//! Ids can be typed.

use super::{Code, Diagnostic, Spanned, codes};

codes! {
    Error BAD_ID "bad-id"
}

/// The longest id, in characters.
const LONGEST: usize = 80;

/// What is wrong with an id that cannot be typed on a command line or shown in a report.
pub(crate) fn malformed(id: &Spanned<&str>) -> Option<Diagnostic> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || ('\u{300}'..='\u{36f}').contains(&c);
    let length = id.value.chars().count();
    let fault = if length == 0 {
        "an id is empty".to_owned()
    } else if length > LONGEST {
        format!("an id has {length} characters")
    } else {
        let odd = id.value.chars().find(|c| !fits(*c))?;
        let odd = if odd == ' ' { "a space".to_owned() } else { format!("the character {odd:?}") };
        format!("the id \"{}\" has {odd} in it", id.value.escape_debug())
    };
    let help = format!("use letters, digits, `-`, `_` and `.`, at most {LONGEST} of them, for example legal-consent-1");
    Some(Diagnostic::new(Code::BAD_ID, fault).at(id.span).help(help))
}
