//! What every front end of examroom shares: where banks come from, the live session, and what is shown, already worded.

#![warn(missing_docs)]

pub mod exchange;
pub mod library;
pub mod live;
pub mod view;
