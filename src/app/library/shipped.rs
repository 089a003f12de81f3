//! The banks inside the program, which the build script lists.

include!(concat!(env!("OUT_DIR"), "/shipped_banks.rs"));

/// A file inside the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct ShippedFile {
    /// The path it has in the project.
    pub name: &'static str,
    pub bytes: &'static [u8],
}

/// The files of an exam inside the program.
pub(super) struct ShippedExam {
    pub id: &'static str,
    /// The blueprint and the bank files.
    pub files: &'static [ShippedFile],
    pub references: &'static [ShippedFile],
}

/// The ids of the exams inside the program.
pub(super) fn exams() -> impl Iterator<Item = &'static str> {
    EXAMS.iter().map(|exam| exam.id)
}

pub(super) fn exam(id: &str) -> Option<&'static ShippedExam> {
    EXAMS.iter().find(|exam| exam.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_program_holds_the_files_of_the_projects_exams_and_nothing_else() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        let mut on_disk = BTreeMap::new();
        for exam in std::fs::read_dir(root.join("question_banks")).unwrap().map(|entry| entry.unwrap().path()) {
            for folder in [exam.clone(), exam.join("references")].iter().filter(|folder| folder.is_dir()) {
                for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                    if file.extension().is_some_and(|end| end == "toml") {
                        let name = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                        on_disk.insert(name, std::fs::read(file).unwrap());
                    }
                }
            }
        }
        let held = EXAMS.iter().flat_map(|exam| exam.files.iter().chain(exam.references));
        let held: BTreeMap<_, _> = held.map(|file| (file.name.to_owned(), file.bytes.to_owned())).collect();
        assert!(held.len() > 20);
        assert!(held.keys().eq(on_disk.keys()), "{:?}\n{:?}", held.keys(), on_disk.keys());
        assert!(held == on_disk, "a file has another text than the program holds");
    }
}
