//! Values as columns hold them.

use serde::Serialize;

use super::Error;

pub(super) fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::Unstorable)
}

pub(super) fn number(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}
