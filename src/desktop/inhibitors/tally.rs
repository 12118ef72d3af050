//! What those who know of inhibitors say, put together.

use std::{
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_lite::StreamExt as _;
use zbus::{Connection, MatchRule, MessageStream};

use super::{CALM, Inhibitor, PATIENCE, bystanders};
use crate::desktop::{
    bus,
    inbox::Post,
    sense::{Report, Why, Word},
};

/// Who knows of inhibitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The session manager of GNOME.
    Gnome,
    /// The power management of Plasma.
    Plasma,
    /// The login manager.
    Logind,
}

const SOURCES: [Source; 3] = [Source::Gnome, Source::Plasma, Source::Logind];

impl Source {
    fn name(self) -> &'static str {
        match self {
            Self::Gnome => "GNOME",
            Self::Plasma => "Plasma",
            Self::Logind => "logind",
        }
    }
}

/// The last word of each, and where it is reported.
pub struct Tally(Mutex<Inner>);

struct Inner {
    said: [Option<Result<Vec<Inhibitor>, Why>>; 3],
    report: Report,
}

impl Tally {
    /// Nobody has said anything yet.
    pub fn new(post: Post<Word>) -> Self {
        Self(Mutex::new(Inner {
            said: [None, None, None],
            report: Report::new(post),
        }))
    }

    /// Takes the word of one of them: who keeps the screen awake, or why it cannot tell.
    pub fn says(&self, source: Source, said: Result<Vec<Inhibitor>, Why>) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.said[source as usize] = Some(said.map(|mut all| {
            all.retain(|inhibitor| !bystanders::knows(inhibitor));
            all
        }));
        if let Some(word) = inner.word() {
            inner.report.say(word);
        }
    }
}

/// One that does not answer is asked again after this, or when it says something.
const AGAIN: Duration = Duration::from_secs(60);

/// Asks who keeps the screen awake, and again after every message of this kind; until the
/// connection ends.
pub async fn follow<F>(
    tally: &Tally,
    source: Source,
    connection: &Connection,
    changes: zbus::Result<MatchRule<'static>>,
    ask: impl Fn() -> F,
) where
    F: Future<Output = zbus::Result<Vec<Inhibitor>>>,
{
    let changes = async { MessageStream::for_match_rule(changes?, connection, None).await };
    let mut changes = match changes.await {
        Ok(changes) => changes,
        Err(error) => return tally.says(source, Err(Why::Failed(error.to_string()))),
    };
    loop {
        let asked = bus::within(PATIENCE, ask());
        let (said, came) = bus::while_reading(&mut changes, asked).await;
        let said = match said {
            Some(Ok(all)) => Ok(all),
            Some(Err(error)) => Err(Why::Failed(error.to_string())),
            None => Err(Why::Silent),
        };
        let patience = (said == Err(Why::Silent)).then_some(AGAIN);
        tally.says(source, said);
        if !came && !goes_on(&mut changes, patience).await {
            return;
        }
        bus::while_reading(&mut changes, bus::pause(CALM)).await;
    }
}

/// Waits for a message, or until this much time has passed; `false` at the end of the connection.
async fn goes_on(changes: &mut MessageStream, patience: Option<Duration>) -> bool {
    match patience {
        None => changes.next().await.is_some(),
        Some(patience) => {
            let change = bus::within(patience, changes.next()).await;
            change.is_none_or(|change| change.is_some())
        }
    }
}

impl Inner {
    /// What it all adds up to, once everybody has had their say, or somebody says yes.
    fn word(&self) -> Option<Word> {
        let said = || SOURCES.iter().zip(&self.said);
        let awake = said().find_map(|(source, said)| match said {
            Some(Ok(all)) if !all.is_empty() => Some((source, all)),
            _ => None,
        });
        if let Some((source, all)) = awake {
            let names = all.iter().map(|inhibitor| inhibitor.who.clone()).collect();
            return Some(Word::known(true, source.name(), Why::Programs(names)));
        }
        if self.said.contains(&None) {
            return None;
        }
        if let Some((source, _)) = said().find(|(_, said)| matches!(said, Some(Ok(_)))) {
            return Some(Word::known(false, source.name(), Why::Told));
        }
        // Somebody who is there and does not answer says more than the absence of the others.
        let wrong = said().find_map(|(source, said)| match said {
            Some(Err(why)) if *why != Why::NobodyToAsk => Some((source, why)),
            _ => None,
        });
        Some(match wrong {
            Some((source, why)) => Word::unknown(source.name(), why.clone()),
            None => Word::unknown("", Why::NobodyToAsk),
        })
    }
}
