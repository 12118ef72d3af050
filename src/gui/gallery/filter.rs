//! Which of the stretches are looked for: words, and chips.

use std::collections::BTreeSet;

use super::shelf::{Item, Standing};
use crate::{
    core::stretch::{Area, Posture, Stretch},
    stretch_text,
};

/// A chip that narrows what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chip {
    /// Can be done so.
    Posture(Posture),
    /// Works on this part of the body.
    Body(BodyPart),
    /// Needs nothing, a chair to sit on aside.
    NeedsNothing,
    /// Comes in breaks.
    On,
}

/// Parts of the body as people think of them; each stands for one or more [`Area`]s.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum BodyPart {
    Neck,
    Shoulders,
    UpperBack,
    Chest,
    Sides,
    Arms,
    LowerBackAndLegs,
}

impl BodyPart {
    const ALL: [Self; 7] = [
        Self::Neck,
        Self::Shoulders,
        Self::UpperBack,
        Self::Chest,
        Self::Sides,
        Self::Arms,
        Self::LowerBackAndLegs,
    ];

    fn areas(self) -> &'static [Area] {
        match self {
            Self::Neck => &[Area::Neck, Area::UpperTrapezius],
            Self::Shoulders => &[Area::Shoulders, Area::UpperTrapezius],
            Self::UpperBack => &[Area::Rhomboids, Area::ThoracicSpine],
            Self::Chest => &[Area::Chest],
            Self::Sides => &[Area::Lats, Area::SideBody],
            Self::Arms => &[Area::Triceps, Area::Wrists],
            Self::LowerBackAndLegs => &[Area::LowerBack, Area::Hips, Area::Hamstrings, Area::Legs],
        }
    }
}

impl Chip {
    /// All of them, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        let postures = Posture::ALL.into_iter().map(Self::Posture);
        let parts = BodyPart::ALL.into_iter().map(Self::Body);
        postures.chain(parts).chain([Self::NeedsNothing, Self::On])
    }

    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::Posture(Posture::Seated) => "gallery-chip-seated",
            Self::Posture(Posture::Standing) => "gallery-chip-standing",
            Self::Posture(Posture::Floor) => "gallery-chip-floor",
            Self::Body(BodyPart::Neck) => "gallery-chip-neck",
            Self::Body(BodyPart::Shoulders) => "gallery-chip-shoulders",
            Self::Body(BodyPart::UpperBack) => "gallery-chip-upper-back",
            Self::Body(BodyPart::Chest) => "gallery-chip-chest",
            Self::Body(BodyPart::Sides) => "gallery-chip-sides",
            Self::Body(BodyPart::Arms) => "gallery-chip-arms",
            Self::Body(BodyPart::LowerBackAndLegs) => "gallery-chip-lower",
            Self::NeedsNothing => "gallery-chip-nothing",
            Self::On => "gallery-chip-on",
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// As it was typed.
    pub words: String,
    /// The chips that are pressed. Those of one kind are alternatives.
    pub chips: BTreeSet<Chip>,
}

impl Filter {
    /// Whether everything is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.chips.is_empty()
    }

    /// Presses a chip, or lets it go.
    pub fn toggle(&mut self, chip: Chip) {
        if !self.chips.remove(&chip) {
            self.chips.insert(chip);
        }
    }

    /// Whether the words that were typed are found in what a stretch is called: such stretches
    /// come before those that only speak of them.
    #[must_use]
    pub fn names(&self, item: &Item) -> bool {
        item.haystack.is_called(&self.words)
    }

    /// Whether a stretch is shown.
    #[must_use]
    pub fn passes(&self, item: &Item, standing: Option<&Standing>) -> bool {
        self.passes_chips(item, standing) && item.haystack.has(&self.words)
    }

    fn passes_chips(&self, item: &Item, standing: Option<&Standing>) -> bool {
        let stretch = &item.stretch;
        let (mut posture, mut body) = (None, None);
        for chip in &self.chips {
            match chip {
                Chip::Posture(wanted) => {
                    *posture.get_or_insert(false) |= stretch.postures.contains(wanted);
                }
                Chip::Body(part) => {
                    let works = |area: &Area| stretch.areas.contains(area);
                    *body.get_or_insert(false) |= part.areas().iter().any(works);
                }
                Chip::NeedsNothing if needs_something(stretch) => return false,
                Chip::On if standing.is_some_and(|standing| !standing.on) => return false,
                Chip::NeedsNothing | Chip::On => {}
            }
        }
        posture != Some(false) && body != Some(false)
    }
}

/// Whether more is needed than the chair that "seated" means anyway.
#[must_use]
pub fn needs_something(stretch: &Stretch) -> bool {
    let seated = stretch.postures.contains(&Posture::Seated);
    (stretch.needs.iter()).any(|need| !(seated && need == "chair"))
}

/// Every word by which a stretch is found, in small letters.
#[derive(Clone, Debug)]
pub(super) struct Haystack {
    names: String,
    /// The names, and everything else.
    all: String,
}

impl Haystack {
    pub(super) fn of(stretch: &Stretch) -> Self {
        let mut words = vec![
            stretch.id.to_string(),
            stretch.name.clone(),
            stretch_text::name(stretch),
        ];
        words.extend(stretch.aliases.iter().cloned());
        let names = plain(&words.join("\n"));
        words.extend([
            stretch_text::areas(&stretch.areas),
            stretch_text::postures(&stretch.postures),
            stretch_text::advice(stretch).summary,
        ]);
        words.extend(stretch.areas.iter().map(|area| area.word().to_owned()));
        words.extend((0..stretch.phases.len()).map(|phase| stretch_text::cue(stretch, phase)));
        let all = plain(&words.join("\n"));
        Self { names, all }
    }

    /// Whether every word that was typed is found somewhere.
    fn has(&self, typed: &str) -> bool {
        has_every_word(&self.all, typed)
    }

    /// Whether every word that was typed is found in the names.
    fn is_called(&self, typed: &str) -> bool {
        has_every_word(&self.names, typed)
    }
}

fn has_every_word(text: &str, typed: &str) -> bool {
    plain(typed)
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// Small letters; what joins words is a space, so that "upper-back" and "upper back" are the same.
fn plain(words: &str) -> String {
    words.to_lowercase().replace(['-', '_', '‑', '’'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{core::rotation::Weight, stretch_file};

    fn items() -> Vec<Item> {
        let stretches = stretch_file::builtin().stretches.into_iter();
        stretches.map(|stretch| Item::new(stretch, false)).collect()
    }

    fn found(filter: &Filter) -> Vec<String> {
        let on = |item: &Item| Standing {
            on: item.stretch.default_on,
            weight: Weight::Normal,
            times: 0,
            last: None,
        };
        items()
            .iter()
            .filter(|item| filter.passes(item, Some(&on(item))))
            .map(|item| item.stretch.id.to_string())
            .collect()
    }

    fn searched(words: &str) -> Vec<String> {
        found(&Filter {
            words: words.to_owned(),
            chips: BTreeSet::new(),
        })
    }

    fn pressed(chips: &[Chip]) -> Vec<String> {
        found(&Filter {
            words: String::new(),
            chips: chips.iter().copied().collect(),
        })
    }

    #[test]
    fn names_aliases_areas_and_cues_are_searched() {
        assert_eq!(searched("Eagle"), ["eagle_arms"]);
        assert_eq!(searched("  overhead REACH "), ["overhead_arm_reach"]);
        for stretch in stretch_file::builtin().stretches {
            let id = stretch.id.to_string();
            for name in stretch.aliases.iter().chain([&stretch.name]) {
                assert!(searched(name).contains(&id), "{name} finds {id}");
            }
            let cue = stretch_text::cue(&stretch, stretch.phases.len() - 1);
            assert!(searched(&cue).contains(&id), "{cue} finds {id}");
        }
        assert!(searched("hamstrings").contains(&"triangle_pose".to_owned()));
        assert_eq!(searched("zebra"), Vec::<String>::new());
    }

    #[test]
    fn nothing_typed_and_nothing_pressed_shows_everything() {
        assert_eq!(searched("").len(), items().len());
        assert_eq!(searched(" \t").len(), items().len());
        assert!(Filter::default().is_empty());
    }

    #[test]
    fn chips_of_one_kind_are_alternatives_and_those_of_different_kinds_add_up() {
        let floor = pressed(&[Chip::Posture(Posture::Floor)]);
        assert!(floor.contains(&"sphinx".to_owned()), "{floor:?}");
        let both = pressed(&[
            Chip::Posture(Posture::Floor),
            Chip::Posture(Posture::Standing),
        ]);
        assert!(both.len() > floor.len());
        let chest = pressed(&[
            Chip::Posture(Posture::Standing),
            Chip::Body(BodyPart::Chest),
        ]);
        assert!(chest.contains(&"doorway_chest_stretch".to_owned()));
        assert!(!chest.contains(&"calf_raise".to_owned()));
        let on = pressed(&[Chip::On]);
        let default = items()
            .iter()
            .filter(|item| item.stretch.default_on)
            .count();
        assert_eq!(on.len(), default);
    }

    #[test]
    fn a_chair_to_sit_on_is_nothing_and_a_wall_is_something() {
        let nothing = pressed(&[Chip::NeedsNothing]);
        assert!(nothing.contains(&"upper_back_hug".to_owned()));
        assert!(!nothing.contains(&"wall_angels".to_owned()));
        assert!(!nothing.contains(&"seated_knee_hug".to_owned()));
    }

    #[test]
    fn every_part_of_the_body_is_behind_a_chip() {
        for area in Area::ALL {
            assert!(
                BodyPart::ALL
                    .iter()
                    .any(|part| part.areas().contains(&area)),
                "{area:?}"
            );
        }
    }
}
