//! What a candidate reads before the clock starts.

use super::edition::{mark, warnings};
use super::{SafeText, counted, disclaimer};
use examroom_core::blueprint::Book;
use examroom_core::form::{Assumed, Form, FormSection, Kind};
use examroom_core::scoring::Scaling;
use examroom_core::session::{AttemptKind, AwayPolicy, ConfidencePolicy, Rules};
use examroom_core::time::SpokenDuration;

/// The welcome page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesView {
    /// The exam's name.
    pub title: SafeText,
    /// Whether this is a mock, a rehearsal or practice, and what it costs, in a sentence or two.
    pub kind: String,
    /// The pass mark, and how many right answers of this form it is estimated to be; none in practice, which has no
    /// score.
    pub pass_mark: Option<String>,
    /// A line for each section and break.
    pub parts: Vec<SafeText>,
    /// The rules, a sentence or two each.
    pub rules: Vec<SafeText>,
}

impl RulesView {
    /// The page of a form that is sat by these rules.
    #[must_use]
    pub fn new(form: &Form, rules: Rules) -> Self {
        match AttemptKind::of(form, rules) {
            AttemptKind::Practice => Self::of_practice(form, rules),
            _ => Self::of_exam(form, rules),
        }
    }

    fn of_exam(form: &Form, rules: Rules) -> Self {
        let questions = counted(form.len(), "question");
        let time = SpokenDuration(form.sections.iter().map(|section| rules.time_allowance.of(section.time)).sum());
        let kind = match form.kind {
            Kind::Mock => format!("A full mock exam: {questions} in {time}."),
            Kind::Rehearsal if form.caveats.is_unfinished() => {
                format!("A rehearsal of what there is of this exam: {questions} in {time}. This is not a mock exam.")
            }
            Kind::Rehearsal => format!(
                "A short rehearsal: {questions} in {time}, in the exam's proportions and at its pace. This is not a mock \
                 exam."
            ),
        };
        let kind = [Some(kind), news(form)].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let scaling = Scaling::of(form);
        let noun = if form.len() == scaling.questions as usize { "question" } else { "scored question" };
        let pass_mark = format!(
            "Pass mark: {} of {}{}. By this program's estimate, this form is passed with {} of its {} right.",
            form.scale.pass,
            form.scale.highest,
            mark(&form.caveats, Assumed::PassMark),
            scaling.needed(),
            counted(scaling.questions as usize, noun)
        );
        let mut parts = Vec::new();
        for (index, section) in form.sections.iter().enumerate() {
            let book = match (form.sections.len(), section.book) {
                (1, Book::Closed) => "",
                (_, Book::Closed) => " No references.",
                (_, Book::Open) => " The reference shelf is open.",
            };
            parts.push(SafeText::new(&format!(
                "{}: {}, {}{}.{book}",
                section.name,
                counted(section.questions.len(), "question"),
                SpokenDuration(rules.time_allowance.of(section.time)),
                mark(&form.caveats, Assumed::Minutes)
            )));
            if index + 1 < form.sections.len()
                && let Some(rule) = section.break_after
            {
                let optional = if rule.optional { "an optional break" } else { "a break" };
                parts.push(SafeText::new(&format!(
                    "Then {optional} of {}{}; the exam's clock is paused. If it is overrun, the next part starts without \
                     you.",
                    SpokenDuration(rule.time),
                    mark(&form.caveats, Assumed::Breaks)
                )));
            }
        }
        let mut lines = warnings(form);
        // It begins its line, so that it is not broken.
        lines.extend(form.code.as_deref().map(|code| {
            SafeText::new(&format!("Form code {code}: whoever types it sits the same questions in the same order."))
        }));
        if form.sections.len() > 1 {
            lines.push("When you leave a section you cannot come back to it.".into());
        }
        lines.push("There is no penalty for a guess. A question left blank counts as wrong.".into());
        if form.questions().any(|(_, question)| !question.scored) {
            lines.push(
                "Some questions are unscored, as in the real exam. They look like the others, and do not count.".into(),
            );
        }
        if form.near_duplicates > 0 {
            lines.push(SafeText::new(&format!(
                "{} of these questions are nearly the same as another: the bank is too small to keep them apart.",
                form.near_duplicates
            )));
        }
        lines.push(match rules.away_policy {
            AwayPolicy::StopsClock => {
                "You may leave at any time and resume later: the clock is paused while you are away, and the report says so."
                    .into()
            }
            AwayPolicy::ClockRuns => {
                "Strict: leaving does not pause the clock. When time is up, the exam is submitted.".into()
            }
        });
        if rules.confidence == ConfidencePolicy::Asked {
            lines.push("You may say of each answer how sure you are: sure, think so, or guess.".into());
        }
        lines.push("Every answer is saved as you give it.".into());
        lines.push(disclaimer(form.owner.as_deref()));
        Self {
            title: SafeText::new(&format!("{} ({})", form.name, form.exam)),
            kind,
            pass_mark: Some(pass_mark),
            parts,
            rules: lines,
        }
    }

    fn of_practice(form: &Form, rules: Rules) -> Self {
        let questions = counted(form.len(), "question");
        let kind = if rules.time_allowance.is_limited() {
            let time = SpokenDuration(form.sections.iter().map(|section| rules.time_allowance.of(section.time)).sum());
            format!("Practice: {questions} in {time}, the exam's pace.")
        } else {
            format!("Practice: {questions}, at your own pace.")
        };
        let parts = match &form.sections[..] {
            [_] => Vec::new(),
            sections => sections.iter().map(part_of_practice).collect(),
        };
        let lines = [
            "After each answer you see whether it is right, the reason for each choice, and the source. The answer is \
             final then.",
            "Before you answer you may say how sure you are: sure, think so, or guess.",
            "Every answer is saved as you give it. You may leave at any time and continue later.",
            "Practice is not a mock exam: it has no scaled score and no part in any estimate.",
        ];
        Self {
            title: SafeText::new(&format!("{} ({})", form.name, form.exam)),
            kind: [Some(kind), cost(form)].into_iter().flatten().collect::<Vec<_>>().join(" "),
            pass_mark: None,
            parts,
            rules: lines.into_iter().map(SafeText::from).collect(),
        }
    }
}

fn part_of_practice(section: &FormSection) -> SafeText {
    let book = match section.book {
        Book::Closed => "No references in the exam.",
        Book::Open => "The reference shelf is open.",
    };
    SafeText::new(&format!("{}: {}. {book}", section.name, counted(section.questions.len(), "question")))
}

/// What practice takes from the mock exams to come.
fn cost(form: &Form) -> Option<String> {
    let background = form.background.as_ref()?;
    let new_in_bank = background.new_in_bank?;
    Some(spent(form.new_questions()?, new_in_bank as usize))
}

/// How many new questions practice spends of those that are left.
pub(super) fn spent(new: usize, left: usize) -> String {
    match new {
        0 => "You have seen all of them before, so it costs no new questions.".to_owned(),
        new => format!("Of {} left for mock exams, it spends {new}.", counted(left, "new question")),
    }
}

/// How many of the questions are new to the candidate, and how many forms of new ones are left after them.
fn news(form: &Form) -> Option<String> {
    let background = form.background.as_ref()?;
    let new = form.new_questions()?;
    let known = match new {
        0 => "You have seen all of them before.".to_owned(),
        new if new == form.len() => "All of them are new to you.".to_owned(),
        1 => "One of them is new to you; the others you have seen before.".to_owned(),
        new => format!("{new} of them are new to you; the others you have seen before."),
    };
    let left = match (form.kind, background.new_forms_left) {
        (Kind::Rehearsal, _) | (_, None) => return Some(known),
        (Kind::Mock, Some(0)) => "After it, questions repeat.".to_owned(),
        (Kind::Mock, Some(left)) => {
            format!("After it, {} of new questions; then they repeat.", counted(left as usize, "more full mock"))
        }
    };
    Some(format!("{known} {left}"))
}
