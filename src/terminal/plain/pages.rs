//! Pages of text: the question, the list, the report, the explanations.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle, presets};

use examroom_app::view::explanation::ExplanationView;
use examroom_app::view::question::{ExhibitView, QuestionView};
use examroom_app::view::report::{DOMAIN_NOTE, ReportView};
use examroom_app::view::review::{Filter, ReviewView};
use examroom_app::view::rules::RulesView;
use examroom_app::view::wrap::wrap;
use examroom_app::view::{SafeText, numbers, percent, table};

/// How tables are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In columns.
    Table,
    /// A sentence a row, for a screen reader.
    Sentences,
}

/// The width that running text is wrapped to, and the narrowest it is.
const WIDTH: usize = 80;
/// Before the lines of a reason, which stands below its choice.
const INDENT: &str = "   ";

pub(super) fn wrapped(text: &str) -> String {
    wrap(text, WIDTH).join("\n")
}

pub(super) fn rules_page(view: &RulesView) -> String {
    let mut page = format!("{}\n{}\n{}\n\n", view.title, wrapped(&view.kind), wrapped(&view.pass_mark));
    for part in &view.parts {
        let _ = writeln!(page, "{}", wrapped(part));
    }
    page.push('\n');
    for rule in &view.rules {
        let _ = writeln!(page, "{}", wrapped(rule));
    }
    page
}

pub(super) fn question_page(view: &QuestionView, layout: Layout) -> String {
    let mut page = format!("{}.{}\n", view.heading(), if view.flagged { " Flagged." } else { "" });
    page.push_str(&body(view, layout));
    for choice in &view.choices {
        let state = match (choice.selected, choice.struck) {
            (true, _) => " (chosen)",
            (false, true) => " (struck out)",
            (false, false) => "",
        };
        let _ = writeln!(page, "{}", wrapped(&format!("{}. {}{state}", choice.letter, choice.text)));
    }
    page.push_str(&view.instruction);
    page.push('\n');
    if !view.note.is_empty() {
        let _ = writeln!(page, "Your note: {}", wrapped(&view.note));
    }
    page
}

/// Case, stem, exhibit and references.
fn body(view: &QuestionView, layout: Layout) -> String {
    let mut page = String::new();
    if let Some(case) = &view.case {
        let _ = writeln!(page, "Case: {}\n", wrapped(case));
    }
    let _ = writeln!(page, "{}\n", wrapped(&view.stem));
    if let Some(exhibit) = &view.exhibit {
        let _ = writeln!(page, "{}\n", exhibit_text(exhibit, layout));
    }
    if !view.references.is_empty() {
        let titles: Vec<&str> = view.references.iter().map(|(_, title)| title.as_str()).collect();
        let _ = writeln!(page, "On the shelf: {}\n", wrapped(&titles.join("; ")));
    }
    page
}

fn exhibit_text(exhibit: &ExhibitView, layout: Layout) -> String {
    let lines = match (exhibit, layout) {
        (ExhibitView::Text(text), _) => return text.to_string(),
        (ExhibitView::Table(rows), Layout::Table) => table::lines(rows, WIDTH),
        (ExhibitView::Table(rows), Layout::Sentences) => table::sentences(rows, WIDTH),
    };
    lines.iter().map(SafeText::as_str).collect::<Vec<_>>().join("\n")
}

pub(super) fn review_page(view: &ReviewView, filter: Filter) -> String {
    let mut page = format!("{}: {}.\n", view.section, view.summary());
    let open = view.unanswered();
    if !open.is_empty() && filter != Filter::Flagged {
        let _ = writeln!(page, "{}", wrapped(&format!("Not answered: {}.", numbers(&open))));
    }
    let flagged: Vec<usize> = view.rows.iter().filter(|row| row.flagged).map(|row| row.number).collect();
    if !flagged.is_empty() && filter != Filter::Unanswered {
        let _ = writeln!(page, "{}", wrapped(&format!("Flagged: {}.", numbers(&flagged))));
    }
    if filter == Filter::All {
        for row in view.rows.iter().filter(|row| row.has_note) {
            let _ = writeln!(page, "Question {} has a note.", row.number);
        }
    }
    page.push_str("Go to one with its number, for example: go 1. Or: end.\n");
    page
}

/// The report of a finished attempt.
#[must_use]
pub fn report_page(view: &ReportView, layout: Layout) -> String {
    let mut page = format!("{}\n{}\n{}.\n\n", view.title, view.headline, view.verdict);
    for line in &view.meaning {
        let _ = writeln!(page, "{}", wrapped(line));
    }
    page.push('\n');
    page.push_str(&domains(view, layout));
    let _ = writeln!(page, "{}\n", wrapped(DOMAIN_NOTE));
    for (label, value) in &view.facts {
        let _ = writeln!(page, "{}", wrapped(&format!("{label}: {value}.")));
    }
    let _ = writeln!(page, "\n{}", wrapped(&view.disclaimer));
    page
}

/// A table in the style of all pages: a line below the header, and none between the rows.
#[must_use]
pub fn table<const N: usize>(header: [&str; N]) -> Table {
    const STYLE: TableStyle = presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_header(header);
    // Without a terminal there is no width to keep to.
    if table.width().is_none() {
        table.set_width(120);
    }
    table
}

fn domains(view: &ReportView, layout: Layout) -> String {
    if layout == Layout::Sentences {
        return view.domains.iter().fold(String::new(), |mut page, row| {
            let sentence = format!(
                "{}: {} of {} right, {}; cut {}; range {} to {}; {}.",
                row.name,
                row.right,
                row.of,
                percent(row.share),
                percent(row.cut),
                percent(row.low),
                percent(row.high),
                row.standing
            );
            let _ = writeln!(page, "{}", wrapped(&sentence));
            page
        });
    }
    let mut table = table(["Domain", "Right", "Share", "Cut", "Range", ""]);
    for row in &view.domains {
        table.add_row([
            row.name.to_string(),
            format!("{} of {}", row.right, row.of),
            percent(row.share),
            percent(row.cut),
            format!("{:.0} to {}", row.low * 100.0, percent(row.high)),
            row.standing.to_owned(),
        ]);
    }
    format!("{table}\n")
}

/// A question after the exam.
#[must_use]
pub fn explanation_page(view: &ExplanationView, layout: Layout) -> String {
    let question = &view.question;
    let unscored = if view.scored { "" } else { " Unscored: it did not count." };
    let flagged = if question.flagged { " Flagged." } else { "" };
    let mut page = format!(
        "{}, question {}. {}{unscored}{flagged}\n{}\n",
        view.section,
        question.number,
        view.verdict,
        body(question, layout)
    );
    for (choice, reason) in question.choices.iter().zip(&view.reasons) {
        let state = match (choice.selected, reason.is_key) {
            (true, true) => " (right, your choice)",
            (true, false) => " (your choice)",
            (false, true) => " (right)",
            (false, false) => "",
        };
        let _ = writeln!(page, "{}", wrapped(&format!("{}. {}{state}", choice.letter, choice.text)));
        if let Some(why) = &reason.why {
            for line in wrap(why, WIDTH - INDENT.len()) {
                let _ = writeln!(page, "{INDENT}{line}");
            }
        }
    }
    page.push('\n');
    if let Some(explanation) = &view.explanation {
        let _ = writeln!(page, "{}\n", wrapped(&format!("Explanation: {explanation}")));
    }
    if let Some(source) = &view.source {
        let _ = writeln!(page, "{}", wrapped(&format!("Source: {source}")));
    }
    if !question.note.is_empty() {
        let _ = writeln!(page, "{}", wrapped(&format!("Your note: {}", question.note)));
    }
    let _ = writeln!(page, "{} {} ({}).", view.work, view.domain, view.id);
    page
}
