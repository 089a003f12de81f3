//! Worlds: questions with true difficulties, and candidates who answer them.

use examroom_core::statistics::RatedAnswer;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng};

use crate::assumptions::{
    CANDIDATES, Exam, RATER_INDEPENDENCE, RATERS, RATING_SPREAD, RATINGS, SLOPE, SLOPE_SPREAD, World,
};

/// A question: its rating, and how a candidate answers it.
#[derive(Clone, Copy)]
pub struct Question {
    pub rating: f64,
    /// The log-odds of a borderline candidate.
    logit: f64,
    slope: f64,
}

impl Question {
    /// The chance that a candidate answers right whose ability is so much above the borderline.
    pub fn chance(&self, above: f64) -> f64 {
        1.0 / (1.0 + (-(self.logit + self.slope * above)).exp())
    }

    /// What the program learns from an answer to it.
    pub fn answered(&self, is_right: bool) -> RatedAnswer {
        RatedAnswer { rating: self.rating, raters: RATERS, is_right }
    }
}

pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub fn uniform(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    pub fn happens(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    /// A form whose ratings add up to the exam's cut. `bias` is the error that its ratings share, and `rating_error` the
    /// standard deviation of what a single rater is off besides.
    pub fn form(&mut self, exam: &Exam, rating_error: f64, bias: f64) -> Vec<Question> {
        let count = u32::try_from(exam.questions).map_or(1.0, f64::from);
        let mean_error = rating_error * (1.0 - RATER_INDEPENDENCE * (1.0 - 1.0 / f64::from(RATERS))).sqrt();
        let mut ratings: Vec<f64> = (0..exam.questions)
            .map(|_| (exam.cut / count + RATING_SPREAD * self.normal()).clamp(RATINGS.0, RATINGS.1))
            .collect();
        let off = (exam.cut - ratings.iter().sum::<f64>()) / count;
        for rating in &mut ratings {
            *rating += off;
        }
        ratings
            .into_iter()
            .map(|rating| {
                let truth = (rating + bias + mean_error * self.normal()).clamp(0.05, 0.98);
                Question {
                    rating,
                    logit: (truth / (1.0 - truth)).ln(),
                    slope: SLOPE * (SLOPE_SPREAD * self.normal()).exp(),
                }
            })
            .collect()
    }

    /// How many questions a candidate answers right.
    pub fn right(&mut self, form: &[Question], above: f64) -> u32 {
        form.iter().map(|question| u32::from(self.happens(question.chance(above)))).sum()
    }
}

/// The true raw cut of a form: what a borderline candidate is expected to get right.
pub fn true_cut(form: &[Question]) -> f64 {
    form.iter().map(|question| question.chance(0.0)).sum()
}

/// One world and its candidates.
pub struct Place {
    /// How far the ability of the mean candidate is above the borderline.
    pub mean: f64,
    /// The error that all ratings of the world share.
    pub bias: f64,
    pub real: Vec<Question>,
    pub dice: Dice,
}

impl Place {
    pub fn new(exam: &Exam, world: &World, pass_rate: f64, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let bias = world.shared_error * dice.normal();
        let real = dice.form(exam, world.rating_error, 0.0);
        let mean = mean_ability(&real, pass_rate);
        Self { mean, bias, real, dice }
    }

    /// The abilities above the borderline that the mock and the real exam measure, of each candidate.
    pub fn candidates(&mut self, likeness: f64) -> Vec<(f64, f64)> {
        (0..CANDIDATES)
            .map(|_| {
                let ability = self.dice.normal();
                let real = likeness * ability + (1.0 - likeness.powi(2)).sqrt() * self.dice.normal();
                (self.mean + ability, self.mean + real)
            })
            .collect()
    }
}

/// The mean ability above the borderline of candidates of whom `pass_rate` pass a form.
fn mean_ability(form: &[Question], pass_rate: f64) -> f64 {
    let cut = true_cut(form);
    let curve_at = |above: f64| {
        let (mean, variance) = form.iter().fold((0.0, 0.0), |(mean, variance), question| {
            let chance = question.chance(above);
            (mean + chance, variance + chance * (1.0 - chance))
        });
        normal_cdf((mean - cut) / f64::sqrt(variance))
    };
    let curve: Vec<f64> = (-60..=60).map(|step| curve_at(0.1 * f64::from(step))).collect();
    let rate = |mean: f64| {
        let weight = |step: i32| (-0.5 * (0.1 * f64::from(step) - mean).powi(2)).exp();
        let steps = (-60..=60).zip(&curve);
        let (passed, all) =
            steps.fold((0.0, 0.0), |(p, a), (step, curve_at)| (p + weight(step) * curve_at, a + weight(step)));
        passed / all
    };
    let (mut low, mut high) = (-4.0, 4.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if rate(middle) < pass_rate { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// The standard normal distribution function, by Abramowitz and Stegun 26.2.17; it is off by less than 1e-7. It is not
/// the program's, so that a fault in that one shows.
fn normal_cdf(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let factors = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    let polynomial = factors.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    let tail = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt() * polynomial;
    if z < 0.0 { tail } else { 1.0 - tail }
}
