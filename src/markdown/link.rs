//! Links while they are read: what is open, what is shown, and the facts about them. `wikilink` says
//! where wiki-links stand; the parser says where all others do.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::document::Target;
use super::facts::{Link, LinkId, LinkKind, has_scheme};
use super::inline::INERT;
use super::walk::Walk;
use super::wikilink::WikiLink;
use crate::text::role::Marks;
use crate::text::span::ByteSpan;

/// The links that are open in a leaf.
#[derive(Default)]
pub(super) struct OpenLinks {
    /// Links and images of the parser: number, and where the text shown for it starts.
    open: Vec<(LinkId, usize)>,
    /// The wiki-link of the source that comes next.
    next_wiki: usize,
    wiki: Option<OpenWiki>,
}

/// A wiki-link whose alias is being read. Until it ends, all that is read leads where it does.
struct OpenWiki {
    shown: Range<usize>,
    end: usize,
    /// What text led to before it.
    outer: Target,
}

impl OpenLinks {
    /// Another window of the source is read.
    pub(super) fn restart(&mut self) {
        self.next_wiki = 0;
    }

    /// Another leaf starts.
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.wiki = None;
    }
}

impl Walk<'_> {
    pub(super) fn open_link(&mut self, link_type: LinkType, address: &str, span: ByteSpan) {
        self.ensure_leaf(span);
        let link = match link_type {
            LinkType::Email => {
                self.add_link(LinkKind::Markdown, &format!("mailto:{address}"), span)
            }
            _ => self.add_link(LinkKind::Markdown, address, span),
        };
        self.inline.target = Target::Link(link);
        // The address of `<https://...>` is no alias of itself.
        let shown = match link_type {
            LinkType::Email | LinkType::Autolink => usize::MAX,
            _ => self.inline.content.text.len(),
        };
        self.links.open.push((link, shown));
    }

    pub(super) fn open_image(&mut self, address: &str, span: ByteSpan) {
        self.ensure_leaf(span);
        let link = self.add_link(LinkKind::Image, address, span);
        // An image in a link leads where the link does.
        if self.inline.target == Target::None {
            self.inline.target = Target::Link(link);
        }
        self.inline.open(Marks::IMAGE);
        self.links.open.push((link, self.inline.content.text.len()));
    }

    pub(super) fn close_link(&mut self) {
        let Some((link, shown)) = self.links.open.pop() else { return };
        let text = self.inline.content.text.get(shown..).unwrap_or_default().trim();
        // What stands in the text of an image is shown as that text only. To keep the same text for
        // each of many nested images would take room beyond measure.
        let around = self.links.open.last().map(|(around, _)| &self.facts.links[*around as usize]);
        let in_image = around.is_some_and(|around| around.kind == LinkKind::Image);
        let record = &mut self.facts.links[link as usize];
        if !text.is_empty() {
            if !in_image {
                *record = if text.contains('\n') {
                    record.with_alias(&text.replace('\n', " "))
                } else {
                    record.with_alias(text)
                };
            }
        } else if record.kind == LinkKind::Image {
            let (path, span) = (record.target().to_owned(), record.span);
            self.inline.push(&path, INERT, span);
        }
        let outer = self.links.open.first().map(|(link, _)| Target::Link(*link));
        self.inline.target = outer.unwrap_or_default();
    }

    fn add_link(&mut self, kind: LinkKind, address: &str, span: ByteSpan) -> LinkId {
        let place = (span, self.source.line(span.start as usize));
        let (target, fragment) = match address.split_once('#') {
            Some((target, fragment)) if !has_scheme(address) => {
                (target.trim_end(), Some(fragment.trim()))
            }
            _ => (address, None),
        };
        self.push_link(Link::new(kind, place, target, fragment, None))
    }

    fn push_link(&mut self, link: Link) -> LinkId {
        self.facts.links.push(link);
        u32::try_from(self.facts.links.len() - 1).unwrap_or(u32::MAX)
    }

    /// Reads text of the source from `at` on: a part of a wiki-link's alias, or words up to the next
    /// wiki-link or `end`. Gives where it got to.
    pub(super) fn alias_or_text(&mut self, at: usize, end: usize) -> usize {
        let source = self.source;
        let Some(OpenWiki { shown, end: past, .. }) = &self.links.wiki else {
            let next = self.wiki_between(at, end);
            let to = next.as_ref().map_or(end, |link| link.start);
            self.inline.push(&source.text[at..to], Marks::NONE, ByteSpan::new(at..to));
            if let Some(link) = next {
                self.open_wiki(&link);
            }
            return to;
        };
        let (from, to) = (at.max(shown.start), end.min(shown.end));
        if from < to {
            self.inline.push(&source.text[from..to], INERT, ByteSpan::new(from..to));
        }
        let at = at.max(end.min(*past));
        self.close_wiki(at);
        at
    }

    /// Closes the wiki-link that is open, if it ends at `at` or before it.
    pub(super) fn close_wiki(&mut self, at: usize) {
        if let Some(wiki) = self.links.wiki.take_if(|wiki| wiki.end <= at) {
            self.inline.target = wiki.outer;
        }
    }

    /// The next wiki-link that starts at `at` or after it, and before `end`.
    fn wiki_between(&mut self, at: usize, end: usize) -> Option<WikiLink> {
        let links = &self.window.links;
        while links.get(self.links.next_wiki).is_some_and(|link| link.start < at) {
            self.links.next_wiki += 1;
        }
        links.get(self.links.next_wiki).filter(|link| link.start < end).cloned()
    }

    fn open_wiki(&mut self, wiki: &WikiLink) {
        let source = &*self.source.text;
        let kind = if wiki.embed { LinkKind::Embed } else { LinkKind::Wiki };
        let place = (ByteSpan::new(wiki.start..wiki.end), self.source.line(wiki.start));
        let (target, fragment, alias) = wiki.parts(source);
        // As in a table, a pipe of an alias may be escaped everywhere.
        let alias = alias.map(|alias| alias.replace(r"\|", "|"));
        let link = Link::new(kind, place, target, fragment, alias.as_deref());
        let link = self.push_link(link);
        let alias = &source[wiki.shown.clone()];
        // `![[image.png|300x200]]` says a size and no alias.
        let is_size =
            wiki.embed && alias.bytes().all(|b| b.is_ascii_digit() || b == b'x' || b == b'X');
        let shown =
            if alias.is_empty() || is_size { wiki.end..wiki.end } else { wiki.shown.clone() };
        if shown.is_empty() {
            self.push_target(link, wiki);
        }
        let outer = std::mem::replace(&mut self.inline.target, Target::Link(link));
        self.links.wiki = Some(OpenWiki { shown, end: wiki.end, outer });
    }

    /// Shows the target itself: `page > Heading` for `page#Heading`.
    fn push_target(&mut self, link: LinkId, wiki: &WikiLink) {
        let source = &*self.source.text;
        let outer = std::mem::replace(&mut self.inline.target, Target::Link(link));
        let marks = if wiki.embed && is_image(&source[wiki.target.clone()]) {
            Marks::IMAGE
        } else {
            Marks::NONE
        };
        let marks = marks.with(INERT);
        self.inline.push(&source[wiki.target.clone()], marks, ByteSpan::new(wiki.target.clone()));
        let mut parted = wiki.target.is_empty();
        if let Some(fragment) = &wiki.fragment {
            let mut at = fragment.start;
            for part in source[fragment.clone()].split('#').map(str::len) {
                if part > 0 {
                    let text = if parted { "" } else { " > " };
                    self.inline.push(text, marks, ByteSpan::new(at..at));
                    self.inline.push(&source[at..at + part], marks, ByteSpan::new(at..at + part));
                    parted = false;
                }
                at += part + 1;
            }
        }
        self.inline.target = outer;
    }
}

/// Whether a path names an image, by its ending.
fn is_image(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| {
        matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "bmp" | "avif")
    })
}
