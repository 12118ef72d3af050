//! The interface on the bus, as other programs meet it: what it says of itself, the examples in its
//! papers, what it refuses, and what it tells.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::Stdio,
    sync::mpsc,
    time::Duration,
};

use futures_lite::StreamExt as _;
use serde_json::Value;
use unhunch::{
    core::day::EVENTS,
    ipc::{BUS_NAME, INTERFACE, OBJECT_PATH},
};
use zbus::{Connection, MatchRule, MessageStream, message::Type};

use crate::support::{Daemon, Desktop, Program, installed, wait_until};

/// Work is counted, and nothing comes for an hour.
const HOUR: &str = "[schedule]\nidle_grace = \"30min\"\nnatural_break = \"2h\"\n";

fn paper(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The lines of all blocks fenced like this.
fn examples(fence: &str) -> Vec<String> {
    let paper = paper("docs/dbus.md");
    let fence = format!("```{fence}\n");
    let blocks = paper.split(&fence).skip(1);
    blocks
        .flat_map(|rest| rest.split("```").next().unwrap().lines())
        .map(str::to_owned)
        .collect()
}

fn call(
    bus: &Connection,
    method: &str,
    arguments: &(impl serde::Serialize + zbus::DynamicType),
) -> Result<String, String> {
    let called = zbus::block_on(bus.call_method(
        Some(BUS_NAME),
        OBJECT_PATH,
        Some(INTERFACE),
        method,
        arguments,
    ));
    match called {
        Ok(reply) => Ok(reply.body().deserialize().unwrap()),
        Err(zbus::Error::MethodError(name, text, _)) => {
            let text = text.unwrap_or_default();
            assert!(text.len() < 500, "{text}");
            Err(format!("{name}: {text}"))
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_interface_is_the_one_in_the_papers() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let bus = desktop.bus().connect();
    let reply = zbus::block_on(bus.call_method(
        Some(BUS_NAME),
        OBJECT_PATH,
        Some("org.freedesktop.DBus.Introspectable"),
        "Introspect",
        &(),
    ));
    let xml: String = reply.unwrap().body().deserialize().unwrap();
    let from = xml
        .find(&format!("  <interface name=\"{INTERFACE}\">"))
        .unwrap();
    let length = xml[from..].find("  </interface>\n").unwrap() + "  </interface>\n".len();
    let found = format!("<node>\n{}</node>\n", &xml[from..from + length]);

    let name = "docs/org.unhunch.Unhunch1.xml";
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        fs::write(file, &found).unwrap();
    }
    assert!(
        found == paper(name),
        "UPDATE_SNAPSHOTS=1 writes {name} anew; it would be\n{found}"
    );

    // And the paper for people leaves nothing out.
    let text = paper("docs/dbus.md");
    for line in found.lines().map(str::trim) {
        let named = ["<method name=\"", "<property name=\"", "<signal name=\""];
        let name = named.iter().find_map(|start| line.strip_prefix(start));
        if let Some(name) = name.and_then(|rest| rest.split('"').next()) {
            assert!(text.contains(&format!("`{name}`")), "{name} is missing");
        }
    }
    drop(daemon);
}

#[test]
fn every_event_has_a_signal_and_is_named_wherever_events_are() {
    let (interface, dbus) = (
        paper("docs/org.unhunch.Unhunch1.xml"),
        paper("docs/dbus.md"),
    );
    let (schema, settings) = (paper("docs/schema/watch.json"), paper("config/config.toml"));
    for event in EVENTS {
        let words = event.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        let signal = format!("<signal name=\"{}\">", words.collect::<String>());
        assert!(interface.contains(&signal), "{signal}");
        assert!(
            dbus.contains(&format!("`{event}`")),
            "{event} in docs/dbus.md"
        );
        assert!(
            schema.contains(&format!("\"{event}\"")),
            "{event} in the schema"
        );
        assert!(
            settings.contains(&format!("\"{event}\"")),
            "{event} for hooks"
        );
    }
    let signals = interface.matches("<signal name=").count();
    assert_eq!(signals, EVENTS.len() + 1, "besides `Event`");
}

#[test]
fn examples_in_the_papers_work() {
    let desktop = Desktop::start();
    let daemon = Daemon::start(&desktop, HOUR);
    installed("busctl");
    installed("gdbus");
    let shell = |line: &str| {
        let output = desktop.command("sh").args(["-c", line]).output().unwrap();
        assert!(output.status.success(), "{line}\n{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };

    let lines = examples("sh");
    assert!(lines.len() >= 10, "{lines:?}");
    for line in &lines {
        let said = shell(line);
        assert!(!said.trim().is_empty(), "{line} said nothing");
    }
    let settings = fs::read_to_string(desktop.config_file()).unwrap();
    assert!(settings.contains("lull = \"20s\""), "{settings}");
    assert!(
        settings.contains("except = [\"shoulder_roll\"]"),
        "{settings}"
    );
    assert_eq!(daemon.status()["state"], "working");
}

#[test]
fn monitors_in_the_papers_see_what_happens() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let lines = examples("sh monitor");
    assert!(lines.len() >= 3, "{lines:?}");
    for line in &lines {
        let mut words = line.split_whitespace();
        let name: &'static str = match words.next().unwrap() {
            "busctl" => "busctl",
            "gdbus" => "gdbus",
            "dbus-monitor" => "dbus-monitor",
            other => panic!("{other} watches the bus?"),
        };
        let mut command = Program::on(&desktop, name);
        command
            .args(words.map(|word| word.trim_matches('"')))
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut program = Program::start(name, &mut command);
        let (sender, said) = mpsc::channel();
        let output = BufReader::new(program.take_output());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                sender.send(line).ok();
            }
        });
        // It does not say when it has begun to listen.
        let mut seen = String::new();
        wait_until(&format!("`{line}` to see a pause"), || {
            assert!(daemon.run(&["pause", "1h"]).status.success());
            assert!(daemon.run(&["resume"]).status.success());
            while let Ok(line) = said.recv_timeout(Duration::from_millis(100)) {
                seen.push_str(&line);
            }
            (seen.contains("Paused") && seen.contains("Resumed")).then_some(())
        });
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let bus = desktop.bus().connect();
    let before = fs::read(desktop.config_file()).unwrap();
    let huge = "x".repeat(5_000_000);
    let refused = |why: &str, outcome: Result<String, String>| {
        let error = outcome.expect_err("this is to be refused");
        let name = error.split(':').next().unwrap();
        assert_eq!(name, format!("org.unhunch.Unhunch1.Error.{why}"), "{error}");
    };

    for name in [huge.as_str(), "a\nb", "../../etc/passwd", "\u{1b}[31m", "ü"] {
        refused("BadValue", call(&bus, "Now", &(name, "")));
        refused("BadValue", call(&bus, "Now", &("", name)));
        refused("BadValue", call(&bus, "SwitchStretch", &(name, true)));
        refused("BadValue", call(&bus, "PauseUntil", &name));
        if name != "../../etc/passwd" {
            refused("BadValue", call(&bus, "Setting", &name));
        }
        refused("BadValue", call(&bus, "SetSetting", &(name, "1")));
    }
    refused("UnknownReminder", call(&bus, "Now", &("nobody", "")));
    refused("UnknownStretch", call(&bus, "Now", &("", "nobody")));
    refused(
        "UnknownStretch",
        call(&bus, "SwitchStretch", &("nobody", true)),
    );
    refused("BadValue", call(&bus, "SwitchStretch", &("", true)));
    for seconds in [0, 31_622_401, u32::MAX] {
        refused("BadValue", call(&bus, "PauseFor", &seconds));
    }
    refused("BadValue", call(&bus, "Snooze", &86_401_u32));
    refused("BadValue", call(&bus, "History", &0_u32));
    refused("BadValue", call(&bus, "History", &367_u32));
    for time in ["", "24:00", "6 pm", "06:00:00"] {
        refused("BadValue", call(&bus, "PauseUntil", &time));
    }
    refused("NothingAnnounced", call(&bus, "Start", &()));
    refused("NothingAnnounced", call(&bus, "Skip", &()));
    refused("BadSetting", call(&bus, "Setting", &"schedule.nothing"));
    refused(
        "BadSetting",
        call(&bus, "SetSetting", &("schedule.lull", "\"3 days\"")),
    );
    refused("BadSetting", call(&bus, "SetSetting", &("schedule", "1")));
    // Not even with a trick is a program named that will be run, or a break deleted.
    for (key, value) in [
        ("hook", "[{ on = \"due\", run = [\"true\"] }]"),
        ("hook.0.run", "[\"true\"]"),
        ("hook.1.run", "[\"true\"]"),
        ("history.keep", "\"7 days\""),
        ("history", "{ keep = \"7 days\" }"),
        ("hook.1", "{ on = \"due\", run = [\"true\"] }"),
        (
            "log.level",
            "\"info\"\n[[hook]]\non = \"due\"\nrun = [\"true\"]",
        ),
        ("log.level = \"info\"\n[[hook]]\non", "\"due\""),
        ("\"hook\"", "[{ on = \"due\", run = [\"true\"] }]"),
    ] {
        let error = call(&bus, "SetSetting", &(key, value)).unwrap_err();
        assert!(error.contains("Error.Bad"), "{key}: {error}");
    }

    assert_eq!(fs::read(desktop.config_file()).unwrap(), before);
    assert_eq!(daemon.status()["state"], "working");
}

#[test]
fn each_event_has_a_signal_of_its_own_and_properties_say_what_has_changed() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let bus = desktop.bus().connect();
    let rule = |interface: &'static str| {
        MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(BUS_NAME)
            .interface(interface)
            .build()
            .unwrap()
    };
    let listen = |interface| {
        zbus::block_on(MessageStream::for_match_rule(rule(interface), &bus, None)).unwrap()
    };
    let mut events = listen(INTERFACE);
    let mut changes = listen("org.freedesktop.DBus.Properties");
    let next = |stream: &mut MessageStream| zbus::block_on(stream.next()).unwrap().unwrap();

    let before = call(&bus, "PauseFor", &3600_u32).unwrap();
    let until = serde_json::from_str::<Value>(&before).unwrap()["paused_until"].clone();
    let general: (String, String) = next(&mut events).body().deserialize().unwrap();
    assert_eq!(general.0, "paused");
    let message = next(&mut events);
    assert_eq!(message.header().member().unwrap().as_str(), "Paused");
    let typed: String = message.body().deserialize().unwrap();
    assert_eq!(Value::from(typed), until);

    let changed = |stream: &mut MessageStream| {
        let message = next(stream);
        let (_, changed, _): (String, BTreeMap<String, zbus::OwnedVariant>, Vec<String>) =
            message.body().deserialize().unwrap();
        changed
    };
    let paused = changed(&mut changes);
    assert_eq!(
        paused.keys().collect::<Vec<_>>(),
        ["NextBreak", "PausedUntil", "Reasons", "State"],
        "no work is counted in a pause, so nobody knows when a break comes"
    );
    assert!(daemon.run(&["resume"]).status.success());
    let resumed = changed(&mut changes);
    assert_eq!(paused.len(), resumed.len(), "{resumed:?}");

    // Looking changes nothing, so it tells nothing either, however often it is done.
    for _ in 0..20 {
        call(&bus, "Status", &()).unwrap();
    }
    call(&bus, "Pause", &()).unwrap();
    assert!(changed(&mut changes).contains_key("State"));
}

#[test]
fn the_next_break_is_a_moment_that_stays_where_it_is() {
    let desktop = Desktop::without_notifications();
    let daemon = Daemon::start(&desktop, HOUR);
    let at = |status: &Value| status["next"]["at"].as_str().unwrap().to_owned();
    let first = at(&daemon.status());
    let due = chrono::DateTime::parse_from_rfc3339(&first).unwrap();
    let in_s = daemon.status()["next"]["in_s"].as_f64().unwrap();
    assert!((3500.0..=3600.0).contains(&in_s), "{in_s}");
    wait_until("two seconds of work", || {
        let worked = daemon.status()["reminders"]["upper-back"]["work_s"].as_f64()?;
        (worked > 2.0).then_some(())
    });
    let later = chrono::DateTime::parse_from_rfc3339(&at(&daemon.status())).unwrap();
    assert!(
        (later - due).abs() <= chrono::TimeDelta::seconds(1),
        "{first}"
    );

    let property = desktop
        .command("busctl")
        .args([
            "--user",
            "get-property",
            BUS_NAME,
            OBJECT_PATH,
            INTERFACE,
            "NextBreak",
        ])
        .output()
        .unwrap();
    let property = String::from_utf8_lossy(&property.stdout).into_owned();
    assert!(property.starts_with("s \"20"), "{property}");
}
