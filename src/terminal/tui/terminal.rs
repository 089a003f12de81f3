//! Taking the terminal over and giving it back as it was, on every way out: at the end, on an error, on a panic, and
//! while the program is suspended.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::options::Mouse;

/// The terminal as ratatui draws on it.
pub type Canvas = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

#[expect(clippy::disallowed_methods, reason = "the frames go there, and `tui::screen::put` makes their text safe")]
fn stdout() -> Stdout {
    io::stdout()
}

/// Whether the screen is taken over.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// The thread that draws: only its panic ends the program.
static DRAWS: Mutex<Option<ThreadId>> = Mutex::new(None);

/// The screen, taken over for as long as this lives.
pub struct TerminalScreen {
    /// Never dropped: ratatui's own farewell shows the cursor, which [`give_back`] does, and where the terminal is gone it
    /// tells of its failure on a standard error that is gone as well, which panics.
    pub canvas: ManuallyDrop<Canvas>,
}

impl TerminalScreen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When it is none, or does not take the settings; it is left as it was.
    pub fn enter(mouse: Mouse) -> io::Result<Self> {
        hook_panics();
        *DRAWS.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread::current().id());
        take(mouse)?;
        let canvas = Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout())));
        match canvas {
            Ok(canvas) => Ok(Self { canvas: ManuallyDrop::new(canvas) }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }
}

impl Drop for TerminalScreen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Sets the terminal up. What was set is taken back if the rest fails.
///
/// # Errors
/// When the terminal does not take it.
pub fn take(mouse: Mouse) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let set = execute!(stdout(), EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, Hide)
        .and_then(|()| give_mouse(mouse));
    if set.is_err() {
        give_back();
    }
    set
}

/// Takes the mouse, or leaves it to the terminal.
///
/// # Errors
/// When the terminal does not take it.
pub fn give_mouse(to: Mouse) -> io::Result<()> {
    match to {
        Mouse::Exam => execute!(stdout(), EnableMouseCapture),
        Mouse::Terminal => execute!(stdout(), DisableMouseCapture),
    }
}

/// Gives the terminal back. Harmless when it was not taken; a dead terminal's errors do not matter any more.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
        let _ = stdout().flush();
        let _ = disable_raw_mode();
    }
}

/// Whether the terminal still answers. After its window is closed it does not.
#[must_use]
pub fn is_alive() -> bool {
    // Only these ask the system: on Windows crossterm cannot tell the size in pixels, and elsewhere it guesses the other.
    if cfg!(windows) { terminal::size().is_ok() } else { terminal::window_size().is_ok() }
}

/// Gives the terminal back before a panic is told, so that its message can be read.
fn hook_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let draws = DRAWS.lock().map(|draws| *draws).unwrap_or_default();
            if draws == Some(thread::current().id()) {
                give_back();
            }
            if !TAKEN.load(Ordering::SeqCst) {
                before(info);
            }
        }));
    });
}
