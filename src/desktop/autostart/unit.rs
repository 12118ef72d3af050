//! Whether systemd starts the program: the links by which it knows what a session needs.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{Error, Places, Trouble};

/// The unit.
const UNIT: &str = "unhunch.service";

/// Where the machine's links are.
const MACHINE: &str = "/etc/systemd/user";

/// The link that says so, and what the unit starts, if the unit is enabled.
pub fn enabled(places: &Places) -> Option<(PathBuf, Result<PathBuf, Trouble>)> {
    let folders = [places.config.join("systemd/user"), MACHINE.into()];
    let link = folders.iter().find_map(|folder| wanted_in(folder))?;
    let starts = match fs::read_to_string(&link) {
        Ok(unit) => starts(&unit).ok_or(Trouble::Foreign),
        // The unit behind the link is not there any more.
        Err(_) => Err(Trouble::Gone(
            fs::read_link(&link).unwrap_or_else(|_| link.clone()),
        )),
    };
    Some((link, starts))
}

/// The link to the unit in one of the folders `something.target.wants`.
fn wanted_in(folder: &Path) -> Option<PathBuf> {
    let targets = fs::read_dir(folder).ok()?.flatten();
    let links = targets
        .map(|target| target.path())
        .filter(|target| target.extension().is_some_and(|end| end == "wants"))
        .map(|target| target.join(UNIT));
    links
        .into_iter()
        .find(|link| link.symlink_metadata().is_ok())
}

/// Where the link will be that the unit's own section for installing asks for.
pub fn link(places: &Places) -> PathBuf {
    let wants = "systemd/user/graphical-session.target.wants";
    places.config.join(wants).join(UNIT)
}

/// The program in `ExecStart`.
fn starts(unit: &str) -> Option<PathBuf> {
    let lines = unit.lines().map(str::trim);
    let command = lines
        .filter_map(|line| line.strip_prefix("ExecStart="))
        .next()?;
    let path = match command.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => command.split_whitespace().next()?,
    };
    Some(PathBuf::from(path.replace("%%", "%")))
}

/// Lets systemd start it with the session.
pub fn enable() -> Result<(), Error> {
    systemctl("enable")
}

/// Lets systemd not start it any more. One that runs goes on.
pub fn disable() -> Result<(), Error> {
    systemctl("disable")
}

fn systemctl(verb: &str) -> Result<(), Error> {
    let output = Command::new("systemctl")
        .args(["--user", verb, UNIT])
        .stdin(Stdio::null())
        .output();
    let output = output.map_err(|error| Error::Systemd(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::Systemd(said.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_of_a_unit_is_found() {
        let unit = |line: &str| format!("[Service]\nType=exec\n{line}\nRestart=on-failure\n");
        for (line, path) in [
            ("ExecStart=/usr/bin/unhunch run", "/usr/bin/unhunch"),
            (
                "ExecStart=\"/opt/my apps/unhunch\" run",
                "/opt/my apps/unhunch",
            ),
            ("ExecStart=/opt/100%%/unhunch run", "/opt/100%/unhunch"),
        ] {
            assert_eq!(starts(&unit(line)), Some(PathBuf::from(path)));
        }
        assert_eq!(starts("[Service]\n"), None);
    }
}
