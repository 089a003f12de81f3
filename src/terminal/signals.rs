//! Signals, which Windows does not have.
//!
//! What else differs there, all of it:
//! - Ctrl-C is a key on the full screen, and at the prompt it ends the program, as closing the window does in both. That is
//!   a kill: what was called saved is saved, and the next start continues.
//! - Whether the window is still there is asked in another way (`tui::terminal`), and a double click opens a window that
//!   closes with the program (the command line's `window`).
//! - A key is reported when it is pressed and when it is released; only the first counts (`tui`).
//! - A file's lock (the store's `attempt_lock`) keeps others from reading it too. So a file of its own is locked, in which
//!   nothing stands. A file that is open cannot be renamed: the store is closed before it is moved aside.
//! - Time zones come with the program, for the system has no files of them (`app`'s `live::zone`), and the steady clock
//!   runs on while the machine sleeps, which counts as a program that stood still (`live::clock`).
//! - Paths have other separators. The shipped banks' names have `/` everywhere, as the build script writes them.

/// What the system tells the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end.
    Terminate,
    /// To end, for the terminal is gone.
    HangUp,
    /// To stop for a while.
    Suspend,
    /// It was stopped by force, and goes on; the terminal may have changed.
    Resumed,
}

pub use imp::{Signals, suspend};

#[cfg(unix)]
mod imp {
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::flag;
    use signal_hook::low_level::emulate_default_handler;

    use super::Signal;

    struct Flags {
        /// Outside a sitting the signals do what they always do.
        outside: Arc<AtomicBool>,
        /// A flag for each signal, by its number.
        pending: [(Signal, i32, Arc<AtomicBool>); 5],
    }

    /// Handlers cannot be taken back to what they were, so they are set once and told when they hold.
    static FLAGS: OnceLock<Option<Flags>> = OnceLock::new();

    fn register() -> io::Result<Flags> {
        let outside = Arc::new(AtomicBool::new(true));
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGTSTP] {
            flag::register_conditional_default(signal, Arc::clone(&outside))?;
        }
        let pending = [
            (Signal::Terminate, SIGTERM),
            (Signal::Terminate, SIGINT),
            (Signal::HangUp, SIGHUP),
            (Signal::Suspend, SIGTSTP),
            (Signal::Resumed, SIGCONT),
        ]
        .map(|(signal, number)| (signal, number, Arc::new(AtomicBool::new(false))));
        for (_, number, pending) in &pending {
            flag::register(*number, Arc::clone(pending))?;
        }
        Ok(Flags { outside, pending })
    }

    /// The signals that arrive while this lives.
    pub struct Signals {
        flags: Option<&'static Flags>,
    }

    impl Signals {
        /// Takes the signals from here on; those that came before are not told.
        #[must_use]
        pub fn watch() -> Self {
            let flags = FLAGS.get_or_init(|| register().ok()).as_ref();
            if let Some(flags) = flags {
                for (_, _, pending) in &flags.pending {
                    pending.store(false, SeqCst);
                }
                flags.outside.store(false, SeqCst);
            }
            Self { flags }
        }

        /// What has been pending since the last look; the most urgent first.
        #[must_use]
        pub fn pending(&self) -> Option<Signal> {
            let flags = self.flags?;
            flags.pending.iter().find(|(_, _, pending)| pending.swap(false, SeqCst)).map(|(signal, ..)| *signal)
        }

        /// Whether the program has been told to end; the signal stays pending.
        #[must_use]
        pub fn is_ending(&self) -> bool {
            self.end().is_some()
        }

        /// Ends the program by the signal that told it to end, so that whoever started it sees how it ended; does nothing
        /// where there was none.
        pub fn obey(&self) {
            if let Some(number) = self.end() {
                let _ = emulate_default_handler(number);
            }
        }

        fn end(&self) -> Option<i32> {
            let ends = |signal| matches!(signal, Signal::Terminate | Signal::HangUp);
            let mut pending = self.flags?.pending.iter();
            pending.find(|(signal, _, pending)| ends(*signal) && pending.load(SeqCst)).map(|(_, number, _)| *number)
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            if let Some(flags) = self.flags {
                flags.outside.store(true, SeqCst);
            }
        }
    }

    /// Stops the program; comes back when it is continued.
    ///
    /// # Errors
    /// When the system does not do it.
    pub fn suspend() -> io::Result<()> {
        emulate_default_handler(SIGTSTP)?;
        if let Some(Some(flags)) = FLAGS.get() {
            for (signal, _, pending) in &flags.pending {
                if matches!(signal, Signal::Suspend | Signal::Resumed) {
                    pending.store(false, SeqCst);
                }
            }
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io;

    use super::Signal;

    /// There are no signals to watch for.
    pub struct Signals;

    impl Signals {
        /// Watches for nothing.
        #[must_use]
        pub fn watch() -> Self {
            Self
        }

        /// Never any.
        #[must_use]
        pub fn pending(&self) -> Option<Signal> {
            None
        }

        /// Never.
        #[must_use]
        pub fn is_ending(&self) -> bool {
            false
        }

        /// Does nothing, for no signal told the program to end.
        pub fn obey(&self) {}
    }

    /// There is no stopping; the program goes on at once.
    ///
    /// # Errors
    /// Never.
    pub fn suspend() -> io::Result<()> {
        Ok(())
    }
}
