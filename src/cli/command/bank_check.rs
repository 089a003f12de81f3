//! `examroom bank check [PATH]`: everything that is wrong with a bank, in one run.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args::{self, CheckFormat};
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, Stream};
use crate::cli::tool_output;
use examroom_app::library::{Check, ExamFiles, Found, Reading, Step};
use examroom_app::view::diagnostic::tally;
use examroom_app::view::listing::{Extent, listing};
use examroom_app::view::{counted, percent};
use examroom_core::arithmetic::as_f64;
use examroom_core::bank::{Balance, Bank, Guessing};

/// From how many bytes on a check takes long enough for a progress bar.
const LARGE: u64 = 4_000_000;

pub(super) fn run(context: &Context, wanted: &args::Check) -> Outcome {
    if wanted.watch { watch(context, wanted) } else { check(context, wanted) }
}

/// Checks again whenever a file changes. It ends when nobody reads it any more, or by Ctrl-C.
fn watch(context: &Context, wanted: &args::Check) -> Outcome {
    const BETWEEN_LOOKS: Duration = Duration::from_millis(400);
    let stamps = || -> Result<Vec<_>, Failure> {
        let found = context.library.resolve(wanted.banks.path.as_deref())?;
        Ok(found.iter().map(|found| found.files.stamps()).collect())
    };
    loop {
        let seen = stamps()?;
        check(context, wanted)?;
        render::line("Checked again when a file is saved; Ctrl-C ends it.\n")?;
        while stamps()? == seen {
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }
}

fn check(context: &Context, wanted: &args::Check) -> Outcome {
    let args::Banks { path, as_of } = &wanted.banks;
    let mut exit = Exit::Success;
    let mut for_tools = Vec::new();
    let day = as_of.day();
    for Found { name, files } in context.library.resolve(path.as_deref())? {
        let mut bar = Bar::new(context, &files);
        let mut check = files.check(day, &mut |step| bar.show(step));
        bar.clear();
        if !wanted.code.is_empty() {
            check.reading.diagnostics.retain(|finding| wanted.code.contains(&finding.code));
        }
        let diagnostics = &check.reading.diagnostics;
        if diagnostics.has_errors() || (wanted.strict && diagnostics.warnings() > 0) {
            exit = Exit::BadBank;
        }
        match wanted.format {
            CheckFormat::Text => show(context, wanted, &name, &check)?,
            CheckFormat::Json | CheckFormat::Sarif | CheckFormat::Github => {
                for_tools.extend(tool_output::findings(&name, &check.reading));
            }
        }
    }
    match wanted.format {
        CheckFormat::Text => {}
        CheckFormat::Json => render::json(&for_tools)?,
        CheckFormat::Sarif => render::json(&tool_output::sarif(&for_tools))?,
        CheckFormat::Github => {
            for finding in &for_tools {
                render::line(tool_output::github(finding))?;
            }
        }
    }
    Ok(exit)
}

fn show(context: &Context, wanted: &args::Check, name: &str, check: &Check) -> Result<(), Failure> {
    let extent = if wanted.all { Extent::All } else { Extent::Digest };
    let Reading { sources, diagnostics, bank, .. } = &check.reading;
    let listing = listing(diagnostics, sources, extent);
    render::findings(Stream::Out, &listing, sources, context.presentation)?;
    let mut line = format!("{name}{}: {}", wanted.banks.as_of.note(), tally(diagnostics));
    if diagnostics.errors() + diagnostics.warnings() > 0 {
        line.push_str("; explained by: examroom bank explain CODE");
    }
    if extent == Extent::Digest && !listing.summary.is_empty() {
        line.push_str("; each of them: --all");
    }
    render::line(&line)?;
    // Who asks for one code has no use for the figures of the whole.
    let forms = check
        .disjoint_forms
        .map(|forms| format!("{} can be drawn without a common question", counted(forms as usize, "form")));
    let rehearsal = check
        .rehearsal
        .map(|questions| format!("unfinished: a rehearsal of {} can be sat", counted(questions as usize, "question")));
    if let Some(line) = forms.or(rehearsal).filter(|_| wanted.code.is_empty()) {
        render::line(format!("  {line}"))?;
        for line in balance_lines(&Balance::of(bank)).into_iter().chain(guessing_line(bank)) {
            render::line(format!("  {line}"))?;
        }
    }
    Ok(())
}

/// The progress of a check that takes its time, on standard error; hidden for a small bank, and where nothing may be
/// redrawn.
struct Bar {
    bar: ProgressBar,
    draws: bool,
}

impl Bar {
    fn new(context: &Context, files: &ExamFiles) -> Self {
        let bar = ProgressBar::hidden();
        if files.size() >= LARGE && !context.presentation.is_plain() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        begin(&bar, "{bar:40} {bytes} of {total_bytes} read {msg}");
        Self { bar, draws: false }
    }

    fn show(&mut self, step: Step) {
        match step {
            Step::Reading { done, of } => {
                self.at(done, of);
                if done == of {
                    self.bar.set_message("(comparing the questions)");
                }
            }
            Step::Drawing { done, of } => {
                if !self.draws {
                    self.draws = true;
                    begin(&self.bar, "{bar:40} {pos} of {len} forms drawn");
                }
                self.at(u64::from(done), u64::from(of));
            }
        }
    }

    fn at(&self, done: u64, of: u64) {
        self.bar.set_length(of);
        self.bar.set_position(done);
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn begin(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.reset();
}

fn balance_lines(balance: &Balance) -> Vec<String> {
    let of = |part: usize, whole: usize| percent(as_f64(part) / as_f64(whole.max(1)));
    let all = balance.questions;
    let letters: Vec<String> =
        balance.letters.iter().map(|(letter, count)| format!("{letter} {}", of(*count, balance.single()))).collect();
    let levels: Vec<String> =
        balance.levels.iter().map(|(level, count)| format!("{level} {}", of(*count, all))).collect();
    let mut lines = vec![format!(
        "{}; {} in scenario sets, {} with several keys",
        counted(all, "question"),
        of(balance.in_cases, all),
        of(balance.multiple, all)
    )];
    if balance.single() > 0 {
        lines.push(format!(
            "keys as filed: {}; the key is the longest choice in {}",
            letters.join(", "),
            of(balance.longest, balance.single())
        ));
    }
    lines.push(format!("levels: {}", levels.join(", ")));
    if let Some((mean, deviation)) = balance.ratings {
        lines.push(format!("Angoff ratings: mean {mean:.3}, standard deviation {deviation:.3}"));
    }
    lines
}

/// How far somebody gets who knows nothing.
fn guessing_line(bank: &Bank) -> Option<String> {
    let guessing = Guessing::of(bank)?;
    let Guessing { questions, rate, error, chance, .. } = guessing;
    let habits = guessing.habits();
    let habits = if habits.is_empty() { habits } else { format!("; {habits}") };
    Some(format!(
        "guessed by length, place and wording alone: {:.1} % of {questions} questions (standard error {:.1}), by chance \
         {:.1} %{habits}",
        rate * 100.0,
        error * 100.0,
        chance * 100.0
    ))
}
