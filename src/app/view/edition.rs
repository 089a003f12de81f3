//! What is said of an edition: which outline is in force, what had to be assumed, and what is still lacking.

use super::{SafeText, counted};
use examroom_core::form::{Assumed, Caveats, Form};
use examroom_core::id::ExamId;

/// Said after a figure that nobody publishes; nothing after others.
#[must_use]
pub fn mark(caveats: &Caveats, figure: Assumed) -> &'static str {
    if caveats.assumes(figure) { " (assumed)" } else { "" }
}

/// Which outline is in force, and which came before it; nothing of an exam with one outline only.
#[must_use]
pub fn outlines(exam: &ExamId, in_force: Option<&ExamId>, older: &[ExamId]) -> Option<SafeText> {
    let older: Vec<String> = older.iter().map(ToString::to_string).collect();
    let said = match (in_force, older.len()) {
        (Some(later), _) => format!("{exam} is an older outline. The one in force is {later}."),
        (None, 0) => return None,
        (None, 1) => format!("{exam} is the outline in force. The older one is {}.", older[0]),
        (None, _) => format!("{exam} is the outline in force. Older ones are {}.", older.join(", ")),
    };
    Some(SafeText::new(&said))
}

/// What the candidate of an edition has to know before the clock starts, a sentence or two each.
#[must_use]
pub fn warnings(form: &Form) -> Vec<SafeText> {
    let caveats = &form.caveats;
    let mut lines: Vec<SafeText> =
        outlines(&form.exam, caveats.in_force.as_ref(), &caveats.older).into_iter().collect();
    if caveats.is_unfinished() {
        let lacking = caveats
            .lacking
            .iter()
            .map(|domain| format!("{}, {} of {}", domain.domain, domain.has, counted(domain.of as usize, "question")));
        lines.push(SafeText::new(&format!(
            "This edition is unfinished, and has no scaled score. It has too few questions in: {}.",
            lacking.collect::<Vec<_>>().join("; ")
        )));
    }
    if caveats.assumes(Assumed::PassMark) || caveats.assumes(Assumed::Scale) {
        let owner = form.owner.as_deref().unwrap_or("the exam's owner");
        lines.push(SafeText::new(&format!(
            "What {owner} requires to pass this exam was not found, nor its scale: this program assumes both, so that a \
             result can be read."
        )));
    }
    if caveats.assumes(Assumed::NoneUnscored) {
        lines.push(
            "Whether the real exam has unscored questions was not found; here every question counts (assumed).".into(),
        );
    }
    lines
}
