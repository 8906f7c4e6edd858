//! `ken links`, `ken backlinks`.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Links, OnePage};
use super::engine::Engine;
use super::output::Out;
use crate::index::{LinkRef, Page, Resolution, Status};
use crate::runtime::effects::sentences;

#[derive(Serialize)]
struct LinkRow<'a> {
    source: &'a str,
    line: u32,
    kind: &'static str,
    raw: &'a str,
    fragment: Option<&'a str>,
    alias: Option<&'a str>,
    status: &'static str,
    resolved: Option<&'a str>,
    via: Option<&'static str>,
}

pub(crate) fn links(arguments: &Arguments, links: &Links, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let pages = match &links.page {
        Some(name) => vec![engine.page(name)?],
        None => engine.pages(),
    };
    let mut found = false;
    for page in pages {
        for (number, link) in (0..).zip(&page.facts.links) {
            found = true;
            let resolution = engine.index.resolution(LinkRef { source: page.id, link: number });
            let resolved = target(&engine, &resolution);
            let row = LinkRow {
                source: page.path.as_str(),
                line: link.line,
                kind: link.kind.name(),
                raw: link.target(),
                fragment: link.fragment(),
                alias: link.alias(),
                status: resolution.status_name(),
                resolved,
                via: resolution.via.map(crate::index::Via::name),
            };
            if links.json {
                out.json(&row)?;
            } else {
                let fragment = row.fragment.map_or_else(String::new, |text| format!("#{text}"));
                let lead = format!("{}:{}: {}{fragment}", row.source, row.line, row.raw);
                let end = match (row.status, resolved) {
                    ("resolved" | "attachment", Some(path)) => format!(" -> {path}"),
                    ("ambiguous", Some(path)) => format!(" -> {path} (ambiguous)"),
                    ("attachment", None) => " (folder)".to_owned(),
                    ("external", _) => String::new(),
                    (status, _) => format!(" ({status})"),
                };
                out.line(&format!("{lead}{end}"))?;
            }
        }
    }
    Ok(found)
}

fn target<'a>(engine: &'a Engine, resolution: &'a Resolution) -> Option<&'a str> {
    match &resolution.status {
        Status::Attachment(path) => Some(path.as_str()),
        _ => Some(engine.index.page(resolution.page()?)?.path.as_str()),
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
        let line = source.facts.links.get(link.link as usize).map_or(0, |link| link.line);
        if named.json {
            let source = source.path.as_str();
            out.json(&BacklinkRow { source, line, sentence: &sentence.text })?;
        } else {
            out.line(&format!("{}:{line}: {}", source.path, sentence.text))?;
        }
    }
    Ok(!links.is_empty())
}
