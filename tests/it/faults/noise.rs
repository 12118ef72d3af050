//! Somebody who takes calls at a socket and answers the same to everybody, or nothing.

use std::{
    io::Write as _,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

/// What no protocol means anything by.
pub const NONSENSE: &[u8] = &[0xA5; 4096];

/// Ends with this value, and hangs up on everybody.
pub struct Noise {
    socket: PathBuf,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Noise {
    /// Takes calls here, and says this.
    pub fn at(socket: &Path, says: &'static [u8]) -> Self {
        let listener = UnixListener::bind(socket).expect("nobody else listens there");
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            let mut callers = Vec::new();
            while let Ok((mut caller, _)) = listener.accept() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                // Whoever does not listen is none of its business.
                caller.write_all(says).ok();
                callers.push(caller);
            }
        });
        Self {
            socket: socket.to_owned(),
            over,
            thread: Some(thread),
        }
    }
}

impl Drop for Noise {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // The last call.
        UnixStream::connect(&self.socket).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
        std::fs::remove_file(&self.socket).ok();
    }
}
