//! `examroom attempt export FILE`

use std::io::Write as _;

use crate::cli::args::Export;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing, Readers};
use crate::cli::render;
use examroom_core::causes::with_causes;
use examroom_core::journal::{AttemptId, Candidate, Fact, Recorder};
use examroom_core::text::counted;
use examroom_store::{Error, Store};

pub(super) fn run(context: &Context, wanted: &Export) -> Outcome {
    let none = || Failure::new("there is no attempt to export").help("start one: examroom take EXAM");
    let store = attempts::open_to_read(context)?.ok_or_else(none)?;
    let is_wanted = |begun: bool| wanted.all || begun;
    let ids: Vec<AttemptId> = store
        .list()?
        .into_iter()
        .rev()
        .filter(|attempt| is_wanted(attempt.began_at.is_some()))
        .map(|attempt| attempt.id)
        .collect();
    let facts = store.facts()?;
    if ids.is_empty() && facts.is_empty() {
        return Err(none());
    }
    let candidate = Candidate { id: store.candidate()?, name: wanted.name.clone() };
    let left_out = write(wanted, &store, &ids, &candidate, &facts)?;
    for error in &left_out {
        render::remark(format!("Left out: {}.", with_causes(error)));
    }
    let count = counted(ids.len() - left_out.len(), "attempt");
    let file = wanted.file.display();
    render::line(format!("{count} written to {file}. On the other computer: examroom attempt import {file}"))?;
    Ok(if left_out.is_empty() { Exit::Success } else { Exit::Failure })
}

/// Writes the file. Returns why attempts that are damaged were left out.
fn write(
    wanted: &Export,
    store: &Store,
    ids: &[AttemptId],
    candidate: &Candidate,
    facts: &[Fact],
) -> Result<Vec<Error>, Failure> {
    output_file::write_by(&wanted.file, Existing::under(wanted.force), Readers::Owner, |file| {
        let mut left_out = Vec::new();
        let (mut recorder, start) = Recorder::start(Some(candidate))?;
        file.write_all(start.as_bytes())?;
        for fact in facts {
            file.write_all(recorder.fact(fact)?.as_bytes())?;
        }
        for record in store.records(ids) {
            match record {
                Ok(record) => file.write_all(recorder.add(&record)?.as_bytes())?,
                Err(error) => left_out.push(error),
            }
        }
        file.write_all(recorder.finish().as_bytes())?;
        Ok(left_out)
    })
}
