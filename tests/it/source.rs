//! The source of the program as a text, with code, words in quotes and comments told apart.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// One file under `src/`.
pub struct Source {
    /// Its path inside the project, with `/` between folders: `src/core/time.rs`.
    pub path: String,
    /// Its code; comments and the contents of literals are blanks, so that places stay the same.
    pub code: String,
    /// Every string literal: where its content begins in the file, and the content as written.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// Every file under `src/`.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        collect(&root.join("src"), &mut files);
        files.sort();
        files
            .into_iter()
            .map(|file| {
                let path = file
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                Self::read(path, &fs::read_to_string(&file).unwrap())
            })
            .collect()
    }

    fn read(path: String, text: &str) -> Self {
        let mut code = text.as_bytes().to_vec();
        let mut strings = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let piece = Piece::at(text, at);
            let (from, to) = (at + piece.opening, at + piece.length - piece.closing);
            if piece.kind == Kind::String {
                strings.push((from, text[from..to].to_owned()));
            }
            if piece.kind != Kind::Code {
                for byte in &mut code[from..to] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
            at += piece.length;
        }
        let code = String::from_utf8(code).expect("whole pieces of text were blanked");
        Self {
            path,
            code,
            strings,
        }
    }

    /// Every path that the code names, those of `use` written out in full:
    /// `use std::{fs, io}` names `std::fs` and `std::io`.
    pub fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        for statement in self.code.split(';') {
            if let Some(tree) = use_tree(statement) {
                expand("", tree, &mut paths);
            }
        }
        let inside_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for word in self.code.split(|c: char| !inside_path(c)) {
            if word.contains("::") {
                paths.insert(word.trim_matches(':').to_owned());
            }
        }
        paths
    }

    /// The string literals inside the first argument of every call of this function.
    pub fn first_arguments_of(&self, function: &str) -> Vec<&str> {
        let call = format!("{function}(");
        let mut found = Vec::new();
        for (at, _) in self.code.match_indices(&call) {
            let before = self.code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let from = at + call.len();
            let to = from + end_of_argument(&self.code[from..]);
            found.extend(
                self.strings
                    .iter()
                    .filter(|(place, _)| (from..to).contains(place))
                    .map(|(_, text)| text.as_str()),
            );
        }
        found
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    String,
    Char,
}

/// A stretch of text of one kind, and how much of it are its own marks.
struct Piece {
    kind: Kind,
    opening: usize,
    closing: usize,
    length: usize,
}

impl Piece {
    /// The piece that begins here; code comes one character at a time.
    fn at(text: &str, at: usize) -> Self {
        let rest = &text[at..];
        let after_word = text[..at]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || c == '_');
        if rest.starts_with("//") {
            return Self::new(Kind::Comment, 0, 0, rest.find('\n').unwrap_or(rest.len()));
        }
        if rest.starts_with("/*") {
            let length = rest.find("*/").map_or(rest.len(), |end| end + 2);
            return Self::new(Kind::Comment, 0, 0, length);
        }
        if rest.starts_with('"') {
            return Self::new(Kind::String, 1, 1, end_of_string(rest));
        }
        if !after_word
            && let Some(hashes) = rest
                .strip_prefix('r')
                .map(|r| r.len() - r.trim_start_matches('#').len())
            && rest[1 + hashes..].starts_with('"')
        {
            let (open, close) = (hashes + 2, format!("\"{}", "#".repeat(hashes)));
            let length = rest[open..]
                .find(&close)
                .map_or(rest.len(), |end| open + end + close.len());
            return Self::new(Kind::String, open, close.len(), length);
        }
        if let Some(length) = char_literal(rest) {
            return Self::new(Kind::Char, 1, 1, length);
        }
        Self::new(
            Kind::Code,
            0,
            0,
            rest.chars().next().map_or(1, char::len_utf8),
        )
    }

    fn new(kind: Kind, opening: usize, closing: usize, length: usize) -> Self {
        Self {
            kind,
            opening,
            closing,
            length,
        }
    }
}

/// The length of the string literal that begins here, its quotes included.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the character literal that begins here; `None` for a lifetime, or no quote.
fn char_literal(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        // What is escaped may itself be a quote.
        let rest = escape.get(1..)?;
        return Some(text.len() - rest.len() + rest.find('\'')? + 1);
    }
    let length = inside.chars().next()?.len_utf8();
    inside[length..].starts_with('\'').then_some(length + 2)
}

/// What stands behind `use` in a statement.
fn use_tree(statement: &str) -> Option<&str> {
    let start = statement.rfind("use ")?;
    let before = statement[..start].chars().next_back();
    before
        .is_none_or(char::is_whitespace)
        .then(|| &statement[start + 4..])
}

/// Writes out `a::{b, c::{d, e}}`.
fn expand(prefix: &str, tree: &str, paths: &mut BTreeSet<String>) {
    let tree = tree.trim();
    let Some((head, group)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap_or_default().trim();
        let full = format!("{prefix}{name}");
        paths.insert(full.trim_end_matches("::self").to_owned());
        return;
    };
    let prefix = format!("{prefix}{}", head.trim());
    let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
    let mut rest = group;
    while !rest.trim().is_empty() {
        let end = end_of_argument(rest);
        expand(&prefix, &rest[..end], paths);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
}

/// Where the first argument of a list ends: at a comma or a closing bracket outside of brackets.
fn end_of_argument(list: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return at,
            _ => {}
        }
    }
    list.len()
}

mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::read("src/example.rs".to_owned(), text)
    }

    #[test]
    fn code_comments_and_literals_are_told_apart() {
        let read = source(
            r##"a(); // std::fs "no"
/* rand */ b("egui \" x", 'y', '\'', r#"raw "z""#); fn c<'a>(_: &'a str) {}"##,
        );

        let words: Vec<&str> = read.strings.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(words, [r#"egui \" x"#, r#"raw "z""#]);
        for hidden in ["std", "rand", "egui", "raw", "y"] {
            assert!(!read.code.contains(hidden), "{hidden} in {}", read.code);
        }
        assert!(read.code.ends_with("fn c<'a>(_: &'a str) {}"));
    }

    #[test]
    fn imports_are_written_out() {
        let read = source(
            "//! Doc; with use std::net\nuse std::{fs, io::{self, Read as _}};\nlet x = std::env::var();",
        );

        for named in ["std::fs", "std::io", "std::io::Read", "std::env::var"] {
            assert!(
                read.paths().contains(named),
                "{named} in {:?}",
                read.paths()
            );
        }
        assert!(!read.paths().iter().any(|path| path.contains("net")));
    }

    #[test]
    fn first_arguments_are_found_in_a_match_too() {
        let read = source(
            r#"text(match x { 1 => "one-a", _ => "two-b" }); text_with("three", &[("n", y)]); context("no")"#,
        );

        assert_eq!(read.first_arguments_of("text"), ["one-a", "two-b"]);
        assert_eq!(read.first_arguments_of("text_with"), ["three"]);
    }
}
