//! Form codes: a form as 21 letters that fit on a board.
//!
//! Whoever types the code of a form sits just that form, with the same questions in the same order and the same order of
//! choices, whatever they have seen before. So a class can sit one form, and a colleague can be given another.
//!
//! A code does not hold the questions. It holds what they are drawn from: the version of the assembly, the day, the
//! seed, which of several disjoint forms is meant, and hashes of all in an exam that can change a form or its score
//! ([`Prints`]). A bank that differs anywhere is refused, and the hashes of the parts say where it differs.
//!
//! `letters` turns numbers into letters that are not taken for each other, and finds slips in typing them; `prints`
//! computes the hashes; `coded` draws the form; [`FormFile`] tells which questions differ, for which a code is too short.

mod coded;
mod file;
mod letters;
mod prints;

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::Seed;
use crate::bank::Bank;
use crate::blueprint::Blueprint;

pub use coded::{NoCodes, coded_form, disjoint_codes};
pub use file::{Changes, FileError, FormFile};
pub use letters::Slip;
pub use prints::{Part, Prints};

/// The most forms without a common question that the codes of one series tell apart.
pub const MOST_DISJOINT: u32 = 1 << NUMBER.bits;

/// How many series of forms codes can tell apart, of one bank and day.
pub const SERIES: u32 = 1 << SERIES_BITS.bits;

/// How a form of a code is drawn. A code names the version that it was made with, so that it keeps its form when the
/// assembly changes: the old way stays, and new codes name a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Assembly {
    /// That of [`assemble`](super::assemble()).
    First,
}

impl Assembly {
    const LATEST: Self = Self::First;

    /// The first letter of a code stands for this number.
    const fn number(self) -> u8 {
        match self {
            Self::First => 1,
        }
    }

    fn with_number(number: u8) -> Option<Self> {
        [Self::First].into_iter().find(|version| version.number() == number)
    }
}

/// A form's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormCode {
    assembly: Assembly,
    day: Date,
    /// Which series of disjoint forms, below [`SERIES`].
    series: u32,
    /// Which form of the series, from 0.
    number: u32,
    prints: prints::Short,
}

/// Why a text is no form code that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is mistyped.
    #[error(transparent)]
    Slip(#[from] Slip),
    /// It names a version of the assembly that this program does not have.
    #[error("the form code is of a newer examroom")]
    Newer,
    /// Its letters agree with each other, but no program makes such a code.
    #[error("the text is no form code of examroom")]
    Foreign,
}

impl CodeError {
    /// What to do about it: a line without its full stop.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Slip(slip) => slip.help(),
            Self::Newer => "use a newer examroom, or have a code made with this one".to_owned(),
            Self::Foreign => "a code is made with: examroom form new EXAM".to_owned(),
        }
    }
}

/// A part of the payload: so many bits of it.
#[derive(Clone, Copy)]
struct Field {
    bits: u32,
}

/// Days since [`FIRST_DAY`].
const DAY: Field = Field { bits: 13 };
const SERIES_BITS: Field = Field { bits: 11 };
const NUMBER: Field = Field { bits: 4 };

/// The first day that a code can hold, and how many days there are: until the summer of 2046.
const FIRST_DAY: Date = date(2024, 1, 1);

impl Field {
    const fn holds(self, value: u32) -> bool {
        value < 1 << self.bits
    }

    fn put(self, payload: &mut u128, value: u32) {
        *payload = *payload << self.bits | u128::from(value);
    }

    fn take(self, payload: &mut u128) -> u32 {
        let value = *payload & ((1 << self.bits) - 1);
        *payload >>= self.bits;
        u32::try_from(value).unwrap_or_default()
    }
}

impl FormCode {
    /// The code of a form of an exam as it stands: form `number`, from 0, of a series. `None` if the day, the series or
    /// the number is beyond what a code can hold.
    fn new(day: Date, series: u32, number: u32, prints: &Prints) -> Option<Self> {
        let is_day = u32::try_from(days_since_first(day)).is_ok_and(|days| DAY.holds(days));
        let fits = is_day && SERIES_BITS.holds(series) && NUMBER.holds(number);
        fits.then(|| Self { assembly: Assembly::LATEST, day, series, number, prints: prints.short() })
    }

    /// The day that decides which questions may be drawn.
    #[must_use]
    pub fn day(&self) -> Date {
        self.day
    }

    /// The parts in which an exam differs from the one that the code was made of; none if it is the same.
    #[must_use]
    pub fn differences(&self, blueprint: &Blueprint, bank: &Bank) -> Vec<Part> {
        self.prints.differences(&Prints::of(blueprint, bank).short())
    }

    /// The seed of a form of its series.
    fn seed_of(&self, number: u32) -> Seed {
        Seed(u64::from(self.series) * u64::from(MOST_DISJOINT) + u64::from(number))
    }

    fn payload(&self) -> u128 {
        let mut payload = 0;
        DAY.put(&mut payload, u32::try_from(days_since_first(self.day)).unwrap_or_default());
        SERIES_BITS.put(&mut payload, self.series);
        NUMBER.put(&mut payload, self.number);
        self.prints.put(&mut payload);
        payload
    }

    fn of_payload(assembly: Assembly, mut payload: u128) -> Option<Self> {
        let prints = prints::Short::take(&mut payload);
        let number = NUMBER.take(&mut payload);
        let series = SERIES_BITS.take(&mut payload);
        let days = DAY.take(&mut payload);
        let day = FIRST_DAY.checked_add(i64::from(days).days()).ok()?;
        (payload == 0).then_some(Self { assembly, day, series, number, prints })
    }
}

fn days_since_first(day: Date) -> i32 {
    FIRST_DAY.until(day).map_or(-1, |span| span.get_days())
}

/// In groups of three letters.
impl fmt::Display for FormCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&letters::write(self.assembly.number(), self.payload()))
    }
}

impl FromStr for FormCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (version, payload) = letters::read(text)?;
        let assembly = Assembly::with_number(version).ok_or(if version > Assembly::LATEST.number() {
            CodeError::Newer
        } else {
            CodeError::Foreign
        })?;
        Self::of_payload(assembly, payload).ok_or(CodeError::Foreign)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code() -> impl Strategy<Value = FormCode> {
        let parts = (0_u32..1 << DAY.bits, 0..SERIES, 0..MOST_DISJOINT, any::<[u8; 32]>());
        parts.prop_map(|(days, series, number, bytes)| FormCode {
            assembly: Assembly::First,
            day: FIRST_DAY.checked_add(i64::from(days).days()).unwrap(),
            series,
            number,
            prints: prints::Short::sample(bytes),
        })
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_was_written(code in code()) {
            let written = code.to_string();
            prop_assert_eq!(written.parse(), Ok(code));
            prop_assert_eq!(written.to_lowercase().replace('-', " ").parse(), Ok(code));
            prop_assert_eq!(written.len(), 27);
        }

        #[test]
        fn a_mistyped_letter_is_found(code in code(), at in 0_usize..21, letter in 0_usize..36) {
            let mut typed: Vec<char> = code.to_string().replace('-', "").chars().collect();
            let letter = char::from_digit(u32::try_from(letter).unwrap(), 36).unwrap().to_ascii_uppercase();
            prop_assume!(typed[at] != letter);
            typed[at] = letter;
            let typed: String = typed.into_iter().collect();
            prop_assert!(matches!(typed.parse::<FormCode>(), Err(CodeError::Slip(_))), "{}", typed);
        }

        #[test]
        fn two_swapped_letters_are_found(code in code(), one in 0_usize..21, other in 0_usize..21) {
            let mut typed: Vec<char> = code.to_string().replace('-', "").chars().collect();
            prop_assume!(typed[one] != typed[other]);
            typed.swap(one, other);
            let typed: String = typed.into_iter().collect();
            prop_assert_eq!(typed.parse::<FormCode>(), Err(CodeError::Slip(Slip::Swapped)));
        }

        #[test]
        fn any_text_is_a_code_or_told_why_not(text in ".{0,60}") {
            let _ = text.parse::<FormCode>();
        }
    }

    #[test]
    fn a_code_of_a_later_assembly_is_told_as_that() {
        let later = letters::write(Assembly::LATEST.number() + 1, 7);
        assert_eq!(later.parse::<FormCode>(), Err(CodeError::Newer));
        assert_eq!(letters::write(0, 7).parse::<FormCode>(), Err(CodeError::Foreign));
    }
}
