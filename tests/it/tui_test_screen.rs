//! A desk in the exam room for tests: a form of its own, time that only the test moves, and a screen made of text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use examroom_core::bank::{Choice, Entry, Exhibit, Item, Level, Overrides, Sheet, Status, Synonyms, Table, Validity};
use examroom_core::blueprint::Book;
use examroom_core::form::{Form, FormBreak, FormQuestion, FormSection, Kind, ScalePoints};
use examroom_core::id::{CaseId, ChoiceId, DomainId, ExamId, ItemId, SectionId, SheetId, TopicId};
use examroom_core::journal::Saved;
use examroom_core::seed::Seed;
use examroom_core::session::{AwayPolicy, Command, Observation, Rules, Session, TimeAllowance};
use examroom_core::time::{Timestamp, minutes};
use examroom_terminal::tui::{App, ColorMode, Effect, Options, Snapshot};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::style::{Color, Modifier};

pub const RULES: Rules = Rules { time_allowance: TimeAllowance::Ordinary, away_policy: AwayPolicy::StopsClock };

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
pub fn long_case() -> String {
    let paragraph = "The patient, a 64-year-old retired machinist, came in with a cough of six weeks and a weight loss \
                     of eight kilograms. The chest film showed a mass of the right upper lobe, 4.2 cm across.";
    vec![paragraph; 55].join("\n\n")
}

/// Two sections with an optional break between: a plain question, one of two choices, one with a long case and an
/// exhibit, one in wide and combining characters, and an open-book part with a shelf.
pub fn form() -> Arc<Form> {
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
    Arc::new(Form {
        exam: ExamId::new("sample"),
        name: "Sample Records Technician".to_owned(),
        owner: Some("the Owner".to_owned()),
        edition: "2026".to_owned(),
        seed: Seed(7),
        kind: Kind::Mock,
        scale: ScalePoints { lowest: 100, pass: 300, highest: 400 },
        default_rating: 0.7,
        sections: vec![
            section("closed", "Closed book", 40, Book::Closed, vec![plain, several, case, wide]),
            section("open", "Open book", 20, Book::Open, vec![open, last]),
        ],
        domains: vec![(DomainId::new("records"), "Records and their retention".to_owned())],
        cases: BTreeMap::from([(CaseId::new("lung"), Arc::from(long_case()))]),
        shelf: vec![Arc::new(sites)],
        synonyms: Synonyms::default(),
        near_duplicates: 0,
        overrides: Overrides::default(),
        assumptions: None,
        background: None,
    })
}

/// The screen's state and a session, with time that stands until it is moved.
pub struct TestScreen {
    pub app: App,
    pub session: Session,
    pub saved: Saved,
    pub now: Timestamp,
    pub left_room: bool,
    screen: Terminal<TestBackend>,
}

impl TestScreen {
    pub fn new(width: u16, height: u16) -> Self {
        Self::with(ColorMode::On, width, height)
    }

    pub fn with(color: ColorMode, width: u16, height: u16) -> Self {
        Self::of(form(), color, width, height)
    }

    pub fn of(form: Arc<Form>, color: ColorMode, width: u16, height: u16) -> Self {
        let mut desk = Self {
            app: App::new(Options { color, ..Options::default() }),
            session: Session::new(form, RULES),
            saved: Saved::Yes,
            now: Timestamp(1_700_000_000_000),
            left_room: false,
            screen: Terminal::new(TestBackend::new(width, height)).unwrap(),
        };
        desk.draw();
        desk
    }

    /// With the clock started.
    pub fn begun(color: ColorMode, width: u16, height: u16) -> Self {
        let mut desk = Self::with(color, width, height);
        desk.keys("s");
        desk
    }

    pub fn left(&self) -> Duration {
        self.session.time_left(self.now)
    }

    fn with_moment<T>(&mut self, act: impl FnOnce(&mut App, Snapshot<'_>) -> T) -> T {
        let left = self.left();
        act(&mut self.app, Snapshot { session: &self.session, left, saved: &self.saved })
    }

    pub fn draw(&mut self) {
        let left = self.left();
        let snapshot = Snapshot { session: &self.session, left, saved: &self.saved };
        self.screen.draw(|frame| self.app.draw(frame, snapshot)).unwrap();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.screen.backend_mut().resize(width, height);
        self.draw();
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(command) => self.send(command),
                Effect::Leave => self.left_room = true,
                Effect::Suspend | Effect::Redraw => {}
            }
        }
        self.draw();
    }

    pub fn send(&mut self, command: Command) {
        match self.session.apply(command, self.now) {
            Ok(events) => self.app.on_events(&events),
            Err(refusal) => self.app.refused(refusal),
        }
    }

    pub fn press(&mut self, code: KeyCode) {
        let effects = self.with_moment(|app, moment| app.press(KeyEvent::from(code), moment));
        self.carry_out(effects);
    }

    /// Presses the key of each character.
    pub fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            self.press(KeyCode::Char(key));
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.with_moment(|app, moment| app.paste(text, moment));
        self.draw();
    }

    pub fn click(&mut self, column: u16, row: u16) {
        let kind = MouseEventKind::Down(MouseButton::Left);
        let mouse = MouseEvent { kind, column, row, modifiers: ratatui::crossterm::event::KeyModifiers::NONE };
        let effects = self.with_moment(|app, moment| app.mouse(mouse, moment));
        self.carry_out(effects.unwrap_or_default());
    }

    /// Lets time pass, with a look at the clock at its end.
    pub fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        let events = self.session.observe(Observation::Tick, self.now);
        self.app.on_events(&events);
        let effects = self.with_moment(App::tick);
        self.carry_out(effects);
    }

    pub fn buffer(&self) -> &Buffer {
        self.screen.backend().buffer()
    }

    pub fn text(&self) -> String {
        text(self.buffer())
    }

    /// The row on which a text stands.
    pub fn row(&self, wanted: &str) -> u16 {
        let text = self.text();
        let row = text.lines().position(|line| line.contains(wanted));
        u16::try_from(row.unwrap_or_else(|| panic!("\"{wanted}\" is not on the screen:\n{text}"))).unwrap()
    }

    /// The choice of the present question that a letter stands for is picked.
    pub fn picked(&self) -> String {
        let slot = self.session.current_slot().unwrap();
        self.session.item_state(slot).selected().iter().map(ChoiceId::as_str).collect()
    }
}

/// The symbols of a screen, without the space at the ends of lines.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let mut line = String::new();
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            line.push_str(cell.symbol());
            skip = cell.symbol().cell_width().saturating_sub(1);
        }
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text
}

/// The text of a screen, and below it which stretches of it are styled and how.
pub fn styled(buffer: &Buffer) -> String {
    let mut out = text(buffer);
    let width = usize::from(buffer.area.width).max(1);
    for (row, cells) in buffer.content.chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let style = (cells[at].fg, cells[at].modifier);
            let end = (at..width).find(|to| (cells[*to].fg, cells[*to].modifier) != style).unwrap_or(width);
            if style != (Color::Reset, Modifier::empty()) {
                let words: String = cells[at..end].iter().map(ratatui::buffer::Cell::symbol).collect();
                let words = words.trim().chars().take(24).collect::<String>();
                writeln!(out, "{row}:{at}-{end} {:?} {:?} {words}", style.0, style.1).unwrap();
            }
            at = end;
        }
    }
    out
}
