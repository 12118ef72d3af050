//! What the program makes of a folder: which files count, and what a broken one costs.

use std::{fs, path::Path};

use tempfile::TempDir;
use unhunch::{
    diagnostic::render_all,
    stretch_file::{self, Library},
};

use super::fine;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// The ids of the user's own stretches in this folder.
fn own(folder: &Path) -> Vec<String> {
    let builtin = stretch_file::builtin().stretches.len();
    let stretches = Library::load(Some(folder)).catalogue.stretches;
    let ids = stretches.into_iter().skip(builtin);
    ids.map(|stretch| stretch.id.0).collect()
}

/// What is said of the only broken file of this folder, with its place left out.
fn said(folder: &Path) -> String {
    let broken = Library::load(Some(folder)).broken;
    assert_eq!(broken.len(), 1, "{broken:?}");
    let said = render_all(&broken[0].problems, &broken[0].text, false);
    said.replace(&folder.display().to_string(), "…")
}

#[test]
fn files_count_in_the_order_of_their_names() {
    let folder = folder(&[
        ("b.toml", &fine("second")),
        ("a.toml", &fine("first")),
        (".hidden.toml", &fine("hidden")),
        ("~lock.toml", &fine("lock")),
        ("c.toml~", &fine("backup")),
        ("notes.txt", "no stretch"),
    ]);

    assert_eq!(own(folder.path()), ["first", "second"]);
    assert!(Library::load(Some(folder.path())).broken.is_empty());
}

#[test]
fn without_a_folder_there_are_the_built_in_ones() {
    let nowhere = Path::new("/there/is/no/such/folder");
    let builtin = stretch_file::builtin();

    assert_eq!(Library::load(Some(nowhere)).catalogue, builtin);
    assert_eq!(Library::load(None).catalogue, builtin);
    assert_eq!(
        stretch_file::candidates(Some(nowhere)),
        stretch_file::candidates(None)
    );
}

#[test]
fn own_stretches_are_on_unless_their_file_says_otherwise() {
    let silent = fine("silent").replace("default_on = true\n", "");
    let off = fine("off").replace("default_on = true", "default_on = false");
    let folder = folder(&[("a.toml", &silent), ("b.toml", &off)]);

    let candidates = stretch_file::candidates(Some(folder.path()));
    let on = |id: &str| {
        let found = candidates.iter().find(|known| known.facts.id.0 == id);
        found.unwrap().facts.default_on
    };
    assert!(on("silent"));
    assert!(!on("off"));
}

#[test]
fn the_daemon_knows_the_same_as_the_window() {
    let folder = folder(&[("a.toml", &fine("mine")), ("b.toml", "[stretch")]);

    let library = Library::load(Some(folder.path()));
    let known = stretch_file::known(Some(folder.path()));
    let all: Vec<_> = (library.catalogue.stretches.iter())
        .map(unhunch::core::stretch::Stretch::candidate)
        .collect();
    assert_eq!(known.candidates, all);
    assert_eq!(known.broken.len(), 1);
}

#[test]
fn a_window_reads_only_what_it_shows() {
    let folder = folder(&[("a.toml", &fine("mine")), ("b.toml", &fine("yours"))]);
    let ids = ["mine".to_owned(), "chin_tuck".to_owned()];

    let shown = stretch_file::only(&ids, Some(folder.path()));

    assert_eq!(shown.stretches.len(), 2);
    assert!(shown.find("mine").is_some() && shown.find("chin_tuck").is_some());
}

#[test]
fn a_broken_file_costs_none_of_the_others() {
    let broken = fine("broken").replace("view = \"side\"", "view = \"back\"");
    let folder = folder(&[("a.toml", &broken), ("b.toml", &fine("mine"))]);

    assert_eq!(own(folder.path()), ["mine"]);
    insta::assert_snapshot!(said(folder.path()), @r#"
    error: `stretch.broken.view` must be `side` or `front`
      --> …/a.toml:15:8
       |
    15 | view = "back"
       |        ^^^^^^ found "back"
    "#);
}

#[test]
fn a_mistake_in_one_stretch_of_a_file_costs_only_that_one() {
    let broken = fine("broken").replace("view = \"side\"", "view = \"back\"");
    let folder = folder(&[("a.toml", &(broken + &fine("well")))]);

    assert_eq!(own(folder.path()), ["well"]);
}

#[test]
fn an_id_belongs_to_the_stretch_that_had_it_first() {
    let folder = folder(&[("a.toml", &fine("mine")), ("b.toml", &fine("mine"))]);
    assert_eq!(own(folder.path()), ["mine"]);
    insta::assert_snapshot!(said(folder.path()), @r"
    error: a stretch `mine` was read already
     --> …/b.toml:1:10
      |
    1 | [stretch.mine]
      |          ^^^^
      |
      = help: give this one another id; until then it is left out
    ");

    fs::write(folder.path().join("b.toml"), fine("cobra")).unwrap();
    assert_eq!(own(folder.path()), ["mine"]);
    insta::assert_snapshot!(said(folder.path()), @r"
    error: there is a built-in stretch `cobra`
     --> …/b.toml:1:10
      |
    1 | [stretch.cobra]
      |          ^^^^^
      |
      = help: give yours another id, such as `my_cobra`
    ");
    let shown = stretch_file::only(&["cobra".to_owned()], Some(folder.path()));
    assert_eq!(
        Some(&shown.stretches[0]),
        stretch_file::builtin().find("cobra")
    );
}

#[test]
fn what_is_no_text_is_said() {
    for (bytes, why) in [
        (vec![b'#'; 10 * 1024 * 1024], "larger than 1 MiB"),
        (vec![0; 16], "it is not a text"),
        (b"\xff\xfe[\0s\0".to_vec(), "UTF-16"),
    ] {
        let folder = folder(&[]);
        fs::write(folder.path().join("x.toml"), bytes).unwrap();
        let said = said(folder.path());
        assert!(said.contains("…/x.toml") && said.contains(why), "{said}");
    }
}

#[test]
fn bytes_of_another_encoding_are_pointed_at() {
    let folder = folder(&[]);
    fs::write(
        folder.path().join("x.toml"),
        b"[stretch.a]\nname = \"M\xfcde\"\n",
    )
    .unwrap();
    insta::assert_snapshot!(said(folder.path()), @r#"
    error: the file is not all UTF-8
     --> …/x.toml:2:10
      |
    2 | name = "M�de"
      |          ^ a byte here belongs to another encoding
      |
      = help: save the file as UTF-8 in your editor
    "#);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let folder = folder(&[("a.toml", &format!("\u{feff}{}", fine("mine")))]);
    assert_eq!(own(folder.path()), ["mine"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_said_and_not_waited_for() {
    use std::process::Command;

    let folder = folder(&[("b.toml", &fine("mine"))]);
    let place = folder.path().join("a.toml");
    let says = |why: &str| {
        let said = said(folder.path());
        assert!(said.contains(why), "{said}");
        assert_eq!(own(folder.path()), ["mine"]);
    };
    fs::create_dir(&place).unwrap();
    says("this is a folder, not a file");
    fs::remove_dir(&place).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(&place)
            .status()
            .unwrap()
            .success()
    );
    says("this is not a plain file");
    fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink("/there/is/nothing", &place).unwrap();
    says("there is no such file");
}

#[cfg(unix)]
#[test]
fn a_file_in_place_of_the_folder_is_said() {
    let folder = folder(&[("stretches", "")]);
    let known = stretch_file::known(Some(&folder.path().join("stretches")));

    assert_eq!(known.candidates, stretch_file::candidates(None));
    assert_eq!(known.broken.len(), 1);
}
