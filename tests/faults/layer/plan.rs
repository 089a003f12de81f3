//! What is to happen at which call.

use std::ffi::c_int;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use crate::record::Log;

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Nothing,
    KillBefore,
    /// In the middle: half of what is written is written.
    KillIn,
    KillAfter,
    Fail(c_int),
    /// Half of it is written, and so it is reported.
    Short,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    Once,
    FromThenOn,
}

struct Plan {
    at: u64,
    action: Action,
    lasting: Lasting,
}

/// The state of the layer: calls are made one at a time, so that their numbers are their order.
pub struct Layer {
    pub root: Vec<u8>,
    pub log: Option<Log>,
    /// Milliseconds added to each sync.
    pub slow: u64,
    plan: Option<Plan>,
    calls: u64,
}

impl Layer {
    fn from_environment() -> Self {
        let plan = std::env::var("FAULTS_PLAN").ok().and_then(|plan| parse(&plan));
        Self {
            root: std::env::var("FAULTS_ROOT").unwrap_or_default().into_bytes(),
            log: std::env::var("FAULTS_LOG").ok().and_then(|path| Log::open(&path)),
            slow: std::env::var("FAULTS_SLOW").ok().and_then(|slow| slow.parse().ok()).unwrap_or(0),
            plan,
            calls: 0,
        }
    }

    /// Counts a call, and says what happens at it.
    pub fn next(&mut self) -> Action {
        self.calls += 1;
        match &self.plan {
            Some(plan) if plan.at == self.calls => plan.action,
            Some(plan) if plan.at < self.calls && plan.lasting == Lasting::FromThenOn => plan.action,
            _ => Action::Nothing,
        }
    }

    /// Whether a path is one of those that count.
    pub fn covers(&self, path: &[u8]) -> bool {
        !self.root.is_empty() && path.starts_with(&self.root)
    }
}

fn parse(plan: &str) -> Option<Plan> {
    let words: Vec<&str> = plan.split_whitespace().collect();
    let (at, rest) = words.split_first()?;
    let action = match rest.first().copied()? {
        "kill-before" => Action::KillBefore,
        "kill-in" => Action::KillIn,
        "kill-after" => Action::KillAfter,
        "short" => Action::Short,
        "fail" => Action::Fail(rest.get(1)?.parse().ok()?),
        _ => return None,
    };
    let lasting = if rest.last() == Some(&"lasting") { Lasting::FromThenOn } else { Lasting::Once };
    Some(Plan { at: at.parse().ok()?, action, lasting })
}

static LAYER: LazyLock<Mutex<Layer>> = LazyLock::new(|| Mutex::new(Layer::from_environment()));

pub fn layer() -> MutexGuard<'static, Layer> {
    LAYER.lock().unwrap_or_else(PoisonError::into_inner)
}
