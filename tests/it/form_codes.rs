//! Form codes: the same form for whoever types one, and a refusal that says what is wrong.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use examroom_app::library::ExamFiles;
use examroom_core::arithmetic::as_f64;
use examroom_core::bank::{Bank, Depth, Item, Level, Status};
use examroom_core::blueprint::Blueprint;
use examroom_core::checksum::Checksum;
use examroom_core::form::Form;
use examroom_core::form::code::{Changes, FormCode, FormFile, NoCodes, Part, coded_form, disjoint_codes};
use examroom_core::id::{ChoiceId, ItemId, TopicId};
use jiff::civil::date;

use crate::folder::copy;
use crate::pinned::exams;
use crate::support::{Said, day, examroom, run, shipped};

/// Which questions stand on a form, in their order and with the order of their choices.
fn layout(form: &Form) -> Vec<(ItemId, Vec<ChoiceId>)> {
    form.questions().map(|(_, question)| (question.item.id.clone(), question.order.clone())).collect()
}

#[test]
fn the_forms_of_a_series_share_no_question_and_each_is_that_of_its_code() {
    for (exam, forms) in [("rhit", 3), ("ctr", 2)] {
        let (blueprint, bank) = shipped(exam);
        let codes = (0..).find_map(|series| disjoint_codes(&blueprint, &bank, day(), series, forms).ok()).unwrap();
        let drawn: Vec<Form> = codes.iter().map(|code| coded_form(code, &blueprint, &bank).unwrap()).collect();
        let all: BTreeSet<&ItemId> = drawn.iter().flat_map(Form::item_ids).collect();
        assert_eq!(all.len(), drawn.iter().map(Form::len).sum::<usize>(), "{exam}");
        for (code, form) in codes.iter().zip(&drawn) {
            let typed: FormCode = code.to_string().to_lowercase().parse().unwrap();
            assert_eq!(layout(&coded_form(&typed, &blueprint, &bank).unwrap()), layout(form));
            assert_eq!(form.code, Some(code.to_string()));
        }
    }
}

#[test]
fn codes_have_limits_that_are_told() {
    let (blueprint, bank) = shipped("ctr");
    let codes = |day, forms| disjoint_codes(&blueprint, &bank, day, 1, forms);
    assert_eq!(codes(day(), 4), Err(NoCodes::Shared { wanted: 4 }));
    assert_eq!(codes(day(), 17), Err(NoCodes::TooMany));
    for day in [date(2023, 12, 31), date(2046, 7, 1)] {
        assert_eq!(codes(day, 1), Err(NoCodes::Day(day)));
    }
}

/// The first question of a bank that `is_meant`, changed.
fn change(bank: &Bank, is_meant: impl Fn(&Item) -> bool, how: impl Fn(&mut Item)) -> Bank {
    let mut bank = bank.clone();
    let item = bank.items.iter_mut().find(|item| is_meant(item)).unwrap();
    how(Arc::make_mut(item));
    bank
}

#[test]
fn whatever_changes_a_form_or_a_score_is_found_and_told_where() {
    let (blueprint, bank) = clinic();
    let code = disjoint_codes(&blueprint, &bank, day(), 5, 1).unwrap().remove(0);
    let parts = |blueprint: &Blueprint, bank: &Bank| code.differences(blueprint, bank);
    assert_eq!(parts(&blueprint, &bank), []);
    let any = |_: &Item| true;
    let changed = [
        (Part::Questions, change(&bank, any, |item| item.stem = "Which?".into())),
        (Part::Questions, change(&bank, any, |item| item.choices[0].text = "This".into())),
        (Part::Questions, change(&bank, any, |item| item.choices.swap(0, 1))),
        (Part::Questions, change(&bank, any, |item| item.key = vec![ChoiceId::new("z")])),
        (Part::Questions, change(&bank, any, |item| item.keep_order = !item.keep_order)),
        (Part::Questions, change(&bank, |item| item.exhibit.is_some(), |item| item.exhibit = None)),
        (Part::Questions, change(&bank, |item| item.case.is_some(), |item| item.case = None)),
        (Part::Questions, change(&bank, any, |item| item.id = ItemId::new("other"))),
        (Part::Ratings, change(&bank, any, |item| item.angoff = Some(0.01))),
        (Part::Ratings, change(&bank, any, |item| item.ratings = [0.6, 0.9].into())),
        (Part::Places, change(&bank, |item| item.level == Level::Recall, |item| item.level = Level::Analysis)),
        (Part::Places, change(&bank, any, |item| item.topic = TopicId::new("other"))),
        (Part::Availability, change(&bank, any, |item| item.status = Status::Pretest)),
        (Part::Availability, change(&bank, any, |item| item.validity.until = Some(date(2030, 1, 1)))),
        (Part::Availability, change(&bank, any, |item| item.enemies.push(bank.items[1].id.clone()))),
    ];
    for (part, bank) in changed {
        let found = parts(&blueprint, &bank);
        assert_eq!(found, [part]);
    }
    let mut texts = bank.clone();
    *texts.cases.values_mut().next().unwrap() = "Another case".into();
    assert_eq!(parts(&blueprint, &texts), [Part::Questions]);
    let mut order = bank.clone();
    order.items.swap(0, 1);
    assert!(parts(&blueprint, &order).contains(&Part::Questions));

    let mut minutes = Blueprint::clone(&blueprint);
    minutes.sections[0].minutes.value += 1;
    assert_eq!(parts(&minutes, &bank), [Part::Blueprint]);
    let mut assumed = Blueprint::clone(&blueprint);
    assumed.population.as_mut().unwrap().pass_rate.value = 0.5;
    assert_eq!(parts(&assumed, &bank), [Part::Blueprint]);
    let (ctr, other) = shipped("ctr");
    assert!(parts(&ctr, &other).contains(&Part::Exam));

    // What only explains a question changes neither.
    let reason = change(&bank, any, |item| item.choices[0].why = Some("Another reason".into()));
    assert_eq!(parts(&blueprint, &reason), []);
    let source = change(&bank, any, |item| item.source = None);
    assert_eq!(parts(&blueprint, &source), []);
}

#[test]
fn a_file_names_the_questions_that_changed() {
    let (blueprint, bank) = shipped("rhit");
    let codes = disjoint_codes(&blueprint, &bank, day(), 5, 1).unwrap();
    let file = FormFile::read(&FormFile::new(&codes, &blueprint, &bank).text().unwrap()).unwrap();
    assert!(file.has(&codes[0]));
    let nothing = file.changes(&blueprint, &bank);
    assert_eq!(nothing, Changes::default());
    let mut other = change(&bank, |_| true, |item| item.angoff = Some(0.01));
    let gone = other.items.remove(7).id.clone();
    let changes = file.changes(&blueprint, &other);
    assert_eq!(changes.changed, [(bank.items[0].id.clone(), vec![Part::Ratings])]);
    assert_eq!((changes.missing, changes.added.len(), changes.reordered), (vec![gone], 0, false));
    for text in ["", "[]", "{}", "{\"version\": 1}", "{\"version\": 2}", "exam = \"rhit\""] {
        assert!(FormFile::read(text).is_err(), "{text}");
    }
}

/// The forms that the codes of the first assembly stand for. They are on boards and in mails: if this fails, the assembly
/// has changed, and what it was before has to stay for the codes that it made.
#[test]
fn the_first_assembly_still_draws_its_codes() {
    let (blueprint, bank) = clinic();
    let codes = disjoint_codes(&blueprint, &bank, day(), 471, 1).unwrap();
    let drawn: Vec<String> = layout(&coded_form(&codes[0], &blueprint, &bank).unwrap())
        .iter()
        .map(|(item, order)| format!("{item} {}", order.iter().map(ChoiceId::as_str).collect::<String>()))
        .collect();
    insta::assert_snapshot!(format!("{}\n{}", codes[0], drawn.join("\n")));

    let (blueprint, bank) = clinic();
    let many = enlarged(&bank);
    let code = disjoint_codes(&blueprint, &many, day(), 471, 2).unwrap().remove(1);
    let drawn = layout(&coded_form(&code, &blueprint, &many).unwrap());
    let sum = Checksum::of(format!("{drawn:?}").as_bytes()).short();
    insta::assert_snapshot!(format!("{code} {sum}"));
}

/// An exam of the tests' own, which never changes.
fn clinic() -> (Arc<Blueprint>, Bank) {
    let files = ExamFiles::folder(&Path::new(&exams()).join("clinic")).unwrap();
    let reading = files.read(Depth::Errors, day(), &mut |_, _| {});
    (reading.blueprint.unwrap(), reading.bank)
}

/// Ten of each question, with other words, ratings and levels, and enemies among them.
fn enlarged(bank: &Bank) -> Bank {
    let mut items = Vec::new();
    for (number, item) in bank.items.iter().enumerate() {
        for copy in 0_usize..10 {
            let mut item = Item::clone(item);
            item.id = ItemId::new(&format!("{}-{copy}", item.id));
            item.case = None;
            let words = (0..12).map(|word| format!("w{}", (number * 131 + copy * 37 + word * word) % 997));
            item.stem = words.collect::<Vec<_>>().join(" ").into();
            item.angoff = Some(0.5 + 0.04 * as_f64((number * 3 + copy * 7) % 11));
            item.level = [Level::Recall, Level::Application, Level::Analysis][(number + copy) % 3];
            item.enemies = if copy % 4 == 1 {
                vec![ItemId::new(&format!("{}-{}", bank.items[number].id, copy - 1))]
            } else {
                Vec::new()
            };
            items.push(Arc::new(item));
        }
    }
    Bank { items, ..bank.clone() }
}

fn say(data: &Path, arguments: &[&str], script: &str) -> Said {
    let mut command = examroom(data);
    command.args(["--banks", &exams()]).args(arguments).current_dir(data);
    run(command, script)
}

/// The code that is printed first.
fn new_code(data: &Path, arguments: &[&str]) -> String {
    let said = say(data, &[&["form", "new"], arguments].concat(), "");
    assert_eq!(said.code, Some(0), "{}", said.err);
    said.out.lines().next().unwrap().to_owned()
}

#[test]
fn two_people_with_one_code_sit_one_form_whatever_they_have_seen() {
    let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let code = new_code(one.path(), &["clinic"]);
    let sat = "begin\na\nnext\nb\nnext\na c\nnext\nend\nyes\ncontinue\nc\nnext\nend\nyes\n";
    say(other.path(), &["take", "clinic"], sat);
    let questions = |data: &Path| {
        let said = say(data, &["take", "clinic", "--form", &code], sat);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.out.contains(&format!("Form code {code}: whoever types it")), "{}", said.out);
        let marks = say(data, &["report", "--json"], "").out;
        let marks: serde_json::Value = serde_json::from_str(&marks).unwrap();
        assert_eq!(marks["form_code"], code);
        let report = say(data, &["report"], "").out;
        assert!(report.contains(&format!("Form: code {code}")), "{report}");
        let items = marks["items"].as_array().unwrap().clone();
        (items.iter().map(|item| (item["id"].clone(), item["picked"].clone())).collect::<Vec<_>>(), items)
    };
    let (first, new) = questions(one.path());
    let (second, seen) = questions(other.path());
    assert_eq!(first, second);
    assert!(new.iter().all(|item| item["seen_before"] == 0), "the first has seen nothing");
    assert!(seen.iter().any(|item| item["seen_before"] == 1), "what was seen before is still known");
}

#[test]
fn a_code_is_refused_with_what_is_wrong() {
    let data = tempfile::tempdir().unwrap();
    let code = new_code(data.path(), &["clinic", "--out", "form.json"]);
    let refused = |arguments: &[&str], code: i32, words: &[&str]| {
        let said = say(data.path(), &[&["take"], arguments].concat(), "begin\n");
        assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
        for words in words {
            assert!(said.err.contains(words), "{words}\n{}", said.err);
        }
    };
    let mut letters: Vec<char> = code.chars().collect();
    letters[5] = if letters[5] == 'A' { 'C' } else { 'A' };
    let mistyped: String = letters.iter().collect();
    refused(&["clinic", "--form", &mistyped], 2, &["mistyped, probably at letter 5", "letter 2 of group 2"]);
    refused(&["clinic", "--form", &code[1..]], 2, &["has 21 letters, and this has 20"]);
    refused(&["clinic", "--form", "hello"], 2, &["no form code has the letter 'L'"]);
    refused(
        &["hospital", "--form", &code],
        1,
        &["of another exam than hospital", "name the exam that the code was made of"],
    );
    refused(&["clinic", "--form", &code, "--seed", "3"], 2, &["cannot be used with"]);

    let other = data.path().join("banks/clinic");
    copy(&Path::new(&exams()).join("clinic"), &other);
    let text = std::fs::read_to_string(other.join("1-records.toml")).unwrap();
    let rating = text.lines().find(|line| line.starts_with("angoff")).unwrap().to_owned();
    std::fs::write(other.join("1-records.toml"), text.replacen(&rating, "angoff = 0.98", 1)).unwrap();
    let banks = data.path().join("banks").display().to_string();
    let take = |more: &[&str]| {
        let mut command = examroom(data.path());
        command.args(["--banks", &banks, "take", "clinic", "--form", &code]).args(more).current_dir(data.path());
        run(command, "begin\n").err
    };
    let without = take(&[]);
    assert!(without.contains("what differs: the ratings") && without.contains("--form-file"), "{without}");
    let with = take(&["--form-file", "form.json"]);
    assert!(with.contains("rating changed: "), "{with}");
    std::fs::write(data.path().join("other.json"), "{}").unwrap();
    assert!(take(&["--form-file", "other.json"]).contains("it is no file of form codes"));
    assert!(take(&["--form-file", "none.json"]).contains("none.json cannot be read"));
    assert!(!say(data.path(), &["history"], "").out.contains("clinic"), "no attempt was made");

    let again = say(data.path(), &["form", "new", "clinic", "--out", "form.json"], "");
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("form.json is there already, and was not changed"), "{}", again.err);
    assert_eq!(say(data.path(), &["form", "new", "clinic", "--out", "form.json", "--force"], "").code, Some(0));
    let many = say(data.path(), &["form", "new", "clinic", "--disjoint", "9"], "");
    assert_eq!(many.code, Some(1), "{}", many.out);
    assert!(many.err.contains("no 9 forms without a common question"), "{}", many.err);
}
