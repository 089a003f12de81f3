//! What is said before the clock starts.

use std::fmt::Write as _;

use super::layout::wrapped;
use examroom_app::view::rules::RulesView;

/// The exam, its parts and its rules.
#[must_use]
pub fn rules_page(view: &RulesView) -> String {
    let mut page = format!("{}\n{}\n{}\n\n", view.title, wrapped(&view.kind), wrapped(&view.pass_mark));
    for part in &view.parts {
        let _ = writeln!(page, "{}", wrapped(part));
    }
    page.push('\n');
    for rule in &view.rules {
        let _ = writeln!(page, "{}", wrapped(rule));
    }
    page
}
