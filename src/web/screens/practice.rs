//! What is to be practiced.

use super::{LINKS, assets};
use examroom_app::view::SafeText;
use examroom_app::view::practice_start::PracticeStartView;
use examroom_core::session::TimeAllowance;
use examroom_core::study::Wish;
use examroom_html::room::{Banner, Tone};
use examroom_html::{Frame, PracticePage, render};

/// The choices, with those that are made, and why these lead nowhere if they do.
pub(crate) fn page(view: PracticeStartView, wish: Wish, time: TimeAllowance, told: &[String]) -> String {
    let title = format!("Practice: {}", view.name);
    let frame = Frame { title: &title, assets: assets(), links: &LINKS };
    let told = told.iter().map(|line| Banner { text: SafeText::new(line), tone: Tone::Plain }).collect();
    render(&PracticePage { frame, told, view, wish, time })
}
