//! The report of a finished sitting: the estimate, how far it can be off, and what led to it.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::announcement::{self, ENDED_BY_TIME, clock_set};
use super::edition::mark;
use super::lessons::lessons;
use super::look_ups::LookUpsView;
use super::pacing::allowed;
use super::practice_report::{PracticeReport, practice_report};
use super::{SafeText, counted, disclaimer, percent};
use examroom_core::bank::Overrides;
use examroom_core::form::{Assumed, Form, Kind, Origin};
use examroom_core::id::ItemId;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::{
    Basis, Completion, DomainScore, FEWEST_NEW, Forecast, Mark, Outcome, RawScore, ScoreReport, Speed, Standing,
};
use examroom_core::session::{AbsenceReason, AttemptKind, AwayPolicy, EndReason, Event, Phase, Session};
use examroom_core::time::{SpokenDuration, Timestamp};

/// The report in words.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportView {
    /// The exam's name and id.
    pub title: SafeText,
    /// What must be known before the score is read, a sentence or two each; mostly nothing.
    pub remarks: Vec<SafeText>,
    /// `Estimated scaled score: 312 (from 100 to 400; pass mark 300)`; none for a rehearsal, which is too short for one,
    /// and for practice.
    pub headline: Option<String>,
    /// What is said after the pass mark where it had to be assumed.
    pub pass_mark_note: &'static str,
    /// Whether the form was passed; none where it is not judged as a whole.
    pub outcome: Option<Outcome>,
    /// `PASS by this estimate`.
    pub verdict: String,
    /// What the score says and does not say, a sentence or two each.
    pub meaning: Vec<SafeText>,
    /// A line for each domain, in the blueprint's order; none for practice.
    pub domains: Vec<DomainRow>,
    /// What the domain figures mean, for below their table.
    pub domain_note: &'static str,
    /// Facts of the sitting: label and value.
    pub facts: Vec<(String, SafeText)>,
    /// What was looked up on the shelf; none where nothing could be.
    pub look_ups: Option<LookUpsView>,
    /// Whose score it is not.
    pub disclaimer: SafeText,
}

impl ReportView {
    /// The report of a finished session and its score.
    #[must_use]
    pub fn new(session: &Session, score: &ScoreReport) -> Self {
        if session.kind() == AttemptKind::Practice {
            return Self::of_practice(session, score);
        }
        let form = session.form();
        let judged = is_judged_as_a_whole(score);
        Self {
            title: SafeText::new(&format!("{} ({})", form.name, form.exam)),
            remarks: remarks(form, score).iter().map(|remark| SafeText::new(remark)).collect(),
            headline: headline(form, score),
            pass_mark_note: mark(&form.caveats, Assumed::PassMark),
            outcome: Some(score.outcome).filter(|_| judged),
            verdict: verdict(form, score),
            meaning: meaning(form, score).iter().map(|line| SafeText::new(line)).collect(),
            domains: score.domains.iter().map(DomainRow::new).collect(),
            domain_note: if score.domains.iter().any(has_chance) { PROBABLE } else { BY_RANGE },
            facts: facts(session, score),
            look_ups: LookUpsView::new(session),
            disclaimer: disclaimer(form.owner.as_deref()),
        }
    }
}

impl ReportView {
    fn of_practice(session: &Session, score: &ScoreReport) -> Self {
        let form = session.form();
        let PracticeReport { verdict, meaning, facts } = practice_report(session, score);
        Self {
            title: SafeText::new(&format!("{} ({})", form.name, form.exam)),
            remarks: Vec::new(),
            headline: None,
            pass_mark_note: "",
            outcome: None,
            verdict,
            meaning,
            domains: Vec::new(),
            domain_note: "",
            facts,
            look_ups: LookUpsView::new(session),
            disclaimer: "Practice has no score, and no part in any estimate of the exam.".into(),
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
    /// Where the candidate stands to the cut, in words, with how likely that is.
    pub standing: String,
}

impl DomainRow {
    fn new(domain: &DomainScore) -> Self {
        Self {
            name: SafeText::new(&domain.name),
            right: domain.raw.right,
            of: domain.raw.of,
            share: share(domain.raw),
            cut: domain.cut,
            low: domain.interval.low,
            high: domain.interval.high,
            standing: match (domain.standing, domain.below_cut) {
                (Standing::Below, Some(below)) => format!("study first {}", chance(below)),
                (Standing::Above, Some(below)) => format!("above cut {}", chance(1.0 - below)),
                (Standing::Below, None) => "below its cut".to_owned(),
                (Standing::Above, None) => "above its cut".to_owned(),
                (Standing::NearCut, _) => "near its cut".to_owned(),
                (Standing::TooFewToTell, _) => "too few to tell".to_owned(),
            },
        }
    }
}

/// Whether a domain's standing is told with its chance.
fn has_chance(domain: &DomainScore) -> bool {
    matches!(domain.standing, Standing::Below | Standing::Above) && domain.below_cut.is_some()
}

const PROBABLE: &str = "Domains show where to study; the score is not their average. The percentage is the chance that \
     you truly are below the cut there (study first) or above it, by all your answers; the range is where your true \
     share lies with 95 % confidence, by those of the domain alone.";

const BY_RANGE: &str = "Domains show where to study; the score is not their average. The range is where your true share \
     lies with 95 % confidence.";

fn is_judged_as_a_whole(score: &ScoreReport) -> bool {
    score.kind == Kind::Mock && score.completion != Completion::SubmittedEarly
}

fn verdict(form: &Form, score: &ScoreReport) -> String {
    let verdict = match (score.kind, score.completion, score.outcome) {
        (_, Completion::SubmittedEarly, _) => return "Submitted early: neither a pass nor a fail".to_owned(),
        (Kind::Rehearsal, _, _) if form.caveats.is_unfinished() => {
            return "A rehearsal of an unfinished edition: it has no scaled score".to_owned();
        }
        (Kind::Rehearsal, _, _) => return "A short rehearsal, not a mock exam: it has no scaled score".to_owned(),
        (Kind::Mock, _, Outcome::Pass) => "PASS by this estimate",
        (Kind::Mock, _, Outcome::Fail) => "FAIL by this estimate",
    };
    match score.new_questions.map_or(0, |new| score.raw.of - new) {
        0 => verdict.to_owned(),
        seen => format!("{verdict}, which counts {} that you had seen", counted(seen as usize, "question")),
    }
}

fn headline(form: &Form, score: &ScoreReport) -> Option<String> {
    let scale = score.scale;
    let assumed = if form.caveats.assumes(Assumed::PassMark) { "; all assumed" } else { "" };
    let points =
        format!("{} (from {} to {}; pass mark {}{assumed})", score.scaled, scale.lowest, scale.highest, scale.pass);
    match (score.kind, score.completion) {
        (Kind::Rehearsal, _) => None,
        (Kind::Mock, Completion::SubmittedEarly) => Some(format!("With the blanks as wrong it would score {points}")),
        (Kind::Mock, _) => Some(format!("Estimated scaled score: {points}")),
    }
}

fn remarks(form: &Form, score: &ScoreReport) -> Vec<String> {
    let mut remarks = Vec::new();
    let (answered, questions) = (score.answered, counted(score.items.len(), "question"));
    let unreached = score.items.iter().filter(|item| item.mark == Mark::NotReached).count();
    let of_answered = format!(
        "Of the {} that you answered, {} right ({})",
        counted(answered.of as usize, "scored question"),
        if answered.right == 1 { "1 was".to_owned() } else { format!("{} were", answered.right) },
        percent(share(answered))
    );
    match (score.completion, answered.of) {
        (Completion::Whole, _) => {}
        (Completion::SubmittedEarly, 0) => {
            remarks.push(format!(
                "You submitted with {unreached} of {questions} never reached, and answered no scored question: there is \
                 nothing to judge."
            ));
        }
        (Completion::SubmittedEarly, _) => remarks.push(format!(
            "You submitted with {unreached} of {questions} never reached. {of_answered}; the domains and any estimate of \
             the real exam judge these alone."
        )),
        (Completion::OutOfTime, _) => remarks.push(format!(
            "Time ran out with {unreached} of {questions} never reached; they count as wrong. {of_answered}."
        )),
    }
    if score.speed == Speed::FasterThanReading {
        remarks.push(
            "You answered faster than anyone can read the questions: this says how you guess, not what you know."
                .to_owned(),
        );
    }
    if let Some(forecast) = score.real_exam.filter(|forecast| forecast.basis == Basis::EarlierSittings) {
        remarks.push(format!(
            "Your last estimate from new questions stands, since too few of this sitting's were new ({}). {}",
            score.evidence.questions,
            expectation(form, &forecast)
        ));
        remarks.push(rests_on(form, &forecast));
    }
    remarks
}

fn meaning(form: &Form, score: &ScoreReport) -> Vec<String> {
    let mut lines = Vec::new();
    match (score.real_exam, score.assumptions) {
        (Some(forecast), _) if forecast.basis == Basis::ThisSitting => {
            lines.push(expectation(form, &forecast));
            lines.push(rests_on(form, &forecast));
            if is_judged_as_a_whole(score) && !(forecast.low..=forecast.high).contains(&score.scaled) {
                lines.push(
                    "Your score lies outside that range: among all candidates a score like it is rare, and is expected \
                     to be partly chance."
                        .to_owned(),
                );
            }
        }
        (None, Some(_)) => lines.push(format!(
            "No estimate of the real exam: it takes {FEWEST_NEW} scored questions that are new to you, and this sitting \
             has {}.",
            score.evidence.questions
        )),
        (None, None) if score.kind == Kind::Mock => lines.push(error(score)),
        _ => {}
    }
    lines.push(seen(score));
    lines.push(format!(
        "{} of {} right ({}). This form is passed with {} ({:.1} by the ratings of its questions).",
        score.raw.right,
        counted(score.raw.of as usize, "scored question"),
        percent(share(score.raw)),
        score.needed,
        score.cut
    ));
    lines
}

/// What may happen at the real exam.
fn expectation(form: &Form, forecast: &Forecast) -> String {
    let scale = if form.caveats.assumes(Assumed::PassMark) { ", on the assumed scale," } else { "" };
    let pass = (forecast.chance * 100.0).round();
    let pass = if forecast.chance > 0.99 {
        "more than 99".to_owned()
    } else if forecast.chance < 0.01 {
        "fewer than 1".to_owned()
    } else {
        format!("about {pass:.0}")
    };
    format!(
        "If you sat the real exam this week, a score between {} and {}{scale} would be no surprise. Of 100 candidates with \
         your result, {pass} would pass.",
        forecast.low, forecast.high
    )
}

fn rests_on(form: &Form, forecast: &Forecast) -> String {
    let questions = format!("{} that were new to you", counted(forecast.questions as usize, "scored question"));
    let sittings = match forecast.sittings {
        1 => String::new(),
        sittings => format!(" in {sittings} sittings"),
    };
    let raters =
        form.questions().filter(|(_, question)| question.scored).map(|(_, question)| question.item.ratings.len()).min();
    let judgments = match raters {
        Some(raters @ 2..) => format!("the judgments of {raters} raters"),
        _ => "one judgment".to_owned(),
    };
    format!(
        "This rests on {questions}{sittings} and, for how hard each question is, on {judgments} and not on candidates' \
         answers: all of it can be ten points too kind or too strict."
    )
}

/// How many questions were new.
fn seen(score: &ScoreReport) -> String {
    let of = score.raw.of;
    let known = match score.new_questions {
        None => {
            return "Which of these questions you had seen before is not known: the attempt is from an earlier version \
                        of the program."
                .to_owned();
        }
        Some(1) if of == 1 => "The one scored question was new to you.".to_owned(),
        Some(new) if new == of => format!("All {of} scored questions were new to you."),
        Some(0) => format!("You had seen all {} before.", counted(of as usize, "scored question")),
        Some(new) => format!("{new} of {of} scored questions were new to you."),
    };
    match score.background {
        Some(Origin::Reconstructed) => {
            format!("{known} (The attempt is from an earlier version; your other attempts tell what you had seen.)")
        }
        _ => known,
    }
}

fn share(raw: RawScore) -> f64 {
    f64::from(raw.right) / f64::from(raw.of.max(1))
}

/// The standard error, where the score lets it be estimated.
fn error(score: &ScoreReport) -> String {
    if score.raw.right == 0 || score.raw.right == score.raw.of {
        "With all answers alike, the error of the score cannot be estimated.".to_owned()
    } else {
        format!("Standard error: {:.0} points of the scale.", score.standard_error.scaled)
    }
}

/// A chance is never reported as certain.
fn chance(chance: f64) -> String {
    percent(chance.clamp(0.01, 0.99))
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
        let allowed = allowed(session, index);
        let label =
            if form.sections.len() == 1 { "Time on questions".to_owned() } else { format!("Time, {}", section.name) };
        let assumed = mark(&form.caveats, Assumed::Minutes);
        add(&label, format!("{} of {}{assumed}", SpokenDuration(spent), SpokenDuration(allowed)));
    }
    for (label, value) in lessons(session, score) {
        add(&label, value);
    }
    if let Phase::Finished { how: EndReason::TimeOut } = session.phase() {
        add("Ended", ENDED_BY_TIME.to_owned());
    }
    for absence in session.absences() {
        let until = absence.until.or(session.finished_at()).unwrap_or(absence.from);
        let allowance = session.rules().time_allowance;
        let (what, time) = (cause(absence.cause), until.since(absence.from));
        add("Interruption", announcement::interruption(what, time, absence.clock, allowance));
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
    let drawn_by = form.code.as_ref().map_or_else(|| format!("seed {}", form.seed), |code| format!("code {code}"));
    add("Form", format!("{drawn_by}{edition}"));
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

const fn cause(reason: AbsenceReason) -> &'static str {
    match reason {
        AbsenceReason::Candidate => "you left",
        AbsenceReason::Crash => "the program was ended",
        AbsenceReason::Suspended => "the program was suspended",
        AbsenceReason::Asleep => "the computer slept or its clock was set forward",
    }
}

/// Said below the bars of the domains.
pub const BARS: &str = "The line across a bar is the cut; the whisker below it is the range.";

/// Which attempt a report is of: `Attempt 3, finished 2026-11-24 09:30`.
#[must_use]
pub fn occasion(attempt: AttemptId, session: &Session, zone: &TimeZone) -> String {
    let finished = session.finished_at().map(|at| format!(", finished {}", local_time(at, zone)));
    format!("Attempt {attempt}{}", finished.unwrap_or_default())
}

/// The day of a point in time, in a zone; `None` beyond the calendar.
#[must_use]
pub fn day_in(at: Timestamp, zone: &TimeZone) -> Option<jiff::civil::Date> {
    Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned_datetime(zone.clone()).date())
}

/// A day and time in a zone, as `2026-11-24 09:30`.
#[must_use]
pub fn local_time(at: Timestamp, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
        .unwrap_or_default()
}
