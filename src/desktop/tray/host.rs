//! Whether there is a panel that shows icons, and telling it what is new.
//!
//! Panels that show icons have one who keeps the list of them, `org.kde.StatusNotifierWatcher`. It
//! may appear at any time, go away and come back as another one, and be there without a panel that
//! shows anything. The icon is put on the list whenever there is somebody new to show it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use async_channel::{Receiver, Sender};
use futures_lite::{Stream, StreamExt as _, stream};
use zbus::{Connection, MatchRule, MessageStream, Variant, message::Type};

use super::{
    Event, Face, Waits, Wish,
    dbusmenu::{self, DbusMenu, properties_of},
    icon::{Panel, Sign},
    item::{self, Item},
    menu::{Change, Menu, ROOT},
};
use crate::desktop::{
    bus::{self, Bus, Client, Work},
    inbox::Post,
};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";

/// What is shown now, for the objects on the bus.
pub struct Shown {
    /// What is shown.
    pub face: Face,
    /// Its menu.
    pub menu: Menu,
    /// How often the menu has changed.
    pub changes: u64,
    /// The right to take the focus that came before a click.
    token: Option<String>,
}

impl Shown {
    /// Whether the icon asks for attention.
    pub fn status(&self) -> &'static str {
        match self.face.sign {
            Sign::Announced => "NeedsAttention",
            Sign::Counting { .. } | Sign::Resting | Sign::Held | Sign::OnBreak | Sign::Paused => {
                "Active"
            }
        }
    }
}

/// What the program and the objects on the bus share.
pub struct Shared {
    shown: Mutex<Shown>,
    post: Post<Event>,
}

impl Shared {
    /// Looks at what is shown.
    pub fn with<T>(&self, look: impl FnOnce(&mut Shown) -> T) -> T {
        look(&mut self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Passes something on to the program.
    pub fn post(&self, event: Event) {
        (self.post)(event);
    }

    /// The user wants something; a token that came before it belongs to it.
    pub fn wish(&self, wish: Wish) {
        let token = self.with(|shown| shown.token.take());
        self.post(Event::Wish { wish, token });
    }

    /// Keeps a token for what the user is about to choose.
    pub fn token(&self, token: String) {
        self.with(|shown| shown.token = Some(token).filter(|token| !token.is_empty()));
    }
}

/// The icon. Dropping it takes nothing away; the end of the connection does.
pub struct Tray {
    bus: Bus,
    shared: Arc<Shared>,
    news: Sender<News>,
    coming: Receiver<News>,
    wanted: Arc<AtomicBool>,
    attached: bool,
}

/// What the bus's thread is told.
#[derive(Clone, Debug)]
enum News {
    /// What is shown is another one.
    Changed(Changed),
    /// The user wants an icon, or none any more.
    Wanted,
}

/// What is different from before.
#[derive(Clone, Debug)]
struct Changed {
    picture: bool,
    status: bool,
    words: bool,
    menu: Change,
}

impl Tray {
    /// No icon yet. Nothing is on the bus before [`Tray::wanted`].
    #[must_use]
    pub fn new(bus: &Bus, post: Post<Event>) -> Self {
        let face = Face {
            sign: Sign::Resting,
            panel: Panel::Dark,
            words: String::new(),
            menu: Vec::new(),
        };
        let shown = Shown {
            face,
            menu: Menu::default(),
            changes: 0,
            token: None,
        };
        let (news, coming) = async_channel::unbounded();
        Self {
            bus: bus.clone(),
            shared: Arc::new(Shared {
                shown: Mutex::new(shown),
                post,
            }),
            news,
            coming,
            wanted: Arc::default(),
            attached: false,
        }
    }

    /// Whether the user wants an icon where one can be shown.
    pub fn wanted(&mut self, wanted: bool) {
        if wanted == self.wanted.swap(wanted, Ordering::SeqCst) {
            return;
        }
        if wanted && !self.attached {
            self.attached = true;
            self.bus.attach(OnBus {
                shared: Arc::clone(&self.shared),
                coming: self.coming.clone(),
                wanted: Arc::clone(&self.wanted),
            });
        }
        // The thread of the bus has ended only if the program has.
        self.news.try_send(News::Wanted).ok();
    }

    /// From now on this is shown. Tells panels what is different, and nothing if nothing is.
    pub fn show(&self, face: Face) {
        let changed = self.shared.with(|shown| {
            let menu = shown.menu.set(face.menu.clone());
            let before = shown.status();
            let changed = Changed {
                picture: (shown.face.sign, shown.face.panel) != (face.sign, face.panel),
                words: shown.face.words != face.words,
                status: false,
                menu,
            };
            shown.face = face;
            if changed.menu != Change::Nothing {
                shown.changes += 1;
            }
            Changed {
                status: before != shown.status(),
                ..changed
            }
        });
        if changed.picture || changed.status || changed.words || changed.menu != Change::Nothing {
            self.news.try_send(News::Changed(changed)).ok();
        }
    }
}

/// The icon on the bus, on every new connection.
struct OnBus {
    shared: Arc<Shared>,
    coming: Receiver<News>,
    wanted: Arc<AtomicBool>,
}

impl Client for OnBus {
    fn connected(&mut self, connection: Connection) -> Work<'_, zbus::Result<()>> {
        Box::pin(async move {
            let server = connection.object_server();
            server
                .at(item::PATH, Item(Arc::clone(&self.shared)))
                .await?;
            let menu = DbusMenu(Arc::clone(&self.shared));
            server.at(dbusmenu::PATH, menu).await?;
            let heard = listen(&connection, self.coming.clone()).await?;
            let attendant = Attendant {
                connection,
                shared: Arc::clone(&self.shared),
                wanted: Arc::clone(&self.wanted),
                told: None,
            };
            bus::spawn(attendant.attend(heard));
            Ok(())
        })
    }
}

/// What the attendant hears.
enum Heard {
    /// Somebody keeps a list of icons or shows them, or does not any more.
    Panels,
    /// Something from the program.
    News(News),
    /// The connection has ended.
    End,
}

async fn listen(
    connection: &Connection,
    coming: Receiver<News>,
) -> zbus::Result<impl Stream<Item = Heard> + Send + use<>> {
    let owner = bus::owner_changes(connection, WATCHER).await?;
    let appeared = signal(connection, "StatusNotifierHostRegistered").await?;
    let went = signal(connection, "StatusNotifierHostUnregistered").await?;
    let panels = |signals: MessageStream| {
        let each = signals.map(|signal| signal.map_or(Heard::End, |_| Heard::Panels));
        each.chain(stream::once(Heard::End))
    };
    let hosts = stream::or(panels(appeared), panels(went));
    let panels = stream::or(panels(owner), hosts);
    Ok(stream::or(panels, coming.map(Heard::News)))
}

async fn signal(connection: &Connection, name: &'static str) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(WATCHER)
        .path(WATCHER_PATH)
        .interface(WATCHER)
        .member(name)
        .build()?;
    MessageStream::for_match_rule(rule, connection, None).await
}

/// Keeps the icon on the list of whoever keeps one, as long as the connection lasts.
struct Attendant {
    connection: Connection,
    shared: Arc<Shared>,
    wanted: Arc<AtomicBool>,
    /// Who has the icon on the list now.
    told: Option<String>,
}

impl Attendant {
    async fn attend(mut self, heard: impl Stream<Item = Heard>) {
        let mut heard = std::pin::pin!(heard);
        self.look().await;
        while let Some(heard) = heard.next().await {
            match heard {
                Heard::Panels | Heard::News(News::Wanted) => self.look().await,
                Heard::News(News::Changed(changed)) if self.told.is_some() => {
                    if let Err(error) = self.tell(changed).await {
                        log::debug!("telling the panel: {error}");
                    }
                }
                Heard::News(News::Changed(_)) => {}
                Heard::End => break,
            }
        }
        if self.told.is_some() {
            self.shared.post(Event::Gone);
        }
    }

    /// Puts the icon on the list if there is a new one, and notices when there is none.
    async fn look(&mut self) {
        let wanted = self.wanted.load(Ordering::SeqCst);
        let keeper = if wanted { self.keeper().await } else { None };
        if keeper == self.told {
            return;
        }
        let before = self.told.take();
        match keeper {
            Some(keeper) => {
                if before.is_none() {
                    self.first_face().await;
                }
                match self.register().await {
                    Ok(()) => {
                        log::info!("there is an icon in the panel");
                        self.told = Some(keeper);
                        return;
                    }
                    Err(error) => log::warn!("the panel does not take the icon: {error}"),
                }
            }
            None => log::info!("there is no icon in a panel any more"),
        }
        // A panel takes away what has no name any more; there is no other way to ask for it.
        self.connection.release_name(our_name()).await.ok();
        self.shared.post(Event::Gone);
    }

    /// Who keeps the list of icons, if there is a panel that shows them.
    async fn keeper(&self) -> Option<String> {
        let to = "org.freedesktop.DBus";
        let path = "/org/freedesktop/DBus";
        let owner = (self.connection)
            .call_method(Some(to), path, Some(to), "GetNameOwner", &WATCHER)
            .await
            .ok()?;
        let owner: String = owner.body().deserialize().ok()?;
        let asked = (WATCHER, "IsStatusNotifierHostRegistered");
        let properties = Some("org.freedesktop.DBus.Properties");
        let shows = self
            .connection
            .call_method(
                Some(owner.as_str()),
                WATCHER_PATH,
                properties,
                "Get",
                &asked,
            )
            .await;
        let shows = match shows {
            Ok(reply) => (reply.body().deserialize::<Variant<'_>>())
                .is_ok_and(|shows| bool::try_from(shows).unwrap_or(false)),
            Err(error) => {
                log::debug!("{owner} does not say whether there is a panel: {error}");
                false
            }
        };
        shows.then_some(owner)
    }

    /// Waits until the program has said what there is to show: nobody should see an icon that
    /// knows nothing yet.
    async fn first_face(&self) {
        let (waits, done) = async_channel::bounded(1);
        self.shared.post(Event::Appeared(Waits(waits)));
        done.recv().await.ok();
    }

    async fn register(&self) -> zbus::Result<()> {
        let name = our_name();
        self.connection.request_name(name.as_str()).await?;
        (self.connection)
            .call_method(
                Some(WATCHER),
                WATCHER_PATH,
                Some(WATCHER),
                "RegisterStatusNotifierItem",
                &name,
            )
            .await
            .map(drop)
    }

    async fn tell(&self, changed: Changed) -> zbus::Result<()> {
        let server = self.connection.object_server();
        let item = server.interface::<_, Item>(item::PATH).await?;
        let emitter = item.signal_emitter();
        if changed.picture {
            Item::new_icon(emitter).await?;
            Item::new_attention_icon(emitter).await?;
        }
        if changed.status {
            let status = self.shared.with(|shown| shown.status());
            Item::new_status(emitter, status).await?;
        }
        if changed.words {
            Item::new_tool_tip(emitter).await?;
        }
        let menu = server.interface::<_, DbusMenu>(dbusmenu::PATH).await?;
        let emitter = menu.signal_emitter();
        match changed.menu {
            Change::Nothing => Ok(()),
            Change::Layout => {
                let revision = self.shared.with(|shown| shown.menu.revision());
                DbusMenu::layout_updated(emitter, revision, ROOT).await
            }
            Change::Words(ids) => {
                let updated = self.shared.with(|shown| {
                    let known = |id: i32| Some((id, properties_of(&shown.menu, id, &[])?));
                    ids.into_iter().filter_map(known).collect()
                });
                DbusMenu::items_properties_updated(emitter, updated, Vec::new()).await
            }
        }
    }
}

/// The name of the icon on the bus, as the specification wants it.
fn our_name() -> String {
    format!("org.kde.StatusNotifierItem-{}-1", std::process::id())
}
