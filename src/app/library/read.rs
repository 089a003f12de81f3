//! From an exam's files to its bank, together with the exam that it borrows from.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;

use jiff::civil::Date;

use super::exam_files::{BankFile, ExamFiles, SheetFile};
use super::source::{InvalidByte, SIZE_LIMIT, Source, Text};
use examroom_core::bank::{Bank, Depth, Lender, Reader};
use examroom_core::blueprint::{self, Blueprint};
use examroom_core::causes::with_causes;
use examroom_core::checksum::Checksum;
use examroom_core::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Sources, Span, Spanned};
use examroom_core::id::ExamId;

/// Up to how many bytes together the texts of an exam are kept. Those of a larger one are read in parts, and what a finding
/// quotes is looked up again: of a bank of 100,000 questions only the questions then are in memory.
const KEEP_LIMIT: u64 = 16_000_000;

impl ExamFiles {
    /// Reads and checks everything, as of a day. Findings never stop the reading.
    #[must_use]
    pub fn read(&self, depth: Depth, day: Date, progress: Progress<'_>) -> Reading {
        FileReader::new(KEEP_LIMIT, progress).read(self, depth, day)
    }

    /// The checksum that a bank read from these files has, at a small part of the cost of reading it; `None` where it has none,
    /// or where a file cannot be read.
    #[must_use]
    pub fn checksum(&self) -> Option<Checksum> {
        FileReader::new(KEEP_LIMIT, &mut |_, _| {}).checksum(self)
    }

    /// Reads the blueprint alone.
    #[must_use]
    pub fn blueprint(&self) -> Reading {
        FileReader::new(KEEP_LIMIT, &mut |_, _| {}).read_blueprint(self)
    }
}

/// An exam with everything that was read for it.
#[derive(Debug)]
pub struct Reading {
    /// The files that were read, for quoting them.
    pub sources: Sources,
    /// What is wrong with them, and advice.
    pub diagnostics: Diagnostics,
    /// `None` when the blueprint itself cannot be used.
    pub blueprint: Option<Arc<Blueprint>>,
    /// The questions without an error, and the sheets.
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

/// Reads the files of an exam: what was opened and found so far.
struct FileReader<'p> {
    sources: Sources,
    diagnostics: Diagnostics,
    /// Files whose texts were not kept.
    dropped: Vec<(FileId, Source)>,
    /// Up to how many bytes in all texts are kept.
    keep_limit: u64,
    /// Bytes read, of all bytes.
    done: u64,
    total: u64,
    progress: Progress<'p>,
}

impl<'p> FileReader<'p> {
    pub fn new(keep_limit: u64, progress: Progress<'p>) -> Self {
        let (sources, diagnostics) = (Sources::default(), Diagnostics::default());
        Self { sources, diagnostics, dropped: Vec::new(), keep_limit, done: 0, total: 0, progress }
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
        self.read_banks(exam, &mut reader);
        let blueprint = reader.blueprint();
        if let Some(blueprint) = blueprint.as_ref().filter(|_| depth == Depth::Advice) {
            self.diagnostics.extend(exam.lenders.bad_successor(blueprint));
        }
        let (mut bank, diagnostics) = reader.finish(self.diagnostics, day);
        bank.checksum = self.sources.checksum();
        keep_excerpts(&self.dropped, &diagnostics, &mut self.sources);
        Reading { sources: self.sources, diagnostics, blueprint, bank }
    }

    /// The checksum of all texts, in the order in which [`Self::read`] reads them.
    pub fn checksum(mut self, exam: &ExamFiles) -> Option<Checksum> {
        self.total = exam.size();
        let from = self.blueprint(exam)?.from.clone();
        if let Some(from) = from {
            let lender = self.lender_files(exam, &from)?;
            self.total += lender.size();
            self.blueprint(&lender)?;
            self.read_texts(&lender)?;
        }
        self.read_texts(exam)?;
        self.sources.checksum()
    }

    /// Reads the shelf and the bank files as texts alone; `None` where one cannot be read, or where they are not kept.
    fn read_texts(&mut self, exam: &ExamFiles) -> Option<()> {
        let sheets = exam.sheets.iter().map(|sheet| &sheet.source);
        let mut files = sheets.chain(exam.banks.iter().map(|bank| &bank.source));
        (self.total <= self.keep_limit).then(|| files.try_for_each(|source| self.read_whole(source).map(drop)))?
    }

    /// Reads the blueprint alone.
    pub fn read_blueprint(mut self, exam: &ExamFiles) -> Reading {
        let blueprint = self.blueprint(exam);
        Reading { sources: self.sources, diagnostics: self.diagnostics, blueprint, bank: Bank::default() }
    }

    /// The exam that is borrowed from, by the name that the blueprint gives it.
    fn lender(&mut self, exam: &ExamFiles, from: &Spanned<ExamId>) -> Option<Lender> {
        let files = self.lender_files(exam, from)?;
        self.total += files.size();
        let blueprint = self.blueprint(&files);
        if let Some(further) = blueprint.as_ref().and_then(|blueprint| blueprint.from.as_ref()) {
            let message = format!("exam `{}` borrows its own questions from `{}`", from.value, further.value);
            let help = format!("write from = \"{}\"", further.value);
            self.diagnostics.push(Diagnostic::new(Code::UNKNOWN_LENDER, message).at(from.span).help(help));
            return None;
        }
        let mut reader = Reader::new(blueprint, Depth::Errors);
        self.read_banks(&files, &mut reader);
        reader.lend(&mut self.diagnostics)
    }

    fn lender_files(&mut self, exam: &ExamFiles, from: &Spanned<ExamId>) -> Option<ExamFiles> {
        let is_other = |id: &ExamId| exam.exam.as_ref() != Some(id);
        let found = exam.lenders.exam(&from.value).map(|found| found.filter(|_| is_other(&from.value)));
        let (message, help) = match found {
            Ok(Some(files)) => return Some(files),
            Ok(None) => (
                format!("there is no exam `{}` to borrow from", from.value),
                exam.lenders.suggestion(&from.value, is_other),
            ),
            Err(error) => (
                format!("exam `{}` cannot be borrowed from: {}", from.value, with_causes(&error)),
                "see that you may read that folder".to_owned(),
            ),
        };
        self.diagnostics.push(Diagnostic::new(Code::UNKNOWN_LENDER, message).at(from.span).help(help));
        None
    }

    fn blueprint(&mut self, exam: &ExamFiles) -> Option<Arc<Blueprint>> {
        for path in &exam.misnamed {
            let message = format!("{} is not read, because its name ends in .txt", path.display());
            let help = format!("rename it to {}", path.file_stem().unwrap_or_default().display());
            self.diagnostics.push(Diagnostic::new(Code::UNREADABLE_FILE, message).help(help));
        }
        let file = self.read_whole(exam.blueprint.as_ref()?)?;
        blueprint::read(self.sources.text(file), file, exam.exam.as_ref(), &mut self.diagnostics).map(Arc::new)
    }

    /// Reads the shelf and the bank files.
    fn read_banks(&mut self, exam: &ExamFiles, reader: &mut Reader) {
        for SheetFile { id, rank, source } in &exam.sheets {
            match self.read_whole(source) {
                Some(file) => reader.sheet_file(id.clone(), self.sources.text(file), file, *rank),
                None => reader.add_unreadable(Some(id.clone())),
            }
        }
        let keeps = self.total <= self.keep_limit;
        for BankFile { rank, source } in &exam.banks {
            let is_whole = if keeps {
                let file = self.read_whole(source);
                file.map(|file| reader.bank_file(iter::once(self.sources.text(file).into()), file, *rank)).is_some()
            } else {
                self.read_in_parts(source, |text, file| reader.bank_file(text, file, *rank))
            };
            if !is_whole {
                reader.add_unreadable(None);
            }
        }
    }

    /// Reads a file and keeps its text; `None` where it cannot be read to its end.
    fn read_whole(&mut self, source: &Source) -> Option<FileId> {
        let mut text = self.open(source)?;
        let file = self.sources.add(&source.name(), text.whole());
        self.finish(source, file, &text).then_some(file)
    }

    /// Reads a file with `read` and keeps nothing of it; whether it could be read to its end.
    fn read_in_parts(
        &mut self,
        source: &Source,
        read: impl FnOnce(&mut dyn Iterator<Item = Cow<'static, str>>, FileId),
    ) -> bool {
        let Some(mut text) = self.open(source) else { return false };
        let file = self.sources.add(&source.name(), "");
        self.sources.drop_text(file);
        self.dropped.push((file, source.clone()));
        let mut watched = iter::from_fn(|| {
            let part = text.next();
            (self.progress)(self.done + text.read, self.total);
            part
        });
        read(&mut watched, file);
        self.finish(source, file, &text)
    }

    fn open(&mut self, source: &Source) -> Option<Text> {
        let opened = source.open(SIZE_LIMIT.saturating_sub(self.done));
        opened.map_err(|why| self.diagnostics.push(why.finding(&source.name()))).ok()
    }

    /// Reports what the reading of a text has shown of its file. Whether it was read to its end.
    fn finish(&mut self, source: &Source, file: FileId, text: &Text) -> bool {
        self.done += text.read;
        (self.progress)(self.done, self.total);
        if let Some(InvalidByte { at, byte }) = text.invalid {
            let help =
                "save the file from your editor as UTF-8; letters outside plain English were saved in another encoding";
            self.diagnostics.push(
                Diagnostic::new(Code::UNREADABLE_FILE, format!("the byte {byte:#04x} here is not UTF-8 text"))
                    .at(Span::new(file, at..at + '\u{fffd}'.len_utf8()))
                    .help(help),
            );
        }
        if let Some(why) = &text.failed {
            self.diagnostics.push(why.finding(&source.name()));
        }
        text.failed.is_none()
    }
}

/// Looks up what the findings quote of texts that were dropped. A file that can no longer be read is not quoted.
fn keep_excerpts(dropped: &[(FileId, Source)], diagnostics: &Diagnostics, sources: &mut Sources) {
    let mut spans: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    for span in diagnostics.spans() {
        spans.entry(span.file).or_default().push(span);
    }
    for (file, source) in dropped {
        if let Some(spans) = spans.remove(file)
            && let Ok(text) = source.open(SIZE_LIMIT)
        {
            sources.keep_excerpts(*file, text, spans);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Library, Template, write_template};
    use super::*;

    #[test]
    fn findings_quote_the_same_lines_whether_texts_are_kept_or_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let template = Template { id: "exam".to_owned(), domains: vec!["one".to_owned(), "two".to_owned()] };
        write_template(folder.path(), &template).unwrap();
        let path = folder.path().join("exam").join("2-two.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"two-2\"", "\"one-1\"").replace("key = \"a\"", "key = \"z\"")).unwrap();
        let files = ExamFiles::folder(&folder.path().join("exam")).unwrap();
        let read =
            |limit| FileReader::new(limit, &mut |_, _| {}).read(&files, Depth::Advice, Date::constant(2026, 11, 24));
        let (kept, dropped) = (read(KEEP_LIMIT), read(0));
        assert!(kept.diagnostics.errors() >= 2, "{:?}", kept.diagnostics);
        assert!(kept.diagnostics.spans().eq(dropped.diagnostics.spans()));
        for span in kept.diagnostics.spans() {
            assert_eq!(kept.sources.position(span), dropped.sources.position(span));
            assert_eq!(kept.sources.line(span), dropped.sources.line(span));
            assert!(dropped.sources.line(span).is_some());
        }
    }

    #[test]
    fn the_checksum_is_the_same_without_reading_what_the_texts_say() {
        let day = Date::constant(2026, 11, 24);
        let library = Library::default();
        for exam in library.exams().unwrap() {
            let files = library.find(exam.as_str()).unwrap();
            assert!(files.checksum().is_some(), "{exam}");
            assert_eq!(files.checksum(), files.read(Depth::Errors, day, &mut |_, _| {}).bank.checksum, "{exam}");
        }
    }
}
