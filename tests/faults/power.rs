//! The power is cut: what was not synced is there, or not, or torn, in any order.

use std::path::Path;

use super::disk::{Dice, Disk, lay};
use super::sitting::saved;
use super::tally::{Tally, Verdict};
use super::trace::Call;

/// A recorded run, and the folder it was made in, as it was before.
pub struct Recorded<'r> {
    pub trace: &'r [Call],
    pub folder: &'r Path,
    pub before: &'r Path,
}

/// Cuts the power at calls of chance; `judge` looks at what is left, given what was said until then.
pub fn at_random(
    recorded: &Recorded<'_>,
    seed: u64,
    images: usize,
    tally: &mut Tally,
    mut judge: impl FnMut(&Path, &str) -> Verdict,
) {
    let mut dice = Dice(seed);
    for image in 0..images {
        let end = dice.below(recorded.trace.len() + 1);
        let mut disk = Disk::holding(recorded.before, recorded.folder);
        let mut said = String::new();
        for call in &recorded.trace[..end] {
            match call {
                Call::Say(words) => said.push_str(words),
                call => disk.apply(call),
            }
        }
        let found = tempfile::tempdir().unwrap();
        lay(&disk.cut(&mut dice), recorded.folder, found.path());
        tally.take(&format!("seed {seed}, image {image}, after call {end}"), judge(found.path(), &said));
    }
}

/// How many answers were called saved in what was said so far, or all of them.
pub fn called_saved(said: &str, all: usize) -> usize {
    if said.contains("Your answers are saved") { all } else { saved(said) }
}
