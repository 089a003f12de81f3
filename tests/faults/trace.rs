//! What a run did to its files, call by call, as the layer recorded it.

use std::path::{Path, PathBuf};

/// A call that succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// A file was opened: it had this name then.
    Open {
        path: PathBuf,
        inode: u64,
    },
    /// A file was made, or emptied on opening.
    Create {
        path: PathBuf,
        inode: u64,
    },
    Write {
        inode: u64,
        offset: u64,
        data: Vec<u8>,
    },
    Truncate {
        inode: u64,
        length: u64,
    },
    /// A file or a folder was synced.
    Sync {
        path: PathBuf,
        inode: u64,
    },
    Unlink {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    /// A folder was made.
    Folder,
    /// Something was said on standard output.
    Say(String),
}

/// Reads a record, in the order of the calls.
pub fn read(log: &Path) -> Vec<Call> {
    let bytes = std::fs::read(log).unwrap();
    let mut rest = bytes.as_slice();
    let mut calls = Vec::new();
    while let Some(record) = take(&mut rest) {
        let (path, inode) = (record.path.clone(), record.inode);
        calls.push(match record.kind.as_str() {
            "open" => Call::Open { path, inode },
            "create" | "empty" => Call::Create { path, inode },
            "write" => Call::Write { inode, offset: record.offset, data: record.data },
            "truncate" => Call::Truncate { inode, length: record.offset },
            "sync" => Call::Sync { path, inode },
            "unlink" => Call::Unlink { path },
            "rename" => Call::Rename { from: path, to: take(&mut rest).unwrap().path },
            "link" => Call::Link { from: path, to: take(&mut rest).unwrap().path },
            "mkdir" => Call::Folder,
            "say" => Call::Say(String::from_utf8_lossy(&record.data).into_owned()),
            other => panic!("the layer recorded `{other}`"),
        });
    }
    calls
}

struct Record {
    kind: String,
    inode: u64,
    offset: u64,
    path: PathBuf,
    data: Vec<u8>,
}

fn take(rest: &mut &[u8]) -> Option<Record> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&rest[..end]).unwrap();
    let mut words = line.splitn(5, ' ');
    let mut word = || words.next().unwrap();
    let (kind, inode, offset) = (word().to_owned(), word().parse().unwrap(), word().parse().unwrap());
    let (length, path) = (word().parse::<usize>().unwrap(), PathBuf::from(word()));
    let data = rest[end + 1..end + 1 + length].to_vec();
    *rest = &rest[end + 1 + length..];
    Some(Record { kind, inode, offset, path, data })
}

/// How many of these calls the layer counts.
pub fn counted(calls: &[Call]) -> usize {
    calls.iter().filter(|call| !matches!(call, Call::Say(_))).count()
}
