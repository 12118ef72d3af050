//! The names of a running program.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt as _, path::Path};

/// The kernel's own name for a program ends after so many bytes.
const CUT: usize = 15;

/// Programs that run what their first argument names.
const INTERPRETERS: &[&str] = &[
    "bash", "bun", "dash", "deno", "electron", "fish", "gjs", "java", "ksh", "lua", "mono", "node",
    "nodejs", "perl", "php", "python", "pypy", "ruby", "sh", "wine", "wine64", "wish", "zsh",
];

/// Ends of names that nobody says.
const ENDINGS: &[&str] = &[
    ".appimage",
    ".bin",
    ".exe",
    ".jar",
    ".js",
    ".pl",
    ".py",
    ".rb",
    ".sh",
];

/// All names of a program, in small letters. Empty for one that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    whole: Vec<String>,
    /// The beginning of a name of which nothing more is known.
    cut: Option<String>,
}

impl Names {
    /// Those of the process with this folder under `/proc`.
    #[must_use]
    pub fn of(process: &Path) -> Self {
        let read = |file: &str| fs::read(process.join(file)).unwrap_or_default();
        let arguments = read("cmdline");
        let arguments: Vec<&[u8]> = arguments.split(|byte| *byte == 0).collect();
        let file = fs::read_link(process.join("exe")).ok();
        let file = file.map(|file| file.as_os_str().as_bytes().to_vec());
        Self::from_parts(
            &text(&read("comm")),
            file.as_deref(),
            &arguments,
            &text(&read("cgroup")),
        )
    }

    /// Those of a window, as it calls itself.
    #[must_use]
    pub fn of_window(names: &[String]) -> Self {
        let mut all = Self::default();
        for name in names {
            all.add_id(name);
        }
        all
    }

    fn from_parts(comm: &str, file: Option<&[u8]>, arguments: &[&[u8]], cgroup: &str) -> Self {
        let mut all = Self::default();
        if let Some(file) = file {
            // The file of a program that was updated while it runs.
            all.add_file(file.strip_suffix(b" (deleted)").unwrap_or(file));
        }
        let started_as = arguments.first().copied().unwrap_or_default();
        // Some put all their arguments, or a title, where their name belongs.
        let started_as = started_as.split(|byte| *byte == b' ').next();
        all.add_file(started_as.unwrap_or_default());
        if all.whole.iter().any(|name| is_interpreter(name))
            && let Some(script) = script(arguments)
        {
            all.add_file(script);
        }
        let comm = comm.trim().to_lowercase();
        let known = all.whole.iter().any(|name| name.starts_with(&comm));
        if comm.len() == CUT && !known {
            all.cut = Some(comm.clone());
        }
        all.add(&comm);
        if let Some(id) = desktop_id(cgroup) {
            all.add_id(&id);
        }
        all
    }

    /// Whether there is any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// Whether somebody who writes this means this program.
    #[must_use]
    pub fn include(&self, written: &str) -> bool {
        let mut meant = Self::default();
        meant.add_file(written.as_bytes());
        let cut = |name: &String| {
            let cut = self.cut.as_deref();
            cut.is_some_and(|cut| name.len() > CUT && name.starts_with(cut))
        };
        (meant.whole.iter()).any(|name| self.whole.contains(name) || cut(name))
    }

    /// The most telling of them.
    #[must_use]
    pub fn first(&self) -> Option<String> {
        self.whole.first().cloned()
    }

    /// Takes what other names have.
    pub fn join(&mut self, others: Self) {
        self.whole.extend(others.whole);
        self.cut = self.cut.take().or(others.cut);
    }

    fn add(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if !name.is_empty() && !self.whole.contains(&name) {
            self.whole.push(name);
        }
    }

    /// A file: its name without folders, with and without its ending.
    fn add_file(&mut self, path: &[u8]) {
        let name = path.rsplit(|byte| *byte == b'/' || *byte == b'\\').next();
        let name = text(name.unwrap_or_default()).to_lowercase();
        for ending in ENDINGS {
            if let Some(plain) = name.strip_suffix(ending) {
                self.add(plain);
            }
        }
        self.add(&name);
    }

    /// An id such as `org.blender.Blender`: as a whole, and its last part.
    fn add_id(&mut self, id: &str) {
        self.add(id);
        let id = id.strip_suffix(".desktop").unwrap_or(id);
        if let Some((before, last)) = id.rsplit_once('.')
            && before.contains('.')
        {
            self.add(last);
        }
    }
}

fn text(bytes: &[u8]) -> String {
    OsStr::from_bytes(bytes).to_string_lossy().into_owned()
}

/// Interpreters often have a version behind their name: `python3.11`.
fn is_interpreter(name: &str) -> bool {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit() || ['.', '-'].contains(&c));
    INTERPRETERS.contains(&plain) || INTERPRETERS.contains(&name)
}

/// What an interpreter runs: the first argument that is no option, or the one after `-m` or `-jar`.
/// What follows `-c` or `-e` is a program without a name.
fn script<'a>(arguments: &[&'a [u8]]) -> Option<&'a [u8]> {
    for argument in arguments.iter().skip(1) {
        match *argument {
            b"-c" | b"-e" => return None,
            option if option.starts_with(b"-") => {}
            b"" => {}
            script => return Some(script),
        }
    }
    None
}

/// The id under which the desktop started the process with this folder under `/proc`, if somebody
/// opened it: not what starts with the session, of which people know nothing.
#[must_use]
pub fn opened_as(process: &Path) -> Option<String> {
    let group = text(&fs::read(process.join("cgroup")).unwrap_or_default());
    match group.contains("@autostart") {
        true => None,
        false => desktop_id(&group),
    }
}

/// The id under which the desktop, Flatpak or snap started a program, from its control group:
/// `app-flatpak-org.blender.Blender-2471.scope`, `app-org.kde.okular@1f.service`,
/// `snap.blender.blender-….scope`.
fn desktop_id(cgroup: &str) -> Option<String> {
    let unit = (cgroup.lines()).find_map(|line| {
        let mut parts = line.rsplit('/');
        parts.find(|part| part.starts_with("app-") || part.starts_with("snap."))
    })?;
    if let Some(snap) = unit.strip_prefix("snap.") {
        return snap.split('.').next().map(str::to_owned);
    }
    let id = match unit.strip_suffix(".scope") {
        // A number stands behind it.
        Some(scope) => scope.rsplit_once('-')?.0,
        None => unit.strip_suffix(".service")?.split('@').next()?,
    };
    // Who started it stands before it; a `-` within the id is written otherwise.
    let id = id.rsplit('-').next()?;
    Some(id.replace("\\x2d", "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(comm: &str, file: &str, arguments: &[&str], cgroup: &str) -> Names {
        let arguments: Vec<&[u8]> = arguments
            .iter()
            .map(|argument| argument.as_bytes())
            .collect();
        let file = (!file.is_empty()).then_some(file.as_bytes());
        Names::from_parts(comm, file, &arguments, cgroup)
    }

    #[test]
    fn a_program_is_meant_by_its_file_however_it_is_written() {
        let mpv = names("mpv", "/usr/bin/mpv", &["mpv", "/home/ada/vlc.mkv"], "0::/");
        assert!(mpv.include("mpv"));
        assert!(mpv.include("MPV"));
        assert!(mpv.include("/usr/bin/mpv"));
        assert!(!mpv.include("vlc"));
        assert!(!mpv.include("mp"));
        let updated = names("blender", "/opt/blender (deleted)", &["/opt/blender"], "");
        assert!(updated.include("blender"));
    }

    #[test]
    fn names_that_the_kernel_cuts_are_known_as_a_whole() {
        let whole = names(
            "gnome-system-mo",
            "/usr/bin/gnome-system-monitor",
            &["gnome-system-monitor"],
            "",
        );
        assert!(whole.include("gnome-system-monitor"));
        assert!(!whole.include("gnome-system-monkey"));
        // Of a program that shows nothing else the beginning has to do.
        let cut = names("gnome-system-mo", "", &[""], "");
        assert!(cut.include("gnome-system-monitor"));
        assert!(!cut.include("gnome-system"));
    }

    #[test]
    fn a_script_is_meant_by_its_own_name() {
        let python = "/usr/bin/python3.11";
        let gui = names(
            "meld",
            python,
            &["/usr/bin/python3", "/usr/bin/meld", "a"],
            "",
        );
        assert!(gui.include("meld"));
        assert!(gui.include("python3"));
        assert!(!gui.include("a"));
        let option = names("python3", python, &["python3", "-u", "/opt/render.py"], "");
        assert!(option.include("render") && option.include("render.py"));
        let module = names("python3", python, &["python3", "-m", "http.server"], "");
        assert!(module.include("http.server"));
        let nameless = names("bash", "/usr/bin/bash", &["bash", "-c", "mpv film"], "");
        assert!(!nameless.include("mpv film") && !nameless.include("mpv"));
        let jar = names(
            "java",
            "/usr/bin/java",
            &["java", "-jar", "/opt/Ghidra.jar"],
            "",
        );
        assert!(jar.include("ghidra"));
        let editor = names("vim", "/usr/bin/vim.basic", &["vim", "mpv"], "");
        assert!(!editor.include("mpv"));
    }

    #[test]
    fn the_desktop_knows_it_by_an_id() {
        let app = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/";
        let of = |unit: &str| {
            names(
                "bwrap",
                "/usr/bin/bwrap",
                &["bwrap"],
                &format!("{app}{unit}"),
            )
        };
        let flatpak = of("app-flatpak-org.blender.Blender-2471.scope");
        assert!(flatpak.include("org.blender.Blender") && flatpak.include("blender"));
        assert!(of("app-gnome-us.zoom.Zoom-77.scope").include("zoom"));
        assert!(of("app-org.kde.okular@1f3a.service").include("okular"));
        assert!(of("app-com.obsproject.Studio\\x2dPlus-9.scope").include("studio-plus"));
        assert!(of("snap.spotify.spotify-8b0.scope").include("spotify"));
        assert!(!of("app-gnome-us.zoom.Zoom-77.scope").include("us"));
        assert!(of("session-2.scope").include("bwrap"));
    }

    #[test]
    fn windows_have_names_too() {
        let window = Names::of_window(&["org.gnome.Totem".to_owned()]);
        assert!(window.include("totem") && window.include("org.gnome.Totem"));
        let window = Names::of_window(&["gl".to_owned(), "mpv".to_owned()]);
        assert!(window.include("mpv"));
        assert!(Names::of(Path::new("/proc/nobody")).is_empty());
    }
}
