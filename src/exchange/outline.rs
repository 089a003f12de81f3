//! Questions in plain text, as they are pasted from Word, typed for Aiken, or left over from Markdown: a stem with or
//! without a number, choices behind letters, and a key by a mark, by `Answer:`, or by a list at the end.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Place, Reason};
use crate::key::{self, Way};
use crate::key_list::KeyList;
use crate::marks::{
    Field, Mark, choice, choice_letter, field, is_key_list, key_and_rest, numbered_stem, truth, without_mark,
};
use crate::raw::{Lost, Raw, RawChoice, Rich};
use crate::reading::{Reading, beginning};
use examroom_core::bank::Table;

/// One line of a text.
#[derive(Clone, Debug)]
pub(crate) enum Line {
    Text {
        text: Rich,
        is_bold: bool,
    },
    /// A title: of a question, or of the part that the next ones belong to.
    Heading(String),
    /// `[x]` before a choice.
    Box {
        is_checked: bool,
        text: Rich,
    },
    Table(Table),
    /// Lines that stay as they are.
    Listing(String),
}

/// Lines with their numbers.
pub(crate) type Lines = Vec<(usize, Line)>;

/// Reads plain text.
pub(crate) fn read_text(text: &str) -> Reading {
    let line = |(index, line): (usize, &str)| (index + 1, Line::Text { text: line.trim_end().into(), is_bold: false });
    let lines = text.lines().flat_map(split_choices).enumerate_lines();
    let lines: Lines = lines.filter(|(_, line)| !is_page_number(line)).map(line).collect();
    read(&lines)
}

/// Reads one question, whose place and name are known.
pub(crate) fn single(text: &str, raw: Raw) -> Option<Raw> {
    let line = |line: &str| (raw.place.number(), Line::Text { text: line.trim_end().into(), is_bold: false });
    let lines: Lines = text.lines().flat_map(split_choices).map(|(line_text, _)| line(line_text)).collect();
    let mut found = Outline::of(&lines);
    found.end();
    let question = found.questions.pop().filter(|question| question.choices.len() > 1 && found.questions.is_empty())?;
    let mut read = question.into_raw().ok()?;
    read.place = raw.place;
    read.name = raw.name;
    read.subjects = raw.subjects;
    read.references = raw.references;
    Some(read)
}

/// Reads lines.
pub(crate) fn read(lines: &Lines) -> Reading {
    let mut outline = Outline::of(lines);
    outline.end();
    let mut reading = Reading::default();
    outline.take_keys();
    if !outline.asides.is_empty() {
        let asides: Vec<String> =
            outline.asides.iter().map(|(line, text)| format!("line {line}, \"{}\"", beginning(text))).collect();
        reading.remarks.push(format!("what stands between questions is left out: {}", asides.join("; ")));
    }
    for question in outline.questions {
        let (place, beginning) = (Place::Line(question.line), question.stem.text.clone());
        match question.into_raw() {
            Ok(raw) => reading.add(raw),
            Err(why) => reading.leave_out(place, &beginning, why),
        }
    }
    reading
}

/// Choices that stand on one line, parted by tabs or wide gaps, as lines of their own; with whether a line goes on.
fn split_choices(line: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = line;
    let mut goes_on = false;
    while let Some(cut) = rest.match_indices(['\t', ' ']).map(|(at, _)| at).find(|at| {
        let gap = &rest[*at..];
        let behind = gap.trim_start();
        let wide = gap.starts_with('\t') || gap.starts_with("   ");
        wide && *at > 0
            && choice_letter(behind).is_some_and(|(letter, _)| letter > 0)
            && choice_letter(rest.trim_start()).is_some()
    }) {
        parts.push((&rest[..cut], goes_on));
        goes_on = true;
        rest = rest[cut..].trim_start();
    }
    parts.push((rest, goes_on));
    parts
}

/// Numbers lines, where those that go on keep the number of the line before.
trait EnumerateLines<'t>: Iterator<Item = (&'t str, bool)> + Sized {
    fn enumerate_lines(self) -> impl Iterator<Item = (usize, &'t str)> {
        let mut number = 0_usize;
        let mut begun = false;
        self.map(move |(line, goes_on)| {
            number += usize::from(begun && !goes_on);
            begun = true;
            (number, line)
        })
    }
}

impl<'t, I: Iterator<Item = (&'t str, bool)>> EnumerateLines<'t> for I {}

/// What the next line without a mark of its own belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Nothing,
    Stem,
    Choice,
    /// `Answer:` with nothing behind it.
    Key,
    Explanation,
    Why(usize),
    /// What stands between two questions, such as the title of a part or the head of a page.
    Aside,
    /// The list of keys at the end.
    KeyList,
}

#[derive(Debug, Default)]
struct Question {
    line: usize,
    number: Option<usize>,
    subject: String,
    stem: Rich,
    choices: Vec<RawChoice>,
    /// The choices that are set in bold.
    bold: Vec<usize>,
    answer: Option<String>,
    explanation: Rich,
    source: String,
}

#[derive(Default)]
struct Outline {
    questions: Vec<Question>,
    current: Option<Question>,
    part: Part,
    subject: String,
    /// Whether the stems have numbers.
    numbered: bool,
    after_blank: bool,
    /// The lines of the list of keys.
    key_list: String,
    /// Lines that belong to no question.
    asides: Vec<(usize, String)>,
}

impl Outline {
    fn of(lines: &Lines) -> Self {
        let mut outline = Self::default();
        for (number, line) in lines {
            outline.line(*number, line);
        }
        outline
    }

    fn line(&mut self, number: usize, line: &Line) {
        match line {
            Line::Text { text, is_bold } => self.text(number, text, *is_bold),
            Line::Heading(text) => self.heading(number, text),
            Line::Box { is_checked, text } => {
                if let Some(question) = &mut self.current {
                    let bare = choice_letter(&text.text).map_or(text.text.as_str(), |(_, rest)| rest);
                    let text = Rich { text: bare.to_owned(), ..text.clone() };
                    question.choices.push(RawChoice { text, is_key: *is_checked, ..RawChoice::default() });
                    self.part = Part::Choice;
                }
            }
            Line::Table(table) => {
                if let Some(rich) = self.rich() {
                    rich.tables.push(table.clone());
                } else if self.part == Part::KeyList {
                    [&table.columns].into_iter().chain(&table.rows).for_each(|row| self.listed(&row.join(" ")));
                }
            }
            Line::Listing(listing) => {
                if let Some(rich) = self.rich() {
                    rich.listings.push(listing.trim_end().to_owned());
                }
            }
        }
        self.after_blank = matches!(line, Line::Text { text, .. } if text.text.trim().is_empty());
    }

    fn heading(&mut self, number: usize, text: &str) {
        if is_key_list(text) {
            self.end();
            self.part = Part::KeyList;
        } else if numbered_stem(text).is_some() || field(text).is_some() {
            self.after_blank = true;
            self.text(number, &text.into(), false);
        } else {
            self.end();
            text.clone_into(&mut self.subject);
        }
    }

    fn text(&mut self, number: usize, rich: &Rich, is_bold: bool) {
        let text = rich.text.trim();
        if text.is_empty() {
            if self.part == Part::Explanation || self.part == Part::Stem {
                self.go_on(&Rich::default(), "\n\n");
            }
            return;
        }
        if is_key_list(text) && (self.part != Part::Nothing || !self.questions.is_empty()) && !self.wants_key(text) {
            self.end();
            self.part = Part::KeyList;
            return;
        }
        if self.part == Part::KeyList {
            self.listed(text);
            return;
        }
        if self.part == Part::Key {
            self.field(Field::Answer, text, rich);
            return;
        }
        if let Some(question) = &self.current
            && let Some((mark, place, rest)) = choice(text)
            && place == question.choices.len()
            && self.takes_choices(question)
        {
            self.choice(mark, place, rest, rich.lost, is_bold);
            return;
        }
        if let Some((field, value)) = field(text)
            && self.current.is_some()
        {
            self.field(field, value, rich);
            return;
        }
        if let Some((stem_number, rest)) = numbered_stem(text).filter(|(number, _)| self.begins(*number)) {
            self.numbered = true;
            self.begin(number, Some(stem_number), Rich { text: rest.to_owned(), ..rich.clone() });
            return;
        }
        let is_new = match self.part {
            Part::Nothing => true,
            Part::Stem | Part::Key | Part::KeyList | Part::Aside => false,
            Part::Choice | Part::Explanation | Part::Why(_) => {
                self.after_blank
                    && !self.numbered
                    && self.current.as_ref().is_some_and(|question| question.choices.len() > 1)
            }
        };
        let has_choices = self.current.as_ref().is_some_and(|question| question.choices.len() > 1);
        if is_new {
            self.begin(number, None, rich.clone());
        } else if has_choices && matches!(self.part, Part::Choice | Part::Aside) && is_title_of_part(text) {
            self.part = Part::Aside;
            text.clone_into(&mut self.subject);
        } else if self.part == Part::Aside || (self.part == Part::Choice && self.after_blank && has_choices) {
            self.part = Part::Aside;
            self.asides.push((number, text.to_owned()));
        } else {
            self.go_on(&Rich { text: text.to_owned(), ..rich.clone() }, "\n");
        }
    }

    /// Whether a number can be that of a new question, and not of a list within one.
    fn begins(&self, number: usize) -> bool {
        match &self.current {
            None => true,
            Some(question) if question.is_title() => true,
            Some(question) => {
                let follows = question.number.is_none_or(|before| number == before + 1);
                let is_whole = question.choices.len() > 1 || question.answer.is_some();
                // Within a choice no list begins.
                let restarts = number == 1 && matches!(self.part, Part::Choice | Part::Aside);
                if is_whole { follows || restarts || self.after_blank } else { follows && self.after_blank }
            }
        }
    }

    /// Whether a letter can begin a choice, and is not one that an explanation begins with, as in "E. coli".
    fn takes_choices(&self, question: &Question) -> bool {
        match self.part {
            Part::Stem | Part::Choice | Part::Why(_) | Part::Aside => true,
            // Then it was the reason of the choice before.
            Part::Explanation => question.answer.is_none() && !question.choices.is_empty(),
            Part::Nothing | Part::Key | Part::KeyList => false,
        }
    }

    /// `Answers` may also stand before the key of the question.
    fn wants_key(&self, text: &str) -> bool {
        let is_singular = !text.to_lowercase().contains("key") && !text.to_lowercase().starts_with("answers");
        is_singular
            && self.current.as_ref().is_some_and(|question| !question.choices.is_empty() && question.answer.is_none())
    }

    fn begin(&mut self, line: usize, number: Option<usize>, stem: Rich) {
        self.end();
        let stem = Rich { text: stem.text.trim().to_owned(), ..stem };
        self.current = Some(Question { line, number, subject: self.subject.clone(), stem, ..Question::default() });
        self.part = Part::Stem;
    }

    fn end(&mut self) {
        self.part = Part::Nothing;
        let Some(question) = self.current.take() else { return };
        // A line that nothing follows is the title of what comes, or a remark.
        if !question.choices.is_empty() || question.answer.is_some() || question.number.is_some() {
            self.questions.push(question);
        } else if question.stem.text.chars().count() <= 80 && !question.stem.text.contains('\n') {
            self.subject = question.stem.text;
        }
    }

    fn choice(&mut self, mark: Mark, place: usize, text: &str, lost: Lost, is_bold: bool) {
        let Some(question) = &mut self.current else { return };
        if self.part == Part::Explanation
            && let Some(before) = question.choices.last_mut()
        {
            before.why = std::mem::take(&mut question.explanation);
        }
        let (text, marked_behind) = without_mark(text);
        let text = Rich { text: text.to_owned(), lost: Lost { emphasis: false, ..lost }, ..Rich::default() };
        question.choices.push(RawChoice { text, is_key: mark == Mark::Right || marked_behind, ..RawChoice::default() });
        if is_bold {
            question.bold.push(place);
        }
        self.part = Part::Choice;
    }

    fn field(&mut self, field: Field, value: &str, rich: &Rich) {
        // The word before the colon is what is set in bold.
        let rich = &Rich { lost: Lost { emphasis: false, ..rich.lost }, ..rich.clone() };
        match field {
            Field::Answer if value.is_empty() => self.part = Part::Key,
            Field::Answer => self.key(value, rich),
            Field::Explanation => self.explain(value, rich.lost),
            Field::Why(place) => {
                let Some(question) = &mut self.current else { return };
                match question.choices.get_mut(place) {
                    Some(choice) => {
                        choice.why = value.into();
                        self.part = Part::Why(place);
                    }
                    None => self.go_on(rich, "\n"),
                }
            }
            Field::Source => {
                if let Some(question) = &mut self.current {
                    value.clone_into(&mut question.source);
                }
            }
            Field::Subject => {
                if let Some(question) = &mut self.current {
                    value.clone_into(&mut question.subject);
                }
            }
            Field::Ignored => {}
        }
    }

    fn explain(&mut self, text: &str, lost: Lost) {
        if let Some(question) = &mut self.current {
            if !question.explanation.text.is_empty() {
                question.explanation.text.push('\n');
            }
            question.explanation.text.push_str(text);
            question.explanation.lost.add(lost);
            self.part = Part::Explanation;
        }
    }

    /// `B`, `B) The text`, `B - because …`, `B and D`.
    fn key(&mut self, value: &str, rich: &Rich) {
        let Some(question) = &mut self.current else { return };
        let (key, rest) = key_and_rest(value, &question.choices);
        question.answer = Some(key);
        self.part = Part::Explanation;
        if !rest.is_empty() {
            self.explain(&rest, rich.lost);
        }
    }

    fn listed(&mut self, text: &str) {
        self.key_list.push_str(text);
        self.key_list.push('\n');
    }

    /// Gives the questions the keys of the list, by their numbers, or by their places where they have none. Where a number
    /// comes again, as in parts that each begin at 1, its keys follow its questions, if there are as many.
    fn take_keys(&mut self) {
        let list = KeyList::read(&self.key_list);
        let numbers: BTreeSet<usize> = self.questions.iter().filter_map(|question| question.number).collect();
        let count = self.questions.len();
        // The list may number through what its text numbers part by part.
        let by_place =
            numbers.is_empty() || (numbers.len() < count && (1..=count).all(|number| list.of(number).len() == 1));
        let mut alike: BTreeMap<usize, Vec<&mut Question>> = BTreeMap::new();
        for (index, question) in self.questions.iter_mut().enumerate() {
            if let Some(number) = if by_place { Some(index + 1) } else { question.number } {
                alike.entry(number).or_default().push(question);
            }
        }
        let known = alike.into_iter().filter(|(number, questions)| list.of(*number).len() == questions.len());
        for (question, listed) in known.flat_map(|(number, questions)| questions.into_iter().zip(list.of(number))) {
            question.answer.get_or_insert_with(|| listed.key.clone());
            if !listed.explanation.is_empty() && question.explanation.text.is_empty() {
                question.explanation.text.clone_from(&listed.explanation);
            }
        }
    }

    fn rich(&mut self) -> Option<&mut Rich> {
        let question = self.current.as_mut()?;
        match self.part {
            Part::Stem => Some(&mut question.stem),
            Part::Choice => question.choices.last_mut().map(|choice| &mut choice.text),
            Part::Explanation | Part::Key => Some(&mut question.explanation),
            Part::Why(place) => question.choices.get_mut(place).map(|choice| &mut choice.why),
            Part::Nothing | Part::Aside | Part::KeyList => None,
        }
    }

    /// A line that goes on with what the line before it is about.
    fn go_on(&mut self, more: &Rich, between: &str) {
        if let Some(rich) = self.rich() {
            if !rich.text.is_empty() && !rich.text.ends_with('\n') {
                rich.text.push_str(if between == "\n" && was_wrapped(&rich.text) { " " } else { between });
            }
            rich.text.push_str(&more.text);
            rich.lost.add(more.lost);
        }
    }
}

/// Whether the last line of a text was broken only because it is long: in the middle of a sentence.
fn was_wrapped(text: &str) -> bool {
    const LONG: usize = 55;
    let last = text.lines().next_back().unwrap_or("");
    last.chars().count() >= LONG && !last.ends_with(['.', ':', '?', '!', ';'])
}

impl Question {
    /// Whether it is no question, as far as is known, but what stands above the first: a title, or what to do. A stem that
    /// a list follows ends with a colon or a question mark.
    fn is_title(&self) -> bool {
        self.number.is_none() && self.choices.is_empty() && !self.stem.text.trim_end().ends_with(['?', ':'])
    }

    fn into_raw(mut self) -> Result<Raw, Reason> {
        let mut raw = Raw::new(Place::Line(self.line));
        if let Some(answer) = &self.answer {
            let texts: Vec<String> = self.choices.iter().map(|choice| choice.text.text.clone()).collect();
            if let Some(truth) = truth(answer).filter(|_| texts.is_empty()) {
                raw.true_or_false(truth);
                self.choices = std::mem::take(&mut raw.choices);
            } else if !texts.is_empty() {
                let ways = [Way::Letter, Way::Text, Way::Number];
                let by_truth = |answer: &str| key::keys(&truth(answer)?.to_string(), &texts, &[Way::Text]).ok();
                let keys = key::keys(answer, &texts, &ways).or_else(|why| by_truth(answer).ok_or(why))?;
                self.choices.iter_mut().enumerate().for_each(|(at, choice)| choice.is_key = keys.contains(&at));
            }
        } else if let [only] = self.bold[..]
            && !self.choices.iter().any(|choice| choice.is_key)
        {
            self.choices[only].is_key = true;
        }
        for choice in &mut self.choices {
            choice.text.text = joined(&choice.text.text);
        }
        let stem = self.stem.text.trim().to_owned();
        self.stem.text = stem;
        raw.subjects = vec![self.subject];
        raw.stem = self.stem;
        raw.choices = self.choices;
        raw.explanation = self.explanation;
        raw.source = self.source;
        Ok(raw)
    }
}

/// `Page 3`, `Page 3 of 12` or `3 | P a g e`, as a page begins or ends.
fn is_page_number(line: &str) -> bool {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let number = bare.strip_prefix("page").or_else(|| bare.strip_suffix("page"));
    number.is_some_and(|number| {
        let digits = number.replacen("of", "/", 1);
        digits.contains(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '|'))
    })
}

/// `Part II`, `Section 3: Records`: the title of the questions that follow.
fn is_title_of_part(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let noun = words.next().unwrap_or("").to_lowercase();
    let number = words.next().unwrap_or("");
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'));
    let is_letter = number.len() == 1 && number.chars().all(|c| c.is_ascii_uppercase());
    matches!(noun.as_str(), "part" | "section" | "chapter" | "unit" | "module")
        && !number.is_empty()
        && (is_number || is_letter)
        && text.chars().count() <= 80
        && !text.ends_with(['.', '?', '!'])
}

/// A choice that was broken into lines.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Whether a text reads like questions with lettered choices.
pub(crate) fn looks_like_questions(text: &str) -> bool {
    let has = |place: usize| {
        text.lines()
            .any(|line| choice(line.trim().trim_start_matches("- ")).is_some_and(|(_, found, _)| found == place))
    };
    (has(0) && has(1)) || text.lines().any(|line| line.trim_start().to_lowercase().starts_with("- [x]"))
}
