//! The handlers of requests, by what they are about.

pub mod home;
pub mod past;
pub mod practice;
pub mod sitting;
