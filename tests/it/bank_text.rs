//! Questions and files of banks as an author writes them, for tests that make up banks of their own.

use std::fmt;

/// A question. What is empty is left out.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    pub id: &'q str,
    pub topic: &'q str,
    pub angoff: &'q str,
    pub stem: &'q str,
    /// The ids of its choices are letters from a on.
    pub key: &'q str,
    pub source: &'q str,
    /// Lines of its own, below the others.
    pub lines: &'q str,
    pub choices: &'q [&'q str],
    /// A reason for each choice.
    pub why: &'q [&'q str],
}

/// A question with the least that it needs.
pub const BARE: Question<'static> = Question {
    id: "q",
    topic: "t",
    angoff: "",
    stem: "Which?",
    key: "a",
    source: "",
    lines: "",
    choices: &["Yes", "No"],
    why: &[],
};

/// A question of the small exam (see `folder.rs`) without a fault, but for its stem and its choices.
pub const SOUND: Question<'static> = Question {
    topic: "consent",
    angoff: "0.7",
    source: "The manual",
    why: &["It is the patient's record.", "The clerk only files it."],
    ..BARE
};

impl fmt::Display for Question<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, topic, angoff, stem, key, source, lines, choices, why } = self;
        write!(f, "[[item]]\nid = \"{id}\"\ntopic = \"{topic}\"\nlevel = \"recall\"\n")?;
        if !angoff.is_empty() {
            writeln!(f, "angoff = {angoff}")?;
        }
        write!(f, "stem = \"{stem}\"\nkey = \"{key}\"\n")?;
        if !source.is_empty() {
            writeln!(f, "source = \"{source}\"")?;
        }
        writeln!(f, "{lines}[item.choices]")?;
        table(f, choices)?;
        if !why.is_empty() {
            writeln!(f, "[item.why]")?;
            table(f, why)?;
        }
        writeln!(f)
    }
}

fn table(f: &mut fmt::Formatter<'_>, texts: &[&str]) -> fmt::Result {
    texts.iter().zip('a'..).try_for_each(|(text, id)| writeln!(f, "{id} = \"{text}\""))
}

/// The questions of a domain of an exam, as one file.
pub fn file(exam: &str, domain: &str, questions: &str) -> String {
    format!("exam = \"{exam}\"\ndomain = \"{domain}\"\n{questions}")
}

/// Questions of the small exam's closed-book section, as one file.
pub fn small_file(questions: &str) -> String {
    file("small", "law", &format!("section = \"closed\"\n\n{questions}"))
}

/// A question of the small exam without a fault.
pub fn sound(id: &str) -> String {
    let (stem, patient) = (format!("Who signs form {id}?"), format!("The patient {id}"));
    Question { id, stem: &stem, choices: &[&patient, "The clerk"], ..SOUND }.to_string()
}
