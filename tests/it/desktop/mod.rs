//! What the program asks of a desktop, each on a desktop that does exactly what the test wants.

mod appearance;
mod apps;
mod camera;
mod child;
mod fault;
mod file_chooser;
mod fullscreen;
mod hook;
mod idle;
mod idle_logind;
mod idle_mutter;
mod idle_story;
mod idle_wayland;
mod inhibitors;
mod instance;
mod microphone;
mod notices;
pub mod notification_server;
mod notify;
mod quiet;
mod screen_share;
mod session;
mod signals;
mod timers;
mod watch;

use std::{
    fmt::Debug,
    sync::{Arc, mpsc},
    time::Duration,
};

use unhunch::desktop::inbox::Post;

/// How long anything may take: far longer than it ever takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What an adapter reported, in order.
struct Reports<E>(mpsc::Receiver<E>);

impl<E: Debug + Send + 'static> Reports<E> {
    /// A place to report to, and what arrives there.
    fn new() -> (Post<E>, Self) {
        let (sender, reports) = mpsc::channel();
        // The test may be over before the adapter has said everything.
        let post = Arc::new(move |report| drop(sender.send(report)));
        (post, Self(reports))
    }

    /// The next report.
    fn next(&self) -> E {
        self.0
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| panic!("no report came: {error}"))
    }

    /// The next report that is meant; others before it are passed over.
    fn next_where<T>(&self, meant: impl Fn(&E) -> Option<T>) -> T {
        loop {
            if let Some(found) = meant(&self.next()) {
                return found;
            }
        }
    }

    /// Everything that has been reported by now.
    fn so_far(&self) -> Vec<E> {
        self.0.try_iter().collect()
    }
}
