//! Sitting an attempt in the front end that fits, and what is said when it ends.

use super::Outcome;
use crate::cli::context::{Context, set};
use crate::cli::failure::{Exit, Failure};
use crate::cli::render;
use examroom_app::live::LiveSession;
use examroom_app::view::announcement::{self, TAKEN_OVER};
use examroom_store::{Attempt, AttemptLock, JournalWriter, Store};
use examroom_terminal::pages::Layout;
use examroom_terminal::plain::{self, End, Input, Options};
use examroom_terminal::signals::Signals;
use examroom_terminal::tui::{self, ColorMode};

/// Where the exam is sat.
#[derive(Clone, Copy, Debug)]
pub(super) enum Screen {
    /// A prompt.
    Line(Options),
    /// The whole terminal.
    Full(tui::Options),
}

impl Screen {
    /// The full screen needs a terminal on both sides; a pipe and a screen reader get the prompt.
    pub(super) fn choose(context: &Context, line: bool) -> Self {
        let terminal = render::stdin_is_terminal() && render::Stream::Out.is_terminal();
        if terminal && !line && context.layout == Layout::Table {
            let color = if set("NO_COLOR").is_some() { ColorMode::Off } else { ColorMode::On };
            return Self::Full(tui::Options { color, mouse: context.mouse });
        }
        let layout = if terminal { context.layout } else { Layout::Sentences };
        Self::Line(Options { prompt: terminal, progress: layout == Layout::Table, layout })
    }
}

/// An attempt that goes on, with its journal in the store.
pub(super) fn live(store: Store, lock: AttemptLock, attempt: Attempt) -> LiveSession {
    let writer = JournalWriter::start(store, lock, attempt.id, attempt.generation, &attempt.session);
    LiveSession::resume(attempt.id, attempt.session, attempt.last_seen, Box::new(writer))
}

pub(super) fn sit(context: &Context, live: LiveSession, screen: Screen) -> Outcome {
    let id = live.id();
    let rules = live.session().rules();
    let (session, saved, end) = match screen {
        Screen::Line(options) => plain::run(live, &Input::stdin(), &Signals::watch(), &mut render::out(), options)?,
        Screen::Full(options) => {
            let finish = tui::run(live, options)
                .map_err(|error| Failure::of(error).help("at a prompt: --line").help("nothing is lost"))?;
            let end = match finish.end {
                tui::End::Finished => {
                    tui::look_back(&finish.session, tui::Options { mouse: finish.mouse, ..options })
                        .map_err(|error| Failure::of(error).help(format!("see its score: examroom report {id}")))?;
                    End::Finished
                }
                tui::End::Left => End::Left,
                tui::End::TakenOver => {
                    render::remark(TAKEN_OVER);
                    End::TakenOver
                }
                tui::End::TerminalGone => return Ok(Exit::Unfinished),
            };
            (finish.session, finish.saved, end)
        }
    };
    if let Some(lost) = announcement::lost(&saved) {
        render::remark(lost);
    }
    match end {
        End::Finished => {
            render::line(format!("Every question with its reasons: {} report {id} --only all", context.program()))?;
            Ok(Exit::Success)
        }
        End::TakenOver => Ok(Exit::Unfinished),
        End::Left | End::InputEnded => {
            let farewell = announcement::farewell(session.began_at(), rules.away_policy, &saved);
            render::line(format!("{farewell} Continue with: {} resume {id}", context.program()))?;
            Ok(if end == End::Left { Exit::Success } else { Exit::Unfinished })
        }
    }
}
