//! A file that is imported again: its questions are known again, and get their new words where they stand when that is
//! asked for.

use std::path::{Path, PathBuf};

use crate::support::{FAITHFUL_FORMATS, Said, examroom, run};

/// A folder of data with an exam of one domain and one topic.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("banks/stable");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("exam.toml"), include_str!("../fixtures/stable/exam.toml")).unwrap();
    (data, folder)
}

fn said(data: &Path, line: &str) -> Said {
    let mut command = examroom(data);
    command.args(line.split_whitespace()).current_dir(data);
    let said = run(command, "");
    assert_eq!(said.code, Some(0), "{line}\n{}{}", said.out, said.err);
    said
}

const SHEET: &str = "Question,A,B,C,Answer,Explanation\n\
                     Who signs the release form?,The patient,The clerk,The insurer,A,Option B only files it.\n\
                     How long is the record kept?,Five years,Ten years,For ever,B,The state says so.\n\
                     Who owns the paper of the record?,The hospital,The patient,The state,A,\n";

#[test]
fn words_that_changed_are_told_and_stay_without_a_word_to_change_them() {
    let (data, folder) = desk();
    let file = data.path().join("week.csv");
    std::fs::write(&file, SHEET).unwrap();
    said(data.path(), "bank import week.csv --exam stable --write");
    let path = folder.join("one-week.toml");
    let before = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&file, SHEET.replace("Ten years", "Eleven years").replace("signs the release", "signs a release"))
        .unwrap();
    let told = said(data.path(), "bank import week.csv --exam stable --write --plain").out;
    for wanted in [
        "row 2, not changed",
        "with other words (stem), and keeps them",
        "row 3, not changed",
        "with other words (choices), and keeps them",
        "3 questions: 1 in the bank already, 2 in the bank with other words.",
        "The bank has 2 questions in other words; to give them those of the file, add --update.",
    ] {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn an_update_changes_the_words_and_nothing_else() {
    let (data, folder) = desk();
    let file = data.path().join("week.csv");
    std::fs::write(&file, SHEET).unwrap();
    said(data.path(), "bank import week.csv --exam stable --write");
    let path = folder.join("one-week.toml");
    let imported = std::fs::read_to_string(&path).unwrap();
    let ids: Vec<&str> = imported.lines().filter(|line| line.starts_with("id = ")).collect();
    let mended = imported
        .replacen("level = \"recall\"", "level = \"analysis\" # hard\nangoff = [0.6, 0.7]", 1)
        .replacen("key = \"b\"", "key = \"b\"\nsource = \"The state's code\" # looked up", 1)
        .replacen("[item.choices]\n", "enemies = []\n# of the form\n[item.choices]\n", 1)
        .replacen("c = \"The insurer\"", "c = \"The insurer\" # who pays", 1);
    let mended = mended + "[item.why]\na = \"It is its paper.\"\nb = \"Hers is what it says.\"\n# the end\n";
    std::fs::write(&path, &mended).unwrap();
    let changed = "Question,A,B,C,D,Answer,Explanation\n\
                   Who signs a release form?,The clerk,The patient,The insurer,,B,Option A only files it.\n\
                   How long is the record kept?,Five years,Eleven years,For ever,A month,C,The state says that.\n\
                   Who owns the paper of the record?,The hospital,The patient,,,A,\n\
                   Who reads it?,Nobody,Everybody,,,A,\n";
    std::fs::write(&file, changed).unwrap();
    let dry = said(data.path(), "bank import week.csv --exam stable --update --plain").out;
    for wanted in
        ["gets its stem", "gets its choices, key, explanation", "gets its choices", "1 kept as they are, 3 updated"]
    {
        assert!(dry.contains(wanted), "{wanted}\n{dry}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), mended, "it was a look");
    said(data.path(), "bank import week.csv --exam stable --update --write");
    let wanted = mended
        .replace("Who signs the release form?", "Who signs a release form?")
        .replace("Ten years", "Eleven years")
        .replace("c = \"For ever\"\n", "c = \"For ever\"\nd = \"A month\"\n")
        .replace("key = \"b\"\n", "key = \"c\"\n")
        .replace("The state says so.", "The state says that.")
        .replace("c = \"The state\"\n", "");
    let after = std::fs::read_to_string(&path).unwrap();
    let (kept, added) = after.split_at(after.find("# the end\n").unwrap() + "# the end\n".len());
    assert_eq!(kept, wanted);
    assert!(added.contains("Who reads it?"), "{added}");
    for id in ids {
        assert!(after.contains(id), "{id} is lost");
    }
    let again = said(data.path(), "bank import week.csv --exam stable --update --write").out;
    assert!(again.contains("There is nothing to add or to update."), "{again}");
}

#[test]
fn choices_of_other_ids_and_forms_of_writing_are_met_where_they_stand() {
    let (data, folder) = desk();
    let bank = "exam = 'stable'\r\ndomain = 'one'\r\n\r\n[[item]]\r\nid = 'q1'\r\ntopic = 't'\r\nlevel = 'recall'\r\nstem = \
                '''\r\nWho\r\nsigns?'''\r\nkey = ['no']\r\nchoices = { yes = 'The clerk', no = 'The patient' }\r\nwhy = { yes \
                = 'Unlike {no}.', no = 'Hers.' }\r\n";
    let path = folder.join("bank.toml");
    std::fs::write(&path, bank).unwrap();
    let import = |sheet: &str| {
        std::fs::write(data.path().join("q.csv"), sheet).unwrap();
        said(data.path(), "bank import q.csv --exam stable --update --write --plain").out
    };
    let told =
        import("examroom id,stem,a,b,key,why a\nq1,Who signs?,The patient,The clerk,A,Yes: unlike option {b}.\n");
    assert!(told.contains("`q1` gets its reasons"), "{told}");
    let wanted = bank.replace("no = 'Hers.'", "no = \"Yes: unlike option {yes}.\"");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted);
    let told = import("examroom id,stem,a,b,c,key\nq1,Who signs it?,The patient,The clerk,The state,A\n");
    assert!(told.contains("several parts on one line of its file: change it by hand"), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted, "a question is updated whole or not at all");
    let told = import("examroom id,stem,a,b,key\nq1,Who signs it?,The patient,The clerk,B\n");
    assert!(told.contains("`q1` gets its stem, key"), "{told}");
    let wanted = wanted.replace("'''\r\nWho\r\nsigns?'''", "\"Who signs it?\"").replace("['no']", "\"yes\"");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), wanted);
}

#[test]
fn byte_order_marks_are_read_over_and_kept() {
    let (data, folder) = desk();
    let file = data.path().join("week.csv");
    let save = |sheet: &str| std::fs::write(&file, format!("\u{feff}{sheet}")).unwrap();
    save(SHEET);
    said(data.path(), "bank import week.csv --exam stable --write");
    let path = folder.join("one-week.toml");
    let bank = format!("\u{feff}{}", std::fs::read_to_string(&path).unwrap().replace('\n', "\r\n"));
    std::fs::write(&path, &bank).unwrap();
    let blueprint = folder.join("exam.toml");
    let marked = format!("\u{feff}{}", std::fs::read_to_string(&blueprint).unwrap());
    std::fs::write(&blueprint, marked).unwrap();
    save(&SHEET.replace("Ten years", "Eleven years"));
    let told = said(data.path(), "bank import week.csv --exam stable --update --write --plain").out;
    assert!(told.contains("3 questions: 1 updated, 2 in the bank already."), "{told}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), bank.replace("Ten years", "Eleven years"));
    for (format, ending) in FAITHFUL_FORMATS {
        said(data.path(), &format!("bank export stable --to {format}"));
        let exported = data.path().join(format!("stable.{ending}"));
        let bytes = std::fs::read(&exported).unwrap();
        if std::str::from_utf8(&bytes).is_ok() && !bytes.starts_with("\u{feff}".as_bytes()) {
            std::fs::write(&exported, [b"\xef\xbb\xbf", &bytes[..]].concat()).unwrap();
        }
        let told = said(data.path(), &format!("bank import stable.{ending} --exam stable --update")).out;
        assert!(told.contains("There is nothing to add or to update."), "{format}\n{told}");
    }
}

#[test]
fn a_question_of_the_program_is_not_changed() {
    let data = tempfile::tempdir().unwrap();
    said(data.path(), "bank export rhit --to csv --domain legal");
    let file = data.path().join("rhit-legal.csv");
    let sheet = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, sheet.replacen("patient", "person", 1)).unwrap();
    let told = said(data.path(), "bank import rhit-legal.csv --exam rhit --update --plain").out;
    assert!(told.contains("it is a question of the program: write it into a file of your own"), "{told}");
    assert!(told.contains("There is nothing to add or to update."), "{told}");
}

#[test]
fn what_the_program_exports_it_knows_again_in_every_format() {
    for exam in ["clinic", "rhit", "ctr"] {
        for (format, ending) in FAITHFUL_FORMATS {
            let data = tempfile::tempdir().unwrap();
            let banks = crate::pinned::exams();
            said(data.path(), &format!("--banks {banks} bank export {exam} --to {format}"));
            let line = format!("--banks {banks} bank import {exam}.{ending} --exam {exam} --update");
            let told = said(data.path(), &line).out;
            assert!(told.contains("There is nothing to add or to update."), "{format}\n{told}");
            assert!(!told.contains("other words"), "{format}\n{told}");
        }
    }
}
