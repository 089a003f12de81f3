//! `bank new`: the folder from which an instructor starts, with everything explained where it is written.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// What a new exam is to be like.
#[derive(Clone, Debug)]
pub struct Template {
    /// The exam's id, which names its folder too.
    pub id: String,
    /// Domain ids, in order.
    pub domains: Vec<String>,
}

/// Writes the folder `parent/ID` and returns the files in it.
///
/// # Errors
/// When the folder exists already or cannot be written.
pub fn write_template(parent: &Path, template: &Template) -> io::Result<Vec<PathBuf>> {
    let folder = parent.join(&template.id);
    std::fs::create_dir_all(parent)?;
    std::fs::create_dir(&folder)?;
    let mut written = vec![folder.join(super::BLUEPRINT)];
    std::fs::write(&written[0], blueprint(template))?;
    for (index, domain) in template.domains.iter().enumerate() {
        let path = folder.join(format!("{}-{domain}.toml", index + 1));
        std::fs::write(&path, bank(&template.id, domain, index))?;
        written.push(path);
    }
    Ok(written)
}

fn blueprint(template: &Template) -> String {
    let mut text = include_str!("template/exam.toml")
        .replace("EXAM", &template.id)
        .replace("QUESTIONS", &(template.domains.len() * 2).to_string())
        .replace("MINUTES", &(template.domains.len() * 3).to_string());
    for domain in &template.domains {
        let name = title(domain);
        let _ = write!(
            text,
            "\n[[domain]]\nid = \"{domain}\"\nname = \"{name}\"\ncounts.main = {{ scored = 2, unscored = 0 }}\n\
             [domain.topics]\nbasics = \"Basics\"\n"
        );
    }
    text
}

/// The first domain's file explains every line; the others have other questions, so that no two are alike.
fn bank(exam: &str, domain: &str, index: usize) -> String {
    let first = include_str!("template/bank.toml");
    let more: Vec<&str> = include_str!("template/more.toml").split("# next\n").collect();
    let text = match index {
        0 => first.to_owned(),
        index => format!("exam = \"EXAM\"\ndomain = \"DOMAIN\"\n\n{}", more[(index - 1) % more.len()]),
    };
    text.replace("EXAM", exam).replace("DOMAIN", domain)
}

fn title(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
