//! The window without a desktop: which span, which day, what was said.
//!
//! Reads no clock and no file: what there is to show is handed in, what the user asks of the
//! program is handed out, so a test can use the whole window.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;
use egui::{Id, Key, Rect, Sense, Ui, pos2, vec2};

use super::{
    Ask, Asked, Book, Chart, News, Reach, Said,
    calendar::day_id,
    figures::Figures,
    keys,
    page::{View, page_ui},
    strip::{self, OnStrip, Strip},
    sure::{Answer, sure_ui},
    top,
};
use crate::{
    core::stats::span::Span,
    gui::{
        choices::focus_field,
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
    book: Option<Arc<Book>>,
    /// What the charts show of it; nothing before it was looked at.
    charts: Vec<Figures>,
    reach: Reach,
    day: Option<NaiveDate>,
    marked: BTreeMap<Chart, usize>,
    tables: BTreeSet<Chart>,
    menu: bool,
    /// It was opened just now.
    menu_is_new: bool,
    strip: Option<Strip>,
    /// How many breaks there are in some days.
    count: Option<(Span, u32)>,
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
            charts: Vec::new(),
            reach: Reach::default(),
            day: None,
            marked: BTreeMap::new(),
            tables: BTreeSet::new(),
            menu: false,
            menu_is_new: false,
            strip: None,
            count: None,
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
                // The bars of other days are others.
                let days = |book: &Book| (book.today, book.until);
                if (self.book.as_ref()).is_some_and(|before| days(before) != days(&book)) {
                    self.marked.clear();
                    self.day = (self.day)
                        .filter(|day| (book.year.span.first..=book.newest()).contains(day));
                }
                self.charts.clear();
                self.book = Some(book);
            }
            News::Count(span, count) => self.count = Some((span, count)),
            News::Said(said) => {
                self.number += 1;
                self.said = Some(said);
            }
        }
    }

    /// Looks as far back as this, as a click on it does.
    pub fn look(&mut self, reach: Reach, day: Option<NaiveDate>) {
        self.set_reach(reach);
        self.day = day;
    }

    /// Opens the strip below the title, as the menu does.
    pub fn open_strip(&mut self, strip: Option<Strip>) {
        if let Some(span) = strip.as_ref().and_then(Strip::span) {
            self.asks.push(Ask::Count(span));
        }
        self.strip = strip;
    }

    fn set_reach(&mut self, reach: Reach) {
        self.reach = reach;
        self.marked.clear();
        self.charts.clear();
    }

    /// Shows the window in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui) {
        let area = ui.max_rect();
        ground(ui, area);
        name_window(ui, &self.title());
        let Some(book) = self.book.clone() else {
            spoken(ui, area, "past-loading", &text("past-loading"));
            return;
        };
        if self.charts.is_empty() {
            let review = book.review(self.reach);
            let all = [Chart::Breaks, Chart::Stretched, Chart::Hours].into_iter();
            let figures = |chart| Figures::of(chart, &self.theme, review, self.reach);
            self.charts = all.map(figures).collect();
        }
        let count = (self.strip.as_ref().and_then(Strip::span))
            .and_then(|span| self.count.filter(|(of, _)| *of == span));
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            book: &book,
            reach: self.reach,
            day: self.day,
            marked: &self.marked,
            tables: &self.tables,
            charts: &self.charts,
            menu: self.menu,
            menu_is_new: self.menu_is_new,
            strip: (self.strip.as_ref()).map(|strip| (strip, count.map(|(_, count)| count))),
            sure: self.sure,
            said: self.said.as_ref(),
            number: self.number,
        };
        let asked = shown_ui(ui, &view, area);
        self.menu_is_new = false;
        for asked in asked {
            self.act(ui, asked);
        }
    }

    fn act(&mut self, ui: &Ui, asked: Asked) {
        ui.ctx().request_repaint();
        match asked {
            Asked::Of(ask) => self.ask(ask),
            Asked::Reach(reach) => self.set_reach(reach),
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
            Asked::Menu(open) => {
                self.menu = open;
                self.menu_is_new = open;
                // Whoever leaves by keyboard goes on from where the menu was opened.
                if !open && ui.input(|input| input.key_pressed(Key::Escape)) {
                    ui.memory_mut(|memory| memory.request_focus(Id::unique("past-menu")));
                }
            }
            Asked::Strip(strip) => self.act_strip(ui, strip),
            Asked::Sure(sure) => {
                self.sure = sure;
                self.menu = false;
            }
            Asked::Dismiss => self.said = None,
            Asked::Close => self.closing = true,
        }
    }

    fn act_strip(&mut self, ui: &Ui, strip: Option<Strip>) {
        // What is opened is typed into next; what is typed keeps its place.
        let opened = |strip: &&Strip| {
            let before = self.strip.as_ref().map(std::mem::discriminant);
            before != Some(std::mem::discriminant(*strip))
        };
        match strip.as_ref().filter(opened) {
            Some(Strip::Import(file)) => focus_field(ui.ctx(), strip::FILE, file),
            Some(Strip::Days(from, _)) => focus_field(ui.ctx(), strip::FROM, from),
            None => {}
        }
        self.menu = false;
        self.open_strip(strip);
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
                self.strip = None;
            }
            Ask::Import(_) => self.strip = None,
            Ask::LookUpTo(_) => self.day = None,
            Ask::Undo
            | Ask::LookAgain
            | Ask::Export(_)
            | Ask::Choose
            | Ask::Count(_)
            | Ask::Follow(_)
            | Ask::Dismiss(_) => {}
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
        let (on_strip, from) = strip_ui(ui, view, below.with_min_y(from));
        asked.extend(on_strip);
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
    if let Some(span) = view.sure {
        asked.extend(
            sure_ui(ui, view.theme, span, area).map(|answer| match answer {
                Answer::Delete => Asked::Of(Ask::Forget(span)),
                Answer::Keep => Asked::Sure(None),
            }),
        );
    } else {
        asked.extend(dropped(ui));
    }
    asked.extend(key);
    asked
}

/// The strip from the top of `area` downwards, if it is open; and where it ends.
fn strip_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> (Option<Asked>, f32) {
    let Some((strip, count)) = view.strip else {
        return (None, area.top());
    };
    let place = area.with_max_y(area.top() + strip.height(area.width()));
    let asked = strip.ui(ui, view.theme, place, count).map(|on| match on {
        OnStrip::Typed(strip) => Asked::Strip(Some(strip)),
        OnStrip::Import(file) => Asked::Of(Ask::Import(file)),
        OnStrip::Choose => Asked::Of(Ask::Choose),
        OnStrip::Delete(span) => Asked::Sure(Some(Some(span))),
        OnStrip::Close => Asked::Strip(None),
    });
    (asked, place.bottom() + space::MEDIUM)
}

/// A file that was dropped onto the window is taken in.
fn dropped(ui: &Ui) -> Vec<Asked> {
    let files = ui.input(|input| input.raw.dropped_files.clone());
    let named = |file: &egui::DroppedFileHandle| file.path().display().to_string();
    let ask = |file| Asked::Of(Ask::Import(named(file)));
    files.iter().map(ask).collect()
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
