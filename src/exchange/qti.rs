//! QTI: what Canvas (1.2) and most newer systems (2.1) export, a document by itself or several in an archive.

use crate::archive::{Archive, is_archive};
use crate::draft::Place;
use crate::encoding;
use crate::error::Unreadable;
use crate::export::OWN_MARK;
use crate::format::Format;
use crate::raw::{Raw, References};
use crate::reading::Reading;
use crate::xml;
use crate::{qti12, qti21};

/// Whether a document is one of this format.
pub(crate) fn is_qti(text: &str) -> bool {
    ["<questestinterop", "<assessmentItem", "<qti-assessment-item"].iter().any(|root| text.contains(root))
}

/// Reads a document or an archive of documents.
///
/// # Errors
/// When it cannot be read, or is made to do harm.
pub(crate) fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    let mut reading = Reading::default();
    if !is_archive(bytes) {
        let (text, _) = encoding::decode(bytes).ok_or(Unreadable::NotText)?;
        document(&text, Placing::ByLine, &mut reading)?;
        return Ok(reading);
    }
    let archive = Archive::open(bytes, Format::Qti)?;
    let documents: Vec<&str> = archive.files().map(|(_, text)| text).filter(|text| is_qti(text)).collect();
    if documents.is_empty() {
        let why = "it has no questions of QTI in it".to_owned();
        return Err(Unreadable::Malformed { format: Format::Qti, why });
    }
    for text in documents {
        document(text, Placing::ByNumber, &mut reading)?;
    }
    Ok(reading)
}

/// How questions are found again: in an archive nobody sees lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Placing {
    ByLine,
    ByNumber,
}

fn document(text: &str, placing: Placing, reading: &mut Reading) -> Result<(), Unreadable> {
    let references = if text.contains(OWN_MARK) { References::Quoted } else { References::Letters };
    xml::each(text, Format::Qti, &["item", "assessmentitem"], |item, around| {
        let assessment = around.iter().find(|element| element.name == "assessment");
        let place = match placing {
            Placing::ByLine => Place::Line(item.line),
            Placing::ByNumber => Place::Question(reading.questions.len() + reading.left_out.len() + 1),
        };
        let mut raw = Raw::new(place);
        raw.references = references;
        raw.subjects = assessment.map(|assessment| assessment.attribute("title").to_owned()).into_iter().collect();
        if item.name == "item" { qti12::item(item, raw, reading) } else { qti21::item(item, raw, reading) }
    })
    .map(|_| ())
}
