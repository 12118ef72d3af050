//! Cameras. Where they are is fixed for the program, so here the sensor works alone, with files
//! that stand in for them; its thread is known by its name.

use std::{
    fs::{self, File},
    path::Path,
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use unhunch::desktop::{
    camera::video4linux,
    sense::{Says, Sense as _, Word, except::Except},
};

use super::table::{Fault, Measured, Results};
use crate::support::wait_within;

const PATIENCE: Duration = Duration::from_secs(60);

/// Lets it live through what can happen to a camera: it does not hang, and has no words.
pub fn play() -> Results {
    let folder = tempfile::tempdir().unwrap();
    let (sender, words) = channel();
    let post: unhunch::desktop::inbox::Post<Word> =
        std::sync::Arc::new(move |word| drop(sender.send(word)));
    let mut sensor = video4linux::sensor(folder.path().to_owned(), &Except::default(), &post);
    let camera = folder.path().join("video0");
    let mut results = Vec::new();
    let mut measure = |fault, lives: &dyn Fn(&Receiver<Word>), sensor: &mut dyn FnMut()| {
        let since = now();
        sensor();
        lives(&words);
        let measured = Measured {
            late: since.elapsed(),
            memory: None,
            work: work(),
        };
        results.push((fault, measured));
    };
    measure(Fault::Absent, &|words| says(words, Says::No), &mut || {
        sensor.watch(true);
    });
    let open = std::cell::RefCell::new(None);
    let plug_in = &mut || {
        fs::write(&camera, "").unwrap();
        open.replace(File::open(&camera).ok());
    };
    measure(Fault::Back, &|words| says(words, Says::Yes), plug_in);
    let unplug = &mut || {
        fs::remove_file(&camera).unwrap();
        open.replace(None);
    };
    measure(Fault::Dies, &|words| says(words, Says::No), unplug);
    let flood = &mut || {
        fs::write(&camera, "").unwrap();
        for _ in 0..10_000 {
            File::open(&camera).unwrap();
        }
        open.replace(File::open(&camera).ok());
    };
    measure(Fault::Floods, &|words| says(words, Says::Yes), flood);
    ("camera (sensor alone)", results)
}

/// Waits for this word.
fn says(words: &Receiver<Word>, says: Says) {
    while words.recv_timeout(PATIENCE).unwrap().says != says {}
}

/// How long a processor worked for the thread of the sensor.
fn work() -> Duration {
    wait_within(PATIENCE, "the thread of the sensor", || {
        let tasks = fs::read_dir("/proc/self/task").unwrap().flatten();
        let mut tasks = tasks.map(|task| task.path());
        let of_sensor = |task: &Path| {
            fs::read_to_string(task.join("comm")).is_ok_and(|comm| comm.trim() == "Video4Linux")
        };
        let task = tasks.find(|task| of_sensor(task))?;
        let time = fs::read_to_string(task.join("schedstat")).ok()?;
        Some(Duration::from_nanos(time.split(' ').next()?.parse().ok()?))
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long it takes, for the table"
)]
fn now() -> Instant {
    Instant::now()
}
