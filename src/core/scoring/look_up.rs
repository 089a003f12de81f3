//! What was looked up on the reference shelf, how long it took, and whether the right sheet was found.

use std::collections::HashSet;
use std::time::Duration;

use serde::Serialize;

use super::{Mark, seconds};
use crate::blueprint::Book;
use crate::form::Slot;
use crate::id::{ItemId, SectionId, SheetId};
use crate::session::{LookUp, Session};

/// What was looked up in a sitting.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LookUps {
    /// Each look-up for a question, in the order of the sitting. Looking without a question on the screen is none.
    pub each: Vec<LookUpScore>,
    /// Questions that were not right, whose answer stands on the shelf, and for which it was not opened.
    pub not_looked_up: Vec<ItemId>,
}

/// A look-up for a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LookUpScore {
    /// The question's slot on the form.
    pub slot: Slot,
    /// The section.
    pub section: SectionId,
    /// The question's number, counted from 1 within the section.
    pub number: usize,
    /// The item.
    #[serde(rename = "id")]
    pub item: ItemId,
    /// How long the shelf was open for it; serialized in seconds.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub time: Duration,
    /// The sheets that came on the screen, in that order.
    pub sheets: Vec<SheetId>,
    /// Whether the sheet with the answer was among them.
    pub found: Found,
}

/// Whether a look-up led to a sheet with the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// A sheet that the question names came on the screen.
    Reached,
    /// Other sheets did, or none.
    Missed,
    /// The question names no sheet: its answer is not on the shelf.
    NotOnShelf,
    /// The attempt is from a program that did not record which sheets were shown.
    NotRecorded,
}

/// What was looked up in a sitting; `None` where none of its questions that were seen allowed it.
#[must_use]
pub fn look_ups(session: &Session) -> Option<LookUps> {
    let form = session.form();
    let is_open = |slot: Slot| {
        let section = form.section_of(slot).and_then(|section| form.sections.get(section));
        section.is_some_and(|section| section.book == Book::Open)
    };
    let mut allowed = form.questions().filter(|(slot, _)| is_open(*slot) && session.item_state(*slot).is_seen());
    allowed.next()?;
    let is_recorded = session.look_ups().iter().any(|look_up| !look_up.sheets.is_empty());
    let each: Vec<LookUpScore> =
        session.look_ups().iter().filter_map(|look_up| of(session, look_up, is_recorded)).collect();
    let looked_up: HashSet<Slot> = each.iter().map(|look_up| look_up.slot).collect();
    let is_left = |slot: Slot| {
        let missed = super::item_score(session, slot).is_some_and(|score| score.mark != Mark::Right);
        missed && is_open(slot) && session.item_state(slot).is_seen() && !looked_up.contains(&slot)
    };
    let on_shelf = form.questions().filter(|(_, question)| !question.item.references.is_empty());
    let not_looked_up =
        on_shelf.filter(|(slot, _)| is_left(*slot)).map(|(_, question)| question.item.id.clone()).collect();
    Some(LookUps { each, not_looked_up })
}

fn of(session: &Session, look_up: &LookUp, is_recorded: bool) -> Option<LookUpScore> {
    let (form, slot) = (session.form(), look_up.slot?);
    let item = &form.question(slot)?.item;
    let until = look_up.until.or(session.last_event_at()).unwrap_or(look_up.from);
    let found = if item.references.is_empty() {
        Found::NotOnShelf
    } else if look_up.sheets.iter().any(|sheet| item.references.contains(sheet)) {
        Found::Reached
    } else if is_recorded {
        Found::Missed
    } else {
        Found::NotRecorded
    };
    Some(LookUpScore {
        slot,
        section: item.section.clone(),
        number: form.number(slot),
        item: item.id.clone(),
        time: until.since(look_up.from),
        sheets: look_up.sheets.clone(),
        found,
    })
}
