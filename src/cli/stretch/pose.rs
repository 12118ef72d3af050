//! `unhunch stretch pose STRETCH --at SECONDS,…`: where the joints of the figure are.
//!
//! For whoever draws a figure of their own, or checks ours. A time beyond the end is a mistake,
//! not the end: whoever asks for it has another length in mind.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    time::Duration,
};

use clap::{Arg, ArgMatches, Command, builder::PossibleValuesParser};
use serde::{Serialize, Serializer};

use super::super::{
    remote::with_json,
    stretches::{MISTAKE, library, named},
};
use crate::{
    core::stretch::{Body, Joint, SideOrder, Stretch, Timeline, VariantName, pose_at},
    text::{text, text_with},
};

/// The definition.
pub fn command() -> Command {
    with_json(
        Command::new("pose")
            .about(text("stretch-pose-about"))
            .arg(
                Arg::new("name")
                    .value_name("STRETCH")
                    .required(true)
                    .help(text("stretch-pose-name")),
            )
            .arg(
                Arg::new("variant")
                    .long("variant")
                    .default_value(VariantName::Standard.word())
                    .value_parser(PossibleValuesParser::new(
                        VariantName::ALL.map(VariantName::word),
                    ))
                    .help(text("stretch-pose-variant")),
            )
            .arg(
                Arg::new("at")
                    .long("at")
                    .value_name("SECONDS")
                    .required(true)
                    .value_delimiter(',')
                    .allow_negative_numbers(true)
                    .help(text("stretch-pose-at")),
            ),
    )
}

/// Prints the joints, one line of JSON or one table for each time. Exit code 2 for a stretch that
/// there is not, or that has no figure, and for times that it does not have.
///
/// # Errors
///
/// When standard output is closed.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let catalogue = library();
    let Some(stretch) = named(&catalogue, arguments, "name") else {
        return Ok(ExitCode::from(MISTAKE));
    };
    if !stretch.has_figure() {
        let values = [("stretch", stretch.id.as_str().into())];
        eprintln!("unhunch: {}", text_with("stretch-pose-no-figure", &values));
        return Ok(ExitCode::from(MISTAKE));
    }
    let word = arguments.get_one::<String>("variant").map(String::as_str);
    let variant = (VariantName::ALL.into_iter())
        .find(|variant| Some(variant.word()) == word)
        .unwrap_or(VariantName::Standard);
    let timeline = Timeline::new(stretch, variant, SideOrder::AsStored);

    let written = arguments.get_many::<String>("at").into_iter().flatten();
    let times: Result<Vec<f64>, String> = written
        .map(|written| time(written, stretch, variant, &timeline))
        .collect();
    let times = match times {
        Ok(times) => times,
        Err(mistake) => {
            eprintln!("unhunch: {mistake}");
            return Ok(ExitCode::from(MISTAKE));
        }
    };

    let mut out = io::stdout().lock();
    for t in times {
        let body = pose_at(
            stretch,
            &catalogue.rig,
            &timeline,
            Duration::from_secs_f64(t),
        );
        if arguments.get_flag("json") {
            let line = Line {
                stretch: stretch.id.as_str(),
                variant: variant.word(),
                t,
                joints: Joints(&body),
            };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        } else {
            writeln!(out, "{} {} {t} s", stretch.id, variant.word())?;
            for joint in Joint::ALL {
                let [x, y] = rounded(&body, joint);
                writeln!(out, "  {:12} {x:8.5} {y:8.5}", joint.word())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A time on the timeline, or a sentence that says why it is none.
fn time(
    written: &str,
    stretch: &Stretch,
    variant: VariantName,
    timeline: &Timeline,
) -> Result<f64, String> {
    let total = timeline.total().as_secs_f64();
    match written.trim().parse::<f64>() {
        Ok(t) if (0.0..=total).contains(&t) => Ok(t),
        Ok(t) if t > total => Err(text_with(
            "stretch-pose-late",
            &[
                ("stretch", stretch.id.as_str().into()),
                ("variant", variant.word().into()),
                ("total", total.into()),
                ("found", written.trim().into()),
            ],
        )),
        Ok(_) | Err(_) => Err(text_with(
            "stretch-pose-bad-time",
            &[("found", written.into())],
        )),
    }
}

/// The joints at one time, in JSON.
#[derive(Serialize)]
struct Line<'a> {
    stretch: &'a str,
    variant: &'a str,
    t: f64,
    joints: Joints<'a>,
}

/// Joints by name, in their own order.
struct Joints<'a>(&'a Body);

impl Serialize for Joints<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Joint::ALL.map(|joint| (joint.word(), rounded(self.0, joint))))
    }
}

/// Five decimals: finer than anything that can be drawn.
fn rounded(body: &Body, joint: Joint) -> [f64; 2] {
    // Adding zero turns a negative zero into the usual one.
    let round = |value: f32| (f64::from(value) * 1e5).round() / 1e5 + 0.0;
    [round(body[joint].x), round(body[joint].y)]
}
