//! The daemon that lives through it, and what is measured meanwhile.

use std::time::{Duration, Instant};

use super::table::{Fault, Measured, Results};
use crate::support::{Daemon, Desktop, process, wait_within};

/// So much work lies between two breaks.
const EVERY: Duration = Duration::from_secs(10);

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(90);

/// A break after ten seconds, whether or not anybody touches the keyboard.
const SETTINGS: &str = r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle = "0s"
settle_in = "0s"
open = "on start"
snooze = ["10s"]
max_snoozes = 100
answer_within = "1h"

[[reminder]]
id = "upper-back"
every = "10s"
length = "short"
"#;

/// A sensor, and everything that can be done to whom it asks. `false` is the answer of what cannot
/// happen to it.
pub trait Row {
    /// What the sensor is called in the table.
    fn name(&self) -> &'static str;
    /// More settings.
    fn settings(&self) -> &'static str {
        ""
    }
    /// Lets whom it asks be there, and hold breaks or not.
    fn hold(&mut self, on: bool);
    /// Lets the user give input, where the account stands still without.
    fn touch(&mut self) {}
    /// Lets it die.
    fn die(&mut self);
    /// Lets it be there, take questions and answer none.
    fn hang(&mut self) -> bool;
    /// Lets it be there and have ten thousand pieces of news; in the end it holds no breaks.
    fn flood(&mut self) -> bool;
    /// Lets it be there and answer what nobody understands.
    fn babble(&mut self) -> bool;
}

/// Where the sensor lives: whom it asks is not there yet.
pub type Home = fn() -> Desktop;

/// The row for a sensor that lives there.
pub type Made = for<'a> fn(&'a Desktop) -> Box<dyn Row + 'a>;

/// Lets a sensor live through all of it.
pub fn play(home: Home, made: Made) -> Results {
    let desktop = home();
    let mut row = made(&desktop);
    let settings = format!("{SETTINGS}{}", row.settings());
    let mut results = Vec::new();
    let began = now();
    let stage = Stage {
        daemon: Daemon::start(&desktop, &settings),
    };
    for fault in Fault::ALL {
        let work = process::processor_time(stage.daemon.pid());
        if let Some(late) = stage.live_through(&mut *row, fault, began) {
            let measured = Measured {
                late,
                memory: Some(process::memory(stage.daemon.pid()).own),
                work: process::processor_time(stage.daemon.pid()) - work,
            };
            results.push((fault, measured));
        }
    }
    (row.name(), results)
}

struct Stage<'a> {
    daemon: Daemon<'a>,
}

impl Stage<'_> {
    /// How late the break was, with this happening; nothing where it cannot happen.
    fn live_through(&self, row: &mut dyn Row, fault: Fault, began: Instant) -> Option<Duration> {
        match fault {
            Fault::Absent => {
                self.wait_for("announced", 0);
                Some(began.elapsed().saturating_sub(EVERY))
            }
            Fault::Back => Some(self.waits_while_held(row, |row| row.hold(false))),
            Fault::Dies => Some(self.waits_while_held(row, |row| row.die())),
            Fault::Hangs => self.comes_in_time(row, |row| row.hang()),
            Fault::Floods => self.comes_in_time(row, |row| row.flood()),
            Fault::Nonsense => self.comes_in_time(row, |row| row.babble()),
        }
    }

    /// A break is held; how long after this happens it is announced.
    fn waits_while_held(&self, row: &mut dyn Row, ends: impl FnOnce(&mut dyn Row)) -> Duration {
        row.hold(true);
        let name = row.name();
        wait_within(PATIENCE, &format!("{name} to hold the break"), || {
            (self.daemon.status()["state"] == "held").then_some(())
        });
        let before = self.count("announced");
        let since = now();
        ends(row);
        self.wait_for("announced", before);
        since.elapsed()
    }

    /// A new stretch of work begins, and this happens in it; how late its break is announced.
    fn comes_in_time(
        &self,
        row: &mut dyn Row,
        happens: impl FnOnce(&mut dyn Row) -> bool,
    ) -> Option<Duration> {
        let skipped = self.count("skipped");
        let since = wait_within(PATIENCE, "a break that can be skipped", || {
            let since = now();
            self.daemon.run(&["skip"]);
            (self.count("skipped") > skipped).then_some(since)
        });
        row.touch();
        let before = self.count("announced");
        if !happens(row) {
            self.wait_for("announced", before);
            return None;
        }
        self.wait_for("announced", before);
        Some(since.elapsed().saturating_sub(EVERY))
    }

    fn count(&self, event: &str) -> usize {
        let told = self.daemon.told();
        told.iter().filter(|told| *told == event).count()
    }

    fn wait_for(&self, event: &str, before: usize) {
        wait_within(PATIENCE, &format!("one more event “{event}”"), || {
            (self.count(event) > before).then_some(())
        });
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how late a break is, for the table"
)]
fn now() -> Instant {
    Instant::now()
}
