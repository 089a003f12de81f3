//! Banks of any size, made up: valid, with no finding or with one for each question, and no two questions alike.
//!
//! The words are invented and drawn by rank, the common ones often and the rare ones seldom, as in a language: word
//! pairs that many questions share and pairs that a few share both occur, and the search for near-duplicates has as
//! much to do as in a real bank.

use std::fmt::Write as _;
use std::path::Path;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// The id of the exam, and the name of its folder.
pub const EXAM: &str = "large";

const DOMAINS: usize = 5;
const WORDS: usize = 6000;
const LEVELS: [&str; 3] = ["recall", "application", "analysis"];
const LETTERS: [char; 4] = ['a', 'b', 'c', 'd'];

/// What a check finds in each question.
#[derive(Clone, Copy)]
pub enum InEach {
    Nothing,
    /// It names no source.
    OneFinding,
}

/// A bank that is to be made.
#[derive(Clone, Copy)]
pub struct Large {
    pub questions: usize,
    /// Over which they are spread. A file is of one domain, and the exam has five, or as many as there are files.
    pub files: usize,
    pub in_each: InEach,
}

impl Large {
    /// Writes the exam to `parent/large`; the bytes of its texts together.
    pub fn write(self, parent: &Path) -> std::io::Result<u64> {
        let folder = parent.join(EXAM);
        std::fs::create_dir_all(&folder)?;
        let mut bytes = 0;
        let mut save = |name: String, text: String| {
            bytes += text.len() as u64;
            std::fs::write(folder.join(name), text)
        };
        let domains = self.files.min(DOMAINS);
        save("exam.toml".to_owned(), blueprint(domains))?;
        let mut writer = Writer { words: words(), rng: ChaCha8Rng::seed_from_u64(1), in_each: self.in_each };
        for file in 0..self.files {
            let numbers = self.questions * file / self.files..self.questions * (file + 1) / self.files;
            save(format!("{file:02}.toml"), writer.file(file % domains, numbers))?;
        }
        Ok(bytes)
    }
}

/// A form of 130 scored and 20 unscored questions, as RHIT has.
fn blueprint(domains: usize) -> String {
    let mut text = format!(
        "id = \"{EXAM}\"\nname = \"A large exam\"\nedition = \"made up\"\nquestions = 150\n\n\
         [scale]\nlowest = 100\npass = 300\nhighest = 400\n\n[cut]\nwithout_ratings = 0.70\n\n\
         [[section]]\nid = \"main\"\nname = \"Examination\"\nminutes = 210\nbook = \"closed\"\n"
    );
    let (scored, unscored) = (130 / domains, 20 / domains);
    for domain in 0..domains {
        let _ = write!(
            text,
            "\n[[domain]]\nid = \"domain-{domain}\"\nname = \"Domain {domain}\"\n\
             counts.main = {{ scored = {scored}, unscored = {unscored} }}\n\
             [domain.topics]\nfirst = \"First\"\nsecond = \"Second\"\nthird = \"Third\"\n"
        );
    }
    text
}

/// Invented words of two to four syllables.
fn words() -> Vec<String> {
    const SYLLABLES: [&str; 24] = [
        "ba", "cor", "den", "fi", "gal", "ho", "in", "jur", "ka", "lem", "mi", "nor", "op", "pe", "quo", "ras", "si",
        "tem", "ul", "ver", "wi", "xa", "yor", "zen",
    ];
    let syllable = |number: usize| SYLLABLES[number % SYLLABLES.len()];
    (0..WORDS)
        .map(|rank| {
            let (first, second, third) = (rank, rank / SYLLABLES.len(), rank / SYLLABLES.len() / SYLLABLES.len());
            let ending = if rank % 3 == 0 { "tion" } else { "" };
            format!("{}{}{}{ending}", syllable(first), syllable(second), syllable(third * 7 + first))
        })
        .collect()
}

struct Writer {
    words: Vec<String>,
    rng: ChaCha8Rng,
    in_each: InEach,
}

impl Writer {
    fn file(&mut self, domain: usize, numbers: std::ops::Range<usize>) -> String {
        let mut text = format!("exam = \"{EXAM}\"\ndomain = \"domain-{domain}\"\n");
        // Every 60 questions, three in a row share a case.
        for number in numbers.clone().filter(|number| number % 60 == 0 && numbers.contains(&(number + 2))) {
            let body = self.sentence(60);
            let _ = write!(text, "\n[[case]]\nid = \"case-{number}\"\ntext = \"\"\"\n{body}\"\"\"\n");
        }
        for number in numbers.clone() {
            let first = number - number % 60;
            let case = (number - first < 3 && numbers.contains(&first) && numbers.contains(&(first + 2)))
                .then(|| format!("case = \"case-{first}\"\n"));
            self.question(number, case.as_deref().unwrap_or_default(), &mut text);
        }
        text
    }

    fn question(&mut self, number: usize, case: &str, text: &mut String) {
        let topic = ["first", "second", "third"][number % 3];
        let level = LEVELS[number / 3 % 3];
        let angoff = 0.5 + f64::from(u32::try_from(number % 33).unwrap_or(0)) / 100.0;
        let stem = self.sentence(34);
        let letter = LETTERS[number / 7 % 4];
        let _ = write!(
            text,
            "\n[[item]]\nid = \"q-{number:06}\"\ntopic = \"{topic}\"\nlevel = \"{level}\"\nangoff = {angoff:.2}\n\
             stem = \"{stem}?\"\nkey = \"{letter}\"\n{case}"
        );
        if let InEach::Nothing = self.in_each {
            let _ = writeln!(text, "source = \"A book of {number} pages, second edition\"");
        }
        if number % 50 == 49 {
            let _ = writeln!(text, "enemies = [\"q-{:06}\"]", number - 10);
        }
        if number % 10 == 9 {
            text.push_str("status = \"pretest\"\n");
        }
        let mut choices: Vec<String> = LETTERS.iter().map(|_| self.sentence(7)).collect();
        let (key, longest) = (number / 7 % 4, (0..4).max_by_key(|at| choices[*at].len()).unwrap_or(0));
        // The key is the longest choice in no more than one question of five.
        if key == longest && !number.is_multiple_of(5) {
            choices.swap(key, (key + 1) % 4);
        }
        text.push_str("[item.choices]\n");
        for (letter, choice) in LETTERS.iter().zip(choices) {
            let _ = writeln!(text, "{letter} = \"{choice}\"");
        }
        text.push_str("[item.why]\n");
        for letter in LETTERS {
            let why = self.sentence(16);
            let _ = writeln!(text, "{letter} = \"{why}.\"");
        }
    }

    fn sentence(&mut self, length: usize) -> String {
        let mut text = String::new();
        for word in 0..length {
            if word > 0 {
                text.push(' ');
            }
            // Of three throws the smallest: the first words are the common ones.
            let rank = (0..3).map(|_| self.rng.random_range(0..WORDS)).min().unwrap_or(0);
            text.push_str(&self.words[rank]);
        }
        text
    }
}
