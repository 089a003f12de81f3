//! Practice in a browser: its choices, the reasons as soon as a question is answered and not before, and its end.

use examroom_core::form::{Exposure, Form, practice_form};
use examroom_core::seed::Seed;
use examroom_core::session::{Event, TimeAllowance};
use examroom_core::study::{Standing, Wish};
use http::StatusCode;

use crate::page_browser::{Browser, TestDesk};
use crate::page_sitting::{escaped, secrets_of};
use crate::support::shipped;

fn form(questions: usize) -> Form {
    let (blueprint, bank) = shipped("rhit");
    let items: Vec<_> = bank.items.iter().take(questions).map(|item| item.id.clone()).collect();
    practice_form(&blueprint, &bank, &items, Seed(3), &Exposure::default())
}

#[test]
fn what_is_chosen_is_what_is_practiced_and_stands_there_again_where_it_leads_nowhere() {
    let mut browser = Browser::open(TestDesk::practicing(form(2)));
    browser.get("/practice/sample?only=flagged");
    assert!(browser.page.has("value=\"flagged\" checked") && browser.page.has("It costs nothing."));
    browser.post("/practice", &[("exam", "sample"), ("count", "7"), ("only", "missed"), ("timed", "on")]);
    assert_eq!(browser.page.status, StatusCode::CONFLICT);
    for kept in ["You have missed nothing.", "value=\"missed\" checked", "value=\"7\"", "name=\"timed\" checked"] {
        assert!(browser.page.has(kept), "{kept}: {}", browser.page.html);
    }
    for count in ["", "0", "x"] {
        browser.post("/practice", &[("exam", "sample"), ("count", count)]);
        assert_eq!(browser.page.status, StatusCode::BAD_REQUEST);
    }
    let fields = [("exam", "sample"), ("count", "3"), ("domain", "one"), ("domain", "two"), ("topic", "t")];
    browser.post("/practice", &[&fields[..], &[("only", "missed"), ("only", "unseen")]].concat());
    assert!(browser.page.has("Begin practice") && !browser.page.has("Tutorial"), "{}", browser.page.html);
    let practiced = browser.desk.practiced.lock().unwrap().clone();
    let wanted = practiced.last().unwrap();
    let wish = Wish {
        domains: vec!["one".into(), "two".into()],
        topics: vec!["t".into()],
        standings: vec![Standing::Missed, Standing::Unseen],
        count: 3,
    };
    assert_eq!((&wanted.wish, wanted.time), (&wish, TimeAllowance::Unlimited));
}

#[test]
fn a_question_is_explained_as_soon_as_it_is_answered_and_nothing_of_it_before() {
    let mut browser = Browser::practicing(form(6));
    let form = browser.desk.form.clone();
    for (slot, question) in form.questions() {
        let number = slot.index() + 1;
        assert!(browser.page.has(&format!("Question {number} of 6")), "{}", browser.page.html);
        let secrets: Vec<String> = secrets_of(question);
        for look in ["/exam?help=", "/exam?sum=1", "/exam/pulse", "/exam"] {
            browser.get(look);
        }
        browser.press("review");
        browser.press("previous");
        browser.press("check");
        assert!(browser.page.has("Pick a choice first"), "{}", browser.page.html);
        for secret in &secrets {
            assert!(!browser.traffic.contains(secret) && !browser.traffic.contains(&escaped(secret)), "{secret}");
        }
        let wanted = question.item.answer().count();
        let letters: String = ('A'..='F').take(wanted).collect();
        browser.pick(&letters, "check");
        for secret in &secrets {
            assert!(browser.page.has(&escaped(secret)), "{secret}: {}", browser.page.html);
        }
        assert!(!browser.page.has("name=\"choice\"") && browser.page.has("right is") || browser.page.has("Right:"));
        let events = browser.events().len();
        browser.pick("D", "save");
        assert_eq!(browser.events().len(), events, "the answer is final");
        browser.press("next");
    }
    assert_eq!(browser.page.path, "/report/1");
    assert!(browser.page.has("Practice: ") && browser.page.has("/practice/rhit?only=missed"), "{}", browser.page.html);
}

#[test]
fn how_sure_one_is_and_what_is_wrong_is_said_on_the_question_and_looked_back_on() {
    let mut browser = Browser::practicing(form(1));
    browser.pick("A", "think so");
    assert!(browser.page.has("value=\"think so\" aria-pressed=\"true\""), "{}", browser.page.html);
    browser.press("guess");
    assert!(browser.page.has("value=\"guess\" aria-pressed=\"true\" data-keys=\"y\""), "{}", browser.page.html);
    browser.press_with("problem", &[("problem", "Two\r\nare <right>.")]);
    assert!(browser.page.has(">Two are &#60;right&#62;.</textarea>"), "{}", browser.page.html);
    let wanted = browser.desk.form.questions().next().unwrap().1.item.answer().count();
    browser.pick(&"ABC"[..wanted], "check");
    assert!(browser.page.has("You guessed.") && !browser.page.has("How sure are you?"), "{}", browser.page.html);
    browser.press("next");
    browser.get("/report/1?only=all");
    for told in ["You guessed.", ">Two are &#60;right&#62;.</textarea>"] {
        assert!(browser.page.has(told), "{told}: {}", browser.page.html);
    }
    browser.get("/problems");
    assert!(
        browser.page.has("Two are &#60;right&#62;.") && browser.page.has("/problems.toml"),
        "{}",
        browser.page.html
    );
    browser.get("/problems.toml");
    assert!(browser.page.has("note = \"Two are <right>.\""), "{}", browser.page.html);
    assert!(browser.traffic.contains("content-disposition: attachment; filename=\"examroom-problems.toml\""));
}

#[test]
fn what_is_wrong_with_a_question_can_be_noted_when_it_is_looked_back_on() {
    let mut browser = Browser::practicing(form(1));
    browser.post("/report/1?only=all", &[("question", "0"), ("problem", "too early")]);
    assert!(!browser.events().iter().any(|event| matches!(event, Event::ProblemNoted { .. })), "it is still open");
    browser.get("/exam");
    browser.press("reveal");
    browser.press("next");
    browser.get("/report/1?only=all");
    browser.post("/report/1?only=all", &[("question", "0"), ("place", "1"), ("problem", "no choice\r\nis right")]);
    assert_eq!(browser.page.path, "/report/1?only=all#q1");
    assert!(browser.page.has(">no choice is right</textarea>"), "{}", browser.page.html);
    let events = browser.events();
    for wrong in [vec![("question", "7"), ("problem", "x")], vec![("question", "0")], vec![("problem", "x")]] {
        browser.post("/report/1", &wrong);
        assert!(!browser.page.status.is_success(), "{wrong:?}");
    }
    assert_eq!(browser.events(), events);
}

#[test]
fn an_exam_asks_how_sure_one_is_only_where_that_was_chosen() {
    let mut browser = Browser::sitting(form(2));
    assert!(!browser.page.has("How sure are you?"), "{}", browser.page.html);
    browser.press("sure");
    assert!(browser.page.has("How sure you are is not asked"), "{}", browser.page.html);
}

#[test]
fn practice_has_no_clock_and_is_left_without_being_asked() {
    let mut browser = Browser::practicing(form(2));
    assert!(!browser.page.has("id=\"clock\"") && !browser.page.has("Add minutes"), "{}", browser.page.html);
    browser.get("/exam/pulse");
    assert!(browser.page.has("\"left\":null"), "{}", browser.page.html);
    browser.get("/exam");
    browser.press("leave");
    assert!(browser.page.path == "/" && browser.page.has("You left practice."), "{}", browser.page.html);
    assert!(matches!(browser.events().last(), Some(Event::Left { .. })));
}

#[test]
fn how_the_real_exam_went_is_recorded_on_the_history() {
    let mut browser = Browser::open(TestDesk::practicing(form(1)));
    browser.get("/history");
    assert!(browser.page.has("Record how the real exam went") && browser.page.has("max=\"2026-11-24\""));
    browser.post("/result", &[("exam", "sample"), ("outcome", "pass"), ("day", "2026-11-20")]);
    assert_eq!(browser.page.path, "/history");
    assert!(browser.page.has("Recorded: sample Pass 2026-11-20."), "{}", browser.page.html);
    browser.post("/result", &[("exam", "nothing"), ("outcome", "fail"), ("day", "2026-11-20")]);
    assert!(browser.page.has("There is no such exam."), "{}", browser.page.html);
    for wrong in [[("outcome", "pass"), ("day", "2026-13-01")], [("outcome", "both"), ("day", "2026-11-20")]] {
        browser.post("/result", &[&[("exam", "sample")], &wrong[..]].concat());
        assert_eq!(browser.page.status, StatusCode::BAD_REQUEST, "{wrong:?}");
    }
}

#[test]
fn practice_begins_at_once_where_its_cost_was_told_and_else_on_its_start_page() {
    let at = |spends: &[(&str, &str)]| {
        let mut browser = Browser::open(TestDesk::practicing(form(3)));
        browser.get("/practice/sample?count=3");
        assert!(browser.page.has("3 questions.") && browser.page.field("spends") == "3", "{}", browser.page.html);
        browser.post("/practice", &[&[("exam", "sample"), ("count", "3")], spends].concat());
        browser
    };
    let begun = at(&[("spends", "3")]);
    assert!(begun.page.has("Question 1 of 3") && begun.page.path == "/exam", "{}", begun.page.html);
    for more in [&[("spends", "2")][..], &[("spends", "")], &[]] {
        let waiting = at(more);
        assert!(waiting.page.has("Begin practice") && waiting.events().is_empty(), "{}", waiting.page.html);
    }
    // Where something is on, that goes on as it is.
    let mut sitting = Browser::open(TestDesk::new(form(3)));
    sitting.post("/take", &[("exam", "sample")]);
    sitting.post("/practice", &[("exam", "sample"), ("count", "3"), ("spends", "3")]);
    assert!(sitting.events().is_empty() && sitting.page.has("Start the exam"), "{}", sitting.page.html);
}

#[test]
fn practice_starts_over_when_that_is_confirmed_and_says_what_it_clears_and_what_stays() {
    let mut browser = Browser::open(TestDesk::practicing(form(1)));
    browser.get("/practice/sample");
    assert!(browser.page.has("href=\"/practice/sample/reset\""), "{}", browser.page.html);
    browser.get("/practice/sample/reset");
    let stay = "no longer count. Mock exams, and what you have seen, stay.";
    assert!(browser.page.has("12 missed questions and 0 flagged ones") && browser.page.has(stay));
    assert!(!*browser.desk.started_over.lock().unwrap(), "it asks first");
    browser.post("/practice/sample/reset", &[]);
    assert!(*browser.desk.started_over.lock().unwrap() && browser.page.path == "/practice/sample");
    assert!(browser.page.has("Practice of sample starts over: 12 missed questions and 1 flagged one no longer count."));
    assert!(!browser.page.has("/reset"), "there is nothing left to clear: {}", browser.page.html);
}
