//! Faults of the program itself: panics in code that talks to the desktop.
//!
//! Such code runs on threads of its own and in tasks of the bus's thread. Each place that starts
//! some of it catches what it throws, so that a fault costs a feature until the next attempt and
//! never the program; and every panic, wherever it is caught, is reported, so that it is shown and
//! counted. What the loop itself throws ends the program; that is the daemon's business.

use std::{
    any::Any,
    future::Future,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
};

use futures_lite::FutureExt as _;

use super::inbox::Post;

/// A panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it says.
    pub what: String,
    /// Where in the program's source it happened: file and line.
    pub place: String,
}

/// From now on every panic of this process goes into the log, and is told here from whatever
/// thread it happens on.
pub fn tell(post: Post<Fault>) {
    panic::set_hook(Box::new(move |info| {
        let fault = fault(info);
        log::error!("a fault of the program: {} ({})", fault.what, fault.place);
        post(fault);
    }));
}

/// What comes of this work, or `None` when it panics. Whatever it was changing may be half
/// changed then, so nothing of that may be used any more.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// The same for work that takes turns with others on a thread.
pub async fn caught_in<T>(work: impl Future<Output = T>) -> Option<T> {
    AssertUnwindSafe(work).catch_unwind().await.ok()
}

fn fault(info: &PanicHookInfo<'_>) -> Fault {
    let place = info.location().map_or_else(String::new, |place| {
        format!("{}:{}", place.file(), place.line())
    });
    Fault {
        what: said(info.payload()),
        place,
    }
}

fn said(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_comes_to_nothing_and_what_does_not_to_something() {
        assert_eq!(caught(|| 7), Some(7));
        assert_eq!(caught(|| panic!("on purpose")), None::<u8>);
        let later = async { panic!("on purpose") };
        assert_eq!(futures_lite::future::block_on(caught_in(later)), None::<u8>);
    }

    #[test]
    fn words_are_found_in_both_kinds_of_panic() {
        for (payload, words) in [
            (Box::new("fixed") as Box<dyn Any + Send>, "fixed"),
            (Box::new("made up".to_owned()), "made up"),
            (Box::new(7_u8), "no words"),
        ] {
            assert_eq!(said(&*payload), words);
        }
    }
}
