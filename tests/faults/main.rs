//! The whole of the faults, bounded in time. What it found is appended to a file, so that counts add up over runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a trial talks to the terminal and may fail loudly"
)]

#[cfg(target_os = "linux")]
#[path = "mod.rs"]
mod faults;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    whole::run()
}

/// The layer takes the place of calls as Linux has them.
#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The faults are tried on Linux only.");
}

#[cfg(target_os = "linux")]
mod whole {
    use std::collections::BTreeMap;
    use std::fs::{self, OpenOptions};
    use std::io::Write as _;
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

    use crate::faults::power::{self, Recorded, called_saved};
    use crate::faults::salvage::Damaged;
    use crate::faults::sitting::Sitting;
    use crate::faults::tally::Tally;
    use crate::faults::{errors, kills};

    /// How long all of it may take, where nothing else is said.
    const MINUTES: u64 = 30;
    /// So many images of a power cut are looked at together.
    const IMAGES: usize = 500;

    /// A kind of fault: its name, its share of the time, and what is done until that is over.
    type Campaign<'c> = (&'static str, u32, Box<dyn Fn(u64, &mut Tally, &mut dyn FnMut() -> bool) + 'c>);

    #[expect(clippy::disallowed_methods, reason = "this is what is bounded in time")]
    pub fn run() -> ExitCode {
        let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
        let minutes = words.iter().find_map(|word| word.parse().ok()).unwrap_or(MINUTES);
        let names: Vec<&String> = words.iter().filter(|word| word.parse::<u64>().is_err()).collect();
        let start = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let (sitting, damaged) = (Sitting::prepare(), Damaged::prepare());
        println!("A sitting makes {} calls, a salvage {}; seed {start}.", sitting.calls, damaged.calls);
        let all = campaigns(&sitting, &damaged);
        let wanted: Vec<&Campaign<'_>> =
            all.iter().filter(|(name, ..)| names.is_empty() || names.iter().any(|part| name.contains(*part))).collect();
        let shares: u32 = wanted.iter().map(|(_, share, _)| share).sum();
        let mut has_failed = false;
        for (name, share, trial) in wanted {
            let began = Instant::now();
            let time = Duration::from_secs(minutes * 60) * *share / shares.max(1);
            let mut tally = Tally::default();
            trial(start, &mut tally, &mut || began.elapsed() < time);
            println!("{name}: {}", tally.line());
            note(start, name, &tally, began.elapsed());
            has_failed |= tally.failed() > 0 || tally.trials == 0;
        }
        total();
        if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }

    fn campaigns<'c>(sitting: &'c Sitting, damaged: &'c Damaged) -> Vec<Campaign<'c>> {
        vec![
            ("kill at each call", 3, Box::new(|_, tally, go| kills::at_each_call(sitting, 1, tally, go))),
            ("kill at random", 10, Box::new(|seed, tally, go| kills::at_random(seed, tally, &mut *go))),
            (
                "error once at each call",
                4,
                Box::new(|_, tally, go| errors::at_each_call(sitting, errors::ONCE, 1, tally, go)),
            ),
            (
                "error from each call on",
                6,
                Box::new(|_, tally, go| errors::at_each_call(sitting, errors::LASTING, 5, tally, go)),
            ),
            (
                "power cut in a sitting",
                4,
                Box::new(|seed, tally, go| {
                    let recorded =
                        Recorded { trace: &sitting.trace, folder: &sitting.recorded_in, before: sitting.base() };
                    for round in (0..).take_while(|_| go()) {
                        power::at_random(&recorded, seed + round, IMAGES, tally, |data, said| {
                            sitting.judge(data, called_saved(said, sitting.answers()))
                        });
                    }
                }),
            ),
            (
                "kill in a salvage",
                4,
                Box::new(|_, tally, go| {
                    damaged.at_each_call(&["kill-before", "kill-in", "kill-after"], 1, tally, go);
                }),
            ),
            (
                "error in a salvage",
                3,
                Box::new(|_, tally, go| damaged.at_each_call(&["fail 28", "fail 5", "short"], 1, tally, go)),
            ),
            (
                "power cut in a salvage",
                2,
                Box::new(|seed, tally, go| {
                    let recorded =
                        Recorded { trace: &damaged.trace, folder: &damaged.recorded_in, before: damaged.base() };
                    for round in (0..).take_while(|_| go()) {
                        power::at_random(&recorded, seed + round, IMAGES / 5, tally, |data, _| damaged.judge(data));
                    }
                }),
            ),
        ]
    }

    /// The file that all runs append to: `seed`, `name`, `trials`, what went wrong, seconds.
    fn results() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("faults.tsv")
    }

    fn note(seed: u64, name: &str, tally: &Tally, took: Duration) {
        let Tally { trials, lost, doubled, corrupt, false_words, .. } = tally;
        let mut file = OpenOptions::new().create(true).append(true).open(results()).unwrap();
        writeln!(file, "{seed}\t{name}\t{trials}\t{lost}\t{doubled}\t{corrupt}\t{false_words}\t{}", took.as_secs())
            .unwrap();
    }

    /// Prints what all runs together have come to.
    fn total() {
        let mut sums: BTreeMap<String, [usize; 5]> = BTreeMap::new();
        let text = fs::read_to_string(results()).unwrap_or_default();
        for line in text.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let sum = sums.entry(fields[1].to_owned()).or_default();
            for (sum, field) in sum.iter_mut().zip(&fields[2..7]) {
                *sum += field.parse::<usize>().unwrap_or(0);
            }
        }
        println!("\nAll runs so far ({}):", results().display());
        for (name, [trials, lost, doubled, corrupt, false_words]) in sums {
            println!(
                "{name}: {trials} trials: {lost} lost, {doubled} doubled, {corrupt} corrupt, {false_words} false words"
            );
        }
    }
}
