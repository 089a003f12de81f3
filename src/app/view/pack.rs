//! What is said of a bank that comes in one file.

use examroom_exchange::Label;

/// `Version 2 by A. Author, CC BY 4.0; hash 0123456789abcdef; form …`, without its full stop.
#[must_use]
pub fn about(label: &Label, hash: &str) -> String {
    let Label { version, author, license, form, .. } = label;
    let author = author.as_ref().map_or_else(String::new, |author| format!(" by {author}"));
    let license = license.as_ref().map_or_else(String::new, |license| format!(", {license}"));
    let form = form.as_ref().map_or_else(String::new, |form| format!("; form {form}"));
    format!("Version {version}{author}{license}; hash {hash}{form}")
}
