//! The layers inside the crates, held by reading their source: each module uses only those that come before it, and the
//! core names nothing that does I/O or asks the time. Which crate may use which is held by their `Cargo.toml`s.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The modules of each crate from the bottom up: each may use only what stands before it, and not its neighbor.
const LAYERS: &[(&str, &[&[&str]])] = &[
    (
        "core",
        &[
            &["arithmetic", "causes", "checksum", "id", "seed", "text", "word"],
            &["time"],
            &["diagnostics"],
            &["blueprint"],
            &["statistics"],
            &["bank"],
            &["form"],
            &["session"],
            &["journal"],
            &["scoring"],
        ],
    ),
    ("store", &[&["attempt", "attempt_lock", "mend", "open", "salvage", "take_in", "writer"]]),
    ("app", &[&["library"], &["view"], &["live"]]),
    ("terminal", &[&["pages", "signals"], &["plain", "tui"]]),
    (
        "cli",
        &[&[
            "args",
            "attempts",
            "command",
            "context",
            "environment",
            "failure",
            "folders",
            "past",
            "presentation",
            "render",
            "sit",
            "window",
        ]],
    ),
];

/// The crates of this project that each may use.
const CRATES: &[(&str, &[&str])] =
    &[("core", &[]), ("store", &["core"]), ("app", &["core"]), ("terminal", &["app", "core"])];

/// What the core may not even name.
const NOT_IN_THE_CORE: &[&str] =
    &["std::fs", "std::io", "std::env", "std::process", "std::thread", "std::net", "SystemTime", "Instant", "println!"];

/// What no view may name: how wide a screen is, what is drawn on it in what color, and where the reader is.
const NOT_IN_THE_VIEW: &[&str] = &[
    "annotate_snippets",
    "comfy_table",
    "ratatui",
    "textwrap",
    "unicode_width",
    "TimeZone::system",
    "live::",
    "width",
    "Color",
    "Paint",
];

struct Source {
    /// The crate, or the folder of the program.
    part: String,
    module: String,
    path: PathBuf,
    /// Without comments and without the tests at the end.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let mut names = inside.iter().map(|name| name.to_str().unwrap().trim_end_matches(".rs"));
                let (part, module) = (names.next().unwrap(), names.next().unwrap_or("main"));
                if matches!(module, "lib" | "main" | "build" | "mod") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let code =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                let (part, module) = (part.to_owned(), module.to_owned());
                found.push(Source { part, module, path: inside.to_owned(), code });
            }
        }
    }
    assert!(found.len() > 50, "the source was not found");
    found
}

fn height(part: &str, module: &str) -> usize {
    let layers = LAYERS.iter().find(|(name, _)| *name == part).map(|(_, layers)| *layers);
    layers
        .and_then(|layers| layers.iter().position(|level| level.contains(&module)))
        .unwrap_or_else(|| panic!("`{module}` of `{part}` has no place among the layers: give it one"))
}

/// The modules that a file names after `crate::`, also in `use crate::{a, b::c}`.
fn used_modules(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            used.insert(name);
        }
    }
    used
}

#[test]
fn each_module_uses_only_those_below_it() {
    let mut broken = Vec::new();
    for source in sources() {
        let height = |module: &str| height(&source.part, module);
        let flat = LAYERS.iter().any(|(part, layers)| *part == source.part && layers.len() == 1);
        for used in used_modules(&source.code).iter().filter(|_| !flat) {
            if *used != source.module && height(used) >= height(&source.module) {
                broken.push(format!("{} uses crate::{used}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_crate_depends_only_on_those_below_it() {
    for (name, below) in CRATES {
        let path = format!("{}/src/{name}/Cargo.toml", env!("CARGO_MANIFEST_DIR"));
        let manifest: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let ours: Vec<&str> = manifest["dependencies"]
            .as_table()
            .unwrap()
            .keys()
            .filter_map(|dependency| dependency.strip_prefix("examroom-"))
            .collect();
        assert_eq!(ours, *below, "{name}");
    }
}

#[test]
fn the_core_does_no_io_and_reads_no_clock() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.part == "core") {
        for name in NOT_IN_THE_CORE.iter().filter(|name| source.code.contains(**name)) {
            broken.push(format!("{} names {name}", source.path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_view_holds_words_and_numbers_only() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.part == "app" && source.module == "view") {
        for name in NOT_IN_THE_VIEW.iter().filter(|name| source.code.contains(**name)) {
            broken.push(format!("{} names {name}", source.path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    const LIMIT: usize = 600;
    let long: BTreeMap<PathBuf, usize> = sources()
        .into_iter()
        .map(|source| (source.path, source.code.lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}
