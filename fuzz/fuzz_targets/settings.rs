//! Any text as a configuration file: it is read, or refused with a sentence; keys that are read make a keymap
//! or are refused each with its reason.
#![no_main]

use kenning::command::Keymap;
use kenning::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Config::parse(text) {
        Ok(config) => {
            if let Err(problems) = Keymap::new(&config.keys) {
                assert!(problems.iter().all(|problem| !problem.what.is_empty()), "{text:?}");
            }
        }
        Err(problem) => assert!(!problem.is_empty(), "{text:?}"),
    }
});
