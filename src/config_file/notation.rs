//! What may be written to mend the notation: a bracket put in, a quotation mark, a sign left out.
//!
//! Each gives a problem with something to write. Whether that helps is found out by reading the
//! text again; see `mistakes`.

use super::{mend::line_start, print::quoted};
use crate::diagnostic::Problem;

/// A heading without its last bracket, or brackets.
pub fn heading(problem: Problem, text: &str) -> Problem {
    let at = problem.span.start;
    let heading = &text[line_start(text, at)..at];
    let brackets = |bracket| heading.matches(bracket).count();
    let missing = brackets('[').saturating_sub(brackets(']')).clamp(1, 2);
    problem.rewrite_at(at..at, "]".repeat(missing))
}

/// Two values without a comma between them.
pub fn comma(problem: Problem, text: &str) -> Problem {
    let before = text[..problem.span.start].trim_end().len();
    problem.rewrite_at(before..before, ",")
}

/// A text without its end on its line: the mark goes before a comment, or to the end of the line.
pub fn text_end(problem: Problem, text: &str, mark: &str) -> Problem {
    let start = line_start(text, problem.span.start);
    let line = text[start..].lines().next().unwrap_or_default();
    let end = start + line.trim_end().len();
    let comment = line.rfind(" #").map(|comment| {
        let before = start + line[..comment].trim_end().len();
        before..before
    });
    let problem = match comment {
        Some(before) => problem.rewrite_at(before, mark),
        None => problem,
    };
    problem.rewrite_at(end..end, mark)
}

/// A number with zeros in front.
pub fn zero(problem: Problem, text: &str) -> Problem {
    let start = problem.span.start;
    let word = text[start..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let word = word.into_iter().next().unwrap_or_default();
    let zeros = word.len() - word.trim_start_matches(['0', '_']).len();
    let zeros = zeros.min(word.len().saturating_sub(1));
    problem.rewrite_at(start..start + zeros, "")
}

/// More than one value: they become a list or a text, or the first one stays alone.
pub fn too_much(problem: Problem, text: &str) -> Problem {
    let start = line_start(text, problem.span.start);
    let line = text[start..problem.span.end].split(" #").next();
    let line = line.unwrap_or_default().trim_end();
    let end = (start + line.len()).max(problem.span.start);
    let alone = start + text[start..problem.span.start].trim_end().len();
    let problem = match line.find('=') {
        Some(equals) => {
            let value = line[equals + 1..].trim_start();
            let whole = match text[problem.span.start..end].starts_with(',') {
                true => format!("[{}]", value.trim_end_matches(',')),
                false => quoted(value),
            };
            problem.rewrite_at(end - value.len()..end, whole)
        }
        None => problem,
    };
    problem.rewrite_at(alone..end, "")
}

/// A `:` instead of a `=`.
pub fn colon(problem: Problem, text: &str) -> Problem {
    let at = problem.span.start;
    let space = |it: &str| !it.is_empty() && !it.starts_with([' ', '\t']);
    let after = if space(&text[at + 1..]) { " " } else { "" };
    problem.rewrite_at(at..at + 1, format!(" ={after}"))
}

/// A table in braces without its end, which is told at the line below.
pub fn brace(problem: Problem, text: &str) -> Problem {
    let before = text[..problem.span.start].trim_end().len();
    problem.rewrite_at(before..before, " }")
}
