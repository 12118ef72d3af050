//! The window in which one chooses the stretches: a card for each, and a page for the details.
//!
//! - [`shelf`]: what there is to show, worked out beforehand;
//! - [`app`]: the window without a desktop: page, search, what is done and what was said;
//! - [`run`]: the process around it;
//! - [`sheet`]: the same as a picture, without a display;
//! - `filter`: which stretches are looked for;
//! - `cards` and `card`, `detail`, `top`: the parts of the window, a view in, what the
//!   user asked for out; `keys`: what keys mean; `figures`: the figures on them.
//!
//! Nothing here reads or writes a setting. What the user asks of the program comes out as an
//! [`Ask`], and what became of it comes back as [`News`].

use std::time::Duration;

use crate::{
    core::{
        rotation::{Preset, Weight},
        stretch::StretchId,
    },
    gui::theme::Theme,
};

pub mod app;
mod card;
mod cards;
mod detail;
mod figures;
mod filter;
mod keys;
pub mod run;
pub mod sheet;
pub mod shelf;
mod top;

pub use super::notice::Said;
pub use app::Gallery;
pub use filter::{BodyPart, Chip, Filter};
pub use shelf::{Ago, Item, Shelf, Standing, Standings};
pub use top::preset_text;

/// What the user asks of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Let a stretch come in breaks, or not.
    Switch {
        /// Which.
        stretch: StretchId,
        /// Which of the two.
        on: bool,
    },
    /// Let it come more or less often.
    Weigh {
        /// Which.
        stretch: StretchId,
        /// How often.
        weight: Weight,
    },
    /// A ready-made choice in place of the one there is.
    Choose(Preset),
    /// The last change was none.
    Undo,
    /// A break with this stretch, now.
    Try(StretchId),
    /// Something may have changed while the window was in the background.
    LookAgain,
}

/// What the program tells the window.
#[derive(Clone, Debug)]
pub enum News {
    /// What there is, anew; the standings belong to it.
    Shelf(Box<Shelf>, Standings),
    /// How things stand now.
    Standings(Standings),
    /// What was done, or why it was not.
    Said(Said),
}

/// Which page is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Page {
    /// All cards.
    #[default]
    Cards,
    /// One stretch.
    Detail(StretchId),
}

/// What the user asked for, of the window or of the program.
#[derive(Clone, Debug, PartialEq)]
enum Asked {
    /// Something of the program.
    Of(Ask),
    /// Look for these words.
    Search(String),
    /// Press a chip, or let it go.
    Chip(Chip),
    /// Look for nothing in particular.
    ShowAll,
    /// The page of this stretch.
    Open(StretchId),
    /// Back to the cards.
    Back,
    /// The focus to the field to search in.
    FocusSearch,
    /// The focus to the first of the cards.
    FocusFirst,
    /// The focus to the card of this stretch.
    FocusCard(StretchId),
    /// Take the sentence away.
    Dismiss,
    /// Close the window.
    Close,
}

/// Everything that is shown this frame, worked out beforehand.
struct View<'a> {
    theme: &'a Theme,
    /// Still pictures instead of movement.
    reduced_motion: bool,
    now: Duration,
    shelf: &'a Shelf,
    standings: &'a Standings,
    filter: &'a Filter,
    /// Places of the items that are shown, in their order.
    shown: &'a [usize],
    said: Option<&'a Said>,
    /// Another one when there is something new for screen readers to say.
    number: u64,
    /// The one that moves, and since when.
    moving: Option<(&'a StretchId, Duration)>,
    /// The card that got the focus and has to be in sight.
    focus: Option<&'a StretchId>,
}

impl View<'_> {
    fn item(&self, place: usize) -> &Item {
        &self.shelf.items[place]
    }

    /// How the item at this place stands; on and never done until the settings were read.
    fn standing(&self, place: usize) -> Standing {
        let unknown = Standing {
            on: self.shelf.items[place].stretch.default_on,
            weight: Weight::Normal,
            times: 0,
            last: None,
        };
        (self.standings.each.get(place)).map_or(unknown, |known| *known)
    }

    fn on(&self) -> usize {
        let places = 0..self.shelf.items.len();
        places.filter(|place| self.standing(*place).on).count()
    }
}
