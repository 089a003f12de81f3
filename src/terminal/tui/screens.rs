//! Everything that can be on the screen, and which of it is: what fills the body, and what the keys go to.

use ratatui::layout::Rect;

use super::areas::{Side, areas, fits_beside, is_roomy};
use super::footer::Footer;
use super::keys::{self, Action, Context};
use super::layout::{Focus, ScreenLayout, Surroundings};
use super::overlay::Overlays;
use super::screen::component::{Component, Density, PageStyle};
use super::screen::intro::Intro;
use super::screen::pause::{Pause, is_offered};
use super::screen::question::{self, Question};
use super::screen::review::Review;
use super::screen::shelf::Shelf;
use super::snapshot::Snapshot;
use super::theme::Theme;
use examroom_core::session::{self, ConfidencePolicy, Phase, Session};

/// One of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Intro,
    Question,
    Review,
    Break,
    Shelf,
    /// The topmost overlay.
    Overlay,
}

/// The screens with their state.
#[derive(Clone, Debug, Default)]
pub struct Screens {
    intro: Intro,
    pub question: Question,
    pub review: Review,
    pause: Pause,
    pub shelf: Shelf,
    pub overlays: Overlays,
    /// What filled the body when it was last laid out.
    body: Place,
}

impl Screens {
    /// The screen of a place.
    pub fn at(&mut self, place: Place) -> &mut dyn Component {
        match (place, self.overlays.top()) {
            (Place::Overlay, Some(top)) => top,
            (Place::Intro | Place::Overlay, _) => &mut self.intro,
            (Place::Question, _) => &mut self.question,
            (Place::Review, _) => &mut self.review,
            (Place::Break, _) => &mut self.pause,
            (Place::Shelf, _) => &mut self.shelf,
        }
    }

    /// Which screen the sitting is on, whatever lies over it.
    fn base(session: &Session) -> Place {
        match (session.phase(), session.focus()) {
            (Phase::Ready, _) => Place::Intro,
            (Phase::Section(_), session::Focus::Question(_)) => Place::Question,
            (Phase::Break { .. }, _) => Place::Break,
            (Phase::Section(_), session::Focus::Review) | (Phase::Finished { .. }, _) => Place::Review,
        }
    }

    /// What the keys go to.
    #[must_use]
    pub fn keyboard(&self, session: &Session) -> Place {
        if !self.overlays.is_empty() {
            Place::Overlay
        } else if self.shelf.has_keys() {
            Place::Shelf
        } else {
            Self::base(session)
        }
    }

    /// What filled the body when it was last laid out: what the candidate saw.
    #[must_use]
    pub fn body(&self) -> Place {
        self.body
    }

    /// Where a key goes.
    pub fn context(&mut self, session: &Session) -> Context {
        self.follow(session);
        let keyboard = self.keyboard(session);
        self.at(keyboard).context()
    }

    /// Something else has begun: nothing lies over it, and it is read from its top.
    pub fn start_over(&mut self) {
        self.overlays.close_all();
        self.intro = Intro::default();
        self.pause = Pause::default();
    }

    /// A section has been entered.
    pub fn enter_section(&mut self) {
        self.start_over();
        self.review = Review::default();
        self.shelf.close();
    }

    /// Lays the screens out in a window, around which some things are known already.
    pub fn lay_out(
        &mut self,
        window: Rect,
        mut around: Surroundings,
        snapshot: Snapshot<'_>,
        theme: Theme,
    ) -> ScreenLayout {
        let session = snapshot.session;
        self.follow(session);
        self.body = self.filling(session, window);
        let beside = self.shelf.is_open() && matches!(self.body, Place::Question | Place::Review);
        let areas = areas(window, around.messages.len(), if beside { Side::Taken } else { Side::Free });
        let density = if is_roomy(window) { Density::Ample } else { Density::Scarce };
        let style = PageStyle { width: areas.body.width, density, theme };
        self.question.show_selected(self.overlays.pointed());
        let content = self.at(self.body).content(snapshot, style);
        around.side = areas.side.map(|area| {
            let style = PageStyle { width: area.width, density: Density::Scarce, theme };
            let focus = if self.shelf.has_keys() { Focus::Side } else { Focus::Body };
            (self.shelf.content(snapshot, style), focus)
        });
        around.low = self.overlays.low(snapshot, style);
        around.footer = self.footer(snapshot, theme);
        if let Some(title) = self.overlays.title() {
            title.clone_into(&mut around.header.title);
        }
        self.settle(ScreenLayout::new(areas, content, around))
    }

    /// Brings what is scrolled into its page.
    fn settle(&mut self, mut layout: ScreenLayout) -> ScreenLayout {
        if let Some(scroll) = self.at(self.body).scroll() {
            layout.settle(scroll);
        }
        if let Some(scroll) = self.shelf.scroll() {
            layout.settle_side(scroll);
        }
        if self.body == Place::Question && layout.shows_end() {
            self.question.saw_end();
        }
        layout
    }

    /// Makes the screens' state that of the question of the session.
    fn follow(&mut self, session: &Session) {
        self.intro.turn_to(session.rules());
        if let Some(slot) = session.current_slot() {
            self.question.turn_to(slot, session);
        } else if let Some(last) = self.question.turn_away() {
            self.review.open_at(last, session);
        }
    }

    /// What is to fill the body.
    fn filling(&self, session: &Session, window: Rect) -> Place {
        let base = Self::base(session);
        if self.overlays.covers() {
            Place::Overlay
        } else if self.shelf.has_keys() && !fits_beside(window) && matches!(base, Place::Question | Place::Review) {
            Place::Shelf
        } else {
            base
        }
    }

    fn footer(&mut self, snapshot: Snapshot<'_>, theme: Theme) -> Footer {
        let session = snapshot.session;
        let context = self.context(session);
        let letters = if context.is_asking() { question::letters(session) } else { Vec::new() };
        let pick = letters.first().zip(letters.last()).map(|(first, last)| (format!("{first}-{last}"), "pick"));
        let asks = session.rules().confidence == ConfidencePolicy::Asked;
        let keys =
            keys::footer(context, |action| is_offered(action, session) && (asks || action != Action::Confidence));
        let saved = session.began_at().is_some().then_some(snapshot.saved);
        Footer::new(pick.into_iter().chain(keys), saved, theme)
    }
}
