//! The protocol of Speech Dispatcher: lines of text, each answered by lines with a number.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, bail};

/// How long an answer may take: a list of voices is put together while one waits.
const PATIENCE: Duration = Duration::from_secs(3);
/// No answer has more lines; what claims to be one is none.
const MOST_LINES: usize = 20_000;

/// A connection.
pub struct Ssip {
    socket: BufReader<UnixStream>,
}

impl Ssip {
    /// Connects to a service that runs.
    pub fn connect(path: &Path) -> anyhow::Result<Self> {
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            socket: BufReader::new(socket),
        })
    }

    /// Sends a command and gives what the answer lists: the text of its lines but the last, which
    /// says no more than that it was done.
    pub fn command(&mut self, command: &str) -> anyhow::Result<Vec<String>> {
        self.send(&format!("{command}\r\n"))?;
        self.answer().with_context(|| command.to_owned())
    }

    /// Says a sentence.
    pub fn speak(&mut self, sentence: &str) -> anyhow::Result<()> {
        self.command("SPEAK")?;
        self.send(&message(sentence))?;
        self.answer().context("speaking")?;
        Ok(())
    }

    fn send(&mut self, text: &str) -> anyhow::Result<()> {
        self.socket.get_mut().write_all(text.as_bytes())?;
        Ok(())
    }

    fn answer(&mut self) -> anyhow::Result<Vec<String>> {
        let mut listed = Vec::new();
        while listed.len() < MOST_LINES {
            let mut line = String::new();
            if self.socket.read_line(&mut line)? == 0 {
                bail!("the speech service has ended");
            }
            match read(&line) {
                Some(Line::Listed(text)) => listed.push(text.to_owned()),
                Some(Line::Done) => return Ok(listed),
                Some(Line::Refused(why)) => bail!("refused: {why}"),
                None => bail!("not an answer: {line:?}"),
            }
        }
        bail!("the answer does not end")
    }
}

/// A line of an answer.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    /// Something that was asked for; more follows.
    Listed(&'a str),
    /// The last one.
    Done,
    /// The last one: no.
    Refused(&'a str),
}

fn read(line: &str) -> Option<Line<'_>> {
    let line = line.trim_end_matches(['\r', '\n']);
    let (number, rest) = line.split_at_checked(3)?;
    if !number.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let agreed = number.starts_with('1') || number.starts_with('2');
    match rest.split_at_checked(1) {
        Some(("-", text)) => Some(Line::Listed(text)),
        Some((" ", _)) if agreed => Some(Line::Done),
        Some((" ", why)) => Some(Line::Refused(why)),
        _ => None,
    }
}

/// A sentence as a message: one line, and a line with a dot that ends it. A sentence that begins
/// with a dot gets one more, so that it is none of those.
fn message(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let line = words.join(" ");
    let dot = if line.starts_with('.') { "." } else { "" };
    format!("{dot}{line}\r\n.\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_answers_are_told_apart() {
        assert_eq!(read("208 OK CLIENT NAME SET\r\n"), Some(Line::Done));
        assert_eq!(read("230 OK RECEIVING DATA\r\n"), Some(Line::Done));
        assert_eq!(read("225-21\r\n"), Some(Line::Listed("21")));
        assert_eq!(
            read("249-English (America)\ten-US\tnone\r\n"),
            Some(Line::Listed("English (America)\ten-US\tnone"))
        );
        assert_eq!(
            read("408 ERR COULDNT SET LANGUAGE\r\n"),
            Some(Line::Refused("ERR COULDNT SET LANGUAGE"))
        );
        for nonsense in [
            "",
            "\r\n",
            "20",
            "hello there",
            "2x8 OK",
            "208",
            "ÄÖÜ nein",
            "208*",
        ] {
            assert_eq!(read(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn a_sentence_cannot_end_its_message_early_or_give_commands() {
        assert_eq!(message("Sit tall"), "Sit tall\r\n.\r\n");
        assert_eq!(message("."), "..\r\n.\r\n");
        assert_eq!(message("..."), "....\r\n.\r\n");
        assert_eq!(message("one\r\n.\r\nQUIT\n two"), "one . QUIT two\r\n.\r\n");
    }
}
