//! `unhunch monitors`: the names that the setting `monitor` takes.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{ArgMatches, Command};
use serde_json::json;

use super::remote::with_json;
use crate::{
    desktop::monitors,
    text::{text, text_with},
    window::screen::{Area, Monitor},
};

/// The definition.
pub fn command() -> Command {
    with_json(Command::new("monitors").about(text("cli-monitors-about")))
}

/// Prints the monitors in the order of the desktop. Where it does not tell them, that.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let monitors = monitors::detect().monitors();
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let monitors = monitors.map(|all| all.iter().map(described).collect::<Vec<_>>());
        writeln!(out, "{}", json!({ "monitors": monitors }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(monitors) = monitors else {
        writeln!(out, "{}", text("cli-monitors-unknown"))?;
        return Ok(ExitCode::SUCCESS);
    };
    let names = monitors.iter().map(|monitor| monitor.name.chars().count());
    let widest = names.max().unwrap_or_default();
    for monitor in &monitors {
        let Area { width, height, .. } = monitor.area;
        let size = [("width", width.into()), ("height", height.into())];
        let size = match monitor.primary {
            true => text_with("cli-monitors-primary", &size),
            false => text_with("cli-monitors-one", &size),
        };
        writeln!(out, "{:<widest$}  {size}", monitor.name)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn described(monitor: &Monitor) -> serde_json::Value {
    let area = |area: Area| json!({ "x": area.x, "y": area.y, "width": area.width, "height": area.height });
    json!({
        "name": monitor.name,
        "primary": monitor.primary,
        "area": area(monitor.area),
        "without_panels": area(monitor.work),
    })
}
