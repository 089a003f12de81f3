//! What was sat: each attempt in a row, the scores of each exam one after another, and the weeks of practice.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::progress::progress_line;
use super::report::local_time;
use super::{SafeText, counted};
use examroom_core::id::ExamId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{Mark, Outcome, ScoreReport, progress};
use examroom_core::session::{AttemptKind, Session};
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
    /// Whether it can be looked back at.
    pub is_finished: bool,
}

/// An attempt as the store has it.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Its number.
    pub attempt: AttemptId,
    /// The exam.
    pub exam: &'a ExamId,
    /// When it was begun.
    pub created_at: Timestamp,
    /// The sitting, with its score where it is finished; `None` where it cannot be read.
    pub sat: Option<(&'a Session, Option<&'a ScoreReport>)>,
}

/// Takes in attempts one after another, so that each can be discarded before the next is read.
#[derive(Debug)]
pub struct Historian {
    zone: TimeZone,
    exams: BTreeMap<ExamId, ExamHistory>,
    /// What each sitting adds to what is known of the candidate.
    sittings: BTreeMap<ExamId, Vec<Evidence>>,
    weeks: BTreeMap<Date, PracticeWeek>,
    attempts: Vec<AttemptRow>,
}

impl Historian {
    /// A history without attempts, told in the time of a zone.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        Self { zone, exams: BTreeMap::new(), sittings: BTreeMap::new(), weeks: BTreeMap::new(), attempts: Vec::new() }
    }

    /// Takes in the next attempt; the oldest comes first.
    pub fn add(&mut self, past: Past<'_>) {
        self.attempts.push(row(past, &self.zone));
        let Some((session, Some(score))) = past.sat else { return };
        let sittings = self.sittings.entry(past.exam.clone()).or_default();
        sittings.push(score.contribution());
        match session.kind() {
            AttemptKind::Mock => self.add_score(past, session, score),
            AttemptKind::Practice => self.add_practice(past.created_at, score),
            AttemptKind::Rehearsal | AttemptKind::Paper => {}
        }
        self.tell_progress(past, score);
    }

    fn add_score(&mut self, past: Past<'_>, session: &Session, score: &ScoreReport) {
        let scale = score.scale;
        let exam = self.exams.entry(past.exam.clone()).or_insert_with(|| ExamHistory {
            id: past.exam.clone(),
            name: SafeText::new(&session.form().name),
            scale: (scale.lowest, scale.pass, scale.highest),
            scores: Vec::new(),
            progress: None,
        });
        let error = points(TWO_SIDED_95 * score.standard_error.scaled);
        exam.scores.push(PastScore {
            attempt: past.attempt,
            begun: local_time(past.created_at, &self.zone),
            scaled: score.scaled,
            low: score.scaled.saturating_sub(error).max(scale.lowest),
            high: score.scaled.saturating_add(error).min(scale.highest),
            outcome: score.outcome,
        });
    }

    fn tell_progress(&mut self, past: Past<'_>, score: &ScoreReport) {
        let sittings = self.sittings.get(past.exam).map_or(&[][..], Vec::as_slice);
        let progress = progress(sittings, score.assumptions.as_ref(), score.scale);
        if let Some(exam) = self.exams.get_mut(past.exam) {
            exam.progress = progress.map(|progress| SafeText::new(&progress_line(&progress)));
        }
    }

    fn add_practice(&mut self, at: Timestamp, score: &ScoreReport) {
        let Some(monday) = monday(at, &self.zone) else { return };
        let week = self.weeks.entry(monday).or_insert(PracticeWeek { monday, answered: 0, right: 0 });
        for item in &score.items {
            week.answered += u32::from(matches!(item.mark, Mark::Right | Mark::Wrong));
            week.right += u32::from(item.mark == Mark::Right);
        }
    }

    /// What was taken in.
    #[must_use]
    pub fn finish(mut self) -> HistoryView {
        self.attempts.reverse();
        let weeks = self.weeks.into_values().filter(|week| week.answered > 0);
        HistoryView { exams: self.exams.into_values().collect(), weeks: weeks.collect(), attempts: self.attempts }
    }
}

impl ExamHistory {
    /// What a chart of the scores shows, for those who do not see it.
    #[must_use]
    pub fn summary(&self) -> String {
        let (_, pass, _) = self.scale;
        format!("{}: {} against the pass mark of {pass}.", self.name, counted(self.scores.len(), "score"))
    }
}

fn row(past: Past<'_>, zone: &TimeZone) -> AttemptRow {
    let kind = past.sat.map(|(session, _)| session.kind());
    let score = past.sat.and_then(|(_, score)| score);
    let mock = score.filter(|_| kind == Some(AttemptKind::Mock));
    let right = |score: &ScoreReport| match kind {
        // What was left out of practice was not wrong.
        Some(AttemptKind::Practice) => score.answered,
        _ => score.raw,
    };
    AttemptRow {
        attempt: past.attempt,
        exam: SafeText::new(past.exam.as_str()),
        begun: local_time(past.created_at, zone),
        kind: kind.map_or("", kind_word),
        right: score.map(right).map_or_else(String::new, |raw| format!("{} of {}", raw.right, raw.of)),
        score: mock.map_or_else(String::new, |score| score.scaled.to_string()),
        real_exam: mock
            .and_then(|score| score.real_exam)
            .map_or_else(String::new, |forecast| format!("{} to {}", forecast.low, forecast.high)),
        state: match (past.sat, mock) {
            (None, _) => "cannot be read",
            (Some((_, None)), _) => "not finished",
            (_, Some(score)) if score.outcome == Outcome::Pass => "above the pass mark",
            (_, Some(_)) => "below the pass mark",
            (_, None) => "",
        },
        is_finished: score.is_some(),
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
