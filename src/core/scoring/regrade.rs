//! What has changed in the bank since a form was drawn, and what a sitting would score by the bank as it is now.

use std::sync::Arc;

use crate::bank::{Bank, Item, Status};
use crate::form::{Form, FormQuestion};
use crate::id::ItemId;
use crate::session::Session;

/// How a question of a form differs from the bank's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The bank has it no more, or has retired it.
    Withdrawn,
    /// Other choices are right.
    Key,
    /// The stem, the exhibit or a choice reads differently.
    Text,
}

/// The questions of a form that the bank has otherwise now, in the order of the form.
#[must_use]
pub fn changes(form: &Form, bank: &Bank) -> Vec<(ItemId, Change)> {
    let change = |question: &FormQuestion| Some((question.item.id.clone(), change(&question.item, bank)?));
    form.questions().filter_map(|(_, question)| change(question)).collect()
}

fn change(then: &Item, bank: &Bank) -> Option<Change> {
    let Some(now) = bank.item(&then.id).filter(|item| item.status != Status::Retired) else {
        return Some(Change::Withdrawn);
    };
    let has_same_key = then.key.len() == now.key.len() && now.key.iter().all(|choice| then.is_key(choice));
    let texts =
        |item: &Item| item.choices.iter().map(|choice| (choice.id.clone(), choice.text.clone())).collect::<Vec<_>>();
    if !has_same_key {
        Some(Change::Key)
    } else if then.stem != now.stem || then.exhibit != now.exhibit || texts(then) != texts(now) {
        Some(Change::Text)
    } else {
        None
    }
}

/// The sitting with the keys of the bank as it is now, and without the questions that it has withdrawn.
#[must_use]
pub fn regraded(session: &Session, bank: &Bank) -> Session {
    let mut form = Form::clone(session.form());
    for question in form.sections.iter_mut().flat_map(|section| &mut section.questions) {
        match change(&question.item, bank) {
            Some(Change::Withdrawn) => question.scored = false,
            Some(Change::Key) => {
                if let Some(now) = bank.item(&question.item.id) {
                    question.item = Arc::new(Item { key: now.key.clone(), ..Item::clone(&question.item) });
                }
            }
            Some(Change::Text) | None => {}
        }
    }
    session.clone().with_form(Arc::new(form))
}
