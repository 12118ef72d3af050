//! The pictures of stretches without a figure, read on a thread of their own.
//!
//! The first frame does not wait for them. One that cannot be read is logged, and the words stand
//! alone.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::gui::bitmap;

/// Pictures by their files.
pub struct Pictures {
    known: BTreeMap<PathBuf, Picture>,
    sender: Sender<(PathBuf, Option<ColorImage>)>,
    read: Receiver<(PathBuf, Option<ColorImage>)>,
    /// How many are being read.
    awaited: usize,
}

enum Picture {
    /// Being read, or cannot be.
    Missing,
    Shown(TextureHandle),
}

impl Default for Pictures {
    fn default() -> Self {
        let (sender, read) = channel();
        Self {
            known: BTreeMap::new(),
            sender,
            read,
            awaited: 0,
        }
    }
}

impl Pictures {
    /// Takes what has been read, and begins to read those of these files that are new.
    pub fn want<'a>(&mut self, ctx: &Context, files: impl Iterator<Item = &'a Path>) {
        while let Ok((file, image)) = self.read.try_recv() {
            self.take(ctx, file, image);
        }
        let new: Vec<PathBuf> = files
            .filter(|file| !self.known.contains_key(*file))
            .map(Path::to_owned)
            .collect();
        if new.is_empty() {
            return;
        }
        for file in &new {
            self.known.insert(file.clone(), Picture::Missing);
        }
        self.awaited += new.len();
        self.read_beside(ctx.clone(), new);
    }

    fn read_beside(&mut self, ctx: Context, files: Vec<PathBuf>) {
        let sender = self.sender.clone();
        let started = thread::Builder::new()
            .name("pictures".to_owned())
            .spawn(move || {
                for file in files {
                    let image = bitmap::read(&file)
                        .inspect_err(|error| {
                            log::warn!("the picture {} is not shown: {error:#}", file.display());
                        })
                        .ok();
                    if sender.send((file, image)).is_err() {
                        return;
                    }
                    ctx.request_repaint();
                }
            });
        if let Err(error) = started {
            log::warn!("there are no pictures: {error}");
        }
    }

    fn take(&mut self, ctx: &Context, file: PathBuf, image: Option<ColorImage>) {
        self.awaited = self.awaited.saturating_sub(1);
        if let Some(image) = image {
            let name = file.display().to_string();
            let texture = ctx.load_texture(name, image, TextureOptions::LINEAR);
            self.known.insert(file, Picture::Shown(texture));
        }
    }

    /// Waits until everything that is being read has been read. For pictures of the window.
    pub fn wait(&mut self, ctx: &Context) {
        while self.awaited > 0 {
            let Ok((file, image)) = self.read.recv() else {
                return;
            };
            self.take(ctx, file, image);
        }
    }

    /// The picture of a file, if it has been read and is one.
    #[must_use]
    pub fn texture(&self, file: &Path) -> Option<&TextureHandle> {
        match self.known.get(file)? {
            Picture::Shown(texture) => Some(texture),
            Picture::Missing => None,
        }
    }
}
