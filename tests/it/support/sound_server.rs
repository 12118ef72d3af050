//! A real sound server without loudspeakers, and an ear on what it would play.

use std::{
    fs::{self, File},
    path::PathBuf,
    process::Stdio,
};

use super::{Desktop, Program, process, wait_until};

/// Samples a second, as the ear hears them.
const RATE: f32 = 48_000.0;

/// PulseAudio with a loudspeaker that nobody hears and a microphone that hears nothing.
pub struct SoundServer {
    program: Program,
}

impl SoundServer {
    /// Starts the server of this desktop; ready when this returns.
    pub fn start(desktop: &Desktop) -> Self {
        let socket = Self::socket(desktop);
        fs::create_dir_all(socket.parent().expect("the socket is in a folder"))
            .expect("the folder of the test can be written");
        // One that was killed leaves it behind.
        fs::remove_file(&socket).ok();
        let mut command = Program::on(desktop, "pulseaudio");
        command
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--disable-shm=yes",
            ])
            .args(["--exit-idle-time=-1", "--log-level=error"])
            .args(["-L", "module-null-sink sink_name=loudspeaker"])
            .args(["-L", "module-null-source source_name=microphone"])
            .arg("-L")
            .arg(format!(
                "module-native-protocol-unix auth-anonymous=1 socket={}",
                socket.display()
            ))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut program = Program::start("pulseaudio", &mut command);
        wait_until("the sound server to listen", || {
            program.assert_running();
            socket.exists().then_some(())
        });
        Self { program }
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }

    /// Where the server of this desktop listens, if it runs.
    pub fn socket(desktop: &Desktop) -> PathBuf {
        desktop.folder().join("runtime/pulse/native")
    }

    /// Lets it hang, or go on.
    pub fn hang(&self, hangs: bool) {
        process::signal(self.pid(), if hangs { "STOP" } else { "CONT" });
    }
}

/// Somebody who records.
pub struct Recorder {
    // Ends with this value.
    _program: Program,
    file: PathBuf,
}

impl Recorder {
    /// Hears what the loudspeaker would play; does so when this returns.
    pub fn of_the_loudspeaker(desktop: &Desktop) -> Self {
        Self::start(desktop, "loudspeaker.monitor")
    }

    /// Somebody in a call: hears the microphone.
    pub fn of_the_microphone(desktop: &Desktop) -> Self {
        Self::start(desktop, "microphone")
    }

    fn start(desktop: &Desktop, source: &str) -> Self {
        let file = desktop.folder().join(format!("{source}.raw"));
        let mut command = Program::on(desktop, "parec");
        command
            .args(["--raw", "--format=s16le", "--rate=48000", "--channels=1"])
            .args(["--latency-msec=20", "--device", source])
            .stdout(File::create(&file).expect("the folder of the test can be written"))
            .stderr(Stdio::null());
        let mut program = Program::start("parec", &mut command);
        wait_until("the recording to begin", || {
            program.assert_running();
            (fs::metadata(&file).ok()?.len() > 0).then_some(())
        });
        Self {
            _program: program,
            file,
        }
    }

    /// All that was heard so far.
    pub fn heard(&self) -> Vec<f32> {
        let bytes = fs::read(&self.file).expect("the recording can be read");
        let sample = |pair: &[u8]| f32::from(i16::from_le_bytes([pair[0], pair[1]]));
        bytes.chunks_exact(2).map(sample).collect()
    }

    /// Whether a note of this pitch, in hertz, was heard so far.
    pub fn has(&self, pitch: f32) -> bool {
        has(&self.heard(), pitch)
    }

    /// Waits for a note.
    pub fn wait_for(&self, pitch: f32) {
        wait_until(&format!("a note of {pitch} Hz"), || {
            self.has(pitch).then_some(())
        });
    }
}

/// Whether a twentieth of a second somewhere consists mostly of this pitch.
fn has(heard: &[f32], pitch: f32) -> bool {
    heard.chunks_exact(2400).any(|piece| {
        let (mut re, mut im, mut energy) = (0.0, 0.0, 0.0);
        for (place, sample) in (0_u16..).zip(piece) {
            let angle = std::f32::consts::TAU * pitch * f32::from(place) / RATE;
            re += sample * angle.cos();
            im += sample * angle.sin();
            energy += sample * sample;
        }
        // Of a pure tone this share is one half; where all is silent there is nothing to share.
        energy > 1e5 && (re * re + im * im) / (2400.0 * energy) > 0.2
    })
}
