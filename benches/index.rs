//! What the index costs: all pages at once, one change, one link, one copy; beside what parsing the
//! same pages costs in the same run, so that the ratio means something on any machine.
//!
//! `cargo bench --bench index [-- PAGES]` (10,000 pages of about 4 KB by default).

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use kenning::index::{Change, Index, LinkRef, NewPage, PageId};
use kenning::markdown::{Packed, Packer, events, facts};
use kenning::search::complete::Vocabulary;
use kenning::search::finder::Corpus;
use kenning::vault::PagePath;
use kenning::vault::tree::{Entry, Order, Tree};

mod made;

fn main() {
    let pages: u32 = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(10_000);
    let texts: Vec<(PagePath, String)> = (0..pages).map(|page| made::page(page, pages)).collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!("{pages} pages, {} KB; milliseconds", bytes / 1000);

    let (_, floor_ms) = timed(|| texts.iter().map(|(_, text)| events(text)).sum::<usize>());
    show("parser alone", floor_ms, "pulldown-cmark, every event read");
    let before_kb = resident_kb();
    let (parsed, parse_ms) = timed(|| packed(&texts));
    let parsed_kb = resident_kb() - before_kb;
    show("parse", parse_ms, &format!("resident +{parsed_kb} KB"));
    let mut index = Index::default();
    let (_, apply_ms) = timed(|| index.apply_all(parsed));
    let total_kb = resident_kb() - before_kb;
    show("apply_all", apply_ms, &format!("resident +{total_kb} KB, what was parsed included"));
    let whole = (parse_ms + apply_ms) / floor_ms;
    println!("{:<18}{whole:9.3}   parse and apply / parser alone", "ratio");
    let packed: usize = index.pages().map(|page| page.facts.bytes().len()).sum();
    println!("{:<18}{:9}   bytes a page, packed facts", "", packed / texts.len());
    let finder = ("the finder's names", Corpus::new(&index).room());
    let vocabulary = ("what queries can ask for", Vocabulary::new(&index).room());
    for (table, bytes) in index.room().into_iter().chain([finder, vocabulary]) {
        println!("{:<18}{:9}   bytes a page, {table}", "", bytes / texts.len());
    }

    let mut bytes = Vec::new();
    let (written, write_ms) = timed(|| {
        index.write(|piece| {
            bytes.extend_from_slice(piece);
            Ok::<(), ()>(())
        })
    });
    written.expect("memory takes what it is given");
    show("as bytes", write_ms, &format!("{} KB", bytes.len() / 1000));
    let (read, read_ms) = timed(|| Index::from_bytes(&bytes));
    assert_eq!(read.map(|index| index.len()), Some(index.len()));
    show("from bytes", read_ms, "");
    let warm = read_ms / (parse_ms + apply_ms);
    println!("{:<18}{warm:9.3}   from bytes / parse and apply", "ratio");
    drop(bytes);

    // A page in the middle is saved, then goes, then comes back.
    let (path, text) = &texts[texts.len() / 2];
    let (_, floor_ms) = timed(|| events(text));
    show("parser, one page", floor_ms, "");
    let saved = put(path, &format!("{text}\n[[page 7]]\n"));
    let (_, ms) = timed(|| index.apply(saved));
    show("a page is saved", ms, &format!("{:.1} x the parser on it", ms / floor_ms));
    let (_, ms) = timed(|| index.apply(Change::Remove(path.clone())));
    show("a page goes", ms, "");
    let again = put(path, text);
    let (_, ms) = timed(|| index.apply(again));
    show("a page comes", ms, "");

    let all: Vec<LinkRef> = index
        .pages()
        .flat_map(|page| {
            let source = page.id;
            (0..).zip(page.facts.links()).map(move |(link, _)| LinkRef { source, link })
        })
        .collect();
    let links = format!("{} links", all.len());
    // What looking up a name costs that is known to be right, in one table.
    let names: HashMap<&str, PageId> =
        index.pages().map(|page| (page.path.stem(), page.id)).collect();
    let targets: Vec<String> = all
        .iter()
        .filter_map(|&link| Some(index.link(link)?.target().rsplit('/').next()?.to_owned()))
        .collect();
    let (_, floor_ms) =
        timed(|| targets.iter().filter(|target| names.contains_key(target.as_str())).count());
    show("one look-up each", floor_ms, "a hash table of all names");
    let ((), ms) = timed(|| {
        for &link in &all {
            if let (Some(page), Some(written)) = (index.page(link.source), index.link(link)) {
                black_box(index.resolve(&page.path, &written));
            }
        }
    });
    show("resolve anew", ms, &format!("{links}, {:.1} x the look-up", ms / floor_ms));
    let ((), ms) = timed(|| all.iter().for_each(|&link| drop(black_box(index.resolution(link)))));
    show("resolution kept", ms, &format!("{links}, {:.1} x the look-up", ms / floor_ms));
    let (counted, ms) =
        timed(|| (0..pages).map(|id| index.backlink_count(PageId(id))).sum::<usize>());
    show("backlink counts", ms, &format!("{counted} links"));
    let (near, ms) = timed(|| index.near("pagee 77", 5).len());
    show("near names", ms, &format!("{near} names"));
    let (copy, ms) = timed(|| index.clone());
    show("a copy", ms, &format!("{} pages", copy.len()));
    time_tree(&index);
}

/// The tree of all pages.
fn time_tree(index: &Index) {
    let (mut tree, ms) = timed(|| {
        let entries = index.pages().map(|page| Entry {
            path: &page.path,
            title: page.label(),
            kind: page.kind.as_deref(),
            day: page.day(),
            updated: page.facts.updated(),
            strength: page.facts.strength(),
            modified_ms: page.modified_ms,
        });
        Tree::build(entries, Order::default())
    });
    show("tree built", ms, "");
    let open = tree.folders().map(|path| path.as_str().to_owned()).collect();
    let ((), ms) = timed(|| tree.arrange(&open, None));
    show("tree arranged", ms, &format!("{} rows", tree.len()));
    let ((), ms) = timed(|| tree.arrange(&open, Some(&|path| path.as_str().contains('7'))));
    show("tree filtered", ms, &format!("{} rows", tree.len()));
}

/// All pages as they are read: their texts shared.
fn packed(texts: &[(PagePath, String)]) -> Vec<Change> {
    let mut packer = Packer::default();
    let bytes: Vec<Arc<[u8]>> = texts.iter().map(|(_, text)| packer.pack(&facts(text))).collect();
    let table = packer.finish();
    let put = |((path, text), bytes): (&(PagePath, String), Arc<[u8]>)| {
        Change::Put(NewPage {
            path: path.clone(),
            modified_ms: 0,
            bytes: text.len() as u64,
            facts: Packed::new(bytes, Arc::clone(&table)),
            unreadable: None,
        })
    };
    texts.iter().zip(bytes).map(put).collect()
}

fn put(path: &PagePath, text: &str) -> Change {
    Change::Put(NewPage {
        path: path.clone(),
        modified_ms: 0,
        bytes: text.len() as u64,
        facts: facts(text).into(),
        unreadable: None,
    })
}

fn show(what: &str, ms: f64, note: &str) {
    println!("{what:<18}{ms:9.3}   {note}");
}

/// The result of `work` and how many milliseconds it took: of processor time where it is long enough
/// for that to be counted, for on a busy machine the clock on the wall tells of others' work.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let (start, start_on_cpu) = (Instant::now(), on_cpu());
    let result = black_box(work());
    let elapsed = start.elapsed();
    let on_cpu = on_cpu().zip(start_on_cpu).map(|(end, start)| end.saturating_sub(start));
    let counted = on_cpu.filter(|time| time.as_millis() >= 20);
    (result, counted.unwrap_or(elapsed).as_secs_f64() * 1000.0)
}

/// Processor time of this process so far; `None` where the system does not say.
fn on_cpu() -> Option<std::time::Duration> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(std::time::Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?))
}

/// Resident memory in KB; 0 where the system does not say.
fn resident_kb() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
