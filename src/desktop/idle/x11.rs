//! Idle time from the X server: alarms on the `IDLETIME` counter of its SYNC extension.
//!
//! One alarm goes off when the counter has risen to the threshold; then another is set to go off
//! when it has fallen back. Each goes off once, so between the two nothing is sent, however much
//! is typed. Both compare the counter with a value instead of watching it pass the value: the
//! server forgets that it passed when anybody asks for the counter in that moment.
//!
//! A thread of its own blocks on the connection; it reconnects when the server went away.

use std::{io, mem, os::fd::AsFd as _, thread, time::Duration};

use anyhow::{Context as _, anyhow};
use x11rb::{
    connection::Connection as _,
    cookie::Cookie,
    protocol::{
        Event,
        sync::{
            Alarm, ChangeAlarmAux, ConnectionExt as _, Counter, CreateAlarmAux, Int64, TESTTYPE,
            VALUETYPE,
        },
        xproto::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

use super::{
    Source, WhyNot,
    chooser::{Backend, Order, Said, Standing},
    retry::Retry,
};
use crate::{
    core::schedule::Sensor,
    desktop::{
        clock,
        fault::caught,
        inbox::{Inbox, Post, Sender},
        ready::wait,
    },
};

/// What may come from here.
pub const SOURCES: &[Source] = &[Source::X11];

/// The shortest threshold that is watched for. Below it ordinary typing would go back and forth.
const SHORTEST: Duration = Duration::from_secs(1);

/// The handle of the chooser.
pub struct X11 {
    orders: Sender<Command>,
}

enum Command {
    Do(Order),
    Stop,
}

impl X11 {
    /// Connects to this display, or without a name to that of the environment.
    ///
    /// # Errors
    ///
    /// When the system has no thread or file descriptor left.
    pub fn start(display: Option<String>, post: Post<Said>) -> io::Result<Self> {
        let inbox = Inbox::new()?;
        let orders = inbox.sender();
        let mut watcher = Watcher {
            display,
            post,
            orders: inbox,
        };
        thread::Builder::new()
            .name("idle".to_owned())
            .spawn(move || watcher.run())?;
        Ok(Self { orders })
    }
}

impl Backend for X11 {
    fn order(&mut self, order: Order) {
        self.orders.send(Command::Do(order));
    }
}

impl Drop for X11 {
    fn drop(&mut self) {
        self.orders.send(Command::Stop);
    }
}

/// The thread.
struct Watcher {
    display: Option<String>,
    post: Post<Said>,
    orders: Inbox<Command>,
}

/// Why the thread stops watching for now.
enum End {
    /// Nobody wants to know any more.
    Stop,
    /// The server went away, or cannot be reached.
    Lost(anyhow::Error),
    /// This server will never tell.
    Unable(WhyNot),
}

impl<E: Into<anyhow::Error>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Lost(error.into())
    }
}

impl Watcher {
    fn run(&mut self) {
        let mut retry = Retry::new();
        let mut said = None;
        loop {
            let begun = clock::boot();
            let end = caught(|| {
                let mut watch = Watch::open(self.display.as_deref())?;
                said = None;
                (self.post)(Said::Stands(Standing::offers(Source::X11)));
                Ok(self.serve(&mut watch))
            });
            let fault = || Err(End::Lost(anyhow!("a fault of the program")));
            let (Ok(end) | Err(end)) = end.unwrap_or_else(fault);
            let (why, wait) = match end {
                End::Stop => return,
                End::Lost(error) => {
                    let lasted = clock::boot().saturating_sub(begun);
                    (
                        WhyNot::Failed(format!("{error:#}")),
                        Some(retry.after(lasted)),
                    )
                }
                End::Unable(why) => (why, None),
            };
            if said.as_ref() != Some(&why) {
                let standing = Standing::nothing(SOURCES, &why);
                (self.post)(Said::Stands(standing));
                said = Some(why);
            }
            if self.sit_out(wait) {
                return;
            }
        }
    }

    /// Watches until it cannot go on.
    fn serve(&mut self, watch: &mut Watch) -> End {
        let served = (|| -> Result<(), End> {
            loop {
                watch.take_events(&self.post)?;
                watch.x.flush()?;
                if !wait([self.orders.bell().as_fd(), watch.x.stream().as_fd()], None)[0] {
                    continue;
                }
                match self.orders.take_rung() {
                    Some(Command::Do(Order::Watch(threshold))) => {
                        watch.set_threshold(threshold.max(SHORTEST), &self.post)?;
                    }
                    Some(Command::Do(Order::Rest)) => watch.rest()?,
                    Some(Command::Do(Order::Refresh)) => watch.refresh(&self.post)?,
                    Some(Command::Stop) => return Err(End::Stop),
                    None => {}
                }
            }
        })();
        served.err().unwrap_or(End::Stop)
    }

    /// Lets time pass without a server (without an end, if it is given none). `true`: stop.
    fn sit_out(&mut self, length: Option<Duration>) -> bool {
        let end = length.map(|length| clock::boot() + length);
        loop {
            let left = end.map(|end| end.saturating_sub(clock::boot()));
            if left.is_some_and(|left| left.is_zero()) {
                return false;
            }
            wait([self.orders.bell().as_fd()], left);
            if let Some(Command::Stop) = self.orders.take_rung() {
                return true;
            }
        }
    }
}

/// A connection with its two alarms. Values are those of the counter: milliseconds without input.
struct Watch {
    x: RustConnection,
    counter: Counter,
    /// Goes off at the threshold or above. Set until the threshold has been reported.
    rising: Alarm,
    /// Goes off below the idleness that was reported. Set until input has been reported.
    falling: Alarm,
    threshold: i64,
    /// The idleness that was reported last, if input would be news.
    reported: Option<i64>,
    /// Nobody wants to hear anything.
    rests: bool,
}

impl Watch {
    fn open(display: Option<&str>) -> Result<Self, End> {
        let (x, _screen) = x11rb::connect(display).context("connecting to the X server")?;
        if x.query_extension(b"XWAYLAND")?.reply()?.present {
            return Err(End::Unable(WhyNot::OnlyXPrograms));
        }
        let asked = x.sync_initialize(3, 1);
        let Ok(Ok(_version)) = asked.map(Cookie::reply) else {
            return Err(End::Unable(WhyNot::Absent));
        };
        let counters = x.sync_list_system_counters()?.reply()?.counters;
        let Some(counter) = counters.iter().find(|counter| counter.name == b"IDLETIME") else {
            return Err(End::Unable(WhyNot::Absent));
        };
        let (counter, threshold) = (counter.counter, i64::MAX);
        Ok(Self {
            rising: create(&x, counter, TESTTYPE::POSITIVE_COMPARISON, threshold)?,
            // The counter never is as low as this.
            falling: create(&x, counter, TESTTYPE::NEGATIVE_COMPARISON, -1)?,
            x,
            counter,
            threshold,
            reported: None,
            rests: true,
        })
    }

    fn set_threshold(&mut self, threshold: Duration, post: &Post<Said>) -> Result<(), End> {
        self.threshold = i64::try_from(threshold.as_millis()).unwrap_or(i64::MAX);
        self.set_rising()?;
        if mem::replace(&mut self.rests, false) {
            self.refresh(post)?;
        }
        Ok(())
    }

    fn rest(&mut self) -> Result<(), End> {
        (self.rests, self.reported, self.threshold) = (true, None, i64::MAX);
        set(&self.x, self.rising, i64::MAX)?;
        set(&self.x, self.falling, -1)
    }

    fn refresh(&mut self, post: &Post<Said>) -> Result<(), End> {
        let value = self.value()?;
        // What the server reported before that is older.
        self.take_events(post)?;
        if Duration::from_millis(value.unsigned_abs()) >= SHORTEST {
            self.report(value, post)
        } else {
            self.report_input(post)
        }
    }

    fn take_events(&mut self, post: &Post<Said>) -> Result<(), End> {
        while let Some(event) = self.x.poll_for_event()? {
            let Event::SyncAlarmNotify(alarm) = event else {
                continue;
            };
            if alarm.alarm == self.rising && self.is_news() {
                self.report(number(alarm.counter_value), post)?;
            } else if alarm.alarm == self.falling && self.reported.is_some() {
                self.report_input(post)?;
            }
        }
        Ok(())
    }

    /// Whether reaching the threshold has not been reported yet.
    fn is_news(&self) -> bool {
        self.reported.is_none_or(|value| value < self.threshold)
    }

    fn report(&mut self, value: i64, post: &Post<Said>) -> Result<(), End> {
        self.reported = Some(value);
        set(&self.x, self.falling, value - 1)?;
        let idle = Duration::from_millis(value.unsigned_abs());
        post(Said::Input(Sensor::IdleFor(idle)));
        Ok(())
    }

    fn report_input(&mut self, post: &Post<Said>) -> Result<(), End> {
        self.reported = None;
        post(Said::Input(Sensor::Active));
        self.set_rising()
    }

    fn set_rising(&mut self) -> Result<(), End> {
        if self.is_news() {
            // An alarm is compared with what the server last saw of the counter, so it is made to
            // look first.
            self.value()?;
            set(&self.x, self.rising, self.threshold)?;
        }
        Ok(())
    }

    fn value(&self) -> Result<i64, End> {
        let reply = self.x.sync_query_counter(self.counter)?.reply()?;
        Ok(number(reply.counter_value))
    }
}

fn create(x: &RustConnection, counter: Counter, test: TESTTYPE, value: i64) -> Result<Alarm, End> {
    let alarm = x.generate_id()?;
    let settings = CreateAlarmAux::new()
        .counter(counter)
        .value_type(VALUETYPE::ABSOLUTE)
        .value(int64(value))
        .test_type(test)
        // An alarm that moves on by nothing goes off once.
        .delta(int64(0))
        .events(1);
    x.sync_create_alarm(alarm, &settings)?;
    Ok(alarm)
}

/// Sets an alarm (again). It goes off at once if its time has come already.
fn set(x: &RustConnection, alarm: Alarm, value: i64) -> Result<(), End> {
    x.sync_change_alarm(alarm, &ChangeAlarmAux::new().value(int64(value)))?;
    Ok(())
}

fn number(value: Int64) -> i64 {
    (i64::from(value.hi) << 32) | i64::from(value.lo)
}

fn int64(value: i64) -> Int64 {
    Int64 {
        hi: i32::try_from(value >> 32).expect("the upper half of 64 bits"),
        lo: u32::try_from(value & 0xffff_ffff).expect("the lower half of 64 bits"),
    }
}
