//! No question is shipped whose rule was not looked up: the record beside the banks has a line for each.

use std::collections::{BTreeMap, BTreeSet};

use examroom_core::bank::{Guessing, Item, Level};
use examroom_core::blueprint::Domain;
use examroom_core::form::{Exposure, Plan};
use examroom_core::id::{ChoiceId, DomainId};
use examroom_core::statistics::Agreement;

use crate::support::{draw, shipped, text};

const EXAMS: [&str; 2] = ["rhit", "ctr"];
const KINDS: [&str; 4] = ["primary", "secondary", "general", "plain"];

/// The record's lines, each as exam, question, kind and place.
fn record() -> Vec<[String; 4]> {
    text("question_banks/CHECKED.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
            fields.try_into().unwrap_or_else(|_| panic!("not four fields: {line}"))
        })
        .collect()
}

#[test]
fn every_shipped_question_says_where_its_rule_was_read() {
    let shipped: BTreeSet<(String, String)> = EXAMS
        .iter()
        .flat_map(|exam| shipped(exam).1.items.into_iter().map(|item| ((*exam).to_owned(), item.id.to_string())))
        .collect();
    let record = record();
    let recorded: BTreeSet<(String, String)> =
        record.iter().map(|[exam, question, ..]| (exam.clone(), question.clone())).collect();
    assert_eq!(recorded.len(), record.len(), "a question has two lines");
    let unread: Vec<_> = shipped.difference(&recorded).collect();
    let gone: Vec<_> = recorded.difference(&shipped).collect();
    assert!(unread.is_empty() && gone.is_empty(), "without a line: {unread:?}; not in the banks: {gone:?}");
    for [_, question, kind, place] in &record {
        assert!(KINDS.contains(&kind.as_str()), "{question}: {kind}");
        assert!(place.trim() == place && place.len() > 5, "{question}: {place}");
    }
}

#[test]
fn the_guide_says_how_many_were_checked_in_which_way() {
    let guide = text("question_banks/README.md");
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for [exam, _, kind, _] in record() {
        *counts.entry((kind, exam)).or_default() += 1;
    }
    let count = |kind: &str, exam: &str| counts.get(&(kind.to_owned(), exam.to_owned())).copied().unwrap_or_default();
    for kind in KINDS {
        let row = guide.lines().find(|line| line.trim_start().starts_with(&format!("| `{kind}`"))).unwrap();
        let figures = format!("| {} | {} |", count(kind, "rhit"), count(kind, "ctr"));
        assert!(row.ends_with(&figures), "{row} should end with {figures}");
    }
}

/// To a point: a few questions that are mended do not make the guide wrong.
#[test]
fn the_guide_says_how_far_guessing_gets() {
    let guide = text("question_banks/README.md").replace("\n  ", " ");
    for (exam, said) in [("rhit", " of the RHIT questions"), ("ctr", "Of the CTR questions it gets ")] {
        let guessing = Guessing::of(&shipped(exam).1).unwrap();
        let sentence = guide.split(". ").find(|sentence| sentence.contains(said)).unwrap();
        let figure = sentence.split_whitespace().zip(sentence.split_whitespace().skip(1));
        let gets = figure.filter(|(before, _)| *before == "gets").map(|(_, figure)| figure.parse::<f64>().unwrap());
        let said: Vec<f64> = gets.collect();
        assert_eq!(said.len(), 1, "{sentence}");
        assert!((said[0] - guessing.rate * 100.0).abs() <= 1.0, "{sentence}\nand it is {:.1}", guessing.rate * 100.0);
    }
}

/// What three readers said of a question.
struct Rated {
    exam: String,
    question: String,
    /// The choices that each picked before anyone had shown the key.
    answers: [String; 3],
    /// What each gave alone.
    first: [f64; 3],
    /// What each gave who had seen the others' figures.
    second: [f64; 3],
}

fn ratings() -> Vec<Rated> {
    let lines = text("question_banks/RATINGS.tsv");
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    let rated = lines.map(|line| {
        let fields: [&str; 11] = line.split('\t').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{line}"));
        let figures = |places: [usize; 3]| {
            places.map(|place| fields[place].parse().unwrap_or_else(|_| panic!("field {place}: {line}")))
        };
        Rated {
            exam: fields[0].to_owned(),
            question: fields[1].to_owned(),
            answers: [2, 4, 6].map(|place| fields[place].to_owned()),
            first: figures([3, 5, 7]),
            second: figures([8, 9, 10]),
        }
    });
    rated.collect()
}

#[test]
fn every_question_has_the_second_ratings_of_three_readers_who_answered_it_first() {
    let mut rated = BTreeMap::new();
    for Rated { exam, question, second, .. } in ratings() {
        let twice = rated.insert((exam, question), second);
        assert!(twice.is_none(), "{twice:?} has two lines");
    }
    for exam in EXAMS {
        for item in &shipped(exam).1.items {
            let figures = rated.remove(&(exam.to_owned(), item.id.to_string()));
            assert_eq!(figures.as_ref().map(<[f64; 3]>::as_slice), Some(&*item.ratings), "{}", item.id);
        }
    }
    assert!(rated.is_empty(), "rated, but not in the banks: {:?}", rated.keys());
}

#[test]
fn most_readers_of_a_question_found_its_key_without_seeing_it() {
    let banks: BTreeMap<&str, _> = EXAMS.iter().map(|exam| (*exam, shipped(exam).1)).collect();
    for Rated { exam, question, answers, .. } in ratings() {
        let item = banks[exam.as_str()].items.iter().find(|item| item.id.as_str() == question).unwrap();
        let mut key: Vec<&str> = item.key.iter().map(ChoiceId::as_str).collect();
        key.sort_unstable();
        let found = answers.iter().filter(|answer| **answer == key.join(",")).count();
        assert!(found >= 2, "{question}: {answers:?}");
    }
}

/// The questions of an exam in one of its domains, or in all: how many a form scores, and both rounds' ratings.
fn rounds(exam: &str, domain: Option<&str>) -> (u32, [Vec<[f64; 3]>; 2]) {
    let (blueprint, bank) = shipped(exam);
    let home = match exam {
        "rhit-2023" => "rhit",
        "ods" => "ctr",
        own => own,
    };
    let rated: BTreeMap<String, Rated> =
        ratings().into_iter().filter(|rated| rated.exam == home).map(|rated| (rated.question.clone(), rated)).collect();
    let is_wanted = |id: &DomainId| domain.is_none_or(|wanted| id.as_str() == wanted);
    let scored = blueprint.domains.iter().filter(|domain| is_wanted(&domain.id)).flat_map(|domain| &domain.counts);
    let items = bank.items.iter().filter(|item| is_wanted(&item.domain)).map(|item| &rated[item.id.as_str()]);
    let rounds = [items.clone().map(|rated| rated.first).collect(), items.map(|rated| rated.second).collect()];
    (scored.map(|count| count.scored.value).sum(), rounds)
}

/// The raw cut of a full form, as the ratings of a round give it: each cell of the blueprint counts as a form has it.
fn cut(exam: &str, round: usize) -> f64 {
    let (blueprint, _) = shipped(exam);
    let of_domain = |domain: &Domain| {
        let (scored, rounds) = rounds(exam, Some(domain.id.as_str()));
        let ratings = rounds[round].iter().flatten();
        f64::from(scored) * ratings.clone().sum::<f64>() / f64::from(u32::try_from(ratings.count()).unwrap())
    };
    blueprint.domains.iter().map(of_domain).sum()
}

#[test]
fn the_guide_says_how_far_the_raters_agree_and_which_cut_follows() {
    let guide = text("question_banks/README.md");
    let row = |name: &str, exam: &str, domain: Option<&str>, cuts: String| {
        let (scored, rounds) = rounds(exam, domain);
        let [first, second] = rounds.map(|rows| Agreement::of(rows.iter().map(<[f64; 3]>::as_slice)).unwrap());
        let of = |agreement: &Agreement| {
            format!("{:.2} | {:.1}", agreement.correlation().unwrap(), agreement.cut_error(scored))
        };
        format!("  | {name} | {} | {scored} | {} | {} |{cuts}", first.questions, of(&first), of(&second))
    };
    let mut rows = Vec::new();
    for exam in ["rhit", "rhit-2023", "ctr", "ods"] {
        rows.push(row(&format!("`{exam}`"), exam, None, format!(" {:.1} | {:.1} |", cut(exam, 0), cut(exam, 1))));
        for domain in &shipped(exam).0.domains {
            rows.push(row(&domain.name, exam, Some(domain.id.as_str()), "  |  |".to_owned()));
        }
    }
    let rows = rows.join("\n");
    assert!(guide.contains(&rows), "the guide should have these rows:\n{rows}");
}

#[test]
fn ratings_tell_hard_from_easy_and_one_domain_from_another() {
    let mean = |figures: &[f64]| figures.iter().sum::<f64>() / f64::from(u32::try_from(figures.len()).unwrap());
    for exam in EXAMS {
        let (blueprint, bank) = shipped(exam);
        let of = |is_wanted: &dyn Fn(&Item) -> bool| {
            let wanted = bank.items.iter().filter(|item| is_wanted(item)).filter_map(|item| item.angoff);
            mean(&wanted.collect::<Vec<f64>>())
        };
        let domains: Vec<f64> = blueprint.domains.iter().map(|domain| of(&|item| item.domain == domain.id)).collect();
        let (low, high) =
            domains.iter().fold((1.0_f64, 0.0_f64), |(low, high), mean| (low.min(*mean), high.max(*mean)));
        assert!(high - low >= 0.05, "{exam}: {domains:?}");
        let at = |level: Level| of(&|item| item.level == level);
        // The gap is small, since a rule that is seldom used is recall, and hard.
        assert!(at(Level::Analysis) + 0.02 < at(Level::Recall).min(at(Level::Application)), "{exam}");
        let all: Vec<f64> = bank.items.iter().filter_map(|item| item.angoff).collect();
        let spread = mean(&all.iter().map(|rating| (rating - mean(&all)).powi(2)).collect::<Vec<_>>()).sqrt();
        assert!(spread >= 0.12, "{exam}: {spread}");
    }
}

/// Draws so many forms for each of 60 seeds, each for a candidate who has seen the earlier ones: no question comes again.
fn no_question_comes_again(exam: &str, forms: u64) {
    let (blueprint, bank) = shipped(exam);
    let plan = Plan::mock(&blueprint);
    for seed in 0..60 {
        let mut seen = Exposure::default();
        for form in 1..=forms {
            let drawn = draw(&blueprint, &bank, &plan, seed * forms + form, &seen);
            for id in drawn.item_ids() {
                assert_eq!(seen.times(id), 0, "{exam}, seed {seed}, form {form}: {id} again");
            }
            seen.0.extend(drawn.item_ids().map(|id| (id.clone(), 1)));
        }
    }
}

#[test]
fn three_forms_of_each_rhit_outline_share_no_question_whatever_the_seed() {
    no_question_comes_again("rhit", 3);
    no_question_comes_again("rhit-2023", 3);
}

#[test]
fn two_forms_of_ctr_and_of_ods_share_no_question_whatever_the_seed() {
    no_question_comes_again("ctr", 2);
    no_question_comes_again("ods", 2);
}
