//! The only clock of the program: read once for each event, and passed on as a value.

use std::time::Duration;

use chrono::{DateTime, Local, Offset as _, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::core::time::{Moment, Zone};

/// Now, on all three clocks, and the zone the user is in.
#[must_use]
pub fn now() -> Moment {
    let utc = utc();
    // In this order, so that the time awake is never longer than the time at all.
    let awake = system::awake();
    Moment {
        boot: system::boot(),
        awake,
        utc,
        zone: zone(utc),
    }
}

/// Time since some fixed start, sleep included; the same clock as [`Moment::boot`].
#[must_use]
pub fn boot() -> Duration {
    system::boot()
}

/// Time the machine has been awake; the same clock as [`Moment::awake`].
#[must_use]
pub fn awake() -> Duration {
    system::awake()
}

/// The wall clock.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the wall clock"
)]
pub fn utc() -> DateTime<Utc> {
    Utc::now()
}

/// What tells this start of the machine from every other: points in [`Moment::boot`] that were
/// written down mean something only while it is the same. `None` where the system has no such id.
#[must_use]
pub fn boot_id() -> Option<String> {
    system::boot_id()
}

/// The zone of the user's wall clock: by name where one can be found and agrees with what the
/// system shows, else the system's distance from UTC at this instant.
fn zone(utc: DateTime<Utc>) -> Zone {
    let shown = Local.offset_from_utc_datetime(&utc.naive_utc()).fix();
    let agrees = |tz: &Tz| tz.offset_from_utc_datetime(&utc.naive_utc()).fix() == shown;
    named(std::env::var("TZ").ok().as_deref(), || {
        iana_time_zone::get_timezone().ok()
    })
    .filter(agrees)
    .map_or(Zone::Fixed(shown), Zone::Named)
}

/// The name of the zone: the `TZ` variable if it is set, else what the system is set to.
fn named(variable: Option<&str>, system: impl FnOnce() -> Option<String>) -> Option<Tz> {
    match variable {
        // `:Europe/Berlin` and a full path both mean the file of that name; the other forms
        // (`CET-1CEST`) are rules without a name.
        Some(value) if !value.is_empty() => {
            let value = value.trim_start_matches(':');
            let name = value
                .split_once("/zoneinfo/")
                .map_or(value, |(_folder, name)| name);
            name.parse().ok()
        }
        Some(_) => Some(Tz::UTC),
        None => system()?.parse().ok(),
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::time::Duration;

    use rustix::time::{ClockId, Timespec, clock_gettime};

    pub fn boot() -> Duration {
        duration(clock_gettime(ClockId::Boottime))
    }

    pub fn awake() -> Duration {
        duration(clock_gettime(ClockId::Monotonic))
    }

    pub fn boot_id() -> Option<String> {
        let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        Some(id.trim().to_owned())
    }

    fn duration(time: Timespec) -> Duration {
        // Neither clock is ever negative; an offset of a time namespace cannot make it so either.
        Duration::try_from(time).unwrap_or_default()
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::{
        sync::OnceLock,
        time::{Duration, Instant},
    };

    /// The standard library has one clock that never jumps; whether it counts sleep depends on
    /// the system, so sleep is seen as idleness there and no more.
    #[expect(clippy::disallowed_methods, reason = "the only clock")]
    pub fn awake() -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    pub fn boot() -> Duration {
        awake()
    }

    pub fn boot_id() -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_names_a_zone_in_three_ways() {
        for value in [
            "Europe/Berlin",
            ":Europe/Berlin",
            "/usr/share/zoneinfo/Europe/Berlin",
        ] {
            let zone = named(Some(value), || panic!("{value} is a name"));
            assert_eq!(zone, Some(Tz::Europe__Berlin), "{value}");
        }
    }

    #[test]
    fn rules_without_a_name_are_no_named_zone() {
        assert_eq!(named(Some("CET-1CEST"), || panic!("it is set")), None);
    }

    #[test]
    fn without_a_variable_the_system_is_asked() {
        let asked = named(None, || Some("Asia/Tokyo".to_owned()));
        assert_eq!(asked, Some(Tz::Asia__Tokyo));
        assert_eq!(named(None, || None), None);
    }

    #[test]
    fn an_empty_variable_means_utc() {
        assert_eq!(named(Some(""), || panic!("it is set")), Some(Tz::UTC));
    }

    #[test]
    fn what_the_clock_shows_is_what_the_system_shows() {
        let moment = now();
        let system = moment.utc.with_timezone(&Local);
        assert_eq!(moment.local().naive_local(), system.naive_local());
        assert!(moment.boot >= moment.awake);
    }

    #[test]
    fn the_clock_never_goes_back() {
        let (first, second) = (now(), now());
        assert!(second.boot >= first.boot && second.awake >= first.awake);
    }
}
