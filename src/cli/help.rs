//! What to do about a failure, in the words of the terminal: its commands.

use examroom_app::view::help::{FolderHelp, Help};

/// A help as a clause without its full stop.
pub fn in_terminal(help: &Help) -> String {
    match help {
        Help::Words(words) | Help::Terminal(words) => words.clone(),
        Help::Attempts => "see your attempts: examroom history".to_owned(),
        Help::Report(id) => format!("see its score: examroom report {id}"),
        Help::TakeOver(id) => format!("or take it over, which ends it there: examroom resume {id} --take-over"),
        Help::Folder(folder) => format!("{}: examroom --data-dir DIR …", other_folder(*folder)),
        Help::Banks => "see that you may read that folder, or name another with --banks".to_owned(),
        Help::TryAgain => "try again; if that does not help, examroom data says where everything is".to_owned(),
        Help::FixBank { exam, arguments } => {
            format!("fix what is reported above, then: examroom bank check {exam}{arguments}")
        }
        Help::BankHas { exam, arguments } => format!("see what it has: examroom bank stats {exam}{arguments}"),
        Help::NewCode(exam) => format!("have a code made of this bank: examroom form new {exam}"),
    }
}

const fn other_folder(help: FolderHelp) -> &'static str {
    match help {
        FolderHelp::Write => "see that you may write that folder, or name another",
        FolderHelp::Read => "see that you may enter and read that folder, or name another",
        FolderHelp::Name => "nothing was changed; name another folder",
        FolderHelp::KeepElsewhere => "or keep new attempts elsewhere",
        FolderHelp::Copy => "or copy it into a folder of your own, and name that",
    }
}
