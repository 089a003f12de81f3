//! The progress: each score with its range against the pass mark, a row each, and practice by week.
//!
//! A row a score keeps its number readable at any width, and a long history scrolls.

use ratatui::text::{Line, Span};

use crate::tui::bars::{cell, filled};
use crate::tui::page::Page;
use crate::tui::text_lines::{padded, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::history::{ExamHistory, PastScore, PracticeWeek, WHISKERS};
use examroom_core::arithmetic::as_f64;
use examroom_core::scoring::Outcome;

/// The fewest cells that show anything.
const FEWEST: usize = 8;
/// From this width on a row has its date.
const DATED: usize = 50;
/// The widest chart.
const WIDEST: usize = 60;

/// The chart of an exam's scores, with what may be said of them.
pub fn scores(page: &mut Page, exam: &ExamHistory, width: usize, theme: Theme) {
    page.extend(paragraph(&exam.summary(), theme.strong(), width));
    let frame = Chart::new(exam, width);
    if frame.cells >= FEWEST {
        page.push(frame.axis(theme));
    }
    for score in &exam.scores {
        page.push(frame.row(score, theme));
    }
    if frame.cells >= FEWEST {
        page.extend(paragraph(WHISKERS, theme.quiet(), width));
    }
    if let Some(progress) = &exam.progress {
        page.extend(paragraph(progress, theme.text(), width));
    }
    page.blank();
}

/// Where on the screen the points of the scale are.
struct Chart {
    bottom: u32,
    top: u32,
    pass: u32,
    /// Columns before the chart.
    label: usize,
    cells: usize,
}

impl Chart {
    fn new(exam: &ExamHistory, width: usize) -> Self {
        let (bottom, top) = exam.axis();
        let (_, pass, _) = exam.scale;
        let label = if width >= DATED { 17 } else { 5 };
        Self { bottom, top, pass, label, cells: width.saturating_sub(label + 7).min(WIDEST) }
    }

    fn cell(&self, score: u32) -> usize {
        let share = f64::from(score.saturating_sub(self.bottom)) / f64::from((self.top - self.bottom).max(1));
        cell(share, self.cells)
    }

    /// The ends of the axis and the pass mark, over their cells.
    fn axis(&self, theme: Theme) -> Line<'static> {
        let (bottom, pass, top) = (self.bottom.to_string(), format!("{} pass", self.pass), self.top.to_string());
        let mut text = padded("", self.label);
        let mut add = |label: &str, at: usize| {
            let used = Span::raw(text.as_str()).width();
            let start = self.label + at;
            // What would lie over another label is left out.
            if used == self.label || used < start {
                text = format!("{}{label}", padded(&text, start.max(used)));
            }
        };
        if self.pass > self.bottom {
            add(&bottom, 0);
        }
        let end = self.cells.saturating_sub(top.len());
        let at = self.cell(self.pass);
        let fits = at + pass.len() < end;
        add(&pass, if fits { at } else { at.min(self.cells.saturating_sub(pass.len())) });
        if fits {
            add(&top, end);
        }
        Line::styled(text, theme.quiet())
    }

    fn row(&self, score: &PastScore, theme: Theme) -> Line<'static> {
        let style = if score.outcome == Outcome::Pass { theme.right() } else { theme.wrong() };
        let day = score.begun.split(' ').next().unwrap_or_default();
        let attempt = score.attempt.to_string();
        let label = if self.label > 5 { format!("{attempt:>4}  {day}") } else { format!("{attempt:>4}") };
        let mut spans = vec![Span::styled(padded(&label, self.label), theme.quiet())];
        if self.cells >= FEWEST {
            let (low, at, high, pass) =
                (self.cell(score.low), self.cell(score.scaled), self.cell(score.high), self.cell(self.pass));
            for index in 0..self.cells {
                let sign = match index {
                    index if index == at => "●",
                    index if index == low => "├",
                    index if index == high => "┤",
                    index if index == pass && (low..high).contains(&index) => "┼",
                    index if index == pass => "│",
                    index if (low..high).contains(&index) => "─",
                    _ => " ",
                };
                let style = match index {
                    index if index == at => style,
                    index if index == pass => theme.strong(),
                    _ => theme.quiet(),
                };
                spans.push(Span::styled(sign, style));
            }
        }
        let sign = if score.outcome == Outcome::Pass { "✓" } else { "✗" };
        spans.push(Span::styled(format!(" {sign} {}", score.scaled), style));
        Line::from(spans)
    }
}

/// The weeks of practice: how many questions, and how many of them right.
pub fn weeks(page: &mut Page, weeks: &[PracticeWeek], width: usize, theme: Theme) {
    let most = weeks.iter().map(|week| week.answered).max().unwrap_or(1);
    page.push(Line::styled("Practice by week", theme.strong()));
    let words: Vec<String> = weeks.iter().map(PracticeWeek::words).collect();
    let tail = words.iter().map(String::len).max().unwrap_or(0);
    let cells = width.saturating_sub(12 + tail + 1).min(40);
    for (week, words) in weeks.iter().zip(words) {
        let mut spans = vec![Span::styled(format!("{}  ", week.monday), theme.quiet())];
        if cells >= FEWEST {
            let share = |count: u32| filled(f64::from(count) / as_f64(most as usize), cells);
            let (right, answered) = (share(week.right), share(week.answered));
            spans.push(Span::styled("█".repeat(right), theme.accent()));
            spans.push(Span::styled("░".repeat(answered.saturating_sub(right)), theme.quiet()));
            spans.push(Span::raw(" ".repeat(cells.saturating_sub(answered.max(right)) + 1)));
        }
        spans.push(Span::styled(words, theme.text()));
        page.push(Line::from(spans));
    }
    page.blank();
}
