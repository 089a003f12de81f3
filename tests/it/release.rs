//! What is packed beside the program: manual pages, completions and the files that the script names.

use std::path::Path;

use crate::support::{examroom, run, text};

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = examroom(folder.path());
    command.arg("man").arg(folder.path().join("man"));
    assert_eq!(run(command, "").code, Some(0));
    let page = |name: &str| std::fs::read_to_string(folder.path().join("man").join(name)).unwrap();
    assert!(page("examroom.1").contains("take"));
    for command in
        ["exams", "take", "resume", "report", "history", "result", "form-new", "bank-new", "bank-check", "bank-explain"]
    {
        let page = page(&format!("examroom-{command}.1"));
        assert!(page.contains(".SH OPTIONS"), "{command}: {page}");
    }
}

#[test]
fn manual_pages_that_cannot_be_written_are_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let mut command = examroom(folder.path());
    command.arg("man").arg(file.join("man"));
    let said = run(command, "");
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("cannot be written"), "{}", said.err);
}

#[test]
fn every_shell_has_completions() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let mut command = examroom(folder.path());
        command.args(["completions", shell]);
        let said = run(command, "");
        assert!(said.out.contains("take-over"), "{shell}: {}", said.out);
    }
}

#[test]
fn what_is_packed_is_there() {
    let package = text(".ci/package");
    for file in ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "question_banks/LICENSE", "question_banks/README.md"] {
        assert!(package.contains(file), "{file} is not packed");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(file).is_file(), "{file}");
    }
    let workflow = text(".github/workflows/release.yml");
    for system in ["linux", "macos", "windows"] {
        assert!(package.contains(system) && workflow.contains(&format!("system: {system}")), "{system}");
    }
}
