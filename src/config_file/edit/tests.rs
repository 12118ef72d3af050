//! Changes to files as users have them. Random ones are in `tests/it/config_edit.rs`.

use std::{fs, time::Duration};

use insta::assert_snapshot;
use tempfile::TempDir;

use super::*;
use crate::core::{
    config::{
        Choice, Hours, LogLevel, Monitor, Open, Reminder, Rotation, Toggle, What, When, WindowSize,
    },
    stretch::{StretchId, VariantName},
};

mod hooks;

/// A folder with a settings file in it.
struct Home(TempDir);

impl Home {
    fn with(text: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::write(home.location().path, text).unwrap();
        home
    }

    fn location(&self) -> Location {
        Location::chosen(self.0.path().join("config.toml"))
    }

    fn text(&self) -> String {
        fs::read_to_string(self.location().path).unwrap()
    }

    fn edit(&self, change: impl FnOnce(&mut Config)) -> Result<Config, EditError> {
        edit(&self.location(), &[], change)
    }
}

/// What has become of a text, which must take the change.
fn edited(text: &str, change: impl FnOnce(&mut Config)) -> String {
    let home = Home::with(text);
    home.edit(change).unwrap();
    home.text()
}

/// What is said about a text that does not take the change, and stays as it is.
fn refused(text: &str, change: impl FnOnce(&mut Config)) -> String {
    let home = Home::with(text);
    let error = home.edit(change).unwrap_err().to_string();
    assert_eq!(home.text(), text);
    error.replace(home.0.path().to_str().unwrap(), "")
}

fn id(name: &str) -> StretchId {
    StretchId(name.to_owned())
}

fn ids(names: &[&str]) -> Vec<StretchId> {
    names.iter().map(|name| id(name)).collect()
}

fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

fn every(name: &str, seconds: u64) -> Reminder {
    Reminder {
        id: name.to_owned(),
        when: When::Every(secs(seconds)),
        ..Reminder::default()
    }
}

#[test]
fn a_value_is_replaced_in_its_place_and_all_else_stays() {
    let text = "# mine\n\n[schedule]   # when\n  lull='3s'# short\n\tlate =  \"1h\"\n\n\n# end";
    let after = edited(text, |config| config.schedule.lull = secs(0));
    assert_eq!(after, text.replace("'3s'", "\"0s\""));
}

#[test]
fn no_change_writes_nothing() {
    let text = "[schedule]\nlull = \"60s\"\n";
    assert_eq!(edited(text, |_| ()), text);
    assert_eq!(edited(text, |config| config.schedule.lull = secs(60)), text);
}

#[test]
fn a_default_that_comes_back_keeps_its_line() {
    let text = "[look]\ntheme = \"dark\" # at night\n";
    assert_snapshot!(edited(text, |config| config.look = Config::default().look), @r#"
    [look]
    theme = "desktop" # at night
    "#);
}

#[test]
fn a_new_key_goes_where_the_papers_have_it() {
    let text = "[look]\n# my look\ntheme = \"dark\"\n\nfigure = 3\n\n[log]\nlevel = \"warn\"\n";
    let after = edited(text, |config| {
        config.look.high_contrast = Toggle::On;
        config.look.window = WindowSize::Corner;
    });
    assert_snapshot!(after, @r#"
    [look]
    # my look
    theme = "dark"
    high_contrast = true

    figure = 3
    window = "corner"

    [log]
    level = "warn"
    "#);
}

#[test]
fn a_key_that_is_commented_out_is_written_below_its_comment() {
    let text = "[rotation]\n# Not these:\n# except = [\"x\"]\n#\n# # less_often = []\n\n[look]\n";
    let after = edited(text, |config| config.rotation.except = ids(&["chin_tuck"]));
    assert_snapshot!(after, @r#"
    [rotation]
    # Not these:
    # except = ["x"]
    except = ["chin_tuck"]
    #
    # # less_often = []

    [look]
    "#);
}

#[test]
fn a_new_heading_goes_where_a_reader_would_look_for_it() {
    let text = "[schedule]\nlull = \"0s\"\n\n\n# How it looks.\n[look]\ntheme = \"dark\"\n";
    let after = edited(text, |config| {
        config.rotation.also = ids(&["cat_cow"]);
        config.sound.volume = 10;
    });
    assert_snapshot!(after, @r#"
    [schedule]
    lull = "0s"


    [rotation]
    also = ["cat_cow"]


    # How it looks.
    [look]
    theme = "dark"


    [sound]
    volume = 10
    "#);
}

#[test]
fn the_file_that_we_ship_takes_changes_where_it_explains_them() {
    let shipped = include_str!("../../../config/config.toml");
    let after = edited(shipped, |config| {
        config.hours = Some(Hours {
            days: Document::parse("", "[hours]\nmon = \"09:00-17:00\"\n")
                .config(&[])
                .0
                .hours
                .unwrap()
                .days,
        });
        config.rotation.except = ids(&["chin_tuck"]);
        config.reminders[0].natural_break = Some(secs(60));
        config.reminders.push(every("legs", 7200));
        config.look.monitor = Monitor::Named("HDMI-1".to_owned());
    });
    let differences: Vec<String> = diff(shipped, &after);
    assert_snapshot!(differences.join("\n"), @r#"
    # sun = []
    +[hours]
    +mon = ["09:00-17:00"]
    +
    # natural_break = "5min"
    +natural_break = "1min"
    # length = "20s"
    +[[reminder]]
    +id = "legs"
    +every = "2h"
    +length = "standard"
    +count = 1
    +
    +
    # except = ["chin_tuck"]
    +except = ["chin_tuck"]
    -monitor = "pointer"
    +monitor = "HDMI-1"
    "#);
}

/// The lines that are gone or new, the new ones after the last line that stayed.
fn diff(before: &str, after: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i][j] = match old[i] == new[j] {
                true => lengths[i + 1][j + 1] + 1,
                false => lengths[i + 1][j].max(lengths[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut found, mut context) = (0, 0, Vec::new(), None);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            context = Some(old[i]).filter(|line| !line.is_empty()).or(context);
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let above = context.take();
        if j == new.len() || (i < old.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            found.push(format!("-{}", old[i]));
            i += 1;
        } else {
            // Where something was replaced, that says enough.
            found.extend(above.map(str::to_owned));
            found.push(format!("+{}", new[j]));
            j += 1;
        }
    }
    found
}

#[test]
fn a_list_changes_element_by_element() {
    let text = "[rotation]\nexcept = [\n  \"a\", # hurts\n  'b', 'c',\n  \"d\" # too long\n]\n";
    let after = edited(text, |config| {
        config.rotation.except = ids(&["b", "c", "d", "e", "f"]);
    });
    assert_snapshot!(after, @r#"
    [rotation]
    except = [
      'b', 'c',
      "d", # too long
      "e",
      "f"
    ]
    "#);
    let after = edited(text, |config| {
        config.rotation.except = ids(&["a", "c", "d"]);
    });
    assert_snapshot!(after, @r#"
    [rotation]
    except = [
      "a", # hurts
      'c',
      "d" # too long
    ]
    "#);
    let after = edited("[rotation]\nalso = ['a', 'b', 'c', 'd']\n", |config| {
        config.rotation.also = ids(&["b"]);
    });
    assert_snapshot!(after, @r#"
    [rotation]
    also = ['b']
    "#);
    let line = "[rotation]\nalso = ['a', \"b\", 'c'] # mine\n";
    let to = |names: &[&str]| {
        let names = ids(names);
        edited(line, move |config| config.rotation.also = names)
    };
    assert!(to(&["a", "c"]).contains("also = ['a', 'c'] # mine"));
    assert!(to(&["b", "c"]).contains("also = [\"b\", 'c'] # mine"));
    assert!(to(&["a", "b"]).contains("also = ['a', \"b\"] # mine"));
    assert!(to(&["a", "b", "c", "d"]).contains("also = ['a', \"b\", 'c', \"d\"] # mine"));
    assert!(to(&["c", "a"]).contains("also = [\"c\", \"a\"] # mine"));
    assert!(to(&["x"]).contains("also = [\"x\"] # mine"));
}

#[test]
fn an_exception_that_is_gone_takes_its_line_along_and_an_idle_heading_too() {
    let text = "[schedule]\nlull = \"0s\"\n\n[log]\nlevel = \"warn\"\n";
    let home = Home::with(text);
    home.edit(|config| config.rotation.except = ids(&["a"]))
        .unwrap();
    assert_ne!(home.text(), text);
    home.edit(|config| config.rotation.except.clear()).unwrap();
    assert_eq!(home.text(), text);

    let text = "# What comes\n[rotation]\nexcept = [\"a\"]\n";
    let after = edited(text, |config| config.rotation = Rotation::default());
    assert_eq!(after, "# What comes\n[rotation]\n");
}

#[test]
fn another_choice_takes_the_place_of_the_one_before() {
    let text =
        "[rotation]\nareas = [\"neck\"]\n# little\nmax_noticeability = 1\nless_often = [\"a\"]\n";
    let after = edited(text, |config| {
        config.rotation.choice = Choice::Named(ids(&["a", "b"]));
    });
    assert_snapshot!(after, @r#"
    [rotation]
    stretches = ["a", "b"]
    # little
    less_often = ["a"]
    "#);
}

#[test]
fn tables_in_braces_and_dotted_keys_stay_what_they_are() {
    let text = "look.theme = \"dark\" # dots\nhold = { quiet = false } # braces\nvoice = {}\n";
    let after = edited(text, |config| {
        config.look.window = WindowSize::Full;
        config.hold.meeting = false;
        config.voice.rate = 5;
        config.sound.on = false;
    });
    assert_snapshot!(after, @r#"
    look.theme = "dark" # dots
    look.window = "full"
    hold = { quiet = false, meeting = false } # braces
    voice = { rate = 5 }

    [sound]
    on = false
    "#);
}

#[test]
fn hours_come_and_go_as_a_table() {
    let hours = "[hours]\n# early\nmon = [\"07:00-12:00\"] # Monday\ntue = []\n";
    let text = format!("{hours}\n[hold]\nquiet = false\n");
    assert_eq!(
        edited(&text, |config| config.hours = None),
        "[hold]\nquiet = false\n"
    );
    let after = edited(&text, |config| {
        let days = &mut config.hours.as_mut().unwrap().days;
        let (monday, ranges) = days.pop_first().unwrap();
        days.insert(monday, ranges.clone());
        let friday = crate::core::config::DayOfWeek::from_key("fri").unwrap();
        days.insert(friday, ranges);
    });
    assert_snapshot!(after, @r#"
    [hours]
    # early
    mon = ["07:00-12:00"] # Monday
    tue = []
    fri = ["07:00-12:00"]

    [hold]
    quiet = false
    "#);
}

mod reminders {
    use super::*;

    const TWO: &str = "\
# For the back
[[reminder]]
id = \"back\" # mine
every = \"60min\"
open = \"at once\"
# length = \"long\"

# For the eyes
[[reminder]]
every = '20min'
id = 'eyes'
message = \"Look away\" # far
length = \"20s\"

[look]
theme = \"dark\"
";

    #[test]
    fn the_built_in_one_is_written_down_when_it_changes() {
        let after = edited("[log]\nlevel = \"warn\"\n", |config| {
            config.reminders[0].when = When::Every(secs(1800));
        });
        assert_snapshot!(after, @r#"
        [[reminder]]
        id = "upper-back"
        every = "30min"
        length = "standard"
        count = 1

        [log]
        level = "warn"
        "#);
    }

    #[test]
    fn each_is_changed_by_its_id() {
        let after = edited(TWO, |config| {
            config.reminders[0].what = What::Stretches {
                variant: VariantName::Long,
                count: 2,
            };
            config.reminders[0].open = None;
            config.reminders[1].when = When::At(vec![chrono::NaiveTime::MIN]);
        });
        assert_snapshot!(diff(TWO, &after).join("\n"), @r##"
        -open = "at once"
        # length = "long"
        +length = "long"
        +count = 2
        -every = '20min'
        id = 'eyes'
        +at = ["00:00"]
        "##);
    }

    #[test]
    fn one_goes_with_its_comment_and_the_other_stays() {
        let after = edited(TWO, |config| drop(config.reminders.remove(0)));
        assert_eq!(after, TWO[TWO.find("# For the eyes").unwrap()..]);
        let after = edited(TWO, |config| drop(config.reminders.pop()));
        let (before, rest) = TWO.split_at(TWO.find("# For the eyes").unwrap());
        let rest = &rest[rest.find("[look]").unwrap()..];
        assert_eq!(after, format!("{before}{rest}"));
    }

    #[test]
    fn a_new_one_goes_between_its_neighbours() {
        let after = edited(TWO, |config| config.reminders.insert(1, every("legs", 600)));
        assert_snapshot!(diff(TWO, &after).join("\n"), @r#"
        # length = "long"
        +[[reminder]]
        +id = "legs"
        +every = "10min"
        +length = "standard"
        +count = 1
        +
        "#);
        let after = edited(TWO, |config| config.reminders.insert(0, every("legs", 600)));
        assert!(
            after.starts_with("[[reminder]]\nid = \"legs\"\n"),
            "{after}"
        );
    }

    #[test]
    fn moving_one_moves_its_comments() {
        let after = edited(TWO, |config| config.reminders.swap(0, 1));
        let (back, rest) = TWO.split_at(TWO.find("# For the eyes").unwrap());
        let (eyes, look) = rest.split_at(rest.find("[look]").unwrap());
        assert_eq!(after, format!("{eyes}{back}{look}"));
    }

    #[test]
    fn another_name_keeps_everything_else() {
        let after = edited(TWO, |config| config.reminders[0].id = "spine".to_owned());
        assert_eq!(after, TWO.replace("\"back\" #", "\"spine\" #"));
    }

    #[test]
    fn all_at_once() {
        let after = edited(TWO, |config| {
            config.reminders.swap(0, 1);
            config.reminders[0].open = Some(Open::OnStart);
            config.reminders.push(every("legs", 600));
            config.reminders.remove(1);
            config.reminders.insert(0, every("neck", 60));
        });
        let (config, _) = Document::parse("", &after).config(&[]);
        let ids: Vec<&str> = config.reminders.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["neck", "eyes", "legs"]);
        assert!(after.contains("message = \"Look away\" # far\n"), "{after}");
    }

    #[test]
    fn headings_of_other_kinds_are_put_right_when_the_list_changes() {
        let add = |config: &mut Config| config.reminders.push(every("legs", 600));
        assert_snapshot!(edited("[reminder]\nid = \"a\"\nevery = \"1h\" # hourly\n", add), @r#"
        [[reminder]]
        id = "a"
        every = "1h" # hourly

        [[reminder]]
        id = "legs"
        every = "10min"
        length = "standard"
        count = 1
        "#);
        assert_snapshot!(edited("[reminder.a]\nevery = \"1h\" # hourly\n", add), @r#"
        [[reminder]]
        id = "a"
        every = "1h" # hourly

        [[reminder]]
        id = "legs"
        every = "10min"
        length = "standard"
        count = 1
        "#);
        let after = edited("reminder = [{ id = \"a\", every = \"1h\" }]\n", add);
        assert_snapshot!(after, @r#"
        [[reminder]]
        id = "a"
        every = "1h"
        length = "standard"
        count = 1

        [[reminder]]
        id = "legs"
        every = "10min"
        length = "standard"
        count = 1
        "#);
    }

    #[test]
    fn in_braces_a_key_is_changed_in_its_place() {
        let text = "reminder = [\n  { id = \"a\", every = \"1h\" }, # hourly\n  { id = \"b\", at = [\"11:00\"] },\n]\n";
        let after = edited(text, |config| {
            config.reminders[0].when = When::Every(secs(60));
            config.reminders[1].when = When::Every(secs(60));
        });
        assert_snapshot!(after, @r#"
        reminder = [
          { id = "a", every = "1min" }, # hourly
          { id = "b", every = "1min" },
        ]
        "#);
    }
}

mod mistakes {
    use super::*;

    #[test]
    fn elsewhere_are_left_alone() {
        let text = "[schedule]\nlull = 10\nlate = 1h\nquit = true\n\n[holt]\nquiet = yes\n\n[rotation]\nexcept = [\"a\", 3]\n";
        let after = edited(text, |config| {
            config.look.theme = crate::core::config::Theme::Dark;
        });
        assert_eq!(after, format!("{text}\n[look]\ntheme = \"dark\"\n"));
    }

    #[test]
    fn in_the_place_of_the_change_are_repaired() {
        let text = "[schedule]\nlull = 10 # short\nlate = 1h\nsettle =\n[rotation]\nalso = \"a\"\n";
        let after = edited(text, |config| {
            config.schedule.lull = secs(0);
            config.schedule.late = secs(0);
            config.schedule.settle = secs(0);
            config.rotation.also = ids(&["b"]);
        });
        assert_snapshot!(after, @r#"
        [schedule]
        lull = "0s" # short
        late = "0s"
        settle = "0s"
        [rotation]
        also = ["b"]
        "#);
    }

    #[test]
    fn in_a_list_stay_beside_what_is_changed() {
        let text = "[rotation]\nexcept = [\"a\", 3]\nmore_often = [\"x\", \"x\"]\n";
        let after = edited(text, |config| config.rotation.more_often = ids(&["x", "y"]));
        assert!(
            after.contains("more_often = [\"x\", \"x\", \"y\"]"),
            "{after}"
        );
    }

    #[test]
    fn a_choice_that_left_nothing_is_written_anew() {
        let facts = crate::stretch_file::builtin().facts();
        let text = "[rotation]\nstretches = [\"chin_tuck\"]\nexcept = [\"chin_tuck\"]\n";
        let home = Home::with(text);
        let config = edit(&home.location(), &facts, |config| {
            config
                .rotation
                .switch(&id("neck_flexion"), false, &facts)
                .unwrap();
        });
        assert_eq!(config.unwrap().rotation.except, ids(&["neck_flexion"]));
        assert_eq!(home.text(), "[rotation]\nexcept = [\"neck_flexion\"]\n");
    }

    #[test]
    fn something_else_than_settings_is_never_written_over() {
        let change = |config: &mut Config| config.sound.on = false;
        for text in [
            "{\n  \"lull\": 3\n}\n",
            "hello world\n",
            "<html>\n</html>\n",
            "\0\0\0",
        ] {
            let said = refused(text, change);
            assert!(said.contains("does not look like settings"), "{said}");
        }
        assert_snapshot!(refused("lull: 10s\n", change), @r#"
        /config.toml does not look like settings, so nothing was changed in it

        error: a `:` where a `=` belongs
         --> /config.toml:1:5
          |
        1 | lull: 10s
          |     ^ here
          |
          = help: settings look like `lull = "10s"`
        "#);
    }

    #[test]
    fn in_the_way_are_shown() {
        let text = "[schedule]\nopen = \"\"\"after\n[log]\nlevel = \"warn\"\n";
        let said = refused(text, |config| config.log.level = LogLevel::Error);
        assert!(
            said.contains("is in the way, so nothing was changed"),
            "{said}"
        );
        assert!(said.contains("three closing quotation marks"), "{said}");
        let said = refused("[look]\n[look.theme]\na = 1\n", |config| {
            config.look.theme = crate::core::config::Theme::Dark;
        });
        assert_snapshot!(said, @r"
        a mistake in /config.toml is in the way, so nothing was changed

        error: this cannot be changed without changing what stands around it
         --> /config.toml:2:1
          |
        2 | [look.theme]
          | ^^^^^^^^^^^^ written another way than settings are
        ");
    }

    #[test]
    fn settings_that_are_none_are_refused() {
        let said = refused("# mine\n", |config| config.sound.volume = 200);
        assert!(said.contains("allowed: 0 to 100"), "{said}");
        let said = refused("# mine\n", |config| {
            config.reminders[0].id = "a b".to_owned();
        });
        assert!(said.contains("cannot be the name of a reminder"), "{said}");
    }
}

mod files {
    use super::*;

    fn quieter(location: &Location) -> Result<Config, EditError> {
        edit(location, &[], |config| config.sound.volume = 10)
    }

    #[test]
    fn a_missing_file_is_made_with_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let location = Location::chosen(home.path().join("new/unhunch/config.toml"));
        edit(&location, &[], |_| ()).unwrap();
        assert!(!location.path.exists());
        quieter(&location).unwrap();
        assert_snapshot!(fs::read_to_string(&location.path).unwrap(), @"
        # The settings of Unhunch. What is not in here has its default; `unhunch config print` shows everything.

        [sound]
        volume = 10
        ");
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_stay() {
        let after = edited("\u{feff}[look]\r\ntheme = \"dark\"", |config| {
            config.sound.volume = 10;
            config.look.window = WindowSize::Full;
        });
        assert_eq!(
            after,
            "\u{feff}[look]\r\ntheme = \"dark\"\r\nwindow = \"full\"\r\n\r\n[sound]\r\nvolume = 10\r\n"
        );
    }

    #[test]
    fn what_is_protected_stays() {
        let home = Home::with("# mine\n");
        let path = home.location().path;
        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let said = quieter(&home.location()).unwrap_err().to_string();
        assert!(said.contains("write-protected"), "{said}");
        assert_eq!(home.text(), "# mine\n");
    }

    #[test]
    fn a_folder_is_no_file() {
        let home = tempfile::tempdir().unwrap();
        let said = quieter(&Location::chosen(home.path())).unwrap_err();
        assert!(said.to_string().contains("cannot be read"), "{said}");
    }
}

mod single_keys {
    use super::*;

    fn after(text: &str, key: &str, value: &str) -> String {
        let home = Home::with(text);
        set(&home.location(), &[], key, value).unwrap();
        home.text()
    }

    #[test]
    fn are_written_as_the_user_wrote_them() {
        assert_eq!(
            after("[schedule]\nlull = 3 # x\n", "schedule.lull", "'60s'"),
            "[schedule]\nlull = '60s' # x\n"
        );
        let text = "[hold]\nquiet = true\n";
        assert_eq!(
            after(text, "log.level", "\"info\""),
            format!("{text}\n[log]\nlevel = \"info\"\n")
        );
        assert_eq!(
            after(text, "hold", "{ away = false, apps = [\"mpv\"] }"),
            "[hold]\nquiet = true\naway = false\napps = [\"mpv\"]\n"
        );
    }

    #[test]
    fn of_reminders_are_reached_by_their_ids() {
        let text = "[[reminder]]\nid = \"a\"\nevery = \"1h\"\n";
        assert_eq!(
            after(text, "reminder.a.every", "\"90min\""),
            "[[reminder]]\nid = \"a\"\nevery = \"90min\"\n"
        );
        assert_eq!(
            after(text, "reminder.a.at", "[\"11:00\"]"),
            "[[reminder]]\nid = \"a\"\nat = [\"11:00\"]\n"
        );
        let after = after("", "reminder.upper-back.every", "\"30min\"");
        assert_snapshot!(after, @r#"
        [[reminder]]
        id = "upper-back"
        every = "30min"
        length = "standard"
        count = 1
        "#);
    }

    #[test]
    fn a_mistake_is_shown_and_nothing_written() {
        let home = Home::with("# mine\n");
        let error = set(&home.location(), &[], "sound.volume", "140").unwrap_err();
        assert_eq!(home.text(), "# mine\n");
        assert_snapshot!(error.to_string(), @r"
        error: a number out of range
         --> set sound.volume:1:16
          |
        1 | sound.volume = 140
          |                ^^^ allowed: 0 to 100
        ");
    }
}
