//! `examroom open`

mod desk;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use rand::TryRng as _;

use crate::cli::args::{Open, Resume};
use crate::cli::command::resume;
use crate::cli::context::Context;
use crate::cli::doorway::Doorway;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::{attempts, render, sit};
use desk::OwnDesk;
use examroom_app::view::ending::Departure;
use examroom_core::journal::AttemptId;
use examroom_core::session::Session;
use examroom_store::Attempt;
use examroom_web::{Secret, Site, serve};

pub(super) fn run(context: &Context, wanted: &Open) -> Outcome {
    let kept = Doorway::kept(context.folders.data());
    let kept = kept.and_then(|(id, doorway)| Some((open_attempt(context, id)?, doorway)));
    let (listener, doorway) = doorway(wanted.port, kept.as_ref().map(|(_, doorway)| doorway))?;
    let desk = OwnDesk::new(context.clone(), doorway.clone());
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
