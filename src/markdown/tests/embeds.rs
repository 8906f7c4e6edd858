//! What is cut out of a page, and what becomes of it in another one.

use super::sketch;
use crate::markdown::embed::{Fill, Part, cut, places, splice};
use crate::markdown::{Link, parse};

const PAGE: &str = "\
---
up: \"[[home]]\"
---
# Page

One [[a]] and [^n]. ^one

## First

- two
- three [[b]] ^three
  - four

### Below

> five
>
> six ^six

## Second

| [[c]] | #t |
|-|-|
| x | y |

^table

[^n]: A note, see [[d]] and ^[another].

---
*Strength: 1*
";

#[test]
fn a_part_is_cut_with_what_it_uses() {
    let page = parse(PAGE);
    let check = |part: Part, links: &[&str], expected: &[&str]| {
        let cut = cut(&page, part).unwrap().document;
        assert_eq!(sketch(&cut), expected, "{part:?}");
        let targets: Vec<&str> = cut.facts.links.iter().map(Link::target).collect();
        assert_eq!(targets, links, "{part:?}");
        assert!(cut.facts.properties.is_empty() && cut.facts.headings.is_empty());
    };
    let block = |id: &str| {
        let ids = &page.facts.block_ids;
        Part::Block(ids.iter().find(|block| block.id == id).unwrap().span)
    };
    let below = ["h3 'Below'", "> 'five'", "> 'six'"];
    check(Part::Section(2), &[], &below);
    let first = ["h2 'First'", "- 'two'", "- 'three {@0:b}'", "- - 'four'"];
    check(Part::Section(1), &["b"], &[&first[..], &below].concat());
    check(Part::Section(3), &["c"], &["h2 'Second'", "table {@0:c},{#t0:#t};x,y"]);
    let one = ["'One {@0:a} and {^n1:1}.'", "[^1]: 'A note, see {@1:d} and {^n2:2}.'"];
    let one = [&one[..], &["[^2]: 'another'"]].concat();
    check(block("one"), &["a", "d"], &one);
    check(block("three"), &["b"], &["- 'three {@0:b}'", "- - 'four'"]);
    check(block("six"), &[], &["'six'"]);
    check(block("table"), &["c"], &["table {@0:c},{#t0:#t};x,y"]);
    let whole = cut(&page, Part::Whole).unwrap().document;
    assert_eq!(sketch(&whole).len(), sketch(&page).len());
    assert_eq!(whole.facts.links.len(), 4);
    assert_eq!(cut(&parse("---\na: b\n---\n"), Part::Whole), None);
    assert_eq!(cut(&page, Part::Section(9)), None);
}

#[test]
fn embeds_are_what_stands_alone_or_among_embeds() {
    let check = |source: &str, expected: &[&[u32]]| {
        let places = places(&parse(source));
        let links: Vec<&[u32]> = places.iter().map(|place| &place.links[..]).collect();
        assert_eq!(links, expected, "{source}");
    };
    check("![[a]]", &[&[0]]);
    check("![[a|x]] ^id", &[&[0]]);
    check("![](a.md)", &[&[0]]);
    check("![[a]] ![[a]]\n![x](b)", &[&[0, 1, 2]]);
    check("- ![[a]]\n- > ![[b]]", &[&[0], &[1]]);
    check("See ![[a]]", &[]);
    check("![[a]], ![[b]]", &[]);
    check("[[a]]", &[]);
    check("![](https://example.org/x.png)", &[]);
    check("|![[a]]|\n|-|", &[]);
    check("# ![[a]]", &[]);
}

#[test]
fn a_part_stands_in_place_of_its_embed() {
    let host = parse("a [[x]][^1]\n\n- ![[p]]\n\nb [[y]]\n\n[^1]: own [[z]]\n");
    let page = parse("# P\n\nc [[q]][^1] #t\n\n[^1]: theirs\n");
    let part = cut(&page, Part::Whole).unwrap().document;
    let [place] = &places(&host)[..] else { panic!("one embed") };
    let fill = Fill { link: place.links[0], part: Some((7, part)) };
    let composed = splice(host.clone(), vec![(place.leaf, vec![fill])]);
    let expected = [
        "'a {@0:x}{^n1:1}'",
        "- !1: embed 1",
        "- !1: h1 'P'",
        "- !1: 'c {@4:q}{^n2:1} {#t0:#t}'",
        "'b {@2:y}'",
        "[^1]: 'own {@3:z}'",
        "[^2]: 'theirs'",
    ];
    assert_eq!(sketch(&composed), expected);
    assert_eq!((composed.page_of(3), composed.page_of(4)), (None, Some(7)));
    assert_eq!(composed.footnotes[1].referred_from, Some(3));
    let place = host.leaves[place.leaf as usize].span;
    assert_eq!([&composed.leaves[1], &composed.leaves[3]].map(|leaf| leaf.span), [place; 2]);
    assert_eq!(composed.facts.links[4].span, place);
    assert_eq!(composed.facts.headings, host.facts.headings);
}

#[test]
fn several_embeds_in_a_row_stand_one_below_the_other() {
    let host = parse("![[p]] ![[q]]");
    let part = cut(&parse("c"), Part::Whole).unwrap().document;
    let places = places(&host);
    let fills = vec![Fill { link: 0, part: None }, Fill { link: 1, part: Some((0, part)) }];
    let composed = splice(host, vec![(places[0].leaf, fills)]);
    assert_eq!(sketch(&composed), ["embed 0", "!1: embed 1", "!1: 'c'"]);
    assert_eq!(composed.leaves[2].span.range(), 7..13);
}
