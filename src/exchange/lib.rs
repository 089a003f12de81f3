//! Question formats of other programs: bytes to questions, and questions to bytes, each with what was changed and what has
//! no form on the other side.
//!
//! It opens no file and reads no clock, so that it also runs in a browser. A file comes from anybody: whatever it holds, it
//! is read or refused, by name. One file here is one format; `finish` judges the questions of all of them alike.

#![warn(unreachable_pub)]

mod aiken;
mod anki;
mod archive;
mod bank_file;
mod blackboard;
mod columns;
mod csv;
mod draft;
mod encoding;
mod error;
mod export;
mod finish;
mod format;
mod gift;
mod html;
mod key;
mod key_list;
mod letters;
mod markdown;
mod marks;
mod moodle;
mod of_item;
mod options;
mod outline;
mod pack;
mod plain_table;
mod qti;
mod qti12;
mod qti21;
mod raw;
mod reading;
#[cfg(test)]
mod round_trip;
mod sheet;
mod transfer;
mod update;
mod xlsx;
mod xml;

pub use bank_file::{Filing, item};
pub use draft::{Choice, Draft, Name, Place, Reason, choice_id, letter};
pub use error::Unreadable;
pub use export::Export;
pub use finish::without_letters;
pub use format::{Format, Target};
pub use options::Options;
pub use pack::{Label, NotAPack, Pack};
pub use reading::{Found, LeftOut, Reading, beginning};
pub use transfer::{read, write};
pub use update::{Update, update};
