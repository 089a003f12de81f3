//! Questions that are nearly the same do not stand on one form while another question can take the place.
//!
//! To search a whole bank for them would cost every start time, and nearly every form has none. So only the drawn
//! questions are compared, and only where some are alike, with those that could come instead: a few at first.

use rand::Rng;

use super::alike::{Alike, groups};
use super::balance::{self, Aim};
use super::draw::{Draw, Drawn};
use super::ground::Ground;
use super::taken::Taken;
use super::unit::{Index, Unit};

/// So many spare units of a cell are looked at first.
const FEW: usize = 32;

/// Takes near-copies apart; how many of the form's questions are still nearly the same as another.
pub(super) fn keep_apart(draw: &mut Draw<'_>, drawn: &mut Vec<Drawn>, aim: Aim, rng: &mut impl Rng) -> usize {
    let ground = draw.ground();
    if crowded(drawn, ground).is_empty() {
        return 0;
    }
    let mut alike = Alike::default();
    for reach in [FEW, usize::MAX] {
        let spare =
            drawn.iter().flat_map(|cell| cell.spare.iter().take(reach).chain(cell.spare_pretest.iter().take(reach)));
        let compared: Vec<&Unit> = drawn.iter().flat_map(Drawn::on_form).chain(spare).collect();
        alike = Alike::among(&indices(compared, ground), ground);
        exchange(drawn, &alike, ground);
        let mut taken = Taken::apart(drawn.iter().flat_map(Drawn::on_form), &alike, ground);
        balance::towards(aim, drawn, &mut taken, ground, rng);
        if crowded(drawn, ground).is_empty() {
            return 0;
        }
    }
    if let Some(found) = alike.pairs().and_then(|pairs| draw.of_unlike(&pairs)) {
        *drawn = found;
        let mut taken = Taken::apart(drawn.iter().flat_map(Drawn::on_form), &alike, ground);
        balance::towards(aim, drawn, &mut taken, ground, rng);
    }
    crowded(drawn, ground).iter().map(Vec::len).sum()
}

/// The drawn questions that are nearly the same as another, in groups.
fn crowded(drawn: &[Drawn], ground: &Ground<'_>) -> Vec<Vec<Index>> {
    groups(&indices(drawn.iter().flat_map(Drawn::on_form), ground), ground)
}

fn indices<'u>(units: impl IntoIterator<Item = &'u Unit>, ground: &Ground<'_>) -> Vec<Index> {
    let mut indices: Vec<Index> = units.into_iter().flat_map(|unit| ground.members(unit)).copied().collect();
    indices.sort_unstable();
    indices
}

/// Exchanges units that are nearly the same as others on the form for spare ones as large.
fn exchange(drawn: &mut [Drawn], alike: &Alike, ground: &Ground<'_>) {
    let mut taken = Taken::apart(drawn.iter().flat_map(Drawn::on_form), alike, ground);
    for cell in drawn {
        for at in 0..cell.scored.len() {
            let old = cell.scored[at];
            if taken.has_compared_enough() {
                return;
            }
            if taken.is_copied(&old)
                && let Some(new) = take_instead(&old, &mut cell.spare, &mut taken, ground)
            {
                cell.scored[at] = new;
                cell.put_back(old, ground);
            }
        }
        for at in 0..cell.unscored.len() {
            let old = cell.unscored[at];
            if taken.has_compared_enough() {
                return;
            }
            if taken.is_copied(&old)
                && let Some(new) = take_instead(&old, &mut cell.spare_pretest, &mut taken, ground)
                    .or_else(|| take_instead(&old, &mut cell.spare, &mut taken, ground))
            {
                cell.unscored[at] = new;
                cell.put_back(old, ground);
            }
        }
    }
}

/// Takes a spare unit that can stand in for another from among the spare ones.
fn take_instead(old: &Unit, spare: &mut Vec<Unit>, taken: &mut Taken<'_>, ground: &Ground<'_>) -> Option<Unit> {
    let new = spare.remove(best(spare, old, taken, ground)?);
    taken.remove(old);
    taken.add(&new);
    Some(new)
}

/// Which spare unit can stand in for another: of those seen least, the first.
fn best(spare: &[Unit], old: &Unit, taken: &mut Taken<'_>, ground: &Ground<'_>) -> Option<usize> {
    let mut best: Option<usize> = None;
    taken.remove(old);
    for (at, unit) in spare.iter().enumerate() {
        let is_whole = unit.len() == ground.whole(unit).len();
        let is_better = best.is_none_or(|best| unit.exposure < spare[best].exposure);
        if is_whole && is_better && unit.len() == old.len() && taken.admits(unit) {
            best = Some(at);
        }
        if taken.has_compared_enough() {
            break;
        }
    }
    taken.add(old);
    best
}
