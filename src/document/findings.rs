//! What is wrong with the files of one reading.

use super::{Code, Files, Place, Severity};

/// One finding, as data: how it looks is the view's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    /// What is wrong, naming the thing: starts in lower case, no full stop.
    pub message: String,
    /// Where; findings about a whole folder have no place.
    pub place: Option<Place>,
    /// Another place that belongs to it, with what stands there.
    pub related: Option<(Place, String)>,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The findings so far.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    errors: usize,
    allowed: usize,
}

impl Findings {
    pub fn add(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic { code, message: message.into(), place: Some(place), related: None, help: help.into() });
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity() == Severity::Error);
        self.list.push(diagnostic);
    }

    pub fn append(&mut self, mut other: Self) {
        self.errors += other.errors;
        self.allowed += other.allowed;
        self.list.append(&mut other.list);
    }

    /// Keeps those for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
        self.errors = self.list.iter().filter(|found| found.severity() == Severity::Error).count();
    }

    /// Leaves out those that their author keeps, for which `is_allowed` holds, and counts them.
    pub(super) fn set_aside(&mut self, mut is_allowed: impl FnMut(&Diagnostic) -> bool) {
        let before = self.list.len();
        self.retain(|finding| !is_allowed(finding));
        self.allowed += before - self.list.len();
    }

    /// How many findings the bank's author has allowed, which are no longer among them.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.allowed
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    #[must_use]
    pub fn warnings(&self) -> usize {
        self.list.len() - self.errors
    }

    /// The findings in the order a person mends them: by file name, then from top to bottom; those about
    /// the whole bank last.
    #[must_use]
    pub fn sorted(&self, files: &Files) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.list.iter().collect();
        sorted.sort_by(|a, b| {
            let key = |place: Place| (files.name(place.file), place.start);
            match (a.place.map(key), b.place.map(key)) {
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(_), None) => std::cmp::Ordering::Less,
                (a, b) => a.cmp(&b),
            }
        });
        sorted
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Every place that a finding points at.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.list
            .iter()
            .flat_map(|found| found.place.into_iter().chain(found.related.as_ref().map(|(place, _)| *place)))
    }
}
