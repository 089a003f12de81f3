//! What a finding's code means.

use super::wrap::wrap;
use examroom_core::diagnostics::{Code, Severity};

/// The page of a code, whose paragraphs are wrapped to `width` columns. Lines that show what to write in a file stay whole.
#[must_use]
pub fn code_page(code: Code, width: usize) -> String {
    let severity = match code.severity() {
        Severity::Error => "error: no sitting starts with it",
        Severity::Warning => "warning: advice",
    };
    let title = wrap(&format!("{code}: {}", code.title()), width).join("\n");
    format!("{title}\n({severity})\n\n{}", filled(code.explanation(), width))
}

fn filled(text: &str, width: usize) -> String {
    let lines = text
        .split('\n')
        .flat_map(|line| if line.starts_with("    ") { vec![line.to_owned()] } else { wrap(line, width) });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::columns;

    #[test]
    fn paragraphs_are_wrapped_and_examples_are_not() {
        let text = "Two words of\u{20}text.\n\n    key = \"b\" # stays on its line\n\nThe end.";
        assert_eq!(filled(text, 9), "Two words\nof text.\n\n    key = \"b\" # stays on its line\n\nThe end.");
    }

    #[test]
    fn no_page_is_wider_than_its_reader_has_room_for() {
        for code in Code::ALL {
            for width in [40, 80, 90] {
                let page = code_page(*code, width);
                assert!(page.lines().all(|line| line.starts_with("    ") || columns(line) <= width), "{page}");
            }
        }
    }
}
