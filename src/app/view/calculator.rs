//! The calculator that the test center's screen offers.

use super::sentence;
use examroom_core::arithmetic::evaluate;

/// How signs are understood, for help.
pub const SIGNS: &str = "1,250 is 1250; 12 % is 0.12, and 12 % of 480 is 57.6; 2 ^ 3 is 8";

/// Evaluates what a candidate typed; the answer, or why there is none.
///
/// # Errors
/// A sentence for the candidate.
pub fn calculate(typed: &str) -> Result<String, String> {
    let typed = typed.trim().trim_end_matches('=');
    if typed.is_empty() {
        return Err("Type a calculation, for example 12 / 480 * 100.".to_owned());
    }
    // Only here, where nothing has a name, are an x and the word for it signs.
    let signs = typed.to_lowercase().replace('x', "*").replace("of", "*");
    evaluate(&signs, |_| None).map(shown).map_err(|error| sentence(&error.to_string()))
}

/// Ten significant digits without trailing zeros, in a form that can be calculated with again.
fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.9e}").parse().unwrap_or(number);
    if rounded == 0.0 || (1e-9..1e15).contains(&rounded.abs()) {
        return rounded.to_string();
    }
    format!("{rounded:e}").replace('e', " * 10^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_worked_out_as_typed() {
        for (typed, result) in [
            ("12 / 480 * 100", "2.5"),
            ("1,250 × 2", "2500"),
            ("1250x2=", "2500"),
            ("0.1 + 0.2", "0.3"),
            ("(2 + 3) ^ 2", "25"),
            ("480 * 12 %", "57.6"),
            ("12% of 480", "57.6"),
            ("70 %", "0.7"),
            ("10^20", "1 * 10^20"),
            ("1 / 3 / 10^12", "3.333333333 * 10^-13"),
        ] {
            assert_eq!(calculate(typed).as_deref(), Ok(result), "{typed}");
        }
    }

    #[test]
    fn a_result_can_be_calculated_with() {
        for typed in ["10^20", "1/3", "-1/7/10^11", "0"] {
            let result = calculate(typed).unwrap();
            assert_eq!(calculate(&result).as_deref(), Ok(result.as_str()), "{typed}");
        }
    }

    #[test]
    fn nonsense_is_answered_with_a_sentence() {
        for typed in ["", "=", "1 / 0", "2 +", "sin(3)", "((", ".", "1..2", "3 4 +", "3,5 * 2", "0,7 * 100"] {
            assert!(calculate(typed).is_err(), "{typed}");
        }
        assert_eq!(calculate("3,5 * 2").unwrap_err(), "A comma groups thousands, as in 1,250; write 3.5.");
    }
}
