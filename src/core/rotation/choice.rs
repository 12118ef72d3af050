//! What the user can do to a choice of stretches: take one out, put it back, give it a weight.

use crate::core::{
    config::{Choice, Rotation, StretchFacts},
    stretch::StretchId,
};

/// How often a stretch comes, compared with the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// In every second round.
    Less,
    /// Once in each round.
    #[default]
    Normal,
    /// Twice in each round.
    More,
}

impl Weight {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Less, Self::Normal, Self::More];

    /// The word for it on the command line and in lists.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::Normal => "usual",
            Self::More => "more",
        }
    }
}

/// The stretch that was to be taken out is the only one left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastOne;

impl Rotation {
    /// Whether this stretch rotates.
    #[must_use]
    pub fn is_on(&self, id: &StretchId, all: &[StretchFacts]) -> bool {
        self.choose(all).iter().any(|stretch| stretch.id == *id)
    }

    /// Takes a stretch out of the rotation, or puts it in.
    ///
    /// Where stretches are chosen by name, the list of names is changed; else the stretch becomes
    /// an exception to what chooses, or stops being one. With a stretch that is taken out goes its
    /// weight. Nothing happens to one that is as it should be already, or that there is not.
    ///
    /// # Errors
    /// If nothing would be left to rotate; the choice then stays as it was.
    pub fn switch(
        &mut self,
        id: &StretchId,
        on: bool,
        all: &[StretchFacts],
    ) -> Result<(), LastOne> {
        let exists = all.iter().any(|stretch| stretch.id == *id);
        if !exists || self.is_on(id, all) == on {
            return Ok(());
        }
        if on {
            self.put_in(id, all);
            return Ok(());
        }
        if self.choose(all).len() == 1 {
            return Err(LastOne);
        }
        self.take_out(id, all);
        Ok(())
    }

    fn put_in(&mut self, id: &StretchId, all: &[StretchFacts]) {
        self.except.retain(|other| other != id);
        if self.is_on(id, all) {
            return;
        }
        match &mut self.choice {
            Choice::Named(names) => names.push(id.clone()),
            Choice::Defaults | Choice::Filtered(_) => self.also.push(id.clone()),
        }
    }

    fn take_out(&mut self, id: &StretchId, all: &[StretchFacts]) {
        self.weigh(id, Weight::Normal);
        self.also.retain(|other| other != id);
        if let Choice::Named(names) = &mut self.choice {
            names.retain(|other| other != id);
            // Something else is left, or this would be the last one: it becomes the list.
            if names.is_empty() {
                names.append(&mut self.also);
            }
        }
        if self.is_on(id, all) {
            self.except.push(id.clone());
        }
    }

    /// How often this stretch comes, if it comes.
    #[must_use]
    pub fn weight(&self, id: &StretchId) -> Weight {
        match (self.more_often.contains(id), self.less_often.contains(id)) {
            (true, false) => Weight::More,
            (false, true) => Weight::Less,
            (true, true) | (false, false) => Weight::Normal,
        }
    }

    /// Makes a stretch come more or less often. Only one that rotates can be weighed.
    pub fn weigh(&mut self, id: &StretchId, weight: Weight) {
        if self.weight(id) == weight {
            return;
        }
        self.more_often.retain(|other| other != id);
        self.less_often.retain(|other| other != id);
        match weight {
            Weight::Less => self.less_often.push(id.clone()),
            Weight::Normal => {}
            Weight::More => self.more_often.push(id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::core::{
        config::Filter,
        stretch::{Area, Posture},
    };

    fn id(name: &str) -> StretchId {
        StretchId(name.to_owned())
    }

    /// Six stretches: `a` to `c` are on from the start, `a`, `c` and `e` are seated.
    fn six() -> Vec<StretchFacts> {
        (0..6)
            .map(|number| StretchFacts {
                id: id(["a", "b", "c", "d", "e", "f"][number]),
                names: Vec::new(),
                default_on: number < 3,
                posture: vec![[Posture::Seated, Posture::Standing][number % 2]],
                areas: vec![Area::Neck],
                needs: Vec::new(),
                noticeability: 1,
            })
            .collect()
    }

    fn on(rotation: &Rotation) -> BTreeSet<String> {
        let all = six();
        let chosen = rotation.choose(&all).into_iter();
        chosen.map(|stretch| stretch.id.0.clone()).collect()
    }

    #[test]
    fn a_list_of_names_is_changed_itself() {
        let mut rotation = Rotation::from(Choice::Named(vec![id("b"), id("d")]));
        rotation.switch(&id("f"), true, &six()).unwrap();
        rotation.switch(&id("b"), false, &six()).unwrap();
        let names = Choice::Named(vec![id("d"), id("f")]);
        assert_eq!(rotation, Rotation::from(names));
    }

    #[test]
    fn elsewhere_it_is_an_exception_for_as_long_as_it_has_to_be() {
        let mut rotation = Rotation::default();
        rotation.switch(&id("a"), false, &six()).unwrap();
        rotation.switch(&id("d"), true, &six()).unwrap();
        assert_eq!(rotation.except, [id("a")]);
        assert_eq!(rotation.also, [id("d")]);
        rotation.switch(&id("a"), true, &six()).unwrap();
        rotation.switch(&id("d"), false, &six()).unwrap();
        assert_eq!(rotation, Rotation::default());
    }

    #[test]
    fn the_last_one_stays() {
        let mut rotation = Rotation::from(Choice::Named(vec![id("b")]));
        assert_eq!(rotation.switch(&id("b"), false, &six()), Err(LastOne));
        assert_eq!(on(&rotation), BTreeSet::from(["b".to_owned()]));
        rotation.also.push(id("e"));
        rotation.switch(&id("b"), false, &six()).unwrap();
        assert_eq!(rotation, Rotation::from(Choice::Named(vec![id("e")])));
    }

    #[test]
    fn what_is_taken_out_has_no_weight_any_more() {
        let mut rotation = Rotation::default();
        rotation.weigh(&id("a"), Weight::More);
        rotation.weigh(&id("b"), Weight::More);
        rotation.weigh(&id("b"), Weight::Less);
        assert_eq!(rotation.weight(&id("a")), Weight::More);
        assert_eq!(rotation.weight(&id("b")), Weight::Less);
        rotation.switch(&id("a"), false, &six()).unwrap();
        assert_eq!(rotation.weight(&id("a")), Weight::Normal);
        assert_eq!(rotation.more_often, []);
    }

    #[test]
    fn a_stretch_that_there_is_not_changes_nothing() {
        let mut rotation = Rotation::default();
        rotation.switch(&id("x"), true, &six()).unwrap();
        rotation.switch(&id("x"), false, &six()).unwrap();
        assert_eq!(rotation, Rotation::default());
    }

    fn any_choice() -> impl Strategy<Value = Choice> {
        let all: Vec<_> = six().into_iter().map(|stretch| stretch.id).collect();
        prop_oneof![
            Just(Choice::Defaults),
            proptest::sample::subsequence(all, 1..=6).prop_map(Choice::Named),
            Just(Choice::Filtered(Filter {
                posture: vec![Posture::Seated],
                ..Filter::default()
            })),
        ]
    }

    proptest! {
        #[test]
        fn what_is_switched_is_switched_and_nothing_else(
            choice in any_choice(),
            switches in proptest::collection::vec((0..6_usize, any::<bool>()), 0..30),
        ) {
            let (all, mut rotation) = (six(), Rotation::from(choice));
            let mut expected = on(&rotation);
            for (number, switch_on) in switches {
                let id = &all[number].id;
                let last = !switch_on && expected.len() == 1 && expected.contains(&id.0);
                prop_assert_eq!(rotation.switch(id, switch_on, &all).is_err(), last);
                match switch_on {
                    true => drop(expected.insert(id.0.clone())),
                    false if last => {}
                    false => drop(expected.remove(&id.0)),
                }
                prop_assert_eq!(on(&rotation), expected.clone());
                // No entry says nothing.
                let chosen = rotation.choice.choose(&all);
                let by_choice = |id: &StretchId| chosen.iter().any(|one| one.id == *id);
                prop_assert!(!rotation.also.iter().any(by_choice));
                prop_assert!(rotation.except.iter().all(by_choice));
            }
        }
    }
}
