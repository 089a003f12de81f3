//! What is wrong with the files of one reading.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Severity, Sources, Span};

/// One finding, as data: how it looks is the view's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong, naming the thing: starts in lower case, no full stop.
    pub message: String,
    /// Where; findings about a whole folder have no place.
    pub span: Option<Span>,
    /// Another place that belongs to it, with what stands there.
    pub related: Option<(Span, String)>,
    /// What to do.
    pub help: String,
}

impl Diagnostic {
    /// A finding about the whole folder, until it is given its place.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span: None, related: None, help: String::new() }
    }

    /// Gives the finding its place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Names another place that belongs to the finding, and what stands there.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// How bad it is: a property of its code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// How many findings of each code are kept; more are only counted. A bank of 100,000 questions can have one for each, and
/// a hostile file of a few megabytes millions.
const KEPT: usize = 100_000;

/// How many bytes of a message are kept: an id in it may be as long as its file.
const LONGEST: usize = 2000;

/// The findings so far.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// By code, with those that are not in the list.
    counts: BTreeMap<Code, usize>,
    allowed: usize,
}

impl Diagnostics {
    /// Adds a finding. Of one code at most 100,000 are kept; the rest are counted.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= KEPT {
            shorten(&mut diagnostic.message);
            shorten(&mut diagnostic.help);
            self.list.push(diagnostic);
        }
    }

    /// Adds another reading's findings, with what was counted there.
    pub fn append(&mut self, other: Self) {
        self.allowed += other.allowed;
        let mut rest = other.counts;
        for diagnostic in other.list {
            rest.entry(diagnostic.code).and_modify(|count| *count -= 1);
            self.push(diagnostic);
        }
        for (code, count) in rest.into_iter().filter(|(_, count)| *count > 0) {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// Keeps those for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&Diagnostic) -> bool) {
        let counts = &mut self.counts;
        self.list.retain(|diagnostic| {
            let keeps = keep(diagnostic);
            if !keeps {
                counts.entry(diagnostic.code).and_modify(|count| *count -= 1);
            }
            keeps
        });
        self.counts.retain(|_, count| *count > 0);
    }

    /// Leaves out those that their author keeps, for which `is_allowed` holds, and counts them.
    pub(super) fn set_aside(&mut self, mut is_allowed: impl FnMut(&Diagnostic) -> bool) {
        let before: usize = self.counts.values().sum();
        self.retain(|finding| !is_allowed(finding));
        if before > KEPT {
            // Where all that were kept of a code are allowed, so are those that were only counted.
            let listed: BTreeSet<Code> = self.list.iter().map(|finding| finding.code).collect();
            self.counts.retain(|code, _| listed.contains(code));
        }
        self.allowed += before - self.counts.values().sum::<usize>();
    }

    /// How many findings the bank's author has allowed, which are no longer among them.
    #[must_use]
    pub fn allowed(&self) -> usize {
        self.allowed
    }

    /// Whether any of them keeps a sitting from starting.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors there are, kept or counted.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are, kept or counted.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|(code, _)| code.severity() == severity).map(|(_, count)| count).sum()
    }

    /// How many there are of each code, in the order of [`Code::ALL`]: errors first.
    pub fn counts(&self) -> impl Iterator<Item = (Code, usize)> {
        Code::ALL.iter().filter_map(|code| Some((*code, *self.counts.get(code)?)))
    }

    /// The findings in the order a person mends them: by file name, then from top to bottom; those about
    /// the whole bank last.
    #[must_use]
    pub fn sorted(&self, sources: &Sources) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.list.iter().collect();
        sorted.sort_by(|a, b| {
            let key = |span: Span| (sources.name(span.file), span.start);
            match (a.span.map(key), b.span.map(key)) {
                (None, Some(_)) => std::cmp::Ordering::Greater,
                (Some(_), None) => std::cmp::Ordering::Less,
                (a, b) => a.cmp(&b),
            }
        });
        sorted
    }

    /// Those that are kept: of each code the first 100,000.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Every place that a finding points at.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.list.iter().flat_map(|found| found.span.into_iter().chain(found.related.as_ref().map(|(span, _)| *span)))
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

fn shorten(text: &mut String) {
    if text.len() > LONGEST {
        let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
        *text = format!("{}…", &text[..end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(code: Code, count: usize) -> Diagnostics {
        let span = Span::new(Sources::default().add("x.toml", ""), 0..0);
        let mut diagnostics = Diagnostics::default();
        (0..count).for_each(|_| {
            diagnostics.push(Diagnostic::new(code, "message").at(span).help("help"));
        });
        diagnostics
    }

    #[test]
    fn of_millions_all_are_counted_and_the_first_are_kept() {
        let mut diagnostics = many(Code::NO_RATING, KEPT + 5);
        diagnostics.append(many(Code::NO_KEY, 2));
        diagnostics.append(many(Code::NO_RATING, KEPT + 7));
        assert_eq!((diagnostics.errors(), diagnostics.warnings()), (2, 2 * KEPT + 12));
        assert_eq!(diagnostics.counts().collect::<Vec<_>>(), [(Code::NO_KEY, 2), (Code::NO_RATING, 2 * KEPT + 12)]);
        assert_eq!(diagnostics.iter().count(), KEPT + 2);
        diagnostics.retain(|finding| finding.code != Code::NO_KEY);
        assert_eq!((diagnostics.errors(), diagnostics.warnings()), (0, 2 * KEPT + 12));
        diagnostics.set_aside(|finding| finding.code == Code::NO_RATING);
        assert_eq!((diagnostics.warnings(), diagnostics.allowed()), (0, 2 * KEPT + 12));
    }

    #[test]
    fn a_message_is_cut_between_characters() {
        let mut diagnostics = Diagnostics::default();
        let span = Span::new(Sources::default().add("x.toml", ""), 0..0);
        diagnostics.push(Diagnostic::new(Code::BAD_ID, "é".repeat(LONGEST)).at(span).help("help"));
        let message = &diagnostics.iter().next().unwrap().message;
        assert_eq!(message.chars().count(), LONGEST / 2 + 1);
    }
}
