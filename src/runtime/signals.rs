//! Signals as events: the loop decides, so that the terminal is always restored in one place.

use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::worker::{Event, Outbox};

/// Starts to hand SIGTERM, SIGHUP and SIGTSTP to the loop.
///
/// # Errors
/// The system refuses the handlers.
pub fn start(outbox: Outbox) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGTSTP])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if outbox.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process as Ctrl-Z does in a shell; returns when it was continued.
pub fn stop_self() {
    // SIGSTOP cannot be caught, so it needs no handler to be taken away and put back.
    signal_hook::low_level::raise(signal_hook::consts::SIGSTOP).ok();
}
