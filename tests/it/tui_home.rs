//! The home screen and the chooser of practice: what they show at three sizes, and what each key begins.

use examroom_app::view::SafeText;
use examroom_app::view::exam::ExamSummary;
use examroom_app::view::history::{AttemptRow, ExamHistory, HistoryView, PassMark, PastScore, PracticeWeek};
use examroom_app::view::home::{HomeExam, HomeView, OfferedForm};
use examroom_app::view::practice_start::{DomainChoice, PracticeStartView};
use examroom_app::view::problem::ProblemView;
use examroom_core::form::code::disjoint_codes;
use examroom_core::journal::AttemptId;
use examroom_core::scoring::Outcome;
use examroom_core::session::TimeAllowance;
use examroom_core::study::{Standing, Wish};
use examroom_terminal::tui::{Chooser, Chosen, ColorMode, Home, Options, PracticeWish, Screen};
use jiff::civil::date;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent};

use crate::support::{day, shipped};
use crate::tui_test_screen::{styled, text};

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 20), (120, 40)];

fn exam(id: &str, name: &str, in_force: Option<&str>) -> HomeExam {
    let summary = ExamSummary {
        name: SafeText::new(name),
        questions: 150,
        time: "3 hours 30 minutes".to_owned(),
        pass_mark: "300 of 400".to_owned(),
    };
    HomeExam { id: id.into(), summary, in_force: in_force.map(Into::into) }
}

fn attempt(number: i64, kind: &'static str, right: &str, score: &str, range: &str, state: &'static str) -> AttemptRow {
    AttemptRow {
        attempt: AttemptId(number),
        exam: "rhit-2023".into(),
        begun: format!("2026-11-{:02} 09:30", 10 + number),
        kind,
        right: right.to_owned(),
        score: score.to_owned(),
        real_exam: String::new(),
        range: range.to_owned(),
        state,
        is_finished: !right.is_empty(),
        is_open: state == "not finished",
    }
}

fn score(number: i64, low: u32, scaled: u32, high: u32) -> PastScore {
    let outcome = if scaled >= 300 { Outcome::Pass } else { Outcome::Fail };
    let begun = format!("2026-11-{:02} 09:30", 10 + number);
    PastScore { attempt: AttemptId(number), begun, scaled, low, high, outcome }
}

/// A history with a mock on either side of the pass mark, one on it, practice, and an exam that is open.
fn view() -> HomeView {
    let history = HistoryView {
        exams: vec![ExamHistory {
            id: "rhit-2023".into(),
            name: "Health Information, outline of 2023".into(),
            scale: (100, 300, 400),
            pass_mark: PassMark::Known,
            scores: vec![score(1, 230, 260, 290), score(2, 278, 300, 322), score(5, 320, 345, 370)],
            progress: Some(
                "Progress: from the first to the last of 3 sittings with new questions your score rose by about 80 points; \
                 by chance alone it changes by up to 45 points."
                    .into(),
            ),
        }],
        weeks: vec![
            PracticeWeek { monday: date(2026, 11, 9), answered: 40, right: 25 },
            PracticeWeek { monday: date(2026, 11, 16), answered: 20, right: 17 },
        ],
        attempts: vec![
            attempt(7, "mock exam", "", "", "", "not finished"),
            attempt(6, "practice", "17 of 20", "", "", ""),
            attempt(5, "mock exam", "101 of 130", "345", "320 to 370", "above the pass mark"),
            attempt(4, "rehearsal", "12 of 18", "", "", ""),
            attempt(3, "practice", "25 of 40", "", "", ""),
            attempt(2, "mock exam", "88 of 130", "300", "278 to 322", "above the pass mark"),
            attempt(1, "mock exam", "71 of 130", "260", "230 to 290", "below the pass mark"),
        ],
        real_exams: vec!["Real exam: rhit-2023 passed on 2026-11-21.".into()],
        regrades: vec!["Attempt 1 by the bank of 2026-11-20: 72 of 130 scored questions right.".to_owned()],
    };
    let exams = vec![
        exam("rhit-2023", "Health Information, outline of 2023", None),
        exam("rhit", "Health Information", Some("rhit-2023")),
    ];
    HomeView {
        exams,
        offered: None,
        remarks: vec!["odd: its exam.toml has errors; see: examroom bank check odd".into()],
        history,
        program: "examroom".to_owned(),
    }
}

fn problems() -> Vec<ProblemView> {
    vec![ProblemView {
        exam: "rhit".into(),
        id: "legal-7".into(),
        hash: String::new(),
        answer: vec!["b".into()],
        letters: vec!['B'],
        note: "B and D say the same.".into(),
    }]
}

fn press(screen: &mut dyn Screen, keys: &str) {
    for key in keys.chars() {
        let code = match key {
            '\r' => KeyCode::Enter,
            '\u{1b}' => KeyCode::Esc,
            key => KeyCode::Char(key),
        };
        screen.handle(&Event::Key(KeyEvent::from(code)));
    }
}

fn draw(screen: &mut dyn Screen, (width, height): (u16, u16)) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| screen.draw(frame)).unwrap();
    terminal
}

/// What the home screen shows after some keys.
fn shown(view: &HomeView, keys: &str, color: ColorMode, size: (u16, u16)) -> Terminal<TestBackend> {
    let mut home = Home::new(view, &problems, None, Options { color, ..Options::default() });
    draw(&mut home, size);
    press(&mut home, keys);
    draw(&mut home, size)
}

#[test]
fn home_and_the_progress_are_as_they_were_in_color_and_without() {
    let (full, empty) = (view(), HomeView { exams: view().exams, ..HomeView::default() });
    for (name, view, keys) in [("home", &full, ""), ("home-history", &full, "h"), ("home-problems", &full, "!")] {
        for size in SIZES {
            let colored = text(shown(view, keys, ColorMode::On, size).backend().buffer());
            insta::assert_snapshot!(format!("{name}@{}x{}", size.0, size.1), colored);
            let plain = shown(view, keys, ColorMode::Off, size);
            assert_eq!(colored, text(plain.backend().buffer()));
            assert!(!styled(plain.backend().buffer()).contains("DIM"), "without color nothing is dim");
        }
    }
    insta::assert_snapshot!("home-empty", text(shown(&empty, "", ColorMode::On, SIZES[0]).backend().buffer()));
    insta::assert_snapshot!("home-narrow", text(shown(&full, "h", ColorMode::On, (32, 30)).backend().buffer()));
}

fn choices() -> PracticeStartView {
    let domain = |id: &str, name: &str, questions| DomainChoice {
        id: id.into(),
        name: name.into(),
        questions,
        topics: Vec::new(),
    };
    PracticeStartView {
        exam: "rhit-2023".into(),
        name: "Health Information".into(),
        domains: vec![domain("legal", "Legal", 80), domain("coding", "Coding", 120)],
        standings: vec![(Standing::Missed, 12), (Standing::Flagged, 0), (Standing::Unseen, 90)],
        cost: String::new(),
        open: Some(AttemptId(7)),
    }
}

fn preview(wish: &Wish) -> String {
    format!("{} questions, {} limits.", wish.count, wish.standings.len() + wish.domains.len())
}

#[test]
fn no_size_is_too_small_or_too_large_to_draw() {
    let (view, choices) = (view(), choices());
    for width in (0..=44).chain([60, 66, 84, 200]) {
        for height in [0, 1, 5, 6, 9, 10, 24, 60] {
            for keys in ["", "h", "!", "s", "?"] {
                shown(&view, keys, ColorMode::On, (width, height));
            }
            draw(&mut Chooser::new(&choices, &preview, Options::default()), (width, height));
        }
    }
}

fn chosen(keys: &str) -> Chosen {
    let view = view();
    let mut home = Home::new(&view, &problems, None, Options::default());
    draw(&mut home, SIZES[0]);
    for key in keys.chars() {
        press(&mut home, &key.to_string());
        draw(&mut home, SIZES[0]);
    }
    home.chosen()
}

#[test]
fn every_key_begins_what_the_row_pointed_at_is_there_for() {
    let (newer, older) = ("rhit-2023".into(), "rhit".into());
    assert_eq!(chosen("q"), Chosen::Leave);
    assert_eq!(chosen("\r"), Chosen::Mock(newer));
    assert_eq!(chosen("jt"), Chosen::Mock(older));
    assert_eq!(chosen("jp"), Chosen::Practice("rhit".into()));
    assert_eq!(chosen("js\r"), Chosen::Rehearsal("rhit".into(), 20), "without a number it is the usual one");
    assert_eq!(chosen("s35\r"), Chosen::Rehearsal("rhit-2023".into(), 35));
    assert_eq!(chosen("s\u{1b}q"), Chosen::Leave, "a number need not be typed");
    assert_eq!(chosen("jj\r"), Chosen::Continue(AttemptId(7)));
    assert_eq!(chosen("jjjj\r"), Chosen::Report(AttemptId(5)));
    assert_eq!(chosen("r"), Chosen::Report(AttemptId(6)), "on an exam it is the last attempt's");
    assert_eq!(chosen("hjj\r"), Chosen::Report(AttemptId(5)));
    assert_eq!(chosen("hhjt"), Chosen::Mock("rhit".into()), "the same key leads back");
    assert_eq!(chosen("!\u{1b}?\u{1b}jp"), Chosen::Practice("rhit".into()));
}

#[test]
fn a_form_that_came_with_a_bank_stands_below_the_exams_and_is_sat_from_there() {
    let (blueprint, bank) = shipped("rhit");
    let code = disjoint_codes(&blueprint, &bank, day(), 5, 1).unwrap().remove(0);
    let offered = OfferedForm { exam: "rhit".into(), code, from: "class.examroom by A. Author".into() };
    let view = HomeView { offered: Some(offered), ..view() };
    let mut home = Home::new(&view, &problems, None, Options::default());
    let screen = draw(&mut home, SIZES[2]);
    let line = format!("Form {code} for everybody who has class.examroom by A. Author");
    assert!(text(screen.backend().buffer()).contains(&line), "{}", text(screen.backend().buffer()));
    for key in ["j", "j", "\r"] {
        press(&mut home, key);
    }
    assert_eq!(home.chosen(), Chosen::Form("rhit".into(), code));
}

#[test]
fn an_attempt_without_a_report_says_why() {
    let view = view();
    let mut home = Home::new(&view, &problems, Some("Welcome back.".to_owned()), Options::default());
    let told = text(draw(&mut home, SIZES[0]).backend().buffer());
    assert!(told.contains("Welcome back."), "{told}");
    press(&mut home, "jjr");
    let told = text(draw(&mut home, SIZES[0]).backend().buffer());
    assert!(told.contains("Attempt 7: not finished."), "{told}");
    assert_eq!(home.chosen(), Chosen::Leave);
}

#[test]
fn what_is_practiced_is_chosen_row_by_row_and_told_at_once() {
    let choices = choices();
    let begun = |keys: &str| {
        let mut chooser = Chooser::new(&choices, &preview, Options::default());
        draw(&mut chooser, SIZES[0]);
        press(&mut chooser, keys);
        (text(draw(&mut chooser, SIZES[0]).backend().buffer()), chooser.wish())
    };
    let (screen, wanted) = begun(" jjj +");
    insta::assert_snapshot!("practice-chooser", screen);
    assert_eq!(wanted, None, "nothing was begun");
    assert_eq!(begun("\u{1b}").1, None);
    let (_, wanted) = begun(" jjj jjx-\r");
    let wish = Wish { domains: vec!["legal".into()], standings: vec![Standing::Missed], count: 15, ..Wish::default() };
    assert_eq!(wanted, Some(PracticeWish { wish, time: TimeAllowance::Ordinary }));
    let all = Wish { count: 20, ..Wish::default() };
    assert_eq!(begun("  \r").1, Some(PracticeWish { wish: all, time: TimeAllowance::Unlimited }));
}
