//! The layers of the program, held by reading its source: each module uses only those that come before it, and what
//! does I/O, asks the time, knows SQL, the terminal or the command line stays where it belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// From the bottom up: each may use only what stands before it. Front ends stand beside each other.
const LAYERS: &[&[&str]] = &[
    &["arithmetic", "id", "seed", "text", "time"],
    &["diagnostics"],
    &["blueprint"],
    &["bank"],
    &["form"],
    &["session"],
    &["journal"],
    &["scoring"],
    &["library"],
    &["store"],
    &["view"],
    &["live", "signals"],
    &["plain", "tui"],
    &["cli"],
];

/// The last layer that is free of any I/O.
const CORE_ENDS_WITH: &str = "scoring";

/// Which modules may use a crate; crates that are not named here may be used by all.
const CRATES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("rusqlite", &["store"]),
    ("ratatui", &["tui"]),
    ("indicatif", &["plain", "cli"]),
    ("comfy_table", &["view", "plain", "cli"]),
    ("annotate_snippets", &["view"]),
    ("toml", &["diagnostics"]),
    ("etcetera", &["cli"]),
    ("signal_hook", &["signals"]),
];

/// What the core may not even name.
const NOT_IN_THE_CORE: &[&str] =
    &["std::fs", "std::io", "std::env", "std::process", "std::thread", "std::net", "SystemTime", "Instant", "println!"];

struct Source {
    layer: String,
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
                let layer = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
                if matches!(layer, "lib" | "main" | "build")
                    || inside.components().any(|part| part.as_os_str() == "tests")
                {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let code =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                found.push(Source { layer: layer.to_owned(), path: inside.to_owned(), code });
            }
        }
    }
    assert!(found.len() > 50, "the source was not found");
    found
}

fn height(layer: &str) -> usize {
    LAYERS
        .iter()
        .position(|level| level.contains(&layer))
        .unwrap_or_else(|| panic!("module `{layer}` has no place among the layers: give it one"))
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
        for used in used_modules(&source.code) {
            if used != source.layer && height(&used) >= height(&source.layer) {
                broken.push(format!("{} uses crate::{used}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_crate_stays_where_it_belongs() {
    let mut broken = Vec::new();
    for source in sources() {
        for (name, allowed) in CRATES {
            let uses = [format!("{name}::"), format!("use {name}")].iter().any(|needle| {
                source
                    .code
                    .match_indices(needle.as_str())
                    .any(|(at, _)| !source.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
            });
            if uses && !allowed.contains(&source.layer.as_str()) {
                broken.push(format!("{} uses {name}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_core_does_no_io_and_reads_no_clock() {
    let core = height(CORE_ENDS_WITH);
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| height(&source.layer) <= core) {
        for name in NOT_IN_THE_CORE.iter().filter(|name| source.code.contains(**name)) {
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
