//! The stretches: what they are, how long each phase lasts, and where the body is at any time.
//!
//! Bearings, lengths and blending follow `assets/stretches/builtin.toml`, whose head explains
//! them. All lengths are fractions of the standing body height, y points up, 0 is the floor.
//!
//! - [`catalogue`]: what there is to know about a stretch, and the figure that shows it;
//! - [`timeline`]: the phases of a stretch laid out in time;
//! - [`pose`]: where the body is at a time, as points that a renderer draws;
//! - [`breathing`], [`guide`]: how the chest moves, and help for movements too small to be seen;
//! - [`prop`]: the chair, wall or mat beside it;
//! - [`session`]: how a break runs in its window, from the first look to the last second.
//!
//! Nothing here knows how a stretch is written in a file, or how a limb is drawn.

use std::fmt;

pub mod breathing;
pub mod catalogue;
pub mod guide;
pub mod pose;
pub mod prop;
pub mod session;
#[cfg(test)]
mod tests;
pub mod timeline;

pub use catalogue::{Catalogue, Stretch};
pub use pose::{Body, Joint, Point, pose_at};
pub use session::Session;
pub use timeline::{SideOrder, Timeline};

/// The name of a stretch in files and on the command line, such as `shoulder_roll`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StretchId(pub String);

impl StretchId {
    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StretchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How long a stretch is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VariantName {
    /// About half a minute.
    Short,
    /// About three quarters of a minute.
    Standard,
    /// One to two minutes.
    Long,
}

impl VariantName {
    /// All of them, from short to long.
    pub const ALL: [Self; 3] = [Self::Short, Self::Standard, Self::Long];

    /// As it is written in files and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Standard => "standard",
            Self::Long => "long",
        }
    }
}

/// Where one has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Posture {
    /// On a chair.
    Seated,
    /// On one's feet.
    Standing,
    /// On a mat.
    Floor,
}

impl Posture {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Seated, Self::Standing, Self::Floor];

    /// As it is written in files and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Seated => "seated",
            Self::Standing => "standing",
            Self::Floor => "floor",
        }
    }
}

/// A part of the body that a stretch works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "anatomical names say it all")]
pub enum Area {
    Neck,
    UpperTrapezius,
    Shoulders,
    Rhomboids,
    ThoracicSpine,
    Chest,
    Lats,
    SideBody,
    Triceps,
    LowerBack,
    Hips,
    Hamstrings,
    Legs,
    Wrists,
}

impl Area {
    /// All of them, from the head down.
    pub const ALL: [Self; 14] = [
        Self::Neck,
        Self::UpperTrapezius,
        Self::Shoulders,
        Self::Rhomboids,
        Self::ThoracicSpine,
        Self::Chest,
        Self::Lats,
        Self::SideBody,
        Self::Triceps,
        Self::LowerBack,
        Self::Hips,
        Self::Hamstrings,
        Self::Legs,
        Self::Wrists,
    ];

    /// As it is written in files and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Neck => "neck",
            Self::UpperTrapezius => "upper_trapezius",
            Self::Shoulders => "shoulders",
            Self::Rhomboids => "rhomboids",
            Self::ThoracicSpine => "thoracic_spine",
            Self::Chest => "chest",
            Self::Lats => "lats",
            Self::SideBody => "side_body",
            Self::Triceps => "triceps",
            Self::LowerBack => "lower_back",
            Self::Hips => "hips",
            Self::Hamstrings => "hamstrings",
            Self::Legs => "legs",
            Self::Wrists => "wrists",
        }
    }
}

/// A side of the user's own body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The user's own right.
    Right,
    /// The user's own left.
    Left,
    /// Both, or neither in particular.
    Both,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Right, Self::Left, Self::Both];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
            Self::Both => "both",
        }
    }

    /// The other side; both stays both.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            Self::Both => Self::Both,
        }
    }
}

/// What to do with the breath.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Breath {
    /// Breathe in.
    In,
    /// Breathe out.
    Out,
    /// Breathe easily.
    Easy,
}

impl Breath {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::In, Self::Out, Self::Easy];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Easy => "easy",
        }
    }
}

/// From where the figure is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// From its right side; it looks to the viewer's right.
    Side,
    /// From the front, as a mirror image of the user.
    Front,
}

impl View {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Side, Self::Front];

    /// As it is written in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Side => "side",
            Self::Front => "front",
        }
    }
}
