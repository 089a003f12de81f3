//! The report of a finished attempt.

use std::fmt::Write as _;

use super::layout::{Layout, wrapped};
use super::list;
use examroom_app::view::look_ups::TITLE;
use examroom_app::view::percent;
use examroom_app::view::report::ReportView;

/// The estimate, the domains and the facts of the sitting.
#[must_use]
pub fn report_page(view: &ReportView, layout: Layout) -> String {
    let mut page = format!("{}\n", view.title);
    for remark in &view.remarks {
        let _ = writeln!(page, "{}", wrapped(remark));
    }
    if let Some(headline) = &view.headline {
        let _ = writeln!(page, "{headline}");
    }
    let _ = writeln!(page, "{}.\n", view.verdict);
    for line in &view.meaning {
        let _ = writeln!(page, "{}", wrapped(line));
    }
    page.push('\n');
    if !view.domains.is_empty() {
        page.push_str(&domains(view, layout));
        let _ = writeln!(page, "{}\n", wrapped(view.domain_note));
    }
    for (label, value) in &view.facts {
        let _ = writeln!(page, "{}", wrapped(&format!("{label}: {value}.")));
    }
    if let Some(look_ups) = &view.look_ups {
        let _ = writeln!(page, "\n{}", wrapped(&format!("{TITLE}: {}", look_ups.summary.join(" "))));
        for row in &look_ups.rows {
            let _ = writeln!(page, "{}", wrapped(&row.sentence()));
        }
    }
    let _ = writeln!(page, "\n{}", wrapped(&view.disclaimer));
    page
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
    let mut table = list::table(["Domain", "Right", "Share", "Cut", "Range", ""]);
    for row in &view.domains {
        table.add_row([
            row.name.to_string(),
            format!("{} of {}", row.right, row.of),
            percent(row.share),
            percent(row.cut),
            format!("{:.0} to {}", row.low * 100.0, percent(row.high)),
            row.standing.clone(),
        ]);
    }
    format!("{table}\n")
}
