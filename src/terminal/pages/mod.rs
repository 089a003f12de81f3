//! Pages of text: what a view holds, as lines of a width, in columns or as sentences.
//!
//! The views know words and numbers and nothing of a terminal; here they get their width, their tables and their color.
//! The prompt and the commands print whole pages, and the full screen takes from here what it lays out alike: wrapped
//! text, tables, the sheets of the shelf.

mod code;
mod explanation;
mod findings;
mod layout;
mod list;
mod preview;
mod question;
mod report;
mod review;
mod rules;
mod shelf;
mod table;
mod wrap;

pub use code::code_page;
pub use explanation::{explanation_page, reasons_page};
pub use findings::{Paint, finding_text, write_findings};
pub use layout::{Layout, WIDTH, terminal_width, wrapped};
pub use list::Rows;
pub use preview::preview_page;
pub use question::question_page;
pub use report::report_page;
pub use review::review_page;
pub use rules::rules_page;
pub use shelf::{sheet_lines, sheet_sentences};
pub use table::{table_lines, table_sentences};
pub use wrap::{clusters, columns, wrap};
