//! Forms, and the texts that they share: each text is stored once, however many forms have it.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Part, Store};
use examroom_core::checksum::Link;
use examroom_core::form::{Form, FormOutline, RestoreError, Text, TextHash, Texts};
use examroom_core::journal::AttemptId;

/// A form as it is stored.
pub(super) struct StoredForm {
    pub body: String,
    pub sum: Link,
}

impl StoredForm {
    /// An outline, or what stands where one should.
    pub fn of(body: String) -> Self {
        let sum = Link::START.then(&[&body]);
        Self { body, sum }
    }

    pub fn insert(&self, db: &Connection, attempt: AttemptId) -> rusqlite::Result<()> {
        db.prepare_cached(include_str!("sql/form-insert.sql"))?
            .execute(params![attempt.0, self.body, self.sum.number()])
            .map(drop)
    }

    /// The form of an attempt, as far as it is undamaged.
    pub fn load(db: &Connection, attempt: AttemptId) -> Result<Self, Error> {
        let damaged = Error::Corrupt { attempt, part: Part::Form };
        let row: Option<(String, i64)> = db
            .prepare_cached(include_str!("sql/form-load.sql"))?
            .query_row([attempt.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (body, sum) = row.ok_or(Error::Corrupt { attempt, part: Part::Form })?;
        let form = Self::of(body);
        if form.sum.number() == sum { Ok(form) } else { Err(damaged) }
    }

    pub fn outline(&self, attempt: AttemptId) -> Result<FormOutline, Error> {
        serde_json::from_str(&self.body).map_err(|source| Error::Unreadable { attempt, source })
    }
}

/// Stores the texts that are not there yet.
pub(super) fn insert_texts(db: &Connection, texts: &[Text]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(include_str!("sql/text-insert.sql"))?;
    for text in texts {
        insert.execute(params![text.hash.to_string(), text.body])?;
    }
    Ok(())
}

/// Reads the texts of a store.
pub(super) fn text(db: &Connection, hash: TextHash) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(include_str!("sql/text-load.sql"))?.query_row([hash.to_string()], |row| row.get(0)).optional()
}

impl Store {
    /// Puts back the texts that an attempt has lost, from others that have the same hash; their number.
    ///
    /// # Errors
    /// When the attempt's form cannot be read, or the store not be written.
    pub fn mend_texts(&mut self, id: AttemptId, others: &[Text]) -> Result<usize, Error> {
        let outline = StoredForm::load(&self.db, id)?.outline(id)?;
        let others: HashMap<TextHash, &str> = others.iter().map(|text| (text.hash, text.body.as_str())).collect();
        let mend = self.db.transaction()?;
        let mut mended = 0;
        for hash in outline.texts().collect::<HashSet<TextHash>>() {
            // One that cannot even be read as a text is lost too.
            let is_whole = text(&mend, hash).is_ok_and(|body| body.is_some_and(|body| TextHash::of(&body) == hash));
            if let (false, Some(body)) = (is_whole, others.get(&hash)) {
                mended += mend.execute(include_str!("sql/text-mend.sql"), params![hash.to_string(), body])?;
            }
        }
        mend.commit()?;
        Ok(mended)
    }
}

/// Puts an attempt's form together.
pub(super) fn restore<G: FnMut(TextHash) -> rusqlite::Result<Option<String>>>(
    outline: &FormOutline,
    attempt: AttemptId,
    texts: &mut Texts<G>,
) -> Result<Form, Error> {
    outline.restore(texts).map_err(|error| match error {
        RestoreError::Source(source) => Error::Database(source),
        RestoreError::Missing(part) | RestoreError::Changed(part) => Error::Corrupt { attempt, part: Part::Text(part) },
        RestoreError::Unreadable(_, source) => Error::Unreadable { attempt, source },
    })
}
