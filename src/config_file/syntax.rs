//! From text to tree, with as much read as can be.
//!
//! The parser recovers after a mistake. What it says about the mistake is put into words that
//! somebody who has never heard of TOML can act on, and one mistake is told once.

use std::ops::Range;

use toml::de::DeTable;

use super::{
    hint::Hint as _,
    mend::{Mistake, line_start, mend, original, outermost_list, span_of},
    notation,
    print::quoted,
    say,
    tree::{self, At, Table},
};
use crate::{diagnostic::Problem, text::has};

/// Mistakes that are told.
const MOST_MISTAKES: usize = 100;

/// What could be read of a text.
pub struct Parsed {
    /// The values.
    pub table: Table,
    /// Mistakes in the notation, in the order of the text.
    pub problems: Vec<Problem>,
    /// Lists without an end, which took in what follows them.
    pub swallowed: Vec<Range<usize>>,
}

/// Reads a text; `name` is the file as the user knows it, `source` its number in the document.
pub fn parse(name: &str, text: &str, source: usize) -> Parsed {
    let (mended, repairs) = mend(text);
    let place = |span: Range<usize>| At {
        source,
        span: original(&repairs, span.start)..original(&repairs, span.end),
    };
    let (parsed, errors) = DeTable::parse_recoverable(&mended);
    let table = tree::table(parsed.get_ref(), &place);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .map(|error| Mistake {
            span: place(span_of(error, &mended)).span,
            said: error.message().to_owned(),
        })
        .collect();
    for repair in repairs.iter().filter_map(|repair| repair.mistake.as_ref()) {
        let span = original(&repairs, repair.span.start)..original(&repairs, repair.span.end);
        mistakes.push(Mistake {
            span,
            said: repair.said.clone(),
        });
    }
    mistakes.sort_by_key(|mistake| mistake.span.start);
    // Something else than a settings file has no end of mistakes.
    mistakes.truncate(MOST_MISTAKES);
    let mut swallowed = Vec::new();
    let problems = told_once(text, &table, &mistakes, &mut swallowed)
        .into_iter()
        .map(|mistake| in_words(name, text, mistake))
        .collect();
    Parsed {
        table,
        problems,
        swallowed,
    }
}

/// One mistake often looks like several to a parser that tries to go on.
fn told_once(
    text: &str,
    table: &Table,
    mistakes: &[Mistake],
    swallowed: &mut Vec<Range<usize>>,
) -> Vec<Mistake> {
    let mut told: Vec<Mistake> = Vec::new();
    let mut silent_until = 0;
    let mut last_line = None;
    for mistake in mistakes {
        let at = mistake.span.start;
        let line = line_of(text, at);
        if at < silent_until || last_line == Some(line) {
            continue;
        }
        last_line = Some(line);
        // A list without its end swallows what follows, and everything in there looks wrong.
        if let Some(list) = outermost_list(table, at)
            && mistakes.iter().any(|other| {
                let end = other.span.start;
                other.said.starts_with("unclosed array,") && list.start < end && end <= list.end
            })
        {
            silent_until = list.end + 1;
            told.push(Mistake {
                span: list.start..list.start + 1,
                said: "unclosed array".to_owned(),
            });
            swallowed.push(list);
            continue;
        }
        told.push(mistake.clone());
    }
    told
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..text.floor_char_boundary(offset)]
        .matches('\n')
        .count()
}

/// The parser's words in ours.
fn in_words(name: &str, text: &str, mistake: Mistake) -> Problem {
    let span = mistake.span;
    let said = |start: &str| mistake.said.starts_with(start);
    let told = |id: &str| problem(name, text, span.clone(), id);
    if said("string values must be quoted") {
        unquoted(name, text, span)
    } else if said("unclosed array table") || said("unclosed table") {
        notation::heading(told("unclosed-heading"), text)
    } else if said("single heading") {
        told("single-heading").rewrite("[[reminder]]")
    } else if said("unclosed array") {
        told("unclosed-list")
    } else if said("missing comma between array elements") {
        notation::comma(told("missing-comma"), text)
    } else if said("duplicate key") {
        duplicate(name, text, span)
    } else if said("key with no value") {
        no_value(name, text, span)
    } else if said("invalid unquoted key") || said("unquoted keys cannot be empty") {
        bad_key(name, text, span)
    } else if said("invalid key-value pair") {
        told("bad-key")
    } else if said("invalid basic string") {
        notation::text_end(told("unclosed-text"), text, "\"")
    } else if said("invalid literal string") {
        notation::text_end(told("unclosed-text"), text, "'")
    } else if said("invalid multi-line basic") {
        told("unclosed-long-text").rewrite_at(span.start..span.start, "\"\"\"")
    } else if said("invalid multi-line") {
        told("unclosed-long-text").rewrite_at(span.start..span.start, "'''")
    } else if said("missing escaped value") {
        told("backslash").rewrite_at(span.start..span.start, "\\")
    } else if said("invalid boolean") {
        switch_word(name, text, span)
    } else if said("unexpected leading zero") {
        notation::zero(told("leading-zero"), text)
    } else if said("unexpected key or value") {
        // The rest of the line is what is too much, not only the place where it begins.
        let line = text[span.start..].lines().next().unwrap_or_default();
        let rest = span.start..span.start + line.trim_end().len();
        notation::too_much(problem(name, text, rest, "too-much"), text)
    } else if said("extra `=`") {
        told("extra-equals").rewrite("")
    } else if said("unclosed inline table") || said("missing comma between key-value pairs") {
        notation::brace(told("unclosed-table"), text)
    } else {
        told("not-toml").label(mistake.said)
    }
}

/// A problem in the words of `config-<id>`, its `-label` and its `-help` where there is one.
fn problem(name: &str, text: &str, span: Range<usize>, id: &str) -> Problem {
    let found = text[span.clone()].to_owned();
    let values = [("found", found.as_str()), ("key", found.as_str())];
    let problem = Problem::error(name, span, say(&format!("config-{id}"), &values))
        .label(say(&format!("config-{id}-label"), &values));
    let help = format!("config-{id}-help");
    if has(&help) {
        problem.help(say(&help, &values))
    } else {
        problem
    }
}

/// A value without quotes, or no value at all.
fn unquoted(name: &str, text: &str, span: Range<usize>) -> Problem {
    let found = text[span.clone()].trim().to_owned();
    if found.is_empty() {
        return problem(name, text, span, "value-missing");
    }
    if as_switch(&found).is_some() {
        return switch_word(name, text, span);
    }
    let bare = found.trim_matches(CURLY).trim_matches(['"', '\'', '`']);
    let id = if found.starts_with(CURLY) {
        "curly-quotes"
    } else {
        "unquoted"
    };
    // Spaces around it stay.
    let start = span.start + text[span.clone()].find(&found).unwrap_or_default();
    let place = start..start + found.len();
    problem(name, text, span, id)
        .help(say("config-write", &[("instead", &quoted(bare))]))
        .rewrite_at(place, quoted(bare))
}

const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// `yes`, `True` and the like.
fn switch_word(name: &str, text: &str, span: Range<usize>) -> Problem {
    let meant = as_switch(&text[span.clone()]);
    let problem = problem(name, text, span, "switch-word");
    match meant {
        Some(meant) => problem.write(meant),
        None => problem,
    }
}

fn as_switch(word: &str) -> Option<&'static str> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "on" | "true" | "enabled" => Some("true"),
        "no" | "off" | "false" | "disabled" => Some("false"),
        _ => None,
    }
}

/// A line with a key, but without a value.
fn no_value(name: &str, text: &str, span: Range<usize>) -> Problem {
    let line = text[line_start(text, span.start)..].lines().next();
    let line = line.unwrap_or_default();
    let place = span.start - line_start(text, span.start);
    let rest = line.get(place..).unwrap_or_default();
    if let Some(colon) = line
        .get(place.saturating_sub(1)..)
        .and_then(|rest| rest.find(':'))
        && !rest.contains('=')
    {
        let at = line_start(text, span.start) + place.saturating_sub(1) + colon;
        return notation::colon(problem(name, text, at..at + 1, "colon"), text);
    }
    let word = rest.split_whitespace().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default();
    let one_word = key.split_whitespace().collect::<Vec<_>>().join("_");
    if !rest.contains('=') || word.starts_with('=') || one_word.contains([':', '"', '\'']) {
        return problem(name, text, span, "no-value");
    }
    let help = say("config-write", &[("instead", &one_word)]);
    let start = line_start(text, span.start) + key.len() - key.trim_start().len();
    // White space before the word is none of it.
    let second = span.start + rest.len() - rest.trim_start().len();
    let second = second..second + word.len();
    problem(name, text, second, "space-in-key")
        .help(help)
        .rewrite_at(start..start + key.trim().len(), &one_word)
}

/// Something that is not a key, at the place of one.
fn bad_key(name: &str, text: &str, span: Range<usize>) -> Problem {
    let found = &text[span.clone()];
    let begins_line = text[line_start(text, span.start)..span.start]
        .trim()
        .is_empty();
    if begins_line && (found.starts_with("//") || found.starts_with(';')) {
        let length = found.len() - found.trim_start_matches(['/', ';']).len();
        let place = span.start..span.start + length;
        return problem(name, text, span, "other-comment").rewrite_at(place, "#");
    }
    if found.starts_with(':') {
        return notation::colon(problem(name, text, span, "colon"), text);
    }
    problem(name, text, span, "bad-key")
}

/// The same key or heading for the second time.
fn duplicate(name: &str, text: &str, span: Range<usize>) -> Problem {
    let before = text[line_start(text, span.start)..span.start].trim_start();
    let id = match (before.starts_with("[["), before.starts_with('[')) {
        (true, _) => "mixed-heading",
        (false, true) => "heading-twice",
        (false, false) => "key-twice",
    };
    problem(name, text, span, id)
}
