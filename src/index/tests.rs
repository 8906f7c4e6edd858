//! Whole wikis in a few lines: pages and links by hand, what follows from them in tables.

mod answers;
mod embeds;
mod properties;
mod rules;

use super::{Change, Index, LinkRef, NewPage, PageId, Status};
use crate::markdown;
use crate::markdown::facts::{Facts, Link, LinkKind, Tag, TagOrigin};
use crate::text::span::ByteSpan;
use crate::vault::PagePath;

pub(super) fn path(text: &str) -> PagePath {
    PagePath::new(text).unwrap_or_else(|| panic!("{text:?} is no path"))
}

/// `[[target#fragment]]`, `![[target]]`, `[text](target)` or `![text](target)`.
pub(super) fn link(written: &str) -> Link {
    let (kind, inside) = if let Some(inside) = written.strip_prefix("![[") {
        (LinkKind::Embed, inside)
    } else if let Some(inside) = written.strip_prefix("[[") {
        (LinkKind::Wiki, inside)
    } else if written.starts_with("![") {
        (LinkKind::Image, written.split_once("](").unwrap().1)
    } else {
        (LinkKind::Markdown, written.split_once("](").unwrap().1)
    };
    let inside = inside.trim_end_matches([']', ')']);
    let (target, fragment) = inside.split_once('#').map_or((inside, None), |(t, f)| (t, Some(f)));
    Link::new(kind, (ByteSpan::default(), 1), target, fragment, None)
}

/// What a page holds: links as [`link`] reads them, `#tags`, `=Title`, `~alias`.
fn facts(content: &[&str]) -> Facts {
    let mut facts = Facts::default();
    for &item in content {
        if let Some(tag) = item.strip_prefix('#') {
            let (span, origin) = (ByteSpan::default(), TagOrigin::Inline);
            facts.tags.push(Tag { name: tag.into(), span, origin });
        } else if let Some(title) = item.strip_prefix('=') {
            facts.summary.title = Some(title.to_owned());
        } else if let Some(alias) = item.strip_prefix('~') {
            facts.summary.aliases.push(alias.to_owned());
        } else {
            facts.links.push(link(item));
        }
    }
    facts
}

fn put(at: &str, content: &[&str]) -> Change {
    let facts = facts(content);
    Change::Put(NewPage {
        path: path(at),
        modified_ms: 0,
        bytes: 0,
        facts: facts.into(),
        unreadable: None,
    })
}

/// A wiki of pages and, where the name is no page's, attachments.
pub(super) fn wiki(files: &[(&str, &[&str])]) -> Index {
    let mut index = Index::default();
    index.apply_all(files.iter().map(|&(at, content)| {
        if path(at).is_page() { put(at, content) } else { Change::Attachment(path(at)) }
    }));
    index
}

/// A wiki of pages with these texts and, where the name is no page's, attachments.
pub(crate) fn read<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Index {
    read_at(0, files)
}

/// As [`read`], of files that were all written so many milliseconds after 1970-01-01 UTC.
pub(crate) fn read_at<P: AsRef<str>, T: AsRef<str>>(modified_ms: i64, files: &[(P, T)]) -> Index {
    let mut index = Index::default();
    index.apply_all(files.iter().map(|(at, text)| {
        let (path, text) = (path(at.as_ref()), text.as_ref());
        if !path.is_page() {
            return Change::Attachment(path);
        }
        let (bytes, facts) = (text.len() as u64, markdown::facts(text).into());
        Change::Put(NewPage { path, modified_ms, bytes, facts, unreadable: None })
    }));
    index
}

/// A wiki of empty files.
fn files(paths: &[&str]) -> Index {
    wiki(&paths.iter().map(|&path| (path, &[][..])).collect::<Vec<_>>())
}

pub(super) fn id(index: &Index, at: &str) -> PageId {
    index.at(&path(at)).unwrap_or_else(|| panic!("{at} is not there")).id
}

pub(super) fn name(index: &Index, id: PageId) -> String {
    index.page(id).expect("a page that is there").path.to_string()
}

/// Each link as `source/path.md:number`.
fn names(index: &Index, links: &[LinkRef]) -> Vec<String> {
    links.iter().map(|link| format!("{}:{}", name(index, link.source), link.link)).collect()
}

/// A resolution in words: `shortest a/b.md`, `folder a/b.md not c/b.md`, `missing`.
fn told(index: &Index, resolution: &super::Resolution) -> String {
    let via = resolution.via.map_or("", super::Via::name);
    match &resolution.status {
        Status::Page(id) => format!("{via} {}", name(index, *id)),
        Status::Ambiguous { chosen, others } => {
            let others: Vec<String> = others.iter().map(|&other| name(index, other)).collect();
            format!("{via} {} not {}", name(index, *chosen), others.join(" "))
        }
        Status::Attachment(path) => format!("{via} file {path}"),
        Status::Folder(path) => format!("{via} folder {path:?}"),
        Status::Missing | Status::External => resolution.status_name().to_owned(),
    }
}
