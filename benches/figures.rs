//! The program as its user meets it, in a pseudo terminal of 120x40, beside a bare ratatui program in another and
//! the bare parser over the same files: `cargo bench --bench figures [-- PAGES ...]` (1,000 by default; 100,000 take
//! 400 MB of the temporary folder and some minutes). One column a wiki, one row a figure, with the ratio to its floor.

use std::ffi::OsStr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kenning::markdown;
use kenning::runtime::scan;
use terminal::Terminal;

#[path = "../examples/floor.rs"]
#[allow(missing_docs, unreachable_pub, reason = "an example is a program of its own")]
mod floor;
mod made;
#[path = "../tests/pty/terminal.rs"]
#[allow(dead_code, reason = "the tests use the rest of it")]
mod terminal;

const SIZE: (u16, u16) = (120, 40);
/// A key is answered when nothing was written for so long.
const QUIET: Duration = Duration::from_millis(30);
const STARTS: usize = 5;
const KEYS: usize = 50;
const TITLE: &str = "The start of it";

fn main() {
    // The bare program is this one, started again.
    if std::env::args().nth(1).as_deref() == Some("--floor") {
        return floor::main().expect("a terminal");
    }
    let pages: Vec<u32> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let pages = if pages.is_empty() { vec![1_000] } else { pages };
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    for pages in pages {
        for (nth, (name, cell)) in measure(pages).into_iter().enumerate() {
            match rows.get_mut(nth) {
                Some((_, cells)) => cells.push(cell),
                None => rows.push((name, vec![cell])),
            }
        }
    }
    for (name, cells) in rows {
        print!("{name:<44}");
        for cell in cells {
            print!("{cell:>24}");
        }
        println!();
    }
}

fn measure(pages: u32) -> Vec<(&'static str, String)> {
    let wiki = tempfile::tempdir().expect("a temporary folder");
    let home = tempfile::tempdir().expect("a temporary folder");
    made::write(wiki.path(), pages);
    let root = wiki.path();
    let env = [("HOME", home.path().to_str().expect("a plain name"))];
    let ken = |env: &[(&str, &str)]| Terminal::start(&[root.as_os_str()], SIZE, env);
    let mut rows = vec![("pages", pages.to_string())];
    let mut row = |name, cell| rows.push((name, cell));

    let page = root.join("index.md");
    let this = std::env::current_exe().expect("it runs");
    let bare =
        || Terminal::program(&[this.as_os_str(), OsStr::new("--floor"), page.as_os_str()], SIZE);
    let start = |begin: &dyn Fn() -> Terminal| {
        let one = |_| {
            let began = Instant::now();
            let terminal = begin();
            shows(&terminal, TITLE);
            let took = began.elapsed();
            leave(terminal);
            took
        };
        middle((0..STARTS).map(one).collect())
    };
    let floor = start(&bare);
    row("start, bare program, ms", ms(floor));
    row("start to the page, nothing kept", beside(start(&|| ken(&[])), floor));
    let parsed = middle((0..3).map(|_| parse(root)).collect());
    // What is kept is written after the index is on the screen, and not while the program ends.
    let cold = indexed(ken(&env), Duration::from_secs(1) + parsed);
    row("reading and parsing alone, ms", ms(parsed));
    row("start to the whole index, nothing kept", beside(cold, parsed));
    row("start to the page, index kept", beside(start(&|| ken(&env)), floor));
    let warm = middle((0..STARTS).map(|_| indexed(ken(&env), Duration::ZERO)).collect());
    row("start to the whole index, kept, x nothing kept", beside(warm, cold));

    let mut floor = bare();
    shows(&floor, TITLE);
    let floor_key = p99(answers(&mut floor, &["j"; KEYS]));
    row("scroll key, bare program, p99, ms", ms(floor_key));
    leave(floor);
    let mut terminal = ken(&env);
    shows(&terminal, "words");
    settle(&terminal);
    row("resident, MB", memory(&terminal, "VmRSS"));
    row("idle for 5 s: ms / switches / bytes", idle(&terminal));
    row("scroll key, p99", beside(p99(answers(&mut terminal, &["j"; KEYS])), floor_key));
    let changed = middle((0..STARTS).map(|nth| change(&terminal, &page, nth)).collect());
    row("the open page changed, on the screen, ms", ms(changed));
    answers(&mut terminal, &["h", "+", "g", "g"]);
    row(
        "tree key, the page follows, p99",
        beside(p99(answers(&mut terminal, &["j"; KEYS])), floor_key),
    );
    answers(&mut terminal, &["\x10"]);
    let typed = ["p", "a", "g", "e", " ", "7", "7", "\x15"];
    row("finder key, first search, ms", ms(p99(answers(&mut terminal, &typed[..1]))));
    let again: Vec<&str> = typed.iter().copied().cycle().skip(1).take(KEYS).collect();
    row("finder key, p99", beside(p99(answers(&mut terminal, &again)), floor_key));
    answers(&mut terminal, &["\x1b[27u"]);
    for name in ["full text, a common word, all, ms", "full text, once more, ms"] {
        let began = Instant::now();
        terminal.send("sclerk");
        let done = |screen: &vt100::Screen| {
            let text = screen.contents();
            text.contains(" lines on ") && !text.contains(" pages ...")
        };
        terminal.wait_for("all hits", done);
        row(name, ms(began.elapsed()));
        answers(&mut terminal, &["\x15", "\x1b[27u"]);
    }
    row("at most, MB", memory(&terminal, "VmHWM"));
    leave(terminal);
    rows
}

/// How long a program that was started just now takes to the whole index; it ends after `more`.
fn indexed(terminal: Terminal, more: Duration) -> Duration {
    let began = Instant::now();
    shows(&terminal, "words");
    let took = began.elapsed();
    std::thread::sleep(more);
    leave(terminal);
    took
}

/// Reads all pages and has the bare parser over them, on as many threads as the program uses.
fn parse(root: &Path) -> Duration {
    let began = Instant::now();
    let files = scan::list(root, &[]).entries;
    let next = AtomicUsize::new(0);
    let run = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = std::fs::read_to_string(root.join(file.path.as_str())).expect("a page");
            std::hint::black_box(markdown::events(&text));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..scan::threads() {
            scope.spawn(run);
        }
    });
    began.elapsed()
}

/// The open page is replaced as editors do it, and its new text is waited for.
fn change(terminal: &Terminal, page: &Path, nth: usize) -> Duration {
    let text = std::fs::read_to_string(page).expect("a page");
    let told = format!("Written for the {nth}th time.");
    let new = page.with_extension("new~");
    // Wherever the reader is, some of it is in sight.
    let text = text.replace("\n\n", &format!("\n\n{told}\n\n"));
    std::fs::write(&new, text).expect("a file");
    let began = Instant::now();
    std::fs::rename(&new, page).expect("it is replaced");
    shows(terminal, &told);
    began.elapsed()
}

/// The time of each key to the last byte of its answer; a key that changes nothing takes none.
fn answers(terminal: &mut Terminal, keys: &[&str]) -> Vec<Duration> {
    let answer = |key: &&str| {
        let before = terminal.written().0;
        let sent = Instant::now();
        terminal.send(key);
        settle(terminal);
        let (length, at) = terminal.written();
        if length > before { at.saturating_duration_since(sent) } else { Duration::ZERO }
    };
    keys.iter().map(answer).collect()
}

/// Waits until nothing was written for a while.
fn settle(terminal: &Terminal) {
    let mut since = Instant::now();
    loop {
        let at = terminal.written().1.max(since);
        match QUIET.checked_sub(at.elapsed()) {
            Some(left) => std::thread::sleep(left + Duration::from_micros(100)),
            None => return,
        }
        since = at;
    }
}

/// Processor time, changes of threads and bytes within five seconds.
fn idle(terminal: &Terminal) -> String {
    let counts = || {
        let (mut nanoseconds, mut switches) = (0, 0);
        let tasks = std::fs::read_dir(format!("/proc/{}/task", terminal.pid()));
        for task in tasks.into_iter().flatten().flatten() {
            let read = |file| std::fs::read_to_string(task.path().join(file)).unwrap_or_default();
            let number = |word: &str| word.parse::<u64>().unwrap_or(0);
            nanoseconds += read("schedstat").split(' ').next().map_or(0, number);
            let status = read("status");
            let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
            switches +=
                lines.filter_map(|line| line.split_whitespace().last()).map(number).sum::<u64>();
        }
        (nanoseconds, switches, terminal.written().0)
    };
    std::thread::sleep(Duration::from_secs(1));
    let before = counts();
    std::thread::sleep(Duration::from_secs(5));
    let after = counts();
    let ms = (after.0 - before.0) / 1_000_000;
    format!("{ms} / {} / {}", after.1 - before.1, after.2 - before.2)
}

fn memory(terminal: &Terminal, which: &str) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", terminal.pid()));
    let status = status.unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(which));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.map_or_else(|| "unknown".to_owned(), |kib| (kib / 1_024).to_string())
}

fn shows(terminal: &Terminal, text: &str) {
    terminal.wait_for(text, |screen| screen.contents().contains(text));
}

fn leave(mut terminal: Terminal) {
    terminal.send("\x1b[27uq");
    terminal.exit_code();
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Of fifty the slowest, as anybody means it who feels it.
fn p99(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[(times.len() * 99).div_ceil(100) - 1]
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

fn beside(time: Duration, floor: Duration) -> String {
    format!("{} ({:.2} x)", ms(time), time.as_secs_f64() / floor.as_secs_f64())
}
