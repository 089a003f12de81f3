//! What differs by operating system: being asked to end.

pub use imp::Interrupts;

#[cfg(unix)]
mod imp {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    /// Remembers that somebody asked the program to end (Ctrl-C, a closed terminal, a shutdown), so that a loop can
    /// leave the sitting in order. A second Ctrl-C ends the program at once; nothing is lost by that either.
    #[derive(Clone, Debug)]
    pub struct Interrupts(Arc<AtomicBool>);

    impl Interrupts {
        #[must_use]
        pub fn watch() -> Self {
            let asked = Arc::new(AtomicBool::new(false));
            for signal in [SIGINT, SIGTERM, SIGHUP] {
                // Order matters: the first signal finds the flag unset and sets it, the second ends the program.
                // A signal that cannot be watched keeps its usual meaning, which is to end the program.
                let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&asked));
                let _ = signal_hook::flag::register(signal, Arc::clone(&asked));
            }
            Self(asked)
        }

        #[must_use]
        pub fn asked_to_end(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }
    }
}

#[cfg(not(unix))]
mod imp {
    /// Elsewhere Ctrl-C ends the program at once; what was acknowledged is on disk.
    #[derive(Clone, Debug)]
    pub struct Interrupts;

    impl Interrupts {
        #[must_use]
        pub fn watch() -> Self {
            Self
        }

        #[must_use]
        pub fn asked_to_end(&self) -> bool {
            false
        }
    }
}
