//! Which banks are read, and what reading a very large one takes.

use crate::support::{examroom, run};

#[cfg(target_os = "linux")]
#[path = "../bench/large.rs"]
mod made;

#[test]
fn only_the_exam_that_is_asked_for_is_read() {
    let banks = tempfile::tempdir().unwrap();
    let other = banks.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("exam.toml"), "this = is not [[ TOML").unwrap();
    std::fs::write(other.join("bank.toml"), b"\xff\xfe neither is this text").unwrap();
    let sit = |banks: Option<&std::path::Path>, exam: &str| {
        let data = tempfile::tempdir().unwrap();
        let mut command = examroom(data.path());
        command.args(["take", exam, "--seed", "5"]);
        if let Some(banks) = banks {
            command.arg("--banks").arg(banks);
        }
        let said = run(command, "begin\na\nleave\n");
        (said.out.replace(data.path().to_str().unwrap(), "DATA"), said.err, said.code)
    };
    let (alone, beside) = (sit(None, "rhit"), sit(Some(banks.path()), "rhit"));
    assert!(alone.0.contains("Chosen: A. Saved."), "{}{}", alone.0, alone.1);
    assert_eq!(alone, beside);
    assert_eq!(sit(Some(banks.path()), "other").2, Some(3), "it is found, and it is broken");
}

#[cfg(target_os = "linux")]
mod large {
    use std::process::Child;
    use std::time::Duration;

    use super::{examroom, made};

    /// What a check may take beyond the text itself.
    const LIMIT: u64 = 200_000_000;

    /// Takes about twenty seconds in a release build, and minutes without optimisation:
    /// `cargo test --release --test it -- --ignored --nocapture large`
    #[test]
    #[ignore = "writes a bank of 150 MB; for a release build"]
    #[expect(clippy::print_stderr, reason = "the figures are what it is run for")]
    fn a_hundred_thousand_questions_are_checked_in_200_mb_beyond_their_text() {
        let folder = tempfile::tempdir().unwrap();
        let text = made::write(folder.path(), 100_000).unwrap();
        let data = tempfile::tempdir().unwrap();
        let mut command = examroom(data.path());
        command.args(["bank", "check"]).arg(folder.path().join(made::EXAM));
        let mut child = command.spawn().unwrap();
        let peak = peak(&mut child);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains("no findings") && said.contains("100000 questions"), "{said}");
        eprintln!("{} MB of text, {} MB at most in memory", text / 1_000_000, peak / 1_000_000);
        assert!(peak < text + LIMIT, "{peak} bytes for {text} bytes of text");
    }

    /// The most memory that a process has had, asked until it ends.
    fn peak(child: &mut Child) -> u64 {
        let path = format!("/proc/{}/status", child.id());
        let mut peak = 0;
        while child.try_wait().unwrap().is_none() {
            let status = std::fs::read_to_string(&path).unwrap_or_default();
            let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix("kB"));
            peak = peak.max(high.and_then(|kilobytes| kilobytes.trim().parse().ok()).unwrap_or(0) * 1024);
            std::thread::sleep(Duration::from_millis(20));
        }
        peak
    }
}
