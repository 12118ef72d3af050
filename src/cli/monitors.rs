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

/// Prints the monitors, from left to right. Where this desktop does not tell, that.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let screen = monitors::detect().screen();
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let monitors = screen.map(|screen| screen.monitors.iter().map(described).collect());
        let monitors: Option<Vec<_>> = monitors;
        writeln!(out, "{}", json!({ "monitors": monitors }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(screen) = screen else {
        writeln!(out, "{}", text("cli-monitors-unknown"))?;
        return Ok(ExitCode::SUCCESS);
    };
    let widest = screen.names().map(|name| name.chars().count()).max();
    let widest = widest.unwrap_or_default();
    for monitor in &screen.monitors {
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
