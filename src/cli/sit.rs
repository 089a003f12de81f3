//! Sitting an attempt in the front end that fits, and what is said when it ends.

use std::time::Duration;

use super::args::FrontEnd;
use super::context::Context;
use super::failure::{Exit, Failure, Outcome};
use super::presentation::Presentation;
use super::render;
use examroom_app::live::{GRACE, LeftSession, LiveSession, SecondPlace};
use examroom_app::view::announcement::TIME_RAN_OUT_WHILE_AWAY;
use examroom_app::view::ending::{Departure, Ending, ending, resettled};
use examroom_app::view::report::ReportView;
use examroom_core::scoring::score;
use examroom_store::{Attempt, AttemptLock, Store, Writer};
use examroom_terminal::pages::{Layout, report_page};
use examroom_terminal::plain::{self, Input, Options};
use examroom_terminal::signals::Signals;
use examroom_terminal::tui;

/// Where the exam is sat.
#[derive(Clone, Copy, Debug)]
enum Screen {
    /// A prompt.
    Line(Options),
    /// The whole terminal.
    Full(tui::Options),
}

impl Screen {
    /// The full screen needs a terminal on both sides; a pipe and a screen reader get the prompt.
    fn choose(presentation: Presentation, wanted: FrontEnd) -> Self {
        if let Some(options) = full_screen(presentation).filter(|_| !wanted.line) {
            return Self::Full(options);
        }
        let terminal = is_terminal();
        Self::Line(Options { prompt: terminal, layout: if terminal { presentation.layout } else { Layout::Sentences } })
    }
}

fn is_terminal() -> bool {
    render::stdin_is_terminal() && render::Stream::Out.is_terminal()
}

/// How the whole terminal is drawn on; `None` where it may not be.
pub fn full_screen(presentation: Presentation) -> Option<tui::Options> {
    let options = tui::Options { color: presentation.color(), mouse: presentation.mouse };
    (is_terminal() && !presentation.is_plain()).then_some(options)
}

/// How long a program that is to end at once waits for the disk.
const LAST_MOMENT: Duration = Duration::from_millis(500);

/// An attempt that is to be sat, with the store that it is kept in and the right to write it.
pub struct Opened {
    pub store: Store,
    pub lock: AttemptLock,
    pub attempt: Attempt,
}

impl Opened {
    /// Lets its clock run, and its journal into the store.
    pub fn go_on(self) -> LiveSession {
        let Self { store, lock, attempt } = self;
        let journal = Writer::start(store).open(lock, &attempt);
        LiveSession::resume(attempt.id, attempt.session, attempt.last_seen, Box::new(journal))
    }
}

/// Continues an attempt, with its journal in the store, until it ends or is left, and says how it ended.
pub fn sit(context: &Context, opened: Opened, wanted: FrontEnd) -> Outcome {
    let (ending, _) = sit_to_end(context, opened, wanted)?;
    Ok(tell(ending))
}

/// Continues an attempt, with its journal in the store, until it ends or is left; its last words, and which it was.
pub fn sit_to_end(context: &Context, opened: Opened, wanted: FrontEnd) -> Result<(Ending, Departure), Failure> {
    let live = opened.go_on();
    if live.session().is_finished() {
        return time_was_up(context, live);
    }
    let (left, how) = match Screen::choose(context.presentation, wanted) {
        Screen::Line(options) => plain::run(live, &Input::stdin(), &Signals::watch(), &mut render::out(), options),
        Screen::Full(options) => match tui::run(live, options) {
            (left, Ok(how)) => (left, how),
            (left, Err(error)) => {
                conclude(context, left, Departure::TerminalGone);
                return Err(Failure::of(error).help("at a prompt: --line"));
            }
        },
    };
    Ok((close(context, left, how), how))
}

/// Closes a session and says how it ended.
pub fn conclude(context: &Context, left: LeftSession, how: Departure) -> Exit {
    tell(close(context, left, how))
}

/// Says how a session ended.
pub fn tell(ending: Ending) -> Exit {
    if let Some(alarm) = ending.alarm {
        render::remark(alarm);
    }
    // Where nobody reads it, the exit code still tells.
    let _ = render::line(ending.farewell);
    ending.completion.into()
}

/// Closes a session, after what is not saved was put into the second place; its last words.
fn close(context: &Context, left: LeftSession, how: Departure) -> Ending {
    if !how.is_attended() {
        let _ = left.flush(LAST_MOMENT);
    }
    let durability = left.durability();
    let place = SecondPlace::of(context.folders.data());
    let elsewhere = durability.unsaved.matters().then(|| place.keep(&left.record()).ok()).flatten();
    let program = context.folders.program();
    let ending = ending(how, &durability, left.session(), left.id(), &program, elsewhere.as_deref());
    let resettled = left.is_resettled().then(|| resettled(left.id(), context.folders.data()));
    left.close();
    if let Some(words) = resettled {
        render::remark(words);
    }
    ending
}

/// The clock ran on while nobody was there: shows what came of it.
fn time_was_up(context: &Context, live: LiveSession) -> Result<(Ending, Departure), Failure> {
    render::remark(TIME_RAN_OUT_WHILE_AWAY);
    let left = live.leave();
    let _ = left.flush(GRACE);
    let session = left.session();
    render::line(report_page(&ReportView::new(session, &score(session)), context.presentation.layout))?;
    Ok((close(context, left, Departure::Finished), Departure::Finished))
}
