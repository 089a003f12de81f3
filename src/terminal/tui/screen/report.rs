//! The report: the estimate on the exam's scale, the domains against their cuts, and the facts of the sitting.

use ratatui::text::{Line, Span};

use crate::tui::bars::{bar, cell, whisker};
use crate::tui::page::Page;
use crate::tui::text_lines::{hanging, padded, paragraph, wrap};
use crate::tui::theme::Theme;
use examroom_app::view::look_ups::TITLE;
use examroom_app::view::percent;
use examroom_app::view::report::{DomainRow, ReportView};
use examroom_app::view::scale::ScaleView;
use examroom_core::scoring::{Outcome, ScoreReport};

#[must_use]
pub fn page(report: &ReportView, score: &ScoreReport, width: u16, theme: Theme) -> Page {
    let width = usize::from(width);
    let mut page = Page::default();
    page.extend(paragraph(&report.title, theme.quiet(), width));
    page.blank();
    for remark in &report.remarks {
        page.extend(paragraph(remark, theme.strong(), width));
    }
    if !report.remarks.is_empty() {
        page.blank();
    }
    let (sign, style) = match report.outcome {
        Some(Outcome::Pass) => ("✓ ", theme.right()),
        Some(Outcome::Fail) => ("✗ ", theme.wrong()),
        None => ("", theme.accent()),
    };
    page.extend(hanging(vec![Span::styled(sign, style)], &report.verdict, style, width));
    if let Some(headline) = &report.headline {
        page.extend(paragraph(headline, theme.strong(), width));
        page.blank();
        if let Some(view) = ScaleView::new(report, score) {
            page.extend(scale(&view, width, style, theme));
        }
    }
    page.blank();
    for line in &report.meaning {
        page.extend(paragraph(line, theme.text(), width));
    }
    page.blank();
    if !report.domains.is_empty() {
        page.push(Line::styled("Domains", theme.accent()));
        for row in &report.domains {
            page.extend(domain(row, width, theme));
        }
        page.extend(paragraph(&format!("│ in a bar is the cut. {}", report.domain_note), theme.quiet(), width));
        page.blank();
    }
    page.push(Line::styled("This sitting", theme.accent()));
    for (label, value) in &report.facts {
        let column = if width >= 50 { 22 } else { 0 };
        if column == 0 {
            page.extend(paragraph(&format!("{label}: {value}"), theme.text(), width));
        } else {
            page.extend(hanging(vec![Span::styled(padded(label, column), theme.quiet())], value, theme.text(), width));
        }
    }
    page.blank();
    if let Some(look_ups) = &report.look_ups {
        page.push(Line::styled(TITLE, theme.accent()));
        for line in &look_ups.summary {
            page.extend(paragraph(line, theme.text(), width));
        }
        for row in &look_ups.rows {
            let mark = vec![Span::styled(format!("{:>4}  ", row.question), theme.strong())];
            page.extend(hanging(
                mark,
                &format!("{}: opened {}; {}", row.time, row.opened, row.found),
                theme.text(),
                width,
            ));
        }
        page.blank();
    }
    page.extend(paragraph(&report.disclaimer, theme.quiet(), width));
    page
}

/// The scaled score as a bar from the lowest to the highest score, with the pass mark in it; below it the range of the
/// real exam's score.
fn scale(view: &ScaleView, width: usize, style: ratatui::style::Style, theme: Theme) -> Vec<Line<'static>> {
    let (low, high) = (view.lowest.to_string(), view.highest.to_string());
    let cells = width.saturating_sub(low.len() + high.len() + 2).min(60);
    if cells < 4 {
        return Vec::new();
    }
    let mut spans = vec![Span::styled(format!("{low} "), theme.quiet())];
    let pass = view.share(view.pass);
    spans.extend(bar(view.share(view.scaled), pass, cells, style, theme));
    spans.push(Span::styled(format!(" {high}"), theme.quiet()));
    let mut lines = vec![Line::from(spans)];
    let indent = low.len() + 1;
    if let Some(((from, to), label)) = view.range.zip(view.real_exam()) {
        let range = whisker(view.share(from), view.share(to), cells);
        lines.push(Line::styled(format!("{}{range}", " ".repeat(indent)), theme.quiet()));
        let at = (indent + cell(view.share(from), cells)).min(width.saturating_sub(label.len()));
        lines.push(Line::styled(format!("{}{label}", " ".repeat(at)), theme.quiet()));
    }
    let label = view.pass_mark();
    let at = (indent + cell(pass, cells)).min(width.saturating_sub(label.len() + 2));
    lines.insert(1, Line::styled(format!("{}└ {label}", " ".repeat(at)), theme.quiet()));
    lines
}

fn domain(row: &DomainRow, width: usize, theme: Theme) -> Vec<Line<'static>> {
    let range = format!("{} to {}", percent(row.low), percent(row.high));
    let count = format!("{} of {}", row.right, row.of);
    if width < 66 {
        let mut lines: Vec<Line<'static>> =
            wrap(&row.name, width).into_iter().map(|line| Line::styled(line, theme.strong())).collect();
        let cells = width.saturating_sub(4).min(40);
        if cells >= 4 {
            let mut spans = vec![Span::raw("  ")];
            spans.extend(bar(row.share, row.cut, cells, theme.accent(), theme));
            lines.push(Line::from(spans));
        }
        lines.extend(hanging(
            vec![Span::raw("  ")],
            &format!("{count}, {}; {range}", row.standing),
            theme.text(),
            width,
        ));
        return lines;
    }
    let cells = 18;
    let tail = 2 + 9 + cells + 2 + 16;
    let column = width.saturating_sub(tail);
    let mut names = wrap(&row.name, column).into_iter();
    let mut spans = vec![
        Span::styled(padded(&names.next().unwrap_or_default(), column), theme.text()),
        Span::raw("  "),
        Span::styled(format!("{count:>8} "), theme.strong()),
    ];
    spans.extend(bar(row.share, row.cut, cells, theme.accent(), theme));
    spans.push(Span::styled(format!("  {}", row.standing), theme.text()));
    let mut lines = vec![Line::from(spans)];
    let second = padded(&names.next().unwrap_or_default(), column);
    lines.push(Line::from(vec![
        Span::styled(second, theme.text()),
        Span::styled(format!("{}{}  {range}", " ".repeat(2 + 9), whisker(row.low, row.high, cells)), theme.quiet()),
    ]));
    lines.extend(names.map(Line::from));
    lines
}
