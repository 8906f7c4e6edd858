//! The resolver: which file a link means, by which rule (`semantics.md`, wiki-links). What the link
//! asks for is read by `target`; here it is looked up. The resolver changes nothing and keeps nothing.

use std::cmp::Ordering;

use super::apply::called_names;
use super::files::{Content, Number};
use super::leads::Lead;
use super::look::{Behind, By, Look, Record, Sighting};
use super::names::Key;
use super::target::{Asked, Target, written};
use super::{Called, Index, PageId, Resolution, Status, Via};
use crate::markdown::Link;
use crate::text::fold::nfc;
use crate::vault::path::strip_page_extension;

/// Where a link stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// Its page's folder, folded.
    pub(super) folder: &'a str,
    /// Its number, if it is in the index.
    pub(super) page: Option<Number>,
}

/// What the resolver found.
enum Found<'a> {
    Missing(Option<Via>),
    External,
    File(Choice<'a>),
    Folder(u32, Via),
}

/// The file that was chosen.
#[derive(Clone, Copy)]
struct Choice<'a> {
    to: Number,
    via: Via,
    /// All candidates, the chosen one among them, where the choice was open.
    candidates: &'a [Number],
}

impl Index {
    /// Where `link` leads, in short.
    pub(super) fn lead(&self, place: &Place<'_>, link: &Link<&str>) -> Lead {
        match self.find(place, link, &mut ()) {
            Found::Missing(_) => Lead::Missing,
            Found::External => Lead::External,
            Found::Folder(to, via) => Lead::Folder { to, via },
            Found::File(choice) => Lead::File {
                to: choice.to,
                via: choice.via,
                ambiguous: self.others(choice).next().is_some(),
            },
        }
    }

    /// Where `link` leads, with all candidates.
    pub(super) fn found(&self, place: &Place<'_>, link: &Link<&str>) -> Resolution {
        self.found_with(place, link, &mut ())
    }

    /// As [`Self::found`], the looks that were taken told to `record`.
    pub(super) fn found_with(
        &self,
        place: &Place<'_>,
        link: &Link<&str>,
        record: &mut impl Record,
    ) -> Resolution {
        match self.find(place, link, record) {
            Found::Missing(via) => Resolution { status: Status::Missing, via },
            Found::External => Resolution { status: Status::External, via: None },
            Found::Folder(to, via) => self.folder(to, via),
            Found::File(choice) => {
                let mut others: Vec<Number> = self.others(choice).collect();
                others.sort_unstable_by_key(|&other| self.files.path(other));
                let others = others.into_iter().map(PageId).collect();
                self.resolved(choice.to, choice.via, others)
            }
        }
    }

    /// What `lead` says in full; `None` where it does not know all of it.
    pub(super) fn told(&self, lead: Lead) -> Option<Resolution> {
        match lead {
            Lead::Missing => Some(Resolution { status: Status::Missing, via: None }),
            Lead::External => Some(Resolution { status: Status::External, via: None }),
            Lead::Folder { to, via } => Some(self.folder(to, via)),
            Lead::File { ambiguous: true, .. } => None,
            Lead::File { to, via, .. } => Some(self.resolved(to, via, Vec::new())),
        }
    }

    fn folder(&self, to: u32, via: Via) -> Resolution {
        Resolution { status: Status::Folder(self.folders.written(to).to_owned()), via: Some(via) }
    }

    fn resolved(&self, to: Number, via: Via, others: Vec<PageId>) -> Resolution {
        let chosen = PageId(to);
        let status = match self.files.content(to) {
            Content::Attachment => Status::Attachment(self.files.path(to).clone()),
            Content::Page(_) if others.is_empty() => Status::Page(chosen),
            Content::Page(_) => Status::Ambiguous { chosen, others },
            Content::Gone => Status::Missing,
        };
        Resolution { status, via: Some(via) }
    }

    /// The other pages that could be meant. Nobody is warned about attachments.
    fn others<'a>(&'a self, choice: Choice<'a>) -> impl Iterator<Item = Number> + 'a {
        let chosen_is_page = self.files.record(choice.to).is_some();
        let candidates = if chosen_is_page { choice.candidates } else { &[] };
        candidates
            .iter()
            .copied()
            .filter(move |&other| other != choice.to && self.files.record(other).is_some())
    }

    fn find<'a>(
        &'a self,
        place: &Place<'_>,
        link: &Link<&str>,
        record: &mut impl Record,
    ) -> Found<'a> {
        match Target::of(link, place.folder) {
            Target::External => Some(Found::External),
            Target::Itself => {
                let via = Via::Itself;
                Some(place.page.map_or(Found::Missing(Some(via)), |to| {
                    Found::File(Choice { to, via, candidates: &[] })
                }))
            }
            Target::Nowhere => None,
            Target::At(path) => {
                let via = if path.from_root { Via::Path } else { Via::Relative };
                self.exact(&path, via, link, record)
            }
            Target::Named { name, beside: Some(beside) } => self
                .exact(&beside, Via::Relative, link, record)
                .or_else(|| self.named(&name, place, link, record).map(Found::File))
                .or_else(|| self.named_folder(&name, place)),
            Target::Named { name, beside: None } => {
                let found = self.named(&name, place, link, record);
                found.or_else(|| self.called(&name.name, record)).map(Found::File)
            }
        }
        .unwrap_or(Found::Missing(None))
    }

    /// Rule 1: the file at a path, else the folder there.
    fn exact<'a>(
        &'a self,
        path: &Asked,
        via: Via,
        link: &Link<&str>,
        record: &mut impl Record,
    ) -> Option<Found<'a>> {
        let folder = || self.folders.at(&path.name).filter(|_| path.folder);
        let file = self.exact_file(path, via, link, record).map(Found::File);
        file.or_else(|| folder().map(|to| Found::Folder(to, via)))
    }

    /// Rules 2 and 3 for folders; nobody is warned where several could be meant.
    fn named_folder(&self, name: &Asked, place: &Place<'_>) -> Option<Found<'_>> {
        let rule = |to: u32| {
            let path = self.folders.folded(to);
            let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            speaks_for(path, own, name.name.len(), place.folder)
        };
        let folders = self.folders.ending_in(&name.name).filter(|_| name.folder);
        let order = |to: u32| {
            let path = self.folders.folded(to);
            (rule(to), path.chars().count(), path)
        };
        let to = folders.min_by(|&a, &b| order(a).cmp(&order(b)))?;
        Some(Found::Folder(to, rule(to)))
    }

    fn exact_file<'a>(
        &'a self,
        path: &Asked,
        via: Via,
        link: &Link<&str>,
        record: &mut impl Record,
    ) -> Option<Choice<'a>> {
        let (files, _) = lookup(path, |end| self.files.exactly(end)).unwrap_or_default();
        // Names that differ by case alone: the one that is spelled so, else nobody can tell.
        let several = files.len() > 1;
        let spelled = files.iter().copied().find(|&file| several && self.is_spelled(file, link));
        let to = spelled.or(files.first().copied());
        record.look(|| {
            let behind = if spelled.is_some() { Behind::Spelling } else { Behind::Name };
            let sighting =
                |file| Sighting { file, via, behind: Some(behind).filter(|_| Some(file) != to) };
            let mut found: Vec<_> = files.iter().map(|&file| sighting(file)).collect();
            found.sort_by_key(|sighting| sighting.behind.is_some());
            Look { by: By::Path(via), asked: path.name.clone(), found }
        });
        let candidates = if several && spelled.is_none() { files } else { &[] };
        Some(Choice { to: to?, via, candidates })
    }

    /// Rules 2 and 3: the best of the files whose paths end in a name.
    fn named<'a>(
        &'a self,
        name: &Asked,
        place: &Place<'_>,
        link: &Link<&str>,
        record: &mut impl Record,
    ) -> Option<Choice<'a>> {
        let (files, length) = lookup(name, |end| self.files.ending_in(end)).unwrap_or_default();
        let rule = |file: Number| self.rule(file, length, place.folder);
        let compare = |a: Number, b: Number| self.compare(a, b, rule, link);
        let order = |a: Number, b: Number| compare(a, b).0;
        record.look(|| {
            let mut found = files.to_vec();
            found.sort_by(|&a, &b| order(a, b));
            let best = found.first().copied();
            let behind = |file| best.filter(|best| *best != file).map(|best| compare(best, file).1);
            let sighting = |file| Sighting { file, via: rule(file), behind: behind(file) };
            let found = found.into_iter().map(sighting).collect();
            Look { by: By::Ending, asked: name.name.clone(), found }
        });
        let (&first, more) = files.split_first()?;
        if more.is_empty() {
            return Some(Choice { to: first, via: rule(first), candidates: &[] });
        }
        let to = files.iter().copied().min_by(|&a, &b| order(a, b))?;
        let via = rule(to);
        // The exact path from the root is what the link says, whatever else ends alike.
        let exact = files.iter().take_while(|&&file| rule(file) == Via::Path).count();
        let sure = via == Via::Path && (exact == 1 || self.is_spelled(to, link));
        Some(Choice { to, via, candidates: if sure { &[] } else { files } })
    }

    /// Rule 4: the only page with that alias, else the only one with that title.
    fn called(&self, name: &str, record: &mut impl Record) -> Option<Choice<'_>> {
        let called = self.called.get(Key::of_name(name));
        let by = |via: Via| called.iter().filter(move |called| self.goes_by(**called, name, via));
        for (via, how) in [(Via::Alias, By::Alias), (Via::Title, By::Title)] {
            record.look(|| {
                let sighting = |called: &Called| Sighting { file: called.page, via, behind: None };
                let mut found: Vec<_> = by(via).map(sighting).collect();
                found.sort_unstable_by_key(|sighting| self.files.path(sighting.file));
                Look { by: how, asked: name.to_owned(), found }
            });
            let mut pages = by(via);
            // An alias that several pages have hides the titles.
            if let Some(first) = pages.next() {
                let to = first.page;
                return pages.next().is_none().then_some(Choice { to, via, candidates: &[] });
            }
        }
        None
    }

    fn goes_by(&self, called: Called, name: &str, via: Via) -> bool {
        let record = self.files.record(called.page);
        called.via == via
            && record.is_some_and(|record| {
                called_names(&record.page.title, &record.page.facts)
                    .any(|(own, by)| by == via && own == name)
            })
    }

    /// The first part of rule 3 that speaks for `file`, whose path ends in a name of that length.
    fn rule(&self, file: Number, name_length: usize, own_folder: &str) -> Via {
        speaks_for(self.files.folded(file), self.files.folder(file), name_length, own_folder)
    }

    /// Rule 3: which of two files goes first, and what decides. After the rules that speak for them the
    /// shortest path, then the first by name; of paths that differ by case alone the one that is spelled as in
    /// the link.
    fn compare(
        &self,
        a: Number,
        b: Number,
        rule: impl Fn(Number) -> Via,
        link: &Link<&str>,
    ) -> (Ordering, Behind) {
        let by_rule = rule(a).cmp(&rule(b));
        if by_rule.is_ne() {
            return (by_rule, Behind::Rule);
        }
        let (path_a, path_b) = (self.files.folded(a), self.files.folded(b));
        let by_length = path_a.chars().count().cmp(&path_b.chars().count());
        if by_length.is_ne() {
            return (by_length, Behind::Length);
        }
        let by_name = path_a.cmp(path_b);
        if by_name.is_ne() {
            return (by_name, Behind::Name);
        }
        let by_spelling = self.is_spelled(b, link).cmp(&self.is_spelled(a, link));
        if by_spelling.is_ne() {
            return (by_spelling, Behind::Spelling);
        }
        (self.files.path(a).cmp(self.files.path(b)), Behind::Name)
    }

    /// Whether the path ends in the target to the letter, case included.
    fn is_spelled(&self, file: Number, link: &Link<&str>) -> bool {
        let target = written(link);
        let target = nfc(target.trim_start_matches(['.', '/']));
        let path = self.files.path(file).as_str();
        path.ends_with(&*target)
            || strip_page_extension(path).is_some_and(|path| path.ends_with(&*target))
    }
}

/// The first part of rule 3 that speaks for what stands at `path` in `folder`, for a name of that length
/// asked for in `own_folder`; all folded.
fn speaks_for(path: &str, folder: &str, name_length: usize, own_folder: &str) -> Via {
    let below = || {
        let rest = path.strip_prefix(own_folder);
        rest.is_some_and(|rest| own_folder.is_empty() || rest.starts_with('/'))
    };
    if path.len() == name_length {
        Via::Path
    } else if folder == own_folder {
        Via::Folder
    } else if below() {
        Via::Below
    } else {
        Via::Shortest
    }
}

/// The first files that `find` has for a name and what may stand behind it, and the length of the
/// name with that.
fn lookup<'a>(asked: &Asked, find: impl Fn(&str) -> &'a [Number]) -> Option<(&'a [Number], usize)> {
    let mut end = String::with_capacity(asked.name.len() + ".markdown".len());
    end.push_str(&asked.name);
    asked.endings().find_map(|ending| {
        end.truncate(asked.name.len());
        end.push_str(ending);
        let files = find(&end);
        (!files.is_empty()).then_some((files, end.len()))
    })
}
