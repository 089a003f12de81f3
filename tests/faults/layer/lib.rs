//! Stands between the program and the system: it is preloaded (`LD_PRELOAD`), takes the place of every call that changes
//! a file, counts them over all threads, records them, and kills the program, fails the call, cuts it short or delays it
//! where a plan says so.
//!
//! It is told by environment variables:
//!
//! | variable | what it holds |
//! |---|---|
//! | `FAULTS_ROOT` | the folder whose files count, as an absolute path |
//! | `FAULTS_LOG` | a file outside of it that gets a record of each call |
//! | `FAULTS_PLAN` | `NUMBER ACTION`: what happens at the call of this number, from 1 |
//! | `FAULTS_SLOW` | so many milliseconds are added to each sync |
//!
//! Actions: `kill-before`, `kill-in`, `kill-after`; `fail ERRNO`, `short`, each once or with `lasting` behind it.
//!
//! A record is a line `KIND INODE OFFSET LENGTH PATH`, and LENGTH bytes after it. What is written to standard output is
//! recorded among the calls, and not counted: so a reader knows what was said before which call.

#![cfg(target_os = "linux")]

mod calls;
mod plan;
mod record;
