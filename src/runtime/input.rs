//! Input: a thread that reads the terminal, and the translation of its events into messages.

use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use crossterm::event::{
    self as terminal, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton,
    MouseEventKind,
};

use super::answer::Lookout;
use super::worker::{Event, Outbox};
use crate::app::model::Size;
use crate::app::{Hit, Msg};
use crate::command::{Key, KeyCode};
use crate::theme::Ground;
use crate::view::HitMap;

/// Most events that are handed over at once.
const BATCH: usize = 1024;

/// How long the thread looks for more after an event: what was read together is handed over together.
/// With no time at all crossterm would not even look at what it has read already.
const LOOK: Duration = Duration::from_micros(50);

/// Terminals that answer do so within this time, over most lines. Later an answer is still known as one,
/// but no `Esc` is held back for it.
pub const ANSWERED_WITHIN: Duration = Duration::from_secs(1);

/// Starts to read the terminal, which was `asked` which colour its ground is or not. After each batch the thread waits for a `()` on the sender that is
/// returned: while an editor has the terminal, nobody else reads from it.
///
/// # Errors
/// The system gives no thread.
pub fn start(outbox: Outbox, asked: bool) -> std::io::Result<Sender<()>> {
    let (go_on, taken) = channel();
    let mut lookout = Lookout::new(asked);
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        let started = Instant::now();
        loop {
            let Ok((batch, answer)) = read(&mut lookout, started) else {
                outbox.send(Event::InputLost).ok();
                return;
            };
            if let Some(answer) = answer
                && outbox.send(Event::Ground(Ground::of_answer(&answer))).is_err()
            {
                return;
            }
            if batch.is_empty() {
                continue;
            }
            if outbox.send(Event::Input(batch)).is_err() || taken.recv().is_err() {
                return;
            }
        }
    })?;
    Ok(go_on)
}

/// Waits for the terminal; gives what was typed, and the answer if it ended.
fn read(
    lookout: &mut Lookout,
    started: Instant,
) -> std::io::Result<(Vec<terminal::Event>, Option<String>)> {
    let mut batch = Vec::new();
    if let Some(patience) = lookout.patience()
        && !terminal::poll(patience)?
    {
        let answer = lookout.stalled(&mut batch);
        return Ok((batch, answer));
    }
    let first = terminal::read()?;
    if started.elapsed() > ANSWERED_WITHIN {
        lookout.late();
    }
    let mut answer = lookout.take(first, &mut batch);
    while batch.len() < BATCH && terminal::poll(LOOK).unwrap_or(false) {
        match terminal::read() {
            Ok(event) => answer = lookout.take(event, &mut batch).or(answer),
            Err(_) => break,
        }
    }
    Ok((batch, answer))
}

/// What remains of the last press: drags are told with where they began.
#[derive(Debug, Default)]
pub struct Pointer {
    pressed: Option<Hit>,
}

impl Pointer {
    /// The message of a terminal event; `None` for what means nothing (key releases, pointer moves).
    pub fn translate(&mut self, event: terminal::Event, hits: &HitMap) -> Option<Msg> {
        match event {
            terminal::Event::Key(event) if event.kind != KeyEventKind::Release => {
                key(event).map(Msg::Key)
            }
            terminal::Event::Paste(text) => Some(Msg::Paste(text)),
            terminal::Event::Resize(columns, rows) => Some(Msg::Resize(Size { columns, rows })),
            terminal::Event::Mouse(event) => {
                let hit = hits.at(event.column, event.row);
                match event.kind {
                    MouseEventKind::Down(MouseButton::Left) => {
                        self.pressed = hit;
                        hit.map(Msg::Press)
                    }
                    MouseEventKind::Up(MouseButton::Left) => {
                        self.pressed = None;
                        None
                    }
                    MouseEventKind::Drag(MouseButton::Left) => {
                        self.pressed.map(|from| Msg::Drag { from, column: event.column })
                    }
                    MouseEventKind::ScrollDown => hit.map(|hit| Msg::Wheel(hit, 3)),
                    MouseEventKind::ScrollUp => hit.map(|hit| Msg::Wheel(hit, -3)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Mends what was typed before the terminal was in raw mode: its line discipline has made a line feed
/// of each Enter, which in raw mode is Ctrl-J.
pub fn mend_early(batch: &mut [terminal::Event]) {
    for event in batch {
        if let terminal::Event::Key(key) = event
            && key.code == Code::Char('j')
            && key.modifiers == KeyModifiers::CONTROL
        {
            *key = KeyEvent::new(Code::Enter, KeyModifiers::NONE);
        }
    }
}

/// The program's name of a key; `None` for keys that it does not know.
#[must_use]
pub fn key(event: KeyEvent) -> Option<Key> {
    let shift = event.modifiers.contains(KeyModifiers::SHIFT) || event.code == Code::BackTab;
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let code = match event.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab | Code::BackTab => KeyCode::Tab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(number) => KeyCode::Function(number),
        _ => return None,
    };
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    Some(Key { code, ctrl, alt, shift }.normalized())
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyEventState, MouseEvent};

    use super::*;

    fn pressed(code: Code, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn keys_have_the_names_of_the_table() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        let check = |code, modifiers, expected: Option<&str>| {
            let found = key(pressed(code, modifiers)).map(|key| key.to_string());
            assert_eq!(found.as_deref(), expected, "{code:?} {modifiers:?}");
        };
        check(Code::Char('j'), NONE, Some("j"));
        check(Code::Char('G'), KeyModifiers::SHIFT, Some("G"));
        check(Code::Char('p'), CTRL, Some("Ctrl-P"));
        check(Code::Char('P'), CTRL | KeyModifiers::SHIFT, Some("Ctrl-P"));
        check(Code::Char('m'), CTRL, Some("Enter"));
        check(Code::Char('i'), CTRL, Some("Tab"));
        check(Code::BackTab, NONE, Some("Shift-Tab"));
        check(Code::BackTab, KeyModifiers::SHIFT, Some("Shift-Tab"));
        check(Code::Left, KeyModifiers::ALT, Some("Alt-Left"));
        check(Code::F(1), NONE, Some("F1"));
        check(Code::Char(' '), NONE, Some("Space"));
        check(Code::CapsLock, NONE, None);
        check(Code::Null, NONE, None);
    }

    #[test]
    fn releases_and_moves_mean_nothing() {
        let none = |event| Pointer::default().translate(event, &HitMap::default()).is_none();
        let release = KeyEvent {
            kind: KeyEventKind::Release,
            state: KeyEventState::NONE,
            ..pressed(Code::Enter, KeyModifiers::NONE)
        };
        assert!(none(terminal::Event::Key(release)));
        let repeat = KeyEvent { kind: KeyEventKind::Repeat, ..release };
        assert!(!none(terminal::Event::Key(repeat)));
        let modifiers = KeyModifiers::NONE;
        for kind in [MouseEventKind::Moved, MouseEventKind::Down(MouseButton::Right)] {
            assert!(none(terminal::Event::Mouse(MouseEvent {
                kind,
                column: 1,
                row: 1,
                modifiers
            })));
        }
        assert!(none(terminal::Event::FocusLost));
    }

    #[test]
    fn an_enter_typed_before_raw_mode_is_an_enter() {
        let event = |code, modifiers| terminal::Event::Key(pressed(code, modifiers));
        let mut batch = [
            event(Code::Char('j'), KeyModifiers::NONE),
            event(Code::Char('j'), KeyModifiers::CONTROL),
        ];
        mend_early(&mut batch);
        let expected =
            [event(Code::Char('j'), KeyModifiers::NONE), event(Code::Enter, KeyModifiers::NONE)];
        assert_eq!(batch, expected);
    }
}
