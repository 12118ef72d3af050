//! What the running program waits for, in words.

use std::sync::mpsc::{self, RecvTimeoutError};

use super::{AGAIN, Tell};
use crate::{
    cli::describe,
    gui::settings::hold::{News, Program},
    ipc::{
        client::{self, CallError},
        wire::{Status, Wait},
    },
    text::text_with,
};

/// Asks the running program what it waits for, again and again until this is over.
pub fn ask_the_program(tell: &Tell, over: &mpsc::Receiver<()>) {
    let mut told = None;
    loop {
        let program = match client::call(&client::Ask::Status) {
            Ok((_, status)) => Program::Runs(waits(&status)),
            Err(CallError::NotRunning) => Program::NotRunning,
            Err(CallError::Refused(why) | CallError::Failed(why)) => Program::Failed(why),
        };
        if told.as_ref() != Some(&program) {
            tell(News::Program(program.clone()));
            told = Some(program);
        }
        match over.recv_timeout(AGAIN) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// What holds breaks back, a sentence each.
fn waits(status: &Status) -> Vec<String> {
    let sentence = |wait: &Wait| {
        let text = capital(&wait.text);
        let mut values = vec![
            ("text", text.into()),
            ("release", wait.release.clone().into()),
        ];
        match &wait.until {
            Some(until) => {
                values.push(("until", describe::clock(until).into()));
                text_with("hold-now-until", &values)
            }
            None => text_with("hold-now-wait", &values),
        }
    };
    status.waits.iter().map(sentence).collect()
}

/// With a capital letter, as sentences begin.
fn capital(said: &str) -> String {
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
