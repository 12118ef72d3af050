//! The menu of the icon: entries with ids that stay.
//!
//! A panel asks for the menu, shows it for as long as the user likes, and sends the id of what was
//! clicked. By then the menu may be another one. So an entry keeps its id for as long as the program
//! runs, whatever else comes and goes, and a click on one that is gone does nothing.

use super::Wish;

/// The id of the menu itself.
pub const ROOT: i32 = 0;

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it says. Empty for a line.
    pub label: String,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something to read, by this name.
    Label(&'static str),
    /// A line between groups, by this name.
    Line(&'static str),
    /// Something to choose.
    Choice(Wish),
    /// Something that is on or off; choosing it asks for the wish.
    Switch {
        /// What choosing it asks for.
        wish: Wish,
        /// Its name: the wish differs between on and off, the entry does not.
        name: &'static str,
        /// Whether it is on.
        on: bool,
    },
    /// More entries behind this one, by this name.
    More(&'static str, Vec<Entry>),
}

/// By what an entry is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    Label(&'static str),
    Line(&'static str),
    Switch(&'static str),
    More(&'static str),
    Choice(Wish),
}

impl Entry {
    fn key(&self) -> Key {
        match &self.kind {
            Kind::Label(name) => Key::Label(name),
            Kind::Line(name) => Key::Line(name),
            Kind::Switch { name, .. } => Key::Switch(name),
            Kind::More(name, _) => Key::More(name),
            Kind::Choice(wish) => Key::Choice(wish.clone()),
        }
    }

    /// The entries behind it.
    #[must_use]
    pub fn children(&self) -> &[Entry] {
        match &self.kind {
            Kind::More(_, entries) => entries,
            Kind::Label(_) | Kind::Line(_) | Kind::Choice(_) | Kind::Switch { .. } => &[],
        }
    }

    /// What choosing it asks for.
    #[must_use]
    pub fn wish(&self) -> Option<&Wish> {
        match &self.kind {
            Kind::Choice(wish) | Kind::Switch { wish, .. } => Some(wish),
            Kind::Label(_) | Kind::Line(_) | Kind::More(..) => None,
        }
    }
}

/// What has changed between two menus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    Nothing,
    /// The same entries in the same places; these say something else than before.
    Words(Vec<i32>),
    /// Entries came, went or moved.
    Layout,
}

/// The menu as it is now.
#[derive(Debug, Default)]
pub struct Menu {
    entries: Vec<Entry>,
    /// Everything that was ever in it. The id is the place, counted from 1.
    known: Vec<Key>,
    revision: u32,
}

impl Menu {
    /// How often its layout has changed.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// From now on it has these entries.
    pub fn set(&mut self, entries: Vec<Entry>) -> Change {
        if entries == self.entries {
            return Change::Nothing;
        }
        let before: Vec<(i32, i32)> = self.layout();
        let old = std::mem::replace(&mut self.entries, entries);
        for entry in flat(&self.entries) {
            let key = entry.key();
            if !self.known.contains(&key) {
                self.known.push(key);
            }
        }
        if before != self.layout() {
            self.revision += 1;
            return Change::Layout;
        }
        let pairs = flat(&old).into_iter().zip(flat(&self.entries));
        let other = pairs.filter(|(old, new)| said(old) != said(new));
        Change::Words(other.map(|(_, new)| self.id(new)).collect())
    }

    /// The id of an entry of this menu.
    #[must_use]
    pub fn id(&self, entry: &Entry) -> i32 {
        let key = entry.key();
        let place = self.known.iter().position(|known| *known == key);
        place.map_or(-1, |place| i32::try_from(place + 1).unwrap_or(-1))
    }

    /// The entry with this id, if it is in the menu now.
    #[must_use]
    pub fn entry(&self, id: i32) -> Option<&Entry> {
        let place = usize::try_from(id).ok()?.checked_sub(1)?;
        let key = self.known.get(place)?;
        flat(&self.entries)
            .into_iter()
            .find(|entry| entry.key() == *key)
    }

    /// The entries behind the one with this id, or of the menu itself. `None`: there is no such id.
    #[must_use]
    pub fn behind(&self, id: i32) -> Option<&[Entry]> {
        match id {
            ROOT => Some(&self.entries),
            _ => self.entry(id).map(Entry::children),
        }
    }

    /// The ids of all entries, the menu itself included.
    pub fn ids(&self) -> Vec<i32> {
        let entries = flat(&self.entries).into_iter();
        std::iter::once(ROOT)
            .chain(entries.map(|entry| self.id(entry)))
            .collect()
    }

    /// Every id with how many entries are behind it, in order.
    fn layout(&self) -> Vec<(i32, i32)> {
        let count = |entry: &Entry| i32::try_from(entry.children().len()).unwrap_or(i32::MAX);
        flat(&self.entries)
            .into_iter()
            .map(|entry| (self.id(entry), count(entry)))
            .collect()
    }
}

/// What the user sees of an entry, but for the entries behind it.
fn said(entry: &Entry) -> (&str, Option<bool>) {
    let on = match &entry.kind {
        Kind::Switch { on, .. } => Some(*on),
        Kind::Label(_) | Kind::Line(_) | Kind::Choice(_) | Kind::More(..) => None,
    };
    (&entry.label, on)
}

/// All entries, those behind an entry right after it.
fn flat(entries: &[Entry]) -> Vec<&Entry> {
    let mut all = Vec::new();
    for entry in entries {
        all.push(entry);
        all.extend(flat(entry.children()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(label: &str, wish: Wish) -> Entry {
        Entry {
            label: label.to_owned(),
            kind: Kind::Choice(wish),
        }
    }

    fn line(name: &'static str) -> Entry {
        Entry {
            label: String::new(),
            kind: Kind::Line(name),
        }
    }

    fn next(label: &str) -> Entry {
        Entry {
            label: label.to_owned(),
            kind: Kind::Label("next"),
        }
    }

    #[test]
    fn an_entry_keeps_its_id_while_others_come_and_go() {
        let mut menu = Menu::default();
        let quit = choice("Quit", Wish::Quit);
        assert_eq!(menu.set(vec![next("25 min"), quit.clone()]), Change::Layout);
        let id = menu.id(&quit);
        let skip = choice("Skip", Wish::Skip);
        assert_eq!(
            menu.set(vec![next("now"), skip.clone(), quit.clone()]),
            Change::Layout
        );
        assert_eq!(menu.id(&quit), id);
        let gone = menu.id(&skip);
        menu.set(vec![next("60 min"), quit.clone()]);
        assert_eq!(menu.entry(gone), None, "a click that comes too late");
        assert_eq!(menu.entry(id), Some(&quit));
        assert_eq!(menu.revision(), 3);
    }

    #[test]
    fn other_words_are_no_other_layout() {
        let mut menu = Menu::default();
        let paused = |on| Entry {
            label: "Paused".to_owned(),
            kind: Kind::Switch {
                wish: if on {
                    Wish::Resume
                } else {
                    Wish::PauseOrResume
                },
                name: "paused",
                on,
            },
        };
        menu.set(vec![next("25 min"), paused(false)]);
        assert_eq!(
            menu.set(vec![next("25 min"), paused(false)]),
            Change::Nothing
        );
        assert_eq!(
            menu.set(vec![next("20 min"), paused(false)]),
            Change::Words(vec![1])
        );
        assert_eq!(
            menu.set(vec![next("20 min"), paused(true)]),
            Change::Words(vec![2])
        );
        assert_eq!(menu.revision(), 1);
        let wish = menu.entry(2).and_then(Entry::wish);
        assert_eq!(wish, Some(&Wish::Resume));
    }

    #[test]
    fn what_is_behind_an_entry_is_found_by_its_id() {
        let mut menu = Menu::default();
        let more = Entry {
            label: "Pause".to_owned(),
            kind: Kind::More("pause", vec![choice("Resume", Wish::Resume), line("pause")]),
        };
        menu.set(vec![more.clone(), choice("Quit", Wish::Quit)]);
        assert_eq!(menu.ids(), [ROOT, 1, 2, 3, 4]);
        assert_eq!(menu.behind(ROOT).map(<[_]>::len), Some(2));
        assert_eq!(menu.behind(1), Some(more.children()));
        assert_eq!(menu.behind(3), Some(&[][..]), "a line of the same name");
        for id in [-1, 5, i32::MAX, i32::MIN] {
            assert_eq!(menu.behind(id), None);
        }
    }
}
