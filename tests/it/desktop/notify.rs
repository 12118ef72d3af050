//! Announcements: no click is lost, and no server can hold the program up.
//!
//! | the notification service … | tests |
//! |---|---|
//! | is absent | `without_a_bus_every_announcement_fails_at_once`, `a_server_that_comes_late_shows_what_is_announced`; the window: `main_job::without_a_session_bus_there_is_a_lock_file_and_a_window_instead_of_notifications` |
//! | has no buttons | `a_server_without_buttons_is_told_from_one_with_them`, `without_buttons_the_window_opens_at_once` |
//! | advertises buttons and ignores them | `buttons_that_nobody_shows_leave_the_window_and_the_commands` |
//! | dies while a prompt is up | `a_server_that_is_killed_and_started_again_shows_what_was_up`, `a_bus_that_dies_and_comes_back_shows_what_was_up`; the window: `main_job::a_notification_server_that_dies_and_comes_back_costs_no_break` |
//! | restarts | the same, and `a_server_that_comes_back_does_not_show_what_was_answered_or_withdrawn` |
//! | answers late | `a_server_that_hangs_has_failed_until_it_answers_after_all`, `what_a_slow_server_shows_after_it_was_withdrawn_is_taken_back`, `an_answer_to_what_was_withdrawn_still_names_it` |
//! | answers twice | `two_clicks_are_two_answers_for_others_to_sort_out`, `two_answers_to_one_break_are_one` |
//! | answers with an unknown id | `what_happens_to_the_notifications_of_others_is_not_ours` |
//! | hangs on `Notify` | `a_server_that_hangs_has_failed_until_it_answers_after_all`, `a_server_that_hangs_from_the_start_is_as_good_as_none`, `a_server_that_hangs_leaves_the_window` |
//! | refuses with an error | `a_server_that_refuses_has_failed_and_may_do_better`, `a_server_that_refuses_leaves_the_window` |
//! | sends token and action with no gap, as GNOME does | `of_two_hundred_clicks_whose_token_comes_with_no_gap_none_is_lost`, `of_two_hundred_clicks_right_behind_the_reply_none_is_lost`, `a_click_that_overtakes_the_reply_is_still_a_click`, `a_token_that_comes_after_the_click_is_taken_as_well` |
//! | makes our own code panic | `a_fault_of_our_own_costs_one_announcement` |

use std::sync::Arc;

use tempfile::TempDir;
use unhunch::{
    core::schedule::{Notifier, event::Answer},
    desktop::{
        bus::Bus,
        notify::{self, Announcement, Dismissal, Event, Notify},
    },
};

use super::{
    Reports,
    notification_server::{Asked, Manner, NotificationServer, Signal},
};
use crate::support::{Daemon, Desktop, PrivateBus, wait_until};

/// A bus and our client on it.
struct Client {
    bus: PrivateBus,
    events: Reports<Event>,
    notify: Box<dyn Notify>,
    connection: Bus,
    folder: TempDir,
}

impl Client {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start(folder.path());
        let (connection, notify, events) = client(Some(&address(&folder)));
        Self {
            bus,
            events,
            notify,
            connection,
            folder,
        }
    }

    /// With a server that is there already.
    fn with(manner: Manner) -> (Self, NotificationServer) {
        let folder = tempfile::tempdir().unwrap();
        let bus = PrivateBus::start(folder.path());
        let server = NotificationServer::start(bus.address(), manner);
        let (connection, notify, events) = client(Some(&address(&folder)));
        assert_eq!(events.next(), Event::Server(Notifier::Ok));
        let client = Self {
            bus,
            events,
            notify,
            connection,
            folder,
        };
        (client, server)
    }

    /// Waits until this announcement is on the screen, and gives back what the server saw.
    fn announce(
        &mut self,
        prompt: u64,
        server: &NotificationServer,
    ) -> super::notification_server::Shown {
        self.notify.announce(announcement(prompt));
        let shown = server.shown();
        assert_eq!(self.events.next(), Event::Shown { prompt });
        shown
    }
}

/// The address without the bus's own id, which another bus in the same place would not have.
fn address(folder: &TempDir) -> String {
    format!("unix:path={}/bus", folder.path().display())
}

fn client(address: Option<&str>) -> (Bus, Box<dyn Notify>, Reports<Event>) {
    let (post, events) = Reports::new();
    let bus = Bus::start(address.map(ToOwned::to_owned)).unwrap();
    let notify = notify::detect(&bus, post);
    (bus, notify, events)
}

fn announcement(prompt: u64) -> Announcement {
    Announcement {
        prompt,
        title: "Shoulder roll".to_owned(),
        body: "Half a minute & back <to work>".to_owned(),
        without_buttons: "Answer with: unhunch start".to_owned(),
        start: "Start".to_owned(),
        snooze: Some("Snooze 5 min".to_owned()),
        skip: "Skip".to_owned(),
    }
}

fn answered(prompt: u64, answer: Answer, token: Option<&str>) -> Event {
    Event::Answered {
        prompt,
        answer,
        token: token.map(ToOwned::to_owned),
    }
}

#[test]
fn an_announcement_has_three_answers_and_stays() {
    let (mut client, server) = Client::with(Manner::Takes);

    let shown = client.announce(1, &server);

    assert_eq!(shown.title, "Shoulder roll");
    assert_eq!(shown.body, "Half a minute &amp; back &lt;to work&gt;");
    assert_eq!(
        shown.buttons,
        [
            "default",
            "Start",
            "start",
            "Start",
            "snooze",
            "Snooze 5 min",
            "skip",
            "Skip"
        ]
    );
    assert_eq!((shown.replaces, shown.expires), (0, 0));
    let hint = |name: &str| shown.hints.get(name).map(|value| format!("{value:?}"));
    assert!(
        hint("desktop-entry")
            .unwrap()
            .contains("org.unhunch.Unhunch")
    );
    assert!(hint("urgency").unwrap().contains('1'));
    assert_eq!(hint("transient"), None);
}

#[test]
fn each_button_is_its_answer() {
    let (mut client, server) = Client::with(Manner::Takes);
    for (prompt, key, answer) in [
        (1, "start", Answer::Start),
        (2, "default", Answer::Start),
        (3, "snooze", Answer::Snooze(None)),
        (4, "skip", Answer::Skip),
    ] {
        let shown = client.announce(prompt, &server);
        server.tell(&shown.asker, &[Signal::Action(shown.id, key)]);
        assert_eq!(client.events.next(), answered(prompt, answer, None));
    }
}

#[test]
fn of_two_hundred_clicks_whose_token_comes_with_no_gap_none_is_lost() {
    let (mut client, server) = Client::with(Manner::Takes);
    for prompt in 1..=200 {
        let shown = client.announce(prompt, &server);
        let token = format!("token-{prompt}");
        let click = [
            Signal::Token(shown.id, token.clone()),
            Signal::Action(shown.id, "start"),
        ];
        server.tell(&shown.asker, &click);
        assert_eq!(
            client.events.next(),
            answered(prompt, Answer::Start, Some(&token))
        );
        server.tell(&shown.asker, &[Signal::Closed(shown.id, 2)]);
    }
    assert_eq!(client.events.so_far(), []);
}

#[test]
fn of_two_hundred_clicks_right_behind_the_reply_none_is_lost() {
    let (mut client, server) = Client::with(Manner::IsClickedAtOnce);
    for prompt in 1..=200 {
        let shown = client.announce(prompt, &server);
        let token = format!("token-{}", shown.id);
        assert_eq!(
            client.events.next(),
            answered(prompt, Answer::Start, Some(&token))
        );
    }
}

#[test]
fn a_click_that_overtakes_the_reply_is_still_a_click() {
    let (mut client, server) = Client::with(Manner::IsClickedBeforeItReplies);
    for prompt in 1..=50 {
        let shown = client.announce(prompt, &server);
        let token = format!("token-{}", shown.id);
        assert_eq!(
            client.events.next(),
            answered(prompt, Answer::Start, Some(&token))
        );
    }
}

#[test]
fn a_token_that_comes_after_the_click_is_taken_as_well() {
    let (mut client, server) = Client::with(Manner::Takes);
    let shown = client.announce(1, &server);

    let click = [
        Signal::Action(shown.id, "start"),
        Signal::Token(shown.id, "late".to_owned()),
    ];
    server.tell(&shown.asker, &click);

    assert_eq!(
        client.events.next(),
        answered(1, Answer::Start, Some("late"))
    );
}

#[test]
fn two_clicks_are_two_answers_for_others_to_sort_out() {
    let (mut client, server) = Client::with(Manner::Takes);
    let shown = client.announce(1, &server);

    let clicks = [
        Signal::Token(shown.id, "only".to_owned()),
        Signal::Action(shown.id, "start"),
        Signal::Action(shown.id, "skip"),
    ];
    server.tell(&shown.asker, &clicks);

    assert_eq!(
        client.events.next(),
        answered(1, Answer::Start, Some("only"))
    );
    assert_eq!(client.events.next(), answered(1, Answer::Skip, None));
}

#[test]
fn an_answer_to_what_was_withdrawn_still_names_it() {
    let (mut client, server) = Client::with(Manner::Takes);
    let first = client.announce(1, &server);
    client.notify.withdraw(1);
    assert_eq!(server.closed(), first.id);
    client.announce(2, &server);

    server.tell(&first.asker, &[Signal::Action(first.id, "skip")]);

    assert_eq!(client.events.next(), answered(1, Answer::Skip, None));
}

#[test]
fn what_happens_to_the_notifications_of_others_is_not_ours() {
    let (mut client, server) = Client::with(Manner::Takes);
    let shown = client.announce(1, &server);

    server.tell_everybody(&Signal::Action(shown.id + 1000, "start"));
    server.tell_everybody(&Signal::Closed(shown.id + 1000, 2));
    server.tell_everybody(&Signal::Action(shown.id, "no such button"));
    server.tell_everybody(&Signal::Action(shown.id, "snooze"));

    assert_eq!(
        client.events.next(),
        answered(1, Answer::Snooze(None), None)
    );
}

#[test]
fn a_dismissed_announcement_says_who_did_it() {
    let (mut client, server) = Client::with(Manner::Takes);
    for (prompt, reason, by) in [
        (1, 1, Dismissal::Expired),
        (2, 2, Dismissal::User),
        (3, 4, Dismissal::Unknown),
    ] {
        let shown = client.announce(prompt, &server);
        server.tell(&shown.asker, &[Signal::Closed(shown.id, reason)]);
        assert_eq!(client.events.next(), Event::Dismissed { prompt, by });
    }
}

#[test]
fn what_was_answered_or_withdrawn_is_not_dismissed() {
    let (mut client, server) = Client::with(Manner::Takes);
    let first = client.announce(1, &server);
    let snooze = [
        Signal::Action(first.id, "snooze"),
        Signal::Closed(first.id, 2),
    ];
    server.tell(&first.asker, &snooze);
    assert_eq!(
        client.events.next(),
        answered(1, Answer::Snooze(None), None)
    );

    client.announce(2, &server);
    client.notify.withdraw(2);
    server.closed();

    client.announce(3, &server);
    assert_eq!(client.events.so_far(), []);
}

#[test]
fn new_words_for_an_announcement_take_its_place() {
    let (mut client, server) = Client::with(Manner::Takes);
    let first = client.announce(1, &server);

    let again = client.announce(1, &server);

    assert_eq!(again.replaces, first.id);
    client.notify.announce(announcement(2));
    assert_eq!(server.closed(), first.id);
    assert_eq!(server.shown().replaces, 0);
}

#[test]
fn an_announcement_is_taken_back_when_the_program_ends() {
    let (mut client, server) = Client::with(Manner::Takes);
    let shown = client.announce(1, &server);

    client.connection.clone().stop();

    assert_eq!(server.closed(), shown.id);
}

#[test]
fn a_server_without_buttons_is_told_from_one_with_them() {
    let mut client = Client::start();
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    let server = NotificationServer::with(client.bus.address(), Manner::Takes, &["body"]);
    assert_eq!(client.events.next(), Event::Server(Notifier::NoButtons));

    let shown = client.announce(1, &server);
    assert_eq!(shown.buttons, <[String; 0]>::default());
    assert_eq!(
        shown.body,
        "Half a minute & back <to work>\nAnswer with: unhunch start"
    );
}

#[test]
fn a_server_that_comes_late_shows_what_is_announced() {
    let mut client = Client::start();
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));
    client.notify.announce(announcement(1));
    assert!(matches!(
        client.events.next(),
        Event::Failed { prompt: 1, .. }
    ));

    let server = NotificationServer::start(client.bus.address(), Manner::Takes);

    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
    assert_eq!(client.events.next(), Event::Shown { prompt: 1 });
    assert_eq!(server.shown().title, "Shoulder roll");
}

#[test]
fn a_server_that_is_killed_and_started_again_shows_what_was_up() {
    let (mut client, server) = Client::with(Manner::Takes);
    client.announce(1, &server);

    server.die();
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    let server = NotificationServer::start(client.bus.address(), Manner::Takes);
    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
    assert_eq!(client.events.next(), Event::Shown { prompt: 1 });
    let shown = server.shown();
    assert_eq!(shown.replaces, 0);
    server.tell(&shown.asker, &[Signal::Action(shown.id, "start")]);
    assert_eq!(client.events.next(), answered(1, Answer::Start, None));
}

#[test]
fn a_server_that_comes_back_does_not_show_what_was_answered_or_withdrawn() {
    let (mut client, server) = Client::with(Manner::Takes);
    let shown = client.announce(1, &server);
    server.tell(&shown.asker, &[Signal::Action(shown.id, "skip")]);
    client.events.next();
    server.die();
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    let server = NotificationServer::start(client.bus.address(), Manner::Takes);
    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
    let shown = client.announce(2, &server);
    assert_eq!(shown.id, 1, "it is the first that this server was given");
}

#[test]
fn a_server_that_refuses_has_failed_and_may_do_better() {
    let (mut client, server) = Client::with(Manner::Refuses);
    client.notify.announce(announcement(1));
    let why = client.events.next_where(|event| match event {
        Event::Failed { prompt: 1, why } => Some(why.clone()),
        _ => None,
    });
    assert!(why.contains("too many"), "{why}");
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    server.set(Manner::Takes);
    client.notify.withdraw(1);
    client.notify.announce(announcement(2));
    assert_eq!(client.events.next(), Event::Shown { prompt: 2 });
    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
}

#[test]
fn a_server_that_hangs_has_failed_until_it_answers_after_all() {
    let (mut client, server) = Client::with(Manner::Takes);
    server.set(Manner::Hangs);
    client.notify.announce(announcement(1));
    let held = server.shown();
    assert!(matches!(
        client.events.next(),
        Event::Failed { prompt: 1, .. }
    ));
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    server.reply(&held);

    assert_eq!(client.events.next(), Event::Shown { prompt: 1 });
    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
    server.tell(&held.asker, &[Signal::Action(held.id, "skip")]);
    assert_eq!(client.events.next(), answered(1, Answer::Skip, None));
}

#[test]
fn what_a_slow_server_shows_after_it_was_withdrawn_is_taken_back() {
    let (mut client, server) = Client::with(Manner::Takes);
    server.set(Manner::Hangs);
    client.notify.announce(announcement(1));
    let held = server.shown();
    client.notify.withdraw(1);

    server.reply(&held);

    assert_eq!(server.closed(), held.id);
    assert_eq!(client.events.so_far(), []);
}

#[test]
fn a_server_that_hangs_from_the_start_is_as_good_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let server = NotificationServer::start(bus.address(), Manner::Hangs);
    let (_connection, mut notify, events) = client(Some(bus.address()));
    assert!(matches!(server.asked(), Asked::Capabilities));

    assert_eq!(events.next(), Event::Server(Notifier::Gone));

    notify.announce(announcement(1));
    assert!(matches!(events.next(), Event::Failed { prompt: 1, .. }));
}

#[test]
fn without_a_bus_every_announcement_fails_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (_connection, mut notify, events) = client(Some(&address(&folder)));
    assert_eq!(events.next(), Event::Server(Notifier::Gone));

    notify.announce(announcement(1));
    assert!(matches!(events.next(), Event::Failed { prompt: 1, .. }));
    notify.withdraw(1);
    notify.announce(announcement(2));
    assert!(matches!(events.next(), Event::Failed { prompt: 2, .. }));
}

#[test]
fn a_bus_that_dies_and_comes_back_shows_what_was_up() {
    let (mut client, server) = Client::with(Manner::Takes);
    client.announce(1, &server);

    drop(client.bus);
    assert_eq!(client.events.next(), Event::Server(Notifier::Gone));

    let bus = PrivateBus::start(client.folder.path());
    let server = NotificationServer::start(bus.address(), Manner::Takes);
    assert_eq!(client.events.next(), Event::Server(Notifier::Ok));
    assert_eq!(client.events.next(), Event::Shown { prompt: 1 });
    assert_eq!(server.shown().title, "Shoulder roll");
}

#[test]
fn a_fault_of_our_own_costs_one_announcement() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let server = NotificationServer::start(bus.address(), Manner::Takes);
    let (post, events) = Reports::new();
    let faulty = Arc::new(move |event| {
        assert!(!matches!(event, Event::Dismissed { .. }), "on purpose");
        post(event);
    });
    let connection = Bus::start(Some(bus.address().to_owned())).unwrap();
    let mut notify = notify::detect(&connection, faulty);
    assert_eq!(events.next(), Event::Server(Notifier::Ok));
    notify.announce(announcement(1));
    let shown = server.shown();
    assert_eq!(events.next(), Event::Shown { prompt: 1 });

    server.tell(&shown.asker, &[Signal::Closed(shown.id, 2)]);

    assert_eq!(events.next(), Event::Server(Notifier::Ok), "it asks anew");
    notify.announce(announcement(2));
    let shown = server.shown();
    assert_eq!(events.next(), Event::Shown { prompt: 2 });
    server.tell(&shown.asker, &[Signal::Action(shown.id, "skip")]);
    assert_eq!(events.next(), answered(2, Answer::Skip, None));
}

/// The class of the stretch window.
const WINDOW: &str = "org.unhunch.Unhunch";

/// A whole program on a desktop with this server, with a break after ten seconds that opens like
/// this.
fn whole<'a>(desktop: &'a Desktop, open: &str) -> Daemon<'a> {
    let settings = format!(
        r#"
[schedule]
idle_grace = "30min"
natural_break = "2h"
lull = "0s"
settle_in = "0s"
open = "{open}"

[[reminder]]
id = "upper-back"
every = "10s"
"#
    );
    Daemon::start(desktop, &settings)
}

#[test]
fn buttons_that_nobody_shows_leave_the_window_and_the_commands() {
    let desktop = Desktop::without_notifications();
    let server = NotificationServer::start(desktop.bus().address(), Manner::Takes);
    let mut daemon = whole(&desktop, "after 1s");
    daemon.wait_for("announced");
    assert_ne!(server.shown().buttons, <[String; 0]>::default());
    // The window opens by itself, with the same three answers.
    desktop.display().wait_for_window(WINDOW);
    let skipped = daemon.run(&["skip"]);
    assert!(skipped.status.success(), "{skipped:?}");
    daemon.wait_for("skipped");
    desktop.display().wait_for_no_window(WINDOW);
}

#[test]
fn without_buttons_the_window_opens_at_once() {
    let desktop = Desktop::without_notifications();
    let address = desktop.bus().address();
    let _server = NotificationServer::with(address, Manner::Takes, &["body"]);
    let mut daemon = whole(&desktop, "on start");
    daemon.wait_for("announced");
    desktop.display().wait_for_window(WINDOW);
}

#[test]
fn a_server_that_refuses_leaves_the_window() {
    let desktop = Desktop::without_notifications();
    let _server = NotificationServer::start(desktop.bus().address(), Manner::Refuses);
    let mut daemon = whole(&desktop, "on start");
    daemon.wait_for("announced");
    desktop.display().wait_for_window(WINDOW);
}

#[test]
fn a_server_that_hangs_leaves_the_window() {
    let desktop = Desktop::without_notifications();
    let server = NotificationServer::start(desktop.bus().address(), Manner::Takes);
    let mut daemon = whole(&desktop, "on start");
    server.set(Manner::Hangs);
    daemon.wait_for("announced");
    desktop.display().wait_for_window(WINDOW);
}

#[test]
fn two_answers_to_one_break_are_one() {
    let desktop = Desktop::without_notifications();
    let server = NotificationServer::start(desktop.bus().address(), Manner::Takes);
    let mut daemon = whole(&desktop, "on start");
    daemon.wait_for("announced");
    let shown = server.shown();
    let clicks = ["skip", "start", "skip"].map(|key| Signal::Action(shown.id, key));
    server.tell(&shown.asker, &clicks);
    daemon.wait_for("skipped");
    wait_until("the notification to be taken back", || {
        (daemon.status()["state"] == "working").then_some(())
    });
    let told = daemon.told();
    assert_eq!(told.iter().filter(|name| *name == "skipped").count(), 1);
    assert!(!told.iter().any(|name| name == "started"), "{told:?}");
    assert_eq!(daemon.history().len(), 1);
}
