//! What PipeWire tells of its graph, as far as screens are concerned: who offers one, who sees it.
//!
//! A compositor, or the portal beside it, offers a screen as a video stream with a name of its own:
//! Mutter `meta-screen-cast-src`, niri `niri-screen-cast-src`, KWin `kwin-screencast-…`, each of
//! class `Stream/Output/Video`; the portals of wlroots and Hyprland `xdpw-stream-…` and
//! `xdph-streaming-…`, of class `Video/Source`. Whoever sees it is linked to it. Cameras are of the
//! latter class too, and bear other names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::Value;

use crate::desktop::sense::except::Except;

/// Of what class something is that offers pictures.
const OFFERS: [&str; 2] = ["Stream/Output/Video", "Video/Source"];

/// How names begin, or go on, of those that offer a screen.
const SCREENS: [&str; 5] = [
    "screen-cast",
    "screencast",
    "xdpw-stream",
    "xdph-streaming",
    "xdg-desktop-portal",
];

/// No graph has more parts; what has more is none.
const MOST: usize = 20_000;

/// The properties by which programs are known, the one to show first.
const NAMES: [&str; 5] = [
    "application.name",
    "application.process.binary",
    "application.id",
    "pipewire.access.portal.app_id",
    "node.name",
];

/// Something in the graph, or what became of it, as `pw-dump` writes it.
#[derive(Deserialize)]
pub struct Object {
    id: u32,
    #[serde(default, rename = "type")]
    kind: String,
    /// Nothing when it is gone.
    #[serde(default)]
    info: Option<Info>,
}

#[derive(Deserialize)]
struct Info {
    #[serde(default)]
    props: Option<HashMap<String, Value>>,
    #[serde(default, rename = "output-node-id")]
    from: Option<u32>,
    #[serde(default, rename = "input-node-id")]
    to: Option<u32>,
    #[serde(default)]
    state: Option<String>,
}

/// The graph, as far as it has to do with pictures and with who is who.
#[derive(Default)]
pub struct Graph {
    nodes: BTreeMap<u32, Node>,
    links: BTreeMap<u32, Link>,
    /// The names of programs.
    clients: BTreeMap<u32, Vec<String>>,
}

struct Node {
    is_screen: bool,
    names: Vec<String>,
    client: Option<u32>,
}

struct Link {
    from: u32,
    to: u32,
}

impl Graph {
    /// Takes what is new, has changed, or is gone.
    ///
    /// # Errors
    /// When there is more than any graph has.
    pub fn take(&mut self, objects: Vec<Object>) -> Result<(), &'static str> {
        for object in objects {
            self.forget(object.id);
            if let Some(info) = object.info {
                self.remember(object.id, &object.kind, &info);
            }
        }
        let parts = self.nodes.len() + self.links.len() + self.clients.len();
        if parts > MOST {
            return Err("it tells of more than there can be");
        }
        Ok(())
    }

    fn forget(&mut self, id: u32) {
        self.nodes.remove(&id);
        self.links.remove(&id);
        self.clients.remove(&id);
    }

    fn remember(&mut self, id: u32, kind: &str, info: &Info) {
        let kind = kind.strip_prefix("PipeWire:Interface:").unwrap_or_default();
        match (kind, &info.props, info.from, info.to) {
            ("Node", Some(props), _, _) => {
                if let Some(node) = Node::read(props) {
                    self.nodes.insert(id, node);
                }
            }
            ("Client", Some(props), _, _) => {
                self.clients.insert(id, names(props));
            }
            ("Link", _, Some(from), Some(to)) if info.state.as_deref() != Some("error") => {
                self.links.insert(id, Link { from, to });
            }
            _ => {}
        }
    }

    /// Who sees a screen, by name; `None`: nobody.
    pub fn viewers(&self, except: &Except) -> Option<Vec<String>> {
        let shown = self.links.values().filter(|link| {
            let from = self.nodes.get(&link.from);
            from.is_some_and(|node| node.is_screen)
        });
        let viewers: Vec<Vec<&str>> = shown
            .map(|link| self.names_of(link.to))
            .filter(|names| !except.has(names.iter().copied()))
            .collect();
        if viewers.is_empty() {
            return None;
        }
        let names: BTreeSet<&str> = viewers
            .iter()
            .filter_map(|names| names.first().copied())
            .collect();
        Some(names.into_iter().map(str::to_owned).collect())
    }

    /// All names of the program that has this node, the one to show first.
    fn names_of(&self, node: u32) -> Vec<&str> {
        let Some(node) = self.nodes.get(&node) else {
            return Vec::new();
        };
        let client = node.client.and_then(|client| self.clients.get(&client));
        let of_client = client.into_iter().flatten();
        // A stream is named after what it does, its program after what it is.
        of_client.chain(&node.names).map(String::as_str).collect()
    }
}

impl Node {
    /// Nothing for what has nothing to do with pictures.
    fn read(props: &HashMap<String, Value>) -> Option<Self> {
        let text = |key: &str| props.get(key).and_then(Value::as_str).unwrap_or_default();
        let class = text("media.class");
        if !class.contains("Video") {
            return None;
        }
        let called = |key: &str| {
            let name = text(key).to_lowercase();
            SCREENS.iter().any(|screen| name.contains(screen))
        };
        let offers = OFFERS.contains(&class) && !props.contains_key("device.api");
        Some(Self {
            is_screen: offers && (called("media.name") || called("node.name")),
            names: names(props),
            client: number(props.get("client.id")),
        })
    }
}

fn names(props: &HashMap<String, Value>) -> Vec<String> {
    let texts = NAMES.iter().filter_map(|key| props.get(*key)?.as_str());
    texts
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Versions of the tool differ in whether numbers stand in quotes.
fn number(value: Option<&Value>) -> Option<u32> {
    match value? {
        Value::Number(number) => u32::try_from(number.as_u64()?).ok(),
        Value::String(text) => text.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn node(id: u32, props: Value) -> Value {
        let mut node = json!({ "id": id, "type": "PipeWire:Interface:Node", "info": {} });
        node["info"]["props"] = props;
        node
    }

    fn link(from: u32, to: u32) -> Value {
        json!({ "id": 90 + from, "type": "PipeWire:Interface:Link", "info": {
            "output-node-id": from, "input-node-id": to, "state": "active", "props": {}
        } })
    }

    fn viewers(objects: &[Value], except: &[&str]) -> Option<Vec<String>> {
        let list = Except::default();
        list.set(&except.iter().map(ToString::to_string).collect::<Vec<_>>());
        let mut graph = Graph::default();
        let objects = serde_json::from_value(Value::from(objects)).unwrap();
        graph.take(objects).unwrap();
        graph.viewers(&list)
    }

    fn viewer(id: u32) -> Value {
        node(
            id,
            json!({
                "media.class": "Stream/Input/Video",
                "node.name": "webrtc-consume-stream",
                "application.name": "Chromium input",
                "application.process.binary": "chrome",
            }),
        )
    }

    #[test]
    fn every_desktop_offers_its_screen_under_a_name_of_its_own() {
        for (class, media, name) in [
            ("Stream/Output/Video", "meta-screen-cast-src", "gnome-shell"),
            ("Stream/Output/Video", "niri-screen-cast-src", "niri"),
            (
                "Stream/Output/Video",
                "kwin-screencast-eDP-1",
                "kwin_wayland",
            ),
            (
                "Video/Source",
                "xdpw-stream-a1B2c3",
                "xdg-desktop-portal-wlr",
            ),
            (
                "Video/Source",
                "xdph-streaming-a1B2c3",
                "xdg-desktop-portal-hyprland",
            ),
        ] {
            let props = json!({ "media.class": class, "media.name": media, "node.name": name });
            let screen = node(10, props);
            let seen = viewers(&[link(10, 20), screen.clone(), viewer(20)], &[]);
            assert_eq!(seen, Some(vec!["Chromium input".to_owned()]), "{media}");
            assert_eq!(
                viewers(&[screen, viewer(20)], &[]),
                None,
                "{media}: nobody sees it"
            );
        }
    }

    #[test]
    fn a_camera_or_a_film_is_no_screen() {
        for props in [
            json!({ "media.class": "Video/Source", "node.name": "v4l2_input.pci-0",
                "device.api": "v4l2", "media.role": "Camera" }),
            json!({ "media.class": "Stream/Output/Video", "node.name": "OBS Virtual Camera" }),
            json!({ "media.class": "Audio/Source", "media.name": "screencast" }),
            json!({}),
        ] {
            assert_eq!(
                viewers(&[node(10, props), viewer(20), link(10, 20)], &[]),
                None
            );
        }
    }

    #[test]
    fn pictures_of_windows_in_the_panel_of_plasma_are_seen_by_nobody() {
        let screen =
            json!({ "media.class": "Stream/Output/Video", "media.name": "kwin-screencast-x" });
        let panel = node(
            20,
            json!({ "media.class": "Stream/Input/Video", "node.name": "plasmashell" }),
        );
        let objects = [node(10, screen), panel, link(10, 20)];
        assert_eq!(viewers(&objects, &[]), None);
    }

    #[test]
    fn a_program_on_the_list_is_left_out_by_the_name_of_its_file_too() {
        let screen =
            json!({ "media.class": "Stream/Output/Video", "media.name": "meta-screen-cast-src" });
        let client = json!({ "id": 7, "type": "PipeWire:Interface:Client", "info": { "props": {
            "application.name": "OBS", "application.process.binary": "obs"
        } } });
        let stream = node(
            20,
            json!({ "media.class": "Stream/Input/Video", "node.name": "screen", "client.id": 7 }),
        );
        let objects = [client, node(10, screen), stream, link(10, 20)];
        assert_eq!(viewers(&objects, &["obs"]), None);
        assert_eq!(viewers(&objects, &[]), Some(vec!["OBS".to_owned()]));
    }

    #[test]
    fn what_is_gone_is_forgotten_and_too_much_is_refused() {
        let screen =
            json!({ "media.class": "Stream/Output/Video", "media.name": "meta-screen-cast-src" });
        let mut graph = Graph::default();
        let mut take = |objects: Value| {
            let taken = graph.take(serde_json::from_value(objects).unwrap());
            (taken, graph.viewers(&Except::default()).is_some())
        };
        assert_eq!(
            take(json!([node(10, screen), viewer(20), link(10, 20)])),
            (Ok(()), true)
        );
        assert_eq!(take(json!([{ "id": 100, "info": null }])), (Ok(()), false));
        let many: Vec<Value> = (0..30_000).map(|id| link(id, id)).collect();
        assert!(take(Value::from(many)).0.is_err());
    }
}
