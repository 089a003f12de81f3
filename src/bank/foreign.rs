//! Names that other formats of questions use, and what they are called here.
//!
//! A teacher who converts a bank knows its words; "remove it" is no help where the field has only another name.

use crate::document::Foreign;

/// What a question's fields are called elsewhere. Names are compared in lower case, without `_` and `-`.
pub(super) const ITEM: &[Foreign] = &[
    Foreign {
        names: &["answer", "correct", "correctanswer", "correctanswers", "correctchoice", "solution", "right"],
        meant: Some("key"),
        help: "name the right choice by its id: key = \"b\", or key = [\"a\", \"d\"]",
    },
    Foreign {
        names: &["question", "text", "prompt", "questiontext", "title"],
        meant: Some("stem"),
        help: "write the question as stem = \"…\"",
    },
    Foreign {
        names: &["options", "option", "answers", "alternatives", "distractors", "choice", "responses"],
        meant: Some("choices"),
        help: "write the choices below a line [item.choices], each with an id: a = \"…\", b = \"…\"",
    },
    Foreign {
        names: &[
            "feedback",
            "generalfeedback",
            "rationale",
            "rationales",
            "reason",
            "reasons",
            "comment",
            "hint",
            "because",
            "explain",
            "explanations",
        ],
        meant: None,
        help: "write one text on the whole question as explanation = \"…\", or a reason for each choice below [item.why]",
    },
    Foreign {
        names: &["difficulty", "pvalue", "p", "rating"],
        meant: None,
        help: "an Angoff rating is the share, 0 to 1, of minimally competent candidates who get it right: angoff = 0.7; a \
               measured difficulty, or a word such as \"hard\", is something else",
    },
    Foreign {
        names: &["tags", "tag", "category", "categories", "chapter", "subject", "unit", "subdomain"],
        meant: Some("topic"),
        help: "name one topic of the domain, as exam.toml lists them: topic = \"consent\"",
    },
    Foreign {
        names: &["bloom", "cognitivelevel", "taxonomy"],
        meant: Some("level"),
        help: "write level = \"recall\", \"application\" or \"analysis\"",
    },
    Foreign {
        names: &["points", "point", "weight", "marks", "score", "penalty", "defaultgrade"],
        meant: None,
        help: "remove it: every question counts one, and nothing is taken off for a wrong answer",
    },
    Foreign {
        names: &["ref", "citation", "cite", "url", "link"],
        meant: None,
        help: "write where it can be looked up as source = \"…\"; sheets of the shelf as references = [\"…\"]",
    },
    Foreign {
        names: &["type", "kind", "questiontype", "multiple", "single"],
        meant: None,
        help: "remove it: the number of keys says how many choices are right; text, numbers and matching have no form here",
    },
    Foreign {
        names: &["image", "img", "picture", "figure", "media", "audio", "video", "file"],
        meant: None,
        help: "remove it: questions are text; what it shows can be told in the stem or in an exhibit",
    },
    Foreign {
        names: &["shuffle", "randomize", "shuffleanswers"],
        meant: None,
        help: "choices are shuffled; keep_order = true keeps the order of the file",
    },
];

/// What a bank file's own fields and lists are called elsewhere.
pub(super) const FILE: &[Foreign] = &[
    Foreign {
        names: &["question", "questions", "quiz", "mcq"],
        meant: None,
        help: "open each question by a line [[item]]",
    },
    Foreign {
        names: &["choices", "choice", "options", "answers"],
        meant: None,
        help: "the choices of a question stand below a line [item.choices], which follows its [[item]]",
    },
    Foreign {
        names: &["why", "rationale", "rationales", "calculation", "exhibit"],
        meant: None,
        help: "it belongs to a question: write item. before its name in the brackets, below the question's [[item]]",
    },
    Foreign {
        names: &["cases", "scenario", "scenarios", "passage", "passages"],
        meant: None,
        help: "open each case by a line [[case]], with id and text",
    },
];
