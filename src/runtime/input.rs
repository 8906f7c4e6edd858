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
use crate::app::reader::select::{By, Drag, PageCell};
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

/// A press this soon after another one on the same cell counts on from it.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// What remains of the last press: drags are told with where they began. What is pressed in the page is
/// told when the button is released where it was pressed: until then it may become a selection.
#[derive(Debug, Default)]
pub struct Pointer {
    pressed: Option<Hit>,
    /// Where on the page the button was pressed, if it was there.
    on_page: Option<PageCell>,
    /// What the press selects: more with each one that follows soon.
    by: Option<By>,
    /// Whether the press has begun to select.
    selects: bool,
    /// When and where the button was pressed the last time.
    last: Option<(Instant, PageCell)>,
}

impl Pointer {
    /// The message of a terminal event that came `now`; `None` for what means nothing (key releases, pointer
    /// moves).
    pub fn translate(
        &mut self,
        event: terminal::Event,
        hits: &HitMap,
        now: Instant,
    ) -> Option<Msg> {
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
                        self.press(hit, hits.page_cell(event.column, event.row), now)
                    }
                    MouseEventKind::Up(MouseButton::Left) => {
                        let pressed = self.pressed.take();
                        match self.on_page.take() {
                            Some(from) if self.selects => {
                                let to = hits.page_cell(event.column, event.row);
                                Some(self.select(from, to, true))
                            }
                            Some(_) if pressed == hit => hit.map(Msg::Press),
                            _ => None,
                        }
                    }
                    MouseEventKind::Drag(MouseButton::Left) => match self.on_page {
                        Some(from) => {
                            let to = hits.page_cell(event.column, event.row);
                            self.selects |= to != from;
                            self.selects.then(|| self.select(from, to, false))
                        }
                        None => self.pressed.map(|from| Msg::Drag { from, column: event.column }),
                    },
                    MouseEventKind::ScrollDown => hit.map(|hit| Msg::Wheel(hit, 3)),
                    MouseEventKind::ScrollUp => hit.map(|hit| Msg::Wheel(hit, -3)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Pointer {
    fn press(&mut self, hit: Option<Hit>, at: PageCell, now: Instant) -> Option<Msg> {
        self.selects = false;
        self.on_page = None;
        if !matches!(hit, Some(Hit::Page | Hit::Stop(_) | Hit::Properties)) {
            self.last = None;
            return hit.map(Msg::Press);
        }
        let follows = self
            .last
            .is_some_and(|(before, cell)| cell == at && now.duration_since(before) < DOUBLE_CLICK);
        self.by = Some(match self.by.filter(|_| follows) {
            None => By::Character,
            Some(By::Character) => By::Word,
            Some(By::Word | By::Line) => By::Line,
        });
        self.last = Some((now, at));
        self.on_page = Some(at);
        self.selects = self.by != Some(By::Character);
        self.selects.then(|| self.select(at, at, false))
    }

    fn select(&self, from: PageCell, to: PageCell, done: bool) -> Msg {
        Msg::Select(Drag { from, to, by: self.by.unwrap_or(By::Character), done })
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
    use ratatui::layout::Rect;

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
        let now = Instant::now();
        let none = |event| Pointer::default().translate(event, &HitMap::default(), now).is_none();
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
    fn a_press_on_the_page_is_a_click_only_where_it_does_not_become_a_selection() {
        type Happened = (fn(MouseButton) -> MouseEventKind, u16, u16, u64);
        use MouseEventKind::{Down, Drag, Up};
        let mut hits = HitMap::default();
        hits.text = Rect::new(10, 2, 40, 20);
        hits.add(Rect::new(8, 2, 44, 20), Hit::Page);
        hits.add(Rect::new(12, 3, 5, 1), Hit::Stop(7));
        hits.add(Rect::new(0, 0, 8, 24), Hit::Sidebar);
        let start = Instant::now();
        let check = |events: &[Happened], expected: &[&str]| {
            let mut pointer = Pointer::default();
            let said: Vec<String> = events
                .iter()
                .filter_map(|&(kind, column, row, millis)| {
                    let modifiers = KeyModifiers::NONE;
                    let kind = kind(MouseButton::Left);
                    let event = terminal::Event::Mouse(MouseEvent { kind, column, row, modifiers });
                    pointer.translate(event, &hits, start + Duration::from_millis(millis))
                })
                .map(|msg| match msg {
                    Msg::Press(hit) => format!("press {hit:?}"),
                    Msg::Drag { from, column } => format!("drag {from:?} {column}"),
                    Msg::Select(drag) => format!(
                        "{:?} {},{} {},{}{}",
                        drag.by,
                        drag.from.row,
                        drag.from.cell,
                        drag.to.row,
                        drag.to.cell,
                        if drag.done { " done" } else { "" }
                    ),
                    other => format!("{other:?}"),
                })
                .collect();
            assert_eq!(said, expected);
        };
        check(&[(Down, 13, 3, 0), (Up, 13, 3, 90)], &["press Stop(7)"]);
        check(&[(Down, 13, 3, 0), (Drag, 13, 3, 40), (Up, 13, 3, 90)], &["press Stop(7)"]);
        check(
            &[(Down, 13, 3, 0), (Drag, 20, 4, 40), (Drag, 13, 3, 60), (Up, 13, 3, 90)],
            &["Character 1,3 2,10", "Character 1,3 1,3", "Character 1,3 1,3 done"],
        );
        // Released where something else lies: neither was meant.
        check(&[(Down, 13, 3, 0), (Up, 30, 3, 90)], &[]);
        check(
            &[(Down, 3, 3, 0), (Drag, 20, 3, 40), (Up, 20, 3, 90)],
            &["press Sidebar", "drag Sidebar 20"],
        );
        check(
            &[(Down, 30, 5, 0), (Up, 30, 5, 90), (Down, 30, 5, 300), (Up, 30, 5, 350)],
            &["press Page", "Word 3,20 3,20", "Word 3,20 3,20 done"],
        );
        check(
            &[(Down, 30, 5, 0), (Up, 30, 5, 90), (Down, 30, 5, 500), (Up, 30, 5, 550)],
            &["press Page", "press Page"],
        );
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
