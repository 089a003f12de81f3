//! Makes the shipped banks part of the program: the TOML files of every exam's folder, and nothing else of
//! `question_banks`. A new exam is a folder there, and no code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const BANKS: &str = "question_banks";

/// From the package to the project. It is given to the compiler as it stands here, so that what was built in one copy of
/// the project never stands in for another that is built in the same target folder.
const ROOT: &str = "../..";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(ROOT);
    println!("cargo::rerun-if-changed={ROOT}/{BANKS}");
    let mut code = String::from("pub(super) static EXAMS: &[ShippedExam] = &[\n");
    for folder in entries(&root.join(BANKS))? {
        if folder.join("exam.toml").is_file() {
            writeln!(code, "    ShippedExam {{")?;
            writeln!(code, "        id: {:?},", name(&folder)?)?;
            writeln!(code, "        files: &[{}],", files(&folder)?)?;
            writeln!(code, "        references: &[{}],", files(&folder.join("references"))?)?;
            writeln!(code, "    }},")?;
        }
    }
    code.push_str("];\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("shipped_banks.rs"), code)?;
    Ok(())
}

/// The TOML files of a folder, each with its name in the project and its bytes.
fn files(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut list = String::new();
    if folder.is_dir() {
        for file in entries(folder)?.iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
            let shown = file.strip_prefix(ROOT)?.to_str().ok_or("a name is not UTF-8")?.replace('\\', "/");
            let path = format!("/{ROOT}/{shown}");
            write!(
                list,
                "ShippedFile {{ name: {shown:?}, bytes: include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?})) }}, "
            )?;
        }
    }
    Ok(list)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(folder: &Path) -> Result<&str, Box<dyn Error>> {
    Ok(folder.file_name().and_then(|name| name.to_str()).ok_or("a folder's name is not UTF-8")?)
}
