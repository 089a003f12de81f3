//! The README says what is true: its commands exist, CI runs them, and its figures are the banks'.

use crate::pinned::every_command;
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

/// What a line of the README's shell blocks shows when it is run: a part of its output.
const SHOWN: &[(&str, &str)] = &[
    ("examroom exams", "Sit one: examroom take EXAM."),
    ("examroom take rhit --items 20", "No estimate of the real exam:"),
    ("examroom take ctr", "Closed book, question 1 of 188."),
    ("examroom", "Time for a break:"),
    ("examroom resume 2", "Time for a break:"),
    ("examroom practice rhit", "Practice: "),
    ("examroom practice rhit --domain legal --count 10", "Practice: 10 questions"),
    ("examroom problems", "You have noted no problem"),
    ("examroom history", "not finished"),
    ("examroom report --only wrong", "questions shown."),
    ("examroom result rhit pass", "Recorded: rhit passed on"),
    ("examroom data", "Your attempts"),
    ("examroom report --html mock.html --only all", "The report is in mock.html"),
    ("examroom attempt export mine.txt", "attempts written to mine.txt"),
    ("examroom attempt import mine.txt", "attempts already here: 1, 2, "),
    ("examroom attempt discard", "that never began."),
    ("examroom form new rhit --disjoint 2 --out codes.json", "2 forms without a common question"),
    ("examroom bank new demo", "demo/exam.toml"),
    ("examroom bank check demo", "demo: no findings"),
    ("examroom bank explain no-source", "no-source: a question names no source"),
    ("examroom bank stats demo", "demo: 4 questions"),
    ("examroom bank export demo --to csv", "Written: demo.csv"),
    ("examroom bank import demo.csv --exam demo", "There is nothing to add."),
    ("examroom bank show first-domain-1 --exam demo", "Which file holds the counts and minutes of this exam?"),
    ("examroom bank pack demo --out demo.pack --form", "Written: demo.pack, with 4 questions."),
    ("examroom bank rename-topic demo basics start --domain first-domain", "2 questions of `first-domain`"),
    ("examroom bank schema", "json-schema.org/draft-07"),
    ("examroom bank new week3 --questions 50 --pass 70", "bank import FILE --exam week3"),
    ("examroom bank check demo --as-of 2027-01-01", "demo on 2027-01-01: no findings"),
    ("examroom exams rhit --ids", "Topic"),
    ("examroom completions bash", "_examroom()"),
];

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let data = tempfile::tempdir().unwrap();
    let lines: Vec<String> = commands().into_iter().filter(|line| line.starts_with("examroom")).collect();
    assert_eq!(lines, SHOWN.iter().map(|(line, _)| *line).collect::<Vec<_>>(), "say what each command shows");
    for (line, shown) in SHOWN {
        let mut command = examroom(data.path());
        command.current_dir(data.path()).args(line.split_whitespace().skip(1));
        // An exam is begun, and ends with its first section or is left on the break after it.
        let said = run(command, "begin\na\nend\nyes\nleave\n");
        assert_eq!(said.code, Some(0), "{line}\n{}{}", said.out, said.err);
        assert!(said.out.contains(shown), "{line} does not show \"{shown}\"\n{}{}", said.out, said.err);
    }
}

#[test]
fn the_readme_names_every_command() {
    let readme = text("README.md");
    let all = every_command();
    let has_own = |path: &str| all.iter().any(|other| other.starts_with(&format!("{path} ")));
    for path in all.iter().filter(|path| !has_own(path)) {
        assert!(readme.contains(format!("examroom {path}").trim_end()), "the README does not name: examroom {path}");
    }
}

/// But for those that stand for a name of one's own, as `000N-what.sql` and `my-code` do.
#[test]
fn each_path_that_the_readme_names_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_path = |word: &&str| {
        ["src/", "tests/", "question_banks/", ".ci/"].iter().any(|folder| word.starts_with(folder))
            && !["000N", "my-", " ", "*"].iter().any(|own| word.contains(own))
    };
    let readme = text("README.md");
    let named: Vec<&str> = readme.split('`').skip(1).step_by(2).filter(is_path).collect();
    assert!(named.len() > 10, "{named:?}");
    let missing: Vec<&&str> = named.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
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
    assert!(sat.contains("The reference shelf is open: type shelf.") && sat.contains("it would score 100"), "{sat}");
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
