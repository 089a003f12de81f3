//! From the state to the page: which screen the exam is at, and what lies around it.

pub mod help;
pub mod home;
pub mod notice;
pub mod past;
pub mod practice;
mod side;

use crate::look::{Look, Over, Visibility, word};
use crate::room::Room;
use examroom_app::view::SafeText;
use examroom_app::view::announcement::saved;
use examroom_app::view::confirmation::ConfirmationView;
use examroom_app::view::explanation::ExplanationView;
use examroom_app::view::keys::Context;
use examroom_app::view::pause::PauseView;
use examroom_app::view::question::QuestionView;
use examroom_app::view::review::{Filter, ReviewView};
use examroom_app::view::rules::RulesView;
use examroom_core::blueprint::Book;
use examroom_core::form::Slot;
use examroom_core::journal::Saved;
use examroom_core::session::{Mode, Phase, Session};
use examroom_html::room::{
    Around, AskedPage, Banner, Clock, HelpPage, LESSONS, Mark, PausePage, QuestionPage, ReviewPage, Tone, TutorialPage,
    WelcomePage,
};
use examroom_html::{Assets, Explained, Frame, Link, render};

/// Where the parts of a page are.
pub(crate) fn assets() -> Assets<'static> {
    Assets::At { stylesheet: "/style.css", icon: "/icon.svg", scripts: &["/room.js"] }
}

/// The pages outside the exam room.
pub(crate) const LINKS: [Link<'static>; 3] = [
    Link { to: "/", text: "Home", is_here: false },
    Link { to: "/history", text: "History", is_here: false },
    Link { to: "/problems", text: "Problems", is_here: false },
];

/// The same on one of them.
pub(crate) fn links_at(here: &str) -> [Link<'static>; 3] {
    LINKS.map(|link| Link { is_here: link.to == here, ..link })
}

/// The screen that the exam is at, looked at like this.
pub(crate) fn screen(room: &Room, look: &Look) -> String {
    let session = room.session();
    let title = around_title(session);
    let frame = Frame { title: &title, assets: assets(), links: &[] };
    let around = around(room, look);
    let back = look.plain().address();
    let confidence = session.rules().confidence;
    match (look.over, session.phase()) {
        (Over::Help, _) => return render(&HelpPage { frame, around, of: context(session), confidence, back }),
        (Over::Asked(of), _) => {
            if let Some(view) = ConfirmationView::new(of, session) {
                return render(&AskedPage { frame, around, view, deed: word(of), back });
            }
        }
        (Over::Tutorial(number), Phase::Ready) if number < LESSONS.len() && context(session) == Context::Welcome => {
            let before = number.checked_sub(1).map_or(Over::Nothing, Over::Tutorial);
            let next = Some(number + 1).filter(|next| *next < LESSONS.len());
            return render(&TutorialPage {
                frame,
                around,
                number,
                before: look.with(before).address(),
                next: next.map(|next| look.with(Over::Tutorial(next)).address()),
            });
        }
        _ => {}
    }
    match session.phase() {
        Phase::Section(section) => {
            let side = side::side(session, look);
            let question = session.current_slot().and_then(|slot| QuestionView::new(session, slot));
            if let Some(view) = question {
                let explained = ExplanationView::of_revealed(session, view.slot).map(Explained::just_answered);
                let of = context(session);
                return render(&QuestionPage { frame, around, view, side, of, confidence, explained });
            }
            let view = ReviewView::new(session, section);
            let filters = Filter::ALL.map(|filter| (filter, Look { filter, ..look.plain() }.address())).to_vec();
            render(&ReviewPage { frame, around, view, filter: look.filter, filters, side, mode: session.rules().mode })
        }
        Phase::Break { .. } => match PauseView::new(session) {
            Some(view) => render(&PausePage { frame, around, view }),
            None => String::new(),
        },
        // A finished exam has no place here: it is left as soon as it ends.
        Phase::Ready | Phase::Finished { .. } => render(&WelcomePage {
            frame,
            around,
            view: RulesView::new(session.form(), session.rules()),
            of: context(session),
            tutorial: look.with(Over::Tutorial(0)).address(),
        }),
    }
}

/// Where help is asked for.
fn context(session: &Session) -> Context {
    match session.phase() {
        Phase::Ready if session.rules().mode == Mode::Practice => Context::PracticeStart,
        Phase::Ready | Phase::Finished { .. } => Context::Welcome,
        Phase::Break { .. } => Context::Break,
        Phase::Section(_) => match (session.current_slot(), session.rules().mode) {
            (None, _) => Context::Review,
            (Some(slot), Mode::Practice) if session.item_state(slot).is_revealed() => Context::Reasons,
            (Some(_), Mode::Practice) => Context::Practice,
            (Some(_), Mode::Exam | Mode::Paper) => Context::Question,
        },
    }
}

fn around_title(session: &Session) -> String {
    let title = title(session);
    match session.current_slot() {
        Some(slot) => format!("Question {}, {title}", session.form().number(slot)),
        None => title.into_string(),
    }
}

/// The section's name, or the exam's where it has one section only.
fn title(session: &Session) -> SafeText {
    let form = session.form();
    match session.section() {
        Some((_, section)) if form.sections.len() > 1 => SafeText::new(&section.name),
        _ => SafeText::new(&form.name),
    }
}

fn around(room: &Room, look: &Look) -> Around {
    let session = room.session();
    let form = session.form();
    let stands = room.live.saved();
    let is_open = |visibility| visibility == Visibility::Shown;
    let number = session.current_slot().filter(|_| is_open(look.number)).map(|slot| {
        let of = form.section_of(slot).map_or(0, |section| form.range(section).len());
        (form.number(slot), of)
    });
    let is_limited = session.rules().time_allowance.is_limited();
    let runs = is_limited && matches!(session.phase(), Phase::Section(_) | Phase::Break { .. });
    let alarm = matches!(stands, Saved::No { .. }).then(|| saved(&stands));
    let alarm = alarm.map(|text| Banner { text: SafeText::new(&text), tone: Tone::Alarm });
    let message = room.message.as_deref().map(|text| Banner { text: SafeText::new(text), tone: Tone::Plain });
    Around {
        title: title(session),
        number,
        clock: runs.then(|| Clock::new(room.live.time_left(), is_open(look.clock))),
        saved: session.began_at().is_some().then(|| Mark::new(&stands)),
        banners: alarm.into_iter().chain(message).collect(),
        after: room.events(),
        question: session.current_slot().map(Slot::index),
        look: look.plain().query(),
        fields: look.kept(),
    }
}

/// Whether the section that is on has a shelf.
fn is_open_book(session: &Session) -> bool {
    session.section().is_some_and(|(_, section)| section.book == Book::Open)
}
