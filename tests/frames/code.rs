//! Code blocks as their reader sees them: cut and panned, wrapped, numbered, copied.

use crate::screen::Screen;
use kenning::app::{Effect, Msg};
use kenning::code::Highlighter;
use kenning::markdown::LeafKind;
use kenning::text::role::Role;

const PAGE: &str = "\
# Gauge

```python
def read(path, *, tries=3):
    for attempt in range(tries):
        return parse(open(path).read(), encoding='utf-8', strict=True) or 'nothing at all was read'
\tx = 1
```

Between.

```diff-python
@@ -1,2 +1,2 @@
 def f(x):
-    return x
+    return x + 1
```

```
no language
```
";

fn screen(columns: u16, rows: u16) -> Screen {
    Screen::new(columns, rows, &[("gauge.md", PAGE)])
}

#[test]
fn long_lines_are_cut_with_a_sign_at_the_edge() {
    for (columns, rows) in [(40, 12), (80, 24)] {
        let screen = screen(columns, rows);
        let shown = format!("{}{}", screen.frame(), screen.roles());
        insta::assert_snapshot!(format!("code_cut_{columns}x{rows}"), shown);
    }
}

#[test]
fn panning_ends_where_the_longest_line_in_view_does() {
    let mut screen = screen(60, 24);
    screen.keys(">>>>>>>>>>>>>");
    insta::assert_snapshot!("code_panned_to_its_end", screen.frame());
    assert_eq!(screen.said(), ["Nothing in view reaches further right"]);
}

#[test]
fn wrapped_lines_are_marked_and_keep_their_indentation() {
    let mut screen = screen(40, 24);
    screen.keys("W");
    insta::assert_snapshot!("code_wrapped", format!("{}{}", screen.frame(), screen.roles()));
    screen.keys(">");
    assert_eq!(
        screen.said(),
        [
            "Long lines of code are wrapped",
            "Nothing in view reaches further right; code is wrapped"
        ]
    );
    screen.keys("#");
    insta::assert_snapshot!("code_wrapped_and_numbered", screen.frame());
    screen.keys("W #");
    assert_eq!(screen.frame(), {
        let mut fresh = self::screen(40, 24);
        fresh.keys("> < #  #");
        fresh.frame()
    });
}

#[test]
fn the_text_at_the_top_stays_while_code_is_wrapped_and_numbered() {
    let long = "a line of code that is longer than the screen is wide, by some words\n".repeat(50);
    let mut screen =
        Screen::new(40, 12, &[("a.md", &format!("```\n{long}the middle\n{long}```\n"))]);
    screen.keys("/ the <Space> middle <Enter> <Esc>");
    let row = |screen: &Screen| screen.find("the middle").map(|(_, row)| row);
    let mut screen_row = row(&screen).expect("the middle is in view");
    while screen_row > 1 {
        screen.keys("j");
        screen_row -= 1;
    }
    for keys in ["W", "#", "W", "#"] {
        screen.keys(keys);
        assert_eq!(row(&screen), Some(1), "{keys}");
    }
}

#[test]
fn the_first_whole_block_in_view_is_copied_without_numbers() {
    let mut screen = screen(80, 24);
    screen.keys("# y c");
    let code = "def read(path, *, tries=3):\n    for attempt in range(tries):\n        return parse(open(path).read(), encoding='utf-8', strict=True) or 'nothing at all was read'\n\tx = 1";
    assert_eq!(screen.done.last(), Some(&Effect::Copy(code.to_owned())));
    assert_eq!(screen.said().last().map(String::as_str), Some("Copied 4 lines of Python"));
    let mut screen = Screen::new(80, 12, &[("a.md", "```js\nx\n```\n\n```sh\nls\ncd\n```\n")]);
    screen.keys("y c");
    assert_eq!(screen.said(), ["Copied 1 line of JavaScript"]);
    let mut screen = Screen::new(80, 8, &[("a.md", "```\nx\n```\n")]);
    screen.keys("y c");
    assert_eq!(screen.said(), ["Copied 1 line of code"]);
}

#[test]
fn what_is_found_behind_the_cut_comes_into_view() {
    let mut screen = screen(60, 24);
    assert!(!screen.text().contains("at all"));
    screen.keys("/ at <Space> all");
    assert_eq!(screen.role_on("at all"), Role::MatchCurrent);
    screen.keys("<Enter>").keys("/ def <Space> read");
    assert_eq!(screen.role_on("def read"), Role::MatchCurrent);
}

// Colours.

#[test]
fn a_long_block_is_coloured_where_it_is_looked_at() {
    let code = "def tide(hour):\n    return hour % 12\n\n\n".repeat(5_000);
    let mut screen = Screen::unread(60, 20, &[("a.md", &format!("```python\n{code}```\n"))]);
    screen.prompt = false;
    screen.open("a.md");
    screen.prompt = true;
    screen.waiting.retain(|effect| !matches!(effect, Effect::Highlight { .. }));
    screen.catch_up();
    screen.prompt = false;
    screen.keys("G");
    let wanted = screen.waiting.iter().filter_map(|effect| match effect {
        Effect::Highlight { lines, .. } => Some(lines.clone()),
        _ => None,
    });
    let wanted: Vec<_> = wanted.collect();
    let lines: usize = wanted.iter().map(ExactSizeIterator::len).sum();
    assert!(lines <= 192 && wanted.iter().any(|lines| lines.contains(&19_999)), "{wanted:?}");

    // Done as the program does it: with the real highlighter.
    for effect in std::mem::take(&mut screen.waiting) {
        let Effect::Highlight { ticket, document, leaf, lines } = effect else { continue };
        let LeafKind::Code(code) = &document.leaves[leaf as usize].kind else { continue };
        let block = (&*code.language, &*code.text);
        let from = lines.start;
        let roles = Highlighter::new().piece(&mut None, (0, leaf), block, lines);
        screen.send(Msg::Highlighted { ticket, leaf, from, roles });
    }
    assert_eq!(screen.role_on("def"), Role::CodeKeyword);
    assert_eq!(screen.role_on("tide"), Role::CodeFunction);
    // What was not looked at is not coloured.
    let open = screen.model.reader.open.as_ref().expect("a page is open");
    let coloured = open.code[&0].iter().filter(|line| !line.is_empty()).count();
    assert!((1..=192).contains(&coloured), "{coloured}");
}
