//! The rules of `semantics.md`, wiki-links, one table each.

use super::{files, link, path, told, wiki};
use crate::index::Index;

fn check(index: &Index, from: &str, written: &str, expected: &str) {
    let resolution = index.resolve(&path(from), &link(written));
    assert_eq!(told(index, &resolution), expected, "{written} on {from}");
}

#[test]
fn an_empty_target_is_the_page_itself() {
    let index = files(&["a/b.md"]);
    check(&index, "a/b.md", "[[#Heading]]", "self a/b.md");
    check(&index, "a/b.md", "[x](#heading)", "self a/b.md");
    check(&index, "not/indexed.md", "[[#Heading]]", "missing");
}

#[test]
fn dots_are_relative_exact_and_never_leave_the_root() {
    let index = files(&["concepts/X.md", "notes/n.md", "notes/deep/X.md", "X.md"]);
    check(&index, "notes/n.md", "[[../concepts/X]]", "relative concepts/X.md");
    check(&index, "notes/n.md", "[[../concepts/x.MD]]", "relative concepts/X.md");
    check(&index, "notes/n.md", "[[./deep/X]]", "relative notes/deep/X.md");
    check(&index, "notes/n.md", "[[./X]]", "missing");
    check(&index, "notes/n.md", "[[../../X]]", "missing");
    check(&index, "notes/n.md", "[[../X]]", "relative X.md");
    check(&index, "n.md", "[[../X]]", "missing");
    check(&index, "notes/n.md", "[[..]]", "missing");
}

#[test]
fn a_leading_slash_starts_at_the_root() {
    let index = files(&["abs/x.md", "notes/abs/x.md", "notes/y.md"]);
    check(&index, "notes/y.md", "[[/abs/x]]", "path abs/x.md");
    check(&index, "notes/y.md", "[[/x]]", "missing");
    check(&index, "notes/y.md", "[y](/notes/y.md)", "path notes/y.md");
}

#[test]
fn names_are_tried_as_written_before_an_extension_is_added() {
    let index = files(&[
        "Note.1.md",
        "pic.png",
        "pic.png.md",
        "data",
        "data.md",
        "old.markdown",
        "Hypothes.is.md",
        "nn.Module.md",
        "a.excalidraw.md",
        "both.md",
        "both.markdown",
    ]);
    check(&index, "x.md", "[[Note.1]]", "path Note.1.md");
    check(&index, "x.md", "[[Note]]", "missing");
    check(&index, "x.md", "![[pic.png]]", "path file pic.png");
    check(&index, "x.md", "[[pic.png.md]]", "path pic.png.md");
    check(&index, "x.md", "[[data]]", "path file data");
    check(&index, "x.md", "[[old]]", "path old.markdown");
    check(&index, "x.md", "[[Hypothes.is]]", "path Hypothes.is.md");
    check(&index, "x.md", "[[nn.module]]", "path nn.Module.md");
    check(&index, "x.md", "[[a.excalidraw]]", "path a.excalidraw.md");
    check(&index, "x.md", "[[a]]", "missing");
    check(&index, "x.md", "[[both]]", "path both.md");
}

#[test]
fn names_are_compared_in_form_c_without_case_and_with_plain_spaces() {
    let index = files(&["Cafe\u{301}/A\u{a0}B  C.md", "ÉCOLE.md"]);
    check(&index, "x.md", "[[a b  c]]", "below Café/A\u{a0}B  C.md");
    check(&index, "x.md", "[[caf\u{e9}/A\u{a0}b\u{a0}\u{a0}c]]", "path Café/A\u{a0}B  C.md");
    check(&index, "x.md", "[[a b c]]", "missing");
    check(&index, "x.md", "[[e\u{301}cole]]", "path ÉCOLE.md");
    let index =
        files(&["Ёлка.md", "İstanbul.md", "ılık.md", "か\u{3099}.md", "ﾊﾝｶｸ.md", "한글.md"]);
    check(&index, "x.md", "[[ёЛКА]]", "path Ёлка.md");
    check(&index, "x.md", "[[Елка]]", "missing");
    check(&index, "x.md", "[[i\u{307}stanbul]]", "path İstanbul.md");
    check(&index, "x.md", "[[ILIK]]", "missing");
    check(&index, "x.md", "[[が]]", "path が.md");
    check(&index, "x.md", "[[ハンカク]]", "missing");
    check(&index, "x.md", "[[\u{1112}\u{1161}\u{11ab}글]]", "path 한글.md");
}

#[test]
fn links_in_the_manner_of_vimwiki_need_no_extension_and_mean_pages_before_folders() {
    let index =
        files(&["index.md", "diary/diary.md", "diary/2020-11-27.md", "Notes.md", "Notes/Git.md"]);
    check(&index, "index.md", "[x](diary/2020-11-27)", "relative diary/2020-11-27.md");
    check(&index, "diary/diary.md", "[x](2020-11-27)", "relative diary/2020-11-27.md");
    check(&index, "diary/diary.md", "[x](Notes)", "path Notes.md");
    check(&index, "diary/diary.md", "[x](/index)", "path index.md");
    check(&index, "diary/diary.md", "[x](diary:2020-11-27)", "external");
}

#[test]
fn a_name_matches_whole_components_from_the_end() {
    let index = files(&["people/alex_chen.md", "people/not_alex_chen.md"]);
    check(&index, "topics/t.md", "[[alex_chen]]", "shortest people/alex_chen.md");
    check(&index, "topics/t.md", "[[people/alex_chen]]", "path people/alex_chen.md");
    check(&index, "topics/t.md", "[[eople/alex_chen]]", "missing");
    check(&index, "topics/t.md", "[[chen]]", "missing");
    check(&index, "topics/t.md", "[[people/]]", "missing");
}

#[test]
fn of_several_candidates_the_order_is_root_folder_below_shortest_name() {
    let index = files(&[
        "x.md",
        "a/x.md",
        "a/y.md",
        "a/b/y.md",
        "z/y.md",
        "a/b/z.md",
        "a/bb/z.md",
        "c/z.md",
        "c/long/w.md",
        "d/long/w.md",
        "e/longest/w.md",
    ]);
    check(&index, "a/p.md", "[[x]]", "path x.md");
    check(&index, "a/p.md", "[[y]]", "folder a/y.md not a/b/y.md z/y.md");
    check(&index, "a/p.md", "[[z]]", "below a/b/z.md not a/bb/z.md c/z.md");
    check(&index, "ab/p.md", "[[z]]", "shortest c/z.md not a/b/z.md a/bb/z.md");
    check(&index, "a/p.md", "[[long/w]]", "shortest c/long/w.md not d/long/w.md");
    check(&index, "a/p.md", "[[w]]", "shortest c/long/w.md not d/long/w.md e/longest/w.md");
    check(&index, "d/p.md", "[[w]]", "below d/long/w.md not c/long/w.md e/longest/w.md");
    check(&index, "z/p.md", "[[b/y]]", "shortest a/b/y.md");
}

#[test]
fn names_that_differ_by_case_alone_are_told_apart_by_spelling() {
    let index = files(&["Foo.md", "foo.md", "a/Bar.md", "a/bar.md"]);
    check(&index, "x.md", "[[foo]]", "path foo.md");
    check(&index, "x.md", "[[Foo]]", "path Foo.md");
    check(&index, "x.md", "[[FOO]]", "path Foo.md not foo.md");
    check(&index, "x.md", "[[bar]]", "below a/bar.md not a/Bar.md");
    check(&index, "a/x.md", "[[./bar]]", "relative a/bar.md");
    check(&index, "a/x.md", "[[./BAR]]", "relative a/Bar.md not a/bar.md");
}

#[test]
fn an_alias_or_a_title_of_one_page_is_the_last_resort() {
    let index = wiki(&[
        ("people/alex_chen.md", &["=Alex Chen", "~Lex", "~Both"]),
        ("people/bo.md", &["=Bo", "~Twice"]),
        ("people/cy.md", &["=Cy", "~twice", "~TWICE"]),
        ("people/di_an.md", &["=Both"]),
        ("people/e1.md", &["=Same"]),
        ("people/e2.md", &["=Same"]),
        ("topics/a b.md", &["~A/B testing"]),
        ("topics/lex.md", &[]),
    ]);
    check(&index, "x.md", "[[alex chen]]", "title people/alex_chen.md");
    check(&index, "x.md", "[[Lex]]", "below topics/lex.md");
    check(&index, "x.md", "[[BOTH]]", "alias people/alex_chen.md");
    check(&index, "x.md", "[[Twice]]", "missing");
    check(&index, "x.md", "[[Same]]", "missing");
    check(&index, "x.md", "[[di an]]", "missing");
    check(&index, "x.md", "[[A/B testing]]", "alias topics/a b.md");
    check(&index, "x.md", "[Alex](Alex%20Chen)", "missing");
}

#[test]
fn addresses_leave_the_wiki_and_wiki_links_never_do() {
    let index = files(&["a.md"]);
    check(&index, "a.md", "[x](https://example.org/a.md)", "external");
    check(&index, "a.md", "[x](mailto:a@b.c)", "external");
    check(&index, "a.md", "![x](//cdn/x.png)", "external");
    check(&index, "a.md", "[[https://x]]", "missing");
}

#[test]
fn markdown_links_are_decoded_and_relative_to_their_page_first() {
    let index = files(&["a/x y.md", "x y.md", "b/only here.md", "img/p.png", "a/100%.md"]);
    check(&index, "a/p.md", "[t](x%20y.md)", "relative a/x y.md");
    check(&index, "a/p.md", "[t](x%20y)", "relative a/x y.md");
    check(&index, "p.md", "[t](x y.md)", "relative x y.md");
    check(&index, "b/p.md", "[t](x%20y.md)", "path x y.md");
    check(&index, "a/p.md", "[t](only%20here.md)", "shortest b/only here.md");
    check(&index, "a/p.md", "[t](../b/only%20here.md#part)", "relative b/only here.md");
    check(&index, "a/p.md", "[t](./only%20here.md)", "missing");
    check(&index, "a/p.md", "![t](img/p.png)", "path file img/p.png");
    check(&index, "a/p.md", "![t](p.png)", "shortest file img/p.png");
    check(&index, "a/p.md", "[t](100%.md)", "relative a/100%.md");
    check(&index, "a/p.md", "[[x%20y]]", "missing");
}

#[test]
fn a_markdown_link_finds_a_folder_where_no_file_is_meant() {
    let index = files(&[
        "README.md",
        "docs/README.md",
        "tools/readme.md",
        "tools.md",
        "empty/x.png",
        "deep/er/index.md",
        "deeper/er/x.md",
        "Case Folder/x.md",
        "case folder/y.md",
    ]);
    check(&index, "p.md", "[t](docs/)", "relative folder \"docs\"");
    check(&index, "p.md", "[t](docs)", "relative folder \"docs\"");
    check(&index, "p.md", "[t](tools)", "relative tools.md");
    check(&index, "p.md", "[t](tools/)", "relative folder \"tools\"");
    check(&index, "p.md", "[t](empty/)", "relative folder \"empty\"");
    check(&index, "docs/p.md", "[t](../)", "relative folder \"\"");
    check(&index, "docs/p.md", "[t](.)", "relative folder \"docs\"");
    check(&index, "docs/p.md", "[t](/)", "path folder \"\"");
    check(&index, "docs/p.md", "[t](/tools/)", "path folder \"tools\"");
    check(&index, "docs/p.md", "[t](tools/)", "path folder \"tools\"");
    check(&index, "p.md", "[t](er/)", "below folder \"deep/er\"");
    check(&index, "deeper/p.md", "[t](./er/)", "relative folder \"deeper/er\"");
    check(&index, "docs/p.md", "[t](er)", "shortest folder \"deep/er\"");
    check(&index, "p.md", "[t](CASE%20folder/)", "relative folder \"Case Folder\"");
    check(&index, "p.md", "[t](gone/)", "missing");
    check(&index, "p.md", "[[docs/]]", "missing");
}

#[test]
fn sizes_and_pages_of_attachments_are_no_part_of_their_names() {
    let index = files(&["img/a.png", "b.pdf", "b.md"]);
    check(&index, "x.md", "![[a.png]]", "below file img/a.png");
    check(&index, "x.md", "![[b.pdf#page=3]]", "path file b.pdf");
    check(&index, "x.md", "[[b]]", "path b.md");
}

#[test]
fn long_names_and_bare_ones_are_found_like_others() {
    let long = "長".repeat(73) + "name";
    let at = format!("a/{long}.md");
    let index = files(&[&at, "b/README.md", "c/README.md"]);
    check(&index, "x.md", &format!("[[{long}]]"), &format!("below {at}"));
    check(&index, "b/x.md", "[[README]]", "folder b/README.md not c/README.md");
}

#[test]
fn a_folder_is_spoken_for_by_its_index_then_its_readme() {
    let index = files(&["README.md", "a/README.md", "a/Index.md", "b/readme.markdown", "c/x.md"]);
    let page = |folder: &str| index.folder_page(folder).map(|id| super::name(&index, id));
    assert_eq!(page("").as_deref(), Some("README.md"));
    assert_eq!(page("A").as_deref(), Some("a/Index.md"));
    assert_eq!(page("b").as_deref(), Some("b/readme.markdown"));
    assert_eq!(page("c"), None);
}
