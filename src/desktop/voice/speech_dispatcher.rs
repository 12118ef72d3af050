//! Speech Dispatcher: where it is, how it is started, and which voice speaks.

use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail};

use super::{Backend, Known, Manner, ssip::Ssip};

/// A connection that speaks as it should.
pub struct SpeechDispatcher {
    ssip: Ssip,
}

impl SpeechDispatcher {
    /// Connects; starts the service where it does not run.
    pub fn connect(manner: &Manner) -> anyhow::Result<Self> {
        let path = socket().context("there is no place for a speech service")?;
        let ssip = match Ssip::connect(&path) {
            Ok(ssip) => ssip,
            Err(_) => {
                start(&path)?;
                Ssip::connect(&path).context("the speech service was started, but is not there")?
            }
        };
        let mut service = Self { ssip };
        service.introduce(manner)?;
        Ok(service)
    }

    fn introduce(&mut self, manner: &Manner) -> anyhow::Result<()> {
        let user: String = env::var("USER").unwrap_or_default();
        let user: String = user.chars().filter(char::is_ascii_alphanumeric).collect();
        let user = if user.is_empty() { "user" } else { &user };
        self.ssip
            .command(&format!("SET SELF CLIENT_NAME {user}:unhunch:cues"))?;
        // A new message of this kind takes the place of one before it.
        self.ssip.command("SET SELF PRIORITY TEXT")?;
        self.wish(&format!("SET SELF LANGUAGE {}", manner.language));
        self.wish(&format!("SET SELF RATE {}", manner.rate.clamp(-100, 100)));
        if let Some(name) = &manner.name {
            self.choose(name);
        }
        Ok(())
    }

    /// Something that is nice to have: a synthesizer that cannot do it speaks all the same.
    fn wish(&mut self, command: &str) {
        if let Err(error) = self.ssip.command(command) {
            log::info!("speech: {error:#}");
        }
    }

    fn choose(&mut self, name: &str) {
        let voices = self.voices().unwrap_or_default();
        let known = voices.iter().find(|voice| voice.name == name);
        match known {
            Some(voice) => {
                self.wish(&format!("SET SELF OUTPUT_MODULE {}", voice.synthesizer));
                self.wish(&format!("SET SELF SYNTHESIS_VOICE {name}"));
            }
            None => log::warn!("there is no voice {name:?}; another one speaks"),
        }
    }
}

impl Backend for SpeechDispatcher {
    fn name(&self) -> &'static str {
        "speech-dispatcher"
    }

    fn say(&mut self, sentence: &str) -> anyhow::Result<()> {
        self.ssip.speak(sentence)
    }

    fn hush(&mut self) -> anyhow::Result<()> {
        self.ssip.command("CANCEL SELF")?;
        Ok(())
    }

    fn voices(&mut self) -> anyhow::Result<Vec<Known>> {
        let before = self.ssip.command("GET OUTPUT_MODULE")?;
        let mut voices = Vec::new();
        for synthesizer in self.ssip.command("LIST OUTPUT_MODULES")? {
            let chosen = (self.ssip).command(&format!("SET SELF OUTPUT_MODULE {synthesizer}"));
            // One that does not work has no voices, nor has one that only ever has one.
            let Ok(listed) = chosen.and_then(|_| self.ssip.command("LIST SYNTHESIS_VOICES")) else {
                continue;
            };
            voices.extend(listed.iter().filter_map(|line| known(line, &synthesizer)));
        }
        if let Some(before) = before.first() {
            self.wish(&format!("SET SELF OUTPUT_MODULE {before}"));
        }
        Ok(voices)
    }
}

/// A voice from its line: name, language and variant.
fn known(line: &str, synthesizer: &str) -> Option<Known> {
    let mut parts = line.split('\t');
    let name = parts.next()?.trim();
    let language = parts.next().unwrap_or_default().trim();
    let language = language.replace('_', "-");
    (!name.is_empty()).then(|| Known {
        name: name.to_owned(),
        language,
        synthesizer: synthesizer.to_owned(),
    })
}

/// Where the service listens: what `SPEECHD_ADDRESS` says, else its usual place. A service on
/// another machine is none of ours.
fn socket() -> Option<PathBuf> {
    let address = env::var("SPEECHD_ADDRESS").unwrap_or_default();
    match address.split_once(':') {
        Some(("unix_socket", path)) if !path.is_empty() => Some(PathBuf::from(path)),
        Some(("inet_socket", _)) => None,
        Some(_) | None => {
            let folder = env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty())?;
            Some(PathBuf::from(folder).join("speech-dispatcher/speechd.sock"))
        }
    }
}

/// Starts the service, as its own library does. It comes back when the service listens, and with
/// an error where the user does not want it started.
fn start(path: &std::path::Path) -> anyhow::Result<()> {
    let program = env::var_os("SPEECHD_CMD").filter(|program| !program.is_empty());
    let program = program.unwrap_or_else(|| OsString::from("speech-dispatcher"));
    let status = Command::new(&program)
        .args([
            "--spawn",
            "--communication-method",
            "unix_socket",
            "--socket-path",
        ])
        .arg(path)
        // Our own streams belong to the daemon.
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => bail!("{} ended with {status}", program.display()),
        Err(_) => bail!("{} is not installed", program.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_read_from_their_lines() {
        let voice = |line| known(line, "espeak-ng").map(|known| (known.name, known.language));
        let read = |name: &str, language: &str| Some((name.to_owned(), language.to_owned()));

        assert_eq!(
            voice("English (America)\ten-US\tnone"),
            read("English (America)", "en-US")
        );
        assert_eq!(voice("kal\ten_US\tnone"), read("kal", "en-US"));
        assert_eq!(voice("alone"), read("alone", ""));
        assert_eq!(voice(""), None);
    }
}
