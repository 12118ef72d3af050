//! `unhunch stretch check FILE…`: what is wrong with stretch files, and what to write instead.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde::Serialize;

use super::super::{config::in_colour, remote::with_json};
use crate::{
    core::stretch::{Side, Stretch},
    diagnostic::{Problem, Severity},
    stretch_file::{self, Checked},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    with_json(
        Command::new("check")
            .about(text("stretch-check-about"))
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .required(true)
                    .num_args(1..)
                    .value_parser(value_parser!(PathBuf))
                    .help(text("stretch-check-file")),
            ),
    )
}

/// Prints every mistake, and what was read where there is none. Exit code 1 with mistakes.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let files: Vec<PathBuf> = (arguments.get_many("file").into_iter().flatten())
        .cloned()
        .collect();
    let checked = stretch_file::check(&files);
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let rows: Vec<Row<'_>> = checked.iter().map(Row::new).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
    } else {
        let colour = in_colour(&out);
        for checked in &checked {
            if !checked.broken.problems.is_empty() {
                writeln!(out, "{}\n", checked.broken.render(colour))?;
            }
            for line in verdict(checked) {
                writeln!(out, "{line}")?;
            }
        }
    }
    let fine = checked
        .iter()
        .all(|checked| checked.broken.problems.is_empty());
    Ok(if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// How many mistakes, or that there is none; then the stretches that can be used.
fn verdict(checked: &Checked) -> Vec<String> {
    let file = checked.broken.file.display().to_string();
    let count = checked.broken.problems.len();
    let mut lines = vec![match count {
        0 => text_with("stretch-check-fine", &[("file", file.into())]),
        _ => text_with(
            "stretch-check-mistakes",
            &[("file", file.into()), ("count", count.into())],
        ),
    }];
    lines.extend(checked.stretches.iter().map(|stretch| {
        let [short, standard, long] = seconds(stretch);
        text_with(
            "stretch-check-stretch",
            &[
                ("id", stretch.id.as_str().into()),
                ("name", stretch.name.as_str().into()),
                ("short", short.into()),
                ("standard", standard.into()),
                ("long", long.into()),
                ("sides", text(sides(stretch)).into()),
                ("form", text(form(stretch)).into()),
            ],
        )
    }));
    lines
}

fn seconds(stretch: &Stretch) -> [f64; 3] {
    stretch.variants.map(|variant| variant.total.as_secs_f64())
}

fn has(stretch: &Stretch, side: Side) -> bool {
    stretch.phases.iter().any(|phase| phase.side == side)
}

fn sides(stretch: &Stretch) -> &'static str {
    match (has(stretch, Side::Right), has(stretch, Side::Left)) {
        (true, true) => "stretch-check-both-sides",
        (true, false) => "stretch-check-right-only",
        (false, true) => "stretch-check-left-only",
        (false, false) => "stretch-check-no-sides",
    }
}

fn form(stretch: &Stretch) -> &'static str {
    let pictures = stretch.phases.iter().any(|phase| phase.picture.is_some());
    match (stretch.has_figure(), pictures) {
        (true, _) => "stretch-check-figure",
        (false, true) => "stretch-check-pictures",
        (false, false) => "stretch-check-words",
    }
}

/// A file in JSON.
#[derive(Serialize)]
struct Row<'a> {
    file: String,
    stretches: Vec<StretchRow<'a>>,
    problems: Vec<ProblemRow<'a>>,
}

#[derive(Serialize)]
struct StretchRow<'a> {
    id: &'a str,
    name: &'a str,
    figure: bool,
    /// Short, standard, long.
    seconds: [f64; 3],
    sides: Vec<&'static str>,
}

#[derive(Serialize)]
struct ProblemRow<'a> {
    severity: &'static str,
    /// Counted from 1.
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
    message: &'a str,
    label: &'a str,
    help: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn new(checked: &'a Checked) -> Self {
        let broken = &checked.broken;
        let problems = broken.problems.iter();
        Self {
            file: broken.file.display().to_string(),
            stretches: checked.stretches.iter().map(StretchRow::new).collect(),
            problems: problems
                .map(|problem| ProblemRow::new(problem, &broken.text))
                .collect(),
        }
    }
}

impl<'a> StretchRow<'a> {
    fn new(stretch: &'a Stretch) -> Self {
        let sides = [Side::Right, Side::Left].into_iter();
        Self {
            id: stretch.id.as_str(),
            name: &stretch.name,
            figure: stretch.has_figure(),
            seconds: seconds(stretch),
            sides: sides
                .filter(|side| has(stretch, *side))
                .map(Side::word)
                .collect(),
        }
    }
}

impl<'a> ProblemRow<'a> {
    fn new(problem: &'a Problem, text: &str) -> Self {
        let (line, column) = problem.line_and_column(text);
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            line,
            column,
            message: &problem.message,
            label: &problem.label,
            help: problem.help.as_deref(),
        }
    }
}
