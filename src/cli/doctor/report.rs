//! What was found, as `--json` shows it, and what of it stands in the way of the settings.

use serde::Serialize;

use super::look::{Found, Program};
use crate::{
    desktop::{
        sense::{Says, Word},
        sensors::About,
        survey::Survey,
    },
    sense_text,
    text::{text, text_with},
};

/// Rises with every change that a reader of the older form could trip over.
pub const VERSION: u32 = 1;

/// Everything, with a version.
#[derive(Debug, Serialize)]
pub struct Report {
    /// [`VERSION`].
    pub v: u32,
    /// Version of the program.
    pub version: &'static str,
    /// What was looked at, in the order in which it is printed.
    pub findings: Vec<Finding>,
    /// What the settings ask for and cannot work, a sentence each.
    pub trouble: Vec<String>,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// Its name for programs.
    pub about: &'static str,
    /// Its name for people.
    #[serde(skip)]
    pub title: String,
    /// How it stands.
    pub state: State,
    /// Who serves it, by the name that people know.
    pub by: Option<String>,
    /// What a sensor says: `yes`, `no` or `unknown`; `null` for what is no sensor.
    pub says: Option<&'static str>,
    /// What was found, in words.
    pub text: String,
    /// How to get what is missing, in words.
    pub help: Vec<String>,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It works.
    Works,
    /// It does not, and the settings do not ask for it, or something else does its work.
    Spare,
    /// It does not, and the settings ask for it.
    Missing,
}

impl Finding {
    fn new(about: &'static str, title: String, state: State, text: String) -> Self {
        Self {
            about,
            title,
            state,
            by: None,
            says: None,
            text,
            help: Vec::new(),
        }
    }

    fn by(self, by: Option<String>) -> Self {
        Self { by, ..self }
    }

    fn help(self, help: Vec<String>) -> Self {
        Self { help, ..self }
    }
}

impl Report {
    /// What follows from what was found.
    pub fn new(found: &Found) -> Self {
        let survey = &found.survey;
        let mut findings = vec![
            desktop(survey),
            bus(survey),
            notifications(survey),
            tray(survey),
        ];
        findings.push(idle(found));
        findings.push(session(survey));
        let holds = &found.settings.1.config.hold;
        findings.extend(
            (found.words.iter())
                .map(|(about, word)| sensor(*about, word, about.wanted(holds), survey)),
        );
        findings.push(output("sound", text("doctor-sound"), found.sound.as_ref()));
        findings.push(output("voice", text("doctor-voice"), found.voice.as_ref()));
        findings.push(settings(found));
        findings.push(program(&found.program));
        let trouble = (findings.iter())
            .filter(|finding| finding.state == State::Missing)
            .map(|finding| format!("{}: {}", finding.title, finding.text));
        Self {
            v: VERSION,
            version: env!("CARGO_PKG_VERSION"),
            trouble: trouble.collect(),
            findings,
        }
    }
}

fn desktop(survey: &Survey) -> Finding {
    let unknown = || text("doctor-desktop-unnamed");
    let state = match survey.session {
        Some(_) => State::Works,
        None => State::Missing,
    };
    let said = match &survey.session {
        Some(session) => text_with(
            "doctor-desktop-is",
            &[
                (
                    "desktop",
                    survey.desktop.clone().unwrap_or_else(unknown).into(),
                ),
                ("session", session.clone().into()),
            ],
        ),
        None => text("doctor-desktop-none"),
    };
    Finding::new("desktop", text("doctor-desktop"), state, said).by(survey.desktop.clone())
}

fn bus(survey: &Survey) -> Finding {
    let (state, said) = match (survey.session_bus, survey.system_bus) {
        (true, true) => (State::Works, text("doctor-bus-both")),
        (true, false) => (State::Works, text("doctor-bus-session")),
        (false, _) => (State::Missing, text("doctor-bus-none")),
    };
    Finding::new("bus", text("doctor-bus"), state, said)
}

fn notifications(survey: &Survey) -> Finding {
    let title = text("doctor-notifications");
    let about = "notifications";
    let Some(server) = &survey.server else {
        let help = vec![text("doctor-notifications-help")];
        return Finding::new(
            about,
            title,
            State::Missing,
            text("doctor-notifications-none"),
        )
        .help(help);
    };
    let Some(capabilities) = &server.capabilities else {
        return Finding::new(about, title, State::Missing, text("unknown-silent"));
    };
    let buttons = capabilities.iter().any(|able| able == "actions");
    let values = [
        ("name", server.name.clone().into()),
        ("version", server.version.clone().into()),
        ("able", capabilities.join(", ").into()),
    ];
    let (state, said) = match buttons {
        true => (State::Works, text_with("doctor-notifications-are", &values)),
        // The window opens instead.
        false => (
            State::Spare,
            text_with("doctor-notifications-no-buttons", &values),
        ),
    };
    Finding::new(about, title, state, said).by(Some(server.name.clone()))
}

fn tray(survey: &Survey) -> Finding {
    let (state, said) = match survey.tray {
        true => (State::Works, text("doctor-tray-is")),
        false => (State::Spare, text("doctor-tray-none")),
    };
    Finding::new("tray", text("doctor-tray"), state, said)
}

fn idle(found: &Found) -> Finding {
    let choice = &found.idle;
    let by = choice.by.map(|source| source.name().to_owned());
    let (state, said) = match choice.by {
        Some(source) if source.sees_through_films() => (
            State::Works,
            text_with("doctor-idle-by", &[("by", source.name().into())]),
        ),
        Some(source) => (
            State::Works,
            text_with("doctor-idle-by-not-films", &[("by", source.name().into())]),
        ),
        None => (State::Missing, text("doctor-idle-none")),
    };
    let not_used = choice.why_not.iter().map(|(source, why)| {
        text_with(
            "doctor-idle-not",
            &[
                ("source", source.name().into()),
                ("why", sense_text::why_not(why).into()),
            ],
        )
    });
    Finding::new("idle", text("doctor-idle"), state, said)
        .by(by)
        .help(not_used.collect())
}

/// Without anybody who tells, the clocks show sleep and the missing input shows a lock.
fn session(survey: &Survey) -> Finding {
    let mut by = survey.lockers.clone();
    if survey.logind {
        by.insert(0, "logind".to_owned());
    }
    let (state, said) = match by.as_slice() {
        [] => (State::Spare, text("doctor-session-none")),
        [_, ..] => (
            State::Works,
            text_with("doctor-session-by", &[("by", by.join(", ").into())]),
        ),
    };
    Finding::new("session", text("doctor-session"), state, said)
        .by((!by.is_empty()).then(|| by.join(", ")))
}

fn sensor(about: About, word: &Word, wanted: bool, survey: &Survey) -> Finding {
    let said = sense_text::word(about, word);
    let (says, state) = match (word.says, wanted) {
        (Says::Yes, _) => ("yes", State::Works),
        (Says::No, _) => ("no", State::Works),
        // Whoever shares a screen talks as well, so that the microphone tells of most calls.
        (Says::Unknown, true) if about == About::ScreenShare => ("unknown", State::Spare),
        (Says::Unknown, true) => ("unknown", State::Missing),
        (Says::Unknown, false) => ("unknown", State::Spare),
    };
    let said = match wanted {
        true => said,
        false => text_with("doctor-sensor-off", &[("said", said.into())]),
    };
    let help = match state {
        State::Missing | State::Spare if word.says == Says::Unknown => {
            sense_text::help(about, &word.why, survey)
        }
        State::Works | State::Missing | State::Spare => Vec::new(),
    };
    Finding {
        says: Some(says),
        ..Finding::new(about.word(), sense_text::about(about), state, said)
            .by((!word.by.is_empty()).then(|| word.by.clone()))
            .help(help)
    }
}

fn output(about: &'static str, title: String, found: Option<&Result<String, String>>) -> Finding {
    let help = || match about {
        "voice" => text("doctor-help-voice"),
        _ => text("doctor-help-sound"),
    };
    match found {
        None => Finding::new(about, title, State::Spare, text("doctor-off")),
        Some(Ok(by)) => {
            let said = text_with("doctor-output-by", &[("by", by.clone().into())]);
            Finding::new(about, title, State::Works, said).by(Some(by.clone()))
        }
        Some(Err(why)) => {
            let said = text_with("doctor-output-none", &[("why", why.clone().into())]);
            Finding::new(about, title, State::Missing, said).help(vec![help()])
        }
    }
}

fn settings(found: &Found) -> Finding {
    let (location, loaded) = &found.settings;
    let file = location.path.display().to_string();
    let count = loaded.problems.len();
    let values = [("file", file.into()), ("count", count.into())];
    let title = text("doctor-settings");
    if count > 0 {
        return Finding::new(
            "settings",
            title,
            State::Missing,
            text_with("doctor-settings-wrong", &values),
        )
        .help(vec![text("doctor-settings-help")]);
    }
    let said = match loaded.found {
        true => text_with("doctor-settings-are", &values),
        false => text_with("doctor-settings-none", &values),
    };
    Finding::new("settings", title, State::Works, said)
}

fn program(program: &Program) -> Finding {
    let title = text("doctor-program");
    match program {
        Program::NotRunning => {
            let help = vec![text("doctor-program-help")];
            Finding::new("program", title, State::Spare, text("doctor-program-none")).help(help)
        }
        Program::Failed(why) => {
            let said = text_with("doctor-program-failed", &[("why", why.clone().into())]);
            Finding::new("program", title, State::Missing, said)
        }
        Program::Runs(status) => {
            let said = text_with(
                "doctor-program-runs",
                &[
                    ("version", status.version.clone().into()),
                    ("idle", status.idle.clone().into()),
                    (
                        "source",
                        status
                            .idle_source
                            .clone()
                            .unwrap_or_else(|| "-".to_owned())
                            .into(),
                    ),
                    ("notifier", status.notifier.clone().into()),
                ],
            );
            let state = match status.problems.as_slice() {
                [] => State::Works,
                [_, ..] => State::Missing,
            };
            Finding::new("program", title, state, said).help(status.problems.clone())
        }
    }
}
