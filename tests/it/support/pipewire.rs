//! A real PipeWire with nothing in its graph but what a test puts there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{PrivateBus, Program, installed, program::output_of, wait_until};

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

/// The part of it that speaks the protocol of PulseAudio.
const SOUND: &str = r#"
context.properties = { support.dbus = false }
context.spa-libs = {
    audio.adapt = audioconvert/libspa-audioconvert
    audio.convert.* = audioconvert/libspa-audioconvert
    support.* = support/libspa-support
}
context.modules = [
    { name = libpipewire-module-protocol-native }
    { name = libpipewire-module-client-node }
    { name = libpipewire-module-adapter }
    { name = libpipewire-module-metadata }
    { name = libpipewire-module-protocol-pulse args = { } }
]
pulse.properties = { server.address = [ "unix:native" ] }
"#;

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

/// A PipeWire that serves programs which know PulseAudio only, with a microphone that hears nothing
/// and a loudspeaker that nobody hears.
pub struct PipeWireSound {
    // End with this value.
    _manager: Program,
    _sound: Program,
    pipewire: PipeWire,
    bus: PrivateBus,
}

impl PipeWireSound {
    /// Starts all of it in this folder; ready when this returns.
    pub fn start(folder: &Path) -> Self {
        let (bus, pipewire) = (PrivateBus::start(folder), PipeWire::start(folder));
        let config = folder.join("sound.conf");
        fs::write(&config, SOUND).expect("the folder of the test can be written");
        let mut sound = Program::command("pipewire");
        sound.arg("-c").arg(&config);
        let sound = Program::start("pipewire", quiet(&mut sound, folder, &bus));
        let mut manager = Program::command("wireplumber");
        let manager = Program::start("wireplumber", quiet(&mut manager, folder, &bus));
        let started = Self {
            _manager: manager,
            _sound: sound,
            pipewire,
            bus,
        };
        started.device("microphone", "Audio/Source/Virtual", "-o");
        started.device("loudspeaker", "Audio/Sink", "-i");
        let socket = started.socket();
        wait_until("the sound to be served", || socket.exists().then_some(()));
        started
    }

    /// Where it speaks the protocol of PulseAudio.
    pub fn socket(&self) -> PathBuf {
        self.pipewire.folder.join("pulse/native")
    }

    /// A program that records from this source, in its own good time.
    pub fn recorder(&self, source: &str) -> Program {
        let mut command = Program::command("parec");
        command.args(["--raw", "--device", source]);
        Program::start(
            "parec",
            quiet(&mut command, &self.pipewire.folder, &self.bus),
        )
    }

    fn device(&self, name: &str, class: &str, ports: &'static str) {
        let properties = format!(
            "{{ factory.name=support.null-audio-sink node.name={name} media.class={class} \
             audio.position=[MONO] object.linger=true }}"
        );
        let tool = |name, arguments: &[&str]| self.pipewire.tool(name, arguments);
        tool("pw-cli", &["create-node", "adapter", &properties]);
        wait_until(&format!("the ports of {name}"), || {
            tool("pw-link", &[ports]).contains(name).then_some(())
        });
    }
}

/// On a desktop that consists of this folder and this bus.
fn quiet<'c>(command: &'c mut Command, folder: &Path, bus: &PrivateBus) -> &'c mut Command {
    command
        .envs(environment(folder))
        .env("HOME", folder)
        .env("XDG_STATE_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nobody")
        .env_remove("PULSE_SERVER")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
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
