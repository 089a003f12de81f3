//! What the look-ups of a sitting teach: how long they took, and whether they led to the right sheet.

use std::time::Duration;

use super::shelf::places;
use super::{SafeText, counted};
use examroom_core::form::Form;
use examroom_core::id::{ItemId, SheetId};
use examroom_core::scoring::{Found, LookUpScore, LookUps, look_ups};
use examroom_core::session::Session;
use examroom_core::time::SpokenDuration;

/// The heading of the look-ups.
pub const TITLE: &str = "Look-ups";

/// The look-ups in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUpsView {
    /// `9 look-ups took 14 minutes; 3 did not reach the sheet.`, and what was not looked up.
    pub summary: Vec<String>,
    /// Each look-up, in the order of the sitting.
    pub rows: Vec<LookUpRow>,
}

/// A look-up in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookUpRow {
    /// `12`, the question's number.
    pub question: String,
    /// `1 minute 20 seconds`
    pub time: String,
    /// The titles of the sheets that were shown; `none` where only the contents were.
    pub opened: SafeText,
    /// `reached the sheet`, or where the answer stands.
    pub found: SafeText,
}

impl LookUpsView {
    /// The look-ups of a session; `None` where nothing could be looked up.
    #[must_use]
    pub fn new(session: &Session) -> Option<Self> {
        let found = look_ups(session)?;
        let form = session.form();
        let rows = found.each.iter().map(|look_up| row(form, look_up)).collect();
        Some(Self { summary: summary(form, &found), rows })
    }
}

impl LookUpRow {
    /// The look-up as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("Question {}, {}: opened {}; {}.", self.question, self.time, self.opened, self.found)
    }
}

fn summary(form: &Form, found: &LookUps) -> Vec<String> {
    let mut lines = Vec::new();
    let time: Duration = found.each.iter().map(|look_up| look_up.time).sum();
    let count = |wanted: Found| found.each.iter().filter(|look_up| look_up.found == wanted).count();
    lines.push(match (found.each.len(), count(Found::Missed)) {
        (0, _) => "The shelf was not opened for any question.".to_owned(),
        (all, missed) => {
            let missed = match missed {
                _ if count(Found::NotRecorded) > 0 => String::new(),
                0 => "; none missed the sheet".to_owned(),
                missed => format!("; {missed} did not reach the sheet"),
            };
            format!("{} took {}{missed}.", counted(all, "look-up"), SpokenDuration(time))
        }
    });
    let not_looked_up = found.not_looked_up.iter().filter_map(|id| number(form, id)).collect::<Vec<_>>();
    if !not_looked_up.is_empty() {
        lines.push(format!(
            "Not right and not looked up, though the answer stands on the shelf: {}.",
            super::numbers(&not_looked_up)
        ));
    }
    lines
}

fn number(form: &Form, id: &ItemId) -> Option<usize> {
    form.questions().find(|(_, question)| question.item.id == *id).map(|(slot, _)| form.number(slot))
}

fn row(form: &Form, look_up: &LookUpScore) -> LookUpRow {
    let title = |id: &SheetId| form.shelf.iter().find(|sheet| sheet.id == *id).map(|sheet| sheet.title.as_str());
    let opened: Vec<&str> = look_up.sheets.iter().filter_map(title).collect();
    let opened = match (look_up.found, opened.is_empty()) {
        (Found::NotRecorded, _) => "what was not recorded".to_owned(),
        (_, true) => "no sheet".to_owned(),
        (_, false) => opened.join(", "),
    };
    let stands = || {
        let item = form.question(look_up.slot).map(|question| &question.item);
        let places: Vec<String> = item
            .map_or_else(Vec::new, |item| places(&form.shelf, item).into_iter().map(SafeText::into_string).collect());
        places.join("; ")
    };
    let found = match look_up.found {
        Found::Reached => "reached the sheet".to_owned(),
        Found::Missed => format!("did not reach the sheet: {}", stands()),
        Found::NotOnShelf => "the answer is on no sheet".to_owned(),
        Found::NotRecorded => format!("the answer is in: {}", stands()),
    };
    LookUpRow {
        question: look_up.number.to_string(),
        time: SpokenDuration(look_up.time).to_string(),
        opened: SafeText::new(&opened),
        found: SafeText::new(&found),
    }
}
