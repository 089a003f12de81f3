//! The commands for writing banks: a plain quiz, the schema, a question on its own, topics, and findings for tools.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::pinned::{command, exams};
use crate::support::{Said, Talk, examroom, run, shipped};

fn said(data: &Path, line: &str) -> Said {
    let mut command = examroom(data);
    command.args(["--banks", &exams()]).args(line.split_whitespace()).current_dir(data);
    run(command, "")
}

/// A folder of data with an exam whose bank has one question, which has a finding.
fn small(data: &Path) {
    let folder = data.join("banks/stable");
    std::fs::create_dir_all(&folder).unwrap();
    let blueprint = include_str!("../fixtures/stable/exam.toml").replace("questions = 12", "questions = 1");
    let blueprint = blueprint.replace("scored = 10, unscored = 2", "scored = 1, unscored = 0");
    std::fs::write(folder.join("exam.toml"), blueprint).unwrap();
    let bank = "exam = \"stable\"\ndomain = \"one\" # topic = \"t\"\n\n[[item]]\nid = \"q1\"\ntopic = \"t\" # of the week\nlevel = \
                \"recall\"\nangoff = 0.5\nstem = \"Who signs?\"\nkey = \"b\"\n[item.choices]\na = \"The clerk\"\nb = \"The \
                patient\"\n[item.why]\na = \"Unlike {b}, no.\"\nb = \"Hers.\"\n";
    std::fs::write(folder.join("bank.toml"), bank).unwrap();
}

#[test]
fn a_plain_quiz_needs_no_more_than_its_numbers() {
    let data = tempfile::tempdir().unwrap();
    let told = said(data.path(), "bank new week3 --questions 2 --pass 50");
    assert!(told.out.contains("bank import FILE --exam week3"), "{}{}", told.out, told.err);
    std::fs::write(data.path().join("q.csv"), "stem,a,b,key\nOne?,x,y,a\nTwo?,x,y,b\n").unwrap();
    let told = said(data.path(), "bank import q.csv --exam week3 --write");
    assert_eq!(told.code, Some(0), "{}{}", told.out, told.err);
    let check = said(data.path(), "bank check week3");
    assert_eq!(check.code, Some(0), "{}", check.out);
    assert!(!check.out.contains("no-rating"), "{}", check.out);
    let sat = command(data.path(), "take week3 --plain", "begin\na\nsubmit\nyes\n");
    assert!(sat.contains("Pass mark: 50 of 100"), "{sat}");
    for (line, told) in
        [("bank new x --pass 60", "--questions"), ("bank new x --questions 5 --pass 100", "between 1 and 99")]
    {
        assert!(said(data.path(), line).err.contains(told), "{line}");
    }
}

#[test]
fn the_schema_has_every_field_of_a_question_and_stands_beside_a_new_bank() {
    let data = tempfile::tempdir().unwrap();
    let printed = said(data.path(), "bank schema").out;
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let known: BTreeSet<&str> =
        schema["definitions"]["question"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let guide = crate::support::text("question_banks/README.md");
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `item.").or(line.strip_prefix("| `[item.")));
    let named: BTreeSet<&str> = rows.map(|row| row.split(['`', ']']).next().unwrap()).collect();
    assert!(named.len() > 15);
    assert_eq!(known.difference(&named).collect::<Vec<_>>(), [&"section"], "the guide names it at the top of a file");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), [&""; 0]);
    said(data.path(), "bank new demo");
    let folder = data.path().join("banks/demo");
    let bank = std::fs::read_to_string(folder.join("1-first-domain.toml")).unwrap();
    let beside = bank.lines().next().unwrap().strip_prefix("#:schema ./").unwrap();
    let beside: Value = serde_json::from_str(&std::fs::read_to_string(folder.join(beside)).unwrap()).unwrap();
    assert_eq!(beside, schema);
}

#[test]
fn a_question_is_shown_with_its_reasons() {
    let data = tempfile::tempdir().unwrap();
    small(data.path());
    let shown = said(data.path(), "bank show q1 --exam stable").out;
    for line in ["stable, q1: One, T; recall", "A. The clerk", "   Unlike B, no.", "B. The patient (right)"] {
        assert!(shown.lines().any(|found| found == line), "{line}\n{shown}");
    }
    let id = shipped("rhit").1.items[0].id.to_string();
    assert!(said(data.path(), &format!("bank show {id}")).out.starts_with("rhit, "));
    let near = said(data.path(), "bank show q2 --exam stable");
    assert!(near.err.contains("did you mean q1?"), "{}", near.err);
}

#[test]
fn a_topic_is_renamed_everywhere_and_nothing_else_is_touched() {
    let data = tempfile::tempdir().unwrap();
    small(data.path());
    let file = |name: &str| std::fs::read_to_string(data.path().join("banks/stable").join(name)).unwrap();
    let (exam, bank) = (file("exam.toml"), file("bank.toml"));
    let told = said(data.path(), "bank rename-topic stable t forms");
    assert!(told.out.contains("1 question of `one`"), "{}{}", told.out, told.err);
    assert_eq!(file("exam.toml"), exam.replace("{ t = \"T\" }", "{ forms = \"T\" }"));
    assert_eq!(file("bank.toml"), bank.replace("\ntopic = \"t\" #", "\ntopic = \"forms\" #"));
    for (line, told) in [
        ("bank rename-topic stable t x", "no topic `t`"),
        ("bank rename-topic stable forms forms", "already"),
        ("bank rename-topic stable forms a/b", "cannot be an id"),
        ("bank rename-topic rhit disclosure x", "the program's own"),
    ] {
        let said = said(data.path(), line);
        assert!(said.err.contains(told), "{line}\n{}", said.err);
    }
}

#[test]
fn findings_are_there_for_other_programs() {
    let data = tempfile::tempdir().unwrap();
    small(data.path());
    let one = said(data.path(), "bank check stable --code no-source");
    assert!(one.out.contains("no-source") && !one.out.contains("negative"), "{}", one.out);
    assert!(said(data.path(), "bank check stable --code no-sorce").err.contains("did you mean no-source?"));
    let json = said(data.path(), "bank check stable --code no-source --format json").out;
    let findings: Value = serde_json::from_str(&json).unwrap();
    let finding = &findings[0];
    assert_eq!((finding["code"].as_str(), finding["severity"].as_str()), (Some("no-source"), Some("warning")));
    assert_eq!((finding["place"]["line"].as_u64(), finding["place"]["column"].as_u64()), (Some(4), Some(1)));
    let sarif = said(data.path(), "bank check stable --code no-source --format sarif").out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "no-source");
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(4), Some(1)));
    let github = said(data.path(), "bank check stable --code no-source --format github").out;
    let beginning = format!("::warning file={}", data.path().join("banks/stable/bank.toml").display());
    assert!(github.starts_with(&beginning) && github.contains(",line=4,col=1,title=no-source::"), "{github}");
}

#[test]
fn a_bank_that_is_watched_is_checked_again_when_it_is_saved() {
    let data = tempfile::tempdir().unwrap();
    small(data.path());
    let mut watched = examroom(data.path());
    watched.args(["bank", "check", "stable", "--watch"]);
    let mut talk = Talk::start(watched);
    talk.wait_for("stable: 1 warning");
    talk.wait_for("Checked again");
    let path = data.path().join("banks/stable/bank.toml");
    let mended =
        std::fs::read_to_string(&path).unwrap().replace("key = \"b\"\n", "key = \"b\"\nsource = \"The law\"\n");
    std::fs::write(&path, mended).unwrap();
    talk.wait_for("stable: no findings");
    talk.child.kill().unwrap();
    talk.child.wait().unwrap();
}
