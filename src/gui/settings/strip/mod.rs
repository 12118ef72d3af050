//! When breaks would come on a day with these settings: a band with a mark for each.
//!
//! What is shown was worked out beforehand, by the code that runs the program.

mod band;

use chrono::{DateTime, Datelike as _, FixedOffset};
use egui::{Id, Sense, Ui, accesskit::Role, vec2};

use super::{
    Asked, View,
    rows::{button_ui, inside_ui, section_ui, told_ui, words_ui},
};
use crate::{
    core::{
        config::{DayOfWeek, What, When},
        outlook::{MOST, Outlook, Rest},
    },
    gui::{
        choices::segments_ui,
        controls::Weight,
        fonts::{self, icon},
        theme::size,
    },
    text::{text, text_with},
};
use band::band_ui;

/// What the part keeps between frames.
#[derive(Debug, Default)]
pub struct State {
    /// Which day, counted from today.
    day: usize,
    /// Which break of it the keyboard stands on.
    marked: Option<usize>,
    /// What was copied last.
    copied: Option<String>,
}

/// The strip on a card.
pub fn strip_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Vec<Asked> {
    let (title, about) = (text("plan-strip"), text("plan-strip-about"));
    section_ui(ui, view, (&title, &about), |ui| {
        inside_ui(ui, |ui| {
            let days = &view.forecast.days;
            if days.is_empty() {
                let words = text("plan-strip-waiting");
                words_ui(ui, &words, fonts::regular(size::FAINT), view.theme.faint);
                return;
            }
            state.day = state.day.min(days.len() - 1);
            chooser_ui(ui, view, state);
            match shown(days, state.day) {
                Some(day) => day_ui(ui, view, day, state),
                None => {
                    let words = text("plan-strip-never");
                    words_ui(ui, &words, fonts::regular(size::BODY), view.theme.text);
                }
            }
        });
    });
    Vec::new()
}

/// The day that was chosen; of a day off, the next one with work.
fn shown(days: &[Outlook], chosen: usize) -> Option<&Outlook> {
    let from = days.iter().cycle().skip(chosen).take(days.len());
    from.into_iter().find(|day| !day.work.is_empty())
}

/// Today, and the days after it.
fn chooser_ui(ui: &mut Ui, view: &View<'_>, state: &mut State) {
    let names = view.forecast.days.iter().enumerate().map(|(n, day)| {
        let name = match n {
            0 => text("plan-today"),
            _ => text(&format!("plan-short-{}", weekday(day).key())),
        };
        (n, name)
    });
    let names: Vec<(usize, String)> = names.collect();
    let width = ui.available_width().min(7.0 * 66.0);
    let (place, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::empty());
    let group = ui.interact(place, Id::unique("strip-days"), Sense::empty());
    let title = text("plan-strip-day");
    group.widget_info(|| egui::WidgetInfo::labeled(Role::RadioGroup, true, &title));
    if let Some(day) = segments_ui(ui, view.theme, place, "strip-day", &names, state.day) {
        state.day = day;
        state.marked = None;
    }
}

fn weekday(day: &Outlook) -> DayOfWeek {
    day.date.weekday().into()
}

/// What a day is called in a sentence.
fn called(view: &View<'_>, day: &Outlook) -> String {
    match view.forecast.days.first() {
        Some(today) if today.date == day.date => text("plan-on-today"),
        _ => {
            let name = text(&format!("set-hours-{}", weekday(day).key()));
            text_with("plan-on-day", &[("day", name.into())])
        }
    }
}

fn day_ui(ui: &mut Ui, view: &View<'_>, day: &Outlook, state: &mut State) {
    let chosen = &view.forecast.days[state.day];
    if chosen.date != day.date {
        let values = [
            ("day", called(view, chosen).into()),
            ("next", called(view, day).into()),
        ];
        let words = text_with("plan-strip-off", &values);
        words_ui(ui, &words, fonts::medium(size::BODY), view.theme.text);
    }
    let summary = summary(view, day);
    words_ui(ui, &summary, fonts::medium(size::BODY), view.theme.text);
    state.marked = state.marked.filter(|marked| *marked < day.breaks.len());
    let meant = band_ui(ui, view, day, state);
    let words = meant.map(in_words);
    if !day.breaks.is_empty() {
        told_ui(ui, view, words.as_deref(), &text("plan-strip-how"));
    }
    let faint = fonts::regular(size::FAINT);
    if day.is_cut() {
        let words = text_with("plan-strip-cut", &[("most", MOST.into())]);
        words_ui(ui, &words, faint.clone(), view.theme.faint);
    }
    if let Some(words) = outside(view, day) {
        words_ui(ui, &words, faint.clone(), view.theme.text);
    }
    if !day.by_hours {
        let words = text("plan-strip-assumed");
        words_ui(ui, &words, faint, view.theme.faint);
    }
    copy_ui(ui, view, day, state);
}

/// Times of day that are not in the hours that are shown.
fn outside(view: &View<'_>, day: &Outlook) -> Option<String> {
    let mut all = Vec::new();
    for reminder in &view.config.reminders {
        if let When::At(times) = &reminder.when {
            let times = day.outside(times);
            let times = times.iter().map(|time| time.format("%H:%M"));
            all.extend(times.map(|time| format!("{time} {}", reminder.id)));
        }
    }
    let id = if day.by_hours {
        "plan-strip-outside-hours"
    } else {
        "plan-strip-outside"
    };
    (!all.is_empty()).then(|| text_with(id, &[("times", all.join(", ").into())]))
}

/// How many breaks there are, and where the first and the last one is.
fn summary(view: &View<'_>, day: &Outlook) -> String {
    let count = ("count", day.breaks.len().into());
    let on = ("day", called(view, day).into());
    match (day.breaks.first(), day.breaks.last()) {
        (Some(first), Some(last)) => {
            let values = [
                count,
                on,
                ("first", clock(first.at).into()),
                ("last", clock(last.at).into()),
            ];
            text_with("plan-strip-breaks", &values)
        }
        _ => text_with("plan-strip-none", &[on]),
    }
}

/// All of it for screen readers.
fn aloud(view: &View<'_>, day: &Outlook) -> String {
    if day.breaks.is_empty() {
        return summary(view, day);
    }
    let several = lanes(view, day).len() > 1;
    let times = day.breaks.iter().map(|rest| match several {
        true => format!("{} {}", clock(rest.at), all_names(rest)),
        false => clock(rest.at),
    });
    let values = [
        ("count", day.breaks.len().into()),
        ("day", called(view, day).into()),
        ("times", times.collect::<Vec<_>>().join(", ").into()),
    ];
    text_with("plan-strip-aloud", &values)
}

fn clock(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M").to_string()
}

fn all_names(rest: &Rest) -> String {
    let mut names = vec![rest.reminder.as_str()];
    names.extend(rest.absorbed.iter().map(String::as_str));
    names.join(" + ")
}

/// A break in words: when, which reminder, what.
fn in_words(rest: &Rest) -> String {
    let what = match &rest.what {
        What::Stretches { variant, count } => {
            let word = super::reminders::variant_word(*variant);
            let values = [("count", (*count).into()), ("length", word.into())];
            text_with("plan-what-stretches", &values)
        }
        What::Message { text: words, .. } => {
            text_with("plan-what-message", &[("words", words.clone().into())])
        }
    };
    let values = [
        ("time", clock(rest.at).into()),
        ("reminder", rest.reminder.clone().into()),
        ("what", what.into()),
    ];
    let words = text_with("plan-strip-break", &values);
    if rest.absorbed.is_empty() {
        return words;
    }
    let others = rest.absorbed.join(", ");
    let values = [("break", words.into()), ("others", others.into())];
    text_with("plan-strip-together", &values)
}

/// The reminders that have a break on this day, in the order of the settings.
fn lanes<'a>(view: &View<'a>, day: &Outlook) -> Vec<&'a str> {
    let ids = view.config.reminders.iter().map(|it| it.id.as_str());
    let comes = |id: &&str| {
        let mut breaks = day.breaks.iter();
        breaks.any(|rest| rest.reminder == *id || rest.absorbed.iter().any(|other| other == id))
    };
    ids.filter(comes).collect()
}

/// The day as a text for `unhunch simulate`.
fn copy_ui(ui: &mut Ui, view: &View<'_>, day: &Outlook, state: &mut State) {
    let copied = state.copied.as_ref() == Some(&day.day);
    let (label, icon) = match copied {
        true => (text("plan-strip-copied"), icon::CHECK),
        false => (text("plan-strip-copy"), icon::COPY),
    };
    if button_ui(ui, view, Weight::Outlined, Some(icon), &label, "strip-copy") {
        let values = [("date", day.date.format("%Y-%m-%d").to_string().into())];
        let head = text_with("plan-strip-head", &values);
        ui.ctx().copy_text(format!("# {head}\n{}", day.day));
        state.copied = Some(day.day.clone());
    }
}
