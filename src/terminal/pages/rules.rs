//! What is said before the clock starts.

use std::fmt::Write as _;

use super::layout::wrapped;
use examroom_app::view::rules::RulesView;

/// The exam, its parts and its rules.
#[must_use]
pub fn rules_page(view: &RulesView) -> String {
    let mut page = format!("{}\n{}\n", view.title, wrapped(&view.kind));
    if let Some(pass_mark) = &view.pass_mark {
        let _ = writeln!(page, "{}", wrapped(pass_mark));
    }
    page.push('\n');
    for part in &view.parts {
        let _ = writeln!(page, "{}", wrapped(part));
    }
    if !view.parts.is_empty() {
        page.push('\n');
    }
    for rule in &view.rules {
        let _ = writeln!(page, "{}", wrapped(rule));
    }
    page
}
