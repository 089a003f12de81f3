//! What the home screen and the chooser of practice have in common: help, a message, the mouse, and how a list of rows
//! is put on the screen.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Position;

use crate::tui::areas::{Side, areas, is_too_small, words_width};
use crate::tui::event_loop::Flow;
use crate::tui::footer::Footer;
use crate::tui::header::Header;
use crate::tui::keys::{self, Action, Context};
use crate::tui::layout::{ScreenLayout, Surroundings};
use crate::tui::number_field::NumberField;
use crate::tui::options::{Mouse, Options};
use crate::tui::overlay::help::Help;
use crate::tui::page::Page;
use crate::tui::scroll::{Movement, Scroll};
use crate::tui::status::Status;
use crate::tui::theme::Theme;
use crate::tui::too_small;
use examroom_app::view::ending::Departure;

/// What is around a list of rows.
pub struct Desk {
    pub theme: Theme,
    pub mouse: Mouse,
    pub status: Status,
    pub help: Option<Help>,
    layout: ScreenLayout,
}

/// Which row of a list the keys act on, and what of the list is on the screen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointer {
    pub row: usize,
    pub scroll: Scroll,
}

impl Pointer {
    /// Moves from row to row. At the first and the last one, what stands before and after them comes on the screen.
    pub fn travel(&mut self, movement: Movement, desk: &Desk) {
        let seen = desk.layout.seen();
        let stops = &seen.page.stops;
        let (before, last) = (self.row, stops.len().saturating_sub(1));
        self.row = self.row.saturating_add_signed(movement.steps(seen.rows)).min(last);
        match stops.get(self.row) {
            Some(stop) if self.row != before => self.scroll.show(&around(stop, self.row, last, seen.page), seen.rows),
            _ => self.scroll.by(movement.steps(seen.rows)),
        }
    }
}

/// A row with what belongs to it: before the first and after the last, everything.
fn around(stop: &Range<usize>, row: usize, last: usize, page: &Page) -> Range<usize> {
    let start = if row == 0 { 0 } else { stop.start };
    let end = if row == last { page.lines.len() } else { stop.end };
    if end - start > stop.len() + 12 { stop.clone() } else { start..end }
}

impl Desk {
    pub fn new(options: Options) -> Self {
        Self {
            theme: Theme::new(options.color),
            mouse: options.mouse,
            status: Status::default(),
            help: None,
            layout: ScreenLayout::default(),
        }
    }

    /// Does what a key asks for on every such screen; `None` if it is the screen's own.
    pub fn act(&mut self, action: Action, context: Context) -> Option<Flow> {
        match (context, action) {
            (_, Action::Leave) => return Some(Flow::End(Departure::Left)),
            (_, Action::Suspend) => return Some(Flow::Suspend),
            (_, Action::Redraw) => return Some(Flow::Redraw),
            (_, Action::Mouse) => {
                self.mouse = self.mouse.turned();
                self.status.say(self.mouse.announcement());
            }
            (_, Action::Help) => self.help = Some(Help::new(context, &[])),
            (Context::Help, Action::Move(movement)) => {
                let rows = self.layout.seen().rows;
                if let Some(help) = &mut self.help {
                    help.scroll_mut().by(movement.steps(rows));
                }
            }
            (Context::Help, _) => self.help = None,
            _ => return None,
        }
        Some(Flow::Draw)
    }

    /// The row of the list at a place of the screen.
    pub fn row_at(&self, at: Position) -> Option<usize> {
        if self.help.is_some() || !self.layout.is_on_page(at) {
            return None;
        }
        self.layout.stop_at(at).map(|(stop, _)| stop)
    }

    pub fn wheel(&mut self, pointer: &mut Pointer, lines: isize) -> Flow {
        match &mut self.help {
            Some(help) => help.scroll_mut().by(lines),
            None => pointer.scroll.by(lines),
        }
        Flow::Draw
    }

    /// Draws a page with what is around it.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        title: &str,
        context: Context,
        typed: Option<(&'static str, &NumberField)>,
        pointer: &mut Pointer,
        page: impl FnOnce(u16, Theme) -> Page,
    ) {
        let (window, theme) = (frame.area(), self.theme);
        if is_too_small(window) {
            too_small::draw(frame.buffer_mut(), window, None, theme);
            return;
        }
        let mut messages = self.status.lines(None, words_width(window), theme);
        if let Some((prompt, field)) = typed {
            messages.extend(field.lines(prompt, usize::from(window.width), theme));
        }
        let areas = areas(window, messages.len(), Side::Free);
        let title = if self.help.is_some() { "Help" } else { title };
        let header = Header { title: title.to_owned(), ..Header::default() };
        let footer = Footer::new(keys::footer(context, |_| true), None, theme);
        let around = Surroundings { header, messages, footer, ..Surroundings::default() };
        let width = areas.body.width;
        let page = self.help.as_ref().map_or_else(|| page(width, theme), |help| help.page(width, theme));
        let mut layout = ScreenLayout::new(areas, page.into(), around);
        layout.settle(match &mut self.help {
            Some(help) => help.scroll_mut(),
            None => &mut pointer.scroll,
        });
        layout.draw(frame.buffer_mut(), theme);
        self.layout = layout;
    }
}
