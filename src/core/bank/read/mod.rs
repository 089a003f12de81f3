//! A bank file → items, with the places that the rules need.

mod question;

use std::borrow::Cow;
use std::sync::Arc;

use super::check::{Checker, copied, echo, vocabulary};
use super::links::{ItemLinks, Links};
use super::links::{Outcome, Rank, Replaces};
use super::question::Question;
use super::{Bank, Depth, check, foreign, paragraphs};
use crate::blueprint::{Blueprint, Domain};
use crate::diagnostics::{
    Code, Diagnostic, Diagnostics, Fields, FileId, RawTable, Scope, Spanned, allowances, malformed, parse_lists,
};
use crate::id::{CaseId, ExamId, ItemId, SectionId};
use question::{FIELDS, Identity, TABLES};

/// Reads bank files of one place into a bank.
pub(super) struct BankReader<'r> {
    /// None where the blueprint cannot be used: then nothing is measured against it.
    pub blueprint: Option<&'r Blueprint>,
    pub depth: Depth,
    pub rank: Rank,
    pub bank: &'r mut Bank,
    pub links: &'r mut Links,
}

/// What the top of a file says for all its questions.
struct Header<'b> {
    need: Need,
    domain: Option<&'b Domain>,
    section: Option<SectionId>,
    /// The file names no section, and its domain has questions in more than one.
    several_sections: bool,
}

/// Whether a file must name a domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    /// Its questions only retire others, which have their domains.
    Optional,
}

impl Need {
    fn of(items: &[RawTable<'_>]) -> Self {
        if items.iter().all(only_retires) && !items.is_empty() { Self::Optional } else { Self::Required }
    }
}

/// Whether a question only says that another is retired: it needs nothing but an id.
fn only_retires(item: &RawTable<'_>) -> bool {
    item.has("replaces") && item.has("status") && !item.has("stem")
}

impl<'r> BankReader<'r> {
    /// Reads one file, whose text may come in parts. An item with an error of its own is left out; its findings say why.
    pub(super) fn read<'t>(
        &mut self,
        text: impl Iterator<Item = Cow<'t, str>>,
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) {
        let mut header = None;
        parse_lists(text, file, diagnostics, |fields| self.piece(fields, Scope::File(file), &mut header));
    }

    /// Reads a piece of a file: a number of cases and questions, with the top of the file.
    fn piece(&mut self, fields: &mut Fields<'_, '_>, scope: Scope, header: &mut Option<Header<'r>>) {
        self.links.lost |= fields.is_file_broken();
        self.links.incomplete |= fields.is_file_broken();
        fields.recognize(|name, value| foreign::file(name, value, FIELDS, TABLES));
        self.links.lost |= fields.has_other_lists(&["item", "case"]);
        let cases = fields.tables("case", "a case");
        let items = fields.tables("item", "a question");
        self.links.lost |= items.is_empty() && fields.has("item");
        let need = Need::of(&items);
        let header = header.get_or_insert_with(|| {
            let header = self.header(fields, need);
            self.links.allowances.extend(allowances(fields, scope));
            header
        });
        if header.need == Need::Optional && need == Need::Required {
            header.need = need;
            if header.domain.is_none() {
                let span = items.iter().find(|item| !only_retires(item)).map_or(fields.span(), RawTable::span);
                let message = "this question needs the file to name its `domain`";
                let help = "add a line at its top, such as: domain = \"legal\"";
                fields.report(Diagnostic::new(Code::MISSING_FIELD, message).at(span).help(help));
            }
        }
        for case in cases {
            self.case(fields.open(case));
        }
        self.bank.items.reserve(items.len());
        for item in items {
            self.item(fields.open(item), header);
        }
    }

    fn header(&self, fields: &mut Fields<'_, '_>, need: Need) -> Header<'r> {
        self.exam(fields);
        let blueprint = self.blueprint;
        let example = blueprint.and_then(|blueprint| blueprint.domains.first()).map_or("legal", |d| d.id.as_str());
        let named = match need {
            Need::Required => fields.required_text("domain", &format!("domain = \"{example}\"")),
            Need::Optional => fields.text("domain"),
        };
        let domain = named.zip(blueprint).map(|(named, blueprint)| vocabulary::domain(&named, blueprint));
        let domain = domain.and_then(|found| fields.accept(found));
        let counts = domain.map_or(&[][..], |domain| &domain.counts);
        let named = fields.text("section");
        let section = match (&named, domain, counts) {
            (Some(named), Some(domain), _) => fields.accept(vocabulary::section(named, domain)),
            (None, Some(_), [only]) => Some(only.section.clone()),
            _ => None,
        };
        Header { need, domain, section, several_sections: named.is_none() && counts.len() > 1 }
    }

    /// The exam that the file names is that of its folder.
    fn exam(&self, fields: &mut Fields<'_, '_>) {
        let line = |id: &str| format!("exam = \"{id}\"");
        let known = self.blueprint.map(|blueprint| &blueprint.id);
        let exam = fields.required_text("exam", &line(known.map_or("rhit", ExamId::as_str)));
        if let (Some(exam), Some(known)) = (exam, known)
            && ExamId::new(exam.value) != *known
        {
            let message = format!("this file is for exam `{}`, but its folder is that of `{known}`", exam.value);
            let help = format!("write {}, or move the file to the folder of its exam", line(known.as_str()));
            fields.report(Diagnostic::new(Code::UNKNOWN_EXAM, message).at(exam.span).help(help));
        }
    }

    fn case(&mut self, mut fields: Fields<'_, '_>) {
        fields.recognize(foreign::case);
        let id = fields.required_text("id", "id = \"case-1\"");
        let text = fields.required_text("text", "text = \"\"\"A patient …\"\"\"");
        if let (Some(id), Some(text)) = (id, text) {
            fields.report_all(malformed(&id));
            let case = CaseId::new(id.value);
            check::texts::look_through(&format!("case `{case}`"), [&text], &mut fields);
            let shown = || Arc::from(paragraphs::flowing(&text, fields.file_text()));
            self.bank.cases.entry(case.clone()).or_insert_with(shown);
            self.links.cases.push(Spanned { value: case, span: id.span });
        }
        fields.finish();
    }

    fn item(&mut self, mut fields: Fields<'_, '_>, header: &Header<'_>) {
        let before = fields.errors();
        let opening = fields.span();
        self.links.openings.push(opening);
        self.links.allowances.extend(allowances(&mut fields, Scope::Item(opening)));
        let identity = Identity::read(&mut fields);
        self.links.incomplete |= identity.id.is_none();
        if identity.only_retires {
            self.retirement(fields, identity);
            return;
        }
        let mut question = Question::read(&mut fields, identity, header);
        let diagnostics = fields.finish();
        question.case_text =
            question.case.as_ref().and_then(|case| self.bank.cases.get(&CaseId::new(case.value)).cloned());
        let mut checker = Checker { blueprint: self.blueprint, depth: self.depth, diagnostics };
        checker.question(&question);
        let is_sound = diagnostics.errors() == before;
        if is_sound && self.depth == Depth::Advice {
            self.links.echoes.extend(echo::shown(&question));
            self.links.rated.extend(copied::rated(&question));
        }
        self.add(question, is_sound);
    }

    /// Puts a question into the bank, or among those that have an error.
    fn add(&mut self, question: Question<'_>, is_sound: bool) {
        let mut links = question.links(self.rank);
        let item = if is_sound { question.item(&links) } else { None };
        if let Some(item) = item {
            links.bank_index = Some(self.bank.items.len());
            self.bank.items.push(Arc::new(item));
        } else {
            self.links.faulty.push(question.into_faulty());
        }
        self.links.items.push(links);
    }

    /// A question that only retires another: `replaces = true` and `status = "retired"`.
    fn retirement(&mut self, mut fields: Fields<'_, '_>, identity: Identity<'_>) {
        let name = identity.name;
        if let Some(status) = fields.text("status").filter(|status| status.value != "retired") {
            let message = format!("{name} replaces a question without a stem, so its status can only be \"retired\"");
            let help = "write status = \"retired\", or the whole question that is to stand in its place";
            fields.report(Diagnostic::new(Code::UNKNOWN_STATUS, message).at(status.span).help(help));
        }
        fields.finish();
        self.links.items.push(ItemLinks {
            name,
            id: identity.id.map(|id| id.map(ItemId::new)),
            case: None,
            enemies: Vec::new(),
            references: Vec::new(),
            rank: self.rank,
            replaces: identity.replaces.map(|span| Replaces { span, outcome: Outcome::Retired }),
            bank_index: None,
        });
    }
}
