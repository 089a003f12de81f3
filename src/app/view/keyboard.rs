//! Letters from keyboards that are set to another alphabet than the program's.
//!
//! A terminal reports which letter a key gave, and not where the key is. A Cyrillic а stands on the key of the Latin a on
//! one layout and on that of f on another, and a wrong guess would pick an answer. So such letters do nothing, and the
//! candidate is told why.

/// What is said about a letter of another alphabet.
pub const OTHER_ALPHABET: &str = "The keyboard is set to another alphabet: switch to Latin letters";

/// Whether a letter is of another alphabet than the Latin one.
#[must_use]
pub fn is_of_another_alphabet(c: char) -> bool {
    let latin =
        matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}');
    c.is_alphabetic() && !c.is_ascii() && !latin
}

/// The Latin letter, digit or sign of a full-width one, which Chinese and Japanese input methods give.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_alphabets_are_known_and_those_of_latin_languages_are_not_among_them() {
        assert!("аиψבшあ한".chars().all(is_of_another_alphabet));
        assert!(!"azÉßłıə1+ａ".chars().any(is_of_another_alphabet));
    }

    #[test]
    fn full_width_letters_are_the_letters() {
        assert_eq!("ａＢ１（＋".chars().map(narrow).collect::<String>(), "aB1(+");
    }
}
