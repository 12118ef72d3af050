//! The window without a desktop: which span, which day, what was said.
//!
//! Reads no clock and no file: what there is to show is handed in, what the user asks of the
//! program is handed out, so a test can use the whole window.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use super::{
    Ask, Asked, Book, Chart, News, Reach, Said,
    calendar::day_id,
    keys,
    page::{View, page_ui},
    top,
};
use crate::{
    core::stats::span::Span,
    gui::{
        controls::{name_window, spoken},
        notice::{self, OnBar},
        theme::{Theme, space},
    },
    text::text,
};

/// The window of the history.
pub struct History {
    theme: Theme,
    reduced_motion: bool,
    /// Nothing before it has been read.
    book: Option<Box<Book>>,
    reach: Reach,
    day: Option<NaiveDate>,
    marked: BTreeMap<Chart, usize>,
    tables: BTreeSet<Chart>,
    menu: bool,
    sure: Option<Option<Span>>,
    said: Option<Said>,
    /// How often something was said.
    number: u64,
    asks: Vec<Ask>,
    closing: bool,
}

impl History {
    /// A window that waits for its first news.
    #[must_use]
    pub fn new(theme: Theme, reduced_motion: bool) -> Self {
        Self {
            theme,
            reduced_motion,
            book: None,
            reach: Reach::default(),
            day: None,
            marked: BTreeMap::new(),
            tables: BTreeSet::new(),
            menu: false,
            sure: None,
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

    /// The title of the window.
    #[must_use]
    pub fn title(&self) -> String {
        text("past-window-title")
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

    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Book(book) => {
                // The bars of another day are others.
                if (self.book.as_ref()).is_some_and(|before| before.today != book.today) {
                    self.marked.clear();
                }
                self.book = Some(book);
            }
            News::Said(said) => {
                self.number += 1;
                self.said = Some(said);
            }
        }
    }

    /// Looks as far back as this, as a click on it does.
    pub fn look(&mut self, reach: Reach, day: Option<NaiveDate>) {
        self.reach = reach;
        self.day = day;
    }

    /// Shows the window in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui) {
        let area = ui.max_rect();
        ground(ui, area);
        name_window(ui, &self.title());
        let Some(book) = self.book.take() else {
            spoken(ui, area, "past-loading", &text("past-loading"));
            return;
        };
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            book: &book,
            reach: self.reach,
            day: self.day,
            marked: &self.marked,
            tables: &self.tables,
            menu: self.menu,
            sure: self.sure,
            said: self.said.as_ref(),
            number: self.number,
        };
        let asked = shown_ui(ui, &view, area);
        self.book = Some(book);
        for asked in asked {
            self.act(ui, asked);
        }
    }

    fn act(&mut self, ui: &Ui, asked: Asked) {
        ui.ctx().request_repaint();
        match asked {
            Asked::Of(ask) => self.ask(ask),
            Asked::Reach(reach) => {
                self.reach = reach;
                self.marked.clear();
            }
            Asked::Day(day) => {
                // The focus goes along with the arrows.
                if let (Some(day), Some(focused)) = (day, ui.memory(egui::Memory::focused))
                    && self.is_a_day(focused)
                {
                    ui.memory_mut(|memory| memory.request_focus(day_id(day)));
                }
                self.day = day;
            }
            Asked::Bar(chart, n) => {
                self.marked.insert(chart, n);
            }
            Asked::Table(chart) => {
                if !self.tables.remove(&chart) {
                    self.tables.insert(chart);
                }
            }
            Asked::Menu(open) => self.menu = open,
            Asked::Sure(sure) => {
                self.sure = sure;
                self.menu = false;
            }
            Asked::Dismiss => self.said = None,
            Asked::Close => self.closing = true,
        }
    }

    fn is_a_day(&self, focused: Id) -> bool {
        let days = self.book.iter().flat_map(|book| &book.year.days);
        days.map(|day| day_id(day.date)).any(|id| id == focused)
    }

    fn ask(&mut self, ask: Ask) {
        match &ask {
            Ask::Undo if !self.said.as_ref().is_some_and(|said| said.undo) => return,
            Ask::Forget(_) => {
                self.sure = None;
                self.day = None;
            }
            Ask::Undo | Ask::LookAgain | Ask::Export(_) | Ask::Follow(_) | Ask::Dismiss(_) => {}
        }
        self.menu = false;
        self.asks.push(ask);
    }
}

/// Shows everything, and returns what was asked, in order.
fn shown_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Vec<Asked> {
    let (title, rest) = area.split_top_bottom_at_y(area.top() + top::HEIGHT);
    let key = keys::pressed(ui, view);
    let mut asked = Vec::new();
    let enabled = view.sure.is_none();
    ui.add_enabled_ui(enabled, |ui| {
        let inner = title.shrink2(vec2(space::EDGE, 0.0));
        asked.extend(top::title_ui(ui, view, inner));
        let problem: Vec<String> = view.book.problem.iter().cloned().collect();
        let below = rest.shrink2(vec2(space::EDGE, 0.0));
        let from = notice::mistakes_ui(ui, view.theme, &problem, below);
        let page = Rect::from_min_max(pos2(rest.left(), from), rest.max);
        asked.extend(page_ui(ui, view, page));
    });
    if let Some(said) = view.said {
        asked.extend(
            notice::said_ui(ui, view.theme, (said, view.number), area).map(
                |pressed| match pressed {
                    OnBar::Undo => Asked::Of(Ask::Undo),
                    OnBar::Dismiss => Asked::Dismiss,
                },
            ),
        );
    }
    asked.extend(top::sure_ui(ui, view, area));
    asked.extend(key);
    asked
}

/// Clicks beside the controls take the focus away from them.
fn ground(ui: &Ui, area: Rect) {
    // Not `Sense::click()`, which could have the focus itself.
    let ground = ui.interact(area, Id::unique("past-ground"), Sense::CLICK);
    if ground.clicked()
        && let Some(focused) = ui.memory(egui::Memory::focused)
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
}
