//! `ken explain`: why a link leads where it leads, what a query means, where a tag comes from.

use anyhow::{Result, bail};
use serde::Serialize;

use super::args::{Arguments, Explain};
use super::engine::Engine;
use super::output::Out;
use super::queries;
use crate::index::explain::{explain as explain_link, explain_tag};
use crate::index::{Page, PageId, Via};
use crate::markdown::{self, Link, TagOrigin};
use crate::search::query::{Explained, Part};
use crate::vault::PagePath;

/// Whether what was asked about leads anywhere, meets a page, or stands on one.
pub(crate) fn explain(arguments: &Arguments, asked: &Explain, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    match (&asked.link, &asked.query, &asked.tag) {
        (Some(link), ..) => one_link(&engine, link, asked, out),
        (_, Some(query), _) => one_query(&engine, query, asked.json, out),
        (.., Some(tag)) => one_tag(&engine, tag, asked, out),
        _ => bail!("name a link, or --query QUERY, or --tag TAG"),
    }
}

#[derive(Serialize)]
struct LinkRow<'a> {
    says: &'a str,
    answer: &'a str,
    status: &'static str,
    via: Option<&'static str>,
    resolved: Option<String>,
    looks: &'a [String],
    candidates: Vec<CandidateRow<'a>>,
    fragment: Option<&'a str>,
    near: Vec<String>,
}

#[derive(Serialize)]
struct CandidateRow<'a> {
    path: &'a str,
    why: &'a str,
    /// Why it was not chosen; `null` if it was.
    lost: Option<&'a str>,
}

fn one_link(engine: &Engine, written: &str, asked: &Explain, out: &mut Out) -> Result<bool> {
    let from = match &asked.from {
        Some(name) => engine.page(name)?.path.clone(),
        // A page that is not there links like any page at the root.
        None => PagePath::new("\u{1}").expect("one plain component"),
    };
    let told = explain_link(&engine.index, &from, &link(written));
    let near = paths(engine, &told.near);
    let leads = told.resolution.status_name() != "missing";
    if asked.json {
        let resolved = told.resolution.page().and_then(|id| engine.index.page(id));
        let candidates = told.candidates.iter().map(|one| CandidateRow {
            path: one.path.as_str(),
            why: one.why,
            lost: one.lost,
        });
        out.json(&LinkRow {
            says: &told.says,
            answer: &told.answer,
            status: told.resolution.status_name(),
            via: told.resolution.via.map(Via::name),
            resolved: resolved.map(|page| page.path.to_string()),
            looks: &told.looks,
            candidates: candidates.collect(),
            fragment: told.fragment.as_deref(),
            near,
        })?;
        return Ok(leads);
    }
    out.line(&told.says)?;
    out.line(&told.answer)?;
    if let Some(fragment) = &told.fragment {
        out.line(fragment)?;
    }
    if told.candidates.len() > 1 {
        out.line("Could be meant, in this order:")?;
        for (nth, one) in (1..).zip(&told.candidates) {
            let lost = one.lost.map_or("chosen".to_owned(), |lost| format!("no: {lost}"));
            out.line(&format!("  {nth}. {}: {}; {lost}", one.path, one.why))?;
        }
    }
    if !near.is_empty() {
        out.line("Names near to it:")?;
        near.iter().try_for_each(|path| out.line(&format!("  {path}")))?;
    }
    if !told.looks.is_empty() {
        out.line("Looked for, one after the other:")?;
        for (nth, look) in (1..).zip(&told.looks) {
            out.line(&format!("  {nth}. {look}"))?;
        }
    }
    Ok(leads)
}

/// A link as it is typed: in any syntax of links, or its target alone.
fn link(written: &str) -> Link {
    let document = markdown::parse(written.trim());
    let whole = document.facts.links.into_iter().next();
    whole.unwrap_or_else(|| {
        // `[[` and `]]` are easily forgotten, or eaten by a shell.
        let inside = format!("[[{}]]", written.trim());
        let links = markdown::parse(&inside).facts.links;
        links.into_iter().next().unwrap_or_else(|| Link::wiki(written.trim()))
    })
}

#[derive(Serialize)]
struct QueryRow<'a> {
    words: &'a str,
    pages: usize,
    of: usize,
    parts: Vec<PartRow<'a>>,
}

#[derive(Serialize)]
struct PartRow<'a> {
    words: &'a str,
    pages: usize,
    /// How many pages meet this part and all before it, of parts that are to be met together.
    left: Option<usize>,
    parts: Vec<PartRow<'a>>,
}

impl<'a> From<&'a Part> for PartRow<'a> {
    fn from(part: &'a Part) -> Self {
        let Part { words, met, left, parts } = part;
        Self { words, pages: *met, left: *left, parts: parts.iter().map(Self::from).collect() }
    }
}

fn one_query(engine: &Engine, typed: &str, json: bool, out: &mut Out) -> Result<bool> {
    let query = queries::parse(typed)?;
    let text = |id: PageId| Some(engine.files.page(&engine.index.page(id)?.path).ok()?.text);
    let Explained { words, met, all, parts } = query.explain(&engine.index, engine.today, &text);
    if json {
        out.json(&QueryRow {
            words: &words,
            pages: met,
            of: all,
            parts: parts.iter().map(PartRow::from).collect(),
        })?;
    } else {
        out.line(&format!("{words}: {met} of {all}"))?;
        list(&parts, 1, out)?;
    }
    Ok(met > 0)
}

fn list(parts: &[Part], depth: usize, out: &mut Out) -> Result<()> {
    for part in parts {
        let left = part.left.map_or(String::new(), |left| format!(", which leaves {left}"));
        out.line(&format!("{}{}: {}{left}", "  ".repeat(depth), part.words, part.met))?;
        list(&part.parts, depth + 1, out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct TagRow<'a> {
    tag: &'a str,
    /// The pages that carry it.
    pages: Vec<String>,
    /// The pages that carry only a tag below it.
    nested: Vec<String>,
    /// The tags below it.
    below: Vec<CountRow<'a>>,
    /// On how many pages it, or one below it, was written so.
    origins: Vec<CountRow<'a>>,
}

#[derive(Serialize)]
struct CountRow<'a> {
    name: &'a str,
    pages: usize,
}

fn one_tag(engine: &Engine, tag: &str, asked: &Explain, out: &mut Out) -> Result<bool> {
    let on: Option<&Page> = asked.from.as_deref().map(|name| engine.page(name)).transpose()?;
    let told = explain_tag(&engine.index, tag, on.map(|page| page.id));
    let (pages, nested) = (paths(engine, &told.own), paths(engine, &told.nested));
    let found = !pages.is_empty() || !nested.is_empty();
    let origin = |origin| match origin {
        TagOrigin::FrontMatter => "in the front matter",
        TagOrigin::Inline => "in the text",
        TagOrigin::Section => "under a heading Tags",
    };
    if asked.json {
        let name = |origin| match origin {
            TagOrigin::FrontMatter => "front-matter",
            TagOrigin::Inline => "text",
            TagOrigin::Section => "section",
        };
        let below = told.below.iter();
        let below = below.map(|(name, pages)| CountRow { name, pages: *pages as usize }).collect();
        let origins = told.origins.iter();
        let origins = origins.map(|(from, pages)| CountRow { name: name(*from), pages: *pages });
        let origins = origins.collect();
        out.json(&TagRow { tag: &told.tag, pages, nested, below, origins })?;
        return Ok(found);
    }
    let more = match nested.len() {
        0 => String::new(),
        more => format!(", {more} more with a tag below it"),
    };
    out.line(&format!("#{}: pages {}{more}", told.tag, pages.len()))?;
    for (from, count) in &told.origins {
        out.line(&format!("  {}: {count}", origin(*from)))?;
    }
    for (from, times) in &told.here {
        out.line(&format!("  on this page {}: {times}", origin(*from)))?;
    }
    for (name, count) in &told.below {
        out.line(&format!("  #{name}: {count}"))?;
    }
    for path in pages.iter().chain(&nested) {
        out.line(&format!("  {path}"))?;
    }
    Ok(found)
}

fn paths(engine: &Engine, pages: &[PageId]) -> Vec<String> {
    let path = |id: &PageId| Some(engine.index.page(*id)?.path.to_string());
    pages.iter().filter_map(path).collect()
}
