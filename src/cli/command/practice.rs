//! `examroom practice EXAM`

use std::sync::Arc;

use jiff::civil::Date;

use super::exams;
use super::take::{fresh_seed, read};
use crate::cli::args::{Practice, Resume};
use crate::cli::attempts;
use crate::cli::command::resume::resume;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use crate::cli::sit::{Opened, sit};
use crate::cli::study;
use examroom_app::live::system_now;
use examroom_app::view::practice_start::{Instead, NothingToPractice, USUAL_COUNT};
use examroom_core::bank::Bank;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::practice_form;
use examroom_core::id::ExamId;
use examroom_core::seed::Seed;
use examroom_core::session::{Rules, TimeAllowance};
use examroom_core::study::{Standing, Wish, select};
use examroom_core::text::{counted, nearest};

pub(super) fn run(context: &Context, practice: &Practice) -> Outcome {
    let day = practice.as_of.day();
    if practice.reset {
        return reset(context, &practice.exam);
    }
    let (blueprint, bank) = read(context, &practice.exam, day, practice.as_of)?;
    if !practice.is_new()
        && let Some(store) = attempts::open_to_read(context)?
        && let Some(open) = study::open_practice(&store, &blueprint.id)?
    {
        let wanted = Resume { front_end: practice.front_end, ..Resume::default() };
        return resume(context, open.id, &wanted);
    }
    let wanted = Wanted {
        wish: wish(practice, &blueprint)?,
        time: if practice.timed { TimeAllowance::Ordinary } else { TimeAllowance::Unlimited },
        seed: practice.seed.map(Seed),
        day,
    };
    match begin(context, &blueprint, &bank, &wanted)? {
        Ok(opened) => sit(context, opened, practice.front_end),
        Err(nothing) => Err(failure(practice, &blueprint.id, nothing)),
    }
}

/// The practice that is wanted.
pub(super) struct Wanted {
    pub wish: Wish,
    pub time: TimeAllowance,
    /// The seed that was chosen, if one was.
    pub seed: Option<Seed>,
    pub day: Date,
}

/// Draws the questions of a new practice and opens it, where there is something to practice.
pub(super) fn begin(
    context: &Context,
    blueprint: &Blueprint,
    bank: &Bank,
    wanted: &Wanted,
) -> Result<Result<Opened, NothingToPractice>, Failure> {
    let mut store = attempts::open(context)?;
    let exposure = store.exposure(blueprint.home())?;
    let past = study::past(&store, blueprint)?;
    let seed = wanted.seed.map_or_else(fresh_seed, Ok)?;
    let selection = select(bank, &wanted.wish, &exposure, &past, wanted.day, seed);
    if selection.items.is_empty() {
        return Ok(Err(NothingToPractice::new(&wanted.wish, &selection)));
    }
    let mut form = practice_form(blueprint, bank, &selection.items, seed, &exposure);
    if let Some(background) = &mut form.background {
        background.new_in_bank = u32::try_from(selection.new_in_bank).ok();
    }
    let attempt = store.create(&Arc::new(form), Rules::practice(wanted.time), system_now())?;
    let lock = store.lock(attempt.id)?;
    Ok(Ok(Opened { store, lock, attempt }))
}

/// Lets what was practiced begin again.
fn reset(context: &Context, exam: &str) -> Outcome {
    let blueprint = exams::blueprint(context, exam)?;
    let mut store = attempts::open(context)?;
    let (missed, flagged) = study::past(&store, &blueprint)?.counts();
    store.clear_practice(blueprint.home(), system_now())?;
    render::line(format!(
        "Practice of {exam} starts over: {} and {} no longer count. Mock exams, and what you have seen, stay.",
        counted(missed, "missed question"),
        counted(flagged, "flagged one")
    ))?;
    Ok(Exit::Success)
}

/// What is to be practiced, in the exam's own ids.
fn wish(practice: &Practice, blueprint: &Blueprint) -> Result<Wish, Failure> {
    let domains = || blueprint.domains.iter().map(|domain| (domain.id.as_str(), domain.name.as_str()));
    let topics = || {
        let topics = blueprint.domains.iter().flat_map(|domain| &domain.topics);
        topics.map(|topic| (topic.id.as_str(), topic.name.as_str()))
    };
    let exam = blueprint.id.as_str();
    let ids = |typed: &[String], what: &str, known: Vec<(&str, &str)>| {
        typed.iter().map(|typed| named(typed, &known, what, exam)).collect::<Result<Vec<String>, Failure>>()
    };
    let standings = [
        (practice.only.missed, Standing::Missed),
        (practice.only.flagged, Standing::Flagged),
        (practice.only.unseen, Standing::Unseen),
    ];
    Ok(Wish {
        domains: ids(&practice.domains, "domain", domains().collect())?.iter().map(|id| id.as_str().into()).collect(),
        topics: ids(&practice.topics, "topic", topics().collect())?.iter().map(|id| id.as_str().into()).collect(),
        standings: standings.into_iter().filter(|(wanted, _)| *wanted).map(|(_, standing)| standing).collect(),
        count: practice.count.unwrap_or(USUAL_COUNT) as usize,
    })
}

/// The id that was typed, or whose name was.
fn named(typed: &str, known: &[(&str, &str)], what: &str, exam: &str) -> Result<String, Failure> {
    let is_meant = |(id, name): &&(&str, &str)| id.eq_ignore_ascii_case(typed) || name.eq_ignore_ascii_case(typed);
    if let Some((id, _)) = known.iter().find(is_meant) {
        return Ok((*id).to_owned());
    }
    let ids = || known.iter().map(|(id, _)| *id);
    let mut failure = Failure::new(format!("{exam} has no {what} {typed}")).with_exit(Exit::Usage);
    if let Some(near) = nearest(typed, ids()) {
        failure = failure.help(format!("did you mean {near}?"));
    }
    Err(failure
        .help(format!("{what}s: {}", ids().collect::<Vec<_>>().join(", ")))
        .help(format!("with their names: examroom exams {exam} --ids")))
}

/// Why there is nothing to practice, and which command is best instead.
fn failure(practice: &Practice, exam: &ExamId, nothing: NothingToPractice) -> Failure {
    let NothingToPractice { what, instead } = nothing;
    let place = practice.place();
    let failure = Failure::new(what);
    let failure = match instead {
        Some(Instead::FinishExam) => {
            return failure.help("practice would show their answers; finish that exam first: examroom resume");
        }
        Some(Instead::All) => failure
            .help(format!("practice all questions, those that you have seen first: examroom practice {exam}{place}")),
        Some(Instead::Missed) => {
            failure.help(format!("practice what you missed again: examroom practice {exam}{place} --missed"))
        }
        None => return failure,
    };
    if place.is_empty() { failure } else { failure.help(format!("or in all domains: examroom practice {exam}")) }
}
