//! A short tutorial, untimed: how the exam room is used. The keys are named from the table.

use ratatui::text::{Line, Span};

use crate::tui::keys::{Action, Context, bindings};
use crate::tui::page::Page;
use crate::tui::scroll::Movement;
use crate::tui::text_lines::{hanging, padded, paragraph};
use crate::tui::theme::Theme;

/// How many pages there are.
pub const PAGES: usize = 3;

struct Lesson {
    title: &'static str,
    text: &'static str,
    actions: &'static [Action],
    context: Context,
    more: &'static str,
}

const LESSONS: [Lesson; PAGES] = [
    Lesson {
        title: "Answering",
        text: "Type a choice's letter to pick it, or click it. Or point at it and press Space. Another letter changes \
               the answer. Where several choices are wanted, each letter picks one or removes it.",
        actions: &[
            Action::Move(Movement::Down),
            Action::Pick,
            Action::Strike,
            Action::Clear,
            Action::Flag,
            Action::Note,
            Action::Highlight,
        ],
        context: Context::Question,
        more: "Long questions scroll. The sign ▼ says that there is more below, and a message appears if you continue \
               before you have seen the end.",
    },
    Lesson {
        title: "Moving about",
        text: "Questions can be answered in any order within a section. The review list shows which are answered, \
               unanswered or flagged, and ends the section after asking you.",
        actions: &[
            Action::Next,
            Action::Previous,
            Action::GoTo(None),
            Action::Review,
            Action::Shelf,
            Action::Calculator,
        ],
        context: Context::Question,
        more: "No single key ends anything for good.",
    },
    Lesson {
        title: "Time, saving, leaving",
        text: "The time left is at the top right. You are notified at 30, 10, 5 and 1 minute. The word \"saved\" at the \
               bottom right means that every answer is on the disk.",
        actions: &[Action::HideClock, Action::HideNumber, Action::Help, Action::Leave],
        context: Context::Question,
        more: "After this page the exam starts, and its clock with it.",
    },
];

#[must_use]
pub fn page(number: usize, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    let Some(lesson) = LESSONS.get(number) else { return page };
    page.push(Line::styled(format!("Tutorial {} of {PAGES}: {}", number + 1, lesson.title), theme.accent()));
    page.blank();
    page.extend(paragraph(lesson.text, theme.text(), width));
    page.blank();
    for action in lesson.actions {
        if let Some(binding) = bindings(lesson.context).find(|binding| binding.action == *action) {
            let keys: Vec<String> = binding.keys.iter().take(2).map(|key| key.name()).collect();
            let mark = vec![Span::styled(
                padded(&format!("  {}", keys.join("  ")), if width >= 50 { 18 } else { 12.min(width / 2) }),
                theme.accent(),
            )];
            page.extend(hanging(mark, binding.words, theme.text(), width));
        }
    }
    page.blank();
    page.extend(paragraph(lesson.more, theme.text(), width));
    page
}
