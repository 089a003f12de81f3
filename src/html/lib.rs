//! What examroom shows in a browser and on paper: templates, one stylesheet, and plots.
//!
//! It knows no sockets, files, threads or clock, and runs where the pages are made: in the program that serves them, in
//! the one that writes a report, and in a browser. It words nothing itself: what it says are the views of
//! [`examroom_app::view`]. Every text is escaped by the templates.

#![warn(missing_docs)]

mod exam;
mod explanation;
mod frame;
mod history;
mod notice;
pub mod plot;
mod practice;
mod problems;
mod report;
pub mod room;
mod start;
mod take;

pub use exam::ExamPage;
pub use explanation::Explained;
pub use frame::{Assets, Frame, ICON, Link, STYLESHEET, render};
pub use history::{HistoryPage, PastView, RealExamForm};
pub use notice::{NoticePage, Way};
pub use practice::{PracticePage, PracticeResetPage};
pub use problems::ProblemsPage;
pub use report::ReportPage;
pub use start::{AttemptChoice, ExamChoice, StartPage, TakeOverPage};
pub use take::{TakeForm, TakePage, Which};
