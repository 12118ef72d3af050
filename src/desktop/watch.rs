//! Tells when a file is saved, however an editor does that: written over, or replaced by another.

use std::{io, path::Path};

/// Calls `changed` on a thread of its own whenever the file was saved, or came or went.
///
/// # Errors
/// When the folder of the file cannot be watched.
pub fn file(path: &Path, changed: impl Fn() + Send + 'static) -> io::Result<()> {
    // A link is saved where it leads to.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let changed = Box::new(changed);
    #[cfg(target_os = "linux")]
    return linux::file(&path, changed);
    #[cfg(not(target_os = "linux"))]
    elsewhere::file(path, changed)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{ffi::OsStr, io, mem::MaybeUninit, os::unix::ffi::OsStrExt as _, path::Path, thread};

    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};

    pub fn file(path: &Path, changed: Box<dyn Fn() + Send>) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_owned();
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let watch = inotify::init(CreateFlags::CLOEXEC)?;
        // Not every write: a file that is being written is not yet what it will be.
        let saved = WatchFlags::CLOSE_WRITE | WatchFlags::MOVED_TO | WatchFlags::DELETE;
        inotify::add_watch(&watch, folder.unwrap_or(Path::new(".")), saved)?;
        thread::Builder::new()
            .name("file watch".to_owned())
            .spawn(move || {
                let mut space = [MaybeUninit::uninit(); 4096];
                let mut events = inotify::Reader::new(watch, &mut space);
                loop {
                    match events.next() {
                        Ok(event) => {
                            let about = event.file_name();
                            if about
                                .is_some_and(|about| OsStr::from_bytes(about.to_bytes()) == name)
                            {
                                changed();
                            }
                        }
                        Err(rustix::io::Errno::INTR) => {}
                        Err(error) => {
                            log::warn!("the file is not watched any more: {error}");
                            return;
                        }
                    }
                }
            })?;
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
mod elsewhere {
    //! Looks at the file twice a second.

    use std::{io, path::PathBuf, thread, time::Duration};

    const LOOK: Duration = Duration::from_millis(500);

    pub fn file(path: PathBuf, changed: Box<dyn Fn() + Send>) -> io::Result<()> {
        let look = move || {
            let metadata = path.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        thread::Builder::new().spawn(move || {
            let mut before = look();
            loop {
                thread::sleep(LOOK);
                let now = look();
                if now != before {
                    before = now;
                    changed();
                }
            }
        })?;
        Ok(())
    }
}
