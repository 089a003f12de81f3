//! Exams laid into a folder of the test's.

use std::path::{Path, PathBuf};

use examroom_app::library::{Library, Reading};
use examroom_core::bank::Depth;
use examroom_core::id::ExamId;
use examroom_terminal::pages::{Paint, finding_text};
use tempfile::TempDir;

use crate::support::day;

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diagnostics")
}

/// A question without a fault.
const QUESTION: &str = r#"exam = "small"
domain = "law"
section = "closed"

[[item]]
id = "one"
topic = "consent"
level = "recall"
angoff = 0.7
stem = "Who signs the form?"
key = "a"
source = "The manual"
[item.choices]
a = "The patient"
b = "The clerk"
c = "The physician"
d = "The insurer"
[item.why]
a = "It is the patient's record."
b = "The clerk only files it."
c = "The physician only writes in it."
d = "The insurer only pays for it."
"#;

/// An exam in a temporary folder.
pub struct Laid {
    _temporary: TempDir,
    pub folder: PathBuf,
}

impl Laid {
    /// The small exam that has no fault: three questions, two sections, a case and a sheet.
    pub fn good() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        // Where the temporary folder is a link, findings name the folder behind it.
        let folder = temporary.path().canonicalize().unwrap().join("small");
        let laid = Self { _temporary: temporary, folder };
        laid.overlay(&fixtures().join("good"));
        laid
    }

    /// The small exam with one more question, which has no fault until parts of its text are changed: what stands there,
    /// and what is to stand there instead.
    pub fn changed(changes: &[(&str, &str)]) -> Self {
        let mut text = QUESTION.to_owned();
        for (part, instead) in changes {
            assert!(text.contains(part), "{part}");
            text = text.replacen(part, instead, 1);
        }
        let laid = Self::good();
        laid.write("9.toml", text);
        laid
    }

    /// Copies the files of a folder over those that are there.
    pub fn overlay(&self, from: &Path) {
        copy(from, &self.folder);
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.folder.join(name), content).unwrap();
        self
    }

    /// Reads the exam, together with what a folder `later` in it, which is a later place of banks, adds.
    pub fn read(&self) -> Reading {
        let first = self.folder.parent().unwrap().to_owned();
        let library = Library { folders: vec![first, self.folder.join("later")], pack: None };
        let files = library.exam(&ExamId::new("small")).unwrap().unwrap();
        files.read(Depth::Advice, day(), &mut |_, _| {})
    }

    /// All findings as a person reads them, with the folder's own path left out.
    pub fn diagnostics(&self) -> String {
        self.told(&self.read())
    }

    pub fn told(&self, reading: &Reading) -> String {
        let diagnostics = reading.diagnostics.sorted(&reading.sources);
        let rendered: Vec<String> =
            diagnostics.into_iter().map(|finding| finding_text(finding, &reading.sources, Paint::Plain)).collect();
        let path = format!("{}{}", self.folder.display(), std::path::MAIN_SEPARATOR);
        rendered.join("\n\n").replace(&path, "small/")
    }
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
