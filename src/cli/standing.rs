//! How each stretch stands with the user: whether it comes and how often, and when it was done.

use std::collections::BTreeMap;

use crate::{
    config_file,
    core::{
        config::{Rotation, StretchFacts},
        rotation::Weight,
        stats::{self, Use},
        stretch::{Catalogue, Stretch, StretchId},
        time::Moment,
    },
    desktop::clock,
    store::{self, Reader},
    text::text,
};

/// The settings and the history, as far as they are about stretches.
pub struct Standing {
    rotation: Rotation,
    facts: Vec<StretchFacts>,
    /// What was done to its end, and how often since Monday.
    pub uses: BTreeMap<StretchId, Use>,
    now: Moment,
}

impl Standing {
    /// Reads settings and history. Says what cannot be read, and goes on without it.
    pub fn of(catalogue: &Catalogue) -> Self {
        let facts = catalogue.facts();
        let loaded = config_file::load(&config_file::locate(None), &facts);
        if !loaded.problems.is_empty() {
            eprintln!("{}", text("stretches-settings-problems"));
        }
        let now = clock::now();
        let day_starts = loaded.config.schedule.day_starts;
        let monday = stats::week_began(now.utc, now.zone, day_starts);
        let uses = Reader::open(&store::history_file()).and_then(|read| read.by_stretch(monday));
        let uses = uses.unwrap_or_else(|notice| {
            eprintln!("unhunch: {}", notice.text());
            BTreeMap::new()
        });
        Self {
            rotation: loaded.config.rotation,
            facts,
            uses,
            now,
        }
    }

    /// Whether it rotates.
    pub fn is_on(&self, stretch: &Stretch) -> bool {
        self.rotation.is_on(&stretch.id, &self.facts)
    }

    /// How often it comes, if it does.
    pub fn weight(&self, stretch: &Stretch) -> Weight {
        self.rotation.weight(&stretch.id)
    }

    /// How often it was done this week, and when last.
    pub fn done(&self, stretch: &Stretch) -> Use {
        self.uses.get(&stretch.id).copied().unwrap_or_default()
    }

    /// The day on which it was done last.
    pub fn last_day(&self, stretch: &Stretch) -> Option<String> {
        let last = self.done(stretch).last?;
        Some(self.now.zone.local(last).format("%Y-%m-%d").to_string())
    }

    /// The mark before its line in the list.
    pub fn mark(&self, stretch: &Stretch) -> &'static str {
        match (self.is_on(stretch), self.weight(stretch)) {
            (false, _) => " ",
            (true, Weight::Normal) => "*",
            (true, Weight::More) => "+",
            (true, Weight::Less) => "-",
        }
    }
}
