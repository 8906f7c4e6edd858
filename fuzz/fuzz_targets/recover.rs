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
    // An added fence is signs and the name of a language, with which its line of the source neither begins nor ends.
    let kept = restored.markdown.lines().zip(&restored.line_map).filter(|(line, at)| {
        let line = line.trim();
        let own = lines.get(**at as usize).map_or("", |own| own.trim());
        let name = line.trim_start_matches('`');
        !line.starts_with("```")
            || !name.chars().all(|c| c.is_ascii_lowercase())
            || own.starts_with(line)
            || own.ends_with(line)
    });
    let kept: String = kept.map(|(line, _)| bare(line)).collect();
    assert_eq!(kept, bare(text));
    drop(PageText::new(text.to_owned()).document());
    drop(markdown::facts(&restored.markdown));
});
