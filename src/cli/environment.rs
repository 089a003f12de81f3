//! The variables of the environment that the program heeds, read in one place. An empty one counts as not set.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the environment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// `EXAMROOM_DATA`: the folder with the attempts.
    pub data: Option<PathBuf>,
    /// `ACCESSIBLE`: output that is fit for a screen reader.
    pub accessible: bool,
    /// `TERM=dumb`: a terminal that can neither redraw nor color.
    pub dumb_terminal: bool,
    /// `NO_COLOR`: no color anywhere.
    pub no_color: bool,
}

impl Environment {
    pub fn read() -> Self {
        Self::from(|name| std::env::var_os(name))
    }

    fn from(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        Self {
            data: set("EXAMROOM_DATA").map(PathBuf::from),
            accessible: set("ACCESSIBLE").is_some_and(|value| value != "0"),
            dumb_terminal: set("TERM").is_some_and(|value| value == "dumb"),
            no_color: set("NO_COLOR").is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Environment {
        Environment::from(|name| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let empty = with(&[("EXAMROOM_DATA", ""), ("ACCESSIBLE", ""), ("TERM", ""), ("NO_COLOR", "")]);
        assert_eq!(empty, with(&[]));
    }

    #[test]
    fn zero_asks_for_nothing_but_for_no_color() {
        let zeros = with(&[("ACCESSIBLE", "0"), ("NO_COLOR", "0")]);
        assert_eq!((zeros.accessible, zeros.no_color), (false, true), "no-color.org: whatever its value");
        assert!(with(&[("ACCESSIBLE", "1")]).accessible);
    }
}
