//! Displays: what tells of windows that fill the screen, and of input.

use std::{fs, os::unix::fs::symlink, path::PathBuf};

use super::{
    noise::{NONSENSE, Noise},
    stage::Row,
};
use crate::support::{Desktop, Film, Sway, Typewriter, VirtualDisplay, process, wait_until};

/// A compositor that comes and goes behind one and the same socket. Full screen and idle time are
/// asked there.
pub struct Wayland {
    socket: PathBuf,
    film: Option<Film>,
    sway: Option<Sway>,
    noise: Option<Noise>,
}

impl Wayland {
    pub fn home() -> Desktop {
        let desktop = Desktop::start();
        let socket = desktop.folder().join("wayland");
        desktop.set("DISPLAY", "");
        desktop.set("WAYLAND_DISPLAY", socket);
        desktop
    }

    pub fn made(desktop: &Desktop) -> Box<dyn Row + '_> {
        Box::new(Self {
            socket: desktop.folder().join("wayland"),
            film: None,
            sway: None,
            noise: None,
        })
    }

    fn sway(&mut self) -> &Sway {
        if self.sway.is_none() {
            let sway = Sway::start();
            symlink(sway.display(), &self.socket).unwrap();
            self.film = Some(Film::open(sway.display(), "film"));
            self.sway = Some(sway);
        }
        self.sway.as_ref().unwrap()
    }
}

impl Row for Wayland {
    fn name(&self) -> &'static str {
        "full screen (Wayland)"
    }

    fn hold(&mut self, on: bool) {
        self.sway();
        self.film.as_ref().unwrap().fill_screen(on);
    }

    fn die(&mut self) {
        self.sway = None;
        self.film = None;
        fs::remove_file(&self.socket).unwrap();
    }

    fn hang(&mut self) -> bool {
        let pid = self.sway().pid();
        stop(pid, true);
        true
    }

    fn flood(&mut self) -> bool {
        stop(self.sway().pid(), false);
        let film = self.film.as_ref().unwrap();
        for number in 0..10_000 {
            film.call_it(&format!("scene {number}"));
            if number % 20 == 0 {
                // An answer: the compositor keeps up, and does not hang up on the film.
                film.token();
            }
        }
        true
    }

    fn babble(&mut self) -> bool {
        self.die();
        self.noise = Some(Noise::at(&self.socket, NONSENSE));
        true
    }
}

/// An X server that is another one than that of the notifications. When it ends, so does the
/// session, and the program with it; what can die is the program with the film.
pub struct X11 {
    display: VirtualDisplay,
    film: Option<Typewriter>,
}

impl X11 {
    pub fn made(desktop: &Desktop) -> Box<dyn Row + '_> {
        let display = VirtualDisplay::start(desktop.folder());
        desktop.set("DISPLAY", display.name());
        Box::new(Self {
            display,
            film: None,
        })
    }

    fn film(&mut self) -> &Typewriter {
        self.film
            .get_or_insert_with(|| Typewriter::open(&self.display))
    }
}

impl Row for X11 {
    fn name(&self) -> &'static str {
        "full screen, idle (X11)"
    }

    fn hold(&mut self, on: bool) {
        self.film().fill_screen(on);
    }

    fn die(&mut self) {
        self.film = None;
    }

    fn hang(&mut self) -> bool {
        stop(self.display.pids()[0], true);
        true
    }

    fn flood(&mut self) -> bool {
        stop(self.display.pids()[0], false);
        let film = self.film();
        for _ in 0..5_000 {
            film.fill_screen(true);
            film.fill_screen(false);
        }
        true
    }

    /// What windows say of themselves the window manager says for them.
    fn babble(&mut self) -> bool {
        false
    }
}

/// Stops a process, or lets it go on.
fn stop(pid: u32, on: bool) {
    process::signal(pid, if on { "STOP" } else { "CONT" });
    wait_until("the process to hear of it", || {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (_, state) = stat.rsplit_once(')')?;
        (state.trim_start().starts_with('T') == on).then_some(())
    });
}
