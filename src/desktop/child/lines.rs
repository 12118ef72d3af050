//! A stream of bytes, cut into lines, with a limit to what is believed.

use super::Event;

/// The longest line. A window's own are below 200 bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// The most that one window writes. A long break with much clicking stays below a hundredth.
const MOST: usize = 1024 * 1024;

/// Lines in the making.
#[derive(Debug, Default)]
pub struct Lines {
    begun: Vec<u8>,
    total: usize,
    broken: bool,
}

impl Lines {
    /// Takes bytes and gives out the lines they end. After [`Event::Broken`], which comes last,
    /// nothing more is given out.
    pub fn take(&mut self, mut bytes: &[u8], mut give: impl FnMut(Event)) {
        if self.broken {
            return;
        }
        self.total += bytes.len();
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.begun.extend_from_slice(&bytes[..end]);
            bytes = &bytes[end + 1..];
            if self.begun.len() > LONGEST_LINE {
                return self.break_off("wrote a line of more than 64 KiB", give);
            }
            give(Event::Line(
                String::from_utf8_lossy(&self.begun).into_owned(),
            ));
            self.begun.clear();
        }
        self.begun.extend_from_slice(bytes);
        if self.begun.len() > LONGEST_LINE {
            self.break_off("wrote a line of more than 64 KiB", give);
        } else if self.total > MOST {
            self.break_off("wrote more than 1 MiB", give);
        }
    }

    /// Whether the writer is not believed any more.
    pub fn broken(&self) -> bool {
        self.broken
    }

    fn break_off(&mut self, why: &str, mut give: impl FnMut(Event)) {
        self.broken = true;
        self.begun = Vec::new();
        give(Event::Broken(format!("the window {why}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(pieces: &[&[u8]]) -> Vec<Event> {
        let (mut lines, mut events) = (Lines::default(), Vec::new());
        for piece in pieces {
            lines.take(piece, |event| events.push(event));
        }
        events
    }

    #[test]
    fn lines_come_out_whole_however_they_come_in() {
        let line = |text: &str| Event::Line(text.to_owned());
        assert_eq!(
            taken(&[b"on", b"e\ntwo\nth", b"", b"ree\n", b"never ended"]),
            [line("one"), line("two"), line("three")]
        );
        assert_eq!(taken(&[b"\n\xff\n"]), [line(""), line("\u{fffd}")]);
    }

    #[test]
    fn the_longest_line_is_read_and_a_longer_one_ends_it() {
        let mut longest = vec![b'x'; LONGEST_LINE];
        longest.push(b'\n');
        assert!(matches!(&taken(&[&longest])[..], [Event::Line(_)]));
        longest.insert(0, b'x');
        assert!(matches!(&taken(&[&longest])[..], [Event::Broken(_)]));
        let endless = vec![b'x'; LONGEST_LINE + 1];
        let events = taken(&[&endless, b"\nnot believed\n"]);
        assert!(matches!(&events[..], [Event::Broken(_)]), "{events:?}");
    }

    #[test]
    fn a_flood_is_cut_off_once() {
        let piece = b"0123456\n".repeat(1024);
        let pieces = vec![&piece[..]; MOST / piece.len() + 2];
        let events = taken(&pieces);
        let broken = |event: &&Event| matches!(event, Event::Broken(_));
        assert_eq!(events.iter().filter(broken).count(), 1);
        assert!(matches!(events.last(), Some(Event::Broken(_))));
    }
}
