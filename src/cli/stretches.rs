//! `unhunch stretches [show ID]`: the catalogue, with filters, and everything about one stretch.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use serde::Serialize;

use super::{choose, gallery, remote::with_json, standing::Standing};
use crate::{
    config_file,
    core::{
        config::Filter,
        stretch::{
            Area, Catalogue, Posture, Stretch, VariantName,
            catalogue::{Phase, PhaseKind, Stage},
        },
    },
    diagnostic::did_you_mean,
    stretch_file::{self, Library},
    stretch_text,
    text::{text, text_with},
};

/// What was asked for is not there, or makes no sense.
pub const MISTAKE: u8 = 2;

/// The definition.
pub fn command() -> Command {
    with_json(
        Command::new("stretches")
            .about(text("stretches-about"))
            .args_conflicts_with_subcommands(true)
            .arg(words("posture", Posture::ALL.map(Posture::word)))
            .arg(words("area", Area::ALL.map(Area::word)))
            .arg(flag("needs-nothing", "stretches-needs-nothing"))
            .arg(
                Arg::new("max-noticeability")
                    .long("max-noticeability")
                    .value_name("N")
                    .value_parser(value_parser!(u8).range(1..=3))
                    .help(text("stretches-max-noticeability")),
            )
            .arg(flag("on", "stretches-on"))
            .arg(flag("window", "stretches-window").exclusive(true))
            .subcommand(with_json(
                Command::new("show")
                    .about(text("stretches-show-about"))
                    .arg(
                        Arg::new("id")
                            .value_name("STRETCH")
                            .required(true)
                            .help(text("stretches-show-id")),
                    ),
            ))
            .subcommands(choose::commands()),
    )
}

fn words<const N: usize>(name: &'static str, words: [&'static str; N]) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(name.to_uppercase())
        .action(ArgAction::Append)
        .value_parser(PossibleValuesParser::new(words))
        .help(text(&format!("stretches-{name}")))
}

fn flag(name: &'static str, help: &str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(text(help))
}

/// Prints what was asked for. Exit code 2 for a stretch that there is not.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    if arguments.get_flag("window") {
        return gallery::open();
    }
    match arguments.subcommand() {
        Some(("show", arguments)) => show(&library(), arguments),
        Some((command, arguments)) => choose::run(command, arguments),
        None => list(&library(), arguments),
    }
}

/// All stretches, the user's own included. Says which of their files have mistakes.
pub fn library() -> Catalogue {
    let folder = stretch_file::folder(&config_file::locate(None));
    let library = Library::load(Some(&folder));
    for broken in &library.broken {
        let file = broken.file.display().to_string();
        eprintln!(
            "{}",
            text_with("stretches-broken", &[("file", file.into())])
        );
    }
    library.catalogue
}

fn list(catalogue: &Catalogue, arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let standing = Standing::of(catalogue);
    let filter = filter(arguments);
    let only_on = arguments.get_flag("on");
    let shown: Vec<&Stretch> = catalogue
        .stretches
        .iter()
        .filter(|stretch| filter.passes(&stretch.facts()))
        .filter(|stretch| !only_on || standing.is_on(stretch))
        .collect();
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let rows = shown.iter().map(|one| Row::new(one, &standing));
        let rows: Vec<Row<'_>> = rows.collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
    } else if shown.is_empty() {
        writeln!(out, "{}", text("stretches-none"))?;
    } else {
        write!(out, "{}", table(&shown, &standing))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn filter(arguments: &ArgMatches) -> Filter {
    let given = |name| {
        let words = arguments.get_many::<String>(name).into_iter().flatten();
        words.map(String::as_str).collect::<Vec<_>>()
    };
    let (postures, areas) = (given("posture"), given("area"));
    let max = arguments.get_one::<u8>("max-noticeability").copied();
    Filter {
        posture: (Posture::ALL.into_iter())
            .filter(|posture| postures.contains(&posture.word()))
            .collect(),
        areas: (Area::ALL.into_iter())
            .filter(|area| areas.contains(&area.word()))
            .collect(),
        needs: arguments.get_flag("needs-nothing").then(Vec::new),
        max_noticeability: max.unwrap_or(3),
    }
}

fn table(shown: &[&Stretch], standing: &Standing) -> String {
    // Somebody who has not done any needs no columns for it.
    let with_uses = !standing.uses.is_empty();
    let row = |[id, week, last, posture, lengths, needs, areas]: [String; 7]| match with_uses {
        true => vec![id, week, last, posture, lengths, needs, areas],
        false => vec![id, posture, lengths, needs, areas],
    };
    let head = ["id", "week", "last", "where", "lengths", "needs", "areas"];
    let mut rows = vec![row(
        head.map(|column| text(&format!("stretches-head-{column}")))
    )];
    rows.extend(shown.iter().map(|stretch| {
        let [short, standard, long] = seconds(stretch);
        let done = standing.done(stretch);
        row([
            stretch.id.to_string(),
            done.last
                .map(|_| done.times.to_string())
                .unwrap_or_default(),
            standing.last_day(stretch).unwrap_or_default(),
            stretch_text::postures(&stretch.postures),
            format!("{short} / {standard} / {long}"),
            stretch_text::needs(stretch),
            stretch_text::areas(&stretch.areas),
        ])
    }));
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();

    let marks = std::iter::once(" ").chain(shown.iter().map(|one| standing.mark(one)));
    let mut lines: Vec<String> = rows
        .iter()
        .zip(marks)
        .map(|(row, mark)| {
            let cells: Vec<String> = (row.iter().zip(&widths))
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            format!("{mark} {}", cells.join("  ")).trim_end().to_owned()
        })
        .collect();
    let count = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    lines.push(String::new());
    lines.push(text_with("stretches-count", &[("shown", count.into())]));
    lines.join("\n") + "\n"
}

fn seconds(stretch: &Stretch) -> [f64; 3] {
    stretch.variants.map(|variant| variant.total.as_secs_f64())
}

fn show(catalogue: &Catalogue, arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let Some(stretch) = named(catalogue, arguments, "id") else {
        return Ok(ExitCode::from(MISTAKE));
    };
    let mut out = io::stdout().lock();
    if arguments.get_flag("json") {
        let details = Details {
            row: Row::new(stretch, &Standing::of(catalogue)),
            steps: stretch.phases.iter().map(StepRow::new).collect(),
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&details)?)?;
    } else {
        write!(out, "{}", described(stretch))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The stretch that an argument names, by its id or any of its names. Says so if there is none.
pub fn named<'a>(
    catalogue: &'a Catalogue,
    arguments: &ArgMatches,
    argument: &str,
) -> Option<&'a Stretch> {
    known(catalogue, arguments.get_one::<String>(argument)?)
}

/// The stretch with this id or name. Says so if there is none.
pub fn known<'a>(catalogue: &'a Catalogue, wanted: &str) -> Option<&'a Stretch> {
    let wanted = wanted.trim();
    let same = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    let found = catalogue.stretches.iter().find(|stretch| {
        same(stretch.id.as_str())
            || same(&stretch.name)
            || stretch.aliases.iter().any(|name| same(name))
    });
    if found.is_none() {
        let ids = catalogue
            .stretches
            .iter()
            .map(|stretch| stretch.id.as_str());
        let sentence = match did_you_mean(&wanted.replace([' ', '-'], "_"), ids) {
            Some(meant) => text_with(
                "stretches-unknown-meant",
                &[("name", wanted.into()), ("meant", meant.into())],
            ),
            None => text_with("stretches-unknown", &[("name", wanted.into())]),
        };
        eprintln!("unhunch: {sentence}\n{}", text("stretches-unknown-list"));
    }
    found
}

/// Everything about a stretch, in paragraphs.
fn described(stretch: &Stretch) -> String {
    let advice = stretch_text::advice(stretch);
    let one = |id: &str, key, value: String| text_with(id, &[(key, value.into())]);
    let [short, standard, long] = seconds(stretch);

    let mut lines = vec![format!("{} ({})", stretch_text::name(stretch), stretch.id)];
    lines.push(advice.summary);
    lines.push(String::new());
    if !stretch.aliases.is_empty() {
        lines.push(one(
            "stretches-also-called",
            "names",
            stretch.aliases.join(", "),
        ));
    }
    let postures = stretch_text::postures(&stretch.postures);
    lines.push(one("stretches-facts-where", "where", postures));
    lines.push(one(
        "stretches-facts-needs",
        "needs",
        stretch_text::needs(stretch),
    ));
    lines.push(one(
        "stretches-facts-areas",
        "areas",
        stretch_text::areas(&stretch.areas),
    ));
    lines.push(text_with(
        "stretches-facts-lengths",
        &[
            ("short", short.into()),
            ("standard", standard.into()),
            ("long", long.into()),
        ],
    ));
    lines.push(one(
        "stretches-facts-seen",
        "seen",
        stretch_text::noticeability(stretch),
    ));
    lines.push(String::new());
    lines.extend(steps(stretch));
    lines.push(String::new());
    for (id, advice) in [
        ("stretches-breath", advice.breath),
        ("stretches-safety", advice.safety),
        ("stretches-also", advice.also),
        ("stretches-doses", advice.doses),
    ] {
        if !advice.is_empty() {
            lines.push(one(id, "text", advice));
        }
    }
    lines.join("\n") + "\n"
}

fn steps(stretch: &Stretch) -> Vec<String> {
    let mut lines = vec![text("stretches-steps")];
    let mut before = None;
    for (place, phase) in stretch.phases.iter().enumerate() {
        let part = (phase.stage, phase.group);
        if before.replace(part) != Some(part) {
            lines.push(format!("  {}", part_heading(stretch, phase.stage)));
        }
        let [short, standard, long] = stretch.variants.map(|variant| variant.hold.as_secs_f64());
        let seconds = if phase.kind == PhaseKind::Hold && short != long {
            text_with(
                "stretches-hold",
                &[
                    ("short", short.into()),
                    ("standard", standard.into()),
                    ("long", long.into()),
                ],
            )
        } else if phase.kind == PhaseKind::Hold {
            standard.to_string()
        } else {
            phase.length.as_secs_f64().to_string()
        };
        let cue = stretch_text::cue(stretch, place);
        let mut values = vec![("seconds", seconds.into()), ("cue", cue.into())];
        let line = match stretch_text::side(phase.side) {
            Some(side) => {
                values.push(("side", side.into()));
                text_with("stretches-step-side", &values)
            }
            None => text_with("stretches-step", &values),
        };
        lines.push(format!("    {line}"));
    }
    lines
}

fn part_heading(stretch: &Stretch, stage: Stage) -> String {
    let [short, standard, long] = stretch.variants.map(|variant| variant.reps);
    match stage {
        Stage::Prepare => text("stretches-steps-prepare"),
        Stage::Cycle if long == 1 => text("stretches-steps-cycle-once"),
        Stage::Cycle => text_with(
            "stretches-steps-cycle",
            &[
                ("short", short.into()),
                ("standard", standard.into()),
                ("long", long.into()),
            ],
        ),
        Stage::Finish => text("stretches-steps-finish"),
    }
}

/// A stretch in JSON.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    name: String,
    aliases: &'a [String],
    posture: Vec<&'static str>,
    areas: Vec<&'static str>,
    needs: &'a [String],
    noticeability: u8,
    desk_friendly: bool,
    default_on: bool,
    enabled: bool,
    /// `more`, `usual` or `less`.
    weight: &'static str,
    times_this_week: u32,
    last_done: Option<DateTime<Utc>>,
    view: &'static str,
    mirrored: bool,
    /// Seconds.
    totals: TotalsRow,
    summary: String,
    breath: String,
    safety: String,
    also: String,
    doses: String,
    sources: Vec<String>,
}

#[derive(Serialize)]
struct TotalsRow {
    short: f64,
    standard: f64,
    long: f64,
}

/// A stretch with its steps in JSON.
#[derive(Serialize)]
struct Details<'a> {
    #[serde(flatten)]
    row: Row<'a>,
    steps: Vec<StepRow<'a>>,
}

#[derive(Serialize)]
struct StepRow<'a> {
    stage: &'static str,
    group: u32,
    name: &'static str,
    seconds: f64,
    side: &'static str,
    breath: &'static str,
    cue: &'a str,
}

impl<'a> Row<'a> {
    fn new(stretch: &'a Stretch, standing: &Standing) -> Self {
        let done = standing.done(stretch);
        let advice = stretch_text::advice(stretch);
        let total = |variant| stretch.variant(variant).total.as_secs_f64();
        Self {
            id: stretch.id.as_str(),
            name: stretch_text::name(stretch),
            aliases: &stretch.aliases,
            posture: stretch.postures.iter().map(|one| one.word()).collect(),
            areas: stretch.areas.iter().map(|one| one.word()).collect(),
            needs: &stretch.needs,
            noticeability: stretch.noticeability,
            desk_friendly: stretch.desk_friendly,
            default_on: stretch.default_on,
            enabled: standing.is_on(stretch),
            weight: standing.weight(stretch).word(),
            times_this_week: done.times,
            last_done: done.last,
            view: stretch.view.word(),
            mirrored: stretch.mirrored,
            totals: TotalsRow {
                short: total(VariantName::Short),
                standard: total(VariantName::Standard),
                long: total(VariantName::Long),
            },
            summary: advice.summary,
            breath: advice.breath,
            safety: advice.safety,
            also: advice.also,
            doses: advice.doses,
            sources: advice.sources,
        }
    }
}

impl<'a> StepRow<'a> {
    fn new(phase: &'a Phase) -> Self {
        Self {
            stage: phase.stage.word(),
            group: phase.group,
            name: phase.kind.word(),
            seconds: phase.length.as_secs_f64(),
            side: phase.side.word(),
            breath: phase.breath.word(),
            cue: &phase.cue,
        }
    }
}
