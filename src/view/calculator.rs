//! The calculator that the test centre's screen offers.

use exmex::Express;

/// Evaluates what a candidate typed; the answer, or why there is none.
///
/// # Errors
/// A sentence for the candidate.
pub fn calculate(typed: &str) -> Result<String, String> {
    let cleaned = typed.replace([',', ' '], "").replace(['×', 'x'], "*").replace('÷', "/").replace('−', "-");
    if cleaned.is_empty() {
        return Err("type a calculation, for example 12 / 480 * 100".to_owned());
    }
    if let Some(strange) = cleaned.chars().find(|c| !c.is_ascii_digit() && !"+-*/^().".contains(*c)) {
        return Err(format!("{strange} means nothing here; use digits and + - * / ^ ( )"));
    }
    let result = exmex::parse::<f64>(&cleaned)
        .and_then(|formula| formula.eval(&[]))
        .map_err(|_| "this calculation is not complete; for example 12 / 480 * 100".to_owned())?;
    if result.is_finite() { Ok(shown(result)) } else { Err("there is no result: a division by zero".to_owned()) }
}

/// Ten significant digits without trailing zeros.
fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.9e}").parse().unwrap_or(number);
    format!("{rounded}")
}

#[cfg(test)]
mod tests {
    use super::calculate;

    #[test]
    fn sums_are_worked_out_as_typed() {
        assert_eq!(calculate("12 / 480 * 100").as_deref(), Ok("2.5"));
        assert_eq!(calculate("1,250 × 2").as_deref(), Ok("2500"));
        assert_eq!(calculate("0.1 + 0.2").as_deref(), Ok("0.3"));
        assert_eq!(calculate("(2 + 3) ^ 2").as_deref(), Ok("25"));
    }

    #[test]
    fn nonsense_is_answered_with_a_sentence() {
        for typed in ["", "1 / 0", "2 +", "sin(3)", "((", ".", "1..2", "3 4 +"] {
            assert!(calculate(typed).is_err(), "{typed}");
        }
    }
}
