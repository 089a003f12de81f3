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

/// How many of the answers were right, as a part of a bar as long as there were answers. It has no words, as
/// [`DomainBar`].
#[derive(Debug, Template)]
#[template(path = "plot/share.html")]
pub struct ShareBar {
    from: Across,
    right: Across,
    all: Across,
}

impl ShareBar {
    /// Draws `right` of `all`, where the longest bar of the table has `most`.
    #[must_use]
    pub fn new(right: u32, all: u32, most: u32) -> Self {
        let from = Across::at(0.0);
        let along = |count: u32| from.to(Across::at(f64::from(count) / f64::from(most.max(1))));
        Self { from, right: along(right), all: along(all) }
    }
}
