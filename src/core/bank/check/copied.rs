//! Ratings that several raters gave a question are no copy of those of the question before it (advice).

use super::Checker;
use super::chance::Count;
use crate::arithmetic::as_f64;
use crate::bank::links::Rated;
use crate::bank::question::Question;
use crate::diagnostics::{Code, Diagnostic, Span, codes};

codes! {
    Warning COPIED_RATINGS "copied-ratings"
}

/// What happens by chance less often than this in one file is told.
const UNLIKELY: f64 = 0.01;
/// How often honest raters give two neighbors the same figures: three raters of the shipped questions who saw each other's
/// figures before their second round did so in 3 of 1,204 pairs (0.0025). Raters who judge apart do so less often.
const BY_CHANCE: f64 = 0.003;
/// The same where all figures are multiples of a twentieth: they meet more often.
const BY_CHANCE_IF_COARSE: f64 = 0.015;
/// With two raters in place of three or more, so much more often.
const FOR_TWO: f64 = 4.0;

/// The ratings of a question, where several raters judged.
pub(in crate::bank) fn rated(question: &Question<'_>) -> Option<Rated> {
    let [first, .., last] = question.ratings.as_slice() else { return None };
    Some(Rated {
        name: question.name.clone(),
        figures: question.ratings.iter().map(|rating| rating.value).collect(),
        span: Span { end: last.span.end, ..first.span },
    })
}

/// `rated` is in the order of the files.
pub(super) fn check(rated: &[Rated], checker: &mut Checker<'_>) {
    for file in rated.chunk_by(|one, next| one.span.file == next.span.file) {
        let copies: Vec<&[Rated]> =
            file.chunk_by(|one, next| one.figures == next.figures).filter(|run| run.len() > 1).collect();
        if exceeds_chance(file, &copies) {
            checker.report_all(copies.iter().filter_map(|run| copy(run)));
        }
    }
}

/// Whether so many neighbors with the same figures, or so long a row of them, are no chance.
fn exceeds_chance(file: &[Rated], copies: &[&[Rated]]) -> bool {
    let Some(longest) = copies.iter().map(|run| run.len() - 1).max() else { return false };
    let is_coarse = |figure: &f64| ((figure * 20.0).round() - figure * 20.0).abs() < 1e-6;
    let coarse = file.iter().flat_map(|rated| &rated.figures).all(is_coarse);
    let few = if file.iter().any(|rated| rated.figures.len() < 3) { FOR_TWO } else { 1.0 };
    let chance = few * if coarse { BY_CHANCE_IF_COARSE } else { BY_CHANCE };
    let pairs = file.len() - 1;
    let hits = copies.iter().map(|run| run.len() - 1).sum();
    let row = as_f64(pairs + 1 - longest) * chance.powf(as_f64(longest));
    Count { questions: pairs, hits, expected: chance * as_f64(pairs) }.at_least().min(row) < UNLIKELY
}

/// Questions in a row with the same figures.
fn copy(run: &[Rated]) -> Option<Diagnostic> {
    let [first, second, ..] = run else { return None };
    let figures: Vec<String> = first.figures.iter().map(ToString::to_string).collect();
    let figures = figures.join(", ");
    let message = match run.len() {
        2 => format!("{} and {} have the same ratings: {figures}", first.name, second.name),
        count => format!("{count} questions in a row, from {} on, have the same ratings: {figures}", first.name),
    };
    let help = "rate each question by itself, or keep one figure of which it is known who gave it";
    Some(
        Diagnostic::new(Code::COPIED_RATINGS, message)
            .at(second.span)
            .related(first.span, "the same before")
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;

    fn is_told(figures: &[&[f64]]) -> bool {
        let file = Sources::default().add("x.toml", "");
        let span = Span::new(file, 0..1);
        let rated = |figures: &&[f64]| Rated { name: "x".to_owned(), figures: figures.to_vec(), span };
        let file: Vec<Rated> = figures.iter().map(rated).collect();
        let copies: Vec<&[Rated]> =
            file.chunk_by(|one, next| one.figures == next.figures).filter(|run| run.len() > 1).collect();
        exceeds_chance(&file, &copies)
    }

    #[test]
    fn as_many_copies_as_raters_make_who_settle_together_are_not_told() {
        let other = |at: usize| [as_f64(at) * 0.0007, 0.5, 0.6];
        let mut honest: Vec<[f64; 3]> = (0..1205).map(other).collect();
        for at in [100, 500, 900] {
            honest[at + 1] = honest[at];
        }
        let mut copied = honest.clone();
        for at in [200, 300, 400, 600, 700, 800, 1000] {
            copied[at + 1] = copied[at];
        }
        let is_told = |rated: &[[f64; 3]]| is_told(&rated.iter().map(<[f64; 3]>::as_slice).collect::<Vec<_>>());
        assert!(!is_told(&honest));
        assert!(is_told(&copied), "three times as many are");
    }

    #[test]
    fn copies_are_told_where_chance_does_not_make_them() {
        let other = |at: usize| [0.5 + as_f64(at) * 0.02, 0.52 + as_f64(at) * 0.02, 0.5];
        let honest: Vec<[f64; 3]> = (0..20).map(other).collect();
        let mut rated: Vec<&[f64]> = honest.iter().map(<[f64; 3]>::as_slice).collect();
        assert!(!is_told(&rated));
        rated[5] = rated[4];
        assert!(!is_told(&rated), "one pair in a long file may be chance");
        assert!(is_told(&rated[3..7]), "in a file of four it is none");
        assert!(!is_told(&rated[2..7]), "in one of five it may be");
        rated[11] = rated[10];
        assert!(is_told(&rated), "nor are two");
        let coarse: [&[f64]; 5] = [&[0.6, 0.7], &[0.6, 0.7], &[0.8, 0.7], &[0.5, 0.7], &[0.6, 0.65]];
        assert!(!is_told(&coarse), "two raters with round figures meet often");
        assert!(is_told(&[[0.6, 0.7, 0.7].as_slice(); 4]));
    }
}
