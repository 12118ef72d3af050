//! The window without a desktop: which page, what is looked for, what was said.
//!
//! Reads no clock and no file: time and news are handed in, what the user asks of the program is
//! handed out, so a test can use the whole window.

use std::time::Duration;

use egui::{CornerRadius, FocusDirection, Rect, Sense, Ui, pos2, vec2};

use super::{
    Ask, Asked, Filter, News, Page, Said, Shelf, Standings, View,
    card::card_id,
    cards::{self, cards_ui},
    detail::detail_ui,
    figures::{self, Figures},
    keys, top,
};
use crate::{
    core::stretch::StretchId,
    gui::{
        choices::focus_field,
        controls::{name_window, spoken},
        notice::{self, OnBar},
        theme::{Theme, space},
    },
    text::{text, text_with},
};

/// The window in which one chooses the stretches.
pub struct Gallery {
    theme: Theme,
    reduced_motion: bool,
    /// Nothing before it has been read.
    shelf: Option<Shelf>,
    standings: Standings,
    filter: Filter,
    /// Places of the items that pass the filter. A stretch that no longer does because the user
    /// has just switched it off stays until something else is looked for: it would vanish from
    /// under the pointer.
    shown: Vec<usize>,
    page: Page,
    said: Option<Said>,
    /// How often something was said or looked for: what a screen reader says by itself is said
    /// anew with each.
    number: u64,
    /// What moves, and since when.
    moving: Option<(StretchId, Duration)>,
    /// The card that has got the focus, and has to be in sight in the next frame.
    focus: Option<StretchId>,
    columns: usize,
    /// What was typed after a key that leads elsewhere.
    typed_on: Vec<egui::Event>,
    figures: Figures,
    asks: Vec<Ask>,
    closing: bool,
}

impl Gallery {
    /// A window that waits for its first news.
    #[must_use]
    pub fn new(theme: Theme, reduced_motion: bool) -> Self {
        Self {
            theme,
            reduced_motion,
            shelf: None,
            standings: Standings::default(),
            filter: Filter::default(),
            shown: Vec::new(),
            page: Page::Cards,
            said: None,
            number: 0,
            moving: None,
            focus: None,
            columns: 1,
            typed_on: Vec::new(),
            figures: Figures::default(),
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
        match self.open() {
            Some(place) => {
                let name = self.item_name(place);
                text_with("gallery-window-title-one", &[("name", name.into())])
            }
            None => text("gallery-window-title"),
        }
    }

    /// The window should close.
    #[must_use]
    pub fn closing(&self) -> bool {
        self.closing
    }

    /// Looks like this from now on.
    pub fn dress(&mut self, theme: Theme, reduced_motion: bool) {
        self.theme = theme;
        self.reduced_motion = reduced_motion;
        self.figures.forget();
    }

    /// What the user asks of the program, in order; each is handed out once.
    pub fn take_asks(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.asks)
    }

    /// Opens the page of a stretch, as a click on its card does.
    pub fn show(&mut self, stretch: StretchId, now: Duration) {
        self.take(Asked::Open(stretch), now);
    }

    /// Takes news of the program.
    pub fn hear(&mut self, news: News) {
        match news {
            News::Shelf(shelf, standings) => {
                self.shelf = Some(*shelf);
                self.figures.forget();
                self.stand(standings);
                self.look_again();
                if self.open().is_none() {
                    self.page = Page::Cards;
                }
            }
            News::Standings(standings) => {
                let switched = (self.standings.each.iter().zip(&standings.each))
                    .filter(|(before, now)| before.on != now.on)
                    .count();
                let first = self.standings.each.is_empty();
                self.stand(standings);
                if first || switched > 1 {
                    self.look_again();
                }
            }
            News::Said(said) => {
                self.number += 1;
                self.said = Some(said);
            }
        }
    }

    fn stand(&mut self, standings: Standings) {
        // What cannot be undone any more is not offered.
        if !standings.can_undo && self.said.as_ref().is_some_and(|said| said.undo) {
            self.said = None;
        }
        self.standings = standings;
    }

    /// When the picture changes next, if the user does nothing.
    #[must_use]
    pub fn next_picture(&self) -> Option<Duration> {
        let (moving, _) = self.moving.as_ref().filter(|_| !self.reduced_motion)?;
        let shelf = self.shelf.as_ref()?;
        let item = shelf.items.iter().find(|item| item.stretch.id == *moving)?;
        figures::next_picture(item)
    }

    /// Shows the window in the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, now: Duration) {
        let area = ui.max_rect();
        ground(ui, area);
        name_window(ui, &self.title());
        let Some(shelf) = self.shelf.take() else {
            loading(ui, &self.theme, area);
            return;
        };
        let typed_on = std::mem::take(&mut self.typed_on);
        ui.input_mut(|input| input.events.splice(0..0, typed_on).for_each(drop));
        let (asked, lively) = self.shown_ui(ui, &shelf, area, now);
        self.shelf = Some(shelf);
        self.focus = None;
        self.follow(lively, now);
        if !self.typed_on.is_empty() {
            // What was typed on may have been an arrow, which is not meant for the focus of now.
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        }
        for asked in asked {
            self.act(ui, asked, now);
        }
    }

    /// Shows the page, and returns what was asked, in order, and what should move.
    fn shown_ui(
        &mut self,
        ui: &mut Ui,
        shelf: &Shelf,
        area: Rect,
        now: Duration,
    ) -> (Vec<Asked>, Option<StretchId>) {
        let moving = self.moving.as_ref();
        let view = View {
            theme: &self.theme,
            reduced_motion: self.reduced_motion,
            now,
            shelf,
            standings: &self.standings,
            filter: &self.filter,
            shown: &self.shown,
            said: self.said.as_ref(),
            number: self.number,
            moving: moving.map(|(stretch, since)| (stretch, *since)),
            focus: self.focus.as_ref(),
        };
        let (pressed, typed_on) = keys::pressed(ui, &view, &self.page, self.columns).unzip();
        let open = match &self.page {
            Page::Cards => None,
            Page::Detail(open) => place(shelf, open),
        };
        let (asked, lively) = match open {
            Some(place) => {
                let inner = area.shrink2(vec2(space::EDGE, 14.0));
                let top = notice::mistakes_ui(ui, view.theme, &view.standings.mistakes, inner);
                let top = if top > inner.top() { top } else { area.top() };
                let below = Rect::from_min_max(pos2(area.left(), top), area.max);
                let on_page = (&self.page, place);
                let asked = detail_ui(ui, &view, &mut self.figures, on_page, below);
                // Nobody looks at a window behind others for long.
                let looked_at = ui.input(|input| input.focused || input.pointer.has_pointer());
                let lively = looked_at.then(|| view.item(place).stretch.id.clone());
                (asked, lively)
            }
            None => {
                let (title, rest) = area.split_top_bottom_at_y(area.top() + top::HEIGHT);
                let title = title.shrink2(vec2(space::EDGE, 0.0));
                let on_title = top::title_ui(ui, &view, title);
                let inner = rest.shrink2(vec2(space::EDGE, 0.0));
                let top = notice::mistakes_ui(ui, view.theme, &view.standings.mistakes, inner);
                let below = Rect::from_min_max(pos2(rest.left(), top), rest.max);
                let shown = cards_ui(ui, &view, &mut self.figures, below);
                self.columns = shown.columns;
                (on_title.or(shown.asked), shown.lively)
            }
        };
        let on_bar = said_ui(ui, &view, area);
        self.typed_on = typed_on.unwrap_or_default();
        // What was typed into a field comes before a key that leaves it.
        let all = [asked, on_bar, pressed].into_iter().flatten();
        (all.collect(), lively)
    }

    /// What is under the pointer begins to move; what is not stands still again.
    fn follow(&mut self, lively: Option<StretchId>, now: Duration) {
        let same = match (&self.moving, &lively) {
            (Some((moving, _)), Some(lively)) => moving == lively,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !same {
            self.moving = lively.map(|stretch| (stretch, now));
        }
    }

    fn act(&mut self, ui: &Ui, asked: Asked, now: Duration) {
        let asked = match (asked, self.first()) {
            (Asked::FocusFirst, Some(first)) => Asked::FocusCard(first),
            (asked, _) => asked,
        };
        match &asked {
            Asked::FocusSearch => {
                focus_field(ui.ctx(), top::SEARCH, &self.filter.words);
            }
            Asked::FocusCard(stretch) => {
                ui.memory_mut(|memory| memory.request_focus(card_id(stretch)));
            }
            Asked::Back => {
                if let Page::Detail(stretch) = &self.page {
                    ui.memory_mut(|memory| memory.request_focus(card_id(stretch)));
                }
            }
            Asked::FocusFirst
            | Asked::Of(_)
            | Asked::Search(_)
            | Asked::Chip(_)
            | Asked::ShowAll
            | Asked::Open(_)
            | Asked::Dismiss
            | Asked::Close => {}
        }
        self.take(asked, now);
        ui.ctx().request_repaint();
    }

    fn take(&mut self, asked: Asked, now: Duration) {
        match asked {
            Asked::Of(ask) => self.ask(ask),
            Asked::Search(words) => {
                self.filter.words = words;
                self.look_for();
            }
            Asked::Chip(chip) => {
                self.filter.toggle(chip);
                self.look_for();
            }
            Asked::ShowAll => {
                self.filter = Filter::default();
                self.look_for();
            }
            Asked::Open(stretch) => {
                self.moving = Some((stretch.clone(), now));
                self.page = Page::Detail(stretch);
            }
            Asked::Back => {
                if let Page::Detail(stretch) = std::mem::take(&mut self.page) {
                    self.focus = Some(stretch);
                }
            }
            Asked::Dismiss => self.said = None,
            Asked::Close => self.closing = true,
            Asked::FocusSearch => self.page = Page::Cards,
            Asked::FocusFirst => {}
            Asked::FocusCard(stretch) => self.focus = Some(stretch),
        }
    }

    /// Passes on what is asked of the program, and shows at once what will come of it.
    fn ask(&mut self, ask: Ask) {
        match &ask {
            Ask::Undo if !self.standings.can_undo => return,
            Ask::Undo | Ask::Choose(_) | Ask::Try(_) | Ask::LookAgain => {}
            Ask::Switch { stretch, on } => {
                if let Some(standing) = self.standing(stretch) {
                    standing.on = *on;
                }
            }
            Ask::Weigh { stretch, weight } => {
                if let Some(standing) = self.standing(stretch) {
                    standing.weight = *weight;
                }
            }
        }
        self.asks.push(ask);
    }

    fn standing(&mut self, stretch: &StretchId) -> Option<&mut super::Standing> {
        let place = place(self.shelf.as_ref()?, stretch)?;
        self.standings.each.get_mut(place)
    }

    /// Something else is looked for.
    fn look_for(&mut self) {
        self.look_again();
        self.number += 1;
    }

    fn look_again(&mut self) {
        let Some(shelf) = &self.shelf else {
            return;
        };
        let items = shelf.items.iter().enumerate();
        self.shown = items
            .filter(|(place, item)| self.filter.passes(item, self.standings.each.get(*place)))
            .map(|(place, _)| place)
            .collect();
        self.shown
            .sort_by_key(|place| !self.filter.names(&shelf.items[*place]));
    }

    /// The stretch of the first card.
    fn first(&self) -> Option<StretchId> {
        let items = &self.shelf.as_ref()?.items;
        let place = *self.shown.first()?;
        Some(items.get(place)?.stretch.id.clone())
    }

    /// Place of the stretch whose page is open.
    fn open(&self) -> Option<usize> {
        match &self.page {
            Page::Cards => None,
            Page::Detail(stretch) => place(self.shelf.as_ref()?, stretch),
        }
    }

    fn item_name(&self, place: usize) -> String {
        let item = self.shelf.as_ref().and_then(|shelf| shelf.items.get(place));
        item.map(|item| item.name.clone()).unwrap_or_default()
    }
}

fn place(shelf: &Shelf, stretch: &StretchId) -> Option<usize> {
    (shelf.items.iter()).position(|item| item.stretch.id == *stretch)
}

/// What was done, at the bottom, and what was pressed there.
fn said_ui(ui: &mut Ui, view: &View<'_>, area: Rect) -> Option<Asked> {
    let said = view.said?;
    // What cannot be undone any more is not offered.
    let said = Said {
        undo: said.undo && view.standings.can_undo,
        words: said.words.clone(),
    };
    match notice::said_ui(ui, view.theme, (&said, view.number), area)? {
        OnBar::Undo => Some(Asked::Of(Ask::Undo)),
        OnBar::Dismiss => Some(Asked::Dismiss),
    }
}

/// Clicks beside the controls take the focus away from them.
fn ground(ui: &Ui, area: Rect) {
    let ground = ui.interact(
        area,
        egui::Id::unique("gallery-ground"),
        // Not `Sense::click()`, which could have the focus itself.
        Sense::CLICK,
    );
    if ground.clicked()
        && let Some(focused) = ui.memory(egui::Memory::focused)
    {
        ui.memory_mut(|memory| memory.surrender_focus(focused));
    }
}

/// The first frame, should it be faster than the disk: where the cards will be.
fn loading(ui: &mut Ui, theme: &Theme, area: Rect) {
    let said = text("gallery-loading");
    let inner = area.shrink2(vec2(space::EDGE, 0.0));
    let top = inner.top() + top::HEIGHT;
    let grid = cards::Grid::new(inner.width());
    for n in 0..grid.columns {
        let place = grid.place(n).translate(vec2(inner.left(), top));
        let corner = CornerRadius::same(space::CORNER + 2);
        ui.painter().rect_filled(place, corner, theme.ground);
    }
    spoken(ui, inner, "gallery-loading", &said);
}
