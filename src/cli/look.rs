//! A page as the commands print it: its text, its links resolved, their numbers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::engine::Engine;
use crate::app::msg::Loaded;
use crate::code::{Highlighter, LineRoles};
use crate::index::embed::Source as _;
use crate::index::{Index, PageId, Resolution, Status};
use crate::layout::{Context, LinkLook};
use crate::markdown::document::Target;
use crate::markdown::{Document, LeafKind, Link, LinkId};
use crate::vault::PagePath;

/// A page that was read, with what its links lead to.
pub(crate) struct Look {
    pub(crate) loaded: Loaded,
    /// One a link.
    pub(crate) resolutions: Vec<Resolution>,
    /// Whether only this page is open: what else there is, is not known.
    pub(crate) is_alone: bool,
    /// The number of each link; empty where links have none.
    references: Vec<Option<u32>>,
    /// What stands under each number, the first being 1.
    pub(crate) numbered: Vec<LinkId>,
    /// The colours of code by leaf; empty where there are none.
    code: HashMap<u32, Vec<LineRoles>>,
}

impl Look {
    /// Reads a page.
    pub(crate) fn read(engine: &Engine, path: &PagePath) -> Result<Self> {
        let text =
            engine.files.read(path).map_err(|reason| anyhow!("cannot read {path}: {reason}"))?;
        let loaded = Loaded::new(text.text, text.notices);
        let loaded = loaded.composed(&engine.index, path, &engine.files);
        let document = &loaded.document;
        // Links are resolved from the page on which they were written.
        let base = |id| {
            let page = document.page_of(id)?;
            loaded.embedded.pages.get(page as usize)
        };
        let links = (0..).zip(&document.facts.links);
        let resolutions =
            links.map(|(id, link)| engine.index.resolve(base(id).unwrap_or(path), link)).collect();
        Ok(Self {
            loaded,
            resolutions,
            is_alone: engine.files.is_alone(),
            references: Vec::new(),
            numbered: Vec::new(),
            code: HashMap::new(),
        })
    }

    /// Numbers the links in their order; those that lead to one place share a number. An address that
    /// says itself where it leads has none.
    pub(crate) fn number_links(&mut self) {
        let document = Arc::clone(&self.loaded.document);
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let shown = shown_as_themselves(&document);
        for (id, link) in (0_u32..).zip(&document.facts.links) {
            let is_bare = link.is_external() && shown.contains(&id);
            let number = (!is_bare).then(|| {
                *numbers.entry(self.place(id, link)).or_insert_with(|| {
                    self.numbered.push(id);
                    u32::try_from(self.numbered.len()).unwrap_or(u32::MAX)
                })
            });
            self.references.push(number);
        }
    }

    /// Colours the code; slow, for output that shows colours.
    pub(crate) fn colour(&mut self) {
        let highlighter = Highlighter::new();
        for (number, leaf) in (0..).zip(&self.loaded.document.leaves) {
            if let LeafKind::Code(code) = &leaf.kind {
                self.code.insert(number, highlighter.highlight(&code.language, &code.text));
            }
        }
    }

    /// Where a link leads, as one writes it under a text: `people/ada.md#Work`, an address, a name with
    /// what is odd about it.
    pub(crate) fn destination(&self, index: &Index, id: LinkId) -> String {
        let link = &self.loaded.document.facts.links[id as usize];
        let resolution = &self.resolutions[id as usize];
        let fragment = link.fragment().map_or_else(String::new, |text| format!("#{text}"));
        let path = |id: PageId| index.page(id).map_or("", |page| page.path.as_str()).to_owned();
        match &resolution.status {
            Status::Page(id) => path(*id) + &fragment,
            Status::Ambiguous { others, .. } => {
                let others: Vec<String> = others.iter().map(|id| path(*id)).collect();
                let taken = resolution.page().map(path).unwrap_or_default();
                format!("{taken}{fragment} (or {})", others.join(", "))
            }
            Status::Missing if !self.is_alone => {
                format!("{}{fragment} (missing)", link.target())
            }
            Status::Attachment(path) => format!("{path} (a file)"),
            Status::Missing | Status::Folder(_) | Status::External => {
                format!("{}{fragment}", link.target())
            }
        }
    }

    fn place(&self, id: LinkId, link: &Link) -> String {
        let target = match self.resolutions[id as usize].page() {
            Some(page) => format!("{page:?}"),
            None => link.target().to_owned(),
        };
        format!("{target}#{}", link.fragment().unwrap_or_default())
    }
}

/// The links whose shown text is their whole target.
fn shown_as_themselves(document: &Document) -> HashSet<LinkId> {
    let mut found = HashSet::new();
    for leaf in &document.leaves {
        let (single, cells) = match &leaf.kind {
            LeafKind::Paragraph(inlines)
            | LeafKind::Heading { content: inlines, .. }
            | LeafKind::CalloutTitle(inlines)
            | LeafKind::DetailsSummary(inlines)
            | LeafKind::DefinitionTerm(inlines) => (Some(inlines), &[][..]),
            LeafKind::Table(table) => (None, table.cells.as_slice()),
            _ => continue,
        };
        for inlines in single.into_iter().chain(cells) {
            if inlines.leads_nowhere() {
                continue;
            }
            let inlines = inlines.open();
            found.extend(inlines.ranges().filter_map(|(range, run)| match run.target {
                Target::Link(id) => {
                    let link = document.facts.links.get(id as usize)?;
                    (inlines.text.get(range) == Some(link.target())).then_some(id)
                }
                _ => None,
            }));
        }
    }
    found
}

impl Context for Look {
    fn link(&self, link: LinkId) -> LinkLook {
        match self.resolutions.get(link as usize).map(|resolution| &resolution.status) {
            None => LinkLook::Unknown,
            Some(Status::Page(_) | Status::Folder(_)) => LinkLook::Page,
            Some(Status::Ambiguous { .. }) => LinkLook::Ambiguous,
            Some(Status::Missing) if self.is_alone => LinkLook::Unknown,
            Some(Status::Missing) => LinkLook::Missing,
            Some(Status::Attachment(_)) => LinkLook::Attachment,
            Some(Status::External) => LinkLook::External,
        }
    }

    fn code(&self, leaf: u32) -> Option<&[LineRoles]> {
        self.code.get(&leaf).map(Vec::as_slice)
    }

    fn reference(&self, link: LinkId) -> Option<u32> {
        self.references.get(link as usize).copied().flatten()
    }
}
