//! When to look where nobody tells of changes: soon after a key, and without one the more seldom the longer nothing
//! comes. Knows no files and no clock.

use std::time::{Duration, Instant};

/// From the end of a comparison with the disk to the next one at least.
const SHORTEST: Duration = Duration::from_secs(2);

/// Without a key the next one begins so long after it at most, if comparisons do not take long.
const LONGEST: Duration = Duration::from_secs(30);

/// Comparisons that take long are made more seldom: they take no more than one part in so many of the time.
const SHARE_OF_TIME: u32 = 20;

/// When a wiki is compared with the disk of which nobody tells what changed.
#[derive(Debug)]
pub(super) struct Poll {
    /// The next comparison may begin.
    earliest: Instant,
    /// A key has asked for it, and it is not done.
    asked: bool,
    /// How many comparisons brought nothing since a key was pressed.
    idle: u32,
}

impl Poll {
    /// Before the first comparison.
    pub(super) fn new(now: Instant) -> Self {
        Self { earliest: now, asked: false, idle: 0 }
    }

    /// A comparison is done that `took` so long, and whether it brought something. Tells when the next one is due if
    /// no key comes.
    pub(super) fn done(&mut self, now: Instant, took: Duration, brought: bool) -> Instant {
        let shortest = SHORTEST.max(took.saturating_mul(SHARE_OF_TIME));
        self.earliest = now + shortest;
        self.asked = false;
        self.idle = if brought { 0 } else { self.idle.saturating_add(1) };
        let longer = SHORTEST.saturating_mul(2_u32.saturating_pow(self.idle));
        now + shortest.max(longer.min(LONGEST))
    }

    /// A key was pressed. Tells when the next comparison is due; `None` while one is under way for an earlier key.
    pub(super) fn key(&mut self, now: Instant) -> Option<Instant> {
        self.idle = 0;
        if self.earliest > now {
            return (!self.asked).then_some(self.earliest);
        }
        // One that does not end, as on a network that is gone, is asked for again after that.
        self.earliest = now + LONGEST;
        self.asked = true;
        Some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_nothing_comes_the_more_seldom_it_is_looked_for() {
        let now = Instant::now();
        let mut poll = Poll::new(now);
        let mut waits = |took: u64, brought: bool| {
            poll.done(now, Duration::from_millis(took), brought).duration_since(now).as_secs()
        };
        assert_eq!([(); 6].map(|()| waits(1, false)), [4, 8, 16, 30, 30, 30]);
        assert_eq!(waits(1, true), 2);
        assert_eq!(waits(1, false), 4);
        // A slow network is not asked all day.
        assert_eq!(waits(10_000, false), 200);
    }

    #[test]
    fn a_key_looks_at_once_but_not_all_the_time() {
        let now = Instant::now();
        let later = |seconds| now + Duration::from_secs(seconds);
        let mut poll = Poll::new(now);
        assert_eq!(poll.key(now), Some(now));
        assert_eq!(poll.key(later(1)), None, "the comparison is under way");
        assert_eq!(poll.key(later(31)), Some(later(31)), "it does not end");
        for _ in 0..3 {
            poll.done(later(1), Duration::ZERO, false);
        }
        assert_eq!(poll.key(later(2)), Some(later(3)), "two seconds after the last one");
        assert_eq!(poll.done(later(3), Duration::ZERO, false), later(7), "it begins anew");
    }
}
