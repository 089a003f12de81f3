//! What examroom knows: exams and their blueprints, question banks, the forms that are drawn from them, the session of a
//! candidate, and the score.
//!
//! Nothing here reads a clock, a file, the environment or a terminal, and nothing asks the system for randomness: the
//! time, the text of a file and the seed are arguments. So it can run wherever Rust does, also in a browser.
//!
//! The modules stand in the order in which each may use only those before it (`tests/it/layers.rs` holds them to it).

/// Sums, as an author writes them and a candidate types them.
pub mod arithmetic;
/// The causes of an error, in words.
pub mod causes;
/// The ids of exams, sections, domains, topics, questions, cases, sheets and choices.
pub mod id;
/// Where the random numbers of a form come from.
pub mod seed;
/// Text that is safe on a terminal.
pub mod text;
/// Points in time, durations, and how they are written.
pub mod time;

/// TOML files that people wrote, and what is wrong with them.
pub mod diagnostics;

/// What an exam is: sections, domains, counts, the scale, each figure with its source.
pub mod blueprint;

/// Questions and reference sheets: read, checked and counted.
pub mod bank;

/// The questions that one candidate sits, drawn from a bank by the blueprint.
pub mod form;

/// One sitting as a state machine.
pub mod session;

/// Where a live session's events are kept.
pub mod journal;

/// The raw score, the scaled score and their error.
pub mod scoring;
