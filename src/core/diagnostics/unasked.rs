//! Fields that nobody asks for where they stand: mistyped ones, those of another format, and lines that came too late.

use std::borrow::Cow;

use toml::Spanned as TomlSpanned;

use super::table::RawTable;
use super::value::{Value, kind};
use super::{Code, Diagnostic, Fields, codes};
use crate::text::nearest;

codes! {
    Error UNKNOWN_FIELD "unknown-field"
}

/// A field that is written as another format has it.
pub(crate) struct Recognized {
    /// The field that it stands for, if there is one; with its own name, it has the wrong form.
    pub meant: Option<&'static str>,
    /// What to write.
    pub help: String,
}

type Key<'a> = TomlSpanned<Cow<'a, str>>;

impl<'a> Fields<'_, 'a> {
    /// Reports the fields that `known` recognizes as what an author of another format writes. Comes before anything is
    /// taken: what such a field stands for is then not missing as well.
    pub(crate) fn recognize(&mut self, known: impl Fn(&str, &Value<'_>) -> Option<Recognized>) {
        let mut fields: Vec<_> = self.table.entries.iter().collect();
        fields.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in fields {
            let name: &'a str = key.get_ref().as_ref();
            let Some(Recognized { meant, help }) = known(name, &Value(value.get_ref())) else { continue };
            if meant == Some(name) {
                let message = format!("`{name}` of {} is {}, not a table", self.table.subject, kind(value.get_ref()));
                self.report(Diagnostic::new(Code::WRONG_TYPE, message).at(self.table.at(value.span())).help(help));
            } else {
                self.unknown(key, help);
            }
            self.reported.push(name);
            self.elsewhere.extend(meant);
        }
    }

    /// Every field that was asked for so far.
    pub(super) fn taken(&self) -> &[&'static str] {
        &self.taken
    }

    /// Takes those of `fields` that were read at the top of the file, with its first piece. One that stands in this piece
    /// was overlooked then.
    pub(super) fn take_again(&mut self, fields: &[&'static str]) {
        for field in fields {
            if self.taken.contains(field) {
                continue;
            }
            self.take(field);
            let Some((key, _)) = self.table.entries.get_key_value(*field) else { continue };
            let span = self.table.at(key.span());
            if self.table.text.holds(span) {
                let message = format!("`{field}` of {} stands below its first list", self.table.subject);
                let help = "move it to the top of the file";
                self.report(Diagnostic::new(Code::UNKNOWN_FIELD, message).at(span).help(help));
            }
        }
    }

    /// Reports those of this table's `own` fields that stand in `inner`, and returns them.
    pub(super) fn misplaced(&mut self, inner: &RawTable<'a>, own: &[&'static str]) -> Vec<&'static str> {
        let mut found: Vec<_> =
            own.iter().filter_map(|name| Some((*name, inner.entries.get_key_value(*name)?.0))).collect();
        found.sort_by_key(|(_, key)| key.span().start);
        // With its id, it is not one line that is misplaced: the heading of a new entry is missing.
        let new_entry = found.iter().any(|(name, _)| *name == "id");
        let (list, heading) = (self.table.heading(), inner.heading());
        for (name, key) in &found {
            let help = if !new_entry {
                format!("move this line up, above [{heading}]: all lines behind such a heading belong to it")
            } else if *name == "id" {
                format!("if a new {list} begins here, write [[{list}]] above it; else move the line above [{heading}]")
            } else {
                continue;
            };
            let subject = &self.table.subject;
            let message = format!("`{name}` of {subject} stands below [{heading}], where it means something else");
            self.report(Diagnostic::new(Code::UNKNOWN_FIELD, message).at(inner.at(key.span())).help(help));
        }
        let names: Vec<&'static str> = found.into_iter().map(|(name, _)| name).collect();
        self.elsewhere.extend(&names);
        names
    }

    /// Reports the fields that nobody took.
    pub(super) fn report_left_over(&mut self) {
        if self.found == self.table.entries.len() {
            return;
        }
        let is_done = |key: &Key<'_>| {
            let name = key.get_ref().as_ref();
            self.taken.contains(&name) || self.reported.contains(&name)
        };
        let mut left: Vec<_> = self.table.entries.keys().filter(|key| !is_done(key)).collect();
        left.sort_by_key(|key| key.span().start);
        let mut known = self.taken.clone();
        known.sort_unstable();
        known.dedup();
        for key in left {
            // `Exhibit`, and `enemy` for `enemies`.
            let typed = key.get_ref().to_lowercase();
            let alike = || known.iter().copied().find(|word| word.get(..4).is_some_and(|head| typed.starts_with(head)));
            let help = nearest(&typed, known.iter().copied()).or_else(alike).map_or_else(
                || format!("remove it; known here: {}", known.join(", ")),
                |near| format!("did you mean `{near}`? known here: {}", known.join(", ")),
            );
            self.unknown(key, help);
        }
    }

    fn unknown(&mut self, key: &Key<'_>, help: String) {
        let message = format!("{} has a field `{}` that means nothing here", self.table.subject, key.get_ref());
        self.report(Diagnostic::new(Code::UNKNOWN_FIELD, message).at(self.table.at(key.span())).help(help));
    }
}
