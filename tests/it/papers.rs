//! Completions and pages for `man`, as an installation makes them.

use std::{fs, path::Path, process::Command};

use unhunch::cli;

use crate::support::installed;

fn papers() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_unhunch"))
        .arg("__papers")
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    folder
}

/// The names of all commands that people see, with those that belong to them.
fn commands() -> Vec<String> {
    let mut names = Vec::new();
    for command in cli::command()
        .get_subcommands()
        .filter(|one| !one.is_hide_set())
    {
        names.push(command.get_name().to_owned());
        let inner = command.get_subcommands().filter(|one| !one.is_hide_set());
        names.extend(inner.map(|inner| format!("{}-{}", command.get_name(), inner.get_name())));
    }
    assert!(names.len() > 20);
    names
}

#[test]
fn shells_understand_their_completions() {
    let folder = papers();
    let files = [
        ("bash", "unhunch.bash"),
        ("zsh", "_unhunch"),
        ("fish", "unhunch.fish"),
    ];
    for (shell, file) in files {
        let file = folder.path().join("completions").join(file);
        let output = Command::new(installed(shell))
            .arg("-n")
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success(), "{shell}: {output:?}");
        let text = fs::read_to_string(&file).unwrap();
        for name in commands().iter().filter(|name| !name.contains('-')) {
            assert!(text.contains(name), "{shell} does not know {name}");
        }
        let format = if shell == "fish" {
            "-l format"
        } else {
            "--format"
        };
        assert!(text.contains(format), "{shell}");
        assert!(
            !text.contains("__window"),
            "{shell} shows what is not for people"
        );
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let folder = papers();
    let file = folder.path().join("completions/unhunch.bash");
    let complete = |words: &str, last: usize| {
        let script = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={last}; _unhunch unhunch \
             \"${{COMP_WORDS[$COMP_CWORD]}}\" ''; echo \"${{COMPREPLY[*]}}\"",
            file.display()
        );
        let output = Command::new(installed("bash"))
            .args(["-c", &script])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete("unhunch snoo", 1).trim(), "snooze");
    assert_eq!(complete("unhunch watch --for", 2).trim(), "--format");
}

#[test]
fn every_command_has_a_page_that_man_can_show() {
    let folder = papers();
    let man = folder.path().join("man");
    let page = |name: &str| man.join(name);
    assert!(page("unhunch.1").exists());
    for name in commands() {
        let file = page(&format!("unhunch-{name}.1"));
        assert!(file.exists(), "no page for {name}");
    }
    let pages = fs::read_dir(&man).unwrap();
    for file in pages.map(|page| page.unwrap().path()) {
        let complaints = complaints(&file);
        assert!(complaints.is_empty(), "{}: {complaints}", file.display());
    }
}

/// What the typesetter behind `man` complains of.
fn complaints(page: &Path) -> String {
    let output = Command::new(installed("groff"))
        .args(["-man", "-ww", "-Tutf8", "-Kutf8", "-z"])
        .arg(page)
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stderr).into_owned()
}
