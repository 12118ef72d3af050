//! A stretch of one's own on a real desktop: a file, a reload, a window.

use std::fs;

use super::fine;
use crate::support::{Daemon, Desktop};

const SETTINGS: &str = r#"
[schedule]
settle_in = "0s"
open = "at once"
"#;

#[test]
fn a_file_in_the_folder_becomes_a_window_and_a_broken_one_a_problem() {
    let desktop = Desktop::start();
    let mut daemon = Daemon::start(&desktop, SETTINGS);
    let folder = desktop.config_file().with_file_name("stretches");
    fs::create_dir(&folder).unwrap();
    let refused = daemon.run(&["now", "my_move"]);
    assert!(!refused.status.success(), "{refused:?}");

    fs::write(
        folder.join("my.toml"),
        fine("my_move").replace("Standing back extension", "My very own move"),
    )
    .unwrap();
    fs::write(
        folder.join("broken.toml"),
        "[stretch.broken]\nnme = \"x\"\n",
    )
    .unwrap();
    assert!(daemon.run(&["reload"]).status.success());
    assert!(daemon.run(&["now", "my_move"]).status.success());

    daemon.wait_for("opened");
    let window = desktop.display().wait_for_window("org.unhunch.Unhunch");
    assert!(window.title.contains("My very own move"), "{window:?}");
    let problems = daemon.status()["problems"].to_string();
    assert!(problems.contains("broken.toml, line 2"), "{problems}");
    let list = daemon.run(&["stretches"]);
    assert!(String::from_utf8_lossy(&list.stdout).contains("my_move"));
    assert!(String::from_utf8_lossy(&list.stderr).contains("broken.toml"));

    fs::remove_file(folder.join("broken.toml")).unwrap();
    assert!(daemon.run(&["reload"]).status.success());
    assert_eq!(daemon.status()["problems"].as_array().unwrap().len(), 0);
}
