//! The footer: a line that says how things stand, and a line with the few keys that help now.

mod hints;
mod selected;

use std::collections::HashSet;

use ratatui::layout::{Position, Rect};

use self::hints::hints;
use self::selected::selected;
use super::list::thousands;
use super::paint::Canvas;
use super::{place, selection, suggest, tree};
use crate::app::failed::Job;
use crate::app::find::MOST_MATCHES;
use crate::app::labels::{Labels, Purpose};
use crate::app::model::{Grade, Notice, Progress, WikiKind};
use crate::app::reader::{Address, select};
use crate::app::search::steps;
use crate::app::tree::Head;
use crate::app::{Hit, Model, Panes, update};
use crate::command::{Command, Place};
use crate::search::tagfilter;
use crate::text::role::Role;
use crate::text::width::width;

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
        let (said, role) = match &find.mistake {
            Some(mistake) => {
                let room = usize::from(right.saturating_sub(left)) * 2 / 3;
                (canvas.cut(mistake, room), Role::Error)
            }
            None => (count(model), Role::Quiet),
        };
        let end = canvas.text_right(left, area.y, right, &said, role);
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
        Progress::Starting | Progress::Listed { .. } if model.failed.contains(&Job::Scan) => {
            Some("the wiki is not read".to_owned())
        }
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
    let query = canvas.cut(&tagfilter::shown(&model.filter.text), most);
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
