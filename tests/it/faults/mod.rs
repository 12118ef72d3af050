//! What becomes of breaks when what a sensor asks is not there, dies, comes back, hangs, floods or
//! talks nonsense.
//!
//! Every row is one sensor in the real daemon, which lives through all of that in turn. Whatever
//! happens, the break is announced when it is due, memory stays where it was, and the processor has
//! little to do. The table is printed: `cargo test --test it -- faults --nocapture`. A new sensor
//! is one more of the [`ROWS`].

mod app;
mod bus;
mod camera;
mod noise;
mod screen;
mod sound;
mod stage;
mod table;

use stage::{Home, Made, play};
use table::Table;

use crate::support::Desktop;

const ROWS: [(Home, Made); 7] = [
    (Desktop::without_notifications, |desktop| {
        bus::Quiet::made(desktop)
    }),
    (bus::Inhibitors::home, |desktop| {
        bus::Inhibitors::made(desktop)
    }),
    (Desktop::start, |desktop| bus::Lock::made(desktop)),
    (screen::Wayland::home, |desktop| {
        screen::Wayland::made(desktop)
    }),
    (Desktop::start, |desktop| screen::X11::made(desktop)),
    (Desktop::start, |desktop| sound::Microphone::made(desktop)),
    (Desktop::start, |desktop| app::Programs::made(desktop)),
];

#[test]
fn a_sensor_that_fails_costs_its_feature_and_never_the_schedule() {
    let mut table = Table::default();
    // Side by side, since most of the time is spent waiting for breaks.
    std::thread::scope(|scope| {
        let playing = ROWS.map(|(home, made)| scope.spawn(move || play(home, made)));
        for row in playing {
            match row.join() {
                Ok(results) => table.add(results),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    table.add(camera::play());
    println!("\n{table}");
    table.check();
}
