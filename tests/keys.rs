//! `docs/keys.md` is what the table of commands says; `UPDATE=1 cargo test --test keys` writes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use kenning::command::{Keymap, manual};

#[test]
fn the_page_of_keys_is_what_the_table_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    let defaults = Keymap::new(&BTreeMap::new()).expect("the defaults do not clash");
    let expected = manual::markdown(&defaults);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&page, &expected).expect("docs/keys.md can be written");
    }
    let found = fs::read_to_string(&page).unwrap_or_default();
    assert!(
        found == expected,
        "docs/keys.md is not what the table says; run: UPDATE=1 cargo test --test keys"
    );
}
