//! The screens. Each owns its state, knows what its keys do and makes its page; the frame around them, the overlays and
//! the way from one to the next are the exam room's. Nothing here changes the sitting.

pub mod component;
pub mod explanation;
pub mod intro;
pub mod pause;
pub mod question;
pub mod question_page;
pub mod report;
pub mod review;
pub mod shelf;
mod tutorial;
mod welcome;
