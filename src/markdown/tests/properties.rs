//! What holds for every source, and what must not take long.

use proptest::prelude::*;

use crate::markdown::document::{ContainerId, Document, LeafKind, Target};
use crate::markdown::embed::{Fill, Part, cut, places, splice};
use crate::markdown::kept::Kept;
use crate::markdown::{facts, parse};
use crate::text::span::ByteSpan;

/// Pieces that mean something, alone and side by side.
const PIECES: &[&str] = &[
    "a",
    "b c",
    "é",
    "日本",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "# ",
    "## Tags\n",
    "## X Metadata\n",
    "- ",
    "- [ ] ",
    "- [/] ",
    "1. ",
    "> ",
    "> [!note]- t\n",
    "```py\n",
    "```",
    "~~~\n",
    "    ",
    "---\n",
    "***\n",
    "===\n",
    "|",
    "|a|b|\n|-|-|\n",
    "\\|",
    "*",
    "**",
    "_",
    "~~",
    "==",
    "%%",
    "%%\n",
    "`",
    "``",
    "$",
    "$$",
    "[[",
    "]]",
    "![[",
    "[[a]]",
    "[[a#b|c]]",
    "[[a#\u{a0}é]]",
    "&acE;",
    "[[a|`b]]",
    "[",
    "]",
    "](u)",
    "[x]",
    "[x]: y\n",
    "![",
    "[^1]",
    "[^1]: ",
    "^[",
    "^id",
    " ^id\n",
    "#",
    "#tag",
    "#1",
    "https://x.y/z",
    "://",
    "<br>",
    "<kbd>",
    "</kbd>",
    "<details>\n",
    "<summary>s</summary>",
    "</details>\n",
    "<!--",
    "-->",
    "<div>\n",
    "<https://q.r>",
    "&amp;",
    "&",
    "\\",
    "!",
    ": ",
    "**K**: v\n",
    "*K: v*\n",
    "---\nk: v\n---\n",
    "tags: [a, b]\n",
    "\u{1}",
    "\u{a0}",
    "\u{1b}[31m",
    "🎉",
];

fn sources() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop_oneof![
        1 => any::<String>(),
        4 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn the_facts_of_a_document_are_the_facts_of_its_page(source in sources()) {
        prop_assert_eq!(parse(&source).facts, facts(&source));
    }

    #[test]
    fn a_document_is_sound(source in sources()) {
        check_document(&source, &parse(&source));
    }

    #[test]
    fn a_document_with_embeds_in_place_is_sound(host in sources(), other in sources()) {
        let host = "![[x]]\n\n- ![[x]]\n\n> ![[x]] ![[y]]\n\n![](x)[^n]\n\n[^n]: ![[x]]\n\n".to_owned() + &host;
        let (own, page) = (parse(&host), parse(&other));
        let sections = (0..page.facts.headings.len()).map(Part::Section);
        let blocks = page.facts.block_ids.iter().map(|block| Part::Block(block.span));
        let parts = [Part::Whole].into_iter().chain(sections).chain(blocks);
        let cuts: Vec<_> = parts.filter_map(|part| cut(&page, part)).collect();
        for cut in &cuts {
            check_blocks(&other, &cut.document);
        }
        let places = places(&own);
        let mut next = cuts.iter().cycle();
        let mut fill = |link| Fill { link, part: next.next().map(|cut| (1, cut.document.clone())) };
        let fills = places.iter().map(|place| {
            (place.leaf, place.links.iter().map(|link| fill(*link)).collect())
        });
        let composed = splice(own.clone(), fills.collect());
        check_blocks(&host, &composed);
        check_composed(&own, &composed);
        // A page that holds such parts is itself one of which parts are shown.
        let twice = splice(own.clone(), vec![(0, vec![Fill { link: 0, part: Some((2, composed)) }])]);
        check_blocks(&host, &twice);
        check_composed(&own, &twice);
    }
}

#[test]
fn runs_that_only_seem_to_stand_in_the_source_are_not_made() {
    for source in ["|    \r\n&acE;<summary>s</summary>", "a  b    \n&acE;", "x  y  \n&acE;"] {
        check_document(source, &parse(source));
    }
}

/// What holds for a document in which embeds were put in place, beside what holds for every one.
fn check_composed(own: &Document, composed: &Document) {
    let links = own.facts.links.len();
    assert_eq!(composed.facts.links[..links], own.facts.links);
    assert_eq!(composed.facts.headings, own.facts.headings);
    let mut end = u32::try_from(links).unwrap();
    for inset in &composed.insets {
        assert_eq!(inset.links.start, end);
        assert_eq!(composed.page_of(end), Some(inset.page));
        end = inset.links.end;
    }
    assert_eq!(end as usize, composed.facts.links.len());
    assert_eq!(composed.page_of(end), None);
    let body = composed.leaves[..composed.body() as usize].iter();
    let in_order = |document: &Document| {
        document.leaves[..document.body() as usize].is_sorted_by_key(|leaf| leaf.span.start)
    };
    assert!(body.len() >= own.body() as usize);
    assert!(!in_order(own) || in_order(composed));
    for note in &composed.footnotes {
        let first = note.container.map(|id| composed.container(id).leaves.start);
        assert!(first.is_none_or(|first| first >= composed.body()));
    }
}

fn check_document(source: &str, document: &Document) {
    let facts = &document.facts;
    let spans: Vec<u32> = facts.links.iter().map(|link| link.span.start).collect();
    let lines: Vec<u32> = facts.links.iter().map(|link| link.line).collect();
    assert!(lines.is_sorted(), "{spans:?} {lines:?}");
    check_blocks(source, document);
}

fn check_blocks(source: &str, document: &Document) {
    let span = |span: ByteSpan| {
        assert!(span.start <= span.end, "{span:?} of {source:?}");
        source.get(span.range()).unwrap_or_else(|| panic!("{span:?} cuts {source:?}"));
    };
    let facts = &document.facts;
    facts.links.iter().for_each(|link| {
        span(link.span);
        span(link.context);
    });
    facts.tags.iter().for_each(|tag| span(tag.span));
    facts.headings.iter().for_each(|heading| span(heading.span));
    facts.block_ids.iter().for_each(|id| span(id.span));
    facts.properties.iter().for_each(|property| span(property.span));
    for (number, container) in (0..).zip(&document.containers) {
        span(container.span);
        let leaves = &container.leaves;
        assert!(leaves.start < leaves.end, "{container:?} is empty");
        assert!(leaves.end as usize <= document.leaves.len());
        if let Some(parent) = container.parent {
            assert!(parent.number() < number);
            let outer = &document.container(parent).leaves;
            assert!(outer.start <= leaves.start && leaves.end <= outer.end);
        }
        let inside = document.leaves[leaves.start as usize..leaves.end as usize].iter();
        inside.for_each(|leaf| {
            assert!(document.ancestors(leaf.container).any(|id| id == ContainerId::new(number)));
        });
    }
    for leaf in &document.leaves {
        span(leaf.span);
        match &leaf.kind {
            LeafKind::Paragraph(content)
            | LeafKind::Heading { content, .. }
            | LeafKind::CalloutTitle(content)
            | LeafKind::DetailsSummary(content)
            | LeafKind::DefinitionTerm(content) => check_inlines(source, content, document),
            LeafKind::Table(table) => {
                for row in table.rows() {
                    assert_eq!(row.len(), table.alignments.len());
                    for cell in row {
                        check_inlines(source, cell, document);
                    }
                }
            }
            LeafKind::Code(code) => {
                assert!(code.line_starts.is_sorted());
                let lines = code.text.split('\n').count();
                assert!(code.text.is_empty() || code.line_starts.len() == lines, "{code:?}");
                assert!(!code.text.contains('\r'));
            }
            LeafKind::Tags(tags) => {
                assert!(tags.iter().all(|tag| (*tag as usize) < facts.tags.len()));
            }
            LeafKind::Embed(link) => assert!((*link as usize) < facts.links.len()),
            LeafKind::Rule | LeafKind::Html(_) | LeafKind::Math(_) => {}
        }
    }
    for footnote in &document.footnotes {
        assert!(footnote.referred_from.is_none_or(|leaf| leaf as usize <= document.leaves.len()));
    }
}

fn check_inlines(source: &str, kept: &Kept, document: &Document) {
    let content = kept.open();
    assert_eq!((kept.len(), kept.count()), (content.text.len(), content.runs.len()));
    assert_eq!(
        (kept.text(), kept.first()),
        (content.text.as_str().into(), content.runs.first().copied())
    );
    assert!(!content.text.contains('\r'), "{:?} of {source:?}", content.text);
    let mut start = 0;
    for (range, run) in content.ranges() {
        assert_eq!(range.start, start);
        assert!(range.start < range.end && content.text.get(range.clone()).is_some());
        start = range.end;
        let place =
            source.get(run.source.range()).unwrap_or_else(|| panic!("{run:?} cuts {source:?}"));
        if place.len() == range.len() {
            let place = place.replace('\r', "\n");
            assert_eq!(content.text[range], place, "{run:?} of {source:?}");
        }
        match run.target {
            Target::None => {}
            Target::Link(link) => assert!((link as usize) < document.facts.links.len()),
            Target::Tag(tag) => assert!((tag as usize) < document.facts.tags.len()),
            Target::Footnote(number) => {
                assert!((1..=document.footnotes.len()).contains(&(number as usize)));
            }
        }
    }
    assert_eq!(start, content.text.len());
}

/// A page of `count` times `unit`; it only has to be read before the tests are given up.
fn check_long(unit: &str, count: usize) {
    check_facts(&unit.repeat(count));
}

fn check_facts(source: &str) {
    assert_eq!(parse(source).facts, facts(source));
}

#[test]
fn depth_costs_no_stack() {
    check_long("> ", 5_000);
    check_long("- ", 5_000);
    check_long("1. > ", 2_500);
    check_long("> [!a]\n> ", 2_000);
    check_long("[", 20_000);
    check_long("*a **b ", 20_000);
    check_long("<details>\n\n", 5_000);
    check_long("![", 20_000);
    check_facts(&["![".repeat(20_000), "a".repeat(100_000), "](u)".repeat(20_000)].concat());
    check_long("[^1]: > ", 2_000);
    let nested: Vec<String> = (0..500).map(|depth| "  ".repeat(depth) + "- a\n").collect();
    check_document(&nested.concat(), &parse(&nested.concat()));
}

#[test]
fn length_costs_no_more_than_itself() {
    check_long("[[a|b]] ", 100_000);
    check_long("- [[a]]\n", 30_000);
    check_long("word ", 500_000);
    check_long("#tag ", 50_000);
    check_long("==a== ", 30_000);
    check_long("%%a%% ", 30_000);
    check_long("%%\n\n", 50_000);
    check_long("^[a] ", 50_000);
    check_long("http://.", 50_000);
    check_long("http://a,", 50_000);
    check_long("a ^b\n\n", 50_000);
    check_long("`", 200_000);
    check_long("$a ", 30_000);
    check_long("<summary>", 50_000);
    check_long("[^1] ", 50_000);
    check_long("*K: v*\n", 20_000);
    check_long("## Tags\n`a`\n\n", 20_000);
    check_long("\r", 500_000);
    let table = format!("{}\n{}\n{}", "|a".repeat(200), "|-".repeat(200), "|b\n".repeat(1_000));
    check_document(&table, &parse(&table));
    for matter in ["{a: b, ", "a: b\n", "tags: x, ", "- ", "a: &a [*a]\n", "k: x\n  y: z\n", "x "] {
        check_facts(&format!("---\ntags: {0}\n{0}\n---\n", matter.repeat(20_000)));
    }
    check_facts(&format!("---\ntags: \"{}\"\n---\n", r"\x61, ".repeat(50_000)));
}

#[test]
fn a_mapping_names_no_tags_and_no_aliases() {
    for matter in ["tags: {{tags}}\naliases: {{names}}", "tag: {a: b}\nalias: {a: b}"] {
        let facts = facts(&format!("---\n{matter}\n---\n"));
        assert!(facts.tags.is_empty() && facts.summary.aliases.is_empty(), "{matter}");
    }
}
