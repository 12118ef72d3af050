//! How often the picture may change: a panel that redraws wakes up more than one program.

use std::time::Duration;

use crate::desktop::tray::icon::Sign;

/// The least time between two pictures that differ only in how much of the ring is left.
pub const BETWEEN: Duration = Duration::from_secs(60);

/// What was shown last, and since when.
#[derive(Debug, Default)]
pub struct Pace {
    last: Option<(Sign, Duration)>,
}

impl Pace {
    /// The picture to show at this time on the boot clock. What the user should know at once comes
    /// at once; the ring moves when it is time.
    pub fn slow_down(&mut self, sign: Sign, now: Duration) -> Sign {
        if let Some((last, since)) = self.last {
            let early = now.saturating_sub(since) < BETWEEN;
            if last == sign || (early && is_ring(last) && moved_on(last, sign)) {
                return last;
            }
        }
        self.last = Some((sign, now));
        sign
    }

    /// How long until a change that would come after `left` may be shown.
    pub fn at_least(&self, left: Duration, now: Duration) -> Duration {
        let may = self
            .last
            .map_or(now, |(_, since)| since.saturating_add(BETWEEN));
        left.max(may.saturating_sub(now))
    }
}

fn is_ring(sign: Sign) -> bool {
    matches!(sign, Sign::Counting { .. })
}

/// Whether it is the same ring with less of it. One that grew began anew, and that is news.
fn moved_on(from: Sign, to: Sign) -> bool {
    match (from, to) {
        (Sign::Counting { left: from }, Sign::Counting { left: to }) => to < from,
        (
            Sign::Counting { .. }
            | Sign::Resting
            | Sign::Held
            | Sign::Announced
            | Sign::OnBreak
            | Sign::Paused,
            _,
        ) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn the_ring_moves_once_a_minute_at_most() {
        let mut pace = Pace::default();
        let mut pictures = 0;
        let mut shown = None;
        // A break every five minutes: the ring would move every twelve seconds.
        for second in 0..300 {
            let left = u8::try_from(24 - second * 24 / 300).unwrap();
            let sign = pace.slow_down(Sign::Counting { left }, secs(second));
            pictures += u32::from(shown != Some(sign));
            shown = Some(sign);
        }
        assert_eq!(pictures, 5);
    }

    #[test]
    fn what_happens_is_shown_at_once() {
        let mut pace = Pace::default();
        let ring = Sign::Counting { left: 1 };
        assert_eq!(pace.slow_down(ring, secs(0)), ring);
        for sign in [
            Sign::Announced,
            Sign::OnBreak,
            Sign::Counting { left: 24 },
            Sign::Paused,
            Sign::Held,
        ] {
            assert_eq!(pace.slow_down(sign, secs(1)), sign);
        }
    }

    #[test]
    fn a_change_that_would_come_too_early_waits_for_its_minute() {
        let mut pace = Pace::default();
        pace.slow_down(Sign::Counting { left: 24 }, secs(100));
        assert_eq!(pace.at_least(secs(5), secs(110)), secs(50));
        assert_eq!(pace.at_least(secs(90), secs(110)), secs(90));
        assert_eq!(pace.at_least(secs(5), secs(500)), secs(5));
    }
}
