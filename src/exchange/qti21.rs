//! QTI 2.1: an item a document, whose body is HTML with an interaction in it.

use std::collections::BTreeSet;

use crate::html::from_html;
use crate::raw::{Raw, RawChoice, Rich};
use crate::reading::Reading;
use crate::xml::{Element, Node, is_positive};

/// Adds one item.
pub(crate) fn item(item: &Element, mut raw: Raw, reading: &mut Reading) {
    let Some(body) = item.child("itembody") else {
        return reading.leave_out(raw.place, item.attribute("title"), "it shows nothing");
    };
    let interactions = body.find_all("choiceinteraction");
    raw.stem = shown(body, &interactions);
    if let Some(why) = other_interaction(body) {
        return reading.leave_out(raw.place, &raw.stem.text, why);
    }
    let [interaction] = interactions[..] else {
        let why = if interactions.is_empty() {
            "it is a description, and asks nothing"
        } else {
            "it asks several things at once"
        };
        return reading.leave_out(raw.place, &raw.stem.text, why);
    };
    let mut declared = item.all("responsedeclaration");
    let declared =
        declared.find(|declared| declared.attribute("identifier") == interaction.attribute("responseidentifier"));
    let keys = declared.map_or_else(BTreeSet::new, |declared| keys(declared, &mut raw));
    let choice = |choice: &Element| {
        let ident = choice.attribute("identifier");
        let inline: Vec<&Element> = choice.all("feedbackinline").collect();
        let modal = item.all("modalfeedback").find(|feedback| feedback.attribute("identifier") == ident);
        let why =
            inline.first().copied().or(modal).map_or_else(Rich::default, |feedback| from_html(&feedback.inner_html()));
        RawChoice { text: shown(choice, &inline), why, is_key: keys.contains(ident) }
    };
    raw.choices = interaction.all("simplechoice").map(choice).collect();
    raw.keep_order = interaction.says_no("shuffle") && is_truthful(interaction);
    let idents: BTreeSet<&str> = interaction.all("simplechoice").map(|choice| choice.attribute("identifier")).collect();
    let general = item.all("modalfeedback").filter(|feedback| !idents.contains(feedback.attribute("identifier")));
    for feedback in general {
        let text = from_html(&feedback.inner_html());
        if !raw.explanation.text.is_empty() {
            raw.explanation.text.push_str("\n\n");
        }
        raw.explanation.text.push_str(&text.text);
        raw.explanation.lost.add(text.lost);
    }
    reading.add(raw);
}

/// Most writers say `shuffle="false"` of every question; it is meant where single choices are fixed too.
fn is_truthful(interaction: &Element) -> bool {
    interaction.all("simplechoice").any(|choice| choice.attribute("fixed") == "true")
}

/// The content of an element without some of its parts.
fn shown(element: &Element, without: &[&Element]) -> Rich {
    let prompts: Vec<String> =
        without.iter().filter_map(|part| part.child("prompt")).map(Element::inner_html).collect();
    let mut bare = element.clone();
    remove(&mut bare, &["choiceinteraction", "feedbackinline", "rubricblock"]);
    let html =
        bare.inner_html() + &prompts.iter().map(|prompt| format!("<p>{prompt}</p>")).collect::<Vec<_>>().concat();
    let mut rich = from_html(&html);
    rich.lost.pictures |= !bare.find_all("img").is_empty();
    rich
}

fn remove(element: &mut Element, names: &[&str]) {
    element.nodes.retain(|node| !matches!(node, Node::Element(child) if names.contains(&child.name.as_str())));
    for node in &mut element.nodes {
        if let Node::Element(child) = node {
            remove(child, names);
        }
    }
}

fn keys(declared: &Element, raw: &mut Raw) -> BTreeSet<String> {
    let values = |list: &Element| list.all("value").map(|value| value.text().trim().to_owned()).collect();
    let correct: BTreeSet<String> = declared.child("correctresponse").map_or_else(BTreeSet::new, values);
    let mapped =
        || declared.find_all("mapentry").into_iter().filter(|entry| is_positive(entry.attribute("mappedvalue")));
    let keys =
        if correct.is_empty() { mapped().map(|entry| entry.attribute("mapkey").to_owned()).collect() } else { correct };
    if mapped().any(|entry| !keys.contains(entry.attribute("mapkey"))) {
        raw.changes.push("partial credit for other choices is left out".into());
    } else if declared.attribute("cardinality") == "multiple" && mapped().count() > 1 {
        raw.changes.push("it counts as a whole: partial credit is left out".into());
    }
    keys
}

/// What else is asked, which has no form here.
fn other_interaction(body: &Element) -> Option<&'static str> {
    [
        ("textentryinteraction", "its answer is typed"),
        ("extendedtextinteraction", "its answer is written (an essay)"),
        ("matchinteraction", "it asks to match pairs"),
        ("associateinteraction", "it asks to match pairs"),
        ("gapmatchinteraction", "it has several gaps to fill"),
        ("inlinechoiceinteraction", "it has several gaps to fill"),
        ("orderinteraction", "it asks for an order"),
        ("hotspotinteraction", "it is answered on a picture"),
        ("graphicgapmatchinteraction", "it is answered on a picture"),
        ("selectpointinteraction", "it is answered on a picture"),
        ("sliderinteraction", "its answer is a number to set"),
        ("uploadinteraction", "it is answered by a file"),
        ("hottextinteraction", "its answer is marked in a text"),
    ]
    .into_iter()
    .find(|(name, _)| body.find(name).is_some())
    .map(|(_, why)| why)
}
