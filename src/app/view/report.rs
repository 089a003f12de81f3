//! The report of a finished sitting: the estimate, how far it can be off, and what led to it.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::announcement::{ENDED_BY_TIME, clock_set, clock_while_away};
use super::{SafeText, counted, disclaimer, percent};
use examroom_core::bank::Overrides;
use examroom_core::form::Kind;
use examroom_core::id::ItemId;
use examroom_core::scoring::{Mark, Outcome, ScoreReport, Standing};
use examroom_core::session::{AbsenceReason, AwayPolicy, EndReason, Event, Phase, Session};
use examroom_core::time::{SpokenDuration, Timestamp};

/// The report in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// The exam's name and id.
    pub title: SafeText,
    /// `Estimated scaled score: 312 (pass mark 300)`.
    pub headline: String,
    /// Pass or fail, by the estimate.
    pub outcome: Outcome,
    /// `PASS by this estimate`.
    pub verdict: String,
    /// What the score says and does not say, a sentence or two each.
    pub meaning: Vec<SafeText>,
    /// A line for each domain, in the blueprint's order.
    pub domains: Vec<DomainRow>,
    /// Facts of the sitting: label and value.
    pub facts: Vec<(String, SafeText)>,
    /// Whose score it is not.
    pub disclaimer: SafeText,
}

impl ReportView {
    /// The report of a finished session and its score.
    #[must_use]
    pub fn new(session: &Session, score: &ScoreReport) -> Self {
        let form = session.form();
        let (raw, scale) = (score.raw, score.scale);
        let verdict = match (score.kind, score.outcome) {
            (Kind::Mock, Outcome::Pass) => "PASS by this estimate",
            (Kind::Mock, Outcome::Fail) => "FAIL by this estimate",
            (Kind::Rehearsal, Outcome::Pass) => "Above the pass mark, in a short rehearsal that is not a mock exam",
            (Kind::Rehearsal, Outcome::Fail) => "Below the pass mark, in a short rehearsal that is not a mock exam",
        };
        Self {
            title: SafeText::new(&format!("{} ({})", form.name, form.exam)),
            headline: format!(
                "Estimated scaled score: {} (from {} to {}; pass mark {})",
                score.scaled, scale.lowest, scale.highest, scale.pass
            ),
            outcome: score.outcome,
            verdict: verdict.to_owned(),
            meaning: vec![
                SafeText::new(&format!(
                    "{} of {} scored questions right; this form is passed with {} ({:.1} by the ratings of its questions).",
                    raw.right, raw.of, score.needed, score.cut
                )),
                SafeText::new(&format!(
                    "{} The chance that your true score is a pass: {}.",
                    error(score),
                    chance(score.chance)
                )),
            ],
            domains: score
                .domains
                .iter()
                .map(|domain| DomainRow {
                    name: SafeText::new(&domain.name),
                    right: domain.raw.right,
                    of: domain.raw.of,
                    share: f64::from(domain.raw.right) / f64::from(domain.raw.of.max(1)),
                    cut: domain.cut,
                    low: domain.interval.low,
                    high: domain.interval.high,
                    standing: match domain.standing {
                        Standing::Above => "above its cut",
                        Standing::Below => "below its cut",
                        Standing::TooFewToTell => "too few to tell",
                    },
                })
                .collect(),
            facts: facts(session, score),
            disclaimer: disclaimer(form.owner.as_deref()),
        }
    }
}

/// A domain's line.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainRow {
    /// The domain's name.
    pub name: SafeText,
    /// Scored questions answered right.
    pub right: u32,
    /// Scored questions.
    pub of: u32,
    /// Share right, 0 to 1.
    pub share: f64,
    /// The share that its questions' ratings put at the pass mark.
    pub cut: f64,
    /// The lower end of the interval that holds the true share with 95 % confidence, 0 to 1.
    pub low: f64,
    /// Its upper end, 0 to 1.
    pub high: f64,
    /// How the interval lies to the cut, in words.
    pub standing: &'static str,
}

/// What the domain figures mean, for below their table.
pub const DOMAIN_NOTE: &str = "Domains show where to study; the score is not their average. The range is where your \
     true share lies with 95 % confidence.";

/// The standard error, where the score lets it be estimated.
fn error(score: &ScoreReport) -> String {
    if score.raw.right == 0 || score.raw.right == score.raw.of {
        "With all answers alike, the error of the score cannot be estimated.".to_owned()
    } else {
        format!("Standard error: {:.0} points of the scale.", score.standard_error.scaled)
    }
}

/// A chance is never reported as certain.
#[must_use]
pub fn chance(chance: f64) -> String {
    if chance > 0.99 {
        "above 99 %".to_owned()
    } else if chance < 0.01 {
        "below 1 %".to_owned()
    } else {
        percent(chance)
    }
}

fn facts(session: &Session, score: &ScoreReport) -> Vec<(String, SafeText)> {
    let mut facts: Vec<(String, SafeText)> = Vec::new();
    let mut add = |label: &str, value: String| facts.push((label.to_owned(), SafeText::new(&value)));
    let form = session.form();
    if score.unscored.of > 0 {
        add(
            "Unscored questions",
            format!("{} of {} right; they do not count", score.unscored.right, score.unscored.of),
        );
    }
    let count = |mark: Mark| score.items.iter().filter(|item| item.mark == mark).count();
    let (omitted, unreached) = (count(Mark::Omitted), count(Mark::NotReached));
    if omitted + unreached > 0 {
        add("Without an answer", format!("{omitted} seen and left, {unreached} not reached"));
    }
    for (index, section) in form.sections.iter().enumerate() {
        let spent: Duration = session.slots(index).map(|slot| session.item_state(slot).time()).sum();
        let allowed = session.time_allowed(index) + extended(session, index);
        let label =
            if form.sections.len() == 1 { "Time on questions".to_owned() } else { format!("Time, {}", section.name) };
        add(&label, format!("{} of {}", SpokenDuration(spent), SpokenDuration(allowed)));
    }
    let changes: usize = score.items.iter().map(|item| item.changes).sum();
    if changes > 0 {
        add("Answers changed", changes.to_string());
    }
    if let Phase::Finished { how: EndReason::TimeOut } = session.phase() {
        add("Ended", ENDED_BY_TIME.to_owned());
    }
    for absence in session.absences() {
        let until = absence.until.or(session.finished_at()).unwrap_or(absence.from);
        add("Interruption", interruption(absence.cause, until.since(absence.from), absence.clock));
    }
    for event in session.journal() {
        match event.event {
            Event::Extended { by_minutes } => add("Time added", counted(by_minutes as usize, "minute")),
            Event::ClockSet { by_seconds } => add("Clock changed", clock_set(by_seconds)),
            _ => {}
        }
    }
    if session.rules().away_policy == AwayPolicy::ClockRuns {
        add("Rules", "strict: leaving did not pause the clock".to_owned());
    }
    if !form.overrides.is_empty() {
        add("Your own folder", overrides(&form.overrides));
    }
    let edition = if form.edition.is_empty() { String::new() } else { format!(", {}", form.edition) };
    add("Form", format!("seed {}{edition}", form.seed));
    facts
}

fn overrides(overrides: &Overrides) -> String {
    let named = |ids: &[ItemId]| ids.iter().map(ItemId::as_str).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    if !overrides.replaced.is_empty() {
        let count = counted(overrides.replaced.len(), "question");
        parts.push(format!("{count} in place of the program's ({})", named(&overrides.replaced)));
    }
    if !overrides.retired.is_empty() {
        let count = counted(overrides.retired.len(), "question");
        parts.push(format!("{count} of the program's retired ({})", named(&overrides.retired)));
    }
    parts.join("; ")
}

fn extended(session: &Session, section: usize) -> Duration {
    let mut inside = None;
    let mut sum = Duration::ZERO;
    for event in session.journal() {
        match event.event {
            Event::Entered { section } => inside = Some(section as usize),
            Event::Extended { by_minutes } if inside == Some(section) => {
                sum += examroom_core::time::minutes(by_minutes);
            }
            _ => {}
        }
    }
    sum
}

fn interruption(cause: AbsenceReason, time: Duration, clock: AwayPolicy) -> String {
    let what = match cause {
        AbsenceReason::Candidate => "you left",
        AbsenceReason::Crash => "the program was ended",
        AbsenceReason::Suspended => "the program was suspended",
        AbsenceReason::Asleep => "the computer slept or its clock was set forward",
    };
    format!("{what} for {}; {}", SpokenDuration(time), clock_while_away(clock))
}

/// A day and time in a zone, as `2026-11-24 09:30`.
#[must_use]
pub fn local_time(at: Timestamp, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
