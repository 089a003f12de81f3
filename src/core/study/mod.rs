//! What to study next: the questions that a candidate should practice, from what they have seen and answered.
//!
//! Practice uses up what makes a mock exam worth something: a question that was seen and explained says little about the
//! candidate when it comes again. So practice draws first from questions that are spent already, and says what the
//! others cost.

mod past;
mod selection;

pub use past::{LastAnswer, Standing, StudyPast};
pub use selection::{Selection, Wish, select};
