//! The log's way into the journal: a service's standard error is read line by line, and a line may
//! say how important it is.

use std::env;

/// Whether standard error goes to the journal. The system says which file it made for that, by its
/// device and number; a program that was started with another one must not be fooled.
#[must_use]
pub fn reads_standard_error() -> bool {
    env::var("JOURNAL_STREAM").is_ok_and(|stream| standard_error().as_ref() == Some(&stream))
}

/// How important the journal takes a message of this level: 3 is an error, 4 a warning, 6
/// information, 7 for developers.
#[must_use]
pub fn priority(level: log::Level) -> u8 {
    match level {
        log::Level::Error => 3,
        log::Level::Warn => 4,
        log::Level::Info => 6,
        log::Level::Debug | log::Level::Trace => 7,
    }
}

/// Whether `RUST_LOG` says what is written, so that nobody else does.
#[must_use]
pub fn level_is_fixed() -> bool {
    env::var_os("RUST_LOG").is_some_and(|filter| !filter.is_empty())
}

#[cfg(target_os = "linux")]
fn standard_error() -> Option<String> {
    let file = rustix::fs::fstat(std::io::stderr()).ok()?;
    Some(format!("{}:{}", file.st_dev, file.st_ino))
}

#[cfg(not(target_os = "linux"))]
fn standard_error() -> Option<String> {
    None
}
