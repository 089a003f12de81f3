//! The README says what is true: its commands exist, CI runs them, and its figures are the banks'.

use crate::support::{examroom, run, shipped, text};

/// The lines of the README's shell blocks.
fn commands() -> Vec<String> {
    let readme = text("README.md");
    let blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .flat_map(str::lines)
        .map(|line| line.split('#').next().unwrap().trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn the_first_two_commands_are_the_promised_ones_and_ci_runs_them() {
    let commands = commands();
    assert_eq!(commands[0], "cargo run --release -- take rhit");
    assert_eq!(commands[1], "cargo test");
    let ci = text(".ci/run");
    for command in &commands[..2] {
        assert!(ci.lines().any(|line| line.contains(command)), "CI does not run: {command}");
    }
}

#[test]
fn every_command_of_the_readme_is_understood() {
    let data = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for line in commands().iter().filter(|line| line.starts_with("examroom")) {
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        let mut command = examroom(data.path());
        command.current_dir(data.path()).args(&arguments);
        // Two rehearsals are sat on the way, so that there is something to look back on and to go on with.
        let script = "begin\na\nend\nyes\n";
        let said = run(command, script);
        assert!(matches!(said.code, Some(0 | 4)), "{line}: {:?}\n{}{}", said.code, said.out, said.err);
        seen += 1;
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn plain_output_has_no_tables() {
    let data = tempfile::tempdir().unwrap();
    let plain = |arguments: &[&str], script: &str| {
        let mut command = examroom(data.path());
        command.arg("--plain").args(arguments);
        run(command, script).out
    };
    let sat = plain(&["take", "ctr", "--seed", "4"], "begin\nend\nyes\ncontinue\nshelf 1\nend\nyes\n");
    assert!(sat.contains("On the shelf: ") && sat.contains("it would score 100"), "{sat}");
    let others = [&["exams"][..], &["exams", "ctr"], &["history"], &["report"], &["bank", "stats", "ctr"]];
    let pages = others.map(|arguments| plain(arguments, "")).into_iter().chain([sat]);
    for page in pages {
        assert!(page.lines().count() > 1, "{page}");
        let drawn =
            page.lines().find(|line| line.contains(['─', '│', '|']) || line.contains("---") || line.contains("=="));
        assert_eq!(drawn, None, "{page}");
    }
}

#[test]
fn the_screen_shown_is_the_one_that_is_drawn() {
    let pinned = text("tests/it/snapshots/it__tui_screens__question-worked-on@80x24.snap");
    let screen = pinned.splitn(3, "---\n").nth(2).unwrap().trim_end();
    assert!(text("README.md").contains(screen), "the README shows another screen than is pinned");
}

#[test]
fn the_figures_of_the_readme_are_those_of_the_exams() {
    let readme = text("README.md");
    for exam in ["rhit", "ctr"] {
        let (blueprint, bank) = shipped(exam);
        for figure in [
            format!("{} questions", blueprint.questions.value),
            format!("{} minutes", blueprint.minutes()),
            format!("{} of {}", blueprint.scale.pass.value, blueprint.scale.highest.value),
            format!("{} questions in the bank", bank.items.len()),
        ] {
            assert!(readme.contains(&figure), "{exam}: the README does not say \"{figure}\"");
        }
    }
}
