//! The notification interface as it is spoken on the bus: calls, signals, refusals.

use std::collections::HashMap;

use zbus::{Connection, MatchRule, Message, Variant, fdo, message::Type};

use super::{super::Announcement, Card};
use crate::{core::schedule::event::Answer, desktop::APP_ID};

/// The bus name of whatever server there is.
pub const SERVER: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The names of the buttons. The first is what a click on the body means, by the specification.
const BODY: &str = "default";
const START: &str = "start";
const SNOOZE: &str = "snooze";
const SKIP: &str = "skip";
const GOES_ON: &str = "goes-on";
const OVER: &str = "over";

/// A server and what it can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its unique name: another one is another server, which knows nothing of the first one's
    /// notifications.
    pub name: String,
    /// What it can do.
    pub able: Abilities,
}

/// What a server can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// Buttons.
    pub buttons: bool,
    /// Reads the body as markup.
    pub markup: bool,
}

/// What a button stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An answer to an announcement.
    Answer(Answer),
    /// What was asked about goes on.
    GoesOn,
    /// It is over.
    Over,
}

impl Choice {
    /// What a click on the body of an announcement means, and its first button.
    pub const START: Self = Self::Answer(Answer::Start);

    fn of(button: &str) -> Option<Self> {
        match button {
            BODY | START => Some(Self::START),
            SNOOZE => Some(Self::Answer(Answer::Snooze(None))),
            SKIP => Some(Self::Answer(Answer::Skip)),
            GOES_ON => Some(Self::GoesOn),
            OVER => Some(Self::Over),
            _ => None,
        }
    }
}

/// A signal from the server. It may be about a notification of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// What gives the focus to a window that answers a click on this notification.
    Token(u32, String),
    /// A click.
    Chosen(u32, Choice),
    /// It is gone; the number is the reason.
    Closed(u32, u32),
}

/// Why the server did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// For the log.
    pub why: String,
    /// Whether there is no server at all, so that asking again is of no use before one appears.
    pub nobody: bool,
}

impl Signal {
    /// What a message says, if it is one of these signals and well-formed.
    pub fn read(message: &Message) -> Option<Self> {
        let header = message.header();
        let body = message.body();
        match header.member()?.as_str() {
            "ActivationToken" => {
                let (id, token) = body.deserialize::<(u32, String)>().ok()?;
                Some(Self::Token(id, token))
            }
            "ActionInvoked" => {
                let (id, button) = body.deserialize::<(u32, String)>().ok()?;
                Some(Self::Chosen(id, Choice::of(&button)?))
            }
            "NotificationClosed" => {
                let (id, reason) = body.deserialize::<(u32, u32)>().ok()?;
                Some(Self::Closed(id, reason))
            }
            _ => None,
        }
    }

    /// The notification that it is about.
    pub fn id(&self) -> u32 {
        match self {
            Self::Token(id, _) | Self::Chosen(id, _) | Self::Closed(id, _) => *id,
        }
    }
}

/// All signals of the interface. Some servers send them to everybody, some to us alone; the rule
/// lets both through.
pub fn signals_rule() -> zbus::Result<MatchRule<'static>> {
    MatchRule::builder()
        .msg_type(Type::Signal)
        .interface(SERVER)
        .path(PATH)
        .build()
}

/// The unique names of the server before and after a change, empty for none.
pub fn owners(message: &Message) -> Option<(String, String)> {
    let body = message.body();
    let (_name, before, after) = body.deserialize::<(String, String, String)>().ok()?;
    Some((before, after))
}

/// Asks who the server is and what it can do. Starts one, where the bus knows how.
pub async fn server(connection: Connection) -> Result<Server, Refusal> {
    let reply = connection
        .call_method(Some(SERVER), PATH, Some(SERVER), "GetCapabilities", &())
        .await?;
    let list: Vec<String> = reply.body().deserialize()?;
    let has = |name: &str| list.iter().any(|able| able == name);
    let header = reply.header();
    Ok(Server {
        name: header.sender().map(ToString::to_string).unwrap_or_default(),
        able: Abilities {
            buttons: has("actions"),
            markup: has("body-markup"),
        },
    })
}

/// Shows an announcement or a question, in the place of the notification with this id (0: in no other's).
pub async fn show(
    connection: Connection,
    card: Card,
    able: Abilities,
    replaces: u32,
) -> Result<u32, Refusal> {
    let hints: HashMap<&str, Variant<'_>> = HashMap::from([
        // So that the server shows our icon, and our settings apply.
        ("desktop-entry", Variant::from(APP_ID)),
        ("category", Variant::from(category(&card))),
        // Normal: shown when nothing speaks against it, and not lost if it is not looked at.
        ("urgency", Variant::from(1u8)),
    ]);
    let (title, text, without_buttons) = words(&card);
    let body = body(text, without_buttons, able);
    let buttons = match able.buttons {
        true => buttons(&card),
        false => Vec::new(),
    };
    // 0: it stays until it is answered or taken back.
    let expires = 0i32;
    let reply = connection
        .call_method(
            Some(SERVER),
            PATH,
            Some(SERVER),
            "Notify",
            &(
                "Unhunch", replaces, APP_ID, title, body, buttons, hints, expires,
            ),
        )
        .await?;
    Ok(reply.body().deserialize()?)
}

/// Takes a notification back. It may be gone already, which is as good.
pub async fn close(connection: Connection, id: u32) {
    let closed = connection
        .call_method(Some(SERVER), PATH, Some(SERVER), "CloseNotification", &id)
        .await;
    if let Err(error) = closed {
        log::debug!("closing notification {id}: {error}");
    }
}

fn category(card: &Card) -> &'static str {
    match card {
        Card::Announcement(_) => "x-unhunch.break",
        Card::Question(_) => "x-unhunch.question",
    }
}

/// Title, body, and what is added to the body where there are no buttons.
fn words(card: &Card) -> (&str, &str, &str) {
    match card {
        Card::Announcement(announcement) => (
            &announcement.title,
            &announcement.body,
            &announcement.without_buttons,
        ),
        Card::Question(question) => (&question.title, &question.body, &question.without_buttons),
    }
}

/// The buttons, each as its name and its label.
fn buttons(card: &Card) -> Vec<&str> {
    match card {
        Card::Announcement(announcement) => answers(announcement),
        Card::Question(question) => vec![GOES_ON, &question.goes_on, OVER, &question.over],
    }
}

fn answers(announcement: &Announcement) -> Vec<&str> {
    let mut buttons = vec![BODY, &announcement.start, START, &announcement.start];
    if let Some(snooze) = &announcement.snooze {
        buttons.extend([SNOOZE, snooze]);
    }
    buttons.extend([SKIP, &announcement.skip]);
    buttons
}

fn body(text: &str, without_buttons: &str, able: Abilities) -> String {
    let mut body = text.to_owned();
    if !able.buttons && !without_buttons.is_empty() {
        body = format!("{body}\n{without_buttons}");
    }
    if able.markup { escape(&body) } else { body }
}

/// The text as markup that shows exactly this text.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            plain => escaped.push(plain),
        }
    }
    escaped
}

impl From<zbus::Error> for Refusal {
    fn from(error: zbus::Error) -> Self {
        let nobody = match &error {
            zbus::Error::FDO(fdo) => matches!(
                **fdo,
                fdo::Error::ServiceUnknown(_)
                    | fdo::Error::NameHasNoOwner(_)
                    | fdo::Error::SpawnExecFailed(_)
                    | fdo::Error::SpawnForkFailed(_)
                    | fdo::Error::SpawnChildExited(_)
                    | fdo::Error::SpawnChildSignaled(_)
                    | fdo::Error::SpawnFailed(_)
                    | fdo::Error::SpawnFailedToSetup(_)
                    | fdo::Error::SpawnConfigInvalid(_)
                    | fdo::Error::SpawnServiceNotValid(_)
                    | fdo::Error::SpawnServiceNotFound(_)
            ),
            _ => false,
        };
        Self {
            why: error.to_string(),
            nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announcement() -> Announcement {
        Announcement {
            prompt: 1,
            title: "Cats & cows".to_owned(),
            body: "Back <b>and</b> 'neck' & \"arms\"".to_owned(),
            without_buttons: "unhunch start".to_owned(),
            start: "Start".to_owned(),
            snooze: Some("Snooze".to_owned()),
            skip: "Skip".to_owned(),
        }
    }

    const ABLE: Abilities = Abilities {
        buttons: true,
        markup: true,
    };

    fn body_of(announcement: Announcement, able: Abilities) -> String {
        let card = Card::Announcement(announcement);
        let (_, text, without_buttons) = words(&card);
        body(text, without_buttons, able)
    }

    #[test]
    fn a_body_is_shown_as_it_was_written() {
        assert_eq!(
            body_of(announcement(), ABLE),
            "Back &lt;b&gt;and&lt;/b&gt; &#39;neck&#39; &amp; &quot;arms&quot;"
        );
        let plain = Abilities {
            markup: false,
            ..ABLE
        };
        assert_eq!(body_of(announcement(), plain), announcement().body);
    }

    #[test]
    fn without_buttons_the_body_says_how_to_answer() {
        let bare = Abilities {
            buttons: false,
            markup: false,
        };
        assert!(body_of(announcement(), bare).ends_with("\nunhunch start"));
    }

    #[test]
    fn a_break_without_a_snooze_left_has_no_snooze_button() {
        let mut last = announcement();
        last.snooze = None;
        assert_eq!(
            buttons(&Card::Announcement(last)),
            ["default", "Start", "start", "Start", "skip", "Skip"]
        );
    }
}
