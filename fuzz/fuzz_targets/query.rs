//! Any text as a query: it is read or explained with a place inside it, matches without a fault, and is said
//! in words; as a full-text search, too.
#![no_main]

use std::sync::LazyLock;

use kenning::index::{Change, Index, NewPage};
use kenning::markdown;
use kenning::search::fulltext::TextSearch;
use kenning::search::query::Query;
use kenning::text::date::Date;
use kenning::vault::PagePath;
use libfuzzer_sys::fuzz_target;

const PAGES: &[(&str, &str)] = &[
    (
        "people/ada.md",
        "---\ntags: [sea, tools/gauge]\nstatus: done\nlevel: 3\n---\n# Ada Lind\n\n[[tides]]\n",
    ),
    ("topics/tides.md", "# Tides\n\nThe moon, [[nobody]], [[ada]]. 潮汐 #sea\n"),
    ("episodes/2024-05-01_storm.md", "# Storm\n\n[[ada]]\n\n---\n*Strength: 0.4*\n"),
];

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let page = |(path, text): &(&str, &str)| {
        Some(Change::Put(NewPage {
            path: PagePath::new(path)?,
            modified_ms: 0,
            bytes: text.len() as u64,
            facts: markdown::facts(text).into(),
            unreadable: None,
        }))
    };
    let mut index = Index::default();
    index.apply_all(PAGES.iter().filter_map(page));
    index
});

fuzz_target!(|text: &str| {
    match Query::parse(text) {
        Ok(query) => {
            assert!(!query.in_words().is_empty(), "{text:?}");
            let today = Date::new(2024, 6, 1).expect("a day");
            query.select(&INDEX, today, &|_| Some("The moon.".to_owned()));
        }
        Err(error) => assert!(text.get(error.span.range()).is_some(), "{error:?} of {text:?}"),
    }
    if let Ok(search) = TextSearch::new(text) {
        for (_, page) in PAGES {
            search.find(page, 10);
        }
    }
});
