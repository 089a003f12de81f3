//! Questions that are nearly the same do not stand on one form while another question can take the place.
//!
//! To search a whole bank for them would cost every start time, and nearly every form has none. So only the drawn
//! questions are compared, and only where some are alike, with those that could come instead: a few at first.

use rand::Rng;

use super::alike::{Alike, groups};
use super::balance::{self, Aim};
use super::draw::{CellDraw, Draw};
use super::eligible::Eligible;
use super::selection::Selection;
use super::unit::{Index, Unit};

/// So many spare units of a cell are looked at first.
const FEW: usize = 32;

/// Takes near-copies apart; how many of the form's questions are still nearly the same as another.
pub(super) fn keep_apart(draw: &mut Draw<'_>, drawn: &mut Vec<CellDraw>, aim: Aim, rng: &mut impl Rng) -> usize {
    let eligible = draw.eligible();
    if crowded(drawn, eligible).is_empty() {
        return 0;
    }
    let mut alike = Alike::default();
    for reach in [FEW, usize::MAX] {
        let spare =
            drawn.iter().flat_map(|cell| cell.spare.iter().take(reach).chain(cell.spare_pretest.iter().take(reach)));
        let compared: Vec<&Unit> = drawn.iter().flat_map(CellDraw::on_form).chain(spare).collect();
        alike = Alike::among(&indices(compared, eligible), eligible);
        exchange(drawn, &alike, eligible);
        let mut selected = Selection::apart(drawn.iter().flat_map(CellDraw::on_form), &alike, eligible);
        balance::balance_to(aim, drawn, &mut selected, eligible, rng);
        if crowded(drawn, eligible).is_empty() {
            return 0;
        }
    }
    if let Some(found) = alike.pairs().and_then(|pairs| draw.of_unlike(&pairs)) {
        *drawn = found;
        let mut selected = Selection::apart(drawn.iter().flat_map(CellDraw::on_form), &alike, eligible);
        balance::balance_to(aim, drawn, &mut selected, eligible, rng);
    }
    crowded(drawn, eligible).iter().map(Vec::len).sum()
}

/// The drawn questions that are nearly the same as another, in groups.
fn crowded(drawn: &[CellDraw], eligible: &Eligible<'_>) -> Vec<Vec<Index>> {
    groups(&indices(drawn.iter().flat_map(CellDraw::on_form), eligible), eligible)
}

fn indices<'u>(units: impl IntoIterator<Item = &'u Unit>, eligible: &Eligible<'_>) -> Vec<Index> {
    let mut indices: Vec<Index> = units.into_iter().flat_map(|unit| eligible.members(unit)).copied().collect();
    indices.sort_unstable();
    indices
}

/// Exchanges units that are nearly the same as others on the form for spare ones as large.
fn exchange(drawn: &mut [CellDraw], alike: &Alike, eligible: &Eligible<'_>) {
    let mut selected = Selection::apart(drawn.iter().flat_map(CellDraw::on_form), alike, eligible);
    for cell in drawn {
        for at in 0..cell.scored.len() {
            let old = cell.scored[at];
            if selected.has_compared_enough() {
                return;
            }
            if selected.is_copied(&old)
                && let Some(new) = take_instead(&old, &mut cell.spare, &mut selected, eligible)
            {
                cell.scored[at] = new;
                cell.put_back(old, eligible);
            }
        }
        for at in 0..cell.unscored.len() {
            let old = cell.unscored[at];
            if selected.has_compared_enough() {
                return;
            }
            if selected.is_copied(&old)
                && let Some(new) = take_instead(&old, &mut cell.spare_pretest, &mut selected, eligible)
                    .or_else(|| take_instead(&old, &mut cell.spare, &mut selected, eligible))
            {
                cell.unscored[at] = new;
                cell.put_back(old, eligible);
            }
        }
    }
}

/// Takes a spare unit that can stand in for another from among the spare ones.
fn take_instead(
    old: &Unit,
    spare: &mut Vec<Unit>,
    selected: &mut Selection<'_>,
    eligible: &Eligible<'_>,
) -> Option<Unit> {
    let new = spare.remove(best(spare, old, selected, eligible)?);
    selected.remove(old);
    selected.add(&new);
    Some(new)
}

/// Which spare unit can stand in for another: of those seen least, the first.
fn best(spare: &[Unit], old: &Unit, selected: &mut Selection<'_>, eligible: &Eligible<'_>) -> Option<usize> {
    let mut best: Option<usize> = None;
    selected.remove(old);
    for (at, unit) in spare.iter().enumerate() {
        let is_whole = unit.len() == eligible.whole(unit).len();
        let is_better = best.is_none_or(|best| unit.exposure < spare[best].exposure);
        if is_whole && is_better && unit.len() == old.len() && selected.admits(unit) {
            best = Some(at);
        }
        if selected.has_compared_enough() {
            break;
        }
    }
    selected.add(old);
    best
}
