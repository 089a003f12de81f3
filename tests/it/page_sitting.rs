//! An exam in a browser, without a script and without sockets: what the page shows, does and never tells.

use std::fmt::Write as _;

use examroom_app::view::home::OfferedForm;
use examroom_core::form::code::disjoint_codes;
use examroom_core::form::{Exposure, Form, FormQuestion, Plan, Slot};
use examroom_core::session::{AwayPolicy, ConfidencePolicy, Event, Response, TimeAllowance};
use examroom_web::{Drawn, Wanted};
use http::{Method, StatusCode};

use crate::forms::sample;
use crate::page_browser::{Browser, TestDesk};
use crate::support::{day, draw, shipped};

pub fn rehearsal(exam: &str, items: u32, seed: u64) -> Form {
    let (blueprint, bank) = shipped(exam);
    draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, items), seed, &Exposure::default())
}

/// What no page may hold before the exam is submitted.
fn secrets(form: &Form) -> Vec<String> {
    form.questions().flat_map(|(_, question)| secrets_of(question)).collect()
}

/// What no page may hold before a question is answered for good: each rationale, the explanation, the source and the id.
pub fn secrets_of(question: &FormQuestion) -> Vec<String> {
    let item = &question.item;
    let reasons = question.order.iter().filter_map(|id| item.choice(id)?.why.as_deref()).map(str::to_owned);
    let more = [&item.explanation, &item.source].into_iter().flatten().map(ToString::to_string);
    let secrets = reasons.chain(more).chain([item.id.as_str().to_owned()]);
    secrets.filter(|secret| secret.len() > 8 && !secret.contains('{')).collect()
}

/// As a page escapes a text.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' | '\'' => write!(escaped, "&#{};", u32::from(c)).unwrap(),
            c => escaped.push(c),
        }
    }
    escaped
}

#[test]
fn a_whole_rehearsal_by_forms_alone_and_nothing_is_told_before_its_end() {
    let form = rehearsal("rhit", 12, 7);
    let secrets = secrets(&form);
    assert!(secrets.len() > 40, "{}", secrets.len());
    let mut browser = Browser::open(TestDesk::new(form.clone()));
    assert!(browser.page.has("Take an exam"), "{}", browser.page.html);
    browser.post("/take", &[("exam", "sample")]);
    assert!(browser.page.has("No clock is running yet."), "{}", browser.page.html);
    browser.get("/exam?tutorial=0");
    assert!(browser.page.has("Tutorial 1 of 3"));
    browser.get("/exam?help=");
    assert!(browser.page.has("Keys: On the welcome page"));
    browser.get("/exam");
    browser.press("begin");
    for number in 1..=12 {
        assert!(browser.page.has(&format!("Question {number} of 12")), "{}", browser.page.html);
        assert!(browser.page.has("role=\"timer\"") && browser.page.has(">saved<"), "{}", browser.page.html);
        browser.press("flag");
        assert!(browser.page.has("aria-pressed=\"true\" data-keys=\"m\""), "{}", browser.page.html);
        let several = (2..5).find(|count| browser.page.has(&format!("Choose {count}.")));
        browser.pick(&"ABCDE"[..several.unwrap_or(1)], "next");
    }
    assert!(browser.page.has("12 of 12 answered, 12 flagged"), "{}", browser.page.html);
    browser.press_with("end-section", &[]);
    assert!(browser.page.has("End the exam?") && browser.page.has("Every question is answered."));
    assert!(!browser.desk.session().is_finished(), "it asks first");
    for secret in &secrets {
        assert!(!browser.traffic.contains(&escaped(secret)), "told before the end: {secret}");
    }
    browser.confirm("end-section");
    assert_eq!(browser.page.path, "/report/1");
    assert!(browser.page.has("A short rehearsal, not a mock exam"), "{}", browser.page.html);
    browser.get("/report/1?only=all");
    let why = secrets.iter().filter(|secret| browser.page.has(&escaped(secret))).count();
    assert!(why > 40, "{why}");
    browser.get("/exam");
    assert_eq!(browser.page.path, "/report/1", "the room leads to the report");
}

#[test]
fn an_exam_is_sat_as_it_was_chosen_and_what_is_not_understood_stands_there_again() {
    let (blueprint, bank) = shipped("rhit");
    let code = disjoint_codes(&blueprint, &bank, day(), 5, 1).unwrap().remove(0);
    let typed = code.to_string().to_lowercase().replace('-', " ");
    let taken = |more: &[(&str, &str)]| {
        let mut browser = Browser::open(TestDesk::new(sample()));
        browser.post("/take", &[&[("exam", "sample")], more].concat());
        let begun = browser.desk.begun.lock().unwrap().pop();
        (begun, browser.page)
    };
    let from = "clinic.examroom by A. Author & Co".into();
    let offering =
        TestDesk { offered: Some(OfferedForm { exam: "sample".into(), code, from }), ..TestDesk::new(sample()) };
    let browser = Browser::open(offering);
    let button = format!("name=\"which\" value=\"code\"><input type=\"hidden\" name=\"code\" value=\"{code}\">");
    for offered in [button, format!(">Form {code}</button>"), escaped("clinic.examroom by A. Author & Co")] {
        assert!(browser.page.has(&offered), "{offered}: {}", browser.page.html);
    }
    let ordinary = Wanted {
        exam: "sample".into(),
        drawn: Drawn::Whole,
        time: TimeAllowance::Ordinary,
        clock: AwayPolicy::StopsClock,
        confidence: ConfidencePolicy::NotAsked,
    };
    assert_eq!(taken(&[]).0, Some(ordinary.clone()));
    let (begun, _) = taken(&[("which", "rehearsal"), ("items", " 12 "), ("code", &typed), ("time", "1.5")]);
    let rehearsal = Wanted { drawn: Drawn::Rehearsal(12), time: TimeAllowance::Half, ..ordinary.clone() };
    assert_eq!(begun, Some(rehearsal));
    let chosen = [("which", "code"), ("items", "20"), ("strict", "on"), ("confidence", "on")];
    let (begun, page) = taken(&[&chosen[..], &[("code", "hello")]].concat());
    assert_eq!((begun, page.status), (None, StatusCode::BAD_REQUEST));
    for kept in ["No form code has the letter", "value=\"hello\"", "name=\"strict\" checked", "value=\"code\" checked"]
    {
        assert!(page.has(kept), "{kept}: {}", page.html);
    }
    let (begun, _) = taken(&[&chosen[..], &[("code", &typed)]].concat());
    let coded = Wanted {
        drawn: Drawn::Coded(code),
        clock: AwayPolicy::ClockRuns,
        confidence: ConfidencePolicy::Asked,
        ..ordinary
    };
    assert_eq!(begun, Some(coded));
    for items in ["", "0", "x", "-1"] {
        let (begun, page) = taken(&[("which", "rehearsal"), ("items", items)]);
        assert!(begun.is_none() && page.has("Give a number of questions"), "{}", page.html);
    }
    let (begun, page) = taken(&[("exam", "nothing"), ("which", "everything")]);
    assert_eq!((begun, page.status), (None, StatusCode::BAD_REQUEST));
}

#[test]
fn no_report_and_no_reason_can_be_asked_for_while_the_exam_is_on() {
    let form = rehearsal("rhit", 6, 3);
    let secrets = secrets(&form);
    let mut browser = Browser::sitting(form);
    browser.press_with("problem", &[("problem", "no choice is right")]);
    for path in [
        "/report/1",
        "/report/1?only=all",
        "/exam?help=",
        "/exam?ask=submit",
        "/exam/pulse",
        "/report/x",
        "/",
        "/history",
        "/problems",
        "/problems.toml",
        "/practice/sample",
    ] {
        browser.get(path);
        assert!(!browser.page.html.is_empty(), "{path}");
    }
    assert!(browser.traffic.contains("1 problem of an exam or practice that is open is listed when it ends."));
    for secret in &secrets {
        assert!(!browser.traffic.contains(&escaped(secret)), "{secret}");
    }
    assert!(!browser.desk.session().is_finished());
}

#[test]
fn every_answer_is_kept_out_of_caches_and_may_load_and_run_nothing_foreign() {
    let mut browser = Browser::sitting(sample());
    for path in ["/exam", "/nowhere", "/exam/pulse", "/report/1"] {
        let request = browser.request(Method::GET, path).body(Vec::new()).unwrap();
        let reply = browser.send(&request);
        let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("cache-control"), "no-store", "{path}");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "same-origin", "with none, a form would not tell where it comes from");
    }
    assert!(!browser.traffic.contains("no-referrer"), "a page must not say otherwise");
    for inline in ["<style", " style=", "onclick", "javascript:"] {
        assert!(!browser.traffic.contains(inline), "{inline}");
    }
}

#[test]
fn a_form_that_is_sent_twice_is_done_once() {
    let mut browser = Browser::sitting(sample());
    for (deed, letters) in [("next", "A"), ("flag", ""), ("strike-B", ""), ("previous", "C")] {
        let (mut again, before) = (browser.another(), browser.events().len());
        browser.pick(letters, deed);
        let once = browser.events();
        assert!(once.len() > before, "{deed}");
        again.pick(letters, deed);
        assert_eq!(browser.events(), once, "{deed}");
        assert!(!again.page.has("class=\"banner"), "{deed}: {}", again.page.html);
        assert_eq!(again.page.html.split("data-left").next(), browser.page.html.split("data-left").next());
    }
}

#[test]
fn a_page_that_another_window_has_outrun_does_nothing_and_is_told() {
    let mut browser = Browser::sitting(sample());
    let mut old = browser.another();
    browser.pick("A", "next");
    let events = browser.events();
    old.pick("D", "save");
    assert_eq!(browser.events(), events);
    assert!(old.page.has("The exam went on in another window."), "{}", old.page.html);
    old.pick("D", "save");
    assert_ne!(browser.events(), events, "the page that was told is as good as the other");
}

#[test]
fn an_answer_to_a_question_that_is_not_on_the_screen_changes_nothing() {
    let mut browser = Browser::sitting(sample());
    let events = browser.events();
    for (deed, fields) in [
        ("save", vec![("choice", "Z")]),
        ("save", vec![("choice", "")]),
        ("strike-Q", vec![]),
        ("go-9999", vec![]),
        ("go", vec![("number", "-3")]),
        ("go", vec![]),
        ("extend", vec![("minutes", "0")]),
        ("extend", vec![("minutes", "x")]),
        ("previous", vec![]),
        ("take-break", vec![]),
    ] {
        browser.press_with(deed, &fields);
        assert_eq!(browser.page.status, StatusCode::OK, "{deed}");
        assert_eq!(browser.events(), events, "{deed} {fields:?}");
    }
    let after = browser.page.field("after");
    browser.post("/exam", &[("after", &after), ("question", "1"), ("choice", "A"), ("do", "save")]);
    assert!(browser.page.has("The exam went on in another window."), "{}", browser.page.html);
    assert_eq!(browser.events(), events, "it is an answer to another question");
    browser.press("review");
    let events = browser.events();
    browser.pick("A", "save");
    assert_eq!(browser.events(), events, "the list has no choices");
    for form in [vec![], vec![("do", "")], vec![("do", "everything")], vec![("do", "strike-")]] {
        browser.post("/exam", &form);
        assert_eq!(browser.page.status, StatusCode::BAD_REQUEST, "{form:?}");
    }
    assert_eq!(browser.events(), events);
}

#[test]
fn several_choices_are_picked_and_removed_as_the_page_has_them_and_too_many_are_refused() {
    let mut browser = Browser::sitting(sample());
    let several = |form: &Form| form.questions().position(|(_, question)| question.item.answer().count() > 1).unwrap();
    let number = several(&browser.desk.form) + 1;
    browser.press_with("go", &[("number", &number.to_string())]);
    let slot = browser.desk.session().current_slot().unwrap();
    let picked = |browser: &Browser| match browser.desk.session().response(slot) {
        Response::Selected(choices) => choices.len(),
        Response::Omitted | Response::NotReached => 0,
    };
    browser.pick("AB", "save");
    assert_eq!(picked(&browser), 2);
    browser.pick("BC", "save");
    assert_eq!(picked(&browser), 2);
    browser.pick("ABC", "save");
    assert!(browser.page.has("This question wants 2 choices"), "{}", browser.page.html);
    assert_eq!(picked(&browser), 2);
    browser.pick("", "save");
    assert_eq!(picked(&browser), 0);
}

#[test]
fn what_is_not_saved_is_said_and_the_mark_follows_the_store() {
    let mut browser = Browser::sitting(sample());
    browser.desk.store.fail("the disk is full");
    browser.pick("A", "save");
    assert!(
        browser.page.has(">NOT SAVED<") && browser.page.has("NOT SAVED: the disk is full."),
        "{}",
        browser.page.html
    );
    browser.get("/exam/pulse");
    assert!(browser.page.has("\"isSaved\":false") && browser.page.has("\"isFailed\":true"), "{}", browser.page.html);
    browser.get("/exam");
    browser.press_with("submit", &[("sure", "yes")]);
    assert!(browser.page.has("NOT SAVED: the end of the exam and 1 answer"), "{}", browser.page.html);
    browser.desk.store.mend();
    browser.get("/report/1");
    assert!(!browser.page.has("NOT SAVED"), "{}", browser.page.html);
}

#[test]
fn an_attempt_that_another_program_takes_over_ends_here() {
    let mut browser = Browser::sitting(sample());
    browser.desk.store.take_over();
    browser.get("/exam");
    assert!(browser.page.has("Another examroom has taken over this attempt"), "{}", browser.page.html);
}

#[test]
fn an_exam_that_is_left_can_be_continued() {
    let mut browser = Browser::sitting(sample());
    browser.pick("C", "leave");
    assert!(browser.page.has("Leave the exam room?"), "{}", browser.page.html);
    browser.confirm("leave");
    assert_eq!(browser.page.path, "/");
    assert!(browser.page.has("You left the exam.") && browser.page.has("Continue"), "{}", browser.page.html);
    assert!(matches!(browser.events().last(), Some(Event::Left { .. })));
    browser.post("/resume", &[("attempt", "1")]);
    assert!(browser.page.has("You were away for") && browser.page.has("Question 1 of"), "{}", browser.page.html);
}

#[test]
fn the_journal_tells_when_the_shelf_was_open_and_no_page_is_outrun_by_it() {
    let mut browser = Browser::sitting(sample());
    browser.get("/exam?sheet=0");
    assert!(!browser.events().contains(&Event::ShelfOpened), "the book is closed");
    browser.confirm("end-section");
    browser.confirm("end-break");
    let mut old = browser.another();
    browser.get("/exam?sheet=0");
    let sheet = Event::SheetShown { sheet: "sites".into() };
    assert!(browser.events().ends_with(&[Event::ShelfOpened, sheet]), "{:?}", browser.events());
    assert!(browser.page.has("Primary sites") && browser.page.has(">saved<"), "{}", browser.page.html);
    browser.get("/exam");
    assert_eq!(browser.events().last(), Some(&Event::ShelfClosed));
    old.pick("A", "save");
    assert!(!old.page.has("another window"), "{}", old.page.html);
    assert!(old.events().iter().any(|event| matches!(event, Event::Selected { .. })), "{:?}", old.events());
}

#[test]
fn which_sheet_a_question_needs_is_not_told_and_the_shelf_opens_at_its_contents() {
    let mut browser = Browser::sitting(sample());
    browser.confirm("end-section");
    browser.confirm("end-break");
    let needed = "Primary sites";
    assert!(browser.page.has("The reference shelf is open.") && !browser.page.has(needed), "{}", browser.page.html);
    assert!(browser.page.has("href=\"/exam?shelf=\""), "{}", browser.page.html);
    browser.get("/exam?shelf=");
    assert_eq!(browser.events().last(), Some(&Event::ShelfOpened), "no sheet is shown yet");
    assert!(browser.page.has(needed) && !browser.page.has("<article>"), "{}", browser.page.html);
    browser.get("/exam?shelf=&find=lung");
    assert!(browser.page.has("found") && !browser.page.has("<article>"), "{}", browser.page.html);
    browser.get("/exam?shelf=&find=lung+zebra");
    let said = "Nothing on the shelf has all these words; the nearest place has 1 of 2. 1 place found.";
    assert!(browser.page.has(said), "{}", browser.page.html);
    browser.get("/exam");
    assert_eq!(browser.events().last(), Some(&Event::ShelfClosed));
}

#[test]
fn the_calculator_and_what_is_hidden_stay_beside_the_question() {
    let mut browser = Browser::sitting(sample());
    browser.get("/exam?sum=12+%2F+480+*+100");
    assert!(browser.page.has("12 / 480 * 100 = 2.5"), "{}", browser.page.html);
    browser.press("next");
    assert!(browser.page.has("12 / 480 * 100 = 2.5"), "{}", browser.page.html);
    browser.press("number");
    assert!(!browser.page.has("bar-place"), "{}", browser.page.html);
    browser.press("clock");
    assert!(browser.page.has("data-left") && browser.page.has(" hidden>"), "{}", browser.page.html);
}

#[test]
fn whatever_was_written_on_a_question_is_kept_by_every_button_of_its_page() {
    let first_of = |form: &Form| form.questions().next().unwrap().1.item.stem.split(' ').next().unwrap().to_owned();
    let buttons = [
        "next",
        "previous",
        "review",
        "flag",
        "clear",
        "save",
        "enter",
        "go",
        "extend",
        "note",
        "problem",
        "highlight",
        "strike-C",
        "clock",
        "number",
        "help",
        "leave",
    ];
    for button in buttons {
        let mut browser = Browser::sitting(rehearsal("rhit", 3, 7));
        let words = first_of(&browser.desk.form);
        let written = [
            ("choices", "shown"),
            ("choice", "B"),
            ("note", "look\r\nagain"),
            ("problem", "two are right"),
            ("words", words.as_str()),
        ];
        let written = [&written[..], &[("number", "2"), ("minutes", "5")]].concat();
        let mut impatient = browser.another();
        browser.press_with(button, &written);
        let session = browser.desk.session();
        let work = session.item_state(Slot(0));
        assert_eq!((work.note(), work.problem()), ("look again", "two are right"), "{button}: {}", browser.page.html);
        assert_eq!((work.highlights().len(), work.selected().len()), (1, usize::from(button != "clear")), "{button}");
        let events = browser.events();
        impatient.press_with(button, &written);
        assert_eq!(browser.events(), events, "{button} is done once");
    }
}

#[test]
fn enter_in_a_line_of_a_question_does_what_was_typed_into_it() {
    let mut browser = Browser::sitting(rehearsal("rhit", 3, 7));
    browser.press_with("enter", &[("choices", "shown"), ("choice", "A"), ("number", "3"), ("minutes", "")]);
    assert!(browser.page.has("Question 3 of 3"), "{}", browser.page.html);
    browser.press_with("enter", &[("choices", "shown"), ("number", ""), ("minutes", "5")]);
    assert!(browser.events().iter().any(|event| matches!(event, Event::Extended { .. })), "{:?}", browser.events());
    let events = browser.events().len();
    browser.press_with("enter", &[("number", ""), ("minutes", ""), ("words", "no such words at all")]);
    assert_eq!(browser.events().len(), events);
    assert!(browser.page.has("class=\"banner\""), "{}", browser.page.html);
    let forms = browser.page.html.matches("<form id=\"answer\"").count();
    let outside = browser.page.html.split("</form>").nth(1).unwrap();
    assert!(forms == 1 && !outside.contains("name=\"note\""), "{}", browser.page.html);
}
