//! Progress over several sittings, in words.

use super::counted;
use examroom_core::scoring::{Direction, Progress};

/// Whether the scores have changed by more than chance makes: a sentence or two.
#[must_use]
pub fn progress_line(progress: &Progress) -> String {
    let Progress { sittings, change, chance_alone, direction } = progress;
    let over = format!("from the first to the last of {}", counted(*sittings, "sitting"));
    let points = counted(change.unsigned_abs() as usize, "point");
    let (alone, most) = ("by chance alone it changes by", counted(chance_alone.unsigned_abs() as usize, "point"));
    match direction {
        Direction::Up => {
            format!("Progress: {over} with new questions your score rose by about {points}; {alone} up to {most}.")
        }
        Direction::Down => {
            format!("A fall: {over} with new questions your score fell by about {points}; {alone} up to {most}.")
        }
        Direction::WithinChance => {
            let moved = match change.signum() {
                1 => format!("rose by about {points}"),
                -1 => format!("fell by about {points}"),
                _ => "did not change".to_owned(),
            };
            format!(
                "No change that can be told from chance: {over} with new questions your score {moved}, and {alone} up to \
                 {most}."
            )
        }
    }
}
