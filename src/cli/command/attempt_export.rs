//! `examroom attempt export FILE`

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use crate::cli::args::Export;
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_core::causes::with_causes;
use examroom_core::journal::{AttemptId, Candidate, Recorder};
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
    if ids.is_empty() {
        return Err(none());
    }
    let candidate = Candidate { id: store.candidate()?, name: wanted.name.clone() };
    let left_out = write(&wanted.file, &store, &ids, &candidate)?;
    for error in &left_out {
        render::remark(format!("Left out: {}.", with_causes(error)));
    }
    let count = counted(ids.len() - left_out.len(), "attempt");
    let file = wanted.file.display();
    render::line(format!("{count} written to {file}. On the other computer: examroom attempt import {file}"))?;
    Ok(if left_out.is_empty() { Exit::Success } else { Exit::Failure })
}

/// Writes a new file, durably, or none. Returns why attempts that are damaged were left out.
fn write(path: &Path, store: &Store, ids: &[AttemptId], candidate: &Candidate) -> Result<Vec<Error>, Failure> {
    let failed = |error: io::Error| {
        let failure = Failure::new(format!("{} cannot be written", path.display()));
        let help = match error.kind() {
            io::ErrorKind::AlreadyExists => "nothing was changed; name a file that is not there yet",
            _ => "nothing is in it; name a file where there is room, and where you may write",
        };
        failure.caused_by(error).help(help)
    };
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(failed)?;
    let mut left_out = Vec::new();
    let mut out = BufWriter::new(file);
    let mut put = || -> io::Result<()> {
        let (mut recorder, start) = Recorder::start(Some(candidate))?;
        out.write_all(start.as_bytes())?;
        for record in store.records(ids) {
            match record {
                Ok(record) => out.write_all(recorder.add(&record)?.as_bytes())?,
                Err(error) => left_out.push(error),
            }
        }
        out.write_all(recorder.finish().as_bytes())?;
        out.flush()?;
        out.get_ref().sync_all()
    };
    match put() {
        Ok(()) => Ok(left_out),
        Err(error) => {
            // Half a file would only look like one.
            let _ = std::fs::remove_file(path);
            Err(failed(error))
        }
    }
}
