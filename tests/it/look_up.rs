//! Looking things up on the shipped shelf by a registrar's words.

use std::sync::Arc;

use examroom_app::view::shelf::{Hit, Terms, search};
use examroom_core::bank::{Sheet, Synonyms};
use examroom_core::text::begins_a_word;

use crate::support::shipped;

fn shelf() -> (Vec<Arc<Sheet>>, Synonyms) {
    let (_, bank) = shipped("ctr");
    (bank.sheets, bank.synonyms)
}

fn entry_text(shelf: &[Arc<Sheet>], hit: &Hit) -> String {
    let sheet = &shelf[hit.sheet];
    sheet.lines_of(&sheet.entries[hit.entry]).join("\n").to_lowercase()
}

#[test]
fn each_synonym_finds_its_sheet() {
    let (shelf, synonyms) = shelf();
    for (word, phrases) in synonyms.iter() {
        let hits = search(&shelf, &Terms::new(word, &synonyms));
        for phrase in phrases {
            let is_there = |hit: &Hit| {
                let text = entry_text(&shelf, hit);
                phrase.split(' ').all(|part| begins_a_word(&text, part))
            };
            assert!(hits.iter().any(is_there), "{word}: nothing on the shelf has \"{phrase}\"");
        }
    }
}

#[test]
fn a_word_is_found_by_its_beginning_and_not_inside_others() {
    let (shelf, synonyms) = shelf();
    let found = |typed: &str| search(&shelf, &Terms::new(typed, &synonyms));
    assert!(!found("lateral").is_empty());
    assert!(!found("lateral").iter().any(|hit| !begins_a_word(&entry_text(&shelf, hit), "lateral")));
    assert!(found("ateralit").is_empty(), "the middle of a word is no word");
    for word in ["turbt", "cll", "aml", "itc", "lvi", "crm", "vats", "y-90"] {
        assert!(!found(word).is_empty(), "{word}");
    }
}

#[test]
fn what_is_headed_by_the_words_comes_first() {
    let (shelf, synonyms) = shelf();
    let hits = search(&shelf, &Terms::new("laterality", &synonyms));
    let headed = |hit: &Hit| begins_a_word(&format!("{} {}", hit.title, hit.heading).to_lowercase(), "laterality");
    let last_headed = hits.iter().rposition(headed).unwrap();
    assert!(hits[..=last_headed].iter().all(headed), "{hits:?}");
    assert!(hits.len() > last_headed + 1, "others follow");
}
