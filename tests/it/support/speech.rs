//! A real speech service whose voice writes down what it says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use super::{Desktop, Program, wait_until};

/// Speech Dispatcher. It wants a sound server, though its voice makes no sound.
pub struct Speech {
    // Ends with this value.
    _program: Program,
    spoken: PathBuf,
}

impl Speech {
    /// Starts the service of this desktop; ready when this returns.
    pub fn start(desktop: &Desktop) -> Self {
        let folder = desktop.folder();
        let spoken = folder.join("spoken");
        let config = configuration(folder, &spoken);
        let socket = folder.join("runtime/speech-dispatcher/speechd.sock");
        fs::create_dir_all(socket.parent().expect("the socket is in a folder"))
            .expect("the folder of the test can be written");
        let mut command = Program::on(desktop, "speech-dispatcher");
        command
            .args(["--run-single", "--communication-method", "unix_socket"])
            .arg("--socket-path")
            .arg(&socket)
            .arg("--config-dir")
            .arg(config)
            .arg("--log-dir")
            .arg(folder)
            .arg("--pid-file")
            .arg(folder.join("speech.pid"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut program = Program::start("speech-dispatcher", &mut command);
        wait_until("the speech service to listen", || {
            program.assert_running();
            socket.exists().then_some(())
        });
        Self {
            _program: program,
            spoken,
        }
    }

    /// All that was said so far, one line for each sentence.
    pub fn said(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.spoken).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Waits until this was said.
    pub fn wait_for(&self, sentence: &str) {
        wait_until(&format!("somebody to say “{sentence}”"), || {
            (self.said().iter().any(|said| said.contains(sentence))).then_some(())
        });
    }
}

/// Writes the settings of the service, and gives their folder.
fn configuration(folder: &Path, spoken: &Path) -> PathBuf {
    let config = folder.join("speech");
    let modules = config.join("modules");
    fs::create_dir_all(&modules).expect("the folder of the test can be written");
    let service = "LogLevel 0\nDefaultLanguage \"en\"\nAddModule \"notebook\" \"sd_generic\" \
                   \"notebook.conf\"\nDefaultModule notebook\n";
    let voice = format!(
        "GenericExecuteSynth \"echo \\'$DATA\\' >> {}\"\nAddVoice \"en\" \"MALE1\" \"Scribe\"\n",
        spoken.display()
    );
    for (file, text) in [
        (config.join("speechd.conf"), service),
        (modules.join("notebook.conf"), &voice),
    ] {
        fs::write(file, text).expect("the folder of the test can be written");
    }
    config
}
