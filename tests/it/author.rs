//! An instructor's journey: from nothing to an exam that is sat, by the guide alone. A third exam is a folder and no code.

use std::path::Path;

use crate::support::{Said, examroom, run, text};

fn said(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.args(arguments);
    run(command, script)
}

#[test]
fn a_new_exam_passes_its_check_is_listed_and_is_sat_to_the_report() {
    let data = tempfile::tempdir().unwrap();
    let made = said(data.path(), &["bank", "new", "demo", "--domains", "law,records,coding"], "");
    assert_eq!(made.code, Some(0), "{}", made.err);
    let next = format!("examroom --data-dir {} take demo", data.path().display());
    assert!(made.out.contains(&next), "what it says to type finds the new exam: {}", made.out);
    let checked = said(data.path(), &["bank", "check", "demo", "--strict"], "");
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("demo: no findings"), "{}", checked.out);
    assert!(said(data.path(), &["exams"], "").out.contains("demo"));
    let sat = said(data.path(), &["take", "demo"], &format!("begin\n{}end\nyes\n", "b\n\n".repeat(6)));
    assert!(sat.out.contains("Question 6 of 6.") && sat.out.contains("6 scored questions"), "{}", sat.out);
    assert!(sat.out.contains("Law: ") && sat.out.contains("Records: "), "{}", sat.out);
    assert_eq!(said(data.path(), &["bank", "new", "demo"], "").code, Some(2), "it is not overwritten");
}

/// The guide's examples, with the files they are for.
fn examples() -> Vec<(String, String)> {
    let guide = text("question_banks/README.md");
    let blocks = guide.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|block| {
            let name = block.lines().next().unwrap().trim_start_matches("# ").to_owned();
            (name, block.to_owned())
        })
        .collect()
}

#[test]
fn the_guides_examples_are_a_bank_without_findings_and_are_sat_through_both_sections() {
    let data = tempfile::tempdir().unwrap();
    let banks = tempfile::tempdir().unwrap();
    let examples = examples();
    assert_eq!(examples.len(), 4);
    for (name, text) in examples {
        let path = banks.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let folder = banks.path().join("anatomy");
    let checked = said(data.path(), &["bank", "check", "--strict", folder.to_str().unwrap()], "");
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);

    let named = banks.path().to_str().unwrap();
    let script = format!("begin\n{}end\nyes\ntime\ncontinue\nshelf jaw\nshelf 1\n2\nend\nyes\n", "a\nb\n\n".repeat(3));
    let sat = said(data.path(), &["--banks", named, "take", "anatomy", "--seed", "1"], &script);
    for wanted in [
        "Case: A 70-year-old woman",
        "5 minutes left of the break",
        "The reference shelf is open: type shelf.",
        "1. Codes of bones, The skull\n   S20  Upper jaw",
        "S10: Frontal bone.",
        "Made up for this guide",
        "Estimated scaled score",
        "The score is this program's estimate.",
    ] {
        assert!(sat.out.contains(wanted), "{wanted}\n{}{}", sat.out, sat.err);
    }
}

#[test]
fn the_questions_that_the_guide_names_exist() {
    let guide = text("question_banks/README.md");
    let ids: Vec<String> = ["rhit", "ctr"]
        .iter()
        .flat_map(|exam| crate::support::shipped(exam).1.items)
        .map(|item| item.id.to_string())
        .collect();
    let doubted = guide.split("look at these first:").nth(1).unwrap().split("\n- ").next().unwrap();
    let named: Vec<&str> = doubted.split('`').skip(1).step_by(2).collect();
    assert!(named.len() > 10);
    for id in named {
        assert!(ids.iter().any(|known| known == id), "the guide names `{id}`, which is not in the banks");
    }
}
