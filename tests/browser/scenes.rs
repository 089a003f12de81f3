//! What is done in the browser.

use std::path::Path;
use std::time::{Duration, Instant};

use examroom_core::journal::AttemptId;
use examroom_core::session::Event;
use examroom_store::Store;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::driver::{Driver, PATIENCE, Window};
use crate::everybody::{look, look_on_a_telephone};
use crate::hasty::hasty_exam;
use crate::program::{Program, said};

/// A test, which gets the browser's driver.
pub type Scene = fn(&Driver);

/// The tests by their names.
pub const ALL: &[(&str, Scene)] = &[
    ("a_rehearsal_by_keys_alone_with_every_screen_open_to_everybody", a_rehearsal_by_keys_alone),
    ("an_exam_with_a_break_and_a_shelf_by_clicks_on_a_telephone", on_a_telephone),
    ("a_page_outlives_its_program_and_nothing_is_lost_or_done_twice", a_page_outlives_its_program),
    ("practice_is_open_to_everybody", practice),
    ("the_pages_outside_the_exam_room_are_open_to_everybody", outside_the_room),
    ("words_of_a_question_are_selected_and_highlighted", highlights),
    ("a_click_that_meets_the_answer_of_the_program_is_not_lost", a_click_while_saving),
    ("what_another_window_left_behind_changes_nothing_and_is_told", two_windows),
    ("time_runs_out_with_the_page_closed", time_runs_out),
    ("a_whole_mock_as_fast_as_keys_are_typed", a_whole_mock),
];

/// Those that take longer than all of the others.
pub const LONG: &[(&str, Scene)] = &[
    ("a_whole_mock_by_clicks", a_whole_mock_by_clicks),
    ("a_whole_mock_with_a_break_and_the_shelf_and_the_program_killed_in_the_middle", a_whole_mock_with_a_break),
];

/// The exam whose questions all want one choice: what is picked answers a question, whatever form is drawn.
const ONE_CHOICE: (&str, [&str; 2]) = ("stable", ["--banks", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")]);

const ESCAPE: char = '\u{e00c}';
const ENTER: char = '\u{e007}';
const DOWN: char = '\u{e015}';

fn is_saved(window: &Window) {
    window.wait("document.querySelector('#saved').textContent === 'saved'");
}

fn at(window: &Window, number: usize, of: usize) {
    window.wait(&format!("document.querySelector('.bar-place')?.textContent === 'Question {number} of {of}'"));
}

fn begin(window: &Window, program: &Program, exam: &str, items: Option<u32>) {
    window.go(&program.address);
    let form = format!("document.querySelector('form input[value={exam}]').form");
    match items {
        Some(items) => window.run(&format!(
            "const form = [...document.querySelectorAll('form')].find((form) => form.elements.items &&
               form.elements.exam.value === '{exam}');
             form.elements.items.value = {items}; form.submit()"
        )),
        None => window.run(&format!("{form}.submit()")),
    };
    window.wait_for("No clock is running yet.");
}

/// A rehearsal of five questions of [`ONE_CHOICE`], open at the first.
fn at_the_first_question(driver: &Driver, data: &Path) -> (Program, Window) {
    let (exam, banks) = ONE_CHOICE;
    let program = Program::open(data, &banks);
    let window = driver.window();
    begin(&window, &program, exam, Some(5));
    window.keys("s");
    at(&window, 1, 5);
    (program, window)
}

/// The letters that are picked on the page.
fn picked(window: &Window) -> Value {
    window
        .run("return [...document.querySelectorAll('input[name=choice]:checked')].map((input) => input.value).join('')")
}

fn a_rehearsal_by_keys_alone(driver: &Driver) {
    let data = tempdir().unwrap();
    let (exam, banks) = ONE_CHOICE;
    let program = Program::open(data.path(), &banks);
    let window = driver.window();
    window.go(&program.address);
    look(&window);
    begin(&window, &program, exam, Some(6));
    assert!(!window.run("return location.href").as_str().unwrap().contains("token"), "the token has left the address");
    look(&window);
    window.keys("n");
    window.wait_for("Tutorial 1 of 3");
    look(&window);
    window.keys("n");
    window.wait_for("Tutorial 2 of 3");
    window.keys("n");
    window.wait_for("Tutorial 3 of 3");
    look(&window);
    window.keys("s");
    at(&window, 1, 6);
    look(&window);
    window.keys("b");
    is_saved(&window);
    assert_eq!(picked(&window), json!("B"));
    window.keys("xc");
    window.wait("document.querySelector('#strike-C').getAttribute('aria-pressed') === 'true'");
    window.keys("m");
    window.wait("document.querySelector('.flag').getAttribute('aria-pressed') === 'true'");
    window.keys("wask again");
    window.keys(&ENTER.to_string());
    window.wait("document.querySelector('#note').value === 'ask again' && document.querySelector('#saved').textContent === 'saved'");
    look(&window);
    window.run("document.activeElement.blur()");
    window.keys("=");
    window.wait("document.activeElement.id === 'sum'");
    window.keys(&format!("12/480*100{ENTER}"));
    window.wait_for("12/480*100 = 2.5");
    look(&window);
    window.keys(&ESCAPE.to_string());
    window.wait("!document.querySelector('#calculator')");
    window.keys("?");
    window.wait_for("Keys: On a question");
    look(&window);
    window.keys(&ESCAPE.to_string());
    at(&window, 1, 6);
    // Arrows point, and only Space or Enter picks.
    window.keys("n");
    at(&window, 2, 6);
    window.keys(&format!("{DOWN}{DOWN}"));
    assert_eq!(picked(&window), json!(""));
    window.keys(" ");
    is_saved(&window);
    assert_eq!(picked(&window), json!("B"));
    window.keys("r");
    window.wait_for("2 of 6 answered, 1 flagged");
    look(&window);
    window.keys("e");
    window.wait_for("End the exam?");
    look(&window);
    assert_eq!(window.run("return document.activeElement.id"), json!("back"), "Enter ends nothing");
    window.keys("n");
    window.wait_for("2 of 6 answered");
    window.keys("ey");
    window.wait_for("Submitted early");
    look(&window);
    window.click(".actions a:last-child");
    window.wait_for("Your note: ask again");
    look(&window);
    drop(program.interrupt());
}

fn on_a_telephone(driver: &Driver) {
    let data = tempdir().unwrap();
    let program = Program::open(data.path(), &[]);
    let window = driver.window();
    window.resize(390, 844);
    begin(&window, &program, "ctr", Some(10));
    look_on_a_telephone(&window);
    window.click("button[value=begin]");
    window.wait("document.querySelector('#clock')");
    window.click(".choice:nth-of-type(2) label");
    is_saved(&window);
    look_on_a_telephone(&window);
    for width in [320, 390] {
        window.resize(width, 844);
        assert!(window.fits(), "{width}");
    }
    let small = window.run(
        "return [...document.querySelectorAll('button:not([tabindex=\"-1\"]), a.button, label.choice-row, summary')].filter((element) => {
           const box = element.getBoundingClientRect();
           return box.width > 2 && box.height > 0 && box.height < 43.5 }).map((element) => element.outerHTML)",
    );
    assert_eq!(small, json!([]), "too small to be touched");
    window.click("button[value=review]");
    window.wait_for("Review: ");
    look_on_a_telephone(&window);
    window.click("button[value=end-section]");
    window.wait_for("You cannot come back to this section");
    look_on_a_telephone(&window);
    window.click(".button-danger");
    window.wait_for("Time for a break");
    look_on_a_telephone(&window);
    window.click("button[value=take-break]");
    window.wait("!document.querySelector('button[value=take-break]')");
    window.click("button[value=end-break]");
    window.wait_for("Continue now?");
    window.click(".button-danger");
    window.wait("document.querySelector('.tools a[href*=shelf]')");
    window.click(".tools a[href*=shelf]");
    window.wait("document.querySelector('#shelf details[open] a')");
    look_on_a_telephone(&window);
    window.turn("#shelf details a");
    assert!(window.run("return Boolean(document.querySelector('#shelf article'))") == json!(true));
    look_on_a_telephone(&window);
    window.run("document.querySelector('#find').value = 'breast laterality'");
    window.turn("#shelf form button");
    look_on_a_telephone(&window);
    window.turn(".hits a");
    assert!(window.run("return Boolean(document.querySelector('#shelf article h4'))") == json!(true));
    window.click(".choice label");
    is_saved(&window);
    assert!(window.run("return Boolean(document.querySelector('#shelf'))") == json!(true), "the shelf stays open");
    window.click("button[value=leave]");
    window.wait_for("Leave the exam room?");
    window.click(".button-danger");
    window.wait_for("You left the exam.");
    look_on_a_telephone(&window);
    window.click(".list .button-primary");
    window.wait_for("You were away for");
}

fn a_page_outlives_its_program(driver: &Driver) {
    let data = tempdir().unwrap();
    let (program, window) = at_the_first_question(driver, data.path());
    window.keys("a");
    is_saved(&window);
    let address = program.address.clone();
    program.kill();
    window.keys("c");
    window.wait_for("examroom does not answer.");
    assert_eq!(window.run("return document.querySelector('#saved').textContent"), json!("NOT SAVED"));
    assert_eq!(picked(&window), json!("C"), "what was picked stays");
    let program = Program::open(data.path(), &ONE_CHOICE.1);
    assert_eq!(program.address, address, "the same port and the same secrets");
    is_saved(&window);
    assert_eq!(picked(&window), json!("C"));
    at(&window, 1, 5);
    window.keys("n");
    at(&window, 2, 5);
    window.run("location.reload()");
    at(&window, 2, 5);
    let said = program.interrupt();
    assert!(said.contains("Your answers are saved and the clock is paused."), "{said}");
    assert_eq!(answers(data.path()), 2, "each answer once");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let page = std::fs::metadata(data.path().join("page.json")).unwrap();
        assert_eq!(page.permissions().mode() & 0o777, 0o600, "only for the owner");
    }
}

/// How many answers the store has.
fn answers(data: &Path) -> usize {
    let store = Store::open_to_read(data).unwrap().unwrap();
    let attempt = store.load(AttemptId(1)).unwrap();
    attempt.session.journal().iter().filter(|entry| matches!(entry.event, Event::Selected { .. })).count()
}

/// Waits for what happens without the page.
fn wait_until(is_so: impl Fn() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "it never happens");
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn outside_the_room(driver: &Driver) {
    let data = tempdir().unwrap();
    let (exam, banks) = ONE_CHOICE;
    let program = Program::open(data.path(), &banks);
    let window = driver.window();
    // Nothing was sat yet.
    window.go(&program.address);
    look(&window);
    let open = |path: &str| {
        window.run(&format!("location.assign({})", json!(path)));
        window.wait(&format!("location.pathname + location.search === {}", json!(path)));
    };
    // Two that are submitted have a history with its plots, and one is open.
    for submitted in [true, true, false] {
        begin(&window, &program, exam, Some(5));
        window.keys("s");
        at(&window, 1, 5);
        if submitted {
            window.keys("b!no choice is right");
            window.keys(&ENTER.to_string());
            is_saved(&window);
            window.run("document.activeElement.blur()");
            window.keys("rey");
            window.wait_for("Submitted early");
        } else {
            window.keys("q");
            window.wait_for("Leave the exam room?");
            look(&window);
            window.keys("y");
            window.wait_for("You left the exam.");
        }
    }
    look(&window);
    for path in ["/exams/stable", "/exams/ctr", "/history", "/problems", "/report/1", "/report/1?only=all", "/nowhere"]
    {
        open(path);
        look(&window);
    }
    drop(program.interrupt());
}

/// No question of this exam belongs to a case, whose questions would all be drawn with it.
fn practice(driver: &Driver) {
    let (data, banks) = (tempdir().unwrap(), tempdir().unwrap());
    hasty_exam(banks.path());
    let program = Program::open(data.path(), &["--banks", banks.path().to_str().unwrap()]);
    let window = driver.window();
    window.go(&program.address);
    window.click("a[href='/practice/hasty']");
    window.wait_for("Which questions");
    look(&window);
    window.run("document.querySelector('input[name=count]').value = 2");
    window.click("form[action='/practice'] button");
    // Its cost was told with the choices: it begins at once.
    at(&window, 1, 2);
    look(&window);
    window.keys("b");
    is_saved(&window);
    window.keys(&ENTER.to_string());
    window.wait("document.querySelector('.verdict')");
    window
        .run("getSelection().setBaseAndExtent(document.querySelector('.stem'), 0, document.querySelector('.stem'), 1)");
    window.keys("*");
    window.wait("document.querySelector('.stem mark')");
    is_saved(&window);
    look(&window);
    window.keys("!no choice is right");
    window.keys(&ENTER.to_string());
    is_saved(&window);
    window.keys(&ESCAPE.to_string());
    window.keys("nz");
    window.wait("document.querySelector('.verdict')");
    window.keys("n");
    window.wait("location.pathname.startsWith('/report/')");
    look(&window);
    window.go(&format!("{}practice/hasty", program.address.split('?').next().unwrap()));
    window.click("a[href='/practice/hasty/reset']");
    window.wait_for("Mock exams, and what you have seen, stay.");
    look(&window);
    window.click("form[action='/practice/hasty/reset'] button");
    window.wait_for("Practice of hasty starts over");
    drop(program.interrupt());
}

fn highlights(driver: &Driver) {
    let data = tempdir().unwrap();
    let (program, window) = at_the_first_question(driver, data.path());
    let stem = window.run("return document.querySelector('#stem').textContent");
    let select = |from: &str, to: &str| window.run(&format!("getSelection().setBaseAndExtent({from}, {to})"));
    let (stem_start, stem_end) = ("document.querySelector('#stem'), 0", "document.querySelector('#wanted'), 1");
    let marks = |wanted: &Value| {
        is_saved(&window);
        window.wait(&format!(
            "JSON.stringify([...document.querySelectorAll('#stem mark')].map((mark) => mark.textContent)) === \
             JSON.stringify({wanted})"
        ));
    };
    // A space that is selected with a word is not meant, and what is beside the stem cannot be highlighted.
    select("document.querySelector('#stem').firstChild, 0", "document.querySelector('#stem').firstChild, 9");
    window.keys("*");
    marks(&json!(["Question"]));
    look(&window);
    window.run("location.reload()");
    at(&window, 1, 5);
    marks(&json!(["Question"]));
    select(stem_start, stem_end);
    window.click("[data-highlights]");
    marks(&json!([stem]));
    select(stem_start, stem_end);
    window.click("[data-highlights]");
    marks(&json!([]));
    // Without a selection the words are typed.
    window.run("getSelection().removeAllRanges(); document.activeElement.blur()");
    window.keys("*");
    window.wait("document.activeElement.id === 'words'");
    window.keys(&format!("question{ENTER}"));
    marks(&json!(["Question"]));
    look(&window);
    window.keys(&format!("elsewhere{ENTER}"));
    window.wait_for("The question has no such words; type them as they stand in it.");
    window.click("button[value=clear-highlights]");
    marks(&json!([]));
    assert_eq!(window.run("return document.querySelector('#stem').textContent"), stem, "it reads as before");
    drop(program.interrupt());
}

fn a_click_while_saving(driver: &Driver) {
    let data = tempdir().unwrap();
    let (program, window) = at_the_first_question(driver, data.path());
    // Each answer of the program comes while the button is down.
    window.run(
        "const fetch = window.fetch;
         window.fetch = (...request) => new Promise((done) => setTimeout(done, 300)).then(() => fetch(...request))",
    );
    window.keys("b");
    window.hold("button[value=next]", Duration::from_millis(800));
    at(&window, 2, 5);
    window.keys("bn");
    at(&window, 3, 5);
    drop(program.interrupt());
    assert_eq!(answers(data.path()), 2);
}

fn two_windows(driver: &Driver) {
    let data = tempdir().unwrap();
    let (program, window) = at_the_first_question(driver, data.path());
    let other = driver.window();
    // Without its pulse the first window goes on showing the old question, and what is picked there changes nothing.
    window.run(
        "const fetch = window.fetch;
         window.fetch = (to, options) => to === '/exam/pulse' ? new Promise(() => {}) : fetch(to, options)",
    );
    other.go(&program.address);
    at(&other, 1, 5);
    other.keys("bn");
    at(&other, 2, 5);
    window.keys("c");
    window.wait_for("The exam went on in another window.");
    at(&window, 2, 5);
    // With it a window follows by itself.
    window.keys("n");
    at(&window, 3, 5);
    at(&other, 3, 5);
    drop(program.interrupt());
    assert_eq!(answers(data.path()), 1);
}

fn time_runs_out(driver: &Driver) {
    let (data, banks) = (tempdir().unwrap(), tempdir().unwrap());
    hasty_exam(banks.path());
    let program = Program::open(data.path(), &["--banks", banks.path().to_str().unwrap()]);
    let window = driver.window();
    begin(&window, &program, "hasty", Some(5));
    window.keys("s");
    window.wait("!document.body.innerText.includes('No clock is running yet.')");
    window.go("about:blank");
    wait_until(|| said(data.path(), &["history"]).contains("of 5"));
    window.go(&program.address);
    window.wait_for("Last attempts");
    drop(program.interrupt());
}

fn a_whole_mock(driver: &Driver) {
    let data = tempdir().unwrap();
    let program = Program::open(data.path(), &[]);
    let window = driver.window();
    window.go(&program.address);
    window.wait_for("This is an older outline; the one in force is: Oncology Data Specialist.");
    begin(&window, &program, "rhit", None);
    window.keys("s");
    at(&window, 1, 150);
    by_keys(&window, 150);
    window.keys("ey");
    window.wait_for("by this estimate");
    let said = said(data.path(), &["history"]);
    assert!(said.contains("of 130"), "{said}");
}

fn a_whole_mock_by_clicks(driver: &Driver) {
    let data = tempdir().unwrap();
    let program = Program::open(data.path(), &[]);
    let window = driver.window();
    begin(&window, &program, "rhit", None);
    window.click("button[value=begin]");
    for number in 1..=150 {
        at(&window, number, 150);
        answer_by_clicks(&window);
    }
    window.wait_for("150 of 150 answered");
    end_by_clicks(&window, "by this estimate");
    assert_eq!(unanswered(data.path()), 0);
}

fn a_whole_mock_with_a_break(driver: &Driver) {
    let data = tempdir().unwrap();
    let program = Program::open(data.path(), &[]);
    let window = driver.window();
    begin(&window, &program, "ctr", None);
    window.keys("s");
    let closed = questions(&window);
    by_keys(&window, 90);
    at(&window, 91, closed);
    // In the middle the program is killed, and the page opened again.
    program.kill();
    let program = Program::open(data.path(), &[]);
    window.go(&program.address);
    at(&window, 91, closed);
    by_keys(&window, closed - 90);
    window.wait_for(&format!("{closed} of {closed} answered"));
    window.keys("ey");
    window.wait_for("Time for a break");
    window.keys("b");
    window.run("location.reload()");
    window.wait("document.querySelector('button[value=end-break]')");
    window.keys("ny");
    let open = questions(&window);
    assert_eq!(closed + open, 235);
    window.click(".tools a[href*=shelf]");
    window.wait("document.querySelector('#shelf details[open] a')");
    for number in 1..=open {
        at(&window, number, open);
        answer_by_clicks(&window);
    }
    window.wait_for(&format!("{open} of {open} answered"));
    end_by_clicks(&window, "by this estimate");
    assert_eq!(unanswered(data.path()), 0);
    drop(program.interrupt());
}

/// How many questions the section has, at its first one.
fn questions(window: &Window) -> usize {
    window.wait("document.querySelector('.bar-place')?.textContent.startsWith('Question 1 of ')");
    let of = window.run("return Number(document.querySelector('.bar-place').textContent.split(' of ')[1])");
    usize::try_from(of.as_u64().unwrap()).unwrap()
}

/// Answers so many questions with keys, as fast as they are typed. Where two choices are wanted the second letter is the
/// second one; elsewhere the answer is changed.
fn by_keys(window: &Window, questions: usize) {
    for done in (0..questions).step_by(15) {
        window.keys(&"abn".repeat(15.min(questions - done)));
    }
}

/// Answers the question on the screen with the mouse, and goes on.
fn answer_by_clicks(window: &Window) {
    window.click(".choice:nth-of-type(1) label");
    is_saved(window);
    if window.run("return document.querySelector('input[name=choice]').type") == json!("checkbox") {
        window.click(".choice:nth-of-type(2) label");
        is_saved(window);
    }
    window.click("button[value=next]");
}

/// Ends the last section with the mouse: what the report says.
fn end_by_clicks(window: &Window, report: &str) {
    window.click("button[value=end-section]");
    window.wait_for("End the exam?");
    window.click(".button-danger");
    window.wait_for(report);
}

/// How many questions the store has no answer of.
fn unanswered(data: &Path) -> usize {
    let store = Store::open_to_read(data).unwrap().unwrap();
    let session = store.load(AttemptId(1)).unwrap().session;
    session.form().questions().filter(|(slot, _)| session.item_state(*slot).selected().is_empty()).count()
}
