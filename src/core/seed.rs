//! Seeds and the random streams that come from them.
//!
//! The same bank, day, exposure and seed give the same form on every machine, so that an instructor can give a class
//! the same form, and a fault in a form can be reproduced.

use std::fmt;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The seed of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl Seed {
    /// The stream of random numbers for one purpose. The streams are independent, so that drawing more numbers for one
    /// purpose does not change what the others draw.
    ///
    /// The generator is `ChaCha8` and not `StdRng`, which may change between releases of its crate.
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

/// What a random stream is for. The discriminants decide what a seed draws: never change or reuse one.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// Which items are drawn.
    Draw = 1,
    /// The order of the questions.
    Order = 2,
    /// The order of each question's choices.
    Choices = 3,
    /// Which swaps bring the raw cut to its target.
    Balance = 4,
    /// Which of several equal questions are practiced.
    Practice = 5,
    /// On which questions a guesser of keys is tested.
    Folds = 6,
}
