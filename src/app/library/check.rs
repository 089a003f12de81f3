//! What a check of a bank is: it is read, every rule looks at it, and forms are drawn from it.

use jiff::civil::Date;

use super::{ExamFiles, Reading};
use examroom_core::bank::Depth;
use examroom_core::blueprint::Progress;
use examroom_core::diagnostics::{Code, Diagnostic};
use examroom_core::form::{disjoint_forms, full_plan, one_form};

/// A bank that was checked.
#[derive(Debug)]
pub struct Check {
    /// What was read, with everything that is wrong with it.
    pub reading: Reading,
    /// How many forms can be drawn without a common question; `None` for a bank with errors.
    pub disjoint_forms: Option<u32>,
    /// How many questions can be sat of an unfinished edition.
    pub rehearsal: Option<u32>,
}

/// How far a check is, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Files are read; after the last of them the questions are compared.
    Reading {
        /// Bytes that are read.
        done: u64,
        /// Bytes of all files.
        of: u64,
    },
    /// Forms are drawn.
    Drawing {
        /// Forms that are drawn.
        done: u32,
        /// Forms that there can be at most.
        of: u32,
    },
}

impl ExamFiles {
    /// Checks everything, as of a day.
    #[must_use]
    pub fn check(&self, day: Date, progress: &mut dyn FnMut(Step)) -> Check {
        let mut reading = self.read(Depth::Advice, day, &mut |done, of| progress(Step::Reading { done, of }));
        let Some(blueprint) = reading.sound_blueprint() else {
            return Check { reading, disjoint_forms: None, rehearsal: None };
        };
        if let Progress::Unfinished(_) = blueprint.progress {
            let rehearsal = Some(full_plan(blueprint, &reading.bank, day).questions());
            return Check { reading, disjoint_forms: None, rehearsal };
        }
        if let Err(no_form) = one_form(blueprint, &reading.bank, day) {
            let finding = Diagnostic::new(Code::SHORT_OF_BLUEPRINT, no_form.to_string()).help(no_form.help());
            reading.diagnostics.push(finding);
            return Check { reading, disjoint_forms: None, rehearsal: None };
        }
        let forms = disjoint_forms(blueprint, &reading.bank, day, &mut |done, of| progress(Step::Drawing { done, of }));
        Check { reading, disjoint_forms: Some(forms), rehearsal: None }
    }
}
