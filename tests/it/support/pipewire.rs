//! A real PipeWire with nothing in its graph but what a test puts there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{Program, installed, program::output_of, wait_until};

/// What the server loads: enough to make nodes and links, and no hardware.
const CONFIGURATION: &str = r"
context.properties = { core.daemon = true core.name = pipewire-0 support.dbus = false }
context.spa-libs = {
    audio.adapt = audioconvert/libspa-audioconvert
    audio.convert.* = audioconvert/libspa-audioconvert
    support.* = support/libspa-support
}
context.modules = [
    { name = libpipewire-module-protocol-native }
    { name = libpipewire-module-metadata }
    { name = libpipewire-module-spa-node-factory }
    { name = libpipewire-module-client-node }
    { name = libpipewire-module-adapter }
    { name = libpipewire-module-link-factory }
    { name = libpipewire-module-access }
]
";

/// How a node takes and gives. What flows is sound, whatever the node says it is: there is no
/// source and no viewer of pictures without a screen.
const PORTS: &str = r#"{ "direction": "Input", "mode": "dsp", "monitor": true, "format": {
    "mediaType": "audio", "mediaSubtype": "raw", "format": "F32P", "rate": 48000, "channels": 1,
    "position": [ "MONO" ] } }"#;

/// PipeWire, ended with this value.
pub struct PipeWire {
    // Ends with this value.
    _program: Program,
    folder: PathBuf,
}

impl PipeWire {
    /// Starts the server with its socket in this folder; ready when this returns.
    pub fn start(folder: &Path) -> Self {
        let config = folder.join("pipewire.conf");
        fs::write(&config, CONFIGURATION).expect("the folder of the test can be written");
        let socket = folder.join("pipewire-0");
        // One that was killed leaves it behind.
        fs::remove_file(&socket).ok();
        let mut command = Program::command("pipewire");
        command
            .arg("-c")
            .arg(&config)
            .envs(environment(folder))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut program = Program::start("pipewire", &mut command);
        wait_until("PipeWire to listen", || {
            program.assert_running();
            socket.exists().then_some(())
        });
        Self {
            _program: program,
            folder: folder.to_owned(),
        }
    }

    /// Something that shows pictures, or sees them, with a name and further properties.
    pub fn node(&self, name: &str, properties: &str) {
        let properties = format!(
            "{{ factory.name=support.null-audio-sink node.name={name} {properties} \
             audio.position=[MONO] object.linger=true }}"
        );
        self.tool("pw-cli", &["create-node", "adapter", &properties]);
        wait_until(&format!("the node {name}"), || {
            let nodes = self.tool("pw-cli", &["ls", "Node"]);
            nodes.contains(name).then_some(())
        });
        self.tool("pw-cli", &["set-param", name, "PortConfig", PORTS]);
        wait_until(&format!("the ports of {name}"), || {
            self.tool("pw-link", &["-o"]).contains(name).then_some(())
        });
    }

    /// From now on the second sees what the first shows.
    pub fn link(&self, from: &str, to: &str) {
        let (from, to) = ports(from, to);
        self.tool("pw-link", &[&from, &to]);
    }

    /// It does so no longer.
    pub fn unlink(&self, from: &str, to: &str) {
        let (from, to) = ports(from, to);
        self.tool("pw-link", &["-d", &from, &to]);
    }

    fn tool(&self, name: &'static str, arguments: &[&str]) -> String {
        let mut command = Command::new(installed(name));
        command.args(arguments).envs(environment(&self.folder));
        output_of(name, &mut command)
    }
}

fn ports(from: &str, to: &str) -> (String, String) {
    (format!("{from}:monitor_MONO"), format!("{to}:input_MONO"))
}

fn environment(folder: &Path) -> [(&'static str, &Path); 2] {
    [
        ("XDG_RUNTIME_DIR", folder),
        ("PIPEWIRE_RUNTIME_DIR", folder),
    ]
}
