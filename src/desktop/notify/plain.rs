//! Plain notices, through the notification library that knows every system.

#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use notify_rust::Hint;
use notify_rust::{Notification, Timeout};

use super::Notice;
#[cfg(target_os = "linux")]
use crate::desktop::APP_ID;

/// The longest that anybody waits for a server to take a notice.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(5);

/// Some servers take a notice off the screen when the connection that brought it closes, so it is
/// held open for as long as there is something to read.
#[cfg(target_os = "linux")]
const FLEETING: Duration = Duration::from_secs(15);
#[cfg(target_os = "linux")]
const LASTING: Duration = Duration::from_mins(10);

/// Shows a notice, from the bus's thread and without holding it up.
#[cfg(target_os = "linux")]
pub async fn show_on_bus(notice: Notice) {
    use crate::desktop::bus;

    match bus::within(PATIENCE, notification(&notice).show_async()).await {
        Some(Ok(shown)) => {
            bus::pause(if notice.transient { FLEETING } else { LASTING }).await;
            drop(shown);
        }
        Some(Err(error)) => log::warn!("the notice \"{}\" was not shown: {error}", notice.title),
        None => log::warn!(
            "the notice \"{}\" was not shown: the notification server does not answer",
            notice.title
        ),
    }
}

/// Shows a notice. Returns at once; what goes wrong is for the log.
#[cfg(not(target_os = "linux"))]
pub fn show(notice: Notice) {
    // The library waits for the system without an end, so it waits on a thread of its own.
    let started = std::thread::Builder::new()
        .name("notice".to_owned())
        .spawn(move || {
            if let Err(error) = notification(&notice).show() {
                log::warn!("the notice \"{}\" was not shown: {error}", notice.title);
            }
        });
    if let Err(error) = started {
        log::warn!("a notice was not shown: {error}");
    }
}

fn notification(notice: &Notice) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Unhunch")
        .summary(&notice.title)
        .body(&notice.body)
        .timeout(Timeout::Default);
    #[cfg(target_os = "linux")]
    notification
        .icon(APP_ID)
        .hint(Hint::DesktopEntry(APP_ID.to_owned()))
        .hint(Hint::Transient(notice.transient));
    notification
}
