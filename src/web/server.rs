//! Carries requests from a socket of 127.0.0.1 to the router, and the time. The only file that knows of either.

use std::future::poll_fn;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::reply::Reply;
use crate::screens::notice;
use crate::site::Site;

/// The largest body that is read, in bytes: a note and a problem, with every letter of both escaped, have a third of that.
const LARGEST_BODY: usize = 128 * 1024;
/// How long pages that are being sent may take when the program is to end.
const LAST_MOMENT: Duration = Duration::from_secs(1);
/// Between two looks at the clock.
const SECOND: Duration = Duration::from_secs(1);

/// Serves the pages until the program is told to end.
///
/// # Errors
/// When the socket cannot be used.
pub fn serve(listener: TcpListener, site: &Arc<Site>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = axum::Router::new().fallback(carry).with_state(Arc::clone(site));
        let server = axum::serve(listener, app).with_graceful_shutdown(told_to_end());
        let server = tokio::spawn(server.into_future());
        tokio::spawn(pass_time(Arc::clone(site)));
        told_to_end().await;
        // A browser that keeps its connection keeps nobody here.
        let _ = timeout(LAST_MOMENT, server).await;
        Ok(())
    })
}

async fn carry(State(site): State<Arc<Site>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let reply = match to_bytes(body, LARGEST_BODY).await {
        Ok(body) => {
            let request = Request::from_parts(head, body.to_vec());
            // It may wait for the disk, and the clock must not wait with it.
            spawn_blocking(move || site.respond(&request)).await.unwrap_or_else(|_| notice::broken())
        }
        Err(_) => notice::too_large(),
    };
    Reply::map(reply, Body::from)
}

async fn pass_time(site: Arc<Site>) {
    let mut seconds = interval(SECOND);
    seconds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        seconds.tick().await;
        let site = Arc::clone(&site);
        let _ = spawn_blocking(move || site.tick()).await;
    }
}

/// Waits for Ctrl-C, or for another of the ways in which a program is told to end.
#[cfg(unix)]
async fn told_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let mut signals: Vec<_> = kinds.into_iter().filter_map(|kind| signal(kind).ok()).collect();
    poll_fn(|context| {
        let is_told = signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
        if is_told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// Waits for Ctrl-C, or for the window to be closed.
#[cfg(windows)]
async fn told_to_end() {
    use tokio::signal::windows::{ctrl_c, ctrl_close};
    let (mut ctrl_c, mut ctrl_close) = (ctrl_c().ok(), ctrl_close().ok());
    poll_fn(|context| {
        let is_told = ctrl_c.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready())
            || ctrl_close.as_mut().is_some_and(|signal| signal.poll_recv(context).is_ready());
        if is_told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}
