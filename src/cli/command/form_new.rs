//! `examroom form new EXAM`

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::cli::args::NewForm;
use crate::cli::command::take::{fresh_seed, read};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output_file::{self, Existing};
use crate::cli::render;
use examroom_app::view::counted;
use examroom_core::bank::Bank;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::code::{FormCode, FormFile, NoCodes, SERIES, disjoint_codes};

/// How many series of forms are tried: with another draw, a bank may yield more forms without a common question.
const MOST_TRIES: u64 = 16;

pub(super) fn run(context: &Context, wanted: &NewForm) -> Outcome {
    let NewForm { exam, disjoint, out, force, as_of } = wanted;
    let day = as_of.day();
    let (blueprint, bank) = read(context, exam, day, *as_of)?;
    let codes = new_codes((&blueprint, &bank), day, *disjoint, exam)?;
    if let Some(path) = out {
        let file = FormFile::new(&codes, &blueprint, &bank);
        let text =
            file.text().map_err(|error| Failure::new("the file of the codes cannot be made").caused_by(error))?;
        output_file::write(path, text.as_bytes(), Existing::under(*force))?;
    }
    show(exam, &codes, out.as_deref())
}

/// Codes of new forms without a common question.
pub(super) fn new_codes(
    (blueprint, bank): (&Arc<Blueprint>, &Bank),
    day: Date,
    count: u32,
    exam: &str,
) -> Result<Vec<FormCode>, Failure> {
    let seed = fresh_seed()?;
    let draw = |attempt: u64| {
        let series = u32::try_from((seed.0 + attempt) % u64::from(SERIES)).unwrap_or_default();
        disjoint_codes(blueprint, bank, day, series, count)
    };
    let codes = (1..MOST_TRIES).fold(draw(0), |found, attempt| match found {
        Err(NoCodes::Shared { .. }) => draw(attempt),
        decided => decided,
    });
    codes.map_err(|none| failure(none, exam))
}

fn failure(none: NoCodes, exam: &str) -> Failure {
    let failure = Failure::new(none.to_string());
    match none {
        NoCodes::Assembly(no_form) => failure.help(no_form.help()).with_exit(Exit::BadBank),
        NoCodes::Shared { .. } => failure.help(format!("see how many it yields: examroom bank stats {exam}")),
        NoCodes::Day(_) | NoCodes::TooMany => failure.with_exit(Exit::Usage),
    }
}

fn show(exam: &str, codes: &[FormCode], out: Option<&Path>) -> Outcome {
    for code in codes {
        render::line(code.to_string())?;
    }
    let which = if codes.len() == 1 {
        "Whoever types this code sits the same form".to_owned()
    } else {
        format!(
            "These are the codes of {} without a common question. Whoever types one sits that form",
            counted(codes.len(), "form")
        )
    };
    render::line(format!(
        "\n{which}: the same questions in the same order, whatever was seen before.\n\
         Sit it: examroom take {exam} --form CODE\n\
         A code holds for the bank as it is now. Where a question is changed, added or removed, the code is refused."
    ))?;
    if let Some(path) = out {
        render::line(format!(
            "To have the changed questions named: examroom take {exam} --form CODE --form-file {}",
            path.display()
        ))?;
    }
    Ok(Exit::Success)
}
