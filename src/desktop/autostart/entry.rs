//! The file that desktops read: a desktop entry, as the specification has it.

use std::path::{Path, PathBuf};

use crate::{desktop::APP_ID, text::text};

/// A file that says no where the machine's says yes.
pub const NEVER: &str = "[Desktop Entry]\nType=Application\nName=Unhunch\nHidden=true\n";

/// The name of the program, wherever it is.
const PROGRAM: &str = "unhunch";

/// What such a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// It should be started.
    pub on: bool,
    /// What is started; nothing if that is not this program.
    pub starts: Option<PathBuf>,
    /// It is a file of this kind at all.
    known: bool,
}

impl Entry {
    /// Understands a file.
    pub fn read(text: &str) -> Self {
        let mut entry = Self {
            on: true,
            starts: None,
            known: false,
        };
        let mut inside = false;
        for line in text.lines().map(str::trim) {
            if let Some(group) = line.strip_prefix('[') {
                inside = group == "Desktop Entry]";
                entry.known |= inside;
                continue;
            }
            let Some((key, value)) = line.split_once('=').filter(|_| inside) else {
                continue;
            };
            let value = value.trim();
            match key.trim() {
                "Hidden" if value == "true" => entry.on = false,
                "X-GNOME-Autostart-enabled" if value == "false" => entry.on = false,
                "Exec" => entry.starts = starts(value),
                _ => {}
            }
        }
        entry
    }

    /// Whether it is about this program, or says that nothing is to be started.
    pub fn is_ours(&self) -> bool {
        self.known && (self.starts.is_some() || !self.on)
    }
}

/// The file that starts the program at this path; nothing where the path cannot be written.
pub fn write(program: &Path) -> Option<String> {
    let path = quoted(program.to_str()?)?;
    let comment = text("autostart-comment");
    Some(format!(
        "[Desktop Entry]\n\
         Type=Application\n\
         Name=Unhunch\n\
         Comment={comment}\n\
         Exec={path} run\n\
         Icon={APP_ID}\n\
         Terminal=false\n\
         StartupNotify=false\n\
         NoDisplay=true\n\
         X-GNOME-Autostart-enabled=true\n"
    ))
}

/// In quotation marks, as an argument of `Exec` and then as a value of the file.
fn quoted(path: &str) -> Option<String> {
    if path.chars().any(char::is_control) {
        return None;
    }
    let mut argument = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '`' | '$' | '\\' => argument.extend(['\\', c]),
            '%' => argument.push_str("%%"),
            c => argument.push(c),
        }
    }
    argument.push('"');
    Some(argument.replace('\\', "\\\\"))
}

/// The path of the program that a value of `Exec` starts, if it is this one.
fn starts(value: &str) -> Option<PathBuf> {
    let value = unescaped(value);
    let mut argument = String::new();
    let mut chars = value.trim_start().chars().peekable();
    let quoted = chars.next_if_eq(&'"').is_some();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted => break,
            ' ' | '\t' if !quoted => break,
            '\\' if quoted => argument.extend(chars.next()),
            '%' => {
                chars.next_if_eq(&'%')?;
                argument.push('%');
            }
            c => argument.push(c),
        }
    }
    let path = PathBuf::from(argument);
    let named = path.file_name().is_some_and(|name| name == PROGRAM);
    named.then_some(path)
}

/// A value of the file without its escapes.
fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('s') => text.push(' '),
            Some('t') => text.push('\t'),
            Some('\\') => text.push('\\'),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_of_ours_says_what_it_starts() {
        let text = write(Path::new("/home/me/.local/bin/unhunch")).unwrap();
        assert!(text.contains("Exec=\"/home/me/.local/bin/unhunch\" run\n"));
        let entry = Entry::read(&text);
        assert!(entry.on && entry.is_ours());
        let there = PathBuf::from("/home/me/.local/bin/unhunch");
        assert_eq!(entry.starts, Some(there));
    }

    #[test]
    fn what_others_write_is_understood() {
        let with =
            |lines: &str| Entry::read(&format!("[Desktop Entry]\nType=Application\n{lines}"));
        let bare = with("Exec=unhunch run\n");
        assert_eq!(bare.starts, Some(PathBuf::from("unhunch")));
        assert!(!with("Exec=unhunch run\nHidden=true\n").on);
        assert!(!with("Exec=unhunch run\nX-GNOME-Autostart-enabled=false\n").on);
        assert_eq!(with("Exec=/usr/bin/safeeyes\n").starts, None);
        assert!(!with("Exec=/usr/bin/safeeyes\n").is_ours());
        assert!(!Entry::read("Exec=unhunch run\n").is_ours());
        assert!(!Entry::read("").is_ours());
        let later = "[Desktop Entry]\nExec=unhunch run\n[Desktop Action x]\nExec=other\n";
        assert!(Entry::read(later).is_ours());
        assert!(Entry::read(NEVER).is_ours() && !Entry::read(NEVER).on);
    }

    #[test]
    fn a_path_over_two_lines_cannot_be_written() {
        assert_eq!(write(Path::new("/home/a\nb/unhunch")), None);
    }

    proptest! {
        #[test]
        fn every_path_is_read_as_it_was_written(folder in "[^/\\p{Cc}]{1,12}") {
            let path = Path::new("/opt").join(folder).join("unhunch");
            let text = write(&path).unwrap();
            prop_assert_eq!(Entry::read(&text).starts, Some(path));
        }
    }
}
