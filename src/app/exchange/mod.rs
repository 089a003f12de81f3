//! Bringing questions in from other programs, and taking them out.
//!
//! An import is planned before anything is written: what each file holds (`files`), where each question belongs
//! (`filing`), what it is called (`naming`), and what becomes of it (`plan`). The plan holds the text that would be
//! written, and it has been checked together with the bank that it is to join. So it is carried out whole or not at all.
//!
//! A single question that an instructor types is checked answer by answer (`adding`). Both write through `writing`.

mod adding;
mod files;
mod filing;
mod matching;
mod naming;
mod plan;
mod take_out;
mod updating;
mod writing;

pub use adding::{Addition, Field, NewQuestion, NotAdded};
pub use files::{FileError, Given, read_file};
pub use filing::{Defaults, Undecided};
pub use plan::{Known, Outcome, Plan, PlanError, Request, Row, plan};
pub use take_out::take_out;
