//! The icon as panels ask for it, `org.kde.StatusNotifierItem`.

use std::sync::Arc;

use zbus::{interface, object_server::SignalEmitter, wire::OwnedObjectPath};

use super::{Wish, host::Shared, icon};
use crate::{desktop::APP_ID, window::list::Window};

/// Where panels look for the icon.
pub const PATH: &str = "/StatusNotifierItem";

/// A picture: its width, its height, and alpha, red, green, blue of each pixel.
type Pixmap = (i32, i32, Vec<u8>);

/// The served object.
pub struct Item(pub Arc<Shared>);

impl Item {
    /// The picture in every size; drawn when somebody asks, and kept nowhere.
    fn pictures(&self) -> Vec<Pixmap> {
        let (sign, panel) = self.0.with(|shown| (shown.face.sign, shown.face.panel));
        let picture = |side: u16| (side.into(), side.into(), icon::draw(sign, panel, side));
        icon::SIDES.into_iter().map(picture).collect()
    }
}

#[interface(name = "org.kde.StatusNotifierItem")]
impl Item {
    /// A click, where the panel does not open the menu with it.
    async fn activate(&self, _x: i32, _y: i32) {
        self.0.wish(Wish::Open(Window::Status));
    }

    /// A click with the middle button.
    async fn secondary_activate(&self, _x: i32, _y: i32) {
        self.0.wish(Wish::PauseOrResume);
    }

    /// The panel shows the menu itself.
    async fn context_menu(&self, _x: i32, _y: i32) {}

    /// Nothing here has a loudness.
    async fn scroll(&self, _delta: i32, _orientation: &str) {}

    /// What gives the focus to the window that the next click opens.
    async fn provide_xdg_activation_token(&self, token: String) {
        self.0.token(token);
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn category(&self) -> &'static str {
        "ApplicationStatus"
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn id(&self) -> &'static str {
        APP_ID
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn title(&self) -> String {
        crate::text::text("tray-title")
    }

    /// A panel that hides icons shows this one while a break is announced.
    #[zbus(property(emits_changed_signal = "false"))]
    async fn status(&self) -> &'static str {
        self.0.with(|shown| shown.status())
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn window_id(&self) -> i32 {
        0
    }

    /// No name: some panels would prefer an icon of that name to the picture.
    #[zbus(property(emits_changed_signal = "const"))]
    async fn icon_name(&self) -> &'static str {
        ""
    }

    #[zbus(property(emits_changed_signal = "false"))]
    async fn icon_pixmap(&self) -> Vec<Pixmap> {
        self.pictures()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn overlay_icon_name(&self) -> &'static str {
        ""
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn overlay_icon_pixmap(&self) -> Vec<Pixmap> {
        Vec::new()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn attention_icon_name(&self) -> &'static str {
        ""
    }

    /// While a break is announced, panels show this one instead.
    #[zbus(property(emits_changed_signal = "false"))]
    async fn attention_icon_pixmap(&self) -> Vec<Pixmap> {
        self.pictures()
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn attention_movie_name(&self) -> &'static str {
        ""
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn icon_theme_path(&self) -> &'static str {
        ""
    }

    #[zbus(property(emits_changed_signal = "false"))]
    async fn tool_tip(&self) -> (String, Vec<Pixmap>, String, String) {
        let words = self.0.with(|shown| shown.face.words.clone());
        let title = crate::text::text("tray-title");
        (String::new(), Vec::new(), title, words)
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn item_is_menu(&self) -> bool {
        false
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn menu(&self) -> OwnedObjectPath {
        OwnedObjectPath::try_from(super::dbusmenu::PATH).expect("the path of an object")
    }

    /// The picture is another one.
    #[zbus(signal)]
    pub async fn new_icon(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// The picture that asks for attention is another one.
    #[zbus(signal)]
    pub async fn new_attention_icon(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// The words are others.
    #[zbus(signal)]
    pub async fn new_tool_tip(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;

    /// The icon asks for attention, or not any more.
    #[zbus(signal)]
    pub async fn new_status(emitter: &SignalEmitter<'_>, status: &str) -> zbus::Result<()>;
}
