//! `examroom bank pack EXAM --out FILE`: a bank, and the code of a form, in one file for others.

use std::sync::Arc;

use jiff::civil::Date;

use super::form_new::new_codes;
use super::take::read;
use crate::cli::args::{AsOf, BankPack, PackedForm};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use examroom_app::live::today;
use examroom_app::view::counted;
use examroom_app::view::form_code::differing;
use examroom_app::view::pack::about;
use examroom_core::bank::Bank;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::code::FormCode;
use examroom_exchange::{Label, Pack};

pub(super) fn run(context: &Context, wanted: &BankPack) -> Outcome {
    let day = today();
    let (blueprint, bank) = read(context, &wanted.exam, day, AsOf::default())?;
    let form = form(wanted, &blueprint, &bank, day)?;
    let files = context.library.find(&wanted.exam)?.packed(&blueprint).map_err(|error| {
        Failure::of(error).help(format!("see: {} bank check {}", context.folders.program(), wanted.exam))
    })?;
    let label = Label {
        exam: blueprint.id.to_string(),
        version: wanted.version.clone().unwrap_or_else(|| day.to_string()),
        author: wanted.author.clone(),
        license: wanted.license.clone(),
        form: form.map(|code| code.to_string()),
    };
    let pack = Pack { label, files };
    output_file::write(&wanted.out, &pack.write(), Existing::under(wanted.force))?;
    let path = wanted.out.display();
    render::line(format!("Written: {path}, with {}.", counted(bank.items.len(), "question")))?;
    render::line(format!("{}.", about(&pack.label, &pack.hash())))?;
    let exam = &blueprint.id;
    let code = pack.label.form.map_or_else(String::new, |code| format!(" --form {code}"));
    render::line(format!("Whoever has the file: examroom --banks {path} take {exam}{code}"))?;
    Ok(Exit::Success)
}

/// The code that goes with the bank: of this bank, or of no other.
fn form(wanted: &BankPack, blueprint: &Arc<Blueprint>, bank: &Bank, day: Date) -> Result<Option<FormCode>, Failure> {
    match &wanted.form {
        None => Ok(None),
        Some(PackedForm::New) => Ok(new_codes((blueprint, bank), day, 1, &wanted.exam)?.into_iter().next()),
        Some(PackedForm::Coded(code)) => match &code.differences(blueprint, bank)[..] {
            [] => Ok(Some(*code)),
            parts => Err(Failure::new(differing(&wanted.exam, parts))
                .help(format!("have a code made of this bank: examroom form new {}", wanted.exam))),
        },
    }
}
