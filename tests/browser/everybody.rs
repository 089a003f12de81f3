//! Whether a screen is open to everybody: what axe finds wrong with it, in light, dark and forced colors, and whether all
//! of it is there in a narrow window and with text of twice the size.

use serde_json::json;

use crate::driver::{Colors, Window};

/// Everything that axe knows of the guidelines that the page keeps.
const ALL_RULES: &str = "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
/// What colors alone change.
const CONTRAST: &str = "runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }";
/// What size alone changes.
const SIZE: &str = "runOnly: { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] }";

/// Looks at a screen as it is in a window on a desk.
pub fn look(window: &Window) {
    look_in(window, 1280, 900);
}

/// Looks at a screen as it is on a telephone.
pub fn look_on_a_telephone(window: &Window) {
    look_in(window, 390, 844);
}

/// The window is as long as the page: in a real one the buttons that stay in place cover what is below.
fn look_in(window: &Window, width: u32, height: u32) {
    const LENGTH: u32 = 30_000;
    if window.run("return 'axe' in window") == json!(false) {
        window.run(include_str!("axe-core/axe.min.js"));
    }
    window.point_at_nothing();
    window.resize(width, LENGTH);
    finds_nothing(window, ALL_RULES, "in light colors");
    window.color(Colors::Dark);
    finds_nothing(window, CONTRAST, "in dark colors");
    for colors in [Colors::Forced, Colors::ForcedDark] {
        window.color(colors);
        can_be_read(window, colors);
    }
    window.color(Colors::Light);
    window.enlarge_text(2);
    fits(window, "with text of twice the size");
    window.enlarge_text(1);
    window.resize(320, LENGTH);
    fits(window, "320 pixels wide");
    finds_nothing(window, SIZE, "320 pixels wide");
    window.resize(width, height);
}

fn finds_nothing(window: &Window, rules: &str, how: &str) {
    let found = window.run_to_end(&format!(
        "axe.run({{ {rules} }}).then(
           ({{ violations }}) => done(violations.map((rule) => rule.id + ': ' + rule.help + ' ' +
             rule.nodes.map((node) => node.html).join(' | '))),
           (error) => done([String(error)]))",
    ));
    assert_eq!(found, json!([]), "{how}: {}", window.text());
}

/// Every text stands out from what is behind it. Axe does not see the colors that a system forces.
fn can_be_read(window: &Window, colors: Colors) {
    let found = window.run(
        "const part = (value) => { const part = value / 255; return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4 };
         const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
         const color = (text) => text.match(/[\\d.]+/g).map(Number);
         const behind = (element) => {
           const own = element ? color(getComputedStyle(element).backgroundColor) : [255, 255, 255];
           return own.length === 4 && own[3] === 0 ? behind(element.parentElement) : own;
         };
         const ratio = (element) => {
           const [most, least] = [light(color(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
           return (most + 0.05) / (least + 0.05);
         };
         const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
         return [...document.querySelectorAll('body *')].filter((element) => hasText(element) && element.checkVisibility() &&
           !element.disabled && !(ratio(element) >= 4.5)).map((element) => `${ratio(element)} ${element.outerHTML}`)",
    );
    assert_eq!(found, json!([]), "in {colors:?} colors: {}", window.text());
}

/// Nothing of the page lies beyond its right edge, and no text is cut off.
fn fits(window: &Window, how: &str) {
    assert!(window.fits(), "{how}, something lies beyond the edge: {}", window.text());
    let cut = window.run(
        "return [...document.querySelectorAll('button, a, label, summary, h1, h2, h3, p')].filter((element) => {
           const style = getComputedStyle(element);
           return !element.classList.contains('visually-hidden') && style.overflowX === 'hidden' && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
         }).map((element) => element.outerHTML)",
    );
    assert_eq!(cut, json!([]), "{how}, text is cut off");
}
