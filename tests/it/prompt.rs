//! What can be typed at the prompt, and what it answers.

use crate::support::{Said, examroom, run};

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
        "apples means nothing here; use digits and + - * / ^ ( ) %.\n",
    ] {
        assert!(said.out.to_lowercase().contains(&wanted.to_lowercase()), "{wanted}\n{}", said.out);
    }
}
