//! `examroom take EXAM`

use std::sync::Arc;

use jiff::civil::Date;
use rand::TryRng as _;

use crate::cli::args::{AsOf, Take};
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, Stream};
use crate::cli::sit::sit;
use crate::cli::study;
use examroom_app::library::Reading;
use examroom_app::live::system_now;
use examroom_app::view::diagnostic::tally;
use examroom_app::view::listing::{Extent, listing};
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Plan, Request, assemble, new_forms_left};
use examroom_core::seed::Seed;
use examroom_core::session::{AwayPolicy, ConfidencePolicy, Rules};

pub(super) fn run(context: &Context, take: &Take) -> Outcome {
    let day = take.as_of.day();
    let (blueprint, bank) = read(context, &take.exam, day, take.as_of)?;
    // Before anything is asked of the candidate: an exam that cannot be saved does not begin.
    let mut store = attempts::open(context)?;
    let plan = match take.items {
        Some(items) => Plan::rehearsal(&blueprint, items),
        None => Plan::mock(&blueprint),
    };
    let mut exposure = store.exposure(blueprint.home())?;
    exposure.add(study::promised(&store, &blueprint)?);
    let seed = match take.seed {
        Some(seed) => Seed(seed),
        None => fresh_seed()?,
    };
    let request = Request { plan: &plan, seed, day, exposure: &exposure };
    let mut form = assemble(&blueprint, &bank, &request).map_err(|no_form| {
        Failure::new(no_form.to_string())
            .help(no_form.help())
            .help(format!("see what it has: examroom bank stats {}{}", take.exam, take.as_of.argument()))
            .with_exit(Exit::BadBank)
    })?;
    let new_forms_left = new_forms_left(&blueprint, &bank, day, &exposure, &form);
    if let Some(background) = &mut form.background {
        background.earlier = store.evidence(&blueprint.id)?;
        background.new_forms_left = Some(new_forms_left);
    }
    let rules = Rules {
        time_allowance: take.time.into(),
        away_policy: if take.strict { AwayPolicy::ClockRuns } else { AwayPolicy::StopsClock },
        confidence: if take.confidence { ConfidencePolicy::Asked } else { ConfidencePolicy::NotAsked },
        ..Rules::ORDINARY
    };
    let attempt = store.create(&Arc::new(form), rules, system_now())?;
    let lock = store.lock(attempt.id)?;
    sit(context, store, lock, attempt, take.front_end)
}

/// Reads an exam that is to be sat: an error in its bank is a failure, after everything that is wrong.
pub(super) fn read(context: &Context, name: &str, day: Date, as_of: AsOf) -> Result<(Arc<Blueprint>, Bank), Failure> {
    let reading = context.library.find(name)?.read(Depth::Errors, day, &mut |_, _| {});
    if let Some(blueprint) = reading.sound_blueprint() {
        return Ok((Arc::clone(blueprint), reading.bank));
    }
    let Reading { sources, diagnostics, .. } = reading;
    // Where nobody reads what is wrong, the exit code still says so.
    let _ = render::findings(
        Stream::Errors,
        &listing(&diagnostics, &sources, Extent::Digest),
        &sources,
        context.presentation,
    );
    Err(Failure::new(format!("the bank of {name} has {}; no exam starts on it", tally(&diagnostics)))
        .help(format!("fix what is reported above, then: examroom bank check {name}{}", as_of.argument()))
        .with_exit(Exit::BadBank))
}

/// A seed nobody chose; small enough to be read out and typed.
pub(super) fn fresh_seed() -> Result<Seed, Failure> {
    rand::rngs::SysRng.try_next_u32().map(|number| Seed(u64::from(number))).map_err(|error| {
        Failure::new("the system gives no random numbers").caused_by(error).help("choose a seed: --seed 1")
    })
}
