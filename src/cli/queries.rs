//! Queries on the command line: mistakes shown at their place, saved ones by name; `ken queries`.

use anyhow::{Error, Result, anyhow, bail};
use serde::Serialize;

use super::args::{Arguments, Listing, Ls};
use super::engine::{self, Engine};
use super::output::{Out, warn};
use crate::config::{Config, SavedQuery};
use crate::index::PageId;
use crate::search::query::{Query, QueryError};
use crate::search::saved::pages_of;
use crate::text::near::did_you_mean;
use crate::text::scrub::scrub_line;
use crate::text::width::width;

/// The query that `text` is; a mistake in it is shown at its place.
pub(crate) fn parse(text: &str) -> Result<Query> {
    Query::parse(text).map_err(|mistake| explained(text, &mistake, Query::mended(text)))
}

/// A mistake: what is wrong, the text with carets under the part that is, and the text that was meant.
pub(crate) fn explained(
    text: &str,
    mistake: &QueryError,
    mended: Option<(String, usize)>,
) -> Error {
    let cells = |bytes: &str| width(&scrub_line(bytes));
    let span = mistake.span.range();
    let before = " ".repeat(cells(&text[..span.start]));
    let carets = "^".repeat(cells(&text[span]).max(1));
    let meant =
        mended.map_or_else(String::new, |(meant, _)| format!("\n  try: {}", scrub_line(&meant)));
    anyhow!("{}\n  {}\n  {before}{carets}{meant}", mistake.message, scrub_line(text))
}

/// The wiki, and the query that was asked for: a saved one, what was typed, or, where there are both, what
/// meets both. A mistake is told before the wiki is read.
pub(crate) fn asked(arguments: &Arguments, ls: &Ls) -> Result<(Engine, Query)> {
    let typed = parse(&ls.query.join(" "))?;
    let opened = engine::opened(arguments)?;
    let query = match &ls.saved {
        Some(name) => parse(&named(&opened.config, name)?.query)?.and(typed),
        None => typed,
    };
    Ok((Engine::of(opened), query))
}

/// Says on standard error which names of a query that found nothing no page has.
pub(crate) fn tell_absent(query: &Query, engine: &Engine) {
    query.absent(&engine.index).iter().for_each(|sentence| warn(sentence));
}

/// The saved query of that name; case does not count where only one is called so.
fn named<'a>(config: &'a Config, name: &str) -> Result<&'a SavedQuery> {
    let all = &config.queries;
    if let Some(saved) = all.iter().find(|saved| saved.name == name) {
        return Ok(saved);
    }
    let alike: Vec<_> =
        all.iter().filter(|saved| saved.name.to_lowercase() == name.to_lowercase()).collect();
    match alike.as_slice() {
        [saved] => Ok(saved),
        _ if all.is_empty() => bail!(
            "there are no saved queries: write them under [queries] in config.toml or .ken.toml"
        ),
        _ => {
            let guess = did_you_mean(name, all.iter().map(|saved| saved.name.as_str()));
            bail!("there is no saved query {name:?}{guess}; ken queries lists them")
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    query: &'a str,
    words: Option<String>,
    pages: usize,
    mistake: Option<String>,
}

/// `ken queries`.
pub(crate) fn queries(arguments: &Arguments, listing: &Listing, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let saved = &engine.config.queries;
    let texts: Vec<String> = saved.iter().map(|saved| saved.query.clone()).collect();
    let text = |id: PageId| {
        let page = engine.index.page(id)?;
        Some(engine.files.page(&page.path).ok()?.text)
    };
    let found = pages_of(&texts, &engine.index, engine.today, &text, &|| false).unwrap_or_default();
    let names = saved.iter().map(|saved| width(&scrub_line(&saved.name))).max().unwrap_or(0);
    let counts = found.iter().map(|pages| pages.len().to_string().len()).max().unwrap_or(0);
    for (SavedQuery { name, query }, pages) in saved.iter().zip(&found) {
        let parsed = Query::parse(query);
        if listing.json {
            out.json(&Row {
                name,
                query,
                words: parsed.as_ref().ok().map(Query::in_words),
                pages: pages.len(),
                mistake: parsed.err().map(|mistake| mistake.message),
            })?;
            continue;
        }
        let name = scrub_line(name);
        let air = " ".repeat(names - width(&name));
        let (count, note) = match parsed {
            Ok(_) => (pages.len().to_string(), String::new()),
            Err(mistake) => ("!".to_owned(), format!("  ! {}", mistake.message)),
        };
        out.line(&format!("{count:>counts$}  {name}{air}  {}{note}", scrub_line(query)))?;
    }
    Ok(!saved.is_empty())
}
