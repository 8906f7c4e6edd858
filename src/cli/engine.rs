//! What every command starts with: the wiki's files and its index, and finding a page by what the
//! user calls it.

use std::mem::ManuallyDrop;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::args::Arguments;
use super::output::warn;
use crate::config::Config;
use crate::index::{Index, Page, Status};
use crate::markdown::Link;
use crate::runtime::files::{Files, Listing};
use crate::runtime::scan::Scanned;
use crate::runtime::settings::Opened;
use crate::runtime::{clock, scan, settings};
use crate::text::date::Date;
use crate::vault::PagePath;

/// What is opened by the name of a file, or by `-`. `None` where the name is another one.
pub(crate) fn opened_at(arguments: &Arguments, name: &str) -> Result<Option<Opened>> {
    let file = Path::new(name);
    if arguments.wiki.is_some() || name != "-" && !file.is_file() {
        return Ok(None);
    }
    settings::open(Some(file), arguments.config()?).map(Some)
}

/// The wiki that the arguments name, not read yet. That it is the sample where none was found is said on
/// standard error: in a folder of notes its answers would be taken for those of the notes.
pub(crate) fn opened(arguments: &Arguments) -> Result<Opened> {
    let opened = settings::open(arguments.wiki.as_deref(), arguments.config()?)?;
    if matches!(opened.files, Files::Sample) {
        warn("no wiki was named or found here, so this is the sample; `--wiki DIR` names yours");
    }
    Ok(opened)
}

/// The page at the path `name`, as seen from the root or from the current folder, if it is a file.
pub(crate) fn page_at(files: &Files, name: &str) -> Option<PagePath> {
    let path = PagePath::new(below_root(files, name).trim_start_matches("./"))?;
    (path.is_page() && files.length(&path).is_ok()).then_some(path)
}

/// A file name as a shell completes it becomes the path below the root.
fn below_root(files: &Files, name: &str) -> String {
    let Files::Folder { root, .. } = files else { return name.to_owned() };
    let real = Path::new(name).canonicalize().ok();
    let below = real.as_deref().and_then(|real| real.strip_prefix(root).ok()?.to_str());
    below.map_or_else(|| name.to_owned(), ToOwned::to_owned)
}

/// A wiki, read.
pub(crate) struct Engine {
    pub(crate) files: Files,
    /// Never dropped: the process ends, and taking an index apart piece by piece takes a tenth of the
    /// time of building it.
    pub(crate) index: ManuallyDrop<Index>,
    pub(crate) config: Config,
    pub(crate) today: Date,
}

impl Engine {
    /// Opens the wiki that the arguments name and reads all of it. What could not be looked at is said
    /// on standard error.
    pub(crate) fn open(arguments: &Arguments) -> Result<Self> {
        opened(arguments).map(Self::of)
    }

    /// Opens the wiki and finds the page in it that `name` means: a file that is named so as seen from
    /// the current folder, `-` for standard input, else whatever [`Self::page`] finds. Whoever names
    /// the wiki with `--wiki` means a page of that.
    pub(crate) fn with_page(arguments: &Arguments, name: &str) -> Result<(Self, PagePath)> {
        if let Some(opened) = opened_at(arguments, name)? {
            let page = opened.page.clone();
            let page = page.ok_or_else(|| anyhow!("{name:?} is no page"))?;
            return Ok((Self::of(opened), page));
        }
        let engine = Self::open(arguments)?;
        let path = engine.page(name)?.path.clone();
        Ok((engine, path))
    }

    /// Reads all of a wiki.
    pub(crate) fn of(opened: Opened) -> Self {
        let told = |listing: &Listing| listing.problems.iter().for_each(|problem| warn(problem));
        let Scanned { index, keeper } = scan::read_all(&opened.files, opened.config.cache, told);
        keeper.keep(&index);
        let index = ManuallyDrop::new(index);
        Self { files: opened.files, index, config: opened.config, today: clock::today() }
    }

    /// The page that the user means by `name`: a path, else whatever a wiki-link of that name at the
    /// root would find.
    pub(crate) fn page(&self, name: &str) -> Result<&Page> {
        let name = below_root(&self.files, name);
        let name = name.trim_start_matches("./");
        if let Some(page) = PagePath::new(name).and_then(|path| self.index.at(&path)) {
            return Ok(page);
        }
        let link = Link::wiki(name);
        // A page that is not there links like any page at the root.
        let root = PagePath::new("\u{1}").expect("one plain component");
        let resolution = self.index.resolve(&root, &link);
        if let Status::Ambiguous { others, .. } = &resolution.status {
            let others: Vec<&str> =
                others.iter().filter_map(|id| Some(self.index.page(*id)?.path.as_str())).collect();
            warn(&format!("{name:?} could also be {}", others.join(", ")));
        }
        match resolution.page().and_then(|id| self.index.page(id)) {
            Some(page) => Ok(page),
            None => bail!("there is no page {name:?}{}", self.near(name)),
        }
    }

    fn near(&self, name: &str) -> String {
        let near: Vec<String> = self
            .index
            .near(name, 3)
            .into_iter()
            .filter_map(|id| Some(self.index.page(id)?.path.to_string()))
            .collect();
        if near.is_empty() { String::new() } else { format!(" (near: {})", near.join(", ")) }
    }

    /// All pages by path.
    pub(crate) fn pages(&self) -> Vec<&Page> {
        let mut pages: Vec<&Page> = self.index.pages().collect();
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages
    }
}
