//! A sitting on the page. Every page says up to which event of the attempt it shows it, and every form sends that along:
//! so a form that is sent twice is done once, and a page that another window has outrun does nothing and is told.

use std::time::Duration;

use crate::look::OpenShelf;
use examroom_app::live::LiveSession;
use examroom_app::view::announcement::{self, Announcer};
use examroom_core::blueprint::Book;
use examroom_core::session::{Command, EndReason, Event, JournalEntry, Session};
use examroom_core::time::Timestamp;

/// How long an answer waits for the disk before the page is shown without its being saved.
const DISK: Duration = Duration::from_secs(1);

/// Said where a page shows what another window has left behind.
const OUTRUN: &str = "The exam went on in another window. This page now shows how it stands; what you did last on the \
                      old one was not done.";

/// Said where a page comes after the clock.
const TOO_LATE: &str = "What you did last came too late and does not count.";

/// Said where a page knows more than the attempt: the program ended before the disk had it.
const LOST: &str = "examroom ended before everything was on disk. This page shows what is: what was marked as not saved \
                    is lost.";

/// A sitting.
pub(crate) struct Room {
    pub live: LiveSession,
    /// What the candidate is told until the next thing they do.
    pub message: Option<String>,
}

/// What becomes of a form.
enum Standing {
    /// The page shows the attempt as it is.
    Current,
    /// The form has been done before.
    Done,
    /// The page is of before something else happened.
    Outrun(&'static str),
}

impl Room {
    pub fn new(live: LiveSession) -> Self {
        let message = announcement::welcome_back(live.session());
        Self { live, message }
    }

    pub fn session(&self) -> &Session {
        self.live.session()
    }

    /// How many events the attempt has: what a page that is shown now goes by.
    pub fn events(&self) -> usize {
        self.session().journal().len()
    }

    /// Lets time pass.
    pub fn tick(&mut self) {
        let events = self.live.tick();
        self.follow(&events);
    }

    /// Does what a form of a page asks for, which showed the attempt after so many events, at this question.
    pub fn act(&mut self, after: usize, question: Option<usize>, wanted: impl Fn(&Session) -> Vec<Command>) {
        self.message = None;
        self.tick();
        match self.standing(after, &wanted) {
            Standing::Current if question.is_none_or(|slot| self.is_at(slot)) => self.send(wanted(self.session())),
            Standing::Current => self.message = Some(OUTRUN.to_owned()),
            Standing::Done => {}
            Standing::Outrun(words) => {
                self.message = Some(match self.message.take() {
                    Some(message) => format!("{message} {words}"),
                    None => words.to_owned(),
                });
            }
        }
        let _ = self.live.wait_saved(DISK);
    }

    /// Begins.
    pub fn begin(&mut self) {
        self.send(vec![Command::Begin]);
        let _ = self.live.wait_saved(DISK);
    }

    /// The journal tells when the shelf is opened and closed and which sheet it shows, as the page is looked at.
    pub fn follow_shelf(&mut self, open: Option<OpenShelf>) {
        let session = self.session();
        let is_within = session.section().is_some_and(|(_, section)| section.book == Book::Open) && !session.is_away();
        let sheet = open.and_then(OpenShelf::sheet);
        let shown = sheet.and_then(|sheet| session.form().shelf.get(sheet)).map(|sheet| sheet.id.clone());
        let shows_other = shown.is_some() && session.shown_sheet() != shown.as_ref();
        match (open, session.is_shelf_open()) {
            (Some(_), is_open) if is_within && (!is_open || shows_other) => {
                self.send(std::iter::once(Command::OpenShelf).chain(shown.map(Command::ShowSheet)).collect());
            }
            (None, true) => self.send(vec![Command::CloseShelf]),
            _ => return,
        }
        let _ = self.live.wait_saved(DISK);
    }

    /// Whether this question is on the screen.
    fn is_at(&self, slot: usize) -> bool {
        self.session().current_slot().is_some_and(|current| current.index() == slot)
    }

    fn send(&mut self, commands: Vec<Command>) {
        for command in commands {
            match self.live.apply(command) {
                Ok(events) => self.follow(&events),
                Err(refusal) => {
                    self.message = Some(announcement::refusal(refusal));
                    return;
                }
            }
        }
    }

    /// How a page stands to the attempt: what its form does is worked out on the attempt as the page showed it.
    fn standing(&self, after: usize, wanted: &impl Fn(&Session) -> Vec<Command>) -> Standing {
        let session = self.session();
        let Some(since) = session.journal().get(after..) else { return Standing::Outrun(LOST) };
        let since: Vec<&Event> = since.iter().map(|entry| &entry.event).filter(|event| !is_observed(event)).collect();
        if since.is_empty() {
            return Standing::Current;
        }
        let shown = session.journal().iter().take(after).cloned();
        let shown = Session::replay(session.form().clone(), session.rules(), shown);
        let expected = expected(shown, wanted);
        let expected: Vec<&Event> = expected.iter().map(|entry| &entry.event).collect();
        if since == expected {
            Standing::Done
        } else if expected.starts_with(&since) {
            // It was cut off in the middle; the rest is what is still wanted.
            Standing::Current
        } else if since.iter().any(|event| is_time_out(event)) {
            Standing::Outrun(TOO_LATE)
        } else {
            Standing::Outrun(OUTRUN)
        }
    }

    /// Takes note of what has happened.
    fn follow(&mut self, events: &[JournalEntry]) {
        let mut announcer = Announcer::new(self.live.session().rules());
        for entry in events {
            if let Some(text) = announcer.announce(entry).filter(|_| !is_seen(&entry.event)) {
                self.message = Some(text);
            }
        }
    }
}

/// The events that a form has on the attempt as its page showed it.
fn expected(mut shown: Session, wanted: &impl Fn(&Session) -> Vec<Command>) -> Vec<JournalEntry> {
    let at = shown.last_event_at().unwrap_or(Timestamp(0));
    let mut events = Vec::new();
    for command in wanted(&shown) {
        match shown.apply(command, at) {
            Ok(more) => events.extend(more),
            Err(_) => break,
        }
    }
    events
}

/// Whether the page shows an event without a word.
const fn is_seen(event: &Event) -> bool {
    announcement::is_seen(event) || matches!(event, Event::ConfidenceSet { .. } | Event::ProblemNoted { .. })
}

/// Whether the program noted it by itself, and it changes nothing that a page shows.
const fn is_observed(event: &Event) -> bool {
    matches!(
        event,
        Event::Left { .. }
            | Event::Returned
            | Event::ClockSet { .. }
            | Event::ShelfOpened
            | Event::SheetShown { .. }
            | Event::ShelfClosed
    )
}

const fn is_time_out(event: &Event) -> bool {
    matches!(
        event,
        Event::SectionEnded { cause: EndReason::TimeOut, .. } | Event::BreakEnded { cause: EndReason::TimeOut }
    )
}
