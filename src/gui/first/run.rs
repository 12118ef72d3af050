//! The process of the window.

use std::time::Duration;

use egui::{Ui, Vec2};

use super::{Ask, First, News};
use crate::gui::{
    shell::{self, Content, Outside},
    stand::Kind,
    theme::Theme,
};

const KIND: Kind = Kind {
    remembered_as: "first-run",
    usual: Vec2::new(620.0, 720.0),
    smallest: Vec2::new(420.0, 480.0),
};

/// Where news goes in.
pub type Tell = shell::Tell<News>;
/// Where comes out what the user asks.
pub type Asks = shell::Asks<Ask>;

/// Shows the window until it closes. `start` is called before the graphics are loaded.
///
/// # Errors
/// If there is no display, there are no graphics, or the desktop went away.
pub fn run(outside: Outside, start: impl FnOnce(Tell) -> Asks) -> Result<(), eframe::Error> {
    let look = &outside.look;
    let theme = Theme::new(look.dark, look.high_contrast, look.figure_tone);
    let first = First::new(theme, look.reduced_motion);
    shell::run(KIND, first, outside, start)
}

impl Content for First {
    type News = News;
    type Ask = Ask;

    fn title(&self) -> String {
        self.title()
    }

    fn theme(&self) -> &Theme {
        self.theme()
    }

    fn hear(&mut self, news: News) {
        self.hear(news);
    }

    fn ui(&mut self, ui: &mut Ui, now: Duration) {
        self.ui(ui, now);
    }

    fn take_asks(&mut self) -> Vec<Ask> {
        self.take_asks()
    }

    fn look_again(&self) -> Ask {
        Ask::LookAgain
    }

    fn closing(&self) -> bool {
        self.closing()
    }

    fn next_picture(&self) -> Option<Duration> {
        self.next_picture()
    }
}
