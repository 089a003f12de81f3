//! Every screen of the exam room, pinned at the usual size and those that change most with it at three, with color and
//! without, and drawn at every size.

use std::cell::RefCell;
use std::time::Duration;

use examroom_core::form::Slot;
use examroom_core::journal::Saved;
use examroom_core::scoring::Change;
use examroom_core::session::{Command, Session};
use examroom_core::time::minutes;
use examroom_terminal::tui::{ColorMode, LookBack, Options, Screen as _};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent};
use ratatui::style::Color;

use crate::tui_test_screen::{TestScreen, styled, text};

/// A screen: its name, and how it is come by from the welcome page.
type Scene = (&'static str, fn(&mut TestScreen));

fn begin(desk: &mut TestScreen) {
    desk.keys("s");
}

fn open_book(desk: &mut TestScreen) {
    desk.keys("srey");
    desk.keys("ny");
}

const SCENES: &[Scene] = &[
    ("welcome", |_| {}),
    ("tutorial-1", |desk| desk.keys("n")),
    ("tutorial-3", |desk| desk.keys("nnn")),
    ("question", begin),
    ("question-worked-on", |desk| {
        begin(desk);
        desk.keys("bmxaxcbjjw");
        desk.keys("ask again");
        desk.press(KeyCode::Enter);
    }),
    ("question-several", |desk| {
        begin(desk);
        desk.keys("2");
        desk.press(KeyCode::Enter);
        desk.keys("ade");
    }),
    ("question-long-case", |desk| {
        begin(desk);
        desk.keys("3");
        desk.press(KeyCode::Enter);
        desk.press(KeyCode::PageDown);
        desk.keys("n");
    }),
    ("question-long-case-end", |desk| {
        begin(desk);
        desk.keys("3");
        desk.press(KeyCode::Enter);
        desk.press(KeyCode::End);
    }),
    ("question-wide-characters", |desk| {
        begin(desk);
        desk.keys("4");
        desk.press(KeyCode::Enter);
    }),
    ("question-last-minutes", |desk| {
        begin(desk);
        desk.keys("ti");
        desk.pass(Duration::ZERO);
        desk.pass(minutes(35));
    }),
    ("question-not-saved", |desk| {
        begin(desk);
        desk.saved = Saved::No { why: "database or disk is full".to_owned() };
        desk.keys("a");
    }),
    ("review", |desk| {
        begin(desk);
        desk.keys("bmnabr");
    }),
    ("review-flagged", |desk| {
        begin(desk);
        desk.keys("r");
        desk.press(KeyCode::Tab);
        desk.press(KeyCode::Tab);
    }),
    ("confirm-end-of-section", |desk| {
        begin(desk);
        desk.keys("bre");
    }),
    ("confirm-leaving", |desk| {
        begin(desk);
        desk.keys("q");
    }),
    ("break", |desk| {
        begin(desk);
        desk.keys("reyb");
        desk.pass(minutes(4));
    }),
    ("question-open-book", open_book),
    ("shelf", |desk| {
        open_book(desk);
        desk.keys("s");
    }),
    ("shelf-search", |desk| {
        open_book(desk);
        desk.keys("s/sigmoid");
        desk.press(KeyCode::Enter);
    }),
    ("calculator", |desk| {
        begin(desk);
        desk.keys("=12/480*100");
        desk.press(KeyCode::Enter);
    }),
    ("note", |desk| {
        begin(desk);
        desk.keys("wsee 164.524");
    }),
    ("go-to", |desk| {
        begin(desk);
        desk.keys("3");
    }),
    ("help", |desk| {
        begin(desk);
        desk.keys("?");
    }),
];

const USUAL: (u16, u16) = (80, 24);
const SMALL: (u16, u16) = (60, 20);
const LARGE: (u16, u16) = (120, 40);

/// The screens whose layout depends on the window: what does not fit beside or below each other is laid out anew.
const LAID_OUT_BY_SIZE: [&str; 5] = ["question", "question-long-case", "review", "shelf", "report"];

/// The sizes at which a screen is pinned.
fn sizes(name: &str) -> &'static [(u16, u16)] {
    if LAID_OUT_BY_SIZE.contains(&name) { &[USUAL, SMALL, LARGE] } else { &[USUAL] }
}

#[test]
fn every_screen_is_as_it_was() {
    for (name, come) in SCENES {
        for &(width, height) in sizes(name) {
            let mut desk = TestScreen::new(width, height);
            come(&mut desk);
            insta::assert_snapshot!(format!("{name}@{width}x{height}"), desk.text());
        }
    }
}

#[test]
fn colors_are_as_they_were() {
    for color in [ColorMode::On, ColorMode::Off] {
        let ending = if color == ColorMode::On { "color" } else { "no-color" };
        for wanted in ["question-worked-on", "question-not-saved", "confirm-end-of-section", "review"] {
            let (_, come) = SCENES.iter().find(|(name, _)| *name == wanted).unwrap();
            let mut desk = TestScreen::with(color, 80, 24);
            come(&mut desk);
            insta::assert_snapshot!(format!("{wanted}-{ending}"), styled(desk.buffer()));
        }
    }
}

#[test]
fn without_color_nothing_is_colored_and_no_word_is_missing() {
    for (name, come) in SCENES {
        let mut colored = TestScreen::with(ColorMode::On, 80, 24);
        let mut plain = TestScreen::with(ColorMode::Off, 80, 24);
        come(&mut colored);
        come(&mut plain);
        assert_eq!(colored.text(), plain.text(), "{name}");
        assert!(plain.buffer().content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset), "{name}");
    }
}

/// A finished sitting: one question right, one wrong, one flagged, the rest without an answer.
fn finished() -> Session {
    let mut desk = TestScreen::begun(ColorMode::On, 80, 60);
    desk.keys("b");
    desk.pass(Duration::from_secs(70));
    desk.keys("nabnm");
    desk.pass(Duration::from_secs(30));
    desk.keys("rey");
    desk.pass(minutes(2));
    desk.keys("ny");
    desk.pass(Duration::from_secs(15));
    desk.keys("bary");
    desk.keys("ey");
    assert!(desk.session.is_finished());
    desk.session
}

fn past_screens(session: &Session, color: ColorMode, (width, height): (u16, u16)) -> Vec<(&'static str, String)> {
    let mut past = LookBack::new(session, Options { color, ..Options::default() });
    let mut screen = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut shown = Vec::new();
    let keys = [None, Some(KeyCode::End), Some(KeyCode::Char('n')), Some(KeyCode::Char('n')), Some(KeyCode::Tab)];
    for (name, key) in
        ["report", "report-end", "look-back-right", "look-back-wrong", "look-back-filter"].into_iter().zip(keys)
    {
        if let Some(key) = key {
            past.handle(&Event::Key(KeyEvent::from(key)));
        }
        screen.draw(|frame| past.draw(frame)).unwrap();
        shown.push((name, text(screen.backend().buffer())));
    }
    shown
}

#[test]
fn the_report_and_looking_back_are_as_they_were() {
    let session = finished();
    for size in [USUAL, SMALL, LARGE] {
        let shown = past_screens(&session, ColorMode::On, size);
        for (name, text) in shown.iter().filter(|(name, _)| sizes(name).contains(&size)) {
            insta::assert_snapshot!(format!("{name}@{}x{}", size.0, size.1), text);
        }
        assert_eq!(shown, past_screens(&session, ColorMode::Off, size));
    }
}

#[test]
fn no_size_is_too_small_or_too_large_to_draw() {
    let widths: Vec<u16> = (0..=30).chain((31..=200).step_by(13)).chain([200]).collect();
    let heights: Vec<u16> = (0..=14).chain((15..=60).step_by(9)).chain([60]).collect();
    for (_, come) in SCENES {
        let mut desk = TestScreen::new(80, 24);
        come(&mut desk);
        for width in &widths {
            for height in &heights {
                desk.resize(*width, *height);
            }
        }
    }
    let session = finished();
    let mut past = LookBack::new(&session, Options { color: ColorMode::On, ..Options::default() });
    for key in ['?', '?', 'n', 'n', 'n', 'g'] {
        for width in &widths {
            for height in heights.iter().step_by(2) {
                let mut screen = Terminal::new(TestBackend::new(*width, *height)).unwrap();
                screen.draw(|frame| past.draw(frame)).unwrap();
            }
        }
        past.handle(&Event::Key(KeyEvent::from(KeyCode::Char(key))));
    }
}

#[test]
fn without_color_nothing_is_dim() {
    for (name, come_by) in SCENES {
        let mut desk = TestScreen::with(ColorMode::Off, 80, 24);
        come_by(&mut desk);
        let styled = styled(desk.buffer());
        assert!(!styled.contains("DIM"), "{name}\n{styled}");
    }
}

#[test]
fn looking_back_numbers_questions_as_the_exam_did() {
    let session = finished();
    let mut past = LookBack::new(&session, Options { color: ColorMode::On, ..Options::default() });
    let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut after = |keys: &str| {
        for key in keys.chars() {
            let code = if key == '\r' { KeyCode::Enter } else { KeyCode::Char(key) };
            past.handle(&Event::Key(KeyEvent::from(code)));
        }
        screen.draw(|frame| past.draw(frame)).unwrap();
        text(screen.backend().buffer())
    };
    let shows = |screen: &str, section: &str, number: &str| {
        let header = screen.lines().next().unwrap();
        assert!(header.contains(section) && header.contains(number), "{section}, {number}\n{screen}");
    };
    shows(&after("\r"), "Closed book, looking back", "Question 1 of 4");
    shows(&after("nnn"), "Closed book, looking back", "Question 4 of 4");
    shows(&after("n"), "Open book, looking back", "Question 1 of 2");
    shows(&after("2\r"), "Open book, looking back", "Question 2 of 2");
    let refused = after("4\r");
    assert!(refused.contains("There is no question 4 of Open book among all questions."), "{refused}");
}

#[test]
fn a_problem_is_noted_while_looking_back_and_a_question_says_that_it_has_changed() {
    let session = finished();
    let kept = RefCell::new(session.clone());
    let first = session.form().question(Slot(0)).unwrap().item.id.clone();
    let keep = |slot: Slot, text: &str| {
        let mut session = kept.borrow_mut();
        let at = session.last_event_at().unwrap();
        session.apply(Command::ProblemOf(slot, text.to_owned()), at).map_err(|refusal| refusal.to_string())?;
        Ok(session.clone())
    };
    let mut past =
        LookBack::new(&session, Options::default()).with_changes(vec![(first, Change::Key)]).with_problems(keep);
    let mut screen = Terminal::new(TestBackend::new(80, 40)).unwrap();
    let mut after = |keys: &str| {
        for key in keys.chars() {
            let code = if key == '\r' { KeyCode::Enter } else { KeyCode::Char(key) };
            past.handle(&Event::Key(KeyEvent::from(code)));
        }
        screen.draw(|frame| past.draw(frame)).unwrap();
        text(screen.backend().buffer())
    };
    let shown = after("\r");
    assert!(shown.contains("The bank has another key for this question now."), "{shown}");
    let second = after("n");
    assert!(second.contains("Question 2 of") && !second.contains("another key"), "{second}");
    let asked = after("p!B says the same");
    assert!(asked.contains("What is wrong with this question? B says the same"), "{asked}");
    let noted = after("\r");
    assert!(noted.contains("Problem noted.") && noted.contains("Problem noted: B says the same"), "{noted}");
    assert!(after("!\r").contains("Problem noted: B says the same"), "what was noted is there to be changed");
    drop(past);
    assert_eq!(kept.borrow().item_state(Slot(0)).problem(), "B says the same");
}

#[test]
fn keys_work_and_the_time_is_told_in_a_window_too_small_for_questions() {
    let mut desk = TestScreen::begun(ColorMode::On, 12, 3);
    desk.keys("b");
    assert_eq!(desk.picked(), "b");
    assert!(desk.text().contains("40:00"), "{}", desk.text());
    desk.resize(30, 5);
    assert!(desk.text().contains("20x6"), "{}", desk.text());
    desk.resize(0, 0);
    desk.keys("c");
    assert_eq!(desk.picked(), "c");
}

#[test]
fn the_smallest_window_shows_number_time_and_text_and_can_be_scrolled_through() {
    let mut desk = TestScreen::begun(ColorMode::On, 20, 6);
    let text = desk.text();
    assert!(text.contains("1/4") && text.contains("40:00") && text.contains('▼'), "{text}");
    for _ in 0..40 {
        desk.keys("j");
    }
    assert!(desk.text().contains('D'), "{}", desk.text());
    desk.keys(" ");
    assert_eq!(desk.picked(), "d");
}

#[test]
fn escapes_and_overrides_of_a_bank_reach_no_terminal() {
    let mut desk = TestScreen::begun(ColorMode::On, 100, 30);
    desk.keys("4");
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains("<U+202E>reversed<U+001B>[31m"), "{}", desk.text());
    assert!(desk.buffer().content.iter().all(|cell| !cell.symbol().contains(char::is_control)));
}

#[test]
fn the_domain_is_never_shown_before_the_end() {
    for (name, come) in SCENES {
        let mut desk = TestScreen::new(120, 40);
        come(&mut desk);
        assert!(!desk.text().contains("retention"), "{name}");
    }
}
