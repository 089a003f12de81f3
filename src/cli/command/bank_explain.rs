//! `examroom bank explain [CODE]`

use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render::{self, Stream};
use examroom_core::diagnostics::Code;
use examroom_core::text::nearest;
use examroom_terminal::pages::{WIDTH, code_page, terminal_width};

pub(super) fn run(code: Option<&str>) -> Outcome {
    let Some(name) = code else {
        for code in Code::ALL {
            render::line(format!("{code:24} {}", code.title()))?;
        }
        return Ok(Exit::Success);
    };
    let name = name.trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']', ':']);
    let Some(code) = Code::parse(name) else {
        let failure = Failure::new(format!("no finding has the code \"{name}\"")).with_exit(Exit::Usage);
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        return Err(match near {
            Some(near) => failure.help(format!("did you mean {near}? all of them: examroom bank explain")),
            None => failure.help("all of them: examroom bank explain"),
        });
    };
    let width = if Stream::Out.is_terminal() { terminal_width() } else { WIDTH };
    render::line(code_page(code, width))?;
    Ok(Exit::Success)
}
