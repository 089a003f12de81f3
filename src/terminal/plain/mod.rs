//! The exam at a prompt: one line in, a few lines out.
//!
//! For screen readers, for pipes and for terminals that cannot do more. Nothing is redrawn, the clock is silent but for
//! its notices, and everything that the full screen can do can be typed. It is the same exam: it sends the same
//! commands to the same live session.

mod dispatch;
mod input;
mod options;
mod parse;
mod run;
mod settle;
mod speak;

pub use input::{Input, Line};
pub use options::Options;
pub use run::run;
