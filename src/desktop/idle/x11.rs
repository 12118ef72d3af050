//! Idle time from the X server: alarms on the `IDLETIME` counter of its SYNC extension.
//!
//! One alarm goes off when the counter has risen to the threshold; then another is set to go off
//! when it has fallen back. Each goes off once, so between the two nothing is sent, however much
//! is typed. Both compare the counter with a value instead of watching it pass the value: the
//! server forgets that it passed when anybody asks for the counter in that moment.
//!
//! A thread of its own blocks on the connection; it reconnects when the server went away.

use std::{io, mem, os::fd::AsFd as _, time::Duration};

use anyhow::Context as _;
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
    SHORTEST, Source, WhyNot,
    chooser::{Order, Said, Standing, Voice},
    thread::{Command, End, OnThread},
};
use crate::{
    core::schedule::Sensor,
    desktop::{
        inbox::{Inbox, Post},
        ready::wait,
    },
};

/// What may come from here.
pub const SOURCES: &[Source] = &[Source::X11];

/// Connects to this display.
///
/// # Errors
///
/// When the system has no thread or file descriptor left.
pub fn start(display: String, post: Post<Said>) -> io::Result<OnThread> {
    OnThread::start(SOURCES, post, move |commands, voice| {
        let served = Watch::open(&display).and_then(|mut watch| {
            voice.stands(Standing::offers(Source::X11));
            serve(&mut watch, commands, voice)
        });
        served.err().unwrap_or(End::Stop)
    })
}

/// Watches until it cannot go on.
fn serve(watch: &mut Watch, commands: &Inbox<Command>, voice: &Voice) -> Result<(), End> {
    loop {
        watch.take_events(voice)?;
        watch.x.flush()?;
        if !wait([commands.bell().as_fd(), watch.x.stream().as_fd()], None)[0] {
            continue;
        }
        match commands.take_rung() {
            Some(Command::Do(Order::Watch(threshold))) => {
                watch.set_threshold(threshold.max(SHORTEST), voice)?;
            }
            Some(Command::Do(Order::Rest)) => watch.rest()?,
            Some(Command::Do(Order::Refresh)) => watch.refresh(voice)?,
            Some(Command::Stop) => return Ok(()),
            None => {}
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
    fn open(display: &str) -> Result<Self, End> {
        let (x, _screen) = x11rb::connect(Some(display)).context("connecting to the X server")?;
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

    fn set_threshold(&mut self, threshold: Duration, voice: &Voice) -> Result<(), End> {
        self.threshold = i64::try_from(threshold.as_millis()).unwrap_or(i64::MAX);
        self.set_rising()?;
        if mem::replace(&mut self.rests, false) {
            self.refresh(voice)?;
        }
        Ok(())
    }

    fn rest(&mut self) -> Result<(), End> {
        (self.rests, self.reported, self.threshold) = (true, None, i64::MAX);
        set(&self.x, self.rising, i64::MAX)?;
        set(&self.x, self.falling, -1)
    }

    fn refresh(&mut self, voice: &Voice) -> Result<(), End> {
        let value = self.value()?;
        // What the server reported before that is older.
        self.take_events(voice)?;
        if Duration::from_millis(value.unsigned_abs()) >= SHORTEST {
            self.report(value, voice)
        } else {
            self.report_input(voice)
        }
    }

    fn take_events(&mut self, voice: &Voice) -> Result<(), End> {
        while let Some(event) = self.x.poll_for_event()? {
            let Event::SyncAlarmNotify(alarm) = event else {
                continue;
            };
            if alarm.alarm == self.rising && self.is_news() {
                self.report(number(alarm.counter_value), voice)?;
            } else if alarm.alarm == self.falling && self.reported.is_some() {
                self.report_input(voice)?;
            }
        }
        Ok(())
    }

    /// Whether reaching the threshold has not been reported yet.
    fn is_news(&self) -> bool {
        self.reported.is_none_or(|value| value < self.threshold)
    }

    fn report(&mut self, value: i64, voice: &Voice) -> Result<(), End> {
        self.reported = Some(value);
        set(&self.x, self.falling, value - 1)?;
        let idle = Duration::from_millis(value.unsigned_abs());
        voice.says(Sensor::IdleFor(idle));
        Ok(())
    }

    fn report_input(&mut self, voice: &Voice) -> Result<(), End> {
        self.reported = None;
        voice.says(Sensor::Active);
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
