//! What the index costs: all pages at once, one change, one link, one clone; beside what parsing the
//! same pages costs in the same run, so that the ratio means something on any machine.
//!
//! `cargo bench --bench index [-- PAGES]` (10,000 pages of about 4 KB by default).

use std::hint::black_box;
use std::time::Instant;

use kenning::index::{Change, Index, LinkRef, NewPage, PageId};
use kenning::markdown::facts;
use kenning::vault::PagePath;
use kenning::vault::title;
use kenning::vault::tree::{Entry, Order, Tree};

fn main() {
    let pages = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(10_000);
    let texts: Vec<(PagePath, String)> = (0..pages).map(|page| generate(page, pages)).collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!("{pages} pages, {} KB", bytes / 1000);

    let before = resident_kb();
    let (parsed, parse_ms) =
        timed(|| texts.iter().map(|(path, text)| put(path, text)).collect::<Vec<Change>>());
    let facts_kb = resident_kb().saturating_sub(before);
    let changes = parsed.clone();
    let mut index = Index::default();
    let before = resident_kb();
    let ((), apply_ms) = timed(|| {
        index.apply_all(changes);
    });
    let links: usize = index.pages().map(|page| page.facts.links.len()).sum();
    println!("parse            {parse_ms:9.2} ms   facts {facts_kb} KB");
    println!(
        "apply_all        {apply_ms:9.2} ms   {:.3} of parsing; {links} links; resident +{} KB",
        apply_ms / parse_ms,
        resident_kb().saturating_sub(before),
    );

    // A page in the middle is saved, then goes, then comes back.
    let (path, text) = &texts[texts.len() / 2];
    let changed = put(path, &format!("{text}\n[[page 7]]\n"));
    let ((), ms) = timed(|| drop(index.apply(changed)));
    println!("a page is saved  {ms:9.3} ms");
    let ((), ms) = timed(|| drop(index.apply(Change::Remove(path.clone()))));
    println!("a page goes      {ms:9.3} ms");
    let again = put(path, text);
    let ((), ms) = timed(|| drop(index.apply(again)));
    println!("a page comes     {ms:9.3} ms");

    let all: Vec<LinkRef> = index
        .pages()
        .flat_map(|page| {
            let source = page.id;
            (0..).zip(&page.facts.links).map(move |(link, _)| LinkRef { source, link })
        })
        .collect();
    let ((), ms) = timed(|| {
        for &link in &all {
            if let (Some(page), Some(written)) = (index.page(link.source), index.link(link)) {
                black_box(index.resolve(&page.path, written));
            }
        }
    });
    println!("resolve          {:9.0} ns a link", ms * 1e6 / all.len().max(1) as f64);
    let ((), ms) = timed(|| {
        for &link in &all {
            black_box(index.resolution(link));
        }
    });
    println!("resolution       {:9.0} ns a link", ms * 1e6 / all.len().max(1) as f64);
    let (near, ms) = timed(|| index.near("pagee 77", 5).len());
    println!("near             {ms:9.2} ms   {near} names");
    let (counts, ms) = timed(|| {
        (0..u32::try_from(pages).unwrap_or(u32::MAX))
            .map(|id| index.backlink_count(PageId(id)))
            .sum::<usize>()
    });
    println!("backlink counts  {ms:9.2} ms   {counts} links");
    let (copy, ms) = timed(|| index.clone());
    println!("clone            {ms:9.2} ms   {} pages", copy.len());

    let (mut tree, ms) = timed(|| {
        let entries = index.pages().map(|page| Entry {
            path: &page.path,
            title: title::label(&page.path, &page.title),
            kind: page.kind.as_deref(),
            day: page.day(),
            updated: page.facts.summary.updated,
            strength: page.facts.summary.strength,
            modified_ms: page.modified_ms,
        });
        Tree::build(entries, Order::default())
    });
    println!("tree built       {ms:9.2} ms");
    let open = tree.folders().map(|path| path.as_str().to_owned()).collect();
    let ((), ms) = timed(|| tree.arrange(&open, None));
    println!("tree arranged    {ms:9.2} ms   {} rows", tree.len());
    let ((), ms) = timed(|| tree.arrange(&open, Some(&|path| path.as_str().contains('7'))));
    println!("tree filtered    {ms:9.2} ms   {} rows", tree.len());
}

/// One page in a wiki of `pages`: eight links of every sort, most to pages that exist.
fn generate(page: usize, pages: usize) -> (PagePath, String) {
    let kind = ["people", "topics", "episodes", "notes/deep"][page % 4];
    let path = PagePath::new(&format!("{kind}/page_{page}.md")).expect("a sound path");
    // Some pages are linked far more often than others.
    let other = |salt: usize| (page * 7919 + salt * 104_729) % pages / (1 + salt % 3);
    let kind_of = |page: usize| ["people", "topics", "episodes", "notes/deep"][page % 4];
    let mut text = format!(
        "---\ntags: [work, a/b{}]\naliases: Nick {page}\n---\n# Page {page}\n\n",
        page % 50
    );
    for part in 0..4 {
        let (a, b) = (other(part * 2 + 1), other(part * 2 + 2));
        text.push_str(&format!("## Part {part}\n\n"));
        for _ in 0..6 {
            text.push_str("The water stood high at the gauge that morning, and *nobody* had written down who read it last; the clerk kept `two` books and trusted neither. ");
        }
        text.push_str(&format!(
            "\n\nSee [[{}/page_{a}|the other]] and [[page_{b}#Part 1]].\n",
            kind_of(a)
        ));
        match part {
            0 => text.push_str(&format!(
                "\n- [gone](../missing_{}.md) #tag{}\n",
                page % 100,
                page % 20
            )),
            1 => text.push_str(&format!("\n[Nick](../{}/page_{b}.md)\n", kind_of(b))),
            2 => text.push_str(&format!("\n> [[Nick {a}]] said so.\n")),
            _ => text.push_str("\n```python\nprint(\"[[no link]]\")\n```\n"),
        }
    }
    (path, text)
}

fn put(path: &PagePath, text: &str) -> Change {
    Change::Put(NewPage {
        path: path.clone(),
        modified_ms: 0,
        bytes: text.len() as u64,
        facts: facts(text),
        unreadable: None,
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed().as_secs_f64() * 1000.0)
}

/// Resident memory in KB; 0 where the system does not say.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
