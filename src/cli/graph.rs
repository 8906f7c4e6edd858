//! `ken graph`: pages and the links between them, for other programs.

use std::collections::BTreeMap;
use std::fmt::Write as _; // Into a `String`: what `write!` gives back is never an error.

use anyhow::Result;
use serde::Serialize;

use super::args::{Arguments, Graph, GraphFormat};
use super::engine::Engine;
use super::output::Out;
use super::queries;
use crate::index::graph::{neighbourhood, neighbours};
use crate::index::{Page, PageId};

#[derive(Serialize)]
struct Network<'a> {
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
}

#[derive(Serialize)]
struct Node<'a> {
    path: &'a str,
    title: &'a str,
    kind: Option<&'a str>,
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<usize>,
}

#[derive(Serialize)]
struct Edge<'a> {
    source: &'a str,
    target: &'a str,
    /// How many links the source has to the target.
    links: usize,
}

pub(crate) fn graph(arguments: &Arguments, graph: &Graph, out: &mut Out) -> Result<bool> {
    let query = graph.query.as_deref().unwrap_or_default();
    let query = queries::parse(query)?;
    let engine = Engine::open(arguments)?;
    let read = |id: PageId| {
        let page = engine.index.page(id)?;
        Some(engine.files.page(&page.path).ok()?.text)
    };
    let keep = |id: PageId| query.matches(&engine.index, id, engine.today, &read);
    let pages: Vec<(&Page, Option<usize>)> = match &graph.page {
        None => {
            let all = engine.pages().into_iter().filter(|page| keep(page.id));
            all.map(|page| (page, None)).collect()
        }
        Some(name) => {
            let centre = engine.page(name)?.id;
            let rooms = vec![usize::MAX; graph.steps.into()];
            let around = neighbourhood(&engine.index, centre, &rooms, keep);
            let near = around.pages.iter();
            near.filter_map(|near| Some((engine.index.page(near.page)?, Some(near.steps))))
                .collect()
        }
    };
    let network = network(&engine, &pages);
    match graph.format() {
        GraphFormat::Json => out.json(&network)?,
        GraphFormat::Dot => out.text(&dot(&network))?,
        GraphFormat::Graphml => out.text(&graphml(&network))?,
    }
    Ok(!network.nodes.is_empty())
}

fn network<'a>(engine: &'a Engine, pages: &[(&'a Page, Option<usize>)]) -> Network<'a> {
    let among: BTreeMap<PageId, &str> =
        pages.iter().map(|(page, _)| (page.id, page.path.as_str())).collect();
    let node = |&(page, steps): &(&'a Page, Option<usize>)| Node {
        path: page.path.as_str(),
        title: page.label(),
        kind: page.kind.as_deref(),
        tags: engine.index.tags_of(page.id),
        steps,
    };
    let mut edges = Vec::new();
    for (page, _) in pages {
        for other in neighbours(&engine.index, page.id) {
            let own = other.links.iter().filter(|link| link.source == page.id).count();
            let target = engine.index.page(other.page).filter(|_| among.contains_key(&other.page));
            if let (Some(target), true) = (target, own > 0) {
                let target = target.path.as_str();
                edges.push(Edge { source: page.path.as_str(), target, links: own });
            }
        }
    }
    Network { nodes: pages.iter().map(node).collect(), edges }
}

/// The language of Graphviz.
fn dot(network: &Network<'_>) -> String {
    let mut dot = String::from("digraph wiki {\n");
    for node in &network.nodes {
        let kind = node.kind.map_or(String::new(), |kind| format!(", class={}", dot_string(kind)));
        let (path, title) = (dot_string(node.path), dot_string(node.title));
        writeln!(dot, "  {path} [label={title}{kind}];").ok();
    }
    for edge in &network.edges {
        let (source, target) = (dot_string(edge.source), dot_string(edge.target));
        writeln!(dot, "  {source} -> {target} [weight={}];", edge.links).ok();
    }
    dot.push_str("}\n");
    dot
}

/// A quoted string of Graphviz: only the quote is special; a backslash begins an escape in labels.
fn dot_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}

/// `GraphML`, <http://graphml.graphdrawing.org/>.
fn graphml(network: &Network<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         \x20 <key id=\"title\" for=\"node\" attr.name=\"title\" attr.type=\"string\"/>\n\
         \x20 <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n\
         \x20 <key id=\"tags\" for=\"node\" attr.name=\"tags\" attr.type=\"string\"/>\n\
         \x20 <key id=\"links\" for=\"edge\" attr.name=\"links\" attr.type=\"int\"/>\n\
         \x20 <graph id=\"wiki\" edgedefault=\"directed\">\n",
    );
    for node in &network.nodes {
        writeln!(xml, "    <node id=\"{}\">", xml_text(node.path)).ok();
        writeln!(xml, "      <data key=\"title\">{}</data>", xml_text(node.title)).ok();
        if let Some(kind) = node.kind {
            writeln!(xml, "      <data key=\"kind\">{}</data>", xml_text(kind)).ok();
        }
        if !node.tags.is_empty() {
            writeln!(xml, "      <data key=\"tags\">{}</data>", xml_text(&node.tags.join(" ")))
                .ok();
        }
        xml.push_str("    </node>\n");
    }
    for edge in &network.edges {
        let (source, target) = (xml_text(edge.source), xml_text(edge.target));
        writeln!(xml, "    <edge source=\"{source}\" target=\"{target}\"><data key=\"links\">{}</data></edge>", edge.links).ok();
    }
    xml.push_str("  </graph>\n</graphml>\n");
    xml
}

/// Text of XML 1.0, which has no way to write most control characters (2.2).
fn xml_text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{dot_string, xml_text};

    #[test]
    fn names_cannot_break_out_of_their_quotes() {
        assert_eq!(dot_string("a \"b\" \\\n"), "\"a \\\"b\\\" \\\\ \"");
        assert_eq!(xml_text("<a & \"b\">\u{1b}"), "&lt;a &amp; &quot;b&quot;&gt;\u{fffd}");
    }
}
