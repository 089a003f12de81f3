//! The screens. Each makes lines of text of a given width; the frame around them, scrolling and keys are the same
//! everywhere. Nothing here changes the sitting.

pub mod calculator;
pub mod confirm;
pub mod frame;
pub mod help;
pub mod input_line;
pub mod look_back;
pub mod pause;
pub mod question;
pub mod report;
pub mod review;
pub mod shelf;
pub mod too_small;
pub mod tutorial;
pub mod welcome;
