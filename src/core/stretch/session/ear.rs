//! Listens to a session: what is to be heard now, given what was heard before.
//!
//! Sounds come when their moment comes, or not at all. Nothing is made up for: what passed while
//! nobody looked, or was jumped over, stays unheard, and what was heard is not heard again after
//! a pause.

use std::time::Duration;

use super::{
    Play, Session,
    score::{Note, Words},
};
use crate::core::sound::Sound;

/// A sound that comes later than this after its moment misleads.
const LATE: Duration = Duration::from_millis(300);
/// That it has begun is worth hearing later too: a busy machine takes its time to open a window.
const LATE_START: Duration = Duration::from_secs(3);
/// So is that it is over.
const LATE_END: Duration = Duration::from_secs(1);
/// So are words, for as long as nothing else has been said.
const LATE_WORDS: Duration = Duration::from_millis(1500);
/// After a jump: whoever steps through the phases hears only the one where they stay.
const REST: Duration = Duration::from_millis(350);

/// What is to be heard now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// What is being said is out of date: stop it.
    pub hush: bool,
    /// Play this.
    pub sound: Option<Sound>,
    /// Say this.
    pub words: Option<Words>,
}

impl Heard {
    fn add(&mut self, note: &Note, late: Duration) {
        let in_time = |sound: &Sound| match sound {
            Sound::Start => late <= LATE_START,
            Sound::Done => late <= LATE_END,
            Sound::Change | Sound::OtherSide | Sound::LastSeconds => late <= LATE,
        };
        self.sound = note.sound.filter(in_time).or(self.sound);
        if note.words.is_some() {
            self.words = note.words.filter(|_| late <= LATE_WORDS);
        }
    }
}

/// Remembers how far it has listened.
#[derive(Clone, Debug, Default)]
pub struct Ear {
    last: Option<Last>,
    /// Where a jump led to, and when it has rested there for long enough.
    landed: Option<(Note, Duration)>,
}

/// Where the session was when it was last listened to.
#[derive(Clone, Copy, Debug)]
struct Last {
    play: Play,
    place: Duration,
    now: Duration,
}

/// How the session came from where it was to where it is.
enum Came {
    /// It began just now.
    Began,
    /// In the course of time, with or without a pause: since this place.
    From(Duration),
    /// Somebody went to this place.
    To(Duration),
}

impl Ear {
    /// What is to be heard at this moment. Call often; see [`Ear::next`].
    pub fn listen(&mut self, session: &Session, now: Duration) -> Heard {
        let here = session.unbounded_place(now);
        let play = session.play;
        let last = self.last.replace(Last {
            play,
            place: here,
            now,
        });
        let mut heard = Heard::default();
        let (at, runs) = match play {
            Play::Ready { .. } => {
                heard.hush = last.is_some_and(|last| !matches!(last.play, Play::Ready { .. }));
                self.landed = None;
                return heard;
            }
            Play::Runs { at, .. } => (at, true),
            Play::Stands { at } => (at, false),
        };
        let notes = session.score.notes();
        match came(last, play, at, now) {
            Came::Began => {
                for note in notes.iter().filter(|n| n.at >= at && n.at <= here) {
                    heard.add(note, here - note.at);
                }
            }
            Came::From(place) => {
                heard.hush = !runs && last.is_some_and(Last::runs);
                for note in notes.iter().filter(|n| n.at > place && n.at <= here) {
                    heard.add(note, here - note.at);
                }
            }
            Came::To(place) => {
                heard.hush = true;
                let note = notes.iter().find(|note| note.at == place);
                self.landed = note.map(|note| (landing(note), now + REST));
            }
        }
        if heard.words.is_some() {
            self.landed = None;
        }
        if !runs {
            heard.sound = None;
            heard.words = None;
            return heard;
        }
        if let Some((note, _)) = self.landed.take_if(|(_, rested)| now >= *rested) {
            heard.add(&note, Duration::ZERO);
        }
        heard
    }

    /// After how long there is something to hear, if nobody does anything.
    #[must_use]
    pub fn next(&self, session: &Session, now: Duration) -> Option<Duration> {
        if !matches!(session.play, Play::Runs { .. }) {
            return None;
        }
        let here = session.unbounded_place(now);
        let notes = session.score.notes().iter();
        let note = notes.map(|note| note.at).find(|at| *at > here);
        let landed = self.landed.map(|(_, rested)| rested.saturating_sub(now));
        note.map(|at| at - here).into_iter().chain(landed).min()
    }
}

impl Last {
    fn runs(self) -> bool {
        matches!(self.play, Play::Runs { .. })
    }
}

fn came(last: Option<Last>, play: Play, at: Duration, now: Duration) -> Came {
    let Some(last) = last.filter(|last| !matches!(last.play, Play::Ready { .. })) else {
        return Came::Began;
    };
    if last.play == play {
        return Came::From(last.place);
    }
    // It may have run on before it was stopped.
    let ran = if last.runs() {
        now.saturating_sub(last.now)
    } else {
        Duration::ZERO
    };
    if (last.place..=last.place + ran).contains(&at) {
        Came::From(last.place)
    } else {
        Came::To(at)
    }
}

/// Who goes somewhere sees where they are; the beginning has its sound all the same.
fn landing(note: &Note) -> Note {
    Note {
        sound: note.sound.filter(|sound| *sound == Sound::Start),
        ..*note
    }
}
