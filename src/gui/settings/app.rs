//! The window without a desktop: which page, what is looked for, what was changed and said.
//!
//! Reads no clock and no file: time and news are handed in, what the user asks of the program is
//! handed out, so a test can use the whole window.

use std::{collections::VecDeque, time::Duration};

use egui::{Id, Key, Modifiers, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::{
    Ask, Asked, Change, News, Page, Said, Standing, View,
    list::Setting,
    page::{Parts, found_ui, page_ui},
    plain,
    rotation::rotation_ui,
    side,
};
use crate::{
    core::{config::Config, outlook::Forecast},
    gui::{
        choices::{field_id, focus_field},
        controls::{name_window, spoken},
        gallery::Gallery,
        history::sure::{Answer, sure_ui},
        notice::{self, OnBar},
        theme::{Theme, space},
    },
    text::{text, text_with},
};

/// What was said goes away by itself after this long.
const SAID: Duration = Duration::from_secs(8);
/// Narrower than this, in points, the list of pages shows icons alone.
const NARROW: f32 = 640.0;

/// The window of the settings.
pub struct Settings {
    theme: Theme,
    reduced_motion: bool,
    text_scale: Option<f32>,
    /// The colours are others since the last frame.
    repaint: bool,
    /// Nothing before it has been read.
    standing: Option<Box<Standing>>,
    forecast: Box<Forecast>,
    /// Changes that the keeper has not seen yet, with their numbers.
    under_way: VecDeque<(u64, Change)>,
    /// The settings with those changes made.
    config: Config,
    changes: u64,
    page: Page,
    /// What is looked for.
    words: String,
    parts: Parts,
    /// The stretches, which are a window of their own as well.
    gallery: Gallery,
    said: Option<Said>,
    /// When it was said; nothing before its first frame.
    said_at: Option<Duration>,
    /// How often something was said: screen readers say each by themselves.
    number: u64,
    asks: Vec<Ask>,
    closing: bool,
}

impl Settings {
    /// A window that waits for its first news, open at a page.
    #[must_use]
    pub fn new(theme: Theme, reduced_motion: bool, page: Page) -> Self {
        Self {
            gallery: Gallery::new(theme, reduced_motion),
            theme,
            reduced_motion,
            text_scale: None,
            repaint: false,
            standing: None,
            forecast: Box::default(),
            under_way: VecDeque::new(),
            config: Config::default(),
            changes: 0,
            page,
            words: String::new(),
            parts: Parts::default(),
            said: None,
            said_at: None,
            number: 0,
            asks: Vec::new(),
            closing: false,
        }
    }

    /// Looks for something, as typing it does.
    pub fn look_for(&mut self, words: &str) {
        self.words = words.to_owned();
    }

    /// Gives a setting a value of the file, as its control does.
    pub fn set(&mut self, setting: &Setting, value: &str) {
        self.change(plain::change(setting, value.to_owned()));
    }

    /// Takes the last change back, as Ctrl+Z does.
    pub fn undo(&mut self) {
        self.asks.push(Ask::Undo);
    }

    /// The settings as the window shows them.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    fn stand(&mut self, standing: Box<Standing>) {
        self.under_way.retain(|(number, _)| *number > standing.seen);
        self.config = standing.config.clone();
        for (_, change) in &self.under_way {
            change.make(&mut self.config);
        }
        if !standing.can_undo && self.said.as_ref().is_some_and(|said| said.undo) {
            self.said = None;
        }
        self.standing = Some(standing);
    }

    fn say(&mut self, said: Said) {
        self.number += 1;
        self.said = Some(said);
        self.said_at = None;
    }

    /// Shows everything, and returns what was asked, in order.
    fn shown_ui(&mut self, ui: &mut Ui, standing: &Standing, now: Duration) -> Vec<Asked> {
        let area = ui.max_rect();
        let Some(span) = self.parts.kept.sure else {
            return self.window_ui(ui, standing, now);
        };
        // Behind the question everything is there, and nothing can be pressed.
        ui.add_enabled_ui(false, |ui| {
            ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
                self.window_ui(ui, standing, now)
            });
        });
        let escape = ui.input(|input| input.key_pressed(Key::Escape));
        let answer = sure_ui(ui, &self.theme, span, area);
        match answer.or(escape.then_some(Answer::Keep)) {
            None => Vec::new(),
            Some(answer) => {
                let delete = answer == Answer::Delete;
                self.parts
                    .kept
                    .answered(delete)
                    .break_value()
                    .into_iter()
                    .collect()
            }
        }
    }

    /// All but the question whether to delete.
    fn window_ui(&mut self, ui: &mut Ui, standing: &Standing, now: Duration) -> Vec<Asked> {
        let area = ui.max_rect();
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            now,
            config: &self.config,
            standing,
            forecast: &self.forecast,
        };
        let looking = !self.words.trim().is_empty();
        let in_gallery = !looking && self.page == Page::Stretches;
        let keys = Keys {
            words: &self.words,
            said: self.said.is_some(),
            in_gallery,
            under_way: self.parts.typed.is_under_way(),
        };
        let mut asked = keys.pressed(ui);
        let width = if area.width() < NARROW {
            side::NARROW
        } else {
            side::WIDE
        };
        let (left, right) = area.split_left_right_at_x(area.left() + width);
        let line = egui::Stroke::new(1.0, self.theme.track);
        ui.painter().vline(left.right(), area.y_range(), line);
        let open = (!looking).then_some(self.page);
        asked.extend(self.parts.turn_to(open).map(Asked::Of));
        asked.extend(side::side_ui(ui, &view, left, open, &self.words));
        let mut right = Rect::from_min_max(pos2(right.left() + 1.0, right.top()), right.max);
        if width < side::WIDE {
            let field = right
                .shrink2(vec2(space::EDGE, 12.0))
                .with_max_y(right.top() + 48.0);
            asked.extend(side::search_field_ui(ui, &view, field, &self.words));
            right = right.with_min_y(field.bottom());
        }
        if looking {
            asked.extend(found_ui(ui, &view, &self.words, &mut self.parts, right));
        } else if in_gallery {
            asked.extend(stretches_ui(
                ui,
                &view,
                &mut self.parts,
                &mut self.gallery,
                right,
            ));
            // The gallery says itself what was done in it.
            return asked;
        } else {
            asked.extend(page_ui(ui, &view, self.page, &mut self.parts, right));
        }
        if let Some(said) = &self.said {
            let said = Said {
                undo: said.undo && standing.can_undo,
                words: said.words.clone(),
            };
            let pressed = notice::said_ui(ui, &self.theme, (&said, self.number), right);
            asked.extend(pressed.map(|pressed| match pressed {
                OnBar::Undo => Asked::Of(Ask::Undo),
                OnBar::Dismiss => Asked::Dismiss,
            }));
        }
        asked
    }

    fn act(&mut self, ui: &Ui, asked: Asked) {
        ui.ctx().request_repaint();
        match asked {
            Asked::Change(change) => self.change(change),
            Asked::Of(ask) => self.asks.push(ask),
            Asked::Page(page) => {
                self.page = page;
                self.words.clear();
            }
            Asked::Search(words) => self.words = words,
            Asked::FocusSearch => focus_field(ui.ctx(), side::SEARCH, &self.words),
            Asked::Dismiss => self.said = None,
            Asked::Close => self.closing = true,
        }
    }

    /// Shows a change at once, and passes it on.
    fn change(&mut self, change: Change) {
        let before = self.config.clone();
        change.make(&mut self.config);
        if self.config == before {
            return;
        }
        self.changes += 1;
        self.under_way.push_back((self.changes, change.clone()));
        self.asks.push(Ask::Change(self.changes, change));
    }

    /// What was said has been there for long enough.
    fn fade(&mut self, now: Duration) {
        if self.said.is_some() {
            let since = *self.said_at.get_or_insert(now);
            if now.saturating_sub(since) >= SAID {
                self.said = None;
            }
        }
    }
}

impl crate::gui::shell::Content for Settings {
    type News = News;
    type Ask = Ask;

    fn title(&self) -> String {
        let page = side::name(self.page);
        text_with("set-window-title", &[("page", page.into())])
    }

    fn theme(&self) -> &Theme {
        &self.theme
    }

    fn text_scale(&self) -> Option<f32> {
        self.text_scale
    }

    fn hear(&mut self, news: News) {
        let Some(news) = self.parts.hear(news) else {
            return;
        };
        match news {
            News::Standing(standing) => self.stand(standing),
            News::Forecast(forecast) => self.forecast = forecast,
            News::Said(said) => self.say(said),
            News::Gallery(news) => self.gallery.hear(news),
            News::Look {
                theme,
                reduced_motion,
                text_scale,
            } => {
                self.theme = *theme;
                self.reduced_motion = reduced_motion;
                self.gallery.dress(*theme, reduced_motion);
                self.text_scale = Some(text_scale);
                self.repaint = true;
            }
            // The parts have heard it.
            News::Hold(_) | News::Hooks(_) | News::About(_) | News::Stored(_) | News::Count(..) => {
            }
        }
    }

    fn ui(&mut self, ui: &mut Ui, now: Duration) {
        if std::mem::take(&mut self.repaint) {
            self.theme.apply(ui.ctx(), self.reduced_motion);
        }
        let area = ui.max_rect();
        ui.painter().rect_filled(area, 0.0, self.theme.background);
        ground(ui, area);
        let Some(standing) = self.standing.take() else {
            spoken(ui, area, "set-loading", &text("set-loading"));
            return;
        };
        self.fade(now);
        let asked = self.shown_ui(ui, &standing, now);
        self.standing = Some(standing);
        for asked in asked {
            self.act(ui, asked);
        }
        self.closing |= self.gallery.closing();
        let of_stretches = self.gallery.take_asks().into_iter();
        self.asks.extend(of_stretches.map(Ask::Gallery));
        name_window(ui, &self.title());
    }

    fn take_asks(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.asks)
    }

    fn look_again(&self) -> Ask {
        Ask::LookAgain
    }

    fn closing(&self) -> bool {
        self.closing
    }

    fn next_picture(&self) -> Option<Duration> {
        let fades = self.said.as_ref().map(|_| Duration::from_secs(1));
        let in_gallery = self.page == Page::Stretches && self.words.is_empty();
        let moves = in_gallery.then(|| self.gallery.next_picture()).flatten();
        fades.into_iter().chain(moves).min()
    }
}

/// The page of the stretches: by what they are chosen, and the gallery below.
fn stretches_ui(
    ui: &mut Ui,
    view: &View<'_>,
    parts: &mut Parts,
    gallery: &mut Gallery,
    area: Rect,
) -> Vec<Asked> {
    let mut asked = Vec::new();
    let column = area.shrink2(vec2(space::EDGE, space::MEDIUM));
    let above = ui.scope_builder(UiBuilder::new().max_rect(column), |ui| {
        // The gallery keeps at least half of the height.
        egui::ScrollArea::vertical()
            .id_salt("set-rotation")
            .max_height(0.5 * column.height())
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let page = Page::Stretches;
                asked.extend(super::mistakes::on_page_ui(
                    ui,
                    view,
                    page,
                    &mut parts.typed,
                ));
                asked.extend(rotation_ui(ui, view, &mut parts.filters_open));
            });
    });
    let below = area.with_min_y(above.response.rect.bottom());
    let now = view.now;
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        gallery.ui(ui, now);
    });
    asked
}

/// What keys mean just now, besides those that a control with the focus takes.
struct Keys<'a> {
    /// What is looked for.
    words: &'a str,
    /// The bar at the bottom is there.
    said: bool,
    /// The gallery is shown, which has keys of its own.
    in_gallery: bool,
    /// Something is typed into a field and not yet taken.
    under_way: bool,
}

impl Keys<'_> {
    /// What the user asked for by a key.
    fn pressed(&self, ui: &Ui) -> Vec<Asked> {
        // By the modifiers of the event: quick fingers have let go of them before the frame.
        let command = |key| ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, key));
        let numbers = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
        ];
        let page = (numbers.into_iter().zip(Page::ALL)).find(|(key, _)| command(*key));
        if let Some((_, page)) = page {
            return vec![Asked::Page(page)];
        }
        if self.in_gallery {
            return Vec::new();
        }
        if command(Key::F) {
            return vec![Asked::FocusSearch];
        }
        if command(Key::W) || command(Key::Q) {
            return vec![Asked::Close];
        }
        let back = self.back_and_forth(ui);
        if !back.is_empty() {
            return back;
        }
        let plain = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        if !ui.ctx().text_edit_focused() && plain(Key::Slash) {
            return vec![Asked::FocusSearch];
        }
        match plain(Key::Escape) {
            true => self.escape(ui).into_iter().collect(),
            false => Vec::new(),
        }
    }

    /// Undo and redo; a field first takes back its own typing.
    fn back_and_forth(&self, ui: &Ui) -> Vec<Asked> {
        if self.under_way || is_searching(ui) {
            return Vec::new();
        }
        let redo = Modifiers::COMMAND | Modifiers::SHIFT;
        let keys = [
            (redo, Key::Z, Ask::Redo),
            (Modifiers::COMMAND, Key::Y, Ask::Redo),
            (Modifiers::COMMAND, Key::Z, Ask::Undo),
        ];
        // Taken away, or the field with the focus would take them for its own.
        let pressed = keys
            .into_iter()
            .find(|(modifiers, key, _)| ui.input_mut(|input| input.consume_key(*modifiers, *key)));
        let ask = pressed.map(|(_, _, ask)| Asked::Of(ask));
        ask.into_iter().collect()
    }

    /// What Esc leads out of.
    fn escape(&self, ui: &Ui) -> Option<Asked> {
        let searching = is_searching(ui);
        if ui.ctx().text_edit_focused() && !searching {
            return None;
        }
        match (self.words.is_empty(), self.said) {
            (false, _) => Some(Asked::Search(String::new())),
            (true, true) => Some(Asked::Dismiss),
            (true, false) => (!searching).then_some(Asked::Close),
        }
    }
}

/// The field to search in has the focus.
fn is_searching(ui: &Ui) -> bool {
    ui.memory(egui::Memory::focused) == Some(field_id(side::SEARCH))
}

/// Clicks beside the controls take the focus away from them.
fn ground(ui: &Ui, area: Rect) {
    // Not `Sense::click()`, which could have the focus itself.
    let ground = ui.interact(area, Id::unique("set-ground"), Sense::CLICK);
    if ground.clicked()
        && let Some(focused) = ui.memory(egui::Memory::focused)
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
}
