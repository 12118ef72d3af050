//! The window without a desktop: which page, what is looked for, what was changed and said.
//!
//! Reads no clock and no file: time and news are handed in, what the user asks of the program is
//! handed out, so a test can use the whole window.

use std::{collections::VecDeque, time::Duration};

use egui::{Id, Key, Rect, Sense, Ui, pos2};

use super::{
    Ask, Asked, Change, News, Page, Said, Standing, View,
    page::{Parts, found_ui, page_ui},
    side,
};
use crate::{
    core::config::Config,
    gui::{
        choices::focus_field,
        controls::{name_window, spoken},
        notice::{self, OnBar},
        theme::Theme,
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
    /// Changes that the keeper has not seen yet, with their numbers.
    under_way: VecDeque<(u64, Change)>,
    /// The settings with those changes made.
    config: Config,
    changes: u64,
    page: Page,
    /// What is looked for.
    words: String,
    parts: Parts,
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
            theme,
            reduced_motion,
            text_scale: None,
            repaint: false,
            standing: None,
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
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            now,
            config: &self.config,
            standing,
        };
        let mut asked = pressed(ui, &self.words, self.said.is_some());
        let width = if area.width() < NARROW {
            side::NARROW
        } else {
            side::WIDE
        };
        let (left, right) = area.split_left_right_at_x(area.left() + width);
        let line = egui::Stroke::new(1.0, self.theme.track);
        ui.painter().vline(left.right(), area.y_range(), line);
        let looking = !self.words.trim().is_empty();
        let open = (!looking).then_some(self.page);
        asked.extend(side::side_ui(ui, &view, left, open, &self.words));
        let right = Rect::from_min_max(pos2(right.left() + 1.0, right.top()), right.max);
        asked.extend(if looking {
            found_ui(ui, &view, &self.words, &mut self.parts, right)
        } else {
            page_ui(ui, &view, self.page, &mut self.parts, right)
        });
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
        match news {
            News::Standing(standing) => self.stand(standing),
            News::Said(said) => self.say(said),
            News::Look {
                theme,
                reduced_motion,
                text_scale,
            } => {
                self.theme = *theme;
                self.reduced_motion = reduced_motion;
                self.text_scale = Some(text_scale);
                self.repaint = true;
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
        name_window(ui, &self.title());
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
        self.said.as_ref().map(|_| Duration::from_secs(1))
    }
}

/// What the user asked for by a key, besides those that a control with the focus takes.
fn pressed(ui: &Ui, words: &str, said: bool) -> Vec<Asked> {
    let typing = ui.ctx().egui_wants_keyboard_input();
    let command = |key| ui.input(|input| input.modifiers.command && input.key_pressed(key));
    let shift = ui.input(|input| input.modifiers.shift);
    if command(Key::F) {
        return vec![Asked::FocusSearch];
    }
    if command(Key::W) || command(Key::Q) {
        return vec![Asked::Close];
    }
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
    // A field takes back its own typing.
    if !typing {
        if command(Key::Y) || (shift && command(Key::Z)) {
            return vec![Asked::Of(Ask::Redo)];
        }
        if command(Key::Z) {
            return vec![Asked::Of(Ask::Undo)];
        }
        let plain = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        if plain(Key::Slash) {
            return vec![Asked::FocusSearch];
        }
    }
    let escape = ui.input(|input| input.modifiers.is_none() && input.key_pressed(Key::Escape));
    let searching =
        ui.memory(egui::Memory::focused) == Some(crate::gui::choices::field_id(side::SEARCH));
    match (escape, typing && !searching, words.is_empty(), said) {
        (false, ..) | (true, true, ..) => Vec::new(),
        (true, false, false, _) => vec![Asked::Search(String::new())],
        (true, false, true, true) => vec![Asked::Dismiss],
        (true, false, true, false) if searching => Vec::new(),
        (true, false, true, false) => vec![Asked::Close],
    }
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
