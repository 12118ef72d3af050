//! A command as one line, and as the words of which it is made.
//!
//! Spaces stand between words; what stands in quotes is one word, and a backslash takes its meaning
//! from what follows it. Nothing else is special: there is no shell.

use crate::text::text;

/// Why a line has no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// This quote has no end.
    Quote(char),
    /// Nothing follows the last backslash.
    Backslash,
}

impl Unfinished {
    /// The same in words.
    #[must_use]
    pub fn said(self) -> String {
        match self {
            Self::Quote('"') => text("hooks-open-double"),
            Self::Quote(_) => text("hooks-open-single"),
            Self::Backslash => text("hooks-open-backslash"),
        }
    }
}

/// The words of a line.
///
/// # Errors
/// When it ends in the middle of one.
pub fn split(line: &str) -> Result<Vec<String>, Unfinished> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), close) if open == close => quote = None,
            (None | Some('"'), '\\') => {
                let next = letters.next().ok_or(Unfinished::Backslash)?;
                word.get_or_insert_default().push(next);
            }
            (Some(_), letter) => word.get_or_insert_default().push(letter),
            (None, '"' | '\'') => {
                quote = Some(letter);
                // Two quotes with nothing between them are a word.
                word.get_or_insert_default();
            }
            (None, space) if space.is_whitespace() => words.extend(word.take()),
            (None, letter) => word.get_or_insert_default().push(letter),
        }
    }
    if let Some(open) = quote {
        return Err(Unfinished::Quote(open));
    }
    words.extend(word);
    Ok(words)
}

/// A line with these words.
#[must_use]
pub fn join(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    quoted.join(" ")
}

fn quoted(word: &str) -> String {
    let special = |letter: char| letter.is_whitespace() || ['"', '\'', '\\'].contains(&letter);
    if !word.is_empty() && !word.contains(special) {
        return word.to_owned();
    }
    if !word.contains('\'') {
        return format!("'{word}'");
    }
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(line: &str) -> Vec<String> {
        split(line).unwrap()
    }

    #[test]
    fn spaces_stand_between_words_and_quotes_keep_them_together() {
        assert_eq!(words("playerctl  pause "), ["playerctl", "pause"]);
        assert_eq!(words(r#"say "a  b" 'c "d"'"#), ["say", "a  b", "c \"d\""]);
        assert_eq!(words(r#"a\ b "c\"d" '\' "#), ["a b", "c\"d", "\\"]);
        assert_eq!(
            words(r#"pre"fix and"post '' end"#),
            ["prefix andpost", "", "end"]
        );
        assert_eq!(
            words("echo $HOME * # ; | > ~"),
            ["echo", "$HOME", "*", "#", ";", "|", ">", "~"]
        );
        assert_eq!(words("   "), [""; 0]);
    }

    #[test]
    fn a_line_that_ends_in_the_middle_says_where() {
        assert_eq!(split("say 'hello"), Err(Unfinished::Quote('\'')));
        assert_eq!(split("say \"hello' "), Err(Unfinished::Quote('"')));
        assert_eq!(split("say \\"), Err(Unfinished::Backslash));
    }

    proptest! {
        #[test]
        fn every_list_of_words_can_be_written(words in prop::collection::vec(any::<String>(), 0..6)) {
            prop_assert_eq!(split(&join(&words)), Ok(words));
        }
    }
}
