//! Where the program is, for somebody who starts it another day.

use std::{
    env,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

/// The path by which this program should be started on other days.
///
/// That is the one by which it was started now, and not the file behind it: distributions that put
/// every version in a folder of its own have a link that stays, and an update changes where it
/// leads.
///
/// # Errors
///
/// When the system does not tell where the program is.
pub fn program() -> io::Result<PathBuf> {
    let this = env::current_exe()?;
    let called = env::args_os().next().unwrap_or_default();
    let by_call = match Path::new(&called).components().count() {
        0 => None,
        1 => in_path(&called),
        _ => env::current_dir().ok().map(|here| here.join(&called)),
    };
    // A name may be anything; only what leads to this program counts.
    let by_call = by_call
        .filter(|path| same(path, &this))
        .map(|path| tidy(&path));
    Ok(by_call
        .or_else(|| in_path(OsStr::new("unhunch")).filter(|path| same(path, &this)))
        .unwrap_or(this))
}

/// Whether two paths lead to the same file.
pub fn same(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        (Ok(_) | Err(_), Ok(_) | Err(_)) => false,
    }
}

/// The file that a start by this path, or by this name alone, would run.
pub fn found(path: &Path) -> Option<PathBuf> {
    if path.is_absolute() {
        return path.is_file().then(|| path.to_owned());
    }
    in_path(path.as_os_str())
}

fn in_path(name: &OsStr) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Without `.` and without `..` after a real name; links stay.
fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;

    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                // A link before it would lead elsewhere; then the path stays as it is.
                if tidy.is_symlink() {
                    return path.to_owned();
                }
                tidy.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => tidy.push(part),
        }
    }
    tidy
}
