//! Folders made by hand: which files of them are listed, and what is told of the others.

use std::fs;
use std::path::Path;

use super::*;

fn folder(files: &[&str]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().canonicalize().expect("it is there");
    for path in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, format!("# {path}\n")).expect("a file");
    }
    (folder, root)
}

fn listed(root: &Path, ignore: &[&str]) -> (Vec<String>, Vec<String>) {
    let ignore: Vec<String> = ignore.iter().map(|&pattern| pattern.to_owned()).collect();
    let Listing { entries, problems, .. } = list(root, &ignore);
    (entries.into_iter().map(|entry| entry.path.to_string()).collect(), problems)
}

#[test]
fn hidden_files_and_what_is_named_are_skipped_and_gitignore_is_not_obeyed() {
    let (_kept, root) = folder(&[
        "a.md",
        "b.png",
        ".hidden.md",
        ".git/c.md",
        "node_modules/d.md",
        "drafts/e.md",
        "f.tmp",
        "sub/node_modules/g.md",
        "sub/keep.tmp",
        "secret.md",
    ]);
    fs::write(root.join(".gitignore"), "a.md\n").expect("a file");
    fs::write(root.join(".kenignore"), "secret.md\n").expect("a file");
    let check = |ignore: &[&str], expected: &str| {
        let (paths, problems) = listed(&root, ignore);
        assert_eq!((paths.join(" ").as_str(), problems.as_slice()), (expected, &[][..]));
    };
    check(&[], "a.md b.png drafts/e.md f.tmp sub/keep.tmp");
    check(&["drafts/", "*.tmp"], "a.md b.png");
    check(&["*.tmp", "!keep.tmp", "/a.md"], "b.png drafts/e.md sub/keep.tmp");
    check(
        &["!node_modules", "drafts", "*.tmp"],
        "a.md b.png node_modules/d.md sub/node_modules/g.md",
    );
}

#[test]
fn a_broken_pattern_is_told_with_its_line_and_the_others_hold() {
    let (_kept, root) = folder(&["a.md", "b.md"]);
    fs::write(root.join(".kenignore"), "b.md\n[z-a]\n").expect("a file");
    let (paths, problems) = listed(&root, &[]);
    assert_eq!(paths, ["a.md"]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with(".kenignore, line 2: "), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn an_ignore_file_that_is_none_is_never_opened() {
    let (_kept, root) = folder(&["a.md", "pipe/b.md", "endless/c.md", "long/d.md", "folder/e.md"]);
    let made = std::process::Command::new("mkfifo").arg(root.join("pipe/.kenignore")).status();
    assert!(made.expect("mkfifo").success());
    std::os::unix::fs::symlink("/dev/zero", root.join("endless/.kenignore")).expect("a link");
    fs::write(root.join("long/.kenignore"), vec![b'\n'; 1 << 21]).expect("a file");
    fs::create_dir(root.join("folder/.kenignore")).expect("a folder");
    let (paths, mut problems) = listed(&root, &[]);
    problems.sort();
    assert_eq!(paths, ["a.md"]);
    let odd = ["endless", "folder", "long", "pipe"];
    let told = |name| format!("{name} is left out: its .kenignore is no file of patterns");
    assert_eq!(problems, odd.map(told));
    // At the top it cannot be left out with its folder.
    fs::create_dir(root.join(".kenignore")).expect("a folder");
    let (paths, problems) = listed(&root, &["pipe", "endless", "long", "folder"]);
    assert_eq!(paths, ["a.md"]);
    assert_eq!(problems, [".kenignore is no file of patterns; nothing is skipped for it"]);
}

#[cfg(unix)]
#[test]
fn links_count_as_what_they_lead_to_inside_the_root_and_only_files_are_opened() {
    use std::os::unix::fs::symlink;

    let (_other, outside) = folder(&["out.md"]);
    let (_kept, root) = folder(&["a.md", "sub/b.md"]);
    let link = |to: &Path, at: &str| symlink(to, root.join(at)).expect("a link");
    link(Path::new("sub/b.md"), "file.md");
    link(Path::new("sub"), "folder");
    link(Path::new(".."), "sub/up");
    link(Path::new("circle.md"), "circle.md");
    link(&outside.join("out.md"), "out.md");
    link(Path::new("gone"), "gone.md");
    link(Path::new("/dev/null"), "null.md");
    let made = std::process::Command::new("mkfifo").arg(root.join("pipe.md")).status();
    assert!(made.expect("mkfifo").success());
    let _socket = std::os::unix::net::UnixListener::bind(root.join("socket.md"));
    assert_eq!(listed(&root, &[]).0, ["a.md", "file.md", "sub/b.md"]);
    // None of these blocks, and each says why.
    let files = Files::Folder { root, ignore: [].into() };
    for (path, why) in [
        ("pipe.md", "it is no regular file (a pipe, socket or device)"),
        ("socket.md", "it is no regular file (a pipe, socket or device)"),
        ("null.md", "it is a link that leads out of the wiki"),
        ("out.md", "it is a link that leads out of the wiki"),
        ("sub", "it is a folder"),
        ("never.md", "no such file or directory"),
    ] {
        let path = PagePath::new(path).expect("a path");
        assert_eq!(files.read(&path).expect_err("unreadable"), why, "{path}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_unicode_or_decomposed_are_shown_and_can_be_read() {
    use std::os::unix::ffi::OsStrExt;

    let (_kept, root) = folder(&["cafe\u{301}.md", "a\nb.md"]);
    let latin = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(root.join(latin), "latin").expect("a file");
    let (paths, problems) = listed(&root, &[]);
    assert_eq!(paths, ["a\nb.md", "caf\u{e9}.md", "caf\u{fffd}.md"]);
    assert_eq!(problems, [""; 0]);
    let files = Files::Folder { root: root.clone(), ignore: [].into() };
    let read = |path: &str| files.read(&PagePath::new(path).expect("a path")).map(|text| text.text);
    assert_eq!(read("caf\u{fffd}.md").as_deref(), Ok("latin"));
    assert_eq!(read("caf\u{e9}.md").as_deref(), Ok("# cafe\u{301}.md\n"));

    fs::write(root.join("caf\u{e9}.md"), "composed").expect("a file");
    let (paths, problems) = listed(&root, &[]);
    assert_eq!(paths.len(), 3);
    assert_eq!(problems, ["caf\u{e9}.md: two files have names that read the same"]);
}

#[test]
fn a_file_that_is_gone_when_it_is_read_is_an_unreadable_page() {
    let (_kept, root) = folder(&["a.md", "b.md", "c.png"]);
    let files = Files::Folder { root: root.clone(), ignore: [].into() };
    let entries = files.list().entries;
    fs::remove_file(root.join("b.md")).expect("it was there");
    let index = build(&files, &entries);
    let unreadable = |path: &str| {
        let page = index.at(&PagePath::new(path).expect("a path")).expect("a page");
        page.unreadable.clone()
    };
    assert_eq!(unreadable("a.md"), None);
    assert_eq!(unreadable("b.md").as_deref(), Some("no such file or directory"));
    assert_eq!(index.len(), 2);
}
