//! What was drawn for one cell: what the steps after the draw exchange, and what the form is laid out from.

use super::eligible::Eligible;
use super::plan::Cell;
use super::unit::Unit;
use crate::bank::Status;

/// The units drawn for one cell, and those left over.
#[derive(Clone)]
pub(super) struct CellDraw {
    pub cell: Cell,
    pub scored: Vec<Unit>,
    pub unscored: Vec<Unit>,
    /// Operational units that were not drawn: a later step can swap them in.
    pub spare: Vec<Unit>,
    /// Pretest units that were not drawn.
    pub spare_pretest: Vec<Unit>,
}

impl CellDraw {
    /// The units on the form.
    pub fn on_form(&self) -> impl Iterator<Item = &Unit> {
        self.scored.iter().chain(&self.unscored)
    }

    /// Adds a unit that was taken off the form to the spare units of its kind.
    pub fn add_spare(&mut self, unit: Unit, eligible: &Eligible<'_>) {
        match eligible.status(&unit) {
            Status::Pretest => self.spare_pretest.push(unit),
            _ => self.spare.push(unit),
        }
    }
}
