//! The wait of the daemon's loop: for its inbox, for a deadline, for the wall clock, for signals.
//!
//! Nothing wakes the loop in between. Deadlines on the clock that counts sleep are met by a timer
//! that counts sleep too; a second timer on the wall clock also reports that somebody set it. Files
//! that are watched belong to the same wait, so that they cost no thread.

use chrono::{DateTime, Utc};

#[cfg(not(target_os = "linux"))]
pub use elsewhere::Timers;
#[cfg(target_os = "linux")]
pub use linux::Timers;

use super::signals::Signal;

/// Why the wait is over.
#[derive(Debug, PartialEq, Eq)]
pub enum Wake<T> {
    /// Something was in the inbox.
    Inbox(T),
    /// The deadline on the clock that counts sleep was reached.
    Boot,
    /// The deadline on the wall clock was reached.
    Wall,
    /// The wall clock jumped, or the time zone changed. Waking up from sleep counts as a jump.
    WallChanged,
    /// Something has changed in the places that are watched, and the change has settled.
    FilesChanged,
    /// Somebody sent a signal.
    Signal(Signal),
}

/// Deadlines of one wait; a deadline that has passed ends it at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// On [`crate::core::time::Moment::boot`].
    pub boot: Option<std::time::Duration>,
    /// On the wall clock.
    pub wall: Option<DateTime<Utc>>,
}

#[cfg(target_os = "linux")]
mod linux;

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    //! Waits on the channel itself, in steps short enough to see the wall clock jump.

    use std::{io, time::Duration};

    use chrono::TimeDelta;

    use super::{
        super::{
            clock,
            inbox::Inbox,
            signals::Signals,
            watch::{Eye, Place},
        },
        DateTime, Deadlines, Utc, Wake,
    };

    /// The longest wait without a look at the wall clock and at files.
    const LOOK: Duration = Duration::from_secs(60);

    /// A difference between the clocks that is not drift but a jump.
    const JUMP: TimeDelta = TimeDelta::seconds(5);

    /// The wait.
    #[derive(Debug)]
    pub struct Timers {
        /// The wall clock at the start of the other one.
        epoch: DateTime<Utc>,
        files: Option<Eye>,
    }

    impl Timers {
        /// Ready to wait. There are no signals here.
        ///
        /// # Errors
        ///
        /// None here.
        pub fn new(_signals: Signals) -> io::Result<Self> {
            Ok(Self {
                epoch: epoch(),
                files: None,
            })
        }

        /// From now on changes in these places end a wait.
        ///
        /// # Errors
        ///
        /// None here.
        pub fn watch(&mut self, places: Vec<Place>) -> io::Result<()> {
            self.files = Some(Eye::new(places)?);
            Ok(())
        }

        /// Waits until something happens.
        pub fn wait<T>(&mut self, inbox: &Inbox<T>, deadlines: Deadlines) -> Wake<T> {
            loop {
                let epoch = epoch();
                if (epoch - self.epoch).abs() > JUMP {
                    self.epoch = epoch;
                    return Wake::WallChanged;
                }
                if self.files.as_mut().is_some_and(Eye::changed) {
                    return Wake::FilesChanged;
                }
                let boot = deadlines.boot.map(|at| at.saturating_sub(clock::boot()));
                let wall = deadlines
                    .wall
                    .map(|at| (at - clock::utc()).to_std().unwrap_or_default());
                let patience = [Some(LOOK), boot, wall].into_iter().flatten().min();
                if let Some(item) = inbox.wait(patience) {
                    return Wake::Inbox(item);
                }
                if deadlines.boot.is_some_and(|at| at <= clock::boot()) {
                    return Wake::Boot;
                }
                if deadlines.wall.is_some_and(|at| at <= clock::utc()) {
                    return Wake::Wall;
                }
            }
        }
    }

    fn epoch() -> DateTime<Utc> {
        clock::utc() - TimeDelta::from_std(clock::boot()).unwrap_or_default()
    }
}
