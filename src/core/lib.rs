//! The rules of examroom: exams and their blueprints, question banks, the forms drawn from them, a candidate's session,
//! and the score.
//!
//! Nothing here reads a clock, a file, the environment or a terminal, and nothing asks the system for randomness: the
//! time, the text of a file and the seed are arguments. So this crate runs wherever Rust does, even in a browser, and
//! its tests need no setup.
//!
//! The groups of modules below are layers: each uses only those above it. The test `tests/it/layers.rs` enforces that.

#![warn(missing_docs)]

pub mod arithmetic;
pub mod causes;
pub mod checksum;
pub mod id;
pub mod seed;
pub mod text;
pub mod word;

pub mod time;

pub mod diagnostics;

pub mod blueprint;

pub mod statistics;

pub mod bank;

pub mod form;

pub mod session;

pub mod journal;

pub mod scoring;

pub mod study;
