//! Parses the arguments, runs one command, turns an error into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    unhunch::cli::run(std::env::args_os())
}
