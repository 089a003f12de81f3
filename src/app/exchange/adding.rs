//! A question that is asked for piece by piece. Each answer is looked at by the rules of a bank check as soon as it is
//! given, by reading the question as it would stand in its file; nothing is written before all are known.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::naming::{WORDS, slug};
use super::writing::{append, held, write_whole};
use crate::library::{ExamFiles, Reading};
use examroom_core::bank::{Bank, Depth, Item, Level, Top, top, topic_places, written, written_as_typed};
use examroom_core::blueprint::{Blueprint, Domain};
use examroom_core::diagnostics::{Code, Diagnostic, Severity};
use examroom_core::id::{DomainId, ItemId};
use examroom_exchange::{Choice, Draft, choice_id, without_letters};

/// What is asked of a question, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What is asked.
    Stem,
    /// The choices, a line each.
    Choices,
    /// Which of them are right.
    Key,
    /// What it takes to answer it.
    Level,
    /// The part of the exam that it belongs to.
    Domain,
    /// The section, where the domain has several.
    Section,
    /// The subject within the domain.
    Topic,
    /// Why the key is right.
    Explanation,
    /// Where that stands.
    Source,
    /// How hard it is.
    Rating,
}

impl Field {
    const ALL: [Self; 10] = [
        Self::Stem,
        Self::Choices,
        Self::Key,
        Self::Level,
        Self::Domain,
        Self::Section,
        Self::Topic,
        Self::Explanation,
        Self::Source,
        Self::Rating,
    ];

    /// Whether an answer can have several lines.
    #[must_use]
    pub fn has_lines(self) -> bool {
        matches!(self, Self::Stem | Self::Choices | Self::Explanation)
    }
}

/// A question of which some pieces are known.
#[derive(Debug)]
pub struct NewQuestion<'e> {
    exam: &'e ExamFiles,
    /// The folder of the exam that is written to.
    folder: PathBuf,
    blueprint: Arc<Blueprint>,
    day: Date,
    answers: BTreeMap<Field, Vec<String>>,
}

/// A question that is complete, with the file that it goes into.
#[derive(Debug)]
pub struct Addition {
    /// The file.
    pub path: PathBuf,
    /// The question's line there, from 1.
    pub line: usize,
    /// The question as it would stand in the bank.
    pub item: Arc<Item>,
    /// What is advised about it.
    pub advice: Vec<Diagnostic>,
    /// The bank as it would be.
    pub bank: Bank,
    /// What the file would hold.
    text: String,
}

/// Why a question cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    /// Its file cannot be read.
    #[error("{} cannot be read, so nothing can be added to it", path.display())]
    Held {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The question has an error in its bank.
    #[error("the question has an error")]
    Faulty(Vec<Diagnostic>),
    /// It could not be read again.
    #[error("{} has errors, and a question at its end would not be read", .0.display())]
    Unreadable(PathBuf),
}

impl<'e> NewQuestion<'e> {
    /// A question of which nothing is known yet; `None` where the exam's blueprint has errors.
    #[must_use]
    pub fn new(exam: &'e ExamFiles, folder: PathBuf, day: Date) -> Option<Self> {
        let blueprint = exam.blueprint().blueprint?;
        Some(Self { exam, folder, blueprint, day, answers: BTreeMap::new() })
    }

    /// The exam.
    #[must_use]
    pub fn blueprint(&self) -> &Blueprint {
        &self.blueprint
    }

    /// What is to be asked, after what is known: nothing of which there is only one.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        let is_asked = |field: &Field| match field {
            Field::Domain | Field::Section | Field::Topic => self.options(*field).len() > 1,
            _ => true,
        };
        Field::ALL.into_iter().filter(is_asked).collect()
    }

    /// What there is to choose from, by id and name.
    #[must_use]
    pub fn options(&self, field: Field) -> Vec<(String, String)> {
        let blueprint = &self.blueprint;
        match field {
            Field::Level => Level::ALL.iter().map(|level| (level.to_string(), String::new())).collect(),
            Field::Domain => {
                blueprint.domains.iter().map(|domain| (domain.id.to_string(), domain.name.clone())).collect()
            }
            Field::Section => {
                let sections = self.domain().into_iter().flat_map(|domain| &domain.counts);
                let name = |id| blueprint.section(id).map_or_else(String::new, |section| section.name.clone());
                sections.map(|count| (count.section.to_string(), name(&count.section))).collect()
            }
            Field::Topic => {
                let topics = self.domain().into_iter().flat_map(|domain| &domain.topics);
                topics.map(|topic| (topic.id.to_string(), topic.name.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The letter of the last choice that was given, as it is shown.
    #[must_use]
    pub fn last_letter(&self) -> Option<char> {
        let last = self.answers.get(&Field::Choices)?.len().checked_sub(1)?;
        Some(choice_id(last).to_ascii_uppercase()).filter(char::is_ascii_alphabetic)
    }

    /// Takes an answer and says what is wrong with it, and what is advised.
    pub fn answer(&mut self, field: Field, mut lines: Vec<String>) -> Vec<Diagnostic> {
        if field == Field::Choices
            && let Some(bare) = without_letters(lines.iter().map(String::as_str))
        {
            lines = bare;
        }
        self.answers.insert(field, lines);
        let question = self.written(&self.id(0), &self.head());
        let mut alone = self.exam.without_questions();
        let path = self.folder.join("new.toml");
        alone.put(&path, &question.text);
        let reading = alone.read(Depth::Advice, self.day, &mut |_, _| {});
        question.findings(&reading, &path, 0, |at| at == Some(field))
    }

    /// The question in the file that it belongs into, checked together with its whole bank. That file is read now, so
    /// that what an editor has saved meanwhile is kept.
    ///
    /// # Errors
    /// When the file cannot be added to.
    pub fn finish(&self) -> Result<Addition, NotAdded> {
        let path = self.path();
        let before = held(&path).map_err(|source| NotAdded::Held { path: path.clone(), source })?;
        let before = before.unwrap_or_else(|| self.head());
        for copy in 0.. {
            let question = self.written(&self.id(copy), "");
            let mut text = before.clone();
            append(&mut text, &question.text);
            // Places in a file are counted without its byte-order mark.
            let at = before.trim_start_matches('\u{feff}').len();
            let mut exam = self.exam.clone();
            exam.put(&path, &text);
            let reading = exam.read(Depth::Advice, self.day, &mut |_, _| {});
            let (errors, advice): (Vec<_>, Vec<_>) = question
                .findings(&reading, &path, at, |_| true)
                .into_iter()
                .partition(|finding| finding.severity() == Severity::Error);
            if errors.iter().any(|finding| finding.code == Code::DUPLICATE_ID) {
                continue;
            }
            if !errors.is_empty() {
                return Err(NotAdded::Faulty(errors));
            }
            let Some(item) = reading.bank.item(&ItemId::new(&self.id(copy))).cloned() else { break };
            let line = before.lines().count() + 2;
            return Ok(Addition { path, line, item, advice, bank: reading.bank, text });
        }
        Err(NotAdded::Unreadable(path))
    }

    fn only(&self, field: Field) -> &str {
        self.answers.get(&field).and_then(|lines| lines.first()).map_or("", String::as_str)
    }

    /// An answer by the id, name or number of what there is to choose from, as its id; or else as it was given.
    fn chosen(&self, field: Field) -> String {
        let options = self.options(field);
        let answer = self.only(field);
        if let ([(id, _)], "") = (&options[..], answer) {
            return id.clone();
        }
        let by_number = answer.parse::<usize>().ok().and_then(|number| options.get(number.checked_sub(1)?));
        let is_named = |option: &&(String, String)| {
            let same = |name: &str| !name.is_empty() && name.to_lowercase() == answer.to_lowercase();
            same(&option.0) || same(&option.1)
        };
        let found = options.iter().find(is_named).or(by_number);
        found.map_or_else(|| answer.to_owned(), |(id, _)| id.clone())
    }

    /// The domain, as far as it is known.
    fn domain(&self) -> Option<&Domain> {
        let blueprint = &self.blueprint;
        match &blueprint.domains[..] {
            [only] => Some(only),
            _ => blueprint.domain(&DomainId::new(&self.chosen_domain())),
        }
    }

    fn chosen_domain(&self) -> String {
        if self.answers.contains_key(&Field::Domain) || self.blueprint.domains.len() == 1 {
            return self.chosen(Field::Domain);
        }
        // Before it is asked, everything else can be checked in any.
        self.blueprint.domains.first().map_or_else(String::new, |domain| domain.id.to_string())
    }

    /// The section, where the domain has several.
    fn section(&self) -> Option<String> {
        let several = self.domain().is_some_and(|domain| domain.counts.len() > 1);
        several.then(|| self.chosen(Field::Section)).filter(|_| self.answers.contains_key(&Field::Section))
    }

    /// The top of a new file.
    fn head(&self) -> String {
        let schema = self.folder.join(crate::library::SCHEMA_FILE).is_file();
        let schema = if schema { format!("#:schema ./{}\n", crate::library::SCHEMA_FILE) } else { String::new() };
        let section = self.section().map_or_else(String::new, |section| format!("section = {}\n", written(&section)));
        format!(
            "{schema}exam = {}\ndomain = {}\n{section}",
            written(self.blueprint.id.as_str()),
            written(&self.chosen_domain())
        )
    }

    /// The file that has most of its topic's questions; or else one of its domain; or else a new one.
    fn path(&self) -> PathBuf {
        let (domain, section, topic) = (self.chosen_domain(), self.section(), self.chosen(Field::Topic));
        let wanted = Top { domain: domain.clone(), section: section.clone() };
        let here = self.exam.written_banks().filter(|path| path.parent() == Some(&self.folder));
        let fitting = here.filter_map(|path| {
            let text = held(path).ok()??;
            let questions = topic_places(&text, &domain, &topic)?.len();
            (top(&text)? == wanted).then_some((questions, path))
        });
        if let Some((_, path)) = fitting.max() {
            return path.to_owned();
        }
        let name = section.map_or_else(|| domain.clone(), |section| format!("{domain}-{section}"));
        let free = |path: &PathBuf| !path.exists();
        let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
        let mut paths = names.map(|name| self.folder.join(format!("{name}.toml")));
        paths.find(free).unwrap_or_else(|| self.folder.join(name))
    }

    /// An id by what it asks; where that is taken, the next one.
    fn id(&self, copy: usize) -> String {
        let stem = self.answers.get(&Field::Stem).map_or_else(String::new, |lines| lines.join(" "));
        let words: Vec<&str> = stem.split_whitespace().filter(|word| word.chars().count() > 3).take(WORDS).collect();
        let id = slug(&format!("{} {}", self.chosen_domain(), words.join(" ")), 60);
        if copy == 0 { id } else { format!("{id}-{}", copy + 1) }
    }

    /// The question as it stands in its file, as far as it is known, with `before` before it.
    fn written(&self, id: &str, before: &str) -> Written {
        let mut question = Written { text: before.to_owned(), places: Vec::new() };
        let known = |field: Field| self.answers.contains_key(&field) || matches!(field, Field::Topic | Field::Level);
        if !before.is_empty() {
            question.places.push((Field::Domain, 0..before.len()));
            question.places.push((Field::Section, 0..before.len()));
        }
        question.text.push_str("\n[[item]]\n");
        let _ = std::fmt::Write::write_fmt(&mut question.text, format_args!("id = {}\n", written(id)));
        for field in [Field::Topic, Field::Level, Field::Rating, Field::Stem, Field::Key] {
            if known(field) {
                question.put(field, &self.line(field));
            }
        }
        let draft = self.draft();
        if let Some(explanation) = draft.explanation {
            question.put(Field::Explanation, &format!("explanation = {}\n", written_as_typed(&explanation)));
        }
        if !self.only(Field::Source).is_empty() {
            question.put(Field::Source, &format!("source = {}\n", written(self.only(Field::Source))));
        }
        if known(Field::Choices) {
            let choices = draft.choices.iter().enumerate();
            let line = |(at, choice): (usize, &Choice)| format!("{} = {}\n", id_of(at), written(&choice.text));
            question.put(Field::Choices, &format!("[item.choices]\n{}", choices.map(line).collect::<String>()));
        }
        question
    }

    fn line(&self, field: Field) -> String {
        match field {
            Field::Topic => format!("topic = {}\n", written(&self.chosen(field))),
            Field::Level => {
                let level = Some(self.chosen(field)).filter(|level| !level.is_empty());
                format!("level = {}\n", written(&level.unwrap_or_else(|| Level::Recall.to_string())))
            }
            Field::Rating => ratings(self.only(field)),
            Field::Key => key(self.only(field), self.answers.get(&Field::Choices).map_or(0, Vec::len)),
            _ => format!("stem = {}\n", written_as_typed(&self.answers[&field].join("\n"))),
        }
    }

    /// The texts in which letters and braces mean something.
    fn draft(&self) -> Draft {
        let lines = |field: Field| self.answers.get(&field).cloned().unwrap_or_default();
        let choices = lines(Field::Choices).into_iter().map(|text| Choice { text, ..Choice::default() });
        let explanation = Some(lines(Field::Explanation).join("\n")).filter(|text| !text.is_empty());
        let stem = lines(Field::Stem).join("\n");
        let mut draft = Draft { stem, choices: choices.collect(), explanation, ..Draft::default() };
        draft.follow_choices();
        draft
    }
}

impl Addition {
    /// Writes the file.
    ///
    /// # Errors
    /// When it cannot be written; then it is as it was.
    pub fn write(&self) -> io::Result<()> {
        write_whole(&self.path, &self.text)
    }
}

/// A text of a bank file, and where in it each field stands.
struct Written {
    text: String,
    places: Vec<(Field, Range<usize>)>,
}

impl Written {
    fn put(&mut self, field: Field, line: &str) {
        let start = self.text.len();
        self.text.push_str(line);
        self.places.push((field, start..self.text.len()));
    }

    /// What was found in fields of this question, which begins at a place in the file of this path; `None` stands for its
    /// first lines.
    fn findings(
        &self,
        reading: &Reading,
        path: &Path,
        begin: usize,
        is_wanted: impl Fn(Option<Field>) -> bool,
    ) -> Vec<Diagnostic> {
        let name = path.display().to_string();
        let is_here = |finding: &&Diagnostic| {
            let Some(span) = finding.span.filter(|span| reading.sources.name(span.file) == name) else { return false };
            let Some(at) = span.bytes().start.checked_sub(begin) else { return false };
            let mut fields = self.places.iter().filter(|(_, place)| place.contains(&at)).peekable();
            if fields.peek().is_none() { is_wanted(None) } else { fields.any(|(field, _)| is_wanted(Some(*field))) }
        };
        reading.diagnostics.iter().filter(is_here).cloned().collect()
    }
}

/// The id of a choice, also of one more than there can be.
fn id_of(at: usize) -> String {
    Some(choice_id(at)).filter(|id| id.is_alphabetic()).map_or_else(|| format!("choice-{}", at + 1), String::from)
}

/// `B`, `a, d`, `AD` or `2`, of so many choices.
fn key(answer: &str, choices: usize) -> String {
    let ids: Vec<String> = (0..choices).map(id_of).collect();
    let is_id = |word: &str| ids.iter().any(|id| id == word);
    let mut keys: Vec<String> = Vec::new();
    for word in answer.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        let number = word.parse::<usize>().ok().and_then(|number| ids.get(number.checked_sub(1)?));
        match number {
            Some(id) => keys.push(id.clone()),
            None if word == "and" => {}
            None if !is_id(&word) && word.chars().all(|c| is_id(c.encode_utf8(&mut [0; 4]))) => {
                keys.extend(word.chars().map(String::from));
            }
            None => keys.push(word),
        }
    }
    match &keys[..] {
        [] => format!("key = {}\n", written(answer)),
        [only] => format!("key = {}\n", written(only)),
        several => format!("key = [{}]\n", several.iter().map(|key| written(key)).collect::<Vec<_>>().join(", ")),
    }
}

/// `65`, `65 %`, `0.65`, or several, one a rater.
fn ratings(answer: &str) -> String {
    let words = answer.split(|c: char| c.is_whitespace() || matches!(c, '%' | ';')).filter(|word| !word.is_empty());
    let share = |word: &str| {
        let number: f64 =
            word.trim_end_matches(',').replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())?;
        let share = if number > 1.0 { number / 100.0 } else { number };
        Some(format!("{share:?}"))
    };
    match words.map(share).collect::<Option<Vec<String>>>().as_deref() {
        Some([]) => String::new(),
        Some([only]) => format!("angoff = {only}\n"),
        Some(several) => format!("angoff = [{}]\n", several.join(", ")),
        None => format!("angoff = {}\n", written(answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_by_letters_or_numbers() {
        for (answer, wanted) in [
            ("B", "\"b\""),
            ("2", "\"b\""),
            ("A, D", "[\"a\", \"d\"]"),
            ("a and d", "[\"a\", \"d\"]"),
            ("AD", "[\"a\", \"d\"]"),
            ("E", "\"e\""),
            ("", "\"\""),
        ] {
            assert_eq!(key(answer, 4), format!("key = {wanted}\n"), "{answer}");
        }
    }

    #[test]
    fn ratings_are_shares_or_of_a_hundred() {
        for (answer, wanted) in [
            ("65", "angoff = 0.65\n"),
            ("65 %", "angoff = 0.65\n"),
            ("0,7", "angoff = 0.7\n"),
            ("60, 65, 0.7", "angoff = [0.6, 0.65, 0.7]\n"),
            ("", ""),
            ("hard", "angoff = \"hard\"\n"),
        ] {
            assert_eq!(ratings(answer), wanted, "{answer}");
        }
    }
}
