//! The one table of keys of every front end that has a keyboard: what each key does, where, and how help words it.
//!
//! The letters of the choices are not in the table: they reach as far as the question has choices, and go before it.
//! No action of the question screen takes a letter from a to f, so that a question with six choices clashes with none.

use super::stroke::{code, ctrl, key};

pub use super::stroke::{KeyCode, Stroke};

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Before the clock starts.
    Welcome,
    /// The tutorial before the clock starts.
    Tutorial,
    /// Before practice begins.
    PracticeStart,
    /// A question.
    Question,
    /// A question in practice, before its answer is shown.
    Practice,
    /// A question in practice, with its reasons.
    Reasons,
    /// The list of the section's questions.
    Review,
    /// The break between two sections.
    Break,
    /// The keys of a place.
    Help,
    /// The reference shelf.
    Shelf,
    /// The words that the shelf is searched for.
    Search,
    /// The calculator.
    Calculator,
    /// The note on a question, or on what is wrong with it.
    Note,
    /// The words of a question that are to be highlighted.
    Phrase,
    /// The number of a question, or of minutes.
    GoTo,
    /// What has to be confirmed.
    Confirm,
    /// The score.
    Report,
    /// A question after the exam, with its reasons.
    LookBack,
    /// The wait for the disk when the exam is left.
    Unsaved,
    /// The name of a file.
    FileName,
    /// The home screen, and the lists that are opened from it.
    Home,
    /// What is chosen before practice.
    Chooser,
}

impl Context {
    /// Every place.
    pub const ALL: [Self; 22] = [
        Self::Welcome,
        Self::Tutorial,
        Self::PracticeStart,
        Self::Question,
        Self::Practice,
        Self::Reasons,
        Self::Review,
        Self::Break,
        Self::Help,
        Self::Shelf,
        Self::Search,
        Self::Calculator,
        Self::Note,
        Self::Phrase,
        Self::GoTo,
        Self::Confirm,
        Self::Report,
        Self::LookBack,
        Self::Unsaved,
        Self::FileName,
        Self::Home,
        Self::Chooser,
    ];

    /// Where keys without another meaning are typed into a line.
    #[must_use]
    pub fn is_typing(self) -> bool {
        TYPING.contains(&self)
    }

    /// Where the letters of the choices pick one.
    #[must_use]
    pub fn is_asking(self) -> bool {
        ASKED.contains(&self)
    }

    /// The heading of its keys in help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Welcome => "On the welcome page",
            Self::Tutorial => "In the tutorial",
            Self::PracticeStart => "Before practice begins",
            Self::Question => "On a question",
            Self::Practice => "On a question in practice",
            Self::Reasons => "When its reasons are shown",
            Self::Review => "On the review list",
            Self::Break => "On the break",
            Self::Help => "In help",
            Self::Shelf => "On the shelf",
            Self::Search => "When searching the shelf",
            Self::Calculator => "In the calculator",
            Self::Note => "In a note",
            Self::Phrase => "When typing words to highlight",
            Self::GoTo => "When typing a number",
            Self::Confirm => "When you are asked",
            Self::Report => "On the report",
            Self::LookBack => "Looking back",
            Self::Unsaved => "When not everything is saved",
            Self::FileName => "When typing a file name",
            Self::Home => "At home",
            Self::Chooser => "When choosing what to practice",
        }
    }
}

/// A movement through a text, or along a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A step down.
    Down,
    /// A step up.
    Up,
    /// A screen down.
    PageDown,
    /// A screen up.
    PageUp,
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
}

impl Movement {
    /// How many steps it is on a screen of so many rows; the caller keeps the end within its text.
    #[must_use]
    pub fn steps(self, rows: usize) -> isize {
        // A line of the page before stays in sight.
        let page = isize::try_from(rows.max(2) - 1).unwrap_or(1);
        match self {
            Self::Down => 1,
            Self::Up => -1,
            Self::PageDown => page,
            Self::PageUp => -page,
            Self::Top => isize::MIN,
            Self::Bottom => isize::MAX / 2,
        }
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Picks the choice of this index, or removes it where several are wanted.
    Choose(usize),
    /// Picks the choice pointed at.
    Pick,
    /// Asks which choice to strike out.
    Strike,
    /// Strikes out the choice of this index, or takes that back.
    StrikeOut(usize),
    /// Clears the answer.
    Clear,
    /// Flags the question, or removes the flag.
    Flag,
    /// Opens the note.
    Note,
    /// Opens the note on what is wrong with the question.
    Problem,
    /// Asks for words to highlight.
    Highlight,
    /// Points at a word more.
    Longer,
    /// Points at a word less.
    Shorter,
    /// Says how sure the answer is: sure, think so, guess, and nothing again.
    Confidence,
    /// Shows whether the answer is right.
    Check,
    /// Shows the right answer without one's own.
    Show,
    /// The next question, page or sheet.
    Next,
    /// The one before.
    Previous,
    /// Opens the list of questions.
    Review,
    /// Asks for a number; a digit that was typed begins it.
    GoTo(Option<char>),
    /// Opens the reference shelf.
    Shelf,
    /// Opens the calculator.
    Calculator,
    /// Asks for minutes to add.
    Extend,
    /// Hides the time left, or shows it.
    HideClock,
    /// Hides the question's number, or shows it.
    HideNumber,
    /// Moves through the text or the list.
    Move(Movement),
    /// Opens what is pointed at.
    Open,
    /// Shows others of the list.
    Filter,
    /// Ends the section.
    EndSection,
    /// Submits the exam.
    Submit,
    /// Goes on to the tutorial.
    Tutorial,
    /// Starts the exam.
    Begin,
    /// A mock exam.
    Mock,
    /// A short rehearsal.
    Rehearse,
    /// Asks what to practice.
    Practice,
    /// The report.
    Report,
    /// What was sat, with the progress.
    History,
    /// The problems that were noted.
    Problems,
    /// Chooses what is pointed at, or no longer.
    Turn,
    /// More questions.
    More,
    /// Fewer questions.
    Fewer,
    /// Takes the break.
    TakeBreak,
    /// Ends the break.
    Continue,
    /// Asks for words to search for.
    Search,
    /// The next place that was found.
    NextHit,
    /// The place before.
    PreviousHit,
    /// To the other side of the screen.
    OtherSide,
    /// Points at the other button.
    OtherButton,
    /// Takes what was typed, or presses the button pointed at.
    Accept,
    /// Confirms.
    Yes,
    /// Closes what is open.
    Close,
    /// Shows the keys.
    Help,
    /// Leaves the mouse to the terminal, or takes it.
    Mouse,
    /// Waits for the disk once more.
    Wait,
    /// Writes the attempt into a file.
    WriteFile,
    /// Leaves the exam room.
    Leave,
    /// Back to the shell for a moment.
    Suspend,
    /// Draws the screen again.
    Redraw,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The keys, the one that is named first.
    pub keys: &'static [Stroke],
    /// What they ask for.
    pub action: Action,
    /// Where they do.
    pub contexts: &'static [Context],
    /// One word for the footer; empty: only in help.
    pub label: &'static str,
    /// A sentence for help.
    pub words: &'static str,
}

const fn bind(
    contexts: &'static [Context],
    keys: &'static [Stroke],
    action: Action,
    label: &'static str,
    words: &'static str,
) -> Binding {
    Binding { keys, action, contexts, label, words }
}

use Action as A;
use Context as C;
use Movement as M;

/// A list of places without some of them.
const fn without<const LEFT: usize>(places: &[Context], left_out: &[Context]) -> [Context; LEFT] {
    let mut left = [places[0]; LEFT];
    let (mut at, mut kept) = (0, 0);
    while at < places.len() {
        if !holds(left_out, places[at]) {
            assert!(kept < LEFT, "more places are left than this list says");
            left[kept] = places[at];
            kept += 1;
        }
        at += 1;
    }
    assert!(kept == LEFT, "fewer places are left than this list says");
    left
}

const fn holds(places: &[Context], place: Context) -> bool {
    let mut at = 0;
    while at < places.len() {
        if places[at] as u8 == place as u8 {
            return true;
        }
        at += 1;
    }
    false
}

/// A question that is to be answered.
const ASKED: &[Context] = &[C::Question, C::Practice];
/// A question, answered or not.
const QUESTIONS: &[Context] = &[C::Question, C::Practice, C::Reasons];
/// Where a question or the list of them is on the screen.
const LISTS: &[Context] = &[C::Question, C::Practice, C::Reasons, C::Review];
/// Where the clock of a section runs and nothing lies over the screen.
const UNDER_WAY: &[Context] = &[C::Question, C::Practice, C::Reasons, C::Review, C::Shelf];
/// Where keys without another meaning are typed into a line.
const TYPING: &[Context] = &[C::Search, C::Calculator, C::Note, C::Phrase, C::GoTo, C::FileName];
/// Where nothing is typed, so that every letter can be a key.
const SCREENS: &[Context] = &without::<16>(&Context::ALL, TYPING);
/// Where the rows of a list are pointed at.
const ROWS: &[Context] = &[C::Review, C::Home, C::Chooser];
/// Text that goes by a line at a time.
const READING: &[Context] = &without::<11>(SCREENS, &[C::Question, C::Practice, C::Review, C::Home, C::Chooser]);
/// Where there is a page to turn: also below a calculator or a note, where the question stays in sight.
const PAGED: &[Context] = &without::<18>(&Context::ALL, &[C::Search, C::Phrase, C::GoTo, C::FileName]);
/// The screens that `?` opens help from, which is all but help itself.
const HELPED: &[Context] = &without::<15>(SCREENS, &[C::Help]);
/// Where `q` leaves; elsewhere it closes what is open, or is typed.
const LEAVING: &[Context] =
    &without::<10>(SCREENS, &[C::Help, C::Shelf, C::Confirm, C::Report, C::Unsaved, C::Chooser]);

/// The table. In each context, the footer shows the labels in this order.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    // At home.
    bind(&[C::Home], &[code(KeyCode::Enter)], A::Open, "open", "a mock exam of the exam pointed at; an open attempt continues, of another the report opens"),
    bind(&[C::Home], &[key('p')], A::Practice, "practice", "choose what to practice of the exam pointed at"),
    bind(&[C::Home], &[key('t')], A::Mock, "", "a mock exam of the exam pointed at"),
    bind(&[C::Home], &[key('s')], A::Rehearse, "rehearsal", "a short rehearsal of the exam pointed at"),
    bind(&[C::Home], &[key('r')], A::Report, "", "the report of the attempt pointed at, or else of the last one"),
    bind(&[C::Home], &[key('h')], A::History, "history", "every attempt and the progress, and back"),
    bind(&[C::Home], &[key('!')], A::Problems, "problems", "the problems that you noted with questions, and back"),
    bind(&[C::Home], &[code(KeyCode::Esc)], A::Close, "", "back to the exams"),
    bind(&[C::Chooser], &[code(KeyCode::Enter)], A::Begin, "begin", "begin practice with what is chosen"),
    bind(&[C::Chooser], &[key(' '), key('x')], A::Turn, "choose", "choose what is pointed at, or no longer"),
    bind(&[C::Chooser], &[key('+'), code(KeyCode::Right), key('l')], A::More, "more", "more questions"),
    bind(&[C::Chooser], &[key('-'), code(KeyCode::Left), key('h')], A::Fewer, "fewer", "fewer questions"),
    bind(&[C::Chooser], &[code(KeyCode::Esc), key('q')], A::Close, "back", "back without practice"),
    // Before the clock starts.
    bind(&[C::Welcome], &[code(KeyCode::Enter), key('n'), code(KeyCode::Right)], A::Tutorial, "tutorial", "continue to the tutorial"),
    bind(&[C::Welcome, C::Tutorial], &[key('s')], A::Begin, "start the exam", "start the exam now; the clock starts with it"),
    bind(&[C::Tutorial], &[code(KeyCode::Enter), key('n'), code(KeyCode::Right), key('l')], A::Next, "continue", "the next page; after the last one the exam starts"),
    bind(&[C::Tutorial], &[key('p'), code(KeyCode::Left), key('h')], A::Previous, "back", "the page before"),
    bind(&[C::PracticeStart], &[code(KeyCode::Enter), key('s')], A::Begin, "begin", "begin practice"),
    // On the review list.
    bind(&[C::Review], &[code(KeyCode::Enter), key(' ')], A::Open, "go there", "go to the question pointed at"),
    bind(&[C::Review], &[key('e')], A::EndSection, "end section", "end the section; you are asked first"),
    bind(&[C::Review], &[key('z')], A::Submit, "", "submit the whole exam; you are asked first"),
    bind(&[C::Review], &[code(KeyCode::Tab), key('f')], A::Filter, "filter", "show all, only unanswered, or only flagged questions"),
    bind(&[C::Review], &[key('r'), key('p'), code(KeyCode::Left), key('h'), code(KeyCode::Esc)], A::Previous, "back", "back to the question you came from"),
    // On a question.
    bind(&[C::Practice], &[code(KeyCode::Enter)], A::Check, "check", "show whether your answer is right, and the reasons; it is final then"),
    bind(&[C::Reasons], &[code(KeyCode::Enter), key('n'), code(KeyCode::Right), key('l'), key(' ')], A::Next, "continue", "the next question; after the last one practice ends"),
    bind(ASKED, &[key('n'), code(KeyCode::Right), key('l')], A::Next, "next", "the next question; after the last one the review list"),
    bind(QUESTIONS, &[key('p'), code(KeyCode::Left), key('h')], A::Previous, "back", "the question before"),
    bind(&[C::Question], &[key(' '), code(KeyCode::Enter)], A::Pick, "", "pick the choice pointed at; where several are wanted, again removes it"),
    bind(&[C::Practice], &[key(' ')], A::Pick, "", "pick the choice pointed at; where several are wanted, again removes it"),
    bind(ASKED, &[key('y')], A::Confidence, "how sure", "say how sure you are: sure, think so, guess, and nothing again"),
    bind(&[C::Practice], &[key('z')], A::Show, "", "show the right answer without giving one"),
    bind(QUESTIONS, &[key('m')], A::Flag, "flag", "flag the question for review, or remove the flag"),
    bind(QUESTIONS, &[key('r')], A::Review, "review", "the list of the section's questions; a section is ended there"),
    bind(ASKED, &[key('x')], A::Strike, "strike out", "strike out the choice whose letter is typed next; x again: the one pointed at"),
    bind(ASKED, &[key('u'), code(KeyCode::Backspace), code(KeyCode::Delete)], A::Clear, "", "clear the answer"),
    bind(QUESTIONS, &[key('w')], A::Note, "note", "write a note on this question"),
    bind(&[C::Question, C::Practice, C::Reasons, C::LookBack], &[key('!')], A::Problem, "", "note what seems wrong with the question, for its author"),
    bind(QUESTIONS, &[key('*')], A::Highlight, "", "highlight words of the question, or remove the highlight"),
    bind(LISTS, &[key('s')], A::Shelf, "", "open the reference shelf, in an open-book section"),
    bind(UNDER_WAY, &[key('='), key('v')], A::Calculator, "calculator", "open the calculator"),
    bind(&[C::Question, C::Practice, C::Reasons, C::Review, C::LookBack], &[key('g')], A::GoTo(None), "", "go to a question by its number; typing the number will do"),
    bind(&[C::Question, C::Review], &[key('+')], A::Extend, "", "add minutes to this section, for those who are entitled to more time"),
    bind(UNDER_WAY, &[key('t')], A::HideClock, "", "hide the time left, or show it; at 5 minutes it comes back"),
    bind(UNDER_WAY, &[key('i')], A::HideNumber, "", "hide the question's number, or show it"),
    // The break.
    bind(&[C::Break], &[key('b')], A::TakeBreak, "take the break", "say that you take the break"),
    bind(&[C::Break], &[key('n'), code(KeyCode::Right)], A::Continue, "continue", "continue to the next section; you are asked first"),
    // The shelf.
    bind(&[C::Shelf], &[key('/')], A::Search, "search", "search all sheets"),
    bind(&[C::Shelf], &[key('n')], A::NextHit, "next place", "the next place that the search found"),
    bind(&[C::Shelf], &[key('p')], A::PreviousHit, "", "the place before"),
    bind(&[C::Shelf], &[code(KeyCode::Right), key('l')], A::Next, "", "the next sheet"),
    bind(&[C::Shelf], &[code(KeyCode::Left), key('h')], A::Previous, "", "the sheet before"),
    bind(QUESTIONS, &[code(KeyCode::Tab), code(KeyCode::BackTab)], A::OtherSide, "", "to the open shelf and back"),
    bind(&[C::Review], &[code(KeyCode::BackTab)], A::OtherSide, "", "to the open shelf and back"),
    bind(&[C::Shelf], &[code(KeyCode::Tab), code(KeyCode::BackTab)], A::OtherSide, "to the question", "to the question and back; the shelf stays open"),
    bind(&[C::Shelf], &[code(KeyCode::Esc), key('s'), key('q')], A::Close, "close", "close the shelf"),
    // Where something is typed.
    bind(&[C::Search], &[code(KeyCode::Enter)], A::Accept, "search", "search for the words"),
    bind(&[C::Calculator], &[code(KeyCode::Enter), key('=')], A::Accept, "work it out", "work it out"),
    bind(&[C::Note], &[code(KeyCode::Enter), code(KeyCode::Esc)], A::Accept, "keep", "keep the note"),
    bind(&[C::Phrase], &[code(KeyCode::Enter)], A::Accept, "highlight", "highlight these words of the question, or remove their highlight"),
    bind(&[C::Phrase], &[code(KeyCode::Tab)], A::Next, "next word", "point at the next word of the question, or at the first one like what is typed"),
    bind(&[C::Phrase], &[code(KeyCode::BackTab)], A::Previous, "", "point at the word before"),
    bind(&[C::Phrase], &[code(KeyCode::Down)], A::Longer, "one more", "point at a word more"),
    bind(&[C::Phrase], &[code(KeyCode::Up)], A::Shorter, "", "point at a word less"),
    bind(&[C::Phrase], &[key('*')], A::Clear, "remove all", "remove all highlights of the question"),
    bind(&[C::GoTo], &[code(KeyCode::Enter)], A::Accept, "do it", "go to this question, add these minutes, or rehearse so many questions"),
    bind(&[C::FileName], &[code(KeyCode::Enter)], A::Accept, "write", "write the whole attempt into this file"),
    bind(&[C::Search, C::Calculator, C::Phrase, C::GoTo, C::FileName], &[code(KeyCode::Esc)], A::Close, "close", "close without doing anything"),
    // When asked.
    bind(&[C::Confirm], &[key('y')], A::Yes, "yes", "yes, do it"),
    bind(&[C::Confirm], &[code(KeyCode::Esc), key('n'), key('q')], A::Close, "go back", "go back; nothing is done"),
    bind(&[C::Confirm], &[code(KeyCode::Tab), code(KeyCode::BackTab), code(KeyCode::Left), code(KeyCode::Right), key('h'), key('l')], A::OtherButton, "", "point at the other button"),
    bind(&[C::Confirm], &[code(KeyCode::Enter), key(' ')], A::Accept, "", "press the button pointed at; at first that is to go back"),
    // After the exam.
    bind(&[C::Report], &[code(KeyCode::Enter), key('r'), key('n'), code(KeyCode::Right), key('l')], A::Open, "look at the questions", "look back at each question with its reasons"),
    bind(&[C::LookBack], &[key('n'), code(KeyCode::Right), key('l'), code(KeyCode::Enter)], A::Next, "next", "the next question"),
    bind(&[C::LookBack], &[key('p'), code(KeyCode::Left), key('h')], A::Previous, "back", "the question before"),
    bind(&[C::LookBack], &[code(KeyCode::Tab), key('f')], A::Filter, "filter", "look at all, only wrong, or only flagged questions"),
    bind(&[C::LookBack], &[key('r'), code(KeyCode::Esc)], A::Close, "report", "back to the report"),
    bind(&[C::Report], &[key('q'), code(KeyCode::Esc)], A::Leave, "close", "close the report"),
    bind(&[C::Unsaved], &[key('w')], A::Wait, "wait", "wait for the disk once more"),
    bind(&[C::Unsaved], &[key('s')], A::WriteFile, "write a file", "write the whole attempt into a file"),
    bind(&[C::Unsaved], &[key('q')], A::Leave, "leave", "leave without what is not saved"),
    // Moving about.
    bind(ASKED, &[key('j'), code(KeyCode::Down)], A::Move(M::Down), "", "down: through the text, then from choice to choice"),
    bind(ASKED, &[key('k'), code(KeyCode::Up)], A::Move(M::Up), "", "up"),
    bind(ROWS, &[key('j'), code(KeyCode::Down)], A::Move(M::Down), "", "down the list"),
    bind(ROWS, &[key('k'), code(KeyCode::Up)], A::Move(M::Up), "", "up the list"),
    bind(READING, &[key('j'), code(KeyCode::Down)], A::Move(M::Down), "", "a line down"),
    bind(READING, &[key('k'), code(KeyCode::Up)], A::Move(M::Up), "", "a line up"),
    bind(PAGED, &[code(KeyCode::PageDown)], A::Move(M::PageDown), "", "a page down"),
    bind(PAGED, &[code(KeyCode::PageUp)], A::Move(M::PageUp), "", "a page up"),
    bind(SCREENS, &[code(KeyCode::Home)], A::Move(M::Top), "", "to the beginning"),
    bind(SCREENS, &[code(KeyCode::End)], A::Move(M::Bottom), "", "to the end"),
    // Everywhere.
    bind(&[C::Help], &[code(KeyCode::Esc), code(KeyCode::Enter), key('q'), key('?')], A::Close, "close", "close help"),
    bind(HELPED, &[key('?'), code(KeyCode::F(1))], A::Help, "help", "this table; the clock keeps running"),
    bind(TYPING, &[code(KeyCode::F(1))], A::Help, "", "this table; the clock keeps running"),
    bind(SCREENS, &[key('o')], A::Mouse, "", "leave the mouse to the terminal, which selects text with it, or use it here again (in most terminals, dragging with Shift selects too)"),
    bind(LEAVING, &[key('q')], A::Leave, "leave", "leave; during the exam you are asked first"),
    bind(&Context::ALL, &[ctrl('c')], A::Leave, "", "leave; during the exam you are asked first"),
    bind(&Context::ALL, &[ctrl('z')], A::Suspend, "", "back to the shell for a moment; `fg` comes back"),
    bind(&Context::ALL, &[ctrl('l')], A::Redraw, "", "redraw the screen"),
];

/// What a key does in a context with so many choices on the screen.
#[must_use]
pub fn action(stroke: Stroke, context: Context, choices: usize) -> Option<Action> {
    if context.is_asking()
        && let Some(choice) = letter(stroke).filter(|letter| *letter < choices)
    {
        return Some(Action::Choose(choice));
    }
    if let (KeyCode::Char(digit @ '1'..='9'), false) = (stroke.code, stroke.ctrl)
        && bindings(context).any(|binding| binding.action == Action::GoTo(None))
    {
        return Some(Action::GoTo(Some(digit)));
    }
    TABLE
        .iter()
        .find(|binding| binding.contexts.contains(&context) && binding.keys.contains(&stroke))
        .map(|binding| binding.action)
}

/// The choice that a letter stands for.
fn letter(stroke: Stroke) -> Option<usize> {
    match stroke.code {
        KeyCode::Char(c @ 'a'..='z') if !stroke.ctrl => Some(usize::from(c as u8 - b'a')),
        _ => None,
    }
}

/// What the footer shows: the first key of each labeled binding that is offered, and its word.
pub fn footer(context: Context, offered: impl Fn(Action) -> bool) -> impl Iterator<Item = (String, &'static str)> {
    bindings(context)
        .filter(move |binding| !binding.label.is_empty() && offered(binding.action))
        .filter_map(|binding| Some((binding.keys.first()?.name(), binding.label)))
}

/// The first key of an action, where a text names it.
#[must_use]
pub fn first_key(action: Action) -> Option<String> {
    TABLE.iter().find(|binding| binding.action == action).and_then(|binding| Some(binding.keys.first()?.name()))
}

/// The bindings of a context, in the order of the table.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| binding.contexts.contains(&context))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_has_two_meanings_in_one_place() {
        for context in Context::ALL {
            let mut known: Vec<Stroke> = Vec::new();
            for stroke in bindings(context).flat_map(|binding| binding.keys) {
                assert!(!known.contains(stroke), "{context:?}: {}", stroke.name());
                known.push(*stroke);
            }
        }
    }

    #[test]
    fn the_letters_of_six_choices_stay_free_and_typing_is_not_eaten() {
        for stroke in ASKED.iter().flat_map(|context| bindings(*context)).flat_map(|binding| binding.keys) {
            assert!(letter(*stroke).is_none_or(|letter| letter > 5), "{}", stroke.name());
        }
        for context in Context::ALL.into_iter().filter(|context| context.is_typing()) {
            for stroke in bindings(context).flat_map(|binding| binding.keys) {
                assert!(letter(*stroke).is_none() && stroke.code != KeyCode::Char(' '), "{context:?} {stroke:?}");
            }
        }
    }

    #[test]
    fn letters_pick_only_as_far_as_there_are_choices_and_caps_lock_changes_nothing() {
        let press = |c, choices| action(Stroke::plain(KeyCode::Char(c)), Context::Question, choices);
        assert_eq!(press('d', 4), Some(Action::Choose(3)));
        assert_eq!(press('D', 4), Some(Action::Choose(3)));
        assert_eq!(press('e', 4), None);
        assert_eq!(press('N', 4), Some(Action::Next));
        assert_eq!(press('7', 4), Some(Action::GoTo(Some('7'))));
    }

    #[test]
    fn every_place_has_a_way_out_and_help() {
        for context in Context::ALL {
            let can = |wanted: &[Action]| bindings(context).any(|binding| wanted.contains(&binding.action));
            assert!(can(&[Action::Leave]), "{context:?}");
            assert!(context == Context::Help || can(&[Action::Help]), "{context:?}");
        }
    }

    #[test]
    fn enter_and_space_never_end_a_section() {
        for context in Context::ALL {
            for code in [KeyCode::Enter, KeyCode::Char(' ')] {
                let found = action(Stroke::plain(code), context, 4);
                assert!(!matches!(found, Some(Action::Yes | Action::EndSection | Action::Submit)), "{context:?}");
            }
        }
    }
}
