//! How true the report is, tried on candidates whose real exam is known because they are made up.
//!
//! ```text
//! cargo bench --bench simulation           all of it, a minute or two; fails if a bar is missed
//! cargo bench --bench simulation -- 100    with so many worlds of each kind
//! cargo bench --bench simulation -- forms  only how alike forms are; `scores` leaves that out
//! ```
//!
//! Each world has questions with true difficulties that the ratings only guess, and candidates who sit two mocks and the
//! real exam. What the program tells them is computed by the program's own code from its own blueprints. All that the
//! simulation assumes stands in `assumptions.rs`; worlds are numbered, and the number is the seed.
//!
//! The formula and the worlds share assumptions, so that the worlds that differ from them are the real test.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a simulation talks to the terminal and may fail loudly")]

mod assumptions;
mod forms;
mod measure;
mod world;

use std::process::ExitCode;

use examroom_app::library::Library;
use examroom_core::form::{ScalePoints, assumptions};
use examroom_core::id::ExamId;
use examroom_core::scoring::{FEWEST_NEW, Forecast, Scaling, forecast};
use examroom_core::statistics::{Assumptions, Evidence, Prediction, RatedAnswer, domain_margins};

use assumptions::{
    Bars, DOMAIN_BARS, DOMAIN_CORRELATION, EXAMS, Exam, KNOWN_MISSES, REMEMBERED, SEEN_OF_THIRD, WORLDS, WORLDS_OF,
    World,
};
use measure::{Told, brier, classes, logistic, mean, mean_distance, worst};
use world::{Dice, Place, Question, true_cut};

fn main() -> ExitCode {
    let worlds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(WORLDS);
    println!("Worlds 1 to {worlds} of each kind; the number of a world is its seed.");
    let mut verdict = Verdict::default();
    let is_wanted = |part: &str| std::env::args().any(|argument| argument == part);
    if !is_wanted("scores") {
        forms::forms(&mut verdict);
    }
    for exam in EXAMS.iter().filter(|_| !is_wanted("forms")) {
        let blueprint = Library::default().exam(&ExamId::new(exam.id)).unwrap().unwrap().blueprint().blueprint.unwrap();
        let program = Program { assumed: assumptions(&blueprint).unwrap(), points: ScalePoints::from(&*blueprint) };
        println!("\n{}: {:?}", exam.id, program.assumed);
        for world in &WORLDS_OF {
            chances(exam, world, &program, worlds, &mut verdict);
        }
        fewest(exam, &program, worlds);
        third_mock(exam, &program, worlds, &mut verdict);
        domains(exam, &program, worlds, &mut verdict);
    }
    if !verdict.known.is_empty() {
        println!("\nMissed, as is known:\n{}", verdict.known.join("\n"));
    }
    if verdict.missed.is_empty() {
        println!("\nEvery other bar that was tried is met.");
        return ExitCode::SUCCESS;
    }
    println!("\nMissed:\n{}", verdict.missed.join("\n"));
    ExitCode::FAILURE
}

/// What the program takes from a blueprint.
struct Program {
    assumed: Assumptions,
    points: ScalePoints,
}

impl Program {
    fn told(&self, own: Evidence, earlier: Evidence) -> Forecast {
        forecast(&self.assumed, self.points, own, earlier).unwrap()
    }
}

#[derive(Default)]
struct Verdict {
    missed: Vec<String>,
    /// Missed, but no further than is known.
    known: Vec<String>,
}

impl Verdict {
    fn hold(&mut self, what: &str, value: f64, low: f64, high: f64) {
        if (low..=high).contains(&value) {
            return;
        }
        let is_known = KNOWN_MISSES.iter().any(|(name, most)| *name == what && (low..=*most).contains(&value));
        let missed = if is_known { &mut self.known } else { &mut self.missed };
        missed.push(format!("  {what}: {value:.4} is not in {low} to {high}"));
    }
}

/// The evidence of a form that is sat by a candidate; the first `seen` questions are known with some chance.
fn sit(dice: &mut Dice, form: &[Question], above: f64) -> Evidence {
    Evidence::of_sitting(form.iter().map(|question| question.answered(dice.happens(question.chance(above)))))
}

/// One candidate's two mocks and real exam.
struct Sat {
    first: Evidence,
    second: Evidence,
    /// The share right on the real exam less that of its cut, and the scaled score.
    margin: f64,
    real: u32,
    passed: bool,
}

fn sittings(exam: &Exam, world: &World, program: &Program, seed: u64) -> Vec<Sat> {
    let mut place = Place::new(exam, world, program.assumed.pass_rate + world.cohort, seed);
    let mocks = [(); 2].map(|()| place.dice.form(exam, world.rating_error, place.bias));
    let questions = u32::try_from(exam.questions).unwrap();
    let scaling = Scaling { points: program.points, cut: true_cut(&place.real), questions };
    let candidates = place.candidates(world.likeness);
    candidates
        .into_iter()
        .map(|(mock, real)| {
            let [first, second] = [0, 1].map(|index| sit(&mut place.dice, &mocks[index], mock));
            let real = place.dice.right(&place.real, real);
            let scaled = scaling.scaled(real);
            let margin = (f64::from(real) - scaling.cut) / f64::from(questions);
            Sat { first, second, margin, real: scaled, passed: scaled >= program.points.pass }
        })
        .collect()
}

fn chances(exam: &Exam, world: &World, program: &Program, worlds: u64, verdict: &mut Verdict) {
    let sat: Vec<Sat> = (1..=worlds).flat_map(|seed| sittings(exam, world, program, seed)).collect();
    let one: Vec<Forecast> = sat.iter().map(|sat| program.told(sat.first, Evidence::default())).collect();
    let told: Vec<Told> = one.iter().zip(&sat).map(|(told, sat)| (told.chance, sat.passed)).collect();
    let both: Vec<Told> = sat.iter().map(|sat| (program.told(sat.second, sat.first).chance, sat.passed)).collect();
    let coverage = mean(sat.iter().map(|sat| {
        let prediction = Prediction::new(&sat.first, &program.assumed);
        let (low, high) = prediction.range();
        let cut = sat.first.cut_share();
        f64::from(u8::from((low..=high).contains(&(cut + sat.margin))))
    }));
    let holds = |(told, sat): (&Forecast, &Sat)| f64::from(u8::from((told.low..=told.high).contains(&sat.real)));
    let in_tens = mean(one.iter().zip(&sat).map(holds));
    let width = mean(one.iter().map(|told| f64::from(told.high - told.low)));
    // The curve is fitted on one half of the worlds and judged on the other, as is the program.
    let (fit, rest) = sat.split_at(sat.len() / 2);
    let curve = logistic(&fit.iter().map(|sat| (sat.first.margin(), sat.passed)).collect::<Vec<_>>());
    let curve = brier(&rest.iter().map(|sat| (curve(sat.first.margin()), sat.passed)).collect::<Vec<_>>());
    let against_curve = brier(&told[sat.len() / 2..]) / curve;
    let (first, pooled) = (brier(&told), brier(&both));
    println!(
        "\n{}, {}: {:.1} % pass, KR-20 {:.2}",
        exam.id,
        world.name,
        100.0 * mean(sat.iter().map(|sat| f64::from(u8::from(sat.passed)))),
        reliability(&sat)
    );
    println!(
        "  one mock   Brier {first:.4}, {against_curve:.3} of a logistic curve; mean distance {:.3}, worst class {:.3}; range \
         covers {:.1} %, in tens {:.1} % and {width:.0} points wide",
        mean_distance(&told),
        worst(&told),
        100.0 * coverage,
        100.0 * in_tens
    );
    println!("  two mocks  Brier {pooled:.4}, {:.3} of one; worst class {:.3}", pooled / first, worst(&both));
    println!("  told/true  {}", table(&told));
    if let Some(Bars { class, logistic, coverage: (low, high), two_mocks }) = world.bars {
        let what = |what: &str| format!("{}, {}: {what}", exam.id, world.name);
        verdict.hold(&what("worst class"), worst(&told), 0.0, class);
        verdict.hold(&what("Brier against a logistic curve"), against_curve, 0.0, logistic);
        verdict.hold(&what("coverage"), coverage, low, high);
        verdict.hold(&what("Brier of two mocks against one"), pooled / first, 0.0, two_mocks);
    }
}

/// The correlation of two mocks.
fn reliability(sat: &[Sat]) -> f64 {
    let (x, y) = (|sat: &Sat| sat.first.margin(), |sat: &Sat| sat.second.margin());
    let (mean_x, mean_y) = (mean(sat.iter().map(x)), mean(sat.iter().map(y)));
    let covariance = mean(sat.iter().map(|sat| (x(sat) - mean_x) * (y(sat) - mean_y)));
    let variance = |of: &dyn Fn(&Sat) -> f64, center: f64| mean(sat.iter().map(|sat| (of(sat) - center).powi(2)));
    covariance / (variance(&x, mean_x) * variance(&y, mean_y)).sqrt()
}

fn table(told: &[Told]) -> String {
    let cells = classes(told).into_iter().map(|(count, told, passed)| {
        if count == 0 { "-".to_owned() } else { format!("{:.0}/{:.0}", 100.0 * told, 100.0 * passed) }
    });
    cells.collect::<Vec<_>>().join("  ")
}

/// How much so many new questions tell, from which [`FEWEST_NEW`] is chosen.
fn fewest(exam: &Exam, program: &Program, worlds: u64) {
    let world = &WORLDS_OF[0];
    let mut told: Vec<(usize, Vec<Told>)> =
        (10..=100).step_by(10).chain([exam.questions]).map(|n| (n, vec![])).collect();
    for seed in 1..=worlds {
        let mut place = Place::new(exam, world, program.assumed.pass_rate, seed);
        let mock = place.dice.form(exam, world.rating_error, place.bias);
        let cut = true_cut(&place.real);
        for (above, above_real) in place.candidates(world.likeness) {
            let answers: Vec<RatedAnswer> =
                mock.iter().map(|question| question.answered(place.dice.happens(question.chance(above)))).collect();
            let passed = f64::from(place.dice.right(&place.real, above_real)) >= cut;
            for (count, told) in &mut told {
                let evidence = Evidence::of_sitting(answers[..*count].iter().copied());
                let prediction = Prediction::new(&evidence, &program.assumed);
                told.push((prediction.chance(), passed));
            }
        }
    }
    let passed = mean(told[0].1.iter().map(|(_, passed)| f64::from(u8::from(*passed))));
    let nothing = passed * (1.0 - passed);
    let gain = |told: &[Told]| nothing - brier(told);
    let whole = gain(&told.last().unwrap().1);
    let cells = told.iter().map(|(count, told)| format!("{count}: {:.0} %", 100.0 * gain(told) / whole));
    println!("\n{}, what so many new questions tell of what a whole mock tells:", exam.id);
    println!("  {}", cells.collect::<Vec<_>>().join("  "));
    println!("  the program asks for {FEWEST_NEW}");
}

/// A third mock that is mostly repeated: half of what was seen is remembered.
fn third_mock(exam: &Exam, program: &Program, worlds: u64, verdict: &mut Verdict) {
    let world = &WORLDS_OF[0];
    let seen = SEEN_OF_THIRD * exam.questions / 130;
    let (mut second, mut third, mut as_new) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=worlds {
        let mut place = Place::new(exam, world, program.assumed.pass_rate, seed);
        let mocks = [(); 3].map(|()| place.dice.form(exam, world.rating_error, place.bias));
        let cut = true_cut(&place.real);
        for (above, above_real) in place.candidates(world.likeness) {
            let earlier = sit(&mut place.dice, &mocks[0], above).and(sit(&mut place.dice, &mocks[1], above));
            let known = Evidence::of_sitting(mocks[2][..seen].iter().map(|question| {
                let chance = REMEMBERED + (1.0 - REMEMBERED) * question.chance(above);
                question.answered(place.dice.happens(chance))
            }));
            let new = sit(&mut place.dice, &mocks[2][seen..], above);
            let passed = f64::from(place.dice.right(&place.real, above_real)) >= cut;
            let none = Evidence::default();
            second.push((program.told(earlier, none).chance, passed));
            third.push((program.told(new, earlier).chance, passed));
            as_new.push((program.told(Evidence { sittings: 1, ..known.and(new) }, none).chance, passed));
        }
    }
    let [second, third, as_new] = [second, third, as_new].map(|told: Vec<Told>| brier(&told));
    println!(
        "\n{}, a third mock with {seen} of {} seen before: Brier {third:.4} (second mock {second:.4}; if all counted as \
         new {as_new:.4})",
        exam.id, exam.questions
    );
    verdict.hold(&format!("{}: third mock against the second", exam.id), third / second, 0.0, 1.0);
}

fn domains(exam: &Exam, program: &Program, worlds: u64, verdict: &mut Verdict) {
    let world = &WORLDS_OF[0];
    let (mut squares, mut told, mut raw_squares) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=worlds {
        let mut place = Place::new(exam, world, program.assumed.pass_rate, seed);
        let form = place.dice.form(exam, world.rating_error, place.bias);
        for (ability, _) in place.candidates(world.likeness) {
            let ability = ability - place.mean;
            let mut start = 0;
            let mut of_domain = Vec::new();
            for size in exam.domains {
                let questions = &form[start..start + size];
                start += size;
                let own = place.dice.normal();
                let above = place.mean + DOMAIN_CORRELATION.sqrt() * ability + (1.0 - DOMAIN_CORRELATION).sqrt() * own;
                let truth = mean(questions.iter().map(|question| question.chance(above) - question.chance(0.0)));
                of_domain.push((sit(&mut place.dice, questions, above), truth));
            }
            let evidence: Vec<Evidence> = of_domain.iter().map(|(evidence, _)| *evidence).collect();
            for (margin, (evidence, truth)) in
                domain_margins(&evidence, &program.assumed).unwrap().iter().zip(&of_domain)
            {
                squares.push((margin.mean - truth).powi(2));
                raw_squares.push((evidence.margin() - truth).powi(2));
                told.push((margin.below(), *truth < 0.0));
            }
        }
    }
    let root = |squares: &[f64]| mean(squares.iter().copied()).sqrt();
    let is_told = |chance: f64| !(0.2..=0.8).contains(&chance);
    let share = mean(told.iter().map(|(chance, _)| f64::from(u8::from(is_told(*chance)))));
    let distance = mean_distance(&told);
    println!(
        "\n{}, domains: RMSE {:.4} (shares alone {:.4}); {:.0} % of lines told; mean distance {distance:.4}",
        exam.id,
        root(&squares),
        root(&raw_squares),
        100.0 * share
    );
    println!("  told/true  {}", table(&told));
    let (rmse, least, most) = DOMAIN_BARS;
    verdict.hold(&format!("{}: RMSE of domains", exam.id), root(&squares), 0.0, rmse);
    verdict.hold(&format!("{}: domain lines told", exam.id), share, least, 1.0);
    verdict.hold(&format!("{}: mean distance of domains", exam.id), distance, 0.0, most);
}
