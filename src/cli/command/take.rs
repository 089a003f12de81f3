//! `examroom take EXAM`

use std::sync::Arc;

use rand::TryRng as _;

use super::Outcome;
use super::sit::{Screen, live, sit};
use crate::cli::args::Take;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure};
use examroom_app::live::system_now;
use examroom_core::form::{Plan, Request, assemble};
use examroom_core::seed::Seed;
use examroom_core::session::{AwayPolicy, Rules};

pub(super) fn run(context: &Context, take: &Take) -> Outcome {
    let day = take.as_of.day();
    let exam = context.exam(&take.exam, day)?;
    // Before anything is asked of the candidate: an exam that cannot be saved does not begin.
    let mut store = context.store()?;
    let plan = match take.items {
        Some(items) => Plan::rehearsal(&exam.blueprint, items),
        None => Plan::mock(&exam.blueprint),
    };
    let exposure = store.exposure(&exam.blueprint.id)?;
    let seed = match take.seed {
        Some(seed) => Seed(seed),
        None => fresh_seed()?,
    };
    let request = Request { plan: &plan, seed, day, exposure: &exposure };
    let form = assemble(&exam.blueprint, &exam.bank, &request).map_err(|no_form| {
        Failure::new(no_form.to_string())
            .help(no_form.help())
            .help(format!("see what it has: examroom bank stats {}", take.exam))
            .with_exit(Exit::BadBank)
    })?;
    let rules = Rules {
        time_allowance: take.time.into(),
        away_policy: if take.strict { AwayPolicy::ClockRuns } else { AwayPolicy::StopsClock },
    };
    let attempt = store.create(&Arc::new(form), rules, system_now())?;
    let lock = store.lock(attempt.id)?;
    sit(context, live(store, lock, attempt), Screen::choose(context, take.line))
}

/// A seed nobody chose; small enough to be read out and typed.
fn fresh_seed() -> Result<Seed, Failure> {
    rand::rngs::SysRng.try_next_u32().map(|number| Seed(u64::from(number))).map_err(|error| {
        Failure::new("the system gives no random numbers").caused_by(error).help("choose a seed: --seed 1")
    })
}
