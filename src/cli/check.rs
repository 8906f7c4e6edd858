//! `ken check`: what is odd about the wiki's links and pages, and its parts as listings of their own:
//! `ken unresolved`, `ken orphans`, `ken deadends`.

use std::collections::BTreeMap;
use std::fmt::Write as _; // Into a `String`: what `write!` gives back is never an error.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Check, CheckKind, Listing};
use super::engine::Engine;
use super::output::{Out, warn};
use crate::index::{LinkRef, PageId, Status, check};
use crate::runtime::check::near;

/// One thing that was found.
#[derive(Serialize)]
struct Finding<'a> {
    kind: &'static str,
    path: &'a str,
    /// Line of the file, from 1.
    line: u32,
    /// The link's target or the fragment as written; `null` for what concerns the whole page.
    target: Option<String>,
    /// What it is, in words.
    message: String,
    /// Paths or headings that may be meant.
    near: Vec<String>,
}

/// `ken check`: whether anything was found.
pub(crate) fn check(arguments: &Arguments, asked: &Check, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let mut counts: BTreeMap<CheckKind, usize> = BTreeMap::new();
    for kind in CheckKind::ALL {
        if !asked.only.is_empty() && !asked.only.contains(kind) {
            continue;
        }
        for finding in find(&engine, *kind) {
            *counts.entry(*kind).or_default() += 1;
            if asked.json {
                out.json(&finding)?;
            } else {
                out.line(&plain(&finding))?;
            }
        }
    }
    let told = counts.iter().map(|(kind, count)| format!("{count} {}", kind.of(*count)));
    let told: Vec<String> = told.collect();
    if !asked.json && !told.is_empty() {
        warn(&told.join(", "));
    }
    Ok(!told.is_empty())
}

fn plain(finding: &Finding<'_>) -> String {
    let mut line = format!("{}:{}: {}", finding.path, finding.line, finding.message);
    if !finding.near.is_empty() {
        write!(line, " (near: {})", finding.near.join(", ")).ok();
    }
    line
}

fn find(engine: &Engine, kind: CheckKind) -> Vec<Finding<'_>> {
    match kind {
        CheckKind::Missing => missing(engine, check::Kind::Missing),
        CheckKind::Ambiguous => {
            let links = check::ambiguous(&engine.index);
            links.into_iter().filter_map(|link| ambiguous(engine, link)).collect()
        }
        CheckKind::Fragments => {
            let links = check::broken_fragments(&engine.index);
            links.into_iter().filter_map(|link| fragment(engine, link)).collect()
        }
        CheckKind::Orphans => {
            of_pages(engine, "orphan", "no page links here", &check::orphans(&engine.index))
        }
        CheckKind::DeadEnds => {
            let pages = check::dead_ends(&engine.index);
            of_pages(engine, "dead-end", "links to no other page", &pages)
        }
        CheckKind::Pages => odd(engine, "page", check::odd(&engine.index)),
        CheckKind::Conflicts => conflicts(engine),
        CheckKind::Files => missing(engine, check::Kind::Files),
    }
}

/// Every link to a page, or to a file, that does not exist. Names near to it are those of pages.
fn missing(engine: &Engine, part: check::Kind) -> Vec<Finding<'_>> {
    let (kind, of_files) = match part {
        check::Kind::Files => ("missing-file", true),
        _ => ("missing", false),
    };
    let mut findings = Vec::new();
    let mut missing = check::missing(&engine.index);
    missing.retain(|wanted| wanted.is_file == of_files);
    let near = if of_files {
        vec![Vec::new(); missing.len()]
    } else {
        let names = engine.index.near_names();
        let targets: Vec<String> = missing.iter().map(|wanted| wanted.target.clone()).collect();
        near(&engine.index, &names, &targets, &|| false)
    };
    for (wanted, near) in missing.into_iter().zip(near) {
        let near = paths(engine, &near);
        for asker in wanted.askers {
            let Some((path, line, target)) = place(engine, asker) else { continue };
            let what = if of_files { "file" } else { "page" };
            let message = format!("missing {what} {target:?}");
            let near = near.clone();
            let target = Some(target);
            findings.push(Finding { kind, path, line, target, message, near });
        }
    }
    findings.sort_by(|a, b| (a.path, a.line).cmp(&(b.path, b.line)));
    findings
}

fn ambiguous(engine: &Engine, at: LinkRef) -> Option<Finding<'_>> {
    let (path, line, target) = place(engine, at)?;
    let Status::Ambiguous { chosen, others } = engine.index.resolution(at).status else {
        return None;
    };
    let chosen = engine.index.page(chosen)?.path.as_str();
    let message = format!("ambiguous {target:?}, taken for {chosen}");
    let near = paths(engine, &others);
    Some(Finding { kind: "ambiguous", path, line, target: Some(target), message, near })
}

fn fragment(engine: &Engine, at: LinkRef) -> Option<Finding<'_>> {
    let (path, line, _) = place(engine, at)?;
    let (wanted, near) = check::broken_fragment(&engine.index, at)?;
    let page = engine.index.page(engine.index.resolution(at).page()?)?;
    let message = format!("{} has no {:?}", page.path, format!("#{wanted}"));
    let near = near.map(str::to_owned).into_iter().collect();
    Some(Finding { kind: "fragment", path, line, target: Some(wanted), message, near })
}

fn of_pages<'a>(
    engine: &'a Engine,
    kind: &'static str,
    message: &str,
    pages: &[PageId],
) -> Vec<Finding<'a>> {
    let finding = |id: &PageId| {
        let path = engine.index.page(*id)?.path.as_str();
        let (message, near) = (message.to_owned(), Vec::new());
        Some(Finding { kind, path, line: 1, target: None, message, near })
    };
    pages.iter().filter_map(finding).collect()
}

/// What was odd about pages themselves.
fn odd<'a>(engine: &'a Engine, kind: &'static str, all: Vec<check::Odd>) -> Vec<Finding<'a>> {
    let finding = |odd: check::Odd| {
        let path = engine.index.page(odd.page)?.path.as_str();
        let (message, near, line) = (odd.message, Vec::new(), odd.line.unwrap_or(1));
        Some(Finding { kind, path, line, target: None, message, near })
    };
    all.into_iter().filter_map(finding).collect()
}

/// Pages and other files of which two versions are left.
fn conflicts(engine: &Engine) -> Vec<Finding<'_>> {
    let kind = "conflict";
    let mut findings = odd(engine, kind, check::conflicts(&engine.index));
    let copies = check::conflicting_attachments(&engine.index).into_iter();
    findings.extend(copies.map(|(path, message)| {
        let (path, near) = (path.as_str(), Vec::new());
        Finding { kind, path, line: 1, target: None, message, near }
    }));
    findings
}

/// Where a link stands, and its target as written.
fn place(engine: &Engine, link: LinkRef) -> Option<(&str, u32, String)> {
    let page = engine.index.page(link.source)?;
    let written = engine.index.link(link)?;
    Some((page.path.as_str(), written.line, written.target().to_owned()))
}

fn paths(engine: &Engine, pages: &[PageId]) -> Vec<String> {
    let path = |id: &PageId| Some(engine.index.page(*id)?.path.to_string());
    pages.iter().filter_map(path).collect()
}

#[derive(Serialize)]
struct UnresolvedRow<'a> {
    target: &'a str,
    /// `page` or `file`.
    kind: &'static str,
    links: usize,
    sources: Vec<&'a str>,
}

/// `ken unresolved`: the missing pages, the most wanted first, then the other missing files.
pub(crate) fn unresolved(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let mut all = check::missing(&engine.index);
    let most = all.first().map_or(0, |wanted| wanted.askers.len());
    let width = most.to_string().len();
    all.sort_by_key(|wanted| wanted.is_file);
    for wanted in &all {
        let links = wanted.askers.len();
        if listing.json {
            // The askers come by page.
            let askers = wanted.askers.chunk_by(|a, b| a.source == b.source);
            let sources = askers.filter_map(|of_page| engine.index.page(of_page.first()?.source));
            let sources = sources.map(|page| page.path.as_str()).collect();
            let kind = if wanted.is_file { "file" } else { "page" };
            out.json(&UnresolvedRow { target: &wanted.target, kind, links, sources })?;
        } else {
            let kind = if wanted.is_file { "  (file)" } else { "" };
            out.line(&format!("{links:>width$}  {}{kind}", wanted.target))?;
        }
    }
    Ok(!all.is_empty())
}

#[derive(Serialize)]
struct PathRow<'a> {
    path: &'a str,
    title: &'a str,
}

/// `ken orphans`: pages that no other page links to.
pub(crate) fn orphans(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    list(&engine, &check::orphans(&engine.index), listing, out)
}

/// `ken deadends`: pages from which no link leads to another page.
pub(crate) fn dead_ends(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    list(&engine, &check::dead_ends(&engine.index), listing, out)
}

fn list(engine: &Engine, pages: &[PageId], listing: &Listing, out: &mut Out) -> Result<bool> {
    for page in pages.iter().filter_map(|id| engine.index.page(*id)) {
        let (path, title) = (page.path.as_str(), page.label());
        if listing.json {
            out.json(&PathRow { path, title })?;
        } else {
            out.line(path)?;
        }
    }
    Ok(!pages.is_empty())
}
