//! The small programs that come with sound servers, each with one sound on its standard input.

use std::{
    env,
    io::{Seek as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail};

use super::Backend;
use crate::core::sound::RATE;

/// At most this many sounds at a time: one that hangs is ended to make room.
const AT_A_TIME: usize = 3;

/// A program that plays a WAV file.
struct Known {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Whether there is anything for it to talk to.
    serves: fn() -> bool,
}

const KNOWN: [Known; 3] = [
    Known {
        name: "pw-play",
        arguments: &["--media-role=Notification", "-"],
        serves: || in_runtime_folder("pipewire-0"),
    },
    Known {
        name: "paplay",
        arguments: &["--property=media.role=event", "--client-name=Unhunch"],
        // A server on another machine: the program knows how to get there, we do not.
        serves: || env::var_os("PULSE_SERVER").is_some_and(|server| !server.is_empty()),
    },
    Known {
        name: "aplay",
        arguments: &["--quiet", "-"],
        serves: || Path::new("/proc/asound/card0").exists(),
    },
];

/// One of these programs.
pub struct Tool {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
    playing: Vec<Child>,
}

impl Tool {
    /// The first one that is installed and has something to talk to.
    pub fn find() -> Option<Self> {
        let path = env::var_os("PATH")?;
        KNOWN
            .iter()
            .filter(|known| (known.serves)())
            .find_map(|known| {
                let program = env::split_paths(&path)
                    .map(|folder| folder.join(known.name))
                    .find(|candidate| candidate.is_file())?;
                Some(Self {
                    name: known.name,
                    program,
                    arguments: known.arguments,
                    playing: Vec::new(),
                })
            })
    }

    /// Ends what is in the way, and says whether what has ended did what it should.
    fn reap(&mut self) -> anyhow::Result<()> {
        let mut failed = None;
        self.playing.retain_mut(|child| match child.try_wait() {
            Ok(Some(status)) => {
                failed = (!status.success()).then_some(status).or(failed);
                false
            }
            Ok(None) => true,
            Err(_) => false,
        });
        while self.playing.len() >= AT_A_TIME {
            let mut oldest = self.playing.remove(0);
            oldest.kill().ok();
            oldest.wait().ok();
        }
        match failed {
            Some(status) => bail!("{} ended with {status}", self.name),
            None => Ok(()),
        }
    }
}

impl Backend for Tool {
    fn name(&self) -> &'static str {
        self.name
    }

    fn play(&mut self, samples: &[i16]) -> anyhow::Result<()> {
        self.reap()?;
        // A file, not a pipe: nobody has to wait until the program has read it.
        let mut file = tempfile::tempfile().context("a file for the sound")?;
        file.write_all(&wav(samples))?;
        file.rewind()?;
        let child = Command::new(&self.program)
            .args(self.arguments)
            .stdin(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", self.program.display()))?;
        self.playing.push(child);
        Ok(())
    }

    /// These programs end with their sound, or at the next one.
    fn finish(&mut self, _longest: Duration) -> anyhow::Result<()> {
        for mut child in std::mem::take(&mut self.playing) {
            let status = child.wait()?;
            if !status.success() {
                bail!("{} ended with {status}", self.name);
            }
        }
        Ok(())
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        // What still plays ends by itself, but nobody would hear of it.
        self.reap().ok();
    }
}

fn in_runtime_folder(name: &str) -> bool {
    env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| Path::new(&folder).join(name).exists())
}

/// A WAV file: one channel of 16 bits.
fn wav(samples: &[i16]) -> Vec<u8> {
    let data = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
    let mut file = Vec::with_capacity(samples.len() * 2 + 44);
    file.extend(b"RIFF");
    file.extend(data.saturating_add(36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // Plain samples, one channel, samples and bytes a second, bytes and bits of a sample.
    file.extend([1_u16, 1].map(u16::to_le_bytes).concat());
    file.extend([RATE, RATE * 2].map(u32::to_le_bytes).concat());
    file.extend([2_u16, 16].map(u16::to_le_bytes).concat());
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::sound::Sound;

    #[test]
    fn a_file_tells_how_long_it_is() {
        let samples = Sound::Start.samples(1.0);
        let file = wav(&samples);

        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
        assert_eq!(number(4) as usize, file.len() - 8);
        assert_eq!(number(24), RATE);
        assert_eq!(number(40) as usize, 2 * samples.len());
        assert_eq!(file.len(), 44 + 2 * samples.len());
    }

    #[test]
    fn a_tool_that_fails_says_so_and_one_that_hangs_is_ended() {
        let tool = |name, arguments| Tool {
            name,
            program: Path::new("/bin").join(name),
            arguments,
            playing: Vec::new(),
        };
        let mut fails = tool("false", &[]);
        fails.play(&[0; 10]).unwrap();
        assert!(fails.finish(Duration::ZERO).is_err());

        let mut hangs = tool("sleep", &["600"]);
        for _ in 0..10 {
            hangs.play(&[0; 10]).unwrap();
        }
        assert_eq!(hangs.playing.len(), AT_A_TIME);
        for child in &mut hangs.playing {
            child.kill().unwrap();
            child.wait().unwrap();
        }

        let mut plays = tool("cat", &[]);
        plays.play(&[0; 10]).unwrap();
        plays.finish(Duration::ZERO).unwrap();
    }
}
