//! `examroom` alone in a terminal where no exam is open: the home screen, which comes back after what was begun from it.

use super::practice::Ground;
use super::{history, problems, regrade, report, resume, take};
use crate::cli::args::{AsOf, FrontEnd, Resume, Take};
use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::help::in_terminal;
use crate::cli::sit::{Opened, sit_to_end, tell};
use examroom_app::live::today;
use examroom_app::view::ending::{Completion, Departure};
use examroom_app::view::history::HistoryView;
use examroom_app::view::home::{HomeExam, HomeView, OfferedForm};
use examroom_app::view::practice_start::selected;
use examroom_app::view::problem::ProblemView;
use examroom_app::view::{SafeText, sentence};
use examroom_core::causes::with_causes;
use examroom_core::id::ExamId;
use examroom_core::study::Wish;
use examroom_terminal::tui::{self, Chooser, Chosen, Home, Options, PracticeWish};

/// What follows from what was chosen.
enum After {
    /// The home screen again, with what is to be told there.
    Home(Option<String>),
    /// The program ends.
    End(Exit),
}

/// Shows the home screen until it is left.
pub(super) fn run(context: &Context, options: Options) -> Outcome {
    let mut said = None;
    let mut exam = None;
    loop {
        let view = view(context)?;
        let problems = || noted(context);
        let mut home = Home::new(&view, &problems, said.take(), options);
        if let Some(exam) = &exam {
            home = home.at_exam(exam);
        }
        let chosen = tui::home(home).map_err(|error| Failure::of(error).help("as text: --plain"))?;
        exam = exam_of(&chosen).cloned().or(exam);
        match follow(context, chosen, options) {
            Ok(After::End(exit)) => return Ok(exit),
            Ok(After::Home(words)) => said = words,
            Err(failure) => said = Some(worded(&failure)),
        }
    }
}

fn exam_of(chosen: &Chosen) -> Option<&ExamId> {
    match chosen {
        Chosen::Mock(exam) | Chosen::Form(exam, _) | Chosen::Rehearsal(exam, _) | Chosen::Practice(exam) => Some(exam),
        Chosen::Leave | Chosen::Continue(_) | Chosen::Report(_) => None,
    }
}

/// A failure as the home screen tells it.
fn worded(failure: &Failure) -> String {
    let helps = failure.helps().iter().map(|help| sentence(&in_terminal(help)));
    std::iter::once(sentence(&with_causes(failure))).chain(helps).collect::<Vec<_>>().join(" ")
}

fn follow(context: &Context, chosen: Chosen, options: Options) -> Result<After, Failure> {
    match chosen {
        Chosen::Leave => Ok(After::End(Exit::Success)),
        Chosen::Mock(exam) => sit_new(context, take::begin(context, &Take::mock(exam.to_string()))?),
        Chosen::Form(exam, code) => {
            let take = Take { form: Some(code), ..Take::mock(exam.to_string()) };
            sit_new(context, take::begin(context, &take)?)
        }
        Chosen::Rehearsal(exam, items) => {
            let take = Take { items: Some(items), ..Take::mock(exam.to_string()) };
            sit_new(context, take::begin(context, &take)?)
        }
        Chosen::Practice(exam) => practice(context, &exam, options),
        Chosen::Continue(id) => sit_and_return(context, resume::reopen(context, id, &Resume::default())?),
        Chosen::Report(id) => {
            let Some(store) = attempts::open_to_read(context)? else { return Ok(After::Home(None)) };
            let attempt = attempts::load(context, &store, id)?;
            report::look_back(context, &attempt, regrade::changed(context, &attempt), options)?;
            Ok(After::Home(None))
        }
    }
}

/// Asks what to practice, and practices it.
fn practice(context: &Context, exam: &ExamId, options: Options) -> Result<After, Failure> {
    let day = today();
    let (blueprint, bank) = take::read(context, exam.as_str(), day, AsOf::default())?;
    let ground = Ground::new(context, &blueprint, &bank, day, None)?;
    let start = ground.start()?;
    let preview = |wish: &Wish| selected(wish, &ground.select(wish));
    let chosen = tui::choose_practice(Chooser::new(&start, &preview, options)).map_err(Failure::of)?;
    let Some(PracticeWish { wish, time }) = chosen else { return Ok(After::Home(None)) };
    match ground.begin(&wish, time)? {
        Ok(opened) => sit_new(context, opened),
        Err(nothing) => Ok(After::Home(Some(sentence(&nothing.what)))),
    }
}

/// Sits a new attempt. One that is left before it began is discarded: nobody would miss it.
fn sit_new(context: &Context, opened: Opened) -> Result<After, Failure> {
    let id = opened.attempt.id;
    let after = sit_and_return(context, opened)?;
    let is_discarded = matches!(after, After::Home(_)) && attempts::open(context)?.discard(id).is_ok();
    Ok(if is_discarded { After::Home(None) } else { after })
}

fn sit_and_return(context: &Context, opened: Opened) -> Result<After, Failure> {
    let (ending, how) = sit_to_end(context, opened, FrontEnd::default())?;
    if ending.completion != Completion::Complete {
        return Ok(After::End(tell(ending)));
    }
    Ok(After::Home((how == Departure::Left).then(|| ending.left_behind.to_owned())))
}

fn view(context: &Context) -> Result<HomeView, Failure> {
    let editions = context.library.editions()?;
    let mut exams = Vec::new();
    let mut remarks = Vec::new();
    for (id, blueprint) in editions.in_order() {
        match blueprint {
            Some(blueprint) => exams.push(HomeExam::new(blueprint, editions.in_force(id))),
            None => {
                remarks.push(SafeText::new(&format!("{id}: its exam.toml has errors; see: examroom bank check {id}")));
            }
        }
    }
    let history = match attempts::open_to_read(context)? {
        None => HistoryView::default(),
        Some(store) => history::view(context, &store)?,
    };
    let offered = exams.iter().find_map(|exam| OfferedForm::of(context.library.pack_of(&exam.id)?));
    Ok(HomeView { exams, offered, remarks, history, program: context.folders.program() })
}

/// The problems that were noted; none where they cannot be read.
fn noted(context: &Context) -> Vec<ProblemView> {
    let store = attempts::open_to_read(context).ok().flatten();
    store.and_then(|store| problems::noted(&store).ok()).unwrap_or_default()
}
