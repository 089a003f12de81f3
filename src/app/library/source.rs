//! One file of an exam, and its text.
//!
//! A folder of banks can come from anybody. So only plain files are opened, no more is read than a limit, whatever a file
//! says of its size, and what is no text in UTF-8 is reported as what it is.

use std::borrow::Cow;
use std::fs::{File, FileType};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::shipped::ShippedFile;
use examroom_core::causes::with_causes;
use examroom_core::diagnostics::{Code, Diagnostic};

/// How many bytes of a long file are read at once.
const PART: u64 = 1_000_000;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file that has not been read.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Shipped(ShippedFile),
    Disk(PathBuf),
    /// A text that is in memory: of a pack, or of a file that is to be written.
    Text(PathBuf, Arc<str>),
}

impl Source {
    pub fn path(&self) -> &Path {
        match self {
            Self::Shipped(file) => Path::new(file.name),
            Self::Disk(path) | Self::Text(path, _) => path,
        }
    }

    /// As it is called in findings.
    pub fn name(&self) -> String {
        self.path().display().to_string()
    }

    /// Its bytes, as far as that is known without reading it.
    pub fn size(&self) -> u64 {
        match self {
            Self::Shipped(file) => file.bytes.len() as u64,
            Self::Disk(path) => std::fs::metadata(path).map_or(0, |file| file.len()),
            Self::Text(_, text) => text.len() as u64,
        }
    }

    /// Opens it, to read at most `limit` bytes.
    ///
    /// # Errors
    /// When it is no plain file, cannot be opened, or says that it is larger.
    pub fn open(&self, limit: u64) -> Result<Text, Unreadable> {
        let bytes = match self {
            Self::Shipped(file) => Bytes::Shipped(file.bytes),
            Self::Disk(path) => Bytes::Disk { file: open(path, limit)?, rest: Vec::new() },
            Self::Text(_, text) => Bytes::Memory(Arc::clone(text)),
        };
        Ok(Text { bytes, limit, read: 0, length: 0, invalid: None, failed: None })
    }
}

/// Opening a pipe would wait for whoever writes to it, so what a path leads to is looked at before.
fn open(path: &Path, limit: u64) -> Result<File, Unreadable> {
    let kind = |kind: FileType| if kind.is_file() { Ok(()) } else { Err(Unreadable::NotAFile(what_it_is(kind))) };
    kind(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    let found = file.metadata()?;
    kind(found.file_type())?;
    if found.len() > limit { Err(Unreadable::TooLong) } else { Ok(file) }
}

fn what_it_is(kind: FileType) -> &'static str {
    if kind.is_dir() {
        return "a folder";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    "no plain file"
}

/// How many bytes the files of an exam may have together, with those that it borrows: more than a bank of 100,000 questions
/// (150 MB), also in one file, and less than would fill a small computer's memory.
pub(super) const SIZE_LIMIT: u64 = 256_000_000;

/// Why a file is not read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    #[error("cannot be read")]
    Io(#[from] io::Error),
    #[error("is not read, because it is {0}")]
    NotAFile(&'static str),
    #[error("is not read, because the files of an exam may have {} MB together", SIZE_LIMIT / 1_000_000)]
    TooLong,
    #[error("is not read, because it is saved as UTF-16")]
    Utf16,
    #[error("is not read, because it is no text: it holds the byte 0x00")]
    NotText,
}

impl Unreadable {
    /// The finding about the file of this name.
    pub fn finding(&self, name: &str) -> Diagnostic {
        let help = match self {
            Self::Io(_) => "see that the file is there and that you may read it",
            Self::NotAFile(_) => "remove it, or put the file that was meant in its place",
            Self::TooLong => "take out what is no bank, or make two exams of it; 100,000 questions have about 150 MB",
            Self::Utf16 => "save it from your editor as UTF-8",
            Self::NotText => "take it out of the folder, or save what it holds as a text file in UTF-8",
        };
        Diagnostic::new(Code::UNREADABLE_FILE, format!("{name} {}", with_causes(self))).help(help)
    }
}

/// Where a text stops being UTF-8, and the byte that stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InvalidByte {
    pub at: usize,
    pub byte: u8,
}

/// The text of a file in parts that each end at the end of a line, without a byte-order mark. Marks stand in for the
/// bytes that are not UTF-8, so that the file's other faults are found too.
#[derive(Debug)]
pub(super) struct Text {
    bytes: Bytes,
    limit: u64,
    /// Bytes of the file so far.
    pub read: u64,
    /// Bytes of the text so far.
    length: usize,
    /// The first byte that is not UTF-8.
    pub invalid: Option<InvalidByte>,
    /// Why it ended early.
    pub failed: Option<Unreadable>,
}

#[derive(Debug)]
enum Bytes {
    Shipped(&'static [u8]),
    Memory(Arc<str>),
    Disk {
        file: File,
        /// What was read after the last end of a line.
        rest: Vec<u8>,
    },
}

impl Text {
    /// All of it.
    pub fn whole(&mut self) -> Cow<'static, str> {
        let mut whole = self.next().unwrap_or_default();
        for part in self {
            whole.to_mut().push_str(&part);
        }
        whole
    }

    /// The next lines; nothing at the end.
    fn lines(&mut self) -> Result<Cow<'static, [u8]>, Unreadable> {
        let (file, rest) = match &mut self.bytes {
            Bytes::Shipped(bytes) => {
                self.read += bytes.len() as u64;
                return Ok(Cow::Borrowed(std::mem::take(bytes)));
            }
            Bytes::Memory(text) => {
                let bytes = std::mem::take(text).as_bytes().to_vec();
                self.read += bytes.len() as u64;
                return Ok(Cow::Owned(bytes));
            }
            Bytes::Disk { file, rest } => (file, rest),
        };
        let mut lines = std::mem::take(rest);
        loop {
            let read = file.by_ref().take(PART).read_to_end(&mut lines)? as u64;
            self.read += read;
            if self.read > self.limit {
                return Err(Unreadable::TooLong);
            }
            if read < PART {
                return Ok(Cow::Owned(lines));
            }
            if let Some(end) = lines.iter().rposition(|byte| *byte == b'\n') {
                *rest = lines.split_off(end + 1);
                return Ok(Cow::Owned(lines));
            }
        }
    }

    fn part(&mut self) -> Result<Cow<'static, str>, Unreadable> {
        let is_first = self.read == 0;
        let mut bytes = self.lines()?;
        if is_first {
            check_encoding(&bytes)?;
            if bytes.starts_with(BYTE_ORDER_MARK) {
                bytes = match bytes {
                    Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[BYTE_ORDER_MARK.len()..]),
                    Cow::Owned(mut bytes) => {
                        bytes.drain(..BYTE_ORDER_MARK.len());
                        Cow::Owned(bytes)
                    }
                };
            }
        }
        if let Err(error) = std::str::from_utf8(&bytes) {
            let at = error.valid_up_to();
            self.invalid.get_or_insert(InvalidByte { at: self.length + at, byte: bytes[at] });
        }
        let text = match bytes {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(
                String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
            ),
        };
        self.length += text.len();
        Ok(text)
    }
}

impl Iterator for Text {
    type Item = Cow<'static, str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed.is_some() {
            return None;
        }
        match self.part() {
            Ok(part) => Some(part).filter(|part| !part.is_empty()),
            Err(failed) => {
                self.failed = Some(failed);
                None
            }
        }
    }
}

/// Tells encodings and other files from text by their first bytes.
fn check_encoding(bytes: &[u8]) -> Result<(), Unreadable> {
    match bytes {
        // Also without its mark, as long as the file begins with a letter that stands in ASCII.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [1..=0x7f, 0, 1..=0x7f, 0, ..] | [0, 1..=0x7f, 0, 1..=0x7f, ..] => {
            Err(Unreadable::Utf16)
        }
        _ if bytes.iter().take(1000).any(|byte| *byte == 0) => Err(Unreadable::NotText),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(content: &[u8]) -> (tempfile::TempDir, Source) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, content).unwrap();
        (folder, Source::Disk(path))
    }

    #[test]
    fn a_long_text_comes_in_whole_lines_and_nothing_of_it_is_lost() {
        let lines = "a line with é\r\n".repeat(200_000);
        let bytes = [BYTE_ORDER_MARK, lines.as_bytes(), b"odd \xfc\nlast \xff"].concat();
        let (_folder, source) = file(&bytes);
        let mut text = source.open(u64::MAX).unwrap();
        let parts: Vec<_> = text.by_ref().collect();
        assert!(parts.len() > 2, "{}", parts.len());
        assert!(parts[..parts.len() - 1].iter().all(|part| part.ends_with('\n')));
        assert_eq!(parts.concat(), format!("{lines}odd \u{fffd}\nlast \u{fffd}"));
        assert_eq!(text.invalid, Some(InvalidByte { at: lines.len() + 4, byte: 0xfc }));
        assert_eq!(text.read, bytes.len() as u64);
        assert!(text.failed.is_none());
    }

    #[test]
    fn a_file_that_is_longer_than_it_said_is_not_read_on() {
        let (folder, source) = file(b"a = 1\n");
        let mut text = source.open(20).unwrap();
        let path = folder.path().join("x.toml");
        std::fs::OpenOptions::new().append(true).open(path).unwrap().write_all(b"b = 2\nc = 3\nd = 4\n").unwrap();
        assert_eq!(text.next(), None);
        assert!(matches!(text.failed, Some(Unreadable::TooLong)), "{text:?}");
    }
}
