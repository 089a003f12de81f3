//! The exam room in a browser.
//!
//! [`Site::respond`] is a function of a request and the state: it knows no sockets, files or threads, and what it needs of
//! the program around it is behind a trait, [`Desk`]. The `server` feature carries requests to it from 127.0.0.1.
//!
//! No rule of an exam lives here. A form becomes the commands that a key of the terminal sends too, what they mean is the
//! session's, and what is said of it the application's.

#![warn(missing_docs)]

mod deed;
mod desk;
mod door;
mod fields;
mod handlers;
mod look;
mod reply;
mod room;
mod screens;
#[cfg(feature = "server")]
mod server;
mod site;
mod state;

pub use desk::{AttemptLine, Desk, Drawn, Elsewhere, ExamLine, PracticeOffer, PracticeWanted, Trouble, Wanted};
pub use door::{Door, Secret};
pub use reply::Reply;
#[cfg(feature = "server")]
pub use server::serve;
pub use site::Site;
