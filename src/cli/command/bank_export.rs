//! `examroom bank export EXAM --to FORMAT`: an exam's questions for another program, with what that has no place for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cli::args::BankExport;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use examroom_app::exchange::take_out;
use examroom_app::live::today;
use examroom_app::view::counted;
use examroom_core::bank::Depth;
use examroom_core::id::DomainId;
use examroom_exchange::Reason;
use examroom_terminal::pages::Rows;

pub(super) fn run(context: &Context, wanted: &BankExport) -> Outcome {
    let exam = context.library.find(&wanted.exam)?;
    let reading = exam.read(Depth::Errors, today(), &mut |_, _| {});
    let Some(blueprint) = reading.blueprint.as_ref() else {
        return Err(Failure::new(format!("the exam.toml of {} has errors", wanted.exam))
            .help(format!("see: examroom bank check {}", wanted.exam))
            .with_exit(Exit::BadBank));
    };
    let domain = wanted.domain.as_deref().map(DomainId::new);
    if let Some(domain) = domain.as_ref().filter(|domain| blueprint.domain(domain).is_none()) {
        let known: Vec<&str> = blueprint.domains.iter().map(|domain| domain.id.as_str()).collect();
        return Err(Failure::new(format!("the exam has no domain `{domain}`"))
            .help(format!("its domains: {}", known.join(", ")))
            .with_exit(Exit::Usage));
    }
    let export = take_out(&reading, domain.as_ref(), wanted.to);
    let name = domain.map_or_else(|| blueprint.id.to_string(), |domain| format!("{}-{domain}", blueprint.id));
    let path = wanted.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.{}", wanted.to.ending())));
    let existing = Existing::under(wanted.force);
    output_file::write(&path, &export.bytes, existing)?;
    render::line(format!("Written: {}", path.display()))?;
    list(context, "left out", &export.left_out)?;
    list(context, "changed", &export.changed)?;
    if !wanted.to.lacks().is_empty() {
        render::line(format!("This format has no place for {}.", wanted.to.lacks()))?;
    }
    if reading.diagnostics.has_errors() {
        render::line(format!("Questions with errors are not in it; see: examroom bank check {}", blueprint.id))?;
    }
    Ok(Exit::Success)
}

/// What of the questions is not there as the bank has it, by reason.
fn list(context: &Context, what: &str, noted: &[(String, Reason)]) -> Result<(), Failure> {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, why) in noted {
        by_reason.entry(why).or_default().push(id);
    }
    if by_reason.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(context.presentation.layout, ["Questions", "Why", "Which"]);
    for (why, ids) in by_reason {
        let cells = [format!("{} {what}", ids.len()), why.to_owned(), ids.join(", ")];
        rows.add(cells, |[_, why, which]| format!("{} {what}: {why}: {which}.", counted(ids.len(), "question")));
    }
    render::line(format!("{rows}\n"))?;
    Ok(())
}
