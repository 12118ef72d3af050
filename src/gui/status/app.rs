//! The window without a desktop.
//!
//! Reads no clock and asks nobody: how things stand is handed in, what the user asks is handed out,
//! so a test can use the whole window.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{Ask, News, Standing, Week, answers, dial, keys, week};
use crate::{
    gui::{
        controls::{fitted, name_window, spoken_at_once},
        fonts,
        theme::{Theme, size, space},
    },
    text::text,
};

/// The window with the status.
pub struct Status {
    theme: Theme,
    /// Nothing before it has been read.
    standing: Option<Standing>,
    week: Option<Week>,
    said: Option<String>,
    /// How often something was said: screen readers say each by themselves.
    number: u64,
    asks: Vec<Ask>,
    closing: bool,
}

/// What the user asked for, of the window or of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Something of the program.
    Of(Ask),
    /// Close the window.
    Close,
}

impl Status {
    /// A window that waits for its first news.
    #[must_use]
    pub fn new(theme: Theme) -> Self {
        Self {
            theme,
            standing: None,
            week: None,
            said: None,
            number: 0,
            asks: Vec::new(),
            closing: false,
        }
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The window should close.
    #[must_use]
    pub fn closing(&self) -> bool {
        self.closing
    }

    /// What the user asks of the program, in order; each is handed out once.
    pub fn take_asks(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.asks)
    }

    /// Takes news.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Standing(standing) => {
                let before = self.standing.as_ref().map(|before| &before.doing);
                let other = before.map(std::mem::discriminant)
                    != Some(std::mem::discriminant(&standing.doing));
                if other {
                    self.said = None;
                    self.number += 1;
                }
                self.standing = Some(standing);
            }
            News::Week(week) => self.week = Some(week),
            News::Said(said) => {
                self.number += 1;
                self.said = Some(said);
            }
            News::Replaced => self.closing = true,
        }
    }

    /// Shows the window in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui) {
        name_window(ui, &text("glance-window-title"));
        let area = ui.max_rect();
        ground(ui, area);
        let inner = area.shrink(space::EDGE);
        let pressed = keys::pressed(ui, self.standing.as_ref());
        let mut asked: Vec<Asked> = pressed.into_iter().collect();
        if let Some(standing) = &self.standing {
            let bottom = week::windows_ui(ui, &self.theme, inner, &mut asked);
            let number = self.number;
            let mut top = dial::dial_ui(ui, &self.theme, standing, number, inner);
            top = answers::answers_ui(ui, &self.theme, standing, below(inner, top), &mut asked);
            let rest = Rect::from_min_max(pos2(inner.left(), top), pos2(inner.right(), bottom));
            if let Some(week) = &self.week {
                week::week_ui(ui, &self.theme, week, rest);
            }
        }
        self.said_ui(ui, inner);
        for asked in asked {
            match asked {
                Asked::Close => self.closing = true,
                Asked::Of(ask) => {
                    self.said = None;
                    self.asks.push(ask);
                }
            }
        }
    }

    /// What was not done, and why: a line above the buttons at the bottom.
    fn said_ui(&self, ui: &mut Ui, inner: Rect) {
        let Some(said) = &self.said else { return };
        let bottom = inner.bottom() - space::BUTTON - space::SMALL;
        let line = Rect::from_min_max(
            pos2(inner.left(), bottom - 20.0),
            pos2(inner.right(), bottom),
        );
        let sizes = (size::MARK, size::FAINT);
        let room = inner.width();
        let words = fitted(ui, said, fonts::medium, sizes, room, self.theme.text);
        let ground = line.expand2(vec2(space::SMALL, space::TIGHT));
        ui.painter().rect_filled(ground, 6.0, self.theme.marked());
        ui.painter().galley(line.min, words, self.theme.text);
        spoken_at_once(ui, line, ("glance-said", self.number), said);
    }
}

fn below(area: Rect, top: f32) -> Rect {
    Rect::from_min_max(pos2(area.left(), top), area.max)
}

/// Clicks beside the controls take the focus away from them.
fn ground(ui: &Ui, area: Rect) {
    // Not `Sense::click()`, which could have the focus itself.
    let ground = ui.interact(area, egui::Id::unique("glance-ground"), Sense::CLICK);
    if ground.clicked()
        && let Some(focused) = ui.memory(egui::Memory::focused)
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
}
