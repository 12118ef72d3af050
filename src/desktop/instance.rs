//! One program for each session: the name on the bus is the lock, a locked file where there is no
//! bus.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Seek as _, Write as _},
    path::Path,
};

use anyhow::Context as _;

/// The outcome of asking to be the only one.
#[derive(Debug)]
pub enum Claim {
    /// This is the only one, for as long as the value lives and the program runs.
    Ours(Lock),
    /// Another one runs already.
    Taken,
}

/// What makes this instance the only one. Keep it; whatever happens to the program, the system
/// gives the claim back.
#[derive(Debug)]
pub struct Lock {
    /// The locked file, where there is no bus.
    file: Option<File>,
}

impl Lock {
    /// Whether a file had to stand in for the bus.
    #[must_use]
    pub fn without_bus(&self) -> bool {
        self.file.is_some()
    }
}

/// Claims the name on the bus, or without a bus a lock in this folder (made if missing).
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
        Some(true) => Ok(Claim::Ours(Lock { file: None })),
        Some(false) => Ok(Claim::Taken),
        None => claim_file(folder),
    }
}

/// Claims a lock in this folder (made if missing).
///
/// # Errors
///
/// When the folder cannot be written to.
pub fn claim_file(folder: &Path) -> anyhow::Result<Claim> {
    fs::create_dir_all(folder)
        .with_context(|| format!("making the folder {}", folder.display()))?;
    let path = folder.join("unhunch.lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .with_context(|| format!("opening {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Claim::Taken),
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("locking {}", path.display()));
        }
    }
    // The number is for a person who wonders; the lock itself is the kernel's, so a file that is
    // left behind means nothing, and removing it would open a gap for two.
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .with_context(|| format!("writing {}", path.display()))?;
    Ok(Claim::Ours(Lock { file: Some(file) }))
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
    use super::*;

    #[test]
    fn of_two_without_a_bus_the_second_is_told_that_there_is_a_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = claim_file(folder.path()).unwrap();
        assert!(matches!(&first, Claim::Ours(lock) if lock.without_bus()));
        assert!(matches!(claim_file(folder.path()).unwrap(), Claim::Taken));
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
