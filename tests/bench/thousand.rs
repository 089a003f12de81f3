//! A thousand sittings in one process, an answer every two seconds each: how long an answer takes until it is durable, and
//! whether all of them are there afterwards.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use examroom_app::live::{LiveSession, system_now};
use examroom_core::journal::conformance::{RULES, questions};
use examroom_core::journal::{AttemptId, Saved};
use examroom_core::session::{Command, Event};
use examroom_store::{Store, Writer};

const SITTINGS: usize = 1_000;
/// Between two answers of one candidate.
const PACE: Duration = Duration::from_secs(2);
const ANSWERS: usize = 10;
/// At most so long to the disk, for 99 of 100 answers.
const LIMIT: Duration = Duration::from_millis(100);

/// A candidate whose next answer is due at some time, or whose last is on its way to the disk since then.
struct Candidate {
    live: LiveSession,
    due: Instant,
    waiting_since: Option<Instant>,
    answers: usize,
}

#[expect(clippy::disallowed_methods, reason = "this is what measures")]
pub fn run() -> ExitCode {
    let data = tempfile::tempdir().unwrap();
    let ids = create(data.path());
    let (store, _) = Store::open(data.path(), system_now()).unwrap();
    let (reader, _) = Store::open(data.path(), system_now()).unwrap();
    let writer = Writer::start(store);
    let start = Instant::now() + PACE;
    let mut candidates: Vec<Candidate> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| {
            let lock = reader.lock(*id).unwrap();
            let attempt = reader.load(*id).unwrap();
            let journal = Box::new(writer.open(lock, &attempt));
            let mut live = LiveSession::resume(attempt.id, attempt.session, attempt.last_seen, journal);
            live.apply(Command::Begin).unwrap();
            // Spread over the pace, as people are.
            let due = start + PACE * u32::try_from(number).unwrap() / u32::try_from(SITTINGS).unwrap();
            Candidate { live, due, waiting_since: None, answers: 0 }
        })
        .collect();
    let mut times = Vec::with_capacity(SITTINGS * ANSWERS);
    while candidates.iter().any(|candidate| candidate.answers < ANSWERS || candidate.waiting_since.is_some()) {
        let now = Instant::now();
        for candidate in &mut candidates {
            candidate.go_on(now, &mut times);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    for candidate in candidates {
        let left = candidate.live.leave();
        assert_eq!(left.flush(Duration::from_secs(30)), Saved::Yes);
        left.close();
    }
    let kept = |id: &AttemptId| {
        let attempt = reader.load(*id).unwrap();
        attempt.session.journal().iter().filter(|entry| matches!(entry.event, Event::Selected { .. })).count()
    };
    let there: usize = ids.iter().map(kept).sum();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    let lost = SITTINGS * ANSWERS - there;
    println!(
        "{SITTINGS} sittings, {} answers: to the disk in {:.1?} (median), {:.1?} (99 of 100), {:.1?} (longest); {lost} lost.",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
    if lost == 0 && at(99) <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn create(data: &std::path::Path) -> Vec<AttemptId> {
    let (mut store, _) = Store::open(data, system_now()).unwrap();
    let form = questions(20);
    (0..SITTINGS).map(|_| store.create(&form, RULES, system_now()).unwrap().id).collect()
}

impl Candidate {
    fn go_on(&mut self, now: Instant, times: &mut Vec<Duration>) {
        if let Some(since) = self.waiting_since {
            if self.live.saved() == Saved::Yes {
                times.push(now.duration_since(since));
                self.waiting_since = None;
            }
        } else if self.answers < ANSWERS && now >= self.due {
            let question =
                self.live.session().current_slot().and_then(|slot| self.live.session().form().question(slot));
            // Never the same twice in a row, so that each is an event.
            let choice = question.unwrap().order[self.answers % 2].clone();
            self.live.apply(Command::Select(choice)).unwrap();
            self.answers += 1;
            self.due += PACE;
            self.waiting_since = Some(now);
        }
    }
}
