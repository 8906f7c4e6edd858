//! Inline content: what a reader sees, and the links and tags in it.

use super::check;
use crate::markdown::{LinkKind, facts};

/// Links as `kind target#fragment|alias`.
fn check_links(source: &str, expected: &[&str]) {
    let links = facts(source).links;
    let shown: Vec<String> = links
        .iter()
        .map(|link| {
            let fragment = link.fragment().map(|f| format!("#{f}")).unwrap_or_default();
            let alias = link.alias().map(|a| format!("|{a}")).unwrap_or_default();
            format!("{} {}{fragment}{alias}", link.kind.name(), link.target())
        })
        .collect();
    assert_eq!(shown, expected, "{source}");
    for link in &links {
        let place = &source[link.span.range()];
        let whole = match link.kind {
            LinkKind::Wiki | LinkKind::Property => place.starts_with("[[") && place.ends_with("]]"),
            LinkKind::Embed => place.starts_with("![[") && place.ends_with("]]"),
            LinkKind::Markdown | LinkKind::Image => place.trim() == place,
        };
        assert!(whole, "{place} in {source}");
        let before = &source[..link.span.start as usize];
        assert_eq!(link.line as usize, before.matches('\n').count() + 1);
    }
}

fn check_tags(source: &str, expected: &[&str]) {
    let facts = facts(source);
    let names: Vec<&str> = facts.tags.iter().map(|tag| &*tag.name).collect();
    assert_eq!(names, expected, "{source}");
    for tag in &facts.tags {
        assert!(source[tag.span.range()].contains(&*tag.name), "{} in {source}", tag.name);
    }
}

#[test]
fn marks_nest() {
    check("a *b **c** d* ~~e~~ `f`", &["'a {i:b }{bi:c}{i: d} {s:e} {`:f}'"]);
    check("==a **b**== c", &["'{=:a }{b=:b} c'"]);
    check("<kbd>Ctrl</kbd> <b>x</b> <u>y</u>", &["'{k:Ctrl} {b:x} {i:y}'"]);
    check(r"\*a\* \==b== &amp; &#35;c", &[r"'*a* ==b== & #c'"]);
}

#[test]
fn line_breaks_are_soft_or_hard() {
    check("a\nb  \nc\\\nd<br>e", &["'a/b//c//d//e'"]);
    check("a\r\nb\rc", &["'a/b/c'"]);
}

#[test]
fn wiki_links_show_their_alias_or_target() {
    check("[[a]] [[a#b|c *d*]]", &["'{@0:a} {@1:c }{i@1:d}'"]);
    check("[[a#b#c]] [[#d]] [[#^e]]", &["'{@0:a}{@0: > }{@0:b}{@0: > }{@0:c} {@1:d} {@2:^e}'"]);
    check(
        r"[[a|b\*c &amp; `d` e]][f](g)",
        &[r"'{@0:b}{@0:*}{@0:c }{@0:&}{@0: }{`@0:d}{@0: e}{@1:f}'"],
    );
    check(r"[[a|`b`]] c *[[d|e*]] f", &[r"'{`@0:b} c {i@1:e} f'"]);
    check("x ![[a.png|300]] ![[b]]", &["'x {!@0:a.png} {@1:b}'"]);
    check("**[[a]]**b `[[c]]` $[[d]]$", &["'{b@0:a}b {`:[[c]]} {$:[[d]]}'"]);
}

#[test]
fn wiki_links_are_read_by_our_rules_and_not_by_the_parsers() {
    check_links("[[a[[b]] [[Sq]uare]] [[]] [[a\nb]]", &["wikilink b", "wikilink Sq]uare"]);
    check_links(
        "[[x]] [y]\n\n[x]: http://z\n[y]: http://w",
        &["wikilink x", "markdown http://w|y"],
    );
    check_links("[^1]: [[x]]\n\nb[^1]", &["wikilink x"]);
    check_links(
        "[[a_b]] and [[c_d]] [[*e*]] [[f`g`]]",
        &["wikilink a_b", "wikilink c_d", "wikilink *e*", "wikilink f`g`"],
    );
    check_links(
        "[[a&amp;b]] [[<c>]] [[$d]] [[e$]]",
        &["wikilink a&amp;b", "wikilink <c>", "wikilink $d", "wikilink e$"],
    );
    check_links("[t][[x]] [t](u)[[y]]", &["wikilink x", "markdown u|t", "wikilink y"]);
    check_links(r"\[[x]] \![[y]]", &["wikilink y"]);
}

#[test]
fn an_escaped_pipe_in_a_table_is_no_part_of_the_target() {
    check_links("|a|\n|-|\n|[[b\\|c]] [[d#e\\|f]]|", &["wikilink b|c", "wikilink d#e|f"]);
    check("|a|b|\n|-|-|\n|[[b\\|c]]|[[b|c]]|", &["table a,b;{@0:c},{@1:c}"]);
    check("|a|b|\n|-|-|\n|[[b\\|c\\|d]]|e|", &["table a,b;{@0:c}{@0:|}{@0:d},e"]);
    check_links(r"[[b|c\|d]]", &["wikilink b|c|d"]);
    check(r"[[b|c\|d]] [[b|c\\|d]]", &[r"'{@0:c}{@0:|}{@0:d} {@1:c}{@1:\}{@1:|d}'"]);
}

#[test]
fn no_link_in_code_html_or_comments() {
    check_links(
        "`[[a]]`\n\n```\n[[b]]\n```\n\n    [[c]]\n\n<!-- [[d]] -->\n\n<div>\n[[e]]\n</div>",
        &[],
    );
    check_links("a <!-- [[b]] --> [[c]]", &["wikilink c"]);
    check_links(
        "a %%[[b]]%% [[c]]\n\n%%\n[[d]]\n\n# [[e]]\n%%\n[[f]]",
        &["wikilink c", "wikilink f"],
    );
}

#[test]
fn markdown_links_are_split_and_kept_as_written() {
    check_links("[a *b*](c%20d.md#E 't')", &["markdown c%20d.md#E|a b"]);
}

#[test]
fn addresses_and_images_are_links() {
    check_links(
        "https://a.b/c#d <https://e.f> <x@y.z>",
        &["markdown https://a.b/c#d", "markdown https://e.f", "markdown mailto:x@y.z"],
    );
    check_links("[[a]] https://b.c [[d]]", &["wikilink a", "markdown https://b.c", "wikilink d"]);
    check("[[a]] https://b.c [[d]]", &["'{@0:a} {@1:https://b.c} {@2:d}'"]);
    check("![alt](a.png) ![](b.png)", &["'{!@0:alt} {!@1:b.png}'"]);
    check("[![alt](a.png)](b)", &["'{!@0:alt}'"]);
    check_links("[![alt](a.png)](b)", &["markdown b|alt", "image a.png|alt"]);
    check_links("![a [b](c) ![d](e)](f)", &["image f|a b d", "markdown c", "image e"]);
}

#[test]
fn inline_tags_follow_the_character_rules() {
    check_tags("#a x#b (#c) #d/e-f_g. #1984 #1990s", &["a", "d/e-f_g", "1990s"]);
    check_tags("# #h1\n\n[see #t](u) `#no` https://x/#no \\#no", &["h1", "t"]);
    check_tags("> #q\n\n- #l\n\n|#c|\n|-|\n|x #d|", &["q", "l", "c", "d"]);
    check_tags("　#標籤　#ﾀｸﾞ ＃全角 是#不 （#不） #日記、 #۱۲۳", &["標籤", "ﾀｸﾞ", "日記、", "۱۲۳"]);
    check_tags("\u{200f}#a #وسم\u{200f}x #می\u{200c}خواهم #[[b]]", &["وسم", "می"]);
    check_tags("[[a #b]] [[a|#c]] <i title=\" #d\">", &[]);
    // An element in the text is not read: what stands before it counts.
    check_tags("<span>#a</span> <b>#b</b>", &["a", "b"]);
    check_tags("x<span>#a</span> y<b>#b</b> <span>z</span>#c", &[]);
    check_tags("x <span class=\"related\">#a #b</span>", &["a", "b"]);
    check_tags("%%#a%% #b\n\n%%\n#c\n%%\n\n#d", &["b", "d"]);
}

#[test]
fn math_needs_no_digit_behind_it() {
    check("$x$ $5 or $6 and a$7-$8", &["'{$:x} $5 or $6 and a$7-$8'"]);
    check("$$\na\n$$", &["math 'a'"]);
}

#[test]
fn no_link_and_no_tag_stands_in_a_formula_with_blank_lines_in_it() {
    check(
        "$$\na [[x]] #t\n\n# b [[y]]\n\n- c\n$$\n\n[[z]]",
        &["math 'a [[x]] #t\n\n# b [[y]]\n\n- c'", "'{@0:z}'"],
    );
    check("$$ a\r\n\r\nb $$\r\nc", &["math ' a\n\nb '", "'c'"]);
    for (source, links) in [
        ("$$\n[[a]]\n\n[[b]]\n$$ [[c]]", 3),
        ("$$\n[[a]]\n\n[[b]]\n$$\n[[c]]", 1),
        ("$$\n[[a]]\n\n[[b]]", 2),
        ("$$ is a process\n\n[[b]] and $$ is it, too", 1),
        ("x $$\n\n[[b]]\n\n$$", 1),
        ("$$\n\n```\n$$\n[[b]]\n```\n\n[[c]]", 1),
        ("> $$\n\n[[b]]\n\n$$", 1),
    ] {
        assert_eq!(facts(source).links.len(), links, "{source}");
    }
}

#[test]
fn comments_are_hidden() {
    check("a %%b%% c", &["'a c'"]);
    check("a\n\n%%\n# b\n```\n%%x\n```\n- c", &["'a'", "- 'c'"]);
    check("100%% sure\n\n50%% not", &["'100%% sure'", "'50%% not'"]);
    check("%% never closed", &["'%% never closed'"]);
}

#[test]
fn notes_get_numbers_in_their_order() {
    check(
        "a[^x] b^[c *d*] e[^x]\n\n[^x]: f\n\n[^y]: g",
        &["'a{^n1:1} b{^n2:2} e{^n1:1}'", "[^1]: 'f'", "[^2]: 'c {i:d}'", "[^3]: 'g'"],
    );
    check("a[^x]", &["'a[^x]'"]);
    check("# T[^1]\n\n[^1]: n", &["h1 'T{^n1:1}'", "[^1]: 'n'"]);
    assert_eq!(facts("# T[^1]\n\n[^1]: n").headings[0].text, "T");
}

#[test]
fn html_in_a_line_is_its_text_with_marks() {
    check("H<sub>2</sub>O, x<sup>10</sup>", &["'H₂O, x¹⁰'"]);
    check("x<sup>ab, c</sup> y<sub>q</sub>", &["'x^(ab, c) y_q'"]);
    check("x<sup>[[a]]</sup>", &["'x^{@0:a}'"]);
    check("a <span class=x>b</span> <a name=x>c</a>", &["'a b c'"]);
    check("<a href='https://x.y'>site</a>.", &["'site{<: (https://x.y)}.'"]);
    check("a <img src=x.png alt='The pier'>", &["'a {!:The pier}{<: (x.png)}'"]);
    check("a <img src=x.png>", &["'a {!:x.png}'"]);
    check("a <blink>b</blink> <x-y>", &["'a {<:<blink>}b{<:</blink>} {<:<x-y>}'"]);
    check("a<br>b <!-- c\nd --> e", &["'a//b e'"]);
    check("a <u>b *c*</u> <del>d</del>", &["'a {i:b }{i:c} {s:d}'"]);
    check("|a|\n|-|\n|x<sup>2</sup>|", &["table a;x²"]);
    check("> [!note] H<sub>2</sub>O", &["[!note] title 'H₂O'"]);
}

#[test]
fn formulas_are_said_in_plain_characters_or_left_alone() {
    check(r"$x^2 + \alpha$", &["'{$:x² + α}'"]);
    check("$a and b$", &["'{$:a and b}'"]);
    check(r"$\what{x}$", &[r"'{$:\what{x}}'"]);
    check("$$\nx_1 \\le 2\n$$", &["math 'x₁ ≤ 2'"]);
}
