//! The source that does not know: breaks then follow the clock alone.

use std::time::Duration;

use super::IdleSource;
use crate::{core::schedule::Sensor, desktop::inbox::Post};

/// Says once that it does not know.
pub struct Never {
    post: Post<Sensor>,
}

impl Never {
    /// Reports `Unknown`.
    #[must_use]
    pub fn start(post: &Post<Sensor>) -> Self {
        post(Sensor::Unknown);
        Self {
            post: Post::clone(post),
        }
    }
}

impl IdleSource for Never {
    fn set_threshold(&mut self, _threshold: Duration) {}

    fn refresh(&mut self) {
        (self.post)(Sensor::Unknown);
    }
}
