//! `examroom data`

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::attempts;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Outcome};
use crate::cli::render;
use examroom_app::live::{SecondPlace, system_now, zone};
use examroom_app::view::report::local_time;
use examroom_core::text::counted;
use examroom_core::time::Timestamp;
use examroom_store::{FILE, Store};
use examroom_terminal::pages::Rows;

/// How thoroughly the store is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Only where everything is.
    AtPlaces,
    /// Every page of the file, and every attempt in it.
    AtEverything,
}

pub(super) fn run(context: &Context, look: Look) -> Outcome {
    let data = context.folders.data();
    let checked = if look == Look::AtEverything { Some(attempts::check(context)?) } else { None };
    let mut places = Rows::new(context.presentation.layout, ["What", "Where", "Size"]);
    let mut add = |what: &str, path: &Path| {
        let size = size(path).map_or_else(|| "none yet".to_owned(), spoken_size);
        let cells = [what.to_owned(), path.display().to_string(), size];
        places.add(cells, |[what, path, size]| format!("{what}: {path}, {size}."));
    };
    add("Your attempts", &data.join(FILE));
    for kept in damaged(data) {
        add("A damaged file, kept", &kept);
    }
    add("Your own banks", &context.folders.own_banks());
    for (file, _) in SecondPlace::of(data).records() {
        add("Answers not yet saved", &file);
    }
    render::line(places.to_string())?;
    if let Some(attempts) = checked {
        render::line(format!("No page of the file is damaged, and {} can be read.", counted(attempts, "attempt")))?;
    } else {
        render::line(match Store::last_check(data) {
            Some(last) => format!("The file was last checked {}. Check it now: examroom data --check", ago(last)),
            None => "The file has not been checked yet. Check it now: examroom data --check".to_owned(),
        })?;
    }
    Ok(Exit::Success)
}

/// The files that were damaged and are kept, oldest first.
fn damaged(data: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(data) else { return Vec::new() };
    let is_kept = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("examroom-damaged-") && name.ends_with(".db")
    };
    let mut kept: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_kept).collect();
    kept.sort();
    kept
}

/// The bytes of a file with its journal, or of all files in a folder.
fn size(path: &Path) -> Option<u64> {
    let found = path.metadata().ok()?;
    if found.is_dir() {
        let entries = fs::read_dir(path).ok()?;
        return Some(entries.filter_map(|entry| size(&entry.ok()?.path())).sum());
    }
    let mut journal = path.as_os_str().to_owned();
    journal.push("-wal");
    Some(found.len() + Path::new(&journal).metadata().map_or(0, |journal| journal.len()))
}

/// `48 KB`.
fn spoken_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(usize::try_from(bytes).unwrap_or(usize::MAX), "byte"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn ago(last: Timestamp) -> String {
    let minutes = usize::try_from(system_now().since(last).as_secs() / 60).unwrap_or(usize::MAX);
    let ago = match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{} ago", counted(minutes, "minute")),
        60..2_880 => format!("{} ago", counted(minutes / 60, "hour")),
        _ => format!("{} ago", counted(minutes / 1_440, "day")),
    };
    format!("{ago}, at {}", local_time(last, &zone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_the_unit_that_fits() {
        assert_eq!(
            [0, 1, 999, 1_000, 48_100, 2_345_678].map(spoken_size),
            ["0 bytes", "1 byte", "999 bytes", "1 KB", "49 KB", "2.3 MB"]
        );
    }
}
