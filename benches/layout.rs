//! What a page costs: opening it, scrolling it, laying all of it out, each against pulldown-cmark reading
//! the same text in the same run. Run with `cargo bench --bench layout`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kenning::code::LineRoles;
use kenning::layout::{Anchor, Context, Head, LinkLook, Options, PageLayout, show};
use kenning::markdown::{LinkId, parse};

/// A piece of an ordinary page; repeated it makes long ones.
const PIECE: &str = "\
## Reading the staff

The staff stands at the pier and is read every morning by [[people/gudrun|Gudrun]], who writes what
she sees into a book. *Nothing* is rounded, and **nothing** is left out: see `level_mm` and
[the essay](articles/essay.md), or ask https://example.org/tides about it. 潮汐は月に従う。

- read it once, then read it again #tides
- [x] if the two agree, write it down
  - nested, with `code` and a [[missing page]]

> A quote with a bar beside it, long enough that it has to be wrapped at the width of the column.

| Station | Level | Note |
| :--- | ---: | --- |
| Old Pier | 1843 | the oldest of the five gauges, and the one that everybody trusts |
| Lomvi | 12 | new |

```python
def greet(name: str) -> str:
    return f\"Good morning, {name}. Read it twice, write it once.\"
```

";

struct Plain;

impl Context for Plain {
    fn link(&self, link: LinkId) -> LinkLook {
        if link.is_multiple_of(7) { LinkLook::Missing } else { LinkLook::Page }
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        None
    }
}

fn main() {
    for (name, pieces) in [("a page of 60 lines", 3), ("a page of 20,000 lines", 1_000)] {
        let source = PIECE.repeat(pieces);
        println!("{name}, {} kB", source.len() / 1_000);
        let rounds = if pieces > 100 { 10 } else { 500 };
        let floor = best(rounds, || {
            black_box(
                pulldown_cmark::Parser::new_ext(&source, pulldown_cmark::Options::all()).count(),
            );
        });
        report("pulldown-cmark alone", floor, floor);
        report("parse", best(rounds, || drop(black_box(parse(&source)))), floor);
        let document = Arc::new(parse(&source));
        let options = Options { width: 80, ..Options::default() };
        let new = || PageLayout::new(Arc::clone(&document), Head::default(), options.clone());
        let open = || {
            let mut page = new();
            page.ensure(&Plain, Anchor::default(), 50);
            page
        };
        report("open: first screen of 50 rows", best(rounds, || drop(black_box(open()))), floor);
        let mut page = open();
        let mut anchor = Anchor::default();
        let scroll = best(rounds * 10, || {
            anchor = page.scroll(&Plain, anchor, 1, 50);
            page.ensure(&Plain, anchor, 50);
            black_box(page.lines(anchor, 50).len());
        });
        report("scroll by one row", scroll, floor);
        let end = best(rounds, || {
            let mut page = new();
            let anchor = page.end(&Plain, 50);
            page.ensure(&Plain, anchor, 50);
            black_box(page.laid_out());
        });
        report("open at the end", end, floor);
        let whole = best(rounds.min(20), || {
            let mut rows = 0_usize;
            let count = |line: &kenning::layout::Line| -> Result<(), ()> {
                rows += line.segments.len();
                Ok(())
            };
            let _ = show(&mut new(), &Plain, count);
            black_box(rows);
        });
        report("the whole page", whole, floor);
    }
}

/// The shortest of `rounds` runs: what the work costs when nothing disturbs it.
fn best(rounds: usize, mut work: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn report(what: &str, time: Duration, floor: Duration) {
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!("  {what:<32} {:>10.1} µs  {ratio:>7.2} x pulldown-cmark", time.as_secs_f64() * 1e6);
}
