//! `examroom bank show ID`: a question as a candidate sees it, with its reasons.

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::Found;
use examroom_app::live::today;
use examroom_app::view::preview::Preview;
use examroom_core::bank::Depth;
use examroom_core::id::ItemId;
use examroom_core::text::nearest;
use examroom_terminal::pages::preview_page;

pub(super) fn run(context: &Context, id: &str, exam: Option<&str>) -> Outcome {
    let wanted = ItemId::new(id);
    let exams = match exam {
        Some(exam) => vec![Found { name: exam.to_owned(), files: context.library.find(exam)? }],
        None => context.library.resolve(None)?,
    };
    let mut known: Vec<String> = Vec::new();
    for Found { name, files } in exams {
        let reading = files.read(Depth::Errors, today(), &mut |_, _| {});
        if let Some(item) = reading.bank.item(&wanted) {
            let preview = Preview::new(item, &reading.bank, reading.blueprint.as_deref());
            render::line(format!("{name}, {}", preview_page(&preview, context.presentation.layout)))?;
            return Ok(Exit::Success);
        }
        known.extend(reading.bank.items.iter().map(|item| item.id.to_string()));
    }
    let near = nearest(wanted.as_str(), known.iter().map(String::as_str));
    let help = near.map_or_else(
        || "see what is wrong with the bank: examroom bank check EXAM".to_owned(),
        |near| format!("did you mean {near}?"),
    );
    Err(Failure::new(format!("no question without errors has the id \"{id}\"")).help(help).with_exit(Exit::Usage))
}
