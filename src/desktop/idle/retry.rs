//! How long to wait before the next attempt to reach what went away.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
const LAST: Duration = Duration::from_secs(300);

/// What worked for so long may well work again.
const WORKED: Duration = Duration::from_secs(60);

/// The waits between attempts: longer and longer, and short again after it has worked.
#[derive(Debug)]
pub struct Retry(Duration);

impl Retry {
    /// Nothing has failed yet.
    pub fn new() -> Self {
        Self(FIRST)
    }

    /// The wait after an attempt that went well for so long.
    pub fn after(&mut self, lasted: Duration) -> Duration {
        if lasted >= WORKED {
            self.0 = FIRST;
        }
        let wait = self.0;
        self.0 = (wait * 2).min(LAST);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_again_and_again_is_tried_more_and_more_rarely() {
        let mut retry = Retry::new();
        let waits: Vec<u64> = (0..11)
            .map(|_| retry.after(Duration::ZERO).as_secs())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn what_worked_for_a_while_is_tried_again_soon() {
        let mut retry = Retry::new();
        for _ in 0..5 {
            retry.after(Duration::from_secs(1));
        }
        assert_eq!(retry.after(WORKED), FIRST);
        assert_eq!(retry.after(Duration::ZERO), 2 * FIRST);
    }
}
