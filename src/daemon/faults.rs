//! Faults of the program itself: counted, shown, and what becomes of a run that ends with one.

use std::collections::BTreeMap;

use super::Daemon;
use crate::{
    desktop::{fault::Fault, notify::Notice},
    text::{text, text_with},
};

/// How often each fault came, by its place.
#[derive(Debug, Default)]
pub struct Faults(BTreeMap<String, (Fault, u32)>);

/// The run ended with a panic of the loop, which has been reported.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken;

impl Faults {
    /// One more; whether it is the first of its kind.
    fn count(&mut self, fault: &Fault) -> bool {
        let known = self.0.entry(fault.place.clone());
        let (_, times) = known.or_insert_with(|| (fault.clone(), 0));
        *times = times.saturating_add(1);
        *times == 1
    }

    /// What the status says of them.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.values().map(|(fault, times)| {
            text_with(
                "daemon-fault",
                &[
                    ("what", fault.what.clone().into()),
                    ("place", fault.place.clone().into()),
                    ("times", (*times).into()),
                ],
            )
        })
    }
}

impl Daemon {
    /// Says that something panicked: each time in the status, and once on the screen. In the log
    /// it is already.
    pub(super) fn report_fault(&mut self, fault: &Fault) {
        if self.faults.count(fault) {
            self.notify.notice(Notice {
                title: text("notice-problem"),
                body: text("daemon-fault-body"),
                transient: false,
            });
        }
    }
}
