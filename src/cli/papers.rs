//! `unhunch __papers`: completions for shells and pages for `man`, made from the definitions of the
//! commands themselves, so that they cannot fall behind them. Hidden; an installation calls it.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::{Shell, generate_to};

use super::for_people;
use crate::text::text;

/// Shells for which there are completions.
const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

/// Its definition.
pub fn command() -> Command {
    Command::new("__papers")
        .hide(true)
        .about(text("cli-papers-about"))
        .arg(
            Arg::new("folder")
                .value_name("FOLDER")
                .value_parser(value_parser!(PathBuf))
                .required(true),
        )
}

/// Writes them into `completions` and `man` in this folder, under the names by which shells and
/// `man` find them.
pub fn run(arguments: &ArgMatches) -> anyhow::Result<ExitCode> {
    let folder: &PathBuf = arguments
        .get_one("folder")
        .context("a folder to write to")?;
    let (completions, man) = (folder.join("completions"), folder.join("man"));
    for folder in [&completions, &man] {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    for shell in SHELLS {
        generate_to(shell, &mut for_people(), "unhunch", &completions)
            .with_context(|| format!("writing completions for {shell}"))?;
    }
    clap_mangen::generate_to(for_people(), &man).context("writing pages for man")?;
    Ok(ExitCode::SUCCESS)
}
