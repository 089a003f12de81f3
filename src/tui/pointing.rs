//! Moving through what is on the screen: scrolling, pointing, and the mouse.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::app::{App, Moment};
use super::flow::Scroll;
use super::keys::{Action, Context};
use super::layout::Main;
use super::overlay::{Effect, Overlay};
use super::screen::confirm;
use crate::session::Session;

impl App {
    /// Moves through the page; on lists and choices, from one to the next.
    pub(super) fn scroll(&mut self, action: Action, session: &Session) {
        let main = self.laid.main;
        let rows = self.laid.rows();
        let page = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
        if self.on_shelf && self.context(session) == Context::Shelf && self.laid.side.is_some() {
            let rows = self.laid.side_areas().1.height;
            if let Some(open) = &mut self.shelf {
                move_by(&mut open.scroll, action, isize::try_from(rows.max(2) - 1).unwrap_or(1));
            }
            return;
        }
        let typing = self.context(session).is_typing();
        match (main, action) {
            (Main::Review, _) => self.scroll_list(action, page),
            (Main::Question, Action::Down) if !typing => self.point_down(),
            (Main::Question, Action::Up) if !typing => self.point_up(),
            _ => move_by(self.main_scroll(main), action, page),
        }
    }

    fn scroll_list(&mut self, action: Action, page: isize) {
        let by = match action {
            Action::Down => 1,
            Action::Up => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::Top => isize::MIN / 2,
            _ => isize::MAX / 2,
        };
        let last = self.laid.page.stops.len().saturating_sub(1);
        self.listing.pointed = self.listing.pointed.saturating_add_signed(by).min(last);
        let rows = self.laid.rows();
        if let Some(stop) = self.laid.page.stops.get(self.listing.pointed) {
            self.listing.scroll.show(stop, rows);
        }
    }

    /// Down: to the next choice if it is on the screen, else a line further in the text.
    fn point_down(&mut self) {
        let rows = self.laid.rows();
        let next = self.looking.pointed.map_or(0, |pointed| pointed + 1);
        let at_end = self.looking.scroll.top + rows >= self.laid.page.lines.len();
        match self.laid.page.stops.get(next) {
            Some(stop) if at_end || self.looking.scroll.shows(stop, rows) => {
                self.looking.pointed = Some(next);
                self.looking.scroll.show(stop, rows);
            }
            _ => self.looking.scroll.by(1),
        }
    }

    fn point_up(&mut self) {
        let rows = self.laid.rows();
        let before = self.looking.pointed.and_then(|pointed| pointed.checked_sub(1));
        match before.and_then(|before| Some((before, self.laid.page.stops.get(before)?))) {
            Some((before, stop)) if self.looking.scroll.shows(stop, rows) => self.looking.pointed = Some(before),
            _ => {
                if self.looking.scroll.top == 0 || before.is_none() {
                    self.looking.pointed = None;
                }
                self.looking.scroll.by(-1);
            }
        }
    }

    /// What the mouse does; `false` where it changes nothing.
    pub fn mouse(&mut self, mouse: MouseEvent, moment: Moment<'_>) -> Option<Vec<Effect>> {
        let at = Position { x: mouse.column, y: mouse.row };
        let on_side = self.laid.side.is_some() && self.laid.areas.side.is_some_and(|side| side.contains(at));
        let main = self.laid.main;
        match mouse.kind {
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                let by = if mouse.kind == MouseEventKind::ScrollDown { 3 } else { -3 };
                match &mut self.shelf {
                    Some(open) if on_side => open.scroll.by(by),
                    _ => self.main_scroll(main).by(by),
                }
                Some(Vec::new())
            }
            MouseEventKind::Down(button) => {
                if self.laid.side.is_some() && self.stack.is_empty() {
                    self.on_shelf = on_side;
                }
                if on_side || !self.laid.text().contains(at) {
                    return Some(Vec::new());
                }
                let line = usize::from(at.y - self.laid.text().y) + self.main_scroll(main).top;
                let stop = self.laid.page.stop_at(line)?;
                Some(self.click(button, stop, at.x - self.laid.text().x, moment))
            }
            _ => None,
        }
    }

    fn click(&mut self, button: MouseButton, stop: usize, column: u16, moment: Moment<'_>) -> Vec<Effect> {
        self.word = None;
        match self.laid.main {
            Main::Question if self.stack.is_empty() => {
                self.looking.striking = false;
                if button == MouseButton::Left {
                    self.act(Action::Choose(stop), Context::Question, moment)
                } else {
                    self.strike(stop, moment.session)
                }
            }
            Main::Review if self.stack.is_empty() => {
                self.listing.pointed = stop;
                self.act(Action::Open, Context::Review, moment)
            }
            Main::Over(_) => {
                let stops = self.laid.page.stops.len();
                if let Some(Overlay::Confirm { asking, button, .. }) = self.stack.last_mut() {
                    *button = confirm::button_at(asking, stop, stops, column);
                    return self.act(Action::Accept, Context::Confirm, moment);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

pub(super) fn move_by(scroll: &mut Scroll, action: Action, page: isize) {
    match action {
        Action::Down => scroll.by(1),
        Action::Up => scroll.by(-1),
        Action::PageDown => scroll.by(page),
        Action::PageUp => scroll.by(-page),
        Action::Top => scroll.top = 0,
        Action::Bottom => scroll.top = usize::MAX / 2,
        _ => {}
    }
}
