//! `bank new`: the folder from which an instructor starts, with everything explained where it is written.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use examroom_core::bank::SCHEMA;

/// By this file an editor with a language server for TOML checks and completes a bank.
pub(crate) const SCHEMA_FILE: &str = "bank.schema.json";

/// What a new exam is to be like.
#[derive(Clone, Debug)]
pub struct Template {
    /// The exam's id, which names its folder too.
    pub id: String,
    /// Domain ids, in order.
    pub domains: Vec<String>,
}

/// A quiz that is passed with a share of its questions: nobody rates them, and all count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiz {
    /// How many questions a student sees.
    pub questions: u32,
    /// How many of a hundred must be right, 1 to 99.
    pub pass: u32,
    /// The time for all of them.
    pub minutes: u32,
}

/// Writes the folder `parent/ID` with the blueprint of a quiz and nothing else: its questions are still to come.
///
/// # Errors
/// When the folder exists already or cannot be written.
pub fn write_quiz(parent: &Path, template: &Template, quiz: Quiz) -> io::Result<PathBuf> {
    let folder = parent.join(&template.id);
    std::fs::create_dir_all(parent)?;
    std::fs::create_dir(&folder)?;
    let path = folder.join(super::BLUEPRINT);
    std::fs::write(&path, quiz_blueprint(template, quiz))?;
    Ok(path)
}

fn quiz_blueprint(template: &Template, quiz: Quiz) -> String {
    let Quiz { questions, pass, minutes } = quiz;
    let (id, name) = (&template.id, title(&template.id));
    let mut text = format!(
        "# A quiz: {questions} questions, of which {pass} % must be right.\nid = \"{id}\"\nname = \"{name}\"\nquestions = \
         {questions}\n# So the check does not ask how hard each question is.\nallow = {{ no-rating = \"every question counts \
         the same\" }}\n\n[scale]\nlowest = 0\npass = {pass}\nhighest = 100\n\n[cut]\nwithout_ratings = \
         0.{pass:02}\n\n[[section]]\nid = \"main\"\nname = \"Questions\"\nminutes = {minutes}\n"
    );
    let domains = u32::try_from(template.domains.len()).unwrap_or(1).max(1);
    for (index, domain) in (0..domains).zip(&template.domains) {
        let scored = questions / domains + u32::from(index < questions % domains);
        let name = title(domain);
        let _ = write!(
            text,
            "\n[[domain]]\nid = \"{domain}\"\nname = \"{name}\"\ncounts.main = {{ scored = {scored}, unscored = 0 \
             }}\n[domain.topics]\ngeneral = \"General\"\n"
        );
    }
    text
}

/// Writes the folder `parent/ID` and returns the files in it.
///
/// # Errors
/// When the folder exists already or cannot be written.
pub fn write_template(parent: &Path, template: &Template) -> io::Result<Vec<PathBuf>> {
    let folder = parent.join(&template.id);
    std::fs::create_dir_all(parent)?;
    std::fs::create_dir(&folder)?;
    let mut written = vec![folder.join(super::BLUEPRINT), folder.join(SCHEMA_FILE)];
    std::fs::write(&written[0], blueprint(template))?;
    std::fs::write(&written[1], SCHEMA)?;
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
    format!("#:schema ./{SCHEMA_FILE}\n{}", text.replace("EXAM", exam).replace("DOMAIN", domain))
}

fn title(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
