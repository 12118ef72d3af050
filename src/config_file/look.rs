//! `[look]`: how windows look and move, how large they are and where they open.

use super::{
    hint::Hint as _,
    keys, print,
    print::quoted,
    read::{Reader, Section},
    say,
    tree::{Node, Table, Value},
    value::truth,
};
use crate::{
    core::config::{FigureTone, Look, Monitor, TextScale, Theme, Toggle, WindowSize},
    diagnostic::Problem,
};

/// The words for a theme.
pub const THEMES: [(&str, Theme); 3] = [
    ("desktop", Theme::Desktop),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
];

/// The words for the size of the window.
pub const WINDOWS: [(&str, WindowSize); 3] = [
    ("normal", WindowSize::Normal),
    ("full", WindowSize::Full),
    ("corner", WindowSize::Corner),
];

/// Reads `[look]`.
pub fn look(reader: &mut Reader<'_>, root: &Table) -> Look {
    let section = reader.section(root, &keys::LOOK);
    let default = Look::default();
    Look {
        theme: reader.choice(&section, "theme", &THEMES, THEMES[0]),
        reduced_motion: toggle(reader, &section, "reduced_motion", default.reduced_motion),
        high_contrast: toggle(reader, &section, "high_contrast", default.high_contrast),
        text_scale: text_scale(reader, &section, default.text_scale),
        figure: figure(reader, &section, default.figure),
        window: window(reader, &section, default.window),
        monitor: monitor(reader, &section, default.monitor),
        tray: tray(reader, &section, default.tray),
    }
}

fn toggle(reader: &mut Reader<'_>, section: &Section<'_>, key: &str, default: Toggle) -> Toggle {
    let written = print::toggle(default);
    reader.value(
        section,
        key,
        default,
        &written,
        |reader, node| match &node.value {
            Value::Bool(true) => Ok(Toggle::On),
            Value::Bool(false) => Ok(Toggle::Off),
            Value::Text(text) if text == "desktop" => Ok(Toggle::Desktop),
            Value::Text(text) => {
                let problem = reader.wrong_type(node, &say("config-want-toggle", &[]));
                Err(match truth(text) {
                    Some(truth) => problem.write(truth),
                    None => problem,
                })
            }
            _ => Err(reader.wrong_type(node, &say("config-want-toggle", &[]))),
        },
    )
}

fn text_scale(reader: &mut Reader<'_>, section: &Section<'_>, default: TextScale) -> TextScale {
    let written = print::text_scale(default);
    reader.value(section, "text_scale", default, &written, |reader, node| {
        let factor = match &node.value {
            Value::Text(text) if text == "desktop" => return Ok(TextScale::Desktop),
            Value::Float(factor) => *factor,
            Value::Integer(Some(factor)) => *factor as f64,
            _ => return Err(reader.wrong_type(node, &say("config-want-scale", &[]))),
        };
        let percent = (factor * 100.0).round();
        if (50.0..=300.0).contains(&percent) {
            return Ok(TextScale::Percent(percent as u16));
        }
        let problem = reader.problem(&node.at, "scale-range", &[]);
        // 125 was surely meant as a percentage.
        Err(if (50.0..=300.0).contains(&factor) {
            let instead = print::text_scale(TextScale::Percent(factor.round() as u16));
            problem.write(&instead)
        } else {
            let nearest = percent.clamp(50.0, 300.0) as u16;
            problem.rewrite(print::text_scale(TextScale::Percent(nearest)))
        })
    })
}

fn figure(reader: &mut Reader<'_>, section: &Section<'_>, default: FigureTone) -> FigureTone {
    let written = print::figure(default);
    reader.value(
        section,
        "figure",
        default,
        &written,
        |reader, node| match &node.value {
            Value::Text(text) if text == "neutral" => Ok(FigureTone::Neutral),
            Value::Integer(Some(tone @ 1..=6)) => Ok(FigureTone::Tone(*tone as u8)),
            Value::Integer(Some(tone)) => {
                let nearest = (*tone).clamp(1, 6).to_string();
                Err(reader.problem(&node.at, "figure", &[]).rewrite(nearest))
            }
            _ => Err(reader.problem(&node.at, "figure", &[])),
        },
    )
}

fn window(reader: &mut Reader<'_>, section: &Section<'_>, default: WindowSize) -> WindowSize {
    let written = quoted("normal");
    reader.value(section, "window", default, &written, |reader, node| {
        let found = reader.word_of(node, &WINDOWS);
        found.map_err(|problem| {
            let Value::Text(text) = &node.value else {
                return problem;
            };
            match plain(text).as_str() {
                "fullscreen" | "full_screen" | "maximized" | "maximised" => meant(problem, "full"),
                "small" | "mini" | "compact" | "tiny" => meant(problem, "corner"),
                "window" | "windowed" | "default" | "medium" => meant(problem, "normal"),
                _ => problem,
            }
        })
    })
}

fn monitor(reader: &mut Reader<'_>, section: &Section<'_>, default: Monitor) -> Monitor {
    let written = print::monitor(&default);
    reader.value(section, "monitor", default, &written, monitor_of)
}

/// Any text may be the name of a monitor; but not one that says something else.
fn monitor_of(reader: &Reader<'_>, node: &Node) -> Result<Monitor, Problem> {
    let name = reader.text_of(node, &say("config-want-monitor", &[]))?;
    let not_a_name = || reader.problem(&node.at, "monitor", &[("found", &quoted(name))]);
    match plain(name).as_str() {
        "pointer" if name == "pointer" => Ok(Monitor::Pointer),
        "primary" if name == "primary" => Ok(Monitor::Primary),
        "pointer" | "mouse" | "cursor" | "active" | "current" | "auto" | "desktop" => {
            Err(meant(not_a_name(), "pointer"))
        }
        "primary" | "main" | "default" | "first" => Err(meant(not_a_name(), "primary")),
        "" => Err(not_a_name()),
        _ => Ok(Monitor::Named(name.trim().to_owned())),
    }
}

fn tray(reader: &mut Reader<'_>, section: &Section<'_>, default: bool) -> bool {
    let written = print::tray(default);
    reader.value(section, "tray", default, &written, |reader, node| {
        let problem = || reader.problem(&node.at, "tray", &[]);
        match &node.value {
            Value::Bool(false) => Ok(false),
            Value::Text(text) if text == "auto" => Ok(true),
            // Nobody can have one where no panel shows it.
            Value::Bool(true) => Err(meant(problem(), "auto")),
            Value::Text(text) => Err(match plain(text).as_str() {
                "true" | "on" | "yes" | "always" | "desktop" => meant(problem(), "auto"),
                "false" | "off" | "no" | "never" | "none" => problem().write("false"),
                _ => problem(),
            }),
            _ => Err(problem()),
        }
    })
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

fn meant(problem: Problem, word: &str) -> Problem {
    problem.did_you_mean(&quoted(word))
}
