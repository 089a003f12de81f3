//! `examroom bank rename-topic EXAM OLD NEW`: in the blueprint and in every question.

use crate::cli::args::RenameTopic;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::render;
use examroom_app::library::RenameError;
use examroom_app::view::counted;
use examroom_core::blueprint::Domain;
use examroom_core::id::{DomainId, TopicId};

pub(super) fn run(context: &Context, wanted: &RenameTopic) -> Outcome {
    let exam = context.library.find(&wanted.exam)?;
    let Some(blueprint) = exam.blueprint().blueprint else {
        return Err(Failure::new(format!("the exam.toml of {} has errors", wanted.exam))
            .help(format!("see: examroom bank check {}", wanted.exam))
            .with_exit(Exit::BadBank));
    };
    let (old, new) = (TopicId::new(&wanted.old), TopicId::new(&wanted.new));
    let is_meant = |domain: &&Domain| wanted.domain.as_deref().is_none_or(|id| domain.id == DomainId::new(id));
    let has = |domain: &&Domain, id: &TopicId| domain.topics.iter().any(|topic| topic.id == *id);
    let domains: Vec<&Domain> = blueprint.domains.iter().filter(is_meant).filter(|domain| has(domain, &old)).collect();
    let usage = |what: String, help: String| Failure::new(what).help(help).with_exit(Exit::Usage);
    let [domain] = domains[..] else {
        let ids = domains.iter().map(|domain| domain.id.as_str()).collect::<Vec<_>>().join(", ");
        return Err(if domains.is_empty() {
            usage(format!("there is no topic `{old}`"), format!("see the topics: examroom exams {} --ids", wanted.exam))
        } else {
            usage(format!("several domains have a topic `{old}`"), format!("add --domain with one of {ids}"))
        });
    };
    if has(&domain, &new) {
        let help = "topics are not drawn together; give the questions the other topic one by one".to_owned();
        return Err(usage(format!("domain `{}` has a topic `{new}` already", domain.id), help));
    }
    if !wanted.new.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) || wanted.new.is_empty() {
        return Err(usage(format!("\"{}\" cannot be an id", wanted.new), "use letters, digits, -, _ and .".to_owned()));
    }
    let renaming = exam.rename_topic(&domain.id, &old, &new).map_err(not_renamed)?;
    renaming.write().map_err(not_renamed)?;
    for path in renaming.paths() {
        render::line(path.display().to_string())?;
    }
    render::line(format!(
        "{} of `{}` had the topic `{old}`, which is `{new}` now.",
        counted(renaming.questions, "question"),
        domain.id
    ))?;
    Ok(Exit::Success)
}

fn not_renamed(error: RenameError) -> Failure {
    let help = match error {
        RenameError::Shipped => "copy the exam's folder into your own banks under another name to change it",
        RenameError::Io { .. } => "see that you may write there",
        RenameError::Broken(_) => "see what is wrong with it: examroom bank check",
    };
    Failure::of(error).help(help)
}
