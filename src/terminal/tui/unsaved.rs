//! The screen of somebody who leaves while the disk is still behind: it waits for a while, and then asks.

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{Event, KeyEvent, KeyEventKind};

use super::areas::{Side, areas, is_too_small, words_width};
use super::event_loop::{Flow, SAVING, Screen};
use super::footer::Footer;
use super::header::Header;
use super::keys::{self, Action, Context};
use super::layout::{ScreenLayout, Surroundings};
use super::line_editor::{Edit, LineEditor};
use super::options::{Mouse, Options};
use super::overlay::help::Help;
use super::page::Page;
use super::scroll::Scroll;
use super::status::Status;
use super::text_lines::paragraph;
use super::theme::Theme;
use super::too_small;
use super::typed_line::typed_line;
use examroom_app::live::{GRACE, LeftSession};
use examroom_app::view::ending::{Departure, Durability, leaving_now, still_waiting, waiting, written_elsewhere};
use examroom_core::text::counted;

/// What the screen does.
enum Stage {
    /// Waits until then, without asking.
    Waiting(Instant),
    Asking,
    /// The name of a file is typed.
    Naming(LineEditor),
}

/// A session that was left and is not saved.
pub struct UnsavedScreen<'l> {
    left: &'l LeftSession,
    stage: Stage,
    durability: Durability,
    /// The seconds of the wait that were shown last.
    second: u64,
    status: Status,
    help: Option<Help>,
    scroll: Scroll,
    theme: Theme,
    mouse: Mouse,
}

impl<'l> UnsavedScreen<'l> {
    #[must_use]
    pub fn new(left: &'l LeftSession, options: Options) -> Self {
        Self {
            left,
            stage: Stage::wait(),
            durability: left.durability(),
            second: GRACE.as_secs(),
            status: Status::default(),
            help: None,
            scroll: Scroll::default(),
            theme: Theme::new(options.color),
            mouse: options.mouse,
        }
    }

    fn context(&self) -> Context {
        match self.stage {
            _ if self.help.is_some() => Context::Help,
            Stage::Naming(_) => Context::FileName,
            Stage::Waiting(_) | Stage::Asking => Context::Unsaved,
        }
    }

    fn press(&mut self, key: KeyEvent) -> Flow {
        let action = keys::action(key, self.context(), 0);
        match (&mut self.stage, action) {
            (_, Some(Action::Suspend)) => return Flow::Suspend,
            (_, Some(Action::Redraw)) => return Flow::Redraw,
            (_, Some(_)) if self.help.is_some() => self.help = None,
            (_, Some(Action::Help)) => self.help = Some(Help::new(Context::Unsaved, &[])),
            (_, Some(Action::Mouse)) => self.mouse = self.mouse.turned(),
            (_, Some(Action::Wait)) => self.stage = Stage::wait(),
            (_, Some(Action::WriteFile)) => {
                let name = format!("examroom-attempt-{}.txt", self.left.id());
                self.stage = Stage::Naming(LineEditor::new(&name));
            }
            // What was typed in haste before the screen came never leaves anything behind.
            (Stage::Waiting(_), Some(Action::Leave)) => {}
            (_, Some(Action::Leave)) => return Flow::End(Departure::Left),
            (Stage::Naming(line), Some(Action::Accept)) => {
                let file = line.text();
                self.status.say(match self.left.write_to(Path::new(&file)) {
                    Ok(()) => written_elsewhere(Path::new(&file)),
                    Err(error) => format!("{file} could not be written: {error}."),
                });
                self.stage = Stage::Asking;
            }
            (Stage::Naming(_), Some(Action::Close)) => self.stage = Stage::Asking,
            (Stage::Naming(line), None) => {
                if let Some(edit) = Edit::of(key) {
                    line.apply(edit);
                }
            }
            _ => return Flow::Idle,
        }
        Flow::Draw
    }

    fn page(&self, width: u16) -> Page {
        if let Some(help) = &self.help {
            return help.page(width, self.theme);
        }
        let width = usize::from(width);
        let mut page = Page::default();
        let mut say = |text: &str, style| {
            page.extend(paragraph(text, style, width));
            page.blank();
        };
        match self.stage {
            Stage::Waiting(_) => {
                say(&waiting(&self.durability, GRACE), self.theme.text());
                let left = counted(usize::try_from(self.second).unwrap_or(usize::MAX), "second");
                say(&format!("{left} left. The screen closes when everything is saved."), self.theme.quiet());
            }
            Stage::Asking | Stage::Naming(_) => {
                say(&still_waiting(&self.durability), self.theme.alarm());
                say("Saving is still retried. w waits once more.", self.theme.text());
                say("s writes the whole attempt into a file of yours.", self.theme.text());
                say(&format!("q leaves. {}", leaving_now(self.durability.unsaved)), self.theme.text());
            }
        }
        page
    }
}

impl Stage {
    #[expect(clippy::disallowed_methods, reason = "bounds a wait for the disk, outside any sitting's time")]
    fn wait() -> Self {
        Self::Waiting(Instant::now() + GRACE)
    }
}

impl Screen for UnsavedScreen<'_> {
    fn handle(&mut self, event: &Event) -> Flow {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                self.status.clear();
                self.press(*key)
            }
            Event::Resize(..) => Flow::Draw,
            _ => Flow::Idle,
        }
    }

    #[expect(clippy::disallowed_methods, reason = "bounds a wait for the disk, outside any sitting's time")]
    fn tick(&mut self) -> Flow {
        let durability = self.left.durability();
        if durability.saved.is_final() {
            return Flow::End(Departure::Left);
        }
        let mut changed = std::mem::replace(&mut self.durability, durability) != self.durability;
        if let Stage::Waiting(until) = self.stage {
            let left = until.saturating_duration_since(Instant::now());
            let second = u64::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u64::MAX);
            changed |= std::mem::replace(&mut self.second, second) != second;
            if left.is_zero() {
                self.stage = Stage::Asking;
                changed = true;
            }
        }
        if changed { Flow::Draw } else { Flow::Idle }
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        let (window, theme) = (frame.area(), self.theme);
        if is_too_small(window) {
            too_small::draw(frame.buffer_mut(), window, None, theme);
            return;
        }
        let mut messages = self.status.lines(None, words_width(window), theme);
        if let Stage::Naming(line) = &self.stage {
            messages.extend(typed_line("File: ", line, usize::from(window.width), theme));
        }
        let areas = areas(window, messages.len(), Side::Free);
        let title = if self.help.is_some() { "Help" } else { "Saving your answers" };
        let header = Header { title: title.to_owned(), ..Header::default() };
        let offered = |action| !(matches!(self.stage, Stage::Waiting(_)) && matches!(action, Action::Leave));
        let footer = Footer::new(keys::footer(self.context(), offered), Some(&self.durability.saved), theme);
        let around = Surroundings { header, messages, footer, ..Surroundings::default() };
        let mut layout = ScreenLayout::new(areas, self.page(areas.body.width).into(), around);
        layout.settle(&mut self.scroll);
        layout.draw(frame.buffer_mut(), theme);
    }

    fn sleep(&self) -> Duration {
        SAVING
    }

    fn mouse(&self) -> Mouse {
        self.mouse
    }
}
