//! Traps that real wikis hold (`semantics.md`), as far as one page shows them.

use super::check;
use crate::markdown::{Facts, facts, parse};

/// Targets of the links and names of the tags.
fn check_found(source: &str, links: &[&str], tags: &[&str]) {
    let facts = facts(source);
    let targets: Vec<&str> = facts.links.iter().map(super::super::facts::Link::target).collect();
    let names: Vec<&str> = facts.tags.iter().map(|tag| &*tag.name).collect();
    assert_eq!((&targets[..], &names[..]), (links, tags), "{source:.200}");
}

#[test]
fn thousands_of_links_in_comments_do_not_count() {
    let links = "[[a]] #b\n\n- ![[c]] [d](e.md)\n\n".repeat(5_000);
    check_found(&format!("<!--\n{links}-->\n\n[[x]]"), &["x"], &[]);
    check_found(&format!("%%\n{links}%%\n\n[[x]] #y"), &["x"], &["y"]);
    check_found(&format!("%%{links}%% [[x]] #y"), &["x"], &["y"]);
}

#[test]
fn a_long_page_of_json_in_a_comment_is_hidden() {
    let json = "    \"key\": \"[[a]] #b\",\n\n# c\n```\n```\n".repeat(5_000);
    let source = format!("# T\n\n%%\n{{\n{json}}}\n%%\n\nend");
    check(&source, &["h1 'T'", "'end'"]);
    check_found(&source, &[], &[]);
    assert_eq!(facts(&source).headings.len(), 1);
}

#[test]
fn a_very_long_line_is_read_to_its_end() {
    let line = format!("{}[[x|y]] {}#z", "word [[a]] ".repeat(12_000), "日本 ".repeat(1_000));
    let facts = facts(&line);
    assert_eq!((facts.links.len(), facts.words), (12_001, 24_000 + 1 + 2_000 + 1));
    assert_eq!(&line[facts.links[12_000].span.range()], "[[x|y]]");
    assert_eq!(facts.tags[0].name.as_ref(), "z");
}

#[test]
fn nothing_is_stripped_off_a_target() {
    check_found(
        "[[nn.Module]] [[Hypothes.is.md]] [[a.excalidraw.md]] [[../concepts/X|X]] [[/abs/x]]",
        &["nn.Module", "Hypothes.is.md", "a.excalidraw.md", "../concepts/X", "/abs/x"],
        &[],
    );
    check_found("[[a\u{a0}b]] [[ a  b ]]", &["a\u{a0}b", "a  b"], &[]);
    check_found(
        "![[a.png|900]] ![[b.pdf#page=3]] [c](d%20e.md)",
        &["a.png", "b.pdf", "d%20e.md"],
        &[],
    );
}

#[test]
fn a_heading_is_called_what_it_shows() {
    let source = "## Copy of [[x|y]]\n## [[a#b]] `c` ==d== #e ^id";
    let texts: Vec<_> = facts(source).headings.into_iter().map(|h| h.text.to_string()).collect();
    assert_eq!(texts, ["Copy of y", "a > b c d #e"]);
}

#[test]
fn signs_in_code_are_no_tags() {
    check_found(
        "`#fff`\n\n```c\n#include <x>\n```\n\n    #!/bin/sh\n\n<!-- #x -->\n$#y$",
        &[],
        &[],
    );
    check_found("#fff and #include", &[], &["fff", "include"]);
}

#[test]
fn front_matter_that_cannot_be_read_loses_no_page() {
    for matter in
        ["- @name", "created: {{date}}", "tags     : a b", "{\"tags\": [\"a\"]}", "a: b: c"]
    {
        let source = format!("---\n{matter}\n---\n# T\n\n[[x]]");
        check(&source, &["h1 'T'", "'{@0:x}'"]);
        check_found(&source, &["x"], &["a", "b"][..facts(&source).tags.len()]);
    }
    assert_eq!(facts("---\n- @name\n---\n").notices.len(), 1);
    assert_eq!(facts("---\ntags     : a b\n---\n").tags.len(), 2);
    assert_eq!(facts("---\n{\"tags\": [\"a\"]}\n---\n").tags.len(), 1);
}

#[test]
fn an_empty_page_is_empty() {
    assert_eq!(facts(""), Facts::default());
    assert_eq!(parse("").leaves, []);
    assert_eq!(parse("\n \r\n").leaves, []);
}
