//! A damaged store is replaced, and the program is killed or refused a call meanwhile, or the power is cut.

use std::fs;
use std::path::{Path, PathBuf};

use examroom_core::session::JournalEntry;
use examroom_core::time::Timestamp;
use examroom_store::Store;
use tempfile::TempDir;

use super::layer::Plan;
use super::sitting::{copy, run};
use super::tally::{Tally, Verdict, Wrong};
use super::trace::{Call, counted, read};

/// Attempts by their numbers.
type Journals = Vec<(i64, Vec<JournalEntry>)>;

/// A damaged store with three attempts, and what a salvage that nothing disturbs makes of it.
pub struct Damaged {
    _base: TempDir,
    data: PathBuf,
    attempts: Journals,
    pub calls: usize,
    pub trace: Vec<Call>,
    pub recorded_in: PathBuf,
}

impl Damaged {
    pub fn prepare() -> Self {
        let base = tempfile::tempdir().unwrap();
        let data = base.path().join("base");
        for seed in ["1", "2", "3"] {
            let take = ["take", "rhit", "--items", "3", "--seed", seed];
            assert_eq!(run(&data, &take, "begin\na\nnext\nb\nleave\n", &Plan::default()).code, Some(0));
        }
        let file = data.join("examroom.db");
        let mut bytes = fs::read(&file).unwrap();
        bytes[0] ^= 0xff;
        fs::write(&file, bytes).unwrap();
        let recorded_in = base.path().join("recorded");
        copy(&data, &recorded_in);
        let log = base.path().join("log");
        let said = run(&recorded_in, &["history"], "", &Plan { log: Some(log.clone()), ..Plan::default() });
        assert!(said.err.contains("3 attempts could be read"), "{}{}", said.out, said.err);
        let trace = read(&log);
        let attempts = attempts(&recorded_in).unwrap();
        assert_eq!(attempts.len(), 3);
        Self { _base: base, data, attempts, calls: counted(&trace), trace, recorded_in }
    }

    /// The folder as it is before the salvage.
    pub fn base(&self) -> &Path {
        &self.data
    }

    /// Whether a start of the program finds every attempt, and the damaged file is kept.
    pub fn judge(&self, data: &Path) -> Verdict {
        if attempts(data)? != self.attempts {
            return Err((Wrong::Lost, "the attempts are not those that could be read".to_owned()));
        }
        let mut names = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().file_name());
        if names.any(|name| name.to_string_lossy().starts_with("examroom-damaged-")) {
            Ok(())
        } else {
            Err((Wrong::Lost, "the damaged file is not kept".to_owned()))
        }
    }

    /// Disturbs the salvage at each of its calls in each of these ways, or each so many-th of them.
    pub fn at_each_call(&self, ways: &[&str], every: usize, tally: &mut Tally, mut goes_on: impl FnMut() -> bool) {
        let points = (1..=self.calls).flat_map(|call| ways.iter().map(move |way| format!("{call} {way}")));
        for plan in points.step_by(every) {
            if !goes_on() {
                return;
            }
            let folder = tempfile::tempdir().unwrap();
            let data = folder.path().join("data");
            copy(&self.data, &data);
            run(&data, &["history"], "", &Plan::action(plan.clone()));
            let said = run(&data, &["history"], "", &Plan::default());
            let verdict = match said.code {
                Some(0) => self.judge(&data),
                code => Err((Wrong::Corrupt, format!("the next start ends with {code:?}: {}{}", said.out, said.err))),
            };
            tally.take(&format!("salvage, {plan}"), verdict);
        }
    }
}

/// The attempts of a store with their journals, oldest first.
fn attempts(data: &Path) -> Result<Journals, (Wrong, String)> {
    let corrupt = |what: &dyn std::fmt::Debug| (Wrong::Corrupt, format!("{what:?}"));
    let (store, _) = Store::open(data, Timestamp(0)).map_err(|error| corrupt(&error))?;
    let listed = store.list().map_err(|error| corrupt(&error))?;
    let load = |id| store.load(id).map_err(|error| corrupt(&error));
    listed.iter().rev().map(|line| Ok((line.id.0, load(line.id)?.session.journal().to_vec()))).collect()
}
