//! A Wayland compositor that knows of nothing but idleness, and whose time is the test's.
//!
//! It behaves as `ext-idle-notify-v1` and `org_kde_kwin_idle` say: a notification counts from when
//! it was made or from the last input, whichever was later; it is silent while the screen is kept
//! awake, unless it is about input alone, and counts anew when that ends. Time goes by only when
//! the test says so.

mod dispatch;
mod protocol;

use std::{
    io,
    os::fd::AsFd as _,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use rustix::{
    event::{EventfdFlags, PollFd, PollFlags, eventfd, poll},
    fd::OwnedFd,
};
use wayland_server::{Display, DisplayHandle, ListeningSocket, Resource, backend::GlobalId};

use protocol::{
    ext_idle_notification_v1::ExtIdleNotificationV1, ext_idle_notifier_v1::ExtIdleNotifierV1,
    org_kde_kwin_idle::OrgKdeKwinIdle, org_kde_kwin_idle_timeout::OrgKdeKwinIdleTimeout,
};

use super::wait_until;

/// What a compositor offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offers {
    /// `ext-idle-notify-v1` in this version.
    pub ext: Option<u32>,
    /// `org_kde_kwin_idle`.
    pub kwin: bool,
    /// So many seats.
    pub seats: usize,
}

impl Offers {
    /// The present protocol in this version, and one seat.
    pub fn ext(version: u32) -> Self {
        Self {
            ext: Some(version),
            kwin: false,
            seats: 1,
        }
    }

    /// The older protocol, and one seat.
    pub fn kwin() -> Self {
        Self {
            ext: None,
            kwin: true,
            seats: 1,
        }
    }

    /// A seat, and nothing that tells of idleness.
    pub fn nothing() -> Self {
        Self {
            ext: None,
            kwin: false,
            seats: 1,
        }
    }
}

/// A running compositor; it is gone, with its socket, when this is dropped.
pub struct Compositor {
    socket: PathBuf,
    commands: mpsc::Sender<Command>,
    bell: OwnedFd,
    thread: Option<JoinHandle<()>>,
}

type Command = Box<dyn FnOnce(&mut World) -> bool + Send>;

/// What it knows.
pub struct World {
    display: DisplayHandle,
    notifications: Vec<Notification>,
    kept_awake: bool,
    ext: Option<GlobalId>,
    kwin: Option<GlobalId>,
    seats: Vec<GlobalId>,
}

/// A notification that a client has asked for and not let go of.
struct Notification {
    object: Object,
    /// It is about input alone.
    input_alone: bool,
    timeout: Duration,
    /// How long there has been nothing that it counts as activity.
    quiet: Duration,
    idle: bool,
    /// How many messages were sent for it.
    sent: usize,
}

enum Object {
    Ext(ExtIdleNotificationV1),
    Kwin(OrgKdeKwinIdleTimeout),
}

/// A notification as a test sees it: whether it is about input alone, and its timeout.
pub type Wanted = (bool, Duration);

impl Compositor {
    /// Starts one that listens here.
    pub fn start(socket: &Path, offers: Offers) -> Self {
        let listening = ListeningSocket::bind_absolute(socket.to_owned())
            .expect("the folder of the test takes sockets");
        let (commands, orders) = mpsc::channel();
        let bell = eventfd(0, EventfdFlags::CLOEXEC).expect("the system has descriptors left");
        let rung = bell.try_clone().expect("the system has descriptors left");
        let thread = std::thread::spawn(move || run(&listening, &rung, &orders, offers));
        Self {
            socket: socket.to_owned(),
            commands,
            bell,
            thread: Some(thread),
        }
    }

    /// What `WAYLAND_DISPLAY` has to be to get here.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// This much time goes by without any input.
    pub fn passes(&self, time: Duration) {
        self.with(move |world| world.passes(time));
    }

    /// A key is pressed.
    pub fn input(&self) {
        self.with(World::input);
    }

    /// A key is pressed on the keyboard of the first seat.
    pub fn input_on_first(&self) {
        self.with(World::input_on_first);
    }

    /// How many messages about idleness it has sent.
    pub fn sent(&self) -> usize {
        self.with(|world| world.notifications.iter().map(|of| of.sent).sum())
    }

    /// Something keeps the screen awake, or no longer.
    pub fn keep_awake(&self, on: bool) {
        self.with(move |world| world.keep_awake(on));
    }

    /// Offers this from now on.
    pub fn offer(&self, offers: Offers) {
        self.with(move |world| world.offer(offers));
    }

    /// Says a thousand times as much as it may: idle and active again, this often, to everybody.
    pub fn flood(&self, times: u32) {
        self.with(move |world| world.flood(times));
    }

    /// What clients want to be told of now, in the order in which they asked.
    pub fn wanted(&self) -> Vec<Wanted> {
        self.with(|world| world.wanted())
    }

    /// Waits until clients want to be told of exactly this.
    pub fn wait_until_wanted(&self, wanted: &[Wanted]) {
        wait_until(&format!("notifications of {wanted:?}"), || {
            (self.wanted() == wanted).then_some(())
        });
    }

    /// Does something on the compositor's thread.
    fn with<R: Send + 'static>(&self, act: impl FnOnce(&mut World) -> R + Send + 'static) -> R {
        let (answer, coming) = mpsc::channel();
        self.order(Box::new(move |world| {
            answer.send(act(world)).expect("the test waits");
            true
        }));
        coming.recv().expect("the compositor lives as long as this")
    }

    fn order(&self, command: Command) {
        self.commands.send(command).expect("the compositor lives");
        rustix::io::write(&self.bell, &1_u64.to_ne_bytes()).expect("an eventfd takes numbers");
    }
}

impl Drop for Compositor {
    fn drop(&mut self) {
        self.order(Box::new(|_| false));
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the compositor of the test failed");
        }
    }
}

fn run(
    listening: &ListeningSocket,
    bell: &OwnedFd,
    orders: &mpsc::Receiver<Command>,
    offers: Offers,
) {
    let mut display = Display::<World>::new().expect("a compositor can be made");
    let mut world = World::new(display.handle());
    world.offer(offers);
    let backend = display.backend().poll_fd().try_clone_to_owned();
    let backend = backend.expect("the system has descriptors left");
    loop {
        let fds = [listening.as_fd(), bell.as_fd(), backend.as_fd()];
        let mut fds = fds.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
        match poll(&mut fds, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => panic!("waiting: {error}"),
        }
        if !fds[1].revents().is_empty() {
            rustix::io::read(bell, &mut [0; 8]).expect("an eventfd gives numbers");
        }
        if let Ok(Some(client)) = listening.accept() {
            let added = display.handle().insert_client(client, Arc::new(()));
            added.expect("a client that just connected");
        }
        display
            .dispatch_clients(&mut world)
            .expect("clients of the test behave");
        for order in orders.try_iter() {
            if !order(&mut world) {
                return;
            }
        }
        flush(&mut display);
    }
}

/// A client that is gone is no fault of the compositor.
fn flush(display: &mut Display<World>) {
    match display.flush_clients() {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
        other => other.unwrap_or_default(),
    }
}

impl World {
    fn new(display: DisplayHandle) -> Self {
        Self {
            display,
            notifications: Vec::new(),
            kept_awake: false,
            ext: None,
            kwin: None,
            seats: Vec::new(),
        }
    }

    fn passes(&mut self, time: Duration) {
        for notification in &mut self.notifications {
            let counts = notification.input_alone || !self.kept_awake;
            if counts {
                notification.quiet += time;
                notification.become_idle(notification.quiet >= notification.timeout);
            }
        }
    }

    fn input(&mut self) {
        for notification in &mut self.notifications {
            notification.quiet = Duration::ZERO;
            notification.become_idle(false);
        }
    }

    /// Clients ask for every seat in the order in which the seats came.
    fn input_on_first(&mut self) {
        if let Some(notification) = self.notifications.first_mut() {
            notification.quiet = Duration::ZERO;
            notification.become_idle(false);
        }
    }

    fn keep_awake(&mut self, on: bool) {
        self.kept_awake = on;
        let free = (self.notifications.iter_mut()).filter(|notification| !notification.input_alone);
        for notification in free {
            notification.quiet = Duration::ZERO;
            notification.become_idle(false);
        }
    }

    fn offer(&mut self, offers: Offers) {
        for gone in self.ext.take().into_iter().chain(self.kwin.take()) {
            self.display.disable_global::<Self>(gone);
        }
        while self.seats.len() > offers.seats {
            let gone = self.seats.pop().expect("there are seats");
            self.display.disable_global::<Self>(gone);
        }
        while self.seats.len() < offers.seats {
            let seat = dispatch::create_seat(&self.display);
            self.seats.push(seat);
        }
        if let Some(version) = offers.ext {
            let ext = self
                .display
                .create_global::<Self, ExtIdleNotifierV1, ()>(version, ());
            self.ext = Some(ext);
        }
        if offers.kwin {
            let kwin = self
                .display
                .create_global::<Self, OrgKdeKwinIdle, ()>(1, ());
            self.kwin = Some(kwin);
        }
    }

    fn flood(&mut self, times: u32) {
        for _ in 0..times {
            for notification in &mut self.notifications {
                notification.become_idle(true);
                notification.become_idle(false);
            }
        }
    }

    fn wanted(&self) -> Vec<Wanted> {
        (self.notifications.iter())
            .map(|notification| (notification.input_alone, notification.timeout))
            .collect()
    }

    fn add(&mut self, object: Object, input_alone: bool, timeout: u32) {
        self.notifications.push(Notification {
            object,
            input_alone,
            timeout: Duration::from_millis(timeout.into()),
            quiet: Duration::ZERO,
            idle: false,
            sent: 0,
        });
    }

    fn forget<R: Resource>(&mut self, gone: &R) {
        self.notifications
            .retain(|notification| match &notification.object {
                Object::Ext(object) => object.id() != gone.id(),
                Object::Kwin(object) => object.id() != gone.id(),
            });
    }
}

impl Notification {
    fn become_idle(&mut self, idle: bool) {
        if std::mem::replace(&mut self.idle, idle) == idle {
            return;
        }
        self.sent += 1;
        match (&self.object, idle) {
            (Object::Ext(object), true) => object.idled(),
            (Object::Ext(object), false) => object.resumed(),
            (Object::Kwin(object), true) => object.idle(),
            (Object::Kwin(object), false) => object.resumed(),
        }
    }
}
