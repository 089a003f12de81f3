//! What the page needs of the program around it: exams from the library, attempts from the store.

use std::sync::Arc;

use jiff::civil::Date;

use crate::cli::args::{AsOf, Resume, Take, Time};
use crate::cli::attempts;
use crate::cli::command::{history, practice, problems, regrade, result, resume, take};
use crate::cli::context::Context;
use crate::cli::doorway::Doorway;
use crate::cli::failure::Failure;
use crate::cli::sit::Opened;
use crate::cli::study;
use examroom_app::live::{LiveSession, today, zone};
use examroom_app::view::exam::{ExamSummary, ExamView};
use examroom_app::view::history::{HistoryView, kind_word};
use examroom_app::view::home::OfferedForm;
use examroom_app::view::practice_start::{NothingToPractice, PracticePreview, PracticeReset, PracticeStartView};
use examroom_app::view::problem::Problems;
use examroom_app::view::real_exam::real_exam;
use examroom_app::view::report::local_time;
use examroom_app::view::sentence;
use examroom_core::blueprint::Blueprint;
use examroom_core::causes::with_causes;
use examroom_core::form::{Exposure, Slot};
use examroom_core::id::{ExamId, ItemId};
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Change, Outcome, ScoreReport, score};
use examroom_core::seed::Seed;
use examroom_core::session::{AwayPolicy, ConfidencePolicy, Session};
use examroom_core::study::{StudyPast, Wish, select};
use examroom_store::{RealExam, Store};
use examroom_web::{AttemptLine, Desk, Drawn, Elsewhere, ExamLine, PracticeOffer, PracticeWanted, Trouble, Wanted};

/// What the page needs of this program.
pub(super) struct OwnDesk {
    context: Context,
    doorway: Doorway,
}

impl OwnDesk {
    pub(super) fn new(context: Context, doorway: Doorway) -> Self {
        Self { context, doorway }
    }

    /// Lets the clock of an attempt run, and keeps the way to its page.
    fn go_on(&self, opened: Opened) -> LiveSession {
        // Without the file the page ends with the program, and nothing else is lost.
        let _ = self.doorway.keep(self.context.folders.data(), opened.attempt.id);
        opened.go_on()
    }

    fn look_at_practice(&self, exam: &str, wish: &Wish) -> Result<PracticeOffer, Failure> {
        let day = today();
        let (blueprint, bank) = take::read(&self.context, exam, day, AsOf::default())?;
        let (exposure, past, open) = match attempts::open_to_read(&self.context)? {
            Some(store) => known(&store, &blueprint)?,
            None => (Exposure::default(), StudyPast::default(), None),
        };
        // Which seed will draw is not known yet; where cases stay together, another may draw a few more new questions.
        let selection = select(&bank, wish, &exposure, &past, day, Seed(0));
        let start = PracticeStartView { open, ..PracticeStartView::new(&blueprint, &bank, &exposure, &past, day) };
        Ok(PracticeOffer { start, preview: PracticePreview::new(wish, &selection), reset: PracticeReset::of(&past) })
    }

    fn begin_practice(&self, wanted: &PracticeWanted) -> Result<Result<Opened, NothingToPractice>, Failure> {
        let day = today();
        let (blueprint, bank) = take::read(&self.context, &wanted.exam, day, AsOf::default())?;
        let wanted = practice::Wanted { wish: wanted.wish.clone(), time: wanted.time, seed: None, day };
        practice::begin(&self.context, &blueprint, &bank, &wanted)
    }
}

/// What a candidate has seen and answered of an exam, and the practice of it that is open.
fn known(store: &Store, blueprint: &Blueprint) -> Result<(Exposure, StudyPast, Option<AttemptId>), Failure> {
    let open = study::open_practice(store, &blueprint.id)?.map(|open| open.id);
    Ok((store.exposure(blueprint.home())?, study::past(store, blueprint)?, open))
}

/// How a real exam went, in a sentence or two.
fn went(real: &RealExam, chance_before: Option<f64>) -> String {
    real_exam(real.exam.as_str(), real.outcome, &real.day.to_string(), chance_before)
}

impl Desk for OwnDesk {
    fn exams(&mut self) -> Result<Vec<ExamLine>, Trouble> {
        let editions = self.context.library.editions().map_err(|error| trouble(&error.into()))?;
        let exams = editions.in_order();
        let in_force = |id: &ExamId| {
            let later = editions.in_force(id)?;
            exams.iter().find_map(|(id, blueprint)| (*id == later).then_some(blueprint.as_ref()?))
        };
        let line = |(id, blueprint): &(&ExamId, Option<&Arc<Blueprint>>)| {
            let ExamSummary { name, questions, time, pass_mark } = ExamSummary::new(blueprint.as_ref()?);
            let summary = format!("{questions} questions in {time}; pass mark {pass_mark}.");
            let in_force = in_force(id).map(|later| later.name.clone());
            let offered = self.context.library.pack_of(id).and_then(OfferedForm::of);
            Some(ExamLine { id: id.to_string(), name: name.into_string(), summary, in_force, offered })
        };
        Ok(exams.iter().filter_map(line).collect())
    }

    fn attempts(&mut self) -> Result<Vec<AttemptLine>, Trouble> {
        let Some(store) = attempts::open_to_read(&self.context).map_err(|failure| trouble(&failure))? else {
            return Ok(Vec::new());
        };
        let zone = zone();
        let attempts = store.list().map_err(|error| trouble(&error.into()))?;
        let line = |summary: examroom_store::Summary| AttemptLine {
            id: summary.id,
            exam: summary.exam.to_string(),
            kind: summary.kind.map_or("", kind_word),
            begun: local_time(summary.created_at, &zone),
            is_finished: summary.finished_at.is_some(),
        };
        Ok(attempts.into_iter().filter(|summary| !history::is_nothing(summary)).map(line).collect())
    }

    fn history(&mut self) -> Result<HistoryView, Trouble> {
        let store = attempts::open_to_read(&self.context).map_err(|failure| trouble(&failure))?;
        let Some(store) = store else { return Ok(HistoryView::default()) };
        history::view(&self.context, &store).map_err(|failure| trouble(&failure))
    }

    fn exam(&mut self, id: &str) -> Result<ExamView, Trouble> {
        let files = self.context.library.find(id).map_err(|error| trouble(&error.into()))?;
        let none = || Trouble { lines: vec!["Its exam.toml has errors.".to_owned()], ..Trouble::default() };
        files.blueprint().blueprint.map(|blueprint| ExamView::new(&blueprint)).ok_or_else(none)
    }

    fn practice_start(&mut self, exam: &str, wish: &Wish) -> Result<PracticeOffer, Trouble> {
        self.look_at_practice(exam, wish).map_err(|failure| trouble(&failure))
    }

    fn start_practice_over(&mut self, exam: &str) -> Result<String, Trouble> {
        let cleared = practice::start_over(&self.context, exam).map_err(|failure| trouble(&failure))?;
        Ok(cleared.done(&ExamId::new(exam)))
    }

    fn practice(&mut self, wanted: &PracticeWanted) -> Result<LiveSession, Trouble> {
        let begun = self.begin_practice(wanted).map_err(|failure| trouble(&failure))?;
        begun.map(|opened| self.go_on(opened)).map_err(|NothingToPractice { what, instead }| Trouble {
            lines: std::iter::once(sentence(&what)).chain(instead.map(|instead| instead.words().to_owned())).collect(),
            ..Trouble::default()
        })
    }

    fn take(&mut self, wanted: &Wanted) -> Result<LiveSession, Trouble> {
        let time = Time::named(wanted.time).unwrap_or(Time::Ordinary);
        let (items, form) = match wanted.drawn {
            Drawn::Whole => (None, None),
            Drawn::Rehearsal(items) => (Some(items), None),
            Drawn::Coded(code) => (None, Some(code)),
        };
        let strict = wanted.clock == AwayPolicy::ClockRuns;
        let confidence = wanted.confidence == ConfidencePolicy::Asked;
        let take = Take { items, time, strict, confidence, form, ..Take::mock(wanted.exam.clone()) };
        take::begin(&self.context, &take).map(|opened| self.go_on(opened)).map_err(|failure| trouble(&failure))
    }

    fn resume(&mut self, id: AttemptId, elsewhere: Elsewhere) -> Result<LiveSession, Trouble> {
        let wanted = Resume { take_over: elsewhere == Elsewhere::TakenOver, ..Resume::default() };
        let opened = resume::reopen(&self.context, id, &wanted);
        opened
            .map(|opened| self.go_on(opened))
            .map_err(|failure| Trouble { open_elsewhere: failure.is_held().then_some(id), ..trouble(&failure) })
    }

    fn problems(&mut self) -> Result<Problems, Trouble> {
        let store = attempts::open_to_read(&self.context).map_err(|failure| trouble(&failure))?;
        let Some(store) = store else { return Ok(Problems::default()) };
        let mut problems = Problems::default();
        for id in store.with_problems().map_err(|error| trouble(&error.into()))? {
            // An attempt that cannot be read says nothing.
            if let Ok(attempt) = store.load(id) {
                problems.add(&attempt.session);
            }
        }
        Ok(problems)
    }

    fn note_problem(&mut self, attempt: AttemptId, question: Slot, text: &str) -> Result<(), Trouble> {
        let noted = problems::note(&self.context, attempt, question, text);
        noted.map(|_| ()).map_err(|failure| trouble(&failure))
    }

    fn changes(&mut self, attempt: AttemptId) -> Vec<(ItemId, Change)> {
        let store = attempts::open_to_read(&self.context).ok().flatten();
        let attempt = store.and_then(|store| store.load(attempt).ok());
        attempt.map_or_else(Vec::new, |attempt| regrade::changed(&self.context, &attempt))
    }

    fn record(&mut self, exam: &str, outcome: Outcome, day: Date) -> Result<String, Trouble> {
        let real = RealExam { exam: ExamId::new(exam), day, outcome };
        let chance = result::record(&self.context, &real).map_err(|failure| trouble(&failure))?;
        Ok(format!("Recorded: {}", went(&real, chance)))
    }

    fn today(&mut self) -> Date {
        today()
    }

    fn finished(&mut self, id: AttemptId) -> Result<(Session, ScoreReport), Trouble> {
        let none = || Failure::from(examroom_store::Error::NoSuchAttempt(id));
        let store = attempts::open_to_read(&self.context).and_then(|store| store.ok_or_else(none));
        let attempt = store.and_then(|store| Ok(store.load(id)?)).map_err(|failure| trouble(&failure))?;
        if !attempt.session.is_finished() {
            let lines = vec![format!("Attempt {id} is not finished.")];
            return Err(Trouble { lines, ..Trouble::default() });
        }
        let marks = score(&attempt.session);
        Ok((attempt.session, marks))
    }
}

/// A failure as the page tells it.
fn trouble(failure: &Failure) -> Trouble {
    Trouble { lines: vec![sentence(&with_causes(failure))], helps: failure.helps().to_vec(), ..Trouble::default() }
}
