//! Any text as a theme file: every role has a style in every depth, or the file is refused with a sentence.
#![no_main]

use kenning::theme::{Depth, Theme};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let find = |name: &str| (name == "own").then(|| text.to_owned());
    match Theme::parse("own", text, &find) {
        Ok(theme) => {
            for depth in [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
                drop(theme.clone().reduced(depth));
            }
        }
        Err(problem) => assert!(!problem.to_string().is_empty(), "{text:?}"),
    }
});
