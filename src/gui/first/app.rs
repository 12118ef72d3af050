//! The window without a desktop: which page, and what was chosen.

use std::time::Duration;

use egui::{Key, Ui};

use super::{
    Ask, News, Page, Standing, Waits,
    pages::{Pressed, View, window_ui},
};
use crate::{
    core::stretch::catalogue::Rig,
    gui::{
        controls::{name_window, spoken},
        gallery::Item,
        theme::Theme,
    },
    text::text,
};

/// The window of the first run.
pub struct First {
    theme: Theme,
    reduced_motion: bool,
    page: Page,
    /// Nothing before it has been read.
    standing: Option<Standing>,
    figure: Option<Box<(Rig, Item)>>,
    found: Option<[String; 3]>,
    said: Option<String>,
    asks: Vec<Ask>,
    closing: bool,
}

impl First {
    /// A window that waits for its first news.
    #[must_use]
    pub fn new(theme: Theme, reduced_motion: bool) -> Self {
        Self {
            theme,
            reduced_motion,
            page: Page::default(),
            standing: None,
            figure: None,
            found: None,
            said: None,
            asks: Vec::new(),
            closing: false,
        }
    }

    /// The colours.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self) -> String {
        text("first-window-title")
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

    /// The next picture of the figure, while it moves.
    #[must_use]
    pub fn next_picture(&self) -> Option<Duration> {
        let moves = self.page == Page::Hello && self.figure.is_some() && !self.reduced_motion;
        moves.then_some(Duration::from_millis(33))
    }

    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Figure(figure) => {
                let (rig, stretch) = *figure;
                self.figure = Some(Box::new((rig, Item::new(stretch, false))));
            }
            News::Standing(standing) => self.standing = Some(standing),
            News::Page(page) => self.page = page,
            News::Found(found) => self.found = Some(found),
            News::Said(said) => self.said = Some(said),
        }
    }

    /// Shows the window in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, now: Duration) {
        let area = ui.max_rect();
        name_window(ui, &self.title());
        let Some(standing) = &self.standing else {
            spoken(ui, area, "first-loading", &text("first-loading"));
            return;
        };
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            now,
            page: self.page,
            standing,
            figure: self.figure.as_deref(),
            found: self.found.as_ref(),
            said: self.said.as_deref(),
        };
        let mut pressed = window_ui(ui, &view, area);
        pressed.extend(self.key(ui));
        for pressed in pressed {
            self.act(pressed);
            ui.ctx().request_repaint();
        }
    }

    /// Escape closes; Page up and down, and Alt with the arrows, turn the page.
    fn key(&self, ui: &Ui) -> Option<Pressed> {
        let key = |key| ui.input(|input| input.key_pressed(key));
        let alt = ui.input(|input| input.modifiers.alt);
        let command = ui.input(|input| input.modifiers.command);
        let place = self.page.place();
        if key(Key::Escape) || command && (key(Key::W) || key(Key::Q)) {
            Some(Pressed::Close)
        } else if key(Key::PageDown) || alt && key(Key::ArrowRight) {
            Page::ALL.get(place + 1).map(|page| Pressed::To(*page))
        } else if key(Key::PageUp) || alt && key(Key::ArrowLeft) {
            place.checked_sub(1).map(|n| Pressed::To(Page::ALL[n]))
        } else {
            None
        }
    }

    fn act(&mut self, pressed: Pressed) {
        match pressed {
            Pressed::Of(ask) => self.ask(ask),
            Pressed::To(page) => self.turn_to(page),
            Pressed::Read(page) => {
                self.ask(Ask::Acknowledge);
                self.turn_to(page);
            }
            Pressed::Close => {
                self.ask(Ask::Done);
                self.closing = true;
            }
        }
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.said = None;
        self.ask(Ask::Turned(page));
    }

    /// Passes on what is asked of the program, and shows at once what will come of it.
    fn ask(&mut self, ask: Ask) {
        if let Some(standing) = &mut self.standing {
            match ask {
                Ask::Every(every) => standing.every = Some(every),
                Ask::Length(length) => standing.length = Some(length),
                Ask::Choose(preset) => standing.preset = Some(preset),
                Ask::Autostart(on) => standing.autostart = Some(on),
                Ask::Wait(what, on) => {
                    let place = Waits::ALL.iter().position(|other| *other == what);
                    if let Some(place) = place {
                        standing.waits[place] = on;
                    }
                }
                Ask::Try => self.closing = true,
                Ask::Acknowledge | Ask::Turned(_) | Ask::Done | Ask::LookAgain => {}
            }
        }
        self.asks.push(ask);
    }
}
