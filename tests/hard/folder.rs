//! The worst folders one can think of, made anew for each test. [`heavy`] holds pages that are a lot to read,
//! [`hostile`] text that would act on a terminal in every place where text can stand, names that no program
//! expects, and files that must not be opened.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

/// So many where the program is optimized: the sizes of the worst pages ever seen, `cargo test --release --test hard`.
/// A twentieth of it else, which is enough to see what does not grow as it should.
fn many_of(count: usize) -> usize {
    if cfg!(debug_assertions) { count.div_ceil(20) } else { count * 10 }
}

/// What stands outside the wiki and must never be shown.
pub(crate) const SECRET: &str = "S3CRET-outside-the-wiki";

/// A wiki with what it must not lead to beside it.
pub(crate) struct Folder {
    whole: tempfile::TempDir,
    /// Held for as long as the folder is there.
    socket: Option<UnixListener>,
}

impl Folder {
    fn new(pages: &[(String, Vec<u8>)]) -> Self {
        let whole = tempfile::tempdir().expect("a temporary folder");
        let folder = Self { whole, socket: None };
        fs::create_dir(folder.home()).expect("a folder");
        fs::create_dir(folder.root()).expect("a folder");
        for (name, bytes) in pages {
            folder.write(name, bytes);
        }
        folder
    }

    /// A wiki of a few plain pages.
    pub(crate) fn of(pages: &[(&str, &str)]) -> Self {
        let pages = pages.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Self::new(&pages.collect::<Vec<_>>())
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let file = self.root().join(name);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
        fs::write(file, bytes).expect("a page");
    }

    /// The folder of the wiki.
    pub(crate) fn root(&self) -> PathBuf {
        self.whole.path().join("wiki")
    }

    /// The user's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.whole.path().join("home")
    }

    /// All that is in the wiki: names, kinds, and what stands in the regular files.
    pub(crate) fn contents(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let mut all = BTreeMap::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let about = entry.metadata().expect("it is there");
                let bytes = if about.is_file() { fs::read(entry.path()) } else { Ok(Vec::new()) };
                all.insert(entry.path(), (about.mode(), bytes.unwrap_or_default()));
                if about.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        all
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // So that it can be taken away.
        let closed = self.root().join("closed");
        fs::set_permissions(closed, fs::Permissions::from_mode(0o755)).ok();
    }
}

/// Text that acts on a terminal in every way there is, to be told by its `7777` and its `OWNED`: title, clipboard,
/// colours, cursor, screen, questions, in 7 and in 8 bits, and the controls of direction.
pub(crate) fn acting(place: &str) -> String {
    format!(
        "{place}\u{1b}]0;OWNED\u{7}\u{1b}]52;c;T1dORUQ=\u{7}\u{1b}[7777m\u{1b}[7777;1H\u{1b}[7777J\u{1b}[?7777h\
         \u{1b}P7777qOWNED\u{1b}\\\u{1b}_OWNED\u{1b}\\\u{1b}c\u{1b}[7777n\u{9b}7777m\u{9d}0;OWNED\u{9c}\u{90}7777\u{9c}\
         \u{8}\u{b}\u{c}\u{e}\u{1a}\u{7f}\u{202e}bidi\u{2066}\u{200f}\u{61c}"
    )
}

/// As [`acting`], for a name: short, and with what only a name can make of one line.
fn acting_name(place: &str) -> String {
    format!("{place}\u{1b}]0;OWNED\u{7}\u{1b}[7777m\u{9b}7777m\u{202e}\r\n\t\u{7f}'\"\\")
}

/// A page that holds acting text in every place that a page has.
pub(crate) fn hostile_page() -> String {
    let a = acting;
    let (title, property, tag) = (a("title"), a("property"), a("tag"));
    // In quotes YAML allows them as escapes only.
    let yaml = |text: &str| {
        let escaped = |c: char| match c {
            c if c.is_control() || !c.is_ascii() => format!("\\u{:04x}", u32::from(c)),
            '\\' => "\\\\".to_owned(),
            c => c.to_string(),
        };
        text.chars().map(escaped).collect::<String>()
    };
    format!(
        "---\ntitle: \"{}\"\naliases: [\"{}\"]\ntags: [\"{}\"]\n\"key{}\": \"{}\"\nraw: {property}\n\
         up: \"[[{}]]\"\n---\n# Heading {}\n\n\
         Words {} and [[{}]] and [[plain|{}]] and [text {}](plain.md \"{}\") and ![{}](x.png) and \
         <https://x.y/{}> and #t{} `{}` $x{}$ ==m{}== %%c{}%% <b>{}</b> [^1] ^[{}] &#27;]0;OWNED&#7; &#x9b;7777m\n\n\
         ```python {}\nx = \"{}\"\n```\n\n| a{} | b |\n|---|---|\n| {} | [[plain\\|{}]] |\n\n\
         > [!note{}] {}\n> {}\n\n$$\n{}\n$$\n\n<div title=\"{}\">{}</div>\n\n<details><summary>{}</summary>\n\n{}\n\n</details>\n\n\
         - [{}] task {}\n- {}\n\nTerm {}\n: What {}\n\n![[embedded]]\n\n![[no {}]]\n\n[[plain#no {}]]\n\n\
         [^1]: Note {}\n\n## Tags\n\n`{}` `two`\n\n## Some Metadata\n\n- **Key {}**: {}\n\nBlock ^id{}\n\n---\n\
         *Last updated: {}*\n*Key {}: {}*\n",
        yaml(&title),
        yaml(&a("alias")),
        yaml(&tag),
        yaml(&a("")),
        yaml(&a("value")),
        yaml(&a("plink")),
        a("heading"),
        a("words"),
        a("target"),
        a("alias"),
        a("mdtext"),
        a("mdtitle"),
        a("image"),
        a("url"),
        a("tag"),
        a("code"),
        a("math"),
        a("mark"),
        a("comment"),
        a("html"),
        a("inote"),
        a("info"),
        a("fenced"),
        a("th"),
        a("td"),
        a("cellalias"),
        a("kind"),
        a("ctitle"),
        a("callout"),
        a("display"),
        a("attribute"),
        a("inner"),
        a("summary"),
        a("details"),
        a("sign"),
        a("task"),
        a("item"),
        a("term"),
        a("definition"),
        a("embed"),
        a("fragment"),
        a("note"),
        a("listed"),
        a("mkey"),
        a("mvalue"),
        a("block"),
        a("date"),
        a("fkey"),
        a("fvalue"),
    )
}

/// A wiki of acting text, names that no program expects, and files that must not be opened.
pub(crate) fn hostile() -> Folder {
    let page = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let long = |unit: &str| unit.repeat(252 / unit.len()) + ".md";
    let linked = acting("sentence");
    let mut pages = vec![
        page("index.md", hostile_page()),
        page(
            "plain.md",
            format!("# Plain\n\nSee [[index]], {linked}. Needle {linked}.\n\n## {linked}\n"),
        ),
        page("embedded.md", format!("{linked}\n\n![[index]]\n\n![[embedded]]\n")),
        page("untitled/a.md", format!("# {}\n\nNeedle. [[index]] [[plain]]\n", acting("untitled"))),
        page(&format!("{}.md", acting_name("name")), "# \n\nNeedle [[plain]]\n".to_owned()),
        page(&format!("{}/in.md", acting_name("folder")), "Needle [[plain]]\n".to_owned()),
        page(&format!("{}.png", acting_name("attachment")), "no picture".to_owned()),
        page(&long("n"), "Needle\n".to_owned()),
        page(&long("\u{6f6e}"), "Needle\n".to_owned()),
        page("Case.md", "one\n".to_owned()),
        page("case.md", "other [[CASE]]\n".to_owned()),
        page("caf\u{e9}.md", "composed\n".to_owned()),
        page("cafe\u{301}.md", "decomposed [[cafe\u{301}]]\n".to_owned()),
        page("-rf.md", "[[--help]]\n".to_owned()),
        page("--help.md", "[[-rf]]\n".to_owned()),
        page(" .md", "[[ ]]\n".to_owned()),
        page("a#b|c]]d^e.md", "x\n".to_owned()),
        page(
            "%2e%2e%2f.md",
            "[up](../../outside/secret.md) [[../../outside/secret]] ![[../outside/secret.md]]\n"
                .to_owned(),
        ),
        page("con.md", "x\n".to_owned()),
        page("..md", "x\n".to_owned()),
        page("folder.md/page.md", "a folder named as a page\n".to_owned()),
        page("closed/inside.md", "behind a door\n".to_owned()),
        page("one.md", "![[two]]\n".to_owned()),
        page("two.md", "![[one]]\n\n![[two]]\n".to_owned()),
    ];
    // What is drawn is a tree of folders, too.
    pages.push(page(&format!("{}deep.md", "d/".repeat(200)), "deep\n".to_owned()));
    let mut folder = Folder::new(&pages);
    let root = folder.root();
    fs::write(root.join(OsStr::from_bytes(b"latin-\xe9.md")), "[[index]]\n").expect("a file");
    let outside = folder.whole.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("secret.md"), format!("# {SECRET}\n\n{SECRET}\n")).expect("a file");
    let link = |to: &Path, at: &str| symlink(to, root.join(at)).expect("a link");
    link(&outside.join("secret.md"), "out.md");
    link(&outside, "outside");
    link(Path::new("loop.md"), "loop.md");
    link(Path::new("."), "circle");
    link(Path::new("../.."), "d/up");
    link(Path::new("/dev/zero"), "zero.md");
    link(Path::new("/dev/tty"), "tty.md");
    for pipe in ["pipe.md", "pipe.png", "d/.kenignore"] {
        let made = std::process::Command::new("mkfifo").arg(root.join(pipe)).status();
        assert!(made.expect("mkfifo").success());
    }
    fs::create_dir(root.join("e")).expect("a folder");
    link(Path::new("/dev/zero"), "e/.kenignore");
    folder.write("e/f.md", b"beside an endless .kenignore\n");
    folder.socket = UnixListener::bind(root.join("socket.md")).ok();
    let closed = fs::Permissions::from_mode(0o000);
    fs::set_permissions(root.join("closed"), closed).expect("a mode");
    folder
}

#[expect(clippy::too_many_lines, reason = "it is a table")]
/// Pages that are a lot, each under a name that says what of.
pub(crate) fn heavy_pages() -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |text: &str, word: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(word).collect()
    };
    let many = |unit: &str, count: usize| unit.repeat(many_of(count)).into_bytes();
    let lines = |count: usize, line: &dyn Fn(usize) -> String| -> Vec<u8> {
        (0..many_of(count)).map(line).collect::<String>().into_bytes()
    };
    let table = {
        let row = |cell: &str| "|".to_owned() + &format!("{cell}|").repeat(200) + "\n";
        row("head [[a]]") + &row("-") + &row("`cell` of it").repeat(many_of(20))
    };
    let bomb = {
        let level =
            |n: u8| format!("l{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 9].join(", "));
        let levels: String = (1..20).map(level).collect();
        format!("---\nl0: &l0 [lol, lol, lol]\n{levels}tags: *l19\naliases: *l18\n---\n# Bomb\n")
    };
    let merged = {
        let level = |n: u8| format!("m{n}: &m{n}\n  <<: *m{}\n  k{n}: *m{}\n", n - 1, n - 1);
        format!("---\nm0: &m0 {{a: b}}\n{}---\n# Merged\n", (1..30).map(level).collect::<String>())
    };
    let emoji = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}\u{2764}\u{fe0f}\u{1f1e9}\u{1f1ea}";
    let nested =
        |unit: &str, count: usize| (unit.repeat(many_of(count).min(count)) + "deep\n").into_bytes();
    let indented: String = (0..many_of(400)).map(|n| "  ".repeat(n) + "- item\n").collect();
    vec![
        (
            "invalid-utf8",
            [b"# \xff\xfe\x80 broken \xc3\x28\n\n".as_slice(), &[0xff; 2_000]].concat(),
        ),
        ("utf16-le", [vec![0xff, 0xfe], utf16("# Sixteen [[a]]\n", u16::to_le_bytes)].concat()),
        ("utf16-be", [vec![0xfe, 0xff], utf16("# Sixteen [[a]]\n", u16::to_be_bytes)].concat()),
        ("utf16-le-without-bom", utf16("# Sixteen [[a]]\n", u16::to_le_bytes)),
        ("utf16-be-without-bom", utf16("# Sixteen [[a]]\n", u16::to_be_bytes)),
        ("utf16-cut-off", b"\xff\xfe#\0\xd8".to_vec()),
        ("utf32", b"\xff\xfe\0\0#\0\0\0A\0\0\0".to_vec()),
        ("nul", b"# N\0ul\n\n\0\0\0 `\0` [[\0]]\n".to_vec()),
        ("only-nul", vec![0; many_of(20_000)]),
        ("mixed-line-ends", many("a\r\nb\rc\nd\n\re\u{2028}f\u{85}g\u{b}h\u{c}i\r\n\r\n", 2_000)),
        ("all-bytes", (0..=255).cycle().take(20_000).collect()),
        ("empty", Vec::new()),
        ("only-a-bom", b"\xef\xbb\xbf".to_vec()),
        ("alias-bomb", bomb.into_bytes()),
        ("merge-bomb", merged.into_bytes()),
        ("one-long-line", many("word [[a|b]] *c* `d` ", 50_000)),
        ("one-long-word", many("a", 1_000_000)),
        ("quotes", nested("> ", 5_000)),
        ("callouts", nested("> [!note]- a\n> ", 2_000)),
        ("bullets", nested("- ", 5_000)),
        ("numbers", nested("1. ", 5_000)),
        ("nested-items", indented.into_bytes()),
        ("nested-details", many("<details>\n\n", 500)),
        ("wide-table", table.into_bytes()),
        ("links", lines(10_000, &|n| format!("[[page {n}]] "))),
        ("links-in-lines", lines(10_000, &|n| format!("- [[page {n}#x|y]]\n"))),
        ("md-links", lines(10_000, &|n| format!("[a](p{n}.md) "))),
        (
            "references",
            lines(5_000, &|n| format!("[r{n}]: u{n}\n\n[r{n}] [^{n}]\n\n[^{n}]: note\n\n")),
        ),
        ("comment", [b"<!-- ".to_vec(), many("[[hidden]] text\n\n", 10_000)].concat()),
        ("hidden", [b"%%\n".to_vec(), many("[[hidden]] text\n\n", 10_000)].concat()),
        ("brackets", many("[[", 100_000)),
        ("closing", many("]]", 100_000)),
        ("stars", many("*", 100_000)),
        ("stars-apart", many("*a **b ", 20_000)),
        ("underscores", many("_a__", 50_000)),
        ("parens", many("(", 100_000)),
        ("link-openings", many("[a](", 50_000)),
        ("images", many("![", 100_000)),
        ("pipes", many("|", 100_000)),
        ("pipe-rows", many("|\n", 50_000)),
        ("ticks", many("`", 100_000)),
        ("ticks-apart", lines(400, &|n| "`".repeat(n % 500 + 1) + " ")),
        ("dollars", many("$", 100_000)),
        ("dollars-apart", many("$a ", 50_000)),
        ("double-dollars", many("$$\n\n", 20_000)),
        ("tildes", many("~~a", 50_000)),
        ("less-than", many("<", 100_000)),
        ("elements", many("<b>", 50_000)),
        ("entities", many("&amp;&#x41;", 50_000)),
        ("backslashes", many("\\", 100_000)),
        ("fences", many("```\n", 20_000)),
        ("unclosed-fence", [b"```python\n".to_vec(), many("x = f(\"a\") # b\n", 5_000)].concat()),
        ("long-code-line", [b"```js\n".to_vec(), many("a={b:[1,'c'],", 5_000)].concat()),
        ("rules", many("---\n", 20_000)),
        ("headings", lines(5_000, &|n| format!("{} H{n}\n", "#".repeat(n % 6 + 1)))),
        ("emoji", many(emoji, 2_000)),
        ("combining", ["e".as_bytes().to_vec(), many("\u{301}", 20_000)].concat()),
        ("joiners", many("\u{200d}\u{fe0f}\u{200b}", 10_000)),
        ("tabs", many("\t", 20_000)),
        ("tabs-between", many("a\tb\n\t- c\n", 5_000)),
        ("long-title", [b"# ".to_vec(), many("title ", 2_000), b"\n\ntext\n".to_vec()].concat()),
        (
            "long-yaml-title",
            [b"---\ntitle: ".to_vec(), many("title ", 2_000), b"\n---\n".to_vec()].concat(),
        ),
        ("tags", lines(5_000, &|n| format!("#tag{n} #t/{n}/u "))),
        ("deep-tag", [b"#a".to_vec(), many("/a", 5_000)].concat()),
        (
            "yaml-tags",
            [b"---\ntags: [".to_vec(), lines(5_000, &|n| format!("t{n}, ")), b"]\n---\n".to_vec()]
                .concat(),
        ),
        (
            "properties",
            [b"---\n".to_vec(), lines(2_000, &|n| format!("k{n}: v{n}\n")), b"---\n".to_vec()]
                .concat(),
        ),
        (
            "long-property",
            [b"---\nk: ".to_vec(), many("value ", 20_000), b"\n---\n".to_vec()].concat(),
        ),
        ("deep-yaml", [b"---\nk: ".to_vec(), many("[", 5_000), b"\n---\n".to_vec()].concat()),
        ("deep-json-yaml", [b"---\n".to_vec(), many("{a: ", 5_000), b"\n---\n".to_vec()].concat()),
        ("deep-indent-yaml", {
            let deep: String = (0..500).map(|n| " ".repeat(n) + "a:\n").collect();
            format!("---\n{deep}---\n").into_bytes()
        }),
        ("front-matter-never-closed", [b"---\n".to_vec(), many("k: v [[a]]\n", 10_000)].concat()),
        ("embeds-itself", many("![[embeds-itself]]\n\n", 500)),
        ("embeds-much", many("![[headings]]\n\n![[quotes]]\n\n", 100)),
        ("math", [b"$$\n".to_vec(), many(r"\frac{1}{", 5_000), b"\n$$\n".to_vec()].concat()),
        (
            "mermaid",
            [
                b"```mermaid\ngraph TD\n".to_vec(),
                lines(500, &|n| format!("a{n} --> a{}\n", n * 7 % 97)),
                b"```\n".to_vec(),
            ]
            .concat(),
        ),
        ("html", many("<div class=\"a\"><p>b</p><img src=x onerror=y>", 5_000)),
        ("autolinks", many("http://a.b/c,", 20_000)),
        ("footer", [b"\n\n---\n".to_vec(), many("*Key: value*\n", 5_000)].concat()),
        ("pasted", many("Title of it\nfrom x import y\ndef f(a):\nreturn a\n# comment\n", 1_000)),
        ("conflict", many("<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n", 1_000)),
    ]
}

/// A wiki of all heavy pages.
pub(crate) fn heavy() -> Folder {
    let pages = heavy_pages().into_iter().map(|(name, bytes)| (format!("{name}.md"), bytes));
    let folder = Folder::new(&pages.collect::<Vec<_>>());
    folder.write("index.md", b"# Heavy\n\n[[links]] [[quotes]]\n");
    folder
}
