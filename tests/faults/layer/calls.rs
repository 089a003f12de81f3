//! The functions of the C library that change files. Each is result by the system call itself.

use std::ffi::{CStr, c_char, c_int, c_void};

use crate::plan::{Action, Layer, layer};

/// A call that counts: what it is, what it is about, and how it is result.
struct Call<'c> {
    kind: &'static str,
    path: Vec<u8>,
    fd: Option<c_int>,
    offset: i64,
    data: &'c [u8],
}

impl Call<'_> {
    /// Makes the call by the plan. `make` makes it, with so many bytes of its data.
    fn run(&self, layer: &mut Layer, make: impl Fn(usize) -> i64) -> i64 {
        let whole = self.data.len();
        let result = match layer.next() {
            Action::Nothing => make(whole),
            Action::KillBefore => die(),
            Action::KillIn => {
                // Only what has data has a middle.
                if whole > 1 {
                    make(whole / 2);
                    self.note(layer, whole / 2);
                }
                die()
            }
            Action::KillAfter => {
                make(whole);
                self.note(layer, whole);
                die()
            }
            Action::Fail(errno) => {
                set_errno(errno);
                return -1;
            }
            Action::Short => make(if whole > 1 { whole / 2 } else { whole }),
        };
        if result >= 0 {
            let written = if whole > 0 { usize::try_from(result).unwrap_or(whole).min(whole) } else { 0 };
            let errno = errno();
            self.note(layer, written);
            set_errno(errno);
        }
        result
    }

    fn note(&self, layer: &Layer, written: usize) {
        if let Some(log) = &layer.log {
            let inode = self.fd.map_or_else(|| inode_at(&self.path), inode_of);
            log.write(self.kind, inode, self.offset, &self.path, self.data.get(..written).unwrap_or_default());
        }
    }
}

fn die() -> ! {
    // SAFETY: neither call touches memory; the first ends the process.
    unsafe {
        libc::syscall(libc::SYS_kill, libc::syscall(libc::SYS_getpid), libc::SIGKILL);
        libc::_exit(137)
    }
}

fn errno() -> c_int {
    // SAFETY: the C library gives a valid pointer to the thread's own number.
    unsafe { *libc::__errno_location() }
}

fn set_errno(errno: c_int) {
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = errno }
}

/// The path of an open file.
fn path_of(fd: c_int) -> Vec<u8> {
    let link = format!("/proc/self/fd/{fd}\0");
    let mut path = vec![0_u8; 4096];
    // SAFETY: the link ends with a zero byte; the buffer is as long as said.
    let length =
        unsafe { libc::syscall(libc::SYS_readlinkat, libc::AT_FDCWD, link.as_ptr(), path.as_mut_ptr(), path.len()) };
    path.truncate(usize::try_from(length).unwrap_or(0));
    path
}

fn inode_of(fd: c_int) -> u64 {
    // SAFETY: all zeros are a valid `stat`, and the call fills it or fails.
    unsafe {
        let mut found: libc::stat = std::mem::zeroed();
        if libc::syscall(libc::SYS_fstat, fd, &raw mut found) == 0 { found.st_ino } else { 0 }
    }
}

fn inode_at(path: &[u8]) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::symlink_metadata(text(path)).map_or(0, |found| found.ino())
}

fn text(path: &[u8]) -> &std::ffi::OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(path)
}

/// The bytes of a path that the program passed.
///
/// # Safety
/// `path` is null or a string that ends with a zero byte.
unsafe fn bytes(path: *const c_char) -> Vec<u8> {
    if path.is_null() {
        return Vec::new();
    }
    // SAFETY: as the caller promises.
    unsafe { CStr::from_ptr(path) }.to_bytes().to_vec()
}

/// # Safety
/// As for `open` of the C library.
unsafe fn open_file(folder: c_int, path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int {
    // SAFETY: as the caller promises.
    let make = || unsafe { libc::syscall(libc::SYS_openat, folder, path, flags, mode) };
    // SAFETY: as the caller promises.
    let name = unsafe { bytes(path) };
    let mut layer = layer();
    let changes = flags & (libc::O_CREAT | libc::O_TRUNC | libc::O_WRONLY | libc::O_RDWR) != 0;
    if !layer.covers(&name) || !changes {
        return narrow(make());
    }
    let is_new = flags & libc::O_CREAT != 0 && inode_at(&name) == 0;
    let kind = match (is_new, flags & libc::O_TRUNC != 0) {
        (true, _) => "create",
        (false, true) => "empty",
        (false, false) => "open",
    };
    let call = Call { kind, path: name, fd: None, offset: 0, data: &[] };
    narrow(call.run(&mut layer, |_| make()))
}

fn narrow(result: i64) -> c_int {
    c_int::try_from(result).unwrap_or(-1)
}

/// # Safety
/// `data` has `count` bytes.
unsafe fn write_bytes(fd: c_int, data: *const c_void, count: usize, at: Option<i64>) -> isize {
    let make = |count: usize| -> i64 {
        // SAFETY: the data has at least so many bytes.
        unsafe {
            match at {
                Some(offset) => libc::syscall(libc::SYS_pwrite64, fd, data, count, offset),
                None => libc::syscall(libc::SYS_write, fd, data, count),
            }
        }
    };
    let mut layer = layer();
    let path = path_of(fd);
    // SAFETY: as the caller promises; null only comes with no bytes.
    let bytes = if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data.cast::<u8>(), count) } };
    let result = if layer.covers(&path) {
        // SAFETY: the call touches no memory.
        let here = || unsafe { libc::syscall(libc::SYS_lseek, fd, 0, libc::SEEK_CUR) };
        let call = Call { kind: "write", path, fd: Some(fd), offset: at.unwrap_or_else(here), data: bytes };
        call.run(&mut layer, make)
    } else {
        let result = make(count);
        if fd == 1
            && let (Some(log), Ok(said)) = (&layer.log, usize::try_from(result))
        {
            log.write("say", 0, 0, b"-", bytes.get(..said).unwrap_or_default());
        }
        result
    };
    isize::try_from(result).unwrap_or(-1)
}

fn sync(fd: c_int, number: libc::c_long) -> c_int {
    let slow = layer().slow;
    let path = path_of(fd);
    if slow > 0 && layer().covers(&path) {
        std::thread::sleep(std::time::Duration::from_millis(slow));
    }
    let mut layer = layer();
    // SAFETY: the call touches no memory.
    let make = || unsafe { libc::syscall(number, fd) };
    if !layer.covers(&path) {
        return narrow(make());
    }
    narrow(Call { kind: "sync", path, fd: Some(fd), offset: 0, data: &[] }.run(&mut layer, |_| make()))
}

fn truncate(fd: c_int, length: i64) -> c_int {
    let mut layer = layer();
    let path = path_of(fd);
    // SAFETY: the call touches no memory.
    let make = || unsafe { libc::syscall(libc::SYS_ftruncate, fd, length) };
    if !layer.covers(&path) {
        return narrow(make());
    }
    narrow(Call { kind: "truncate", path, fd: Some(fd), offset: length, data: &[] }.run(&mut layer, |_| make()))
}

/// A call about one path, or about two: the second is what is recorded as data, and is never cut short.
fn named(kind: &'static str, path: Vec<u8>, other: Option<Vec<u8>>, make: impl Fn() -> i64) -> c_int {
    let mut layer = layer();
    if !layer.covers(&path) {
        return narrow(make());
    }
    let call = Call { kind, path, fd: None, offset: 0, data: &[] };
    let before = inode_at(&call.path);
    let result = call.run(&mut layer, |_| make());
    if let (true, Some(log), Some(other)) = (result >= 0, &layer.log, other) {
        log.write("to", before, 0, &other, &[]);
    }
    narrow(result)
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int {
    // SAFETY: as the caller promises.
    unsafe { open_file(libc::AT_FDCWD, path, flags, mode) }
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: libc::mode_t) -> c_int {
    // SAFETY: as the caller promises.
    unsafe { open_file(libc::AT_FDCWD, path, flags, mode) }
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(fd: c_int, data: *const c_void, count: usize) -> isize {
    // SAFETY: as the caller promises.
    unsafe { write_bytes(fd, data, count, None) }
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite(fd: c_int, data: *const c_void, count: usize, offset: i64) -> isize {
    // SAFETY: as the caller promises.
    unsafe { write_bytes(fd, data, count, Some(offset)) }
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(fd: c_int, data: *const c_void, count: usize, offset: i64) -> isize {
    // SAFETY: as the caller promises.
    unsafe { write_bytes(fd, data, count, Some(offset)) }
}

#[unsafe(no_mangle)]
pub extern "C" fn fsync(fd: c_int) -> c_int {
    sync(fd, libc::SYS_fsync)
}

#[unsafe(no_mangle)]
pub extern "C" fn fdatasync(fd: c_int) -> c_int {
    sync(fd, libc::SYS_fdatasync)
}

#[unsafe(no_mangle)]
pub extern "C" fn ftruncate(fd: c_int, length: i64) -> c_int {
    truncate(fd, length)
}

#[unsafe(no_mangle)]
pub extern "C" fn ftruncate64(fd: c_int, length: i64) -> c_int {
    truncate(fd, length)
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    // SAFETY: as the caller promises.
    let (name, make) = unsafe { (bytes(path), || libc::syscall(libc::SYS_unlinkat, libc::AT_FDCWD, path, 0)) };
    named("unlink", name, None, make)
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    // SAFETY: as the caller promises.
    let (name, other) = unsafe { (bytes(from), bytes(to)) };
    let folder = libc::AT_FDCWD;
    // SAFETY: as the caller promises.
    named("rename", name, Some(other), || unsafe { libc::syscall(libc::SYS_renameat2, folder, from, folder, to, 0) })
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn linkat(
    from_folder: c_int,
    from: *const c_char,
    to_folder: c_int,
    to: *const c_char,
    flags: c_int,
) -> c_int {
    // SAFETY: as the caller promises.
    let (name, other) = unsafe { (bytes(from), bytes(to)) };
    // SAFETY: as the caller promises.
    let make = || unsafe { libc::syscall(libc::SYS_linkat, from_folder, from, to_folder, to, flags) };
    named("link", name, Some(other), make)
}

/// # Safety
/// As for the C library's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mkdir(path: *const c_char, mode: libc::mode_t) -> c_int {
    // SAFETY: as the caller promises.
    let name = unsafe { bytes(path) };
    // SAFETY: as the caller promises.
    named("mkdir", name, None, || unsafe { libc::syscall(libc::SYS_mkdirat, libc::AT_FDCWD, path, mode) })
}

/// Copies inside the system are not to be had: what is copied has to pass through `write`, where it is seen.
#[unsafe(no_mangle)]
pub extern "C" fn copy_file_range(
    _: c_int,
    _: *mut i64,
    _: c_int,
    _: *mut i64,
    _: usize,
    _: std::ffi::c_uint,
) -> isize {
    set_errno(libc::ENOSYS);
    -1
}

/// As for `copy_file_range`.
#[unsafe(no_mangle)]
pub extern "C" fn sendfile64(_: c_int, _: c_int, _: *mut i64, _: usize) -> isize {
    set_errno(libc::ENOSYS);
    -1
}
