//! The causes of an error, in words. The message of an error says only what it adds and leaves its cause to
//! [`Error::source`]; where people read it, the chain is put together again.

use std::error::Error;

/// The messages of what caused an error, the nearest cause first. A cause that only repeats what was said before it is
/// left out.
#[must_use]
pub fn causes(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut said = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        let message = cause.to_string();
        if !said.iter().any(|earlier| earlier.contains(&message)) {
            said.push(message);
        }
        next = cause.source();
    }
    said.remove(0);
    said
}

/// An error with its causes, in one line.
#[must_use]
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    std::iter::once(error.to_string()).chain(causes(error)).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{message}")]
    struct Link {
        message: &'static str,
        source: Option<Box<Link>>,
    }

    fn chain(messages: &[&'static str]) -> Link {
        let (message, rest) = messages.split_first().unwrap();
        let source = (!rest.is_empty()).then(|| Box::new(chain(rest)));
        Link { message, source }
    }

    #[test]
    fn causes_are_told_from_the_nearest_on() {
        let error = chain(&["the folder cannot be written", "no database there", "the disk is gone"]);
        assert_eq!(causes(&error), ["no database there", "the disk is gone"]);
        assert_eq!(with_causes(&error), "the folder cannot be written: no database there: the disk is gone");
        assert!(causes(&chain(&["alone"])).is_empty());
    }

    #[test]
    fn a_cause_that_says_nothing_new_is_left_out_and_those_after_it_are_not() {
        let error = chain(&["not read: permission denied", "permission denied", "the owner is root"]);
        assert_eq!(causes(&error), ["the owner is root"]);
    }
}
