//! An ear on the running program, for a window that shows what it does.

use std::{io, thread};

use futures_lite::{StreamExt as _, stream};
use zbus::{
    Connection, MatchRule, MessageStream, connection,
    fdo::{RequestNameFlags, RequestNameReply},
    match_rule,
    message::Type,
};

use super::{BUS_NAME, OBJECT_PATH};

const BUS: &str = "org.freedesktop.DBus";

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The program did something, began to run, or ended.
    Changed,
    /// Somebody else has taken the name.
    Replaced,
}

/// Takes this name on the bus, from whoever has it, and says what is heard from then on, on a
/// thread of its own. Where there is no bus, nothing is.
///
/// # Errors
///
/// When the system refuses a thread.
pub fn follow(name: &'static str, heard: impl Fn(Heard) + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name("ear".to_owned())
        .spawn(move || {
            if let Err(error) = zbus::block_on(listen(name, &heard)) {
                log::debug!("nothing is heard from the bus any more: {error}");
            }
        })
        .map(drop)
}

async fn listen(name: &'static str, heard: &impl Fn(Heard)) -> zbus::Result<()> {
    let connection: Connection = connection::Builder::session().build().await?;
    let news = signals(&connection, |rule| rule.sender(BUS_NAME).path(OBJECT_PATH)).await?;
    let owners = signals(&connection, |rule| {
        (rule.sender(BUS).member("NameOwnerChanged")).add_arg(BUS_NAME)
    });
    let owners = owners.await?;
    let lost = signals(&connection, |rule| {
        (rule.sender(BUS).member("NameLost")).add_arg(name)
    });
    let lost = lost.await?;
    take(&connection, name).await?;
    // What happened before all this was listened to.
    heard(Heard::Changed);
    let changed = stream::or(news, owners).map(|message| message.map(|_| Heard::Changed));
    let lost = lost.map(|message| message.map(|_| Heard::Replaced));
    let mut all = stream::or(changed, lost);
    while let Some(one) = all.next().await {
        heard(one?);
    }
    Ok(())
}

async fn take(connection: &Connection, name: &'static str) -> zbus::Result<()> {
    let flags = RequestNameFlags::ALLOW_REPLACEMENT
        | RequestNameFlags::REPLACE_EXISTING
        | RequestNameFlags::DO_NOT_QUEUE;
    match connection.request_name_with_flags(name, flags).await {
        Ok(RequestNameReply::PrimaryOwner | RequestNameReply::AlreadyOwner) => Ok(()),
        Ok(RequestNameReply::Exists | RequestNameReply::InQueue) | Err(zbus::Error::NameTaken) => {
            log::debug!("{name} is not to be had");
            Ok(())
        }
        Err(error) => Err(error),
    }
}

async fn signals<'a>(
    connection: &Connection,
    about: impl FnOnce(match_rule::Builder<'a>) -> match_rule::Builder<'a>,
) -> zbus::Result<MessageStream> {
    let rule = about(MatchRule::builder().msg_type(Type::Signal)).build()?;
    MessageStream::for_match_rule(rule, connection, None).await
}
