//! How good told chances are.

/// A told chance and what happened.
pub type Told = (f64, bool);

pub fn brier(told: &[Told]) -> f64 {
    mean(told.iter().map(|(chance, passed)| (chance - f64::from(u8::from(*passed))).powi(2)))
}

pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    sum / f64::max(count, 1.0)
}

/// Ten classes of told chances, of equal width: how many, told on average, true share.
pub fn classes(told: &[Told]) -> Vec<(usize, f64, f64)> {
    let class = |chance: f64| (0..9).find(|class| chance < f64::from(class + 1) / 10.0).unwrap_or(9);
    (0..10)
        .map(|wanted| {
            let inside: Vec<&Told> = told.iter().filter(|(chance, _)| class(*chance) == wanted).collect();
            let passed = mean(inside.iter().map(|(_, passed)| f64::from(u8::from(*passed))));
            (inside.len(), mean(inside.iter().map(|(chance, _)| *chance)), passed)
        })
        .collect()
}

/// The largest distance of told and true among the classes that hold at least a thousandth of all.
pub fn worst(told: &[Told]) -> f64 {
    let counted = classes(told).into_iter().filter(|(count, _, _)| count * 1000 >= told.len());
    counted.map(|(_, told, passed)| (told - passed).abs()).fold(0.0, f64::max)
}

/// The mean distance of told and true over the classes.
pub fn mean_distance(told: &[Told]) -> f64 {
    let weight = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
    let classes = classes(told);
    let all: f64 = classes.iter().map(|(count, _, _)| weight(*count)).sum();
    classes.iter().map(|(count, told, passed)| weight(*count) / all * (told - passed).abs()).sum()
}

/// The logistic curve a + b x that fits the outcomes best (Newton's method).
pub fn logistic(points: &[(f64, bool)]) -> impl Fn(f64) -> f64 + use<> {
    let (mut a, mut b) = (0.0, 1.0);
    for _ in 0..30 {
        let mut sums = [0.0; 5];
        for (x, passed) in points {
            let chance = 1.0 / (1.0 + f64::exp(-(a + b * x)));
            let (weight, rest) = (chance * (1.0 - chance), f64::from(u8::from(*passed)) - chance);
            for (sum, value) in sums.iter_mut().zip([weight, weight * x, weight * x * x, rest, rest * x]) {
                *sum += value;
            }
        }
        let [w, wx, wxx, r, rx] = sums;
        let determinant = w * wxx - wx * wx;
        if determinant.abs() < 1e-9 {
            break;
        }
        a += (wxx * r - wx * rx) / determinant;
        b += (w * rx - wx * r) / determinant;
    }
    move |x| 1.0 / (1.0 + (-(a + b * x)).exp())
}
