//! Any bytes as a page at any width: it is parsed and laid out without a fault, no line is wider than the
//! page, every span lies in the source, and nothing that could act on a terminal comes out.
#![no_main]

use std::sync::Arc;

use kenning::code::LineRoles;
use kenning::layout::{Anchor, Context, Head, LinkLook, Options, PageLayout};
use kenning::markdown::{self, LinkId};
use kenning::text::width::width as cells;
use libfuzzer_sys::fuzz_target;

struct Plain;

impl Context for Plain {
    fn link(&self, link: LinkId) -> LinkLook {
        if link.is_multiple_of(3) { LinkLook::Missing } else { LinkLook::Page }
    }

    fn code(&self, _leaf: u32) -> Option<&[LineRoles]> {
        None
    }
}

fuzz_target!(|input: &[u8]| {
    let [width, flags, bytes @ ..] = input else { return };
    let source = String::from_utf8_lossy(bytes);
    let facts = markdown::facts(&source);
    let document = markdown::parse(&source);
    for link in &facts.links {
        assert!(source.get(link.span.range()).is_some(), "{:?} of {source:?}", link.span);
    }
    let width = usize::from(*width);
    let options = Options {
        width,
        ascii: flags & 1 > 0,
        code_wrap: flags & 2 > 0,
        code_line_numbers: flags & 4 > 0,
        properties_folded: flags & 8 > 0,
        ..Options::default()
    };
    let mut page = PageLayout::new(Arc::new(document), Head::default(), options);
    let mut anchor = Anchor::default();
    for _ in 0..50 {
        page.ensure(&Plain, anchor, 20);
        for line in page.lines(anchor, 20) {
            let text: String = line.segments.iter().map(|segment| segment.text.as_str()).collect();
            assert!(!text.contains(|c: char| c.is_control()), "{text:?} of {source:?}");
            assert!(cells(&text) <= width.max(2), "{text:?} in {width} of {source:?}");
        }
        let next = page.scroll(&Plain, anchor, 19, 20);
        if next == anchor {
            break;
        }
        anchor = next;
    }
    let end = page.end(&Plain, 20);
    page.ensure(&Plain, end, 20);
});
