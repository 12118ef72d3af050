//! What the page "About" shows: where files are, whether the program starts with the session, and
//! what the doctor finds.

use std::{path::Path, sync::Arc, thread};

use crate::{
    autostart_text,
    cli::{
        autostart::{set, status},
        config,
        doctor::{
            self, look,
            report::{Report as Found, State as Stands},
        },
    },
    config_file::Location,
    desktop::{autostart::Status, launch, private},
    gui::settings::about::{Ask, Autostart, Finding, Kept, News, Report, State},
    store::{self, days},
    stretch_file,
    text::{text, text_with},
};

/// Where what is found is told.
pub type Tell = Arc<dyn Fn(News) + Send + Sync>;
/// Where is told what could not be done.
pub type Failed = Arc<dyn Fn(String) + Send + Sync>;

/// Does what the page asks; what takes a while on a thread of its own. What cannot be done is said
/// to `failed`.
pub fn do_it(ask: Ask, settings: &Location, tell: &Tell, failed: &Failed) {
    match ask {
        Ask::Facts => {
            tell(News::Kept(kept(settings)));
            tell(News::Autostart(autostart()));
        }
        Ask::Autostart(on) => {
            if let Err(error) = set(on) {
                failed(format!("{error:#}"));
            }
            tell(News::Autostart(autostart()));
        }
        Ask::Open(folder) => {
            let failed = Arc::clone(failed);
            beside("folder", move || {
                if let Err(why) = open(Path::new(&folder)) {
                    let values = [("folder", folder.into()), ("why", why.into())];
                    failed(text_with("about-not-opened", &values));
                }
            });
        }
        Ask::Doctor => {
            let (settings, tell) = (settings.clone(), Arc::clone(tell));
            beside("doctor", move || tell(News::Report(report(settings))));
        }
    }
}

/// Everything that the program keeps, and where.
fn kept(settings: &Location) -> Vec<Kept> {
    let stretches = stretch_file::folder(settings);
    let state = store::state_folder();
    let days = days::folder_beside(&store::state_file());
    let file = |id: &str, file: &Path| Kept {
        name: text(id),
        place: file.display().to_string(),
        folder: file.parent().map(|folder| folder.display().to_string()),
    };
    let folder = |id: &str, folder: &Path| {
        let place = folder.display().to_string();
        Kept {
            name: text(id),
            folder: Some(place.clone()),
            place,
        }
    };
    vec![
        file("about-kept-settings", &settings.path),
        folder("about-kept-stretches", &stretches),
        file("about-kept-history", &store::history_file()),
        folder("about-kept-state", &state),
        folder("about-kept-days", &days),
        Kept {
            name: text("about-kept-log"),
            place: text("about-log"),
            folder: None,
        },
    ]
}

/// Lets the desktop show a folder; one that is not there yet is made.
fn open(folder: &Path) -> Result<(), String> {
    private::create_folder(folder).map_err(|error| error.to_string())?;
    match launch::show(folder) {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(format!("xdg-open: {error}")),
    }
}

/// Whether the program starts with the session.
fn autostart() -> Option<Autostart> {
    let status = status()?;
    Some(Autostart {
        on: matches!(status, Status::On(_)),
        said: match status {
            Status::Off => text("about-autostart-off"),
            Status::On(_) | Status::Broken { .. } => autostart_text::words(&status),
        },
    })
}

/// What the doctor finds.
fn report(settings: Location) -> Result<Report, String> {
    let loaded = config::load(&settings);
    let found = look::look((settings, loaded)).map_err(|error| format!("{error:#}"))?;
    let found = Found::new(&found);
    let findings = found.findings.iter().map(|finding| Finding {
        state: match finding.state {
            Stands::Works => State::Works,
            Stands::Spare => State::Spare,
            Stands::Missing => State::Missing,
        },
        title: finding.title.clone(),
        said: finding.text.clone(),
        help: finding.help.clone(),
    });
    let summary = match found.trouble.len() {
        0 => text("about-doctor-well"),
        count => text_with("about-doctor-trouble", &[("count", count.into())]),
    };
    Ok(Report {
        findings: findings.collect(),
        summary,
        printed: format!(
            "unhunch {}\n{}",
            env!("CARGO_PKG_VERSION"),
            doctor::in_words(&found)
        ),
    })
}

/// Does something on a thread that nobody waits for.
fn beside(name: &str, work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().name(name.to_owned());
    if let Err(error) = thread.spawn(work) {
        log::warn!("no thread for {name}: {error}");
    }
}
