//! The footer: a line that says how things stand, and a line with the few keys that help now.

use std::collections::HashSet;

use ratatui::layout::{Position, Rect};

use super::list::thousands;
use super::paint::Canvas;
use super::{overlay, place, selection, suggest, tree};
use crate::app::context::Part;
use crate::app::failed::Job;
use crate::app::find::MOST_MATCHES;
use crate::app::hints::has_links_in_sight;
use crate::app::labels::{Labels, Purpose};
use crate::app::model::{Focus, Grade, Notice, Progress, SidebarList, WikiKind};
use crate::app::reader::links::{say_how, selected_link};
use crate::app::reader::{self, Address, OpenPage, select};
use crate::app::search::steps;
use crate::app::tree::Head;
use crate::app::{Hit, Model, Panes, peek, update};
use crate::command::{Command, Place};
use crate::index::Status;
use crate::layout::Action;
use crate::search::query::Query;
use crate::text::role::Role;
use crate::text::width::width;

/// Hints shown at most.
const MOST_HINTS: usize = 6;

/// Footers of that width have room for the page's length beside what they say.
const LENGTH_FROM: u16 = 60;

/// Draws the footer. Where there is one row for both lines, hints give way to whatever has to be said.
pub(super) fn draw(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if area.is_empty() {
        return;
    }
    if Panes::of(model).alone {
        return quiet(model, area, canvas);
    }
    canvas.clear(area, canvas.theme.style(Role::Status));
    let first = Rect { height: 1, ..area };
    if area.height > 1 {
        state(model, first, canvas);
        hints(model, Rect { y: area.y + 1, ..first }, canvas);
    } else if has_to_say(model) {
        state(model, first, canvas);
    } else {
        hints(model, first, canvas);
    }
}

/// Below a page alone: what has to be said, else only where in it one is, on the page's own ground.
fn quiet(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    if has_to_say(model) {
        canvas.clear(area, canvas.theme.style(Role::Status));
        return state(model, area, canvas);
    }
    let place = place::of(model, canvas);
    let right = area.right().saturating_sub(1);
    canvas.text_right(area.x, area.y, right, place.within(area.width.into()), Role::Quiet);
}

fn has_to_say(model: &Model) -> bool {
    let find = &model.reader.find;
    model.labels.is_some()
        || model.notice.is_some()
        || model.wiki.greeting.is_some()
        || find.field.is_some()
        || !find.matches.is_empty()
        || steps::standing(model).is_some()
        || !model.filter.text.is_empty()
        || model
            .reader
            .open
            .as_ref()
            .is_some_and(|open| open.selected.is_some() || open.selection.is_some())
}

/// At the left the most pressing of: the field that is typed, a notice, where the selected link leads, the
/// marks on the page, which page this is. At the right the filter, progress, length.
fn state(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let (left, right) = (area.x + 1, area.right().saturating_sub(1));
    let find = &model.reader.find;
    if let Some(field) = &find.field {
        let end = canvas.text_right(left, area.y, right, &count(model), Role::Quiet);
        let at = canvas.role(left, area.y, end, "/", Role::InputPrompt);
        let room = usize::from(end.saturating_sub(at + 1));
        let visible = field.visible(room);
        canvas.role(at, area.y, end, visible.text, Role::Input);
        let cursor = at + u16::try_from(visible.cursor).unwrap_or(0);
        canvas.cursor = Some(Position::new(cursor, area.y));
        return;
    }
    let end = standing(model, left, area, canvas).saturating_sub(2);
    if let Some(labels) = &model.labels {
        let leave = Panes::of(model).footer == 1;
        return choosing(
            labels,
            leave,
            Rect { x: left, width: end.saturating_sub(left), ..area },
            canvas,
        );
    }
    if let Some(notice) = &model.notice {
        return say(notice, left, area.y, end, canvas);
    }
    let selecting = model.reader.open.as_ref();
    if let Some(mut text) = selecting.and_then(|open| selection::status(open, dot(canvas))) {
        let room = usize::from(end.saturating_sub(left));
        if Panes::of(model).footer == 1 {
            let keys = selection_keys(model, dot(canvas));
            let fitting = keys.iter().find(|keys| width(&text) + width(keys) <= room);
            text.push_str(fitting.map_or("", String::as_str));
        }
        let text = canvas.cut(&text, room);
        canvas.role(left, area.y, end, &text, Role::Notice);
        return;
    }
    if let Some(text) = selected(model) {
        let text = canvas.cut_start(&text, usize::from(end.saturating_sub(left + 2)));
        let at = canvas.role(left, area.y, end, canvas.sign("→ ", "> "), Role::Accent);
        canvas.role(at, area.y, end, &text, Role::Status);
        return;
    }
    if let Some(hit) = steps::standing(model) {
        let more = if hit.more { "+" } else { "" };
        let place = format!("{} of {}{more}", thousands(hit.nth), thousands(hit.of));
        let at = canvas.role(left, area.y, end, &place, Role::Accent);
        let at = canvas.role(at, area.y, end, &format!(" {} ", dot(canvas)), Role::Quiet);
        let typed = canvas.cut(hit.typed, usize::from(end.saturating_sub(at)));
        canvas.role(at, area.y, end, &typed, Role::Input);
        return;
    }
    if let Some(words) = understood(model, canvas) {
        let words = canvas.cut(&words, usize::from(end.saturating_sub(left)));
        canvas.role(left, area.y, end, &words, Role::Notice);
        return;
    }
    if let Some((about, role)) = tree::of_shelf(model) {
        let text = canvas.cut(&about, usize::from(end.saturating_sub(left)));
        canvas.role(left, area.y, end, &text, role);
        return;
    }
    if !find.matches.is_empty() {
        let at = canvas.role(left, area.y, end, "/", Role::InputPrompt);
        canvas.role(at, area.y, end, &find.wanted.text, Role::Input);
        return;
    }
    if let Some(greeting) = &model.wiki.greeting {
        let room = usize::from(end.saturating_sub(left));
        // Of what does not fit the last sentence says what to do.
        let last = greeting.rsplit_once(". ").map_or(greeting.as_str(), |(_, last)| last);
        let text = if width(greeting) <= room { greeting } else { last };
        let text = canvas.cut(text, room);
        canvas.role(left, area.y, end, &text, Role::Notice);
        return;
    }
    let at = canvas.role(left, area.y, end, &model.wiki.name, Role::Status) + 2;
    if model.wiki.kind == WikiKind::Single {
        // The one page is called like its wiki.
        return;
    }
    let place = match model.reader.open.as_ref().map(|open| &open.address) {
        Some(Address::Page(path)) => path.to_string(),
        Some(Address::Missing { target, .. }) => format!("{target} (not written yet)"),
        None => return,
    };
    let place = canvas.cut_start(&place, usize::from(end.saturating_sub(at)));
    canvas.role(at, area.y, end, &place, Role::Quiet);
}

/// The filter in words while it is typed.
fn understood(model: &Model, canvas: &Canvas<'_>) -> Option<String> {
    let field = model.tree.typing.as_ref().filter(|_| model.overlays.is_empty())?;
    // Where there is no room for it below the field.
    if let Some(error) = &model.filter.error
        && Head::of(model).error == 0
    {
        return Some(error.message.clone());
    }
    let pages = model.filter.pages.as_ref().filter(|_| !model.filter.is_waiting());
    suggest::restated(&field.text, pages.map(HashSet::len), dot(canvas))
}

fn dot(canvas: &Canvas<'_>) -> &'static str {
    canvas.sign("·", "-")
}

/// ` · y copy  Y copy Markdown  Esc leave` for where there is no row of hints, and shorter.
fn selection_keys(model: &Model, dot: &str) -> [String; 2] {
    use Command::{CopySelection, CopySelectionSource, LeaveSelection};
    let hints = [CopySelection, CopySelectionSource, LeaveSelection]
        .map(|command| (model.keymap.shown(Place::Selection, command), command.entry().hint));
    let long = hints.clone().map(|(key, hint)| format!("{key} {hint}")).join("  ");
    let short = hints.map(|(key, _)| key).join("  ");
    [format!(" {dot} {long}"), format!(" {dot} {short}")]
}

/// What stands at the right; gives the column it starts at.
fn standing(model: &Model, left: u16, area: Rect, canvas: &mut Canvas<'_>) -> u16 {
    let right = area.right().saturating_sub(1);
    let mut end = right;
    let busy = match model.progress {
        _ if model.failed.contains(&Job::Scan) => Some("the wiki is not read".to_owned()),
        Progress::Starting => Some("reading".to_owned()),
        Progress::Listed { pages: 1 } => Some("reading 1 page".to_owned()),
        Progress::Listed { pages } => Some(format!("reading {} pages", thousands(pages))),
        Progress::Ready => {
            model.catching_up.map(|files| format!("reading {} changes", thousands(files)))
        }
    };
    let find = &model.reader.find;
    let marks = (!find.matches.is_empty() || find.is_searching()).then(|| count(model));
    let selecting = select::is_on(model);
    let length = || length(model).filter(|_| area.width >= LENGTH_FROM && !selecting);
    if let Some(text) = marks.or(busy).or_else(length) {
        // Of a narrow screen the page's length does not take more than a third.
        if width(&text) * 3 <= usize::from(area.width) {
            end = canvas.text_right(left, area.y, end, &text, Role::Quiet);
        }
    }
    // A filter that is being typed stands in its field, and here in words.
    if model.filter.text.is_empty() || model.tree.typing.is_some() && model.overlays.is_empty() {
        return end;
    }
    let key = model.keymap.shown(update::place(model), Command::ClearFilter);
    let clears = format!(" {key} clears");
    let most = usize::from(area.width / 2).saturating_sub(width(&clears));
    let query = canvas.cut(&model.filter.text, most);
    let cells = u16::try_from(width(&query) + width(&clears)).unwrap_or(0);
    let start = end.saturating_sub(cells + 2).max(left);
    let role = if model.filter.error.is_some() { Role::Error } else { Role::TagActive };
    let middle = canvas.role(start, area.y, end, &query, role);
    canvas.hit(Rect::new(start, area.y, middle - start, 1), Hit::Filter);
    let after = canvas.role(middle, area.y, end, &clears, Role::Quiet);
    canvas.hit(Rect::new(middle, area.y, after - middle, 1), Hit::Hint(Command::ClearFilter));
    start
}

/// `3/17`, or `0/0` where nothing matches; nothing while nothing is looked for.
fn count(model: &Model) -> String {
    let find = &model.reader.find;
    let typed = find.field.as_ref().map_or(&find.wanted.text, |field| &field.text);
    if typed.is_empty() {
        return String::new();
    }
    if find.is_searching() {
        let failed = model.failed.contains(&Job::FindInPage);
        return if failed { "failed" } else { "searching" }.to_owned();
    }
    let current = find.current.map_or(0, |nth| nth + 1);
    let more = if find.matches.len() == MOST_MATCHES { "+" } else { "" };
    format!("{}/{}{more}", thousands(current), thousands(find.matches.len()))
}

/// What letters do while there are labels, and those typed so far; how to `leave` where no row of hints
/// says it.
fn choosing(labels: &Labels, leave: bool, area: Rect, canvas: &mut Canvas<'_>) {
    let dot = canvas.sign(" · ", " - ");
    let mut text = match labels.purpose {
        Purpose::Open => format!("letter: open{dot}capital: peek"),
        Purpose::Peek => "letter: peek".to_owned(),
        Purpose::Explain => "letter: explain".to_owned(),
        Purpose::Fold => "letter: fold or unfold".to_owned(),
    };
    if leave {
        text.push_str(dot);
        text.push_str("Esc");
    }
    let (left, row, end) = (area.x, area.y, area.right());
    let mut at = canvas.role(left, row, end, canvas.sign("❯ ", "> "), Role::InputPrompt);
    if !labels.typed.is_empty() {
        at = canvas.role(at, row, end, &format!("{} ", labels.typed), Role::Input);
    }
    canvas.role(at, row, end, &text, Role::Status);
}

/// A notice with the sign of its grade.
pub(super) fn say(notice: &Notice, left: u16, row: u16, end: u16, canvas: &mut Canvas<'_>) {
    let (sign, role) = match notice.grade {
        Grade::Done => (canvas.sign("· ", "- "), Role::Notice),
        Grade::Warning => ("! ", Role::Warning),
        Grade::Error => (canvas.sign("✗ ", "x "), Role::Error),
    };
    let at = canvas.role(left, row, end, sign, role);
    let text = canvas.cut(&notice.text, usize::from(end.saturating_sub(at)));
    canvas.role(at, row, end, &text, role);
}

/// The selected stop of a page, if it is in sight: one that was scrolled away is no longer what the reader has in
/// mind, nor what `Enter` follows.
fn selected_stop(model: &Model, open: &OpenPage) -> Option<u32> {
    let is_peek = model.reader.open.as_ref().is_none_or(|page| !std::ptr::eq(page, open));
    let lines = || open.layout.lines(open.anchor, reader::rows(model));
    let is_there = |nth: &u32| {
        is_peek || lines().iter().flat_map(|line| &line.segments).any(|s| s.stop == Some(*nth))
    };
    open.selected.filter(is_there)
}

/// Where the selected stop leads, and how its page was found.
fn selected(model: &Model) -> Option<String> {
    let open = peek::page(model)?;
    let nth = selected_stop(model, open)?;
    if let Some((id, link)) = selected_link(open) {
        if link.is_external() {
            return Some(link.target().to_owned());
        }
        let fragment = link.fragment().map_or(String::new(), |name| format!("#{name}"));
        if link.target().is_empty() {
            return Some(fragment);
        }
        let resolution = model.index.resolve(open.base_of(id), link);
        let page = resolution.page().and_then(|id| model.index.page(id));
        let goal = match (&resolution.status, page) {
            (_, Some(page)) => format!("{}{fragment}", page.path),
            (Status::Attachment(path), _) => path.to_string(),
            (Status::Folder(folder), _) => match model.index.folder_page(folder) {
                Some(id) => model.index.page(id)?.path.to_string(),
                None => format!("{folder}/ (a folder)"),
            },
            (Status::Missing, _) if model.wiki.kind == WikiKind::Single => {
                format!("{} (only this page is open)", link.target())
            }
            (Status::Missing, _) if model.progress == Progress::Ready => {
                format!("{} (nobody has written it yet)", link.target())
            }
            _ => format!("{}{fragment}", link.target()),
        };
        return Some(match say_how(&model.index, &resolution) {
            Some(how) => format!("{goal} ({})", in_a_sentence(&how)),
            None => goal,
        });
    }
    match open.layout.stop(nth)?.action {
        Action::Tag(tag) => {
            let name = &open.document.facts.tags.get(tag as usize)?.name;
            Some(format!("pages with #{name}"))
        }
        Action::Backlink(nth) => {
            let source = open.backlinks.get(nth as usize)?.source;
            Some(model.index.page(source)?.path.to_string())
        }
        Action::Footnote(number) => Some(format!("footnote {number}")),
        Action::Properties => Some("fold or unfold the properties".to_owned()),
        Action::Fold(head) => {
            let folded = open.layout.options().folds.is_closed(head);
            Some(if folded { "unfold this" } else { "fold this" }.to_owned())
        }
        Action::Link(_) => None,
    }
}

/// A sentence as a part of another one: its first letter small, the names in it as they are.
fn in_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `1,234 words`
fn length(model: &Model) -> Option<String> {
    let open = model.reader.open.as_ref().filter(|open| open.is_written())?;
    if open.is_deleted {
        return Some("deleted".to_owned());
    }
    let words = open.document.facts.words;
    let unit = if words == 1 { "word" } else { "words" };
    Some(format!("{} {unit}", thousands(words as usize)))
}

/// The keys that help now.
fn hints(model: &Model, area: Rect, canvas: &mut Canvas<'_>) {
    let right = area.right().saturating_sub(1);
    let mut at = area.x + 1;
    let mut hints = chosen(model);
    hints.truncate(MOST_HINTS);
    let cells = |(key, text, _): &Hint| width(key) + 1 + width(text);
    // Where there is no room for all, the last one stays: it leads to all the others.
    let room = usize::from(right.saturating_sub(at));
    while hints.len() > 1 && hints.iter().map(|hint| cells(hint) + 3).sum::<usize>() > room + 3 {
        hints.remove(hints.len() - 2);
    }
    for (key, text, command) in hints {
        let start = at;
        at = canvas.role(at, area.y, right, &key, Role::HintKey) + 1;
        at = canvas.role(at, area.y, right, text, Role::HintText);
        if let Some(command) = command {
            canvas.hit(Rect::new(start, area.y, at - start, 1), Hit::Hint(command));
        }
        at += 3;
    }
}

/// A hint: the key, what it does, the command behind it.
type Hint = (String, &'static str, Option<Command>);

fn chosen(model: &Model) -> Vec<Hint> {
    let plain = |key: &str, text| (key.to_owned(), text, None);
    if let Some(labels) = &model.labels {
        let back = (!labels.typed.is_empty()).then(|| plain("Backspace", "step back"));
        return back.into_iter().chain([plain("Esc", "leave")]).collect();
    }
    if !model.overlays.is_empty() {
        return vec![plain("Esc", overlay::leaving(&model.overlays))];
    }
    if model.reader.find.field.is_some() {
        return vec![plain("Enter", "stay here"), plain("Down", "next"), plain("Esc", "back")];
    }
    if model.focus == Focus::Sidebar {
        match model.sidebar.list {
            SidebarList::Tree if model.tree.typing.is_some() => {
                let tab = match (&model.suggest.rows[..], &model.filter.error) {
                    ([], Some(_)) if Query::mended(&model.filter.text).is_some() => "put right",
                    ([], _) => "complete",
                    _ => "take",
                };
                let esc = if model.suggest.rows.is_empty() { "clear" } else { "close the list" };
                let keys =
                    [("Enter", "to the list"), ("Tab", tab), ("Ctrl-X", "explain"), ("Esc", esc)];
                return keys.map(|(key, text)| plain(key, text)).into();
            }
            SidebarList::Tags if model.tags.typing => {
                return vec![plain("Enter", "to the list"), plain("Esc", "all tags")];
            }
            _ => {}
        }
    }
    if model.focus == Focus::Context && model.context.typing {
        return vec![plain("Enter", "to the list"), plain("Esc", "all rows")];
    }
    let place = update::place(model);
    commands(model, place)
        .into_iter()
        .filter_map(|command| {
            let key = model.keymap.shown(place, command);
            let text = match command {
                Command::Cancel if place == Place::Tags && is_narrowed(model) => "all tags",
                Command::Cancel if place == Place::Context && model.context.is_narrowed() => {
                    "all rows"
                }
                Command::Cancel if place != Place::Page => "page",
                Command::Cancel => "clear",
                Command::Search if steps::standing(model).is_some() => "all hits",
                Command::Follow if selects_fold(model) => "fold, unfold",
                _ => command.entry().hint,
            };
            (!key.is_empty()).then_some((key, text, Some(command)))
        })
        .collect()
}

/// Whether the list of tags is narrowed.
fn is_narrowed(model: &Model) -> bool {
    !model.tags.narrow.text.is_empty()
}

/// Whether the selected stop is the sign of a fold.
fn selects_fold(model: &Model) -> bool {
    let open = model.reader.open.as_ref();
    let stop = open.and_then(|open| open.layout.stop(selected_stop(model, open)?));
    matches!(stop.map(|stop| stop.action), Some(Action::Fold(_)))
}

/// Whether the selected link is missing or ambiguous.
fn is_odd(model: &Model, open: &OpenPage) -> bool {
    model.progress == Progress::Ready
        && selected_link(open).is_some_and(|(id, link)| {
            let status = model.index.resolve(open.base_of(id), link).status;
            matches!(status, Status::Missing | Status::Ambiguous { .. })
        })
}

/// The commands that help now, the most helpful first.
fn commands(model: &Model, place: Place) -> Vec<Command> {
    use Command as C;
    let filtered = !model.filter.text.is_empty();
    match place {
        Place::Tree if filtered => {
            vec![C::OpenNode, C::FilterTree, C::Explain, C::ClearFilter, C::Cancel, C::Help]
        }
        Place::Tree => vec![C::OpenNode, C::FilterTree, C::Tags, C::CycleSort, C::Cancel, C::Help],
        Place::Tags if filtered => {
            vec![C::RequireTag, C::AllowTag, C::ExcludeTag, C::ClearFilter, C::Cancel, C::Help]
        }
        Place::Tags => {
            vec![C::RequireTag, C::AllowTag, C::ExcludeTag, C::FilterTags, C::Cancel, C::Help]
        }
        Place::Context if model.context.part == Part::LinksTo => {
            vec![C::OpenRow, C::ShowLink, C::NextPart, C::Peek, C::Cancel, C::Help]
        }
        Place::Context => {
            vec![C::OpenRow, C::NextPart, C::FilterContext, C::Peek, C::Cancel, C::Help]
        }
        Place::Selection => vec![
            C::CopySelection,
            C::CopySelectionSource,
            C::LeaveSelection,
            C::SelectByLine,
            C::SwapEnds,
            C::Help,
        ],
        // The braid and the neighbourhood have a row of keys of their own.
        Place::Page | Place::Neighbourhood | Place::List | Place::Everywhere | Place::Braid => {
            on_page(model)
        }
    }
}

fn on_page(model: &Model) -> Vec<Command> {
    use Command as C;
    let back = (!model.history.back.is_empty()).then_some(C::Back);
    let Some(open) = &model.reader.open else {
        return vec![C::FindPage, C::FocusTree, C::Help, C::Quit];
    };
    let rows = reader::rows(model);
    let links = has_links_in_sight(open, rows).then_some(C::LinkHints);
    if steps::standing(model).is_some() && selected_stop(model, open).is_none() {
        return vec![C::NextHit, C::PreviousHit, C::Search, C::NextMatch, C::Cancel, C::Help];
    }
    let marked = !model.reader.find.matches.is_empty();
    let selected = selected_stop(model, open);
    if marked && selected.is_some() {
        return vec![C::Follow, C::NextLink, C::NextMatch, C::PreviousMatch, C::Cancel, C::Help];
    }
    if marked {
        let mut hints = vec![C::NextMatch, C::PreviousMatch, C::Cancel, C::FindInPage];
        hints.extend(links);
        hints.push(C::Help);
        return hints;
    }
    if selected.is_some() {
        let mut hints = vec![C::Follow];
        hints.extend((!selects_fold(model)).then_some(C::Peek));
        hints.push(C::NextLink);
        // Of an odd link one asks first why it is odd.
        hints.extend(is_odd(model, open).then_some(C::Explain).or(back).or(links));
        hints.extend([C::Cancel, C::Help]);
        return hints;
    }
    let mut hints = Vec::new();
    if open.layout.stops() > 0 {
        hints.push(C::NextLink);
    }
    hints.extend(links);
    hints.extend(back);
    if model.wiki.kind == WikiKind::Single {
        // There is no other page, and no tree.
        hints.extend([C::FindInPage, C::Outline, C::FocusMode, C::Quit, C::Help]);
    } else {
        hints.extend([C::FindPage, C::FindInPage, C::FocusTree, C::Outline, C::Help]);
    }
    if open.layout.has_wide_table(open.anchor, rows) {
        // The way back and what finds pages and words stay; of links the page itself tells.
        if hints.contains(&C::Back) {
            hints.retain(|hint| !matches!(hint, C::NextLink | C::LinkHints));
        }
        hints.splice(0..0, [C::PanRight, C::FullTable]);
    }
    // Help comes last and is never the one that is left out.
    while hints.len() > MOST_HINTS {
        hints.remove(MOST_HINTS - 1);
    }
    hints
}
