//! A domain: the share right as a bar, the cut in it, and below it the whisker of the true share.

use askama::Template;

use super::Across;
use examroom_app::view::report::DomainRow;

/// The bar. It has no words: it stands in a row of the table that has its figures.
#[derive(Debug, Template)]
#[template(path = "plot/bar.html")]
pub struct DomainBar {
    from: Across,
    length: Across,
    whole: Across,
    cut: Across,
    low: Across,
    high: Across,
}

impl DomainBar {
    /// Draws a domain.
    #[must_use]
    pub fn new(row: &DomainRow) -> Self {
        let from = Across::at(0.0);
        Self {
            from,
            length: from.to(Across::at(row.share)),
            whole: from.to(Across::at(1.0)),
            cut: Across::at(row.cut),
            low: Across::at(row.low),
            high: Across::at(row.high),
        }
    }
}
