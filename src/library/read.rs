//! From an exam's files to its bank, together with the exam that it borrows from.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::{ExamFiles, Progress, Reading, Source};
use crate::bank::{Depth, Lender, Reader};
use crate::blueprint::{self, Blueprint};
use crate::document::{Code, Diagnostic, FileId, Files, Findings, Located, Place, nearest};
use crate::id::ExamId;

/// A reading that goes on: what was opened and found so far.
pub(super) struct Intake<'p> {
    files: Files,
    findings: Findings,
    /// Files whose texts were let go of.
    gone: Vec<(FileId, Source)>,
    /// Texts are kept up to so many bytes in all.
    kept: u64,
    /// Bytes read, of all bytes.
    done: u64,
    total: u64,
    progress: Progress<'p>,
}

impl<'p> Intake<'p> {
    pub fn new(kept: u64, progress: Progress<'p>) -> Self {
        let (files, findings) = (Files::default(), Findings::default());
        Self { files, findings, gone: Vec::new(), kept, done: 0, total: 0, progress }
    }

    /// Reads and checks everything.
    pub fn read(mut self, exam: &ExamFiles, depth: Depth, day: Date) -> Reading {
        self.total = exam.size();
        let blueprint = self.blueprint(exam);
        let from = blueprint.as_ref().and_then(|blueprint| blueprint.from.clone());
        let mut reader = Reader::new(blueprint, depth);
        if let Some(from) = from {
            let lender = self.lender(exam, &from);
            reader.borrow(lender);
        }
        self.fill(exam, &mut reader);
        let blueprint = reader.blueprint();
        let (bank, findings) = reader.finish(self.findings, day);
        quote(&self.gone, &findings, &mut self.files);
        Reading { files: self.files, findings, blueprint, bank }
    }

    /// The exam that is borrowed from, by the name that the blueprint gives it.
    fn lender(&mut self, exam: &ExamFiles, from: &Located<ExamId>) -> Option<Lender> {
        let unknown = |message: String, help: String, findings: &mut Findings| {
            findings.add(Code::UnknownLender, from.place, message, help);
        };
        let found = exam.lenders.exam(&from.value);
        let Some(files) = found.unwrap_or_default().filter(|_| exam.exam.as_ref() != Some(&from.value)) else {
            let known = exam.lenders.exams().unwrap_or_default();
            let help = nearest(from.value.as_str(), known.iter().map(ExamId::as_str)).map_or_else(
                || format!("exams: {}", known.iter().map(ExamId::as_str).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            unknown(format!("there is no exam `{}` to borrow from", from.value), help, &mut self.findings);
            return None;
        };
        self.total += files.size();
        let blueprint = self.blueprint(&files);
        if let Some(further) = blueprint.as_ref().and_then(|blueprint| blueprint.from.as_ref()) {
            let message = format!("exam `{}` borrows its own questions from `{}`", from.value, further.value);
            let help = format!("write from = \"{}\"", further.value);
            unknown(message, help, &mut self.findings);
            return None;
        }
        let mut reader = Reader::new(blueprint, Depth::Errors);
        self.fill(&files, &mut reader);
        reader.lend(&mut self.findings)
    }

    fn blueprint(&mut self, exam: &ExamFiles) -> Option<Arc<Blueprint>> {
        for path in &exam.misnamed {
            self.findings.push(Diagnostic {
                code: Code::UnreadableFile,
                message: format!("{} is not read, because its name ends in .txt", path.display()),
                place: None,
                related: None,
                help: format!("rename it to {}", path.file_stem().unwrap_or_default().display()),
            });
        }
        let file = self.open(exam.blueprint.as_ref()?)?;
        blueprint::read(self.files.text(file), file, exam.exam.as_ref(), &mut self.findings).map(Arc::new)
    }

    /// Reads the shelf and the bank files.
    fn fill(&mut self, exam: &ExamFiles, reader: &mut Reader) {
        for (id, rank, source) in &exam.sheets {
            match self.open(source) {
                Some(file) => reader.sheet_file(id.clone(), self.files.text(file), file, *rank),
                None => reader.lost_file(Some(id.clone())),
            }
        }
        for (rank, source) in &exam.banks {
            let Some(file) = self.open(source) else {
                reader.lost_file(None);
                continue;
            };
            reader.bank_file(self.files.text(file), file, *rank);
            if self.total > self.kept {
                self.files.let_go(file);
                self.gone.push((file, source.clone()));
            }
        }
    }

    fn open(&mut self, source: &Source) -> Option<FileId> {
        let opened = source.open(&mut self.files, &mut self.findings);
        self.done += source.size();
        (self.progress)(self.done, self.total);
        opened
    }
}

/// Looks up what the findings quote of texts that were let go of. A file that cannot be read any more is not quoted.
fn quote(gone: &[(FileId, Source)], findings: &Findings, files: &mut Files) {
    let mut places: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    for place in findings.places() {
        places.entry(place.file).or_default().push(place);
    }
    for (file, source) in gone {
        if let Some(places) = places.remove(file)
            && let Ok((text, _)) = source.read()
        {
            files.quote(*file, &text, places);
        }
    }
}
