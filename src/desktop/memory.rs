//! Memory that only the start of the program, or a rare moment of it, needed.
//!
//! The daemon shares its file with the windows, and reading settings, texts and stretches touches
//! code all over that file. What was touched once stays with the process until the system is short
//! of memory. [`Pages::give_back`] hands it back when nothing is going on; whatever is needed
//! again comes from the system's file cache in a few microseconds.

/// The parts of the program's own file that hold nothing but what is in the file.
#[derive(Debug, Default)]
pub struct Pages(Vec<Range>);

/// Addresses from the first up to, not including, the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range(usize, usize);

impl Pages {
    /// Finds them. Where the system does not tell, there are none, and nothing is given back.
    #[must_use]
    pub fn find() -> Self {
        Self(system::unchanged())
    }

    /// Gives them back.
    pub fn give_back(&self) {
        for range in &self.0 {
            system::give_back(*range);
        }
    }
}

#[cfg(target_os = "linux")]
mod system {
    use std::{env, ffi::c_void, fs};

    use rustix::mm::{Advice, madvise};

    use super::Range;

    pub fn unchanged() -> Vec<Range> {
        let (Ok(program), Ok(maps)) = (env::current_exe(), fs::read_to_string("/proc/self/smaps"))
        else {
            return Vec::new();
        };
        super::unchanged_in(&maps, &program.to_string_lossy())
    }

    #[expect(
        unsafe_code,
        reason = "the system call has no safe form; why it is sound here stands below"
    )]
    pub fn give_back(Range(start, end): Range) {
        // SAFETY: the range is a private mapping of the program's file that nobody can write to
        // and of which no page was ever changed. Giving it back only empties the page tables: the
        // next access, of any thread and at any moment, finds the same bytes in the file.
        let advised = unsafe {
            madvise(
                std::ptr::with_exposed_provenance_mut::<c_void>(start),
                end - start,
                Advice::LinuxDontNeed,
            )
        };
        if let Err(error) = advised {
            log::debug!("giving memory back: {error}");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Range;

    pub fn unchanged() -> Vec<Range> {
        Vec::new()
    }

    pub fn give_back(_range: Range) {}
}

/// The mappings of this file in `/proc/self/smaps` that cannot be written to and hold no page of
/// our own. Tables that the linker filled in at the start cannot be written to either by now, but
/// their pages are our own: those must stay.
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "there is no such file there")
)]
fn unchanged_in(smaps: &str, file: &str) -> Vec<Range> {
    let mut found = Vec::new();
    let mut candidate = None;
    for line in smaps.lines() {
        if let Some(mapping) = mapping(line) {
            let (range, rights, path) = mapping;
            let fixed = rights.starts_with('r') && rights.get(1..2) == Some("-") && path == file;
            candidate = fixed.then_some(range);
        } else if let Some(own) = line.strip_prefix("Anonymous:")
            && own.trim() == "0 kB"
        {
            found.extend(candidate.take());
        }
    }
    found
}

/// The first line of a mapping: `55d0-55d4 r-xp 00001000 fe:00 1234   /usr/bin/unhunch`.
fn mapping(line: &str) -> Option<(Range, &str, &str)> {
    let (addresses, rest) = line.split_once(' ')?;
    let (start, end) = addresses.split_once('-')?;
    let range = Range(
        usize::from_str_radix(start, 16).ok()?,
        usize::from_str_radix(end, 16).ok()?,
    );
    let mut words = rest.split_ascii_whitespace();
    let rights = words.next()?;
    let path = words.nth(3).map_or("", |first| {
        &rest[first.as_ptr().addr() - rest.as_ptr().addr()..]
    });
    Some((range, rights, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMAPS: &str = "\
55d000000000-55d000400000 r--p 00000000 fe:00 1234                       /opt/my program
Size:               4096 kB
Anonymous:             0 kB
55d000400000-55d000c00000 r-xp 00400000 fe:00 1234                       /opt/my program
Anonymous:             0 kB
VmFlags: rd ex mr mw me sd
55d000c00000-55d000d00000 r--p 00c00000 fe:00 1234                       /opt/my program
Anonymous:          1024 kB
55d000d00000-55d000e00000 rw-p 00d00000 fe:00 1234                       /opt/my program
Anonymous:             0 kB
7f0000000000-7f0000100000 r-xp 00000000 fe:00 99                         /usr/lib/libc.so.6
Anonymous:             0 kB
7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]
Anonymous:            12 kB
";

    #[test]
    fn only_what_is_the_same_as_in_our_own_file_is_given_back() {
        assert_eq!(
            unchanged_in(SMAPS, "/opt/my program"),
            [
                Range(0x55d0_0000_0000, 0x55d0_0040_0000),
                Range(0x55d0_0040_0000, 0x55d0_00c0_0000)
            ]
        );
        assert_eq!(unchanged_in(SMAPS, "/opt/another"), []);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_program_goes_on_after_it_has_given_everything_back() {
        let pages = Pages::find();
        assert!(!pages.0.is_empty(), "a program has code");
        for _ in 0..3 {
            pages.give_back();
        }
        assert_eq!(Pages::find().0, pages.0);
    }
}
