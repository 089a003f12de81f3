//! Attempts as a text: what is kept elsewhere when the store cannot take it, what is carried to another computer, and what
//! a later start reads back.
//!
//! The first line names the format and its version. Each further line is a word, a checksum and JSON: whose attempts these
//! are; what the candidate noted beside them; the texts of their forms, each once; then each attempt, its events in order, and their number; and at the end the
//! number of attempts. The checksum of an attempt's line covers the lines of that attempt before it too, and that of a
//! text is its hash. So a text that was cut short or changed anywhere is known to be, and costs only the attempts that it
//! belongs to.
//!
//! The checksums find damage. They do not find cheating: whoever can write a file can write its checksums.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::AttemptId;
use crate::checksum::Link;
use crate::form::{Form, FormOutline, Outliner, TextHash, Texts};
use crate::id::{AttemptUid, CandidateId, ExamId};
use crate::session::{JournalEntry, Rules, Session};
use crate::time::Timestamp;

const TITLE: &str = "examroom attempt record, version ";
/// A version that was released is never changed: what is new gets a new one.
const VERSION: u32 = 1;

/// An attempt with everything that happened in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number in the store that it comes from.
    pub attempt: AttemptId,
    /// Where it began; `None` for what was written by a sitting whose store could not be asked.
    pub origin: Option<AttemptOrigin>,
    /// The form.
    pub form: Arc<Form>,
    /// The rules that it is sat under.
    pub rules: Rules,
    /// What happened.
    pub entries: Vec<JournalEntry>,
    /// Whether these are all events up to when it was written; if not, there may have been more.
    pub whole: bool,
}

/// What an attempt is known by, wherever it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptOrigin {
    /// Its identity.
    pub uid: AttemptUid,
    /// When its form was drawn.
    pub created_at: Timestamp,
}

/// Whose attempts a record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The candidate's identity.
    pub id: CandidateId,
    /// Only where the candidate gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What a candidate noted that belongs to no attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// How a real exam went.
    RealExam {
        /// The exam.
        exam: ExamId,
        /// The day on which it was sat.
        day: Date,
        /// Whether it was passed.
        passed: bool,
        /// When the candidate said so.
        recorded_at: Timestamp,
    },
    /// Answers to the questions of a home bank no longer count for what is practiced.
    PracticeCleared {
        /// The home bank's exam.
        home: ExamId,
        /// Answers up to then.
        at: Timestamp,
    },
}

/// What is read of a text with records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Whose they are, as far as that was written.
    pub candidate: Option<Candidate>,
    /// What the candidate noted beside the attempts.
    pub facts: Vec<Fact>,
    /// The attempts, each as far as it is undamaged.
    pub attempts: Vec<Record>,
    /// What is damaged, in the order of the lines.
    pub damage: Vec<Damage>,
}

/// A damaged place of a text with records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// A line, counted from 1, is not what was written.
    Line(usize),
    /// The text ends before its end.
    CutShort,
    /// The form of this attempt cannot be put together, so that nothing of the attempt can be read.
    Form(AttemptId),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(number) => write!(f, "line {number} is damaged"),
            Self::CutShort => write!(f, "the end is missing"),
            Self::Form(attempt) => write!(f, "the questions of attempt {attempt} are damaged"),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Head {
    attempt: AttemptId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<AttemptOrigin>,
    rules: Rules,
    form: FormOutline,
}

/// Why a text is no record that this program can read.
#[derive(Debug, Error)]
pub enum RecordError {
    /// It does not begin as one.
    #[error("this is not a record of attempts")]
    Foreign,
    /// A later version of the program wrote it.
    #[error("the record was written by a newer examroom (version {found}, this one knows {VERSION})")]
    Newer {
        /// The version of its format.
        found: u32,
    },
    /// Not even one attempt in it can be read.
    #[error("the record is damaged")]
    Damaged,
    /// Its checksum is right, and yet it is nothing that this program writes.
    #[error("the record cannot be understood")]
    Unreadable(#[from] serde_json::Error),
}

/// Writes records, part by part: the text of a long history is never in memory as a whole.
pub struct Recorder {
    outliner: Outliner,
    attempts: usize,
}

impl Recorder {
    /// Begins a text, and says whose attempts follow.
    ///
    /// # Errors
    /// When the candidate has no form as JSON.
    pub fn start(candidate: Option<&Candidate>) -> Result<(Self, String), serde_json::Error> {
        let mut text = format!("{TITLE}{VERSION}\n");
        if let Some(candidate) = candidate {
            Link::START.write("candidate", &serde_json::to_string(candidate)?, &mut text);
        }
        Ok((Self { outliner: Outliner::default(), attempts: 0 }, text))
    }

    /// The line of a fact; those come before the attempts.
    ///
    /// # Errors
    /// When it has no form as JSON.
    pub fn fact(&self, fact: &Fact) -> Result<String, serde_json::Error> {
        let mut text = String::new();
        Link::START.write("fact", &serde_json::to_string(fact)?, &mut text);
        Ok(text)
    }

    /// The lines of an attempt, after those of its texts that no attempt had before.
    ///
    /// # Errors
    /// When a part of it has no form as JSON.
    pub fn add(&mut self, record: &Record) -> Result<String, serde_json::Error> {
        self.attempts += 1;
        let (form, texts) = self.outliner.outline(&record.form)?;
        let mut lines = String::new();
        for text in texts {
            line("text", text.hash, &text.body, &mut lines);
        }
        let head = Head { attempt: record.attempt, origin: record.origin.clone(), rules: record.rules, form };
        let mut link = Link::START.write("attempt", &serde_json::to_string(&head)?, &mut lines);
        for entry in &record.entries {
            link = link.write("event", &serde_json::to_string(entry)?, &mut lines);
        }
        link.write("end", &record.entries.len().to_string(), &mut lines);
        Ok(lines)
    }

    /// The last line.
    #[must_use]
    pub fn finish(self) -> String {
        let mut text = String::new();
        Link::START.write("all", &self.attempts.to_string(), &mut text);
        text
    }
}

fn line(word: &str, sum: impl fmt::Display, json: &str, text: &mut String) {
    let sum = sum.to_string();
    for part in [word, " ", &sum, " ", json, "\n"] {
        text.push_str(part);
    }
}

impl Link {
    /// Writes the next line of a chain; the link after it.
    fn write(self, word: &str, json: &str, text: &mut String) -> Self {
        let link = self.then(&[word, json]);
        line(word, link, json, text);
        link
    }

    /// The link after a line, if that is what the line says.
    fn read(self, line: &Line<'_>) -> Option<Self> {
        let next = self.then(&[line.word, line.json]);
        (next.to_string() == line.sum).then_some(next)
    }
}

/// A line that was written to its end.
struct Line<'t> {
    word: &'t str,
    sum: &'t str,
    json: &'t str,
}

impl<'t> Line<'t> {
    fn of(line: &'t [u8]) -> Option<Self> {
        let (word, rest) = complete(line)?.split_once(' ')?;
        let (sum, json) = rest.split_once(' ')?;
        Some(Self { word, sum, json })
    }
}

fn complete(line: &[u8]) -> Option<&str> {
    std::str::from_utf8(line.strip_suffix(b"\n")?).ok()
}

impl Record {
    /// The record of a session.
    #[must_use]
    pub fn of(attempt: AttemptId, session: &Session) -> Self {
        Self {
            attempt,
            origin: None,
            form: Arc::clone(session.form()),
            rules: session.rules(),
            entries: session.journal().to_vec(),
            whole: true,
        }
    }

    /// The record alone, as a text.
    ///
    /// # Errors
    /// When a part of it has no form as JSON.
    pub fn encode(&self) -> Result<String, serde_json::Error> {
        let (mut recorder, mut text) = Recorder::start(None)?;
        text.push_str(&recorder.add(self)?);
        text.push_str(&recorder.finish());
        Ok(text)
    }

    /// Reads the first record of a text, as far as it is undamaged.
    ///
    /// # Errors
    /// When it is none, or not one of this version, or nothing of it can be read.
    pub fn decode(text: &[u8]) -> Result<Self, RecordError> {
        Records::decode(text)?.attempts.into_iter().next().ok_or(RecordError::Damaged)
    }
}

impl Records {
    /// Reads a text with records, as far as it is undamaged.
    ///
    /// # Errors
    /// When it is none, or not one of this version, or holds what this program does not write.
    pub fn decode(text: &[u8]) -> Result<Self, RecordError> {
        let mut lines = text.split_inclusive(|byte| *byte == b'\n');
        let title =
            lines.next().and_then(complete).and_then(|line| line.strip_prefix(TITLE)).ok_or(RecordError::Foreign)?;
        let found = title.parse().map_err(|_| RecordError::Foreign)?;
        if found != VERSION {
            return Err(RecordError::Newer { found });
        }
        let mut reader = Reader::default();
        for (number, line) in (2..).zip(lines) {
            let is_sound = match Line::of(line) {
                Some(line) => reader.line(&line)?,
                None => false,
            };
            if !is_sound {
                reader.open = None;
                reader.damage.push(Damage::Line(number));
            }
        }
        Ok(reader.finish())
    }
}

/// What was read up to a line.
#[derive(Default)]
struct Reader<'t> {
    candidate: Option<Candidate>,
    facts: Vec<Fact>,
    texts: HashMap<TextHash, &'t str>,
    attempts: Vec<Unrestored>,
    /// The link of the attempt that is being read; `None` after a damaged line, up to the next attempt.
    open: Option<Link>,
    damage: Vec<Damage>,
    at_end: bool,
}

/// An attempt whose texts may still be missing.
struct Unrestored {
    head: Head,
    entries: Vec<JournalEntry>,
    whole: bool,
}

impl<'t> Reader<'t> {
    /// Takes a line; false if it is damaged.
    fn line(&mut self, line: &Line<'t>) -> Result<bool, serde_json::Error> {
        match line.word {
            "candidate" => {
                let is_sound = Link::START.read(line).is_some();
                if is_sound {
                    self.candidate = Some(serde_json::from_str(line.json)?);
                }
                Ok(is_sound)
            }
            "fact" => {
                let is_sound = Link::START.read(line).is_some();
                if is_sound {
                    self.facts.push(serde_json::from_str(line.json)?);
                }
                Ok(is_sound)
            }
            "text" => {
                let hash = TextHash::of(line.json);
                let is_sound = hash.to_string() == line.sum;
                if is_sound {
                    self.texts.insert(hash, line.json);
                }
                Ok(is_sound)
            }
            "attempt" => {
                self.open = Link::START.read(line);
                if self.open.is_some() {
                    let head = serde_json::from_str(line.json)?;
                    self.attempts.push(Unrestored { head, entries: Vec::new(), whole: false });
                }
                Ok(self.open.is_some())
            }
            "event" | "end" => self.part(line),
            "all" => {
                self.at_end = Link::START.read(line).is_some();
                Ok(self.at_end)
            }
            _ => Ok(false),
        }
    }

    /// A line of the attempt that is being read. After a damaged line nothing can be said of those up to the next attempt.
    fn part(&mut self, line: &Line<'t>) -> Result<bool, serde_json::Error> {
        let (Some(before), Some(attempt)) = (self.open, self.attempts.last_mut()) else { return Ok(true) };
        self.open = before.read(line);
        if self.open.is_none() {
            return Ok(false);
        }
        if line.word == "event" {
            attempt.entries.push(serde_json::from_str(line.json)?);
        } else {
            attempt.whole = serde_json::from_str::<usize>(line.json)? == attempt.entries.len();
            self.open = None;
        }
        Ok(true)
    }

    fn finish(self) -> Records {
        let Self { candidate, facts, texts, attempts, mut damage, at_end, .. } = self;
        if !at_end && damage.is_empty() {
            damage.push(Damage::CutShort);
        }
        let mut texts = Texts::new(|hash| Ok::<_, NeverFails>(texts.get(&hash).map(|text| (*text).to_owned())));
        let mut restored = Vec::with_capacity(attempts.len());
        for Unrestored { head, entries, whole } in attempts {
            let Head { attempt, origin, rules, form } = head;
            match form.restore(&mut texts) {
                Ok(form) => restored.push(Record { attempt, origin, form: Arc::new(form), rules, entries, whole }),
                Err(_) => damage.push(Damage::Form(attempt)),
            }
        }
        Records { candidate, facts, attempts: restored, damage }
    }
}

/// The error of a look-up in memory.
#[derive(Debug, Error)]
#[error("nothing can fail here")]
struct NeverFails;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::conformance::{RULES, questions};
    use crate::session::Command;
    use jiff::civil::date;

    fn record(attempt: i64) -> Record {
        let mut session = Session::new(questions(2), RULES);
        session.apply(Command::Begin, Timestamp(1)).unwrap();
        session.apply(Command::Leave, Timestamp(2)).unwrap();
        let origin = AttemptOrigin { uid: attempt.to_string().as_str().into(), created_at: Timestamp(attempt) };
        Record { origin: Some(origin), ..Record::of(AttemptId(attempt), &session) }
    }

    fn several() -> (Records, String) {
        let candidate = Candidate { id: "c".into(), name: Some("Kim".to_owned()) };
        let facts = vec![
            Fact::RealExam { exam: "x".into(), day: date(2026, 11, 24), passed: true, recorded_at: Timestamp(3) },
            Fact::PracticeCleared { home: "x".into(), at: Timestamp(4) },
        ];
        let attempts = vec![record(1), record(2), record(5)];
        let (mut recorder, mut text) = Recorder::start(Some(&candidate)).unwrap();
        for fact in &facts {
            text.push_str(&recorder.fact(fact).unwrap());
        }
        for record in &attempts {
            text.push_str(&recorder.add(record).unwrap());
        }
        text.push_str(&recorder.finish());
        (Records { candidate: Some(candidate), facts, attempts, damage: Vec::new() }, text)
    }

    #[test]
    fn what_is_written_is_read_back_and_each_text_is_written_once() {
        let (records, text) = several();
        assert_eq!(Records::decode(text.as_bytes()).unwrap(), records);
        assert_eq!(text.lines().filter(|line| line.starts_with("text ")).count(), 2);
        let alone = record(7);
        assert_eq!(Record::decode(alone.encode().unwrap().as_bytes()).unwrap(), alone);
    }

    #[test]
    fn a_text_that_was_cut_short_anywhere_is_read_up_to_there_and_known_to_be_cut_short() {
        let (records, text) = several();
        for length in 0..text.len() {
            let Ok(cut) = Records::decode(&text.as_bytes()[..length]) else { continue };
            assert!(!cut.damage.is_empty(), "cut at {length}");
            for (found, written) in cut.attempts.iter().zip(&records.attempts) {
                assert!(written.entries.starts_with(&found.entries), "cut at {length}");
                assert!(!found.whole || found == written, "cut at {length}");
            }
        }
    }

    #[test]
    fn a_changed_byte_is_found_and_changes_no_event_and_no_other_attempt() {
        let (records, text) = several();
        let first_attempt = text.find("\nattempt ").unwrap() + 1;
        for at in text.find('\n').unwrap() + 1..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            let read = Records::decode(&changed).unwrap();
            assert!(!read.damage.is_empty(), "byte {at}");
            assert!(read.facts.iter().all(|fact| records.facts.contains(fact)), "byte {at}");
            for found in &read.attempts {
                let written = records.attempts.iter().find(|written| written.attempt == found.attempt).unwrap();
                assert!(found == written || (!found.whole && written.entries.starts_with(&found.entries)), "byte {at}");
            }
            let whole = read.attempts.iter().filter(|found| found.whole).count();
            // A text belongs to all of them, and the end of a line also to the line after it.
            let others = if text.as_bytes()[at] == b'\n' { 1 } else { 2 };
            assert!(at < first_attempt || whole >= others, "byte {at}: {whole}");
        }
    }

    #[test]
    fn a_newer_record_and_another_file_are_refused() {
        let text = several().1.replacen("version 1", "version 2", 1);
        assert!(matches!(Record::decode(text.as_bytes()), Err(RecordError::Newer { found: 2 })));
        assert!(matches!(Record::decode(b"a letter\n"), Err(RecordError::Foreign)));
        assert!(matches!(Record::decode(b""), Err(RecordError::Foreign)));
    }
}
