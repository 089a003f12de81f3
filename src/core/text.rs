//! Text that is safe to display.
//!
//! Banks come from strangers, and a TOML string can contain any character. An escape (U+001B) can repaint the terminal.
//! A direction override (U+202E) can display a choice in another order than it is stored. Invisible characters can make
//! two different choices look the same. So everything that displays text takes [`SafeText`], in which a visible mark
//! stands for each such character.
//!
//! Some invisible characters are part of correct spelling: they join the parts of an emoji, choose between the text and
//! the emoji style of a symbol, or control how letters of Persian and Hindi join. [`SafeText`] keeps them where they
//! have that effect, and only there (compare Unicode Standard Annex 31, section 2.3.1). Where two texts must not differ
//! by such a character alone, compare what [`visible`] makes of them.

use std::fmt::{self, Write as _};
use std::ops::Deref;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Text in which each control character, direction override and invisible character is replaced by a visible mark such
/// as `<U+001B>`. Line feeds are kept, a carriage return before one is dropped, and a tab becomes four spaces.
///
/// # Examples
///
/// ```
/// use examroom_core::text::SafeText;
///
/// assert_eq!(SafeText::new("30\u{200b} days\u{1b}[2J").as_str(), "30<U+200B> days<U+001B>[2J");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(String);

impl SafeText {
    /// Makes a text safe. A text that is safe stays as it is.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
            return Self(text.to_owned());
        }
        let mut safe = String::with_capacity(text.len() + 16);
        for CharInContext { before, c, after, .. } in chars_in_context(text) {
            match c {
                '\t' => safe.push_str("    "),
                '\r' if after == Some('\n') => {}
                c if is_hidden(c) && !has_effect(before, c, after) => mark(c, &mut safe),
                // A combining mark without a base gets a dotted circle, lest it combine with what is displayed before
                // it.
                c if is_combining_mark(c) && before.is_none_or(char::is_whitespace) => safe.extend(['\u{25cc}', c]),
                c => safe.push(c),
            }
        }
        // A cluster of zero width, such as half a Hangul syllable, is not drawn at all.
        let is_lost = |cluster: &str| cluster != "\n" && cluster.width() == 0;
        if !safe.graphemes(true).any(is_lost) {
            return Self(safe);
        }
        let mut whole = String::with_capacity(safe.len() + 16);
        for cluster in safe.graphemes(true) {
            if is_lost(cluster) {
                cluster.chars().for_each(|c| mark(c, &mut whole));
            } else {
                whole.push_str(cluster);
            }
        }
        Self(whole)
    }

    /// The safe text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The safe text, without copying it.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

fn mark(c: char, into: &mut String) {
    let _ = write!(into, "<U+{:04X}>", u32::from(c));
}

/// A character with its neighbors and its byte offset.
struct CharInContext {
    at: usize,
    before: Option<char>,
    c: char,
    after: Option<char>,
}

fn chars_in_context(text: &str) -> impl Iterator<Item = CharInContext> {
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = rest.next()?;
        let after = rest.peek().map(|(_, c)| *c);
        Some(CharInContext { at, before: before.replace(c), c, after })
    })
}

/// The characters of a text that [`SafeText`] replaces with marks, each with its byte offset.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    chars_in_context(text)
        .filter(|CharInContext { before, c, after, .. }| is_hidden(*c) && !has_effect(*before, *c, *after))
        .filter(|CharInContext { c, after, .. }| *c != '\r' || *after != Some('\n'))
        .map(|CharInContext { at, c, .. }| (at, c))
}

/// What a reader can see of a text: drops invisible characters, composes the rest (NFC), and makes every run of white
/// space a single space. If the result is the same for two texts, they look alike, except for the effects of variation
/// selectors and joiners.
#[must_use]
pub fn visible(text: &str) -> String {
    // Most texts are printable ASCII: there is nothing to compose or to drop.
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

/// Whether a character is not read but controls something (the terminal, the reading order, its neighbors), or is drawn
/// as nothing or as a space. Line feeds, tabs and ordinary spaces are not hidden.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n' && c != '\t';
    }
    // Line and paragraph separators, which some terminals treat as a line end; interlinear annotations; and the format
    // controls of hieroglyphs, of Khitan and of musical notation.
    let others = matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{13430}'..='\u{13442}' | '\u{16fe4}' | '\u{1d159}'
    );
    c.is_control() || others || is_blank(c) || is_ignorable(c)
}

/// Letters and symbols that are drawn as empty space.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

/// The property `Default_Ignorable_Code_Point` of Unicode 16, without the blanks: characters that are drawn as nothing
/// where their effect is not supported. Their ranges are reserved, so later versions of Unicode rarely add others.
fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a hidden character changes how its neighbors are drawn.
fn has_effect(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(before), after) = (before, after.unwrap_or(' ')) else {
        return c == '\u{200d}' && after.is_some_and(joins);
    };
    match c {
        // Text or emoji style. A digit has an emoji style only as a keycap.
        '\u{fe0e}' | '\u{fe0f}' => {
            is_pictograph(before) || (after == '\u{20e3}' && matches!(before, '0'..='9' | '#' | '*'))
        }
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => has_variants(before),
        '\u{180b}'..='\u{180f}' => matches!(before, '\u{1807}' | '\u{1820}'..='\u{18aa}'),
        // The non-joiner separates letters that would join, or keeps a virama from joining consonants.
        '\u{200c}' => (joins(before) && joins(after)) || canonical_combining_class(before) == 9,
        '\u{200d}' => {
            let emoji = (is_pictograph(before) || before == '\u{fe0f}') && is_pictograph(after);
            emoji || joins(before) || joins(after)
        }
        _ => false,
    }
}

/// Symbols that may be drawn as emoji, by block.
fn is_pictograph(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}'
            | '\u{2300}'..='\u{23ff}' | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}'
            | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
            | '\u{1f000}'..='\u{1faff}'
    )
}

/// Characters with standardized or ideographic variants: mathematical operators, Han, and some other scripts.
fn has_variants(c: char) -> bool {
    matches!(
        c,
        '\u{1000}'..='\u{109f}' | '\u{2200}'..='\u{22ff}' | '\u{2a00}'..='\u{2aff}' | '\u{3001}'..='\u{303f}'
            | '\u{3400}'..='\u{9fff}' | '\u{a840}'..='\u{a877}' | '\u{aa60}'..='\u{aa7f}' | '\u{f900}'..='\u{faff}'
            | '\u{ff01}'..='\u{ff60}' | '\u{13000}'..='\u{1342f}' | '\u{20000}'..='\u{3fffd}'
    )
}

/// Letters and marks of scripts whose letters join or form conjuncts: the Arabic family and the Brahmic scripts.
fn joins(c: char) -> bool {
    let script = matches!(
        c,
        '\u{600}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1700}'..='\u{18af}' | '\u{1a00}'..='\u{1cff}'
            | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10a00}'..='\u{10fff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}'
    );
    script && !is_hidden(c) && (c.is_alphabetic() || is_combining_mark(c))
}

/// A text as it is searched: in lower case, its letters without their accents, so that `waldenstrom` finds `Waldenström`.
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Whether a text has a word that begins with these characters, as typed in a search: `net` begins `network` and does not
/// stand in `magnet`. Both are [`folded`].
#[must_use]
pub fn begins_a_word(text: &str, beginning: &str) -> bool {
    let inside =
        |at: usize| text[..at].ends_with(char::is_alphanumeric) && beginning.starts_with(char::is_alphanumeric);
    text.match_indices(beginning).any(|(at, _)| !inside(at))
}

/// What is longer was not mistyped, and would take long to compare.
const LONGEST_WORD: usize = 100;

/// The known word that a mistyped one was probably meant to be: up to a third of its letters may differ.
pub fn nearest<'w>(typed: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let length = typed.chars().count();
    let near = |distance: usize, word: &str| distance * 3 <= word.chars().count().max(3);
    known
        .filter(|word| length <= LONGEST_WORD && near(length.abs_diff(word.chars().count()), word))
        .map(|word| (strsim::damerau_levenshtein(typed, word), word))
        .filter(|(distance, word)| near(*distance, word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A count with its noun, which takes an -s in the plural: `1 question`, `36,049 questions`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(count)) }
}

/// A number with commas between groups of thousands: `36,049`.
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
    fn thousands_are_separated_by_commas() {
        let grouped = [0, 999, 1000, 36_049, 1_234_567].map(super::grouped);
        assert_eq!(grouped, ["0", "999", "1,000", "36,049", "1,234,567"]);
    }

    #[test]
    fn escapes_and_overrides_become_visible_and_plain_text_stays() {
        assert_eq!(SafeText::new("a\u{1b}[2Jb").as_str(), "a<U+001B>[2Jb");
        assert_eq!(SafeText::new("12 \u{202e}34").as_str(), "12 <U+202E>34");
        assert_eq!(SafeText::new("a\u{9b}31m\u{7f}").as_str(), "a<U+009B>31m<U+007F>");
        assert_eq!(SafeText::new("one\r\ntwo\tthree é 漢 👩‍⚕️").as_str(), "one\ntwo    three é 漢 👩‍⚕️");
    }

    /// At least one of each kind of character that is drawn as nothing or as a space.
    const UNSEEN: &str = "\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}\u{200b}\
                          \u{200c}\u{200d}\u{200e}\u{2028}\u{2060}\u{2061}\u{2064}\u{206a}\u{206f}\u{2800}\u{3164}\
                          \u{fe00}\u{fe0e}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d159}\u{1d173}\u{e0001}\u{e0061}\
                          \u{e0100}\u{e01ef}";

    #[test]
    fn an_invisible_character_becomes_a_mark_and_does_not_count_as_a_difference() {
        for c in UNSEEN.chars() {
            let text = format!("30{c} days");
            assert_eq!(SafeText::new(&text).as_str(), format!("30<U+{:04X}> days", u32::from(c)));
            assert_eq!(hidden(&text).collect::<Vec<_>>(), [(2, c)], "U+{:04X}", u32::from(c));
            assert_eq!(visible(&text), "30 days", "U+{:04X}", u32::from(c));
            assert_eq!(visible(&format!("30 days{c}")), "30 days", "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn ignorable_characters_have_no_width() {
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
    fn joiners_and_selectors_become_marks_where_they_have_no_effect() {
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
    fn a_combining_character_without_a_base_is_visible() {
        assert_eq!(SafeText::new("\u{1161}").as_str(), "<U+1161>");
        assert_eq!(SafeText::new("\u{1100}\u{1161}").as_str(), "\u{1100}\u{1161}");
        assert_eq!(SafeText::new("\u{301}a \u{301}").as_str(), "\u{25cc}\u{301}a \u{25cc}\u{301}");
        assert_eq!(SafeText::new("one\n\u{20dd}").as_str(), "one\n\u{25cc}\u{20dd}");
    }

    #[test]
    fn making_safe_text_safe_changes_nothing() {
        let strange: String = (0..0x3_0000_u32).step_by(7).filter_map(char::from_u32).collect();
        for text in [UNSEEN, &strange, "\r\n\t\u{301}\u{fe0f}1\u{20e3}"] {
            let once = SafeText::new(text);
            assert_eq!(SafeText::new(&once), once);
        }
    }

    #[test]
    fn texts_that_look_alike_have_the_same_visible_text() {
        assert_eq!(visible("  cafe\u{301}\u{a0}au\n lait\u{2800}"), "café au lait");
        assert_ne!(visible("10²"), visible("102"));
    }
}
