//! The front ends in a terminal: the full-screen exam room and the prompt, on the same live session, and
//! the pages of text that the commands print.

#![warn(missing_docs)]

pub mod pages;
pub mod plain;
pub mod signals;
pub mod tui;
