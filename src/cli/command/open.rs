//! `examroom open`

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use rand::TryRng as _;

use crate::cli::args::{Open, Resume, Take, Time};
use crate::cli::command::{history, resume, take};
use crate::cli::context::Context;
use crate::cli::doorway::Doorway;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::sit::{self, Opened};
use crate::cli::{attempts, render};
use examroom_app::live::{LiveSession, zone};
use examroom_app::view::ending::Departure;
use examroom_app::view::exam::{ExamSummary, ExamView};
use examroom_app::view::history::HistoryView;
use examroom_app::view::report::local_time;
use examroom_core::blueprint::Blueprint;
use examroom_core::causes::with_causes;
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{ScoreReport, score};
use examroom_core::session::{AwayPolicy, Session};
use examroom_store::Attempt;
use examroom_web::{AttemptLine, Desk, Elsewhere, ExamLine, Secret, Site, Trouble, Wanted, serve};

pub(super) fn run(context: &Context, wanted: &Open) -> Outcome {
    let kept = Doorway::kept(context.folders.data());
    let kept = kept.and_then(|(id, doorway)| Some((open_attempt(context, id)?, doorway)));
    let (listener, doorway) = doorway(wanted.port, kept.as_ref().map(|(_, doorway)| doorway))?;
    let desk = OwnDesk { context: context.clone(), doorway: doorway.clone() };
    let site = Arc::new(Site::new(doorway.door(), Box::new(desk)));
    if let Some((attempt, _)) = kept.filter(|(attempt, _)| was_killed(&attempt.session)) {
        // A page may be waiting for it. Where another window has it, it goes on there.
        if let Ok(opened) = resume::reopen(context, attempt.id, &Resume::default()) {
            let _ = doorway.keep(context.folders.data(), attempt.id);
            site.seat(opened.go_on());
        }
    }
    render::line(format!("The exam room is open at {}", site.address()))?;
    render::line("Leave this window open while you sit the exam. Ctrl-C closes the exam room.")?;
    if !wanted.no_browser && open::that_detached(site.address()).is_err() {
        render::line("No browser could be opened: open that address in one.")?;
    }
    serve(listener, &site).map_err(no_socket)?;
    let exit = match site.close() {
        Some(left) => sit::conclude(context, left, Departure::Left),
        None => Exit::Success,
    };
    let kept = Doorway::kept(context.folders.data());
    if kept.is_some_and(|(id, _)| open_attempt(context, id).is_none()) {
        Doorway::discard(context.folders.data());
    }
    Ok(exit)
}

/// An attempt that is not finished; `None` where it is, or cannot be read.
fn open_attempt(context: &Context, id: AttemptId) -> Option<Attempt> {
    let attempt = attempts::open_to_read(context).ok()??.load(id).ok()?;
    (!attempt.session.is_finished()).then_some(attempt)
}

/// Whether the program ended in the middle of a sitting, without leaving it.
fn was_killed(session: &Session) -> bool {
    session.began_at().is_some() && !session.is_away()
}

/// The port to listen at, and the secrets of the exam room: those that were kept, where the port is free.
fn doorway(wanted: Option<u16>, kept: Option<&Doorway>) -> Result<(TcpListener, Doorway), Failure> {
    if let Some(kept) = kept.filter(|kept| wanted.is_none_or(|port| port == kept.port))
        && let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, kept.port))
    {
        return Ok((listener, kept.clone()));
    }
    let listener = listen(wanted)?;
    let port = listener.local_addr().map_err(no_socket)?.port();
    Ok((listener, Doorway { port, token: secret()?, cookie: secret()? }))
}

fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).map_err(|error| match port {
        Some(port) => Failure::new(format!("port {port} of this computer cannot be used"))
            .caused_by(error)
            .help("name another, or leave --port out: then one is taken that is free"),
        None => no_socket(error),
    })
}

fn no_socket(error: std::io::Error) -> Failure {
    Failure::new("this computer gives no port for the exam room")
        .caused_by(error)
        .help("sit the exam in the terminal: examroom take EXAM")
}

fn secret() -> Result<Secret, Failure> {
    let mut random = [0; 16];
    rand::rngs::SysRng
        .try_fill_bytes(&mut random)
        .map_err(|error| Failure::new("the system gives no random numbers").caused_by(error))?;
    Ok(Secret::new(random))
}

/// What the page needs of this program.
struct OwnDesk {
    context: Context,
    doorway: Doorway,
}

impl OwnDesk {
    /// Lets the clock of an attempt run, and keeps the way to its page.
    fn go_on(&self, opened: Opened) -> LiveSession {
        // Without the file the page ends with the program, and nothing else is lost.
        let _ = self.doorway.keep(self.context.folders.data(), opened.attempt.id);
        opened.go_on()
    }
}

impl Desk for OwnDesk {
    fn exams(&mut self) -> Result<Vec<ExamLine>, Trouble> {
        let editions = self.context.library.editions().map_err(|error| trouble(&error.into()))?;
        let exams = editions.in_order();
        let in_force = |id: &ExamId| {
            let later = editions.in_force(id)?;
            exams.iter().find_map(|(id, blueprint)| (*id == later).then_some(blueprint.as_ref()?))
        };
        let line = |(id, blueprint): &(&ExamId, Option<&Arc<Blueprint>>)| {
            let ExamSummary { name, questions, time, pass_mark } = ExamSummary::new(blueprint.as_ref()?);
            let older = in_force(id)
                .map(|later| format!(" This is an older outline; the one in force is: {}.", later.name))
                .unwrap_or_default();
            let summary = format!("{questions} questions in {time}; pass mark {pass_mark}.{older}");
            Some(ExamLine { id: id.to_string(), name: name.into_string(), summary })
        };
        Ok(exams.iter().filter_map(line).collect())
    }

    fn attempts(&mut self) -> Result<Vec<AttemptLine>, Trouble> {
        let Some(store) = attempts::open_to_read(&self.context).map_err(|failure| trouble(&failure))? else {
            return Ok(Vec::new());
        };
        let zone = zone();
        let attempts = store.list().map_err(|error| trouble(&error.into()))?;
        let line = |summary: examroom_store::Summary| AttemptLine {
            id: summary.id,
            exam: summary.exam.to_string(),
            begun: local_time(summary.created_at, &zone),
            is_finished: summary.finished_at.is_some(),
        };
        Ok(attempts.into_iter().map(line).collect())
    }

    fn history(&mut self) -> Result<HistoryView, Trouble> {
        let store = attempts::open_to_read(&self.context).map_err(|failure| trouble(&failure))?;
        let Some(store) = store else { return Ok(HistoryView::default()) };
        let entries = store.history().map_err(|error| trouble(&error.into()))?;
        let attempts: Vec<_> = entries.iter().map(history::past).collect();
        Ok(HistoryView::new(&attempts, &zone(), |exam| history::blueprint(&self.context, exam)))
    }

    fn exam(&mut self, id: &str) -> Result<ExamView, Trouble> {
        let files = self.context.library.find(id).map_err(|error| trouble(&error.into()))?;
        let none = || Trouble { lines: vec!["Its exam.toml has errors.".to_owned()], open_elsewhere: None };
        files.blueprint().blueprint.map(|blueprint| ExamView::new(&blueprint)).ok_or_else(none)
    }

    fn take(&mut self, wanted: &Wanted) -> Result<LiveSession, Trouble> {
        let time = Time::named(wanted.time).unwrap_or(Time::Ordinary);
        let strict = wanted.clock == AwayPolicy::ClockRuns;
        let take = Take { items: wanted.items, time, strict, ..Take::mock(wanted.exam.clone()) };
        take::begin(&self.context, &take).map(|opened| self.go_on(opened)).map_err(|failure| trouble(&failure))
    }

    fn resume(&mut self, id: AttemptId, elsewhere: Elsewhere) -> Result<LiveSession, Trouble> {
        let wanted = Resume { take_over: elsewhere == Elsewhere::TakenOver, ..Resume::default() };
        let opened = resume::reopen(&self.context, id, &wanted);
        opened
            .map(|opened| self.go_on(opened))
            .map_err(|failure| Trouble { open_elsewhere: failure.is_held().then_some(id), ..trouble(&failure) })
    }

    fn finished(&mut self, id: AttemptId) -> Result<(Session, ScoreReport), Trouble> {
        let none = || Failure::from(examroom_store::Error::NoSuchAttempt(id));
        let store = attempts::open_to_read(&self.context).and_then(|store| store.ok_or_else(none));
        let attempt = store.and_then(|store| Ok(store.load(id)?)).map_err(|failure| trouble(&failure))?;
        if !attempt.session.is_finished() {
            let lines = vec![format!("Attempt {id} is not finished.")];
            return Err(Trouble { lines, open_elsewhere: None });
        }
        let marks = score(&attempt.session);
        Ok((attempt.session, marks))
    }
}

/// A failure as the page tells it.
fn trouble(failure: &Failure) -> Trouble {
    let what = examroom_app::view::sentence(&with_causes(failure));
    let helps = failure.helps().iter().map(|help| examroom_app::view::sentence(help));
    Trouble { lines: std::iter::once(what).chain(helps).collect(), open_elsewhere: None }
}
