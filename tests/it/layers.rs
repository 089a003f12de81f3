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
            &["study"],
        ],
    ),
    (
        "exchange",
        &[&[
            "aiken",
            "anki",
            "archive",
            "bank_file",
            "blackboard",
            "columns",
            "csv",
            "draft",
            "encoding",
            "error",
            "export",
            "finish",
            "format",
            "gift",
            "html",
            "key",
            "letters",
            "markdown",
            "moodle",
            "marks",
            "of_item",
            "options",
            "outline",
            "pack",
            "plain_table",
            "qti",
            "qti12",
            "qti21",
            "raw",
            "reading",
            "round_trip",
            "sheet",
            "transfer",
            "update",
            "xlsx",
            "xml",
        ]],
    ),
    (
        "store",
        &[&[
            "answered",
            "archive",
            "attempt",
            "attempt_lock",
            "candidate",
            "connection",
            "daily_check",
            "encoding",
            "event",
            "exposure",
            "file",
            "form",
            "mend",
            "migrate",
            "open",
            "practice",
            "pulse",
            "real_exam",
            "regrade",
            "result",
            "salvage",
            "settle",
            "sitting",
            "take_in",
            "tally",
            "watch",
            "worker",
            "writer",
        ]],
    ),
    ("app", &[&["library"], &["exchange"], &["view"], &["live"]]),
    (
        "html",
        &[
            &["frame", "plot"],
            &["explanation", "notice"],
            &["room"],
            &["exam", "history", "practice", "problems", "report", "take"],
            &["start"],
        ],
    ),
    ("terminal", &[&["pages", "signals"], &["plain", "tui"]]),
    (
        "web",
        &[
            &["desk", "fields", "reply"],
            &["deed", "door", "look"],
            &["room"],
            &["state"],
            &["screens"],
            &["handlers"],
            &["site"],
            &["server"],
        ],
    ),
    (
        "cli",
        &[&[
            "args",
            "attempts",
            "command",
            "context",
            "doorway",
            "environment",
            "failure",
            "folders",
            "output_file",
            "presentation",
            "render",
            "sit",
            "study",
            "tool_output",
            "window",
        ]],
    ),
];

/// The crates of this project that each may use.
const CRATES: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("exchange", &["core"]),
    ("store", &["core"]),
    ("app", &["core", "exchange"]),
    ("html", &["app", "core"]),
    ("terminal", &["app", "core"]),
    ("web", &["app", "core", "html"]),
];

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

/// The files of the source by their paths in it, each without comments and without the tests at its end.
fn files() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
                found.push((path.strip_prefix(&root).unwrap().to_owned(), lines.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    assert!(found.len() > 50, "the source was not found");
    found
}

fn sources() -> Vec<Source> {
    let source = |(path, code): (PathBuf, String)| {
        let mut names = path.iter().map(|name| name.to_str().unwrap().trim_end_matches(".rs").to_owned());
        let (part, module) = (names.next().unwrap(), names.next().unwrap_or_else(|| "main".to_owned()));
        let is_of_a_module = !matches!(module.as_str(), "lib" | "main" | "build" | "mod");
        is_of_a_module.then_some(Source { part, module, path, code })
    };
    files().into_iter().filter_map(source).collect()
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

/// A file of a crate, by the names of its module: `lib.rs` by none, `bank/check/mod.rs` by `bank` and `check`.
type Module = Vec<String>;

/// The files of each crate with those of the same crate that each names, in `use` lines and inline paths.
fn arrows(sources: &[(Module, String)]) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules: BTreeSet<&Module> = sources.iter().map(|(module, _)| module).collect();
    let named = |module: &Module, code: &str| -> BTreeSet<Module> {
        let paths = paths(code).into_iter().filter_map(|path| resolved(module, &path, &modules));
        // A file may use what stands in the `mod.rs` above it, which in turn declares the file and passes on its names:
        // that is how a module is one thing to those outside.
        paths.filter(|other| !module.starts_with(other)).collect()
    };
    sources.iter().map(|(module, code)| (module.clone(), named(module, code))).collect()
}

/// The paths that a file names: each leaf of a `use` tree, and inline ones that begin at the crate or above.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        match statement.rsplit_once("use ") {
            Some((before, tree)) if before.is_empty() || before.ends_with(['\n', ' ', ')']) => {
                found.extend(leaves(tree.trim_end_matches(';')));
                rest.push_str(before);
            }
            _ => rest.push_str(statement),
        }
    }
    for beginning in ["crate::", "super::"] {
        for (at, _) in rest.match_indices(beginning) {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            if !rest[..at].ends_with(is_part) {
                found.push(rest[at..].chars().take_while(|c| is_part(*c)).collect());
            }
        }
    }
    found
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d` and `a::c::e`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.trim().split_once('{') else {
        return vec![tree.split_whitespace().next().unwrap_or("").to_owned()];
    };
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let mut depth = 0;
    let branches = inside.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    branches.flat_map(leaves).map(|leaf| format!("{}{leaf}", before.trim())).collect()
}

/// The file that a path leads to from a module; `None` where it leads out of the crate.
fn resolved(from: &Module, path: &str, modules: &BTreeSet<&Module>) -> Option<Module> {
    let names: Vec<&str> = path.split("::").collect();
    let above = names.iter().take_while(|name| matches!(**name, "crate" | "self" | "super")).count();
    let ups = names[..above].iter().filter(|name| **name == "super").count();
    let mut at = if names[0] == "crate" { Module::new() } else { from[..from.len().saturating_sub(ups)].to_vec() };
    if above == 0 && !modules.contains(&[from.as_slice(), &[names[0].to_owned()]].concat()) {
        return None;
    }
    for name in &names[above..] {
        let child = [at.as_slice(), &[(*name).to_owned()]].concat();
        if !modules.contains(&child) {
            break;
        }
        at = child;
    }
    (at != *from).then_some(at)
}

/// Files that can be reached from themselves.
fn on_circles(arrows: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<String> {
    let reaches_itself = |start: &Module| {
        let mut seen = BTreeSet::new();
        let mut ahead: Vec<&Module> = arrows[start].iter().collect();
        while let Some(module) = ahead.pop() {
            if module == start {
                return true;
            }
            if seen.insert(module) {
                ahead.extend(arrows.get(module).into_iter().flatten());
            }
        }
        false
    };
    arrows.keys().filter(|module| reaches_itself(module)).map(|module| module.join("/")).collect()
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut crates: BTreeMap<String, Vec<(Module, String)>> = BTreeMap::new();
    for (path, code) in files() {
        let mut names: Module =
            path.iter().map(|name| name.to_str().unwrap().trim_end_matches(".rs").to_owned()).collect();
        let part = names.remove(0);
        names.pop_if(|last| matches!(last.as_str(), "lib" | "mod"));
        crates.entry(part).or_default().push((names, code));
    }
    for (part, sources) in crates {
        let arrows = arrows(&sources);
        assert!(arrows.len() < 4 || arrows.values().flatten().count() > 3, "no arrows were found in {part}");
        assert_eq!(on_circles(&arrows), Vec::<String>::new(), "{part}: these files use each other in a circle");
    }
}

#[test]
fn a_circle_is_seen() {
    let module = |name: &str| vec![name.to_owned()];
    let code = |text: &str| text.to_owned();
    let circle = [
        (module("one"), code("use super::two::{A, B};\nfn f() {}")),
        (module("two"), code("fn g() -> crate::three::C { x }")),
        (module("three"), code("use std::fmt;\nuse crate::{four, one::D};\n")),
        (module("four"), code("")),
    ];
    assert_eq!(on_circles(&arrows(&circle)), ["one", "three", "two"]);
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

#[test]
fn every_file_of_tests_is_compiled() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let list =
        |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut forgotten = Vec::new();
    for folder in list(&tests).into_iter().filter(|folder| folder.join("main.rs").is_file()) {
        let roots = ["main.rs", "mod.rs"].map(|root| std::fs::read_to_string(folder.join(root)).unwrap_or_default());
        let declared =
            |name: &str| roots.iter().any(|root| root.lines().any(|line| line.ends_with(&format!("mod {name};"))));
        for file in list(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
            let name = file.file_stem().unwrap().to_str().unwrap();
            if !["main", "mod"].contains(&name) && !declared(name) {
                forgotten.push(file);
            }
        }
    }
    assert!(forgotten.is_empty(), "no main.rs names {forgotten:?}");
}
