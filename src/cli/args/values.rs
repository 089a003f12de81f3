//! Values that are read from a word of the command line, and refused with what to type instead.

use clap::Args as ClapArgs;
use jiff::civil::Date;

use examroom_app::live::today;
use examroom_core::diagnostics::Code;
use examroom_core::form::code::{CodeError, FormCode, MOST_DISJOINT};
use examroom_core::text::nearest;

/// The date that decides which questions may be drawn: one for the whole run.
#[derive(Clone, Copy, Debug, Default, ClapArgs)]
pub struct AsOf {
    /// The date on which a question must be valid to be drawn, for example 2026-11-24 (default: today)
    #[arg(long = "as-of", value_name = "DATE", value_parser = date)]
    named: Option<Date>,
}

impl AsOf {
    /// This day.
    pub const fn on(day: Date) -> Self {
        Self { named: Some(day) }
    }

    /// Whether a date was named.
    pub const fn is_named(self) -> bool {
        self.named.is_some()
    }

    /// The date that was named, or else today's. Asks the clock: call it once.
    pub fn day(self) -> Date {
        self.named.unwrap_or_else(today)
    }

    /// A named date, as an argument of a command that is suggested.
    pub fn argument(self) -> String {
        self.named.map_or_else(String::new, |day| format!(" --as-of {day}"))
    }

    /// A named date, as it follows the name of what it was applied to.
    pub fn note(self) -> String {
        self.named.map_or_else(String::new, |day| format!(" on {day}"))
    }
}

pub(super) fn items(text: &str) -> Result<u32, &'static str> {
    text.parse().ok().filter(|items| *items > 0).ok_or("give a number of questions, for example 20")
}

pub(super) fn forms(text: &str) -> Result<u32, String> {
    let forms = text.parse().ok().filter(|forms| (1..=MOST_DISJOINT).contains(forms));
    forms.ok_or_else(|| format!("give a number of forms from 1 to {MOST_DISJOINT}"))
}

pub(super) fn form_code(text: &str) -> Result<FormCode, String> {
    text.parse().map_err(|error: CodeError| format!("{error}; {}", error.help()))
}

pub(super) fn seed(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "give a whole number, for example 7")
}

pub(super) fn attempt(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|_| "give an attempt's number, as the history lists it, for example 1")
}

pub(super) fn date(text: &str) -> Result<Date, &'static str> {
    // A date alone: jiff also takes a time after it, and leaves the time out.
    let date = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    date.ok_or("give a day of the calendar as year, month and day, for example 2026-11-24")
}

pub(super) fn percent(text: &str) -> Result<u32, &'static str> {
    let number = text.trim_end_matches('%').parse().ok();
    number.filter(|percent| (1..100).contains(percent)).ok_or("give a share between 1 and 99, for example 70")
}

pub(super) fn code(name: &str) -> Result<Code, String> {
    Code::parse(name).ok_or_else(|| {
        let near = nearest(&name.to_lowercase(), Code::ALL.iter().map(|code| code.name()));
        let meant = near.map_or_else(String::new, |near| format!("did you mean {near}? "));
        format!("{meant}list them all with: examroom bank explain")
    })
}

pub(super) fn column(text: &str) -> Result<(String, String), &'static str> {
    let (field, name) = text.split_once('=').ok_or("give it as FIELD=NAME, for example stem=Frage")?;
    Ok((name.trim().to_owned(), field.trim().to_owned()))
}
