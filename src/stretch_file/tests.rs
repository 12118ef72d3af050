//! Files that are wrong in one way each, and the built-in ones, which are not.

use super::*;

#[test]
fn the_built_in_stretches_are_all_there() {
    let catalogue = builtin();
    assert_eq!(catalogue.stretches.len(), 37);
}
