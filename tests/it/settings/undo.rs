//! Undo and redo, by keys and by the bar.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use unhunch::gui::settings::Page;

use super::{MINE, click, command, is_there, open, press, type_into};

const REDO: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

#[test]
fn every_change_is_taken_back_to_the_byte_and_made_again() {
    let mut window = open(MINE, Page::Look);
    click(&mut window, "Dark");
    let dark = window.state().text();
    click(&mut window, "Soft sounds");
    let both = window.state().text();
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), dark);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), MINE);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), MINE, "there is nothing before that");
    command(&mut window, REDO, Key::Z);
    command(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(window.state().text(), both);
}

#[test]
fn the_bar_has_a_button_for_it() {
    let mut window = open(MINE, Page::Look);
    click(&mut window, "Light");
    click(&mut window, "Undo");
    assert_eq!(window.state().text(), MINE);
    window.get_by_label("As it was before");
    assert!(!is_there(&window, "Undo"));
}

#[test]
fn a_field_takes_back_its_own_typing_first() {
    let mut window = open(MINE, Page::Schedule);
    click(&mut window, "More: Wait for a pause in typing");
    let stepped = window.state().text();
    type_into(&mut window, "Get in place", "7s");
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), stepped);
    press(&mut window, Key::Escape);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), MINE);
}

#[test]
fn what_somebody_else_has_written_is_never_undone() {
    let mut window = open(MINE, Page::Look);
    click(&mut window, "Dark");
    let theirs = "# theirs\n[look]\ntheme = \"dark\"\n";
    window.state_mut().edit(theirs);
    command(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(window.state().text(), theirs);
}
