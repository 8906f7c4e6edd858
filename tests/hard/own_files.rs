//! The program's own files full of garbage, or no files at all: refused with a sentence, or forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use crate::circumstance::{Dice, harbour, quit, start, states};
use crate::folder::Folder;
use crate::run::ken;

/// The file in which the program keeps what it remembers of that wiki, after it ran once.
fn state(folder: &Folder) -> PathBuf {
    quit(start(folder, (80, 24)));
    let states = fs::read_dir(states(&folder.home())).expect("a folder");
    let mut files = states.flatten().map(|file| file.path());
    let is_state = |file: &PathBuf| file.extension().is_some_and(|name| name == "json");
    files.find(is_state).expect("a file")
}

#[test]
fn garbage_in_its_own_files_is_refused_with_a_sentence_or_forgotten() {
    let folder = harbour();
    let home = folder.home();
    let config = home.join(".config/kenning");
    fs::create_dir_all(config.join("themes")).expect("a folder");
    let state = state(&folder);
    let deep = "[".repeat(100_000);
    let evil = crate::folder::acting("evil");
    let all: Vec<u8> = (0..=255).collect();
    let garbage: [&[u8]; 9] = [
        b"\0",
        b"\xff\xfe\0",
        &all,
        b"{",
        b"= = =",
        deep.as_bytes(),
        evil.as_bytes(),
        b"\"\xc3\x28\"",
        b"a.b.c.d.e.f = { x = { y = [1] } }",
    ];
    for (nth, bytes) in garbage.into_iter().enumerate() {
        fs::write(config.join("config.toml"), bytes).expect("a file");
        let refused = ken(&folder, &["ls"], "");
        refused.check("a config");
        assert_eq!(refused.code, Some(2), "{nth}");
        assert!(refused.error().contains("config.toml"), "{nth}: {}", refused.error());
        fs::remove_file(config.join("config.toml")).expect("it was there");

        fs::write(config.join("themes/mine.toml"), bytes).expect("a file");
        let refused = ken(&folder, &["--theme", "mine", "show", "--color", "always", "log.md"], "");
        refused.check("a theme");
        assert_eq!(refused.code, Some(2), "{nth}");
        assert!(refused.error().contains("mine"), "{nth}: {}", refused.error());

        folder.write(".ken.toml", bytes);
        let refused = ken(&folder, &["ls"], "");
        refused.check("a wiki's config");
        assert_eq!(refused.code, Some(2), "{nth}");
        assert!(refused.error().contains(".ken.toml"), "{nth}: {}", refused.error());
        fs::remove_file(folder.root().join(".ken.toml")).expect("it was there");

        // The theme is still there to be chosen from, and the state to be read.
        fs::write(&state, bytes).expect("a file");
        ken(&folder, &["recents"], "").check("a state");
        let mut terminal = start(&folder, (80, 24));
        terminal.wait_for("the index", |screen| screen.contents().contains("words"));
        terminal.see("T");
        terminal.see("\x1b");
        quit(terminal);
    }
}

#[test]
fn its_own_files_are_files_or_nothing() {
    let folder = harbour();
    let home = folder.home();
    let config = home.join(".config/kenning");
    let state = state(&folder);
    fs::create_dir_all(config.join("themes")).expect("a folder");
    let pipe = |file: &Path| {
        fs::remove_file(file).ok();
        assert!(std::process::Command::new("mkfifo").arg(file).status().expect("mkfifo").success());
    };
    for file in [config.join("config.toml"), folder.root().join(".ken.toml")] {
        pipe(&file);
        let refused = ken(&folder, &["ls"], "");
        refused.check("a pipe for a config");
        assert_eq!(refused.code, Some(2));
        fs::remove_file(&file).expect("it was there");
    }
    for file in [state.clone(), state.with_extension("lock"), config.join("themes/mine.toml")] {
        pipe(&file);
    }
    ken(&folder, &["recents"], "").check("a pipe for a state");
    assert_eq!(
        ken(&folder, &["--theme", "mine", "show", "--color", "always", "ada.md"], "").code,
        Some(2)
    );
    let mut terminal = start(&folder, (80, 24));
    terminal.wait_for("the index", |screen| screen.contents().contains("words"));
    for keys in ["*", "T", "\x1b"] {
        terminal.see(keys);
    }
    quit(terminal);
}

#[test]
fn a_cache_that_was_damaged_anyhow_is_as_good_as_none() {
    let folder = harbour();
    // Of a smaller wiki nothing is kept.
    for n in 0..300 {
        folder.write(&format!("more/{n}.md"), b"[[log]]\n");
    }
    // The page knows who links to it, which only the index can tell.
    let run = || {
        let terminal = start(&folder, (120, 24));
        terminal.wait_for("the index", |screen| screen.contents().contains("\u{2190}1"));
        quit(terminal);
    };
    run();
    let caches = folder.home().join(".cache/kenning");
    let files = || -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![caches.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    };
    assert!(!files().is_empty(), "there is a cache in {}", caches.display());
    let mut dice = Dice(11);
    for round in 0..12 {
        for file in files() {
            let mut bytes = fs::read(&file).expect("it is there");
            if bytes.is_empty() {
                continue;
            }
            let at = usize::try_from(dice.below(bytes.len() as u64)).expect("it is short");
            match round % 4 {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << dice.below(8),
                2 => bytes[at..].fill(0xff),
                _ => bytes.extend_from_slice(b"more"),
            }
            fs::write(&file, bytes).expect("a file");
        }
        run();
    }
    for file in files() {
        fs::remove_file(&file).expect("it was there");
        let made = std::process::Command::new("mkfifo").arg(&file).status();
        assert!(made.expect("mkfifo").success());
    }
    run();
    ken(&folder, &["cache", "clear"], "").check("cache clear");
}
