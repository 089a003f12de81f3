//! Forms of the tests' own, for what is not about drawing them from a bank.

use std::collections::BTreeMap;
use std::sync::Arc;

use examroom_core::bank::{Choice, Entry, Exhibit, Item, Level, Sheet, Status, Table, Validity};
use examroom_core::blueprint::Book;
use examroom_core::form::{Form, FormBreak, FormQuestion, FormSection};
use examroom_core::id::{CaseId, ChoiceId, DomainId, ExamId, ItemId, SectionId, SheetId, TopicId};
use examroom_core::journal::conformance;
use examroom_core::seed::Seed;
use examroom_core::session::Rules;
use examroom_core::time::minutes;

/// The ordinary conditions of a sitting.
pub const RULES: Rules = Rules::ORDINARY;

fn item(id: &str, stem: &str, choices: &[&str], key: &[&str]) -> Item {
    Item {
        id: ItemId::new(id),
        section: SectionId::new("closed"),
        domain: DomainId::new("records"),
        topic: TopicId::new("retention"),
        level: Level::Application,
        status: Status::Operational,
        angoff: Some(0.7),
        ratings: Box::default(),
        stem: stem.into(),
        exhibit: None,
        case: None,
        choices: choices
            .iter()
            .zip('a'..)
            .map(|(text, id)| Choice {
                id: ChoiceId::new(&id.to_string()),
                text: (*text).into(),
                why: Some(format!("The reason for this one; compare {{{id}}} with the others.").into()),
            })
            .collect(),
        key: key.iter().map(|id| ChoiceId::new(id)).collect(),
        keep_order: true,
        explanation: None,
        source: Some("45 CFR 164.524(b)(2)".into()),
        validity: Validity::default(),
        enemies: Vec::new(),
        references: Vec::new(),
        calculation: None,
    }
}

fn asked(item: Item) -> FormQuestion {
    let order = item.choices.iter().map(|choice| choice.id.clone()).collect();
    FormQuestion { item: Arc::new(item), scored: true, order }
}

/// About 10 KB of a case.
fn long_case() -> String {
    let paragraph = "The patient, a 64-year-old retired machinist, came in with a cough of six weeks and a weight loss \
                     of eight kilograms. The chest film showed a mass of the right upper lobe, 4.2 cm across.";
    vec![paragraph; 55].join("\n\n")
}

/// Two sections with an optional break between: a plain question, one of two choices, one with a long case and an
/// exhibit, one in wide and combining characters, and an open-book part with a shelf.
pub fn sample() -> Form {
    let plain = item(
        "access-deadline",
        "A patient asks in writing for a copy of her record. The hospital keeps it off site. By when must the \
         hospital have acted on the request, if it asks for no extension?",
        &[
            "Within 15 days of the request",
            "Within 30 days of the request",
            "Within 60 days of the request, because the record is kept off site and has to be fetched first, which \
             makes this the longest of the choices",
            "Within 90 days of the request",
        ],
        &["b"],
    );
    let several = item(
        "two-of-five",
        "Which of these belong to the minimum necessary standard?",
        &["Role-based access", "Treatment of the patient", "Requests of the patient", "Routine disclosures", "None"],
        &["a", "d"],
    );
    let mut case = item("long-case", "Which stage group is to be coded?", &["I", "II", "III", "IV"], &["c"]);
    case.case = Some(CaseId::new("lung"));
    case.exhibit = Some(Exhibit::Text("Finding        Size\nRUL mass       4.2 cm\nNode 4R        1.1 cm".into()));
    let wide = item(
        "wide",
        "患者さんの記録 e\u{301}te\u{301} 👩‍⚕️🏥 ＡＢＣ z\u{351}\u{302}\u{353} — which one? \u{202e}reversed\u{1b}[31m",
        &["漢字かな交じり文", "🇺🇸 flag", "مرحبا", "a\u{300}\u{301}\u{302}"],
        &["a"],
    );
    let mut open = item("open", "Which topography code is it?", &["C18.7", "C18.9", "C19.9", "C20.9"], &["a"]);
    open.references = vec![SheetId::new("sites")];
    let last = item("last", "Is this the last question?", &["Yes", "No"], &["a"]);
    let section = |id: &str, name: &str, time, book, questions: Vec<Item>| FormSection {
        id: SectionId::new(id),
        name: name.to_owned(),
        time: minutes(time),
        book,
        break_after: Some(FormBreak { time: minutes(15), optional: true }),
        questions: questions.into_iter().map(asked).collect(),
    };
    let sites = Sheet {
        id: SheetId::new("sites"),
        title: "Primary sites".to_owned(),
        source: "ICD-O-3.2".to_owned(),
        holds: "2021 and later".to_owned(),
        entries: vec![
            Entry {
                heading: "Colon".to_owned(),
                text: "Code the subsite where the tumor began.".to_owned(),
                table: Table {
                    columns: vec!["Code".to_owned(), "Subsite".to_owned()],
                    rows: vec![
                        vec!["C18.7".to_owned(), "Sigmoid colon".to_owned()],
                        vec!["C18.9".to_owned(), "Colon, NOS".to_owned()],
                    ],
                },
            },
            Entry { heading: "Lung".to_owned(), text: "Main bronchus is C34.0.".to_owned(), table: Table::default() },
        ],
    };
    Form {
        exam: ExamId::new("sample"),
        name: "Sample Records Technician".to_owned(),
        owner: Some("the Owner".to_owned()),
        edition: "2026".to_owned(),
        seed: Seed(7),
        sections: vec![
            section("closed", "Closed book", 40, Book::Closed, vec![plain, several, case, wide]),
            section("open", "Open book", 20, Book::Open, vec![open, last]),
        ],
        domains: vec![(DomainId::new("records"), "Records and their retention".to_owned())],
        cases: BTreeMap::from([(CaseId::new("lung"), Arc::from(long_case()))]),
        shelf: vec![Arc::new(sites)],
        ..Form::clone(&conformance::form())
    }
}
