//! Any text restored: no word is lost or made up, every line knows where it came from, and what was restored
//! can be parsed.
#![no_main]

use kenning::markdown;
use kenning::markdown::recover::{PageText, recover};
use libfuzzer_sys::fuzz_target;

/// The text without white space and the marks that restoring may add: a fence that cannot be one is escaped.
fn bare(text: &str) -> String {
    let text = text.replace("\\`", "`").replace("\\~", "~");
    text.chars().filter(|c| !c.is_whitespace() && !"#|-`".contains(*c)).collect()
}

fuzz_target!(|text: &str| {
    let restored = recover(text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(restored.markdown.lines().count(), restored.line_map.len(), "{text:?}");
    // An added fence names its language: a word with which its line of the source does not begin.
    let kept = restored.markdown.lines().zip(&restored.line_map).filter(|(line, at)| {
        !line.starts_with("```")
            || lines.get(**at as usize).is_some_and(|own| own.trim().starts_with(line.trim()))
    });
    let kept: String = kept.map(|(line, _)| bare(line)).collect();
    assert_eq!(kept, bare(text));
    drop(PageText::new(text.to_owned()).document());
    drop(markdown::facts(&restored.markdown));
});
