//! The program uses no network: no package that speaks one is linked, and while it runs it holds no socket but the
//! pairs with which it talks to itself.

use std::collections::BTreeSet;

use crate::folder::Folder;
use crate::terminal::Terminal;

/// Packages that speak a network, or are the road to one. A row ends in `*` where a family is meant.
const SPEAK: &[&str] = &[
    "async-std",
    "attohttpc",
    "awc",
    "curl*",
    "dns-*",
    "gix-transport",
    "h2",
    "h3",
    "hickory-*",
    "http",
    "http-*",
    "hyper*",
    "isahc",
    "libgit2-sys",
    "libssh2-sys",
    "minreq",
    "mio",
    "native-tls",
    "openssl*",
    "quinn*",
    "reqwest*",
    "rustls*",
    "smol",
    "socket2",
    "tiny_http",
    "tokio*",
    "trust-dns-*",
    "tungstenite",
    "ureq*",
    "webpki*",
];

/// Those of [`SPEAK`] that are there for something else: the terminal's events are waited for with mio's poll. Which of
/// its features are compiled, and with them whether it has sockets, is for the test below that looks for these.
const KNOWN: &[&str] = &["mio"];

#[test]
fn no_package_that_speaks_a_network_is_locked() {
    let lock = include_str!("../../Cargo.lock");
    let names: Vec<&str> =
        lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert!(names.contains(&"pulldown-cmark"), "the lock file is read");
    let speaks = |name: &&str| {
        SPEAK.iter().any(|row| match row.strip_suffix('*') {
            Some(family) => name.starts_with(family),
            None => name == row,
        })
    };
    let found: BTreeSet<&str> = names.into_iter().filter(speaks).collect();
    let unexpected: Vec<_> = found.iter().filter(|name| !KNOWN.contains(name)).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

/// The numbers of the sockets that a process holds.
#[cfg(target_os = "linux")]
fn sockets(pid: u32) -> BTreeSet<String> {
    let descriptors = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("it runs");
    let socket = |entry: std::fs::DirEntry| {
        let leads = std::fs::read_link(entry.path()).ok()?;
        Some(leads.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
    };
    descriptors.flatten().filter_map(socket).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn while_it_runs_it_holds_no_socket_but_its_own_pairs() {
    let page = "# Harbour\n\nSee https://example.org/ and [x](http://example.org:1/) ![](https://example.org/a.png)\n";
    let folder = Folder::of(&[("index.md", page), ("ada.md", "# Ada\n\nKeeps [[index]].\n")]);
    let mut terminal = Terminal::start(&[folder.root().as_os_str()], (100, 30), &[]);
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    for keys in [
        "\t",
        "\r",
        "\x1b",
        "\x10ada\r",
        "\x7f",
        "sKeeps",
        "\x1b",
        "g",
        "\x1b",
        "C",
        "\x1b",
        "T",
        "\x1b",
        "p",
        "\x1b",
        "R",
    ] {
        terminal.see(keys);
    }
    let pid = terminal.pid();
    let held = sockets(pid);
    // A pair has no name: seven columns, and no eighth with a path. In no other table does its number stand.
    let pairs = std::fs::read_to_string(format!("/proc/{pid}/net/unix")).expect("a table");
    let is_pair = |number: &String| {
        pairs.lines().any(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            columns.len() == 7 && columns[6] == number
        })
    };
    let named: Vec<&String> = held.iter().filter(|number| !is_pair(number)).collect();
    assert!(named.is_empty(), "sockets {named:?}");
    // That the look is not blind: the pair of the signals is among what it sees.
    assert!(!held.is_empty(), "signals come over a pair of sockets");
    terminal.send("q");
    assert_eq!(terminal.exit_code(), 0);
}
