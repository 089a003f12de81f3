//! What every front end of examroom shares: where banks come from, the live session, and what is shown, already worded.

/// Where exams and their banks come from: those inside the program, and an instructor's folders.
pub mod library;
/// The session that is under way, with its clock and its journal.
pub mod live;
/// What a screen, a prompt or a page says, in words and numbers.
pub mod view;
