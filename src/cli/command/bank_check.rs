//! `examroom bank check [PATH]`: everything that is wrong with a bank, in one run.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::Outcome;
use crate::bank::{Balance, Bank, Depth, Level};
use crate::blueprint::Blueprint;
use crate::cli::context::{Context, paint};
use crate::cli::failure::{Exit, Failure};
use crate::cli::render;
use crate::document::{Code, Diagnostic};
use crate::form::{disjoint_forms, one_form};
use crate::id::ExamId;
use crate::library::{ExamFiles, Library, Reading, Unlisted, listed};
use crate::live::today;
use crate::view::diagnostic::tally;
use crate::view::{counted, percent};

/// From so many bytes on a check takes long enough for a progress bar.
const LARGE: u64 = 4_000_000;

pub(super) fn run(context: &Context, path: Option<&Path>, strict: bool) -> Outcome {
    let mut exit = Exit::Success;
    for (name, files) in banks(context, path)? {
        let bar = Bar::new(context, &files);
        let reading = bar.read(&files);
        let Reading { files, findings, blueprint, bank } = &reading;
        let mut findings = findings.clone();
        let sound = blueprint.as_ref().filter(|_| !findings.has_errors());
        if let Some(Err(shortage)) = sound.map(|blueprint| one_form(blueprint, bank, today())) {
            findings.push(Diagnostic {
                code: Code::ShortOfBlueprint,
                message: format!("no form can be drawn: {shortage}"),
                place: None,
                related: None,
                help: "enemies cannot stand on one form, and make it tighter than the count of questions: add some"
                    .to_owned(),
            });
        }
        let findings = &findings;
        for finding in findings.sorted(files) {
            render::finding(finding, files, paint());
        }
        if findings.has_errors() || (strict && findings.warnings() > 0) {
            exit = Exit::BadBank;
        }
        let mut line = format!("{name}: {}", tally(findings));
        if findings.errors() + findings.warnings() > 0 {
            line.push_str("; explained by: examroom bank explain CODE");
        }
        render::line(&line)?;
        if let Some(blueprint) = blueprint.as_ref().filter(|_| !findings.has_errors()) {
            let kept_apart = counted(bar.disjoint_forms(blueprint, bank) as usize, "form");
            render::line(format!("  {kept_apart} can be drawn without a common question"))?;
            for line in balance_lines(&Balance::of(bank)) {
                render::line(format!("  {line}"))?;
            }
        }
    }
    Ok(exit)
}

/// The banks that a path means: an exam's id, a folder with exam.toml, a folder of such folders, or everything.
pub(super) fn banks(context: &Context, path: Option<&Path>) -> Result<Vec<(String, ExamFiles)>, Failure> {
    let Some(path) = path else {
        let exams = context.library.exams()?;
        return exams.iter().map(|id| Ok((id.to_string(), context.exam_files(id.as_str())?))).collect();
    };
    if path.is_dir() {
        let here = of_folder(&context.library, path)?;
        if here.has_blueprint() {
            return Ok(vec![(path.display().to_string(), here)]);
        }
        if let Some(whole) = addition(path)? {
            return Ok(vec![whole]);
        }
        let mut found = Vec::new();
        for folder in listed(path)?.into_iter().filter(|folder| folder.is_dir()) {
            let files = of_folder(&context.library, &folder)?;
            if files.has_blueprint() {
                found.push((folder.display().to_string(), files));
            }
        }
        if found.is_empty() {
            return Err(Failure::new(format!("{} has no exam.toml, nor has a folder in it", path.display()))
                .help("an exam is a folder with exam.toml; start one with: examroom bank new EXAM")
                .with_exit(Exit::Usage));
        }
        return Ok(found);
    }
    if path.is_file() {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return banks(context, Some(folder));
    }
    let name = path.display().to_string();
    Ok(vec![(ExamId::new(&name).to_string(), context.exam_files(&name)?)])
}

/// A folder without a blueprint that bears an exam's name adds its files to that exam, and is checked together with it.
fn addition(path: &Path) -> Result<Option<(String, ExamFiles)>, Failure> {
    let folder = whole(path);
    let (Some(name), Some(parent)) = (folder.file_name().and_then(|name| name.to_str()), folder.parent()) else {
        return Ok(None);
    };
    let exam = Library { folders: vec![parent.to_owned()] }.exam(&ExamId::new(name))?;
    Ok(exam.map(|files| (format!("{name}, with the files of {}", path.display()), files)))
}

/// A folder's files, under its name. It may borrow from the exams beside it as from those of the library.
fn of_folder(library: &Library, folder: &Path) -> Result<ExamFiles, Unlisted> {
    let place = whole(folder);
    let mut lenders = library.clone();
    lenders.folders.extend(place.parent().map(Path::to_owned));
    let files = ExamFiles::folder(folder)?.lending(&lenders);
    Ok(match place.file_name().and_then(|name| name.to_str()) {
        Some(name) => files.named(ExamId::new(name)),
        None => files,
    })
}

/// The path with a name of its own, which `.` and the like have not.
fn whole(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The progress of a check that takes its time; hidden for a small bank, and where nothing may be redrawn.
struct Bar(ProgressBar);

impl Bar {
    fn new(context: &Context, files: &ExamFiles) -> Self {
        let bar = ProgressBar::hidden();
        if files.size() >= LARGE && !context.plain {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        Self(bar)
    }

    fn begin(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.reset();
    }

    fn read(&self, files: &ExamFiles) -> Reading {
        self.begin("{bar:40} {bytes} of {total_bytes} read {msg}");
        let reading = files.read(Depth::Advice, today(), &mut |done, total| {
            self.0.set_length(total);
            self.0.set_position(done);
            if done == total {
                self.0.set_message("(comparing the questions)");
            }
        });
        self.0.finish_and_clear();
        reading
    }

    fn disjoint_forms(&self, blueprint: &Blueprint, bank: &Bank) -> u32 {
        self.begin("{bar:40} {pos} of {len} forms drawn");
        let forms = disjoint_forms(blueprint, bank, today(), &mut |drawn, most| {
            self.0.set_length(u64::from(most));
            self.0.set_position(u64::from(drawn));
        });
        self.0.finish_and_clear();
        forms
    }
}

fn balance_lines(balance: &Balance) -> Vec<String> {
    let of = |part: usize, whole: usize| {
        let share = |count: usize| u32::try_from(count).map_or(0.0, f64::from);
        percent(share(part) / share(whole.max(1)))
    };
    let all = balance.questions;
    let letters: Vec<String> =
        balance.letters.iter().map(|(letter, count)| format!("{letter} {}", of(*count, balance.single()))).collect();
    let levels: Vec<String> = balance
        .levels
        .iter()
        .map(|(level, count)| {
            let name = Level::ALL.iter().find(|(_, known)| known == level).map_or("", |(name, _)| name);
            format!("{name} {}", of(*count, all))
        })
        .collect();
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
