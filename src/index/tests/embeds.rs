//! What embeds mean, and where they end.

use std::cell::RefCell;
use std::fmt::Write as _;

use super::super::embed::{Composed, MOST_EMBEDS, Source, compose};
use super::{Index, PagePath, path, read};
use crate::markdown::{self, ContainerKind, Document, LeafKind};

/// A wiki in memory that counts what is read of it.
struct Wiki {
    pages: Vec<(PagePath, String)>,
    index: Index,
    read: RefCell<Vec<String>>,
}

impl Source for Wiki {
    fn text(&self, path: &PagePath) -> Result<String, String> {
        self.read.borrow_mut().push(path.to_string());
        let found = self.pages.iter().find(|(page, _)| page == path);
        let text = found.map(|(_, text)| text.clone()).ok_or("no such file")?;
        if text == "locked" { Err("permission denied".to_owned()) } else { Ok(text) }
    }

    fn bytes(&self, path: &PagePath) -> Option<u64> {
        let found = self.pages.iter().find(|(page, _)| page == path);
        found.map(|(_, text)| text.len() as u64)
    }
}

fn wiki(pages: &[(&str, &str)]) -> Wiki {
    let index = read(pages);
    let own = |&(at, text): &(&str, &str)| (path(at), text.to_owned());
    Wiki { pages: pages.iter().map(own).collect(), index, read: RefCell::default() }
}

impl Wiki {
    fn compose(&self, path: &str) -> Composed {
        let path = PagePath::new(path).unwrap();
        let text = &self.pages.iter().find(|(page, _)| *page == path).unwrap().1;
        compose(&self.index, &path, markdown::parse(text), self)
    }
}

/// One line a leaf: a bar for each embed around it, its text; of embeds the target and what is said.
fn lines(document: &Document) -> Vec<String> {
    let text = |kind: &LeafKind| match kind {
        LeafKind::Embed(link) => {
            let said = document.said.get(link).map(|said| format!(" ({said})"));
            let link = &document.facts.links[*link as usize];
            let fragment = link.fragment().map(|name| format!("#{name}")).unwrap_or_default();
            format!("!{}{fragment}{}", link.target(), said.unwrap_or_default())
        }
        LeafKind::Heading { content, .. } => format!("# {}", content.text()),
        LeafKind::Paragraph(kept) => kept.text().into_owned(),
        other => format!("{other:?}"),
    };
    let line = |leaf: &markdown::Leaf| {
        let embeds = document
            .ancestors(leaf.container)
            .filter(|id| matches!(document.container(*id).kind, ContainerKind::Embed { .. }));
        "| ".repeat(embeds.count()) + &text(&leaf.kind)
    };
    document.leaves.iter().map(line).collect()
}

fn check(wiki: &Wiki, page: &str, expected: &[&str]) {
    assert_eq!(lines(&wiki.compose(page).document), expected, "{page}");
}

#[test]
fn an_embed_shows_the_page_the_section_or_the_block() {
    let wiki = wiki(&[
        ("a.md", "---\nx: 1\n---\nOne\n\n# H\n\nTwo ^id\n\n## Sub\n\nThree\n\n# I\n\nFour"),
        ("whole.md", "![[a]]"),
        ("section.md", "![[a#H]]\n\n![[a#H#Sub]]\n\n![](a.md#sub)"),
        ("block.md", "- ![[a#^id]]\n- ![[a#^no]]"),
        ("nowhere.md", "![[a#Nothing such]]\n\n![[nobody]]\n\nSee ![[a]]"),
        ("empty.md", "---\nx: 1\n---\n"),
        ("none.md", "![[empty]]"),
        ("b.md", "---\naliases: [Bee]\ntitle: The Bee\n---\nBuzz"),
        ("found.md", "![[Bee]] ![[The Bee]]"),
        ("x/n.md", "x"),
        ("y/n.md", "y"),
        ("ambiguous.md", "![[n]]"),
        ("locked.md", "locked"),
        ("cannot.md", "![[locked]]"),
        ("own.md", "![[#T]]\n\n# S\n\ns\n\n# T\n\nt"),
    ]);
    let all = ["| One", "| # H", "| Two", "| # Sub", "| Three", "| # I", "| Four"];
    check(&wiki, "whole.md", &[&["| !a"][..], &all].concat());
    check(
        &wiki,
        "section.md",
        &[
            "| !a#H",
            "| # H",
            "| Two",
            "| # Sub",
            "| Three",
            "| !a#H#Sub",
            "| # Sub",
            "| Three",
            "| !a.md#sub",
            "| # Sub",
            "| Three",
        ],
    );
    let no = "| !a#^no (no “^no” there: this is the whole page)";
    check(&wiki, "block.md", &[&["| !a#^id", "| Two", no][..], &all].concat());
    let no = "| !a#Nothing such (no “Nothing such” there: this is the whole page)";
    let missing = "!nobody (nobody has written it yet)";
    check(&wiki, "nowhere.md", &[&[no][..], &all, &[missing, "See a"]].concat());
    check(&wiki, "none.md", &["!empty (nothing stands there)"]);
    let found = ["| !Bee (found by its alias)", "| Buzz"];
    check(
        &wiki,
        "found.md",
        &[&found[..], &["| !The Bee (found by its title)", "| Buzz"]].concat(),
    );
    check(&wiki, "ambiguous.md", &["| !n (could also be y/n.md)", "| x"]);
    check(&wiki, "cannot.md", &["!locked (cannot be read: permission denied)"]);
    check(&wiki, "own.md", &["| !#T", "| # T", "| t", "# S", "s", "# T", "t"]);
}

#[test]
fn files_are_told_by_kind_and_size() {
    let wiki = wiki(&[
        (
            "a.md",
            "![[x/t.csv]]\n\n![[t.csv|300]] ![[p.PNG]]\n\nSee ![alt](p.PNG)\n\n![[x]]\n\n![[no.png]]\n\n![alt](no.svg)",
        ),
        ("x/t.csv", "1,2\n"),
        ("p.PNG", "12"),
    ]);
    let Composed { document, pages } = wiki.compose("a.md");
    assert!(pages.is_empty());
    let said: Vec<&str> = document.said.values().map(String::as_str).collect();
    let csv = "CSV table, 4 bytes";
    let png = "PNG image, 2 bytes";
    let none = "there is no such file";
    let missing = ["nobody has written it yet", none, none];
    assert_eq!(said, [&[csv, csv, png][..], &missing].concat());
    assert_eq!(document.leaves.len(), markdown::parse(&wiki.pages[0].1).leaves.len());
    assert!(wiki.read.borrow().is_empty());
}

#[test]
fn embeds_end_where_they_would_go_on_for_ever_or_too_deep() {
    let endless = " (not shown: it holds this embed itself)";
    let wiki = wiki(&[
        ("self.md", "a\n\n![[self]]"),
        ("in_itself.md", "# H\n\n![[#H]]\n\n# I\n\ni"),
        ("p.md", "p\n\n![[q#Q]]"),
        ("q.md", "q\n\n# Q\n\n![[p]]"),
        ("d0.md", "![[d1]]"),
        ("d1.md", "![[d2]]"),
        ("d2.md", "![[d3]]"),
        ("d3.md", "![[d4]]"),
        ("d4.md", "d4"),
    ]);
    check(&wiki, "self.md", &["a", &format!("!self{endless}")]);
    check(&wiki, "in_itself.md", &["# H", &format!("!#H{endless}"), "# I", "i"]);
    check(&wiki, "p.md", &["p", "| !q#Q", "| # Q", &format!("| !p{endless}")]);
    let deeper = "| | | !d4 (not shown: embeds go no deeper here)";
    check(&wiki, "d0.md", &["| !d1", "| | !d2", "| | | !d3", deeper]);
}

#[test]
fn links_know_the_page_they_were_written_on() {
    let wiki = wiki(&[
        ("a.md", "[[n]]\n\n![[x/b]]\n\n[[n]]"),
        ("x/b.md", "[[n]] ![[y/c]]\n\n![[y/c]] ^id\n\n[[#here]] [^1]\n\n[^1]: [[n]]"),
        ("y/c.md", "[[n]]"),
    ]);
    let Composed { document, pages } = wiki.compose("a.md");
    let links = (0..).zip(&document.facts.links).filter(|(_, link)| link.target() == "n");
    let bases: Vec<&str> = links
        .map(|(id, _)| document.page_of(id).map_or("a.md", |page| pages[page as usize].as_str()))
        .collect();
    assert_eq!(bases, ["a.md", "a.md", "x/b.md", "x/b.md", "y/c.md"]);
}

#[test]
fn reading_a_page_reads_what_it_embeds_once_and_nothing_else() {
    let wiki = wiki(&[
        ("a.md", "![[b]]\n\n![[b#H]]\n\n![[a#^x]]\n\n[[d]]\n\nSelf ^x"),
        ("b.md", "# H\n\n![[c]]"),
        ("c.md", "c [[d]]"),
        ("d.md", "d"),
    ]);
    wiki.compose("a.md");
    assert_eq!(*wiki.read.borrow(), ["b.md", "c.md"]);
    wiki.read.borrow_mut().clear();
    wiki.compose("d.md");
    assert!(wiki.read.borrow().is_empty());
}

#[test]
fn a_page_of_a_thousand_embeds_shows_the_first_of_them() {
    let mut text = String::new();
    let mut pages = vec![];
    for nth in 0..1_000 {
        let _ = write!(text, "![[p{nth}]]\n\n");
        pages.push((format!("p{nth}.md"), "p"));
    }
    let all = pages.iter().map(|(path, text)| (path.as_str(), *text));
    let all: Vec<_> = all.chain([("all.md", text.as_str())]).collect();
    let wiki = wiki(&all);
    let Composed { document, .. } = wiki.compose("all.md");
    assert_eq!(document.leaves.len(), 1_000 + MOST_EMBEDS);
    assert_eq!(wiki.read.borrow().len(), MOST_EMBEDS);
    let said = document.said.values().next().map(String::as_str);
    assert_eq!(said, Some("not shown: this page has more than 200 embeds"));
    assert_eq!(document.said.len(), 1_000 - MOST_EMBEDS);
}

#[test]
fn what_is_too_long_stays_a_reference() {
    let long = "word ".repeat(500_000);
    let half = "word ".repeat(200_000) + "\n\nend ^end";
    let wiki = wiki(&[
        ("a.md", "![[long]]\n\n![[half]]\n\n![[half]]\n\n![[half#^end]]"),
        ("long.md", &long),
        ("half.md", &half),
    ]);
    let Composed { document, .. } = wiki.compose("a.md");
    let embeds: Vec<String> =
        lines(&document).into_iter().filter(|line| line.contains('!')).collect();
    let too_long = |size: &str| format!("(not shown: too long for here ({size}))");
    let expected = [
        format!("!long {}", too_long("2.5 MB")),
        "| !half".to_owned(),
        format!("!half {}", too_long("1.0 MB")),
        "| !half#^end".to_owned(),
    ];
    assert_eq!(embeds, expected);
    assert_eq!(*wiki.read.borrow(), ["half.md"]);
}
