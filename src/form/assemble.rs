//! Blueprint + bank + seed → form.
//!
//! Cell by cell, units are shuffled, those seen least come first, and each is taken that still fits and has no enemy
//! on the form. Then swaps bring the raw cut to the exam's target (`balance`), and the order of questions and
//! choices is drawn. Everything is a function of the request: the same seed, bank, day and history give the same form.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rand::Rng;
use rand::seq::SliceRandom;

use super::balance;
use super::plan::Plan;
use super::pool::{Drawn, Ground, Index, Pool, Taken, Unit};
use super::{Form, FormBreak, FormQuestion, FormSection, ScalePoints};
use crate::bank::{Bank, Item, Overrides, Synonyms};
use crate::blueprint::{Blueprint, Book};
use crate::id::{CaseId, DomainId, ItemId, SectionId};
use crate::seed::{Seed, Stream};

/// How often a candidate has seen each question.
#[derive(Clone, Debug, Default)]
pub struct Exposure(pub HashMap<ItemId, u32>);

impl Exposure {
    #[must_use]
    pub fn times(&self, item: &ItemId) -> u32 {
        self.0.get(item).copied().unwrap_or(0)
    }
}

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    pub plan: &'r Plan,
    pub seed: Seed,
    /// The day of the sitting: out-of-date questions are left out.
    pub day: Date,
    pub exposure: &'r Exposure,
}

/// The cells that could not be filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bank is too small for this form: {}", list(.0))]
pub struct Shortage(pub Vec<(SectionId, DomainId, u32)>);

fn list(missing: &[(SectionId, DomainId, u32)]) -> String {
    let cell = |(section, domain, count): &(SectionId, DomainId, u32)| {
        format!("domain `{domain}` in section `{section}` lacks {count}")
    };
    missing.iter().map(cell).collect::<Vec<_>>().join("; ")
}

/// A draw that enemies leave short, or with more repeated questions than need be, is tried again so often, going on in
/// the same stream of chance; the best of them stands.
const DRAWS: usize = 64;

/// Draws a form.
///
/// # Errors
/// The cells for which the bank has too few questions.
pub fn assemble(blueprint: &Blueprint, bank: &Bank, request: &Request<'_>) -> Result<Form, Shortage> {
    let ground = Ground::new(bank, request.day);
    let exposures: Vec<u32> = bank.items.iter().map(|item| request.exposure.times(&item.id)).collect();
    let target = balance::target(blueprint, bank, request.plan, request.day);
    let drawn = draw(&ground, request.plan, request.seed, &exposures, target, blueprint.cut.without_ratings.value)?;
    Ok(lay_out(blueprint, bank, request, &drawn))
}

/// Which questions stand on the form, scored and not. `exposures` are those of the bank's items, `target` is the raw cut.
pub(super) fn draw(
    ground: &Ground<'_>,
    plan: &Plan,
    seed: Seed,
    exposures: &[u32],
    target: f64,
    unrated: f64,
) -> Result<Vec<Drawn>, Shortage> {
    let mut chance = seed.stream(Stream::Draw);
    let mut best: Option<(u32, Pool<'_>, Taken, Vec<Drawn>)> = None;
    let mut shortage = None;
    for _ in 0..DRAWS {
        let mut pool = Pool::new(ground, exposures);
        let least = pool.least_exposure(plan);
        pool.assign_turns(&mut chance);
        let mut taken = Taken::default();
        match draw_cells(plan, &mut pool, &mut taken, &mut chance) {
            Err(short) => shortage = Some(short),
            Ok(drawn) => {
                let repeats = exposure_of(&drawn);
                if best.as_ref().is_none_or(|(before, ..)| repeats < *before) {
                    best = Some((repeats, pool, taken, drawn));
                }
                if repeats <= least {
                    break;
                }
            }
        }
    }
    let Some((_, pool, mut taken, mut drawn)) = best else {
        return Err(shortage.unwrap_or(Shortage(Vec::new())));
    };
    let mut swaps = seed.stream(Stream::Balance);
    balance::towards(target, &mut drawn, &mut taken, &pool, ground.bank, unrated, &mut swaps);
    Ok(drawn)
}

fn draw_cells<'p>(
    plan: &'p Plan,
    pool: &mut Pool<'p>,
    taken: &mut Taken,
    chance: &mut impl Rng,
) -> Result<Vec<Drawn>, Shortage> {
    let mut drawn = Vec::with_capacity(plan.cells.len());
    let mut missing = Vec::new();
    for cell in pool.tightest_first(plan) {
        let mut source = pool.take_cell(&cell.section, &cell.domain);
        for units in [&mut source.operational, &mut source.pretest] {
            units.shuffle(chance);
            units.sort_by_key(|unit| (unit.exposure, unit.turn));
        }
        let (scored, spare) = fill(cell.scored, source.operational, pool, taken);
        let (mut unscored, _) = fill(cell.unscored, source.pretest, pool, taken);
        let more = cell.unscored - count(&unscored);
        let (tried_out, spare) = fill(more, spare, pool, taken);
        unscored.extend(tried_out);
        let short = cell.total() - count(&scored) - count(&unscored);
        if short > 0 {
            missing.push((cell.section.clone(), cell.domain.clone(), short));
        }
        drawn.push(Drawn { scored, unscored, spare, cell: cell.clone() });
    }
    if missing.is_empty() { Ok(drawn) } else { Err(Shortage(missing)) }
}

/// How often the drawn questions have been seen, all together.
fn exposure_of(drawn: &[Drawn]) -> u32 {
    drawn.iter().flat_map(|cell| cell.scored.iter().chain(&cell.unscored)).map(Unit::exposure_sum).sum()
}

fn count(units: &[Unit]) -> u32 {
    u32::try_from(units.iter().map(Unit::len).sum::<usize>()).unwrap_or(u32::MAX)
}

/// Takes units in their order while they fit. Before it turns to questions that were seen more often, a gap that no
/// whole unit fits is filled with the first questions of a case: each of them can be answered without the others.
fn fill(want: u32, units: Vec<Unit>, pool: &Pool<'_>, taken: &mut Taken) -> (Vec<Unit>, Vec<Unit>) {
    let mut left = want as usize;
    let (mut chosen, mut spare): (Vec<Unit>, Vec<Unit>) = (Vec::new(), Vec::new());
    let mut class = 0;
    let mut exposure = units.first().map_or(0, |unit| unit.exposure);
    for unit in units {
        if unit.exposure != exposure {
            left -= fill_gap(left, &mut spare[class..], pool, taken, &mut chosen);
            (class, exposure) = (spare.len(), unit.exposure);
        }
        if unit.len() <= left && taken.admits(&unit, pool) {
            left -= unit.len();
            taken.add(&unit);
            chosen.push(unit);
        } else {
            spare.push(unit);
        }
    }
    fill_gap(left, &mut spare[class..], pool, taken, &mut chosen);
    (chosen, spare)
}

/// Fills a gap with a part of a case; how many questions that gave.
fn fill_gap(gap: usize, spare: &mut [Unit], pool: &Pool<'_>, taken: &mut Taken, chosen: &mut Vec<Unit>) -> usize {
    if gap == 0 {
        return 0;
    }
    let part = |unit: &Unit| Unit { members: unit.members[..gap].to_vec(), ..*unit };
    let Some(unit) = spare.iter_mut().find(|unit| unit.len() > gap && taken.admits(&part(unit), pool)) else {
        return 0;
    };
    let first = part(unit);
    unit.members.drain(..gap);
    taken.add(&first);
    chosen.push(first);
    gap
}

/// Orders the questions and their choices.
fn lay_out(blueprint: &Blueprint, bank: &Bank, request: &Request<'_>, drawn: &[Drawn]) -> Form {
    let mut order = request.seed.stream(Stream::Order);
    let mut choices = request.seed.stream(Stream::Choices);
    let mut sections = Vec::with_capacity(request.plan.times.len());
    for section in &blueprint.sections {
        let Some((_, time)) = request.plan.times.iter().find(|(id, _)| *id == section.id) else { continue };
        let groups = groups(bank, drawn.iter().filter(|drawn| drawn.cell.section == section.id));
        let questions = shuffled(groups, &mut order)
            .into_iter()
            .map(|(index, scored)| question(&bank.items[index as usize], scored, &mut choices))
            .collect();
        sections.push(FormSection {
            id: section.id.clone(),
            name: section.name.clone(),
            time: *time,
            book: section.book,
            break_after: section
                .break_after
                .as_ref()
                .map(|rule| FormBreak { time: crate::time::minutes(rule.minutes.value), optional: rule.optional }),
            questions,
        });
    }
    let used: BTreeSet<&CaseId> = sections
        .iter()
        .flat_map(|section| &section.questions)
        .filter_map(|question| question.item.case.as_ref())
        .collect();
    let on_form: HashSet<&ItemId> =
        sections.iter().flat_map(|section| &section.questions).map(|question| &question.item.id).collect();
    let replaced = bank.overrides.replaced.iter().filter(|id| on_form.contains(id)).cloned().collect();
    let overrides = Overrides { replaced, retired: bank.overrides.retired.clone() };
    let cases = used.into_iter().filter_map(|id| Some((id.clone(), Arc::clone(bank.cases.get(id)?)))).collect();
    let open = sections.iter().any(|section: &FormSection| section.book == Book::Open);
    Form {
        exam: blueprint.id.clone(),
        name: blueprint.name.clone(),
        owner: blueprint.owner.clone(),
        edition: blueprint.edition.clone(),
        seed: request.seed,
        kind: request.plan.kind,
        scale: ScalePoints::from(blueprint),
        unrated: blueprint.cut.without_ratings.value,
        sections,
        domains: blueprint.domains.iter().map(|domain| (domain.id.clone(), domain.name.clone())).collect(),
        cases,
        overrides,
        synonyms: if open { bank.synonyms.clone() } else { Synonyms::default() },
        shelf: if open { bank.sheets.clone() } else { Vec::new() },
    }
}

type Placed = (Index, bool);

/// The questions of a section in groups that stay together, in the bank's order within each: those of one case are
/// one group, however they were drawn.
fn groups<'d>(bank: &Bank, drawn: impl Iterator<Item = &'d Drawn>) -> Vec<Vec<Placed>> {
    let mut all: Vec<Placed> = drawn
        .flat_map(|drawn| {
            let places = |units: &'d [Unit], scored: bool| {
                units.iter().flat_map(|unit| &unit.members).map(move |index| (*index, scored))
            };
            places(&drawn.scored, true).chain(places(&drawn.unscored, false))
        })
        .collect();
    all.sort_unstable();
    let mut groups: Vec<Vec<Placed>> = Vec::new();
    let mut cases: BTreeMap<&CaseId, usize> = BTreeMap::new();
    for placed in all {
        match &bank.items[placed.0 as usize].case {
            None => groups.push(vec![placed]),
            Some(case) => {
                let group = *cases.entry(case).or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[group].push(placed);
            }
        }
    }
    groups
}

fn shuffled(mut groups: Vec<Vec<Placed>>, chance: &mut impl Rng) -> Vec<Placed> {
    groups.shuffle(chance);
    groups.into_iter().flatten().collect()
}

fn question(item: &Arc<Item>, scored: bool, chance: &mut impl Rng) -> FormQuestion {
    let mut order: Vec<_> = item.choices.iter().map(|choice| choice.id.clone()).collect();
    if !item.keep_order {
        order.shuffle(chance);
    }
    FormQuestion { item: Arc::clone(item), scored, order }
}
