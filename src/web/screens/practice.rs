//! What is to be practiced.

use super::{LINKS, assets};
use crate::desk::PracticeOffer;
use examroom_app::view::SafeText;
use examroom_core::session::TimeAllowance;
use examroom_core::study::Wish;
use examroom_html::room::{Banner, Tone};
use examroom_html::{Frame, PracticePage, PracticeResetPage, render};

/// The choices, with those that are made, and why these lead nowhere if they do.
pub(crate) fn page(offer: PracticeOffer, wish: Wish, time: TimeAllowance, told: &[String]) -> String {
    let PracticeOffer { start: view, preview, reset } = offer;
    let title = format!("Practice: {}", view.name);
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    let told = told.iter().map(|line| Banner { text: SafeText::new(line), tone: Tone::Plain }).collect();
    render(&PracticePage { frame, told, view, preview, reset, wish, time })
}

/// Whether practice is to start over.
pub(crate) fn reset(offer: PracticeOffer) -> String {
    let PracticeOffer { start: view, reset, .. } = offer;
    let title = format!("Start practice over: {}", view.name);
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    render(&PracticeResetPage { frame, view, reset })
}
