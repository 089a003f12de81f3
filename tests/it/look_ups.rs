//! What a report teaches of look-ups: how long each took, and whether it led to the sheet where the answer stands.

use std::sync::Arc;

use examroom_app::view::look_ups::{LookUpRow, LookUpsView};
use examroom_app::view::report::ReportView;
use examroom_core::form::{Exposure, Plan, Slot};
use examroom_core::id::SheetId;
use examroom_core::scoring::{Found, look_ups, score};
use examroom_core::session::{Command, Event, Rules, Session};
use examroom_core::time::Timestamp;
use examroom_terminal::pages::{Layout, report_page};

use crate::support::{draw, shipped};

fn second(number: i64) -> Timestamp {
    Timestamp(1_700_000_000_000 + number * 1000)
}

/// A rehearsal of CTR at the first question of its open-book part.
fn in_open_part() -> Session {
    let (blueprint, bank) = shipped("ctr");
    let form = Arc::new(draw(&blueprint, &bank, &Plan::rehearsal(&blueprint, 40), 3, &Exposure::default()));
    let mut session = Session::new(form, Rules::ORDINARY);
    for command in [Command::Begin, Command::EndSection, Command::EndBreak] {
        session.apply(command, second(0)).unwrap();
    }
    session
}

/// The sheets of the shelf that the question on the screen names, and the others.
fn sheets(session: &Session) -> (Vec<SheetId>, Vec<SheetId>) {
    let named = &session.form().question(session.current_slot().unwrap()).unwrap().item.references;
    session.form().shelf.iter().map(|sheet| sheet.id.clone()).partition(|sheet| named.contains(sheet))
}

fn look_up(session: &mut Session, shown: &[SheetId], from: i64, until: i64) {
    session.apply(Command::OpenShelf, second(from)).unwrap();
    for sheet in shown {
        session.apply(Command::ShowSheet(sheet.clone()), second(from)).unwrap();
    }
    session.apply(Command::CloseShelf, second(until)).unwrap();
}

/// Three look-ups: one reaches its sheet after another one, one does not, one stays at the contents; the other questions
/// are left without.
fn looked_up() -> Session {
    let mut session = in_open_part();
    let (right, wrong) = sheets(&session);
    look_up(&mut session, &[wrong[0].clone(), right[0].clone()], 10, 70);
    session.apply(Command::Next, second(71)).unwrap();
    let (_, wrong) = sheets(&session);
    look_up(&mut session, &wrong[..1], 80, 200);
    session.apply(Command::Next, second(201)).unwrap();
    look_up(&mut session, &[], 210, 215);
    session.apply(Command::Next, second(216)).unwrap();
    session.apply(Command::Submit, second(220)).unwrap();
    session
}

#[test]
fn each_look_up_is_told_with_its_time_and_whether_it_led_to_the_sheet() {
    let session = looked_up();
    let found = look_ups(&session).unwrap();
    let told: Vec<(u64, Found)> = found.each.iter().map(|look_up| (look_up.time.as_secs(), look_up.found)).collect();
    assert_eq!(told, [(60, Found::Reached), (120, Found::Missed), (5, Found::Missed)]);
    let fourth = session.form().question(session.form().slot(1, 4).unwrap()).unwrap().item.id.clone();
    assert_eq!(found.not_looked_up, [fourth], "of those that were seen");

    let LookUpsView { summary, rows } = LookUpsView::new(&session).unwrap();
    assert_eq!(summary[0], "3 look-ups took 3 minutes 5 seconds; 2 did not reach the sheet.");
    assert_eq!(summary[1], "Not right and not looked up, though the answer stands on the shelf: 4.");
    let opened: Vec<usize> = rows.iter().map(|row: &LookUpRow| row.opened.split(", ").count()).collect();
    assert!(opened[0] >= 2 && rows[2].opened.as_str() == "no sheet", "{rows:?}");
    assert_eq!((rows[0].question.as_str(), rows[0].time.as_str()), ("1", "1 minute"));
    assert_eq!(rows[0].found.as_str(), "reached the sheet");
    assert!(rows[1].found.starts_with("did not reach the sheet: "), "it says where the answer stands: {rows:?}");
}

#[test]
fn the_words_the_file_and_the_json_tell_the_same_look_ups() {
    let session = looked_up();
    let marks = score(&session);
    let words = report_page(&ReportView::new(&session, &marks), Layout::Sentences).replace('\n', " ");
    assert!(words.contains("Look-ups: 3 look-ups took 3 minutes 5 seconds; 2 did not reach the sheet."), "{words}");
    for row in LookUpsView::new(&session).unwrap().rows {
        assert!(words.contains(&row.sentence()), "{words}");
    }
    let json = serde_json::to_value(look_ups(&session)).unwrap();
    assert_eq!(json["each"][0]["found"], "reached");
    assert_eq!(json["each"][1]["seconds"], 120.0);
}

#[test]
fn nothing_is_said_where_nothing_could_be_looked_up_nor_claimed_where_no_sheet_was_recorded() {
    let mut closed = in_open_part();
    let journal: Vec<_> = closed.journal().iter().take(2).cloned().collect();
    closed = Session::replay(closed.form().clone(), closed.rules(), journal);
    assert!(look_ups(&closed).is_none(), "only the closed part was seen");

    let without = looked_up();
    let journal = without.journal().iter().filter(|entry| !matches!(entry.event, Event::SheetShown { .. })).cloned();
    let of_before = Session::replay(without.form().clone(), without.rules(), journal);
    assert!(look_ups(&of_before).unwrap().each.iter().all(|look_up| look_up.found == Found::NotRecorded));
    let LookUpsView { summary, rows } = LookUpsView::new(&of_before).unwrap();
    assert_eq!(summary[0], "3 look-ups took 3 minutes 5 seconds.");
    assert!(rows[0].sentence().contains("what was not recorded"), "{rows:?}");
    assert!(of_before.look_ups().iter().all(|look_up| look_up.slot != Some(Slot(0))));
}
