//! `unhunch stretch preview FILE [ID]`: a stretch in a window, again whenever its file is saved.

use std::{path::PathBuf, process::ExitCode, slice, time::Duration};

use clap::{Arg, ArgMatches, Command, value_parser};

use super::super::config;
use crate::{
    config_file,
    desktop::{appearance, bus::Bus, clock, watch},
    gui::preview::run::{Outside, run as run_window},
    stretch_file,
    text::text,
    window::settings,
};

/// No display, no graphics, or the desktop went away.
const NO_WINDOW: u8 = 3;
/// How long the desktop may think about how windows should look.
const PATIENCE: Duration = Duration::from_millis(300);

/// The definition.
pub fn command() -> Command {
    Command::new("preview")
        .about(text("stretch-preview-about"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(text("stretch-preview-file")),
        )
        .arg(
            Arg::new("id")
                .value_name("ID")
                .help(text("stretch-preview-id")),
        )
}

/// Shows the window until it closes. Exit code 3 when there could be none.
///
/// # Errors
///
/// Never: what is wrong with the file stands in the window.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    crate::cli::log_from(log::LevelFilter::Warn);
    let file = arguments
        .get_one::<PathBuf>("file")
        .cloned()
        .unwrap_or_default();
    let id = arguments.get_one::<String>("id").cloned();
    let loaded = config::load(&config_file::locate(None));
    let desktop = Bus::start(None)
        .map(|bus| appearance::Wishes::watch(&bus).after_asking(PATIENCE))
        .unwrap_or_default();
    let look = settings::look(&loaded.config.look, desktop);
    let (read_file, watched) = (file.clone(), file.clone());
    let outside = Outside {
        clock: clock::awake,
        read: Box::new(move || stretch_file::check(slice::from_ref(&read_file)).remove(0)),
        watch: Box::new(move |changed| watch::file(&watched, changed)),
    };
    match run_window(&file, id, stretch_file::rig(), &look, outside) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(failure) => {
            eprintln!("unhunch: {failure}");
            Ok(ExitCode::from(NO_WINDOW))
        }
    }
}
