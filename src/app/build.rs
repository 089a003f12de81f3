//! Makes the shipped banks part of the program: the TOML files of every exam's folder, and nothing else of
//! `question_banks`. A new exam is a folder there, and no code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const BANKS: &str = "question_banks";

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = package.ancestors().nth(2).ok_or("the package is not two folders below the project")?;
    println!("cargo::rerun-if-changed={}", root.join(BANKS).display());
    let mut code = String::from("pub(super) static EXAMS: &[ShippedExam] = &[\n");
    for folder in entries(&root.join(BANKS))? {
        if folder.join("exam.toml").is_file() {
            writeln!(code, "    ShippedExam {{")?;
            writeln!(code, "        id: {:?},", name(&folder)?)?;
            writeln!(code, "        files: &[{}],", files(&folder, root)?)?;
            writeln!(code, "        references: &[{}],", files(&folder.join("references"), root)?)?;
            writeln!(code, "    }},")?;
        }
    }
    code.push_str("];\n");
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("shipped_banks.rs"), code)?;
    Ok(())
}

/// The TOML files of a folder, each with its name in the project and its bytes.
fn files(folder: &Path, root: &Path) -> Result<String, Box<dyn Error>> {
    let mut list = String::new();
    if folder.is_dir() {
        for file in entries(folder)?.iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
            let shown = file.strip_prefix(root)?.to_str().ok_or("a name is not UTF-8")?.replace('\\', "/");
            let path = file.to_str().ok_or("a path is not UTF-8")?;
            write!(list, "ShippedFile {{ name: {shown:?}, bytes: include_bytes!({path:?}) }}, ")?;
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
