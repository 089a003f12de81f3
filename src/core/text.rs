//! Text that is safe to show. Banks come from strangers, and TOML lets `\u001b` and U+202E into a string: the first
//! can repaint the terminal, the second can show a choice in another order than it is stored, and others cannot be seen
//! at all, so that two choices look the same and are not. Whatever shows text takes only [`SafeText`], in which such
//! characters are visible marks.
//!
//! Some characters without a picture of their own belong to good writing: they join the parts of an emoji, choose
//! between two pictures of a sign, or say where letters of Persian and Hindi join. They stay where they have that
//! effect, and only there (compare Unicode Standard Annex 31, section 2.3.1). For texts that must not differ by such a
//! character alone there is [`visible`].

use std::fmt::{self, Write as _};
use std::ops::Deref;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Text in which every control character, every direction override and every character that cannot be seen is a visible
/// mark. Line feeds stay; tabs become four spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(String);

impl SafeText {
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
            return Self(text.to_owned());
        }
        let mut safe = String::with_capacity(text.len() + 16);
        for Placed { before, c, after, .. } in placed(text) {
            match c {
                '\t' => safe.push_str("    "),
                '\r' if after == Some('\n') => {}
                c if is_hidden(c) && !has_effect(before, c, after) => mark(c, &mut safe),
                // An accent with no letter below it.
                c if is_combining_mark(c) && before.is_none_or(char::is_whitespace) => safe.extend(['\u{25cc}', c]),
                c => safe.push(c),
            }
        }
        // What has no width by itself, such as half a Hangul syllable, is not drawn at all.
        let lost = |cluster: &str| cluster != "\n" && cluster.width() == 0;
        if !safe.graphemes(true).any(lost) {
            return Self(safe);
        }
        let mut whole = String::with_capacity(safe.len() + 16);
        for cluster in safe.graphemes(true) {
            if lost(cluster) {
                cluster.chars().for_each(|c| mark(c, &mut whole));
            } else {
                whole.push_str(cluster);
            }
        }
        Self(whole)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn mark(c: char, into: &mut String) {
    let _ = write!(into, "<U+{:04X}>", u32::from(c));
}

/// A character with its neighbors and the byte it starts at.
struct Placed {
    at: usize,
    before: Option<char>,
    c: char,
    after: Option<char>,
}

fn placed(text: &str) -> impl Iterator<Item = Placed> {
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = rest.next()?;
        let after = rest.peek().map(|(_, c)| *c);
        Some(Placed { at, before: before.replace(c), c, after })
    })
}

/// The characters that [`SafeText`] shows as marks, each with the byte it starts at.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    placed(text)
        .filter(|Placed { before, c, after, .. }| is_hidden(*c) && !has_effect(*before, *c, *after))
        .filter(|Placed { c, after, .. }| *c != '\r' || *after != Some('\n'))
        .map(|Placed { at, c, .. }| (at, c))
}

/// What a reader can tell apart: the text without the characters that cannot be seen, composed (NFC), with single spaces.
/// Two texts that agree in it look alike, or nearly so where a variation selector or a joiner has its effect.
#[must_use]
pub fn visible(text: &str) -> String {
    // Most texts are: there is nothing to compose and nothing to leave out.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        let text = text.trim_ascii();
        return if text.contains("  ") {
            text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.into()
        };
    }
    let seen: String = text
        .chars()
        .filter_map(|c| if c.is_whitespace() || is_blank(c) { Some(' ') } else { Some(c).filter(|c| !is_hidden(*c)) })
        .nfc()
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character acts on the terminal, on the reading order or on its neighbors instead of being read, or cannot
/// be told from no character or from a space.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n' && c != '\t';
    }
    // Separators that some terminals take for a line end, annotations, and the joiners and blanks of hieroglyphs and notes.
    let others = matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{13430}'..='\u{13442}' | '\u{16fe4}' | '\u{1d159}'
    );
    c.is_control() || others || is_blank(c) || is_ignorable(c)
}

/// Letters and signs that are drawn as empty space.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// The property `Default_Ignorable_Code_Point` of Unicode 16, without the blanks: what is shown as nothing where its
/// effect is not supported. The ranges are reserved for such characters, so later versions of Unicode rarely add any.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a hidden character changes, between these neighbors, how they are drawn.
fn has_effect(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(before), after) = (before, after.unwrap_or(' ')) else {
        return c == '\u{200d}' && after.is_some_and(joins);
    };
    match c {
        // Text or emoji style; a digit has the second only as a keycap.
        '\u{fe0e}' | '\u{fe0f}' => {
            is_pictograph(before) || (after == '\u{20e3}' && matches!(before, '0'..='9' | '#' | '*'))
        }
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => has_variants(before),
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1807}' | '\u{1820}'..='\u{18aa}'),
        // Keeps letters apart that would join, or a virama from joining consonants.
        '\u{200c}' => (joins(before) && joins(after)) || canonical_combining_class(before) == 9,
        '\u{200d}' => {
            let emoji = (is_pictograph(before) || before == '\u{fe0f}') && is_pictograph(after);
            emoji || joins(before) || joins(after)
        }
        _ => false,
    }
}

/// Signs that may be drawn as emoji, by blocks.
fn is_pictograph(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// Signs with standardized or ideographic variants: mathematical operators, Han, and the scripts that have some.
fn has_variants(c: char) -> bool {
    matches!(
        c,
        '\u{1000}'..='\u{109f}' | '\u{2200}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}' | '\u{3001}'..='\u{303f}'
            | '\u{3400}'..='\u{9fff}' | '\u{a840}'..='\u{a877}' | '\u{aa60}'..='\u{aa7f}' | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}' | '\u{13000}'..='\u{1342f}' | '\u{20000}'..='\u{3fffd}'
    )
}

/// Letters and signs of scripts whose letters join or make conjuncts: the Arabic family, and those from Brahmi.
fn joins(c: char) -> bool {
    let script = matches!(
        c,
        '\u{600}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1700}'..='\u{18af}' | '\u{1a00}'..='\u{1cff}'
            | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10a00}'..='\u{10fff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}'
    );
    script && !is_hidden(c) && (c.is_alphabetic() || is_combining_mark(c))
}

/// `1 question`, `2 questions`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(count)) }
}

/// A number with its thousands apart: `36,049`.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for SafeText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for SafeText {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<&Self> for SafeText {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl From<String> for SafeText {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let told = [0, 999, 1000, 36_049, 1_234_567].map(super::grouped);
        assert_eq!(told, ["0", "999", "1,000", "36,049", "1,234,567"]);
    }

    #[test]
    fn escapes_and_overrides_become_visible_and_plain_text_stays() {
        assert_eq!(SafeText::new("a\u{1b}[2Jb").as_str(), "a<U+001B>[2Jb");
        assert_eq!(SafeText::new("12 \u{202e}34").as_str(), "12 <U+202E>34");
        assert_eq!(SafeText::new("a\u{9b}31m\u{7f}").as_str(), "a<U+009B>31m<U+007F>");
        assert_eq!(SafeText::new("one\r\ntwo\tthree é 漢 👩‍⚕️").as_str(), "one\ntwo    three é 漢 👩‍⚕️");
    }

    /// One of each kind that shows as nothing, or as a space.
    const UNSEEN: &str = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}\u{200b}\
                          \u{200c}\u{200d}\u{200e}\u{2028}\u{2060}\u{2061}\u{2064}\u{206a}\u{206f}\u{2800}\u{3164}\
                          \u{fe00}\u{fe0e}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d159}\u{1d173}\u{e0001}\u{e0061}\
                          \u{e0100}\u{e01ef}";

    #[test]
    fn what_cannot_be_seen_is_a_mark_and_makes_no_two_texts_differ() {
        for c in UNSEEN.chars() {
            let text = format!("30{c} days");
            assert_eq!(SafeText::new(&text).as_str(), format!("30<U+{:04X}> days", u32::from(c)));
            assert_eq!(hidden(&text).collect::<Vec<_>>(), [(2, c)], "U+{:04X}", u32::from(c));
            assert_eq!(visible(&text), "30 days", "U+{:04X}", u32::from(c));
            assert_eq!(visible(&format!("30 days{c}")), "30 days", "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn what_is_ignored_by_default_has_no_width_of_its_own() {
        for c in ('\u{80}'..=char::MAX).filter(|c| is_ignorable(*c)) {
            assert_eq!(c.to_string().width(), 0, "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn joiners_and_selectors_stay_where_they_have_an_effect() {
        let persian = "می\u{200c}خواهم";
        let conjuncts = "ක්\u{200d}ෂ र्\u{200d}य क्\u{200c}";
        let styles = "⚠\u{fe0f} ✔\u{fe0e} 1\u{fe0f}\u{20e3} #\u{fe0f}\u{20e3} ❤\u{fe0f}\u{200d}🔥 👩🏽\u{200d}⚕\u{fe0f}";
        let variants = "葛\u{e0100} ≨\u{fe00} ᠠ\u{180b}";
        for text in [persian, conjuncts, styles, variants, "ه\u{200d}.ق", "👨\u{200d}👩\u{200d}👧", "🇺🇸 e\u{301}"]
        {
            assert_eq!(SafeText::new(text).as_str(), text);
            assert_eq!(hidden(text).next(), None, "{text}");
        }
        assert_eq!(visible(persian), visible("میخواهم"));
        assert_eq!(visible("⚠\u{fe0f} Label"), visible("⚠ Label"));
    }

    #[test]
    fn joiners_and_selectors_are_marks_where_they_have_none() {
        for (text, shown) in [
            ("A\u{fe0f}", "A<U+FE0F>"),
            ("1\u{fe0f} day", "1<U+FE0F> day"),
            ("a\u{200d}b", "a<U+200D>b"),
            ("Auf\u{200c}lage", "Auf<U+200C>lage"),
            ("م\u{200c} ", "م<U+200C> "),
            ("م\u{200c}\u{200c}م", "م<U+200C><U+200C>م"),
            ("\u{fe0f}", "<U+FE0F>"),
            ("⚠\u{fe0f}\u{fe0f}", "⚠\u{fe0f}<U+FE0F>"),
            ("🏥\u{200d}", "🏥<U+200D>"),
            ("x\u{e0100}", "x<U+E0100>"),
        ] {
            assert_eq!(SafeText::new(text).as_str(), shown);
        }
    }

    #[test]
    fn what_stands_on_another_sign_is_seen_without_one() {
        assert_eq!(SafeText::new("\u{1161}").as_str(), "<U+1161>");
        assert_eq!(SafeText::new("\u{1100}\u{1161}").as_str(), "\u{1100}\u{1161}");
        assert_eq!(SafeText::new("\u{301}a \u{301}").as_str(), "\u{25cc}\u{301}a \u{25cc}\u{301}");
        assert_eq!(SafeText::new("one\n\u{20dd}").as_str(), "one\n\u{25cc}\u{20dd}");
    }

    #[test]
    fn what_is_safe_stays_as_it_is() {
        let strange: String = (0..0x3_0000_u32).step_by(7).filter_map(char::from_u32).collect();
        for text in [UNSEEN, &strange, "\r\n\t\u{301}\u{fe0f}1\u{20e3}"] {
            let once = SafeText::new(text);
            assert_eq!(SafeText::new(&once), once);
        }
    }

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(visible("  cafe\u{301}\u{a0}au\n lait\u{2800}"), "café au lait");
        assert_ne!(visible("10²"), visible("102"));
    }
}
