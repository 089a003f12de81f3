//! What the program promises, from the outside: the real binary, the shipped banks, the structure of the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test ends where its promise is broken")]

mod adding;
mod advice;
mod author;
mod bank_text;
mod banks;
mod carried;
mod checked;
mod command_line;
mod commands;
mod damage;
mod dates;
mod desk;
mod diagnostics;
mod editions;
mod escapes;
mod exam;
mod examples;
mod failures;
#[cfg(target_os = "linux")]
#[path = "../faults/mod.rs"]
mod faults;
#[cfg(target_os = "linux")]
mod faulty;
mod first_store;
mod folder;
mod foreign_files;
mod form_codes;
mod format;
mod forms;
mod hasty;
mod history_page;
mod hostile;
mod hundred_thousand;
mod importing;
mod journeys;
mod layers;
#[cfg(unix)]
mod line_mode;
mod look_up;
mod look_ups;
mod many;
mod near_copies;
mod other_formats;
mod packs;
mod page_browser;
mod page_door;
mod page_practice;
mod page_same;
mod page_sitting;
mod pinned;
mod practice;
mod prompt;
mod readme;
mod refusals;
mod regrade;
mod release;
mod report_page;
mod reports;
mod saving;
mod sitting;
mod stored;
mod support;
mod take_over;
#[cfg(unix)]
mod taken_away;
mod tight_banks;
mod time_left;
mod tui_home;
mod tui_keys;
mod tui_screens;
#[cfg(unix)]
mod tui_terminal;
mod tui_test_screen;
mod tui_words;
mod updating;
mod whole_bank;
#[path = "../bench/yardstick.rs"]
mod yardstick;
