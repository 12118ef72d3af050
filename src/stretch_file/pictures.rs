//! Pictures that a stretch file names: found beside the file, and looked at from outside only.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Component, Path, PathBuf},
};

use super::reader::said;
use crate::diagnostic::did_you_mean;

/// A larger picture than this, in bytes, is not read.
pub const LARGEST: u64 = 8 * 1024 * 1024;
/// A wider or higher picture than this, in pixels, is not read.
pub const LARGEST_SIDE: u32 = 4096;

/// Why a picture cannot be used: the id of a text, and what to write instead if that is known.
pub struct Mistake {
    pub id: &'static str,
    pub help: Option<String>,
}

impl From<&'static str> for Mistake {
    fn from(id: &'static str) -> Self {
        Self { id, help: None }
    }
}

/// The picture of this name in this folder, or in a folder below it.
pub fn find(folder: &Path, written: &str) -> Result<PathBuf, Mistake> {
    let name = Path::new(written);
    let below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if written.contains("://") || !name.components().all(below) {
        return Err("picture-elsewhere".into());
    }
    let extension = name.extension().and_then(|extension| extension.to_str());
    let extension = extension.map(str::to_ascii_lowercase).unwrap_or_default();
    if extension != "png" && extension != "svg" {
        return Err("picture-kind".into());
    }
    let path = folder.join(name);
    let Ok(metadata) = path.metadata() else {
        return Err(Mistake {
            id: "picture-missing",
            help: meant(folder, written),
        });
    };
    if !metadata.is_file() {
        return Err("picture-no-file".into());
    }
    if metadata.len() > LARGEST {
        return Err("picture-large".into());
    }
    match extension.as_str() {
        "png" => png(&path)?,
        _ => svg(&path)?,
    }
    Ok(path)
}

/// The first bytes of a PNG: its mark, then the size.
fn png(path: &Path) -> Result<(), Mistake> {
    let mut head = [0; 24];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if read.is_err() || !head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err("picture-not-png".into());
    }
    let side = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if side(16).max(side(20)) > LARGEST_SIDE {
        return Err("picture-large".into());
    }
    Ok(())
}

fn svg(path: &Path) -> Result<(), Mistake> {
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut text));
    if read.is_err() || !text.windows(4).any(|four| four == b"<svg") {
        return Err("picture-not-svg".into());
    }
    Ok(())
}

/// The picture of the folder whose name looks most like this one.
fn meant(folder: &Path, written: &str) -> Option<String> {
    let entries = fs::read_dir(folder).ok()?;
    let names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".png") || name.ends_with(".svg"))
        .collect();
    let meant = did_you_mean(written, names.iter().map(String::as_str))?;
    Some(said("did-you-mean", &[("meant", meant)]))
}
