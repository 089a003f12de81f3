//! Moving through what is on the screen: scrolling, pointing, and the mouse.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::app::{App, Snapshot};
use super::keys::{Action, Context};
use super::layout::Main;
use super::overlay::{Effect, Overlay};
use super::screen::confirm;
use super::scroll::Movement;
use examroom_core::session::Session;

impl App {
    /// Moves through the page; on lists and choices, from one to the next.
    pub(super) fn scroll(&mut self, movement: Movement, session: &Session) {
        let main = self.layout.main;
        let rows = self.layout.rows();
        if self.on_shelf && self.context(session) == Context::Shelf && self.layout.side.is_some() {
            let rows = usize::from(self.layout.side_areas().1.height);
            if let Some(open) = &mut self.shelf {
                open.scroll.by(movement.steps(rows));
            }
            return;
        }
        match (main, movement) {
            (Main::Review, _) => self.scroll_list(movement.steps(rows)),
            (Main::Question, Movement::Down) => self.point_down(),
            (Main::Question, Movement::Up) => self.point_up(),
            _ => self.main_scroll(main).by(movement.steps(rows)),
        }
    }

    fn scroll_list(&mut self, by: isize) {
        let last = self.layout.page.stops.len().saturating_sub(1);
        self.review.pointed = self.review.pointed.saturating_add_signed(by).min(last);
        let rows = self.layout.rows();
        if let Some(stop) = self.layout.page.stops.get(self.review.pointed) {
            self.review.scroll.show(stop, rows);
        }
    }

    /// Down: to the next choice if it is on the screen, else a line further in the text.
    fn point_down(&mut self) {
        let rows = self.layout.rows();
        let next = self.question.pointed.map_or(0, |pointed| pointed + 1);
        let at_end = self.question.scroll.top + rows >= self.layout.page.lines.len();
        match self.layout.page.stops.get(next) {
            Some(stop) if at_end || self.question.scroll.shows(stop, rows) => {
                self.question.pointed = Some(next);
                self.question.scroll.show(stop, rows);
            }
            _ => self.question.scroll.by(1),
        }
    }

    fn point_up(&mut self) {
        let rows = self.layout.rows();
        let before = self.question.pointed.and_then(|pointed| pointed.checked_sub(1));
        match before.and_then(|before| Some((before, self.layout.page.stops.get(before)?))) {
            Some((before, stop)) if self.question.scroll.shows(stop, rows) => self.question.pointed = Some(before),
            _ => {
                if self.question.scroll.top == 0 || before.is_none() {
                    self.question.pointed = None;
                }
                self.question.scroll.by(-1);
            }
        }
    }

    /// What the mouse does; `false` where it changes nothing.
    pub fn mouse(&mut self, mouse: MouseEvent, snapshot: Snapshot<'_>) -> Option<Vec<Effect>> {
        let at = Position { x: mouse.column, y: mouse.row };
        let on_side = self.layout.side.is_some() && self.layout.areas.side.is_some_and(|side| side.contains(at));
        let main = self.layout.main;
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
                if self.layout.side.is_some() && self.stack.is_empty() {
                    self.on_shelf = on_side;
                }
                if on_side || !self.layout.text().contains(at) {
                    return Some(Vec::new());
                }
                let line = usize::from(at.y - self.layout.text().y) + self.main_scroll(main).top;
                let stop = self.layout.page.stop_at(line)?;
                Some(self.click(button, stop, at.x - self.layout.text().x, snapshot))
            }
            _ => None,
        }
    }

    fn click(&mut self, button: MouseButton, stop: usize, column: u16, snapshot: Snapshot<'_>) -> Vec<Effect> {
        self.status = None;
        match self.layout.main {
            Main::Question if self.stack.is_empty() => {
                self.question.striking = false;
                if button == MouseButton::Left {
                    self.act(Action::Choose(stop), Context::Question, snapshot)
                } else {
                    self.strike(stop, snapshot.session)
                }
            }
            Main::Review if self.stack.is_empty() => {
                self.review.pointed = stop;
                self.act(Action::Open, Context::Review, snapshot)
            }
            Main::Over(_) => {
                let stops = self.layout.page.stops.len();
                if let Some(Overlay::Confirm { asking, button, .. }) = self.stack.last_mut() {
                    *button = confirm::button_at(asking, stop, stops, column);
                    return self.act(Action::Accept, Context::Confirm, snapshot);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
