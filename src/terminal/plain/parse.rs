//! What a typed line means.

use examroom_app::view::keyboard::narrow;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::Filter;
use examroom_core::session::{Confidence, ConfidencePolicy, Mode, Rules};

/// A line, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// An empty line.
    Nothing,
    /// Indices into the question's choices, and how sure the candidate is of them, if that was said.
    Choose(Vec<usize>, Option<Confidence>),
    Confidence(Confidence),
    /// Shows the right answer.
    Show,
    Problem(String),
    /// Words of the stem to be highlighted.
    Highlight(String),
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

/// A word that can be typed.
pub(super) struct Word {
    pub name: &'static str,
    /// What follows it.
    pub follows: &'static str,
    pub does: &'static str,
    pub asked: Asked,
}

/// Where a word means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Always,
    /// Where the reason is shown after each question.
    InPractice,
    /// In an exam under its conditions.
    InExam,
    /// Where the candidate may say how sure an answer is.
    WithConfidence,
}

const fn word(word: &'static str, follows: &'static str, does: &'static str, asked: Asked) -> Word {
    Word { name: word, follows, does, asked }
}

/// The words; the help is printed from here.
pub(super) const WORDS: &[Word] = &[
    word("next", "", "go to the next question (Enter does the same)", Asked::Always),
    word("previous", "", "go back one question", Asked::Always),
    word("go", "NUMBER", "go to a question", Asked::Always),
    word("repeat", "", "say the question again", Asked::Always),
    word("show", "", "show the right answer without giving one", Asked::InPractice),
    word("sure", "", "say that you are sure of your answer; with the answer: b sure", Asked::WithConfidence),
    word("think so", "", "say that you think so; with the answer: b think so", Asked::WithConfidence),
    word("guess", "", "say that you guess; with the answer: b guess", Asked::WithConfidence),
    word("flag", "", "flag the question for review, or remove the flag", Asked::Always),
    word("strike", "LETTER", "strike a choice out, or remove the strikeout", Asked::Always),
    word("clear", "", "clear the answer", Asked::Always),
    word("note", "TEXT", "write a note; without a text, remove it", Asked::Always),
    word("problem", "TEXT", "note what seems wrong with the question; without a text, remove it", Asked::Always),
    word("highlight", "WORDS", "highlight words of the question, or remove the highlight", Asked::Always),
    word("review", "[unanswered | flagged]", "list the questions of this section", Asked::Always),
    word("time", "", "say the time left and how many are answered", Asked::Always),
    word("calc", "SUM", "work a calculation out, for example: calc 12 / 480 * 100", Asked::Always),
    word(
        "shelf",
        "[WORDS | NUMBER | NUMBER WORDS]",
        "search the reference shelf, read a sheet, or its parts with these words",
        Asked::Always,
    ),
    word("extend", "MINUTES", "add time, for those who are entitled to it", Asked::InExam),
    word("break", "", "between two parts, take the break", Asked::InExam),
    word("continue", "", "between two parts, continue to the next one", Asked::InExam),
    word("end", "", "end this section (asks first)", Asked::Always),
    word("submit", "", "submit the whole exam (asks first)", Asked::InExam),
    word("leave", "", "leave; continue later with: examroom resume", Asked::Always),
    word("help", "", "say this list", Asked::Always),
];

impl Asked {
    /// Whether such a word means something under these rules.
    pub fn holds(self, rules: Rules) -> bool {
        match self {
            Self::Always => true,
            Self::InPractice => rules.mode == Mode::Practice,
            Self::InExam => rules.mode != Mode::Practice,
            Self::WithConfidence => rules.confidence == ConfidencePolicy::Asked,
        }
    }
}

/// Words that were once taught for something that is called otherwise now; they are understood whole.
const OLD_WORDS: &[(&str, &str)] = &[("hand in", "submit"), ("go on", "continue"), ("take back", "clear")];

/// Letters that stand for one of several words that begin with them.
const LETTERS: &[(&str, &str)] = &[("g", "go"), ("h", "help"), ("p", "previous"), ("t", "time")];

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
    let (answer, confidence) = without_confidence(&line);
    if let Some(choices) = question.and_then(|question| choices(answer, question)) {
        return Entry::Choose(choices, confidence);
    }
    let line =
        OLD_WORDS.iter().find(|(old, _)| line.eq_ignore_ascii_case(old)).map_or(line, |(_, new)| (*new).to_owned());
    let head = line.split_whitespace().next().unwrap_or("");
    let rest = rest_of(&line);
    let typed = head.to_lowercase();
    let typed = LETTERS.iter().find(|(letter, _)| *letter == typed).map_or(typed, |(_, word)| (*word).to_owned());
    let heads = || WORDS.iter().filter_map(|word| word.name.split(' ').next());
    let known = || heads().chain(OTHER_WORDS.iter().copied());
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
        "problem" => Entry::Problem(as_written),
        "highlight" if as_written.is_empty() => {
            Entry::Incomplete("Say which words of the question, for example: highlight most likely")
        }
        "highlight" => Entry::Highlight(as_written),
        "show" => Entry::Show,
        "sure" => Entry::Confidence(Confidence::Sure),
        "think" => Entry::Confidence(Confidence::ThinkSo),
        "guess" => Entry::Confidence(Confidence::Guess),
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

/// A line without how sure the candidate is, where it ends with that: `b sure`.
fn without_confidence(line: &str) -> (&str, Option<Confidence>) {
    let lower = line.to_ascii_lowercase();
    Confidence::ALL
        .iter()
        .find_map(|confidence| {
            let before = lower.strip_suffix(confidence.word())?;
            before.ends_with([' ', ',']).then(|| (&line[..before.len()], Some(*confidence)))
        })
        .unwrap_or((line, None))
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
            problem: SafeText::default(),
            confidence: None,
            highlights: Vec::new(),
        }
    }

    #[test]
    fn letters_and_numbers_choose_as_far_as_there_are_choices() {
        let one = question(1);
        assert_eq!(parse("b", Some(&one)), Entry::Choose(vec![1], None));
        assert_eq!(parse(" D ", Some(&one)), Entry::Choose(vec![3], None));
        assert_eq!(parse("4", Some(&one)), Entry::Choose(vec![3], None));
        assert_eq!(parse("5", Some(&one)), Entry::Unknown(None));
        assert_eq!(parse("f", Some(&one)), Entry::Flag);
    }

    #[test]
    fn how_sure_one_is_may_follow_the_answer() {
        let (one, two) = (question(1), question(2));
        assert_eq!(parse("b sure", Some(&one)), Entry::Choose(vec![1], Some(Confidence::Sure)));
        assert_eq!(parse("2, think so", Some(&one)), Entry::Choose(vec![1], Some(Confidence::ThinkSo)));
        assert_eq!(parse("A D Guess", Some(&two)), Entry::Choose(vec![0, 3], Some(Confidence::Guess)));
        assert_eq!(parse("think so", Some(&one)), Entry::Confidence(Confidence::ThinkSo));
        assert_eq!(parse("sure", Some(&one)), Entry::Confidence(Confidence::Sure));
    }

    #[test]
    fn several_choices_can_be_written_apart_or_together() {
        let two = question(2);
        for typed in ["a d", "a,d", "A, D", "ad", "1 4", "a and d"] {
            assert_eq!(parse(typed, Some(&two)), Entry::Choose(vec![0, 3], None), "{typed}");
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
        assert_eq!(parse("p", Some(&here)), Entry::Previous, "and not problem");
        assert_eq!(parse("g 3", Some(&here)), Entry::GoTo(3), "and not guess");
        assert_eq!(parse("", Some(&here)), Entry::Nothing);
    }

    #[test]
    fn words_of_earlier_versions_are_understood() {
        assert_eq!(parse("hand in", None), Entry::Submit);
        assert_eq!(parse("Go on", None), Entry::Continue);
        assert_eq!(parse("take back", Some(&question(1))), Entry::Clear);
    }
}
