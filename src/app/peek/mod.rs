//! Peek: a page, a section or a note in a box over what one reads, without going there. Peeks stand on the
//! stack of overlays, each beside what it was opened from; nothing of the reader changes before one goes.
//!
//! | file | subject |
//! |---|---|
//! | `room` | how large the box is and where it stands |
//! | `text` | what is said about things that are no pages |

mod room;
mod text;

use std::collections::HashSet;

use super::check;
use super::connect;
use super::context;
use super::explain;
use super::hints;
use super::labels::Purpose;
use super::model::{Focus, Model, Progress, Ticket};
use super::msg::PageRead;
use super::neighbourhood;
use super::overlay::{self, Frame};
use super::reader::{self, Address, Goal, Lead, OpenPage, lead, links};
use super::{Effect, Hit, Overlay};
use crate::command::{Command, Key, Match, Place};
use crate::layout::{Action, Head, PageLayout};
use crate::vault::PagePath;
use crate::vault::title::title;
use crate::vault::tree::RowKind;

pub use room::prepare;

/// One peek.
#[derive(Debug)]
pub struct Peek {
    /// What is shown; `None` until it was read.
    pub open: Option<OpenPage>,
    /// Where the box stands.
    pub frame: Frame,
    /// What it was opened from.
    from: Hit,
    /// Where Enter goes; `None` from a note to the page below, where it stands.
    lead: Option<Lead>,
    /// Where the page is opened.
    goal: Goal,
    /// The request under way.
    asked: Option<Ticket>,
    /// Whether the box is no wider than its text.
    snug: bool,
    /// For which room the box was made.
    made_for: Option<room::Room>,
    /// Whether one has moved since.
    moved: bool,
}

/// Peeks at what the cursor or the selection of the focused pane is on. On a page without one, letters
/// choose.
pub fn run(model: &mut Model, effects: &mut Vec<Effect>) {
    use super::model::SidebarList::{Tags, Tree};
    let hit = match (model.focus, model.sidebar.list) {
        (Focus::Page, _) => match links::selected(model) {
            Some(nth) => Hit::Stop(nth),
            None => return hints::open(model, Purpose::Peek),
        },
        (Focus::Sidebar, Tree) => Hit::TreeRow(model.tree.list.at),
        (Focus::Sidebar, Tags) => Hit::TagRow(model.tags.list.at),
        (Focus::Context, _) => Hit::ContextRow(model.context.item()),
    };
    at(model, hit, effects);
}

/// Peeks at what lies behind something on the screen: in the topmost peek, else in the panes.
pub fn at(model: &mut Model, hit: Hit, effects: &mut Vec<Effect>) {
    if let Hit::Stop(nth) = hit
        && let Some(open) = page(model)
        && let Some(Action::Footnote(number)) = open.layout.stop(nth).map(|stop| stop.action)
    {
        let text = text::note(open, number);
        let address = open.address.clone();
        return push_text(model, hit, None, address, format!("Footnote {number}"), &text);
    }
    let Some((lead, how)) = lead_of(model, hit) else {
        return model.say(match model.progress {
            Progress::Ready => "There is nothing to peek at",
            _ => "Still reading the wiki: what this leads to is not known yet",
        });
    };
    if let Some(notice) = how {
        model.warn(notice);
    }
    push(model, hit, lead, effects);
}

/// The page that has the keys: the topmost peek's, else the reader's.
#[must_use]
pub fn page(model: &Model) -> Option<&OpenPage> {
    match model.overlays.last() {
        Some(Overlay::Peek(peek)) => peek.open.as_ref(),
        _ => model.reader.open.as_ref(),
    }
}

/// Whether a peek is the topmost overlay.
#[must_use]
pub fn is_open(model: &Model) -> bool {
    matches!(model.overlays.last(), Some(Overlay::Peek(_)))
}

/// The page of the topmost peek and the rows that show it, if that is what lies on top.
pub(super) fn shown(model: &mut Model) -> Option<(&mut OpenPage, usize)> {
    match model.overlays.last_mut() {
        Some(Overlay::Peek(peek)) => peek.shown(),
        _ => None,
    }
}

/// A page was read for a peek. One that was closed meanwhile does not come back.
pub fn read(model: &mut Model, read: PageRead) {
    let asked = |overlay: &Overlay| matches!(overlay, Overlay::Peek(peek) if peek.asked == Some(read.ticket));
    let Some(nth) = model.overlays.iter().position(asked) else { return };
    let page = reader::Page::of(read.result, &title(&read.path, None));
    let options = reader::options(model);
    let open = reader::lay_out(model, Address::Page(read.path), page, options);
    if let Overlay::Peek(peek) = &mut model.overlays[nth] {
        let rows = usize::from(peek.frame.inner_rows()).max(1);
        let place = peek.open.as_ref().map(|old| old.layout.source_at(old.anchor));
        let open = peek.open.insert(open);
        if let Some(place) = place.filter(|_| peek.moved) {
            reader::go_to(open, &Goal::Place(place), rows);
        }
    }
}

/// Files were changed: a peek at one of them is read again, its place stays.
pub(super) fn changed(
    model: &mut Model,
    nth: usize,
    paths: &HashSet<PagePath>,
    effects: &mut Vec<Effect>,
) {
    let ticket = Ticket(model.last_ticket.0 + 1);
    let index = &model.index;
    let Some(Overlay::Peek(peek)) = model.overlays.get_mut(nth) else { return };
    let Some(Lead::Page(Address::Page(path), _)) = &peek.lead else { return };
    if paths.contains(path) && index.at(path).is_some() {
        effects.push(Effect::ReadPeek { ticket, path: path.clone() });
        peek.asked = Some(ticket);
        model.last_ticket = ticket;
    }
}

/// The length of an attachment was looked up.
pub fn measured(model: &mut Model, ticket: Ticket, bytes: Result<u64, String>) {
    let found = model.overlays.iter().enumerate().find_map(|(nth, overlay)| match overlay {
        Overlay::Peek(Peek { asked, lead: Some(Lead::Attachment(path)), .. })
            if *asked == Some(ticket) =>
        {
            Some((nth, path.clone()))
        }
        _ => None,
    });
    let Some((nth, path)) = found else { return };
    let text = text::attachment(&path, bytes);
    let open = of_text(model, Address::Page(path.clone()), path.file_name().to_owned(), &text);
    if let Overlay::Peek(peek) = &mut model.overlays[nth] {
        peek.open = Some(open);
    }
}

/// Gives the topmost peek a key: those of the page that move, select and follow. Keys of the whole program
/// are left to others.
pub(super) fn key(model: &mut Model, key: Key, effects: &mut Vec<Effect>) -> bool {
    model.pending.push(key);
    match model.keymap.lookup_over(Place::Page, &model.pending) {
        Match::Prefix(_) => true,
        Match::None => {
            model.pending.clear();
            false
        }
        Match::Command(Command::Quit) if !key.ctrl => {
            close_all(model);
            true
        }
        Match::Command(command) => {
            model.pending.clear();
            run_in(model, command, effects)
        }
    }
}

/// The wheel was turned over the topmost peek.
pub(super) fn wheel(model: &mut Model, rows: i32) {
    let Some(Overlay::Peek(peek)) = model.overlays.last_mut() else { return };
    peek.moved = true;
    if let Some((open, shown)) = peek.shown() {
        reader::move_by(open, isize::try_from(rows).unwrap_or(0), shown);
    }
}

/// Follows a stop of the topmost peek: all peeks give way to where it leads.
pub(super) fn follow(model: &mut Model, nth: u32, effects: &mut Vec<Effect>) {
    let Some((open, rows)) = shown(model) else { return };
    let Some(action) = open.layout.stop(nth).map(|stop| stop.action) else { return };
    if let Action::Footnote(_) = action {
        if !links::to_other_end(open, nth, rows) {
            model.say("This footnote has no other end");
        }
        return;
    }
    match action {
        Action::Fold(head) => return reader::folds::toggle(open, head, rows),
        Action::Properties => return reader::folds::toggle_properties(open, rows),
        _ => {}
    }
    match lead_of(model, Hit::Stop(nth)) {
        Some((lead, how)) => {
            if let Some(notice) = how {
                model.warn(notice);
            }
            leave_for(model, lead, effects);
        }
        None => model.say("Still reading the wiki: where this leads is not known yet"),
    }
}

/// Brings a heading of the topmost peek to its top.
pub(super) fn to_heading(model: &mut Model, nth: u32) {
    let Some(Overlay::Peek(peek)) = model.overlays.last_mut() else { return };
    peek.moved = true;
    let Some((open, rows)) = peek.shown() else { return };
    if let Some(start) = open.document.facts.headings.get(nth as usize).map(|h| h.span.start) {
        reader::go_to(open, &Goal::Place(start), rows);
    }
}

impl Peek {
    /// The heading of the section in which it stands.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        let open = self.open.as_ref()?;
        let heading = open.document.facts.headings.get(super::outline::section(open)?)?;
        Some(&*heading.text).filter(|text| *text != open.title)
    }

    /// Whether it shows a page, or a part of one; not a tag, a file or what the program says.
    fn is_of_page(&self) -> bool {
        match &self.lead {
            Some(lead) => matches!(lead, Lead::Page(..)),
            // A note stands on its page; what the program says does not.
            None => self.open.as_ref().is_some_and(|open| open.address.path().is_some()),
        }
    }

    /// What it shows, and in how many rows.
    pub(super) fn shown(&mut self) -> Option<(&mut OpenPage, usize)> {
        let rows = usize::from(self.frame.inner_rows()).max(1);
        Some((self.open.as_mut()?, rows))
    }
}

/// Runs a command in the topmost peek; whether it has a meaning there.
fn run_in(model: &mut Model, command: Command, effects: &mut Vec<Effect>) -> bool {
    use Command as C;
    let Some(Overlay::Peek(peek)) = model.overlays.last_mut() else { return false };
    let mut notice = None;
    match command {
        C::ScrollDown
        | C::ScrollUp
        | C::HalfPageDown
        | C::HalfPageUp
        | C::PageDown
        | C::PageUp
        | C::Top
        | C::Bottom
        | C::PanRight
        | C::PanLeft
        | C::NextHeading
        | C::PreviousHeading
        | C::ToggleProperties => {
            peek.moved = true;
            if let Some((open, rows)) = peek.shown() {
                notice = reader::scroll::over(open, command, rows);
            }
        }
        C::NextLink | C::PreviousLink => {
            let step =
                if command == C::NextLink { links::Step::Next } else { links::Step::Previous };
            if let Some((open, rows)) = peek.shown() {
                notice = links::select_in(open, step, rows).map(str::to_owned);
            }
        }
        C::Follow => match selected(model) {
            Some(nth) => follow(model, nth, effects),
            None => go_there(model, effects),
        },
        C::Peek => match selected(model) {
            Some(nth) => at(model, Hit::Stop(nth), effects),
            None => hints::open(model, Purpose::Peek),
        },
        C::LinkHints => hints::open(model, Purpose::Open),
        C::Explain => explain::run(model, effects),
        C::ToggleFold
        | C::FoldHeadings
        | C::UnfoldAll
        | C::FoldToLevel1
        | C::FoldToLevel2
        | C::FoldToLevel3
        | C::FoldToLevel4
        | C::FoldToLevel5
        | C::FoldToLevel6 => {
            if let Some((open, rows)) = peek.shown() {
                notice = reader::folds::over(open, command, rows).map(str::to_owned);
            }
        }
        C::CopyPageLink | C::CopyHeadingLink if !peek.is_of_page() => {
            model.say("This is no page: there is no link to it");
        }
        C::CopyPageLink
        | C::CopyHeadingLink
        | C::CopyCode
        | C::CopyTable
        | C::CopyTableTsv
        | C::CopyLink
        | C::CopySource
        | C::CopyPage => reader::copy::run(model, command, effects),
        C::Back => overlay::close(model),
        C::Help => overlay::run(model, command, effects),
        _ => return false,
    }
    if let Some(notice) = notice {
        model.say(notice);
    }
    true
}

/// The stop of the topmost peek that is selected and in view.
pub(super) fn selected(model: &mut Model) -> Option<u32> {
    let (open, rows) = shown(model)?;
    links::selected_in_view(open, rows)
}

/// Goes to what the topmost peek shows: to its place, if one has moved there.
fn go_there(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Peek(peek)) = model.overlays.last() else { return };
    match (peek.lead.clone(), &peek.open, peek.from) {
        (Some(Lead::Page(address @ Address::Page(_), _)), Some(open), _) if peek.moved => {
            let place = Goal::Place(open.layout.source_at(open.anchor));
            leave_for(model, Lead::Page(address, place), effects);
        }
        (Some(lead), ..) => leave_for(model, lead, effects),
        (None, _, Hit::Stop(nth)) => {
            overlay::close(model);
            // What was a note may be something else since, if the page was written anew.
            let stop = page(model).and_then(|open| open.layout.stop(nth));
            match stop.map(|stop| stop.action) {
                Some(Action::Footnote(_)) if is_open(model) => follow(model, nth, effects),
                Some(Action::Footnote(_)) => links::press(model, nth, effects),
                _ => {}
            }
        }
        (None, ..) => {}
    }
}

/// Goes where it leads. Out of the wiki one goes from here, after asking; else all peeks are closed.
fn leave_for(model: &mut Model, lead: Lead, effects: &mut Vec<Effect>) {
    if !matches!(lead, Lead::External(_) | Lead::Attachment(_)) {
        let bottom = close_all(model);
        // What a peek was opened over would hide where one goes.
        while !model.overlays.is_empty() {
            overlay::close(model);
        }
        // Who follows what stands on a page has arrived there, even if it was only glanced at.
        if let Some(Hit::Stop(_) | Hit::Heading(_)) = bottom {
            reader::scroll::stay(model, effects);
        }
        if let Lead::Page(..) = lead {
            model.focus = Focus::Page;
        }
    }
    lead::go(model, lead, effects);
}

/// Closes all peeks; what the lowest was opened from.
fn close_all(model: &mut Model) -> Option<Hit> {
    model.pending.clear();
    let mut from = None;
    while let Some(Overlay::Peek(peek)) =
        model.overlays.pop_if(|top| matches!(top, Overlay::Peek(_)))
    {
        from = Some(peek.from);
    }
    from
}

/// Where something on the screen leads, and what there is to say about how it was found.
fn lead_of(model: &Model, hit: Hit) -> Option<(Lead, Option<String>)> {
    let to = |lead| Some((lead, None));
    match hit {
        Hit::Stop(nth) => {
            let open = page(model)?;
            lead::of(model, open, open.layout.stop(nth)?.action)
        }
        Hit::Heading(nth) => to(section(page(model)?, nth as usize)?),
        Hit::ContextRow(nth) => to(context::lead(model, nth)?),
        Hit::OverlayRow(nth) => {
            let lead = check::lead(model, nth).or_else(|| neighbourhood::lead(model, nth));
            to(lead.or_else(|| connect::lead(model, nth))?)
        }
        Hit::TreeRow(nth) => {
            let row = model.tree.tree.row(nth)?;
            let path = row.path?;
            let page = match row.kind {
                RowKind::Folder { .. } => {
                    let id = model.index.folder_page(path.as_str());
                    id.and_then(|id| model.index.page(id)).map(|page| &page.path)
                }
                RowKind::Gone => return None,
                RowKind::Page(_) | RowKind::Shelf { .. } | RowKind::Note => Some(path),
            };
            to(match page {
                Some(page) => Lead::Page(Address::Page(page.clone()), Goal::Top),
                None => Lead::Folder(path.as_str().to_owned()),
            })
        }
        Hit::TagRow(nth) => to(Lead::Tag(model.tags.rows.get(nth)?.tag.clone())),
        _ => None,
    }
}

/// The section of a heading.
pub(super) fn section(open: &OpenPage, nth: usize) -> Option<Lead> {
    let start = open.document.facts.headings.get(nth)?.span.start;
    Some(Lead::Page(open.address.clone(), Goal::Place(start)))
}

/// Puts a peek on the stack; what it shows is read, or said at once where there is nothing to read.
fn push(model: &mut Model, from: Hit, lead: Lead, effects: &mut Vec<Effect>) {
    let base = page(model).map(|open| open.address.base().clone());
    let base = base.or_else(|| model.index.pages().next().map(|page| page.path.clone()));
    let stands_in = |target: String| base.map(|from| Address::Missing { target, from });
    let (title, text) = match &lead {
        Lead::Page(Address::Page(path), goal) => {
            let (path, goal) = (path.clone(), goal.clone());
            let ticket = model.ticket();
            effects.push(Effect::ReadPeek { ticket, path });
            let peek =
                Peek { asked: Some(ticket), goal, snug: false, ..Peek::new(from, Some(lead)) };
            return model.overlays.push(Overlay::Peek(peek));
        }
        Lead::Page(address @ Address::Missing { target, .. }, _) => {
            let page = reader::not_written(&model.index, model.wiki.kind, target);
            let (links, backlinks) = reader::who_wants(model, target);
            let options = reader::options(model);
            let mut open = reader::lay_out(model, address.clone(), page, options);
            open.layout.set_tail(backlinks);
            open.backlinks = links;
            let peek = Peek { open: Some(open), snug: false, ..Peek::new(from, Some(lead)) };
            return model.overlays.push(Overlay::Peek(peek));
        }
        Lead::Attachment(path) => {
            let (ticket, path) = (model.ticket(), path.clone());
            effects.push(Effect::Measure { ticket, path });
            let peek = Peek { asked: Some(ticket), ..Peek::new(from, Some(lead)) };
            return model.overlays.push(Overlay::Peek(peek));
        }
        Lead::External(address) => ("Out of the wiki".to_owned(), text::external(address)),
        Lead::Folder(folder) => (format!("{folder}/"), text::folder(&model.index, folder)),
        Lead::Tag(tag) => (format!("#{tag}"), text::tag(&model.index, tag)),
    };
    if let Some(address) = stands_in(title.clone()) {
        push_text(model, from, Some(lead), address, title, &text);
    }
}

/// Says something in a peek, in Markdown; Enter goes where `lead` does.
pub(super) fn say(model: &mut Model, from: Hit, lead: Option<Lead>, title: String, text: &str) {
    // What is said names pages from the root: any page will do to name them from.
    let base = page(model).map(|open| open.address.base().clone());
    let base = base.or_else(|| model.index.pages().next().map(|page| page.path.clone()));
    if let Some(from_page) = base {
        let address = Address::Missing { target: title.clone(), from: from_page };
        push_text(model, from, lead, address, title, text);
    }
}

/// The topmost peek waits for an answer.
pub(super) fn await_answer(model: &mut Model, ticket: Ticket) {
    if let Some(Overlay::Peek(peek)) = model.overlays.last_mut() {
        peek.asked = Some(ticket);
    }
}

/// Says something else in the peek that waits for it.
pub(super) fn say_again(model: &mut Model, ticket: Ticket, text: &str) {
    let open = model.overlays.iter().enumerate().find_map(|(nth, overlay)| match overlay {
        Overlay::Peek(peek) if peek.asked == Some(ticket) => {
            let open = peek.open.as_ref()?;
            Some((nth, open.address.clone(), open.title.clone()))
        }
        _ => None,
    });
    let Some((nth, address, title)) = open else { return };
    let open = of_text(model, address, title, text);
    if let Overlay::Peek(peek) = &mut model.overlays[nth] {
        // The box is made anew for what is said now.
        *peek = Peek { open: Some(open), ..Peek::new(peek.from, peek.lead.take()) };
    }
}

/// Puts a peek on the stack that shows a text of the program.
fn push_text(
    model: &mut Model,
    from: Hit,
    lead: Option<Lead>,
    address: Address,
    title: String,
    text: &str,
) {
    let open = of_text(model, address, title, text);
    model.overlays.push(Overlay::Peek(Peek { open: Some(open), ..Peek::new(from, lead) }));
}

/// A text as a page without a head.
fn of_text(model: &mut Model, address: Address, title: String, text: &str) -> OpenPage {
    let page = reader::Page::new(reader::text_as_page(text));
    let options = reader::options(model);
    let mut open = reader::lay_out(model, address, page, options.clone());
    open.layout = PageLayout::new(open.document.clone(), Head::default(), options);
    open.title = title;
    open
}

impl Peek {
    /// Whether Enter goes anywhere while nothing is selected.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.lead.is_some() || matches!(self.from, Hit::Stop(_))
    }

    fn new(from: Hit, lead: Option<Lead>) -> Self {
        Self {
            open: None,
            frame: Frame::default(),
            from,
            lead,
            goal: Goal::Top,
            asked: None,
            snug: true,
            made_for: None,
            moved: false,
        }
    }
}
