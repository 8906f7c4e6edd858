//! `ken path`: how two pages hang together.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, TwoPages};
use super::engine::Engine;
use super::output::{Out, warn};
use crate::index::LinkRef;
use crate::runtime::effects::sentences;
use crate::search::connected::{Connected, Step, connected};
use crate::vault::PagePath;

#[derive(Serialize)]
struct ChainRow<'a> {
    length: usize,
    hops: Vec<HopRow<'a>>,
}

#[derive(Serialize)]
struct HopRow<'a> {
    from: &'a str,
    to: &'a str,
    /// The page that holds the link: one of the two.
    source: &'a str,
    /// Whether both link to each other.
    both: bool,
    line: u32,
    sentence: &'a str,
}

pub(crate) fn path(arguments: &Arguments, named: &TwoPages, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let (from, to) = (engine.page(&named.from)?, engine.page(&named.to)?);
    let read = |links: &[LinkRef]| sentences(&engine.files, &engine.index, links);
    let chains = match connected(&engine.index, from.id, to.id, named.limit.into(), read) {
        Connected::Chains(chains) => chains,
        Connected::Apart { from: around_from, to: around_to } => {
            warn(&format!(
                "no chain of links joins {0} and {1}: {0} is joined to {2}, {1} to {3}",
                from.path,
                to.path,
                others(around_from),
                others(around_to)
            ));
            return Ok(false);
        }
    };
    for (nth, chain) in chains.iter().enumerate() {
        if named.json {
            out.json(&row(chain))?;
            continue;
        }
        if nth > 0 {
            out.line("")?;
        }
        let ends = chain.iter().map(|step| title(&engine, &step.to));
        let way: Vec<&str> = std::iter::once(from.label()).chain(ends).collect();
        let links = if chain.len() == 1 { "link" } else { "links" };
        out.line(&format!("{} {links}: {}", chain.len(), way.join(" > ")))?;
        for step in chain {
            out.line(&format!("  {}:{}: {}", step.source, step.line, step.sentence.text))?;
        }
    }
    Ok(true)
}

/// How many pages a page is joined to, of so many that hang together with it, itself counted.
fn others(count: usize) -> String {
    match count.saturating_sub(1) {
        0 => "no other page".to_owned(),
        1 => "1 other page".to_owned(),
        others => format!("{others} other pages"),
    }
}

fn title<'a>(engine: &'a Engine, path: &PagePath) -> &'a str {
    engine.index.at(path).map_or("", |page| page.label())
}

fn row(chain: &[Step]) -> ChainRow<'_> {
    let hops = chain.iter().map(|step| HopRow {
        from: step.from.as_str(),
        to: step.to.as_str(),
        source: step.source.as_str(),
        both: step.both,
        line: step.line,
        sentence: &step.sentence.text,
    });
    ChainRow { length: chain.len(), hops: hops.collect() }
}
