//! Until when the candidate has had the clock: written every second, so that a killed program gives no time back.
//!
//! A beat says that the time up to a moment a little ahead is spent; the clock on the screen never shows less than what a
//! kill would leave. It need not be synced: what a process has written outlives the process. A cut of power can lose the
//! beats; what it can give back is the time since the last event or the last note in the store, half a minute at most.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::LOCKS;
use examroom_core::checksum::Checksum;
use examroom_core::journal::AttemptId;
use examroom_core::time::Timestamp;

/// How far ahead a beat reaches.
const AHEAD: Duration = Duration::from_secs(2);
/// With so much of it left, the next beat follows.
const RENEW: Duration = Duration::from_secs(1);

/// Writes the beats of all sittings of a process, on a thread that waits for no sync.
#[derive(Debug)]
pub(super) struct Pulses(Sender<(Arc<Path>, Timestamp)>);

impl Pulses {
    /// Starts the thread; it ends with the last [`Pulse`].
    pub(super) fn start() -> Self {
        let (sender, beats) = channel();
        std::thread::spawn(move || write(&beats));
        Self(sender)
    }

    /// The beats of one attempt, into this file.
    pub(super) fn of(&self, file: &Path) -> Pulse {
        Pulse { file: file.into(), beats: self.0.clone(), until: Timestamp(i64::MIN) }
    }
}

/// The beats of one attempt.
#[derive(Debug)]
pub(super) struct Pulse {
    file: Arc<Path>,
    beats: Sender<(Arc<Path>, Timestamp)>,
    until: Timestamp,
}

impl Pulse {
    /// Says that the session goes on. Cheap to call often.
    pub(super) fn beat(&mut self, now: Timestamp) {
        if now + RENEW >= self.until {
            self.until = now + AHEAD;
            let _ = self.beats.send((Arc::clone(&self.file), self.until));
        }
    }
}

/// Writes the last beat of each file, of those that have come.
fn write(beats: &Receiver<(Arc<Path>, Timestamp)>) {
    while let Ok(first) = beats.recv() {
        let latest: BTreeMap<Arc<Path>, Timestamp> = std::iter::once(first).chain(beats.try_iter()).collect();
        for (file, until) in latest {
            // A beat that fails is made good by the next.
            let _ = overwrite(&file, &encode(until));
        }
    }
}

/// Writes in one call, over what was there and is as long, so that a kill leaves the old beat or the new.
fn overwrite(file: &Path, text: &str) -> io::Result<()> {
    File::options().create(true).write(true).truncate(false).open(file)?.write_all(text.as_bytes())
}

pub(super) fn encode(until: Timestamp) -> String {
    let time = format!("{:020}", until.0);
    format!("{time} {}\n", Checksum::of(time.as_bytes()).short())
}

fn decode(text: &str) -> Option<Timestamp> {
    let (time, sum) = text.strip_suffix('\n')?.split_once(' ')?;
    (Checksum::of(time.as_bytes()).short() == sum).then(|| time.parse().ok().map(Timestamp))?
}

/// The file with an attempt's beats.
pub(super) fn pulse_path(folder: &Path, id: AttemptId) -> PathBuf {
    folder.join(LOCKS).join(format!("attempt-{id}.beat"))
}

/// Up to when an attempt's time is spent, as its last beat says.
pub(super) fn last_beat(folder: &Path, id: AttemptId) -> Option<Timestamp> {
    decode(&fs::read_to_string(pulse_path(folder, id)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beat_is_read_back_and_a_torn_one_is_none() {
        let text = encode(Timestamp(1_700_000_000_123));
        assert_eq!(decode(&text), Some(Timestamp(1_700_000_000_123)));
        for length in 0..text.len() {
            assert_eq!(decode(&text[..length]), None);
        }
        assert_eq!(decode(&text.replace("123", "124")), None);
    }

    #[test]
    fn beats_cover_every_moment_that_was_announced_and_are_few() {
        let (beats, sent) = channel();
        let mut pulse = Pulse { file: Path::new("x").into(), beats, until: Timestamp(i64::MIN) };
        let mut until = Timestamp(i64::MIN);
        let mut count = 0;
        for now in (0..60_000).step_by(250).map(Timestamp) {
            pulse.beat(now);
            for (_, beat) in sent.try_iter() {
                until = beat;
                count += 1;
            }
            assert!(until >= now + RENEW, "{now:?}");
        }
        assert!((40..=61).contains(&count), "{count}");
    }

    #[test]
    fn the_last_beat_of_each_attempt_is_in_its_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(LOCKS)).unwrap();
        let (sender, beats) = channel();
        for (id, at) in [(1, 10), (2, 20), (1, 30)] {
            sender.send((pulse_path(folder.path(), AttemptId(id)).into(), Timestamp(at))).unwrap();
        }
        drop(sender);
        write(&beats);
        assert_eq!(
            [1, 2, 3].map(|id| last_beat(folder.path(), AttemptId(id))),
            [Some(Timestamp(30)), Some(Timestamp(20)), None]
        );
    }
}
