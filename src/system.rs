//! What differs from system to system: signals. Everything else of the program is the same everywhere.

/// What the system asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// To end.
    End,
    /// To end, for the terminal is gone.
    HangUp,
    /// To stop for a while.
    Stop,
    /// It was stopped by force, and goes on; the terminal may have changed.
    GoneOn,
}

pub use imp::{Signals, stop};

#[cfg(unix)]
mod imp {
    use std::io;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::flag;
    use signal_hook::low_level::emulate_default_handler;

    use super::Ask;

    struct Flags {
        /// Outside a sitting the signals do what they always do.
        outside: Arc<AtomicBool>,
        asked: [(Ask, Arc<AtomicBool>); 4],
    }

    /// Handlers cannot be taken back to what they were, so they are set once and told when they hold.
    static FLAGS: OnceLock<Option<Flags>> = OnceLock::new();

    fn register() -> io::Result<Flags> {
        let outside = Arc::new(AtomicBool::new(true));
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGTSTP] {
            flag::register_conditional_default(signal, Arc::clone(&outside))?;
        }
        let asked = [Ask::End, Ask::HangUp, Ask::Stop, Ask::GoneOn].map(|ask| (ask, Arc::new(AtomicBool::new(false))));
        for (ask, asked) in &asked {
            let signals: &[_] = match ask {
                Ask::End => &[SIGTERM, SIGINT],
                Ask::HangUp => &[SIGHUP],
                Ask::Stop => &[SIGTSTP],
                Ask::GoneOn => &[SIGCONT],
            };
            for signal in signals {
                flag::register(*signal, Arc::clone(asked))?;
            }
        }
        Ok(Flags { outside, asked })
    }

    /// The signals that arrive while this lives.
    pub struct Signals {
        flags: Option<&'static Flags>,
    }

    impl Signals {
        #[must_use]
        pub fn watch() -> Self {
            let flags = FLAGS.get_or_init(|| register().ok()).as_ref();
            if let Some(flags) = flags {
                for (_, asked) in &flags.asked {
                    asked.store(false, SeqCst);
                }
                flags.outside.store(false, SeqCst);
            }
            Self { flags }
        }

        /// What has been asked since the last look; the most urgent first.
        #[must_use]
        pub fn asked(&self) -> Option<Ask> {
            let flags = self.flags?;
            flags.asked.iter().find(|(_, asked)| asked.swap(false, SeqCst)).map(|(ask, _)| *ask)
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
    pub fn stop() -> io::Result<()> {
        emulate_default_handler(SIGTSTP)?;
        if let Some(Some(flags)) = FLAGS.get() {
            for (ask, asked) in &flags.asked {
                if matches!(ask, Ask::Stop | Ask::GoneOn) {
                    asked.store(false, SeqCst);
                }
            }
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io;

    use super::Ask;

    /// There are no signals to watch for.
    pub struct Signals;

    impl Signals {
        #[must_use]
        pub fn watch() -> Self {
            Self
        }

        #[must_use]
        pub fn asked(&self) -> Option<Ask> {
            None
        }
    }

    /// There is no stopping; the program goes on at once.
    ///
    /// # Errors
    /// Never.
    pub fn stop() -> io::Result<()> {
        Ok(())
    }
}
