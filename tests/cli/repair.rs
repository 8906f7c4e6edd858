//! `ken repair`: pasted pages restored on standard output, as a diff, and in the place of their file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PASTED: &str = "\
Reading the gauge
A gauge says how high the sea stands, and it says so every minute of the day.
The first reading
Every reading is a number of millimetres, as [[zero]] of the gauge has it.
from gauge import Gauge
gauge = Gauge(\"/dev/ttyUSB0\")
def read(gauge):
return gauge.height()After the storm
The sea is quiet again, and the readings can be compared.
";

const RESTORED: &str = "\
# Reading the gauge

A gauge says how high the sea stands, and it says so every minute of the day.

## The first reading

Every reading is a number of millimetres, as [[zero]] of the gauge has it.

```python
from gauge import Gauge
gauge = Gauge(\"/dev/ttyUSB0\")
def read(gauge):
    return gauge.height()
```

## After the storm

The sea is quiet again, and the readings can be compared.
";

const HEALTHY: &str = "# The zero\n\nWhere counting starts.\n";

/// A wiki, and a home folder with the trash.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(pages: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in pages {
            let file = folder.path().join("wiki").join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, bytes).expect("a page");
        }
        Self { folder }
    }

    fn harbour() -> Self {
        Self::new(&[("notes/pasted.md", PASTED.as_bytes()), ("zero.md", HEALTHY.as_bytes())])
    }

    fn wiki(&self) -> PathBuf {
        self.folder.path().join("wiki")
    }

    fn trash(&self) -> PathBuf {
        self.folder.path().join("data/Trash")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ken"));
        command.args(args).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder.path()).env("TERM", "xterm-256color");
        command.env("XDG_DATA_HOME", self.folder.path().join("data"));
        command
    }

    fn repair(&self, args: &[&str]) -> Output {
        let args = [&["--wiki", "wiki", "repair"], args].concat();
        self.command(&args).output().expect("the program runs")
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.wiki().join(path)).expect("a page")
    }

    fn kept(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.trash().join("files").join(name)).ok()
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

#[test]
fn the_restored_page_is_printed_and_nothing_is_written() {
    let place = Place::harbour();
    for name in ["notes/pasted.md", "pasted", "Reading the gauge"] {
        let output = place.repair(&[name]);
        assert_eq!((text(&output).as_str(), error(&output).as_str()), (RESTORED, ""), "{name}");
    }
    assert_eq!(place.page("notes/pasted.md"), PASTED);
    assert!(!place.trash().exists());
}

#[test]
fn a_page_that_is_named_by_its_path_is_not_looked_for_in_the_wiki() {
    let place = Place::new(&[("notes/pasted.md", PASTED.as_bytes()), (".kenignore", b"notes\n")]);
    for named in ["notes/pasted.md", "./notes/pasted.md", "wiki/notes/pasted.md"] {
        assert_eq!(text(&place.repair(&[named])), RESTORED, "{named}");
    }
    // By its name alone it is looked for, and this one is none of the wiki's.
    assert_eq!(code(&place.repair(&["pasted"])), 2);
}

#[test]
fn what_is_restored_needs_no_repair() {
    let place = Place::new(&[("a.md", RESTORED.as_bytes())]);
    let output = place.repair(&["a"]);
    assert_eq!(text(&output), RESTORED);
    assert!(error(&output).contains("nothing to recover in a.md"));
}

#[test]
fn a_healthy_page_is_left_alone_unless_forced() {
    let place = Place::harbour();
    for (args, expected) in
        [(&["zero"][..], HEALTHY), (&["--diff", "zero"], ""), (&["--write", "zero"], "")]
    {
        let output = place.repair(args);
        assert_eq!((text(&output).as_str(), code(&output)), (expected, 0), "{args:?}");
        assert_eq!(
            error(&output),
            "ken: nothing to recover in zero.md (--force tries all the same)\n"
        );
    }
    assert_eq!(place.page("zero.md"), HEALTHY);
    let mixed = "# A\n\nimport a\nfrom b import c\ndef d():\nreturn c(a)\n";
    let place = Place::new(&[("mixed.md", mixed.as_bytes())]);
    assert_eq!(text(&place.repair(&["mixed"])), mixed);
    assert!(text(&place.repair(&["mixed", "--force"])).contains("```python\nimport a\n"));
}

#[test]
fn any_file_and_standard_input_can_be_repaired() {
    let place = Place::harbour();
    let lone = place.folder.path().join("lone.txt");
    fs::write(&lone, PASTED).expect("a file");
    let lone = lone.to_str().expect("a path");
    for name in ["lone.txt", lone] {
        let output = place.command(&["repair", name]).output().expect("the program runs");
        assert_eq!(text(&output), RESTORED, "{name}");
    }
    let input = fs::File::open(lone).expect("a file");
    let output = place.command(&["repair", "-"]).stdin(input).output().expect("the program runs");
    assert_eq!(text(&output), RESTORED);
}

#[test]
fn the_difference_is_a_patch() {
    let place = Place::harbour();
    let diff = text(&place.repair(&["--diff", "pasted"]));
    assert!(
        diff.starts_with("--- a/notes/pasted.md\n+++ b/notes/pasted.md\n@@ -1,9 +1,"),
        "{diff}"
    );
    for line in
        ["-Reading the gauge", "+# Reading the gauge", "+```python", "+    return gauge.height()"]
    {
        assert!(diff.lines().any(|found| found == line), "{line} is in\n{diff}");
    }
    let coloured = text(&place.repair(&["--diff", "--color", "always", "pasted"]));
    assert!(coloured.contains("\u{1b}["));
    let uncoloured: String = coloured
        .split('\u{1b}')
        .map(|part| part.split_once('m').map_or(part, |(_, rest)| rest))
        .collect();
    assert_eq!(uncoloured, diff);
}

#[test]
fn writing_keeps_a_backup_that_the_desktop_can_restore() {
    let place = Place::harbour();
    let output = place.repair(&["--write", "pasted"]);
    assert_eq!(code(&output), 0, "{}", error(&output));
    assert_eq!(place.page("notes/pasted.md"), RESTORED);
    assert_eq!(place.kept("pasted.md").as_deref(), Some(PASTED));
    let said = text(&output);
    assert!(said.starts_with("notes/pasted.md is restored: 1 code block, 3 headings. "), "{said}");
    assert!(said.contains("data/Trash/files/pasted.md"), "{said}");
    let info =
        fs::read_to_string(place.trash().join("info/pasted.md.trashinfo")).expect("a record");
    let mut lines = info.lines();
    assert_eq!(lines.next(), Some("[Trash Info]"));
    let path = lines.next().and_then(|line| line.strip_prefix("Path=")).expect("a path");
    assert!(Path::new(path).is_absolute() && path.ends_with("/wiki/notes/pasted.md"), "{path}");
    let date = lines.next().and_then(|line| line.strip_prefix("DeletionDate=")).expect("a date");
    assert_eq!(date.len(), "2024-05-08T10:11:12".len(), "{date}");
    // Nothing else is left beside the page.
    assert_eq!(fs::read_dir(place.wiki().join("notes")).expect("a folder").count(), 1);
    // A second page of that name takes nothing from the first.
    fs::write(place.wiki().join("notes/pasted.md"), PASTED.replace("quiet", "calm"))
        .expect("a page");
    place.repair(&["--write", "pasted"]);
    assert_eq!(place.kept("pasted.md").as_deref(), Some(PASTED));
    assert!(place.kept("pasted.2.md").expect("a second backup").contains("calm"));
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let bytes = format!("\u{feff}{}", PASTED.replace('\n', "\r\n"));
    let place = Place::new(&[("a.md", bytes.as_bytes())]);
    assert_eq!(code(&place.repair(&["--write", "a"])), 0);
    assert_eq!(place.page("a.md"), format!("\u{feff}{}", RESTORED.replace('\n', "\r\n")));
}

#[test]
fn bytes_that_would_be_lost_are_not_written() {
    let mut latin = PASTED.as_bytes().to_vec();
    latin.extend(b"caf\xe9\n");
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(PASTED.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [latin, utf16] {
        let place = Place::new(&[("a.md", &bytes)]);
        let output = place.repair(&["--write", "a"]);
        assert_eq!(code(&output), 2);
        assert!(
            error(&output).contains("a.md was left as it is: it is not UTF-8"),
            "{}",
            error(&output)
        );
        assert_eq!(fs::read(place.wiki().join("a.md")).expect("a page"), bytes);
    }
}

#[cfg(unix)]
#[test]
fn mode_and_links_stay_and_what_may_not_be_written_is_not() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::harbour();
    let file = place.wiki().join("notes/pasted.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    symlink("notes/pasted.md", place.wiki().join("link.md")).expect("a link");
    assert_eq!(code(&place.repair(&["--write", "link.md"])), 0);
    assert!(place.wiki().join("link.md").is_symlink());
    assert_eq!(place.page("notes/pasted.md"), RESTORED);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);

    let place = Place::harbour();
    let outside = place.folder.path().join("outside.md");
    fs::write(&outside, PASTED).expect("a file");
    let read_only = place.wiki().join("notes/pasted.md");
    fs::set_permissions(&read_only, fs::Permissions::from_mode(0o440)).expect("a mode");
    let output = place.repair(&["--write", "pasted"]);
    assert_eq!(code(&output), 2);
    assert_eq!(error(&output), "ken: notes/pasted.md was left as it is: it is read-only\n");
    assert_eq!(place.page("notes/pasted.md"), PASTED);
    assert!(!place.trash().exists());
}

#[test]
fn without_a_backup_nothing_is_written() {
    let place = Place::harbour();
    fs::write(place.folder.path().join("data"), "no folder").expect("a file");
    let output = place.repair(&["--write", "pasted"]);
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("cannot write a backup to"), "{}", error(&output));
    assert_eq!(place.page("notes/pasted.md"), PASTED);
    assert_eq!(fs::read_dir(place.wiki().join("notes")).expect("a folder").count(), 1);
}

#[test]
fn the_sample_and_standard_input_have_no_file_to_write() {
    let place = Place::harbour();
    let input = fs::File::open(place.wiki().join("notes/pasted.md")).expect("a file");
    let output = place.command(&["repair", "--write", "-"]).stdin(input).output();
    let output = output.expect("the program runs");
    assert_eq!(code(&output), 2);
    assert!(error(&output).contains("it is no file on disk"), "{}", error(&output));
}
