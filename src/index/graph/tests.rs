//! What lies around a page, and how two pages hang together.

use super::super::tests::{id, name, wiki};
use super::*;

/// `a -> b -> d`, `a -> hub -> d`, the hub with three more; `e` alone; `f <-> g` apart.
fn harbour() -> Index {
    let pages: &[(&str, &[&str])] = &[
        ("a.md", &["[[b]]", "[[hub]]", "[[b]]", "[[a]]", "[[nobody]]"]),
        ("b.md", &["[[d]]"]),
        ("d.md", &[]),
        ("e.md", &["[[e]]", "[[pic.png]]"]),
        ("f.md", &["[[g]]"]),
        ("g.md", &["[[f]]"]),
        ("hub.md", &["[[d]]", "[[x]]", "[[y]]", "[[z]]"]),
        ("x.md", &[]),
        ("y.md", &[]),
        ("z.md", &["[[x]]"]),
        ("pic.png", &[]),
    ];
    wiki(pages)
}

fn chains(index: &Index, from: &str, to: &str, most: usize) -> Vec<String> {
    let said = |connection| match connection {
        Connection::Apart { from, to } => vec![format!("apart {from} {to}")],
        Connection::Chains(chains) => chains
            .iter()
            .map(|chain| {
                let hop = |hop: &Hop| {
                    let sign = if hop.link.source == hop.from { ">" } else { "<" };
                    format!("{sign} {}", name(index, hop.to))
                };
                chain.iter().map(hop).collect::<Vec<_>>().join(" ")
            })
            .collect(),
    };
    said(connection(index, id(index, from), id(index, to), most))
}

#[test]
fn neighbours_are_joined_whichever_way() {
    let index = harbour();
    let check = |page: &str, expected: &[&str]| {
        let all = neighbours(&index, id(&index, page));
        let all: Vec<String> = all
            .iter()
            .map(|other| format!("{} {}", name(&index, other.page), other.links.len()))
            .collect();
        assert_eq!(all, expected, "{page}");
        assert_eq!(degree(&index, id(&index, page)), expected.len());
    };
    check("a.md", &["b.md 2", "hub.md 1"]);
    check("d.md", &["b.md 1", "hub.md 1"]);
    check("f.md", &["g.md 2"]);
    check("e.md", &[]);
}

#[test]
fn the_shortest_chains_come_those_over_quiet_pages_first() {
    let index = harbour();
    assert_eq!(chains(&index, "a.md", "d.md", 9), ["> b.md > d.md", "> hub.md > d.md"]);
    assert_eq!(chains(&index, "d.md", "a.md", 1), ["< b.md < a.md"]);
    assert_eq!(
        chains(&index, "x.md", "b.md", 9),
        ["< hub.md < a.md > b.md", "< hub.md > d.md < b.md"]
    );
    assert_eq!(chains(&index, "a.md", "a.md", 9), [""]);
    assert_eq!(chains(&index, "a.md", "f.md", 9), ["apart 7 2"]);
    assert_eq!(chains(&index, "e.md", "f.md", 9), ["apart 1 2"]);
}

#[test]
fn a_grid_of_chains_is_cut_and_a_long_chain_takes_no_stack() {
    let pages: Vec<(String, Vec<String>)> =
        (0..3_000).map(|n| (format!("{n:04}.md"), vec![format!("[[{:04}]]", n + 1)])).collect();
    let links: Vec<Vec<&str>> =
        pages.iter().map(|(_, links)| links.iter().map(String::as_str).collect()).collect();
    let files: Vec<(&str, &[&str])> =
        pages.iter().zip(&links).map(|((path, _), links)| (path.as_str(), &links[..])).collect();
    let index = wiki(&files);
    let from = id(&index, "0000.md");
    let Connection::Chains(chains) = connection(&index, from, id(&index, "2999.md"), 3) else {
        panic!("they hang together");
    };
    assert_eq!((chains.len(), chains[0].len()), (1, 2_999));
}

#[test]
fn a_neighbourhood_grows_by_steps_and_is_cut_by_links() {
    let index = harbour();
    let check = |centre: &str, rooms: &[usize], expected: &str| {
        let keep = |page| page != id(&index, "y.md");
        let around = neighbourhood(&index, id(&index, centre), rooms, keep);
        let pages: Vec<String> = around
            .pages
            .iter()
            .map(|near| {
                let by = name(&index, around.pages[near.by].page);
                format!("{}{}<{by}", near.steps, name(&index, near.page))
            })
            .collect();
        let edges: Vec<String> = around
            .edges
            .iter()
            .map(|edge| format!("{}-{}:{}", edge.ends.0, edge.ends.1, edge.links.len()))
            .collect();
        let (left_out, unwanted) = (around.left_out, around.unwanted);
        let (pages, edges) = (pages.join(" "), edges.join(" "));
        let said = format!("{pages} | {edges} | {left_out} {unwanted}");
        assert_eq!(said.replace(".md", ""), expected);
    };
    check("e.md", &[9; 3], "0e<e |  | 0 0");
    check("a.md", &[9], "0a<a 1b<a 1hub<a | 0-1:2 0-2:1 | 0 0");
    check(
        "a.md",
        &[9, 9],
        "0a<a 1b<a 1hub<a 2d<b 2x<hub 2z<hub | 0-1:2 0-2:1 1-3:1 2-3:1 2-4:1 2-5:1 4-5:1 | 0 1",
    );
    check("a.md", &[2, 1], "0a<a 1b<a 1hub<a 2d<b | 0-1:2 0-2:1 1-3:1 2-3:1 | 2 1");
    check("a.md", &[1, 9], "0a<a 1b<a 2d<b | 0-1:2 1-2:1 | 1 0");
}

#[test]
fn who_links_back_comes_first_then_who_is_linked_most() {
    let pages: &[(&str, &[&str])] = &[
        ("a.md", &["[[quiet]]", "[[loud]]", "[[friend]]", "[[often]]", "[[often]]"]),
        ("friend.md", &["[[a]]"]),
        ("loud.md", &[]),
        ("often.md", &[]),
        ("quiet.md", &[]),
        ("reader.md", &["[[loud]]"]),
        ("writer.md", &["[[a]]"]),
    ];
    let index = wiki(pages);
    let a = id(&index, "a.md");
    let around = neighbourhood(&index, a, &[9], |_| true);
    let names: Vec<String> = around.pages.iter().map(|near| name(&index, near.page)).collect();
    assert_eq!(names, ["a.md", "friend.md", "often.md", "loud.md", "quiet.md", "writer.md"]);
    let ways: Vec<Way> = around.edges.iter().map(|edge| edge.way(a)).collect();
    assert_eq!(ways, [Way::Both, Way::Out, Way::Out, Way::Out, Way::In]);
    assert_eq!(tally(&index, a, |_| true), Tally { inbound: 1, outbound: 3, both: 1 });
}
