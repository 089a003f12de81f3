//! What can be typed at the prompt, and what it answers.

use crate::support::{Said, Talk, exam_with_a_break, examroom, run};

/// A rehearsal of three questions, begun and left, with these lines between.
fn said(lines: &str) -> Said {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "3", "--seed", "1"]);
    run(command, &format!("begin\n{lines}leave\n"))
}

#[test]
fn the_calculator_reads_numbers_as_they_are_written_here_and_refuses_what_could_be_another() {
    let said =
        said("calc 480 x 12 %\ncalc 1,250 * 2\ncalc 3,5*2\ncalc 0,7*100\ncalc 480 + 12 %\ncalc 1/0\ncalc 2 apples\n");
    for wanted in [
        "57.6\n",
        "2500\n",
        "A comma groups thousands, as in 1,250; write 3.5.\n",
        "write 0.7.\n",
        "Say of what the % is, for example 480 + 480 * 12 %.\n",
        "There is no result: a division by zero.\n",
        "apples is not recognized; use digits and + - * / ^ ( ) %.\n",
    ] {
        assert!(said.out.to_lowercase().contains(&wanted.to_lowercase()), "{wanted}\n{}", said.out);
    }
}

#[test]
fn a_line_has_a_length_and_what_is_behind_it_is_done() {
    let said =
        said(&format!("{}\ncalc {}1\nb\nnote {}\n", "x".repeat(10_000_000), "1+".repeat(100_000), "n".repeat(2000)));
    assert_eq!(said.out.matches("This line is longer than 4 KB. Nothing was done with it.").count(), 2, "{}", said.out);
    assert!(said.out.contains("Chosen: B. Saved.") && said.out.contains("Noted. Saved."), "{}", said.out);
    assert_eq!(said.code, Some(0));
}

#[test]
fn a_sum_of_hundreds_of_terms_is_no_burden() {
    let said = said(&format!("calc {}1\ncalc {}1\n", "1+".repeat(400), "1+".repeat(2000)));
    assert!(said.out.contains("401\n") && said.out.contains("longer than 1000 characters"), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn an_input_without_a_line_end_ends_the_sitting_in_order() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "3", "--seed", "1"]).stdin(std::fs::File::open("/dev/zero").unwrap());
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("longer than 4 KB") && out.contains("resume 1"), "{out}");
    assert_eq!(output.status.code(), Some(4));
}

#[cfg(unix)]
#[test]
fn a_signal_is_heard_while_a_pipe_never_stops() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "3", "--seed", "1"]);
    let mut talk = Talk::start(command);
    talk.type_line("begin");
    talk.wait_for("Question 1 of 3.");
    let pid = talk.child.id().to_string();
    for _ in 0..1000 {
        talk.type_line("time");
    }
    talk.wait_for("3 answered");
    assert!(std::process::Command::new("kill").args(["-s", "TERM", &pid]).status().unwrap().success());
    talk.wait_for("resume 1");
    assert_eq!(talk.child.wait().unwrap().code(), Some(4));
}

#[test]
fn the_start_page_names_the_pass_mark_and_the_report_the_same_number() {
    let data = tempfile::tempdir().unwrap();
    let mut command = examroom(data.path());
    command.args(["take", "rhit", "--items", "8", "--seed", "1"]);
    let said = run(command, "begin\nsubmit\nyes\n");
    let text = said.out.replace('\n', " ");
    let needed = |after: &str| {
        let text = text.split(after).nth(1).unwrap_or_else(|| panic!("{after}: {text}"));
        text.split_whitespace().next().unwrap().to_owned()
    };
    assert!(text.contains("Pass mark: 300 of 400. By this program's estimate, this form is passed with"), "{text}");
    assert_eq!(
        needed("this form is passed with "),
        needed(" of 8 scored questions right (0 %). This form is passed with "),
        "{text}"
    );
    assert!(text.contains("AHIMA has no part in this program"), "{text}");
}

/// The exam with a break, sat with these lines.
fn with_break(optional: bool, lines: &str) -> String {
    let (data, banks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    exam_with_a_break(banks.path(), optional);
    let mut command = examroom(data.path());
    command.args(["take", "parts", "--seed", "1", "--banks"]).arg(banks.path());
    run(command, lines).out
}

#[test]
fn a_break_that_must_be_taken_is_told_so_and_nothing_else_is_offered() {
    let out = with_break(false, "begin\nend\nyes\ncontinue\nbreak\nrepeat\ntime\nleave\n");
    for wanted in [
        "Time for a break: 5 minutes left of the break.\nExamination has ended, and its answers are submitted.\n",
        "\nThis break must be taken.\nPossible: break, time, help, leave.\n\
         This break must be taken; the next section starts when it is over.\nYou are taking the break. ",
        "Break: ",
        "\nPossible: time, help, leave.\n",
        " left of the break; the exam's clock is paused.\n",
    ] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    assert!(!out.contains("continue") && !out.contains("Second part, question"), "{out}");
}

#[test]
fn an_optional_break_may_be_taken_or_not_and_questions_name_their_part() {
    let out = with_break(true, "begin\nbreak\nend\nyes\nbreak\ncontinue\nend\nyes\n");
    for wanted in [
        "Examination, question 1 of 2.\n",
        "There is no break now.\n",
        "Possible: break, continue, time, help, leave.\nYou are taking the break. ",
        "Second part, question 1 of 2.\n",
        "Submitted early: neither a pass nor a fail",
    ] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
}

#[test]
fn letters_of_another_alphabet_are_told_and_wide_ones_are_read() {
    let said = said("и\nｂ\nＮｅｘｔ\n２\nnote ２４時間\ncalc ２＋２\n");
    let running = said.out.replace('\n', " ");
    assert!(running.contains("The keyboard is set to another alphabet: switch to Latin letters."), "{running}");
    assert_eq!(said.out.matches("Chosen: B. Saved.").count(), 2, "{}", said.out);
    assert!(said.out.contains("Question 2 of 3.") && said.out.contains("\n4\n"), "{}", said.out);
}

#[test]
fn a_whole_answer_takes_the_place_of_the_last_one_and_a_part_adds_to_it() {
    let (data, banks) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    exam_with_a_break(banks.path(), true);
    for domain in ["one", "two"] {
        let path = banks.path().join(format!("parts/{domain}.toml"));
        let bank = std::fs::read_to_string(&path).unwrap();
        let bank =
            bank.replace("key = \"a\"", "key = [\"a\", \"b\"]").replace("c = \"Neither\"", "c = \"C\", d = \"D\"");
        std::fs::write(path, bank).unwrap();
    }
    let mut command = examroom(data.path());
    command.args(["take", "parts", "--seed", "1", "--banks"]).arg(banks.path());
    let out = run(command, "begin\na d\nb c\na\nclear\nd\nb\na b c\nleave\n").out;
    let answers: Vec<&str> = out.lines().skip_while(|line| *line != "Choose 2.").skip(2).collect();
    assert_eq!(
        answers[..7],
        [
            "Chosen: A and D. Saved.",
            "Chosen: B and C. Saved.",
            "This question wants 2 choices, and you have picked as many; remove one first.",
            "Answer cleared. Saved.",
            "Chosen: D. 1 more to choose. Saved.",
            "Chosen: B and D. Saved.",
            "This question wants 2 choices.",
        ],
        "{out}"
    );
}
