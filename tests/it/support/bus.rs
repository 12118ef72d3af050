//! A message bus that only one test talks on.

use std::{fs, path::Path, process::Stdio};

use super::{Program, wait_until};

/// A bus of its own, with no services to activate: what talks on it was started by the test.
pub struct PrivateBus {
    daemon: Program,
    address: String,
}

impl PrivateBus {
    /// Starts a bus whose files live in `folder`.
    pub fn start(folder: &Path) -> Self {
        let config = folder.join("bus.conf");
        fs::write(&config, configuration(folder)).expect("the folder of the test can be written");
        let mut daemon = Program::start(
            "dbus-daemon",
            Program::command("dbus-daemon")
                .arg("--config-file")
                .arg(&config)
                .args(["--nofork", "--nopidfile", "--print-address"])
                .stdout(Stdio::piped())
                // It complains when it may not raise the limit of open files.
                .stderr(Stdio::null()),
        );
        let address = daemon.first_line();
        Self { daemon, address }
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` has to be to get here.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The process id of the bus daemon.
    pub fn pid(&self) -> u32 {
        self.daemon.pid()
    }

    /// A new connection to this bus.
    pub fn connect(&self) -> zbus::Connection {
        let address = self.address.as_str();
        zbus::block_on(zbus::connection::Builder::address(address).build())
            .expect("the bus of the test takes connections")
    }

    /// Whether anybody owns this name now.
    pub fn has_owner(&self, name: &str) -> bool {
        owned(&self.connect(), name)
    }

    /// Waits until somebody owns this name.
    pub fn wait_for_owner(&self, name: &str) {
        let connection = self.connect();
        wait_until(&format!("an owner of {name}"), || {
            owned(&connection, name).then_some(())
        });
    }

    /// Waits until nobody owns this name any more.
    pub fn wait_for_no_owner(&self, name: &str) {
        let connection = self.connect();
        wait_until(&format!("{name} to be free"), || {
            (!owned(&connection, name)).then_some(())
        });
    }
}

/// Whether anybody owns this name now, asked on a connection that is there already.
pub fn owned(connection: &zbus::Connection, name: &str) -> bool {
    zbus::block_on(connection.call_method(
        Some("org.freedesktop.DBus"),
        "/org/freedesktop/DBus",
        Some("org.freedesktop.DBus"),
        "NameHasOwner",
        &name,
    ))
    .and_then(|reply| reply.body().deserialize())
    .expect("the bus knows its names")
}

fn configuration(folder: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        folder = folder.display()
    )
}
