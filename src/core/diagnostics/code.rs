//! Every finding has a code that stays, and a page that explains it (`examroom bank explain CODE`).
//!
//! A code is defined beside the rule that finds it, by [`codes!`], and so is its page: this layer knows only its own. The
//! list of all of them ([`Code::ALL`]) stands with the last module that has rules, in `bank/codes.rs`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// How bad a finding is. No sitting starts on a bank with an error; a warning is advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Advice: the bank can be sat all the same.
    Warning,
    /// No sitting starts while it stands.
    Error,
}

/// The kind of a finding.
#[derive(Clone, Copy)]
pub struct Code(&'static Definition);

/// What a code is.
pub(crate) struct Definition {
    pub name: &'static str,
    pub severity: Severity,
    /// Its title on a line, and below it the explanation.
    pub page: &'static str,
}

impl Code {
    pub(crate) const fn define(definition: &'static Definition) -> Self {
        Self(definition)
    }

    /// The code of a name, in whatever capitals.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }

    /// The name that messages carry and `bank explain` takes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether it keeps a sitting from starting.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.0.severity
    }

    /// What it means in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.page.lines().next().unwrap_or_default()
    }

    /// What it means, why it matters and what to do: paragraphs, each a line, with an empty line between two. Lines that
    /// begin with four spaces show what to write in a file.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        self.0.page.split_once('\n').map_or("", |(_, explanation)| explanation.trim_matches('\n'))
    }
}

/// Defines codes beside the rules that find them. Each is a constant of [`Code`]; its page is a file of its name in the
/// folder `explanations` beside the rule.
macro_rules! codes {
    ($($severity:ident $constant:ident $name:literal)+) => {
        impl $crate::diagnostics::Code {
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: Self = Self::define(&$crate::diagnostics::Definition {
                    name: $name,
                    severity: $crate::diagnostics::Severity::$severity,
                    page: include_str!(concat!("explanations/", $name, ".txt")),
                });
            )+
        }
        $(const _: () = assert!($crate::diagnostics::is_name_of($name, stringify!($constant)));)+
    };
}
pub(crate) use codes;

/// Whether a code has the name of its constant: `no-key` is that of `NO_KEY`.
pub(crate) const fn is_name_of(name: &str, constant: &str) -> bool {
    let (name, constant) = (name.as_bytes(), constant.as_bytes());
    let mut at = 0;
    while at < name.len() && at < constant.len() {
        let expected = if constant[at] == b'_' { b'-' } else { constant[at].to_ascii_lowercase() };
        if name[at] != expected {
            return false;
        }
        at += 1;
    }
    name.len() == constant.len()
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Code {}

/// By name.
impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_found_by_its_name_and_is_explained() {
        assert_eq!(Code::ALL.iter().collect::<BTreeSet<_>>().len(), Code::ALL.len(), "one is listed twice");
        assert!(Code::ALL.is_sorted_by(|one, next| one.severity() >= next.severity()), "errors come first");
        for code in Code::ALL {
            assert_eq!(Code::parse(&code.name().to_uppercase()), Some(*code));
            assert!(!code.title().is_empty() && !code.explanation().is_empty(), "{code}");
            assert!(!code.title().ends_with('.'), "{code}: {}", code.title());
            let paragraphs = code.explanation().split("\n\n").filter(|part| !part.starts_with("    "));
            assert!(
                paragraphs.clone().all(|part| !part.contains('\n')),
                "the paragraphs of {code} are wrapped by hand"
            );
        }
    }

    #[test]
    fn a_code_has_the_name_of_its_constant() {
        assert!(is_name_of("no-key", "NO_KEY"));
        for (name, constant) in
            [("no-keys", "NO_KEY"), ("no-key", "NO_KEYS"), ("no_key", "NO_KEY"), ("no-kex", "NO_KEY")]
        {
            assert!(!is_name_of(name, constant), "{name} {constant}");
        }
    }
}
