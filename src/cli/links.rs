//! `ken links`, `ken backlinks`.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Links, OnePage};
use super::engine::Engine;
use super::output::Out;
use crate::index::{Index, LinkRef, Page, Resolution, Status, Via};
use crate::runtime::effects::sentences;

/// A link as `ken links --json` prints it.
#[derive(Debug, Serialize)]
pub struct LinkRow<'a> {
    /// The path of the page on which it stands.
    pub source: &'a str,
    /// Its line in the file, from 1.
    pub line: u32,
    /// `wikilink`, `embed`, `markdown`, `image` or `property`.
    pub kind: &'static str,
    /// The target as written, without fragment and alias.
    pub raw: &'a str,
    /// What follows `#`.
    pub fragment: Option<&'a str>,
    /// What is displayed in its place.
    pub alias: Option<&'a str>,
    /// `resolved`, `missing`, `ambiguous`, `attachment` or `external`.
    pub status: &'static str,
    /// The path of the page or file that it leads to.
    pub resolved: Option<&'a str>,
    /// The rule that found it.
    pub via: Option<&'static str>,
}

pub(crate) fn links(arguments: &Arguments, links: &Links, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let pages = match &links.page {
        Some(name) => vec![engine.page(name)?],
        None => engine.pages(),
    };
    let mut found = false;
    for page in pages {
        each_link(&engine.index, page, |row| {
            found = true;
            if links.json { out.json(row) } else { out.line(&plain(row)) }
        })?;
    }
    Ok(found)
}

/// Gives the links of a page to `take`, in their order, until it fails.
///
/// # Errors
/// That of `take`.
pub fn each_link(
    index: &Index,
    page: &Page,
    mut take: impl FnMut(&LinkRow<'_>) -> Result<()>,
) -> Result<()> {
    (0..).zip(page.facts.links()).try_for_each(|(number, link)| {
        let resolution = index.resolution(LinkRef { source: page.id, link: number });
        take(&LinkRow {
            source: page.path.as_str(),
            line: link.line,
            kind: link.kind.name(),
            raw: link.target(),
            fragment: link.fragment(),
            alias: link.alias(),
            status: resolution.status_name(),
            resolved: target(index, &resolution),
            via: resolution.via.map(Via::name),
        })
    })
}

fn plain(row: &LinkRow<'_>) -> String {
    let fragment = row.fragment.map_or_else(String::new, |text| format!("#{text}"));
    let end = match (row.status, row.resolved) {
        ("resolved" | "attachment", Some(path)) => format!(" -> {path}"),
        ("ambiguous", Some(path)) => format!(" -> {path} (ambiguous)"),
        ("attachment", None) => " (folder)".to_owned(),
        ("external", _) => String::new(),
        (status, _) => format!(" ({status})"),
    };
    format!("{}:{}: {}{fragment}{end}", row.source, row.line, row.raw)
}

fn target<'a>(index: &'a Index, resolution: &'a Resolution) -> Option<&'a str> {
    match &resolution.status {
        Status::Attachment(path) => Some(path.as_str()),
        _ => Some(index.page(resolution.page()?)?.path.as_str()),
    }
}

#[derive(Serialize)]
struct BacklinkRow<'a> {
    source: &'a str,
    line: u32,
    sentence: &'a str,
}

pub(crate) fn backlinks(arguments: &Arguments, named: &OnePage, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let page: &Page = engine.page(&named.page)?;
    let links = engine.index.backlinks(page.id);
    let sentences = sentences(&engine.files, &engine.index, &links);
    for (link, sentence) in links.iter().zip(&sentences) {
        let Some(source) = engine.index.page(link.source) else { continue };
        let line = source.facts.link(link.link).map_or(0, |link| link.line);
        if named.json {
            let source = source.path.as_str();
            out.json(&BacklinkRow { source, line, sentence: &sentence.text })?;
        } else {
            out.line(&format!("{}:{line}: {}", source.path, sentence.text))?;
        }
    }
    Ok(!links.is_empty())
}
