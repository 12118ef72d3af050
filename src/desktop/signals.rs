//! What the system and the terminal ask of the program: to end, or to read its settings again.
//!
//! A signal handler may do next to nothing, so it writes one byte into a pipe; the loop waits for
//! that pipe beside everything else.

use std::io;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// `SIGTERM`, `SIGINT`: end, and save first.
    End,
    /// `SIGHUP`: read the settings again.
    Reload,
}

#[cfg(target_os = "linux")]
pub use linux::Signals;

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        io::{ErrorKind, Read as _},
        os::fd::{AsFd, BorrowedFd, OwnedFd},
        os::unix::net::UnixStream,
    };

    use signal_hook::{
        SigId,
        consts::{SIGHUP, SIGINT, SIGTERM},
        low_level,
    };

    use super::{Signal, io};

    /// The signals that arrived and were not looked at yet. Handles them from its making until
    /// it is dropped; from then on the defaults of the system do not come back.
    #[derive(Debug)]
    pub struct Signals {
        end: UnixStream,
        reload: UnixStream,
        handlers: Vec<SigId>,
    }

    impl Signals {
        /// Starts to listen.
        ///
        /// # Errors
        ///
        /// When the system has no file descriptor left, or refuses a handler.
        pub fn listen() -> io::Result<Self> {
            let (end, on_end) = UnixStream::pair()?;
            let (reload, on_reload) = UnixStream::pair()?;
            end.set_nonblocking(true)?;
            reload.set_nonblocking(true)?;
            let handlers = vec![
                low_level::pipe::register(SIGTERM, OwnedFd::from(on_end.try_clone()?))?,
                low_level::pipe::register(SIGINT, OwnedFd::from(on_end))?,
                low_level::pipe::register(SIGHUP, OwnedFd::from(on_reload))?,
            ];
            Ok(Self {
                end,
                reload,
                handlers,
            })
        }

        /// A signal that arrived since the last look. Several of one kind are one.
        pub fn arrived(&mut self) -> Option<Signal> {
            if drain(&mut self.end) {
                Some(Signal::End)
            } else if drain(&mut self.reload) {
                Some(Signal::Reload)
            } else {
                None
            }
        }

        /// What becomes readable when a signal arrives.
        pub(in crate::desktop) fn pipes(&self) -> [BorrowedFd<'_>; 2] {
            [self.end.as_fd(), self.reload.as_fd()]
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            for handler in self.handlers.drain(..) {
                low_level::unregister(handler);
            }
        }
    }

    fn drain(pipe: &mut UnixStream) -> bool {
        let mut some = false;
        loop {
            match pipe.read(&mut [0; 64]) {
                Ok(0) => return some,
                Ok(_) => some = true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_empty) => return some,
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub use elsewhere::Signals;

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use super::{Signal, io};

    /// There are none here: the program ends through its own commands.
    #[derive(Debug)]
    pub struct Signals;

    impl Signals {
        /// Starts to listen to nothing.
        ///
        /// # Errors
        ///
        /// None.
        pub fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        /// Never anything.
        pub fn arrived(&mut self) -> Option<Signal> {
            None
        }
    }
}
