//! The lists of the home screen, as pages whose rows can be pointed at.

use ratatui::text::{Line, Span};

use super::chart;
use crate::tui::page::Page;
use crate::tui::text_lines::{hanging, padded, paragraph};
use crate::tui::theme::Theme;
use examroom_app::view::history::{AttemptRow, NOTHING_YET};
use examroom_app::view::home::{HomeExam, HomeView, OfferedForm};
use examroom_app::view::problem::ProblemView;

/// As many finished attempts are on the home screen itself.
pub const LATEST: usize = 5;

/// Where the words on the exam that is pointed at begin.
const INDENT: usize = 4;

/// From this width on a row has columns.
const COLUMNS: usize = 66;

pub fn home(view: &HomeView, pointed: usize, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.push(Line::styled("Exams", theme.accent()));
    for (index, exam) in view.exams.iter().enumerate() {
        page.stop(exam_row(exam, index == pointed, width, theme));
    }
    if let Some(exam) = view.exams.get(pointed) {
        page.extend(hanging(vec![Span::raw(" ".repeat(INDENT))], &exam.words(), theme.quiet(), width));
    }
    let at_form = view.exams.len();
    if let Some(form) = &view.offered {
        page.stop(form_row(form, at_form == pointed, width, theme));
    }
    for remark in &view.remarks {
        page.extend(paragraph(remark, theme.quiet(), width));
    }
    let mut row = at_form + usize::from(view.offered.is_some());
    let mut add = |page: &mut Page, attempt: &AttemptRow| {
        page.stop(attempt_row(attempt, row == pointed, width, theme));
        row += 1;
    };
    if view.open().next().is_some() {
        page.blank();
        page.push(Line::styled("Open", theme.accent()));
        view.open().for_each(|attempt| add(&mut page, attempt));
    }
    page.blank();
    page.push(Line::styled("History", theme.accent()));
    let finished = view.finished().count();
    if finished == 0 {
        page.extend(paragraph(NOTHING_YET, theme.quiet(), width));
    }
    view.finished().take(LATEST).for_each(|attempt| add(&mut page, attempt));
    if finished > LATEST {
        page.push(Line::styled(format!("  and {} more: h", finished - LATEST), theme.quiet()));
    }
    let said: Vec<String> = view
        .history
        .exams
        .iter()
        .filter_map(|exam| Some(format!("{}: {}", exam.id, exam.progress.as_ref()?)))
        .chain(view.last_week().map(|week| format!("Practice. {week}")))
        .collect();
    if !said.is_empty() {
        page.blank();
        page.push(Line::styled("Progress", theme.accent()));
    }
    for line in said {
        page.extend(paragraph(&line, theme.text(), width));
    }
    page
}

pub fn history(view: &HomeView, pointed: usize, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    for exam in &view.history.exams {
        chart::scores(&mut page, exam, width, theme);
    }
    if !view.history.weeks.is_empty() {
        chart::weeks(&mut page, &view.history.weeks, width, theme);
    }
    page.push(Line::styled("Attempts", theme.strong()));
    for (index, attempt) in view.history.attempts.iter().enumerate() {
        page.stop(attempt_row(attempt, index == pointed, width, theme));
    }
    for line in &view.history.regrades {
        page.extend(paragraph(line, theme.quiet(), width));
    }
    for line in &view.history.real_exams {
        page.extend(paragraph(line, theme.text(), width));
    }
    if view.history.attempts.is_empty() {
        page.extend(paragraph(NOTHING_YET, theme.quiet(), width));
    }
    page
}

pub fn problems(problems: &[ProblemView], program: &str, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    for problem in problems {
        let title = format!("{}, {}, answered {}", problem.exam, problem.id, problem.answered());
        page.extend(paragraph(&title, theme.strong(), width));
        page.extend(hanging(vec![Span::raw("  ")], &problem.note, theme.text(), width));
        page.blank();
    }
    let end = if problems.is_empty() {
        "You have noted no problem with a question. ! on a question notes one.".to_owned()
    } else {
        format!("Write a file for the bank's author: {program} problems --write FILE")
    };
    page.extend(paragraph(&end, theme.quiet(), width));
    page
}

fn pointer(is_pointed: bool, theme: Theme) -> Span<'static> {
    Span::styled(if is_pointed { "› " } else { "  " }, theme.accent())
}

fn exam_row(exam: &HomeExam, is_pointed: bool, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let style = if is_pointed { theme.pointed() } else { theme.strong() };
    let id = exam.id.to_string();
    let gap = " ".repeat(9_usize.saturating_sub(id.len()) + 1);
    let mark = vec![pointer(is_pointed, theme), Span::styled(id, style), Span::raw(gap)];
    hanging(mark, &exam.summary.name, theme.text(), width)
}

fn form_row(form: &OfferedForm, is_pointed: bool, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let style = if is_pointed { theme.pointed() } else { theme.strong() };
    let mark = vec![pointer(is_pointed, theme), Span::styled(format!("Form {}", form.code), style), Span::raw(" ")];
    hanging(mark, &form.words(), theme.text(), width)
}

fn attempt_row(attempt: &AttemptRow, is_pointed: bool, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let style = if is_pointed { theme.pointed() } else { theme.strong() };
    let day = attempt.begun.split(' ').next().unwrap_or_default();
    let number = Span::styled(attempt.attempt.to_string(), style);
    let result = attempt.result();
    if width < COLUMNS {
        let gap = Span::raw(" ".repeat(4_usize.saturating_sub(number.width()).max(1)));
        let text = format!("{}, {}, {day}: {result}", attempt.exam, attempt.kind);
        return hanging(vec![pointer(is_pointed, theme), number, gap], &text, theme.text(), width);
    }
    let gap = " ".repeat(4_usize.saturating_sub(number.width()).max(1));
    let columns = format!("{gap}{} {} {day} ", padded(&attempt.exam, 9), padded(attempt.kind, 9));
    let mark = vec![pointer(is_pointed, theme), number, Span::styled(columns, theme.quiet())];
    hanging(mark, &result, theme.text(), width)
}
