//! Pages in the scripts of the world: what takes how many cells, and what of it a terminal can show.

use crate::screen::Screen;

const GAUGE: &str = "\
---
tags: [潮汐, ﾀｸﾞ]
---

# 潮位計

| 港 | ﾖﾐ | نص |
|---|---|---|
| [[燈台\\|港の燈台]] | ｶﾞｷﾞ | مرفأ |
| か\u{3099}き\u{3099} | x | \u{200f}ok\u{200e} |
| \u{1112}\u{1161}\u{11ab} | ﾊﾟ | שלום |

水位は「[[燈台]]」で読む。#潮汐、朝 #潮汐
:::
レビューの水。灯台守りは燈台へ。
";

fn screen(columns: u16, rows: u16) -> Screen {
    let pages = [
        ("潮位計.md", GAUGE),
        ("燈台.md", "# 燈台\n"),
        ("ビュー.md", ""),
        ("水.md", ""),
        ("مرفأ.md", "#وسم\n"),
    ];
    Screen::new(columns, rows, &pages)
}

#[test]
fn a_page_keeps_its_columns_in_every_script() {
    for (columns, rows) in [(100, 24), (40, 24)] {
        insta::assert_snapshot!(format!("page_{columns}"), screen(columns, rows).frame());
    }
}

#[test]
fn letters_and_their_marks_reach_the_terminal_as_one() {
    let text = screen(100, 24).text();
    for composed in ["がぎ", "한", "ｶﾞｷﾞ", " ok"] {
        assert!(text.contains(composed), "{composed}\n{text}");
    }
    for apart in ["\u{3099}", "\u{1112}", "\u{200f}", "\u{fffd}"] {
        assert!(!text.contains(apart), "{apart:?}\n{text}");
    }
}
