//! What the window makes heard: which sounds, and the words on the screen as sentences.
//!
//! Knows whether the user wants to hear anything now. Plays nothing itself: that is done outside,
//! where it cannot hold up a picture.

use std::time::Duration;

use super::window::wording;
use crate::{
    core::{
        sound::Sound,
        stretch::{
            Side,
            session::{Ear, Session, Words},
        },
    },
    text::{text, text_with},
    window::wire::Open,
};

/// Something for whoever plays and speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aloud {
    /// There will be something to play or to say soon.
    Prepare,
    /// Play this.
    Sound(Sound),
    /// Say this, instead of what is being said.
    Words(String),
    /// Say no more.
    Hush,
    /// Say no more: the window closes.
    End,
}

/// Plays and speaks; never waits and never fails.
pub trait Listener {
    /// Takes what is to be heard.
    fn hear(&mut self, aloud: Aloud);
}

/// Whether the window can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It can.
    On,
    /// The user has muted it, for as long as it is open.
    Muted,
    /// It is silent because of a call.
    Call,
}

/// What is to be heard of a session, until it is taken.
pub struct Voices {
    ear: Ear,
    sounds: bool,
    words: bool,
    muted: bool,
    call: bool,
    /// Whoever plays and speaks knows that there will be something.
    prepared: bool,
    outbox: Vec<Aloud>,
}

impl Voices {
    /// As the settings want it.
    pub fn new(open: &Open) -> Self {
        Self {
            ear: Ear::default(),
            sounds: open.volume.is_some(),
            words: open.voice.is_some(),
            muted: false,
            call: open.call,
            prepared: false,
            outbox: Vec::new(),
        }
    }

    /// Whether anything can be heard; `None` where the settings want nothing heard at all.
    pub fn hearing(&self) -> Option<Hearing> {
        (self.sounds || self.words).then_some(match (self.call, self.muted) {
            (true, _) => Hearing::Call,
            (false, true) => Hearing::Muted,
            (false, false) => Hearing::On,
        })
    }

    /// Mutes, or makes heard again.
    pub fn toggle(&mut self) {
        self.muted = !self.muted;
        self.hush_if_silent();
    }

    /// A call began or ended.
    pub fn call(&mut self, on: bool) {
        self.call = on;
        self.hush_if_silent();
    }

    /// Notices what time, or the user, has brought.
    pub fn follow(&mut self, session: &Session, now: Duration) {
        let heard = self.ear.listen(session, now);
        if self.hearing() != Some(Hearing::On) {
            return;
        }
        if !self.prepared && self.ear.next(session, now).is_some() {
            self.prepared = true;
            self.outbox.push(Aloud::Prepare);
        }
        if heard.hush && self.words {
            self.outbox.push(Aloud::Hush);
        }
        if let Some(sound) = heard.sound.filter(|_| self.sounds) {
            self.outbox.push(Aloud::Sound(sound));
        }
        if let Some(words) = heard.words.filter(|_| self.words) {
            self.outbox
                .push(Aloud::Words(sentence(words, session, now)));
        }
    }

    /// After how long there is something to hear, also while nobody sees the window.
    pub fn next(&self, session: &Session, now: Duration) -> Option<Duration> {
        self.ear
            .next(session, now)
            .filter(|_| self.hearing() == Some(Hearing::On))
    }

    /// What is to be heard, in order; each is handed out once.
    pub fn take(&mut self) -> Vec<Aloud> {
        std::mem::take(&mut self.outbox)
    }

    fn hush_if_silent(&mut self) {
        if self.words && self.hearing() != Some(Hearing::On) {
            self.outbox.clear();
            self.outbox.push(Aloud::Hush);
        }
    }
}

/// The words as they are said: those that are on the screen.
fn sentence(words: Words, session: &Session, now: Duration) -> String {
    let view = session.at(now);
    let name = || (view.stretch).map_or_else(String::new, |stretch| stretch.name.clone());
    match words {
        Words::Name => both(name(), text("window-get-in-place")),
        Words::Next => text_with("window-next-stretch", &[("name", name().into())]),
        Words::Cue {
            phase,
            with_name,
            side,
        } => {
            let phase = view.stretch.and_then(|stretch| stretch.phases.get(phase));
            let mut said = phase.map_or_else(String::new, |phase| phase.cue.clone());
            if with_name {
                said = both(name(), said);
            }
            match side.and_then(side_in_words) {
                Some(side) => both(said, side),
                None => said,
            }
        }
        Words::Left(seconds) => wording::about_left(seconds),
        Words::Message => view.message.unwrap_or_default().to_owned(),
        Words::Done => wording::done(&view),
    }
}

fn side_in_words(side: Side) -> Option<String> {
    match side {
        Side::Right => Some(text("window-side-right")),
        Side::Left => Some(text("window-side-left")),
        Side::Both => None,
    }
}

/// Two sentences, one after the other.
fn both(first: String, second: String) -> String {
    text_with(
        "sound-two-sentences",
        &[("first", first.into()), ("second", second.into())],
    )
}
