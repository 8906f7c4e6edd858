//! The loop: events in, frames out. The main thread owns model and terminal; everything slow happens on
//! workers. Nothing ticks: without an event the loop sleeps.

use std::io::stdout;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ratatui::buffer::Buffer;
use signal_hook::consts::{SIGHUP, SIGTSTP};

use super::effects::Workers;
use super::files::Files;
use super::settings::{self, Opened};
use super::state::{Keeper, State};
use super::terminal::{self, Screen};
use super::worker::Event;
use super::{clipboard, clock, editor, input, signals, themes};
use crate::app::memory::{Session, session};
use crate::app::model::{Progress, Size, WikiKind};
use crate::app::themes::Themes;
use crate::app::{self, Effect, Model, Msg};
use crate::command::Keymap;
use crate::config::{Clipboard, Config};
use crate::view::{self, HitMap};

/// How long the first frame waits for the first page. The page of an ordinary size is there
/// after a millisecond or two; a huge one comes after a frame that says that it is being read.
const FIRST_PAGE_WAIT: Duration = Duration::from_millis(25);

/// How long keys wait for the first page: they were typed for it, and would be lost on an empty
/// screen. Longer than any page but a monstrous one takes, short enough to get out of that.
const FIRST_KEYS_WAIT: Duration = Duration::from_secs(2);

/// How long after its start the program does not end while the terminal owes an answer.
const LAST_WAIT: Duration = Duration::from_millis(250);

/// After so many inputs what is remembered is kept, at once after what says that it is worth it. There is no
/// clock in this: an idle program writes nothing.
const KEEP_AFTER: u32 = 40;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The user quit.
    Quit,
    /// A signal asked for it.
    Signal(i32),
}

/// What the loop holds beside the model.
struct Runtime {
    workers: Workers,
    files: Files,
    go_on: Sender<()>,
    keeper: Option<Arc<Keeper>>,
    /// What was kept last, or was remembered at the start.
    state: State,
    /// The number of that.
    nth_state: u64,
    /// How much has happened that is not kept yet.
    unkept: u32,
    pointer: input::Pointer,
    hits: HitMap,
    end: Option<End>,
    /// Whether no input was taken in yet.
    first_input: bool,
    /// When the terminal was asked which colour its ground is; `None` if it was not, or has answered.
    asked: Option<Instant>,
}

/// Opens the wiki on the terminal and runs until the user quits.
///
/// # Errors
/// The terminal cannot be used.
pub fn run(opened: Opened, keymap: Keymap, themes: Themes) -> Result<End> {
    let (outbox, events) = channel();
    let today = clock::today();
    let Config { cache, watch, .. } = opened.config;
    let workers = Workers::start(opened.files.clone(), cache, watch, today, &outbox);
    let (keeper, state) = Keeper::of(&opened.files).unzip();
    let state = state.unwrap_or_default();
    let mut session =
        if opened.config.restore { state.session.clone() } else { Session::default() };
    let last = state.last_page.as_deref().filter(|_| opened.config.restore);
    let start = settings::start_page(&opened, last);
    let named = opened.page.is_some();

    let mut model = Model::new(opened.wiki, opened.config, keymap, themes, today);
    model.reader.folds = state.folds.clone().bounded();
    model.past_searches = state.searches.clone().bounded();
    model.memory = state.memory.clone().bounded();
    let mut effects = Vec::new();
    let here = session.here.take();
    session::put_up(&mut model, session, &mut effects);
    if let Some(page) = start {
        session::begin(&mut model, page, here, named, &mut effects);
    }
    // The page's reader starts before the terminal is touched; the wiki is read after it.
    for effect in effects.drain(..) {
        workers.run(effect, &model.index);
    }
    terminal::give_back_on_panic();
    signals::start(outbox.clone()).context("cannot receive signals")?;
    let result = (|| {
        terminal::take(model.mouse).context("cannot use the terminal")?;
        let asks = model.themes.auto && settings::may_ask_ground();
        if asks {
            terminal::ask_ground().context("cannot use the terminal")?;
        }
        let mut screen =
            terminal::screen(model.config.moves_rows).context("cannot use the terminal")?;
        let go_on = input::start(outbox.clone(), asks)?;
        let mut runtime = Runtime {
            workers,
            files: opened.files,
            go_on,
            keeper: keeper.map(Arc::new),
            state,
            nth_state: 0,
            unkept: 0,
            pointer: input::Pointer::default(),
            hits: HitMap::default(),
            end: None,
            first_input: true,
            asked: asks.then(Instant::now),
        };
        runtime.begin(&events, &mut model, &mut effects, &mut screen)?;
        let end = runtime.turn(&events, &mut model, &mut screen)?;
        runtime.keep_now(&model);
        runtime.hear_out(&events);
        Ok(end)
    })();
    terminal::give_back();
    result
}

impl Runtime {
    /// Draws the first frame, with the first page if that is there soon, and begins to read the wiki.
    fn begin(
        &mut self,
        events: &Receiver<Event>,
        model: &mut Model,
        effects: &mut Vec<Effect>,
        screen: &mut Screen,
    ) -> Result<()> {
        let started = Instant::now();
        let mut drawn = false;
        let mut typed = None;
        while model.reader.awaited.is_some() && self.end.is_none() {
            let wait = if drawn { FIRST_KEYS_WAIT } else { FIRST_PAGE_WAIT };
            match events.recv_timeout(wait.saturating_sub(started.elapsed())) {
                // No second batch comes before this one was taken in.
                Ok(Event::Input(batch)) => typed = Some(batch),
                Ok(event) => {
                    self.take_in(event, model, effects, screen);
                    if drawn {
                        self.frame(model, effects, screen)?;
                    }
                }
                Err(_) if drawn => break,
                Err(_) => {
                    self.frame(model, effects, screen)?;
                    drawn = true;
                }
            }
        }
        if !drawn {
            self.frame(model, effects, screen)?;
        }
        // Not before the first page: a very long one would have to wait for its own facts.
        effects.push(Effect::Rescan);
        self.settle(model, effects, screen);
        if let Some(batch) = typed {
            self.take_in(Event::Input(batch), model, effects, screen);
            self.frame(model, effects, screen)?;
        }
        Ok(())
    }

    /// Waits, takes in all that waits, draws once; until the end.
    fn turn(
        &mut self,
        events: &Receiver<Event>,
        model: &mut Model,
        screen: &mut Screen,
    ) -> Result<End> {
        let mut effects = Vec::new();
        loop {
            if let Some(end) = self.end {
                return Ok(end);
            }
            let Ok(event) = events.recv() else { return Ok(End::Quit) };
            self.take_in(event, model, &mut effects, screen);
            while self.end.is_none()
                && let Ok(event) = events.try_recv()
            {
                self.take_in(event, model, &mut effects, screen);
            }
            if self.end.is_none() {
                self.frame(model, &mut effects, screen)?;
                self.keep_soon(model);
            }
        }
    }

    fn take_in(
        &mut self,
        event: Event,
        model: &mut Model,
        effects: &mut Vec<Effect>,
        screen: &mut Screen,
    ) {
        model.now_ms = clock::now_ms();
        match event {
            Event::Msg(msg) => app::update(model, msg, effects),
            Event::Input(mut batch) => {
                if std::mem::take(&mut self.first_input) {
                    input::mend_early(&mut batch);
                }
                for event in batch {
                    // What was typed after the key that quits is for the shell.
                    if self.end.is_some() {
                        break;
                    }
                    if let Some(msg) = self.pointer.translate(event, &self.hits, Instant::now()) {
                        app::update(model, msg, effects);
                        self.settle(model, effects, screen);
                    }
                }
                self.unkept += 1;
                self.go_on.send(()).ok();
                self.workers.used();
            }
            Event::Ground(ground) => {
                self.asked = None;
                if let Some(ground) = ground
                    && let Ok(theme) = themes::named(ground.theme(), settings::depth())
                {
                    app::update(model, Msg::ThemeFits(theme), effects);
                }
            }
            Event::InputLost => self.end = Some(End::Signal(SIGHUP)),
            Event::Signal(SIGTSTP) => effects.push(Effect::Suspend),
            Event::Signal(signal) => self.end = Some(End::Signal(signal)),
        }
        self.settle(model, effects, screen);
    }

    /// Prepares and draws a frame as one synchronized write.
    fn frame(
        &mut self,
        model: &mut Model,
        effects: &mut Vec<Effect>,
        screen: &mut Screen,
    ) -> Result<()> {
        // Told by the event too, but that may come after the frame that it is about.
        let (columns, rows) =
            crossterm::terminal::size().context("cannot read the terminal's size")?;
        let size = Size { columns, rows };
        screen.resize(columns, rows);
        if size != model.size {
            app::update(model, Msg::Resize(size), effects);
            self.settle(model, effects, screen);
        }
        app::prepare(model, effects);
        let paint = |buffer: &mut Buffer| {
            let drawn = view::draw(model, buffer);
            self.hits = drawn.hits;
            drawn.cursor
        };
        screen.draw(paint).context("cannot draw")?;
        self.settle(model, effects, screen);
        Ok(())
    }

    /// Does the effects, those that their doing brings included.
    fn settle(&mut self, model: &mut Model, effects: &mut Vec<Effect>, screen: &mut Screen) {
        while !effects.is_empty() {
            for effect in std::mem::take(effects) {
                let Some(effect) = self.workers.run(effect, &model.index) else { continue };
                self.here(effect, model, effects, screen);
            }
        }
    }

    /// Does an effect that touches the terminal or the loop itself.
    fn here(
        &mut self,
        effect: Effect,
        model: &mut Model,
        effects: &mut Vec<Effect>,
        screen: &mut Screen,
    ) {
        match effect {
            Effect::Copy(text) => match &model.config.clipboard {
                Clipboard::Terminal => {
                    if let Err(problem) = clipboard::copy(&mut stdout(), &text) {
                        model.fail(problem);
                    }
                }
                Clipboard::Program(program) => self.workers.copy(program.clone(), text),
            },
            Effect::Edit { path, line } => {
                let result = self.edit(&path, line, model, effects, screen);
                let edited = result.is_ok();
                app::update(model, Msg::Edited(result), effects);
                if edited {
                    self.workers.reread(path);
                }
            }
            Effect::Remember => self.unkept += KEEP_AFTER,
            Effect::Mouse(on) => {
                // A terminal that cannot be written to shows in the next frame's error.
                terminal::mouse(on).ok();
            }
            Effect::Redraw => screen.forget(),
            Effect::Suspend => {
                self.keep_now(model);
                terminal::give_back();
                signals::stop_self();
                retake(model, effects, screen);
            }
            Effect::Quit => self.end = Some(End::Quit),
            _ => {}
        }
    }

    fn edit(
        &mut self,
        path: &crate::vault::PagePath,
        line: u32,
        model: &mut Model,
        effects: &mut Vec<Effect>,
        screen: &mut Screen,
    ) -> Result<(), String> {
        if model.wiki.kind == WikiKind::Sample {
            return Err("the sample is read-only; `ken init DIR` writes it to disk".to_owned());
        }
        let Some(file) = self.files.on_disk(path) else {
            return Err("this page is not a file".to_owned());
        };
        let (visual, editor) = (std::env::var_os("VISUAL"), std::env::var_os("EDITOR"));
        let mut command = editor::command(visual, editor, &file, line);
        terminal::give_back();
        let status = command.status();
        retake(model, effects, screen);
        let program = command.get_program().to_string_lossy().into_owned();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{program} ended with {status}")),
            Err(error) => Err(format!(
                "cannot start {program}: {} (set VISUAL or EDITOR)",
                super::read::reason(&error)
            )),
        }
    }

    /// Waits for an answer that is still on its way, for the shell would take it for a command. Costs
    /// nothing but after a start and an end at once.
    fn hear_out(&mut self, events: &Receiver<Event>) {
        while let Some(asked) = self.asked {
            match events.recv_timeout(LAST_WAIT.saturating_sub(asked.elapsed())) {
                Ok(Event::Ground(_) | Event::InputLost) | Err(_) => self.asked = None,
                Ok(Event::Input(_)) => {
                    self.go_on.send(()).ok();
                }
                Ok(_) => {}
            }
        }
    }

    /// Has a worker keep what is remembered, if enough has happened, and not while the wiki is being read: that
    /// comes first.
    fn keep_soon(&mut self, model: &Model) {
        if self.unkept < KEEP_AFTER || model.progress != Progress::Ready {
            return;
        }
        if let Some(keeper) = self.keeper.clone() {
            let (nth, state) = self.take_down(model);
            self.workers.keep(move || keeper.keep(nth, state));
        }
    }

    fn keep_now(&mut self, model: &Model) {
        if let Some(keeper) = self.keeper.clone() {
            let (nth, state) = self.take_down(model);
            // Nobody looks at the screen any more.
            keeper.keep(nth, state);
        }
    }

    fn take_down(&mut self, model: &Model) -> (u64, State) {
        self.unkept = 0;
        self.nth_state += 1;
        self.state = session::take_down(model, &self.state);
        (self.nth_state, self.state.clone())
    }
}

/// Takes the terminal again after somebody else had it. If that fails, so does the next frame,
/// which says so.
fn retake(model: &mut Model, effects: &mut Vec<Effect>, screen: &mut Screen) {
    terminal::take(model.mouse).ok();
    screen.forget();
    app::update(model, Msg::Resumed, effects);
}
