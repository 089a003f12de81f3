//! The computer's time zone.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

/// No file of a time zone is longer; those of the system are of a few KB.
const LARGEST: u64 = 1 << 20;

/// The time zone of the computer, or UTC where it cannot be known. `TZ` may name a file, and is read by a library that
/// reads files to their end: a device or a pipe has none.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is what asks for the zone")]
pub fn zone() -> TimeZone {
    let named = std::env::var_os("TZ").unwrap_or_default();
    if candidates(&named, std::env::var_os("TZDIR").as_deref()).any(|path| is_endless(&path)) {
        return TimeZone::UTC;
    }
    TimeZone::system()
}

/// The files that a name of a time zone may mean.
fn candidates(named: &OsStr, folder: Option<&OsStr>) -> impl Iterator<Item = PathBuf> {
    let name = named.to_str().map_or(named, |name| OsStr::new(name.strip_prefix(':').unwrap_or(name)));
    let standard = ["", "/usr/share/zoneinfo"].map(Path::new);
    standard.into_iter().chain(folder.map(Path::new)).map(|folder| folder.join(name)).collect::<Vec<_>>().into_iter()
}

fn is_endless(path: &Path) -> bool {
    path.metadata().is_ok_and(|found| !found.is_dir() && (!found.is_file() || found.len() > LARGEST))
}
