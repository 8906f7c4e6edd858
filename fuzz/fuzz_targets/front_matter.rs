//! Any text between the `---` lines: properties are read without a fault, within the budget, and what stands
//! after them is there as it would be without them.
#![no_main]

use kenning::markdown;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = format!("---\n{text}\n---\n\n# Title\n\nA [[link]].\n");
    let facts = markdown::facts(&page);
    for property in &facts.properties {
        assert!(page.get(property.span.range()).is_some(), "{property:?} of {page:?}");
    }
    // A fence within the text ends the front matter there, and the rest may be anything; words that are no
    // properties are a page that starts with a rule.
    let is_one = !text.lines().any(|line| line.trim_end() == "---") && !text.contains('\r');
    if is_one && !facts.front_matter.is_empty() {
        assert!(facts.links.iter().any(|link| link.target() == "link"), "{page:?}");
        assert_eq!(facts.headings.len(), 1, "{page:?}");
    }
});
