//! Everything that is measured, in one table: against what, how many times that it may take, and why.
//!
//! The limits are what is promised, on a quiet machine. Where something is to grow with its input and no faster, it is
//! measured against a tenth of that input; ten is proportion, and what is above allows for a cache that no longer holds it.

use crate::measure::Pair;
use examroom_exchange::Target;

use crate::{checking, commands, drawing, exchanging, history, page, reading, sitting};

pub struct Limit {
    pub what: &'static str,
    pub against: &'static str,
    /// So many times the yardstick.
    pub at_most: f64,
    pub why: &'static str,
    pub pair: fn() -> Pair,
}

/// Of the formats of other programs.
const EXCHANGED: &str = "Questions go in and out in less than a second, of which reading their bank takes a tenth.";

pub const LIMITS: [Limit; 37] = [
    Limit {
        what: "`take rhit`, left at once",
        against: "`--version`",
        at_most: 15.0,
        why: "A start that reads, checks, draws and stores is to feel like one that does nothing.",
        pair: || commands::take("rhit"),
    },
    Limit {
        what: "`exams`",
        against: "`--version`",
        at_most: 3.0,
        why: "Reading the blueprints is little beside the start of a program.",
        pair: commands::exams,
    },
    Limit {
        what: "`open` to the first page",
        against: "`exams`",
        at_most: 4.0,
        why: "A page in the browser is to be there as soon as a command has answered.",
        pair: page::first_page,
    },
    Limit {
        what: "an answer on the page until it is saved",
        against: "the store's own commit",
        at_most: 3.0,
        why: "What carries an answer from the browser to the store and back is to be little beside the disk.",
        pair: page::answer_to_saved,
    },
    Limit {
        what: "read, check and draw rhit",
        against: "toml: its files as plain structs",
        at_most: 2.0,
        why: "Findings with their places, a bank and a form are to cost no more than the parsing itself.",
        pair: || reading::read_check_and_draw("rhit"),
    },
    Limit {
        what: "read, check and draw ctr",
        against: "toml: its files as plain structs",
        at_most: 2.0,
        why: "Findings with their places, a bank and a form are to cost no more than the parsing itself.",
        pair: || reading::read_check_and_draw("ctr"),
    },
    Limit {
        what: "`bank check rhit`",
        against: "toml: its files as plain structs",
        at_most: 10.0,
        why: "An author checks after every change.",
        pair: || checking::shipped_bank("rhit"),
    },
    Limit {
        what: "`bank check ctr`",
        against: "toml: its files as plain structs",
        at_most: 10.0,
        why: "An author checks after every change.",
        pair: || checking::shipped_bank("ctr"),
    },
    Limit {
        what: "`bank check` of 10,000 questions, a finding in each",
        against: "of 10,000 without",
        at_most: 5.0,
        why: "A first import has findings everywhere; each is to be found and told at a cost of its own.",
        pair: checking::findings,
    },
    Limit {
        what: "`bank check` of 10,000 questions",
        against: "of 1,000",
        at_most: 15.0,
        why: "A bank may grow: a check is to grow with it and no faster.",
        pair: checking::ten_times_the_bank,
    },
    Limit {
        what: "form from rhit",
        against: "writing it as JSON",
        at_most: 8.0,
        why: "Parallel forms cost a search; it stays within a millisecond or two, which nobody feels at a start.",
        pair: || drawing::shipped_bank("rhit"),
    },
    Limit {
        what: "form from rhit, everything seen",
        against: "nothing seen",
        at_most: 5.0,
        why: "Who has practiced long waits no longer.",
        pair: || drawing::all_seen("rhit"),
    },
    Limit {
        what: "form from ctr",
        against: "writing it as JSON",
        at_most: 8.0,
        why: "Parallel forms cost a search; it stays within a millisecond or two, which nobody feels at a start.",
        pair: || drawing::shipped_bank("ctr"),
    },
    Limit {
        what: "form from ctr, everything seen",
        against: "nothing seen",
        at_most: 5.0,
        why: "Who has practiced long waits no longer.",
        pair: || drawing::all_seen("ctr"),
    },
    Limit {
        what: "form from 10,000 questions",
        against: "from 1,000",
        at_most: 15.0,
        why: "A bank may grow: a draw is to grow with it and no faster.",
        pair: drawing::ten_times_the_bank,
    },
    Limit {
        what: "key to frame",
        against: "a frame with nothing in it",
        at_most: 20.0,
        why: "A keystroke is to be on the screen long before the next one, also on a page of text.",
        pair: sitting::key_to_frame,
    },
    Limit {
        what: "answer to disk",
        against: "a durable row by SQLite alone",
        at_most: 1.2,
        why: "Saving is the disk's time and little else.",
        pair: sitting::answer_to_disk,
    },
    Limit {
        what: "replay of 10,000 events",
        against: "of 1,000",
        at_most: 15.0,
        why: "A long sitting is resumed in a time that grows with it and no faster.",
        pair: sitting::ten_times_the_journal,
    },
    Limit {
        what: "what 1,000 attempts came to",
        against: "reading one of them",
        at_most: 10.0,
        why: "A list is to read no form and to score nothing.",
        pair: history::list,
    },
    Limit {
        what: "`history` with 1,000 attempts",
        against: "with 100",
        at_most: 10.0,
        why: "Looking back takes a time that grows with what there is and no faster.",
        pair: history::ten_times_the_attempts,
    },
    Limit {
        what: "`report` of the last of 1,000 attempts",
        against: "`--version`",
        at_most: 15.0,
        why: "One attempt is to be found and read as if there were no others.",
        pair: history::report,
    },
    Limit {
        what: "`take rhit` after 1,000 attempts",
        against: "after none",
        at_most: 1.2,
        why: "A start is to read what earlier attempts came to, and none of them.",
        pair: history::take,
    },
    Limit {
        what: "1,000 attempts to a file and into another store",
        against: "copying their bytes",
        at_most: 70.0,
        why: "Going on at another computer is to take seconds, after years of practice too. It writes about a million rows, \
              each event with a checksum over all before it, where a copy is one long write.",
        pair: history::carry,
    },
    Limit {
        what: "10,000 questions to GIFT",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Gift),
    },
    Limit {
        what: "10,000 questions from GIFT",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Gift),
    },
    Limit {
        what: "10,000 questions to Moodle XML",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::MoodleXml),
    },
    Limit {
        what: "10,000 questions from Moodle XML",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::MoodleXml),
    },
    Limit {
        what: "10,000 questions to Aiken",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Aiken),
    },
    Limit {
        what: "10,000 questions from Aiken",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Aiken),
    },
    Limit {
        what: "10,000 questions to CSV",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Csv),
    },
    Limit {
        what: "10,000 questions from CSV",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Csv),
    },
    Limit {
        what: "10,000 questions to XLSX",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Xlsx),
    },
    Limit {
        what: "10,000 questions from XLSX",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Xlsx),
    },
    Limit {
        what: "10,000 questions to QTI",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Qti),
    },
    Limit {
        what: "10,000 questions from QTI",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Qti),
    },
    Limit {
        what: "10,000 questions to Anki",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::written(Target::Anki),
    },
    Limit {
        what: "10,000 questions from Anki",
        against: "toml: their file as plain structs",
        at_most: 10.0,
        why: EXCHANGED,
        pair: || exchanging::read_again(Target::Anki),
    },
];
