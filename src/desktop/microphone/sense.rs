//! The microphone as a sensor: asked again and again, but only while a break is near.

use std::time::Duration;

use super::{Recording, detect};
use crate::desktop::{
    inbox::Post,
    sense::{Sense, Why, Word, on_thread::OnThread},
};

/// Whose word it is.
const BY: &str = "microphone";

/// So soon a call is noticed, and so soon its end.
const AGAIN: Duration = Duration::from_secs(2);

/// The sensor, at rest.
#[must_use]
pub fn sensor(post: &Post<Word>) -> Box<dyn Sense> {
    Box::new(OnThread::new(BY, post, |stop, report| {
        let mut microphone = detect();
        loop {
            report.say(word(microphone.recording()));
            if !stop.sit_out(AGAIN) {
                return Ok(());
            }
        }
    }))
}

fn word(recording: Recording) -> Word {
    match recording {
        Recording::Yes(programs) => Word::known(true, BY, Why::Programs(programs)),
        Recording::No => Word::known(false, BY, Why::Told),
        Recording::Unknown(why) => Word::unknown(BY, Why::Failed(why)),
    }
}
