//! Looking things up on the shipped shelf by a registrar's words.

use std::sync::Arc;

use examroom_app::view::shelf::{Asked, Hit, Terms, search};
use examroom_core::bank::{Sheet, Synonyms};
use examroom_core::text::{begins_a_word, folded};

use crate::support::shipped;

fn shelf() -> (Vec<Arc<Sheet>>, Synonyms) {
    let (_, bank) = shipped("ctr");
    (bank.sheets, bank.synonyms)
}

fn entry_text(shelf: &[Arc<Sheet>], hit: &Hit) -> String {
    let sheet = &shelf[hit.sheet];
    folded(&sheet.lines_of(&sheet.entries[hit.entry]).join("\n"))
}

#[test]
fn each_synonym_finds_its_sheet() {
    let (shelf, synonyms) = shelf();
    for (word, phrases) in synonyms.iter() {
        let hits = search(&shelf, &Terms::new(word, &synonyms)).hits;
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
    let found = |typed: &str| search(&shelf, &Terms::new(typed, &synonyms)).hits;
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
    let hits = search(&shelf, &Terms::new("laterality", &synonyms)).hits;
    let headed = |hit: &Hit| begins_a_word(&format!("{} {}", hit.title, hit.heading).to_lowercase(), "laterality");
    let last_headed = hits.iter().rposition(headed).unwrap();
    assert!(hits[..=last_headed].iter().all(headed), "{hits:?}");
    assert!(hits.len() > last_headed + 1, "others follow");
}

#[test]
fn letters_are_found_without_their_accents() {
    let (shelf, synonyms) = shelf();
    let found = |typed: &str| search(&shelf, &Terms::new(typed, &synonyms)).hits;
    assert!(!found("waldenstrom").is_empty());
    assert_eq!(found("waldenstrom"), found("Waldenström"));
}

#[test]
fn where_no_entry_has_all_words_those_with_the_most_are_shown_and_that_is_said() {
    let (shelf, synonyms) = shelf();
    let found = search(&shelf, &Terms::new("thyroid laterality zebra", &synonyms));
    assert_eq!(found.caveat().unwrap(), "Nothing on the shelf has all these words; the nearest place has 2 of 3.");
    for hit in &found.hits {
        let text = entry_text(&shelf, hit);
        assert!(begins_a_word(&text, "thyroid") && begins_a_word(&text, "laterality"), "{hit:?}");
    }
    let found = search(&shelf, &Terms::new("thyroid zebra quagga", &synonyms));
    assert!(found.hits.is_empty(), "one word of three is too little");
    assert_eq!(found.caveat().unwrap(), "Nothing on the shelf has these words.");
    assert_eq!(search(&shelf, &Terms::new("thyroid laterality", &synonyms)).caveat(), None);
}

#[test]
fn the_parts_of_a_sheet_that_have_a_word_can_be_read_alone() {
    let (shelf, synonyms) = shelf();
    let number = 1 + shelf.iter().position(|sheet| sheet.title.starts_with("Hematopoietic")).unwrap();
    let Asked::Entries(index, entries) = Asked::of(&format!("{number} ph16"), &shelf, &synonyms) else {
        panic!("the sheet has PH16");
    };
    let sheet = &shelf[index];
    assert!(!entries.is_empty() && entries.len() < sheet.entries.len());
    for (at, entry) in sheet.entries.iter().enumerate() {
        let has = begins_a_word(&folded(&sheet.lines_of(entry).join("\n")), "ph16");
        assert_eq!(entries.contains(&at), has, "{}", entry.heading);
    }
    // A number that does not go with a sheet is a word like any other.
    assert!(matches!(Asked::of(&format!("{number} zebra"), &shelf, &synonyms), Asked::Places(_)));
}
