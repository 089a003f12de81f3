//! How alike the forms of an exam are: two of one student that share no question, and fresh ones of many students.

use std::collections::BTreeMap;

use examroom_app::library::Library;
use examroom_core::bank::{Bank, Depth, Level};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Exposure, Form, Plan, Request, assemble};
use examroom_core::id::{DomainId, ExamId, ItemId, TopicId};
use examroom_core::scoring::Scaling;
use examroom_core::seed::Seed;
use jiff::civil::date;

use crate::Verdict;
use crate::assumptions::{FORM_BARS, FORM_SEEDS, FormBars};
use crate::measure::mean;

/// What is counted of a form's scored questions.
struct Counts {
    levels: [u32; 3],
    calculations: u32,
    topics: BTreeMap<(DomainId, TopicId), u32>,
    /// The mean rating of each domain.
    domain_cuts: BTreeMap<DomainId, f64>,
    needed: u32,
}

impl Counts {
    fn of(form: &Form) -> Self {
        let mut counts = Self {
            levels: [0; 3],
            calculations: 0,
            topics: BTreeMap::new(),
            domain_cuts: BTreeMap::new(),
            needed: Scaling::of(form).needed(),
        };
        let mut ratings: BTreeMap<DomainId, Vec<f64>> = BTreeMap::new();
        for (_, question) in form.scored() {
            let item = &question.item;
            counts.levels[match item.level {
                Level::Recall => 0,
                Level::Application => 1,
                Level::Analysis => 2,
            }] += 1;
            counts.calculations += u32::from(item.calculation.is_some());
            *counts.topics.entry((item.domain.clone(), item.topic.clone())).or_default() += 1;
            ratings.entry(item.domain.clone()).or_default().push(question.rating(form.default_rating));
        }
        counts.domain_cuts = ratings.into_iter().map(|(domain, ratings)| (domain, mean(ratings.into_iter()))).collect();
        counts
    }
}

/// The mean and the greatest of what was measured.
struct Measured(Vec<f64>);

impl Measured {
    fn mean(&self) -> f64 {
        mean(self.0.iter().copied())
    }

    fn most(&self) -> f64 {
        self.0.iter().copied().fold(0.0, f64::max)
    }
}

pub fn forms(verdict: &mut Verdict) {
    for exam in ["rhit", "ctr"] {
        let files = Library::default().exam(&ExamId::new(exam)).unwrap().unwrap();
        let reading = files.read(Depth::Errors, date(2026, 11, 24), &mut |_, _| {});
        alike(exam, &reading.blueprint.unwrap(), &reading.bank, verdict);
    }
}

fn alike(exam: &str, blueprint: &Blueprint, bank: &Bank, verdict: &mut Verdict) {
    let plan = Plan::mock(blueprint);
    let draw = |seed, exposure: &Exposure| {
        let request = Request { plan: &plan, seed: Seed(seed), day: date(2026, 11, 24), exposure };
        assemble(blueprint, bank, &request).unwrap()
    };
    let [mut levels, mut calculations, mut topics, mut cuts] = [(); 4].map(|()| Measured(Vec::new()));
    let mut repeated = 0;
    let mut needed: BTreeMap<u32, u32> = BTreeMap::new();
    let mut exposed: BTreeMap<ItemId, u32> = bank.items.iter().map(|item| (item.id.clone(), 0)).collect();
    let mut mix = [0_u32; 3];
    for seed in 0..FORM_SEEDS {
        let first = draw(seed, &Exposure::default());
        let seen = Exposure(first.item_ids().map(|id| (id.clone(), 1)).collect());
        let second = draw(FORM_SEEDS + seed, &seen);
        repeated += second.item_ids().filter(|id| seen.times(id) > 0).count();
        for id in first.item_ids() {
            *exposed.entry(id.clone()).or_default() += 1;
        }
        let (one, other) = (Counts::of(&first), Counts::of(&second));
        levels
            .0
            .push((0..3).map(|level| f64::from(one.levels[level].abs_diff(other.levels[level]))).fold(0.0, f64::max));
        calculations.0.push(f64::from(one.calculations.abs_diff(other.calculations)));
        let all: std::collections::BTreeSet<_> = one.topics.keys().chain(other.topics.keys()).collect();
        let count = |counts: &Counts, topic| counts.topics.get(topic).copied().unwrap_or(0);
        topics.0.push(all.into_iter().map(|topic| f64::from(count(&one, topic).abs_diff(count(&other, topic)))).sum());
        cuts.0.extend(one.domain_cuts.iter().map(|(domain, cut)| (cut - other.domain_cuts[domain]).abs()));
        for counts in [&one, &other] {
            *needed.entry(counts.needed).or_default() += 1;
            (0..3).for_each(|level| mix[level] += counts.levels[level]);
        }
    }
    let share = |item: &ItemId| f64::from(exposed[item]) / f64::from(u32::try_from(FORM_SEEDS).unwrap());
    let average = mean(bank.items.iter().map(|item| share(&item.id)));
    let spread = mean(bank.items.iter().map(|item| (share(&item.id) - average).powi(2))).sqrt();
    // How many questions a form takes of a domain's part and of a level is the blueprint's, however evenly it draws.
    let mut alike: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for item in &bank.items {
        alike.entry((&item.section, &item.domain, item.level)).or_default().push(share(&item.id));
    }
    let own_spread = mean(alike.values().flat_map(|shares| {
        let center = mean(shares.iter().copied());
        shares.iter().map(move |share| (share - center).powi(2))
    }))
    .sqrt();
    println!("\n{exam}, {FORM_SEEDS} pairs of forms without a common question, mean (most):");
    println!(
        "  levels {:.2} ({:.0})  calculations {:.2} ({:.0})  topics in sum {:.1} ({:.0})  domain cuts {:.4} ({:.4})",
        levels.mean(),
        levels.most(),
        calculations.mean(),
        calculations.most(),
        topics.mean(),
        topics.most(),
        cuts.mean(),
        cuts.most()
    );
    println!("  right answers needed, and on how many forms: {needed:?}; levels of a form on average {:?}", {
        mix.map(|count| f64::from(count) / f64::from(u32::try_from(2 * FORM_SEEDS).unwrap()))
    });
    println!(
        "  a question is on {average:.2} of fresh forms, with a standard deviation of {spread:.4}; {own_spread:.4} among \
         those of one domain's part and one level"
    );
    let FormBars { levels: most_levels, topics: (mean_topics, most_topics), cuts: (mean_cut, most_cut), exposure } =
        FORM_BARS;
    let mut hold = |what: &str, value, most| verdict.hold(&format!("{exam}, forms: {what}"), value, 0.0, most);
    hold("levels", levels.most(), most_levels);
    hold("calculations", calculations.most(), most_levels);
    hold("topics, mean", topics.mean(), mean_topics);
    hold("topics, most", topics.most(), most_topics);
    hold("domain cuts, mean", cuts.mean(), mean_cut);
    hold("domain cuts, most", cuts.most(), most_cut);
    hold("questions on both", f64::from(u32::try_from(repeated).unwrap()), 0.0);
    hold("exposure", spread, exposure);
    hold("exposure among like questions", own_spread, exposure);
    hold("numbers needed", mean([needed.len()].into_iter().map(|count| f64::from(u32::try_from(count).unwrap()))), 1.0);
}
