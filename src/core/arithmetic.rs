//! Calculations as people write them: the calculator of the exam and the check that computes keys again read alike.
//!
//! Read and worked out in one pass, by precedence: `^` before signs, signs before `*` and `/`, those before `+` and `-`;
//! `^` from right to left, so that `-2 ^ 2` is -4 and `2 ^ 3 ^ 2` is 512, as in mathematics. `%` behind a number means
//! hundredths. Length and depth are bounded, so that no text makes the program wait or its stack run out.

use thiserror::Error;

/// The longest calculation, in characters.
pub const LONGEST: usize = 1000;
/// The most brackets and powers within each other.
const DEEPEST: usize = 64;

/// A count as a number to calculate with; more than can be counted in 32 bits is as good as no bound.
#[must_use]
pub fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    #[error("it is longer than {LONGEST} characters")]
    TooLong,
    #[error("its brackets and powers are nested more than {DEEPEST} deep")]
    TooDeep,
    #[error("{0} is not recognized; use digits and + - * / ^ ( ) %")]
    Sign(char),
    /// A name that has no value.
    #[error("{0} is not recognized; use digits and + - * / ^ ( ) %")]
    Name(String),
    #[error("{0} is not a number")]
    Number(String),
    #[error("a comma groups thousands, as in 1,250; write {0}")]
    Comma(String),
    #[error("this calculation is not complete; for example 12 / 480 * 100")]
    Incomplete,
    #[error("a sign is missing between two numbers, for example *")]
    NoSign,
    #[error("a bracket is not closed")]
    Unclosed,
    #[error("a bracket is closed that was not opened")]
    Unopened,
    #[error("say of what the % is, for example 480 + 480 * 12 %")]
    PercentOfWhat,
    #[error("there is no result: a division by zero")]
    DivisionByZero,
    #[error("there is no result: a root of a negative number")]
    NotReal,
    #[error("there is no result: the number is too large")]
    TooLarge,
}

/// Works a calculation out; `value` knows the names that may stand in it.
///
/// # Errors
/// A sentence without its full stop: what cannot be read, or why there is no result.
pub fn evaluate(text: &str, value: impl FnMut(&str) -> Option<f64>) -> Result<f64, Error> {
    if text.chars().count() > LONGEST {
        return Err(Error::TooLong);
    }
    let tokens = tokens(text, value)?;
    let mut reader = Reader { tokens: &tokens, depth: 0 };
    let result = reader.sum()?.number;
    match reader.tokens {
        [] => finite(result),
        [Token::Sign(')'), ..] => Err(Error::Unopened),
        _ => Err(Error::NoSign),
    }
}

/// Neither beyond all numbers nor none; a zero has no sign.
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
    Sign(char),
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
                tokens.push(Token::Number(value(name).ok_or_else(|| Error::Name(name.to_owned()))?));
                length
            }
            '*' if rest.starts_with("**") => {
                tokens.push(Token::Sign('^'));
                2
            }
            c => {
                tokens.extend(signs(c).ok_or(Error::Sign(c))?);
                c.len_utf8()
            }
        };
        rest = rest[used..].trim_start();
    }
    Ok(tokens)
}

/// What a sign stands for, in the ways that people and word processors write it.
fn signs(c: char) -> Option<Vec<Token>> {
    let sign = match c {
        '+' | '-' | '*' | '/' | '^' | '(' | ')' | '%' => c,
        '×' | '·' | '⋅' | '∙' | '•' | '∗' => '*',
        '÷' | ':' | '∕' | '⁄' => '/',
        '−' | '–' => '-',
        '[' => '(',
        ']' => ')',
        '²' => return Some(vec![Token::Sign('^'), Token::Number(2.0)]),
        '³' => return Some(vec![Token::Sign('^'), Token::Number(3.0)]),
        _ => return None,
    };
    Some(vec![Token::Sign(sign)])
}

/// A number of digits with at most one point; commas stand only between groups of three.
fn number(typed: &str) -> Result<f64, Error> {
    let (whole, fraction) = typed.split_once('.').unwrap_or((typed, ""));
    if typed.contains(',') && (fraction.contains(',') || !is_grouped(whole)) {
        return Err(match typed.split_once(',') {
            // One comma and nothing else: the decimal comma of other countries.
            Some((before, after)) if !after.contains([',', '.']) && !before.contains('.') && !after.is_empty() => {
                Error::Comma(format!("{}.{after}", if before.is_empty() { "0" } else { before }))
            }
            _ => Error::Number(typed.to_owned()),
        });
    }
    typed.replace(',', "").parse().map_err(|_| Error::Number(typed.to_owned()))
}

fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

/// A value, and whether it stands there in percent.
#[derive(Clone, Copy)]
struct Value {
    number: f64,
    percent: bool,
}

struct Reader<'t> {
    tokens: &'t [Token],
    depth: usize,
}

impl Reader<'_> {
    /// The next token, if it is one of these signs.
    fn take(&mut self, wanted: &[char]) -> Option<char> {
        match self.tokens {
            [Token::Sign(sign), rest @ ..] if wanted.contains(sign) => {
                self.tokens = rest;
                Some(*sign)
            }
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Value, Error> {
        let mut sum = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let next = self.product()?;
            // 480 + 12 %: some calculators add 12 % of 480, others 0.12.
            if next.percent && !sum.percent {
                return Err(Error::PercentOfWhat);
            }
            let number = if sign == '+' { sum.number + next.number } else { sum.number - next.number };
            sum = Value { number, percent: sum.percent && next.percent };
        }
        Ok(sum)
    }

    fn product(&mut self) -> Result<Value, Error> {
        let mut product = self.signed()?;
        while let Some(sign) = self.take(&['*', '/']) {
            let next = self.signed()?.number;
            if sign == '/' && next == 0.0 {
                return Err(Error::DivisionByZero);
            }
            let number = if sign == '*' { product.number * next } else { product.number / next };
            product = Value { number, percent: false };
        }
        Ok(product)
    }

    fn signed(&mut self) -> Result<Value, Error> {
        let mut negative = false;
        while let Some(sign) = self.take(&['+', '-']) {
            negative ^= sign == '-';
        }
        let value = self.power()?;
        Ok(if negative { Value { number: -value.number, ..value } } else { value })
    }

    fn power(&mut self) -> Result<Value, Error> {
        let base = self.hundredths()?;
        if self.take(&['^']).is_none() {
            return Ok(base);
        }
        let exponent = self.deeper(Self::signed)?.number;
        if base.number == 0.0 && exponent < 0.0 {
            return Err(Error::DivisionByZero);
        }
        Ok(Value { number: finite(base.number.powf(exponent))?, percent: false })
    }

    fn hundredths(&mut self) -> Result<Value, Error> {
        let mut value = self.operand()?;
        while self.take(&['%']).is_some() {
            value = Value { number: value.number / 100.0, percent: true };
        }
        Ok(value)
    }

    fn operand(&mut self) -> Result<Value, Error> {
        if let [Token::Number(number), rest @ ..] = self.tokens {
            self.tokens = rest;
            return Ok(Value { number: *number, percent: false });
        }
        if self.take(&['(']).is_none() {
            return Err(Error::Incomplete);
        }
        let inside = self.deeper(Self::sum)?;
        match (self.take(&[')']), self.tokens) {
            (Some(_), _) => Ok(inside),
            (None, []) => Err(Error::Unclosed),
            (None, _) => Err(Error::NoSign),
        }
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == DEEPEST {
            return Err(Error::TooDeep);
        }
        self.depth += 1;
        let value = read(self);
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
    fn signs_bind_as_in_mathematics() {
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
    fn signs_are_known_in_the_ways_they_are_written() {
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
            assert_eq!(plain(text), Err(Error::Comma(meant.to_owned())), "{text}");
        }
        for text in ["0,700", "1234,567", "1,2,345", "1.234,5", "1,234,5", "1,", "1..2", "1.2.3", ".", ","] {
            assert!(matches!(plain(text), Err(Error::Comma(_) | Error::Number(_))), "{text}: {:?}", plain(text));
        }
    }

    #[test]
    fn per_cent_are_hundredths_and_must_be_of_something() {
        for (text, result) in
            [("12%", 0.12), ("480 * 12 %", 57.6), ("70 % + 5 %", 0.75), ("57.6 / 12 %", 480.0), ("-(50 %)", -0.5)]
        {
            assert!(plain(text).is_ok_and(|number| (number - result).abs() < 1e-9), "{text}: {:?}", plain(text));
        }
        assert_eq!(plain("480 + 12 %"), Err(Error::PercentOfWhat));
        assert_eq!(plain("480 - (12 %)"), Err(Error::PercentOfWhat));
        assert_eq!(plain("7 % 3"), Err(Error::NoSign));
    }

    #[test]
    fn what_has_no_result_is_told() {
        for (text, error) in [
            ("", Error::Incomplete),
            ("2 +", Error::Incomplete),
            ("()", Error::Incomplete),
            ("* 2", Error::Incomplete),
            ("3 4", Error::NoSign),
            ("2 (3)", Error::NoSign),
            ("(3 4)", Error::NoSign),
            ("((1)", Error::Unclosed),
            ("(1))", Error::Unopened),
            ("1 / 0", Error::DivisionByZero),
            ("0 / (1 - 1)", Error::DivisionByZero),
            ("0 ^ -1", Error::DivisionByZero),
            ("(0 - 8) ^ 0.5", Error::NotReal),
            ("9 ^ 9 ^ 9", Error::TooLarge),
            ("9 & 9", Error::Sign('&')),
            ("sin(3)", Error::Name("sin".to_owned())),
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
    fn names_have_the_values_that_they_are_given() {
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
