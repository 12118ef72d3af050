//! A made-up desktop, for pictures of the window.

use std::collections::BTreeMap;

use crate::{
    desktop::{
        sense::{Why, Word},
        sensors::About,
        survey::Survey,
    },
    gui::settings::{
        News, about,
        hold::{self, Around, Input, Live, Program, Subject},
        hooks,
    },
    sense_text,
    text::{text, text_with},
};

/// What all pages are told on it.
pub fn news() -> Vec<News> {
    let hold = hold_news().into_iter().map(News::Hold);
    let hooks = hooks::News::Looked(BTreeMap::new());
    let about = about_news().into_iter().map(News::About);
    hold.chain([News::Hooks(hooks)]).chain(about).collect()
}

/// Somebody is in a call on GNOME.
fn hold_news() -> Vec<hold::News> {
    let at = || "14:03:10".to_owned();
    let survey = Survey {
        session: Some("wayland".to_owned()),
        ..Survey::default()
    };
    let programs = || Why::Programs(vec!["Zoom".to_owned()]);
    let words = [
        (
            Subject::Quiet,
            About::Quiet,
            Word::known(false, "GNOME", Why::Told),
        ),
        (
            Subject::Microphone,
            About::Microphone,
            Word::known(true, "PipeWire", programs()),
        ),
        (
            Subject::Camera,
            About::Camera,
            Word::known(false, "Linux", Why::Told),
        ),
        (
            Subject::ScreenShare,
            About::ScreenShare,
            Word::known(false, "PipeWire", Why::Told),
        ),
        (
            Subject::Fullscreen,
            About::Fullscreen,
            Word::unknown("Wayland", Why::DoesNotTell),
        ),
        (
            Subject::Apps,
            About::App,
            Word::known(false, "Linux", Why::Told),
        ),
    ];
    let sensed = words.into_iter().map(|(subject, about, word)| {
        let so = match word.says {
            crate::desktop::sense::Says::Yes => Some(true),
            crate::desktop::sense::Says::No => Some(false),
            crate::desktop::sense::Says::Unknown => None,
        };
        let live = Live {
            so,
            said: sense_text::word(about, &word),
            help: match so {
                Some(_) => Vec::new(),
                None => sense_text::help(about, &word.why, &survey),
            },
            programs: match word.why {
                Why::Programs(programs) => programs,
                Why::Told | Why::NobodyToAsk | Why::DoesNotTell | Why::Failed(_) | Why::Silent => {
                    Vec::new()
                }
            },
            at: at(),
        };
        (subject, live)
    });
    let known = |said: String| Live {
        so: Some(false),
        said,
        at: at(),
        ..Live::default()
    };
    let by = [("by", "logind, org.gnome.ScreenSaver".into())];
    let others = [
        (Subject::Locked, known(text_with("hold-unlocked", &by))),
        (Subject::Input, known("Mutter IdleMonitor".to_owned())),
        (Subject::Hours, known(text("hold-hours-none"))),
    ];
    let waits = text_with(
        "hold-now-wait",
        &[
            ("text", "Zoom uses the microphone (PipeWire)".into()),
            ("release", text("release-meeting").into()),
        ],
    );
    let open = [
        "code",
        "firefox",
        "org.gnome.Nautilus",
        "spotify",
        "thunderbird",
    ];
    let mut news: Vec<hold::News> = (sensed.chain(others))
        .map(|(subject, live)| hold::News::Live(subject, live))
        .collect();
    news.extend([
        hold::News::Input(Input::Active(std::time::Duration::ZERO), at()),
        hold::News::Program(Program::Runs(vec![waits])),
        hold::News::Around(Around {
            open: open.map(str::to_owned).to_vec(),
            front: Some(text("unknown-does-not-tell")),
        }),
    ]);
    news
}

fn about_news() -> Vec<about::News> {
    let kept = |id: &str, place: &str, folder: bool| about::Kept {
        name: text(id),
        place: place.to_owned(),
        folder: folder.then(|| place.to_owned()),
    };
    let autostart = about::Autostart {
        on: false,
        said: text("about-autostart-off"),
    };
    vec![
        about::News::Autostart(Some(autostart)),
        about::News::Kept(vec![
            kept("about-kept-settings", "~/.config/unhunch/config.toml", true),
            kept("about-kept-stretches", "~/.config/unhunch/stretches", true),
            kept(
                "about-kept-history",
                "~/.local/share/unhunch/history.db",
                true,
            ),
            kept("about-kept-state", "~/.local/state/unhunch", true),
            kept("about-kept-log", &text("about-log"), false),
        ]),
    ]
}
