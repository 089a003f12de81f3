//! What to do about a failure, in the words of the page: its links.

use examroom_app::view::help::{FolderHelp, Help};
use examroom_app::view::sentence;

/// A page that helps: its address, and what its link says.
pub(super) struct HelpLink {
    pub to: String,
    pub text: &'static str,
}

/// What is said of a help, as a sentence; nothing of what a link says, and of what only the terminal offers.
pub(crate) fn words(help: &Help) -> Option<String> {
    Some(match help {
        Help::Words(words) => sentence(words),
        Help::Folder(folder) => sentence(other_folder(*folder)),
        Help::Banks => "See that you may read that folder, or start examroom with another one.".to_owned(),
        Help::TryAgain => "Try again.".to_owned(),
        Help::FixBank { .. } => "Tell the author of its questions, and sit another exam meanwhile.".to_owned(),
        Help::BankHas { .. } => "A short rehearsal takes fewer questions.".to_owned(),
        Help::NewCode(_) => "Ask whoever gave you the code for one that is made of the bank as it is now.".to_owned(),
        Help::Terminal(_) | Help::Attempts | Help::Report(_) | Help::TakeOver(_) => return None,
    })
}

/// The page that helps, if one does.
pub(super) fn link(help: &Help) -> Option<HelpLink> {
    let (to, text) = match help {
        Help::Attempts => ("/history".to_owned(), "Your attempts"),
        Help::Report(id) => (format!("/report/{id}"), "Its report"),
        Help::BankHas { exam, .. } => (format!("/exams/{exam}"), "What is on this exam"),
        _ => return None,
    };
    Some(HelpLink { to, text })
}

const fn other_folder(help: FolderHelp) -> &'static str {
    match help {
        FolderHelp::Write => "see that you may write that folder, or start examroom with another one",
        FolderHelp::Read => "see that you may enter and read that folder, or start examroom with another one",
        FolderHelp::Name => "nothing was changed; start examroom with another folder for your attempts",
        FolderHelp::KeepElsewhere => "or start examroom with another folder for new attempts",
        FolderHelp::Copy => "or copy it into a folder of your own, and start examroom with that",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use examroom_core::journal::AttemptId;

    #[test]
    fn the_page_names_what_it_offers_and_no_command() {
        let exam = || "rhit".to_owned();
        let every = [
            Help::Words("free some space".to_owned()),
            Help::Terminal("choose a seed: --seed 1".to_owned()),
            Help::Attempts,
            Help::Report(AttemptId(3)),
            Help::TakeOver(AttemptId(3)),
            Help::Folder(FolderHelp::Write),
            Help::Folder(FolderHelp::Read),
            Help::Folder(FolderHelp::Name),
            Help::Folder(FolderHelp::KeepElsewhere),
            Help::Folder(FolderHelp::Copy),
            Help::Banks,
            Help::TryAgain,
            Help::FixBank { exam: exam(), arguments: " --as-of 2026-01-01".to_owned() },
            Help::BankHas { exam: exam(), arguments: String::new() },
            Help::NewCode("rhit".into()),
        ];
        for help in &every {
            let told = words(help).unwrap_or_default();
            assert!(!told.contains(": ") && !told.contains("--"), "{told}");
            assert!(told.is_empty() || told.ends_with('.'), "{told}");
        }
        let addresses: Vec<String> = every.iter().filter_map(link).map(|link| link.to).collect();
        assert_eq!(addresses, ["/history", "/report/3", "/exams/rhit"]);
    }
}
