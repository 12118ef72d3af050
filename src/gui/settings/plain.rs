//! A setting of the list in its row.

use std::time::Duration;

use egui::{Id, Rect, Ui, Vec2, accesskit::Role, vec2};

use super::{
    Asked, Change, Typed, View,
    fields::{self, FIELD, Field, STEPPER, list_ui, next_span, slider_ui, stepper_ui},
    list::{Kind, Setting},
    rows::{Row, icon_ui, row_ui},
};
use crate::{
    config_file,
    core::{config::Config, span},
    gui::{
        choices::{SWITCH, segments_ui, switch_ui},
        fonts::icon,
        theme::space,
    },
    text::{text, text_with},
};

/// How wide a list is, in points.
const LIST: f32 = 230.0;

/// Shows a setting in a row, or in several where it has several values.
pub fn setting_ui(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
) -> Vec<Asked> {
    let value = setting.value(view.config);
    let new = match setting.kind {
        Kind::Switch => one(ui, view, setting, typed, SWITCH, |ui, place, name, _| {
            let on = value == "true";
            let switch = switch_ui(ui, view.theme, place, Id::unique(setting.key), name, on);
            switch.clicked().then(|| (!on).to_string())
        }),
        Kind::Span(least, most) => {
            let size = vec2(STEPPER, FIELD);
            one(ui, view, setting, typed, size, |ui, place, name, typed| {
                let field = (setting.key, name);
                span_ui(
                    ui,
                    view,
                    place,
                    field,
                    typed,
                    (setting, &value),
                    least..=most,
                )
            })
        }
        Kind::Spans(least, most) => spans_ui(ui, view, setting, typed, least..=most),
        Kind::Whole(least, most) => {
            let size = vec2(STEPPER, FIELD);
            one(ui, view, setting, typed, size, |ui, place, name, typed| {
                whole_ui(
                    ui,
                    view,
                    place,
                    (setting, name, &value),
                    typed,
                    (least, most),
                )
            })
        }
        Kind::Slider(least, most, unit) => {
            let size = vec2(LIST, FIELD);
            one(ui, view, setting, typed, size, |ui, place, name, _| {
                let now = value.parse().unwrap_or_default();
                let moved = slider_ui(ui, view.theme, place, (name, unit), least..=most, now);
                moved.map(|now| now.to_string())
            })
        }
        Kind::Time => one(
            ui,
            view,
            setting,
            typed,
            vec2(110.0, FIELD),
            |ui, place, name, typed| {
                let field = Field {
                    id: setting.key,
                    name,
                    shown: value.trim_matches('"'),
                    hint: "",
                };
                fields::field_ui(ui, view.theme, place, &field, typed, |words| {
                    checked(view.config, setting.key, &config_file::quoted(words))
                })
            },
        ),
        Kind::Choice(values) => {
            let choices = words(setting, values);
            let size = vec2(segments_width(ui, &choices), FIELD);
            one(ui, view, setting, typed, size, |ui, place, name, _| {
                let chosen = values.iter().position(|known| *known == value).unwrap_or(0);
                group(ui, place, setting.key, name);
                let choices: Vec<(usize, String)> = choices.into_iter().enumerate().collect();
                let now = segments_ui(ui, view.theme, place, setting.key, &choices, chosen);
                now.map(|place| values[place].to_owned())
            })
        }
        Kind::List(values) => {
            let choices = words(setting, values);
            chosen_ui(ui, view, setting, typed, (values, &choices), &value)
        }
        Kind::Open => open_ui(ui, view, setting, typed, &value),
        Kind::Scale => scale_ui(ui, view, setting, typed, &value),
        Kind::Monitor => {
            let (values, choices) = monitors(view, setting, &value);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            chosen_ui(ui, view, setting, typed, (&values, &choices), &value)
        }
        Kind::Voice => {
            let (values, choices) = voices(view, setting, &value);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            chosen_ui(ui, view, setting, typed, (&values, &choices), &value)
        }
        Kind::Keep => {
            let (values, choices) = lengths(setting, &value);
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            chosen_ui(ui, view, setting, typed, (&values, &choices), &value)
        }
        Kind::Part => None,
    };
    new.map(|value| Asked::Change(change(setting, value)))
        .into_iter()
        .collect()
}

/// The change of a setting to a value of the file.
pub fn change(setting: &Setting, value: String) -> Change {
    let said = said(setting, &value);
    change_of(setting.key, said, value)
}

/// The change of a key to a value of the file.
pub fn change_of(key: &str, said: String, value: String) -> Change {
    let path = key.to_owned();
    Change::new(key, said, move |config| {
        // What is refused leaves the settings as they are; the keeper says why.
        if let Ok(new) = config_file::with(config, &path, &value) {
            *config = new;
        }
    })
}

/// What is said when a setting has got a value.
fn said(setting: &Setting, value: &str) -> String {
    let values = [
        ("name", setting.name().into()),
        ("value", shown(setting, value).into()),
    ];
    text_with("set-said", &values)
}

/// A value in words.
pub fn shown(setting: &Setting, value: &str) -> String {
    let plain = value.trim_matches('"');
    match setting.kind {
        Kind::Switch => text(if value == "true" { "set-on" } else { "set-off" }),
        Kind::Choice(_) | Kind::List(_) => setting.word(value),
        Kind::Slider(_, _, unit) => format!("{value}{unit}"),
        Kind::Scale if plain == "desktop" => text("set-look-text-scale-desktop"),
        Kind::Scale => percent(plain),
        Kind::Open => open_word(setting, plain),
        Kind::Spans(..) => value.replace(['[', ']', '"'], ""),
        Kind::Monitor if plain == "pointer" || plain == "primary" => setting.word(plain),
        Kind::Keep => kept(setting, plain),
        Kind::Voice if plain.is_empty() => text("set-voice-name-any"),
        Kind::Span(..)
        | Kind::Whole(..)
        | Kind::Time
        | Kind::Monitor
        | Kind::Voice
        | Kind::Part => plain.to_owned(),
    }
}

/// The row of a setting with one control, and a way back to the default.
fn one(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
    size: Vec2,
    control: impl FnOnce(&mut Ui, Rect, &str, &mut Typed) -> Option<String>,
) -> Option<String> {
    let wrong = typed.wrong(setting.key).to_owned();
    let (name, about, range) = (setting.name(), setting.about(), setting.range());
    let usual = setting.value(&Config::default());
    let default = (usual != setting.value(view.config)).then(|| shown(setting, &usual));
    let row = Row {
        name: &name,
        about: &about,
        range: &range,
        wrong: &wrong,
        key: setting.key,
        default: default.as_deref(),
    };
    let (reset, new) = row_ui(ui, view, &row, size, |ui, place| {
        control(ui, place, &name, typed)
    });
    if reset {
        typed.forget(setting.key);
        return Some(usual);
    }
    new
}

/// A further row of a setting that has more than one value.
fn further(
    ui: &mut Ui,
    view: &View<'_>,
    (key, name): (&str, &str),
    typed: &mut Typed,
    size: Vec2,
    control: impl FnOnce(&mut Ui, Rect, &mut Typed) -> Option<String>,
) -> Option<String> {
    let wrong = typed.wrong(key).to_owned();
    let row = Row {
        name,
        wrong: &wrong,
        key,
        ..Row::default()
    };
    row_ui(ui, view, &row, size, |ui, place| control(ui, place, typed)).1
}

/// The value, if the file would take it; else why not, in the words of the file's reader.
fn checked(config: &Config, key: &str, value: &str) -> Result<String, String> {
    match config_file::with(config, key, value) {
        Ok(_) => Ok(value.to_owned()),
        Err(problem) => {
            let label = Some(problem.label).filter(|label| !label.is_empty());
            let parts = [Some(problem.message), label, problem.help];
            Err(parts.into_iter().flatten().collect::<Vec<_>>().join(": "))
        }
    }
}

/// A length of time. `value` and what comes back are quoted.
fn span_ui(
    ui: &mut Ui,
    view: &View<'_>,
    place: Rect,
    (id, name): (&str, &str),
    typed: &mut Typed,
    (setting, value): (&Setting, &str),
    range: std::ops::RangeInclusive<u64>,
) -> Option<String> {
    let plain = value.trim_matches('"');
    let now = span::parse(plain).unwrap_or_default();
    let field = Field {
        id,
        name,
        shown: plain,
        hint: "",
    };
    let list = matches!(setting.kind, Kind::Spans(..));
    let check = |words: &str| {
        let quoted = config_file::quoted(words);
        if list {
            checked(view.config, setting.key, &format!("[{quoted}]")).map(|_| quoted)
        } else {
            checked(view.config, setting.key, &quoted)
        }
    };
    let step = |up: bool| {
        let next = next_span(now, up);
        let fits = next != now && range.contains(&next.as_secs());
        fits.then(|| config_file::quoted(&span::format(next)))
    };
    stepper_ui(ui, view.theme, place, &field, typed, check, step)
}

fn whole_ui(
    ui: &mut Ui,
    view: &View<'_>,
    place: Rect,
    (setting, name, value): (&Setting, &str, &str),
    typed: &mut Typed,
    (least, most): (u32, u32),
) -> Option<String> {
    let now: u32 = value.parse().unwrap_or(least);
    let field = Field {
        id: setting.key,
        name,
        shown: value,
        hint: "",
    };
    let check = |words: &str| checked(view.config, setting.key, words);
    let step = |up: bool| {
        let next = if up {
            now.checked_add(1)
        } else {
            now.checked_sub(1)
        };
        let fits = next.filter(|next| (least..=most).contains(next));
        fits.map(|next| next.to_string())
    };
    stepper_ui(ui, view.theme, place, &field, typed, check, step)
}

/// Several lengths of time, one below the other.
fn spans_ui(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
    range: std::ops::RangeInclusive<u64>,
) -> Option<String> {
    let all = &view.config.schedule.snooze;
    let written = |spans: &[Duration]| {
        let words = spans
            .iter()
            .map(|span| config_file::quoted(&span::format(*span)));
        format!("[{}]", words.collect::<Vec<_>>().join(", "))
    };
    let add = vec2(STEPPER, FIELD);
    let mut new = one(ui, view, setting, typed, add, |ui, place, name, _| {
        group(ui, place, setting.key, name);
        let label = text("set-schedule-snooze-add");
        let button = crate::gui::controls::Button {
            weight: crate::gui::controls::Weight::Outlined,
            icon: Some(icon::PLUS),
            label: &label,
            shows_label: true,
        };
        let pressed = button
            .ui(ui, view.theme, place, "schedule.snooze-add")
            .clicked();
        pressed.then(|| {
            let mut more = all.clone();
            more.extend(all.last().copied());
            written(&more)
        })
    });
    for (n, span) in all.iter().enumerate() {
        super::rows::line_ui(ui, view);
        let name = text_with("set-schedule-snooze-nth", &[("n", (n + 1).into())]);
        let id = format!("{}.{n}", setting.key);
        let size = vec2(STEPPER + FIELD, FIELD);
        let changed = further(ui, view, (&id, &name), typed, size, |ui, place, typed| {
            let (less, field) = place.split_left_right_at_x(place.left() + FIELD);
            let label = text_with("set-schedule-snooze-less", &[("n", (n + 1).into())]);
            let removed = all.len() > 1
                && icon_ui(ui, view, less, icon::TRASH, &label, &format!("{id}-away"));
            let value = config_file::quoted(&span::format(*span));
            let about = (setting, value.as_str());
            let given = span_ui(ui, view, field, (&id, &name), typed, about, range.clone());
            let mut spans = all.clone();
            if removed {
                spans.remove(n);
                return Some(written(&spans));
            }
            let given = span::parse(given?.trim_matches('"')).ok()?;
            spans[n] = given;
            Some(written(&spans))
        });
        new = changed.or(new);
    }
    new
}

/// One of several values in a list.
fn chosen_ui(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
    (values, choices): (&[&str], &[String]),
    value: &str,
) -> Option<String> {
    one(
        ui,
        view,
        setting,
        typed,
        vec2(LIST, FIELD),
        |ui, place, name, _| {
            let chosen = values.iter().position(|known| *known == value).unwrap_or(0);
            let now = list_ui(ui, view.theme, place, (setting.key, name), choices, chosen);
            now.map(|place| values[place].to_owned())
        },
    )
}

/// When the window opens, and how long after.
fn open_ui(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
    value: &str,
) -> Option<String> {
    let plain = value.trim_matches('"');
    let delay = plain.strip_prefix("after ");
    let after = format!("after {}", delay.unwrap_or("20s"));
    let values = [after.as_str(), "on start", "at once"];
    let choices = values.map(|value| open_word(setting, value));
    let quoted = values.map(config_file::quoted);
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    let mut new = chosen_ui(ui, view, setting, typed, (&quoted, &choices), value);
    if let Some(delay) = delay {
        super::rows::line_ui(ui, view);
        let name = text("set-schedule-open-delay");
        let id = "schedule.open.delay";
        let size = vec2(STEPPER, FIELD);
        let changed = further(ui, view, (id, &name), typed, size, |ui, place, typed| {
            let now = span::parse(delay).unwrap_or_default();
            let field = Field {
                id,
                name: &name,
                shown: delay,
                hint: "",
            };
            let value = |words: &str| config_file::quoted(&format!("after {words}"));
            let check = |words: &str| checked(view.config, setting.key, &value(words));
            let step = |up: bool| {
                let next = next_span(now, up);
                let fits = next != now && next <= Duration::from_secs(3600);
                fits.then(|| value(&span::format(next)))
            };
            stepper_ui(ui, view.theme, place, &field, typed, check, step)
        });
        new = changed.or(new);
    }
    new
}

fn open_word(setting: &Setting, plain: &str) -> String {
    match plain.strip_prefix("after ") {
        Some(delay) => text_with(
            "set-schedule-open-after",
            &[("delay", delay.to_owned().into())],
        ),
        None => setting.word(plain),
    }
}

/// As large as the desktop says, or by a factor.
fn scale_ui(
    ui: &mut Ui,
    view: &View<'_>,
    setting: &Setting,
    typed: &mut Typed,
    value: &str,
) -> Option<String> {
    let own = value != "\"desktop\"";
    let factor: f32 = value.parse().unwrap_or(1.0);
    let choices = [
        (false, text("set-look-text-scale-desktop")),
        (true, text("set-look-text-scale-own")),
    ];
    let names: Vec<String> = choices.iter().map(|(_, name)| name.clone()).collect();
    let size = vec2(segments_width(ui, &names), FIELD);
    let mut new = one(ui, view, setting, typed, size, |ui, place, name, _| {
        group(ui, place, setting.key, name);
        let now = segments_ui(ui, view.theme, place, setting.key, &choices, own);
        now.map(|own| match own {
            true => "1.0".to_owned(),
            false => "\"desktop\"".to_owned(),
        })
    });
    if own {
        super::rows::line_ui(ui, view);
        let name = text("set-look-text-scale-factor");
        let id = "look.text_scale.factor";
        let size = vec2(STEPPER, FIELD);
        let changed = further(ui, view, (id, &name), typed, size, |ui, place, typed| {
            let field = Field {
                id,
                name: &name,
                shown: &percent(value),
                hint: "",
            };
            let check = |words: &str| {
                let number = words.trim_end_matches('%').trim();
                match number.parse::<f32>() {
                    Ok(number) => checked(view.config, setting.key, &by_hundred(number)),
                    Err(_) => Err(text("set-look-text-scale-wrong")),
                }
            };
            let step = |up: bool| {
                let tenths = (factor * 10.0).round() + if up { 1.0 } else { -1.0 };
                let fits = (5.0..=30.0).contains(&tenths);
                fits.then(|| by_hundred(10.0 * tenths))
            };
            stepper_ui(ui, view.theme, place, &field, typed, check, step)
        });
        new = changed.or(new);
    }
    new
}

/// So many percent as a factor in TOML.
fn by_hundred(percent: f32) -> String {
    format!("{:?}", (percent.round()) / 100.0)
}

fn percent(factor: &str) -> String {
    let factor: f32 = factor.parse().unwrap_or(1.0);
    format!("{:.0} %", 100.0 * factor)
}

/// What monitors there are to choose from, as values and in words.
fn monitors(view: &View<'_>, setting: &Setting, value: &str) -> (Vec<String>, Vec<String>) {
    let mut values: Vec<String> = ["pointer", "primary"].map(config_file::quoted).to_vec();
    let mut words: Vec<String> = ["pointer", "primary"].map(|it| setting.word(it)).to_vec();
    for name in &view.standing.monitors {
        values.push(config_file::quoted(name));
        words.push(name.clone());
    }
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
        let name = value.trim_matches('"').to_owned();
        words.push(text_with("set-look-monitor-gone", &[("name", name.into())]));
    }
    (values, words)
}

/// What voices there are to choose from, as values and in words.
fn voices(view: &View<'_>, _setting: &Setting, value: &str) -> (Vec<String>, Vec<String>) {
    let mut values = vec!["\"\"".to_owned()];
    let mut words = vec![text("set-voice-name-any")];
    for name in view.standing.voices.iter().flatten() {
        values.push(config_file::quoted(name));
        words.push(name.clone());
    }
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
        words.push(value.trim_matches('"').to_owned());
    }
    (values, words)
}

/// How long breaks may be kept, as values and in words; also as long as it is now.
fn lengths(setting: &Setting, value: &str) -> (Vec<String>, Vec<String>) {
    let lengths = [
        "forever", "10 years", "5 years", "2 years", "1 year", "6 months", "90 days",
    ];
    let mut values: Vec<String> = lengths.map(config_file::quoted).to_vec();
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
    }
    let words = values.iter();
    let words = words.map(|value| kept(setting, value.trim_matches('"')));
    let words = words.collect();
    (values, words)
}

/// How long breaks are kept, in words.
fn kept(setting: &Setting, length: &str) -> String {
    match length {
        "forever" => setting.word(length),
        length => length.to_owned(),
    }
}

fn words(setting: &Setting, values: &[&str]) -> Vec<String> {
    values.iter().map(|value| setting.word(value)).collect()
}

/// How wide segments with these words want to be: each as wide as the widest.
pub fn segments_width(ui: &Ui, choices: &[String]) -> f32 {
    let font = || crate::gui::fonts::medium(crate::gui::theme::size::FAINT);
    let wide = |words: &String| {
        let color = egui::Color32::PLACEHOLDER;
        crate::gui::controls::layout(ui, words, font(), color)
            .size()
            .x
    };
    let widest = choices.iter().map(wide).fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a few choices")]
    let count = choices.len() as f32;
    count * (widest + space::MEDIUM + space::SMALL)
}

/// Names a group of controls for screen readers.
pub fn group(ui: &mut Ui, place: Rect, key: &str, name: &str) {
    let id = Id::unique((key, "group"));
    let response = ui.interact(place, id, egui::Sense::empty());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::RadioGroup, true, name));
}
