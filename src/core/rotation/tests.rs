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
        let all: Vec<_> = pool.iter().collect();
        prop_assume!(can_alternate(&all.iter().collect::<Vec<_>>(), None));
        let round = Bag::new(seed).draw(&pool, pool.len() as u8);
        for pair in round.windows(2) {
            prop_assert_ne!(area_of(&pool, &pair[0]), area_of(&pool, &pair[1]));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_order(pool in any_pool(), seed: u64) {
        prop_assert_eq!(Bag::new(seed).draw(&pool, 30), Bag::new(seed).draw(&pool, 30));
    }
}
