//! No word of a text is lost at the edge of the screen, whatever its characters and the window's width.

use std::sync::Arc;

use examroom_core::form::Form;
use examroom_terminal::pages::{columns, sheet_lines};
use examroom_terminal::tui::{ColorMode, LookBack, Options, Screen as _};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent};
use ratatui::text::Span;

use crate::forms::sample;
use crate::tui_test_screen::{TestScreen, text};

/// The sample form, with these texts wherever its first question and its shelf have one.
fn form_with(text: &str) -> Arc<Form> {
    let mut form = sample();
    let item = Arc::make_mut(&mut form.sections[0].questions[0].item);
    item.stem = text.into();
    for choice in &mut item.choices {
        choice.text = text.into();
        choice.why = Some(text.into());
    }
    let sheet = Arc::make_mut(&mut form.shelf[0]);
    text.clone_into(&mut sheet.entries[0].text);
    text.clone_into(&mut sheet.entries[0].table.rows[0][1]);
    Arc::new(form)
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How often a text is on a screen, whole, wherever its lines end.
fn times(screen: &str, words: &str) -> usize {
    bare(screen).matches(&bare(words)).count()
}

fn words() -> impl Strategy<Value = String> {
    let word = "[a-z]{1,24}|[⚠✔❤☑⚕©]\u{fe0f}[a-z]?|[0-9#]\u{fe0f}\u{20e3}|👩‍⚕️|👨‍👩‍👧,|🏥[a-z]{3}|🇺🇸|(e\u{301}){1,9}|z\u{351}\u{302}\u{353}\
                |[漢字かな]{1,20}|ＡＢＣ|ﾊﾟ|لا|می\u{200c}خواهم|क्षि|각|ᄀ\u{1161}\u{11a8}|\u{1f3fd}|\\PC";
    prop::collection::vec(word, 1..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_word_of_a_question_its_reasons_and_its_shelf_is_lost(words in words(), width in 20_u16..130) {
        // What is looked for is what the candidate may see of it.
        let words = examroom_core::text::SafeText::new(&words).into_string();
        prop_assume!(!words.trim().is_empty());
        let form = form_with(&words);
        let mut desk = TestScreen::of(Arc::clone(&form), ColorMode::Off, width, 400);
        desk.keys("s");
        let screen = desk.text();
        prop_assert!(times(&screen, &words) >= 5, "{words:?} in the stem and four choices\n{screen}");

        desk.keys("reyny");
        // After the contents comes the first sheet.
        desk.keys("sl");
        // Not beside the question; and a new size draws everything, since the test's screen keeps what a wide picture of
        // the frame before lay over.
        desk.resize(width.min(109), 401);
        let screen = desk.text();
        prop_assert!(times(&screen, &words) >= 1, "{words:?} on the shelf\n{screen}");
        desk.keys("qrey");
        prop_assert!(desk.session.is_finished());

        let mut past = LookBack::new(&desk.session, Options { color: ColorMode::Off, ..Options::default() });
        let mut screen = Terminal::new(TestBackend::new(width, 400)).unwrap();
        past.handle(&Event::Key(KeyEvent::from(KeyCode::Enter)));
        screen.draw(|frame| past.draw(frame)).unwrap();
        let screen = text(screen.backend().buffer());
        prop_assert!(times(&screen, &words) >= 9, "{words:?} in the stem, four choices and their reasons\n{screen}");
    }

    #[test]
    fn the_tables_of_the_shelf_fit(words in words(), width in 10_usize..130) {
        let form = form_with(&words);
        let (lines, _) = sheet_lines(&form.shelf[0], width);
        for line in lines {
            prop_assert!(columns(&line) <= width, "{line}");
        }
    }

    #[test]
    fn columns_are_counted_as_they_are_drawn(words in words()) {
        let drawn: usize = Span::raw(words.as_str())
            .styled_graphemes(ratatui::style::Style::new())
            .map(|cluster| usize::from(ratatui::buffer::CellWidth::cell_width(cluster.symbol)))
            .sum();
        prop_assert_eq!(columns(&words), drawn);
    }
}
