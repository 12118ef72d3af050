//! The command of a hook: a field for the line, the words in it, and what speaks against it.

use egui::{Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{State, card::of_hook, line};
use crate::{
    config_file::{self, Document},
    core::config::Hook,
    gui::{
        controls::{fitted, spoken},
        fonts::{self, icon},
        settings::{
            View,
            fields::{FIELD, Field, field_ui},
            page::Parts,
            rows::{note_ui, words_ui},
        },
        theme::{size, space},
    },
    text::{text, text_with},
};

/// The height of a word of the command, in points.
const WORD: f32 = 26.0;

/// The command; returns the words of another one.
pub fn command_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, number): (&str, &str),
    run: &[String],
    parts: &mut Parts,
) -> Option<Vec<String>> {
    let theme = view.theme;
    let name = text("hooks-run");
    words_ui(ui, &name, fonts::medium(size::BODY), theme.text);
    let about = text("hooks-run-about");
    words_ui(ui, &about, fonts::regular(size::FAINT), theme.faint);
    let wanted = vec2(ui.available_width(), FIELD);
    let (place, _) = ui.allocate_exact_size(wanted, egui::Sense::empty());
    let shown = line::join(run);
    let (of, hint) = (of_hook(&name, number), text("hooks-run-hint"));
    let field = Field {
        id,
        name: &of,
        shown: &shown,
        hint: &hint,
    };
    let given = field_ui(ui, theme, place, &field, &mut parts.typed, checked);
    let wrong = parts.typed.wrong(id).to_owned();
    if !wrong.is_empty() {
        note_ui(ui, view, icon::WARNING, &wrong, &format!("{id}-wrong"));
    }
    // What is typed shows as words at once.
    let typed = parts.typed.words(id).map(line::split);
    let words = match typed {
        Some(Ok(words)) => words,
        Some(Err(_)) => Vec::new(),
        None => run.to_vec(),
    };
    words_of_ui(ui, view, id, &words);
    given
}

/// The words, each in a frame of its own.
fn words_of_ui(ui: &mut Ui, view: &View<'_>, id: &str, words: &[String]) {
    if words.is_empty() {
        return;
    }
    let theme = view.theme;
    let left = ui.cursor().left();
    let right = left + ui.available_width();
    let mut at = ui.cursor().min;
    for word in words {
        let shown = match word.is_empty() {
            true => text("hooks-empty-word"),
            false => word.replace('\n', "⏎"),
        };
        let color = if word.is_empty() {
            theme.faint
        } else {
            theme.text
        };
        let room = right - left - 16.0;
        let sizes = (size::MARK, size::FAINT);
        let galley = fitted(ui, &shown, fonts::regular, sizes, room, color);
        let width = galley.size().x + 16.0;
        if at.x > left && at.x + width > right {
            at = pos2(left, at.y + WORD + space::TIGHT);
        }
        let place = Rect::from_min_size(at, vec2(width, WORD));
        let stroke = Stroke::new(1.0, theme.track);
        (ui.painter()).rect(place, 6.0, theme.background, stroke, StrokeKind::Inside);
        let corner = place.center() - 0.5 * galley.size();
        ui.painter().galley(corner, galley, color);
        at.x += width + space::TIGHT;
    }
    let height = at.y + WORD - ui.cursor().top();
    let (place, _) = ui.allocate_exact_size(vec2(right - left, height), egui::Sense::empty());
    let values = [
        ("count", words.len().into()),
        ("words", words.join(" · ").into()),
    ];
    spoken(
        ui,
        place,
        &format!("{id}-words"),
        &text_with("hooks-words", &values),
    );
}

/// The words of a line, if the file would take them; else why not.
fn checked(line: &str) -> Result<Vec<String>, String> {
    let words = line::split(line).map_err(line::Unfinished::said)?;
    if words.is_empty() {
        return Err(text("hooks-no-command"));
    }
    let quoted: Vec<String> = words.iter().map(|word| config_file::quoted(word)).collect();
    let file = format!("[[hook]]\non = \"due\"\nrun = [{}]\n", quoted.join(", "));
    let (_, problems) = Document::parse("", &file).config(&[]);
    match problems.into_iter().next() {
        None => Ok(words),
        Some(problem) => Err(match problem.help {
            Some(help) => format!("{}: {help}", problem.message),
            None => problem.message,
        }),
    }
}

/// What speaks against its program as it stands.
pub fn obstacle_ui(ui: &mut Ui, view: &View<'_>, key: &str, hook: &Hook, state: &State) {
    let program = hook.run.first();
    if let Some(Some(why)) = program.and_then(|program| state.looked.get(program)) {
        note_ui(ui, view, icon::WARNING, why, &format!("{key}-obstacle"));
    }
}
