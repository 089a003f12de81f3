//! The break between two sections, in words.

use super::SafeText;
use examroom_core::form::Assumed;
use examroom_core::session::{Event, Phase, Session};

/// The break as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseView {
    /// The heading.
    pub title: &'static str,
    /// A sentence or two each.
    pub lines: Vec<SafeText>,
    /// Whether the candidate may go on before it is over.
    pub optional: bool,
    /// Whether the candidate has said that it is taken.
    pub taken: bool,
}

impl PauseView {
    /// The break that is on, if one is.
    #[must_use]
    pub fn new(session: &Session) -> Option<Self> {
        let Phase::Break { after } = session.phase() else { return None };
        let form = session.form();
        let optional = form.sections.get(after)?.break_after?.optional;
        let name = |section: usize| form.sections.get(section).map_or("", |section| &section.name);
        let taken = session
            .journal()
            .iter()
            .rev()
            .take_while(|stamped| !matches!(stamped.event, Event::BreakOffered { .. }))
            .any(|stamped| stamped.event == Event::BreakTaken);
        let mut lines = vec![
            SafeText::new(&format!("{} has ended, and its answers are submitted.", name(after))),
            SafeText::new(&format!(
                "The exam's clock is paused. When the break is over, {} starts, with you or without you.",
                name(after + 1)
            )),
        ];
        if optional {
            lines.push("You may continue to the next part at any time.".into());
        } else {
            lines.push("This break must be taken.".into());
        }
        if form.caveats.assumes(Assumed::Breaks) {
            lines.push("How long it is at the real exam was not found: its length is assumed.".into());
        }
        Some(Self { title: if taken { "Break" } else { "Time for a break" }, lines, optional, taken })
    }
}
