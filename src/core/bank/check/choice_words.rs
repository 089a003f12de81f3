//! The words by which a text names choices by their letters: "option B is wrong". An import knows them by these too.

/// What choices are called; with a letter after it, it is one.
pub const NOUNS: &[&str] = &[
    "answer",
    "answers",
    "choice",
    "choices",
    "option",
    "options",
    "alternative",
    "alternatives",
    "distractor",
    "distractors",
];
/// What may stand between two letters that are named together.
pub const JOINED: &[&str] = &["and", "or", "nor", "&", ",", "/", "+"];
/// What stands behind a letter of which something is said.
pub const VERBS: &[&str] =
    &["is", "are", "was", "were", "would", "cannot", "can", "isn't", "aren't", "describes", "refers"];
/// What may stand between a verb and a verdict.
pub const BETWEEN: &[&str] = &["be", "not", "the", "also", "both", "all", "clearly", "therefore", "only", "a", "an"];
/// What is said of choices.
pub const VERDICTS: &[&str] = &[
    "right",
    "wrong",
    "correct",
    "incorrect",
    "true",
    "false",
    "best",
    "answer",
    "answers",
    "key",
    "keys",
    "distractor",
    "distractors",
];
/// Behind these, as at the beginning of a sentence, a letter is the subject.
pub const CLAUSE: &[&str] = &[
    "so",
    "because",
    "but",
    "while",
    "whereas",
    "and",
    "or",
    "therefore",
    "hence",
    "thus",
    "since",
    "that",
    "both",
    "neither",
    "either",
    "though",
    "although",
    "as",
];
/// Behind these, a letter that no word follows is a choice.
pub const APART: &[&str] = &["unlike", "eliminates", "eliminate", "excludes", "contradicts"];
