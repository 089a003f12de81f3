//! What every journal owes its callers, as checks that each implementation runs in its tests.

#![allow(clippy::panic, reason = "these are tests, which other crates run")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Journal, Saved};
use crate::bank::{Overrides, Synonyms};
use crate::blueprint::Book;
use crate::form::{Caveats, Form, FormQuestion, FormSection, Kind, ScalePoints, Slot};
use crate::id::{ExamId, SectionId};
use crate::seed::Seed;
use crate::session::{Event, JournalEntry, Rules};
use crate::time::Timestamp;

/// Longer than any write takes that succeeds.
const LONG: Duration = Duration::from_mins(1);

/// The rules of an attempt that tests keep a journal of.
pub const RULES: Rules = Rules::ORDINARY;

/// A form with one section and no questions: enough to keep a journal of.
#[must_use]
pub fn form() -> Arc<Form> {
    Arc::new(Form {
        exam: ExamId::new("x"),
        name: "X".to_owned(),
        owner: None,
        edition: String::new(),
        borrowed_from: None,
        bank_checksum: None,
        seed: Seed(1),
        code: None,
        kind: Kind::Mock,
        scale: ScalePoints { lowest: 100, pass: 300, highest: 400 },
        default_rating: 0.7,
        sections: vec![FormSection {
            id: SectionId::new("main"),
            name: "Main".to_owned(),
            time: Duration::from_mins(1),
            book: Book::Closed,
            break_after: None,
            questions: Vec::new(),
        }],
        domains: Vec::new(),
        cases: BTreeMap::new(),
        shelf: Vec::new(),
        synonyms: Synonyms::default(),
        near_duplicates: 0,
        overrides: Overrides::default(),
        assumptions: None,
        background: None,
        caveats: Caveats::default(),
    })
}

/// The same with questions, `q1` and so on, whose right choice is `a`.
///
/// # Panics
/// Never: its questions are sound.
#[must_use]
pub fn questions(count: usize) -> Arc<Form> {
    let question = |number: usize| {
        let item = serde_json::json!({
            "id": format!("q{number}"), "section": "main", "domain": "d", "topic": "t", "level": "recall", "key": ["a"],
            "stem": format!("Which is {number}?"),
            "choices": [{ "id": "a", "text": "This" }, { "id": "b", "text": "That" }],
        });
        let item = serde_json::from_value(item).unwrap_or_else(|error| panic!("{error}"));
        FormQuestion { item, scored: true, order: vec!["a".into(), "b".into()] }
    };
    let mut form = Form::clone(&form());
    form.domains.push(("d".into(), "Domain".to_owned()));
    form.sections[0].questions = (1..=count).map(question).collect();
    Arc::new(form)
}

/// The storage under a journal, for one attempt.
pub trait Backend {
    /// Opens the attempt's journal, as a program does that continues it.
    fn open(&mut self) -> Box<dyn Journal>;
    /// What the storage holds, read as a later start of the program would.
    fn kept(&mut self) -> Vec<JournalEntry>;
    /// Makes every write fail, for this reason.
    fn fail(&mut self, why: &str);
    /// Makes writes succeed again.
    fn mend(&mut self);
    /// Takes the attempt over from whoever writes it.
    fn take_over(&mut self);
}

/// Runs every check, each on storage of its own.
///
/// # Panics
/// When the journal owes something and does not keep it.
pub fn run<B: Backend>(mut make: impl FnMut() -> B) {
    what_is_called_saved_is_kept_in_order(&mut make());
    what_cannot_be_written_is_not_called_saved_and_is_written_later(&mut make());
    a_flush_outlasts_a_failure_and_a_wait_does_not(&mut make());
    nothing_is_written_after_a_take_over(&mut make());
    what_is_left_unwritten_when_it_closes_stays_unwritten(&mut make());
}

/// The entry with this number of a made-up attempt.
fn entry(number: u32) -> JournalEntry {
    JournalEntry { at: Timestamp(i64::from(number)), event: Event::Showed { slot: Slot(number) } }
}

fn entries(numbers: std::ops::Range<u32>) -> Vec<JournalEntry> {
    numbers.map(entry).collect()
}

fn what_is_called_saved_is_kept_in_order(backend: &mut impl Backend) {
    let mut journal = backend.open();
    assert_eq!((journal.saved(), journal.durable()), (Saved::Yes, 0), "nothing has happened");
    journal.append(Vec::new());
    assert_eq!(journal.saved(), Saved::Yes, "nothing was handed over");
    for number in 0..100 {
        journal.append(vec![entry(number)]);
        journal.heartbeat(Timestamp(i64::from(number)));
    }
    assert_eq!((journal.flush(LONG), journal.durable()), (Saved::Yes, 100));
    assert_eq!(backend.kept(), entries(0..100));
    journal.close();

    let mut journal = backend.open();
    assert_eq!(journal.durable(), 100, "a journal continues after what is kept");
    journal.append(entries(100..103));
    assert_eq!((journal.flush(LONG), journal.durable()), (Saved::Yes, 103));
    journal.close();
    assert_eq!(backend.kept(), entries(0..103));
}

fn what_cannot_be_written_is_not_called_saved_and_is_written_later(backend: &mut impl Backend) {
    let mut journal = backend.open();
    journal.append(entries(0..2));
    assert_eq!(journal.flush(LONG), Saved::Yes);
    backend.fail("the disk is full");
    journal.append(entries(2..3));
    match journal.wait(LONG) {
        Saved::No { why } => assert!(why.contains("the disk is full"), "{why}"),
        saved => panic!("{saved:?}, while nothing can be written"),
    }
    journal.append(entries(3..5));
    assert_eq!((journal.durable(), backend.kept()), (2, entries(0..2)));
    backend.mend();
    assert_eq!((journal.flush(LONG), journal.durable()), (Saved::Yes, 5));
    assert_eq!(backend.kept(), entries(0..5));
    journal.close();
}

fn a_flush_outlasts_a_failure_and_a_wait_does_not(backend: &mut impl Backend) {
    let mut journal = backend.open();
    backend.fail("the disk is full");
    journal.append(entries(0..1));
    assert!(matches!(journal.wait(LONG), Saved::No { .. }));
    assert!(matches!(journal.flush(Duration::from_millis(1)), Saved::No { .. } | Saved::NotYet));
    backend.mend();
    assert_eq!(journal.flush(LONG), Saved::Yes);
    journal.close();
}

fn nothing_is_written_after_a_take_over(backend: &mut impl Backend) {
    let mut journal = backend.open();
    journal.append(entries(0..1));
    assert_eq!(journal.flush(LONG), Saved::Yes);
    backend.take_over();
    journal.append(entries(1..2));
    assert_eq!((journal.flush(LONG), journal.durable()), (Saved::TakenOver, 1));
    journal.append(entries(2..3));
    assert_eq!(journal.wait(LONG), Saved::TakenOver);
    journal.close();
    assert_eq!(backend.kept(), entries(0..1));
}

fn what_is_left_unwritten_when_it_closes_stays_unwritten(backend: &mut impl Backend) {
    let mut journal = backend.open();
    backend.fail("the disk is full");
    journal.append(entries(0..1));
    assert!(matches!(journal.wait(LONG), Saved::No { .. }));
    journal.close();
    backend.mend();
    let journal = backend.open();
    assert_eq!((journal.saved(), journal.durable(), backend.kept()), (Saved::Yes, 0, Vec::new()));
    journal.close();
}
