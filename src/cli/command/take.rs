//! `examroom take EXAM`

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use rand::TryRng as _;

use crate::cli::args::{AsOf, Take};
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, Stream};
use crate::cli::sit::{Opened, sit};
use crate::cli::study;
use crate::cli::window;
use examroom_app::library::Reading;
use examroom_app::live::system_now;
use examroom_app::view::diagnostic::tally;
use examroom_app::view::form_code::{changed_questions, differing};
use examroom_app::view::help::Help;
use examroom_app::view::listing::{Extent, listing};
use examroom_core::bank::{Bank, Depth};
use examroom_core::blueprint::Blueprint;
use examroom_core::form::code::{FormCode, FormFile, Part, coded_form};
use examroom_core::form::{
    AssemblyError, Background, Caveats, Exposure, Form, Origin, Request, assemble, full_plan, lacking, new_forms_left,
};
use examroom_core::id::ExamId;
use examroom_core::seed::Seed;
use examroom_core::session::{AwayPolicy, ConfidencePolicy, Rules};

pub(super) fn run(context: &Context, take: &Take) -> Outcome {
    let form = offered_form(context, take)?;
    let take = &Take { form: take.form.or(form), ..take.clone() };
    sit(context, begin(context, take)?, take.front_end)
}

/// The form whose code came with the bank, if the candidate wants it. Where nobody can be asked, it is only mentioned.
fn offered_form(context: &Context, take: &Take) -> Result<Option<FormCode>, Failure> {
    let pack = context.library.pack_of(&ExamId::new(&take.exam));
    let code = pack.and_then(|pack| pack.label.form.as_ref());
    let Some(code) = code.filter(|_| take.is_any_form()) else { return Ok(None) };
    let parsed = code.parse::<FormCode>().map_err(|error| {
        Failure::new(format!("the form code that came with the bank cannot be used: {error}")).help(error.help())
    })?;
    if render::stdin_is_terminal() && Stream::Out.is_terminal() {
        let question = format!("This bank came with the form {code} for everybody. Sit that form? (yes or no)");
        let answer = window::ask(&question).unwrap_or_default().to_lowercase();
        return Ok(Some(parsed).filter(|_| matches!(answer.as_str(), "y" | "yes")));
    }
    render::line(format!("This bank came with a form for everybody. To sit that one, add: --form {code}"))?;
    Ok(None)
}

/// Draws the form of a new attempt and opens it.
pub(super) fn begin(context: &Context, take: &Take) -> Result<Opened, Failure> {
    let as_of = take.form.map_or(take.as_of, |code| AsOf::on(code.day()));
    let day = as_of.day();
    let (blueprint, bank) = read(context, &take.exam, day, as_of)?;
    if let Some(code) = &take.form {
        refuse_other_bank(take, code, &blueprint, &bank)?;
    }
    // Before anything is asked of the candidate: an exam that cannot be saved does not begin.
    let mut store = attempts::open(context)?;
    let mut exposure = store.exposure(blueprint.home())?;
    exposure.add(study::promised(&store, &blueprint)?);
    let form = match &take.form {
        Some(code) => coded_form(code, &blueprint, &bank),
        None => draw(take, seed(take)?, day, &blueprint, &bank, &exposure),
    };
    let form = form.map_err(|no_form| {
        Failure::new(no_form.to_string())
            .help(Help::Terminal(no_form.help().to_owned()))
            .help(Help::BankHas { exam: take.exam.clone(), arguments: as_of.argument() })
            .with_exit(Exit::BadBank)
    })?;
    let background = Background {
        earlier: store.evidence(&blueprint.id)?,
        new_forms_left: Some(new_forms_left(&blueprint, &bank, day, &exposure, &form)),
        ..Background::new(Origin::Recorded, &form, &exposure)
    };
    let form = Form { background: Some(background), ..form };
    let form = with_caveats(context, form, &blueprint, &bank, day)?;
    let rules = Rules {
        time_allowance: take.time.into(),
        away_policy: if take.strict { AwayPolicy::ClockRuns } else { AwayPolicy::StopsClock },
        confidence: if take.confidence { ConfidencePolicy::Asked } else { ConfidencePolicy::NotAsked },
        ..Rules::ORDINARY
    };
    let attempt = store.create(&Arc::new(form), rules, system_now())?;
    let lock = store.lock(attempt.id)?;
    Ok(Opened { store, lock, attempt })
}

/// A form for one candidate.
fn draw(
    take: &Take,
    seed: Seed,
    day: Date,
    blueprint: &Blueprint,
    bank: &Bank,
    exposure: &Exposure,
) -> Result<Form, AssemblyError> {
    let whole = full_plan(blueprint, bank, day);
    let plan = match take.items {
        Some(items) => whole.shortened(items),
        None => whole,
    };
    assemble(blueprint, bank, &Request { plan: &plan, seed, day, exposure })
}

/// The form with what must be said of its edition.
fn with_caveats(context: &Context, form: Form, blueprint: &Blueprint, bank: &Bank, day: Date) -> Result<Form, Failure> {
    let editions = context.library.editions()?;
    let caveats = Caveats {
        in_force: editions.in_force(&blueprint.id).cloned(),
        older: editions.older(&blueprint.id).into_iter().cloned().collect(),
        lacking: lacking(blueprint, &full_plan(blueprint, bank, day)),
        ..form.caveats
    };
    // What is expected of the real exam would rest on a part of its domains.
    let assumptions = form.assumptions.filter(|_| !caveats.is_unfinished());
    Ok(Form { caveats, assumptions, ..form })
}

fn seed(take: &Take) -> Result<Seed, Failure> {
    take.seed.map_or_else(fresh_seed, |seed| Ok(Seed(seed)))
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
        .help(Help::FixBank { exam: name.to_owned(), arguments: as_of.argument() })
        .with_exit(Exit::BadBank))
}

/// A seed nobody chose; small enough to be read out and typed.
pub(super) fn fresh_seed() -> Result<Seed, Failure> {
    rand::rngs::SysRng.try_next_u32().map(|number| Seed(u64::from(number))).map_err(|error| {
        Failure::new("the system gives no random numbers")
            .caused_by(error)
            .help(Help::Terminal("choose a seed: --seed 1".to_owned()))
    })
}

/// A code is of one state of a bank: of another, its form would be another.
fn refuse_other_bank(take: &Take, code: &FormCode, blueprint: &Blueprint, bank: &Bank) -> Result<(), Failure> {
    let parts = code.differences(blueprint, bank);
    if parts.is_empty() {
        return Ok(());
    }
    let failure = Failure::new(differing(&take.exam, &parts));
    if parts.contains(&Part::Exam) {
        return Err(failure.help("name the exam that the code was made of"));
    }
    let made_anew = Help::NewCode(ExamId::new(&take.exam));
    let Some(path) = &take.form_file else {
        return Err(failure.help(made_anew).help(Help::Terminal(
            "the file that was written with the code names the questions: --form-file FILE".to_owned(),
        )));
    };
    let file = read_file(path)?;
    if !file.has(code) {
        return Err(failure.help(made_anew).help(format!("{} was written with other codes", path.display())));
    }
    let changes = changed_questions(&file.changes(blueprint, bank));
    Err(changes.into_iter().fold(failure, Failure::help).help(made_anew))
}

fn read_file(path: &Path) -> Result<FormFile, Failure> {
    let cannot = || Failure::new(format!("{} cannot be read", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| cannot().caused_by(error))?;
    let help = "name the file that was written with the code: examroom form new EXAM --out FILE";
    FormFile::read(&text).map_err(|error| cannot().caused_by(error).help(help))
}
