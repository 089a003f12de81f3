//! The record of calls, written by system calls that are not counted themselves.

use std::ffi::{CString, c_int};

/// The file with the record.
pub struct Log(c_int);

impl Log {
    pub fn open(path: &str) -> Option<Self> {
        let path = CString::new(path).ok()?;
        let flags = libc::O_WRONLY | libc::O_CREAT | libc::O_APPEND | libc::O_CLOEXEC;
        // SAFETY: the path is a string that ends with a zero byte, and lives until the call returns.
        let fd = unsafe { libc::syscall(libc::SYS_openat, libc::AT_FDCWD, path.as_ptr(), flags, 0o600) };
        c_int::try_from(fd).ok().filter(|fd| *fd >= 0).map(Self)
    }

    /// Appends a record in one call, so that a kill leaves it whole or not at all.
    pub fn write(&self, kind: &str, inode: u64, offset: i64, path: &[u8], data: &[u8]) {
        let mut record = format!("{kind} {inode} {offset} {} ", data.len()).into_bytes();
        record.extend_from_slice(path);
        record.push(b'\n');
        record.extend_from_slice(data);
        // SAFETY: pointer and length are those of the record, which lives until the call returns.
        unsafe { libc::syscall(libc::SYS_write, self.0, record.as_ptr(), record.len()) };
    }
}
