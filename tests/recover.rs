//! Pages that lost their marks get them back, and no word is invented or dropped on the way.

use kenning::markdown::Link;
use kenning::markdown::recover::{ChangeKind, PageText, Recovered, needs_recovery, recover};
use proptest::prelude::*;

/// A pasted article, made up for this test: no marks, no indentation, code glued to what follows.
const PASTED: &str = "\
Harbour Lights
How the lamps on the mole are switched, and what to do when one of them is dark
Switching
The lamps are switched by a small service. It reads the sun's height and asks every lamp for its state:
import asyncio
from dataclasses import dataclass
@dataclass
class Lamp:
name: str
lit: bool = False
async def switch(self, on: bool) -> None:
# The relay needs a moment
await asyncio.sleep(0.2)
self.lit = on
async def switch_all(lamps, on):
for lamp in lamps:
await lamp.switch(on)
return lampsChecking
Nobody should have to walk along the mole at night. A check tells which lamp is dark, and why it may be so.
def dark(lamps):
found = []
for lamp in lamps:
if not lamp.lit:
found.append(lamp.name)
return found
# Usage
print(dark(lamps))The names are painted on the lamps as well.
Spare Parts
| Part | Where | Number |
|---|---|---|
Lamp, 40 W | Shed | 12 |
Relay | Pilot house | 3 |
Before the Winter
Order early, since the boat that brings the parts does not sail in a storm.
";

/// The same article, as it was written.
const WRITTEN: &str = "\
# Harbour Lights

How the lamps on the mole are switched, and what to do when one of them is dark

## Switching

The lamps are switched by a small service. It reads the sun's height and asks every lamp for its state:

```python
import asyncio
from dataclasses import dataclass
@dataclass
class Lamp:
    name: str
    lit: bool = False
    async def switch(self, on: bool) -> None:
        # The relay needs a moment
        await asyncio.sleep(0.2)
        self.lit = on
async def switch_all(lamps, on):
    for lamp in lamps:
        await lamp.switch(on)
    return lamps
```

## Checking

Nobody should have to walk along the mole at night. A check tells which lamp is dark, and why it may be so.

```python
def dark(lamps):
    found = []
    for lamp in lamps:
        if not lamp.lit:
            found.append(lamp.name)
    return found
# Usage
print(dark(lamps))
```

The names are painted on the lamps as well.

## Spare Parts

| Part | Where | Number |
|---|---|---|
| Lamp, 40 W | Shed | 12 |
| Relay | Pilot house | 3 |

## Before the Winter

Order early, since the boat that brings the parts does not sail in a storm.
";

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

fn check(source: &str, expected: &str) {
    let got = recover(source);
    assert_eq!(got.markdown.trim_end(), expected.trim_end(), "\nfrom:\n{source}");
}

/// The text without white space and the marks that recovery may add.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"#|-`".contains(*c)).collect()
}

/// The restored text without the fences that were added, bare.
fn bare_restored(source: &str, restored: &Recovered) -> String {
    let had = lines(source);
    let written = lines(&restored.markdown);
    let kept = written
        .iter()
        .zip(&restored.line_map)
        .filter(|(line, at)| !line.starts_with("```") || had[**at as usize].trim() == line.trim());
    // What begins as a fence and is none has a sign before it, if not of its own.
    let without = |line: &str, own: &str| match line.strip_prefix('\\') {
        Some(fence) if fence.starts_with(['`', '~']) && !own.trim().starts_with('\\') => {
            bare(fence)
        }
        _ => bare(line),
    };
    kept.map(|(line, at)| without(line, had[*at as usize])).collect()
}

#[test]
fn a_pasted_article_is_as_it_was_written() {
    assert!(needs_recovery(PASTED));
    check(PASTED, WRITTEN);
    assert!(!needs_recovery(WRITTEN));
}

#[test]
fn what_was_restored_stays_as_it_is() {
    check(WRITTEN, WRITTEN);
}

#[test]
fn every_restored_line_knows_its_source() {
    let restored = recover(PASTED);
    let source = lines(PASTED);
    let written = lines(&restored.markdown);
    assert_eq!(written.len(), restored.line_map.len());
    for (line, at) in written.iter().zip(&restored.line_map) {
        let from = bare(source[*at as usize]);
        let is_added = line.is_empty() || line.starts_with("```");
        assert!(is_added || from.contains(&bare(line)), "{line:?} is said to come from {from:?}");
    }
    assert!(restored.line_map.is_sorted());
}

#[test]
fn changes_name_their_lines() {
    let restored = recover(PASTED);
    let written = lines(&restored.markdown);
    for change in &restored.changes {
        let line = written[change.line as usize];
        match change.kind {
            ChangeKind::Code { language } => assert_eq!(line, format!("```{}", language.info())),
            ChangeKind::Heading { level } => {
                assert!(line.starts_with(&format!("{} ", "#".repeat(level.into()))));
            }
            ChangeKind::Row => assert!(line.starts_with('|')),
            ChangeKind::Parted | ChangeKind::Uncertain => assert!(!line.trim().is_empty()),
        }
    }
    let parted = restored.changes.iter().filter(|c| c.kind == ChangeKind::Parted).count();
    assert_eq!(parted, 2);
}

#[test]
fn healthy_pages_need_nothing() {
    let pages = [
        "",
        "A note.\n\nAnother paragraph with `x = 1` in it.\n",
        "# Title\n\nimport x\nfrom y import z\nx = z(1)\n",
        "Text\n\n```python\nx = 1\ny = f(x)\nz = g(y)\n```\n",
        "Text\n\n~~~\nx = 1\ny = f(x)\nz = g(y)\n~~~\n",
        "Title\n=====\nimport x\nfrom y import z\nx = z(1)\n",
        "Indented:\n\n    import x\n    from y import z\n    x = z(1)\n",
        "---\ntitle: x\nname: y\nwidth: 3\n---\nBody\n",
        "- [ ] one\n- [ ] two\n\nTags: #a #b\n",
        "## Movies\n![[Movies.base]]\n",
        "[[daily-note]]\n\n[[concept]]\n\n[[nn.module]]\n\n![[scan.png]]\n",
        "[Foo](foo.md)\n[Bar](bar.md)\n[Baz](baz.md)\n",
    ];
    for page in pages {
        assert!(!needs_recovery(page), "{page:?}");
    }
}

#[test]
fn no_link_is_lost_in_what_becomes_code() {
    let check = |page: &str, is_recovered: bool, links: &[&str]| {
        assert_eq!(needs_recovery(page), is_recovered, "{page:?}");
        let facts = PageText::new(page.to_owned()).facts();
        let targets: Vec<&str> = facts.links.iter().map(Link::target).collect();
        assert_eq!(targets, links, "{page:?}");
    };
    check(&PASTED.replace("every lamp", "every [[lamp]]"), true, &["lamp"]);
    check(
        &PASTED.replace("import asyncio\n", "import asyncio\n[[lamp]]\n[a](b.md)\n"),
        false,
        &["lamp", "b.md"],
    );
    let names = "[[nn.module]]\n[[bin]]\n[[daily-note]]\n[d](e.md)\n[f](g.md)\n";
    check(names, false, &["nn.module", "bin", "daily-note", "e.md", "g.md"]);
}

#[test]
fn a_row_that_is_glued_to_code_stands_there_once() {
    let source = format!("\"\"\"\n{}a|||\n-||--\n", "\"".repeat(21));
    let restored = recover(&source);
    assert_eq!(bare_restored(&source, &restored), bare(&source), "{}", restored.markdown);
}

#[test]
fn pages_beyond_the_limit_are_left_alone() {
    let long = PASTED.repeat((4 << 20) / PASTED.len() + 2);
    assert!(!needs_recovery(&long));
}

/// A page without a blank line, that holds `inside` among its code.
fn dense(inside: &str) -> String {
    format!("{}def last(lamps):\n{inside}return lamps[-1]\n", PASTED.replace("\n\n", "\n"))
}

#[test]
fn marks_within_the_code_of_a_page_without_air_are_none() {
    let inside = [
        "",
        "prompt = \"\"\"\n```json\n{}\n```\n\"\"\"\n",
        "table = \"\"\"\nLamp\n----\n## North\n\"\"\"\n",
        "# lamps = [\n#     north,\n# ]\n",
    ];
    for inside in inside {
        assert!(needs_recovery(&dense(inside)), "{inside}");
    }
    // Nor is one line that looks like a heading a mark, where many are comments.
    let comments = "# one\nx = 1\n# two\ny = f(x)\n# three\nz = g(y)\n# four\n";
    // Nor are fences, where the page has lost their line breaks.
    let broken = dense("").replace("# Usage", "```python from lamps import north\n```");
    assert!(needs_recovery(&broken));
    let quoted = format!("{}### Quoted by hand\n", dense(comments));
    assert!(needs_recovery(&quoted));
}

#[test]
fn marks_outside_the_code_of_a_page_without_air_count() {
    let pages = [
        format!("```\nx = 1\n```\n{}", dense("")),
        format!("{}Another\n=======\nThe end of it.\n", dense("")),
        format!("# Lamps\n{}## Posts\nThe posts are old.\n", dense("")),
        format!("# Lamps\n\n{0}{0}{0}", dense("")),
        "# Lamps\nSome words.\n## Oil\nimport oil\nfrom oil import lamp\nlamp.light(1)\n## Gas\n\
            Some more.\n## Posts\nThe end.\n"
            .to_owned(),
    ];
    for page in pages {
        assert!(!needs_recovery(&page), "{page}");
    }
}

#[test]
fn a_block_of_comments_alone_is_code() {
    let source = "The lamps may be lit like this, but nobody does so any more.\n# lamps = [\n\
        #     north,\n# ]\nThe posts are painted every other year, when the weather allows it.\n";
    let restored = recover(source).markdown;
    assert!(
        restored.contains("\n\n```python\n# lamps = [\n#     north,\n# ]\n```\n\n"),
        "{restored}"
    );
    let out = "Words stand before it, as they do on every page.\n# from lamps import north\nWords behind.\n";
    assert!(recover(out).markdown.contains("```python\n# from lamps import north\n```"));
}

#[test]
fn a_fence_without_its_line_breaks_opens_nothing() {
    let page = |fence: &str| {
        let code = "import lamps\nlamps.light(1)\nlamps.dim(2)\n";
        recover(&format!("Words before.\n{fence}\n{code}The end of it is told here.\n")).markdown
    };
    let broken = page("```python from lamps import north\nnorth.light(1) ```");
    assert!(broken.contains("\n\\```python from lamps import north\n"), "{broken}");
    // One that is only never closed may be meant.
    assert!(page("```python").contains("\n```python\n"));
    // What points at an error is drawn with the same sign.
    let drawn = page("~~~~~^^^^\nHere it went dark, and stayed so.");
    assert!(drawn.contains("\n\\~~~~~^^^^\n"), "{drawn}");
    // Where one is broken, no other marks code: what stands between is read.
    let after =
        page("```python from lamps import north, south\nBare words.\n```\nWords again.\n```");
    assert!(after.contains("\n\\```\n\nWords again.\n"), "{after}");
}

#[test]
fn signatures_and_what_was_changed_are_no_headings() {
    for line in ["Signature: lamps(count, *, lit=[])", "Two lamps are lit at once. (#12)"] {
        let source = format!("import lamps\nlamps.light(1)\n{line}\nlamps.dim(2)\nlamps.off()\n");
        let restored = recover(&source).markdown;
        assert!(!restored.contains("# "), "{restored}");
    }
}

#[test]
fn what_only_reads_like_code_stays_prose_between_code() {
    let lines = [
        "The Lamps (Old)",
        "Posts and lamps (20+ of them)",
        "Literals {#literals}",
        "Regex",
        "value: Score in [0, 1]",
        "Signature: Lamp(name, lit=False)",
        "!!! note",
        "???+ note",
        "(the-mole)=",
        "[](){#the-mole}",
        "[mole]: https://example.org/mole",
        "or:",
        "...to:",
        "... or all of them at once:",
        "=== \"Tab\"",
        "::: lamps.light",
        "@ada/lamps#12",
    ];
    for line in lines {
        let source =
            format!("import lamps\nlamps.light(1)\n{line}\nlamps.dim(2)\nlamps.light(3)\n");
        let restored = recover(&source).markdown;
        let at = restored.lines().position(|l| l.trim_start_matches(['#', ' ']) == line);
        let fences =
            at.map(|at| restored.lines().take(at).filter(|l| l.starts_with("```")).count());
        assert_eq!(fences, Some(2), "{line}: {restored}");
    }
}

#[test]
fn code_of_one_line_is_fenced_where_prose_is_glued_to_it() {
    let source = "Count what is left, when all the lamps have been lit.\n\
        results.total()Lamps that are dark are not among them, as you may see.\n";
    assert!(recover(source).markdown.contains("```python\nresults.total()\n```\n\nLamps that"));
    let source = "Get them, before you start with anything else on this page.\n! git clone https://example.org/x\nNow look at them.\n";
    assert!(recover(source).markdown.contains("```python\n! git clone https://example.org/x\n```"));
}

#[test]
fn what_a_reference_lists_is_no_code_but_its_heads_are() {
    let page = |line: &str| {
        let source = format!("Words stand before it.\n{line}\nWords stand behind it.\n");
        recover(&source).markdown.contains("```")
    };
    for line in [
        "await lamp.light(color)",
        "Lamp(color, level=None)",
        "type: \"lamp.lit\"",
        "#12 - the lamps are lit",
        "After (v3.0)",
        "lamps (oil)",
        "light(*args, **kwargs)",
        "light(level: int = 1, color: Color)",
        "light() -> bool",
        "light(**kwargs): -> Lamp",
        "LampPost()",
        "level: int\ncolor: Color",
    ] {
        assert!(!page(line), "{line}");
    }
    for line in [
        "lamp.light(\"red\")",
        "await lamp.light(1)",
        "def light(self, color: Color) -> None",
        "lamp: \"Lamp\" = north",
        "lamp.level  # 3",
        "class Lamp:\nlevel: int\ncolor: Color",
    ] {
        assert!(page(line), "{line}");
    }
    // What has a value on the page is handed over.
    assert!(page("color = \"red\"\nawait lamp.light(color)"));
}

#[test]
fn what_is_glued_to_a_line_that_gives_itself_away_is_parted() {
    let cases = [
        (">>> import lamps\n... # one\n... lamps.north = None", "Now it is dark on the mole."),
        ("pip install lamps\nuv add lamps", "After that, light them one by one."),
        ("const lamp = on;\n// It is lit! 🎉", "This is the way to do it, and there is no other."),
        ("const lamp = on;\nconsole.log(lamp)", "This says whether it is lit."),
    ];
    for (code, prose) in cases {
        let restored = recover(&format!("Words stand before it.\n{code}{prose}\n")).markdown;
        assert!(restored.ends_with(&format!("{code}\n```\n\n{prose}\n")), "{restored}");
    }
}

#[test]
fn marks_that_are_there_are_kept() {
    check("---\ntitle: x\n---\nText.\n", "---\ntitle: x\n---\nText.\n");
    check("- one\n- two\n", "- one\n- two\n");
    check("Intro:\n\n- one\n- two\n\nEnd.\n", "Intro:\n\n- one\n- two\n\nEnd.\n");
    let fenced = "Text.\n\n```sql\nselect 1\n```\n\nMore.\n";
    check(fenced, fenced);
    let wrapped =
        "A paragraph that somebody else had wrapped by\nhand, as in mail.\n\nAnother one.\n";
    check(wrapped, wrapped);
}

#[test]
fn code_with_fences_in_it_gets_a_longer_fence() {
    let restored = recover("import os\ntext = \"\"\"\n```\n\"\"\"\nprint(text)\n").markdown;
    assert!(restored.starts_with("````python\n") && restored.ends_with("````\n"), "{restored}");
}

#[test]
fn a_comment_between_code_is_no_heading() {
    let restored = recover(PASTED);
    assert!(!restored.changes.iter().any(|c| {
        matches!(c.kind, ChangeKind::Heading { .. })
            && lines(PASTED)[c.source as usize] == "# Usage"
    }));
}

/// Lines as they come in pasted pages and in pages that only look so.
fn a_line() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(lines(PASTED)).prop_map(str::to_owned),
        prop::sample::select(lines(WRITTEN)).prop_map(str::to_owned),
        prop::sample::select(vec![
            "",
            "    ",
            "```",
            "~~~~",
            "\"\"\"",
            "'''",
            "((((",
            "]",
            "|",
            "| a | b |",
            "a\tb",
            "---",
            ">>> x",
            "$ ls -l",
            "SELECT a FROM b",
            "- item",
            "1. item",
            "else:",
            "try:",
            "return x",
            "日本語の行です",
            "x = 'it''s",
            "@",
            "#",
            "\\",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,40}",
        "[a-zA-Z_ .,:()='\"#{}\\[\\]]{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_word_is_invented_or_dropped(page in prop::collection::vec(a_line(), 0..30)) {
        let source = page.join("\n");
        let restored = recover(&source);
        prop_assert_eq!(bare_restored(&source, &restored), bare(&source));
        prop_assert_eq!(restored.markdown.lines().count(), restored.line_map.len());
        prop_assert!(restored.line_map.is_sorted());
        let _ = needs_recovery(&source);
    }

    #[test]
    fn any_text_is_borne(source in "(\\PC|\n|\r|\t){0,200}") {
        let restored = recover(&source);
        prop_assert_eq!(bare_restored(&source, &restored), bare(&source));
    }
}
