//! Moodle XML: what Moodle's question bank exports.

use std::fmt::Write as _;

use crate::draft::{Draft, Name, Place};
use crate::error::Unreadable;
use crate::export::{Export, OWN_MARK};
use crate::format::Format;
use crate::gift::{category_path, is_true_or_false, share};
use crate::html::{self, from_html, maybe_html, to_html};
use crate::letters::spelled_out;
use crate::markdown::without_marks;
use crate::raw::{Raw, RawChoice, References, Rich};
use crate::reading::Reading;
use crate::xml::{self, Element, escaped};

/// Whether a document is one of this format.
pub(crate) fn is_moodle(text: &str) -> bool {
    text.contains("<quiz") && text.contains("<question")
}

/// Reads a document.
///
/// # Errors
/// When it is not well formed, or made to do harm.
pub(crate) fn read(text: &str) -> Result<Reading, Unreadable> {
    let is_own = text.contains(OWN_MARK);
    let mut reading = Reading::default();
    let mut category = String::new();
    xml::each(text, Format::MoodleXml, &["question"], |question, _| {
        if question.attribute("type") == "category" {
            category = question.at(&["category", "text"]).map_or_else(String::new, |text| category_path(&text.text()));
            return;
        }
        let mut raw = Raw::new(Place::Line(question.line));
        raw.references = if is_own { References::Quoted } else { References::Letters };
        let tags = question.child("tags").into_iter().flat_map(|tags| tags.all("tag")).map(Element::text);
        raw.subjects = std::iter::once(category.clone()).chain(tags.map(|tag| tag.trim().to_owned())).collect();
        let named = |name: &str| {
            question.child(name).map(|child| child.text().trim().to_owned()).filter(|text| !text.is_empty())
        };
        raw.name = named("idnumber").map(Name::Id).or_else(|| named("name").map(Name::Title)).unwrap_or_default();
        self::question(question, raw, &mut reading);
    })?;
    Ok(reading)
}

/// The text of a part, in the format that it says it has.
fn rich(element: Option<&Element>, inherited: &str) -> Rich {
    let Some(element) = element else { return Rich::default() };
    let text = element.child("text").map_or_else(|| element.text(), Element::text);
    let format = Some(element.attribute("format")).filter(|format| !format.is_empty()).unwrap_or(inherited);
    let mut rich = match format {
        "html" => from_html(&text),
        "plain_text" => text.trim().into(),
        "markdown" => without_marks(text.trim()),
        _ => maybe_html(text.trim()),
    };
    rich.lost.pictures |= text.contains("@@PLUGINFILE@@")
        && element.child("file").is_some_and(|file| {
            let name = file.attribute("name").to_ascii_lowercase();
            [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|ending| name.ends_with(ending))
        });
    rich.lost.sound |= [".mp3", ".mp4", ".ogg", ".wav"]
        .iter()
        .any(|ending| element.all("file").any(|file| file.attribute("name").to_ascii_lowercase().ends_with(ending)));
    rich
}

/// Why a type has no form here.
fn why_not(kind: &str) -> String {
    match kind {
        "shortanswer" => "its answer is typed".to_owned(),
        "numerical" | "calculated" | "calculatedsimple" => "its answer is a number to type".to_owned(),
        "calculatedmulti" => "its numbers are drawn by Moodle".to_owned(),
        "matching" | "match" | "randomsamatch" | "ddmatch" => "it asks to match pairs".to_owned(),
        "essay" => "its answer is written (an essay)".to_owned(),
        "cloze" | "multianswer" | "gapselect" | "ddwtos" => "it has several gaps to fill".to_owned(),
        "description" => "it is a description, and asks nothing".to_owned(),
        "ordering" => "it asks for an order".to_owned(),
        "ddimageortext" | "ddmarker" => "it is answered on a picture".to_owned(),
        kind => format!("its type \"{kind}\" has no form in a bank"),
    }
}

fn question(question: &Element, mut raw: Raw, reading: &mut Reading) {
    let kind = question.attribute("type");
    let place = raw.place;
    raw.stem = rich(question.child("questiontext"), "moodle_auto_format");
    raw.explanation = rich(question.child("generalfeedback"), "moodle_auto_format");
    if !matches!(kind, "multichoice" | "truefalse" | "multichoiceset") {
        return reading.leave_out(place, &raw.stem.text, why_not(kind));
    }
    let answers: Vec<(&Element, f64)> = question
        .all("answer")
        .map(|answer| (answer, answer.attribute("fraction").trim().parse().unwrap_or(0.0)))
        .collect();
    if kind == "truefalse" {
        truth(&answers, &mut raw);
    } else {
        let single = question.child("single").is_none_or(|single| matches!(single.text().trim(), "true" | "1"))
            && kind != "multichoiceset";
        choices(&answers, single, &mut raw);
        let shuffles = question.child("shuffleanswers").map(|shuffles| shuffles.text().trim().to_owned());
        raw.keep_order = shuffles.is_some_and(|shuffles| matches!(shuffles.as_str(), "0" | "false"));
    }
    if question.all("hint").next().is_some() {
        raw.changes.push("its hints are left out".into());
    }
    reading.add(raw);
}

fn truth(answers: &[(&Element, f64)], raw: &mut Raw) {
    let text = |answer: &Element| answer.child("text").map_or_else(String::new, Element::text).trim().to_lowercase();
    let right = answers.iter().find(|(_, fraction)| *fraction > 0.0).map(|(answer, _)| text(answer));
    raw.true_or_false(right.as_deref() == Some("true"));
    for (at, word) in ["true", "false"].into_iter().enumerate() {
        let answer = answers.iter().find(|(answer, _)| text(answer) == word);
        raw.choices[at].why = rich(answer.and_then(|(answer, _)| answer.child("feedback")), "moodle_auto_format");
    }
}

fn choices(answers: &[(&Element, f64)], single: bool, raw: &mut Raw) {
    const WHOLE: f64 = 99.9;
    let is_key = |fraction: f64| if single { fraction > WHOLE } else { fraction > 0.0 };
    if single && answers.iter().any(|(_, fraction)| *fraction > 0.0 && !is_key(*fraction)) {
        raw.changes.push("partial credit for other choices is left out".into());
    }
    if !single && answers.iter().filter(|(_, fraction)| is_key(*fraction)).count() > 1 {
        raw.changes.push("it counts as a whole: partial credit is left out".into());
    }
    if single && answers.iter().any(|(_, fraction)| *fraction < 0.0) {
        raw.changes.push("penalties are left out".into());
    }
    let choice = |(answer, fraction): &(&Element, f64)| RawChoice {
        text: rich(Some(answer), "moodle_auto_format"),
        why: rich(answer.child("feedback"), "moodle_auto_format"),
        is_key: is_key(*fraction),
    };
    raw.choices = answers.iter().map(choice).collect();
}

/// Writes questions.
pub(crate) fn write(drafts: &[Draft]) -> Export {
    let mut export = Export::new();
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {OWN_MARK} -->\n<quiz>\n");
    let mut category = String::new();
    for draft in drafts {
        let subject = draft.subjects.join("/");
        if subject != category {
            let path = escaped(&format!("$course$/top/{subject}"));
            let _ = writeln!(text, "<question type=\"category\"><category><text>{path}</text></category></question>");
            category = subject;
        }
        text.push_str(&question_text(draft));
    }
    text.push_str("</quiz>\n");
    export.bytes = text.into_bytes();
    export
}

fn question_text(draft: &Draft) -> String {
    let part = |name: &str, html: &str| format!("<{name} format=\"html\"><text>{}</text></{name}>\n", escaped(html));
    let explained = |text: Option<&str>| text.map_or_else(String::new, |text| to_html(&spelled_out(text, draft)));
    let id = match &draft.name {
        Name::Id(id) | Name::Title(id) => id.clone(),
        Name::None => crate::reading::beginning(&draft.stem),
    };
    let is_truth = is_true_or_false(draft);
    let keys = draft.keys().count();
    let mut text = format!("<question type=\"{}\">\n", if is_truth { "truefalse" } else { "multichoice" });
    let _ = writeln!(text, "<name><text>{}</text></name>", escaped(&id));
    let exhibit = draft.exhibit.as_ref().map_or_else(String::new, html::exhibit);
    text.push_str(&part("questiontext", &(to_html(&draft.stem) + &exhibit)));
    text.push_str(&part("generalfeedback", &explained(draft.explanation.as_deref())));
    text.push_str("<defaultgrade>1</defaultgrade>\n<penalty>0</penalty>\n<hidden>0</hidden>\n");
    if matches!(draft.name, Name::Id(_)) {
        let _ = writeln!(text, "<idnumber>{}</idnumber>", escaped(&id));
    }
    if !is_truth {
        let _ = writeln!(text, "<single>{}</single>", keys == 1);
        let _ = writeln!(text, "<shuffleanswers>{}</shuffleanswers>", !draft.keep_order);
        text.push_str("<answernumbering>abc</answernumbering>\n");
    }
    for choice in &draft.choices {
        let fraction = match (choice.is_key, keys) {
            (true, 1) => "100".to_owned(),
            (true, keys) => share(keys),
            (false, 1) => "0".to_owned(),
            (false, _) => "-100".to_owned(),
        };
        let shown = if is_truth { choice.text.to_lowercase() } else { to_html(&choice.text) };
        let format = if is_truth { "moodle_auto_format" } else { "html" };
        let feedback = part("feedback", &explained(choice.why.as_deref()));
        let _ = write!(
            text,
            "<answer fraction=\"{fraction}\" format=\"{format}\"><text>{}</text>\n{feedback}</answer>\n",
            escaped(&shown)
        );
    }
    text.push_str("</question>\n");
    text
}
