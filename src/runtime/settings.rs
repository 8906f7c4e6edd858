//! What is decided before anything is shown: which wiki, which settings, which themes. Every error is
//! one sentence.

use std::env;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};

use super::files::Files;
use super::paths;
use super::read::{MAX_BYTES, decode, read_utf8, reason};
use super::themes;
use crate::app::model::{Wiki, WikiKind};
use crate::command::Keymap;
use crate::config::Config;
use crate::text::scrub::scrub_line;
use crate::theme::Depth;
use crate::theme::ground::may_be_asked;
use crate::vault::PagePath;

/// A wiki that was found, and how it is opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its files.
    pub files: Files,
    /// How it is shown.
    pub wiki: Wiki,
    /// The page that was named, if one was.
    pub page: Option<PagePath>,
    /// The settings, the wiki's own laid over the user's.
    pub config: Config,
}

/// The file that marks a wiki's root and holds its own settings.
pub(crate) const WIKI_CONFIG: &str = ".ken.toml";

/// The user's settings; the defaults where there is no file.
///
/// # Errors
/// The file cannot be read or understood.
pub fn config() -> Result<Config> {
    let mut config = Config::default();
    if let Some(file) = paths::config_file() {
        lay_over(&mut config, &file)?;
    }
    Ok(config)
}

/// Lays the settings in `file` over `config`, if there is such a file.
fn lay_over(config: &mut Config, file: &Path) -> Result<()> {
    match fs::symlink_metadata(file) {
        // The latter where the home folder is none (`/dev/null`).
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        // What else is wrong, reading it says.
        _ => {}
    }
    let text = read_utf8(file).map_err(|why| anyhow!("cannot read {}: {why}", file.display()))?;
    let in_file = |message: String| anyhow!("{}: {message}", file.display());
    config.lay_over(&text).map_err(in_file)?;
    if let Some(line) = Config::line_of(&text, "theme") {
        let known = themes::known(&config.theme);
        known.map_err(|error| in_file(format!("line {line}: {error}")))?;
    }
    let problems = Keymap::new(&config.keys).err().unwrap_or_default();
    let Some(problem) = problems.into_iter().next() else { return Ok(()) };
    // Of a clash with the user's own file, this file's part is what can be mended here.
    let mut commands = problem.commands.iter().rev();
    let line = commands.find_map(|command| Config::line_of_keys(&text, command));
    let place = line.map_or_else(String::new, |line| format!("line {line}: "));
    Err(in_file(place + &problem.what))
}

/// The keys that `config` gives, which were found to be good when its files were read.
///
/// # Errors
/// They are not good.
pub fn keymap(config: &Config) -> Result<Keymap> {
    Keymap::new(&config.keys).map_err(|problems| {
        let told: Vec<String> = problems.into_iter().map(|problem| problem.what).collect();
        anyhow!("keys: {}", told.join("; "))
    })
}

/// Finds the wiki: the argument, else `KEN_WIKI`, else the config's `wiki`, else the nearest folder
/// upwards that holds `.ken.toml` or `.obsidian`, else the sample.
///
/// # Errors
/// There is no such file or folder, it cannot be read, or the wiki's own settings are broken.
pub fn open(argument: Option<&Path>, config: Config) -> Result<Opened> {
    if let Some(path) = argument {
        return if path == Path::new("-") { standard_input(config) } else { at(path, config) };
    }
    if let Some(path) = env::var_os("KEN_WIKI").filter(|value| !value.is_empty()) {
        return at(Path::new(&path), config).context("KEN_WIKI");
    }
    if let Some(path) = config.wiki.clone() {
        return at(&expand_home(&path), config).context("`wiki` in the config");
    }
    match env::current_dir().ok().and_then(|folder| root_above(&folder)) {
        Some(root) => folder(root, None, config),
        None => Ok(sample(config)),
    }
}

/// The sample wiki.
#[must_use]
pub fn sample(config: Config) -> Opened {
    let greeting = "This is the sample. Your own folder: ken PATH";
    Opened {
        files: Files::Sample,
        wiki: Wiki {
            name: "sample".to_owned(),
            kind: WikiKind::Sample,
            greeting: Some(greeting.to_owned()),
        },
        page: None,
        config,
    }
}

fn expand_home(path: &str) -> PathBuf {
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        (None, Some(home)) if path == "~" => home,
        _ => PathBuf::from(path),
    }
}

fn root_above(folder: &Path) -> Option<PathBuf> {
    let marks = [WIKI_CONFIG, ".obsidian"];
    folder
        .ancestors()
        .find(|folder| marks.iter().any(|mark| folder.join(mark).exists()))
        .map(Path::to_owned)
}

fn at(path: &Path, config: Config) -> Result<Opened> {
    let real = match path.canonicalize() {
        Ok(real) => real,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("there is no file or folder {}", path.display())
        }
        Err(error) => bail!("cannot open {}: {}", path.display(), reason(&error)),
    };
    if real.is_dir() {
        return folder(real, None, config);
    }
    // A page inside a wiki opens the wiki at that page; a page that stands alone opens alone.
    let root = real.parent().and_then(root_above).or_else(|| own_wiki_around(&real, &config));
    let inside = root.as_ref().and_then(|root| {
        let path = real.strip_prefix(root).ok()?.to_str()?;
        PagePath::new(&path.replace(std::path::MAIN_SEPARATOR, "/")).filter(PagePath::is_page)
    });
    if let (Some(root), Some(page)) = (root, inside) {
        folder(root, Some(page), config)
    } else {
        let around = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        single(real, around.unwrap_or(Path::new(".")), config)
    }
}

/// The wiki that `KEN_WIKI` or the config names, if the file lies in it.
fn own_wiki_around(file: &Path, config: &Config) -> Option<PathBuf> {
    let named = env::var_os("KEN_WIKI").map(PathBuf::from);
    let configured = config.wiki.as_deref().map(expand_home);
    let mut roots = named.into_iter().chain(configured).filter_map(|root| root.canonicalize().ok());
    roots.find(|root| root.is_dir() && file.starts_with(root))
}

fn folder(root: PathBuf, page: Option<PagePath>, mut config: Config) -> Result<Opened> {
    if let Err(error) = fs::read_dir(&root) {
        bail!("cannot open {}: {}", root.display(), reason(&error));
    }
    let clipboard = config.clipboard.clone();
    lay_over(&mut config, &root.join(WIKI_CONFIG))?;
    // A wiki may come from anywhere, and would have its program run.
    if config.clipboard != clipboard {
        bail!("{WIKI_CONFIG}: clipboard can only be set in your own config.toml");
    }
    let name = root.file_name().map_or_else(|| "/".into(), |name| name.to_string_lossy());
    Ok(Opened {
        wiki: Wiki { name: name.into_owned(), kind: WikiKind::Folder, greeting: None },
        files: Files::Folder { root, ignore: config.ignore.clone().into() },
        page,
        config,
    })
}

/// A file alone, which the user knows to lie in the folder `around`.
fn single(file: PathBuf, around: &Path, config: Config) -> Result<Opened> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let Some(path) = name.as_deref().and_then(PagePath::new) else {
        bail!("{} has no name that could be shown", file.display());
    };
    if let Err(reason) = super::read::check(&file) {
        bail!("cannot open {}: {reason}", file.display());
    }
    let hint = format!("Only this page is open. The folder around it: ken {}", around.display());
    let greeting = path.is_page().then(|| scrub_line(&hint).into_owned());
    Ok(Opened {
        wiki: Wiki { name: path.to_string(), kind: WikiKind::Single, greeting },
        page: Some(path.clone()),
        files: Files::Single { file, path },
        config,
    })
}

fn standard_input(config: Config) -> Result<Opened> {
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    if input.context("cannot read standard input")? as u64 > MAX_BYTES {
        bail!("standard input is larger than 1 GiB");
    }
    let path = PagePath::new("standard input").expect("a path of one plain component");
    Ok(Opened {
        wiki: Wiki { name: path.to_string(), kind: WikiKind::Single, greeting: None },
        page: Some(path.clone()),
        files: Files::Text { path, text: Arc::new(decode(bytes)) },
        config,
    })
}

/// Whether the wiki is so wide (a home folder or what is above it, a root) that one is asked before it
/// is read.
#[must_use]
pub fn is_suspiciously_wide(files: &Files) -> bool {
    let Files::Folder { root, .. } = files else { return false };
    let home = directories::BaseDirs::new().and_then(|dirs| dirs.home_dir().canonicalize().ok());
    root.parent().is_none() || home.is_some_and(|home| home.starts_with(root))
}

/// Whether there is such a file.
#[must_use]
pub fn is_there(files: &Files, path: &PagePath) -> bool {
    match files.on_disk(path) {
        Some(file) => file.is_file(),
        None => files.read(path).is_ok(),
    }
}

/// The page to begin with: the one named, else the last one read, else `index`, `README` or `home` at
/// the root. `None` when the newest page has to be looked for.
#[must_use]
pub fn start_page(opened: &Opened, last: Option<&str>) -> Option<PagePath> {
    let exists = |path: &PagePath| is_there(&opened.files, path);
    let last = last.and_then(PagePath::new).filter(exists);
    let named = || {
        let names =
            ["index.md", "Index.md", "README.md", "Readme.md", "readme.md", "home.md", "Home.md"];
        names.iter().filter_map(|name| PagePath::new(name)).find(exists)
    };
    opened.page.clone().or(last).or_else(named)
}

/// How many colours the terminal shows, from the environment.
#[must_use]
pub fn depth() -> Depth {
    let value = |name: &str| env::var(name).ok();
    let [no_color, term, colorterm] = ["NO_COLOR", "TERM", "COLORTERM"].map(value);
    crate::theme::depth(no_color.as_deref(), term.as_deref(), colorterm.as_deref())
}

/// Whether the terminal can be asked which colour its ground is.
#[must_use]
pub fn may_ask_ground() -> bool {
    may_be_asked(env::var("TERM").ok().as_deref(), depth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("it is there");
        for (path, text) in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder");
            fs::write(file, text).expect("a file");
        }
        (folder, root)
    }

    fn opened(path: &Path) -> Opened {
        open(Some(path), Config::default()).expect("it can be opened")
    }

    fn failed(path: &Path) -> String {
        open(Some(path), Config::default()).expect_err("it cannot be opened").to_string()
    }

    #[test]
    fn a_page_opens_its_wiki_and_a_lone_file_opens_alone() {
        let (_kept, root) = folder(&[
            ("wiki/.ken.toml", "page-width = 50\nignore = 'b'"),
            ("wiki/sub/a.md", ""),
            ("wiki/a.txt", ""),
            ("lone.md", ""),
        ]);
        let check = |path: &str, kind: WikiKind, name: &str, page: Option<&str>| {
            let opened = opened(&root.join(path));
            let found = opened.page.as_ref().map(PagePath::as_str);
            assert_eq!((opened.wiki.kind, opened.wiki.name.as_str(), found), (kind, name, page));
        };
        check("wiki", WikiKind::Folder, "wiki", None);
        check("wiki/sub/a.md", WikiKind::Folder, "wiki", Some("sub/a.md"));
        check("wiki/a.txt", WikiKind::Single, "a.txt", Some("a.txt"));
        check("wiki/sub", WikiKind::Folder, "sub", None);
        check("lone.md", WikiKind::Single, "lone.md", Some("lone.md"));
        let config = opened(&root.join("wiki")).config;
        assert_eq!((config.page_width, config.ignore.as_slice()), (50, &["b".to_owned()][..]));
    }

    #[test]
    fn what_cannot_be_opened_is_one_sentence() {
        let (_kept, root) =
            folder(&[("broken/.ken.toml", "\nwidht = 1"), ("folder/.ken.toml/x", "")]);
        let gone = root.join("gone");
        assert_eq!(failed(&gone), format!("there is no file or folder {}", gone.display()));
        let broken = failed(&root.join("broken"));
        assert!(broken.ends_with(".ken.toml: line 2: there is no key \"widht\""), "{broken}");
        let folder = failed(&root.join("folder"));
        assert!(folder.ends_with(".ken.toml: it is a folder"), "{folder}");
    }

    #[test]
    fn it_begins_with_the_page_named_else_the_last_else_the_folders_own() {
        let (_kept, root) = folder(&[("README.md", ""), ("a.md", ""), ("b/c.md", "")]);
        let mut wiki = opened(&root);
        let check = |wiki: &Opened, last: Option<&str>, expected: Option<&str>| {
            assert_eq!(start_page(wiki, last).as_ref().map(PagePath::as_str), expected, "{last:?}");
        };
        check(&wiki, None, Some("README.md"));
        check(&wiki, Some("b/c.md"), Some("b/c.md"));
        for gone in ["gone.md", "b", "../a.md", "/etc/passwd", ""] {
            check(&wiki, Some(gone), Some("README.md"));
        }
        wiki.page = PagePath::new("a.md");
        check(&wiki, Some("b/c.md"), Some("a.md"));
        check(&opened(&root.join("b")), None, None);
        check(&sample(Config::default()), None, Some("index.md"));
    }

    #[test]
    fn only_the_home_folder_and_what_is_above_it_is_asked_about() {
        let files = |root: &Path| Files::Folder { root: root.to_owned(), ignore: [].into() };
        let (_kept, root) = folder(&[]);
        assert!(!is_suspiciously_wide(&files(&root)));
        assert!(!is_suspiciously_wide(&Files::Sample));
        assert!(is_suspiciously_wide(&files(root.ancestors().last().expect("a root"))));
    }
}
