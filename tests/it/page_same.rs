//! The same script through the prompt, the full screen and the page stores the same attempt: no rule lives in any of them.

use std::io::Cursor;
use std::sync::Arc;

use examroom_app::live::{LiveSession, system_now};
use examroom_core::blueprint::Book;
use examroom_core::form::{Exposure, Form, Plan, Slot, practice_form};
use examroom_core::journal::{AttemptId, MemoryStore};
use examroom_core::seed::Seed;
use examroom_core::session::{ConfidencePolicy, Event, Mode, Rules, Session, TimeAllowance};
use examroom_terminal::pages::Layout;
use examroom_terminal::plain::{self, Input, Options};
use examroom_terminal::signals::Signals;
use examroom_terminal::tui::ColorMode;
use ratatui::crossterm::event::KeyCode;

use crate::forms::RULES;
use crate::page_browser::Browser;
use crate::support::{draw, shipped};
use crate::tui_test_screen::TestScreen;

/// What a candidate does, whatever they do it with.
#[derive(Clone, Copy, Debug)]
enum Step {
    Pick(char),
    Strike(char),
    Flag,
    Clear,
    Note(&'static str),
    Highlight(usize),
    Extend(u32),
    Next,
    Previous,
    GoTo(usize),
    Review,
    EndSection,
    TakeBreak,
    Continue,
    /// Answers a question of practice, and is shown the reasons.
    Answer(char),
    /// Is shown the reasons without an answer.
    Show,
    /// Says to be sure of the answer.
    Sure,
    Problem(&'static str),
}

use Step as S;

const ONE_SECTION: &[Step] = &[
    S::Pick('B'),
    S::Next,
    S::Pick('A'),
    S::Pick('C'),
    S::Flag,
    S::Next,
    S::Strike('A'),
    S::Strike('D'),
    S::Strike('A'),
    S::Note("ask again"),
    S::Highlight(1),
    S::Highlight(3),
    S::Highlight(1),
    S::Pick('D'),
    S::Previous,
    S::Clear,
    S::Flag,
    S::GoTo(6),
    S::Extend(5),
    S::Pick('A'),
    S::Review,
    S::Previous,
    S::Next,
    S::Pick('B'),
    S::Review,
    S::EndSection,
];

/// The last question ends practice by itself: then nothing is left to review.
const PRACTICE: &[Step] = &[
    S::Sure,
    S::Answer('B'),
    S::Flag,
    S::Next,
    S::Strike('A'),
    S::Problem("two are right"),
    S::Answer('C'),
    S::Note("ask again"),
    S::Problem("two are right, B as well"),
    S::Next,
    S::Next,
    S::Show,
    S::Previous,
    S::Answer('A'),
    S::GoTo(1),
    S::Review,
    S::GoTo(4),
    S::Next,
];

/// With how sure one is, as it is asked where that was chosen at the start.
const WITH_CONFIDENCE: &[Step] = &[
    S::Pick('B'),
    S::Sure,
    S::Next,
    S::Sure,
    S::Pick('A'),
    S::Pick('C'),
    S::Problem("no choice is right"),
    S::Problem(""),
    S::Next,
    S::Review,
    S::EndSection,
];

const SECOND_SECTION: &[Step] = &[S::Pick('A'), S::Next, S::Pick('B'), S::Flag, S::Review, S::EndSection];

/// A word of the stem of the third question, where the script highlights.
fn stem_word(form: &Form, place: usize) -> String {
    let stem = &form.question(Slot(2)).unwrap().item.stem;
    stem.split_whitespace().nth(place).unwrap().to_owned()
}

fn prompt(form: &Arc<Form>, rules: Rules, script: &[Step]) -> Vec<Event> {
    let store = MemoryStore::default();
    let session = Session::new(Arc::clone(form), rules);
    let live = LiveSession::resume(AttemptId(1), session, system_now(), Box::new(store.journal()));
    let lines: Vec<String> = script
        .iter()
        .map(|step| match step {
            S::Pick(letter) | S::Answer(letter) => letter.to_string(),
            S::Show => "show".into(),
            S::Sure => "sure".into(),
            S::Problem(text) => format!("problem {text}"),
            S::Strike(letter) => format!("strike {letter}"),
            S::Flag => "flag".into(),
            S::Clear => "clear".into(),
            S::Note(text) => format!("note {text}"),
            S::Highlight(word) => format!("highlight {}", stem_word(form, *word)),
            S::Extend(minutes) => format!("extend {minutes}"),
            S::Next => "next".into(),
            S::Previous => "previous".into(),
            S::GoTo(number) => format!("go {number}"),
            S::Review => "review".into(),
            S::EndSection => "end\nyes".into(),
            S::TakeBreak => "break".into(),
            S::Continue => "continue".into(),
        })
        .collect();
    let begin = if rules.mode == Mode::Practice { "" } else { "begin" };
    let script = format!("{begin}\n{}\n", lines.join("\n"));
    let input = Input::from(|| Box::new(Cursor::new(script)));
    let options = Options { prompt: false, layout: Layout::Sentences };
    let (left, _) = plain::run(live, &input, &Signals::watch(), &mut Vec::new(), options);
    left.close();
    store.entries().into_iter().map(|entry| entry.event).collect()
}

fn screen(form: &Arc<Form>, rules: Rules, script: &[Step]) -> Vec<Event> {
    let mut screen = TestScreen::under(rules, Arc::clone(form), ColorMode::Off, 100, 60);
    screen.keys("s");
    let mut is_on_list = false;
    for step in script {
        match step {
            S::Pick(letter) => screen.keys(&letter.to_ascii_lowercase().to_string()),
            S::Answer(letter) => {
                screen.keys(&letter.to_ascii_lowercase().to_string());
                screen.press(KeyCode::Enter);
            }
            S::Show => screen.keys("z"),
            S::Sure => screen.keys("y"),
            S::Problem(text) => {
                screen.keys("!");
                // What was noted before stands in the line.
                (0..100).for_each(|_| screen.press(KeyCode::Backspace));
                screen.keys(text);
                screen.press(KeyCode::Enter);
            }
            S::Strike(letter) => screen.keys(&format!("x{}", letter.to_ascii_lowercase())),
            S::Flag => screen.keys("m"),
            S::Clear => screen.keys("u"),
            S::Note(text) => {
                screen.keys(&format!("w{text}"));
                screen.press(KeyCode::Enter);
            }
            S::Highlight(word) => {
                screen.keys(&format!("*{}", stem_word(form, *word)));
                screen.press(KeyCode::Enter);
            }
            S::Extend(minutes) => {
                screen.keys(&format!("+{minutes}"));
                screen.press(KeyCode::Enter);
            }
            S::Next => {
                let before = screen.session.journal().len();
                screen.keys("n");
                if screen.session.journal().len() == before {
                    // A long question is not left before its end was seen.
                    screen.keys("n");
                }
            }
            S::Previous => screen.keys("p"),
            S::GoTo(number) => {
                screen.keys(&number.to_string());
                screen.press(KeyCode::Enter);
            }
            S::Review if is_on_list => {}
            S::Review => screen.keys("r"),
            S::EndSection => screen.keys("ey"),
            S::TakeBreak => screen.keys("b"),
            S::Continue => screen.keys("ny"),
        }
        is_on_list = screen.session.section().is_some() && screen.session.current_slot().is_none();
    }
    screen.session.journal().iter().map(|entry| entry.event.clone()).collect()
}

fn page(form: &Arc<Form>, rules: Rules, script: &[Step]) -> Vec<Event> {
    let mut browser = match rules.mode {
        Mode::Practice => Browser::practicing(Form::clone(form)),
        Mode::Exam | Mode::Paper => Browser::sitting_under(rules, Form::clone(form)),
    };
    for step in script {
        match step {
            S::Pick(letter) => browser.pick(&letter.to_string(), "save"),
            S::Answer(letter) => browser.pick(&letter.to_string(), "check"),
            S::Show => browser.press("reveal"),
            S::Sure => browser.press("sure"),
            S::Problem(text) => browser.press_with("problem", &[("problem", text)]),
            S::Strike(letter) => browser.press(&format!("strike-{letter}")),
            S::Flag => browser.press("flag"),
            S::Clear => browser.press("clear"),
            S::Note(text) => browser.press_with("note", &[("note", text)]),
            S::Highlight(word) => browser.press_with("highlight", &[("words", &stem_word(form, *word))]),
            S::Extend(minutes) => browser.press_with("extend", &[("minutes", &minutes.to_string())]),
            S::Next => browser.press("next"),
            S::Previous => browser.press("previous"),
            S::GoTo(number) => browser.press_with("go", &[("number", &number.to_string())]),
            S::Review => browser.press("review"),
            S::EndSection => {
                browser.press("end-section");
                browser.confirm("end-section");
            }
            S::TakeBreak => browser.press("take-break"),
            S::Continue => {
                browser.press("end-break");
                browser.confirm("end-break");
            }
        }
    }
    browser.events()
}

fn same(form: Form, rules: Rules, script: &[Step]) {
    let form = Arc::new(form);
    let (prompt, screen, page) =
        (prompt(&form, rules, script), screen(&form, rules, script), page(&form, rules, script));
    assert!(matches!(page.last(), Some(Event::Finished { .. })), "{page:#?}");
    assert!(page.len() >= script.len(), "{}", page.len());
    assert_eq!(page, prompt, "page and prompt");
    assert_eq!(page, screen, "page and screen");
}

/// A form whose first questions all want one choice, so that one script fits.
fn form(exam: &str) -> Form {
    let (blueprint, bank) = shipped(exam);
    let plan = Plan::mock(&blueprint);
    draw(&blueprint, &bank, &plan, 5, &Exposure::default())
}

#[test]
fn a_mock_of_one_section_is_the_same_attempt() {
    same(form("rhit"), RULES, ONE_SECTION);
}

#[test]
fn a_mock_with_a_break_and_a_shelf_is_the_same_attempt() {
    let form = form("ctr");
    assert_eq!(form.sections.len(), 2);
    assert_eq!(form.sections[1].book, Book::Open);
    let script = [ONE_SECTION, &[S::TakeBreak, S::Continue], SECOND_SECTION].concat();
    same(form, RULES, &script);
}

#[test]
fn a_mock_that_asks_how_sure_one_is_is_the_same_attempt() {
    same(form("rhit"), Rules { confidence: ConfidencePolicy::Asked, ..RULES }, WITH_CONFIDENCE);
}

#[test]
fn practice_is_the_same_attempt() {
    let (blueprint, bank) = shipped("rhit");
    let items = bank.items.iter().filter(|item| item.key.len() == 1 && item.case.is_none());
    let items: Vec<_> = items.take(4).map(|item| item.id.clone()).collect();
    let form = practice_form(&blueprint, &bank, &items, Seed(3), &Exposure::default());
    same(form, Rules::practice(TimeAllowance::Unlimited), PRACTICE);
}
