//! `ken [PATH]`: the program itself.

use std::io::{BufRead, IsTerminal, Write, stderr, stdin, stdout};
use std::path::Path;

use anyhow::{Error, Result, anyhow, bail};
use clap::CommandFactory;

use super::args::Arguments;
use super::engine::Engine;
use super::linear;
use crate::app::themes::Themes;
use crate::runtime::files::Files;
use crate::runtime::run::{End, run};
use crate::runtime::settings::{self, Opened};
use crate::runtime::themes;
use crate::text::near::nearest;
use crate::text::scrub::scrub_line;
use crate::theme::ground::AUTO;

/// Opens the wiki on the terminal; gives the exit code.
pub(crate) fn open(arguments: &Arguments) -> Result<u8> {
    let path = arguments.path.as_deref().or(arguments.wiki.as_deref());
    let opened = settings::open(path, arguments.config()?);
    let mut opened = opened.map_err(|error| with_command(error, arguments))?;
    let config = &mut opened.config;
    if let Some(theme) = &arguments.theme {
        config.theme.clone_from(theme);
    }
    config.ascii |= arguments.ascii;
    config.mouse &= !arguments.no_mouse;
    config.focus |= arguments.focus;
    config.restore &= !arguments.fresh;
    if arguments.linear || !arguments.screen && std::env::var("TERM").is_ok_and(|t| t == "dumb") {
        let from_pipe = matches!(opened.files, Files::Text { .. });
        let is_asked = stdin().is_terminal() && !from_pipe;
        if settings::is_suspiciously_wide(&opened.files) && is_asked && !asked(&opened)? {
            return Ok(0);
        }
        linear::read(opened, arguments.ascii, arguments.page.as_deref())?;
        return Ok(0);
    }
    if let Some(name) = &arguments.page {
        opened.page = Some(Engine::of(opened.clone()).page(name)?.path.clone());
    }
    let config = &mut opened.config;
    let keymap = settings::keymap(config)?;
    let theme = themes::chosen(&config.theme, settings::depth())?;
    let mut themes = Themes::new(theme, config.ascii);
    themes.auto = config.theme == AUTO;
    if !stdout().is_terminal() {
        bail!("standard output is not a terminal; `ken show PAGE` prints a page");
    }
    let from_pipe = matches!(opened.files, Files::Text { .. });
    if !stdin().is_terminal() && !from_pipe {
        bail!("standard input is not a terminal; `ken -` reads a page from it");
    }
    if settings::is_suspiciously_wide(&opened.files) && !asked(&opened)? {
        return Ok(0);
    }
    Ok(match run(opened, keymap, themes)? {
        End::Quit => 0,
        End::Signal(number) => u8::try_from(128 + number).unwrap_or(super::FAILED),
    })
}

/// An error of opening a wiki; of a name that is nearly that of a command, with that.
fn with_command(error: Error, arguments: &Arguments) -> Error {
    let typed = arguments.path.as_deref().filter(|path| !path.exists()).and_then(Path::to_str);
    let command = Arguments::command();
    let names = command.get_subcommands().map(clap::Command::get_name);
    match typed.and_then(|typed| nearest(typed, names)) {
        Some(name) => anyhow!("{error:#}; did you mean the command `ken {name}`?"),
        None => error,
    }
}

/// Asks whether a whole home folder or disk is meant, with the number of pages in it.
fn asked(opened: &Opened) -> Result<bool> {
    let Files::Folder { root, .. } = &opened.files else { return Ok(true) };
    let mut terminal = stderr();
    let shown = root.display().to_string();
    write!(terminal, "Counting the pages below {} ... ", scrub_line(&shown))?;
    terminal.flush()?;
    let pages = opened.files.list().entries.iter().filter(|entry| entry.is_page).count();
    write!(terminal, "{pages}.\nOpen them all as one wiki? [y/N] ")?;
    terminal.flush()?;
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
