//! Whether the display of the session is still there. Without it the session is over, whether or
//! not anybody says so: its programs have been ended, and a new one has a display of its own.

use std::{
    env,
    ffi::OsString,
    io::ErrorKind,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
};

/// The display, as it was found at the start.
#[derive(Debug)]
pub struct Display {
    /// Where it listens. Nothing where there was no display, or one on another machine.
    socket: Option<PathBuf>,
}

impl Display {
    /// The one that the environment names, if it answers.
    #[must_use]
    pub fn find() -> Self {
        Self::at(wayland_socket().or_else(|| x11(&set("DISPLAY")?)))
    }

    /// The one that listens here.
    fn at(socket: Option<PathBuf>) -> Self {
        Self {
            socket: socket.filter(|socket| answers(socket)),
        }
    }

    /// Whether it was there, and is no more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.socket.as_ref().is_some_and(|socket| !answers(socket))
    }
}

/// Where the Wayland compositor listens that the environment names.
pub fn wayland_socket() -> Option<PathBuf> {
    let name = set("WAYLAND_DISPLAY")?;
    // A path of its own stays as it is when it is joined to a folder.
    Some(PathBuf::from(set("XDG_RUNTIME_DIR").unwrap_or_default()).join(name))
}

fn set(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Where an X server of this machine listens: `:1`, `:1.0`, `unix:1`.
fn x11(display: &OsString) -> Option<PathBuf> {
    let (host, number) = display.to_str()?.rsplit_once(':')?;
    let number = number.split('.').next()?;
    let here = matches!(host, "" | "unix") && number.parse::<u32>().is_ok();
    here.then(|| format!("/tmp/.X11-unix/X{number}").into())
}

fn answers(socket: &Path) -> bool {
    match UnixStream::connect(socket) {
        Ok(_) => true,
        // Whatever else may be the matter, somebody is there, or it cannot be told.
        Err(error) => !matches!(
            error.kind(),
            ErrorKind::ConnectionRefused | ErrorKind::NotFound
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_display_is_gone_when_nobody_listens_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("wayland-1");
        let server = UnixListener::bind(&socket).unwrap();
        let display = Display::at(Some(socket.clone()));
        assert!(!display.is_gone());
        drop(server);
        assert!(display.is_gone());
        std::fs::remove_file(socket).unwrap();
        assert!(display.is_gone());
    }

    #[test]
    fn where_there_was_none_none_is_missed() {
        assert!(!Display::at(Some("/nobody".into())).is_gone());
        assert!(!Display::at(None).is_gone());
    }

    #[test]
    fn only_x_servers_of_this_machine_have_a_socket() {
        let socket = |name: &str| x11(&name.into()).map(|path| path.display().to_string());
        assert_eq!(socket(":1").unwrap(), "/tmp/.X11-unix/X1");
        assert_eq!(socket("unix:12.0").unwrap(), "/tmp/.X11-unix/X12");
        for elsewhere in ["localhost:10.0", "far:0", "", "0", ":", ":x"] {
            assert_eq!(socket(elsewhere), None, "{elsewhere}");
        }
    }
}
