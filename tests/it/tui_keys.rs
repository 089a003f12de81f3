//! What keys, the mouse and time do in the exam room.

use std::sync::Arc;
use std::time::Duration;

use examroom_core::form::FormBreak;
use examroom_core::journal::Saved;
use examroom_core::session::{Focus, Phase};
use examroom_core::time::minutes;
use examroom_terminal::tui::{ColorMode, Mouse};
use ratatui::crossterm::event::KeyCode;

use crate::forms::sample;
use crate::tui_test_screen::TestScreen;

fn desk() -> TestScreen {
    TestScreen::begun(ColorMode::On, 80, 24)
}

fn number(desk: &TestScreen) -> usize {
    desk.session.form().number(desk.session.current_slot().unwrap())
}

#[test]
fn the_whole_exam_is_handed_in_only_after_a_question() {
    let mut desk = TestScreen::begun(ColorMode::On, 80, 24);
    desk.keys("brz");
    assert!(desk.text().contains("Submit the whole exam?"), "{}", desk.text());
    assert!(desk.text().contains("5 questions not answered"), "{}", desk.text());
    desk.press(KeyCode::Enter);
    assert!(!desk.session.is_finished(), "Enter goes back");
    desk.keys("zy");
    assert!(desk.session.is_finished());
}

#[test]
fn the_tutorial_leads_to_the_exam_and_can_be_skipped() {
    let mut desk = TestScreen::new(80, 24);
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains("Tutorial 1"));
    desk.keys("nn");
    assert_eq!(desk.session.phase(), Phase::Ready);
    desk.press(KeyCode::Enter);
    assert_eq!(desk.session.phase(), Phase::Section(0));
}

#[test]
fn choices_are_picked_by_letter_arrow_and_mouse() {
    let mut desk = desk();
    desk.keys("b");
    assert_eq!(desk.picked(), "b");
    desk.keys("j ");
    assert_eq!(desk.picked(), "c");
    desk.press(KeyCode::Up);
    desk.press(KeyCode::Enter);
    assert_eq!(desk.picked(), "b");
    let row = desk.row("D  Within 90");
    desk.click(12, row);
    assert_eq!(desk.picked(), "d");
    desk.keys("u");
    assert_eq!(desk.picked(), "");
}

#[test]
fn where_two_are_wanted_letters_turn_choices_on_and_off_and_a_third_is_refused() {
    let mut desk = desk();
    desk.keys("nad");
    assert_eq!(desk.picked(), "ad");
    desk.keys("e");
    assert_eq!(desk.picked(), "ad");
    assert!(desk.text().contains("you have picked as many"), "{}", desk.text());
    desk.keys("ae");
    assert_eq!(desk.picked(), "de");
}

#[test]
fn striking_out_takes_a_pointer_or_a_letter() {
    let mut desk = desk();
    desk.keys("xc");
    let slot = desk.session.current_slot().unwrap();
    let struck = |desk: &TestScreen| {
        let order = &desk.session.form().question(slot).unwrap().order;
        order
            .iter()
            .filter(|id| desk.session.item_state(slot).is_struck(id))
            .map(ToString::to_string)
            .collect::<String>()
    };
    assert_eq!(struck(&desk), "c");
    assert_eq!(desk.picked(), "", "the letter after x picks nothing");
    desk.keys("xx");
    assert_eq!(struck(&desk), "", "x again means the one pointed at, and takes it back");
    desk.keys("bxa");
    assert_eq!((struck(&desk), desk.picked()), ("a".to_owned(), "b".to_owned()), "the answer stays");
    desk.keys("xm");
    assert!(desk.session.item_state(slot).is_flagged(), "any other key is itself");
}

#[test]
fn next_before_the_end_was_seen_says_so_once() {
    let mut desk = desk();
    desk.keys("nn");
    assert_eq!(number(&desk), 3);
    desk.keys("n");
    assert_eq!(number(&desk), 3);
    assert!(desk.text().contains("more below that you have not seen"), "{}", desk.text());
    desk.keys("n");
    assert_eq!(number(&desk), 4);
    desk.keys("p");
    desk.press(KeyCode::End);
    desk.keys("n");
    assert_eq!(number(&desk), 4, "its end was seen");
}

#[test]
fn going_down_reads_the_text_before_it_points_at_choices() {
    let mut desk = desk();
    desk.keys("nn");
    desk.keys("j");
    desk.keys(" ");
    assert_eq!(desk.picked(), "", "no choice is on the screen");
    for _ in 0..400 {
        desk.keys("j");
    }
    desk.keys(" ");
    assert_eq!(desk.picked(), "d");
}

#[test]
fn enter_and_space_alone_never_end_anything() {
    let mut desk = desk();
    desk.keys("re");
    for key in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Enter, KeyCode::Enter] {
        desk.press(key);
    }
    assert_eq!(desk.session.phase(), Phase::Section(0));
    desk.keys("re");
    desk.press(KeyCode::Tab);
    desk.press(KeyCode::Enter);
    assert_eq!(desk.session.phase(), Phase::Break { after: 0 });
}

#[test]
fn no_single_key_ends_a_section_wherever_it_is_pressed() {
    let mut codes: Vec<KeyCode> = (' '..='~').map(KeyCode::Char).collect();
    codes.extend([KeyCode::Enter, KeyCode::Esc, KeyCode::Tab, KeyCode::Delete, KeyCode::End, KeyCode::F(1)]);
    for from in ["", "r", "s", "=", "w", "?", "3"] {
        for code in &codes {
            let mut desk = desk();
            desk.keys(from);
            desk.press(*code);
            assert_eq!(desk.session.phase(), Phase::Section(0), "{from} {code:?}");
            assert!(!desk.left_room, "{from} {code:?}");
        }
    }
}

#[test]
fn leaving_is_asked_about_and_says_what_the_clock_does() {
    let mut desk = desk();
    desk.keys("q");
    assert!(desk.text().contains("The clock is paused while you are away"), "{}", desk.text());
    desk.press(KeyCode::Enter);
    assert!(!desk.left_room);
    desk.keys("qy");
    assert!(desk.left_room);
}

#[test]
fn the_list_filters_and_jumps() {
    let mut desk = desk();
    desk.keys("bmr");
    desk.press(KeyCode::Tab);
    assert!(!desk.text().contains("A patient asks"), "unanswered only: {}", desk.text());
    desk.press(KeyCode::Down);
    desk.press(KeyCode::Enter);
    assert_eq!(number(&desk), 3);
    desk.keys("r");
    desk.press(KeyCode::Esc);
    assert_eq!(number(&desk), 3, "Esc goes back to the question");
    desk.keys("9");
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains("1 to 4"), "{}", desk.text());
    desk.keys("g2");
    desk.press(KeyCode::Enter);
    assert_eq!(number(&desk), 2);
}

#[test]
fn a_note_is_kept_by_enter_and_while_it_is_being_typed() {
    let mut desk = desk();
    let slot = desk.session.current_slot().unwrap();
    desk.keys("wcheck b");
    assert_eq!(desk.picked(), "", "letters of a note pick nothing");
    desk.pass(Duration::from_secs(6));
    assert_eq!(desk.session.item_state(slot).note(), "check b");
    desk.keys("!");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.session.item_state(slot).note(), "check b!");
}

#[test]
fn pasted_text_picks_no_choice() {
    let mut desk = desk();
    desk.paste("abc q y");
    assert_eq!(desk.picked(), "");
    desk.keys("w");
    desk.paste("two\nlines");
    desk.press(KeyCode::Enter);
    let slot = desk.session.current_slot().unwrap();
    assert_eq!(desk.session.item_state(slot).note(), "two lines");
}

#[test]
fn pasted_text_goes_to_no_search_that_the_keys_have_left() {
    let mut desk = TestScreen::begun(ColorMode::On, 120, 40);
    desk.keys("reyny");
    desk.keys("s/sig");
    let row = desk.row("A  C18.7");
    desk.click(12, row);
    desk.paste("moid");
    assert!(desk.text().contains("/ sig▏"), "{}", desk.text());
    desk.press(KeyCode::Tab);
    desk.paste("moid");
    assert!(desk.text().contains("/ sigmoid▏"), "{}", desk.text());
}

#[test]
fn the_clock_hides_and_comes_back_and_time_is_told() {
    let mut desk = desk();
    desk.pass(Duration::from_secs(1));
    assert!(desk.text().contains("39:59"));
    desk.keys("t");
    assert!(!desk.text().contains("39:59"));
    desk.pass(minutes(10));
    assert!(desk.text().contains("30 minutes left."), "{}", desk.text());
    desk.pass(Duration::from_secs(30));
    assert!(!desk.text().contains("30 minutes left."), "it goes by itself");
    desk.pass(minutes(25));
    assert!(desk.text().contains("4:29"), "{}", desk.text());
    assert!(desk.text().contains("5 minutes left."));
    desk.keys("t");
    desk.pass(Duration::from_secs(2));
    assert!(!desk.text().contains("4:27"), "hidden again on purpose");
}

#[test]
fn help_names_the_letters_of_the_choices_on_the_screen() {
    let mut desk = desk();
    let letters = |desk: &mut TestScreen| {
        desk.keys("?");
        let row = usize::from(desk.row("pick this choice"));
        let line = desk.text().lines().nth(row).unwrap().to_owned();
        desk.press(KeyCode::Esc);
        line.split("pick").next().unwrap().trim().to_owned()
    };
    assert_eq!(letters(&mut desk), "a b c d");
    desk.keys("n");
    assert_eq!(letters(&mut desk), "a b c d e");
    desk.resize(80, 60);
    desk.keys("r");
    assert_eq!(letters(&mut desk), "a b c …", "no question is on the screen");
}

#[test]
fn help_does_not_stop_the_clock_and_time_out_ends_the_section_under_any_overlay() {
    for over in ["?", "=", "w", "3", "q"] {
        let mut desk = desk();
        desk.keys(over);
        desk.pass(Duration::from_secs(5));
        assert!(desk.text().contains("39:55"), "{over}: {}", desk.text());
        desk.pass(minutes(40));
        assert_eq!(desk.session.phase(), Phase::Break { after: 0 });
        assert!(desk.text().contains("Time is up."), "{over}: {}", desk.text());
    }
}

#[test]
fn the_shelf_stands_beside_the_question_where_there_is_room() {
    for (width, beside) in [(80, false), (120, true)] {
        let mut desk = desk();
        desk.resize(width, 40);
        desk.keys("s");
        assert!(desk.text().contains("closed-book"), "{}", desk.text());
        desk.keys("rey");
        desk.keys("ny");
        desk.keys("s");
        assert!(desk.text().contains("Primary sites"));
        assert_eq!(desk.text().contains("Which topography code"), beside, "{}", desk.text());
        desk.keys("/sigmoid");
        desk.press(KeyCode::Enter);
        assert!(desk.text().contains("Place 1 of 1"), "{}", desk.text());
        desk.press(KeyCode::Tab);
        desk.keys("a");
        assert_eq!(desk.picked(), "a", "Tab goes to the question");
    }
}

#[test]
fn what_a_search_finds_is_on_the_screen_also_far_down_a_long_table() {
    let mut form = sample();
    let entry = &mut Arc::make_mut(&mut form.shelf[0]).entries[0];
    entry.table.rows = (0..200).map(|row| vec![format!("C{row:03}"), format!("site {row}")]).collect();
    entry.table.rows[150][1] = "needle".to_owned();
    let heading = entry.heading.clone();
    let mut desk = TestScreen::of(Arc::new(form), ColorMode::Off, 80, 24);
    desk.keys("sreynys/needle");
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains("C150") && desk.text().contains("C148"), "{}", desk.text());
    // What the heading says needs no line below it.
    desk.keys(&format!("/{heading}"));
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains(&format!("# {heading}")), "{}", desk.text());
}

#[test]
fn saved_is_said_only_when_it_is() {
    let mut desk = desk();
    let footer = |desk: &TestScreen| desk.text().lines().last().unwrap().to_owned();
    assert!(footer(&desk).ends_with("saved"));
    desk.saved = Saved::NotYet;
    desk.draw();
    assert!(footer(&desk).ends_with("saving…"));
    desk.saved = Saved::No { why: "disk full".to_owned() };
    desk.keys("a");
    assert!(footer(&desk).ends_with("NOT SAVED"));
    assert!(desk.text().contains("NOT SAVED: disk full"));
    assert_eq!(desk.picked(), "a", "the exam goes on");
}

#[test]
fn a_choice_that_is_picked_comes_on_the_screen() {
    let mut desk = desk();
    desk.keys("nn");
    assert!(!desk.text().contains("D  IV"));
    desk.keys("d");
    assert!(desk.text().contains("(•) D  IV"), "{}", desk.text());
}

#[test]
fn time_can_be_added_by_those_who_are_entitled_to_it() {
    let mut desk = desk();
    desk.keys("+15");
    assert_eq!(desk.left(), minutes(40), "not before Enter");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.left(), minutes(55));
    assert!(desk.text().contains("15 minutes added."), "{}", desk.text());
    desk.keys("+");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.left(), minutes(55));
}

#[test]
fn behind_the_last_question_comes_the_list() {
    let mut desk = desk();
    desk.keys("4");
    desk.press(KeyCode::Enter);
    desk.keys("n");
    assert_eq!(desk.session.focus(), Focus::Review);
    assert!(desk.text().contains("›   4"), "{}", desk.text());
}

#[test]
fn a_break_that_must_be_taken_offers_no_way_on() {
    let mut form = sample();
    form.sections[0].break_after = Some(FormBreak { time: minutes(5), optional: false });
    let mut desk = TestScreen::of(Arc::new(form), ColorMode::On, 80, 24);
    desk.keys("srey");
    let text = desk.text();
    assert!(text.contains("This break must be taken.") && text.contains("b take the break"), "{text}");
    assert!(!text.contains("continue"), "{text}");
    desk.keys("n");
    assert!(
        desk.text().contains("This break must be taken; the next section starts when it is over."),
        "{}",
        desk.text()
    );
    assert_eq!(desk.session.phase(), Phase::Break { after: 0 });
    desk.keys("b");
    assert!(!desk.text().contains("take the break"), "it is taken: {}", desk.text());
}

#[test]
fn an_optional_break_offers_both() {
    let mut desk = TestScreen::begun(ColorMode::On, 80, 24);
    desk.keys("rey");
    let text = desk.text();
    assert!(text.contains("b take the break") && text.contains("n continue"), "{text}");
}

#[test]
fn the_mouse_is_left_to_the_terminal_and_taken_back_by_a_key() {
    let mut desk = desk();
    assert_eq!(desk.app.mouse_wanted(), Mouse::Exam);
    desk.keys("o");
    assert_eq!(desk.app.mouse_wanted(), Mouse::Terminal);
    assert!(desk.text().contains("The mouse selects text now. Press o to use it here again."), "{}", desk.text());
    desk.keys("o");
    assert_eq!(desk.app.mouse_wanted(), Mouse::Exam);
    desk.keys("wfor all");
    assert_eq!(desk.app.mouse_wanted(), Mouse::Exam, "an o that is typed is an o");
}

#[test]
fn a_letter_of_another_alphabet_says_why_it_does_nothing_and_a_wide_one_is_the_letter() {
    for letter in ['и', 'с', 'β', 'ש'] {
        let mut desk = desk();
        desk.keys(&letter.to_string());
        assert!(desk.text().contains("The keyboard is set to another alphabet"), "{}", desk.text());
        assert_eq!(desk.picked(), "");
        desk.keys("é");
        assert!(!desk.text().contains("another alphabet"), "{}", desk.text());
    }
    let mut desk = desk();
    desk.keys("ｂ");
    assert_eq!(desk.picked(), "b");
    desk.keys("wчто");
    assert!(desk.text().contains("что") && !desk.text().contains("another alphabet"), "{}", desk.text());
}

#[test]
fn words_of_the_stem_are_highlighted_by_typing_and_by_pointing() {
    let mut desk = desk();
    desk.keys("*A PATIENT");
    desk.press(KeyCode::Enter);
    assert_eq!(desk.highlighted(), ["A patient"]);
    desk.keys("*");
    for key in [KeyCode::Tab, KeyCode::Tab, KeyCode::Tab, KeyCode::BackTab, KeyCode::Down, KeyCode::Down, KeyCode::Up] {
        desk.press(key);
    }
    assert!(desk.text().contains("patient asks▏"), "what is pointed at is typed: {}", desk.text());
    desk.press(KeyCode::Enter);
    assert_eq!(desk.highlighted(), ["A patient asks"], "passages that overlap are one");
    desk.keys("*writ");
    desk.press(KeyCode::Tab);
    assert!(desk.text().contains("writing▏"), "the first word like what is typed: {}", desk.text());
    desk.press(KeyCode::Enter);
    assert_eq!(desk.highlighted(), ["A patient asks", "writing"]);
    desk.keys("*nowhere");
    desk.press(KeyCode::Enter);
    assert!(desk.text().contains("The question has no such words; type them as they stand in it."), "{}", desk.text());
    desk.keys("**");
    assert_eq!(desk.highlighted(), [""; 0], "all are removed");
}

#[test]
fn words_of_the_stem_are_highlighted_with_the_mouse_in_either_direction_and_a_click_does_nothing() {
    let mut desk = desk();
    let row = desk.row("A patient asks");
    let left = u16::try_from(desk.text().lines().nth(usize::from(row)).unwrap().find("A patient").unwrap()).unwrap();
    desk.drag(&[(left + 8, row), (left + 4, row), (left + 2, row)]);
    assert_eq!(desk.highlighted(), ["patient"]);
    desk.drag(&[(left + 2, row), (left + 8, row)]);
    assert_eq!(desk.highlighted(), [""; 0], "once more removes it");
    desk.click(left, row);
    desk.drag(&[(left, row)]);
    assert_eq!(desk.highlighted(), [""; 0]);
    // Beyond the stem counts as its end, and what is dragged over picks nothing.
    let choice = desk.row("D  Within 90");
    desk.drag(&[(left, row), (left, choice)]);
    let stem = desk.session.form().question(desk.session.current_slot().unwrap()).unwrap().item.stem.clone();
    assert_eq!((desk.highlighted(), desk.picked()), (vec![stem.to_string()], String::new()));
    desk.drag(&[(left, choice), (left, row)]);
    assert_eq!(desk.picked(), "d", "from a choice on it is a click");
}
