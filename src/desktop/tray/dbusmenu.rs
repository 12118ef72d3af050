//! The menu as panels ask for it, `com.canonical.dbusmenu`.

use std::{collections::HashMap, sync::Arc};

use zbus::{OwnedVariant, Variant, fdo, interface, object_server::SignalEmitter};

use super::{
    Event, Waits,
    host::Shared,
    menu::{Entry, Kind, Menu, ROOT},
};

/// Where panels look for the menu: the item says so.
pub const PATH: &str = "/MenuBar";

/// What a panel may know of an entry.
type Properties = HashMap<&'static str, Variant<'static>>;

/// An entry, and variants of the same with those behind it.
type Layout = (i32, Properties, Vec<Variant<'static>>);

/// The served object.
pub struct DbusMenu(pub Arc<Shared>);

#[interface(name = "com.canonical.dbusmenu")]
impl DbusMenu {
    /// The entries behind this one, so many levels deep; -1 means all.
    async fn get_layout(
        &self,
        parent_id: i32,
        recursion_depth: i32,
        property_names: Vec<String>,
    ) -> fdo::Result<(u32, Layout)> {
        self.0.with(|shown| {
            let menu = &shown.menu;
            let layout = layout(menu, parent_id, recursion_depth, &property_names);
            let unknown = || fdo::Error::InvalidArgs(format!("there is no entry {parent_id}"));
            Ok((menu.revision(), layout.ok_or_else(unknown)?))
        })
    }

    /// What there is to know of these entries, or of all. Those that are gone are left out.
    async fn get_group_properties(
        &self,
        ids: Vec<i32>,
        property_names: Vec<String>,
    ) -> Vec<(i32, Properties)> {
        self.0.with(|shown| {
            let ids = if ids.is_empty() {
                shown.menu.ids()
            } else {
                ids
            };
            let known = ids
                .into_iter()
                .filter_map(|id| Some((id, properties_of(&shown.menu, id, &property_names)?)));
            known.collect()
        })
    }

    /// One thing to know of one entry.
    async fn get_property(&self, id: i32, name: &str) -> fdo::Result<OwnedVariant> {
        let names = [name.to_owned()];
        let found = self.0.with(|shown| properties_of(&shown.menu, id, &names));
        let value = found.and_then(|mut found| found.remove(name));
        let value = value.and_then(|value| OwnedVariant::try_from(value).ok());
        value.ok_or_else(|| fdo::Error::InvalidArgs(format!("{id} has no {name}")))
    }

    /// Something happened to an entry.
    async fn event(&self, id: i32, event_id: &str, _data: Variant<'_>, _timestamp: u32) {
        self.happened(id, event_id);
    }

    /// Several things happened at once. Gives the ids that there are not.
    async fn event_group(&self, events: Vec<(i32, String, OwnedVariant, u32)>) -> Vec<i32> {
        let mut unknown = Vec::new();
        for (id, event, _, _) in events {
            if !self.happened(id, &event) {
                unknown.push(id);
            }
        }
        unknown
    }

    /// The entries behind this one are about to be shown. Says whether they have changed.
    async fn about_to_show(&self, id: i32) -> bool {
        self.brought_up_to_date(id == ROOT).await
    }

    /// The same for several. Gives those that have changed, and those that there are not.
    async fn about_to_show_group(&self, ids: Vec<i32>) -> (Vec<i32>, Vec<i32>) {
        let changed = self.brought_up_to_date(ids.contains(&ROOT)).await;
        let unknown = |id: &i32| self.0.with(|shown| shown.menu.behind(*id).is_none());
        let unknown = ids.iter().copied().filter(unknown).collect();
        (if changed { vec![ROOT] } else { Vec::new() }, unknown)
    }

    /// The version of this interface.
    #[zbus(property(emits_changed_signal = "const"))]
    async fn version(&self) -> u32 {
        3
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn text_direction(&self) -> &'static str {
        "ltr"
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn status(&self) -> &'static str {
        "normal"
    }

    #[zbus(property(emits_changed_signal = "const"))]
    async fn icon_theme_path(&self) -> Vec<String> {
        Vec::new()
    }

    /// Entries came, went or moved.
    #[zbus(signal)]
    pub async fn layout_updated(
        emitter: &SignalEmitter<'_>,
        revision: u32,
        parent: i32,
    ) -> zbus::Result<()>;

    /// Entries say something else than before.
    #[zbus(signal)]
    pub async fn items_properties_updated(
        emitter: &SignalEmitter<'_>,
        updated: Vec<(i32, Properties)>,
        removed: Vec<(i32, Vec<String>)>,
    ) -> zbus::Result<()>;
}

impl DbusMenu {
    /// Takes a click; `false` if the entry is not there.
    fn happened(&self, id: i32, event: &str) -> bool {
        let (there, wish) = self.0.with(|shown| {
            let wish = shown.menu.entry(id).and_then(Entry::wish).cloned();
            (shown.menu.behind(id).is_some(), wish)
        });
        if let Some(wish) = wish.filter(|_| event == "clicked") {
            self.0.wish(wish);
        }
        there
    }

    /// Lets the menu say what is so now, and says whether it said something else.
    async fn brought_up_to_date(&self, wanted: bool) -> bool {
        if !wanted {
            return false;
        }
        let before = self.0.with(|shown| shown.changes);
        let (waits, done) = async_channel::bounded(1);
        self.0.post(Event::Opening(Waits(waits)));
        // Nothing is ever sent: the other end is dropped when the menu is up to date.
        done.recv().await.ok();
        self.0.with(|shown| shown.changes) != before
    }
}

/// What the panel is to know of the entry with this id; `None` if it is not there.
pub fn properties_of(menu: &Menu, id: i32, wanted: &[String]) -> Option<Properties> {
    let all = match id {
        ROOT => root(),
        _ => properties(menu.entry(id)?),
    };
    Some(asked_for(all, wanted))
}

fn asked_for(mut all: Properties, wanted: &[String]) -> Properties {
    all.retain(|name, _| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name));
    all
}

fn root() -> Properties {
    HashMap::from([("children-display", "submenu".into())])
}

fn properties(entry: &Entry) -> Properties {
    // An underscore would mark the next letter as the key for the entry.
    let label = || Variant::from(entry.label.replace('_', "__"));
    match &entry.kind {
        Kind::Line(_) => HashMap::from([("type", "separator".into())]),
        Kind::Label(_) => HashMap::from([("label", label()), ("enabled", false.into())]),
        Kind::Choice(_) => HashMap::from([("label", label())]),
        Kind::Switch { on, .. } => HashMap::from([
            ("label", label()),
            ("toggle-type", "checkmark".into()),
            ("toggle-state", i32::from(*on).into()),
        ]),
        Kind::More(..) => {
            HashMap::from([("label", label()), ("children-display", "submenu".into())])
        }
    }
}

/// The entry with this id, and those behind it so many levels deep.
fn layout(menu: &Menu, id: i32, depth: i32, wanted: &[String]) -> Option<Layout> {
    let properties = properties_of(menu, id, wanted)?;
    Some((
        id,
        properties,
        behind(menu, menu.behind(id)?, depth, wanted),
    ))
}

fn behind(menu: &Menu, entries: &[Entry], depth: i32, wanted: &[String]) -> Vec<Variant<'static>> {
    if depth == 0 {
        return Vec::new();
    }
    let deeper = |entry: &Entry| {
        let properties = asked_for(properties(entry), wanted);
        let behind = behind(menu, entry.children(), depth.saturating_sub(1), wanted);
        Variant::from((menu.id(entry), properties, behind))
    };
    entries.iter().map(deeper).collect()
}
