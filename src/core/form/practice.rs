//! A form of chosen questions, for practice.

use std::collections::BTreeSet;

use super::lay_out::of_items;
use super::plan::{Plan, SectionTime};
use super::{Background, Exposure, Form, Kind, Origin};
use crate::bank::Bank;
use crate::blueprint::Blueprint;
use crate::id::{ItemId, SectionId};
use crate::seed::Seed;
use crate::time::minutes;

/// Makes a form of these items of a bank, all of them scored. Each stands in the section that it belongs to, which has
/// the exam's time for so many questions; there are no breaks. The seed decides the order of the questions, in which
/// those of a case stay together, and that of their choices.
#[must_use]
pub fn practice_form(blueprint: &Blueprint, bank: &Bank, chosen: &[ItemId], seed: Seed, exposure: &Exposure) -> Form {
    let chosen: BTreeSet<&ItemId> = chosen.iter().collect();
    let items_of = |section: &SectionId| {
        let items = (0..).zip(&bank.items).filter(|(_, item)| item.section == *section && chosen.contains(&item.id));
        items.map(|(index, _)| (index, true)).collect::<Vec<_>>()
    };
    let times = blueprint.sections.iter().filter_map(|section| {
        let questions = u32::try_from(items_of(&section.id).len()).unwrap_or(u32::MAX);
        let whole = blueprint.counts_of(&section.id).map(|(_, count)| count.scored.value + count.unscored.value);
        let time = minutes(section.minutes.value) * questions / whole.fold(0, u32::saturating_add).max(1);
        (questions > 0).then(|| SectionTime { section: section.id.clone(), time })
    });
    let plan = Plan { kind: Kind::Rehearsal, cells: Vec::new(), times: times.collect(), whole: 0 };
    let mut form = of_items(blueprint, bank, &plan, seed, items_of);
    for section in &mut form.sections {
        section.break_after = None;
    }
    let background = Background::new(Origin::Recorded, &form, exposure);
    Form { background: Some(background), ..form }
}
