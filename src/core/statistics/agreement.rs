//! How far the raters of a bank agree: what their differences say about the cut, and what they cannot say.

/// The ratings of the questions that the same number of raters judged, taken apart.
///
/// The variances are those of a design in which every rater judges every question (Brennan and Lockwood 1980): of the
/// questions, of the raters (who are stern or kind), and what is left. Raters who share an error agree all the same, and no
/// figure here tells of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The questions.
    pub questions: u32,
    /// The raters of each, at least 2.
    pub raters: u32,
    between_questions: f64,
    between_raters: f64,
    residual: f64,
}

impl Agreement {
    /// Takes the ratings apart: a row a question, with its raters always in the same order.
    ///
    /// Of rows of different lengths, the most frequent length of 2 or more counts. `None` without two such questions.
    #[must_use]
    pub fn of<'r>(rows: impl Iterator<Item = &'r [f64]> + Clone) -> Option<Self> {
        let several = rows.filter(|row| row.len() > 1);
        let times = |length: usize| several.clone().filter(|row| row.len() == length).count();
        let raters = several.clone().map(<[f64]>::len).max_by_key(|length| times(*length))?;
        let rows: Vec<&[f64]> = several.filter(|row| row.len() == raters).collect();
        let questions = u32::try_from(rows.len()).ok().filter(|questions| *questions > 1)?;
        let raters = u32::try_from(raters).ok()?;
        let (n, k) = (f64::from(questions), f64::from(raters));

        let grand = rows.iter().flat_map(|row| row.iter()).sum::<f64>() / (n * k);
        let square = |mean: f64| (mean - grand).powi(2);
        let of_questions: f64 = rows.iter().map(|row| square(row.iter().sum::<f64>() / k)).sum::<f64>() * k;
        let of_rater = |rater: usize| rows.iter().filter_map(|row| row.get(rater)).sum::<f64>() / n;
        let of_raters: f64 = (0..rows[0].len()).map(|rater| square(of_rater(rater))).sum::<f64>() * n;
        let of_all: f64 = rows.iter().flat_map(|row| row.iter()).map(|rating| square(*rating)).sum();

        let residual = (of_all - of_questions - of_raters).max(0.0) / ((n - 1.0) * (k - 1.0));
        Some(Self {
            questions,
            raters,
            between_questions: (of_questions / (n - 1.0) - residual).max(0.0) / k,
            between_raters: (of_raters / (k - 1.0) - residual).max(0.0) / n,
            residual,
        })
    }

    /// The intraclass correlation of a single rating, 0 to 1: what part of its variance is the question's (Shrout and
    /// Fleiss 1979, case 2). `None` where all ratings are one.
    #[must_use]
    pub fn correlation(&self) -> Option<f64> {
        let all = self.between_questions + self.between_raters + self.residual;
        (all > 0.0).then(|| self.between_questions / all)
    }

    /// The standard deviation of one question's ratings.
    #[must_use]
    pub fn spread(&self) -> f64 {
        (self.between_raters + self.residual).sqrt()
    }

    /// The standard error of a cut of this many questions, in questions, had other raters of the same kind judged them.
    #[must_use]
    pub fn cut_error(&self, questions: u32) -> f64 {
        let (count, k) = (f64::from(questions), f64::from(self.raters));
        (self.between_raters * count * count / k + self.residual * count / k).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that Shrout and Fleiss work out: six targets, four judges.
    const EXAMPLE: [[f64; 4]; 6] = [
        [9.0, 2.0, 5.0, 8.0],
        [6.0, 1.0, 3.0, 2.0],
        [8.0, 4.0, 6.0, 8.0],
        [7.0, 1.0, 2.0, 6.0],
        [10.0, 5.0, 6.0, 9.0],
        [6.0, 2.0, 4.0, 7.0],
    ];

    fn of(rows: &[&[f64]]) -> Option<Agreement> {
        Agreement::of(rows.iter().copied())
    }

    #[test]
    fn the_correlation_is_the_published_one() {
        let example: Vec<&[f64]> = EXAMPLE.iter().map(<[f64; 4]>::as_slice).collect();
        let agreement = of(&example).unwrap();
        assert_eq!((agreement.questions, agreement.raters), (6, 4));
        assert!((agreement.correlation().unwrap() - 0.29).abs() < 0.005, "{agreement:?}");
        // Their mean squares: 11.24 between targets, 32.49 between judges, 1.02 left.
        assert!((agreement.residual - 1.02).abs() < 0.005, "{agreement:?}");
        assert!((agreement.between_raters - (32.49 - 1.02) / 6.0).abs() < 0.01, "{agreement:?}");
        assert!((agreement.between_questions - (11.24 - 1.02) / 4.0).abs() < 0.01, "{agreement:?}");
    }

    #[test]
    fn what_a_rater_does_everywhere_grows_with_the_form_and_the_rest_with_its_root() {
        let stern = of(&[&[0.5, 0.7], &[0.6, 0.8], &[0.7, 0.9]]).unwrap();
        assert!((stern.cut_error(100) - 100.0 * (0.02_f64 / 2.0).sqrt()).abs() < 1e-9, "{stern:?}");
        let chance = of(&[&[0.5, 0.7], &[0.7, 0.5]]).unwrap();
        assert!((chance.cut_error(400) - 2.0 * chance.cut_error(100)).abs() < 1e-9, "{chance:?}");
    }

    #[test]
    fn questions_of_one_rater_say_nothing() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[&[0.5], &[0.6]]), None);
        assert_eq!(of(&[&[0.5, 0.6]]), None);
        let mixed = of(&[&[0.5], &[0.5, 0.6], &[0.7, 0.8], &[0.5, 0.6, 0.7]]).unwrap();
        assert_eq!((mixed.questions, mixed.raters), (2, 2));
        assert_eq!(of(&[&[0.5, 0.5], &[0.5, 0.5]]).unwrap().correlation(), None);
    }
}
