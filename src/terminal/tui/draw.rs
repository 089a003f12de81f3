//! From what was laid out to the frame.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::app::{App, Snapshot, offers};
use super::keys::{self, Context};
use super::page::{draw_page, put};
use super::screen::frame::{More, draw_edge, draw_footer, draw_header, draw_rule, is_too_small};
use super::screen::too_small;
use examroom_app::view::question::QuestionView;
use examroom_core::session::Phase;

impl App {
    /// Lays the screen out and draws it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, snapshot: Snapshot<'_>) {
        let window = frame.area();
        self.lay_out(window, snapshot);
        let buffer = frame.buffer_mut();
        let theme = self.theme;
        if is_too_small(window) {
            let runs = matches!(snapshot.session.phase(), Phase::Section(_) | Phase::Break { .. });
            too_small::draw(buffer, window, runs.then_some(snapshot.left), theme);
            return;
        }
        let more = self.more();
        let main = self.layout.main;
        let scroll = *self.main_scroll(main);
        let layout = &self.layout;
        let text = layout.text();
        draw_header(buffer, &layout.areas, &layout.header, theme);
        for (row, line) in (0..text.y.saturating_sub(layout.areas.body.y)).zip(&layout.head) {
            put(buffer, layout.areas.body, row, line);
        }
        draw_page(buffer, text, &layout.page, scroll);
        if let Some((title, page)) = &layout.low {
            let area = layout.low_area();
            let rule = "─".repeat(usize::from(area.width).saturating_sub(Span::raw(*title).width() + 2));
            let line = Line::from(vec![
                Span::styled("──", theme.quiet()),
                Span::styled(*title, theme.accent()),
                Span::styled(rule, theme.quiet()),
            ]);
            put(buffer, area, 0, &line);
            // The line that is being typed is the last one: it stays in sight.
            let rows = area.height.saturating_sub(1);
            let skip = page.lines.len().saturating_sub(usize::from(rows));
            let area = Rect { y: area.y + 1, height: rows, ..area }.intersection(area);
            for (row, line) in (0..rows).zip(page.lines.iter().skip(skip)) {
                put(buffer, area, row, line);
            }
        }
        if let (Some((head, page)), Some(shelf)) = (&layout.side, &self.shelf) {
            let (area, text) = layout.side_areas();
            let edge = Rect { x: area.x.saturating_sub(2), width: 1, ..area };
            let style = if self.on_shelf { theme.accent() } else { theme.quiet() };
            for row in 0..edge.height {
                put(buffer, edge, row, &Line::styled("│", style));
            }
            for (row, line) in (0..text.y.saturating_sub(area.y)).zip(head) {
                put(buffer, area, row, line);
            }
            draw_page(buffer, text, page, shelf.scroll);
            let below = shelf.scroll.top + usize::from(text.height) < page.lines.len();
            draw_edge(buffer, text, More { above: shelf.scroll.top > 0, below }, theme);
        }
        draw_rule(buffer, &layout.areas, more, theme);
        for (row, line) in (0..layout.areas.words.height).zip(&layout.words) {
            put(buffer, layout.areas.words, row, line);
        }
        let context = self.context(snapshot.session);
        let letters = (context == Context::Question)
            .then(|| snapshot.session.current_slot().and_then(|slot| QuestionView::new(snapshot.session, slot)))
            .flatten()
            .and_then(|view| {
                let (first, last) = (view.choices.first()?.letter, view.choices.last()?.letter);
                Some((format!("{}-{}", first.to_ascii_lowercase(), last.to_ascii_lowercase()), "pick"))
            });
        let saved = snapshot.session.began_at().is_some().then_some(snapshot.saved);
        draw_footer(
            buffer,
            &layout.areas,
            letters.into_iter().chain(keys::footer(context, |action| offers(action, snapshot.session))),
            saved,
            theme,
        );
    }
}
