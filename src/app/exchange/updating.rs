//! The bank's files with the words that questions get, and nothing else changed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::writing::held;
use crate::library::ExamFiles;
use examroom_core::bank::{QuestionPlaces, question_places};
use examroom_core::id::ItemId;
use examroom_exchange::{Reason, Update};

/// The bank files of an exam that lie on disk.
pub(super) struct BankFiles {
    /// In the order in which they are read.
    files: Vec<BankText>,
}

struct BankText {
    path: PathBuf,
    text: String,
    questions: BTreeMap<String, QuestionPlaces>,
    edits: Vec<(Range<usize>, String)>,
}

impl BankFiles {
    /// Those that can be read; of the others the check says what is wrong.
    pub(super) fn of(exam: &ExamFiles) -> Self {
        let mut files = Vec::new();
        for path in exam.written_banks() {
            if let Ok(Some(text)) = held(path)
                && let Some(questions) = question_places(&text)
            {
                files.push(BankText { path: path.to_owned(), text, questions, edits: Vec::new() });
            }
        }
        Self { files }
    }

    /// The questions of a file.
    pub(super) fn questions(&self, path: &Path) -> BTreeSet<ItemId> {
        let ids = self.files.iter().filter(|file| file.path == path).flat_map(|file| file.questions.keys());
        ids.map(|id| ItemId::new(id)).collect()
    }

    /// Notes what is to be changed of a question; not all of it can be.
    pub(super) fn change(&mut self, id: &ItemId, update: &Update) -> Result<(), Reason> {
        // A later file takes the place of what an earlier one has.
        let Some(file) = self.files.iter_mut().rfind(|file| file.questions.contains_key(id.as_str())) else {
            return Err(
                "it is a question of the program: write it into a file of your own, with replaces = true".into()
            );
        };
        let edits = update.edits(&file.text, &file.questions[id.as_str()])?;
        file.edits.extend(edits);
        Ok(())
    }

    /// The files that change, with their whole text.
    pub(super) fn changed(self) -> BTreeMap<PathBuf, String> {
        let changed = self.files.into_iter().filter(|file| !file.edits.is_empty());
        changed.map(BankText::edited).collect()
    }
}

impl BankText {
    fn edited(mut self) -> (PathBuf, String) {
        let windows = self.text.contains("\r\n");
        self.edits.sort_by_key(|(place, _)| (place.start, place.end));
        let mut edited = String::with_capacity(self.text.len() + self.text.len() / 8);
        let mut from = 0;
        for (place, new) in &self.edits {
            edited.push_str(&self.text[from..place.start]);
            if windows {
                edited.push_str(&new.replace('\n', "\r\n"));
            } else {
                edited.push_str(new);
            }
            from = place.end;
        }
        edited.push_str(&self.text[from..]);
        (self.path, edited)
    }
}
