//! What the candidate had done before a form was drawn.
//!
//! It is stored with the form, because a score means less where the questions had been seen and explained before, and
//! because a report must say the same next year as it does today.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::disjoint::forms_within;
use super::{Exposure, Form};
use crate::bank::{Bank, Status, Supply, supply};
use crate::blueprint::Blueprint;
use crate::id::ItemId;
use crate::statistics::Evidence;

/// The candidate's past, as far as the score of a form depends on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Background {
    /// How it is known.
    pub origin: Origin,
    /// How many times the candidate had seen each question of the form; those that are absent were new.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<ItemId, u32>,
    /// What the new questions of earlier sittings of this exam said: none as far as [`assemble`](super::assemble())
    /// knows, which is told of questions and not of answers.
    #[serde(default)]
    pub earlier: Evidence,
    /// How many full forms of new questions the bank may yield after this one; `None` if that was not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_forms_left: Option<u32>,
    /// How many questions of the whole bank were new to the candidate before a practice; `None` on other forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_in_bank: Option<u32>,
}

/// How a candidate's past is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It was recorded when the form was drawn.
    Recorded,
    /// The form is from a version that did not record it; the journals of the other attempts tell it.
    Reconstructed,
}

impl Background {
    /// What an exposure says about the questions of a form.
    #[must_use]
    pub fn new(origin: Origin, form: &Form, exposure: &Exposure) -> Self {
        let times = |id: &ItemId| Some((id.clone(), exposure.times(id))).filter(|(_, times)| *times > 0);
        Self {
            origin,
            seen: form.item_ids().filter_map(times).collect(),
            earlier: Evidence::default(),
            new_forms_left: None,
            new_in_bank: None,
        }
    }

    /// How many times the candidate had seen a question.
    #[must_use]
    pub fn times(&self, item: &ItemId) -> u32 {
        self.seen.get(item).copied().unwrap_or(0)
    }
}

/// How many full forms the questions allow that are neither on `form` nor seen before: an upper bound by counts alone.
#[must_use]
pub fn new_forms_left(blueprint: &Blueprint, bank: &Bank, day: Date, exposure: &Exposure, form: &Form) -> u32 {
    let mut cells = supply(blueprint, bank, day);
    let on_form: std::collections::BTreeSet<&ItemId> = form.item_ids().collect();
    let used = bank
        .items
        .iter()
        .filter(|item| item.validity.holds_on(day))
        .filter(|item| on_form.contains(&item.id) || exposure.times(&item.id) > 0);
    for item in used {
        let is_cell = |cell: &&mut Supply| cell.section == item.section && cell.domain == item.domain;
        if let Some(cell) = cells.iter_mut().find(is_cell) {
            match item.status {
                Status::Operational => cell.operational -= 1,
                Status::Pretest => cell.pretest -= 1,
                Status::Retired => {}
            }
        }
    }
    forms_within(&cells)
}
