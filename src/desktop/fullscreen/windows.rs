//! Full-screen windows, where the desktop tells of windows.

use std::time::Duration;

use crate::desktop::{
    inbox::Post,
    sense::{
        Report, Why, Word,
        on_thread::{OnThread, Stop, Wake},
    },
    windows::{Program, Screen, Sight},
};

/// Windows that come and go all the time are looked at no more often than this.
const CALM: Duration = Duration::from_millis(100);

/// A display that has not told what there is by then may well be stuck.
const PATIENCE: Duration = Duration::from_secs(3);

/// The sensor for this display.
#[must_use]
pub fn sensor(screen: Screen, post: &Post<Word>) -> OnThread {
    OnThread::new("windows", post, move |stop, report| {
        watch(&screen, stop, report)
    })
}

fn watch(screen: &Screen, stop: &Stop, report: &mut Report) -> anyhow::Result<()> {
    let mut eye = screen.open()?;
    loop {
        let sight = eye.look()?;
        let patience = (sight == Sight::NotYet).then_some(PATIENCE);
        if let Some(word) = word(eye.by(), sight) {
            report.say(word);
        }
        loop {
            match stop.wait_or(&[eye.news()], patience) {
                Wake::Stopped => return Ok(()),
                Wake::News if eye.take_news()? => break,
                Wake::News => {}
                Wake::Late => report.say(Word::unknown(eye.by(), Why::Silent)),
            }
        }
        if !stop.sit_out(CALM) {
            return Ok(());
        }
        eye.take_news()?;
    }
}

fn word(by: &str, sight: Sight) -> Option<Word> {
    match sight {
        Sight::NotYet => None,
        Sight::Nobody => Some(Word::unknown(by, Why::DoesNotTell)),
        Sight::Windows(seen) if seen.full.is_empty() => Some(Word::known(false, by, Why::Told)),
        Sight::Windows(seen) => {
            let names = seen.full.iter().map(Program::name).map(str::to_owned);
            Some(Word::known(true, by, Why::Programs(names.collect())))
        }
    }
}
