//! `ken path`: how two pages hang together.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, TwoPages};
use super::engine::Engine;
use super::output::{Out, warn};
use crate::index::PageId;
use crate::index::graph::{Connection, Hop, connection};
use crate::runtime::effects::sentences;

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
    line: u32,
    sentence: String,
}

pub(crate) fn path(arguments: &Arguments, named: &TwoPages, out: &mut Out) -> Result<bool> {
    let engine = Engine::open(arguments)?;
    let (from, to) = (engine.page(&named.from)?, engine.page(&named.to)?);
    let chains = match connection(&engine.index, from.id, to.id, usize::from(named.most)) {
        Connection::Chains(chains) => chains,
        Connection::Apart { from: around_from, to: around_to } => {
            warn(&format!(
                "no chain of links joins {} and {}: {} together with the first, {} with the second",
                from.path,
                to.path,
                pages(around_from),
                pages(around_to)
            ));
            return Ok(false);
        }
    };
    for (nth, chain) in chains.iter().enumerate() {
        if named.json {
            out.json(&row(&engine, chain))?;
            continue;
        }
        if nth > 0 {
            out.line("")?;
        }
        let ends = chain.iter().map(|hop| title(&engine, hop.to));
        let way: Vec<&str> = std::iter::once(from.label()).chain(ends).collect();
        let links = if chain.len() == 1 { "link" } else { "links" };
        out.line(&format!("{} {links}: {}", chain.len(), way.join(" > ")))?;
        for hop in row(&engine, chain).hops {
            out.line(&format!("  {}:{}: {}", hop.source, hop.line, hop.sentence))?;
        }
    }
    Ok(true)
}

fn pages(count: usize) -> String {
    format!(
        "{count} {} hang{}",
        if count == 1 { "page" } else { "pages" },
        if count == 1 { "s" } else { "" }
    )
}

fn title(engine: &Engine, id: PageId) -> &str {
    engine.index.page(id).map_or("", |page| page.label())
}

fn row<'a>(engine: &'a Engine, chain: &[Hop]) -> ChainRow<'a> {
    let links: Vec<_> = chain.iter().map(|hop| hop.link).collect();
    let sentences = sentences(&engine.files, &engine.index, &links);
    let path = |id| engine.index.page(id).map_or("", |page| page.path.as_str());
    let hops = chain.iter().zip(sentences).map(|(hop, sentence)| HopRow {
        from: path(hop.from),
        to: path(hop.to),
        source: path(hop.link.source),
        line: engine.index.link(hop.link).map_or(0, |link| link.line),
        sentence: sentence.text,
    });
    ChainRow { length: chain.len(), hops: hops.collect() }
}
