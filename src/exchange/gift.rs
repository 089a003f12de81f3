//! GIFT: Moodle's format for questions that are typed.
//!
//! Questions are told apart by their braces and not by the empty lines between them, since files exist that have none.

use std::fmt::Write as _;

use crate::draft::{Draft, Name, Place};
use crate::export::{Export, OWN_MARK};
use crate::html::{self, from_html, maybe_html, to_html, to_inline_html};
use crate::letters::spelled_out;
use crate::markdown::without_marks;
use crate::raw::{Raw, RawChoice, References, Rich};
use crate::reading::Reading;

/// Stands for a character that was written with a backslash while the text is taken apart: control characters of a
/// private area, one for each of `~=#{}:\`, and one for a line break.
const ESCAPES: &[(char, char)] = &[
    ('~', '\u{f0001}'),
    ('=', '\u{f0002}'),
    ('#', '\u{f0003}'),
    ('{', '\u{f0004}'),
    ('}', '\u{f0005}'),
    (':', '\u{f0006}'),
    ('\\', '\u{f0007}'),
    ('n', '\u{f0008}'),
];

/// Reads a text.
pub(crate) fn read(text: &str) -> Reading {
    let is_own = text.contains(OWN_MARK);
    let mut reading = Reading::default();
    let mut reader = Reader { is_own, ..Reader::default() };
    for (index, line) in text.lines().enumerate() {
        reader.line(index + 1, line, &mut reading);
    }
    reader.end(&mut reading);
    reading
}

/// Whether a text has answers between braces, as no other format does.
pub(crate) fn looks_like_gift(text: &str) -> bool {
    let answers = |line: &str| {
        let behind = line.split_once('{').map(|(_, behind)| behind.trim_start());
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(['=', '~', '#', 'T', 'F', '}']))
    };
    text.contains('}') && (text.contains("$CATEGORY:") || text.lines().any(answers))
}

#[derive(Default)]
struct Reader {
    is_own: bool,
    category: String,
    /// The id that a comment gives the next question.
    id: Option<String>,
    /// The question so far, with its escapes replaced, and the line that it begins in.
    text: String,
    start: usize,
    /// How many braces are open.
    depth: usize,
    /// Its braces were closed; what follows on the same line belongs to it.
    answered: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str, reading: &mut Reading) {
        let trimmed = line.trim();
        if trimmed.starts_with("//") {
            self.id = comment_id(trimmed).or(self.id.take());
            return;
        }
        let is_next = trimmed.is_empty() || trimmed.starts_with("::") || trimmed.starts_with("$CATEGORY");
        if self.depth == 0 && !self.text.is_empty() && (is_next || self.answered && trimmed.contains('{')) {
            self.end(reading);
        }
        if self.depth == 0
            && let Some(category) = trimmed.strip_prefix("$CATEGORY:")
        {
            self.category = category_path(category);
            return;
        }
        if trimmed.is_empty() && self.text.is_empty() {
            return;
        }
        if self.text.is_empty() {
            self.start = number;
        }
        let line = escapes_replaced(line);
        for c in line.chars() {
            match c {
                '{' => self.depth += 1,
                '}' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.answered |= self.depth == 0;
                }
                _ => {}
            }
            self.text.push(c);
        }
        self.text.push('\n');
        if self.answered && line.trim_end().ends_with('}') {
            self.end(reading);
        }
    }

    fn end(&mut self, reading: &mut Reading) {
        let text = std::mem::take(&mut self.text);
        let id = self.id.take();
        (self.depth, self.answered) = (0, false);
        if text.trim().is_empty() {
            return;
        }
        let mut raw = Raw::new(Place::Line(self.start));
        raw.subjects = vec![self.category.clone()];
        raw.references = if self.is_own { References::Quoted } else { References::Letters };
        raw.name = id.map_or(Name::None, Name::Id);
        question(&text, raw, reading);
    }
}

/// `// [id:legal-001] [tag:x]`, as Moodle writes ids.
fn comment_id(comment: &str) -> Option<String> {
    let (_, rest) = comment.split_once("[id:")?;
    Some(rest.split_once(']')?.0.trim().to_owned()).filter(|id| !id.is_empty())
}

/// A category without the parts that Moodle puts before it.
pub(crate) fn category_path(category: &str) -> String {
    let is_own = |part: &&str| !part.is_empty() && *part != "top" && !(part.starts_with('$') && part.ends_with('$'));
    category.trim().split('/').map(str::trim).filter(is_own).collect::<Vec<_>>().join("/")
}

fn escapes_replaced(line: &str) -> String {
    if !line.contains('\\') {
        return line.to_owned();
    }
    let mut replaced = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let sign = rest.peek().and_then(|next| ESCAPES.iter().find(|(plain, _)| plain == next));
        match sign {
            Some((_, sign)) if c == '\\' => {
                replaced.push(*sign);
                rest.next();
            }
            _ => replaced.push(c),
        }
    }
    replaced
}

/// A text with its escapes as what they stand for.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match ESCAPES.iter().find(|(_, sign)| *sign == c) {
            Some(('n', _)) => '\n',
            Some((plain, _)) => *plain,
            None => c,
        })
        .collect()
}

/// How the texts of a question are to be read.
#[derive(Clone, Copy)]
enum TextFormat {
    Moodle,
    Html,
    Plain,
    Markdown,
}

impl TextFormat {
    fn rich(self, text: &str) -> Rich {
        // Lines that are only broken where the editor's window ends.
        let joined = text.trim().lines().map(str::trim).collect::<Vec<_>>().join(" ");
        let text = plain(&joined);
        match self {
            Self::Moodle => maybe_html(&text),
            Self::Html => from_html(&text),
            Self::Plain => text.into(),
            Self::Markdown => without_marks(&text),
        }
    }
}

fn text_format(text: &str) -> (TextFormat, &str) {
    let formats = [
        ("[html]", TextFormat::Html),
        ("[plain]", TextFormat::Plain),
        ("[markdown]", TextFormat::Markdown),
        ("[moodle]", TextFormat::Moodle),
    ];
    let text = text.trim_start();
    let found = formats.into_iter().find_map(|(mark, format)| Some((format, text.strip_prefix(mark)?)));
    found.unwrap_or((TextFormat::Moodle, text))
}

fn question(text: &str, mut raw: Raw, reading: &mut Reading) {
    let mut text = text.trim();
    if let Some((title, rest)) = text.strip_prefix("::").and_then(|rest| rest.split_once("::")) {
        if raw.name == Name::None {
            raw.name = Name::Title(plain(title.trim()));
        }
        text = rest;
    }
    let (format, text) = text_format(text);
    let place = raw.place;
    let braces = text.find('{').zip(text.rfind('}')).filter(|(open, close)| open < close);
    let Some((open, close)) = braces else {
        let why =
            if text.contains('{') { "its brace is never closed" } else { "it is a description, and asks nothing" };
        return reading.leave_out(place, &format.rich(text).text, why);
    };
    let (before, inside, behind) = (&text[..open], text[open + 1..close].trim(), text[close + 1..].trim());
    let stem = if behind.is_empty() { before.to_owned() } else { format!("{} _____ {behind}", before.trim_end()) };
    raw.stem = format.rich(&stem);
    let (answers, general) = match inside.split_once("####") {
        Some((answers, general)) => (answers.trim(), general),
        None => (inside, ""),
    };
    raw.explanation = format.rich(general);
    match answer(answers) {
        Answer::Choices(choices) => {
            if let Err(why) = with_choices(&mut raw, &choices, format) {
                return reading.leave_out(place, &raw.stem.text, why);
            }
        }
        Answer::Truth { is_true, wrong, right } => {
            raw.true_or_false(is_true);
            let (key, other) = if is_true { (0, 1) } else { (1, 0) };
            raw.choices[key].why = format.rich(right);
            raw.choices[other].why = format.rich(wrong);
        }
        Answer::Other(why) => return reading.leave_out(place, &raw.stem.text, why),
    }
    reading.add(raw);
}

/// What stands between the braces.
enum Answer<'t> {
    Choices(Vec<Given<'t>>),
    /// The feedback for a wrong answer comes first.
    Truth {
        is_true: bool,
        wrong: &'t str,
        right: &'t str,
    },
    Other(&'static str),
}

/// One answer as it is written.
struct Given<'t> {
    is_right: bool,
    /// `%50%`
    weight: Option<f64>,
    text: &'t str,
    feedback: &'t str,
}

fn answer(answers: &str) -> Answer<'_> {
    if answers.is_empty() {
        return Answer::Other("its answer is written (an essay)");
    }
    if answers.starts_with('#') {
        return Answer::Other("its answer is a number to type");
    }
    let mut parts = answers.split('#');
    let word = parts.next().unwrap_or("").trim().to_ascii_uppercase();
    if let "T" | "TRUE" | "F" | "FALSE" = word.as_str() {
        let (wrong, right) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        return Answer::Truth { is_true: word.starts_with('T'), wrong, right };
    }
    let mut given: Vec<Given<'_>> = Vec::new();
    let mut rest = answers;
    while let Some(at) = rest.find(['~', '=']) {
        let is_right = rest[at..].starts_with('=');
        let behind = &rest[at + 1..];
        let end = behind.find(['~', '=']).unwrap_or(behind.len());
        given.push(Given::parse(is_right, behind[..end].trim()));
        rest = &behind[end..];
    }
    if given.is_empty() {
        return Answer::Other("its answer is typed");
    }
    if given.iter().all(|given| given.is_right) {
        let pairs = given.iter().all(|given| given.text.contains("->"));
        return Answer::Other(if pairs { "it asks to match pairs" } else { "its answer is typed" });
    }
    Answer::Choices(given)
}

impl<'t> Given<'t> {
    fn parse(is_right: bool, text: &'t str) -> Self {
        let (weight, text) = match text.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
            Some((number, rest)) if number.parse::<f64>().is_ok() => (number.parse().ok(), rest),
            _ => (None, text),
        };
        let (text, feedback) = text.split_once('#').unwrap_or((text, ""));
        Self { is_right, weight, text, feedback }
    }
}

fn with_choices(raw: &mut Raw, given: &[Given<'_>], format: TextFormat) -> Result<(), &'static str> {
    let single = given.iter().filter(|given| given.is_right).count();
    if single > 1 {
        return Err("any one of several choices counts as right");
    }
    let credit = |given: &Given<'_>| given.weight.filter(|weight| *weight > 0.0);
    let is_key = |given: &Given<'_>| if single == 1 { given.is_right } else { credit(given).is_some() };
    let partial = single == 1 && given.iter().any(|given| !given.is_right && credit(given).is_some());
    if partial {
        raw.changes.push("partial credit for other choices is left out".into());
    }
    if single == 0 && given.iter().filter(|given| is_key(given)).count() > 1 {
        raw.changes.push("it counts as a whole: partial credit is left out".into());
    }
    if given.iter().any(|given| given.weight.is_some_and(|weight| weight < 0.0)) {
        raw.changes.push("penalties are left out".into());
    }
    let choice = |given: &Given<'_>| RawChoice {
        text: format.rich(given.text),
        why: format.rich(given.feedback),
        is_key: is_key(given),
    };
    raw.choices = given.iter().map(choice).collect();
    Ok(())
}

/// Writes questions.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    let mut export = Export::new();
    let mut text = format!("// {OWN_MARK}\n");
    let mut category = String::new();
    for draft in drafts {
        let subject = draft.subjects.join("/");
        if subject != category {
            let _ = write!(text, "\n$CATEGORY: {subject}\n");
            category = subject;
        }
        text.push_str(&question_text(draft));
        if draft.keep_order && !is_true_or_false(draft) {
            export.changed(draft, "its choices keep no fixed order there");
        }
    }
    export.bytes = text.into_bytes();
    export
}

/// Whether a question is one that other programs ask as true or false.
pub(crate) fn is_true_or_false(draft: &Draft) -> bool {
    let texts: Vec<&str> = draft.choices.iter().map(|choice| choice.text.as_str()).collect();
    draft.keep_order && texts == ["True", "False"] && draft.keys().count() == 1
}

fn question_text(draft: &Draft) -> String {
    let is_html = draft.exhibit.is_some();
    let shown = |text: &str| if is_html { escaped(&to_inline_html(text)) } else { escaped(text) };
    let explained = |text: &str| shown(&spelled_out(text, draft));
    let mut text = String::from("\n");
    if let Name::Id(id) | Name::Title(id) = &draft.name {
        let _ = write!(text, "// [id:{id}]\n::{}::", escaped(id));
    }
    match &draft.exhibit {
        None => {
            let _ = writeln!(text, "[plain]{} {{", escaped(&draft.stem));
        }
        Some(exhibit) => {
            let whole = to_html(&draft.stem) + &html::exhibit(exhibit);
            let _ = writeln!(text, "[html]{} {{", escaped(&whole));
        }
    }
    let feedback = |why: &Option<String>| why.as_deref().map_or_else(String::new, |why| format!("#{}", explained(why)));
    let keys = draft.keys().count();
    if is_true_or_false(draft) {
        let (key, other) = if draft.choices[0].is_key { (0, 1) } else { (1, 0) };
        let word = if key == 0 { "TRUE" } else { "FALSE" };
        let why = |at: usize| draft.choices[at].why.as_deref().map_or_else(String::new, explained);
        let (wrong, right) = (why(other), why(key));
        text.push_str(word);
        if !wrong.is_empty() || !right.is_empty() {
            let _ = write!(text, "#{wrong}");
        }
        if !right.is_empty() {
            let _ = write!(text, "#{right}");
        }
        text.push('\n');
    } else {
        for choice in &draft.choices {
            // A text that begins like a weight needs one before it.
            let has_sign = choice.text.starts_with('%');
            let mark = match (choice.is_key, keys) {
                (true, 1) => if has_sign { "=%100%" } else { "=" }.to_owned(),
                (true, keys) => format!("~%{}%", share(keys)),
                (false, 1) => if has_sign { "~%0%" } else { "~" }.to_owned(),
                (false, _) => "~%-100%".to_owned(),
            };
            let _ = writeln!(text, "{mark}{}{}", shown(&choice.text), feedback(&choice.why));
        }
    }
    if let Some(explanation) = &draft.explanation {
        let _ = writeln!(text, "####{}", explained(explanation));
    }
    text.push_str("}\n");
    text
}

/// The share of one of so many right choices, with as many digits as Moodle knows it by.
pub(crate) fn share(keys: usize) -> String {
    let share = 100.0 / examroom_core::arithmetic::as_f64(keys);
    let digits = format!("{share:.5}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}
