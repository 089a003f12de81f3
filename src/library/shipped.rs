//! The banks inside the program.

use include_dir::{Dir, DirEntry, File, include_dir};

use super::{BLUEPRINT, SHELF};

static BANKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/question_banks");

type Shipped = (String, &'static [u8]);

/// One exam's files, by the names they have in the project.
pub(super) struct ShippedExam {
    pub blueprint: Option<Shipped>,
    pub banks: Vec<Shipped>,
    /// With the sheets' ids.
    pub sheets: Vec<(String, Shipped)>,
}

/// The ids of the exams inside the program.
pub(super) fn exams() -> impl Iterator<Item = &'static str> {
    BANKS.dirs().filter(|dir| dir.get_file(dir.path().join(BLUEPRINT)).is_some()).filter_map(|dir| dir.path().to_str())
}

pub(super) fn exam(id: &str) -> Option<ShippedExam> {
    let folder = BANKS.get_dir(id)?;
    let mut banks: Vec<Shipped> =
        toml_files(folder).filter(|file| !file.path().ends_with(BLUEPRINT)).map(named).collect();
    banks.sort();
    let mut sheets: Vec<(String, Shipped)> = folder
        .get_dir(folder.path().join(SHELF))
        .into_iter()
        .flat_map(toml_files)
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), named(file))))
        .collect();
    sheets.sort();
    Some(ShippedExam { blueprint: folder.get_file(folder.path().join(BLUEPRINT)).map(named), banks, sheets })
}

fn toml_files(folder: &'static Dir<'static>) -> impl Iterator<Item = &'static File<'static>> {
    folder.entries().iter().filter_map(DirEntry::as_file).filter(|f| f.path().extension().is_some_and(|e| e == "toml"))
}

fn named(file: &'static File<'static>) -> Shipped {
    (format!("question_banks/{}", file.path().display()), file.contents())
}
