//! `ken ls`, `ken random`, `ken tags`, `ken properties`, `ken outline`.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::args::{Arguments, Listing, Ls, OnePage, Properties};
use super::engine::Engine;
use super::output::Out;
use super::queries;
use crate::index::{Page, PageId};
use crate::markdown::{Packed, Value};
use crate::search::query::Query;
use crate::text::fold::fold;
use crate::text::slug::slug;

#[derive(Serialize)]
struct PageRow<'a> {
    path: &'a str,
    title: &'a str,
    kind: Option<&'a str>,
    tags: Vec<&'a str>,
    aliases: Vec<&'a str>,
    words: u32,
    links: usize,
    backlinks: usize,
    created: Option<String>,
    updated: Option<String>,
    strength: Option<f64>,
    properties: Map<String, Json>,
    notices: Vec<String>,
}

pub(crate) fn pages(arguments: &Arguments, ls: &Ls, out: &mut Out) -> Result<bool> {
    let (engine, query) = queries::asked(arguments, ls)?;
    let mut found = false;
    for page in matching(&engine, &query) {
        found = true;
        print(&engine, page, ls, out)?;
    }
    if !found {
        queries::tell_absent(&query, &engine);
    }
    Ok(found)
}

pub(crate) fn random(arguments: &Arguments, ls: &Ls, out: &mut Out) -> Result<bool> {
    let (engine, query) = queries::asked(arguments, ls)?;
    let pages: Vec<&Page> = matching(&engine, &query).collect();
    let count = u64::try_from(pages.len()).unwrap_or(u64::MAX);
    // The keys of a new hasher are the standard library's one source of chance.
    let chance = RandomState::new().hash_one(count).checked_rem(count);
    let chosen = chance.and_then(|nth| pages.get(usize::try_from(nth).ok()?));
    chosen.map(|page| print(&engine, page, ls, out)).transpose()?;
    if chosen.is_none() {
        queries::tell_absent(&query, &engine);
    }
    Ok(chosen.is_some())
}

fn matching<'a>(engine: &'a Engine, query: &'a Query) -> impl Iterator<Item = &'a Page> {
    let read = |id: PageId| {
        let page = engine.index.page(id)?;
        Some(engine.files.page(&page.path).ok()?.text)
    };
    let pages = engine.pages().into_iter();
    pages.filter(move |page| query.matches(&engine.index, page.id, engine.today, &read))
}

fn print(engine: &Engine, page: &Page, ls: &Ls, out: &mut Out) -> Result<()> {
    if ls.json { out.json(&row(engine, page)) } else { out.line(page.path.as_str()) }
}

fn row<'a>(engine: &'a Engine, page: &'a Page) -> PageRow<'a> {
    let facts = &page.facts;
    PageRow {
        path: page.path.as_str(),
        title: &page.title,
        kind: page.kind.as_deref(),
        tags: engine.index.tags_of(page.id),
        aliases: facts.aliases().collect(),
        words: facts.words(),
        links: facts.link_count(),
        backlinks: engine.index.backlinks(page.id).len(),
        created: facts.created().map(|date| date.to_string()),
        updated: facts.updated().map(|date| date.to_string()),
        // Through the shortest decimal, so that 0.85 is not printed as 0.8500000238418579.
        strength: facts.strength().and_then(|strength| strength.to_string().parse().ok()),
        properties: values(facts),
        notices: notices(page),
    }
}

fn notices(page: &Page) -> Vec<String> {
    let unreadable = page.unreadable.iter().map(|reason| format!("cannot be read: {reason}"));
    unreadable.chain(page.facts.notices().map(|notice| notice.message)).collect()
}

fn values(facts: &Packed) -> Map<String, Json> {
    facts.properties().map(|property| (property.key, json_value(&property.value))).collect()
}

fn json_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(text) => {
            serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.clone()))
        }
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json_value).collect()),
        Value::Map(pairs) => Json::Object(
            pairs
                .iter()
                .map(|(key, value)| {
                    let key = match key {
                        Value::Text(text) | Value::Number(text) => text.clone(),
                        other => json_value(other).to_string(),
                    };
                    (key, json_value(value))
                })
                .collect(),
        ),
    }
}

#[derive(Serialize)]
struct TagRow<'a> {
    tag: &'a str,
    pages: u32,
}

pub(crate) fn tags(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let tags = engine.index.tags();
    let width = tags.iter().map(|(_, pages)| pages.to_string().len()).max().unwrap_or(0);
    for (tag, pages) in &tags {
        if listing.json {
            out.json(&TagRow { tag, pages: *pages })?;
        } else {
            out.line(&format!("{pages:>width$}  {tag}"))?;
        }
    }
    Ok(!tags.is_empty())
}

#[derive(Serialize)]
struct PropertyRow<'a> {
    property: &'a str,
    pages: u32,
}

/// Names are the same whatever their case, as in queries; shown as on the first page by path.
pub(crate) fn properties(arguments: &Arguments, asked: &Properties, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    if let Some(name) = &asked.page {
        let facts = &engine.page(name)?.facts;
        for property in facts.properties() {
            let value = json_value(&property.value);
            if asked.json {
                out.json(&Map::from_iter([(property.key.clone(), value)]))?;
            } else {
                let value = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                out.line(&format!("{}: {value}", property.key))?;
            }
        }
        return Ok(facts.properties().len() > 0);
    }
    let mut all: BTreeMap<String, (String, u32)> = BTreeMap::new();
    for page in engine.pages() {
        let mut own: Vec<(String, String)> = Vec::new();
        for property in page.facts.properties() {
            let name = fold(&property.key);
            if own.iter().all(|(known, _)| *known != name) {
                own.push((name, property.key));
            }
        }
        for (name, shown) in own {
            all.entry(name).or_insert((shown, 0)).1 += 1;
        }
    }
    let width = all.values().map(|(_, pages)| pages.to_string().len()).max().unwrap_or(0);
    for (property, pages) in all.values() {
        if asked.json {
            out.json(&PropertyRow { property, pages: *pages })?;
        } else {
            out.line(&format!("{pages:>width$}  {property}"))?;
        }
    }
    Ok(!all.is_empty())
}

#[derive(Serialize)]
struct HeadingRow<'a> {
    level: u8,
    text: &'a str,
    line: u32,
    slug: &'a str,
}

pub(crate) fn outline(arguments: &Arguments, named: &OnePage, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let page = engine.page(&named.page)?;
    for heading in page.facts.headings() {
        if named.json {
            let slug = slug(heading.text);
            let row = HeadingRow {
                level: heading.level,
                text: heading.text,
                line: heading.line,
                slug: &slug,
            };
            out.json(&row)?;
        } else {
            let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
            out.line(&format!("{indent}{}", heading.text))?;
        }
    }
    Ok(page.facts.headings().len() > 0)
}
