//! The terminal: what is switched on is switched off again on every way out.

use std::io::{self, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};

use super::screen::{self, Erased};

/// The screen on standard output: every frame is one write.
pub type Screen = screen::Screen<Stdout>;

/// Presses, releases and drags (1000, 1002) in SGR form (1006). Crossterm's own command also asks for
/// every move of the pointer (1003), which would wake the program for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether the terminal is in our hands, so that it is given back once and only then.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is ours: not before the first frame, not while an editor has it.
#[must_use]
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Takes the terminal: raw mode, alternate screen, bracketed paste, the mouse if asked for.
///
/// # Errors
/// The terminal cannot be switched; what was switched on until then is for [`give_back`].
pub fn take(mouse_on: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse_on {
        queue!(out, Print(MOUSE_ON))?;
    }
    out.flush()
}

/// Gives the terminal back. Does nothing if it is not ours; errors do not matter on the way out.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = stdout();
        execute!(out, Print(MOUSE_OFF), DisableBracketedPaste, LeaveAlternateScreen, Show).ok();
        disable_raw_mode().ok();
    }
}

/// Asks for mouse events, or stops to.
///
/// # Errors
/// The terminal cannot be written to.
pub fn mouse(on: bool) -> io::Result<()> {
    execute!(stdout(), Print(if on { MOUSE_ON } else { MOUSE_OFF }))
}

/// Asks which colour the ground is. The answer comes among the keys, or never; see [`super::answer`].
///
/// # Errors
/// The terminal cannot be written to.
pub fn ask_ground() -> io::Result<()> {
    execute!(stdout(), Print(super::answer::QUESTION))
}

/// The screen to draw on. `moves_rows`: whether the terminal may be told to move rows that it shows.
///
/// # Errors
/// The terminal's size cannot be read.
pub fn screen(moves_rows: bool) -> io::Result<Screen> {
    let (columns, rows) = size()?;
    let term = std::env::var("TERM").unwrap_or_default();
    Ok(Screen::new(stdout(), columns, rows, moves_rows && term != "dumb", erased(&term)))
}

/// What ground erased cells take on a terminal of that name. Of multiplexers some take the terminal's own.
fn erased(term: &str) -> Erased {
    const IN_GROUND: [&str; 10] = [
        "xterm",
        "rxvt",
        "alacritty",
        "foot",
        "konsole",
        "linux",
        "mintty",
        "st-",
        "vte",
        "wezterm",
    ];
    let is_known = IN_GROUND.iter().any(|name| term.starts_with(name));
    if is_known { Erased::InGround } else { Erased::Plain }
}

/// Has a panic on the main thread give the terminal back before its message is printed. Panics of
/// workers are caught and said on the screen; they print nothing.
pub fn give_back_on_panic() {
    let main = std::thread::current().id();
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            give_back();
            print(info);
            let farewell = "ken stopped because of a fault of its own; no file was changed by it.";
            // Where nobody reads standard error there is nobody to tell.
            writeln!(io::stderr(), "{farewell}").ok();
        } else if !is_taken() {
            print(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::{Erased, erased};

    #[test]
    fn grounds_are_erased_where_that_is_known() {
        let check = |term: &str, expected: Erased| assert_eq!(erased(term), expected, "{term}");
        check("xterm-256color", Erased::InGround);
        check("xterm-kitty", Erased::InGround);
        check("st-256color", Erased::InGround);
        check("screen.xterm-256color", Erased::Plain);
        check("tmux-256color", Erased::Plain);
        check("", Erased::Plain);
    }
}
