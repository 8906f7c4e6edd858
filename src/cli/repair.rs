//! `ken repair`: pasted text with its marks restored, printed, compared, or put in the place of the file.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use similar::TextDiff;

use super::args::{Arguments, Repair};
use super::engine::{Engine, opened, opened_at, page_at};
use super::output::{Out, warn};
use super::show;
use crate::markdown::recover::PageText;
use crate::runtime::files::Files;
use crate::runtime::read::{Text, decode};
use crate::runtime::{ansi, store};
use crate::text::role::{Marks, Role};
use crate::text::scrub::scrub_line;
use crate::theme::Theme;
use crate::vault::PagePath;

/// A page and what becomes of it.
struct Repaired {
    written: String,
    restored: String,
    /// What was found, in words; `None` where there was nothing to recover.
    found: Option<String>,
}

pub(crate) fn repair(arguments: &Arguments, wanted: &Repair, out: &mut Out) -> Result<bool> {
    let (files, path, theme) = place(arguments, wanted)?;
    if wanted.write {
        return write(&files, &path, wanted.force, out);
    }
    let text = files.read(&path).map_err(|reason| anyhow!("cannot read {path}: {reason}"))?;
    for notice in &text.notices {
        warn(&format!("{path}: {notice}"));
    }
    let repaired = repaired(text.text, wanted.force);
    if repaired.found.is_none() {
        nothing(&path);
    }
    if wanted.diff {
        if repaired.found.is_some() {
            diff(&path, &repaired, theme.as_ref(), out)?;
        }
    } else {
        out.exact(&repaired.restored)?;
    }
    Ok(true)
}

/// The page, where it is read from, and the theme for what is printed.
fn place(arguments: &Arguments, wanted: &Repair) -> Result<(Files, PagePath, Option<Theme>)> {
    if let Some(opened) = opened_at(arguments, &wanted.page)? {
        let path = opened.page.ok_or_else(|| anyhow!("{} is no page", wanted.page))?;
        let theme = show::theme(arguments, &opened.config, wanted.color)?;
        return Ok((opened.files, path, theme));
    }
    let opened = opened(arguments)?;
    // A page that is named by its path needs nothing else of the wiki.
    if let Some(path) = page_at(&opened.files, &wanted.page) {
        let theme = show::theme(arguments, &opened.config, wanted.color)?;
        return Ok((opened.files, path, theme));
    }
    let engine = Engine::of(opened);
    let path = engine.page(&wanted.page)?.path.clone();
    let theme = show::theme(arguments, &engine.config, wanted.color)?;
    Ok((engine.files, path, theme))
}

fn nothing(path: &PagePath) {
    warn(&format!("nothing to recover in {path} (--force tries all the same)"));
}

fn write(files: &Files, path: &PagePath, force: bool, out: &mut Out) -> Result<bool> {
    let refused = |reason: String| anyhow!("{path} was left as it is: {reason}");
    let original = store::original(files, path).map_err(refused)?;
    let Text { text, .. } = decode(original.bytes.clone());
    let mark: &[u8] = b"\xef\xbb\xbf";
    let (mark, rest) = match original.bytes.strip_prefix(mark) {
        Some(rest) => (mark, rest),
        None => (&b""[..], &original.bytes[..]),
    };
    if rest != text.as_bytes() {
        bail!(
            "{path} was left as it is: it is not UTF-8, and writing it would change more than marks"
        );
    }
    let repaired = repaired(text, force);
    let Some(found) = repaired.found else {
        nothing(path);
        return Ok(true);
    };
    let restored = [mark, repaired.restored.as_bytes()].concat();
    let kept = store::replace(&original, &restored).map_err(refused)?;
    out.line(&format!("{path} is restored: {found}. Its text before lies in {}", kept.display()))?;
    Ok(true)
}

fn repaired(written: String, force: bool) -> Repaired {
    let page = if force { PageText::recovered(written) } else { PageText::new(written) };
    match page.recovery {
        None => Repaired { written: page.text.clone(), restored: page.text, found: None },
        Some(recovery) => Repaired {
            restored: with_line_ends_of(&recovery.written, page.text),
            written: recovery.written,
            found: Some(recovery.found),
        },
    }
}

/// Restored text ends its lines with `\n`; a file whose lines mostly end otherwise keeps its way.
fn with_line_ends_of(written: &str, restored: String) -> String {
    let all = written.matches('\n').count();
    if written.matches("\r\n").count() * 2 > all {
        restored.replace('\n', "\r\n")
    } else {
        restored
    }
}

/// A unified diff, as `diff -u` and `patch` know it. Where it is looked at, its lines have colours.
fn diff(path: &PagePath, repaired: &Repaired, theme: Option<&Theme>, out: &mut Out) -> Result<()> {
    let diff = TextDiff::from_lines(&repaired.written, &repaired.restored);
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    let unified = diff.unified_diff().header(&before, &after).to_string();
    let Some(theme) = theme else { return out.exact(&unified) };
    for (number, line) in unified.lines().enumerate() {
        let role = match line.as_bytes().first() {
            _ if number < 2 => Role::Quiet,
            Some(b'+') => Role::CodeInserted,
            Some(b'-') => Role::CodeDeleted,
            Some(b'@') => Role::Quiet,
            _ => Role::Text,
        };
        let style = theme.on(Role::default(), role, Marks::default());
        ansi::write(out.raw(), &scrub_line(line.trim_end_matches('\r')), style)?;
        writeln!(out.raw())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::with_line_ends_of;

    #[test]
    fn lines_end_as_those_of_the_file_do() {
        let check = |written: &str, expected: &str| {
            assert_eq!(with_line_ends_of(written, "a\nb\n".to_owned()), expected, "{written:?}");
        };
        check("a\nb\n", "a\nb\n");
        check("a\r\nb\r\n", "a\r\nb\r\n");
        check("a\r\nb\n", "a\nb\n");
        check("a", "a\nb\n");
    }
}
