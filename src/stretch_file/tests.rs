//! Files that are wrong in one way each, and the built-in ones, which are not.

use super::*;

#[test]
fn the_built_in_stretches_are_all_there() {
    let catalogue = builtin();
    assert_eq!(catalogue.stretches.len(), 37);
    let on = catalogue
        .stretches
        .iter()
        .filter(|stretch| stretch.default_on);
    assert_eq!(on.count(), 22);
    let desk = catalogue
        .stretches
        .iter()
        .filter(|stretch| stretch.desk_friendly);
    assert_eq!(desk.count(), 30);
}

#[test]
fn the_daemon_reads_less_of_them_and_the_same() {
    let all: Vec<Candidate> = builtin().stretches.iter().map(Stretch::candidate).collect();
    assert_eq!(candidates(), all);
}
