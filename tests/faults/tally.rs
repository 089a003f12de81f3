//! What came of the trials of a kind.

use std::fmt::Write as _;

/// Counts trials, and keeps what went wrong.
#[derive(Debug, Default)]
pub struct Tally {
    pub trials: usize,
    /// Something that was called saved is not there.
    pub lost: usize,
    /// Something is there twice.
    pub doubled: usize,
    /// The store is damaged, or cannot be opened.
    pub corrupt: usize,
    /// Something was called saved, or nothing was said, and it is not so.
    pub false_words: usize,
    /// The first of what went wrong, each with how to see it again.
    pub failures: Vec<String>,
}

/// What can be wrong after a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Lost,
    Doubled,
    Corrupt,
    FalseWords,
}

/// What a trial found, with a sentence about it.
pub type Verdict = Result<(), (Wrong, String)>;

impl Tally {
    /// Takes in a trial; `what` says how to see it again.
    pub fn take(&mut self, what: &str, verdict: Verdict) {
        self.trials += 1;
        let Err((wrong, why)) = verdict else { return };
        *match wrong {
            Wrong::Lost => &mut self.lost,
            Wrong::Doubled => &mut self.doubled,
            Wrong::Corrupt => &mut self.corrupt,
            Wrong::FalseWords => &mut self.false_words,
        } += 1;
        if self.failures.len() < 20 {
            self.failures.push(format!("{what}: {wrong:?}: {why}"));
        }
    }

    pub fn failed(&self) -> usize {
        self.lost + self.doubled + self.corrupt + self.false_words
    }

    pub fn line(&self) -> String {
        let Self { trials, lost, doubled, corrupt, false_words, .. } = self;
        let mut line =
            format!("{trials} trials: {lost} lost, {doubled} doubled, {corrupt} corrupt, {false_words} false words");
        for failure in &self.failures {
            let _ = write!(line, "\n    {failure}");
        }
        line
    }
}
