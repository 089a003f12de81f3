//! A browser without a window for tests of the page: it keeps the cookie, follows where it is sent, fills in forms, and
//! remembers all that it was ever told. No socket is involved: the router is a function.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use examroom_app::live::{LiveSession, system_now};
use examroom_app::view::SafeText;
use examroom_app::view::exam::ExamView;
use examroom_app::view::help::Help;
use examroom_app::view::history::HistoryView;
use examroom_app::view::home::OfferedForm;
use examroom_app::view::practice_start::{PracticePreview, PracticeReset, PracticeStartView};
use examroom_app::view::problem::Problems;
use examroom_core::form::{Form, Slot};
use examroom_core::id::ItemId;
use examroom_core::journal::{AttemptId, Journal as _, MemoryStore};
use examroom_core::scoring::{Change, Outcome, ScoreReport, score};
use examroom_core::session::{Command, Refusal, Rules, Session, TimeAllowance};
use examroom_core::study::{Standing, Wish};
use examroom_web::{
    AttemptLine, Desk, Door, Elsewhere, ExamLine, PracticeOffer, PracticeWanted, Reply, Secret, Site, Trouble, Wanted,
};
use http::{Method, Request, StatusCode};
use jiff::civil::Date;

use crate::forms::RULES;
use crate::support::day;

pub const PORT: u16 = 8765;

/// A program around the page that has one exam with one form, and keeps its one attempt in memory.
#[derive(Clone)]
pub struct TestDesk {
    pub form: Arc<Form>,
    pub rules: Rules,
    pub store: MemoryStore,
    pub begun: Arc<Mutex<Vec<Wanted>>>,
    pub practiced: Arc<Mutex<Vec<PracticeWanted>>>,
    pub started_over: Arc<Mutex<bool>>,
    /// The form that came with its bank.
    pub offered: Option<OfferedForm>,
}

impl TestDesk {
    pub fn new(form: Form) -> Self {
        Self::with_rules(form, RULES)
    }

    /// One at which practice is begun.
    pub fn practicing(form: Form) -> Self {
        Self::with_rules(form, Rules::practice(TimeAllowance::Unlimited))
    }

    pub fn with_rules(form: Form, rules: Rules) -> Self {
        let (begun, practiced) = (Arc::default(), Arc::default());
        Self {
            form: Arc::new(form),
            rules,
            store: MemoryStore::default(),
            begun,
            practiced,
            started_over: Arc::default(),
            offered: None,
        }
    }

    /// The attempt as it is kept.
    pub fn session(&self) -> Session {
        Session::replay(Arc::clone(&self.form), self.rules, self.store.entries())
    }

    pub fn live(&self) -> LiveSession {
        LiveSession::resume(AttemptId(1), self.session(), system_now(), Box::new(self.store.journal()))
    }
}

impl Desk for TestDesk {
    fn exams(&mut self) -> Result<Vec<ExamLine>, Trouble> {
        Ok(vec![ExamLine {
            id: "sample".into(),
            name: "Sample".into(),
            summary: "A sample.".into(),
            in_force: None,
            offered: self.offered.clone(),
        }])
    }

    fn attempts(&mut self) -> Result<Vec<AttemptLine>, Trouble> {
        let is_finished = self.session().is_finished();
        let line = AttemptLine {
            id: AttemptId(1),
            exam: "sample".into(),
            kind: "mock exam",
            begun: "today".into(),
            is_finished,
        };
        Ok(self.begun.lock().unwrap().iter().map(|_| line.clone()).collect())
    }

    fn history(&mut self) -> Result<HistoryView, Trouble> {
        Ok(HistoryView::default())
    }

    fn exam(&mut self, _: &str) -> Result<ExamView, Trouble> {
        Err(Trouble::default())
    }

    fn practice_start(&mut self, exam: &str, wish: &Wish) -> Result<PracticeOffer, Trouble> {
        let standings = Standing::ALL.iter().map(|standing| (*standing, 1)).collect();
        let start = PracticeStartView {
            exam: exam.into(),
            name: SafeText::new("Sample"),
            domains: Vec::new(),
            standings,
            cost: "It costs nothing.".into(),
            open: None,
        };
        let preview = PracticePreview { words: format!("{} questions.", wish.count), new: wish.count };
        let missed = if *self.started_over.lock().unwrap() { 0 } else { 12 };
        Ok(PracticeOffer { start, preview, reset: PracticeReset { missed, flagged: 0 } })
    }

    fn start_practice_over(&mut self, exam: &str) -> Result<String, Trouble> {
        *self.started_over.lock().unwrap() = true;
        Ok(PracticeReset { missed: 12, flagged: 1 }.done(&exam.into()))
    }

    fn practice(&mut self, wanted: &PracticeWanted) -> Result<LiveSession, Trouble> {
        self.practiced.lock().unwrap().push(wanted.clone());
        if wanted.wish.standings == [Standing::Missed] {
            return Err(Trouble { lines: vec!["You have missed nothing.".into()], ..Trouble::default() });
        }
        Ok(self.live())
    }

    fn take(&mut self, wanted: &Wanted) -> Result<LiveSession, Trouble> {
        if wanted.exam != "sample" {
            return Err(Trouble { lines: vec!["There is no such exam.".into()], ..Trouble::default() });
        }
        self.begun.lock().unwrap().push(wanted.clone());
        Ok(self.live())
    }

    fn resume(&mut self, id: AttemptId, _: Elsewhere) -> Result<LiveSession, Trouble> {
        if id == AttemptId(1) {
            return Ok(self.live());
        }
        let helps = vec![Help::Attempts, "it is another one".into(), Help::Terminal("use: --flag".into())];
        Err(Trouble { lines: vec!["There is no such attempt.".into()], helps, ..Trouble::default() })
    }

    fn problems(&mut self) -> Result<Problems, Trouble> {
        let mut problems = Problems::default();
        problems.add(&self.session());
        Ok(problems)
    }

    fn note_problem(&mut self, id: AttemptId, question: Slot, text: &str) -> Result<(), Trouble> {
        let mut session = self.session();
        let refused = |refusal: Refusal| Trouble { lines: vec![refusal.to_string()], ..Trouble::default() };
        assert_eq!(id, AttemptId(1));
        let events = session.apply(Command::ProblemOf(question, text.to_owned()), system_now()).map_err(refused)?;
        let mut journal = self.store.journal();
        journal.append(events);
        Ok(())
    }

    fn changes(&mut self, _: AttemptId) -> Vec<(ItemId, Change)> {
        Vec::new()
    }

    fn record(&mut self, exam: &str, outcome: Outcome, day: Date) -> Result<String, Trouble> {
        if exam != "sample" {
            return Err(Trouble { lines: vec!["There is no such exam.".into()], ..Trouble::default() });
        }
        Ok(format!("Recorded: {exam} {outcome:?} {day}."))
    }

    fn today(&mut self) -> Date {
        day()
    }

    fn finished(&mut self, id: AttemptId) -> Result<(Session, ScoreReport), Trouble> {
        let session = self.session();
        if id != AttemptId(1) || !session.is_finished() {
            return Err(Trouble { lines: vec!["It is not finished.".into()], ..Trouble::default() });
        }
        let marks = score(&session);
        Ok((session, marks))
    }
}

/// A page as it came.
pub struct Page {
    pub status: StatusCode,
    pub html: String,
    /// Where it was found in the end.
    pub path: String,
}

impl Page {
    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> String {
        let at = format!("name=\"{name}\" value=\"");
        let rest = self.html.split(&at).nth(1).unwrap_or_else(|| panic!("no {name} in {}", self.html));
        rest.split('"').next().unwrap().replace("&#38;", "&")
    }

    pub fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }
}

/// The browser, with one page open.
pub struct Browser {
    pub site: Arc<Site>,
    pub desk: TestDesk,
    pub cookie: Option<String>,
    pub page: Page,
    /// Everything that was ever received: headers and bodies.
    pub traffic: String,
}

impl Browser {
    /// A browser that has opened the address that was printed.
    pub fn open(desk: TestDesk) -> Self {
        let door = Door::new(PORT, Secret::new([1; 16]), Secret::new([2; 16]));
        let site = Arc::new(Site::new(door, Box::new(desk.clone())));
        let page = Page { status: StatusCode::OK, html: String::new(), path: String::new() };
        let address = site.address();
        let mut browser = Self { site, desk, cookie: None, page, traffic: String::new() };
        browser.get(address.strip_prefix(&format!("http://127.0.0.1:{PORT}")).unwrap());
        browser
    }

    /// With an exam begun.
    pub fn sitting(form: Form) -> Self {
        Self::sitting_under(RULES, form)
    }

    /// With an exam begun under these rules.
    pub fn sitting_under(rules: Rules, form: Form) -> Self {
        let mut browser = Self::open(TestDesk::with_rules(form, rules));
        browser.post("/take", &[("exam", "sample")]);
        browser.press("begin");
        browser
    }

    /// With practice begun.
    pub fn practicing(form: Form) -> Self {
        let mut browser = Self::open(TestDesk::practicing(form));
        browser.post("/practice", &[("exam", "sample"), ("count", "20")]);
        browser.press("begin");
        browser
    }

    /// Another window of the same browser.
    pub fn another(&self) -> Self {
        let page = Page { status: StatusCode::OK, html: self.page.html.clone(), path: self.page.path.clone() };
        let (site, desk, cookie) = (Arc::clone(&self.site), self.desk.clone(), self.cookie.clone());
        Self { site, desk, cookie, page, traffic: String::new() }
    }

    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header("host", format!("127.0.0.1:{PORT}"));
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    pub fn send(&mut self, request: &Request<Vec<u8>>) -> Reply {
        let reply = self.site.respond(request);
        for (name, value) in reply.headers() {
            writeln!(self.traffic, "{name}: {}", value.to_str().unwrap()).unwrap();
        }
        self.traffic.push_str(std::str::from_utf8(reply.body()).unwrap());
        reply
    }

    fn follow(&mut self, reply: &Reply, path: &str) {
        if let Some(cookie) = reply.headers().get("set-cookie") {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        if let Some(to) = reply.headers().get("location") {
            let to = to.to_str().unwrap().to_owned();
            return self.get(&to);
        }
        let html = String::from_utf8(reply.body().clone()).unwrap();
        self.page = Page { status: reply.status(), html, path: path.to_owned() };
    }

    pub fn get(&mut self, path: &str) {
        let request = self.request(Method::GET, path).body(Vec::new()).unwrap();
        let reply = self.send(&request);
        self.follow(&reply, path);
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = self
            .request(Method::POST, path)
            .header("origin", format!("http://127.0.0.1:{PORT}"))
            .body(form.finish().into_bytes())
            .unwrap();
        let reply = self.send(&request);
        self.follow(&reply, path);
    }

    /// Presses a button of the page, with these fields filled in.
    pub fn press_with(&mut self, deed: &str, fields: &[(&str, &str)]) {
        let (after, look) = (self.page.field("after"), self.page.field("look"));
        let mut all = vec![("after", after.as_str()), ("look", look.as_str()), ("do", deed)];
        let question = self.page.has("name=\"question\"").then(|| self.page.field("question"));
        all.extend(question.as_deref().map(|question| ("question", question)));
        all.extend(fields);
        self.post("/exam", &all);
    }

    /// Presses a button of the page, with the choices as they are picked on it.
    pub fn press(&mut self, deed: &str) {
        let picked = self.picked();
        let fields: Vec<(&str, &str)> = picked.iter().map(|letter| ("choice", letter.as_str())).collect();
        self.press_with(deed, &fields);
    }

    /// Picks choices on the page, and presses a button.
    pub fn pick(&mut self, letters: &str, deed: &str) {
        let letters: Vec<String> = letters.chars().map(|letter| letter.to_string()).collect();
        let fields: Vec<(&str, &str)> = letters.iter().map(|letter| ("choice", letter.as_str())).collect();
        self.press_with(deed, &fields);
    }

    /// Says yes to what the page asks.
    pub fn confirm(&mut self, deed: &str) {
        self.press_with(deed, &[("sure", "yes")]);
    }

    fn picked(&self) -> Vec<String> {
        let inputs = self.page.html.split("<input ").filter(|input| input.contains("name=\"choice\""));
        let checked = inputs.filter(|input| input.split('>').next().unwrap().contains(" checked"));
        checked.map(|input| input.split("value=\"").nth(1).unwrap()[..1].to_owned()).collect()
    }

    /// The events of the attempt, without their times.
    pub fn events(&self) -> Vec<examroom_core::session::Event> {
        self.desk.store.entries().into_iter().map(|entry| entry.event).collect()
    }
}
