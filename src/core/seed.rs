//! The number a form is drawn from: the same bank, date, history and seed give the same form on every machine.

use std::fmt;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// A form's seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl Seed {
    /// An independent stream of numbers for one purpose, so that a new use of chance elsewhere
    /// does not change what the old ones draw.
    ///
    /// The generator is named (`ChaCha8`) because `StdRng` may change between releases of the crate.
    #[must_use]
    pub fn stream(self, purpose: Stream) -> ChaCha8Rng {
        let mut generator = ChaCha8Rng::seed_from_u64(self.0);
        generator.set_stream(purpose as u64);
        generator
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a stream of chance is for. The numbers are part of the promise: never reuse or renumber one.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// Which questions are drawn.
    Draw = 1,
    /// The order of the questions.
    Order = 2,
    /// The order of each question's choices.
    Choices = 3,
    /// Which swaps balance the cut.
    Balance = 4,
}
