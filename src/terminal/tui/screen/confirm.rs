//! Asking before anything that cannot be undone, or that leaves. The button that is pointed at first goes back.

use ratatui::text::{Line, Span};

use crate::tui::page::Page;
use crate::tui::text_lines::paragraph;
use crate::tui::theme::Theme;
use examroom_app::view::confirmation::ConfirmationView;

/// Which button is pointed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Button {
    #[default]
    Back,
    Yes,
}

#[must_use]
pub fn page(asking: &ConfirmationView, button: Button, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.extend(paragraph(&asking.title, theme.accent(), width));
    page.blank();
    for line in &asking.lines {
        page.extend(paragraph(line, theme.text(), width));
    }
    page.blank();
    let style = |which| if button == which { theme.pointed() } else { theme.text() };
    let label = |which: Button, text: &str| {
        let sign = if button == which { "›" } else { " " };
        Span::styled(format!("{sign}[ {text} ] "), style(which))
    };
    let back = label(Button::Back, asking.back);
    let yes = label(Button::Yes, asking.yes);
    if back.width() + yes.width() + 2 <= width {
        let start = page.lines.len();
        page.push(Line::from(vec![back, Span::raw("  "), yes]));
        page.stops.push(start..start + 1);
    } else {
        page.stop([Line::from(back)]);
        page.stop([Line::from(yes)]);
    }
    page.blank();
    page.extend(paragraph("Type y for yes, Esc to go back; Tab and Enter press a button.", theme.quiet(), width));
    page
}

/// The button at a column of a stop.
#[must_use]
pub fn button_at(asking: &ConfirmationView, stop: usize, stops: usize, column: u16) -> Button {
    let back = Span::raw(asking.back).width() + 6;
    match (stops, stop) {
        (1, _) if usize::from(column) > back => Button::Yes,
        (1, _) | (_, 0) => Button::Back,
        _ => Button::Yes,
    }
}
