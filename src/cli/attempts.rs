//! The store of a run, and which of its attempts is meant where none is named.

use super::context::Context;
use super::failure::Failure;
use super::render;
use examroom_app::live::{SecondPlace, system_now, today};
use examroom_app::view::ending::{cut_short, taken_in};
use examroom_core::bank::Depth;
use examroom_core::causes::with_causes;
use examroom_core::form::Text;
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::session::AttemptKind;
use examroom_core::text::counted;
use examroom_store::{Attempt, Error, FILE, Part, Recovered, Salvaged, Store, Summary, TakenIn};

/// Opens the store for writing; says so if a damaged one had to be moved aside, and takes in what an earlier run could
/// not save.
pub fn open(context: &Context) -> Result<Store, Failure> {
    Ok(open_to_write(context)?)
}

fn open_to_write(context: &Context) -> Result<Store, Error> {
    let (mut store, recovered) = Store::open(context.folders.data(), system_now())?;
    tell(&store, recovered.as_ref());
    take_in_unsaved(context, &mut store);
    Ok(store)
}

/// Reads an attempt. A text that it has lost is taken from the bank, where that still has the same.
pub fn load(context: &Context, store: &Store, id: AttemptId) -> Result<Attempt, Failure> {
    match store.load(id) {
        Err(error @ Error::Corrupt { part: Part::Text(_), .. }) => {
            let mended = open(context)?.mend_texts(id, &texts_of_banks(context))?;
            if mended == 0 {
                return Err(error.into());
            }
            let texts = counted(mended, "text");
            render::remark(format!(
                "Of attempt {id}, {texts} of its questions had been damaged, and came from the bank."
            ));
            Ok(store.load(id)?)
        }
        loaded => Ok(loaded?),
    }
}

/// The texts of every bank that can be read.
fn texts_of_banks(context: &Context) -> Vec<Text> {
    let exams = context.library.exams().unwrap_or_default();
    let bank = |exam: &ExamId| {
        Some(context.library.find(exam.as_str()).ok()?.read(Depth::Errors, today(), &mut |_, _| {}).bank)
    };
    exams.iter().filter_map(|exam| Text::all_of(&bank(exam)?).ok()).flatten().collect()
}

/// Looks at every page of the store and at every attempt; the number of attempts. A damaged store is replaced.
pub fn check(context: &Context) -> Result<usize, Failure> {
    if !context.folders.data().join(FILE).exists() {
        return Ok(0);
    }
    let (store, recovered) = Store::open_checked(context.folders.data(), system_now())?;
    tell(&store, recovered.as_ref());
    let attempts = store.list()?;
    for attempt in &attempts {
        load(context, &store, attempt.id)?;
    }
    Ok(attempts.len())
}

/// What is said of a command that met damage: the damaged store is replaced first, if it can be.
pub fn replaced_after(context: &Context, failure: Failure) -> Failure {
    if !failure.is_of_damage() {
        return failure;
    }
    match Store::open_checked(context.folders.data(), system_now()) {
        Ok((store, Some(recovered))) => {
            tell(&store, Some(&recovered));
            failure.help("the file was replaced by what could be read of it: run the command again")
        }
        _ => failure,
    }
}

/// Says that a damaged store was replaced.
fn tell(store: &Store, recovered: Option<&Recovered>) {
    if let Some(Recovered { moved_to, salvaged }) = recovered {
        let was = "The file with your attempts was damaged.";
        render::remark(format!("{was} It was kept as {}. {}", moved_to.display(), what_was_salvaged(store, salvaged)));
    }
}

/// Says by attempt what could be read of a damaged store; `store` is the new one.
fn what_was_salvaged(store: &Store, salvaged: &Salvaged) -> String {
    let mut parts = vec![format!(
        "{} could be read and copied into a new one.",
        counted(salvaged.whole.len() + salvaged.cut_short.len(), "attempt")
    )];
    for (id, events) in &salvaged.cut_short {
        let became = store.load(*id).ok();
        parts.push(cut_short(*id, *events, became.as_ref().map(|attempt| &attempt.session)));
    }
    for id in &salvaged.lost {
        parts.push(format!("Nothing of attempt {id} could be read."));
    }
    parts.join(" ")
}

/// Takes in what an earlier run left in the second place, and says so.
fn take_in_unsaved(context: &Context, store: &mut Store) {
    let place = SecondPlace::of(context.folders.data());
    for (file, record) in place.records() {
        let taken = match record {
            Ok(record) => store.take_in(&record).map_err(|error| with_causes(&error)),
            Err(error) => {
                let kept = place.set_aside(&file);
                let why = with_causes(&error);
                render::remark(format!("Answers that could not be saved were kept in {}, but {why}.", kept.display()));
                continue;
            }
        };
        match taken {
            Ok(TakenIn::Known(_)) => place.discard(&file),
            Ok(TakenIn::Continued(id, unsaved)) => {
                place.discard(&file);
                if let Some(words) = taken_in(id, unsaved) {
                    render::remark(words);
                }
            }
            Ok(TakenIn::New(id)) => {
                place.discard(&file);
                render::remark(format!("An attempt that could not be saved is saved now, as attempt {id}."));
            }
            Ok(TakenIn::Differs(id)) => {
                let kept = place.set_aside(&file).display().to_string();
                render::remark(format!(
                    "Answers of attempt {id} that could not be saved are in {kept}. They do not fit the attempt any more, \
                     which went on without them, and were not added."
                ));
            }
            Ok(TakenIn::Damaged(id)) => render::remark(format!(
                "Answers that could not be saved are still in {}: what was saved of attempt {id} is damaged.",
                file.display()
            )),
            Ok(TakenIn::Held(id)) => render::remark(format!(
                "Answers that could not be saved are still in {}: attempt {id} is open in another examroom.",
                file.display()
            )),
            Err(why) => {
                render::remark(format!("Answers that could not be saved are still in {}: {why}.", file.display()));
            }
        }
    }
}

/// Opens the store for looking back; none where nothing was ever sat.
pub fn open_to_read(context: &Context) -> Result<Option<Store>, Failure> {
    if SecondPlace::of(context.folders.data()).is_in_use() {
        // What an earlier run could not save belongs to what is looked back on.
        drop(open(context));
    }
    match Store::open_to_read(context.folders.data()) {
        // Opening it for writing replaces it by what can be read.
        Err(error) if error.is_damage() => {
            rewritten(context, Error::Damaged { path: context.folders.data().join(FILE) }).map(Some)
        }
        // Opening it for writing converts it.
        Err(error @ Error::Older { .. }) => rewritten(context, error).map(Some),
        opened => Ok(opened?),
    }
}

/// Opens a store that has to be written before it can be read. Where that is refused, the reason for it is told: nobody asked
/// for anything to be written.
fn rewritten(context: &Context, reason: Error) -> Result<Store, Failure> {
    match open_to_write(context) {
        Err(Error::Folder { .. }) => Err(reason.into()),
        opened => Ok(opened?),
    }
}

/// The last attempt that is finished.
pub fn last_finished(store: &Store) -> Result<Option<AttemptId>, Failure> {
    Ok(store.list()?.into_iter().find(|attempt| attempt.finished_at.is_some()).map(|attempt| attempt.id))
}

/// The last attempt that is under way; where there is none, the last exam that was left before its clock started. A
/// practice that was left so is nothing to go on with: the next one is drawn as soon as it is wanted.
pub fn last_unfinished(store: &Store) -> Result<Option<AttemptId>, Failure> {
    let unfinished: Vec<Summary> = store.list()?.into_iter().filter(|attempt| attempt.finished_at.is_none()).collect();
    let begun = unfinished.iter().find(|attempt| attempt.began_at.is_some());
    let waiting = unfinished.iter().find(|attempt| attempt.kind != Some(AttemptKind::Practice));
    Ok(begun.or(waiting).map(|attempt| attempt.id))
}
