//! Letters of a code: which there are, and how slips in typing them are found.
//!
//! There are 23 letters, none of which is taken for another on a board or a screen: of 0 and O, 1, I and L, 2 and Z, 4
//! and A, 5 and S, 6 and G, 7 and 1, 8 and B, U and V at most one is used, and so of M and N, which sound alike.
//!
//! 23 is a prime, so that letters are the numbers of a finite field. The last two letters are such that the letters add
//! up to 0, and so do the letters times their positions (a Reed-Solomon code: I. S. Reed and G. Solomon, "Polynomial
//! codes over certain finite fields", *Journal of SIAM* 8, 1960). So any two wrong letters are found, and with them two
//! that have changed places; of one wrong letter the two sums also tell the position.

const LETTERS: &[u8; 23] = b"2356789ACDEFHJKMPRTUWXY";
const BASE: u32 = 23;

/// Letters of a code.
const LENGTH: usize = 21;
/// Letters between the version and the two that check.
const PAYLOAD: usize = LENGTH - 3;
/// Letters that stand together.
const GROUP: usize = 3;

/// What was mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Slip {
    /// Too few or too many letters: this many.
    #[error("a form code has {LENGTH} letters, and this has {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("no form code has the letter {0:?}")]
    Letter(char),
    /// A letter is wrong, probably the one at this position, counted from 1.
    #[error("the form code is mistyped, probably at letter {0}")]
    At(usize),
    /// Two letters have changed places.
    #[error("the form code is mistyped: two letters have probably changed places")]
    Swapped,
    /// Several letters are wrong.
    #[error("the form code is mistyped in several places")]
    Several,
}

impl Slip {
    /// What to do about it: a line without its full stop.
    #[must_use]
    pub fn help(self) -> String {
        let instead = |letters: &str| format!("it is perhaps {letters}");
        match self {
            Self::Letter('S') => instead("5"),
            Self::Letter('Z') => instead("2"),
            Self::Letter('B') => instead("8"),
            Self::Letter('G') => instead("6"),
            Self::Letter('V') => instead("U or Y"),
            Self::Letter('4') => instead("A or 9"),
            Self::Letter('N') => instead("M or H"),
            Self::Letter('1' | 'I' | 'L') => instead("7 or J"),
            Self::Letter('0' | 'O' | 'Q') => instead("D, C or 9"),
            Self::At(at) => format!("look at letter {} of group {}", (at - 1) % GROUP + 1, (at - 1) / GROUP + 1),
            _ => "compare it with the code that you were given".to_owned(),
        }
    }
}

/// A code of a version and a payload, in groups.
pub(super) fn write(version: u8, mut payload: u128) -> String {
    let mut numbers = [0; LENGTH];
    numbers[0] = u32::from(version) % BASE;
    for number in numbers[1..=PAYLOAD].iter_mut().rev() {
        *number = u32::try_from(payload % u128::from(BASE)).unwrap_or_default();
        payload /= u128::from(BASE);
    }
    // Of the last two numbers x and y: x + y = −sum, and 20 x + 21 y = −weighted.
    let Sums { sum, weighted } = Sums::of(&numbers);
    let [x, y] = [LENGTH - 2, LENGTH - 1];
    numbers[y] = (position(x) * sum + BASE - weighted) % BASE;
    numbers[x] = (2 * BASE - sum - numbers[y]) % BASE;
    let letters = numbers.map(|number| char::from(LETTERS[number as usize]));
    letters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// The version and the payload of a code. Blanks, dashes and the case of letters do not matter.
pub(super) fn read(text: &str) -> Result<(u8, u128), Slip> {
    let is_between =
        |letter: &char| letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let letters: Vec<char> =
        text.chars().filter(|letter| !is_between(letter)).map(|letter| letter.to_ascii_uppercase()).collect();
    let number = |letter: &char| {
        let at = LETTERS.iter().position(|known| char::from(*known) == *letter).ok_or(Slip::Letter(*letter))?;
        Ok(u32::try_from(at).unwrap_or_default())
    };
    let numbers = letters.iter().map(number).collect::<Result<Vec<u32>, Slip>>()?;
    let numbers: [u32; LENGTH] = numbers.try_into().map_err(|numbers: Vec<u32>| Slip::Length(numbers.len()))?;
    match Sums::of(&numbers) {
        Sums { sum: 0, weighted: 0 } => {}
        Sums { sum: 0, .. } => return Err(Slip::Swapped),
        Sums { sum, weighted } => {
            let at = (1..=LENGTH).find(|at| position(at - 1) * sum % BASE == weighted);
            return Err(at.map_or(Slip::Several, Slip::At));
        }
    }
    let payload = numbers[1..=PAYLOAD].iter().fold(0, |sum, number| sum * u128::from(BASE) + u128::from(*number));
    Ok((u8::try_from(numbers[0]).unwrap_or_default(), payload))
}

/// What the letters add up to, and the letters times their positions: both are 0 in a code.
struct Sums {
    sum: u32,
    weighted: u32,
}

impl Sums {
    fn of(numbers: &[u32; LENGTH]) -> Self {
        let start = Self { sum: 0, weighted: 0 };
        numbers.iter().enumerate().fold(start, |Self { sum, weighted }, (at, number)| Self {
            sum: (sum + number) % BASE,
            weighted: (weighted + position(at) * number) % BASE,
        })
    }
}

/// Of a letter, counted from 1: below the base, so that no two positions weigh the same.
fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_letters_look_alike() {
        let has = |letter: &char| LETTERS.iter().any(|known| char::from(*known) == *letter);
        for alike in ["0OQ", "1IL7", "2Z", "4A", "5S", "6G", "8B", "UV", "MN"] {
            assert!(alike.chars().filter(has).count() <= 1, "{alike}");
        }
    }

    #[test]
    fn a_slip_is_told_where_it_is() {
        let code = write(1, 0x0123_4567_89ab_cdef);
        let at = code.char_indices().position(|(_, letter)| letter == '-').unwrap() + 1;
        let other = if code.as_bytes()[at] == b'A' { "C" } else { "A" };
        let wrong = format!("{}{other}{}", &code[..at], &code[at + 1..]);
        assert_eq!(read(&wrong), Err(Slip::At(4)));
        assert_eq!(Slip::At(4).help(), "look at letter 1 of group 2");
        assert_eq!(read(&code[1..]), Err(Slip::Length(20)));
        assert_eq!(read(&code.replace('-', "\u{2013}")), Ok((1, 0x0123_4567_89ab_cdef)));
        assert_eq!(read(&format!("O{}", &code[1..])), Err(Slip::Letter('O')));
        assert_eq!(read(""), Err(Slip::Length(0)));
    }
}
