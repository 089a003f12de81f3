//! The front ends in a terminal: the full-screen exam room and the prompt, on the same live session, and
//! the pages of text that the commands print.

/// Pages of text, for the prompt and the commands.
pub mod pages;
/// The prompt: one line in, some lines out.
pub mod plain;
/// The signals of the system.
pub mod signals;
/// The full-screen exam room.
pub mod tui;
