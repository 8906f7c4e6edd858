//! What the index answers besides single links, and that changes reach whom they concern.

use super::{Change, facts, files, id, name, names, path, put, told, wiki};
use crate::index::{Index, LinkRef, PageId, check};
use crate::text::span::ByteSpan;

fn first_link(index: &Index, from: &str) -> String {
    let link = LinkRef { source: id(index, from), link: 0 };
    told(index, &index.resolution(link))
}

#[test]
fn links_follow_the_pages_that_come_and_go() {
    let mut index = wiki(&[
        ("a/p.md", &["[[x]]"]),
        ("b/q.md", &["[t](../c/x.md)"]),
        ("r.md", &["[[Nick]]"]),
        ("s.md", &["[t](docs)"]),
    ]);
    let check = |index: &Index, expected: [&str; 4]| {
        let found = ["a/p.md", "b/q.md", "r.md", "s.md"].map(|from| first_link(index, from));
        assert_eq!(found, expected);
    };
    check(&index, ["missing"; 4]);
    let delta = index.apply(put("c/x.md", &["~Nick"]));
    check(&index, ["shortest c/x.md", "relative c/x.md", "alias c/x.md", "missing"]);
    assert_eq!(delta.pages, [id(&index, "c/x.md")]);
    assert_eq!(delta.relinked, ["a/p.md", "b/q.md", "r.md"].map(|at| id(&index, at)));
    index.apply(put("a/x.md", &["~nick"]));
    check(&index, ["folder a/x.md not c/x.md", "relative c/x.md", "missing", "missing"]);
    index.apply(put("docs/README.md", &[]));
    index.apply(Change::Attachment(path("Nick")));
    check(
        &index,
        [
            "folder a/x.md not c/x.md",
            "relative c/x.md",
            "path file Nick",
            "relative folder \"docs\"",
        ],
    );
    index.apply(Change::Remove(path("Nick")));
    index.apply(Change::Remove(path("a/x.md")));
    check(
        &index,
        ["shortest c/x.md", "relative c/x.md", "alias c/x.md", "relative folder \"docs\""],
    );
    let delta = index.apply(Change::Remove(path("never/there.md")));
    assert_eq!(delta, super::super::Delta::default());
}

#[test]
fn a_page_keeps_its_number_through_removal_and_others_never_get_it() {
    let mut index = files(&["a.md", "b.md"]);
    let a = id(&index, "a.md");
    index.apply(Change::Remove(path("a.md")));
    assert!(index.page(a).is_none());
    assert_eq!(index.len(), 1);
    index.apply(put("c.md", &[]));
    assert_ne!(id(&index, "c.md"), a);
    index.apply(put("a.md", &[]));
    assert_eq!(id(&index, "a.md"), a);
}

#[test]
fn backlinks_come_by_source_and_without_the_page_itself() {
    let mut index = wiki(&[
        ("z.md", &["[[t]]", "[[other]]", "[[t#a]]"]),
        ("a.md", &["![[t]]"]),
        ("t.md", &["[[t]]", "[[#here]]"]),
    ]);
    let t = id(&index, "t.md");
    assert_eq!(names(&index, &index.backlinks(t)), ["a.md:0", "z.md:0", "z.md:2"]);
    assert_eq!(index.backlink_count(t), 3);
    // A page that goes and comes back in one batch is linked as before.
    index.apply_all([Change::Remove(path("t.md")), put("t.md", &[])]);
    assert_eq!(names(&index, &index.backlinks(t)), ["a.md:0", "z.md:0", "z.md:2"]);
    index.apply(put("z.md", &[]));
    assert_eq!(names(&index, &index.backlinks(t)), ["a.md:0"]);
}

#[test]
fn a_page_that_is_saved_or_gone_and_back_keeps_who_asks_for_its_names() {
    let names_of_t: &[&str] = &["~Nick", "=Title"];
    let others: [(&str, &[&str]); 2] = [("a.md", &["[[nick]]"]), ("b.md", &["[[title]]"])];
    let mut index = wiki(&[("t.md", names_of_t), others[0], others[1]]);
    let (there, gone) = (|| put("t.md", names_of_t), || Change::Remove(path("t.md")));
    for changes in [
        vec![there()],
        vec![gone(), there()],
        vec![put("t.md", &["~Other"]), there()],
        vec![there(), gone(), put("t.md", &["~Other"]), there()],
    ] {
        let delta = index.apply_all(changes);
        assert!(delta.relinked.is_empty(), "{:?}", delta.relinked);
        let links = index.backlinks(id(&index, "t.md"));
        assert_eq!(names(&index, &links), ["a.md:0", "b.md:0"]);
    }
    let delta = index.apply(put("t.md", &["~Nick"]));
    assert_eq!(delta.relinked, [id(&index, "b.md")]);
    assert_eq!(first_link(&index, "b.md"), "missing");
}

#[test]
fn all_who_want_a_page_are_found_by_its_name() {
    let index = wiki(&[
        ("b.md", &["[[New Page]]", "[[other]]"]),
        ("a/c.md", &["[t](New%20Page.md)", "[[new page#x]]", "[[../up]]"]),
        ("d.md", &["[[a/New Page]]", "[t](up.md)"]),
    ]);
    let check = |target: &str, expected: &[&str]| {
        assert_eq!(names(&index, &index.wanted_by(target)), expected, "{target}");
    };
    check("new page", &["a/c.md:0", "a/c.md:1", "b.md:0"]);
    check("New Page.md", &["a/c.md:0", "a/c.md:1", "b.md:0"]);
    check("a/new page", &["a/c.md:0", "d.md:0"]);
    check("up", &["a/c.md:2", "d.md:1"]);
    check("../up", &["a/c.md:2"]);
    check("b", &[]);
    check("nothing", &[]);
}

#[test]
fn near_names_are_proposed_nearest_first() {
    let index = wiki(&[
        ("people/alex_chen.md", &["=Alexander Chen"]),
        ("people/alexa.md", &[]),
        ("topics/python_development.md", &["~snakes"]),
        ("README.md", &[]),
    ]);
    let check = |target: &str, expected: &[&str]| {
        let near: Vec<String> =
            index.near(target, 3).into_iter().map(|id| name(&index, id)).collect();
        assert_eq!(near, expected, "{target}");
    };
    check("people/alex_chne", &["people/alex_chen.md", "people/alexa.md"]);
    check("Alexander-Chen.md", &["people/alex_chen.md"]);
    check("alexx", &["people/alexa.md", "people/alex_chen.md"]);
    check("python", &["topics/python_development.md"]);
    check("snake", &["topics/python_development.md"]);
    check("quantum mechanics", &[]);
}

#[test]
fn tags_are_counted_nested_and_shown_as_first_seen() {
    let mut index =
        wiki(&[("b.md", &["#Python", "#x/Y", "#python"]), ("a.md", &["#PYTHON", "#x", "#xy"])]);
    let counted = |index: &Index| -> Vec<String> {
        index.tags().into_iter().map(|(tag, pages)| format!("{tag} {pages}")).collect()
    };
    assert_eq!(counted(&index), ["PYTHON 2", "x 1", "x/Y 1", "xy 1"]);
    let (a, b) = (id(&index, "a.md"), id(&index, "b.md"));
    assert_eq!(index.tags_of(b), ["PYTHON", "x/Y"]);
    assert!(index.has_tag(b, "x") && index.has_tag(b, "x/y") && index.has_tag(b, "python"));
    assert!(!index.has_tag(a, "x/y") && !index.has_tag(b, "xy") && !index.has_tag(b, "pyth"));
    index.apply(Change::Remove(path("a.md")));
    assert_eq!(counted(&index), ["Python 1", "x/Y 1"]);
    assert!(index.tags_of(a).is_empty());
}

#[test]
fn checks_name_what_is_odd() {
    let mut target = facts(&[]);
    target.headings.push(crate::markdown::facts::Heading {
        level: 1,
        text: "Part".into(),
        line: 1,
        span: ByteSpan::default(),
    });
    let mut index = wiki(&[
        ("home.md", &["[[a]]", "[[t#part]]", "[[t#parts]]", "[[t#nowhere]]", "[[gone]]"]),
        ("x/a.md", &["[[a]]", "[[Gone.md]]", "[[lost]]", "[x](https://e.org)"]),
        ("y/a.md", &["[[home]]", "![[pic.png]]"]),
        ("pic.png", &[]),
        ("t.md", &[]),
    ]);
    index.apply(Change::Put(super::NewPage {
        path: path("t.md"),
        modified_ms: 0,
        bytes: 0,
        facts: target.into(),
        unreadable: None,
    }));
    let pages =
        |ids: Vec<PageId>| -> Vec<String> { ids.into_iter().map(|id| name(&index, id)).collect() };
    assert_eq!(pages(check::orphans(&index)), ["y/a.md"]);
    assert_eq!(pages(check::dead_ends(&index)), ["t.md", "x/a.md"]);
    assert_eq!(names(&index, &check::ambiguous(&index)), ["home.md:0", "x/a.md:0"]);
    assert_eq!(names(&index, &check::broken_fragments(&index)), ["home.md:2", "home.md:3"]);
    let missing: Vec<String> = check::missing(&index)
        .into_iter()
        .map(|wanted| format!("{}: {}", wanted.target, names(&index, &wanted.askers).join(" ")))
        .collect();
    assert_eq!(missing, ["gone: home.md:4 x/a.md:1", "lost: x/a.md:2"]);
}

#[test]
fn a_page_of_a_hundred_thousand_links_comes_and_goes() {
    let mut index = files(&["t.md", "u.md"]);
    let many = vec!["[[t]]"; 100_000];
    index.apply(put("many.md", &many));
    let t = id(&index, "t.md");
    assert_eq!(index.backlink_count(t), 100_000);
    index.apply(Change::Remove(path("t.md")));
    assert_eq!(index.wanted_by("t").len(), 100_000);
    index.apply(put("t.md", &[]));
    assert_eq!(index.backlink_count(t), 100_000);
    index.apply(put("many.md", &["[[u]]"]));
    assert_eq!((index.backlink_count(t), index.wanted_by("t").len()), (0, 0));
}

#[test]
fn a_page_of_many_headings_and_links_to_them_is_checked_in_time() {
    let sections =
        (0..5_000).map(|n| format!("## Heading {n}\n\n[[#Heading {n}]] [[#Gone {n}]]\n\n"));
    let page = sections.collect::<Vec<_>>().concat();
    let mut index = Index::default();
    let facts = crate::markdown::facts(&page);
    let (path, unreadable) = (path("toc.md"), None);
    index.apply(Change::Put(super::NewPage {
        path,
        modified_ms: 0,
        bytes: 0,
        facts: facts.into(),
        unreadable,
    }));
    assert_eq!(check::broken_fragments(&index).len(), 5_000);
}

#[test]
fn an_index_that_is_built_anew_is_not_taken_for_the_one_before() {
    let (before, after) = (files(&["a.md"]), files(&["b.md"]));
    assert_ne!(before.revision(), after.revision());
    assert_eq!(before.revision(), before.clone().revision());
}
