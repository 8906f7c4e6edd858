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
fn blocks_of_html_are_the_text_they_hold() {
    check("<div>\nx\n</div>", &["'x'"]);
    check("<div align='center'>\n  <p>a\n  b</p>c &amp; &copy;\n</div>", &["'a b'", "'c & ©'"]);
    check("<p>a <b>b <i>c</i></b><br/>d<hr>e</p>", &["'a {b:b }{bi:c}//d'", "rule", "'e'"]);
    check("<h1 align=center>T <img src='a.png'></h1>", &["'{b:T }{b!:a.png}'"]);
    check("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", &["'• a//• b'"]);
    check("<table><tr><th>a</th><td>b</td></tr>\n<tr><td>c</table>", &["'a · b//c'"]);
    check("<div>\n<x-y>a</x-y>\n</div>", &["'{<:<x-y>}a{<:</x-y>}'"]);
    check("<pre>\na &lt;\n  <b>b</b>\n</pre>", &["html 'a <\n  b'"]);
    check("<style>\np { x: y }\n</style>", &["html '<style>\np { x: y }\n</style>'"]);
    check("<div>[[a]] **b**</div>", &["'[[a]] **b**'"]);
    check("<div>\n\n**b**\n\n</div>", &["'{b:b}'"]);
    check("<p><a href='x'><img src='y' alt='z'></a></p>", &["'{!:z}{<: (x)}'"]);
    check("> <p>a\n> b</p>", &["> 'a b'"]);
}

#[test]
fn comments_are_hidden_in_every_shape() {
    for hidden in [
        "<!-- x -->",
        "<!-- x --> <!-- y -->",
        "<!-- x\n\ny -->",
        "<!---->",
        "<!-- a -- b -->",
        "  <!-- x -->",
        "<!-- <details> -->",
        "<!-- <p> -->\n<!-- [[x]]\n-->",
        "<!DOCTYPE html>",
        "<?php x ?>",
        "<!-- never closed",
    ] {
        check(hidden, &[]);
        check(&format!("a\n\n{hidden}"), &["'a'"]);
    }
    check("<!-- x --> a", &["'a'"]);
    check("<div>a<!-- x\ny -->b</div>", &["'ab'"]);
    check("a <!-- x --> b", &["'a b'"]);
    check("a %%x%% b `c`  d", &["'a b {`:c}  d'"]);
    check("- <!-- x -->\n- b", &["- ''", "- 'b'"]);
}

#[test]
fn details_are_containers() {
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
fn paragraphs_keep_the_ideographic_spaces_they_begin_with() {
    check("　　a　b\n　c　", &["'　　a　b/　c'"]);
    check("- 　a\n\n# 　b\n\n　\n\n|　c|\n|-|", &["- '　a'", "h1 'b'", "table c"]);
}

#[test]
fn definition_lists() {
    check("a\n: b\n: c", &["term 'a'", ": 'b'", ": 'c'"]);
    check("a\n:\tb", &["term 'a'", ": 'b'"]);
    // Tags of vimwiki, a drawer of Logseq, a container of VuePress, a face.
    check("a\n:b:标签:\n[[c]]", &["'a/:b:标签:/{@0:c}'"]);
    check("- TODO a\n  :LOGBOOK:\n  :END:", &["- 'TODO a/:LOGBOOK:/:END:'"]);
    check("> a\n> ::: tip\n> b\n> :::", &["> 'a/::: tip/b/:::'"]);
    check("a `b\n:c` **d**\n:)\n:-(", &["'a {`:b :c} {b:d}/:)/:-('"]);
    check("```\n:a\n```\n\n$$\n:b\n$$", &["code: ':a'", "math ':b'"]);
    check("|a|b|\n|--|--|\n|c|d|\n\na|b\n:--|:-:\nc|d", &["table a,b;c,d", "table a,b;c,d"]);
}

#[test]
fn a_rule_is_a_rule_and_a_setext_heading_a_heading() {
    check("a\n\n---\n\nb\n---", &["'a'", "rule", "h2 'b'"]);
    check("a\nb\n===", &["h1 'a/b'"]);
    assert_eq!(facts("a\nb\n===").headings[0].text, "a b");
}
