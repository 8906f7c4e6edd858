//! The terminal: what is switched on is switched off again on every way out.

use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// The screen: every frame is one write.
pub type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// Presses, releases and drags (1000, 1002) in SGR form (1006). Crossterm's own command also asks for
/// every move of the pointer (1003), which would wake the program for nothing.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether the terminal is in our hands, so that it is given back once and only then.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, alternate screen, bracketed paste, the mouse if asked for.
///
/// # Errors
/// The terminal cannot be switched.
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

/// The screen to draw on.
///
/// # Errors
/// The terminal's size cannot be read.
pub fn screen() -> io::Result<Screen> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout())))
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
            eprintln!("ken stopped because of a fault of its own; no file was changed by it.");
        } else if !TAKEN.load(Ordering::SeqCst) {
            print(info);
        }
    }));
}
