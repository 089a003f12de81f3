//! How the candidate looks at the exam: what lies beside the question, what is asked, what is hidden. It is no part of the
//! attempt, and stands in the address alone, so that a page is the same after a reload and works without a script.

use form_urlencoded::Serializer;

use crate::fields::Fields;
use examroom_app::view::confirmation::Confirmation;
use examroom_app::view::review::Filter;

/// What is shown over the question or in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Over {
    #[default]
    Nothing,
    /// A page of the tutorial.
    Tutorial(usize),
    /// What is to be confirmed.
    Asked(Confirmation),
    /// The keys.
    Help,
}

/// Whether something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Visibility {
    #[default]
    Shown,
    Hidden,
}

/// Where the shelf is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenShelf {
    /// At the list of its sheets.
    Contents,
    /// At a sheet.
    Sheet(usize),
}

impl OpenShelf {
    /// The sheet, if it is open at one.
    pub fn sheet(self) -> Option<usize> {
        match self {
            Self::Contents => None,
            Self::Sheet(sheet) => Some(sheet),
        }
    }
}

/// How the exam is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub over: Over,
    pub filter: Filter,
    /// Where the shelf is open, if it is.
    pub shelf: Option<OpenShelf>,
    /// What the shelf is searched for.
    pub find: String,
    /// Whether the calculator is open, and what was typed into it.
    pub sum: Option<String>,
    pub clock: Visibility,
    pub number: Visibility,
}

/// What can be asked, as it stands in an address and on a button.
const ASKED: [(&str, Confirmation); 4] = [
    ("end-section", Confirmation::EndSection),
    ("submit", Confirmation::Submit),
    ("end-break", Confirmation::EndBreak),
    ("leave", Confirmation::Leave),
];

/// The longest text that is kept in an address.
const LONGEST: usize = 200;

/// What is asked for by this word.
pub(crate) fn confirmation(word: &str) -> Option<Confirmation> {
    ASKED.iter().find(|(name, _)| *name == word).map(|(_, of)| *of)
}

/// The word that asks for it.
pub(crate) fn word(of: Confirmation) -> &'static str {
    ASKED.iter().find(|(_, asked)| *asked == of).map_or("", |(name, _)| name)
}

impl Look {
    /// Reads an address; what it does not know has no effect.
    pub fn of(query: &str) -> Self {
        let fields = Fields::of(query);
        let text = |name| fields.first(name).map(|text| text.chars().take(LONGEST).collect::<String>());
        let hidden =
            |what| if fields.all("hide").any(|hidden| hidden == what) { Visibility::Hidden } else { Visibility::Shown };
        let over = if let Some(page) = fields.number("tutorial") {
            Over::Tutorial(page)
        } else if let Some(asked) = fields.first("ask").and_then(confirmation) {
            Over::Asked(asked)
        } else if fields.first("help").is_some() {
            Over::Help
        } else {
            Over::Nothing
        };
        let filter = fields.first("only").and_then(|word| Filter::ALL.into_iter().find(|filter| filter.word() == word));
        Self {
            over,
            filter: filter.unwrap_or_default(),
            shelf: fields
                .number("sheet")
                .map(OpenShelf::Sheet)
                .or_else(|| fields.first("shelf").map(|_| OpenShelf::Contents)),
            find: text("find").unwrap_or_default(),
            sum: text("sum"),
            clock: hidden("clock"),
            number: hidden("number"),
        }
    }

    /// The address of the exam looked at like this.
    pub fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() { "/exam".to_owned() } else { format!("/exam?{query}") }
    }

    /// What stands after the question mark.
    pub fn query(&self) -> String {
        let mut query = Serializer::new(String::new());
        match self.over {
            Over::Nothing => {}
            Over::Tutorial(page) => drop(query.append_pair("tutorial", &page.to_string())),
            Over::Asked(of) => drop(query.append_pair("ask", word(of))),
            Over::Help => drop(query.append_pair("help", "")),
        }
        for (name, value) in self.kept() {
            query.append_pair(name, &value);
        }
        query.finish()
    }

    /// What stays when something else is opened or closed, as the fields of a form.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let mut kept = Vec::new();
        if self.filter != Filter::All {
            kept.push(("only", self.filter.word().to_owned()));
        }
        kept.extend(self.shelf.map(|shelf| match shelf {
            OpenShelf::Contents => ("shelf", String::new()),
            OpenShelf::Sheet(sheet) => ("sheet", sheet.to_string()),
        }));
        if !self.find.is_empty() {
            kept.push(("find", self.find.clone()));
        }
        kept.extend(self.sum.clone().map(|sum| ("sum", sum)));
        for (what, visibility) in [("clock", self.clock), ("number", self.number)] {
            if visibility == Visibility::Hidden {
                kept.push(("hide", what.to_owned()));
            }
        }
        kept
    }

    /// The same with nothing over the question.
    pub fn plain(&self) -> Self {
        Self { over: Over::Nothing, ..self.clone() }
    }

    /// The same with something over the question.
    pub fn with(&self, over: Over) -> Self {
        Self { over, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        let look = Look {
            over: Over::Asked(Confirmation::Submit),
            filter: Filter::Flagged,
            shelf: Some(OpenShelf::Sheet(3)),
            find: "breast & \"laterality\"".to_owned(),
            sum: Some("12 / 480 * 100 %".to_owned()),
            clock: Visibility::Hidden,
            number: Visibility::Hidden,
        };
        assert_eq!(Look::of(&look.query()), look);
        assert_eq!(Look::default().address(), "/exam");
    }

    #[test]
    fn whatever_stands_in_an_address_is_read_as_something() {
        for query in ["", "&&=&", "ask=everything", "tutorial=-1", "sheet=99999999999999999999", "%ff=%00", "only=x"] {
            let look = Look::of(query);
            assert_eq!(look, Look { sum: None, ..Look::default() }, "{query}");
        }
        assert_eq!(Look::of(&format!("sum={}", "1".repeat(5000))).sum.unwrap().len(), LONGEST);
    }
}
