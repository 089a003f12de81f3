//! What lies beside the question.

use super::is_open_book;
use crate::look::{Look, OpenShelf};
use examroom_app::view::SafeText;
use examroom_app::view::calculator::calculate;
use examroom_app::view::counted;
use examroom_app::view::shelf::{EMPTY, Hit, Terms, search};
use examroom_core::session::Session;
use examroom_html::room::{CalculatorPanel, HitLine, SheetView, ShelfPanel, Side};

/// At most this many places are listed that a search found.
const HITS: usize = 20;

/// What is open beside the question.
pub(super) fn side(session: &Session, look: &Look) -> Side {
    let look = look.plain();
    // Which sheet is needed is not told: to know where to look is a part of the question.
    let shelf_at = look.shelf.unwrap_or(OpenShelf::Contents);
    let open_shelf = is_open_book(session).then(|| Look { shelf: Some(shelf_at), ..look.clone() }.address());
    Side {
        shelf: look.shelf.filter(|_| is_open_book(session)).map(|open| shelf(session, &look, open.sheet())),
        calculator: look.sum.as_deref().map(|sum| calculator(&look, sum)),
        open_shelf,
        open_calculator: Look { sum: Some(look.sum.clone().unwrap_or_default()), ..look }.address() + "#sum",
    }
}

fn shelf(session: &Session, look: &Look, open: Option<usize>) -> ShelfPanel {
    let form = session.form();
    let address = |sheet: usize| Look { shelf: Some(OpenShelf::Sheet(sheet)), ..look.clone() }.address();
    let terms = Terms::new(&look.find, &form.synonyms);
    let found = search(&form.shelf, &terms);
    let listed = match found.hits.len() {
        0 => None,
        count if count > HITS => Some(format!("{} found; the first {HITS} are listed.", counted(count, "place"))),
        count => Some(format!("{} found.", counted(count, "place"))),
    };
    let said = if form.shelf.is_empty() {
        Some(EMPTY.to_owned())
    } else if look.find.trim().is_empty() {
        None
    } else {
        Some([found.caveat(), listed].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let line = |hit: &Hit| HitLine {
        to: format!("{}#entry-{}", address(hit.sheet), hit.entry),
        heading: format!("{}, {}", hit.title, hit.heading),
        lines: hit.lines.clone(),
    };
    let without = Look { find: String::new(), ..look.clone() };
    ShelfPanel {
        sheets: (0..)
            .zip(&form.shelf)
            .map(|(index, of)| (SafeText::new(&of.title), address(index), open == Some(index)))
            .collect(),
        sheet: open.and_then(|sheet| form.shelf.get(sheet)).map(|sheet| SheetView::new(sheet)),
        find: look.find.clone(),
        hits: found.hits.iter().take(HITS).map(line).collect(),
        found: said,
        fields: without.kept(),
        close: Look { shelf: None, ..without }.address(),
    }
}

fn calculator(look: &Look, sum: &str) -> CalculatorPanel {
    let without = Look { sum: None, ..look.clone() };
    let (line, said) = match calculate(sum) {
        _ if sum.trim().is_empty() => (String::new(), None),
        Ok(result) => (result.clone(), Some(format!("{sum} = {result}"))),
        Err(why) => (sum.to_owned(), Some(why)),
    };
    let said = said.map(|said| SafeText::new(&said).into_string());
    CalculatorPanel { line, said, fields: without.kept(), close: without.address() }
}
