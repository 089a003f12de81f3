//! The pages before the clock starts: the welcome, then the tutorial, which can be skipped.

use super::component::{Component, Content, PageStyle, Seen};
use super::{tutorial, welcome};
use crate::tui::keys::{Action, Context};
use crate::tui::request::Request;
use crate::tui::scroll::Scroll;
use crate::tui::snapshot::Snapshot;
use examroom_app::view::rules::RulesView;
use examroom_core::session::{Command, Mode, Rules, Session};

/// Which page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum At {
    #[default]
    Welcome,
    /// The page of this index.
    Tutorial(usize),
}

/// The welcome and the tutorial.
#[derive(Clone, Debug, Default)]
pub struct Intro {
    at: At,
    mode: Mode,
    scroll: Scroll,
}

impl Intro {
    /// Notes under which rules it is sat.
    pub fn turn_to(&mut self, rules: Rules) {
        self.mode = rules.mode;
    }
}

impl Component for Intro {
    fn context(&self) -> Context {
        match self.at {
            At::Welcome if self.mode == Mode::Practice => Context::PracticeStart,
            At::Welcome => Context::Welcome,
            At::Tutorial(_) => Context::Tutorial,
        }
    }

    fn act(&mut self, action: Action, _: &Session, _: Seen<'_>) -> Vec<Request> {
        self.scroll = Scroll::default();
        self.at = match (self.at, action) {
            (_, Action::Begin) => return vec![Request::send(Command::Begin)],
            (At::Tutorial(page), Action::Next) if page + 1 >= tutorial::PAGES => {
                return vec![Request::send(Command::Begin)];
            }
            (At::Welcome, Action::Tutorial) => At::Tutorial(0),
            (At::Tutorial(page), Action::Next) => At::Tutorial(page + 1),
            (At::Tutorial(0), Action::Previous) => At::Welcome,
            (At::Tutorial(page), Action::Previous) => At::Tutorial(page - 1),
            (at, _) => at,
        };
        Vec::new()
    }

    fn content(&mut self, snapshot: Snapshot<'_>, style: PageStyle) -> Content {
        let session = snapshot.session;
        let page = match self.at {
            At::Welcome => welcome::page(&RulesView::new(session.form(), session.rules()), style.width, style.theme),
            At::Tutorial(page) => tutorial::page(page, style.width, style.theme),
        };
        page.into()
    }

    fn scroll(&mut self) -> Option<&mut Scroll> {
        Some(&mut self.scroll)
    }
}
