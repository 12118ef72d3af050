//! Files as they are found on desktops, and what becomes of them.

use std::os::unix::fs::symlink;

use super::*;

/// A home with a program in it.
struct Home {
    folder: tempfile::TempDir,
    places: Places,
    program: PathBuf,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            config: folder.path().join("config"),
            machine: vec![folder.path().join("etc-xdg")],
        };
        let program = folder.path().join("bin dir/unhunch");
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::write(&program, "").unwrap();
        Self {
            folder,
            places,
            program,
        }
    }

    fn status(&self) -> Status {
        status(&self.places, &self.program)
    }

    fn enable(&self) -> Result<Done, Error> {
        enable(&self.places, &self.program, false)
    }

    fn put(&self, folder: &Path, content: &str) -> PathBuf {
        let file = in_folder(folder);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        file
    }
}

#[test]
fn it_is_switched_on_and_off_and_on_again() {
    let home = Home::new();
    assert_eq!(home.status(), Status::Off);
    let file = home.places.file();
    let before = None;
    let enabled = Done::Enabled {
        file: file.clone(),
        before,
    };
    assert_eq!(home.enable().unwrap(), enabled);
    let on = Start {
        by: By::Desktop,
        file: file.clone(),
        program: home.program.clone(),
        this: true,
        twice: None,
    };
    assert_eq!(home.status(), Status::On(on));
    assert_eq!(home.enable().unwrap(), Done::Nothing);
    assert_eq!(disable(&home.places).unwrap(), Done::Disabled { file });
    assert_eq!(home.status(), Status::Off);
    assert_eq!(disable(&home.places).unwrap(), Done::Nothing);
}

#[test]
fn a_program_that_was_moved_is_noticed_and_enabling_it_again_mends_that() {
    let mut home = Home::new();
    home.enable().unwrap();
    let moved = home.folder.path().join("unhunch");
    fs::rename(&home.program, &moved).unwrap();
    let before = std::mem::replace(&mut home.program, moved);
    let why = Trouble::Gone(before.clone());
    let file = home.places.file();
    let by = By::Desktop;
    assert_eq!(home.status(), Status::Broken { by, file, why });
    let Done::Enabled {
        before: replaced, ..
    } = home.enable().unwrap()
    else {
        panic!("it was not enabled");
    };
    assert_eq!(replaced, Some(before));
    assert!(matches!(home.status(), Status::On(start) if start.this));
}

#[test]
fn a_file_of_somebody_else_stays_until_one_insists() {
    let home = Home::new();
    let theirs = "[Desktop Entry]\nType=Application\nExec=/usr/bin/other\n";
    let file = home.put(&home.places.config, theirs);
    let foreign = |status| {
        matches!(
            status,
            Status::Broken {
                why: Trouble::Foreign,
                ..
            }
        )
    };
    assert!(foreign(home.status()));
    assert!(matches!(home.enable(), Err(Error::Foreign(_))));
    assert!(matches!(disable(&home.places), Err(Error::Foreign(_))));
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    enable(&home.places, &home.program, true).unwrap();
    assert!(matches!(home.status(), Status::On(start) if start.this));
}

#[test]
fn a_link_that_somebody_manages_is_not_written_through() {
    let home = Home::new();
    let store = home.folder.path().join("store.desktop");
    fs::write(&store, entry::NEVER).unwrap();
    let file = home.places.file();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    symlink(&store, &file).unwrap();
    assert_eq!(home.status(), Status::Off);
    assert!(matches!(home.enable(), Err(Error::Foreign(_))));
    assert_eq!(fs::read_to_string(&store).unwrap(), entry::NEVER);
}

#[test]
fn the_file_of_the_machine_counts_and_the_user_can_say_no() {
    let home = Home::new();
    let content = entry::write(&home.program).unwrap();
    let machines = home.put(&home.places.machine[0], &content);
    assert!(matches!(home.status(), Status::On(start) if start.file == machines));
    disable(&home.places).unwrap();
    assert_eq!(home.status(), Status::Off);
    assert!(machines.exists());
    home.enable().unwrap();
    assert!(matches!(home.status(), Status::On(start) if start.file == home.places.file()));
}

#[test]
fn a_link_that_leads_to_the_program_is_the_program() {
    let home = Home::new();
    let link = home.folder.path().join("current/unhunch");
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink(&home.program, &link).unwrap();
    enable(&home.places, &link, false).unwrap();
    assert!(matches!(home.status(), Status::On(start) if start.this && start.program == link));
    // An update changes where the link leads.
    let newer = home.folder.path().join("newer/unhunch");
    fs::create_dir_all(newer.parent().unwrap()).unwrap();
    fs::write(&newer, "").unwrap();
    fs::remove_file(&link).unwrap();
    symlink(&newer, &link).unwrap();
    let now = status(&home.places, &newer);
    assert!(matches!(now, Status::On(start) if start.this));
    assert!(
        matches!(home.status(), Status::On(start) if !start.this),
        "an older copy"
    );
}

#[test]
fn a_unit_that_is_enabled_counts_and_a_second_start_is_noticed() {
    let home = Home::new();
    let unit = home.folder.path().join("unhunch.service");
    let line = format!("[Service]\nExecStart=\"{}\" run\n", home.program.display());
    fs::write(&unit, line).unwrap();
    let link = unit::link(&home.places);
    fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink(&unit, &link).unwrap();
    assert!(matches!(
        home.status(),
        Status::On(start) if start.by == By::Systemd && start.this && start.twice.is_none()
    ));
    assert_eq!(
        home.enable().unwrap(),
        Done::Nothing,
        "one of them is enough"
    );

    let file = home.put(&home.places.config, &entry::write(&home.program).unwrap());
    assert!(matches!(home.status(), Status::On(start) if start.twice == Some(file.clone())));
    fs::remove_file(&unit).unwrap();
    let by = By::Systemd;
    let why = Trouble::Gone(unit);
    let file = link;
    assert_eq!(home.status(), Status::Broken { by, file, why });
}
