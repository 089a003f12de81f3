//! From an exam's files to its bank, together with the exam that it borrows from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use jiff::civil::Date;

use super::ExamFiles;
use super::source::{OddByte, Source, Text};
use examroom_core::bank::{Bank, Depth, Lender, Reader};
use examroom_core::blueprint::{self, Blueprint};
use examroom_core::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Sources, Span, Spanned, nearest};
use examroom_core::id::ExamId;

/// The files of an exam, with those that it borrows, may have so many bytes together: more than a bank of 100,000 questions
/// (150 MB), also in one file, and less than would fill a small computer's memory.
pub(super) const MOST: u64 = 256_000_000;

/// The texts of an exam are kept together up to so many bytes. Those of a larger one are read in parts, and what a finding
/// quotes is looked up again: of a bank of 100,000 questions only the questions then are in memory.
pub(super) const KEPT: u64 = 16_000_000;

/// An exam with everything that was read for it.
#[derive(Debug)]
pub struct Reading {
    pub sources: Sources,
    pub diagnostics: Diagnostics,
    /// `None` when the blueprint itself cannot be used.
    pub blueprint: Option<Arc<Blueprint>>,
    pub bank: Bank,
}

impl Reading {
    /// The blueprint, if nothing is wrong with it or with the bank: only then forms are drawn.
    #[must_use]
    pub fn sound_blueprint(&self) -> Option<&Arc<Blueprint>> {
        self.blueprint.as_ref().filter(|_| !self.diagnostics.has_errors())
    }
}

/// How a reading goes on, for a progress bar: bytes read of all bytes.
pub type Progress<'p> = &'p mut dyn FnMut(u64, u64);

/// A reading that goes on: what was opened and found so far.
pub(super) struct Intake<'p> {
    sources: Sources,
    diagnostics: Diagnostics,
    /// Files whose texts were not kept.
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
        let (sources, diagnostics) = (Sources::default(), Diagnostics::default());
        Self { sources, diagnostics, gone: Vec::new(), kept, done: 0, total: 0, progress }
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
        let (bank, diagnostics) = reader.finish(self.diagnostics, day);
        keep_excerpts(&self.gone, &diagnostics, &mut self.sources);
        Reading { sources: self.sources, diagnostics, blueprint, bank }
    }

    /// Reads the blueprint alone.
    pub fn read_blueprint(mut self, exam: &ExamFiles) -> Reading {
        let blueprint = self.blueprint(exam);
        Reading { sources: self.sources, diagnostics: self.diagnostics, blueprint, bank: Bank::default() }
    }

    /// The exam that is borrowed from, by the name that the blueprint gives it.
    fn lender(&mut self, exam: &ExamFiles, from: &Spanned<ExamId>) -> Option<Lender> {
        let unknown = |message: String, help: String, diagnostics: &mut Diagnostics| {
            diagnostics.add(Code::UnknownLender, from.span, message, help);
        };
        let found = exam.lenders.exam(&from.value);
        let Some(files) = found.unwrap_or_default().filter(|_| exam.exam.as_ref() != Some(&from.value)) else {
            let known = exam.lenders.exams().unwrap_or_default();
            let help = nearest(from.value.as_str(), known.iter().map(ExamId::as_str)).map_or_else(
                || format!("exams: {}", known.iter().map(ExamId::as_str).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            unknown(format!("there is no exam `{}` to borrow from", from.value), help, &mut self.diagnostics);
            return None;
        };
        self.total += files.size();
        let blueprint = self.blueprint(&files);
        if let Some(further) = blueprint.as_ref().and_then(|blueprint| blueprint.from.as_ref()) {
            let message = format!("exam `{}` borrows its own questions from `{}`", from.value, further.value);
            let help = format!("write from = \"{}\"", further.value);
            unknown(message, help, &mut self.diagnostics);
            return None;
        }
        let mut reader = Reader::new(blueprint, Depth::Errors);
        self.fill(&files, &mut reader);
        reader.lend(&mut self.diagnostics)
    }

    fn blueprint(&mut self, exam: &ExamFiles) -> Option<Arc<Blueprint>> {
        for path in &exam.misnamed {
            self.diagnostics.push(Diagnostic {
                code: Code::UnreadableFile,
                message: format!("{} is not read, because its name ends in .txt", path.display()),
                span: None,
                related: None,
                help: format!("rename it to {}", path.file_stem().unwrap_or_default().display()),
            });
        }
        let file = self.open(exam.blueprint.as_ref()?)?;
        blueprint::read(self.sources.text(file), file, exam.exam.as_ref(), &mut self.diagnostics).map(Arc::new)
    }

    /// Reads the shelf and the bank files.
    fn fill(&mut self, exam: &ExamFiles, reader: &mut Reader) {
        for (id, rank, source) in &exam.sheets {
            match self.open(source) {
                Some(file) => reader.sheet_file(id.clone(), self.sources.text(file), file, *rank),
                None => reader.add_unreadable(Some(id.clone())),
            }
        }
        let keeps = self.total <= self.kept;
        for (rank, source) in &exam.banks {
            let is_whole = if keeps {
                let file = self.open(source);
                file.map(|file| reader.bank_file(iter::once(self.sources.text(file).into()), file, *rank)).is_some()
            } else {
                self.pass(source, |text, file| reader.bank_file(text, file, *rank))
            };
            if !is_whole {
                reader.add_unreadable(None);
            }
        }
    }

    /// Reads a file and keeps its text; `None` where it cannot be read to its end.
    fn open(&mut self, source: &Source) -> Option<FileId> {
        let mut text = self.text(source)?;
        let file = self.sources.add(&source.name(), text.whole());
        self.close(source, file, &text).then_some(file)
    }

    /// Reads a file with `read` and keeps nothing of it; whether it could be read to its end.
    fn pass(
        &mut self,
        source: &Source,
        read: impl FnOnce(&mut dyn Iterator<Item = Cow<'static, str>>, FileId),
    ) -> bool {
        let Some(mut text) = self.text(source) else { return false };
        let file = self.sources.add(&source.name(), "");
        self.sources.drop_text(file);
        self.gone.push((file, source.clone()));
        let mut watched = iter::from_fn(|| {
            let part = text.next();
            (self.progress)(self.done + text.read, self.total);
            part
        });
        read(&mut watched, file);
        self.close(source, file, &text)
    }

    fn text(&mut self, source: &Source) -> Option<Text> {
        let opened = source.open(MOST.saturating_sub(self.done));
        opened.map_err(|why| self.diagnostics.push(why.finding(&source.name()))).ok()
    }

    /// Tells what the reading of a text has shown of its file; whether it came to its end.
    fn close(&mut self, source: &Source, file: FileId, text: &Text) -> bool {
        self.done += text.read;
        (self.progress)(self.done, self.total);
        if let Some(OddByte { at, byte }) = text.odd {
            self.diagnostics.add(
                Code::UnreadableFile,
                Span::new(file, at..at + '\u{fffd}'.len_utf8()),
                format!("the byte {byte:#04x} here is not UTF-8 text"),
                "save the file from your editor as UTF-8; letters outside plain English were saved in another encoding",
            );
        }
        if let Some(why) = &text.failed {
            self.diagnostics.push(why.finding(&source.name()));
        }
        text.failed.is_none()
    }
}

/// Looks up what the findings quote of texts that were let go of. A file that cannot be read any more is not quoted.
fn keep_excerpts(gone: &[(FileId, Source)], diagnostics: &Diagnostics, sources: &mut Sources) {
    let mut spans: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for span in diagnostics.spans() {
        spans.entry(span.file).or_default().push(span);
    }
    for (file, source) in gone {
        if let Some(spans) = spans.remove(file)
            && let Ok(text) = source.open(MOST)
        {
            sources.keep_excerpts(*file, text, spans);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Template, write_template};
    use super::*;

    #[test]
    fn findings_quote_the_same_lines_whether_texts_are_kept_or_let_go_of() {
        let folder = tempfile::tempdir().unwrap();
        let template = Template { id: "exam".to_owned(), domains: vec!["one".to_owned(), "two".to_owned()] };
        write_template(folder.path(), &template).unwrap();
        let path = folder.path().join("exam").join("2-two.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"two-2\"", "\"one-1\"").replace("key = \"a\"", "key = \"z\"")).unwrap();
        let files = ExamFiles::folder(&folder.path().join("exam")).unwrap();
        let read = |kept| Intake::new(kept, &mut |_, _| {}).read(&files, Depth::Advice, Date::constant(2026, 11, 24));
        let (kept, gone) = (read(KEPT), read(0));
        assert!(kept.diagnostics.errors() >= 2, "{:?}", kept.diagnostics);
        assert!(kept.diagnostics.spans().eq(gone.diagnostics.spans()));
        for span in kept.diagnostics.spans() {
            assert_eq!(kept.sources.position(span), gone.sources.position(span));
            assert_eq!(kept.sources.line(span), gone.sources.line(span));
            assert!(gone.sources.line(span).is_some());
        }
    }
}
