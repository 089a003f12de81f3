//! A bank's question that another program has in other words: what is to change in its file, and nothing else. What that
//! program has no place for, such as ratings, enemies and remarks, stays.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use examroom_core::bank::{Exhibit, Item, Level, Place, QuestionPlaces, Table, written, written_as_typed};
use examroom_core::id::ChoiceId;
use examroom_core::text::visible;

use crate::bank_file::{cells, exhibit_table, key_value, number, rating_value, rows};
use crate::draft::{Draft, Reason, are_true_and_false, choice_id};
use crate::of_item::relabeled;

/// What of a question is other than in its bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// The names of its parts: `stem`, `choices` and so on.
    pub parts: Vec<&'static str>,
    changes: Vec<Change>,
}

#[derive(Clone, Debug, PartialEq)]
enum Change {
    /// A field gets a value, written as TOML.
    Field(&'static str, String),
    /// A choice gets a text, or is new.
    Choice {
        id: String,
        text: String,
    },
    /// A choice is no longer there, nor is its reason.
    NoChoice(String),
    Why {
        id: String,
        text: String,
    },
    Exhibit(Exhibit),
}

const BY_HAND: &str = "change it by hand";

/// Compares a question of a file with the bank's. What the file does not say is no difference.
///
/// # Errors
/// When it is another and cannot be changed without a person.
pub fn update(draft: &Draft, item: &Item, case: Option<&str>) -> Result<Update, Reason> {
    let mut update = Update::default();
    let stem = without_case(&draft.stem, item, case)?;
    if visible(stem) != visible(&item.stem) {
        update.field("stem", written(stem));
    }
    let ids = aligned(draft, item)?;
    update.choices(draft, item, &ids);
    update.explanations(draft, item, &ids);
    update.exhibit(draft, item)?;
    if let Some(source) = &draft.source
        && item.source.as_deref().map(visible) != Some(visible(source))
    {
        update.field("source", written(source));
    }
    if let Some(level) = draft.level.filter(|level: &Level| *level != item.level) {
        update.field("level", written(&level.to_string()));
    }
    if !draft.ratings.is_empty() && !same_ratings(draft, item) {
        update.field("angoff", rating_value(&draft.ratings));
    }
    if draft.keep_order && !item.keep_order && !are_true_and_false(item.choices.iter().map(|choice| &*choice.text)) {
        update.field("keep_order", "true".to_owned());
    }
    Ok(update)
}

/// The stem alone, of a question whose case stands before it where it comes from.
fn without_case<'d>(stem: &'d str, item: &Item, case: Option<&str>) -> Result<&'d str, Reason> {
    let Some(case) = case else { return Ok(stem) };
    let is_case = |(at, _): &(usize, &str)| visible(&stem[..*at]) == visible(case);
    if let Some((at, gap)) = stem.match_indices("\n\n").find(is_case) {
        return Ok(&stem[at + gap.len()..]);
    }
    if visible(stem) == visible(&item.stem) {
        return Ok(stem);
    }
    Err(format!("it belongs to a case of the bank, which stands elsewhere: {BY_HAND}").into())
}

/// The id of each choice in the bank: that of the choice of the same text, or else of the next that has none, or a new one.
fn aligned(draft: &Draft, item: &Item) -> Result<Vec<String>, Reason> {
    let theirs: Vec<String> = item.choices.iter().map(|choice| visible(&choice.text)).collect();
    let mut taken = vec![false; theirs.len()];
    let mut found: Vec<Option<usize>> = Vec::with_capacity(draft.choices.len());
    for choice in &draft.choices {
        let text = visible(&choice.text);
        let at = (0..theirs.len()).find(|at| !taken[*at] && theirs[*at] == text);
        if let Some(at) = at {
            taken[at] = true;
        }
        found.push(at);
    }
    for place in found.iter_mut().filter(|place| place.is_none()) {
        *place = taken.iter().position(|taken| !taken);
        if let Some(at) = *place {
            taken[at] = true;
        }
    }
    if item.keep_order && !found.iter().flatten().is_sorted() {
        return Err(format!("its choices have another order, which a sitting keeps: {BY_HAND}").into());
    }
    let mut free = (0..26).map(|at| choice_id(at).to_string());
    let mut new = || {
        let is_free = |id: &String| item.choices.iter().all(|choice| choice.id.as_str() != id);
        free.find(is_free).ok_or_else(|| Reason::from(format!("it has too many choices: {BY_HAND}")))
    };
    found.into_iter().map(|at| at.map_or_else(&mut new, |at| Ok(item.choices[at].id.to_string()))).collect()
}

fn same_ratings(draft: &Draft, item: &Item) -> bool {
    let one = item.angoff.into_iter().collect::<Vec<_>>();
    let theirs = if item.ratings.is_empty() { &one[..] } else { &item.ratings };
    let text = |ratings: &[f64]| ratings.iter().map(|rating| number(*rating)).collect::<Vec<_>>();
    text(theirs) == text(&draft.ratings)
}

impl Update {
    /// Whether there is no difference.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    fn field(&mut self, name: &'static str, value: String) {
        let part = match name {
            "angoff" => "rating",
            "keep_order" => "order",
            name => name,
        };
        self.parts.push(part);
        self.changes.push(Change::Field(name, value));
    }

    fn choices(&mut self, draft: &Draft, item: &Item, ids: &[String]) {
        let before = self.changes.len();
        for (choice, id) in draft.choices.iter().zip(ids) {
            let theirs = item.choices.iter().find(|theirs| theirs.id.as_str() == id);
            if theirs.is_none_or(|theirs| visible(&theirs.text) != visible(&choice.text)) {
                self.changes.push(Change::Choice { id: id.clone(), text: written(&choice.text) });
            }
        }
        let gone = item.choices.iter().map(|choice| choice.id.to_string()).filter(|id| !ids.contains(id));
        self.changes.extend(gone.map(Change::NoChoice));
        if self.changes.len() > before {
            self.parts.push("choices");
        }
        let mut keys: Vec<&str> = draft.keys().map(|at| ids[at].as_str()).collect();
        keys.sort_unstable();
        let mut theirs: Vec<&str> = item.key.iter().map(ChoiceId::as_str).collect();
        theirs.sort_unstable();
        if keys != theirs {
            self.field("key", key_value(&keys));
        }
    }

    fn explanations(&mut self, draft: &Draft, item: &Item, ids: &[String]) {
        let letters: Vec<String> = (0..ids.len()).map(|at| choice_id(at).to_string()).collect();
        let to_ids: HashMap<&str, &str> =
            letters.iter().map(String::as_str).zip(ids.iter().map(String::as_str)).collect();
        let own: HashMap<&str, &str> =
            item.choices.iter().map(|choice| (choice.id.as_str(), choice.id.as_str())).collect();
        let differs = |ours: &str, theirs: Option<&str>| {
            theirs.is_none_or(|theirs| visible(&relabeled(theirs, &own)) != visible(ours))
        };
        let has_whys = item.choices.iter().any(|choice| choice.why.is_some());
        let brings_whys = draft.choices.iter().any(|choice| choice.why.is_some());
        // A format with one place for explanations holds in it the reasons that the bank has for each choice.
        let is_of_choices = has_whys && !brings_whys;
        if let Some(text) = draft.explanation.as_ref().filter(|_| !is_of_choices) {
            let text = relabeled(text, &to_ids);
            if differs(&text, item.explanation.as_deref()) {
                self.field("explanation", written(&text));
            }
        }
        let before = self.changes.len();
        for (choice, id) in draft.choices.iter().zip(ids) {
            let Some(why) = choice.why.as_ref().map(|why| relabeled(why, &to_ids)) else { continue };
            let theirs = item.choices.iter().find(|theirs| theirs.id.as_str() == id);
            if differs(&why, theirs.and_then(|theirs| theirs.why.as_deref())) {
                self.changes.push(Change::Why { id: id.clone(), text: written(&why) });
            }
        }
        if self.changes.len() > before {
            self.parts.push("reasons");
        }
    }

    fn exhibit(&mut self, draft: &Draft, item: &Item) -> Result<(), Reason> {
        let same = match (&draft.exhibit, &item.exhibit) {
            // A format without tables has them as lines.
            (None, _) | (Some(Exhibit::Text(_)), Some(Exhibit::Table(_))) => true,
            (Some(Exhibit::Text(ours)), Some(Exhibit::Text(theirs))) => visible(ours) == visible(theirs),
            (Some(Exhibit::Table(ours)), Some(Exhibit::Table(theirs))) => ours == theirs,
            (Some(_), None) => false,
            (Some(Exhibit::Table(_)), Some(Exhibit::Text(_))) => {
                return Err(format!("its exhibit has become a table: {BY_HAND}").into());
            }
        };
        if let Some(exhibit) = draft.exhibit.as_ref().filter(|_| !same) {
            self.parts.push("exhibit");
            self.changes.push(Change::Exhibit(exhibit.clone()));
        }
        Ok(())
    }

    /// What is to stand where in the question's file, in any order.
    ///
    /// # Errors
    /// When the question is written so that a part cannot be added or taken out.
    pub fn edits(&self, text: &str, places: &QuestionPlaces) -> Result<Vec<(Range<usize>, String)>, Reason> {
        let mut editor = Editor { text, places, edits: Vec::new(), whys: String::new(), tables: String::new() };
        for change in &self.changes {
            editor.apply(change)?;
        }
        if !editor.whys.is_empty() {
            editor.tables.insert_str(0, &format!("[item.why]\n{}", editor.whys));
        }
        if !editor.tables.is_empty() {
            let begin = if text[..places.end].ends_with('\n') { "" } else { "\n" };
            editor.edits.push((places.end..places.end, format!("{begin}{}", editor.tables)));
        }
        Ok(editor.edits)
    }
}

struct Editor<'t> {
    text: &'t str,
    places: &'t QuestionPlaces,
    edits: Vec<(Range<usize>, String)>,
    /// Lines of a table of reasons that is not there yet.
    whys: String,
    /// Other tables that are not there yet.
    tables: String,
}

impl Editor<'_> {
    fn apply(&mut self, change: &Change) -> Result<(), Reason> {
        let places = self.places;
        match change {
            Change::Field(name, value) => match places.fields.get(*name) {
                Some(place) => self.put(place, value),
                None => self.add_line(places.fields.get("stem"), name, value)?,
            },
            Change::Choice { id, text } => match places.choices.get(id) {
                Some(place) => self.put(place, text),
                None => self.add_line(last(places.choices.values()), id, text)?,
            },
            Change::NoChoice(id) => {
                for place in [places.choices.get(id), places.why.get(id)].into_iter().flatten() {
                    let line = self.own_line(place)?;
                    self.edits.push((line, String::new()));
                }
            }
            Change::Why { id, text } => match places.why.get(id) {
                Some(place) => self.put(place, text),
                None if places.why.is_empty() => {
                    let _ = writeln!(self.whys, "{id} = {text}");
                }
                None => self.add_line(last(places.why.values()), id, text)?,
            },
            Change::Exhibit(Exhibit::Text(text)) => match places.fields.get("exhibit") {
                Some(place) => self.put(place, &written_as_typed(text)),
                None => self.add_line(places.fields.get("stem"), "exhibit", &written_as_typed(text))?,
            },
            Change::Exhibit(Exhibit::Table(table)) => self.table(table)?,
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), Reason> {
        let (columns, rows) = (cells(&table.columns), rows(table));
        match (self.places.exhibit.get("columns"), self.places.exhibit.get("rows")) {
            (Some(old_columns), Some(old_rows)) => {
                self.put(old_columns, &columns);
                self.put(old_rows, &rows);
            }
            (None, None) => {
                self.tables.push_str(&exhibit_table(table));
            }
            _ => return Err(format!("its exhibit is written in an unusual way: {BY_HAND}").into()),
        }
        Ok(())
    }

    fn put(&mut self, place: &Place, value: &str) {
        self.edits.push((place.value.clone(), value.to_owned()));
    }

    /// Adds a line behind that of another part.
    fn add_line(&mut self, after: Option<&Place>, name: &str, value: &str) -> Result<(), Reason> {
        let after = after.ok_or_else(|| Reason::from(BY_HAND))?;
        let line = self.own_line(after)?;
        let begin = if self.text[line.clone()].ends_with('\n') { "" } else { "\n" };
        let indent = self.text[line.start..after.key.start].to_owned();
        self.edits.push((line.end..line.end, format!("{begin}{indent}{name} = {value}\n")));
        Ok(())
    }

    /// The lines that a part has for itself, with the remark behind it.
    fn own_line(&self, place: &Place) -> Result<Range<usize>, Reason> {
        let text = self.text;
        let start = text[..place.key.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[place.value.end..].find('\n').map_or(text.len(), |at| place.value.end + at + 1);
        let behind = text[place.value.end..end].trim();
        if !text[start..place.key.start].trim().is_empty() || !(behind.is_empty() || behind.starts_with('#')) {
            return Err(format!("it has several parts on one line of its file: {BY_HAND}").into());
        }
        Ok(start..end)
    }
}

fn last<'p>(places: impl Iterator<Item = &'p Place>) -> Option<&'p Place> {
    places.max_by_key(|place| place.value.end)
}
