//! Each job against its yardstick. On a busy machine a ratio moves; so what fails is not the limit, but twice the limit.

use std::process::ExitCode;

use examroom_core::text::SafeText;
use examroom_terminal::pages::{Layout, Rows};

use crate::limits::LIMITS;
use crate::measure::{Measured, in_turn};

/// So many times its limit makes a ratio fail.
const SLACK: f64 = 2.0;

pub fn run(named: &str) -> ExitCode {
    let header = ["What", "Median", "1 in 100", "Measured against", "Median", "Ratio", "Limit"];
    let mut rows = Rows::new(Layout::Table, header);
    let mut beyond = Vec::new();
    for limit in LIMITS.iter().filter(|limit| limit.what.contains(named)) {
        let Measured { ratio, job, yardstick } = in_turn(&mut (limit.pair)());
        let cells = [
            limit.what.to_owned(),
            format!("{:.2?}", job.median),
            format!("{:.2?}", job.slow),
            limit.against.to_owned(),
            format!("{:.2?}", yardstick.median),
            format!("{ratio:.2}"),
            limit.at_most.to_string(),
        ];
        rows.add(cells, |cells| cells.each_ref().map(SafeText::as_str).join("; "));
        if ratio > SLACK * limit.at_most {
            let (what, against, at_most) = (limit.what, limit.against, limit.at_most);
            let fault = format!("{what}: {ratio:.1} times {against}, and the limit is {at_most}.\n  {}", limit.why);
            beyond.push(fault);
        }
    }
    println!("{rows}");
    if beyond.is_empty() {
        println!("No ratio is beyond {SLACK} times its limit.");
        return ExitCode::SUCCESS;
    }
    println!("Beyond {SLACK} times the limit:\n{}", beyond.join("\n"));
    ExitCode::FAILURE
}
