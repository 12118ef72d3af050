//! The same figures for this program and for those like it that Debian packages: in one run, on one
//! virtual desktop with panel and notifications, with the settings that each comes with.
//! `script/bench-peers` installs them and runs this.
//!
//! Times are taken by the same eye for all: when a name appears on the bus, an icon in the panel, a
//! window on the screen, and in the window a second colour. What a program makes others do counts
//! as well: how often the X server, the panel, the bus and the notification server are woken, less
//! what they do without it.

mod desk;
mod rivals;
mod table;

use std::{env, fs, time::Duration};

use super::{IDLE, OFTEN, WATCHED, answered, leave, mebibytes, now, wait_until_after};
use crate::support::{Daemon, Desktop, Watcher, process};
use desk::{Cost, Desk, Running};
use rivals::Rival;
use table::{Column, Table};

/// How often each is started and asked for a break.
const ROUNDS: usize = 6;

/// From the start of a program until nothing of it is left that belongs to the start.
const SETTLED: Duration = Duration::from_secs(15);

/// From the start of a program until it is asked for a break.
const STARTED: Duration = Duration::from_secs(2);

#[test]
#[ignore = "takes ten minutes and needs programs that no other test needs: script/bench-peers"]
fn beside_others() {
    let desk = Desk::start();
    wait_until_after(now() + SETTLED);
    let alone = desk.others_cost(IDLE);
    let mut table = Table::default();
    for rival in rivals::all() {
        println!("{} …", rival.name);
        table.add(measured(&desk, &rival, alone));
    }
    drop(desk);
    table.first().answer = answers();
    println!("\n{}", table.text());
    if let Some(file) = env::var_os("UNHUNCH_PEERS_TABLE") {
        fs::write(file, table.markdown()).expect("the file can be written");
    }
}

fn measured(desk: &Desk, rival: &Rival, alone: Cost) -> Column {
    let mut column = Column {
        name: rival.name,
        installed: rival.installed(),
        ..Column::default()
    };
    for _ in 0..ROUNDS {
        let running = desk.run(rival);
        column.bus.extend(running.on_the_bus);
        column.icon.push(running.in_the_panel);
        wait_until_after(now() + STARTED);
        column.window.extend(desk.asks(rival));
        desk.stop(rival, running);
    }
    let running = desk.run(rival);
    if rival.greets {
        desk.dismiss_greeting(rival);
    }
    wait_until_after(now() + SETTLED);
    idle(desk, &running, alone, &mut column);
    if desk.asks(rival).is_some() {
        at_work(&running, &mut column);
    }
    desk.stop(rival, running);
    column
}

/// What it costs all day long.
fn idle(desk: &Desk, running: &Running, alone: Cost, column: &mut Column) {
    let (own, others) = desk.costs(running, IDLE);
    column.wakes = Some(own.wakes);
    column.caused = Some((others.wakes - alone.wakes).max(0.0));
    column.work = Some(own.work);
    column.caused_work = Some((others.work - alone.work).max(0.0));
    let (pss, uss, threads) = holds(running);
    column.pss = Some(pss);
    column.uss = Some(uss);
    column.threads = Some(threads);
}

/// What it costs while its window shows.
fn at_work(running: &Running, column: &mut Column) {
    let before = running.worked();
    let began = now();
    wait_until_after(began + WATCHED);
    let spent = running.worked() - before;
    column.window_share = Some(spent.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0);
    column.window_pss = Some(holds(running).0);
}

/// PSS and USS in MiB, and threads, of a program and all that it has started.
fn holds(running: &Running) -> (f64, f64, f64) {
    let mut sums = (0.0, 0.0, 0.0);
    for pid in running.family() {
        let memory = process::memory(pid);
        sums.0 += mebibytes(memory.pss);
        sums.1 += mebibytes(memory.uss);
        sums.2 += super::count(process::threads(pid));
    }
    sums
}

/// From the answer to an announcement to the window. The others announce nothing to be answered.
fn answers() -> Vec<Duration> {
    let desktop = Desktop::start();
    let watcher = Watcher::start(desktop.display());
    let mut daemon = Daemon::start(&desktop, OFTEN);
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        daemon.wait_for("announced");
        wait_until_after(now() + super::READING);
        times.push(answered(&desktop, &watcher));
        leave(&desktop);
    }
    times
}
