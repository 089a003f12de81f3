//! Replaces near-duplicates, so that a form asks nothing twice while another item can fill the slot.
//!
//! Searching the whole bank for near-duplicates would slow down every start, and nearly every form has none. So this
//! step compares only the drawn items. Only if it finds near-duplicates does it also compare the spare units that could
//! replace them: the first few of each cell, then all. If replacing one unit at a time is not enough, it searches
//! exactly for a form without near-duplicates.

use rand::Rng;

use super::balance::{self, CutTarget};
use super::cell_draw::CellDraw;
use super::draw::Draw;
use super::eligible::Eligible;
use super::near_duplicates::{NearDuplicates, groups};
use super::parallel::{Goal, make_parallel};
use super::selection::Selection;
use super::unit::{Index, Unit};

/// How many spare units of each cell the first round compares.
const FIRST_ROUND: usize = 32;

/// Replaces near-duplicates on the form and balances it again. Returns how many of the form's items still have a
/// near-duplicate on it.
pub(super) fn separate_near_duplicates(
    draw: &mut Draw<'_>,
    drawn: &mut Vec<CellDraw>,
    goal: &Goal<'_>,
    target: CutTarget,
    rng: &mut impl Rng,
) -> usize {
    let eligible = draw.eligible();
    if groups_on_form(drawn, eligible).is_empty() {
        return 0;
    }
    let mut duplicates = NearDuplicates::default();
    for reach in [FIRST_ROUND, usize::MAX] {
        let spare =
            drawn.iter().flat_map(|cell| cell.spare.iter().take(reach).chain(cell.spare_pretest.iter().take(reach)));
        let compared: Vec<&Unit> = drawn.iter().flat_map(CellDraw::on_form).chain(spare).collect();
        duplicates = NearDuplicates::among(&indices(compared, eligible), eligible);
        replace_near_duplicates(drawn, &duplicates, eligible);
        balance_again(drawn, &duplicates, eligible, goal, target, rng);
        if groups_on_form(drawn, eligible).is_empty() {
            return 0;
        }
    }
    if let Some(found) = duplicates.pairs().and_then(|pairs| draw.without_pairs(&pairs)) {
        *drawn = found;
        balance_again(drawn, &duplicates, eligible, goal, target, rng);
    }
    groups_on_form(drawn, eligible).iter().map(Vec::len).sum()
}

fn balance_again(
    drawn: &mut [CellDraw],
    duplicates: &NearDuplicates,
    eligible: &Eligible<'_>,
    goal: &Goal<'_>,
    target: CutTarget,
    rng: &mut impl Rng,
) {
    let mut selected = Selection::without_duplicates(drawn.iter().flat_map(CellDraw::on_form), duplicates, eligible);
    make_parallel(goal, drawn, &mut selected, eligible, rng);
    balance::balance(target, drawn, &mut selected, eligible, rng);
}

/// The groups of near-duplicates among the drawn items.
fn groups_on_form(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Vec<Vec<Index>> {
    groups(&indices(drawn.iter().flat_map(CellDraw::on_form), eligible), eligible)
}

/// The indices of the units' items, in ascending order.
fn indices<'u>(units: impl IntoIterator<Item = &'u Unit>, eligible: &Eligible<'_>) -> Vec<Index> {
    let mut indices: Vec<Index> = units.into_iter().flat_map(|unit| eligible.members(unit)).copied().collect();
    indices.sort_unstable();
    indices
}

/// Replaces each unit that has a near-duplicate on the form with a spare unit of the same size, where there is one.
fn replace_near_duplicates(drawn: &mut [CellDraw], duplicates: &NearDuplicates, eligible: &Eligible<'_>) {
    let mut selected = Selection::without_duplicates(drawn.iter().flat_map(CellDraw::on_form), duplicates, eligible);
    for cell in drawn {
        for at in 0..cell.scored.len() {
            let old = cell.scored[at];
            if selected.is_out_of_comparisons() {
                return;
            }
            if selected.has_near_duplicate(&old)
                && let Some(new) = take_substitute(&old, &mut cell.spare, &mut selected, eligible)
            {
                cell.scored[at] = new;
                cell.add_spare(old, eligible);
            }
        }
        for at in 0..cell.unscored.len() {
            let old = cell.unscored[at];
            if selected.is_out_of_comparisons() {
                return;
            }
            if selected.has_near_duplicate(&old)
                && let Some(new) = take_substitute(&old, &mut cell.spare_pretest, &mut selected, eligible)
                    .or_else(|| take_substitute(&old, &mut cell.spare, &mut selected, eligible))
            {
                cell.unscored[at] = new;
                cell.add_spare(old, eligible);
            }
        }
    }
}

/// Removes from `spare` the best substitute for `old`, and puts it on the form instead of `old`.
fn take_substitute(
    old: &Unit,
    spare: &mut Vec<Unit>,
    selected: &mut Selection<'_>,
    eligible: &Eligible<'_>,
) -> Option<Unit> {
    let new = spare.remove(best_substitute(spare, old, selected, eligible)?);
    selected.remove(old);
    selected.add(&new);
    Some(new)
}

/// The position of the first of the least exposed spare units that fit in place of `old`.
fn best_substitute(spare: &[Unit], old: &Unit, selected: &mut Selection<'_>, eligible: &Eligible<'_>) -> Option<usize> {
    let mut best: Option<usize> = None;
    selected.remove(old);
    for (at, unit) in spare.iter().enumerate() {
        let is_better = best.is_none_or(|best| unit.exposure < spare[best].exposure);
        if eligible.is_whole(unit) && is_better && unit.len() == old.len() && selected.admits(unit) {
            best = Some(at);
        }
        if selected.is_out_of_comparisons() {
            break;
        }
    }
    selected.add(old);
    best
}
