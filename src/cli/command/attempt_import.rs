//! `examroom attempt import FILE`

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::cli::args::Import;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use crate::cli::window;
use examroom_app::view::SafeText;
use examroom_app::view::ending::cut_short;
use examroom_core::journal::{AttemptId, Candidate, Fact, RecordError, Records};
use examroom_core::text::counted;
use examroom_store::TakenIn;

/// No file with attempts is larger; a thousand long ones take a tenth of it.
const LARGEST: u64 = 1 << 29;

pub(super) fn run(context: &Context, wanted: &Import) -> Outcome {
    let path = &wanted.file;
    let records = read(path)?;
    if !records.damage.is_empty() && !wanted.rest {
        return Err(damaged(path, &records));
    }
    let mut store = attempts::open(context)?;
    if let Some(candidate) = &records.candidate
        && !store.is_own(&candidate.id)?
    {
        if !wanted.mine && !is_confirmed(candidate, records.attempts.len()) {
            return Err(Failure::new(format!("the attempts in {} are {}", path.display(), whose(candidate)))
                .help("nothing was changed")
                .help(format!("if they are yours: examroom attempt import {} --mine", path.display())));
        }
        store.recognize(candidate)?;
    }
    let taken = store.take_in_all(&records.attempts)?;
    for sentence in told(&taken) {
        render::line(sentence)?;
    }
    for sentence in noted(&store.take_in_facts(&records.facts)?) {
        render::line(sentence)?;
    }
    for place in &records.damage {
        render::remark(format!("{}: {place}.", path.display()));
    }
    for (record, taken) in records.attempts.iter().zip(&taken).filter(|(record, _)| !record.whole) {
        let (_, _, id) = outcome(taken);
        let became = store.load(id).ok();
        render::remark(cut_short(id, record.entries.len(), became.as_ref().map(|attempt| &attempt.session)));
    }
    Ok(Exit::Success)
}

fn read(path: &Path) -> Result<Records, Failure> {
    let cannot = || Failure::new(format!("{} cannot be read", path.display()));
    let read = || -> io::Result<Option<Vec<u8>>> {
        let found = path.metadata()?;
        if !found.is_file() || found.len() > LARGEST {
            return Ok(None);
        }
        std::fs::read(path).map(Some)
    };
    let help = "such a file is written by: examroom attempt export FILE";
    let text = read().map_err(|error| cannot().caused_by(error).help(help))?;
    let records = text.map_or(Err(RecordError::Foreign), |text| Records::decode(&text));
    records.map_err(|error| {
        let newer = matches!(error, RecordError::Newer { .. });
        let help = if newer { "nothing was changed; use that newer examroom" } else { help };
        cannot().caused_by(error).help(help)
    })
}

/// What is said of a damaged file while nothing was taken from it.
fn damaged(path: &Path, records: &Records) -> Failure {
    let places = records.damage.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let more = if records.damage.len() > 5 { ", …" } else { "" };
    let failure = Failure::new(format!("{} is damaged: {places}{more}", path.display())).help("nothing was changed");
    let whole = records.attempts.iter().filter(|record| record.whole).count();
    match records.attempts.len() - whole {
        _ if records.attempts.is_empty() => failure.help("no attempt in it can be read; export them again"),
        cut => {
            let cut = if cut == 0 { String::new() } else { format!(", and {} in part", counted(cut, "attempt")) };
            failure.help(format!("{} in it can be read whole{cut}", counted(whole, "attempt"))).help(format!(
                "export them again, or take what can be read: examroom attempt import {} --rest",
                path.display()
            ))
        }
    }
}

fn whose(candidate: &Candidate) -> String {
    match &candidate.name {
        Some(name) => format!("those of {name}, from another data folder"),
        None => "from another data folder".to_owned(),
    }
}

fn is_confirmed(candidate: &Candidate, attempts: usize) -> bool {
    if !(render::stdin_is_terminal() && render::Stream::Out.is_terminal()) {
        return false;
    }
    let those = counted(attempts, "attempt");
    let question = format!("The {those} in this file are {}. Are they your own? Type yes or no.", whose(candidate));
    window::ask(&question).is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "yes" | "y"))
}

/// What came of the attempts, a sentence for each outcome.
fn told(taken: &[TakenIn]) -> Vec<String> {
    let mut by_outcome: BTreeMap<(usize, &str), Vec<AttemptId>> = BTreeMap::new();
    for (rank, outcome, id) in taken.iter().map(outcome) {
        by_outcome.entry((rank, outcome)).or_default().push(id);
    }
    if by_outcome.is_empty() {
        return vec!["There is no attempt in the file.".to_owned()];
    }
    let sentence = |((_, outcome), ids): (&(usize, &str), &Vec<AttemptId>)| {
        format!("{} {outcome}: {}.", counted(ids.len(), "attempt"), listed(ids))
    };
    by_outcome.iter().map(sentence).collect()
}

/// What was noted beside the attempts and is new here, a sentence for each kind.
fn noted(facts: &[&Fact]) -> Vec<String> {
    let mut sentences = Vec::new();
    let real_exams = facts.iter().filter(|fact| matches!(fact, Fact::RealExam { .. })).count();
    if real_exams > 0 {
        sentences.push(format!("{} added.", counted(real_exams, "real exam result")));
    }
    for fact in facts {
        if let Fact::PracticeCleared { home, .. } = fact {
            sentences.push(format!("What practice counts in {} is cleared here too.", SafeText::new(home.as_str())));
        }
    }
    sentences
}

/// An outcome in words, with its place among the others.
fn outcome(taken: &TakenIn) -> (usize, &'static str, AttemptId) {
    match *taken {
        TakenIn::New(id) => (0, "added", id),
        TakenIn::Continued(id, _) => (1, "continued from the file", id),
        TakenIn::Known(id) => (2, "already here", id),
        TakenIn::Differs(id) => (3, "left as here, having gone on otherwise in the file", id),
        TakenIn::Held(id) => (4, "left as here, being open in another examroom", id),
        TakenIn::Damaged(id) => (5, "left as here, being damaged here", id),
    }
}

/// So many numbers are listed.
const LISTED: usize = 20;

fn listed(ids: &[AttemptId]) -> String {
    let mut numbers: Vec<String> = ids.iter().take(LISTED).map(ToString::to_string).collect();
    if ids.len() > LISTED {
        numbers.push("…".to_owned());
    }
    numbers.join(", ")
}
