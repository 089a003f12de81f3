//! Puts the drawn items in order and makes them a form.
//!
//! The order of questions and of choices is random, so that neighbors cannot copy and position says nothing about the
//! key. Items of one case stay together, because the candidate reads their text once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rand::Rng;
use rand::seq::SliceRandom;

use super::caveats::Caveats;
use super::cell_draw::CellDraw;
use super::eligible::Eligible;
use super::plan::Plan;
use super::unit::{Index, Unit};
use super::{Form, FormBreak, FormQuestion, FormSection, ScalePoints, assumptions};
use crate::bank::{Bank, Item, Overrides, Synonyms};
use crate::blueprint::{Blueprint, Book};
use crate::checksum::Checksum;
use crate::id::{CaseId, ItemId, SectionId};
use crate::seed::{Seed, Stream};

/// Makes a form of the drawn items: shuffles the questions of each section and the choices of each question.
pub(super) fn lay_out(
    blueprint: &Blueprint,
    eligible: &Eligible<'_>,
    plan: &Plan,
    seed: Seed,
    drawn: &[CellDraw],
) -> Form {
    let drawn = |section: &SectionId| {
        let cells = drawn.iter().filter(|drawn| drawn.cell.section == *section);
        cells.flat_map(|drawn| items_of(eligible, drawn)).collect()
    };
    of_items(blueprint, eligible.bank, plan, seed, drawn)
}

/// Makes a form of the items that each section of a plan is to have.
pub(super) fn of_items(
    blueprint: &Blueprint,
    bank: &Bank,
    plan: &Plan,
    seed: Seed,
    items_of: impl Fn(&SectionId) -> Vec<DrawnItem>,
) -> Form {
    let mut order = seed.stream(Stream::Order);
    let mut choices = seed.stream(Stream::Choices);
    let mut sections = Vec::with_capacity(plan.times.len());
    for section in &blueprint.sections {
        let Some(limit) = plan.times.iter().find(|limit| limit.section == section.id) else { continue };
        let questions = shuffled(groups(bank, items_of(&section.id)), &mut order)
            .into_iter()
            .map(|(index, scored)| question(&bank.items[index as usize], scored, &mut choices))
            .collect();
        sections.push(FormSection {
            id: section.id.clone(),
            name: section.name.clone(),
            time: limit.time,
            book: section.book,
            break_after: section
                .break_after
                .as_ref()
                .map(|rule| FormBreak { time: plan.break_time(rule), optional: rule.optional }),
            questions,
        });
    }
    let used: BTreeSet<&CaseId> = sections
        .iter()
        .flat_map(|section| &section.questions)
        .filter_map(|question| question.item.case.as_ref())
        .collect();
    let is_on_form = |id: &&ItemId| sections.iter().flat_map(|section| &section.questions).any(|q| q.item.id == **id);
    let replaced = bank.overrides.replaced.iter().filter(is_on_form).cloned().collect();
    let overrides = Overrides { replaced, retired: bank.overrides.retired.clone() };
    let cases = used.into_iter().filter_map(|id| Some((id.clone(), Arc::clone(bank.cases.get(id)?)))).collect();
    let open = sections.iter().any(|section: &FormSection| section.book == Book::Open);
    Form {
        exam: blueprint.id.clone(),
        name: blueprint.name.clone(),
        owner: blueprint.owner.clone(),
        edition: blueprint.edition.clone(),
        borrowed_from: blueprint.from.as_ref().map(|from| from.value.clone()),
        bank_checksum: bank.checksum.as_ref().map(Checksum::short),
        seed,
        code: None,
        kind: plan.kind,
        scale: ScalePoints::from(blueprint),
        default_rating: blueprint.cut.default_rating.value,
        sections,
        domains: blueprint.domains.iter().map(|domain| (domain.id.clone(), domain.name.clone())).collect(),
        cases,
        overrides,
        synonyms: if open { bank.synonyms.clone() } else { Synonyms::default() },
        near_duplicates: 0,
        assumptions: assumptions(blueprint),
        background: None,
        caveats: Caveats::of(blueprint),
        shelf: if open { bank.sheets.clone() } else { Vec::new() },
    }
}

/// An item and whether it counts toward the score.
pub(super) type DrawnItem = (Index, bool);

fn items_of<'d>(eligible: &'d Eligible<'_>, drawn: &'d CellDraw) -> impl Iterator<Item = DrawnItem> + 'd {
    let items = |units: &'d [Unit], scored: bool| {
        units.iter().flat_map(|unit| eligible.members(unit)).map(move |index| (*index, scored))
    };
    items(&drawn.scored, true).chain(items(&drawn.unscored, false))
}

/// The items of a section in groups that stay together: one group for each case, even if its items were drawn for
/// different cells, and one for each other item. The bank's order holds within each group.
fn groups(bank: &Bank, mut all: Vec<DrawnItem>) -> Vec<Vec<DrawnItem>> {
    all.sort_unstable();
    let mut groups: Vec<Vec<DrawnItem>> = Vec::new();
    let mut cases: BTreeMap<&CaseId, usize> = BTreeMap::new();
    for item in all {
        match &bank.items[item.0 as usize].case {
            None => groups.push(vec![item]),
            Some(case) => {
                let group = *cases.entry(case).or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[group].push(item);
            }
        }
    }
    groups
}

fn shuffled(mut groups: Vec<Vec<DrawnItem>>, rng: &mut impl Rng) -> Vec<DrawnItem> {
    groups.shuffle(rng);
    groups.into_iter().flatten().collect()
}

fn question(item: &Arc<Item>, scored: bool, rng: &mut impl Rng) -> FormQuestion {
    let mut order: Vec<_> = item.choices.iter().map(|choice| choice.id.clone()).collect();
    if !item.keep_order {
        order.shuffle(rng);
    }
    FormQuestion { item: Arc::clone(item), scored, order }
}
