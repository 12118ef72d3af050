//! Starting programs that go on alone, and showing files with whatever the desktop has for them.

use std::{
    io,
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
};

use super::child::Program;

/// Starts this same program once more, with these arguments, and lets it go on alone.
///
/// # Errors
///
/// When it cannot be started, or the system refuses a thread.
pub fn program(arguments: &[&str]) -> io::Result<()> {
    let program = Program::this(arguments)?;
    let mut command = Command::new(&program.path);
    command.args(&program.arguments);
    alone(&mut command);
    let mut child = command.spawn()?;
    // It may well outlive this process; until then somebody has to take its status.
    thread::Builder::new()
        .name("launched".to_owned())
        .spawn(move || child.wait())
        .map(drop)
}

/// Lets the desktop show a file, and waits until whatever does so has said whether it can.
///
/// # Errors
///
/// When there is nothing that could be asked.
pub fn show(file: &Path) -> io::Result<ExitStatus> {
    Command::new("xdg-open")
        .arg(file)
        .stdin(Stdio::null())
        .status()
}

/// Without our input, output and keys.
#[cfg(target_os = "linux")]
fn alone(command: &mut Command) {
    use std::{io::IsTerminal as _, os::unix::process::CommandExt as _};

    command
        .arg0("unhunch")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    // A terminal may be closed before it ends; anything else, such as a journal, keeps its log.
    if io::stderr().is_terminal() {
        command.stderr(Stdio::null());
    }
}

#[cfg(not(target_os = "linux"))]
fn alone(command: &mut Command) {
    command.stdin(Stdio::null()).stdout(Stdio::null());
}

/// Leaves the session of the terminal, so that its end does not end this process.
pub fn leave_the_terminal() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setsid() {
        // Whoever is the first of a group already cannot.
        log::debug!("this process stays in its session: {error}");
    }
}
