//! What a page shows in place of its embeds: which page and which part of it each of them means, how far
//! that goes, and what is said where nothing is shown. How parts are cut and put together is known to
//! [`crate::markdown::embed`]; files are read by whoever asks.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::fragment::{self, SpotKind};
use super::resolution::{Resolution, Status, Via};
use super::{Index, Page};
use crate::markdown::embed::{self, Fill, Part, Place};
use crate::markdown::{self, Document, LeafKind, LinkId, LinkKind};
use crate::vault::PagePath;
use crate::vault::file_type::{file_type, known, size};

/// A page shows so many parts of pages, those within other parts counted.
pub const MOST_EMBEDS: usize = 200;
/// So many bytes of other pages are read for a page, and so many are shown on it.
pub const MOST_BYTES: u64 = 2_000_000;
/// A longer page keeps its embeds as references: putting them in place takes a second document beside the first,
/// and with so long a page that is what memory runs out of.
pub const LONGEST_HOST_BYTES: u32 = 8_000_000;
/// Parts are shown within parts to this depth.
pub const MOST_DEPTH: usize = 3;

/// Why an embed is not shown where only one page is open.
const ALONE: &str = "only this page is open";

/// What composing asks of the wiki's files.
pub trait Source {
    /// The text of a page, or a clause that says why it cannot be read.
    ///
    /// # Errors
    /// The page cannot be read.
    fn text(&self, path: &PagePath) -> Result<String, String>;

    /// The length of a file in bytes, if it can be had.
    fn bytes(&self, path: &PagePath) -> Option<u64>;

    /// Whether only one page is open: what else there is, is not known.
    fn is_alone(&self) -> bool {
        false
    }
}

/// A document with its embeds in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The document.
    pub document: Document,
    /// The pages that it shows parts of, as [`markdown::embed::Inset::page`] counts them: from these their
    /// links are resolved.
    pub pages: Vec<PagePath>,
}

/// Puts in place what the page at `path` embeds. Reads the pages that are embedded, each once, and no
/// others.
#[must_use]
pub fn compose(
    index: &Index,
    path: &PagePath,
    document: Document,
    source: &dyn Source,
) -> Composed {
    if !holds_embeds(&document) {
        return Composed { document, pages: Vec::new() };
    }
    let document = Rc::new(document);
    let mut composer = Composer {
        index,
        source,
        read: HashMap::from([(path.clone(), Ok(Rc::clone(&document)))]),
        pages: Vec::new(),
        chain: Vec::new(),
        embeds_left: MOST_EMBEDS,
        to_read: MOST_BYTES,
        to_show: MOST_BYTES,
    };
    let (fills, said) = composer.look(&document, path);
    let Composer { pages, read, .. } = composer;
    drop(read);
    let document = Rc::try_unwrap(document).unwrap_or_else(|shared| Document::clone(&shared));
    Composed { document: embed::splice(Document { said, ..document }, fills), pages }
}

/// Whether a document asks for anything to be shown in place, and is not too long for that. Costs a glance at its
/// links.
#[must_use]
pub fn holds_embeds(document: &Document) -> bool {
    let embeds = |link: &markdown::Link| {
        matches!(link.kind, LinkKind::Embed | LinkKind::Image) && !link.is_external()
    };
    let ends = || document.leaves.iter().map(|leaf| leaf.span.end);
    document.facts.links.iter().any(embeds) && ends().all(|end| end <= LONGEST_HOST_BYTES)
}

struct Composer<'a> {
    index: &'a Index,
    source: &'a dyn Source,
    /// The pages that were asked for.
    read: HashMap<PagePath, Result<Rc<Document>, String>>,
    pages: Vec<PagePath>,
    /// The embeds that are being shown, each within the one before: page, and place in its source.
    chain: Vec<(PagePath, u32)>,
    embeds_left: usize,
    to_read: u64,
    to_show: u64,
}

/// What stands at places of a document, and what is said about its embeds.
type Looked = (Vec<(u32, Vec<Fill>)>, BTreeMap<LinkId, String>);

impl Composer<'_> {
    /// Looks for what the embeds of `document`, a page at `base` or a part of it, show.
    fn look(&mut self, document: &Document, base: &PagePath) -> Looked {
        let places = embed::places(document);
        let mut said = self.attachments(document, base, &places);
        let mut fills = Vec::new();
        for Place { leaf, links } in places {
            let record = &document.leaves[leaf as usize];
            let lead = |id: &LinkId| self.index.resolve(base, &document.facts.links[*id as usize]);
            let leads: Vec<Resolution> = links.iter().map(lead).collect();
            let is_embed = matches!(record.kind, LeafKind::Embed(_));
            // Text and images stay what they are where they embed no page.
            if !is_embed && leads.iter().all(|lead| lead.page().is_none()) {
                continue;
            }
            self.chain.push((base.clone(), record.span.start));
            let mut filled = Vec::new();
            for (link, lead) in links.into_iter().zip(&leads) {
                let how = how(self.index, lead);
                let part = match self.part(document, link, lead) {
                    Ok(part) => part,
                    Err(why) => {
                        said.entry(link).or_insert(why);
                        None
                    }
                };
                let part = part.map(|(page, part, odd)| {
                    if let Some(odd) = odd.or(how) {
                        said.insert(link, odd);
                    }
                    (page, part)
                });
                filled.push(Fill { link, part });
            }
            self.chain.pop();
            if !is_embed || filled.iter().any(|fill| fill.part.is_some()) {
                fills.push((leaf, filled));
            }
        }
        (fills, said)
    }

    /// What the files are that `document` embeds outside of sentences: kind and size, or that they are not
    /// there.
    fn attachments(
        &self,
        document: &Document,
        base: &PagePath,
        places: &[Place],
    ) -> BTreeMap<LinkId, String> {
        let links = &document.facts.links;
        let embeds = places.iter().flat_map(|place| &place.links);
        let embeds = embeds.map(|id| (*id, &links[*id as usize]));
        let said = embeds.filter_map(|(id, link)| match self.index.resolve(base, link).status {
            Status::Attachment(path) => {
                let size = self.source.bytes(&path).map(|bytes| format!(", {}", size(bytes)));
                Some((id, file_type(&path) + &size.unwrap_or_default()))
            }
            Status::Missing if known(link.target()).is_some() && self.source.is_alone() => {
                Some((id, ALONE.to_owned()))
            }
            Status::Missing if known(link.target()).is_some() => {
                Some((id, "there is no such file".to_owned()))
            }
            _ => None,
        });
        said.collect()
    }

    /// The part that an embed shows, the number of its page, and what is odd about it; or why nothing is
    /// shown. `None` where there is nothing to say either.
    fn part(
        &mut self,
        document: &Document,
        link: LinkId,
        lead: &Resolution,
    ) -> Result<Option<(u32, Document, Option<String>)>, String> {
        let page = match &lead.status {
            Status::Page(id) | Status::Ambiguous { chosen: id, .. } => self.index.page(*id),
            Status::Missing if self.source.is_alone() => return Err(ALONE.to_owned()),
            Status::Missing => return Err("nobody has written it yet".to_owned()),
            Status::Folder(_) => return Err("a folder".to_owned()),
            Status::Attachment(_) | Status::External => None,
        };
        let Some(page) = page else { return Ok(None) };
        let fragment = fragment::written(&document.facts.links[link as usize]);
        let fragment = fragment.as_deref().filter(|name| !name.trim_matches(['#', ' ']).is_empty());
        self.may_show(page, fragment.is_none())?;
        let whole = self.read(page)?;
        let spot = fragment.and_then(|name| fragment::locate(&whole.facts, name));
        let part = match spot.filter(|spot| spot.exact) {
            Some(spot) => match spot.kind {
                SpotKind::Heading(heading) => Part::Section(heading),
                SpotKind::Block(_) => Part::Block(spot.span),
            },
            None => Part::Whole,
        };
        let odd = fragment
            .filter(|_| part == Part::Whole)
            .map(|name| format!("no \u{201c}{name}\u{201d} there: this is the whole page"));
        let cut = embed::cut(&whole, part).ok_or("nothing stands there")?;
        let holds = |(path, at): &(PagePath, u32)| {
            *path == page.path && (part == Part::Whole || cut.span.contains(*at))
        };
        if self.chain.iter().any(holds) {
            return Err(ENDLESS.to_owned());
        }
        let bytes = cut.span.len() as u64;
        if bytes > self.to_show {
            return Err(too_long(bytes));
        }
        self.to_show -= bytes;
        self.embeds_left -= 1;
        let number = self.number(&page.path);
        let (fills, said) = self.look(&cut.document, &page.path);
        let part = embed::splice(Document { said, ..cut.document }, fills);
        Ok(Some((number, part, odd)))
    }

    /// What forbids to show a part of `page` (`whole`: all of it) where the chain has got to.
    fn may_show(&self, page: &Page, whole: bool) -> Result<(), String> {
        if whole && self.chain.iter().any(|(path, _)| *path == page.path) {
            return Err(ENDLESS.to_owned());
        }
        if self.chain.len() > MOST_DEPTH {
            return Err("not shown: embeds go no deeper here".to_owned());
        }
        if self.embeds_left == 0 {
            return Err(format!("not shown: this page has more than {MOST_EMBEDS} embeds"));
        }
        Ok(())
    }

    fn read(&mut self, page: &Page) -> Result<Rc<Document>, String> {
        if let Some(known) = self.read.get(&page.path) {
            return known.clone();
        }
        let unreadable = |why: &str| format!("cannot be read: {why}");
        let read = match &page.unreadable {
            Some(why) => Err(unreadable(why)),
            None if page.bytes > self.to_read => Err(too_long(page.bytes)),
            None => match self.source.text(&page.path) {
                Ok(text) => {
                    self.to_read = self.to_read.saturating_sub(text.len() as u64);
                    Ok(Rc::new(markdown::parse(&text)))
                }
                Err(why) => Err(unreadable(&why)),
            },
        };
        self.read.insert(page.path.clone(), read.clone());
        read
    }

    fn number(&mut self, path: &PagePath) -> u32 {
        let known = self.pages.iter().position(|page| page == path);
        let number = known.unwrap_or_else(|| {
            self.pages.push(path.clone());
            self.pages.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

const ENDLESS: &str = "not shown: it holds this embed itself";

fn too_long(bytes: u64) -> String {
    format!("not shown: too long for here ({})", size(bytes))
}

/// How the page was found, where the embed does not say it at first sight.
fn how(index: &Index, lead: &Resolution) -> Option<String> {
    if let Status::Ambiguous { others, .. } = &lead.status {
        let other = others.first().and_then(|id| index.page(*id))?;
        return Some(format!("could also be {}", other.path));
    }
    match lead.via? {
        Via::Alias => Some("found by its alias".to_owned()),
        Via::Title => Some("found by its title".to_owned()),
        _ => None,
    }
}
