//! What reading pages costs beside the bare parser: `cargo bench --bench parse`.
//!
//! Prints, for each kind of page that it makes itself, the time of the parser alone (same options,
//! events only counted), of `facts` and of `parse`, all measured in turn in one run, and their
//! ratios. The best of many rounds counts: on a shared machine the rest is noise.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kenning::markdown::{events, facts, parse};

const ROUNDS: usize = 25;

fn main() {
    println!(
        "{:<16} {:>8} {:>8} {:>8} {:>8} {:>7} {:>7}",
        "pages", "KiB", "parser", "facts", "parse", "f/p", "p/p"
    );
    for (name, pages) in [
        ("notes", many(200, note)),
        ("notes no YAML", many(200, body)),
        ("memory pages", many(200, memory)),
        ("prose", many(50, prose)),
        ("links", many(20, links)),
        ("code", many(50, code)),
        ("tables", many(20, table)),
        ("one 1 MB page", vec![prose(0).repeat(1_000_000 / prose(0).len())]),
    ] {
        report(name, &pages);
    }
    yaml();
}

fn many(count: usize, page: impl Fn(usize) -> String) -> Vec<String> {
    (0..count).map(page).collect()
}

fn report(name: &str, pages: &[String]) {
    let mut best = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let times = [
            time(|| pages.iter().map(|page| events(page)).sum::<usize>()),
            time(|| pages.iter().map(|page| facts(page).links.len()).sum::<usize>()),
            time(|| pages.iter().map(|page| parse(page).leaves.len()).sum::<usize>()),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    let bytes: usize = pages.iter().map(String::len).sum();
    let ratio = |time: Duration| time.as_secs_f64() / best[0].as_secs_f64();
    let [parser, facts, parse] = best.map(|time| time.as_secs_f64() * 1000.0);
    println!(
        "{name:<16} {:>8} {parser:>8.2} {facts:>8.2} {parse:>8.2} {:>7.2} {:>7.2}",
        bytes / 1024,
        ratio(best[1]),
        ratio(best[2])
    );
}

/// What the front matter of a page costs: the same pages with and without it.
fn yaml() {
    let with: Vec<String> = many(1000, |nth| front_matter(nth) + "x\n");
    let without: Vec<String> = many(1000, |_| "x\n".to_owned());
    let best = |pages: &[String]| {
        let rounds =
            (0..ROUNDS).map(|_| time(|| pages.iter().map(|page| facts(page).links.len()).sum()));
        rounds.min().unwrap_or_default()
    };
    let each = (best(&with).saturating_sub(best(&without))) / 1000;
    println!("front matter of {} bytes: {each:?} a page", front_matter(0).len());
}

fn time(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn front_matter(nth: usize) -> String {
    format!(
        "---\ntitle: Note {nth}\naliases:\n  - N{nth}\ntags: [wiki, python/async]\ncreated: 2024-01-{:02}\nrelated: \"[[people/p{nth}]]\"\n---\n",
        nth % 28 + 1
    )
}

fn note(nth: usize) -> String {
    front_matter(nth) + &body(nth)
}

fn body(nth: usize) -> String {
    let parts = (0..6).map(|part| {
        format!(
            "## Part {part}\n\nA paragraph with *emphasis*, **strength** and `code`, that leads to \
             [[topics/t{part}|a topic]] and [[people/p{nth}]], tagged #wiki/part and no more.\n\n\
             - an item with [a link](other_{part}.md)\n- [ ] a task\n  - below it, see \
             https://example.org/{part}\n\n> A quote of ==weight== by someone.\n\n"
        )
    });
    format!("# Note {nth}\n\n") + &parts.collect::<Vec<_>>().concat()
}

fn memory(nth: usize) -> String {
    format!(
        "# Topic {nth}\n\n## Overview\n\nKnowledge of [[people/p{nth}]] on things.\n\n## Tags\n`a` `b` `c`\n\n\
         ## Uses\n\n- one\n- two\n- three\n\n```python\ndef f(x):\n    return x\n```\n\n## Related Memories\n\n\
         - [[people/p{nth}]] - Profile\n- [[topics/t{nth}]] - Context\n\n---\n*Knowledge domain established: 2024-01-15*\n\
         *Last updated: 2024-02-18*\n*Strength: 0.85*"
    )
}

fn prose(_: usize) -> String {
    let sentence =
        "The river takes what it is given, and the town by the river remembers little of it. ";
    format!("{}\n\n", sentence.repeat(12)).repeat(12)
}

fn links(_: usize) -> String {
    let link = |nth| format!("- [[folder/page_{nth}|page {nth}]] and [[other#Heading]]\n");
    (0..300).map(link).collect::<Vec<_>>().concat()
}

fn code(_: usize) -> String {
    let function = "def process(order: Order) -> Result:\n    items = [x for x in order if x]\n    return items[0]\n\n";
    format!("Some words.\n\n```python\n{}```\n", function.repeat(20)).repeat(3)
}

fn table(_: usize) -> String {
    let row = "| [[a\\|b]] | some words | `code` | 1.0 |\n";
    format!("| a | b | c | d |\n|---|:-:|--:|---|\n{}", row.repeat(150))
}
