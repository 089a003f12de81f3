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
use examroom_app::view::practice_start::{Instead, NothingToPractice, PracticeReset, PracticeStartView, USUAL_COUNT};
use examroom_core::bank::Bank;
use examroom_core::blueprint::Blueprint;
use examroom_core::form::{Exposure, practice_form};
use examroom_core::id::{DomainId, ExamId, TopicId};
use examroom_core::seed::Seed;
use examroom_core::session::{Rules, TimeAllowance};
use examroom_core::study::{Selection, Standing, StudyPast, Wish, select};
use examroom_core::text::nearest;
use examroom_store::Store;

pub(super) fn run(context: &Context, practice: &Practice) -> Outcome {
    if practice.reset {
        return reset(context, &practice.exam);
    }
    if !practice.is_new()
        && let Some(exam) = context.library.find(&practice.exam)?.blueprint().blueprint
        && let Some(store) = attempts::open_to_read(context)?
        && let Some(open) = study::open_practice(&store, &exam.id)?
    {
        let wanted = Resume { front_end: practice.front_end, ..Resume::default() };
        return resume(context, open.id, &wanted);
    }
    let day = practice.as_of.day();
    let (blueprint, bank) = read(context, &practice.exam, day, practice.as_of)?;
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
    Ground::new(context, blueprint, bank, wanted.day, wanted.seed)?.begin(&wanted.wish, wanted.time)
}

/// What practice is drawn from, and the store that it is kept in.
pub(super) struct Ground<'g> {
    blueprint: &'g Blueprint,
    bank: &'g Bank,
    store: Store,
    exposure: Exposure,
    past: StudyPast,
    day: Date,
    seed: Seed,
}

impl<'g> Ground<'g> {
    pub(super) fn new(
        context: &Context,
        blueprint: &'g Blueprint,
        bank: &'g Bank,
        day: Date,
        seed: Option<Seed>,
    ) -> Result<Self, Failure> {
        let store = attempts::open(context)?;
        let exposure = store.exposure(blueprint.home())?;
        let past = study::past(&store, blueprint)?;
        Ok(Self { blueprint, bank, store, exposure, past, day, seed: seed.map_or_else(fresh_seed, Ok)? })
    }

    /// What can be chosen.
    pub(super) fn start(&self) -> Result<PracticeStartView, Failure> {
        let open = study::open_practice(&self.store, &self.blueprint.id)?.map(|open| open.id);
        let start = PracticeStartView::new(self.blueprint, self.bank, &self.exposure, &self.past, self.day);
        Ok(PracticeStartView { open, ..start })
    }

    /// What a wish comes to.
    pub(super) fn select(&self, wish: &Wish) -> Selection {
        select(self.bank, wish, &self.exposure, &self.past, self.day, self.seed)
    }

    /// Makes the form of a new practice and opens it, where there is something to practice.
    pub(super) fn begin(
        mut self,
        wish: &Wish,
        time: TimeAllowance,
    ) -> Result<Result<Opened, NothingToPractice>, Failure> {
        let selection = self.select(wish);
        if selection.items.is_empty() {
            return Ok(Err(NothingToPractice::new(wish, &selection)));
        }
        let mut form = practice_form(self.blueprint, self.bank, &selection.items, self.seed, &self.exposure);
        if let Some(background) = &mut form.background {
            background.new_in_bank = u32::try_from(selection.new_in_bank).ok();
        }
        let attempt = self.store.create(&Arc::new(form), Rules::practice(time), system_now())?;
        let lock = self.store.lock(attempt.id)?;
        Ok(Ok(Opened { store: self.store, lock, attempt }))
    }
}

/// Lets what was practiced begin again.
fn reset(context: &Context, exam: &str) -> Outcome {
    render::line(start_over(context, exam)?.done(&ExamId::new(exam)))?;
    Ok(Exit::Success)
}

/// Lets nothing of an exam count as missed or flagged any more; what did.
pub(super) fn start_over(context: &Context, exam: &str) -> Result<PracticeReset, Failure> {
    let blueprint = exams::blueprint(context, exam)?;
    let mut store = attempts::open(context)?;
    let cleared = PracticeReset::of(&study::past(&store, &blueprint)?);
    store.clear_practice(blueprint.home(), system_now())?;
    Ok(cleared)
}

/// What is to be practiced, in the exam's own ids.
fn wish(practice: &Practice, blueprint: &Blueprint) -> Result<Wish, Failure> {
    let exam = blueprint.id.as_str();
    let all: Vec<(&str, &str)> =
        blueprint.domains.iter().map(|domain| (domain.id.as_str(), domain.name.as_str())).collect();
    let domains =
        practice.domains.iter().map(|typed| named(typed, &all).ok_or_else(|| unknown(exam, "domain", typed, &all)));
    let domains = domains.map(|id| id.map(DomainId::new)).collect::<Result<Vec<DomainId>, Failure>>()?;
    let topics_of = |wanted: &[DomainId]| -> Vec<(&str, &str)> {
        let domains = blueprint.domains.iter().filter(|domain| wanted.is_empty() || wanted.contains(&domain.id));
        domains.flat_map(|domain| &domain.topics).map(|topic| (topic.id.as_str(), topic.name.as_str())).collect()
    };
    let all = topics_of(&[]);
    let topics = practice
        .topics
        .iter()
        .map(|typed| named(typed, &all).ok_or_else(|| unknown(exam, "topic", typed, &topics_of(&domains))));
    let topics = topics.map(|id| id.map(TopicId::new)).collect::<Result<Vec<TopicId>, Failure>>()?;
    let standings = [
        (practice.only.missed, Standing::Missed),
        (practice.only.flagged, Standing::Flagged),
        (practice.only.unseen, Standing::Unseen),
    ];
    Ok(Wish {
        domains,
        topics,
        standings: standings.into_iter().filter(|(wanted, _)| *wanted).map(|(_, standing)| standing).collect(),
        count: practice.count.unwrap_or(USUAL_COUNT) as usize,
    })
}

/// The id that was typed, or whose name was.
fn named<'k>(typed: &str, known: &[(&'k str, &str)]) -> Option<&'k str> {
    let is_meant = |(id, name): &&(&str, &str)| id.eq_ignore_ascii_case(typed) || name.eq_ignore_ascii_case(typed);
    known.iter().find(is_meant).map(|(id, _)| *id)
}

/// Names what is near by its id, or by a part of its name, and lists what there is; a topic that several domains have once.
fn unknown(exam: &str, what: &str, typed: &str, known: &[(&str, &str)]) -> Failure {
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in known {
        if !ids.contains(id) {
            ids.push(id);
        }
    }
    let mut failure = Failure::new(format!("{exam} has no {what} {typed}")).with_exit(Exit::Usage);
    let is_part = |(_, name): &&(&str, &str)| name.to_lowercase().contains(&typed.to_lowercase());
    if let Some(near) = nearest(typed, ids.iter().copied()) {
        failure = failure.help(format!("did you mean {near}?"));
    } else if let Some((id, name)) = known.iter().find(is_part) {
        failure = failure.help(format!("did you mean {id}, which is {name}?"));
    }
    failure.help(format!("{what}s: {}", ids.join(", "))).help(format!("with their names: examroom exams {exam} --ids"))
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
