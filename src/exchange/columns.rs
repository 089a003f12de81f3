//! The columns of a spreadsheet of questions: which is which, by what instructors call them.

use std::collections::BTreeMap;

use crate::draft::place_of;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// An id that this program exported.
    OwnId,
    Id,
    Stem,
    /// A choice by its place, from 0.
    Choice(usize),
    /// The reason of a choice.
    Why(usize),
    /// A wrong choice, where the right one stands in the column of the key.
    Distractor(usize),
    /// All choices in one cell.
    Choices,
    Key,
    Explanation,
    Domain,
    Topic,
    Level,
    Ratings,
    Source,
    Status,
    KeepOrder,
    Exhibit,
    Kind,
    Picture,
}

/// What the columns are called here and elsewhere, as [`bare`] names.
const NAMES: &[(Column, &str)] = &[
    (Column::OwnId, "examroomid"),
    (Column::Id, "id identifier itemid qid questionid"),
    (
        Column::Stem,
        "stem body frage itemstem itemtext mcq pregunta problem prompt question questionstem questiontext text",
    ),
    (Column::Choices, "alternatives answerchoices answeroptions choices options possibleanswers"),
    (
        Column::Key,
        "answer answerkey answers correct correctanswer correctanswerletter correctanswers correctchoice correctindex \
         correctletter correctoption correctoptions correctresponse key keys right rightanswer solution",
    ),
    (
        Column::Explanation,
        "comment comments explanation explanations feedback generalfeedback justification rationale rationales reason \
         reasoning why",
    ),
    (Column::Domain, "area contentarea contentdomain domain domainid"),
    (
        Column::Topic,
        "categories category chapter lesson module objective skill subject subtopic tag tags topic topics unit",
    ),
    (Column::Level, "bloom bloomlevel bloomslevel bloomstaxonomy cognitivelevel level taxonomy"),
    (Column::Ratings, "angoff angoffrating angoffratings"),
    (Column::Source, "citation link ref reference references source sources url"),
    (Column::Status, "state status"),
    (Column::KeepOrder, "fixedorder keeporder"),
    (Column::Exhibit, "code exhibit passage scenario snippet table"),
    (Column::Kind, "itemtype kind qtype questiontype type"),
    (Column::Picture, "attachment figure image imageurl media photo picture"),
];

const CHOICE: &[&str] = &[
    "",
    "alternative",
    "ans",
    "answer",
    "answerchoice",
    "answeroption",
    "antwort",
    "choice",
    "opt",
    "option",
    "response",
    "choicetext",
    "optiontext",
    "answertext",
];
const DISTRACTOR: &[&str] =
    &["distractor", "distracter", "incorrect", "incorrectanswer", "incorrectchoice", "wrong", "wronganswer"];
const WHY: &[&str] = &["why", "feedback", "rationale", "reason", "explanation", "justification"];

/// Which column holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    places: BTreeMap<Column, usize>,
}

impl Columns {
    /// Reads a header. `named` says which columns are to be read as what, by their names in the header.
    pub(crate) fn of(header: &[String], named: &[(String, String)]) -> Self {
        let mut columns = Self::default();
        let has_choices =
            header.iter().any(|name| matches!(column(name), Some(Column::Choice(_) | Column::Distractor(_))));
        let mut loosely = Vec::new();
        for (at, name) in header.iter().enumerate() {
            let said = named.iter().find(|(theirs, _)| bare(theirs) == bare(name)).map(|(_, ours)| ours.as_str());
            let Some(mut column) = column(said.unwrap_or(name)) else {
                loosely.extend(first_name(name).and_then(column).map(|column| (at, column)));
                continue;
            };
            // "Answers" are the choices where there is no column for each.
            if bare(name) == "answers" && !has_choices && said.is_none() {
                column = Column::Choices;
            }
            columns.places.entry(column).or_insert(at);
        }
        // "Question (number)" is the stem only where no column is called "Question".
        for (at, column) in loosely {
            columns.places.entry(column).or_insert(at);
        }
        columns
    }

    pub(crate) fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }

    /// Whether it can be the header of questions.
    pub(crate) fn is_header(&self) -> bool {
        self.has(Column::Stem) && self.has(Column::Key)
    }

    /// The names of a header of which nothing is read: unknown ones, and a second one for the same.
    pub(crate) fn not_read<'h>(&self, header: &'h [String]) -> Vec<&'h str> {
        let is_read = |at: usize| self.places.values().any(|place| *place == at);
        let names = header.iter().enumerate().filter(|(at, _)| !is_read(*at)).map(|(_, name)| name.trim());
        names.filter(|name| !name.is_empty()).collect()
    }

    /// The cell of a column, without blanks at its ends; empty where there is none.
    pub(crate) fn cell<'r>(&self, row: &'r [String], column: Column) -> &'r str {
        self.whole_cell(row, column).trim()
    }

    /// The cell of a column as it stands.
    pub(crate) fn whole_cell<'r>(&self, row: &'r [String], column: Column) -> &'r str {
        self.places.get(&column).and_then(|at| row.get(*at)).map_or("", String::as_str)
    }

    /// The cells of the columns for choices, each with its reason.
    pub(crate) fn choices<'r>(&self, row: &'r [String]) -> Vec<(&'r str, &'r str)> {
        // A column named "Q" numbers the questions, and is no choice behind a to d.
        let places = (0..26).take_while(|at| self.has(Column::Choice(*at)));
        let cells = places.map(|at| (self.cell(row, Column::Choice(at)), self.cell(row, Column::Why(at))));
        let mut cells: Vec<_> = cells.collect();
        while cells.last().is_some_and(|(text, _)| text.is_empty()) {
            cells.pop();
        }
        cells
    }

    /// The cells of the columns for wrong choices.
    pub(crate) fn distractors<'r>(&self, row: &'r [String]) -> Vec<&'r str> {
        let columns = (0..26).map(Column::Distractor).filter(|column| self.has(*column));
        columns.map(|column| self.cell(row, column)).filter(|cell| !cell.is_empty()).collect()
    }
}

/// The name before what explains it: of `Rationale / Feedback` or `Correct Answer (A-D)`.
fn first_name(name: &str) -> Option<&str> {
    name.split_once(['/', '(', '[', ':', '\n']).map(|(first, _)| first)
}

/// What a column of this name holds.
pub(crate) fn column(name: &str) -> Option<Column> {
    let bare = bare(name);
    if let Some((column, _)) = NAMES.iter().find(|(_, names)| names.split_whitespace().any(|known| known == bare)) {
        return Some(*column);
    }
    for why in WHY {
        // "Feedback A", "A feedback" and "Option A feedback".
        let named = bare.strip_prefix(why).and_then(|rest| member(rest, CHOICE));
        if let Some(at) = named.or_else(|| member(bare.strip_suffix(why)?, CHOICE)) {
            return Some(Column::Why(at));
        }
    }
    let distractor = member(&bare, DISTRACTOR).map(Column::Distractor);
    member(&bare, CHOICE).map(Column::Choice).or(distractor)
}

/// The place of what is named by a word and a letter or number.
fn member(bare: &str, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let rest = bare.strip_prefix(word)?;
        let mut characters = rest.chars();
        let only = characters.next().filter(|_| characters.as_str().is_empty());
        let letter = only.and_then(place_of);
        let number = || rest.parse::<usize>().ok().filter(|_| !word.is_empty())?.checked_sub(1);
        letter.or_else(number).filter(|at| *at < 26)
    })
}

/// A name as it is compared: `Correct Answer(s)` is `correctanswers`.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_the_names_that_instructors_use() {
        for (name, wanted) in [
            ("Question", Some(Column::Stem)),
            ("Question Text", Some(Column::Stem)),
            ("A", Some(Column::Choice(0))),
            ("(b)", Some(Column::Choice(1))),
            ("Option 3", Some(Column::Choice(2))),
            ("option_d", Some(Column::Choice(3))),
            ("Answer Choice 1", Some(Column::Choice(0))),
            ("Answer", Some(Column::Key)),
            ("Correct Answer(s)", Some(Column::Key)),
            ("Answer 2", Some(Column::Choice(1))),
            ("Feedback B", Some(Column::Why(1))),
            ("Option A Feedback", Some(Column::Why(0))),
            ("why c", Some(Column::Why(2))),
            ("Distractor 2", Some(Column::Distractor(1))),
            ("Rationale", Some(Column::Explanation)),
            ("Category", Some(Column::Topic)),
            ("examroom id", Some(Column::OwnId)),
            ("1", None),
            ("No.", None),
            ("Points", None),
        ] {
            assert_eq!(column(name), wanted, "{name}");
        }
    }

    #[test]
    fn a_header_is_told_from_other_rows() {
        let header =
            |names: &[&str]| Columns::of(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), &[]);
        assert!(header(&["No.", "Question", "A", "B", "Answer"]).is_header());
        assert!(header(&["question", "answers", "correct"]).has(Column::Choices));
        assert!(!header(&["Quiz of week 3", "", ""]).is_header());
        let wordy =
            header(&["Question (number)", "Question", "A", "B", "Correct Answer (A-D)", "Rationale / Feedback"]);
        let row = ["7", "Who?", "I", "you", "A", "I do."].map(str::to_owned);
        assert_eq!(wordy.not_read(&["Question (number)".to_owned(), "Question".to_owned()]), ["Question (number)"]);
        let cells = [Column::Stem, Column::Key, Column::Explanation].map(|column| wordy.cell(&row, column));
        assert_eq!(cells, ["Who?", "A", "I do."]);
        let row = ["7", "Who?", "I", "you", "A"].map(str::to_owned);
        assert_eq!(header(&["Q#", "Question", "A", "B", "Answer"]).choices(&row), [("I", ""), ("you", "")]);
        let named = [("Aufgabe".to_owned(), "stem".to_owned()), ("Lösung".to_owned(), "key".to_owned())];
        let theirs: Vec<String> = ["Aufgabe", "a", "b", "Lösung"].map(str::to_owned).into();
        assert!(Columns::of(&theirs, &named).is_header());
    }
}
