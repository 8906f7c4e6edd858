//! Inline content: runs become looks, links get their signs, newlines are shown or flow. What the text
//! means is settled here, where it breaks is not.

use std::borrow::Cow;
use std::ops::Range;

use super::line::{Action, Look, TextPlace};
use super::options::{Breaks, Context, LinkLook, Options};
use super::pieces::first_piece;
use super::signs::Signs;
use super::wrap::{From, Wrap};
use crate::markdown::document::{Run, Target};
use crate::markdown::{Document, Inlines, LinkId, LinkKind, facts};
use crate::text::role::{Marks, Role};
use crate::text::width::{ellipsize_start_with, ellipsize_with, width};

/// A path behind an image takes no more cells than this: some are data, megabytes long.
const PATH_CELLS: usize = 48;

/// What every part of layout is told.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) document: &'a Document,
    pub(super) options: &'a Options,
    pub(super) context: &'a dyn Context,
    pub(super) signs: &'static Signs,
}

/// Where inline content stands, and the look that its unmarked text has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) leaf: u32,
    pub(super) cell: u32,
    /// The number of its first stop.
    pub(super) stop: u32,
    pub(super) base: Look,
}

/// Puts `inlines` into `wrap`; gives the number of the stop after its last.
pub(super) fn flow<'a>(
    set: Setting<'a>,
    inlines: &'a Inlines,
    place: Place,
    wrap: &mut Wrap<'a>,
) -> u32 {
    flow_part(set, inlines, 0..u32::MAX, place, wrap)
}

/// Puts the bytes `part` of `inlines` into `wrap`, which no target crosses the ends of; gives the number of the
/// stop after its last.
pub(super) fn flow_part<'a>(
    set: Setting<'a>,
    inlines: &'a Inlines,
    part: Range<u32>,
    place: Place,
    wrap: &mut Wrap<'a>,
) -> u32 {
    let end = inlines.text.len().min(part.end as usize);
    let flows = flows(inlines, set.options.breaks);
    let mut before = Target::None;
    let mut in_image = false;
    let mut stop = place.stop;
    for (range, run) in inlines.ranges_in(part) {
        let Some(text) = inlines.text.get(range.clone()) else { continue };
        if run.target != before {
            close(set, before, place, stop, wrap, &inlines.text[..range.start]);
            if run.target != Target::None {
                stop += 1;
            }
        }
        let look = look(set, &run, place, stop);
        // An image of HTML leads nowhere.
        let starts_image = run.target != before || run.target == Target::None && !in_image;
        in_image = run.marks.has(Marks::IMAGE);
        if starts_image && in_image {
            wrap.glued(set.signs.image, look);
            wrap.glued(" ", look);
        } else if run.target != before
            && let Some(sign) = embed_sign(set, run.target)
        {
            wrap.glued(&format!("{sign} "), Look { role: Role::Quiet, ..look });
        }
        before = run.target;
        let from = From {
            at: TextPlace { leaf: place.leaf, cell: place.cell, offset: offset(range.start) },
            source: run.source.start,
            exact: run.source.len() == text.len(),
        };
        match run.target {
            _ if run.marks.has(Marks::SOFT_BREAK) && flows => wrap.soft_newline(look, from),
            Target::Footnote(number) if run.marks.has(Marks::FOOTNOTE) => {
                wrap.substitute(set.signs.footnote(number), look, from, offset(text.len()));
            }
            // A cut address, which may hold a sign that is not of the page.
            _ if set.options.ascii
                && run.source.is_empty()
                && (run.marks.has(Marks::HTML) || run.marks.has(Marks::IMAGE)) =>
            {
                wrap.ornament(&text.replace('…', set.signs.dots), look);
            }
            _ => wrap.text(text, look, from),
        }
    }
    close(set, before, place, stop, wrap, &inlines.text[..end]);
    stop
}

/// The sign before an embed that is no image and stands within text.
fn embed_sign(set: Setting<'_>, target: Target) -> Option<&'static str> {
    let Target::Link(link) = target else { return None };
    let record = set.document.facts.links.get(link as usize)?;
    let is_file = set.context.link(link) == LinkLook::Attachment;
    let sign = if is_file { set.signs.attachment } else { set.signs.embed };
    (record.kind == LinkKind::Embed).then_some(sign)
}

/// What follows the text of a target: the sign of its look, the path of an image.
fn close(
    set: Setting<'_>,
    target: Target,
    place: Place,
    stop: u32,
    wrap: &mut Wrap<'_>,
    text: &str,
) {
    let Target::Link(link) = target else { return };
    let action = Some(Action::Link(link));
    let look = Look { role: Role::Quiet, action, stop: Some(stop - 1), ..place.base };
    let Some(record) = set.document.facts.links.get(link as usize) else { return };
    let in_wiki = matches!(set.context.link(link), LinkLook::Missing | LinkLook::Ambiguous);
    match record.kind {
        LinkKind::Image => {
            // An image without alt text is shown by its path alone.
            let path = short_path(set, record.target());
            if !text.ends_with(path.as_str()) {
                wrap.ornament(&format!(" ({path})"), look);
            }
            say(set, link, wrap, look);
        }
        // The sign before an embed says that it is a file.
        LinkKind::Embed if !in_wiki => {
            if set.context.reference(link).is_some() {
                wrap.glued(&link_sign(set, link), look);
            }
            say(set, link, wrap, look);
        }
        // A bare address says itself that it leads out of the wiki.
        _ if record.is_external() && text.ends_with(record.target()) => {}
        _ => wrap.glued(&link_sign(set, link), look),
    }
}

/// What stands behind a link: its number where it has one, else the sign of its look.
pub(super) fn link_sign(set: Setting<'_>, link: LinkId) -> Cow<'static, str> {
    let sign = set.signs.link(set.context.link(link));
    match set.context.reference(link) {
        Some(number) => format!(" [{number}]{sign}").into(),
        None => sign.into(),
    }
}

/// What is said about an embed within text: which kind of file it is.
fn say(set: Setting<'_>, link: LinkId, wrap: &mut Wrap<'_>, look: Look) {
    if let Some(said) = set.document.said.get(&link) {
        wrap.ornament(&format!(" {} {said}", set.signs.between), look);
    }
}

/// A path or address short enough to stand in a line. Paths keep their end, addresses their host.
pub(super) fn short_path(set: Setting<'_>, path: &str) -> String {
    if facts::has_scheme(path) {
        ellipsize_with(path, PATH_CELLS, set.signs.dots)
    } else {
        ellipsize_start_with(path, PATH_CELLS, set.signs.dots)
    }
}

fn look(set: Setting<'_>, run: &Run, place: Place, stop: u32) -> Look {
    let marks = run.marks.without(Marks::SOFT_BREAK).with(place.base.marks);
    let action = match run.target {
        Target::None => {
            let role = plain_role(run.marks, place.base.role);
            return Look { role, marks, ..place.base };
        }
        Target::Link(link) => Some(Action::Link(link)),
        Target::Tag(tag) => Some(Action::Tag(tag)),
        Target::Footnote(number) => Some(Action::Footnote(number)),
    };
    let role = match run.target {
        _ if run.marks.has(Marks::IMAGE) => Role::Image,
        Target::Link(link) => link_role(set.context.link(link)),
        Target::Tag(tag) => tag_role(set.context, tag),
        Target::Footnote(_) => Role::Footnote,
        Target::None => place.base.role,
    };
    Look { role, marks, action, stop: action.map(|_| stop.saturating_sub(1)) }
}

fn plain_role(marks: Marks, base: Role) -> Role {
    const ROLES: [(Marks, Role); 6] = [
        (Marks::IMAGE, Role::Image),
        (Marks::CODE, Role::InlineCode),
        (Marks::KEYBOARD, Role::InlineCode),
        (Marks::MATH, Role::Math),
        (Marks::HTML, Role::Html),
        (Marks::TAG, Role::Tag),
    ];
    ROLES.iter().find(|(mark, _)| marks.has(*mark)).map_or(base, |&(_, role)| role)
}

/// The role of a link that looks so.
pub(super) fn link_role(look: LinkLook) -> Role {
    match look {
        LinkLook::Unknown | LinkLook::Page => Role::Link,
        LinkLook::Ambiguous => Role::LinkAmbiguous,
        LinkLook::Missing => Role::LinkMissing,
        LinkLook::External => Role::LinkExternal,
        LinkLook::Attachment => Role::LinkAttachment,
    }
}

/// The role of a tag.
pub(super) fn tag_role(context: &dyn Context, tag: u32) -> Role {
    if context.tag_is_active(tag) { Role::TagActive } else { Role::Tag }
}

/// The look of a link that is not inline content: in properties, or an embed.
pub(super) fn link_look(context: &dyn Context, link: LinkId, stop: u32) -> Look {
    let role = link_role(context.link(link));
    Look { role, action: Some(Action::Link(link)), stop: Some(stop), ..Look::default() }
}

/// Whether single newlines are shown as spaces.
///
/// A paragraph was evidently wrapped by hand when it has three lines or more and all but the last
/// (and those that end in a hard break) reach to within a quarter of the longest, which is no short one. Of a
/// paragraph in several pieces the first one says it for all.
pub(super) fn flows(inlines: &Inlines, breaks: Breaks) -> bool {
    match breaks {
        Breaks::Always => return false,
        Breaks::Never => return true,
        Breaks::Auto => {}
    }
    let first = 0..offset(first_piece(&inlines.text).len());
    let soft: Vec<Range<usize>> = inlines
        .ranges_in(first.clone())
        .filter(|(_, run)| run.marks.has(Marks::SOFT_BREAK))
        .map(|(range, _)| range)
        .collect();
    if soft.len() < 2 {
        return false;
    }
    let mut start = 0;
    let mut wrapped = Vec::with_capacity(soft.len());
    for range in soft {
        let line = inlines.text.get(start..range.start).unwrap_or("");
        wrapped.push(width(line.rsplit('\n').next().unwrap_or("")));
        start = range.end;
    }
    let last = inlines.text.get(start..first.end as usize).unwrap_or("");
    let longest = wrapped.iter().copied().max().unwrap_or(0);
    let reach_far = wrapped.iter().all(|&cells| cells * 4 >= longest * 3);
    longest >= 50 && reach_far && width(last) <= longest + longest / 4
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a run with the target `next` behind one with `before` starts a stop.
pub(super) fn starts_stop(before: Target, next: Target) -> bool {
    next != Target::None && next != before
}
