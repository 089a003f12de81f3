//! What is measured, and how two things are measured in turn.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Runs something once; the time it took, without its preparation and without the dropping of what it gave.
pub type Job = Box<dyn FnMut() -> Duration>;

/// Something and what it is measured against.
pub struct Pair {
    pub job: Job,
    pub yardstick: Job,
}

/// The job of calling `run`.
pub fn job<T>(mut run: impl FnMut() -> T + 'static) -> Job {
    Box::new(move || time(&mut run))
}

#[expect(clippy::disallowed_methods, reason = "this is what measures")]
pub fn time<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(run());
    let time = start.elapsed();
    drop(result);
    time
}

/// Each of a pair is run at a stretch for so long, that one look at the clock is not a part of it.
const STRETCH: Duration = Duration::from_millis(5);
/// So many stretches of each are enough.
const MOST: usize = 15;
/// So many are made, however long they take.
const LEAST: usize = 5;
/// Beyond the least, none is begun after so long.
const LONG: Duration = Duration::from_secs(3);

/// What a pair took.
pub struct Measured {
    /// The median, over the pairs of stretches, of how many times the yardstick the job took.
    pub ratio: f64,
    pub job: Times,
    pub yardstick: Times,
}

/// Runs both in turn, so that whatever else the machine does meets both; who comes first changes from pair to pair.
pub fn in_turn(pair: &mut Pair) -> Measured {
    let mut job = Stretches::prepare(&mut pair.job);
    let mut yardstick = Stretches::prepare(&mut pair.yardstick);
    let mut ratios = Vec::new();
    let mut spent = Duration::ZERO;
    while ratios.len() < LEAST || (ratios.len() < MOST && spent < LONG) {
        let (ours, theirs) = if ratios.len().is_multiple_of(2) {
            let ours = job.stretch();
            (ours, yardstick.stretch())
        } else {
            let theirs = yardstick.stretch();
            (job.stretch(), theirs)
        };
        ratios.push(ours.typical.as_secs_f64() / theirs.typical.as_secs_f64().max(f64::MIN_POSITIVE));
        spent += ours.whole + theirs.whole;
    }
    ratios.sort_by(f64::total_cmp);
    Measured { ratio: ratios[ratios.len() / 2], job: Times::of(job.times), yardstick: Times::of(yardstick.times) }
}

struct Stretches<'j> {
    job: &'j mut Job,
    runs: u32,
    times: Vec<Duration>,
}

struct Stretch {
    typical: Duration,
    whole: Duration,
}

impl<'j> Stretches<'j> {
    /// After a first run, which only warms up, one that shows how many make a stretch.
    fn prepare(job: &'j mut Job) -> Self {
        job();
        let once = job().max(Duration::from_nanos(1));
        let runs = u32::try_from(STRETCH.as_nanos() / once.as_nanos()).unwrap_or(u32::MAX).clamp(1, 1000);
        Self { job, runs, times: Vec::new() }
    }

    fn stretch(&mut self) -> Stretch {
        let mut times: Vec<Duration> = (0..self.runs).map(|_| (self.job)()).collect();
        self.times.extend_from_slice(&times);
        times.sort_unstable();
        Stretch { typical: times[times.len() / 2], whole: times.iter().sum() }
    }
}

/// The times of all runs of a job.
pub struct Times {
    pub median: Duration,
    /// The 99th percentile: a person feels the slow ones.
    pub slow: Duration,
}

impl Times {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self { median: times[times.len() / 2], slow: times[times.len() * 99 / 100] }
    }
}
