//! Which part of the program may know of which: the rules of `ARCHITECTURE.md` that can be read
//! off the source. Each rule is an absence, so each is a list of what must not be found.

use crate::source::Source;

/// Something that must not be named in some places.
struct Absence {
    /// Folders or files to which the rule applies.
    inside: &'static [&'static str],
    /// Folders or files that are exempt.
    except: &'static [&'static str],
    /// Paths that must not be named there; what lies below them is meant too.
    absent: &'static [&'static str],
    /// What the rule is for.
    reason: &'static str,
}

const RULES: &[Absence] = &[
    Absence {
        inside: &["src/core/"],
        except: &[],
        absent: &[
            "Instant::now",
            "SystemTime",
            "chrono::Local",
            "chrono::Utc::now",
            "rand",
            "std::env",
            "std::fs",
            "std::io",
            "std::net",
            "std::process",
            "std::thread",
            "std::time::Instant",
            "std::time::SystemTime",
        ],
        reason: "the core takes values and gives values; time, files and chance come from outside",
    },
    Absence {
        inside: &["src/core/"],
        except: &[],
        absent: &[
            "crate::cli",
            "crate::config_file",
            "crate::daemon",
            "crate::desktop",
            "crate::gui",
            "crate::ipc",
            "crate::store",
            "crate::window",
        ],
        reason: "the core knows nothing but itself",
    },
    Absence {
        inside: &["src/"],
        except: &["src/cli/", "src/gui/"],
        absent: &["crate::gui", "eframe", "egui"],
        reason: "only the process of a window loads a GUI library",
    },
    Absence {
        inside: &["src/gui/"],
        except: &[],
        absent: &[
            "crate::daemon",
            "crate::desktop",
            "crate::store",
            "rusqlite",
            "zbus",
        ],
        reason: "windows show and ask; they decide and keep nothing",
    },
    Absence {
        inside: &[
            "src/config_file/",
            "src/desktop/",
            "src/ipc/",
            "src/store/",
            "src/window/",
        ],
        except: &[],
        absent: &["crate::cli", "crate::daemon", "crate::gui"],
        reason: "the edges are used by the daemon and by commands, not the other way round",
    },
    Absence {
        inside: &["src/"],
        except: &["src/desktop/"],
        absent: &[
            "notify_rust",
            "pulseaudio",
            "rustix",
            "signal_hook",
            "wayland_client",
            "wayland_protocols_wlr",
            "winit",
            "x11rb",
        ],
        reason: "platforms differ in `desktop` and nowhere else",
    },
    Absence {
        inside: &["src/"],
        except: &["src/daemon/api.rs", "src/desktop/", "src/ipc/"],
        absent: &["zbus"],
        reason: "the bus is talked to where we ask the desktop, and where we serve",
    },
    Absence {
        inside: &["src/"],
        except: &[],
        absent: &["std::net"],
        reason: "there is nobody on a network to talk to",
    },
    Absence {
        inside: &["src/"],
        except: &["src/store/"],
        absent: &["rusqlite"],
        reason: "one place knows how the history is kept",
    },
];

#[test]
fn every_part_knows_only_what_it_may() {
    let mut found = Vec::new();
    for source in Source::all() {
        let paths = source.paths();
        for rule in RULES.iter().filter(|rule| rule.applies_to(&source.path)) {
            for path in paths.iter().filter(|path| rule.forbids(path)) {
                found.push(format!("{} names {path}: {}", source.path, rule.reason));
            }
        }
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_rule_is_about_something_that_exists() {
    let sources = Source::all();
    for place in RULES
        .iter()
        .flat_map(|rule| rule.inside.iter().chain(rule.except))
    {
        assert!(
            sources.iter().any(|source| source.path.starts_with(place)),
            "no source is in {place}"
        );
    }
}

#[test]
fn platforms_are_told_apart_in_one_place() {
    let elsewhere = files_with(&["target_os", "cfg(unix)", "cfg(windows)"], "src/desktop/");

    assert!(
        elsewhere.is_empty(),
        "only src/desktop may ask for the platform: {elsewhere:?}"
    );
}

#[test]
fn files_are_written_in_one_place() {
    // Besides it: the lock, which is no content; moving a damaged file out of the way; and recorded
    // days, which are only ever added to, a line at a time.
    let except = [
        "src/desktop/instance.rs",
        "src/desktop/private.rs",
        "src/store/aside.rs",
        "src/store/days.rs",
    ];
    let words = [
        "fs::write(",
        "fs::rename(",
        "File::create",
        "File::options",
        "OpenOptions::new",
    ];
    let elsewhere: Vec<String> = Source::all()
        .into_iter()
        .filter(|source| !except.contains(&source.path.as_str()))
        .filter(|source| !source.path.ends_with("tests.rs"))
        .filter(|source| {
            let shipped = source.code.split("#[cfg(test)]\nmod tests").next();
            let shipped = shipped.unwrap_or_default();
            let shipped = shipped
                .split("#[cfg(all(test, unix))]")
                .next()
                .unwrap_or_default();
            words.iter().any(|word| shipped.contains(word))
        })
        .map(|source| source.path)
        .collect();

    assert!(
        elsewhere.is_empty(),
        "desktop::private writes files so that nothing is half there: {elsewhere:?}"
    );
}

#[test]
fn nothing_keeps_the_machine_from_sleep_or_its_user_from_leaving() {
    // The names of the methods by which logind, session managers, screen savers and the portal
    // are asked for it.
    let inhibits = files_with(
        &["\"Inhibit\"", "\"SimulateUserActivity\"", "idle_inhibit"],
        "no folder may",
    );

    assert!(inhibits.is_empty(), "{inhibits:?}");
}

#[test]
fn colours_have_one_home() {
    let literals = [
        "Color32::from_",
        "Color32::BLACK",
        "Color32::BLUE",
        "Color32::GRAY",
        "Color32::GREEN",
        "Color32::RED",
        "Color32::WHITE",
        "Rgba::from_",
        "hex_color!",
    ];

    let elsewhere = files_with(&literals, "src/gui/theme");

    assert!(
        elsewhere.is_empty(),
        "colours belong into src/gui/theme.rs: {elsewhere:?}"
    );
}

impl Absence {
    fn applies_to(&self, file: &str) -> bool {
        let within = |places: &[&str]| places.iter().any(|place| file.starts_with(place));
        within(self.inside) && !within(self.except)
    }

    fn forbids(&self, path: &str) -> bool {
        self.absent.iter().any(|absent| {
            path.strip_prefix(absent)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
    }
}

/// The files whose code has one of these, other than those under `home`.
fn files_with(words: &[&str], home: &str) -> Vec<String> {
    Source::all()
        .into_iter()
        .filter(|source| !source.path.starts_with(home))
        .filter(|source| words.iter().any(|word| source.code.contains(word)))
        .map(|source| source.path)
        .collect()
}
