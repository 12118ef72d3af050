//! What is wrong with a file that the user wrote, and where: line, column, caret, what to write.
//!
//! Readers of files (settings, stretches, written days) collect [`Problem`]s and go on, so that
//! one look shows all of them. Nothing here knows what the file is about.

use std::{fmt, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the file is used as it is.
    Warning,
    /// The file, or the part of it that is named, cannot be used.
    Error,
}

/// Something that may be written in the place of some bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The bytes.
    pub span: Range<usize>,
    /// What to write in their place.
    pub with: String,
}

/// Something that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file as the user knows it: a path, or a name in angle brackets.
    pub file: String,
    /// The place in the file, in bytes. A place outside the text is moved to its end.
    pub span: Range<usize>,
    /// What is wrong, as a title: "`hold` has no key `quite`".
    pub message: String,
    /// What stands beside the caret: "found a text". May be empty.
    pub label: String,
    /// What to write instead: "did you mean `quiet`?".
    pub help: Option<String>,
    /// What happens as long as it stays like this: "until then, `lull = "10s"` is used".
    pub note: Option<String>,
    /// Another place that plays a part, with the words beside it: "first set here".
    pub also: Option<(Range<usize>, String)>,
    /// What may be written to mend it, the most likely first. Each is worth a try, and no more than
    /// that: something else may be wrong besides.
    pub rewrites: Vec<Rewrite>,
}

impl Problem {
    /// An error at a place of a file.
    pub fn error(file: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            file: file.to_owned(),
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            note: None,
            also: None,
            rewrites: Vec::new(),
        }
    }

    /// A warning at a place of a file.
    pub fn warning(file: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(file, span, message)
        }
    }

    /// The same with words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with a hint what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what happens as long as nothing is changed.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same with another place that plays a part.
    #[must_use]
    pub fn also(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }

    /// The same with something to write in the place of the caret.
    #[must_use]
    pub fn rewrite(self, with: impl Into<String>) -> Self {
        let span = self.span.clone();
        self.rewrite_at(span, with)
    }

    /// The same with something to write in another place.
    #[must_use]
    pub fn rewrite_at(mut self, span: Range<usize>, with: impl Into<String>) -> Self {
        let with = with.into();
        self.rewrites.push(Rewrite { span, with });
        self
    }

    /// The place as line and column, both counted from 1, the column in characters.
    #[must_use]
    pub fn line_and_column(&self, text: &str) -> (usize, usize) {
        let before = text.get(..place(&self.span, text).start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// The problem with the lines of the file it is about; `text` is the whole file.
    /// `colour` is for a terminal; a log or a file wants none.
    #[must_use]
    pub fn render(&self, text: &str, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mark = AnnotationKind::Primary
            .span(place(&self.span, text))
            .label((!self.label.is_empty()).then_some(self.label.as_str()));
        let also = self.also.iter().map(|(span, label)| {
            AnnotationKind::Context
                .span(place(span, text))
                .label(label.as_str())
        });
        let mut group = Group::with_title(level.primary_title(self.message.as_str()));
        // Of a file that could not be read there is no line to show.
        if !text.is_empty() {
            let snippet = Snippet::source(text).path(self.file.as_str());
            group = group.element(snippet.annotation(mark).annotations(also));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        if let Some(note) = &self.note {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }
}

/// The span, moved into the text and onto character boundaries.
fn place(span: &Range<usize>, text: &str) -> Range<usize> {
    let start = text.floor_char_boundary(span.start);
    start..text.ceil_char_boundary(span.end.max(start))
}

/// One line, for a log or a list: `warning: the message (help)`. Says neither file nor place.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.label.is_empty() {
            write!(f, ": {}", self.label)?;
        }
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

/// All problems of a file in the order of their places, with a blank line between them.
#[must_use]
pub fn render_all(problems: &[Problem], text: &str, colour: bool) -> String {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|problem| problem.span.start);
    let rendered: Vec<String> = sorted
        .iter()
        .map(|problem| problem.render(text, colour))
        .collect();
    rendered.join("\n\n")
}

/// The allowed word that looks most like the one found, if any is close enough to be meant.
#[must_use]
pub fn did_you_mean<'a>(
    found: &str,
    allowed: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let found = found.to_lowercase();
    allowed
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&found, &word.to_lowercase()), word))
        // Below this, suggestions are more often odd than right.
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}

/// Words as code, in a sentence: "`a`", "`a` or `b`", "`a`, `b` or `c`".
#[must_use]
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn a_problem_shows_its_line_with_a_caret_and_a_hint() {
        let text = "[hold]\nquite = true\n";
        let problem = Problem::error("config.toml", 7..12, "`hold` has no key `quite`")
            .label("unknown key")
            .help("did you mean `quiet`?");

        assert_snapshot!(problem.render(text, false), @r"
        error: `hold` has no key `quite`
         --> config.toml:2:1
          |
        2 | quite = true
          | ^^^^^ unknown key
          |
          = help: did you mean `quiet`?
        ");
        assert_eq!(problem.line_and_column(text), (2, 1));
    }

    #[test]
    fn a_place_outside_the_text_or_inside_a_character_does_no_harm() {
        let text = "ä = 1";
        for span in [1..2, 4..400, 400..500] {
            let problem = Problem::error("x.toml", span, "odd");
            assert!(problem.render(text, false).contains("x.toml:1:"));
        }
    }

    #[test]
    fn a_typing_mistake_finds_the_word_that_was_meant_and_a_stranger_does_not() {
        let allowed = ["chin_tuck", "cat_cow", "cobra"];
        assert_eq!(did_you_mean("chin_tuk", allowed), Some("chin_tuck"));
        assert_eq!(did_you_mean("Cobre", allowed), Some("cobra"));
        assert_eq!(did_you_mean("umbrella", allowed), None);
    }

    #[test]
    fn alternatives_read_like_a_sentence() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
