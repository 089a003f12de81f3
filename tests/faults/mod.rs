//! Faults on purpose: the real program under a layer that kills it, or fails, cuts short, delays and records its calls, and
//! a disk that loses what was not synced. After each, whatever the screen called saved has to be there.
//!
//! ```text
//! cargo bench --bench faults               all of it, for 30 minutes at most
//! cargo bench --bench faults -- 5          for 5 minutes
//! cargo bench --bench faults -- power      only what has this in its name
//! ```
//!
//! A small share of each runs with `cargo test`.

pub mod disk;
pub mod errors;
pub mod kills;
pub mod layer;
pub mod power;
pub mod salvage;
pub mod sitting;
pub mod tally;
pub mod trace;
