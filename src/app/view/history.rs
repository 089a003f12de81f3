//! What was sat: each attempt in a row, the scores of each exam one after another, and the weeks of practice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::progress::progress_line;
use super::report::local_time;
use super::{SafeText, counted};
use examroom_core::blueprint::{Blueprint, Provenance};
use examroom_core::form::{ScalePoints, assumptions};
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Outcome, Progress, ScoreSummary, progress};
use examroom_core::session::AttemptKind;
use examroom_core::statistics::{Evidence, TWO_SIDED_95};
use examroom_core::time::Timestamp;

/// What the whiskers of a chart of scores are.
pub const WHISKERS: &str = "The whisker is the error of a score: in 95 of 100 cases the true score lies within it.";

/// Said where there is nothing to tell of.
pub const NOTHING_YET: &str = "You have not sat an exam yet.";

/// The history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryView {
    /// The exams of which a whole mock was scored.
    pub exams: Vec<ExamHistory>,
    /// The weeks in which something was practiced, the oldest first.
    pub weeks: Vec<PracticeWeek>,
    /// All attempts, the newest first.
    pub attempts: Vec<AttemptRow>,
    /// How real exams went, a sentence or two each.
    pub real_exams: Vec<SafeText>,
    /// What is said of second results, a sentence or two each.
    pub regrades: Vec<String>,
}

/// Whether somebody publishes what passes an exam.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PassMark {
    /// It has a source, or the exam is no longer there to say so.
    #[default]
    Known,
    /// Nobody does, and it had to be assumed.
    Assumed,
}

impl PassMark {
    /// The pass mark of an exam as it is now.
    #[must_use]
    pub fn of(blueprint: Option<&Blueprint>) -> Self {
        let source = blueprint.map(|blueprint| blueprint.scale.pass.source);
        if source == Some(Provenance::Assumed) { Self::Assumed } else { Self::Known }
    }

    /// What is said after it.
    const fn note(self) -> &'static str {
        match self {
            Self::Known => "",
            Self::Assumed => " (assumed)",
        }
    }
}

/// The scores of an exam.
#[derive(Clone, Debug, PartialEq)]
pub struct ExamHistory {
    /// The exam's id.
    pub id: ExamId,
    /// The exam's name.
    pub name: SafeText,
    /// The lowest score, the pass mark and the highest score.
    pub scale: (u32, u32, u32),
    /// Whether its pass mark is known.
    pub pass_mark: PassMark,
    /// The scores, the oldest first.
    pub scores: Vec<PastScore>,
    /// What may be said of the course of all sittings with enough new questions, a sentence or two.
    pub progress: Option<SafeText>,
}

/// A score of a mock exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastScore {
    /// The attempt.
    pub attempt: AttemptId,
    /// When it was begun.
    pub begun: String,
    /// The estimate.
    pub scaled: u32,
    /// The lower end of the range that the error leaves.
    pub low: u32,
    /// Its upper end.
    pub high: u32,
    /// Whether it passed.
    pub outcome: Outcome,
}

/// A week of practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeWeek {
    /// Its Monday.
    pub monday: Date,
    /// Questions answered.
    pub answered: u32,
    /// Of them, right.
    pub right: u32,
}

impl PracticeWeek {
    /// `24 of 30 right`
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} of {} right", self.right, self.answered)
    }
}

/// An attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its number.
    pub attempt: AttemptId,
    /// The exam's id.
    pub exam: SafeText,
    /// When it was begun.
    pub begun: String,
    /// What it is; empty where it cannot be read.
    pub kind: &'static str,
    /// `91 of 130`; empty while it is not finished.
    pub right: String,
    /// The estimate; empty where there is none.
    pub score: String,
    /// The scores of the real exam that would be no surprise; empty where nothing can be said.
    pub real_exam: String,
    /// How it ended, or that it has not.
    pub state: &'static str,
    /// `287 to 337`: where the error of the score leaves it; empty where there is no score.
    pub range: String,
    /// Whether it can be looked back at.
    pub is_finished: bool,
    /// Whether it can be continued.
    pub is_open: bool,
}

impl AttemptRow {
    /// `312 (287 to 337), above the pass mark`, `12 of 20 right` or `not finished`.
    #[must_use]
    pub fn result(&self) -> String {
        let came_to = match (self.score.as_str(), self.right.as_str()) {
            ("", "") => String::new(),
            ("", right) => format!("{right} right"),
            (score, _) => format!("{score} ({})", self.range),
        };
        [came_to.as_str(), self.state].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// An attempt as the store has it.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Its number.
    pub attempt: AttemptId,
    /// The exam.
    pub exam: &'a ExamId,
    /// What it is; `None` where that is not known.
    pub kind: Option<AttemptKind>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// What it came to.
    pub came_to: CameTo<'a>,
}

/// What an attempt came to.
#[derive(Clone, Copy, Debug)]
pub enum CameTo<'a> {
    /// It cannot be read.
    Unreadable,
    /// It is not finished.
    Nothing,
    /// Its score.
    Score(&'a ScoreSummary),
}

impl<'a> CameTo<'a> {
    /// The score.
    #[must_use]
    pub const fn score(self) -> Option<&'a ScoreSummary> {
        match self {
            Self::Score(score) => Some(score),
            Self::Unreadable | Self::Nothing => None,
        }
    }
}

impl HistoryView {
    /// The history of attempts, the newest first, in the time of a zone.
    #[must_use]
    pub fn new(attempts: &[Past<'_>], zone: &TimeZone, blueprint: impl Fn(&ExamId) -> Option<Arc<Blueprint>>) -> Self {
        let mut exams: BTreeMap<&ExamId, Vec<PastScore>> = BTreeMap::new();
        let mut weeks: BTreeMap<Date, PracticeWeek> = BTreeMap::new();
        for past in attempts.iter().rev() {
            match (past.kind, past.came_to.score()) {
                (Some(AttemptKind::Mock), Some(score)) => {
                    exams.entry(past.exam).or_default().extend(past_score(past, score, zone));
                }
                (Some(AttemptKind::Practice), Some(score)) => add_practice(&mut weeks, past.created_at, score, zone),
                _ => {}
            }
        }
        let ids: BTreeSet<&ExamId> = attempts.iter().map(|past| past.exam).collect();
        let blueprints: BTreeMap<&ExamId, Option<Arc<Blueprint>>> =
            ids.into_iter().map(|id| (id, blueprint(id))).collect();
        let blueprint = |id: &ExamId| blueprints.get(id).and_then(Option::as_deref);
        let exam = |(id, scores): (&ExamId, Vec<PastScore>)| {
            let blueprint = blueprint(id);
            let scale = attempts.iter().filter(|past| past.exam == id).find_map(|past| past.came_to.score())?.scale;
            Some(ExamHistory {
                id: id.clone(),
                name: SafeText::new(blueprint.map_or(id.as_str(), |blueprint| &blueprint.name)),
                scale: (scale.lowest, scale.pass, scale.highest),
                pass_mark: PassMark::of(blueprint),
                scores,
                progress: progress_at(id, attempts, blueprint).map(|progress| SafeText::new(&progress_line(&progress))),
            })
        };
        Self {
            exams: exams.into_iter().filter_map(exam).collect(),
            weeks: weeks.into_values().filter(|week| week.answered > 0).collect(),
            attempts: attempts.iter().map(|past| row(past, zone, PassMark::of(blueprint(past.exam)))).collect(),
            real_exams: Vec::new(),
            regrades: Vec::new(),
        }
    }
}

/// The progress over the attempts at an exam, the newest first; `None` where nothing can be said of it.
#[must_use]
pub fn progress_at(exam: &ExamId, attempts: &[Past<'_>], blueprint: Option<&Blueprint>) -> Option<Progress> {
    let oldest_first = attempts.iter().rev().filter(|past| past.exam == exam);
    let scores = oldest_first.filter_map(|past| past.came_to.score());
    let (sittings, scales): (Vec<Evidence>, Vec<ScalePoints>) =
        scores.map(|score| (score.contribution, score.scale)).unzip();
    progress(&sittings, blueprint.and_then(assumptions).as_ref(), *scales.last()?)
}

fn past_score(past: &Past<'_>, score: &ScoreSummary, zone: &TimeZone) -> Option<PastScore> {
    let scaled = score.scaled?;
    let (low, high) = range(scaled, score);
    let begun = local_time(past.created_at, zone);
    Some(PastScore { attempt: past.attempt, begun, scaled, low, high, outcome: score.outcome })
}

/// Where the error of a score leaves it.
fn range(scaled: u32, score: &ScoreSummary) -> (u32, u32) {
    let error = points(TWO_SIDED_95 * score.standard_error);
    let (lowest, highest) = (score.scale.lowest, score.scale.highest);
    (scaled.saturating_sub(error).max(lowest), scaled.saturating_add(error).min(highest))
}

fn add_practice(weeks: &mut BTreeMap<Date, PracticeWeek>, at: Timestamp, score: &ScoreSummary, zone: &TimeZone) {
    let Some(monday) = monday(at, zone) else { return };
    let week = weeks.entry(monday).or_insert(PracticeWeek { monday, answered: 0, right: 0 });
    week.answered += score.raw.of;
    week.right += score.raw.right;
}

impl ExamHistory {
    /// What a chart of the scores shows, for those who do not see it.
    #[must_use]
    pub fn summary(&self) -> String {
        let (_, pass, _) = self.scale;
        let (scores, note) = (counted(self.scores.len(), "score"), self.pass_mark.note());
        format!("{}: {scores} against the pass mark of {pass}{note}.", self.name)
    }

    /// The part of the scale that a chart shows: the pass mark and all scores with their errors, to the next multiples
    /// of [`GRID`].
    #[must_use]
    pub fn axis(&self) -> (u32, u32) {
        let (lowest, pass, highest) = self.scale;
        let low = self.scores.iter().map(|score| score.low).fold(pass, u32::min);
        let high = self.scores.iter().map(|score| score.high).fold(pass, u32::max);
        let bottom = (low / GRID * GRID).clamp(lowest.min(pass), pass);
        let top = high.div_ceil(GRID).saturating_mul(GRID).clamp(pass, highest.max(pass));
        if top - bottom >= GRID { (bottom, top) } else { (bottom.saturating_sub(GRID), top + GRID) }
    }
}

/// Points of the scale between two lines of a chart's grid.
pub const GRID: u32 = 50;

/// What an attempt came to: `88 of 130 scored questions right, estimated score 312`.
#[must_use]
pub fn result(kind: AttemptKind, score: &ScoreSummary) -> String {
    let right = format!("{} of {} right", score.raw.right, counted(score.raw.of as usize, "scored question"));
    match score.scaled.filter(|_| kind == AttemptKind::Mock) {
        Some(scaled) => format!("{right}, estimated score {scaled}"),
        None => right,
    }
}

/// What is said of a second result, which was kept beside the first.
#[must_use]
pub fn regraded(attempt: AttemptId, kind: AttemptKind, at: Timestamp, score: &ScoreSummary, zone: &TimeZone) -> String {
    let day = local_time(at, zone);
    let day = day.split(' ').next().unwrap_or_default();
    format!("Attempt {attempt} by the bank of {day}: {}. The first result stays above.", result(kind, score))
}

fn row(past: &Past<'_>, zone: &TimeZone, pass_mark: PassMark) -> AttemptRow {
    let score = past.came_to.score();
    let mock = score.filter(|_| past.kind == Some(AttemptKind::Mock));
    AttemptRow {
        attempt: past.attempt,
        exam: SafeText::new(past.exam.as_str()),
        begun: local_time(past.created_at, zone),
        kind: past.kind.map_or("", kind_word),
        right: score.map_or_else(String::new, |score| format!("{} of {}", score.raw.right, score.raw.of)),
        score: mock.and_then(|score| score.scaled).map_or_else(String::new, |scaled| scaled.to_string()),
        real_exam: mock
            .and_then(|score| score.real_exam)
            .map_or_else(String::new, |forecast| format!("{} to {}", forecast.low, forecast.high)),
        range: mock
            .and_then(|score| Some(range(score.scaled?, score)))
            .map_or_else(String::new, |(low, high)| format!("{low} to {high}")),
        state: state_words(past.kind, past.came_to, pass_mark),
        is_finished: score.is_some(),
        is_open: matches!(past.came_to, CameTo::Nothing),
    }
}

/// How an attempt ended, or that it has not; empty where its score says all.
#[must_use]
pub const fn state_words(kind: Option<AttemptKind>, came_to: CameTo<'_>, pass_mark: PassMark) -> &'static str {
    match (came_to, kind) {
        (CameTo::Unreadable, _) => "cannot be read",
        (CameTo::Nothing, _) => "not finished",
        (CameTo::Score(ScoreSummary { outcome, .. }), Some(AttemptKind::Mock)) => match (outcome, pass_mark) {
            (Outcome::Pass, PassMark::Known) => "above the pass mark",
            (Outcome::Pass, PassMark::Assumed) => "above the assumed pass mark",
            (Outcome::Fail, PassMark::Known) => "below the pass mark",
            (Outcome::Fail, PassMark::Assumed) => "below the assumed pass mark",
        },
        (CameTo::Score(_), _) => "",
    }
}

/// What an attempt is, as a list of them says it.
#[must_use]
pub const fn kind_word(kind: AttemptKind) -> &'static str {
    match kind {
        AttemptKind::Mock => "mock exam",
        AttemptKind::Rehearsal => "rehearsal",
        AttemptKind::Practice => "practice",
        AttemptKind::Paper => "paper",
    }
}

fn monday(at: Timestamp, zone: &TimeZone) -> Option<Date> {
    let day = jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned_datetime(zone.clone()).date();
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an error is a few hundred points at most")]
fn points(error: f64) -> u32 {
    error.round().clamp(0.0, 1e6) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn axis(scores: &[(u32, u32, u32)]) -> (u32, u32) {
        let past = |(low, scaled, high): &(u32, u32, u32)| PastScore {
            attempt: AttemptId(1),
            begun: String::new(),
            scaled: *scaled,
            low: *low,
            high: *high,
            outcome: Outcome::Fail,
        };
        let history = ExamHistory {
            id: ExamId::new("e"),
            name: SafeText::new("E"),
            scale: (100, 300, 400),
            pass_mark: PassMark::Known,
            scores: scores.iter().map(past).collect(),
            progress: None,
        };
        history.axis()
    }

    #[test]
    fn the_axis_holds_the_pass_mark_and_every_score_with_its_error() {
        assert_eq!(axis(&[(210, 240, 270)]), (200, 300));
        assert_eq!(axis(&[(310, 340, 370), (250, 280, 310)]), (250, 400));
        assert_eq!(axis(&[(100, 100, 130), (380, 400, 400)]), (100, 400));
        assert_eq!(axis(&[(300, 300, 300)]), (250, 350));
    }

    #[test]
    fn a_week_begins_on_monday_where_the_candidate_is() {
        let sunday_evening = Timestamp(
            date(2026, 11, 29).at(23, 30, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp().as_millisecond(),
        );
        assert_eq!(monday(sunday_evening, &TimeZone::UTC), Some(date(2026, 11, 23)));
        let east = TimeZone::fixed(jiff::tz::offset(2));
        assert_eq!(monday(sunday_evening, &east), Some(date(2026, 11, 30)));
    }
}
