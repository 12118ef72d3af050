//! The stretches: what they are, how long each phase lasts, and where the body is at any time.
//!
//! Bearings, lengths and blending follow `assets/stretches/builtin.toml`, whose head explains
//! them. All lengths are fractions of the standing body height, y points up, 0 is the floor.

use std::fmt;

/// The name of a stretch in files and on the command line, such as `shoulder_roll`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StretchId(pub String);

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

/// From where the figure is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// From its right side; it looks to the viewer's right.
    Side,
    /// From the front, as a mirror image of the user.
    Front,
}
