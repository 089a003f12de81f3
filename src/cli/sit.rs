//! Sitting an attempt in the front end that fits, and what is said when it ends.

use std::io;

use super::args::FrontEnd;
use super::context::Context;
use super::failure::{Exit, Failure, Outcome};
use super::presentation::Presentation;
use super::render;
use examroom_app::live::LiveSession;
use examroom_app::view::announcement::{self, TAKEN_OVER, TIME_RAN_OUT_WHILE_AWAY};
use examroom_app::view::report::ReportView;
use examroom_core::journal::{AttemptId, Saved};
use examroom_core::scoring::score;
use examroom_store::{Attempt, AttemptLock, JournalWriter, Store};
use examroom_terminal::pages::{Layout, report_page};
use examroom_terminal::plain::{self, End, Input, Options};
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
        let terminal = render::stdin_is_terminal() && render::Stream::Out.is_terminal();
        let may_draw = terminal && !presentation.is_plain();
        if may_draw && !wanted.line {
            return Self::Full(tui::Options { color: presentation.color(), mouse: presentation.mouse });
        }
        Self::Line(Options { prompt: terminal, layout: if terminal { presentation.layout } else { Layout::Sentences } })
    }
}

/// Continues an attempt, with its journal in the store, until it ends or is left.
pub fn sit(context: &Context, store: Store, lock: AttemptLock, attempt: Attempt, wanted: FrontEnd) -> Outcome {
    let writer = JournalWriter::start(store, lock, attempt.id, attempt.generation, &attempt.session);
    let live = LiveSession::resume(attempt.id, attempt.session, attempt.last_seen, Box::new(writer));
    if live.session().is_finished() {
        return time_was_up(context, live);
    }
    let id = live.id();
    let rules = live.session().rules();
    let (session, saved, end) = match Screen::choose(context.presentation, wanted) {
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
            point_to_reasons(context, id)?;
            Ok(Exit::Success)
        }
        End::TakenOver => Ok(Exit::Unfinished),
        End::Left | End::InputEnded => {
            let farewell = announcement::farewell(session.began_at(), rules.away_policy, &saved);
            render::line(format!("{farewell} Continue with: {} resume {id}", context.folders.program()))?;
            Ok(if end == End::Left { Exit::Success } else { Exit::Unfinished })
        }
    }
}

/// The clock ran on while nobody was there: shows what came of it.
fn time_was_up(context: &Context, live: LiveSession) -> Outcome {
    let id = live.id();
    render::remark(TIME_RAN_OUT_WHILE_AWAY);
    let (session, saved) = live.leave();
    if let Saved::No { why } = saved {
        return Err(Failure::new(format!("the end of attempt {id} could not be saved: {why}")).help("resume it again"));
    }
    render::line(report_page(&ReportView::new(&session, &score(&session)), context.presentation.layout))?;
    point_to_reasons(context, id)?;
    Ok(Exit::Success)
}

fn point_to_reasons(context: &Context, id: AttemptId) -> io::Result<()> {
    render::line(format!("Every question with its reasons: {} report {id} --only all", context.folders.program()))
}
