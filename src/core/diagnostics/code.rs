//! Every finding has a code that stays, and a page that explains it (`examroom bank explain CODE`).

use std::fmt;

/// How bad a finding is. No sitting starts on a bank with an error; a warning is advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warning,
    Error,
}

macro_rules! codes {
    ($($severity:ident $variant:ident $name:literal $title:literal $page:literal)*) => {
        /// The kind of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, errors first.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that messages carry and `bank explain` takes.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it means in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What it means, why it matters and what to do.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $page,)* }
            }
        }
    };
}

impl Code {
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

codes! {
    Error UnreadableFile "unreadable-file" "a file cannot be read"
        "The file exists but could not be opened, or it is not text in UTF-8. Save it from the editor as UTF-8\n\
         (in a spreadsheet: \"CSV UTF-8\"), and see that you may read it. A byte-order mark at the start is fine.\n\
         Only plain files are read, of up to 256 MB an exam; and a question, or a file without lists, has at most 8 MB."
    Error TomlSyntax "toml-syntax" "the file is not TOML"
        "The file breaks TOML's rules of writing, so what stands there cannot be understood. The usual causes:\n\
         a quote that was not closed, a quote inside a text without a backslash (write \\\"), a line break inside\n\
         \"…\" (use \"\"\"…\"\"\"), a single backslash (write \\\\, or use 'single quotes'), or the same field twice in one\n\
         question because the [[item]] line of the next question is missing."
    Error UnknownField "unknown-field" "a field has a name that means nothing here"
        "A field's name is mistyped, or it is the name that another format has for it (`answer` for `key`), or it stands under\n\
         the wrong heading. In a question, lines such as `enemies = …` must come before [item.choices]: everything behind that\n\
         heading belongs to the choices. The help says what to write."
    Error MissingField "missing-field" "a field that must be there is absent"
        "A question needs id, topic, level, stem, key and [item.choices]; a bank file needs exam and domain at its top.\n\
         The message shows a line to copy."
    Error WrongType "wrong-type" "a field holds the wrong kind of value"
        "Text stands in quotes, numbers and dates without: angoff = 0.7, valid = { from = 2026-10-01 }. A table begins with\n\
         its heading on a line of its own: [item.choices], and below it a = \"…\", b = \"…\"."
    Error EmptyText "empty-text" "a text is empty"
        "A stem, a choice or a name holds nothing but spaces."
    Error BadId "bad-id" "an id has characters that an id cannot have"
        "Ids are letters, digits, `-`, `_` and `.`, at most 80 of them: they are typed on command lines and stand in\n\
         reports. Keep an id for ever once students have seen the question: their history hangs on it."
    Error DuplicateId "duplicate-id" "two things have the same id"
        "Within an exam every question has its own id, also across files, and so have cases. Ids are compared after\n\
         Unicode normalization, so that two spellings that look the same count as the same."
    Error KeyNotAChoice "key-not-a-choice" "the key names a choice that does not exist"
        "`key` must name one of the ids under [item.choices] (or several: key = [\"a\", \"d\"])."
    Error NoKey "no-key" "the key is empty"
        "A question with no right answer cannot be marked. Write key = \"b\", or key = [\"a\", \"d\"]."
    Error EveryChoiceAKey "every-choice-a-key" "every choice is a right answer"
        "When all choices are right there is nothing to choose. Add distractors, or remove keys."
    Error TooFewChoices "too-few-choices" "a question has fewer than two choices"
        "A question needs at least two choices; both exams use four."
    Error TooManyChoices "too-many-choices" "a question has more than 26 choices"
        "Choices are picked by a letter, so a question can have at most 26."
    Error DuplicateChoice "duplicate-choice" "two choices say the same"
        "Two choices that look the same on the screen make the question unanswerable, or give away that both are wrong.\n\
         Blanks at the ends, the number of blanks between words and characters that cannot be seen make no difference;\n\
         capitals do (see choices-alike)."
    Error UnknownExam "unknown-exam" "the file names another exam than its folder"
        "A bank file lies in its exam's folder, and its first line, exam = \"…\", repeats the exam's id, so that a file\n\
         that was put into the wrong folder is noticed."
    Error UnknownDomain "unknown-domain" "the blueprint has no such domain"
        "`domain` must be one of the ids in exam.toml. The message lists them."
    Error UnknownSection "unknown-section" "the blueprint has no such section for this domain"
        "`section` must be one of the exam's sections, and the domain must have a count in it."
    Error UnknownTopic "unknown-topic" "the domain has no such topic"
        "`topic` must be one of the ids under the domain's topics in exam.toml. Add it there if it is a new one."
    Error UnknownLevel "unknown-level" "no such cognitive level"
        "`level` is recall (knowing a fact), application (using it in a case) or analysis (weighing several facts)."
    Error UnknownStatus "unknown-status" "no such status"
        "`status` is operational (the default: may count), pretest (drawn only for unscored places, tried out there) or\n\
         retired (kept for old reports, never drawn)."
    Error AngoffOutOfRange "angoff-out-of-range" "an Angoff rating is not between 0 and 1"
        "The rating is the share of minimally competent candidates who would get the question right: 0.72, not 72.\n\
         A guess among four choices already gives 0.25, and the sum of the ratings is the form's raw cut."
    Error UnknownCitedChoice "unknown-cited-choice" "a rationale is given for a choice that does not exist"
        "[item.why] has one rationale a choice, under the choice's id, which must be one of those under [item.choices]."
    Error DanglingEnemy "dangling-enemy" "an enemy does not exist"
        "`enemies` lists the ids of questions that must not stand on one form with this one. One side is enough."
    Error DanglingCase "dangling-case" "a case does not exist"
        "`case` names a [[case]] of the same exam."
    Error DanglingReference "dangling-reference" "a reference sheet does not exist"
        "`references` names files of the exam's references folder, without .toml."
    Error DatesReversed "dates-reversed" "a question is valid until before it is valid from"
        "valid = { from = …, until = … }: the question is drawn from the first day to the last, both included."
    Error BadFormula "bad-formula" "a calculation cannot be evaluated"
        "[item.calculation] has formula, decimals and values. The formula may use + - * / ^ ( ) and the names\n\
         under values; it is evaluated by every check."
    Error CalculationDisagrees "calculation-disagrees" "the recomputed result is not what the key says"
        "The result of the formula, rounded half up to `decimals`, must stand as a number in the key and in no other\n\
         choice. Either the numbers, the formula or the key is wrong."
    Error RaggedTable "ragged-table" "a row has not as many cells as there are columns"
        "Every list in `rows` of a reference sheet has one text for each of `columns`; use \"\" for an empty cell."
    Error BadBlueprint "bad-blueprint" "a number in the blueprint cannot be"
        "Minutes and counts are whole numbers above zero, a share lies between 0 and 1, and the scale rises from\n\
         lowest to pass to highest."
    Error ReplacesNothing "replaces-nothing" "a replacement has nothing to replace"
        "`replaces = true` puts a question of your own folder of banks in the place of the program's question with the\n\
         same id (or of one in an earlier folder); with status = \"retired\" that question is only left out. Two questions\n\
         of one folder cannot replace each other: edit the one."
    Error UnknownLender "unknown-lender" "there is no such exam to borrow from"
        "`from` in exam.toml names another exam, whose questions the domains take by topic. It must be one of the exams that\n\
         `examroom exams` lists, with a bank of its own: an exam that borrows cannot lend."
    Error UnknownTake "unknown-take" "a domain takes something that does not exist"
        "`takes` lists what a domain takes of the exam that `from` names: a topic as \"data.statistics\", a whole domain as\n\
         \"data\", or one question by its id."
    Error TakenTwice "taken-twice" "two domains take the same"
        "A question stands in one domain. A question that is named by its id goes there and is left out of the topic that\n\
         another domain takes; the same topic, or the same question, cannot be taken twice."
    Error BadAllow "bad-allow" "`allow` names something that cannot be allowed"
        "allow = { CODE = \"reason\" } keeps advice from being told again: in a question for that question, at the top of\n\
         a file for the file, in exam.toml for the whole exam. Only advice can be allowed, and each needs a reason."
    Error BlueprintTotal "blueprint-total" "the domains' counts do not add up to the exam's questions"
        "`questions` at the top of exam.toml is the number that candidates are told. The scored and unscored counts of\n\
         all domains and sections must add up to it."
    Error ShortOfBlueprint "short-of-blueprint" "the bank gives no form"
        "The blueprint asks for more questions of a domain and section than the bank has, or than can stand on one\n\
         form: retired questions, those out of date, and enemies of each other cannot fill it. The message says how\n\
         many are missing. If it says instead that no form was found, enemies leave so few choices that not all of\n\
         them could be tried: there may be a form, and a few questions more will show it."
    Warning ChoicesAlike "choices-alike" "two choices differ only in capitals or in the last mark"
        "`true` and `True` are two answers to a question about a data format, and a slip everywhere else. Change one of\n\
         the two, unless the capitals are what is asked."
    Warning NoRationale "no-rationale" "a choice has no rationale"
        "Students learn from the review, and a wrong answer without a reason teaches nothing. Add [item.why]."
    Warning NoRating "no-rating" "a question has no Angoff rating"
        "Without a rating the question counts in the cut with the blueprint's general share."
    Warning NoSource "no-source" "a question names no source"
        "A student who disagrees must be able to look it up, and the next instructor must be able to see when a rule\n\
         has changed."
    Warning HiddenCharacter "hidden-character" "a text has a character that cannot be seen"
        "A control character, or one that turns the reading order around. It is shown as <U+…> and never sent to the\n\
         screen. It usually came in with a copy from a PDF or a web page: remove it."
    Warning BracesAsText "braces-as-text" "braces that are shown as they stand"
        "In rationales and explanations {b} stands for the letter that choice b has in the sitting. Braces around anything\n\
         else are shown as they stand; where they look like a choice that is not there, such as {e} or {name}, this asks\n\
         whether it is a slip. Braces that are meant are written double: {{e}} is shown as {e}. In stems and choices\n\
         nothing is replaced, since the letters are not given out when these are written."
    Warning LostBackslash "lost-backslash" "a backslash was read as the beginning of a tab or a line break"
        "Between double quotes TOML reads \\t as a tab, \\n as a line break, and \\r, \\b, \\f, \\e as characters that nobody can\n\
         see; the letter is gone from the text. So a formula or a path that is pasted there loses letters: \\times becomes a\n\
         tab and \"imes\". Write two backslashes for one (\\\\times), or put the text in 'single quotes', between which a\n\
         backslash is a backslash (if it has an apostrophe, between three: '''…''').\n\
         A \\n or \\t that is meant is not asked about where a new line begins: before a capital, a digit, a blank, a mark or\n\
         the end of the text, and behind a word or a mark with no blank between. Before a small letter it is told if a blank\n\
         or a bracket stands before it, if it stands in a path, or if it begins the name of a sign of LaTeX."
    Warning MarkupAsText "markup-as-text" "a text has markup, which is shown as it stands"
        "Texts that were pasted from a learning platform or a web page bring tags (<b>), entities (&nbsp;), Markdown\n\
         (**bold**) or LaTeX ($x^2$) with them. None of it is carried out: the signs stand on the screen. Leave them out, and\n\
         write the characters themselves: ≤, é, H₂O, 5 × 3. Paragraphs and lists need no markup. An exhibit is only looked\n\
         through for HTML, and a question whose stem speaks of HTML, XML, tags, Markdown or LaTeX is left alone."
    Warning UnusedCase "unused-case" "a case has no question"
        "No question names this [[case]]."
    Warning CaseSize "case-size" "a scenario set is very small or very large"
        "A case pays its reading time with two to five questions. One question needs no case of its own, and more than\n\
         five let one misread case decide too much of the score."
    Warning NoReference "no-reference" "an open-book question names no reference sheet"
        "In an open-book section each question should need a look-up, and say where: references = [\"sheet\"]."
    Warning AllOfTheAbove "all-of-the-above" "a choice points at the others"
        "\"All of the above\" is found by knowing two of the others, and the order of choices is shuffled. Write the\n\
         content out, or use several keys."
    Warning NamesALetter "names-a-letter" "a text names a choice by its letter"
        "Choices are shuffled: what is C in the file is A or D in most sittings, so that \"Both A and C\" may itself be A,\n\
         and \"option C is right\" is told of another one. In rationales and explanations write {c}, which shows the letter\n\
         that choice c has in the sitting. In choices and stems write out what is meant. With keep_order = true the letters\n\
         stay, and nothing is said. A letter counts only where the words around it mean a choice: behind \"option\",\n\
         \"choice\" or \"answer\", where it is called right or wrong, or where a choice has nothing but letters."
    Warning NegativeStem "negative-stem" "a stem asks for the exception without saying so loudly"
        "A stem with a negation that is read past tests reading. Ask positively, or write NOT or EXCEPT in capitals."
    Warning LongestIsKey "longest-is-key" "the right answer is too often the longest choice"
        "Writers qualify the right answer more carefully, and candidates know it. Among four choices the longest should be\n\
         the key about one time in four, among five one time in five. It is told when it happens a fifth more often than\n\
         that, and when chance would do so in fewer than 2 of 1,000 files: with four choices from 6 of 6 questions on, or\n\
         12 of 20, 19 of 40, 39 of 100. It is counted file by file, and over the whole bank where no file stands out."
    Warning UnevenLetters "uneven-letters" "the keys are spread unevenly over the letters"
        "Choices are shuffled in a sitting, but those that keep their order, and the printed bank, show a habit. The letter\n\
         is that of the place among the choices. Questions with the same number of choices are counted together, and all of\n\
         them together where each kind is few. It is told when a letter is off its even share by more than a third, and when\n\
         chance would do so in fewer than 2 of 1,000 banks: with four choices from 6 of 6 questions on, or 9 of 10, 13 of\n\
         20, 21 of 40, 42 of 100; a letter that is never the key, from about 30 on."
    Warning LevelsOff "levels-off" "the cognitive levels are far from the shares asked for"
        "`levels` in exam.toml names the share of each level that the bank should have, for example\n\
         levels = { recall = 0.30, application = 0.50, analysis = 0.20 }; each should be met within ten points. The\n\
         levels are counted from 40 questions on."
    Warning RatingsOff "ratings-off" "the Angoff ratings are too high, too low or all alike"
        "The mean of an exam's ratings should lie between 0.60 and 0.75, and their standard deviation be at least 0.08:\n\
         a bank in which every question is rated 0.7 has not been rated. The ratings are looked at from 40 questions on."
    Warning NearDuplicate "near-duplicate" "questions are nearly the same"
        "The words of two stems and keys agree to 70 % or more (shared word pairs over all word pairs, numbers and\n\
         names included). Two that differ only in names or numbers count as one: drop one, or make them enemies.\n\
         More than two are told as one group: each of them is nearly the same as another of the group."
    Warning LeftOver "left-over" "questions of the lending exam are not taken"
        "No domain takes their topic, or they cannot stand in the sections of the domain that does: a question of an\n\
         open-book section never stands in a closed one, and one of a closed-book section stands in an open one only if\n\
         its `references` name the sheet that holds its answer. The questions are not drawn."
    Warning StraddlingCase "straddling-case" "the questions of a case are taken by two domains"
        "The questions of a case stay together, so all of them stand in the domain of the first."
    Warning DeadSynonym "dead-synonym" "a synonym leads to nothing on the shelf"
        "references/synonyms.toml says what the words that students type are called on the shelf:\n\
         TURBT = [\"transurethral resection\"]. No entry of a sheet has all the words of any of the texts given here."
    Warning WideExhibit "wide-exhibit" "an exhibit is wider than a small window"
        "The lines of an exhibit are shown as they were typed. In a window of 80 columns there is room for 72 of them; what\n\
         is longer goes on below, under the wrong heading. Shorten the lines, or write the exhibit as a table."
    Warning UnmarkedReplacement "unmarked-replacement" "a sheet takes another's place without saying so"
        "A sheet of your own folder of banks has the name of one of the program's, and stands in its place. If that is\n\
         meant, write replaces = true at its top; if not, rename the file."
    Warning UnusedAllow "unused-allow" "`allow` names advice that is not given"
        "The question or the file was mended, or the line was copied from another question. Remove it, so that the list\n\
         of what is allowed stays the list of what is owed."
    Warning TopicWithoutQuestion "topic-without-question" "a topic has no question"
        "The blueprint names a topic that no question of the bank covers."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_kebab_case_unique_and_explained() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert!(code.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{code}");
            assert!(Code::ALL[..index].iter().all(|other| other.name() != code.name()), "{code} twice");
            assert!(code.explanation().len() > code.title().len(), "{code} has no page");
            assert_eq!(Code::parse(code.name()), Some(*code));
        }
    }
}
