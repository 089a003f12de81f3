//! What a typed line means.

use examroom_app::view::keyboard::narrow;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::Filter;

/// A line, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// An empty line.
    Nothing,
    /// Indices into the question's choices.
    Choose(Vec<usize>),
    Strike(usize),
    Clear,
    Flag,
    Note(String),
    Next,
    Previous,
    GoTo(usize),
    Review(Filter),
    Repeat,
    Time,
    EndSection,
    Submit,
    Leave,
    Begin,
    TakeBreak,
    Continue,
    Extend(u32),
    Calculate(String),
    /// Words to look for, a sheet's number, or nothing for the list.
    Shelf(String),
    Help,
    Yes,
    No,
    /// Nothing that is known; with what it may have been meant to be.
    Unknown(Option<&'static str>),
    /// A known word that lacks something: the sentence says what.
    Incomplete(&'static str),
}

/// The words, what follows them, and what they do; the help is printed from here.
pub(super) const WORDS: &[(&str, &str, &str)] = &[
    ("next", "", "go to the next question (Enter does the same)"),
    ("previous", "", "go back one question"),
    ("go", "NUMBER", "go to a question"),
    ("repeat", "", "say the question again"),
    ("flag", "", "flag the question for review, or remove the flag"),
    ("strike", "LETTER", "strike a choice out, or remove the strikeout"),
    ("clear", "", "clear the answer"),
    ("note", "TEXT", "write a note; without a text, remove it"),
    ("review", "[unanswered | flagged]", "list the questions of this section"),
    ("time", "", "say the time left and how many are answered"),
    ("calc", "SUM", "work a calculation out, for example: calc 12 / 480 * 100"),
    ("shelf", "[WORDS | NUMBER]", "search or read the reference shelf, where it is open"),
    ("extend", "MINUTES", "add time, for those who are entitled to it"),
    ("break", "", "between two parts, take the break"),
    ("continue", "", "between two parts, continue to the next one"),
    ("end", "", "end this section (asks first)"),
    ("submit", "", "submit the whole exam (asks first)"),
    ("leave", "", "leave the exam; continue later with: examroom resume"),
    ("help", "", "say this list"),
];

/// Words that were once taught for something that is called otherwise now; they are understood whole.
const OLD_WORDS: &[(&str, &str)] = &[("hand in", "submit"), ("go on", "continue"), ("take back", "clear")];

/// Words that mean something only at some places.
const OTHER_WORDS: &[&str] = &["begin", "start", "yes", "no", "back", "quit", "exit"];

/// Understands a line. Letters and numbers are choices as far as the question has them; everything else is a word,
/// which may be cut short while it stays clear.
pub(super) fn parse(line: &str, question: Option<&QuestionView>) -> Entry {
    let rest_of = |line: &str| line.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim()).to_owned();
    let as_written = rest_of(line.trim());
    let line: String = line.trim().chars().map(narrow).collect();
    if line.is_empty() {
        return Entry::Nothing;
    }
    if let Some(choices) = question.and_then(|question| choices(&line, question)) {
        return Entry::Choose(choices);
    }
    let line =
        OLD_WORDS.iter().find(|(old, _)| line.eq_ignore_ascii_case(old)).map_or(line, |(_, new)| (*new).to_owned());
    let head = line.split_whitespace().next().unwrap_or("");
    let rest = rest_of(&line);
    let typed = head.to_lowercase();
    let known = || WORDS.iter().map(|(word, ..)| *word).chain(OTHER_WORDS.iter().copied());
    let Some(word) = known().find(|word| *word == typed).or_else(|| {
        let mut starting = known().filter(|word| word.starts_with(&typed));
        starting.next().filter(|_| starting.next().is_none())
    }) else {
        return Entry::Unknown(examroom_core::text::nearest(&typed, known()));
    };
    match word {
        "next" => Entry::Next,
        "previous" | "back" => Entry::Previous,
        "go" => rest.parse().map_or(Entry::Incomplete("Say which question, for example: go 12"), Entry::GoTo),
        "repeat" => Entry::Repeat,
        "flag" => Entry::Flag,
        "strike" => question
            .and_then(|question| choices(&rest, question))
            .and_then(|choices| choices.first().copied())
            .map_or(Entry::Incomplete("Say which choice, for example: strike b"), Entry::Strike),
        "clear" => Entry::Clear,
        "note" => Entry::Note(as_written),
        "review" => match rest.to_lowercase() {
            rest if rest.is_empty() || rest == "all" => Entry::Review(Filter::All),
            rest if "unanswered".starts_with(&rest) => Entry::Review(Filter::Unanswered),
            rest if "flagged".starts_with(&rest) => Entry::Review(Filter::Flagged),
            _ => Entry::Incomplete("Say: review, review unanswered, or review flagged"),
        },
        "time" => Entry::Time,
        "calc" => Entry::Calculate(rest),
        "shelf" => Entry::Shelf(rest),
        "extend" => {
            rest.parse().map_or(Entry::Incomplete("Say how many minutes, for example: extend 15"), Entry::Extend)
        }
        "end" => Entry::EndSection,
        "submit" => Entry::Submit,
        "leave" | "quit" | "exit" => Entry::Leave,
        "begin" | "start" => Entry::Begin,
        "break" => Entry::TakeBreak,
        "continue" => Entry::Continue,
        "yes" => Entry::Yes,
        "no" => Entry::No,
        _ => Entry::Help,
    }
}

/// Choices as people write them: `b`, `2`, `a d`, `a,d`, and `ad` where several are wanted.
fn choices(line: &str, question: &QuestionView) -> Option<Vec<usize>> {
    let one = |token: &str| -> Option<usize> {
        let mut characters = token.chars();
        let index = match (characters.next()?.to_ascii_lowercase(), characters.next()) {
            (letter @ 'a'..='z', None) => usize::from(u8::try_from(letter).ok()? - b'a'),
            _ => token.parse::<usize>().ok()?.checked_sub(1)?,
        };
        (index < question.choices.len()).then_some(index)
    };
    let separated = |c: char| c.is_whitespace() || c == ',';
    let tokens: Vec<&str> = line.split(separated).filter(|token| !token.is_empty() && *token != "and").collect();
    if let Some(found) = tokens.iter().map(|token| one(token)).collect::<Option<Vec<_>>>().filter(|f| !f.is_empty()) {
        return Some(found);
    }
    let together: Vec<String> = line.chars().map(String::from).collect();
    (question.wanted > 1 && together.len() <= question.wanted)
        .then(|| together.iter().map(|letter| one(letter)).collect::<Option<Vec<_>>>())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_app::view::SafeText;
    use examroom_app::view::question::ChoiceView;
    use examroom_core::form::Slot;
    use examroom_core::id::ChoiceId;

    fn question(wanted: usize) -> QuestionView {
        let choice = |letter| ChoiceView {
            letter,
            id: ChoiceId::new("x"),
            text: SafeText::default(),
            selected: false,
            struck: false,
        };
        QuestionView {
            slot: Slot(0),
            section: None,
            number: 1,
            of: 1,
            case: None,
            stem: SafeText::default(),
            exhibit: None,
            references: Vec::new(),
            instruction: String::new(),
            choices: ('A'..='D').map(choice).collect(),
            wanted,
            flagged: false,
            note: SafeText::default(),
        }
    }

    #[test]
    fn letters_and_numbers_choose_as_far_as_there_are_choices() {
        let one = question(1);
        assert_eq!(parse("b", Some(&one)), Entry::Choose(vec![1]));
        assert_eq!(parse(" D ", Some(&one)), Entry::Choose(vec![3]));
        assert_eq!(parse("4", Some(&one)), Entry::Choose(vec![3]));
        assert_eq!(parse("5", Some(&one)), Entry::Unknown(None));
        assert_eq!(parse("f", Some(&one)), Entry::Flag);
    }

    #[test]
    fn several_choices_can_be_written_apart_or_together() {
        let two = question(2);
        for typed in ["a d", "a,d", "A, D", "ad", "1 4", "a and d"] {
            assert_eq!(parse(typed, Some(&two)), Entry::Choose(vec![0, 3]), "{typed}");
        }
        assert_eq!(parse("ad", Some(&question(1))), Entry::Unknown(None));
    }

    #[test]
    fn words_may_be_cut_short_while_they_are_clear() {
        let here = question(1);
        assert_eq!(parse("rev un", Some(&here)), Entry::Review(Filter::Unanswered));
        assert_eq!(parse("go 12", Some(&here)), Entry::GoTo(12));
        assert!(matches!(parse("go", Some(&here)), Entry::Incomplete(_)));
        assert_eq!(parse("s", Some(&here)), Entry::Unknown(None), "strike, submit, shelf and start begin with s");
        assert_eq!(parse("submti", Some(&here)), Entry::Unknown(Some("submit")));
        assert_eq!(parse("", Some(&here)), Entry::Nothing);
    }

    #[test]
    fn words_of_earlier_versions_are_understood() {
        assert_eq!(parse("hand in", None), Entry::Submit);
        assert_eq!(parse("Go on", None), Entry::Continue);
        assert_eq!(parse("take back", Some(&question(1))), Entry::Clear);
    }
}
