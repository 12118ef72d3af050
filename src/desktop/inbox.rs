//! The daemon's one inbox: many senders, one loop that takes things out.
//!
//! A bell (an eventfd) rings when something is put in, so that the loop can wait for the inbox
//! and for its timers in one `poll`. How things are taken out is [`super::timers`]' business.

use std::{
    io,
    sync::{Arc, mpsc},
    time::Duration,
};

use bell::Bell;

/// Where an adapter reports events of its own kind, whatever the inbox is made of.
///
/// Called on the adapter's thread; never blocks, and does nothing once the loop has ended.
pub type Post<E> = Arc<dyn Fn(E) + Send + Sync>;

/// The end that the loop holds.
#[derive(Debug)]
pub struct Inbox<T> {
    items: mpsc::Receiver<T>,
    sender: Sender<T>,
}

/// The end that everybody else holds.
#[derive(Debug)]
pub struct Sender<T> {
    items: mpsc::Sender<T>,
    bell: Arc<Bell>,
}

impl<T> Inbox<T> {
    /// An empty inbox.
    ///
    /// # Errors
    ///
    /// When the system has no file descriptor left for the bell.
    pub fn new() -> io::Result<Self> {
        let (sender, items) = mpsc::channel();
        Ok(Self {
            items,
            sender: Sender {
                items: sender,
                bell: Arc::new(Bell::new()?),
            },
        })
    }

    /// Another sender for this inbox.
    #[must_use]
    pub fn sender(&self) -> Sender<T> {
        self.sender.clone()
    }

    /// The oldest thing in the inbox, without waiting.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.items.try_recv().ok()
    }

    /// The oldest thing in the inbox, waiting for it for at most this long (forever without).
    #[must_use]
    pub fn wait(&self, patience: Option<Duration>) -> Option<T> {
        match patience {
            Some(patience) => self.items.recv_timeout(patience).ok(),
            None => self.items.recv().ok(),
        }
    }

    /// What rings when something is put in.
    #[cfg(target_os = "linux")]
    pub(super) fn bell(&self) -> &Bell {
        &self.sender.bell
    }

    /// The oldest thing in the inbox after the bell rang; hushes the bell when nothing is left.
    #[cfg(target_os = "linux")]
    pub(super) fn take_rung(&self) -> Option<T> {
        self.take().or_else(|| {
            // Whoever put something in before the hush is not heard again, so the inbox is looked
            // into once more, and for what may have come behind that thing the bell rings anew.
            self.bell().hush();
            let item = self.take()?;
            self.bell().ring();
            Some(item)
        })
    }
}

impl<T> Sender<T> {
    /// Puts something into the inbox. Once the loop has ended there is nobody to tell, and
    /// nothing happens.
    pub fn send(&self, item: T) {
        if self.items.send(item).is_ok() {
            self.bell.ring();
        }
    }
}

impl<T: Send + 'static> Sender<T> {
    /// This inbox as an adapter sees it: a place for events of the adapter's kind.
    #[must_use]
    pub fn post<E: Into<T> + 'static>(&self) -> Post<E> {
        let sender = self.clone();
        Arc::new(move |event: E| sender.send(event.into()))
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self {
            items: self.items.clone(),
            bell: Arc::clone(&self.bell),
        }
    }
}

#[cfg(target_os = "linux")]
pub(super) mod bell {
    //! An eventfd.

    use std::{
        io,
        os::fd::{AsFd, BorrowedFd, OwnedFd},
    };

    use rustix::event::{EventfdFlags, eventfd};

    /// Readable from a ring until it is hushed.
    #[derive(Debug)]
    pub struct Bell(OwnedFd);

    impl Bell {
        pub fn new() -> io::Result<Self> {
            Ok(Self(eventfd(
                0,
                EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK,
            )?))
        }

        pub fn ring(&self) {
            // The only failure is a counter at its limit, and then the bell is ringing already.
            rustix::io::write(&self.0, &1u64.to_ne_bytes()).ok();
        }

        pub fn hush(&self) {
            // Failing means that it was not ringing.
            rustix::io::read(&self.0, &mut [0u8; 8]).ok();
        }
    }

    impl AsFd for Bell {
        fn as_fd(&self) -> BorrowedFd<'_> {
            self.0.as_fd()
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod bell {
    //! Elsewhere the loop waits on the channel itself.

    /// Rings for nobody.
    #[derive(Debug)]
    pub struct Bell;

    impl Bell {
        pub fn new() -> std::io::Result<Self> {
            Ok(Self)
        }

        pub fn ring(&self) {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_come_out_in_the_order_in_which_they_went_in() {
        let inbox = Inbox::new().unwrap();
        let post: Post<u8> = inbox.sender().post();
        for item in 0..5u8 {
            post(item);
        }
        let taken: Vec<u64> = std::iter::from_fn(|| inbox.take()).collect();
        assert_eq!(taken, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_sender_that_outlives_the_loop_sends_into_nothing() {
        let inbox = Inbox::new().unwrap();
        let sender = inbox.sender();
        drop(inbox);
        sender.send(1u8);
    }
}
