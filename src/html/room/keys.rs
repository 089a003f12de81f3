//! The table of keys, as a browser names them: what a key does stands on the button that does it.

use askama::Template;

use super::Around;
use crate::frame::{Assets, Frame, STYLESHEET};
use examroom_app::view::calculator::SIGNS;
use examroom_app::view::keys::{Action, Binding, Context, KeyCode, Movement, Stroke, bindings};
use examroom_core::session::ConfidencePolicy;

/// The keys of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// All of them by the names that a browser gives them, with spaces between.
    pub all: String,
    /// The one that a button shows.
    pub shown: String,
}

impl Keys {
    /// The keys of an action in a context; none where it has none there.
    #[must_use]
    pub fn of(context: Context, action: Action) -> Self {
        bindings(context).find(|binding| binding.action == action).map(Self::new).unwrap_or_default()
    }

    fn new(binding: &Binding) -> Self {
        let all: Vec<String> = binding.keys.iter().filter_map(|stroke| code(*stroke)).collect();
        Self { all: all.join(" "), shown: binding.keys.first().map(|stroke| stroke.name()).unwrap_or_default() }
    }
}

/// What a browser calls a key; `None` for those with Ctrl, which belong to the browser.
fn code(stroke: Stroke) -> Option<String> {
    Some(match stroke.alone()? {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) => c.to_string(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Esc => "Escape".to_owned(),
        KeyCode::Left => "ArrowLeft".to_owned(),
        KeyCode::Right => "ArrowRight".to_owned(),
        KeyCode::Up => "ArrowUp".to_owned(),
        KeyCode::Down => "ArrowDown".to_owned(),
        // Moving from field to field is the browser's.
        KeyCode::Tab | KeyCode::BackTab => return None,
        key @ (KeyCode::Enter
        | KeyCode::Backspace
        | KeyCode::Delete
        | KeyCode::PageUp
        | KeyCode::PageDown
        | KeyCode::Home
        | KeyCode::End) => format!("{key:?}"),
    })
}

/// The keys of a place.
#[derive(Debug, Template)]
#[template(path = "room-help.html")]
pub struct HelpPage<'p> {
    /// What is around the page.
    pub frame: Frame<'p>,
    /// What is around the screen.
    pub around: Around,
    /// Where it was asked.
    pub of: Context,
    /// Whether it is asked how sure the candidate is.
    pub confidence: ConfidencePolicy,
    /// The address of what it lies over.
    pub back: String,
}

impl HelpPage<'_> {
    /// The keys and what each does.
    fn lines(&self) -> Vec<(Vec<String>, &'static str)> {
        let pick = (vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], "pick that choice");
        let pick = Some(pick).filter(|_| self.of.is_asking());
        let known = bindings(self.of).filter(|binding| self.is_offered(binding.action)).filter_map(|binding| {
            let names: Vec<String> =
                binding.keys.iter().filter(|stroke| code(**stroke).is_some()).map(|stroke| stroke.name()).collect();
            (!names.is_empty()).then_some((names, binding.words))
        });
        pick.into_iter().chain(known).collect()
    }

    fn is_offered(&self, action: Action) -> bool {
        match action {
            Action::Confidence => self.confidence == ConfidencePolicy::Asked,
            Action::HideClock | Action::Extend => self.around.clock.is_some(),
            action => is_of_a_page(action),
        }
    }

    fn close() -> Keys {
        Keys::of(Context::Help, Action::Close)
    }

    fn signs() -> &'static str {
        SIGNS
    }
}

/// Whether a page does it; the others are the terminal's alone, or what every browser does by itself.
const fn is_of_a_page(action: Action) -> bool {
    !matches!(
        action,
        Action::Suspend
            | Action::Redraw
            | Action::Mouse
            | Action::OtherSide
            | Action::Move(Movement::PageDown | Movement::PageUp | Movement::Top | Movement::Bottom)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_has_the_keys_of_the_table_by_the_names_of_a_browser() {
        let next = Keys::of(Context::Question, Action::Next);
        assert_eq!((next.all.as_str(), next.shown.as_str()), ("n ArrowRight l", "n"));
        assert_eq!(Keys::of(Context::Question, Action::Clear).all, "u Backspace Delete");
        assert_eq!(Keys::of(Context::Welcome, Action::Clear), Keys::default());
    }
}
