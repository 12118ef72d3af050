//! What stands on each page: groups of settings, parts that are more than rows, mistakes.

use std::collections::BTreeSet;

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder, Vec2, vec2};

use super::{
    Ask, Asked, News, Page, Typed, View, about, hold, hooks,
    kept::{Kept, kept_ui, stored_ui},
    list::{Kind, SETTINGS, Setting},
    look, mistakes,
    plain::setting_ui,
    reminders::{self, reminders_ui},
    rows::{Row, heading_ui, line_ui, row_ui, section_ui, title_ui, words_ui},
    side,
    strip::{self, strip_ui},
    week::{self, week_ui},
};
use crate::{
    gui::{
        controls::{Button, Weight},
        fonts,
        theme::{size, space},
    },
    text::{has, text, text_with},
};

/// Wider than this, in points, no page gets: lines of text would be too long to read.
const WIDEST: f32 = 780.0;

/// What the parts of the pages keep between frames.
#[derive(Default)]
pub struct Parts {
    /// What is typed into fields.
    pub typed: Typed,
    /// The filters by which stretches are chosen are shown.
    pub filters_open: bool,
    strip: strip::State,
    reminders: reminders::State,
    week: week::State,
    /// What is stored, and what is done with it.
    pub kept: Kept,
    /// The page "When to hold back".
    pub hold: hold::State,
    /// The page "Hooks".
    pub hooks: hooks::State,
    /// The page "About".
    pub about: about::PageState,
    /// What had the focus in the frame before.
    focused: Option<Id>,
}

impl Parts {
    /// Takes news for one of the parts; gives back those that are for none of them.
    pub fn hear(&mut self, news: News) -> Option<News> {
        match news {
            News::Hold(news) => self.hold.hear(news),
            News::Hooks(news) => self.hooks.hear(news),
            News::About(news) => self.about.hear(news),
            News::Stored(stored) => self.kept.stand(stored),
            News::Count(span, count) => self.kept.count = Some((span, count)),
            News::Standing(_)
            | News::Forecast(_)
            | News::Said(_)
            | News::Look { .. }
            | News::Gallery(_) => return Some(news),
        }
        None
    }

    /// This page is shown from now on, or none while something is looked for.
    pub fn turn_to(&mut self, page: Option<Page>) -> Option<Ask> {
        if page != Some(Page::Hooks) {
            self.hooks.leave();
        }
        if page != Some(Page::About) {
            self.about.leave();
        }
        if page == Some(Page::Hold) {
            return None;
        }
        self.hold.leave().map(Ask::Hold)
    }
}

/// Shows a page in `area`, which scrolls.
pub fn page_ui(
    ui: &mut Ui,
    view: &View<'_>,
    page: Page,
    parts: &mut Parts,
    area: Rect,
) -> Vec<Asked> {
    scrolled(ui, view, (page, ""), parts, area, |ui, parts| {
        title_ui(ui, view, &side::name(page));
        let about = format!("set-page-{}-about", page.word());
        words_ui(
            ui,
            &text(&about),
            fonts::regular(size::BODY),
            view.theme.faint,
        );
        let mut asked = mistakes::on_page_ui(ui, view, page, &mut parts.typed);
        asked.extend(content_ui(ui, view, page, parts));
        asked
    })
}

/// What of the page is its own.
fn content_ui(ui: &mut Ui, view: &View<'_>, page: Page, parts: &mut Parts) -> Vec<Asked> {
    // A part that uses the others is taken out of them for as long as it is shown.
    let mut asked = match page {
        Page::Hold => {
            let mut state = std::mem::take(&mut parts.hold);
            let asked = hold::hold_ui(ui, view, &mut state, parts);
            parts.hold = state;
            return asked;
        }
        Page::Hooks => {
            let mut state = std::mem::take(&mut parts.hooks);
            let asked = hooks::hooks_ui(ui, view, &mut state, parts);
            parts.hooks = state;
            asked
        }
        Page::About => {
            let mut state = std::mem::take(&mut parts.about);
            let asked = about::about_ui(ui, view, &mut state, parts);
            parts.about = state;
            asked
        }
        Page::Schedule => {
            let mut asked = strip_ui(ui, view, &mut parts.strip);
            asked.extend(reminders_ui(ui, view, &mut parts.reminders));
            asked.extend(week_ui(ui, view, &mut parts.week));
            asked
        }
        Page::History => stored_ui(ui, view, &parts.kept).into_iter().collect(),
        Page::Stretches | Page::Look => Vec::new(),
    };
    for group in groups(page) {
        if group == "log" {
            asked.extend(kept_ui(ui, view, &mut parts.kept));
        }
        asked.extend(group_ui(ui, view, group, parts));
    }
    asked
}

/// The groups of a page, in order.
fn groups(page: Page) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let here = SETTINGS.iter().filter(|setting| setting.page == page);
    here.map(|setting| setting.group)
        .filter(|group| seen.insert(*group))
        .collect()
}

/// The plain settings of a group on a card; nothing if it has none.
pub fn group_ui(ui: &mut Ui, view: &View<'_>, group: &str, parts: &mut Parts) -> Vec<Asked> {
    let settings: Vec<&Setting> = SETTINGS
        .iter()
        .filter(|setting| setting.group == group && is_row(setting))
        .collect();
    if settings.is_empty() {
        return Vec::new();
    }
    let (title, about) = (text(&format!("set-group-{group}")), about(group));
    section_ui(ui, view, (&title, &about), |ui| {
        rows_ui(ui, view, &settings, parts)
    })
}

fn about(group: &str) -> String {
    let id = format!("set-group-{group}-about");
    if has(&id) { text(&id) } else { String::new() }
}

fn is_row(setting: &Setting) -> bool {
    setting.kind != Kind::Part || setting.key == look::FIGURE
}

/// Settings in rows, one below the other.
pub fn rows_ui(
    ui: &mut Ui,
    view: &View<'_>,
    settings: &[&Setting],
    parts: &mut Parts,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (n, setting) in settings.iter().enumerate() {
        if n > 0 {
            line_ui(ui, view);
        }
        if setting.key == look::FIGURE {
            asked.extend(look::figure_ui(ui, view, setting));
        } else {
            asked.extend(setting_ui(ui, view, setting, &mut parts.typed));
        }
        asked.extend(mistakes::of_setting_ui(
            ui,
            view,
            setting.key,
            &mut parts.typed,
        ));
        match setting.key {
            "sound.volume" => asked.extend(look::listen_ui(ui, view)),
            "voice.rate" => asked.extend(look::speak_ui(ui, view)),
            _ => {}
        }
    }
    asked
}

/// Shows all settings that were looked for, from every page.
pub fn found_ui(
    ui: &mut Ui,
    view: &View<'_>,
    words: &str,
    parts: &mut Parts,
    area: Rect,
) -> Vec<Asked> {
    scrolled(ui, view, (Page::About, words), parts, area, |ui, parts| {
        let found: Vec<&Setting> = (SETTINGS.iter())
            .filter(|setting| setting.is_found(words))
            .collect();
        let count = [("count", found.len().into())];
        title_ui(ui, view, &text_with("set-found", &count));
        if found.is_empty() {
            let font = fonts::regular(size::BODY);
            words_ui(ui, &text("set-found-nothing"), font, view.theme.faint);
        }
        let mut asked = Vec::new();
        for page in Page::ALL {
            let here: Vec<&Setting> = found
                .iter()
                .copied()
                .filter(|setting| setting.page == page)
                .collect();
            if !here.is_empty() {
                heading_ui(ui, view, &side::name(page), "");
                super::rows::card_ui(ui, view, |ui| {
                    asked.extend(found_on_page_ui(ui, view, &here, parts));
                });
            }
        }
        asked
    })
}

fn found_on_page_ui(
    ui: &mut Ui,
    view: &View<'_>,
    settings: &[&Setting],
    parts: &mut Parts,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (n, setting) in settings.iter().enumerate() {
        if n > 0 {
            line_ui(ui, view);
        }
        if is_row(setting) {
            asked.extend(rows_ui(ui, view, &[setting], parts));
        } else {
            asked.extend(elsewhere_ui(ui, view, setting));
        }
    }
    asked
}

/// A setting that is changed in a part of its page: the way there.
fn elsewhere_ui(ui: &mut Ui, view: &View<'_>, setting: &Setting) -> Option<Asked> {
    let (name, about) = (setting.name(), setting.about());
    let row = Row {
        name: &name,
        about: &about,
        key: setting.key,
        ..Row::default()
    };
    let label = text_with("set-show", &[("page", side::name(setting.page).into())]);
    let button = Button {
        weight: Weight::Outlined,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let size = vec2(button.width(ui), space::BUTTON);
    let id = format!("{}-show", setting.key);
    let (_, pressed) = row_ui(ui, view, &row, size, |ui, place| {
        button.ui(ui, view.theme, place, &id).clicked()
    });
    pressed.then_some(Asked::Page(setting.page))
}

/// Something that scrolls, in the middle of `area`. What gets the focus comes into sight.
fn scrolled(
    ui: &mut Ui,
    view: &View<'_>,
    salt: (Page, &str),
    parts: &mut Parts,
    area: Rect,
    content: impl FnOnce(&mut Ui, &mut Parts) -> Vec<Asked>,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        ScrollArea::vertical()
            .id_salt(salt)
            .auto_shrink([false, false])
            .animated(!view.reduced_motion)
            .show(ui, |ui| {
                let whole = ui.available_rect_before_wrap();
                let width = (whole.width() - 2.0 * space::EDGE).min(WIDEST);
                let column = Rect::from_min_size(
                    whole.min + vec2(space::EDGE, space::MEDIUM),
                    Vec2::new(width, f32::INFINITY),
                );
                let used = ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
                    ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
                    ui.set_width(width);
                    asked = content(ui, parts);
                    // Room for the quiet bar at the bottom, so that it covers nothing for good.
                    ui.add_space(80.0);
                });
                follow_focus(ui, parts);
                ui.advance_cursor_after_rect(used.response.rect);
            });
    });
    asked
}

/// What has just got the focus is scrolled into sight.
fn follow_focus(ui: &Ui, parts: &mut Parts) {
    let focused = ui.memory(egui::Memory::focused);
    if focused == parts.focused {
        return;
    }
    parts.focused = focused;
    if let Some(response) = focused.and_then(|id| ui.ctx().read_response(id))
        && response.layer_id == ui.layer_id()
        && ui.max_rect().x_range().contains(response.rect.center().x)
    {
        ui.scroll_to_rect(response.rect.expand(24.0), None);
    }
}
