//! Asking a program of the desktop, where there is no other way to ask.

use std::{
    io::Read as _,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use async_channel::bounded;

use super::Why;
use crate::desktop::bus;

/// The longest that a program is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// More than any of these programs has to say.
const MOST: u64 = 1 << 20;

/// What a program prints, for a future on the bus's thread. It is started without a shell, and
/// ended when it takes too long.
///
/// # Errors
/// There is no such program, it takes too long, or it reports an error.
pub async fn output(program: &'static str, arguments: &[&str]) -> Result<String, Why> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Why::Failed(format!("{program}: {error}")))?;
    let (done, waiting) = bounded(1);
    let Some(out) = child.stdout.take() else {
        return Err(Why::DoesNotTell);
    };
    // A thread for the little while that the program runs: reading its output blocks.
    let reader = thread::Builder::new()
        .name(program.to_owned())
        .spawn(move || {
            let mut text = String::new();
            let read = out.take(MOST).read_to_string(&mut text);
            // Nobody waits any more if it took too long.
            done.try_send(read.map(|_| text)).ok();
        });
    if let Err(error) = reader {
        child.kill().ok();
        child.wait().ok();
        return Err(Why::Failed(error.to_string()));
    }
    let text = bus::within(PATIENCE, waiting.recv()).await;
    if text.is_none() {
        // It may have ended just now, which is as good.
        child.kill().ok();
    }
    let status = child
        .wait()
        .map_err(|error| Why::Failed(error.to_string()))?;
    match text {
        None => Err(Why::Silent),
        Some(Ok(Ok(text))) if status.success() => Ok(text),
        Some(_) => Err(Why::Failed(format!("{program}: {status}"))),
    }
}
