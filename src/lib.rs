//! `examroom` rehearses a certification exam: it draws a form from question banks by the exam's blueprint, runs the
//! sitting under the real counts and limits, and estimates the scaled score together with its error.
//!
//! The modules stand in the order in which each may use only those before it (`tests/it/layers.rs` holds them to it).
//! Down to [`scoring`] nothing reads a clock, a file, the environment or a terminal.

pub mod arithmetic;
pub mod id;
pub mod seed;
pub mod text;
pub mod time;

pub mod diagnostics;

pub mod blueprint;

pub mod bank;

pub mod form;

pub mod session;

pub mod journal;

pub mod scoring;

pub mod library;

pub mod store;

pub mod view;

pub mod live;

pub mod signals;

pub mod tui;

pub mod plain;

pub mod cli;
