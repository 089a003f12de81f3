//! Evaluates calculations as people write them.
//!
//! The calculator on the exam screen and the check that recomputes the keys of a bank both use it, so that an author
//! and a candidate who write the same calculation get the same result.
//!
//! A recursive descent parser evaluates as it reads. In order of precedence, highest first: `%` after a number
//! (hundredths); `^`, right-associative; signs; `*` and `/`; `+` and `-`. So `-2 ^ 2` is -4 and `2 ^ 3 ^ 2` is 512, as
//! in mathematics. Length and nesting depth are limited, so that no text can make the program hang or overflow its
//! stack.

use thiserror::Error;

/// The length limit of a calculation, in characters.
pub const MAX_LENGTH: usize = 1000;
/// The nesting limit of brackets and powers.
const MAX_DEPTH: usize = 64;

/// A count as a floating-point number; [`f64::MAX`] if it is beyond the range of [`u32`].
#[must_use]
pub fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Why a calculation has no result. The text is a sentence without its full stop, for authors and candidates.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// It is longer than [`MAX_LENGTH`].
    #[error("it is longer than {MAX_LENGTH} characters")]
    TooLong,
    /// Brackets and powers are nested too deeply.
    #[error("its brackets and powers are nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// A character that is neither a digit nor an operator.
    #[error("{0} is not recognized; use digits and + - * / ^ ( ) %")]
    UnknownCharacter(char),
    /// A name that has no value.
    #[error("{0} is not recognized; use digits and + - * / ^ ( ) %")]
    UnknownName(String),
    /// Digits, points and commas that make no number.
    #[error("{0} is not a number")]
    BadNumber(String),
    /// A comma in place of a decimal point, with the number as it should be written.
    #[error("a comma groups thousands, as in 1,250; write {0}")]
    DecimalComma(String),
    /// An operand is missing, or there is nothing at all.
    #[error("this calculation is not complete; for example 12 / 480 * 100")]
    Incomplete,
    /// An operator is missing between two operands.
    #[error("a sign is missing between two numbers, for example *")]
    MissingOperator,
    /// A bracket is not closed.
    #[error("a bracket is not closed")]
    Unclosed,
    /// A bracket is closed that was not opened.
    #[error("a bracket is closed that was not opened")]
    Unopened,
    /// A percentage is added to a plain number. Calculators disagree about what that means.
    #[error("say of what the % is, for example 480 + 480 * 12 %")]
    AmbiguousPercent,
    /// A division by zero.
    #[error("there is no result: a division by zero")]
    DivisionByZero,
    /// A fractional power of a negative number.
    #[error("there is no result: a root of a negative number")]
    NotReal,
    /// The result is beyond the range of [`f64`].
    #[error("there is no result: the number is too large")]
    TooLarge,
}

/// Evaluates a calculation. `value` gives the values of the names in it; for the exam's calculator there are none.
///
/// # Errors
///
/// An [`Error`](enum@Error) if the text cannot be read as a calculation, or the calculation has no result.
///
/// # Examples
///
/// ```
/// use examroom_core::arithmetic::{Error, evaluate};
///
/// assert_eq!(evaluate("1,250 × 2 ÷ 50", |_| None), Ok(50.0));
/// assert_eq!(evaluate("100 * deaths / 400", |name| (name == "deaths").then_some(12.0)), Ok(3.0));
/// assert_eq!(evaluate("1 / 0", |_| None), Err(Error::DivisionByZero));
/// ```
pub fn evaluate(text: &str, value: impl FnMut(&str) -> Option<f64>) -> Result<f64, Error> {
    if text.chars().count() > MAX_LENGTH {
        return Err(Error::TooLong);
    }
    let tokens = tokens(text, value)?;
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let result = parser.sum()?.number;
    match parser.tokens {
        [] => finite(result),
        [Token::Operator(')'), ..] => Err(Error::Unopened),
        _ => Err(Error::MissingOperator),
    }
}

/// The number, if it is finite; -0 becomes 0.
fn finite(number: f64) -> Result<f64, Error> {
    if number.is_nan() {
        Err(Error::NotReal)
    } else if number.is_infinite() {
        Err(Error::TooLarge)
    } else {
        Ok(number + 0.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Number(f64),
    /// One of `+ - * / ^ ( ) %`.
    Operator(char),
}

fn tokens(text: &str, mut value: impl FnMut(&str) -> Option<f64>) -> Result<Vec<Token>, Error> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let length = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let used = match c {
            '0'..='9' | '.' | ',' => {
                let length = length(|c| c.is_ascii_digit() || c == '.' || c == ',');
                tokens.push(Token::Number(number(&rest[..length])?));
                length
            }
            c if c.is_alphabetic() || c == '_' => {
                let length = length(|c| c.is_alphabetic() || c.is_ascii_digit() || c == '_');
                let name = &rest[..length];
                tokens.push(Token::Number(value(name).ok_or_else(|| Error::UnknownName(name.to_owned()))?));
                length
            }
            '*' if rest.starts_with("**") => {
                tokens.push(Token::Operator('^'));
                2
            }
            c => {
                tokens.extend(operators(c).ok_or(Error::UnknownCharacter(c))?);
                c.len_utf8()
            }
        };
        rest = rest[used..].trim_start();
    }
    Ok(tokens)
}

/// The tokens for a character: an operator in any of the ways that people and word processors write it.
fn operators(c: char) -> Option<Vec<Token>> {
    let operator = match c {
        '+' | '-' | '*' | '/' | '^' | '(' | ')' | '%' => c,
        '×' | '·' | '⋅' | '∙' | '•' | '∗' => '*',
        '÷' | ':' | '∕' | '⁄' => '/',
        '−' | '–' => '-',
        '[' => '(',
        ']' => ')',
        '²' => return Some(vec![Token::Operator('^'), Token::Number(2.0)]),
        '³' => return Some(vec![Token::Operator('^'), Token::Number(3.0)]),
        _ => return None,
    };
    Some(vec![Token::Operator(operator)])
}

/// Parses a number: digits with at most one decimal point, and commas only between groups of three digits.
fn number(typed: &str) -> Result<f64, Error> {
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    if typed.contains(',') && (fraction.contains(',') || !is_grouped(whole)) {
        return Err(match typed.split_once(',') {
            // A single comma is probably a decimal comma, as many countries write it.
            Some((before, after)) if !after.contains([',', '.']) && !before.contains('.') && !after.is_empty() => {
                Error::DecimalComma(format!("{}.{after}", if before.is_empty() { "0" } else { before }))
            }
            _ => Error::BadNumber(typed.to_owned()),
        });
    }
    typed.replace(',', "").parse().map_err(|_| Error::BadNumber(typed.to_owned()))
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

/// A value, and whether it is a percentage.
#[derive(Clone, Copy)]
struct Value {
    number: f64,
    is_percent: bool,
}

/// A recursive descent parser: one method for each level of precedence.
struct Parser<'t> {
    tokens: &'t [Token],
    depth: usize,
}

impl Parser<'_> {
    /// Consumes the next token if it is one of these operators, and returns it.
    fn accept(&mut self, wanted: &[char]) -> Option<char> {
        match self.tokens {
            [Token::Operator(operator), rest @ ..] if wanted.contains(operator) => {
                self.tokens = rest;
                Some(*operator)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Value, Error> {
        let mut sum = self.product()?;
        while let Some(sign) = self.accept(&['+', '-']) {
            let next = self.product()?;
            // Some calculators read 480 + 12 % as 480 plus 12 % of 480, others as 480 plus 0.12.
            if next.is_percent && !sum.is_percent {
                return Err(Error::AmbiguousPercent);
            }
            let number = if sign == '+' { sum.number + next.number } else { sum.number - next.number };
            sum = Value { number, is_percent: sum.is_percent && next.is_percent };
        }
        Ok(sum)
    }

    fn product(&mut self) -> Result<Value, Error> {
        let mut product = self.signed()?;
        while let Some(operator) = self.accept(&['*', '/']) {
            let next = self.signed()?.number;
            if operator == '/' && next == 0.0 {
                return Err(Error::DivisionByZero);
            }
            let number = if operator == '*' { product.number * next } else { product.number / next };
            product = Value { number, is_percent: false };
        }
        Ok(product)
    }

    fn signed(&mut self) -> Result<Value, Error> {
        let mut negative = false;
        while let Some(sign) = self.accept(&['+', '-']) {
            negative ^= sign == '-';
        }
        let value = self.power()?;
        Ok(if negative { Value { number: -value.number, ..value } } else { value })
    }

    fn power(&mut self) -> Result<Value, Error> {
        let base = self.percentage()?;
        if self.accept(&['^']).is_none() {
            return Ok(base);
        }
        let exponent = self.nested(Self::signed)?.number;
        if base.number == 0.0 && exponent < 0.0 {
            return Err(Error::DivisionByZero);
        }
        Ok(Value { number: finite(base.number.powf(exponent))?, is_percent: false })
    }

    fn percentage(&mut self) -> Result<Value, Error> {
        let mut value = self.operand()?;
        while self.accept(&['%']).is_some() {
            value = Value { number: value.number / 100.0, is_percent: true };
        }
        Ok(value)
    }

    fn operand(&mut self) -> Result<Value, Error> {
        if let [Token::Number(number), rest @ ..] = self.tokens {
            self.tokens = rest;
            return Ok(Value { number: *number, is_percent: false });
        }
        if self.accept(&['(']).is_none() {
            return Err(Error::Incomplete);
        }
        let inside = self.nested(Self::sum)?;
        match (self.accept(&[')']), self.tokens) {
            (Some(_), _) => Ok(inside),
            (None, []) => Err(Error::Unclosed),
            (None, _) => Err(Error::MissingOperator),
        }
    }

    /// Parses one level deeper, up to the limit.
    fn nested(&mut self, parse: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == MAX_DEPTH {
            return Err(Error::TooDeep);
        }
        self.depth += 1;
        let value = parse(self);
        self.depth -= 1;
        value
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Result<f64, Error> {
        evaluate(text, |_| None)
    }

    #[test]
    fn operators_have_the_precedence_of_mathematics() {
        for (text, result) in [
            ("1 + 2 * 3", 7.0),
            ("(1 + 2) * 3", 9.0),
            ("8 / 4 / 2", 1.0),
            ("10 - 3 - 2", 5.0),
            ("2 ^ 3 ^ 2", 512.0),
            ("-2 ^ 2", -4.0),
            ("(-2) ^ 2", 4.0),
            ("2 ^ -1", 0.5),
            ("2 * -3", -6.0),
            ("3 - -2", 5.0),
            ("0 * -1", 0.0),
            ("[1 + 1] * (2)", 4.0),
        ] {
            assert_eq!(plain(text), Ok(result), "{text}");
        }
        assert!(plain("0 * -1").is_ok_and(f64::is_sign_positive));
    }

    #[test]
    fn operators_may_be_written_in_many_ways() {
        assert_eq!(plain("6 × 2 ÷ 3 − 1"), Ok(3.0));
        assert_eq!(plain("6·2:3–1"), Ok(3.0));
        assert_eq!(plain("3² + 2³ + 2 ** 2"), Ok(21.0));
    }

    #[test]
    fn commas_group_thousands_and_nothing_else() {
        assert_eq!(plain("1,250 + 12,345.5 + 1,000,000"), Ok(1_013_595.5));
        assert_eq!((plain(".5"), plain("5.")), (Ok(0.5), Ok(5.0)));
        for (text, meant) in
            [("3,5", "3.5"), ("0,7 * 100", "0.7"), ("1,25", "1.25"), ("1,2345", "1.2345"), (",5", "0.5")]
        {
            assert_eq!(plain(text), Err(Error::DecimalComma(meant.to_owned())), "{text}");
        }
        for text in ["0,700", "1234,567", "1,2,345", "1.234,5", "1,234,5", "1,", "1..2", "1.2.3", ".", ","] {
            assert!(
                matches!(plain(text), Err(Error::DecimalComma(_) | Error::BadNumber(_))),
                "{text}: {:?}",
                plain(text)
            );
        }
    }

    #[test]
    fn percent_means_hundredths_and_must_be_of_something() {
        for (text, result) in
            [("12%", 0.12), ("480 * 12 %", 57.6), ("70 % + 5 %", 0.75), ("57.6 / 12 %", 480.0), ("-(50 %)", -0.5)]
        {
            assert!(plain(text).is_ok_and(|number| (number - result).abs() < 1e-9), "{text}: {:?}", plain(text));
        }
        assert_eq!(plain("480 + 12 %"), Err(Error::AmbiguousPercent));
        assert_eq!(plain("480 - (12 %)"), Err(Error::AmbiguousPercent));
        assert_eq!(plain("7 % 3"), Err(Error::MissingOperator));
    }

    #[test]
    fn a_calculation_without_a_result_gives_the_reason() {
        for (text, error) in [
            ("", Error::Incomplete),
            ("2 +", Error::Incomplete),
            ("()", Error::Incomplete),
            ("* 2", Error::Incomplete),
            ("3 4", Error::MissingOperator),
            ("2 (3)", Error::MissingOperator),
            ("(3 4)", Error::MissingOperator),
            ("((1)", Error::Unclosed),
            ("(1))", Error::Unopened),
            ("1 / 0", Error::DivisionByZero),
            ("0 / (1 - 1)", Error::DivisionByZero),
            ("0 ^ -1", Error::DivisionByZero),
            ("(0 - 8) ^ 0.5", Error::NotReal),
            ("9 ^ 9 ^ 9", Error::TooLarge),
            ("9 & 9", Error::UnknownCharacter('&')),
            ("sin(3)", Error::UnknownName("sin".to_owned())),
        ] {
            assert_eq!(plain(text), Err(error), "{text}");
        }
    }

    #[test]
    fn length_and_depth_are_bounded() {
        assert_eq!(plain(&"1+".repeat(100_000)), Err(Error::TooLong));
        for deep in [format!("{}1{}", "(".repeat(400), ")".repeat(400)), format!("{}1", "1^".repeat(499))] {
            assert_eq!(plain(&deep), Err(Error::TooDeep));
        }
        assert_eq!(plain(&format!("{}1", "-".repeat(900))), Ok(1.0));
        assert_eq!(plain(&format!("{}1{}", "(".repeat(64), ")".repeat(64))), Ok(1.0));
    }

    #[test]
    fn names_stand_for_the_values_given() {
        let values = |name: &str| [("deaths", 12.0), ("e", 50.0), ("p_1", 2.0)].into_iter().find(|(n, _)| *n == name);
        assert_eq!(evaluate("100 * deaths / (e + p_1)", |name| values(name).map(|(_, v)| v)), Ok(1200.0 / 52.0));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-0-9.,+*/^()% ²×a-c]{0,60}|\\PC{0,20}") {
            let _ = evaluate(&text, |name| (name == "a").then_some(2.0));
        }

        #[test]
        fn a_sum_of_products_is_what_the_machine_says(
            terms in prop::collection::vec((0_u32..1000, 1_u32..100, prop::bool::ANY), 1..20),
        ) {
            let mut text = "0".to_owned();
            let mut wanted = 0.0;
            for (a, b, plus) in terms {
                text = format!("{text} {} {a} * {b} / 4", if plus { '+' } else { '-' });
                let term = f64::from(a) * f64::from(b) / 4.0;
                wanted += if plus { term } else { -term };
            }
            prop_assert_eq!(plain(&text), Ok(wanted));
        }
    }
}
