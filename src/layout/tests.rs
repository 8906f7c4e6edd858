//! Tests of whole pages: what a reader sees and how far layout goes for it. Documents are built by hand
//! here, so that layout is tested without the parser.

use std::cell::RefCell;
use std::fmt::Write;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::code::LineRoles;
use crate::markdown::document::{
    Alignment, Code, Container, ContainerId, ContainerKind, Footnote, Inlines, Leaf, Run, Table,
    Target,
};
use crate::markdown::facts::{Link, LinkKind, Origin, Property, Tag, TagOrigin, Value};
use crate::markdown::{Document, Kept, LeafKind, LinkId};
use crate::text::role::{Marks, Role};
use crate::text::scrub::{acts_on_terminal, scrub_line};
use crate::text::span::ByteSpan;

/// A context in which link 1 is missing, 2 external, 3 ambiguous, and code has the given colours.
#[derive(Default)]
struct Plain {
    colours: Vec<LineRoles>,
    asked: RefCell<u32>,
}

impl Context for Plain {
    fn link(&self, link: LinkId) -> LinkLook {
        *self.asked.borrow_mut() += 1;
        match link {
            1 => LinkLook::Missing,
            2 => LinkLook::External,
            3 => LinkLook::Ambiguous,
            4 => LinkLook::Attachment,
            _ => LinkLook::Page,
        }
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        (!self.colours.is_empty()).then_some(self.colours.as_slice())
    }
}

fn options(width: usize) -> Options {
    Options { width, ..Options::default() }
}

/// Builds documents; every leaf gets the next stretch of an imagined source.
#[derive(Default)]
struct Builder {
    document: Document,
    source: u32,
    open: Vec<ContainerId>,
}

impl Builder {
    fn leaf(mut self, kind: LeafKind) -> Self {
        let span = ByteSpan { start: self.source, end: self.source + 10 };
        self.source += 10;
        let container = self.open.last().copied();
        self.document.leaves.push(Leaf { kind, container, span });
        let end = u32::try_from(self.document.leaves.len()).unwrap();
        for id in &self.open {
            self.document.containers[id.0 as usize].leaves.end = end;
        }
        self
    }

    fn text(self, text: &str) -> Self {
        let mut inlines = inlines(&[(text, Marks::NONE, Target::None)]);
        inlines.runs[0].source.start += self.source;
        inlines.runs[0].source.end += self.source;
        self.leaf(LeafKind::Paragraph(inlines.into()))
    }

    fn heading(self, level: u8, text: &str) -> Self {
        let content = kept(&[(text, Marks::NONE, Target::None)]);
        self.leaf(LeafKind::Heading { level, outline: 0, content })
    }

    fn code(self, language: &str, text: &str) -> Self {
        let line_starts = (0..).zip(text.split('\n')).map(|(i, _)| self.source + i).collect();
        let code = Code {
            language: language.into(),
            info: language.into(),
            text: text.to_owned().into(),
            line_starts,
        };
        self.leaf(LeafKind::Code(Box::new(code)))
    }

    fn table(self, alignments: &[Alignment], rows: &[&[&str]]) -> Self {
        let cell = |text: &&str| kept(&[(text, Marks::NONE, Target::None)]);
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let table = Table { alignments: alignments.to_vec(), rows };
        self.leaf(LeafKind::Table(Arc::new(table)))
    }

    fn inside(mut self, kind: ContainerKind, fill: impl FnOnce(Self) -> Self) -> Self {
        let start = u32::try_from(self.document.leaves.len()).unwrap();
        let id = ContainerId(u32::try_from(self.document.containers.len()).unwrap());
        self.document.containers.push(Container {
            kind,
            parent: self.open.last().copied(),
            leaves: start..start,
            span: ByteSpan::default(),
        });
        self.open.push(id);
        self = fill(self);
        self.open.pop();
        self
    }

    fn list(self, start: Option<u64>, tight: bool, items: &[&str]) -> Self {
        self.inside(ContainerKind::List { start, tight }, |mut list| {
            for (number, text) in (start.unwrap_or(0)..).zip(items) {
                let number = start.map(|_| number);
                list =
                    list.inside(ContainerKind::Item { number, task: None }, |item| item.text(text));
            }
            list
        })
    }

    fn links(mut self, targets: &[&str]) -> Self {
        self.document.facts.links = targets
            .iter()
            .map(|target| {
                Link::new(LinkKind::Markdown, (ByteSpan::default(), 1), target, None, None)
            })
            .collect();
        self
    }

    fn layout(self, options: Options) -> PageLayout {
        PageLayout::new(Arc::new(self.document), Head::default(), options)
    }
}

fn kept(runs: &[(&str, Marks, Target)]) -> Kept {
    inlines(runs).into()
}

fn inlines(runs: &[(&str, Marks, Target)]) -> Inlines {
    let (mut whole, mut out) = (String::new(), Vec::new());
    for (text, marks, target) in runs {
        let start = u32::try_from(whole.len()).unwrap();
        whole.push_str(text);
        let end = u32::try_from(whole.len()).unwrap();
        let source = ByteSpan { start, end };
        out.push(Run { end, marks: *marks, target: *target, source });
    }
    Inlines { text: whole.into(), runs: out }
}

/// The whole page as text.
fn shown(page: &mut PageLayout) -> String {
    let mut out = String::new();
    let lines = |line: &Line| -> Result<(), ()> {
        out.push_str(&line.text());
        out.push('\n');
        Ok(())
    };
    show(page, &Plain::default(), lines).unwrap();
    out
}

/// The page with a letter of the role under every cell that is no plain text.
fn with_roles(page: &mut PageLayout) -> String {
    let mut out = String::new();
    let lines = |line: &Line| -> Result<(), ()> {
        out.push_str(&line.text());
        out.push('\n');
        let mut names = Vec::new();
        for segment in line.segments.iter().filter(|segment| !segment.text.trim().is_empty()) {
            if segment.role != Role::Text || segment.marks != Marks::NONE {
                names.push(format!("{}={}", segment.text.trim(), segment.role.name()));
            }
        }
        if !names.is_empty() {
            writeln!(out, "    [{}]", names.join(" | ")).unwrap();
        }
        Ok(())
    };
    show(page, &Plain::default(), lines).unwrap();
    out
}

fn laid(page: &mut PageLayout, rows: usize) -> Vec<Line> {
    page.ensure(&Plain::default(), Anchor::default(), rows);
    page.lines(Anchor::default(), rows).into_iter().cloned().collect()
}

#[test]
fn blocks_are_parted_by_one_row_and_headings_stand_by_their_text() {
    let mut page = Builder::default()
        .heading(1, "Tides")
        .text("One.")
        .heading(2, "Ebb")
        .text("Two.")
        .heading(3, "Flood")
        .text("Three.")
        .layout(options(20));
    insta::assert_snapshot!(shown(&mut page), @r#"
    Tides
    ━━━━━

    One.

    Ebb
    ────────────────────
    Two.

    Flood
    Three.
    "#);
}

#[test]
fn lists_hang_and_numbers_stand_right() {
    let mut page = Builder::default()
        .list(Some(9), true, &["nine is short", "ten is long enough to be wrapped"])
        .inside(ContainerKind::List { start: None, tight: true }, |list| {
            list.inside(ContainerKind::Item { number: None, task: None }, |item| {
                item.text("outer").list(None, true, &["inner one", "inner two"])
            })
            .inside(ContainerKind::Item { number: None, task: Some(' ') }, |item| item.text("open"))
            .inside(ContainerKind::Item { number: None, task: Some('x') }, |item| item.text("done"))
            .inside(ContainerKind::Item { number: None, task: Some('>') }, |item| item.text("sent"))
        })
        .list(None, false, &["loose", "list"])
        .layout(options(24));
    insta::assert_snapshot!(shown(&mut page), @r#"
     9. nine is short
    10. ten is long enough
        to be wrapped

    • outer
      ◦ inner one
      ◦ inner two
    ☐ open
    ✓ done
    > sent

    • loose

    • list
    "#);
}

#[test]
fn quotes_and_callouts_have_bars_through_their_gaps() {
    let callout = ContainerKind::Callout { kind: "faq".into(), folded: None };
    let mut page = Builder::default()
        .inside(ContainerKind::Quote, |quote| {
            quote.text("one").text("two").inside(ContainerKind::Quote, |inner| inner.text("three"))
        })
        .inside(callout, |callout| {
            callout.leaf(LeafKind::CalloutTitle(Kept::default())).text("body").code("py", "x = 1")
        })
        .layout(options(24));
    insta::assert_snapshot!(with_roles(&mut page), @r#"
    ▎ one
        [▎=quote-bar | one=quote]
    ▎
        [▎=quote-bar]
    ▎ two
        [▎=quote-bar | two=quote]
    ▎
        [▎=quote-bar]
    ▎ ▎ three
        [▎=quote-bar | ▎=quote-bar | three=quote]

    ▎ ? Faq
        [▎=callout-warning | ?=callout-warning | Faq=callout-warning]
    ▎ body
        [▎=callout-warning]
    ▎
        [▎=callout-warning]
    ▎  x = 1             py
        [▎=callout-warning | x = 1=code | py=code-label]
    "#);
}

#[test]
fn every_look_of_a_link_has_a_sign() {
    let links = kept(&[
        ("A ", Marks::NONE, Target::None),
        ("page", Marks::NONE, Target::Link(0)),
        (", a ", Marks::NONE, Target::None),
        ("missing ", Marks::NONE, Target::Link(1)),
        ("one", Marks::STRONG, Target::Link(1)),
        (", an ", Marks::NONE, Target::None),
        ("address", Marks::NONE, Target::Link(2)),
        (", a ", Marks::NONE, Target::None),
        ("guess", Marks::NONE, Target::Link(3)),
        (", a ", Marks::NONE, Target::None),
        ("file", Marks::NONE, Target::Link(4)),
        (".", Marks::NONE, Target::None),
    ]);
    let mut page = Builder::default()
        .links(&["a", "b", "https://c", "d", "e.png"])
        .leaf(LeafKind::Paragraph(links))
        .layout(options(60));
    insta::assert_snapshot!(with_roles(&mut page), @r#"
    A page, a missing one?, an address↗, a guess≈, a file▤.
        [page=link | missing=link-missing | one=link-missing | ?=quiet | address=link-external | ↗=quiet | guess=link-ambiguous | ≈=quiet | file=link-attachment | ▤=quiet]
    "#);
    assert_eq!(page.stops(), 5);
}

#[test]
fn tables_fit_shrink_or_stack() {
    let table = || {
        Builder::default().table(
            &[Alignment::Left, Alignment::Right, Alignment::Center],
            &[
                &["Name", "Count", "Note"],
                &["tide gauge", "12", "all five of them stand in the sea"],
                &["潮汐", "3", "ok"],
            ],
        )
    };
    insta::assert_snapshot!(shown(&mut table().layout(options(60))), @r#"
    Name         Count                 Note
    ──────────   ─────   ─────────────────────────────────
    tide gauge      12   all five of them stand in the sea
    潮汐             3                  ok
    "#);
    insta::assert_snapshot!(shown(&mut table().layout(options(34))), @r#"
    Name        Count       Note
    ──────────  ─────  ───────────────
    tide gauge     12    all five of
                        them stand in
                           the sea

    潮汐            3        ok
    "#);
    insta::assert_snapshot!(shown(&mut table().layout(options(16))), @r#"
    Name: tide gauge
    Count: 12
    Note: all five
    of them stand in
    the sea

    Name: 潮汐
    Count: 3
    Note: ok
    "#);
}

#[test]
fn paths_in_tables_break_and_leave_room_to_prose() {
    let mut page = Builder::default()
        .table(
            &[Alignment::Left; 2],
            &[
                &["What it holds", "Where"],
                &["what happened, by date", "episodes/2023-11-17_the_storm_and_the_lock"],
                &["what they learned", "topics/tides"],
            ],
        )
        .table(&[Alignment::Left; 2], &[&["", ""], &["port", "1843"], &["rate", "9600"]])
        .layout(options(44));
    insta::assert_snapshot!(shown(&mut page), @r#"
    What it holds      Where
    ─────────────────  ─────────────────────────
    what happened, by  episodes/2023-11-17_the_
    date               storm_and_the_lock

    what they learned  topics/tides

    port  1843
    rate  9600
    "#);
}

#[test]
fn code_is_padded_cut_and_panned() {
    let code = || {
        Builder::default()
            .code("python", "def f():\n\treturn 'a rather long line of text'\n\nx\u{1b}[31m")
    };
    insta::assert_snapshot!(shown(&mut code().layout(options(20))), @r#"
    def f():    python
        return 'a rat›

    x␛[31m
    "#);
    let panned = Options { pan: 6, ..options(20) };
    insta::assert_snapshot!(shown(&mut code().layout(panned)), @r#"
    ‹:          python
    ‹urn 'a rather lo›

    ‹
    "#);
}

#[test]
fn hand_wrapped_paragraphs_flow_and_others_keep_their_lines() {
    let lines = |lines: &[&str]| {
        let mut runs = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                runs.push(("\n", Marks::SOFT_BREAK, Target::None));
            }
            runs.push((*line, Marks::NONE, Target::None));
        }
        Builder::default().leaf(LeafKind::Paragraph(kept(&runs)))
    };
    let long = "fifty characters of text that were wrapped by hand,";
    let rows = |page: Builder, options: Options| shown(&mut page.layout(options)).lines().count();
    assert_eq!(rows(lines(&[long, long, "end"]), options(120)), 1);
    assert_eq!(rows(lines(&[long, long]), options(120)), 2, "two lines prove nothing");
    assert_eq!(rows(lines(&["a poem", "has short", "lines"]), options(120)), 3);
    assert_eq!(rows(lines(&[long, "short", long]), options(120)), 3);
    assert_eq!(rows(lines(&["a", "b"]), Options { breaks: Breaks::Never, ..options(120) }), 1);
    assert_eq!(
        rows(lines(&[long, long, "end"]), Options { breaks: Breaks::Always, ..options(120) }),
        3
    );
}

fn numbered(count: usize) -> Builder {
    (0..count).fold(Builder::default(), |page, i| page.text(&format!("paragraph {i}")))
}

#[test]
fn opening_and_jumping_lay_out_only_what_is_near() {
    let context = Plain::default();
    let mut page = numbered(10_000).layout(options(40));
    page.ensure(&context, Anchor::default(), 40);
    assert!(page.laid_out() <= 80, "{}", page.laid_out());
    let end = page.end(&context, 40);
    page.ensure(&context, end, 40);
    assert_eq!(page.lines(end, 100).len(), 40);
    assert!(page.laid_out() <= 160, "{}", page.laid_out());
    let middle = page.scroll(&context, end, -10_000, 40);
    page.ensure(&context, middle, 40);
    assert!(page.laid_out() <= 300, "{}", page.laid_out());
    let (row, rows) = page.position(middle);
    assert!(row.abs_diff(rows / 2) < rows / 20, "{row} of {rows}");
}

#[test]
fn scrolling_stops_at_both_ends() {
    let context = Plain::default();
    let mut page = numbered(50).layout(options(40));
    let end = page.end(&context, 10);
    for delta in [89, 1000, 5000, isize::MAX] {
        assert_eq!(page.scroll(&context, Anchor::default(), delta, 10), end, "{delta}");
    }
    for delta in [-1, -1000, isize::MIN] {
        let top = page.scroll(&context, Anchor::default(), delta, 10);
        assert_eq!(page.position(top).0, 0, "{delta}");
    }
    let there = page.scroll(&context, Anchor::default(), 17, 10);
    let back = page.scroll(&context, there, -17, 10);
    assert_eq!(page.position(back).0, 0);
    let mut short = numbered(2).layout(options(40));
    assert_eq!(short.scroll(&context, Anchor::default(), 5, 10), Anchor::default());
}

#[test]
fn memory_stays_bounded_while_heights_stay_exact() {
    let context = Plain::default();
    let mut page = numbered(20_000).layout(options(40));
    let mut anchor = Anchor::default();
    for _ in 0..100 {
        page.ensure(&context, anchor, 100);
        anchor = page.scroll(&context, anchor, 100, 100);
    }
    assert_eq!(page.position(anchor).0, 100 * 100);
    assert!(page.kept_lines() < 6_000, "{}", page.kept_lines());
}

#[test]
fn the_same_text_stays_on_top_through_every_width() {
    let context = Plain::default();
    let words = "the tide turns at six minutes past the hour and the gauge says so ".repeat(30);
    let mut page = numbered(100).text(&words).layout(options(60));
    let start = page.anchor_of(&context, TextPlace { leaf: 100, cell: 0, offset: 600 });
    page.ensure(&context, start, 5);
    let top = page.lines(start, 1)[0].text();
    let mut anchor = start;
    for width in [20, 33, 7, 100, 60] {
        anchor = page.set_options(options(width), &context, anchor);
        page.ensure(&context, anchor, 5);
        assert_eq!(anchor.slot, start.slot);
    }
    assert_eq!(page.lines(anchor, 1)[0].text(), top);
    assert_eq!(anchor, start);
}

#[test]
fn long_code_and_long_tables_are_several_slots() {
    let context = Plain::default();
    let code: Vec<String> = (0..20_000).map(|i| format!("line {i}")).collect();
    let code = code.join("\n");
    let rows: Vec<Vec<String>> = (0..2_000).map(|i| vec![format!("r{i}"), "x".into()]).collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let mut page = Builder::default()
        .code("py", &code)
        .table(&[Alignment::None; 2], &rows)
        .layout(options(40));
    page.ensure(&context, Anchor::default(), 40);
    assert!(page.laid_out() <= 4);
    let offset = u32::try_from(code.find("line 12345").unwrap()).unwrap();
    let anchor = page.anchor_of(&context, TextPlace { leaf: 0, cell: 0, offset: offset + 2 });
    page.ensure(&context, anchor, 1);
    assert_eq!(page.lines(anchor, 1)[0].text().trim(), "line 12345");
    let anchor = page.anchor_of(&context, TextPlace { leaf: 1, cell: 2 * 1_500, offset: 0 });
    page.ensure(&context, anchor, 1);
    assert!(page.lines(anchor, 1)[0].text().starts_with("r1500"));
    assert!(page.laid_out() < 10);
}

#[test]
fn stops_are_numbered_without_layout_and_found_in_every_layout() {
    let context = Plain::default();
    let link = |id| {
        kept(&[
            ("see ", Marks::NONE, Target::None),
            ("a long link text", Marks::NONE, Target::Link(id)),
        ])
    };
    let mut page = Builder::default().links(&["a"; 9]);
    for id in 0..9 {
        page = page.leaf(LeafKind::Paragraph(link(id)));
    }
    let mut page = page.layout(options(60));
    page.set_tail(vec![Backlink {
        again: false,
        title: "Other".into(),
        detail: "topics".into(),
        sign: ("#", Role::KindTopics),
        sentence: "It links here.".into(),
        marked: vec![(3, 8)],
    }]);
    assert_eq!(page.laid_out(), 0);
    assert_eq!(page.stops(), 10);
    for width in [60, 9, 1] {
        let anchor = page.set_options(options(width), &context, Anchor::default());
        assert_eq!(anchor, Anchor::default());
        for nth in 0..page.stops() {
            let stop = page.stop(nth).unwrap();
            let anchor = page.anchor_of_stop(&context, nth);
            page.ensure(&context, anchor, 1);
            let holds = page.lines(anchor, 1)[0]
                .segments
                .iter()
                .any(|segment| segment.stop == Some(nth) && segment.action == Some(stop.action));
            assert!(holds, "stop {nth} at width {width}");
            assert_eq!(page.stop_from(anchor), Some(nth));
        }
    }
    assert_eq!(page.stop(9).map(|stop| stop.action), Some(Action::Backlink(0)));
    assert_eq!(page.stop(10), None);
}

#[test]
fn thousands_of_nested_quotes_are_read_at_half_the_width() {
    let mut page = Builder::default();
    for _ in 0..5_000 {
        let parent = page.open.last().copied();
        let id = ContainerId(u32::try_from(page.document.containers.len()).unwrap());
        let container = Container {
            kind: ContainerKind::Quote,
            parent,
            leaves: 0..0,
            span: ByteSpan::default(),
        };
        page.document.containers.push(container);
        page.open.push(id);
    }
    let mut page = page.text("deep").text("down").layout(options(30));
    let lines = laid(&mut page, 5);
    assert!(lines.iter().all(|line| line.width() <= 30));
    assert!(lines[0].text().ends_with("▎ deep"), "{:?}", lines[0].text());
}

#[test]
fn notes_and_their_references_lead_to_each_other() {
    let reference = |number| {
        kept(&[
            ("said", Marks::NONE, Target::None),
            ("1", Marks::FOOTNOTE, Target::Footnote(number)),
        ])
    };
    let note = ContainerKind::Footnote { number: 1 };
    let mut page = Builder::default()
        .leaf(LeafKind::Paragraph(reference(1)))
        .leaf(LeafKind::Paragraph(reference(1)))
        .inside(note, |note| note.text("the note"));
    page.document.footnotes = vec![Footnote {
        label: "n".into(),
        container: Some(ContainerId(0)),
        referred_from: Some(0),
    }];
    let mut page = page.layout(options(20));
    insta::assert_snapshot!(shown(&mut page), @r#"
    said¹

    said¹

    ────────────

    ¹ the note
    "#);
    assert_eq!(
        (0..3).map(|nth| page.other_end(nth)).collect::<Vec<_>>(),
        [Some(2), Some(2), Some(0)]
    );
}

#[test]
fn the_head_stands_below_the_title_and_folds() {
    let property = |key: &str, value: Value| Property {
        key: key.into(),
        value,
        origin: Origin::FrontMatter,
        span: ByteSpan::default(),
    };
    let list = Value::List(vec![Value::Text("Python 3".into()), Value::Number("3.13".into())]);
    let author = Value::Map(vec![(Value::Text("name".into()), Value::Text("Ada".into()))]);
    let mut page = Builder::default().heading(1, "Python").text("A language.");
    page.document.facts.properties = vec![
        property("tags", Value::Text("code".into())),
        property("aliases", list),
        property("author", author),
        property("strength", Value::Number("0.85".into())),
        property("about", Value::Text("so long a value that nobody reads it first ".repeat(3))),
        property("model", Value::Text("plain".into())),
        property("colour", Value::Text("green".into())),
    ];
    page.document.facts.summary.strength = Some(0.85);
    page.document.facts.tags = vec![Tag {
        name: "code".into(),
        span: ByteSpan::default(),
        origin: TagOrigin::FrontMatter,
    }];
    let head = Head {
        title: "python".into(),
        kind: Some(("#", "topics".into(), Role::KindTopics)),
        notices: vec!["read-only sample".into()],
        remarks: Vec::new(),
    };
    let document = Arc::new(page.document);
    let mut page = PageLayout::new(Arc::clone(&document), head.clone(), options(40));
    insta::assert_snapshot!(with_roles(&mut page), @r#"
    Python
        [Python=heading1]
    ━━━━━━
        [━━━━━━=heading1]

    ! read-only sample
        [!=warning | read-only sample=notice]

    ▾ # topics  #code  ▰▰▰▰▱ 0.85
        [▾=quiet | #=kind-topics | topics=kind-topics | #code=tag | ▰▰▰▰=strength-full | ▱=strength-empty | 0.85=quiet]
      aliases  Python 3, 3.13
        [aliases=property-key | Python 3, 3.13=property-value]
      author   name: Ada
        [author=property-key | name: Ada=property-value]
      about    so long a value that nobody
        [about=property-key | so long a value that nobody=property-value]
               reads it first so long a
        [reads it first so long a=property-value]
               value that nobody reads it
        [value that nobody reads it=property-value]
               first so long a value that
        [first so long a value that=property-value]
               nobody reads it first
        [nobody reads it first=property-value]
      model    plain
        [model=property-key | plain=property-value]
      colour   green
        [colour=property-key | green=property-value]

    A language.
    "#);
    assert_eq!(page.stop(1).map(|stop| stop.action), Some(Action::Properties));
    assert_eq!(page.stop_of(Action::Tag(0)), Some(2));
    let folded = Options { properties_folded: true, ascii: true, ..options(40) };
    insta::assert_snapshot!(shown(&mut PageLayout::new(document, head, folded)), @r#"
    Python
    ======

    ! read-only sample

    > # topics  #code  ####- 0.85
      aliases  Python 3, 3.13
      author   name: Ada
      about    so long a value that nobody
               reads it first so long a~
      ~ 2 more

    A language.
    "#);
}

#[test]
fn the_tail_quotes_who_links_here() {
    let mut page = Builder::default().text("Body.").layout(options(30));
    page.set_tail(vec![Backlink {
        again: false,
        title: "Ada".into(),
        detail: "people".into(),
        sign: ("@", Role::KindPeople),
        sentence: "She reads it every day, says the page.".into(),
        marked: vec![(10, 12)],
    }]);
    insta::assert_snapshot!(with_roles(&mut page), @r#"
    Body.

    ── Linked from 1 page ────────
        [──=rule | Linked from 1 page=quiet | ────────=rule]
    @ Ada  people
        [@=kind-people | Ada=link | people=quiet]
      She reads it every day, says
        [She reads=quiet | it=text | every day, says=quiet]
      the page.
        [the page.=quiet]
    "#);
    page.set_tail(Vec::new());
    assert_eq!(shown(&mut page), "Body.\n");
}

#[test]
fn rows_of_scripts_without_spaces_end_where_their_printers_end_them() {
    let check = |text: &str, width: usize, expected: &str| {
        let mut page = Builder::default().text(text).layout(options(width));
        assert_eq!(shown(&mut page).trim_end(), expected, "{text}");
    };
    check("潮汐表，灯塔。", 6, "潮汐\n表，灯\n塔。");
    check("「港口」と「灯台」", 6, "「港\n口」と\n「灯\n台」");
    check("見る #标签 あ", 6, "見る\n#标签\nあ");
    check("値段は￥100です", 8, "値段は\n￥100で\nす");
    check("ｱﾊﾟｰﾄ、ｷｬﾝﾌﾟ", 8, "ｱﾊﾟｰﾄ、\nｷｬﾝﾌﾟ");
    check("東京～大阪", 4, "東\n京～\n大阪");
    check("등대는 항구에", 6, "등대는\n항구에");
}

#[test]
fn lines_in_chinese_flow_without_a_space_but_a_tag_keeps_its_end() {
    let newline = ("\n", Marks::SOFT_BREAK, Target::None);
    let text = |text| (text, Marks::NONE, Target::None);
    let tag = ("#标签", Marks::TAG, Target::Tag(0));
    let flowing = || Options { breaks: Breaks::Never, ..options(40) };
    let check = |runs: &[(&str, Marks, Target)], expected: &str| {
        let page = Builder::default().leaf(LeafKind::Paragraph(kept(runs)));
        assert_eq!(shown(&mut page.layout(flowing())).trim_end(), expected);
    };
    check(&[text("潮汐"), newline, text("灯塔")], "潮汐灯塔");
    check(&[text("潮汐 "), tag, newline, text("灯塔")], "潮汐 #标签 灯塔");
}

#[test]
fn a_link_that_begins_a_line_is_found_there() {
    let context = Plain::default();
    let source = "One\n[[a/b|two]]\n![[three]] and\n[four](four.md)\n";
    let document = Arc::new(crate::markdown::parse(source));
    let mut page = PageLayout::new(document, Head::default(), options(40));
    for (written, expected) in [("[[a/b", "two"), ("![[three", "three"), ("[four](", "four")] {
        let offset = u32::try_from(source.find(written).expect("it is there")).expect("short");
        let anchor = page.anchor_of_source(&context, offset);
        page.ensure(&context, anchor, 1);
        let segments = &page.lines(anchor, 1)[0].segments;
        let line: String = segments.iter().map(|part| part.text.as_str()).collect();
        assert!(line.contains(expected), "{written}: {line}");
    }
}

#[test]
fn a_very_long_paragraph_is_laid_out_in_pieces() {
    let context = Plain::default();
    let check = |text: &str, least: usize| {
        let document = Arc::new(crate::markdown::parse(text));
        let mut page = PageLayout::new(document, Head::default(), options(40));
        let end = page.end(&context, 40);
        page.ensure(&context, end, 40);
        let middle = page.scroll(&context, end, -1_000, 40);
        page.ensure(&context, middle, 40);
        assert!(page.laid_out() <= 5, "{} slots of {least}", page.laid_out());
        assert!(page.slot_count() > least);
        for offset in [0, 5_000, 99_000, 150_000] {
            let anchor = page.anchor_of_source(&context, offset);
            page.ensure(&context, anchor, 1);
            let source = page.source_at(anchor);
            assert!(source <= offset && offset - source <= 100, "{offset} leads to {source}");
            let place = TextPlace { leaf: 0, cell: 0, offset };
            assert_eq!(page.anchor_of(&context, place).slot, anchor.slot, "{offset}");
        }
        // Nothing is lost at the cuts.
        let shown = shown(&mut page);
        assert_eq!(shown.split_whitespace().count(), text.split_whitespace().count());
    };
    check(&"Twenty letters here. ".repeat(10_000), 20);
    check(&"one line of the page\n".repeat(10_000), 20);

    let math = "one line of the page\n".repeat(10_000);
    let mut page = Builder::default().leaf(LeafKind::Math(math.clone())).layout(options(40));
    assert!(page.slot_count() > 20);
    assert_eq!(shown(&mut page).split_whitespace().count(), math.split_whitespace().count());
}

#[test]
fn a_paragraph_in_pieces_flows_in_all_or_none_of_them() {
    let hand_wrapped = "words that somebody wrapped by hand at sixty cells or there\n";
    let flows = |text: &str| {
        let document = Arc::new(crate::markdown::parse(text));
        let mut page = PageLayout::new(document, Head::default(), options(200));
        let lines = shown(&mut page).lines().count();
        lines < text.lines().count() / 2
    };
    assert!(flows(&hand_wrapped.repeat(1_000)));
    assert!(flows(&(hand_wrapped.repeat(900) + &"short\n".repeat(100))));
    assert!(!flows(&("short\n".repeat(100) + &hand_wrapped.repeat(900))));
}

#[test]
fn the_source_leads_to_its_line_and_back() {
    let context = Plain::default();
    let mut page = numbered(1_000).code("py", &"x\n".repeat(500)).layout(options(40));
    for offset in [0, 5, 4_321, 9_999, 10_003] {
        let anchor = page.anchor_of_source(&context, offset);
        page.ensure(&context, anchor, 1);
        let source = page.source_at(anchor);
        assert!(source <= offset && offset - source < 10, "{offset} leads to {source}");
    }
    assert_eq!(page.anchor_of_source(&context, u32::MAX).slot, 1_008);
}

/// Text that is hard to measure and to break.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-z]{1,9}",
        6 => Just(" ".to_owned()),
        1 => Just("  ".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\n".to_owned()),
        2 => "[一-龥ぁ-ん]{1,6}",
        1 => Just("。」".to_owned()),
        1 => Just("e\u{301}\u{323}".to_owned()),
        1 => Just("👩\u{200d}👩\u{200d}👧".to_owned()),
        1 => Just("❤\u{fe0f}".to_owned()),
        1 => Just("\u{200b}\u{200d}".to_owned()),
        1 => Just("\u{1b}[31m\u{202e}".to_owned()),
        1 => Just("\u{a0}".to_owned()),
        1 => Just("https://example.com/a/b?c=d&e=f#g".to_owned()),
        1 => Just("well-known—so".to_owned()),
        1 => any::<char>().prop_filter("no newlines", |c| !c.is_whitespace()).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn without_space(text: &str) -> String {
    scrub_line(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '␉' | '␊')).collect()
}

proptest! {
    #[test]
    fn wrapping_keeps_the_width_and_the_text(
        first in awkward(),
        second in awkward(),
        room in 1_usize..200,
        ascii: bool,
    ) {
        let content = inlines(&[
            (&first, Marks::NONE, Target::None),
            (&second, Marks::STRONG, Target::Link(1)),
            ("\n", Marks::SOFT_BREAK, Target::None),
            (&first, Marks::CODE, Target::None),
        ]);
        let source = content.text.clone();
        let content = Kept::from(content);
        let cells = || content.clone();
        let table = Table { alignments: vec![Alignment::Right; 3], rows: vec![vec![cells(), cells(), cells()]; 3] };
        let mut page = Builder::default()
            .links(&["a", "b"])
            .leaf(LeafKind::Paragraph(content.clone()))
            .inside(ContainerKind::List { start: Some(1), tight: true }, |list| {
                list.inside(ContainerKind::Item { number: Some(1), task: Some(' ') }, |item| {
                    item.leaf(LeafKind::Heading { level: 2, outline: 0, content: content.clone() })
                        .leaf(LeafKind::Html(first.clone()))
                        .code("rust", &second)
                })
            })
            .leaf(LeafKind::Table(Arc::new(table)))
            .layout(Options { ascii, ..options(room) });
        page.set_tail(vec![Backlink {
        again: false,
            title: first.clone(),
            detail: second.clone(),
            sign: ("@", Role::Text),
            sentence: first.clone(),
            marked: vec![(0, 1)],
        }]);
        let mut words = String::new();
        let mut ends = 0;
        show(&mut page, &Plain::default(), |line| -> Result<(), TestCaseError> {
            prop_assert!(line.width() <= room, "{:?} is {} wide", line.text(), line.width());
            prop_assert!(!line.text().chars().any(acts_on_terminal), "{:?}", line);
            prop_assert!(line.fill.is_some() || !line.text().ends_with(' '), "{:?}", line);
            for segment in &line.segments {
                let Some(at) = segment.at.filter(|at| at.leaf == 0) else { continue };
                words.push_str(&segment.text);
                prop_assert!(at.offset >= ends, "text goes on where it ended");
                ends = at.offset + segment.covers;
                if segment.covers as usize == segment.text.len() && !segment.text.contains(' ') {
                    let end = at.offset as usize + segment.text.len();
                    if room > 1 {
                        let said = source.get(at.offset as usize..end).map(scrub_line);
                        prop_assert_eq!(said.as_deref(), Some(segment.text.as_str()));
                    }
                }
            }
            Ok(())
        })?;
        if room > 4 {
            prop_assert_eq!(without_space(&words), without_space(&source));
        }
    }

    #[test]
    fn no_sequence_of_moves_loses_the_page(moves in prop::collection::vec((0_u8..7, 0_u16..400), 1..40)) {
        let context = Plain::default();
        let mut page = numbered(60)
            .list(Some(1), true, &["one", "two"])
            .code("py", &"a line of code\n".repeat(200))
            .heading(2, "End")
            .layout(options(30));
        let mut anchor = Anchor::default();
        for (kind, n) in moves {
            let rows = usize::from(n % 50) + 1;
            anchor = match kind {
                0 => page.scroll(&context, anchor, isize::try_from(n).unwrap(), rows),
                1 => page.scroll(&context, anchor, -isize::try_from(n).unwrap(), rows),
                2 => page.end(&context, rows),
                3 => page.set_options(options(usize::from(n)), &context, anchor),
                4 => page.anchor_of_source(&context, n.into()),
                5 => {
                    page.forget(n % 2 == 0, Some(u32::from(n) % 64));
                    anchor
                }
                _ => {
                    let backlink = Backlink {
        again: false,
                        title: "Ada".into(),
                        detail: String::new(),
                        sign: ("@", Role::Text),
                        sentence: "Here.".into(),
                        marked: vec![(0, 4)],
                    };
                    page.set_tail(vec![backlink; usize::from(n % 4)]);
                    anchor
                }
            };
            anchor = page.scroll(&context, anchor, 0, rows);
            page.ensure(&context, anchor, rows);
            let (above, all) = page.position(anchor);
            let shown = page.lines(anchor, rows).len();
            prop_assert_eq!(shown, rows.min(all), "{:?} {} {}", anchor, above, all);
            prop_assert!(above + shown <= all);
        }
    }
}

#[test]
fn a_very_long_line_of_code_is_laid_out_in_pieces() {
    let text = format!("first\n{}\nlast", "word_of_code ".repeat(80_000));
    let context = Plain::default();
    for (code_wrap, code_line_numbers) in [(true, false), (true, true), (false, true)] {
        let options = Options { code_wrap, code_line_numbers, ..options(80) };
        let page = Builder::default().code("", &text).text("behind");
        let mut page = page.layout(options.clone());
        let mut laid = 0;
        let mut costs_little = |page: &PageLayout| {
            assert!(page.laid_out() - laid < 8, "{} at once", page.laid_out() - laid);
            laid = page.laid_out();
            assert!(page.kept_lines() < 500, "{}", page.kept_lines());
        };
        page.ensure(&context, Anchor::default(), 40);
        costs_little(&page);
        let inside = TextPlace { leaf: 0, cell: 0, offset: 600_000 };
        let anchor = page.anchor_of(&context, inside);
        page.ensure(&context, anchor, 40);
        costs_little(&page);
        // Either way it is the same line, whose beginning is what can be seen of it where it is cut.
        for wraps in [!code_wrap, code_wrap] {
            let options = Options { code_wrap: wraps, ..options.clone() };
            let anchor = page.set_options(options, &context, anchor);
            page.ensure(&context, anchor, 40);
            costs_little(&page);
            let line = page.lines(anchor, 1)[0].text();
            assert!(line.contains("word_of_code"), "{line}");
            assert!(!line.contains("behind"));
        }
        let rows = if code_wrap { 10_000..20_000 } else { 3..6 };
        let mut seen = 0;
        let mut words = 0;
        show(&mut page, &context, |line| -> Result<(), TestCaseError> {
            seen += 1;
            words += line.text().matches("word_of").count();
            Ok(())
        })
        .unwrap();
        assert!(rows.contains(&seen), "{seen}");
        assert!(!code_wrap || words == 80_000, "{words}");
    }
}

#[test]
fn a_long_line_in_pieces_is_folded_with_its_block() {
    let long = "x".repeat(30_000);
    let context = Plain::default();
    let text = format!("{long}\n{}last", "line\n".repeat(100));
    let mut page = Builder::default().code("", &text).text("behind").layout(options(40));
    for code_wrap in [false, true] {
        let mut folds = Folds::of(page.document());
        folds.set(0, true);
        assert!(folds.is_closed(0));
        let folds = Arc::new(folds);
        page.set_options(Options { code_wrap, folds, ..options(40) }, &context, Anchor::default());
        let text = shown(&mut page);
        assert!(!text.contains("last") && text.contains("behind"), "{text}");
        page.set_options(Options { code_wrap, ..options(40) }, &context, Anchor::default());
        assert!(shown(&mut page).contains("last"));
    }
}
