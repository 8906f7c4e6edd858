//! Blocks: leaves and the containers around them.

use super::check;
use crate::markdown::document::LeafKind;
use crate::markdown::{facts, parse};

#[test]
fn lists_keep_their_numbers_tasks_and_tightness() {
    check("- a\n- b\n  - c", &["- 'a'", "- 'b'", "- - 'c'"]);
    check("3. a\n4. b", &["3. 'a'", "4. 'b'"]);
    check("- a\n\n- b", &["loose - 'a'", "loose - 'b'"]);
    check("-\n- a", &["- ''", "- 'a'"]);
    check("- [ ] a\n- [x] b\n- [X] c", &["-[ ] 'a'", "-[x] 'b'", "-[X] 'c'"]);
    check(
        "- [/] a\n- [-] [[b]]\n- [a]b\n- [ ]",
        &["-[/] 'a'", "-[-] '{@0:b}'", "- '[a]b'", "-[ ] ''"],
    );
    check("- [[a]] b\n- \\[x] c", &["- '{@0:a} b'", "- '[x] c'"]);
}

#[test]
fn quotes_and_callouts_nest() {
    check("> a\n> > b", &["> 'a'", "> > 'b'"]);
    check(
        "> [!Note]- T *i*\n> b\n> > [!x|y]+\n> > c",
        &[
            "[!note]- title 'T {i:i}'",
            "[!note]- 'b'",
            "[!note]- [!x]+ title ''",
            "[!note]- [!x]+ 'c'",
        ],
    );
    check("> [!tip] only", &["[!tip] title 'only'"]);
    check("> [!tip]\n> - a", &["[!tip] title ''", "[!tip] - 'a'"]);
    check("> a\n> [!tip]", &["> 'a/[!tip]'"]);
    check("> [!tip]- *T*\n> ---\n> a", &["[!tip]- title '{i:T}'", "[!tip]- rule", "[!tip]- 'a'"]);
    check("> > [!tip]\n> > ---\n", &["> [!tip] title ''", "> [!tip] rule"]);
    check("> [!tip]\n> a\n> ---", &["[!tip] title ''", "[!tip] h2 'a'"]);
    check("> [tip]\n> ---", &["> h2 '[tip]'"]);
}

#[test]
fn code_knows_where_its_lines_stand() {
    let source = "> ```Py x=1\n> a [[b]]\n> \tc\n> ```";
    let document = parse(source);
    let LeafKind::Code(code) = &document.leaves[0].kind else { panic!("{document:?}") };
    assert_eq!((code.language.as_str(), code.info.as_str()), ("py", "Py x=1"));
    assert_eq!(code.text, "a [[b]]\n\tc");
    let starts: Vec<&str> =
        code.line_starts.iter().map(|at| &source[*at as usize..][..1]).collect();
    assert_eq!(starts, ["a", "\t"]);
    check("```\r\na\r\n\r\nb\r\n```", &["code: 'a\n\nb'"]);
    check("```\n```", &["code: ''"]);
    check("    a\n\n      b", &["code: 'a\n\n  b'"]);
}

#[test]
fn tables_have_all_their_cells() {
    check("|a|b|\n|-|:-:|\n|1|\n|1|2|3|", &["table a,b;1,;1,2"]);
    check("|*a*|`x\\|y`|\n|-|-|", &["table {i:a},{`:x|y}"]);
}

#[test]
fn html_is_shown_as_written_and_details_fold() {
    check("<div>\nx\n</div>", &["html '<div>\nx\n</div>'"]);
    check("<!-- x -->\n\na", &["'a'"]);
    check(
        "<details open><summary>S</summary>\n\na\n\n- b\n\n</details>\n\nc",
        &["details+ summary 'S'", "details+ 'a'", "details+ - 'b'", "'c'"],
    );
    check("<details>\n\na", &["details summary ''", "details 'a'"]);
    check(
        "- <details>\n\n  a\n- b",
        &["loose - details summary ''", "loose - details 'a'", "loose - 'b'"],
    );
}

#[test]
fn an_embed_alone_is_a_block() {
    check("![[a]]", &["embed 0"]);
    check("![[a]] ^id\n\nx ![[b]]", &["embed 0", "'x {@1:b}'"]);
    check("- ![[a]]^id", &["- embed 0"]);
}

#[test]
fn block_ids_are_hidden_and_name_their_block() {
    let check = |source: &str, expected: &[(&str, &str)]| {
        let facts = facts(source);
        let ids: Vec<(&str, &str)> =
            facts.block_ids.iter().map(|id| (id.id.as_str(), &source[id.span.range()])).collect();
        assert_eq!(ids, expected, "{source}");
    };
    check("a ^b\n\nc\n^d", &[("b", "a ^b"), ("d", "c\n^d")]);
    check("- a ^b\n- c", &[("b", "a ^b")]);
    check("|a|\n|-|\n|b|\n\n^t", &[("t", "|a|\n|-|\n|b|")]);
    check("- a\n- b\n\n^l", &[("l", "- a\n- b")]);
    check("> a\n\n^q", &[("q", "> a")]);
    check("x^2 and y ^z w", &[]);
    super::check("a ^b\n\n^c", &["'a'"]);
}

#[test]
fn definition_lists() {
    check("a\n: b\n: c", &["term 'a'", ": 'b'", ": 'c'"]);
}

#[test]
fn a_rule_is_a_rule_and_a_setext_heading_a_heading() {
    check("a\n\n---\n\nb\n---", &["'a'", "rule", "h2 'b'"]);
    check("a\nb\n===", &["h1 'a/b'"]);
    assert_eq!(facts("a\nb\n===").headings[0].text.as_ref(), "a b");
}
