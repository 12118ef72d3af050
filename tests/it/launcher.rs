//! What desktops know the program by: installed as users do, and looked over by the official tools.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use unhunch::{desktop::APP_ID, ipc::BUS_NAME};

use crate::support::{Daemon, Desktop, Program, installed};

/// A place where it was installed, with a blank in its path.
struct Installed {
    folder: tempfile::TempDir,
}

impl Installed {
    fn new() -> Self {
        let installed = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let program = Desktop::program();
        let arguments = [Path::new("--program"), &program];
        let output = installed.script("install").args(arguments).output();
        ok(&output.unwrap());
        installed
    }

    /// Nothing of the machine's own session is seen by what this runs.
    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env("XDG_STATE_HOME", self.folder.path().join("state"))
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nobody")
            .stdin(Stdio::null());
        command
    }

    fn script(&self, name: &str) -> Command {
        let mut command = self.command(format!("script/{name}"));
        command.arg("--prefix").arg(self.prefix());
        command
    }

    fn prefix(&self) -> PathBuf {
        self.folder.path().join("my apps")
    }

    fn file(&self, place: &str) -> PathBuf {
        self.prefix().join("share").join(place)
    }

    fn read(&self, place: &str) -> String {
        fs::read_to_string(self.file(place)).unwrap()
    }

    fn program(&self) -> String {
        self.prefix().join("bin/unhunch").display().to_string()
    }
}

#[track_caller]
fn ok(output: &Output) {
    let said = [&output.stdout[..], &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{}\n{said}", output.status);
}

const ENTRY: &str = "applications/org.unhunch.Unhunch.desktop";
const UNIT: &str = "systemd/user/unhunch.service";
const SERVICE: &str = "dbus-1/services/org.unhunch.Unhunch.service";
const METAINFO: &str = "metainfo/org.unhunch.Unhunch.metainfo.xml";

#[test]
fn the_official_tools_find_nothing_to_complain_of() {
    let at = Installed::new();
    for (tool, arguments, place) in [
        ("desktop-file-validate", &[][..], ENTRY),
        (
            "appstreamcli",
            &["validate", "--no-net", "--pedantic"],
            METAINFO,
        ),
        ("xmllint", &["--noout"], METAINFO),
        ("systemd-analyze", &["verify", "--user", "--man=no"], UNIT),
    ] {
        let output = at
            .command(installed(tool))
            .args(arguments)
            .arg(at.file(place))
            .output()
            .unwrap();
        ok(&output);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said, "", "{tool}");
    }
}

#[test]
fn everything_starts_the_program_that_was_installed() {
    let at = Installed::new();
    let program = at.program();
    let lines = |place: &str| -> Vec<String> {
        let text = at.read(place);
        let lines = text.lines().filter(|line| line.starts_with("Exec"));
        lines.map(str::to_owned).collect()
    };
    let entry: Vec<String> = ["", " launch now", " launch pause", " settings"]
        .map(|arguments| format!("Exec=\"{program}\"{arguments}"))
        .into();
    assert_eq!(lines(ENTRY), entry);
    assert_eq!(lines(SERVICE), [format!("Exec=\"{program}\" run")]);
    assert_eq!(lines(UNIT), [format!("ExecStart=\"{program}\" run")]);
    for line in entry {
        let arguments = line.split("\" ").nth(1).unwrap_or_default();
        let command = unhunch::cli::command();
        let words = ["unhunch"].into_iter().chain(arguments.split_whitespace());
        assert!(command.try_get_matches_from(words).is_ok(), "{line}");
    }
    let version = at.command(&program).arg("--version").output().unwrap();
    ok(&version);
}

#[test]
fn all_names_are_the_one_by_which_desktops_know_the_windows() {
    let at = Installed::new();
    assert_eq!(APP_ID, BUS_NAME);
    assert!(ENTRY.contains(APP_ID) && SERVICE.contains(APP_ID) && METAINFO.contains(APP_ID));
    let entry = at.read(ENTRY);
    assert!(entry.contains(&format!("\nIcon={APP_ID}\n")));
    assert!(entry.contains(&format!("\nStartupWMClass={APP_ID}\n")));
    assert!(at.read(SERVICE).contains(&format!("\nName={BUS_NAME}\n")));
    assert!(
        at.read(SERVICE)
            .contains("\nSystemdService=unhunch.service\n")
    );
    let metainfo = at.read(METAINFO);
    assert!(metainfo.contains(&format!("<id>{APP_ID}</id>")));
    assert!(metainfo.contains(&format!("{APP_ID}.desktop</launchable>")));
    let version = format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(metainfo.contains(&version));
}

#[test]
fn the_pictures_for_software_centres_are_pictures_of_ours() {
    let metainfo = include_str!("../../assets/desktop/org.unhunch.Unhunch.metainfo.xml");
    let images = metainfo.split("<image>").skip(1);
    let names = images.filter_map(|rest| rest.split("</image>").next()?.rsplit('/').next());
    let names: Vec<&str> = names.collect();
    assert!(names.len() >= 3, "{names:?}");
    for name in names {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("docs/pictures")
            .join(name);
        assert!(file.is_file(), "{name}");
    }
}

#[test]
fn there_is_an_icon_of_every_size() {
    let at = Installed::new();
    for size in [16, 22, 24, 32, 48, 64, 128, 256, 512] {
        let place = format!("icons/hicolor/{size}x{size}/apps/{APP_ID}.png");
        let icon = image::open(at.file(&place)).unwrap();
        assert_eq!((icon.width(), icon.height()), (size, size));
    }
    assert!(
        at.read(&format!("icons/hicolor/scalable/apps/{APP_ID}.svg"))
            .contains("<svg")
    );
}

#[test]
fn the_bus_knows_how_to_start_it() {
    let at = Installed::new();
    let config = at.folder.path().join("bus.conf");
    let services = at.file("dbus-1/services");
    let content = format!(
        "<busconfig><type>session</type><listen>unix:path={folder}/bus</listen>\
         <servicedir>{services}</servicedir>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
         <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy>\
         </busconfig>",
        folder = at.folder.path().display(),
        services = services.display(),
    );
    fs::write(&config, content).unwrap();
    let mut bus = Program::start(
        "dbus-daemon",
        Program::command("dbus-daemon")
            .arg("--config-file")
            .arg(&config)
            .args(["--nofork", "--nopidfile", "--print-address"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let address = bus.first_line();
    let names = zbus::block_on(async {
        let connection = zbus::connection::Builder::address(address.as_str())
            .method_timeout(std::time::Duration::from_secs(30))
            .build()
            .await?;
        zbus::fdo::DBusProxy::new(&connection)
            .await?
            .list_activatable_names()
            .await
            .map_err(zbus::Error::from)
    });
    let names: Vec<String> = names.unwrap().iter().map(ToString::to_string).collect();
    assert!(names.contains(&BUS_NAME.to_owned()), "{names:?}");
}

#[test]
fn what_was_installed_is_taken_away_again_and_nothing_else() {
    let at = Installed::new();
    let theirs = at.file("applications/other.desktop");
    fs::write(&theirs, "").unwrap();
    ok(&at.script("uninstall").output().unwrap());
    let mut left = Vec::new();
    let mut folders = vec![at.prefix()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|end| end != "cache") {
                // Caches are the desktop's.
                left.push(path);
            }
        }
    }
    assert_eq!(left, [theirs]);
}

#[test]
fn starting_with_the_session_is_switched_on_looked_up_and_switched_off() {
    let at = Installed::new();
    let unhunch = |arguments: &[&str]| {
        let output = at.command(at.program()).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code(), said)
    };
    let state = || {
        let (code, said) = unhunch(&["autostart", "status", "--json"]);
        (
            code,
            serde_json::from_str::<serde_json::Value>(&said).unwrap(),
        )
    };
    let (code, off) = state();
    assert_eq!((code, &off["state"]), (Some(0), &"off".into()));

    let (code, said) = unhunch(&["autostart", "enable"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(&at.program()), "{said}");
    let (_, on) = state();
    assert_eq!(on["state"], "on");
    assert_eq!(on["this_program"], true);
    let file = PathBuf::from(on["file"].as_str().unwrap());
    let validated = Command::new(installed("desktop-file-validate"))
        .arg(&file)
        .output();
    ok(&validated.unwrap());

    // Moved away: whoever asks is told.
    let moved = at.prefix().join("bin/elsewhere");
    fs::rename(at.program(), &moved).unwrap();
    let output = at
        .command(&moved)
        .args(["autostart", "status"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("not there any more"), "{said}");
    fs::rename(moved, at.program()).unwrap();

    unhunch(&["autostart", "disable"]);
    assert!(!file.exists());
    assert_eq!(state().1["state"], "off");
}

#[test]
fn a_program_that_was_moved_says_so_when_it_runs() {
    let desktop = Desktop::start();
    let folder = desktop.folder().join("home/.config/autostart");
    fs::create_dir_all(&folder).unwrap();
    let content = "[Desktop Entry]\nType=Application\nExec=\"/nowhere/unhunch\" run\n";
    fs::write(folder.join(format!("{APP_ID}.desktop")), content).unwrap();
    let daemon = Daemon::start(&desktop, "");
    let status = daemon.status();
    let problem = status["problems"][0].as_str().unwrap();
    assert!(
        problem.contains("/nowhere/unhunch, which is not there any more"),
        "{problem}"
    );
}
