//! Watches the notification service on the bus, whichever it is.

use std::time::Duration;

use futures_lite::{StreamExt as _, future};
use zbus::{Connection, MessageStream};

use super::services::{self, Place, SERVER};
use crate::desktop::{
    bus,
    inbox::Post,
    sense::{Report, Why, Word},
};

/// The longest that a service is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// A switch that is thrown again and again is looked at no more often than this.
const CALM: Duration = Duration::from_millis(100);

/// Reports whether do-not-disturb is on, until the connection ends.
pub async fn watch(connection: Connection, post: Post<Word>) {
    let mut owners = match bus::owner_changes(&connection, SERVER).await {
        Ok(owners) => owners,
        Err(error) => {
            post(Word::unknown("", Why::Failed(error.to_string())));
            return;
        }
    };
    let mut report = Report::new(post);
    loop {
        let asked = bus::within(PATIENCE, services::server(&connection));
        let (server, came) = bus::while_reading(&mut owners, asked).await;
        if came {
            // It comes and goes; what was heard may be old by now.
            bus::while_reading(&mut owners, bus::pause(CALM)).await;
            continue;
        }
        let follow = async {
            match server {
                Some(Ok(Some(server))) => follow(&connection, &server, &mut report).await,
                Some(Ok(None)) => report.say(Word::unknown("", Why::NobodyToAsk)),
                Some(Err(error)) => report.say(Word::unknown("", Why::Failed(error.to_string()))),
                None => report.say(Word::unknown("", Why::Silent)),
            }
            // Until another service appears there is nothing more to say.
            future::pending::<()>().await;
        };
        let changed = async { owners.next().await.is_some() };
        let goes_on = future::or(changed, async {
            follow.await;
            false
        })
        .await;
        if !goes_on {
            return;
        }
    }
}

/// Reports how things stand with this service and follows the changes.
async fn follow(connection: &Connection, server: &str, report: &mut Report) {
    let Some(place) = Place::of(server) else {
        report.say(Word::unknown(server, Why::DoesNotTell));
        return;
    };
    let changes = match place.changes() {
        Ok(rule) => MessageStream::for_match_rule(rule, connection, None).await,
        Err(error) => Err(error),
    };
    let mut changes = match changes {
        Ok(changes) => changes,
        Err(error) => {
            report.say(Word::unknown(server, Why::Failed(error.to_string())));
            return;
        }
    };
    loop {
        let asked = bus::within(PATIENCE, place.read(connection));
        let (read, came) = bus::while_reading(&mut changes, asked).await;
        report.say(match read {
            Some(Ok(on)) => Word::known(on, server, Why::Told),
            Some(Err(why)) => Word::unknown(server, why),
            None => Word::unknown(server, Why::Silent),
        });
        if !came && changes.next().await.is_none() {
            return;
        }
        bus::while_reading(&mut changes, bus::pause(CALM)).await;
    }
}
