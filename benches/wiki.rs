//! What reading a whole wiki costs, beside reading its files and running the bare parser over them:
//! `cargo bench --bench wiki [-- FOLDER]` (2,000 generated pages in a temporary folder by default).
//!
//! Every step but the first and the last runs on the same number of threads, that of `scan::build`; all
//! are measured in turn in one run, and the best of several rounds counts. The figure to reach: all
//! links as JSON in at most twice the time of `read and parse`.

use std::any::Any;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kenning::cli::links::{LinkRow, each_link};
use kenning::config::Config;
use kenning::index::{Index, Page};
use kenning::markdown;
use kenning::runtime::files::FileEntry;
use kenning::runtime::{scan, settings};

const ROUNDS: usize = 7;
const GENERATED: u32 = 2_000;

mod made;

type Step<'a> = Box<dyn Fn() -> Box<dyn Any> + 'a>;

fn main() {
    // `cargo bench` itself passes `--bench`.
    let folder = std::env::args_os().skip(1).find(|word| word != "--bench").map(PathBuf::from);
    let generated = folder.is_none().then(generate);
    let folder = folder.or(generated.as_ref().map(|folder| folder.path().to_owned()));
    let opened = settings::open(folder.as_deref(), Config::default()).expect("a folder");
    let files = opened.files;
    let entries = files.list().entries;
    let pages: Vec<FileEntry> =
        entries.iter().filter(|entry| entry.path.is_page()).cloned().collect();
    let bytes: u64 = pages.iter().map(|page| page.bytes).sum();
    println!("{} pages, {} kB, {} threads", pages.len(), bytes / 1000, scan::threads());

    let read = |page: &FileEntry| files.read(&page.path).map_or(0, |text| text.text.len());
    let parse =
        |page: &FileEntry| files.read(&page.path).map_or(0, |text| markdown::events(&text.text));
    let index = || scan::build(&files, &files.list().entries);
    let mut kept = Vec::new();
    let built = index();
    let keep = |piece: &[u8]| {
        kept.extend_from_slice(piece);
        Ok::<(), ()>(())
    };
    built.write(keep).expect("memory takes what it is given");
    // As with a cache when nothing has changed: what was kept, compared with the files.
    let warm = || {
        let mut index = Index::from_bytes(&kept).expect("it was written by the same program");
        assert_eq!(scan::update(&files, &mut index, &files.list().entries, i64::MAX), 0);
        index
    };
    // As after a notice: the page is read again and takes its old one's place.
    let one = || {
        let mut changed = built.clone();
        changed.apply(scan::change(&files, &pages[pages.len() / 2]));
        changed
    };
    // What a step gives is dropped after the clock was read, as the program never does.
    let steps: [(&str, Step<'_>); 7] = [
        ("list", Box::new(|| Box::new(files.list()))),
        ("read", Box::new(|| Box::new(on_threads(&pages, read)))),
        ("read and parse", Box::new(|| Box::new(on_threads(&pages, parse)))),
        ("list and index", Box::new(|| Box::new(index()))),
        ("list and index, kept", Box::new(|| Box::new(warm()))),
        ("one page changed", Box::new(|| Box::new(one()))),
        (
            "list, index, links as JSON",
            Box::new(|| {
                let index = index();
                links(&index);
                Box::new(index)
            }),
        ),
    ];
    let mut best = [Duration::MAX; 7];
    for _ in 0..ROUNDS {
        for ((_, step), best) in steps.iter().zip(&mut best) {
            let start = Instant::now();
            let result = black_box(step());
            *best = start.elapsed().min(*best);
            drop(result);
        }
    }
    let floor = best[2];
    for ((name, _), time) in steps.iter().zip(best) {
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!("{name:<28}{:>10.1} ms{ratio:>8.2} x read and parse", time.as_secs_f64() * 1e3);
    }
}

/// All rows of `ken links --json`.
fn links(index: &Index) {
    let mut out = BufWriter::new(io::sink());
    let mut pages: Vec<&Page> = index.pages().collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    for page in pages {
        let write = |row: &LinkRow<'_>| Ok(writeln!(out, "{}", serde_json::to_string(row)?)?);
        each_link(index, page, write).expect("a sink takes all");
    }
}

/// The sum of `work` over all pages, which are handed out as `scan::build` does it.
fn on_threads(pages: &[FileEntry], work: impl Fn(&FileEntry) -> usize + Sync) -> usize {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut sum = 0;
        while let Some(page) = pages.get(next.fetch_add(1, Ordering::Relaxed)) {
            sum += work(page);
        }
        sum
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..scan::threads()).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no page panics")).sum()
    })
}

/// A wiki of made pages.
fn generate() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    made::write(folder.path(), GENERATED);
    folder
}
