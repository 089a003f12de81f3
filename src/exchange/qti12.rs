//! QTI 1.2, as Canvas exports and imports it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::archive;
use crate::draft::{Draft, Name, choice_id};
use crate::export::{Export, OWN_MARK};
use crate::html::{self, from_html, maybe_html, to_html};
use crate::letters::spelled_out;
use crate::raw::{Raw, RawChoice, References, Rich};
use crate::reading::Reading;
use crate::xml::{Element, escaped, is_positive};

/// By these an export says what QTI itself has no place for.
const SUBJECTS: &str = "examroom_subjects";

/// Adds one item.
pub(crate) fn item(item: &Element, mut raw: Raw, reading: &mut Reading) {
    let is_own = raw.references == References::Quoted;
    let field = |label: &str| {
        let fields = item.find_all("qtimetadatafield");
        let found =
            fields.into_iter().find(|field| field.child("fieldlabel").is_some_and(|name| name.text().trim() == label));
        found
            .and_then(|field| field.child("fieldentry"))
            .map_or_else(String::new, |entry| entry.text().trim().to_owned())
    };
    if is_own {
        raw.name = Name::Id(item.attribute("ident").to_owned());
        raw.subjects = vec![field(SUBJECTS)];
    }
    let Some(presentation) = item.child("presentation") else {
        return reading.leave_out(raw.place, item.attribute("title"), "it shows nothing");
    };
    raw.stem = stem(presentation);
    raw.explanation = feedback(item, &["general_fb", "general"]);
    let kind = field("question_type");
    if let Some(why) = why_not(&kind, presentation) {
        return reading.leave_out(raw.place, &raw.stem.text, why);
    }
    let Some(response) = presentation.find("response_lid") else {
        return reading.leave_out(raw.place, &raw.stem.text, "it has no choices: its answer is typed or written");
    };
    let keys = keys(item, &mut raw);
    let labels = response.find_all("response_label");
    let choice = |label: &&Element| {
        let ident = label.attribute("ident");
        RawChoice {
            text: materials(label),
            why: feedback(item, &[&format!("{ident}_fb")]),
            is_key: keys.contains(ident),
        }
    };
    raw.choices = labels.iter().map(choice).collect();
    raw.keep_order = response.find("render_choice").is_some_and(|render| render.says_no("shuffle"));
    for (names, at_key) in [(["correct_fb", "correct"], true), (["general_incorrect_fb", "incorrect"], false)] {
        outcome(&feedback(item, &names), at_key, &mut raw);
    }
    if response.attribute("rcardinality").eq_ignore_ascii_case("multiple") {
        raw.changes.extend((!is_own).then_some("it counts as a whole: partial credit is left out".into()));
    }
    reading.add(raw);
}

/// What is said of a right or a wrong answer, whichever it was: the reason of the key, or a part of the explanation.
fn outcome(text: &Rich, at_key: bool, raw: &mut Raw) {
    if text.text.trim().is_empty() {
        return;
    }
    let mut keys = raw.choices.iter_mut().filter(|choice| choice.is_key);
    let target = match (keys.next(), keys.next()) {
        (Some(only), None) if at_key && only.why.text.is_empty() => &mut only.why,
        _ => &mut raw.explanation,
    };
    if !target.text.is_empty() {
        target.text.push_str("\n\n");
    }
    target.text.push_str(&text.text);
    target.lost.add(text.lost);
    if !at_key {
        raw.changes.push("what is said of wrong answers stands in its explanation".into());
    }
}

fn why_not(kind: &str, presentation: &Element) -> Option<&'static str> {
    let lists = presentation.find_all("response_lid").len();
    Some(match kind {
        "short_answer_question" | "fill_in_multiple_blanks_question" => "its answer is typed",
        "numerical_question" | "calculated_question" => "its answer is a number to type",
        "essay_question" => "its answer is written (an essay)",
        "matching_question" => "it asks to match pairs",
        "multiple_dropdowns_question" => "it has several gaps to fill",
        "text_only_question" => "it is a description, and asks nothing",
        "file_upload_question" => "it is answered by a file",
        "multiple_choice_question" | "true_false_question" | "multiple_answers_question" => return None,
        _ if lists > 1 => "it has several lists to choose from",
        _ if lists == 1 => return None,
        _ if presentation.find("response_num").is_some() => "its answer is a number to type",
        _ if presentation.find("response_grp").is_some() => "it asks to match pairs",
        _ if presentation.find("response_xy").is_some() => "it is answered on a picture",
        _ if presentation.find("response_str").is_some() => "its answer is typed or written",
        _ => "it is a description, and asks nothing",
    })
}

/// The material before the answers.
fn stem(presentation: &Element) -> Rich {
    let mut texts: Vec<Rich> = Vec::new();
    let mut ahead: Vec<&Element> = presentation.children().collect();
    ahead.reverse();
    while let Some(element) = ahead.pop() {
        match element.name.as_str() {
            "material" => texts.push(material(element)),
            "flow" | "flow_mat" => {
                let mut inner: Vec<&Element> = element.children().collect();
                inner.reverse();
                ahead.extend(inner);
            }
            _ => {}
        }
    }
    together(texts)
}

/// The material within a choice or a feedback.
fn materials(element: &Element) -> Rich {
    together(element.find_all("material").into_iter().map(material).collect())
}

fn together(texts: Vec<Rich>) -> Rich {
    texts
        .into_iter()
        .reduce(|mut whole, part| {
            if !whole.text.is_empty() && !part.text.is_empty() {
                whole.text.push_str("\n\n");
            }
            whole.text.push_str(&part.text);
            whole.tables.extend(part.tables);
            whole.listings.extend(part.listings);
            whole.lost.add(part.lost);
            whole
        })
        .unwrap_or_default()
}

fn material(material: &Element) -> Rich {
    let text = |text: &Element| {
        let has_tags = text.children().next().is_some();
        if has_tags {
            from_html(&text.inner_html())
        } else if text.attribute("texttype").eq_ignore_ascii_case("text/html") {
            from_html(&text.text())
        } else {
            maybe_html(text.text().trim())
        }
    };
    let mut whole = together(material.all("mattext").map(text).collect());
    whole.lost.pictures |= material.child("matimage").is_some();
    whole.lost.sound |= material.child("mataudio").is_some() || material.child("matvideo").is_some();
    whole
}

fn feedback(item: &Element, names: &[&str]) -> Rich {
    let found = item.all("itemfeedback").find(|feedback| names.contains(&feedback.attribute("ident")));
    found.map_or_else(Rich::default, materials)
}

/// The idents of the choices that score.
fn keys(item: &Element, raw: &mut Raw) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut scores: Vec<f64> = Vec::new();
    for condition in item.find_all("respcondition") {
        let score = condition.all("setvar").filter(|set| is_positive(&set.text())).map(Element::text).next();
        let Some(score) = score.and_then(|score| score.trim().parse::<f64>().ok()) else { continue };
        let wanted = wanted(condition);
        if !wanted.is_empty() {
            scores.push(score);
            keys.extend(wanted);
        }
    }
    let best = scores.iter().copied().fold(0.0, f64::max);
    let is_single =
        item.find("response_lid").is_some_and(|list| !list.attribute("rcardinality").eq_ignore_ascii_case("multiple"));
    if is_single && scores.len() > 1 {
        // Other choices bring a part of the points.
        keys = item
            .find_all("respcondition")
            .into_iter()
            .filter(|condition| {
                condition.all("setvar").any(|set| set.text().trim().parse::<f64>().is_ok_and(|score| score >= best))
            })
            .flat_map(wanted)
            .collect();
        raw.changes.push("partial credit for other choices is left out".into());
    }
    keys
}

/// The idents that a condition asks for, and not those that it excludes.
fn wanted(condition: &Element) -> Vec<String> {
    let mut wanted = Vec::new();
    let mut ahead: Vec<&Element> = condition.all("conditionvar").collect();
    while let Some(element) = ahead.pop() {
        match element.name.as_str() {
            "varequal" => wanted.push(element.text().trim().to_owned()),
            "not" => {}
            _ => ahead.extend(element.children()),
        }
    }
    wanted
}

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="examroom" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"><metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata><organizations/><resources><resource identifier="examroom_questions" type="imsqti_xmlv1p2"><file href="examroom_questions/examroom_questions.xml"/></resource></resources></manifest>
"#;

/// Writes questions as an archive that Canvas takes.
pub(crate) fn write(drafts: &[Draft], title: &str) -> Export {
    let mut export = Export::new();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {OWN_MARK} -->\n<questestinterop \
         xmlns=\"http://www.imsglobal.org/xsd/ims_qtiasiv1p2\">\n<assessment ident=\"examroom_questions\" \
         title=\"{}\">\n<section ident=\"root_section\">\n",
        escaped(title)
    );
    for draft in drafts {
        item_text(draft, &mut text);
    }
    text.push_str("</section>\n</assessment>\n</questestinterop>\n");
    export.bytes =
        archive::write(&[("imsmanifest.xml", MANIFEST), ("examroom_questions/examroom_questions.xml", &text)]);
    export
}

fn item_text(draft: &Draft, text: &mut String) {
    let id = match &draft.name {
        Name::Id(id) | Name::Title(id) => escaped(id),
        Name::None => String::new(),
    };
    let single = draft.keys().count() == 1;
    let (kind, cardinality) =
        if single { ("multiple_choice_question", "Single") } else { ("multiple_answers_question", "Multiple") };
    let material =
        |html: &str| format!("<material><mattext texttype=\"text/html\">{}</mattext></material>", escaped(html));
    let field = |label: &str, entry: &str| {
        format!(
            "<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{}</fieldentry></qtimetadatafield>",
            escaped(entry)
        )
    };
    let exhibit = draft.exhibit.as_ref().map_or_else(String::new, html::exhibit);
    let _ = write!(
        text,
        "<item ident=\"{id}\" title=\"{id}\">\n<itemmetadata><qtimetadata>{}{}{}</qtimetadata></itemmetadata>\n<presentation>{}\n\
         <response_lid ident=\"response1\" rcardinality=\"{cardinality}\"><render_choice shuffle=\"{}\">\n",
        field("question_type", kind),
        field("points_possible", "1"),
        field(SUBJECTS, &draft.subjects.join("/")),
        material(&(to_html(&draft.stem) + &exhibit)),
        if draft.keep_order { "No" } else { "Yes" },
    );
    for (at, choice) in draft.choices.iter().enumerate() {
        let _ = writeln!(
            text,
            "<response_label ident=\"{}\">{}</response_label>",
            choice_id(at),
            material(&to_html(&choice.text))
        );
    }
    text.push_str("</render_choice></response_lid></presentation>\n<resprocessing><outcomes><decvar maxvalue=\"100\" minvalue=\"0\" varname=\"SCORE\" vartype=\"Decimal\"/></outcomes>\n");
    let feedback_of = |ident: &str| format!("<displayfeedback feedbacktype=\"Response\" linkrefid=\"{ident}\"/>");
    if draft.explanation.is_some() {
        let _ = writeln!(
            text,
            "<respcondition continue=\"Yes\"><conditionvar><other/></conditionvar>{}</respcondition>",
            feedback_of("general_fb")
        );
    }
    let equal = |at: usize| format!("<varequal respident=\"response1\">{}</varequal>", choice_id(at));
    for (at, _) in draft.choices.iter().enumerate().filter(|(_, choice)| choice.why.is_some()) {
        let shown = feedback_of(&format!("{}_fb", choice_id(at)));
        let _ = writeln!(
            text,
            "<respcondition continue=\"Yes\"><conditionvar>{}</conditionvar>{shown}</respcondition>",
            equal(at)
        );
    }
    let conditions: Vec<String> = if single {
        draft.keys().map(equal).collect()
    } else {
        let one = |(at, choice): (usize, &crate::draft::Choice)| {
            if choice.is_key { equal(at) } else { format!("<not>{}</not>", equal(at)) }
        };
        vec![format!("<and>{}</and>", draft.choices.iter().enumerate().map(one).collect::<Vec<_>>().concat())]
    };
    let _ = writeln!(
        text,
        "<respcondition continue=\"No\"><conditionvar>{}</conditionvar><setvar action=\"Set\" \
         varname=\"SCORE\">100</setvar></respcondition>\n</resprocessing>",
        conditions.concat()
    );
    let mut feedback = |ident: &str, shown: &str| {
        let html = to_html(&spelled_out(shown, draft));
        let _ =
            writeln!(text, "<itemfeedback ident=\"{ident}\"><flow_mat>{}</flow_mat></itemfeedback>", material(&html));
    };
    if let Some(explanation) = &draft.explanation {
        feedback("general_fb", explanation);
    }
    for (at, choice) in draft.choices.iter().enumerate() {
        if let Some(why) = &choice.why {
            feedback(&format!("{}_fb", choice_id(at)), why);
        }
    }
    text.push_str("</item>\n");
}
