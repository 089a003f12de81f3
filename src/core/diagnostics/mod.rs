//! A file that a person wrote, and what is wrong with it.
//!
//! Blueprints, banks and reference sheets are TOML from an instructor's editor. Whoever reads them must be able to
//! say everything that is wrong, in one run, each finding at its line and column. So a file is kept with its text
//! ([`Sources`]), its fields are taken out one by one with their places (`Fields`), and what does not fit is collected
//! ([`Diagnostics`]) instead of ending the reading.

#![warn(unreachable_pub)]

mod allow;
mod code;
mod diagnostic;
mod fields;
mod identity;
mod parse;
mod piece;
mod recover;
mod sources;
mod table;
mod unasked;
mod value;
mod written;

pub use allow::{Allowance, Questions};
pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics};
pub use sources::{FileId, Position, Sources, Span, Spanned};

pub(crate) use allow::{Scope, allowances};
pub(crate) use code::{Definition, codes, is_name_of};
pub(crate) use fields::Fields;
pub(crate) use identity::malformed;
pub(crate) use parse::{parse, parse_lists};
pub(crate) use piece::SourceText;
pub(crate) use table::RawTable;
pub(crate) use unasked::Recognized;
pub(crate) use value::Value;
pub(crate) use written::{Written, is_multi_line, written};
