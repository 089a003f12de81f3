//! The table of keys, read from the table of keys.

use ratatui::text::{Line, Span};

use crate::tui::keys::{Action, Context, bindings};
use crate::tui::page::Page;
use crate::tui::request::Request;
use crate::tui::screen::component::{Component, Content, PageStyle, Seen};
use crate::tui::scroll::Scroll;
use crate::tui::snapshot::Snapshot;
use crate::tui::text_lines::{hanging, padded};
use crate::tui::theme::Theme;
use examroom_app::view::calculator::SIGNS;
use examroom_core::session::Session;

/// What stands for the letters of the choices where no question is on the screen.
const ANY_LETTERS: &str = "a b c …";

/// What lies over a question.
const TOOLS: &[Context] =
    &[Context::Shelf, Context::Search, Context::Calculator, Context::Note, Context::Phrase, Context::GoTo];

/// Help, open over a screen.
#[derive(Clone, Debug)]
pub struct Help {
    /// Where it was asked.
    of: Context,
    /// The letters of the choices on the screen.
    letters: String,
    scroll: Scroll,
}

impl Help {
    /// The keys of a context, with the letters of the choices on the screen, if any are.
    #[must_use]
    pub fn new(of: Context, letters: &[char]) -> Self {
        let letters = match letters {
            [] => ANY_LETTERS.to_owned(),
            letters => letters.iter().map(char::to_string).collect::<Vec<_>>().join(" "),
        };
        Self { of, letters, scroll: Scroll::default() }
    }

    pub fn scroll_mut(&mut self) -> &mut Scroll {
        &mut self.scroll
    }

    #[must_use]
    pub fn page(&self, width: u16, theme: Theme) -> Page {
        page(self.of, &self.letters, usize::from(width), theme)
    }
}

impl Component for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn act(&mut self, _: Action, _: &Session, _: Seen<'_>) -> Vec<Request> {
        vec![Request::Close]
    }

    fn content(&mut self, _: Snapshot<'_>, style: PageStyle) -> Content {
        self.page(style.width, style.theme).into()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(self.scroll_mut())
    }
}

/// The keys of the place that help was asked in, then those of the places that can be reached from there.
fn page(context: Context, letters: &str, width: usize, theme: Theme) -> Page {
    let mut page = Page::default();
    let others: &[&[Context]] = match context {
        Context::Report | Context::LookBack => &[&[Context::Report, Context::LookBack, Context::GoTo]],
        Context::Unsaved | Context::FileName => &[&[Context::Unsaved, Context::FileName]],
        Context::Home | Context::Chooser => &[&[Context::Home, Context::Chooser, Context::Report, Context::LookBack]],
        Context::PracticeStart | Context::Practice | Context::Reasons => {
            &[&[Context::Practice, Context::Reasons, Context::Review], TOOLS]
        }
        _ => &[&[Context::Question, Context::Review, Context::Confirm], TOOLS, &[Context::Break]],
    };
    let others = others.iter().copied().flatten().copied().filter(|other| *other != context);
    let contexts = std::iter::once(context).chain(others);
    for (index, context) in contexts.enumerate() {
        if index > 0 {
            page.blank();
        }
        page.push(Line::styled(context.title(), theme.accent()));
        if context.is_asking() {
            row(&mut page, letters, "pick this choice; where several are wanted, again removes it", width, theme);
        }
        if context == Context::Calculator {
            row(&mut page, "+ - * / ^ ( ) %", SIGNS, width, theme);
        }
        for binding in bindings(context) {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.name()).collect();
            row(&mut page, &keys.join("  "), binding.words, width, theme);
        }
    }
    page
}

fn row(page: &mut Page, keys: &str, words: &str, width: usize, theme: Theme) {
    let column = if width >= 50 { 20 } else { 10.min(width / 2) };
    if Span::raw(keys).width() + 2 > column {
        page.push(Line::styled(keys.to_owned(), theme.strong()));
        page.extend(hanging(vec![Span::raw(" ".repeat(column))], words, theme.text(), width));
    } else {
        page.extend(hanging(vec![Span::styled(padded(keys, column), theme.strong())], words, theme.text(), width));
    }
}
