//! One program for each user: a locked file beside the saved state, and in each session the name
//! on the bus.
//!
//! The name alone would do on most desktops. But one user may have several buses (a second
//! session, a remote one), and two programs that write one state and one history would take turns
//! in forgetting what the other one did.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::Path,
};

use anyhow::Context as _;

use super::private;

/// The outcome of asking to be the only one.
#[derive(Debug)]
pub enum Claim {
    /// This is the only one, for as long as the value lives and the program runs.
    Ours(Lock),
    /// Another one runs on this bus already.
    Taken,
    /// Another one runs in another session, or without a bus.
    TakenElsewhere {
        /// Its process, as far as the file tells.
        pid: Option<u32>,
    },
}

/// What makes this instance the only one. Keep it; whatever happens to the program, the system
/// gives the claim back.
#[derive(Debug)]
pub struct Lock {
    /// The locked file. Nothing where none can be written, and the name on the bus has to do.
    file: Option<File>,
    /// Whether the name on the bus is ours as well.
    on_bus: bool,
}

impl Lock {
    /// Whether the file has to do without the bus.
    #[must_use]
    pub fn without_bus(&self) -> bool {
        !self.on_bus
    }

    /// Gives the file back. To be done before the bus is left: whoever waits for the name then
    /// finds both free.
    pub fn release(&mut self) {
        self.file = None;
    }
}

/// Claims the name on the bus, and a lock in this folder (made if missing).
///
/// Waits for the bus for a few seconds at most. If the bus goes away later and comes back, the
/// name is asked for again; `taken` is called if another one has it by then.
///
/// # Errors
///
/// When there is neither a bus nor a folder to write to.
#[cfg(target_os = "linux")]
pub fn claim(
    bus: &super::bus::Bus,
    name: &'static str,
    folder: &Path,
    taken: impl Fn() + Send + 'static,
) -> anyhow::Result<Claim> {
    match name::claim(bus, name, taken) {
        Some(false) => Ok(Claim::Taken),
        None => claim_file(folder),
        Some(true) => Ok(match claim_file(folder) {
            Ok(Claim::Ours(lock)) => Claim::Ours(Lock {
                on_bus: true,
                ..lock
            }),
            Ok(other) => other,
            Err(error) => {
                // A home that cannot be written to, or cannot be locked: no reason not to run.
                log::warn!("only the bus keeps a second one from starting: {error:#}");
                Claim::Ours(Lock {
                    file: None,
                    on_bus: true,
                })
            }
        }),
    }
}

/// Claims a lock in this folder (made if missing).
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn claim_file(folder: &Path) -> anyhow::Result<Claim> {
    private::create_folder(folder)
        .with_context(|| format!("making the folder {}", folder.display()))?;
    let path = folder.join("unhunch.lock");
    private::create_file(&path).with_context(|| format!("making {}", path.display()))?;
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&path)
        .with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Ok(Claim::TakenElsewhere {
                pid: number_in(&mut file),
            });
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("locking {}", path.display()));
        }
    }
    // The number is for a person who wonders; the lock itself is the kernel's, so a file that is
    // left behind means nothing, and removing it would open a gap for two. For the same reason a
    // full disk is no reason not to run.
    if let Err(error) = write_number(&mut file) {
        log::debug!("writing {}: {error}", path.display());
    }
    Ok(Claim::Ours(Lock {
        file: Some(file),
        on_bus: false,
    }))
}

fn write_number(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn number_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(target_os = "linux")]
mod name {
    //! The name on the bus.

    use std::{sync::mpsc, time::Duration};

    use zbus::{
        Connection,
        fdo::{RequestNameFlags, RequestNameReply},
    };

    use super::super::bus::{Bus, Client, Work};

    /// The longest that a start waits for the bus.
    const PATIENCE: Duration = Duration::from_secs(8);

    /// Asks for the name on every new connection.
    struct Claimant<F> {
        name: &'static str,
        first: Option<mpsc::Sender<Option<bool>>>,
        taken: F,
    }

    /// Whether the name is ours; `None` without a bus.
    pub fn claim(bus: &Bus, name: &'static str, taken: impl Fn() + Send + 'static) -> Option<bool> {
        let (first, answer) = mpsc::channel();
        bus.attach(Claimant {
            name,
            first: Some(first),
            taken,
        });
        answer.recv_timeout(PATIENCE).ok().flatten()
    }

    impl<F: Fn() + Send + 'static> Client for Claimant<F> {
        fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
            Box::pin(async move {
                let flags = RequestNameFlags::DO_NOT_QUEUE;
                let reply = connection.request_name_with_flags(self.name, flags).await;
                let ours = match reply {
                    Ok(RequestNameReply::PrimaryOwner | RequestNameReply::AlreadyOwner) => true,
                    Ok(RequestNameReply::Exists | RequestNameReply::InQueue)
                    | Err(zbus::Error::NameTaken) => false,
                    Err(error) => return Err(error),
                };
                match self.first.take() {
                    // Nobody waits any more: the start went on without the bus.
                    Some(first) => drop(first.send(Some(ours))),
                    None if ours => log::info!("the name {} is ours again", self.name),
                    None => (self.taken)(),
                }
                Ok(())
            })
        }

        fn lost(&mut self) {
            if let Some(first) = self.first.take() {
                first.send(None).ok();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn of_two_without_a_bus_the_second_is_told_that_there_is_a_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = claim_file(folder.path()).unwrap();
        assert!(matches!(&first, Claim::Ours(lock) if lock.without_bus()));
        let second = claim_file(folder.path()).unwrap();
        let us = std::process::id();
        assert!(
            matches!(second, Claim::TakenElsewhere { pid: Some(pid) } if pid == us),
            "{second:?}"
        );
        drop(first);
        assert!(matches!(claim_file(folder.path()).unwrap(), Claim::Ours(_)));
    }

    #[test]
    fn a_lock_that_was_left_behind_is_nobodys() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("unhunch.lock"), "4711 and more\n").unwrap();
        assert!(matches!(claim_file(folder.path()).unwrap(), Claim::Ours(_)));
        let written = fs::read_to_string(folder.path().join("unhunch.lock")).unwrap();
        assert_eq!(written, format!("{}\n", std::process::id()));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = claim_file(&folder.path().join("file/below")).unwrap_err();
        assert!(format!("{error:#}").contains("file/below"), "{error:#}");
    }
}
