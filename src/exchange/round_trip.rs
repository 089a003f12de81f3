//! What is written in a format is read again as it was, but for what the format has no place for.

use proptest::prelude::*;

use crate::draft::{Choice, Draft, Name};
use crate::format::{Format, Target};
use crate::options::Options;
use crate::transfer::{read, write};
use examroom_core::bank::{Exhibit, Level, Status, Table};

/// Words of what questions are made of, and of what formats take for themselves.
fn words() -> impl Strategy<Value = String> {
    const WORDS: &str = "[a-zA-Z]{1,8}|[0-9]{1,3}|[~=#{}:%\\\\<>&\"';,.@+|*_$/()-]|é|§|≤ 5|漢字|=1\\+1|-5|%50%|->|//|::|\\\\n|\\{a\\}|&amp;|<b>x</b>|```|\\[html\\]";
    proptest::collection::vec(WORDS, 1..7).prop_map(|words| words.join(" ").trim().to_owned())
}

/// A text of one to three lines or paragraphs.
fn text() -> impl Strategy<Value = String> {
    let between = prop_oneof![Just("\n"), Just("\n\n"), Just("\n  "), Just("  ")];
    (words(), proptest::option::of((between, words())))
        .prop_map(|(first, more)| more.map_or(first.clone(), |(between, second)| format!("{first}{between}{second}")))
}

/// A text in which a choice may be named.
fn explanation() -> impl Strategy<Value = Option<String>> {
    let plain = "[a-z]{1,8}( [a-z~=#:<&]{1,8}){0,4}";
    proptest::option::of((plain, proptest::option::of(0..2_usize), plain).prop_map(
        |(before, named, behind)| match named {
            Some(named) => format!("{before} {{{}}} {behind} {{{{x}}}}", ["a", "b"][named]),
            None => before,
        },
    ))
}

fn exhibit() -> impl Strategy<Value = Option<Exhibit>> {
    let cell = "[a-z<&]{1,6}( [0-9]{1,3})?";
    let table =
        (proptest::collection::vec(cell, 2), proptest::collection::vec(proptest::collection::vec(cell, 2), 1..3))
            .prop_map(|(columns, rows)| Exhibit::Table(Table { columns, rows }));
    let lines = "[a-z]{1,6}(\n {0,3}[a-z0-9<&:=]{1,8}){0,3}".prop_map(|text| Exhibit::Text(text.into()));
    proptest::option::weighted(0.3, prop_oneof![table, lines])
}

fn draft() -> impl Strategy<Value = Draft> {
    let choice = (words(), explanation());
    let choices = proptest::collection::vec(choice, 2..6);
    let particulars = (
        proptest::option::of(Just(Level::Application)),
        proptest::collection::vec(prop_oneof![Just(0.5), Just(0.725), Just(1.0)], 0..3),
        proptest::option::of("[a-z]{2,8} [0-9]{1,3}"),
        any::<bool>(),
    );
    ("[a-z]{1,8}-[0-9]{1,4}", text(), choices, any::<u8>(), explanation(), exhibit(), particulars).prop_map(
        |(id, stem, choices, keys, explanation, exhibit, (level, ratings, source, keep_order))| {
            let count = choices.len();
            let is_key = |at: usize| {
                if keys % 3 == 0 { at < 2 && count > 2 || at == 0 } else { at == usize::from(keys) % count }
            };
            let choice = |(at, (text, why)): (usize, (String, Option<String>))| Choice {
                text: format!("{text} {at}"),
                why,
                is_key: is_key(at),
            };
            Draft {
                name: Name::Id(id),
                subjects: vec!["Legal aspects".to_owned(), "Disclosure".to_owned()],
                level,
                ratings,
                status: Status::Operational,
                stem,
                exhibit,
                choices: choices.into_iter().enumerate().map(choice).collect(),
                explanation,
                source,
                keep_order,
            }
        },
    )
}

/// What a format keeps of a question.
fn kept(target: Target, draft: &Draft) -> Draft {
    let mut kept = draft.clone();
    match target {
        Target::Csv | Target::Xlsx => {
            if let Some(Exhibit::Table(table)) = &kept.exhibit {
                kept.exhibit = Some(Exhibit::Text(crate::plain_table::lines(table).into()));
            }
            return kept;
        }
        Target::Gift | Target::Anki | Target::MoodleXml | Target::Qti => {}
        Target::Aiken => {
            kept.name = Name::None;
            kept.subjects = Vec::new();
            kept.explanation = None;
            kept.choices.iter_mut().for_each(|choice| choice.why = None);
            kept.exhibit = None;
        }
    }
    kept.subjects = Some(kept.subjects.join("/")).filter(|path| !path.is_empty()).into_iter().collect();
    (kept.level, kept.source) = (None, None);
    kept.keep_order &= matches!(target, Target::MoodleXml | Target::Qti);
    kept.ratings.clear();
    kept
}

fn read_again(target: Target, drafts: &[Draft]) -> Vec<Draft> {
    let export = write(target, drafts, "Legal & more");
    let format = match target {
        Target::Csv => Format::Csv,
        Target::Gift => Format::Gift,
        Target::Anki => Format::Anki,
        Target::Aiken => Format::Aiken,
        Target::MoodleXml => Format::MoodleXml,
        Target::Xlsx => Format::Xlsx,
        Target::Qti => Format::Qti,
    };
    let name = format!("x.{}", target.ending());
    let (found, reading) = read(&name, &export.bytes, &Options::default()).unwrap();
    assert_eq!(found, format, "{}", String::from_utf8_lossy(&export.bytes));
    assert_eq!(reading.left_out, [], "{}", String::from_utf8_lossy(&export.bytes));
    reading.questions.into_iter().map(|found| found.draft).collect()
}

fn same(target: Target, drafts: &[Draft]) -> Result<(), TestCaseError> {
    let wanted: Vec<Draft> = drafts.iter().map(|draft| kept(target, draft)).collect();
    prop_assert_eq!(read_again(target, drafts), wanted);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn csv(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::Csv, &drafts)?;
    }

    #[test]
    fn xlsx(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::Xlsx, &drafts)?;
    }

    #[test]
    fn moodle_xml(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::MoodleXml, &drafts)?;
    }

    #[test]
    fn qti(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::Qti, &drafts)?;
    }

    #[test]
    fn gift(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::Gift, &drafts)?;
    }

    #[test]
    fn anki(drafts in proptest::collection::vec(draft(), 1..4)) {
        same(Target::Anki, &drafts)?;
    }

    #[test]
    fn aiken(stems in proptest::collection::vec("[A-Z][a-z]{2,8}( [a-z0-9<&~=#]{1,8}){1,5}\\?", 1..4), key in 0..3_usize) {
        let choice = |at: usize| Choice { text: format!("choice number {at}"), is_key: at == key, ..Choice::default() };
        let draft = |stem: &String| Draft { stem: stem.clone(), choices: (0..3).map(choice).collect(), ..Draft::default() };
        same(Target::Aiken, &stems.iter().map(draft).collect::<Vec<_>>())?;
    }
}

#[test]
fn true_and_false_stay_in_order() {
    let choice = |text: &str, is_key| Choice { text: text.to_owned(), why: Some(format!("so {text}")), is_key };
    for right in [true, false] {
        let draft = Draft {
            name: Name::Id("legal-1".to_owned()),
            stem: "The sky is blue.".to_owned(),
            choices: vec![choice("True", right), choice("False", !right)],
            keep_order: true,
            ..Draft::default()
        };
        assert_eq!(read_again(Target::Gift, std::slice::from_ref(&draft)), [draft]);
    }
}
