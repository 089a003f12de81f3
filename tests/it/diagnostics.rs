//! What an instructor is told: every code has a broken bank, and what is said about it is looked at.

use std::collections::BTreeSet;

use examroom::document::{Code, Severity};

use crate::folder::{Laid, fixtures};

#[test]
fn the_small_exam_has_no_fault() {
    assert_eq!(Laid::good().findings(), "");
}

/// The fixture of a code is a folder of its name that holds only what is broken.
#[test]
fn every_code_has_a_broken_bank_and_says_where_and_what_to_do() {
    let folders: BTreeSet<String> =
        std::fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let known: BTreeSet<String> =
        Code::ALL.iter().map(|code| code.name().to_owned()).chain(["good".to_owned()]).collect();
    assert_eq!(folders, known, "one fixture for each code");
    for code in Code::ALL {
        let laid = Laid::good();
        laid.overlay(&fixtures().join(code.name()));
        let reading = laid.read();
        let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(codes, [code.name()], "{}", laid.told(&reading));
        assert_eq!(reading.findings.has_errors(), code.severity() == Severity::Error);
        insta::assert_snapshot!(code.name(), laid.told(&reading));
    }
}
