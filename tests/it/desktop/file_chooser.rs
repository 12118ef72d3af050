//! The window to choose a file, from a portal.

use std::{collections::HashMap, sync::mpsc, thread};

use unhunch::desktop::file_chooser::choose;
use zbus::{OwnedVariant, Variant, block_on, connection, interface, message::Header};

use crate::support::PrivateBus;

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";

/// Tells the test what was asked: the title, and the object that is to answer.
struct Portal(mpsc::Sender<(String, String)>);

#[interface(name = "org.freedesktop.portal.FileChooser")]
#[expect(
    clippy::needless_pass_by_value,
    reason = "arguments of a call come by value"
)]
impl Portal {
    fn open_file(
        &self,
        _parent: &str,
        title: &str,
        options: HashMap<String, OwnedVariant>,
        #[zbus(header)] header: Header<'_>,
    ) -> zbus::ObjectPath<'static> {
        let token = String::try_from(options["handle_token"].try_clone().unwrap()).unwrap();
        let sender = header.sender().unwrap().trim_start_matches(':');
        let path = format!("{PATH}/request/{}/{token}", sender.replace('.', "_"));
        self.0.send((title.to_owned(), path.clone())).unwrap();
        path.try_into().unwrap()
    }
}

/// What the chooser says when the portal answers this; nothing: when it goes away.
fn chosen(answer: Option<(u32, Vec<&str>)>) -> anyhow::Result<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    let (asked, asking) = mpsc::channel();
    let portal = block_on(
        connection::Builder::address(bus.address())
            .serve_at(PATH, Portal(asked))
            .name(NAME)
            .build(),
    )
    .unwrap();
    let address = bus.address().to_owned();
    let choosing = thread::spawn(move || choose(Some(&address), "Take in a file"));
    let (title, request) = asking.recv().unwrap();
    assert_eq!(title, "Take in a file");
    match answer {
        None => block_on(portal.close()).unwrap(),
        Some((how, files)) => {
            let results = HashMap::from([("uris", Variant::from(files))]);
            let interface = "org.freedesktop.portal.Request";
            let signal = (how, results);
            block_on(portal.emit_signal(None::<&str>, &*request, interface, "Response", &signal))
                .unwrap();
        }
    }
    choosing.join().unwrap()
}

#[test]
fn a_file_is_chosen_or_not() {
    let file = "file:///home/me/my%20breaks.csv";
    let given = chosen(Some((0, vec![file]))).unwrap();
    assert_eq!(given.as_deref(), Some(file));
    assert_eq!(chosen(Some((1, vec![]))).unwrap(), None, "given up");
}

#[test]
fn a_portal_that_goes_away_keeps_nobody_waiting() {
    chosen(None).unwrap_err();
}

#[test]
fn without_a_portal_one_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let bus = PrivateBus::start(folder.path());
    choose(Some(bus.address()), "Take in a file").unwrap_err();
}
