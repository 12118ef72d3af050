use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::core::stretch::Posture;

fn stretch(name: &str, area: Area) -> Candidate {
    let secs = Duration::from_secs;
    Candidate {
        facts: StretchFacts {
            id: StretchId(name.to_owned()),
            names: Vec::new(),
            default_on: true,
            posture: vec![Posture::Seated],
            areas: vec![area],
            needs: Vec::new(),
            noticeability: 1,
        },
        totals: Totals {
            short: secs(20),
            standard: secs(40),
            long: secs(80),
        },
        weight: Weight::Normal,
    }
}

fn six() -> Vec<Candidate> {
    vec![
        stretch("neck_a", Area::Neck),
        stretch("neck_b", Area::Neck),
        stretch("chest_a", Area::Chest),
        stretch("chest_b", Area::Chest),
        stretch("lats_a", Area::Lats),
        stretch("lats_b", Area::Lats),
    ]
}

fn area_of(pool: &[Candidate], id: &StretchId) -> Option<Area> {
    pool.iter()
        .find(|known| known.id() == id)
        .unwrap()
        .main_area()
}

#[test]
fn a_single_stretch_comes_again_and_again() {
    let pool = [stretch("only", Area::Neck)];
    let mut bag = Bag::new(1);
    assert_eq!(bag.draw(&pool, 3).len(), 3);
}

#[test]
fn a_skipped_stretch_comes_back_in_the_same_round() {
    let pool = six();
    let mut bag = Bag::new(7);
    let skipped = bag.draw(&pool, 1);
    bag.put_back(&skipped);
    let rest: BTreeSet<_> = bag.draw(&pool, 6).into_iter().collect();
    assert_eq!(rest.len(), 6);
    assert!(rest.contains(&skipped[0]));
}

#[test]
fn another_stretch_is_another_even_at_the_end_of_a_round() {
    let pool = six();
    let mut bag = Bag::new(3);
    let last = bag.draw(&pool, 6).pop().unwrap();
    let other = bag.draw_instead(&pool, std::slice::from_ref(&last), &last);
    assert!(other.is_some_and(|other| other != last));
}

#[test]
fn another_stretch_is_none_of_those_to_avoid_and_the_same_one_where_there_is_no_other() {
    let pool = six();
    let mut bag = Bag::new(3);
    let mut shown = bag.draw(&pool, 3);
    let of = shown[1].clone();
    for _ in 0..3 {
        let other = bag.draw_instead(&pool, &shown, &of).unwrap();
        assert!(!shown.contains(&other));
        shown.push(other);
    }
    assert_eq!(bag.draw_instead(&pool, &shown, &of), Some(of));
    assert_eq!(bag.draw_instead(&[], &shown, &shown[0]), None);
}

#[test]
fn a_stretch_switched_on_later_joins_the_round() {
    let pool = six();
    let mut bag = Bag::new(5);
    bag.draw(&pool[..5], 5);
    assert_eq!(bag.draw(&pool, 1), [StretchId("lats_b".to_owned())]);
}

#[test]
fn the_order_of_a_seed_never_changes() {
    let drawn = Bag::new(42).draw(&six(), 8);
    let names: Vec<_> = drawn.iter().map(|id| id.0.as_str()).collect();
    assert_eq!(
        names.join(" "),
        "neck_b lats_b neck_a chest_a lats_a chest_b neck_b chest_a"
    );
}

/// Four stretches of one area each: one comes more often, one less, the others as usual.
fn weighed() -> Vec<Candidate> {
    let mut pool = vec![
        stretch("more", Area::Neck),
        stretch("usual_a", Area::Chest),
        stretch("usual_b", Area::Lats),
        stretch("less", Area::Shoulders),
    ];
    pool[0].weight = Weight::More;
    pool[3].weight = Weight::Less;
    pool
}

fn count(drawn: &[StretchId], id: &str) -> usize {
    drawn.iter().filter(|drawn| drawn.0 == id).count()
}

#[test]
fn more_is_twice_in_a_round_and_less_is_every_second_round() {
    let mut bag = Bag::new(11);
    for round in 0..6 {
        let size = if round % 2 == 0 { 5 } else { 4 };
        let drawn = bag.draw(&weighed(), size);
        assert_eq!(count(&drawn, "more"), 2, "{drawn:?}");
        assert_eq!(count(&drawn, "usual_a"), 1, "{drawn:?}");
        assert_eq!(count(&drawn, "less"), 1 - round % 2, "{drawn:?}");
    }
}

#[test]
fn what_comes_twice_and_is_skipped_once_still_comes_twice() {
    let mut bag = Bag::new(11);
    let mut done: Vec<StretchId> = Vec::new();
    let mut skipped = false;
    while done.len() < 5 {
        let drawn = bag.draw(&weighed(), 1);
        if drawn[0].0 == "more" && count(&done, "more") == 1 && !skipped {
            skipped = true;
            bag.put_back(&drawn);
        } else {
            done.extend(drawn);
        }
    }
    assert!(skipped);
    assert_eq!(count(&done, "more"), 2, "{done:?}");
}

#[test]
fn one_that_comes_less_often_than_nothing_else_comes_always() {
    let mut only = stretch("only", Area::Neck);
    only.weight = Weight::Less;
    assert_eq!(Bag::new(1).draw(&[only], 5).len(), 5);
}

fn any_weighed_pool() -> impl Strategy<Value = Vec<Candidate>> {
    (any_pool(), proptest::collection::vec(0..3_usize, 12)).prop_map(|(mut pool, weights)| {
        for (candidate, weight) in pool.iter_mut().zip(weights) {
            candidate.weight = Weight::ALL[weight];
        }
        pool
    })
}

fn any_pool() -> impl Strategy<Value = Vec<Candidate>> {
    let areas = [Area::Neck, Area::Chest, Area::Lats, Area::Shoulders];
    prop::collection::vec(prop::sample::select(areas.to_vec()), 1..12).prop_map(|areas| {
        (areas.into_iter().enumerate())
            .map(|(number, area)| stretch(&format!("s{number}"), area))
            .collect()
    })
}

proptest! {
    #[test]
    fn every_stretch_comes_once_before_any_comes_twice(pool in any_pool(), seed: u64) {
        let mut bag = Bag::new(seed);
        for _ in 0..4 {
            let round: BTreeSet<_> = bag.draw(&pool, pool.len() as u8).into_iter().collect();
            prop_assert_eq!(round.len(), pool.len());
        }
    }

    #[test]
    fn no_stretch_comes_twice_in_a_row(pool in any_pool(), seed: u64) {
        prop_assume!(pool.len() > 1);
        let drawn = Bag::new(seed).draw(&pool, 60);
        prop_assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn within_a_round_areas_alternate_where_they_can(pool in any_pool(), seed: u64) {
        prop_assume!(can_alternate(pool.iter().map(Candidate::main_area), &None));
        let round = Bag::new(seed).draw(&pool, pool.len() as u8);
        for pair in round.windows(2) {
            prop_assert_ne!(area_of(&pool, &pair[0]), area_of(&pool, &pair[1]));
        }
    }

    #[test]
    fn over_two_rounds_more_usual_and_less_are_four_to_two_to_one(
        pool in any_weighed_pool(),
        seed: u64,
    ) {
        let share = |known: &Candidate| match known.weight {
            Weight::More => 4,
            Weight::Normal => 2,
            Weight::Less => 1,
        };
        // With fewer, some would have to come twice in a row.
        prop_assume!(pool.iter().filter(|known| known.weight != Weight::Less).count() >= 3);
        let two_rounds: usize = pool.iter().map(share).sum();
        let mut bag = Bag::new(seed);
        for _ in 0..4 {
            let drawn = bag.draw(&pool, two_rounds as u8);
            for known in &pool {
                prop_assert_eq!(count(&drawn, &known.id().0), share(known), "{:?}", drawn);
            }
        }
    }

    #[test]
    fn with_three_to_choose_from_none_comes_twice_in_a_row_whatever_its_weight(
        pool in any_weighed_pool(),
        seed: u64,
    ) {
        let in_every_round = pool.iter().filter(|known| known.weight != Weight::Less);
        prop_assume!(in_every_round.count() >= 3);
        let drawn = Bag::new(seed).draw(&pool, 120);
        prop_assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]), "{:?}", drawn);
    }

    #[test]
    fn of_several_that_are_never_less_often_none_comes_twice_in_a_row(
        mut pool in any_weighed_pool(),
        seed: u64,
    ) {
        prop_assume!(pool.len() > 1);
        for known in &mut pool {
            known.weight = known.weight.max(Weight::Normal);
        }
        let drawn = Bag::new(seed).draw(&pool, 120);
        prop_assert!(drawn.windows(2).all(|pair| pair[0] != pair[1]), "{:?}", drawn);
        prop_assert!(pool.iter().all(|known| drawn.contains(known.id())));
    }

    #[test]
    fn a_weight_that_comes_and_goes_leaves_a_bag_that_works(
        pool in any_pool(),
        weights in proptest::collection::vec((any::<usize>(), 0..3_usize), 0..40),
        seed: u64,
    ) {
        let (mut bag, mut now) = (Bag::new(seed), pool.clone());
        for (number, weight) in weights {
            let at = number % now.len();
            now[at].weight = Weight::ALL[weight];
            prop_assert_eq!(bag.draw(&now, 1).len(), 1);
        }
        // After the round under way, everything is as it would be with a new bag.
        loop {
            let before = bag.used.len();
            bag.draw(&pool, 1);
            if bag.used.len() <= before {
                break;
            }
        }
        let mut round: BTreeSet<_> = bag.used.iter().cloned().collect();
        round.extend(bag.draw(&pool, pool.len() as u8 - 1));
        prop_assert_eq!(round.len(), pool.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_order(pool in any_pool(), seed: u64) {
        prop_assert_eq!(Bag::new(seed).draw(&pool, 30), Bag::new(seed).draw(&pool, 30));
    }
}
