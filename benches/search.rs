//! How long finding takes over generated pages, each figure beside its floor: the same bytes looked
//! through once with `memchr`. Run with `cargo bench --bench search [-- PAGES]` (10,000 by default). With a
//! folder in place of the number, the full-text search of the program over its files: until the first
//! screen is told, and until all is, at first and once the pages' signatures are known.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use kenning::app::msg::PageHits;
use kenning::config::Config;
use kenning::index::{Change, Index, NewPage, Page};
use kenning::markdown::Facts;
use kenning::markdown::facts::{Heading, Tag, TagOrigin};
use kenning::markdown::recover::needs_recovery;
use kenning::runtime::files::Files;
use kenning::runtime::fulltext::Known;
use kenning::runtime::{scan, settings};
use kenning::search::complete::Vocabulary;
use kenning::search::finder::Corpus;
use kenning::search::fulltext::TextSearch;
use kenning::search::fulltext::signature::Signature;
use kenning::search::fulltext::signatures::Signatures;
use kenning::search::query::Query;
use kenning::text::date::Date;
use kenning::text::span::ByteSpan;
use kenning::vault::PagePath;
use memchr::memmem;

const WORDS: &[&str] = &[
    "python", "garden", "river", "memory", "note", "harbour", "signal", "winter", "archive",
    "letter", "method", "island", "engine", "paper", "morning", "pattern", "city", "bridge",
    "forest", "window", "stone", "table",
];

fn main() {
    let folder = std::env::args().skip(1).find(|argument| std::path::Path::new(argument).is_dir());
    if let Some(folder) = folder {
        return over_files(std::path::Path::new(&folder));
    }
    let pages =
        std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let wiki = Wiki::new(pages);
    let bytes: usize = wiki.texts.iter().map(String::len).sum();
    println!(
        "{pages} pages, {} names of {} kB, texts of {} kB",
        wiki.names,
        wiki.names_text.len() / 1_000,
        bytes / 1_000
    );
    println!("{:<34}{:>10}{:>10}{:>8}", "", "ms", "floor ms", "ratio");
    queries(&wiki);
    completion(&wiki);
    finder(&wiki);
    fulltext(&wiki);
}

fn over_files(folder: &std::path::Path) {
    let opened = settings::open(Some(folder), Config::default()).expect("a folder");
    let files = opened.files;
    let start = Instant::now();
    let index = scan::build(&files, &files.list().entries);
    println!("{} pages, indexed in {} ms", index.len(), start.elapsed().as_millis());
    let read = || {
        let pages = index.pages().filter_map(|page| files.read(&page.path).ok());
        pages.map(|text| text.text.len()).sum::<usize>()
    };
    let start = Instant::now();
    let bytes = read();
    println!("read on one thread: {bytes} bytes in {} ms", start.elapsed().as_millis());
    steps(&files, &index);
    println!(
        "{:<26}{:>10}{:>10}{:>12}{:>12}{:>10}{:>10}",
        "ms", "first", "all", "first again", "all again", "pages", "lines"
    );
    let words = [
        "python",
        "garden",
        "harbour",
        "kubernetes",
        "zyzzyva",
        "the",
        "python harbour",
        "日本",
        "/pyth[a-z]+/",
        "/zyz+yva/",
        "tag:python garden",
        "section:(python harbour)",
    ];
    for word in words {
        let mut known = Known::default();
        let mut told = || {
            let start = Instant::now();
            let (mut first, mut pages, mut lines) = (None, 0, 0);
            let tell = |hits: Vec<PageHits>, _, _| {
                first.get_or_insert(start.elapsed());
                pages += hits.len();
                lines += hits.iter().map(|page| page.hits.len()).sum::<usize>();
            };
            let today = Date::constant(2024, 6, 1);
            known.search(&files, &index, (word, None), today, || false, tell);
            (first.unwrap_or_default(), start.elapsed(), pages, lines)
        };
        let (first, all, pages, lines) = told();
        let again: Vec<_> = (0..5).map(|_| told()).collect();
        let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
        let first_again = again.iter().map(|told| told.0).min().unwrap_or_default();
        let all_again = again.iter().map(|told| told.1).min().unwrap_or_default();
        println!(
            "{word:<26}{:>10.1}{:>10.1}{:>12.1}{:>12.1}{pages:>10}{lines:>10}",
            ms(first),
            ms(all),
            ms(first_again),
            ms(all_again)
        );
    }
}

/// What looking through a thousand pages takes on one thread, step by step, beside its floors; and what a search needs
/// to know of all pages.
fn steps(files: &Files, index: &Index) {
    let today = Date::constant(2024, 6, 1);
    let search = TextSearch::new("python").expect("a sound search");
    let ms = |what: &str, time: Duration| {
        println!("  {what:<44}{:>8.2} ms", time.as_secs_f64() * 1_000.0);
    };
    ms("know how all pages stand", best(|| Known::default().prepare(index, today)));
    let mut known = Known::default();
    ms("rank all pages", best(|| known.order(&search, index, today, None).len()));
    let order = known.order(&search, index, today, None);
    let pages: Vec<_> = order.iter().take(1_000).filter_map(|next| index.page(next.page)).collect();
    let path = |page: &Page| files.on_disk(&page.path).expect("a file");
    let paths: Vec<_> = pages.iter().map(|page| path(page)).collect();
    let none = Signature::of("");
    println!("  of {} pages, on one thread:", pages.len());
    let status = || paths.iter().filter(|path| path.symlink_metadata().is_ok()).count();
    ms("floor: ask for the status", best(status));
    let read = || paths.iter().filter_map(|path| std::fs::read(path).ok()).map(|b| b.len()).sum();
    ms("floor: read the bytes", best::<usize>(read));
    let read = || pages.iter().filter_map(|page| files.read(&page.path).ok()).count();
    ms("read them as pages are read", best(read));
    let texts: Vec<_> = pages.iter().filter_map(|page| files.page(&page.path).ok()).collect();
    let finder = memmem::Finder::new("python");
    let all = || texts.iter().map(|text| finder.find_iter(text.text.as_bytes()).count()).sum();
    ms("floor: memmem through them", best::<usize>(all));
    let written: Vec<_> = texts.iter().map(|text| text.text.clone()).collect();
    ms(
        "see whether they were pasted",
        best(|| written.iter().filter(|t| needs_recovery(t)).count()),
    );
    ms(
        "find the lines",
        best(|| texts.iter().map(|t| search.find(&t.text, 51).len()).sum::<usize>()),
    );
    let sign = || texts.iter().fold(0, |n, t| n + usize::from(Signature::of(&t.text) != none));
    ms("make the signatures", best(sign));
    println!("  of all pages, without the disk:");
    let mut all = Signatures::default();
    for page in index.pages() {
        if let Ok(text) = files.page(&page.path) {
            all.add(page, &Signature::of(&text.text));
        }
    }
    let kept = || {
        let mut bytes = Vec::new();
        let sink = |piece: &[u8]| {
            bytes.extend_from_slice(piece);
            Ok::<_, ()>(())
        };
        all.write(index, i64::MAX, sink).map(|()| bytes).expect("nothing goes wrong")
    };
    ms("signatures as they are kept", best(kept));
    let bytes = kept();
    ms("signatures as they are read", best(|| Signatures::from_bytes(&bytes, index)));
}

fn queries(wiki: &Wiki) {
    let today = Date::constant(2024, 6, 1);
    for text in [
        "river",
        "tag:python -tag:garden",
        "kind:topics strength<0.6",
        "(river OR tag:stone) updated<90d",
        "/ri.er/",
    ] {
        let query = Query::parse(text).expect("a sound query");
        let time = best(|| query.select(&wiki.index, today, &|_| None).len());
        let floor = best(|| memmem::find_iter(wiki.names_text.as_bytes(), "zebra").count());
        row(&format!("query  {text}"), time, floor);
    }
}

/// A key in a query's field, which is completed, and what that needs once for every index.
fn completion(wiki: &Wiki) {
    let floor = best(|| memmem::find_iter(wiki.names_text.as_bytes(), "zebra").count());
    let time = best(|| usize::try_from(Vocabulary::new(&wiki.index).revision()).unwrap_or(0));
    row("vocabulary", time, floor);
    let vocabulary = Vocabulary::new(&wiki.index);
    for text in ["t", "tag:", "link:", "link:riv", "kind:topics path:", "[", "title:\"a"] {
        let time = best(|| vocabulary.complete(text, text.len(), 50).len());
        row(&format!("complete  {text}"), time, floor);
    }
}

fn finder(wiki: &Wiki) {
    let today = Date::constant(2024, 6, 1);
    let time = best(|| Corpus::new(&wiki.index).room());
    row("finder corpus", time, best(|| wiki.names_text.clone().len()));
    let corpus = Corpus::new(&wiki.index);
    for text in ["r", "riv", "river", "harb sig", "wntr arch", "tag:python riv", "zzzz"] {
        let time = best(|| corpus.find(&wiki.index, text, &[], today, 200).len());
        let floor = best(|| memmem::find_iter(wiki.names_text.as_bytes(), text.as_bytes()).count());
        row(&format!("finder  {text}"), time, floor);
    }
}

fn fulltext(wiki: &Wiki) {
    for (text, literal) in [
        ("absent", "absent"),
        ("river", "river"),
        ("River", "River"),
        ("rare-17-word", "rare-17-word"),
        ("river stone", "river"),
        ("\"river stone\"", "river"),
        ("/ri[a-z]+r/", "ri"),
        ("café", "café"),
    ] {
        let search = TextSearch::new(text).expect("a sound search");
        let time =
            best(|| wiki.texts.iter().map(|text| search.find(text, 100).len()).sum::<usize>());
        let finder = memmem::Finder::new(literal);
        let floor = best(|| {
            wiki.texts.iter().map(|text| finder.find_iter(text.as_bytes()).count()).sum::<usize>()
        });
        row(&format!("full text  {text}"), time, floor);
    }
    let line = "river stone ".repeat(10_000_000 / 12);
    let search = TextSearch::new("stone absent").expect("a sound search");
    let time = best(|| search.find(&line, 10).len());
    row(
        "full text  one line of 10 MB",
        time,
        best(|| memmem::find(line.as_bytes(), b"absent").is_some()),
    );
}

fn row(what: &str, time: Duration, floor: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "{what:<34}{:>10.3}{:>10.3}{:>8.1}",
        ms(time),
        ms(floor),
        time.as_secs_f64() / floor.as_secs_f64().max(1e-9)
    );
}

/// The best of several runs: what the work costs when nothing else disturbs it.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    (0..9)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

struct Wiki {
    index: Index,
    texts: Vec<String>,
    names_text: String,
    names: usize,
}

impl Wiki {
    fn new(pages: u32) -> Self {
        let mut wiki = Wiki {
            index: Index::default(),
            texts: Vec::new(),
            names_text: String::new(),
            names: 0,
        };
        let mut random = Random(42);
        let mut changes = Vec::new();
        for number in 0..pages {
            let folder = ["people", "topics", "episodes", "notes/deep"][number as usize % 4];
            let path = format!("{folder}/{}_{}_{number}.md", random.word(), random.word());
            let mut facts = Facts::default();
            let title = format!("{} {} {number}", capital(random.word()), random.word());
            for level in 2..7 {
                let text = format!(
                    "{} of the {} {}",
                    capital(random.word()),
                    random.word(),
                    random.word()
                );
                wiki.name(&text);
                facts.headings.push(Heading {
                    level: level.min(4),
                    text: text.into(),
                    line: 1,
                    span: ByteSpan::default(),
                });
            }
            for _ in 0..3 {
                facts.tags.push(Tag {
                    name: random.word().into(),
                    span: ByteSpan::default(),
                    origin: TagOrigin::Inline,
                });
            }
            #[expect(clippy::cast_precision_loss, reason = "a number below 100")]
            let strength = random.below(100) as f32 / 100.0;
            facts.summary.strength = Some(strength);
            facts.summary.updated =
                Date::new(2024, 1 + i8::try_from(random.below(5)).unwrap_or(0), 10).ok();
            wiki.name(&title);
            wiki.name(&path);
            facts.summary.title = Some(title);
            let mut text = String::new();
            for line in 0..40 {
                for _ in 0..10 {
                    text.push_str(random.word());
                    text.push(' ');
                }
                if line == 20 {
                    let _ = write!(text, "rare-{number}-word Café");
                }
                text.push('\n');
            }
            let bytes = text.len() as u64;
            wiki.texts.push(text);
            let Some(path) = PagePath::new(&path) else { continue };
            changes.push(Change::Put(NewPage {
                path,
                modified_ms: 0,
                bytes,
                facts: facts.into(),
                unreadable: None,
            }));
        }
        wiki.index.apply_all(changes);
        wiki
    }

    fn name(&mut self, name: &str) {
        self.names_text.push_str(name);
        self.names_text.push('\n');
        self.names += 1;
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A small generator (xorshift), so that every run has the same pages.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn word(&mut self) -> &'static str {
        let number = self.below(WORDS.len() as u64);
        usize::try_from(number).map_or(WORDS[0], |number| WORDS[number])
    }
}
