//! What clients of the tests' compositor ask of it.

use wayland_server::{
    Client, DataInit, Dispatch, DisplayHandle, GlobalDispatch, New,
    backend::{ClientId, GlobalId},
    protocol::wl_seat::{self, WlSeat},
};

use super::{
    Object, World,
    protocol::{
        ext_idle_notification_v1::{self, ExtIdleNotificationV1},
        ext_idle_notifier_v1::{self, ExtIdleNotifierV1},
        org_kde_kwin_idle::{self, OrgKdeKwinIdle},
        org_kde_kwin_idle_timeout::{self, OrgKdeKwinIdleTimeout},
    },
};

/// A seat without any device.
pub fn create_seat(display: &DisplayHandle) -> GlobalId {
    display.create_global::<World, WlSeat, ()>(1, ())
}

/// Whoever binds a global gets an object, and that is all.
macro_rules! plain_global {
    ($interface:ty) => {
        impl GlobalDispatch<$interface, ()> for World {
            fn bind(
                _: &mut Self,
                _: &DisplayHandle,
                _: &Client,
                resource: New<$interface>,
                (): &(),
                data: &mut DataInit<'_, Self>,
            ) {
                data.init(resource, ());
            }
        }
    };
}

plain_global!(WlSeat);
plain_global!(ExtIdleNotifierV1);
plain_global!(OrgKdeKwinIdle);

impl Dispatch<WlSeat, ()> for World {
    fn request(
        _: &mut Self,
        _: &Client,
        _: &WlSeat,
        request: wl_seat::Request,
        (): &(),
        _: &DisplayHandle,
        _: &mut DataInit<'_, Self>,
    ) {
        panic!("nobody asks {request:?} of a seat here");
    }
}

impl Dispatch<ExtIdleNotifierV1, ()> for World {
    fn request(
        world: &mut Self,
        _: &Client,
        _: &ExtIdleNotifierV1,
        request: ext_idle_notifier_v1::Request,
        (): &(),
        _: &DisplayHandle,
        data: &mut DataInit<'_, Self>,
    ) {
        let (id, timeout, input_alone) = match request {
            ext_idle_notifier_v1::Request::GetIdleNotification { id, timeout, .. } => {
                (id, timeout, false)
            }
            ext_idle_notifier_v1::Request::GetInputIdleNotification { id, timeout, .. } => {
                (id, timeout, true)
            }
            ext_idle_notifier_v1::Request::Destroy => return,
        };
        world.add(Object::Ext(data.init(id, ())), input_alone, timeout);
    }
}

impl Dispatch<ExtIdleNotificationV1, ()> for World {
    fn request(
        _: &mut Self,
        _: &Client,
        _: &ExtIdleNotificationV1,
        _: ext_idle_notification_v1::Request,
        (): &(),
        _: &DisplayHandle,
        _: &mut DataInit<'_, Self>,
    ) {
    }

    fn destroyed(world: &mut Self, _: ClientId, gone: &ExtIdleNotificationV1, (): &()) {
        world.forget(gone);
    }
}

impl Dispatch<OrgKdeKwinIdle, ()> for World {
    fn request(
        world: &mut Self,
        _: &Client,
        _: &OrgKdeKwinIdle,
        request: org_kde_kwin_idle::Request,
        (): &(),
        _: &DisplayHandle,
        data: &mut DataInit<'_, Self>,
    ) {
        let org_kde_kwin_idle::Request::GetIdleTimeout { id, timeout, .. } = request;
        world.add(Object::Kwin(data.init(id, ())), false, timeout);
    }
}

impl Dispatch<OrgKdeKwinIdleTimeout, ()> for World {
    fn request(
        _: &mut Self,
        _: &Client,
        _: &OrgKdeKwinIdleTimeout,
        request: org_kde_kwin_idle_timeout::Request,
        (): &(),
        _: &DisplayHandle,
        _: &mut DataInit<'_, Self>,
    ) {
        match request {
            org_kde_kwin_idle_timeout::Request::Release => {}
            org_kde_kwin_idle_timeout::Request::SimulateUserActivity => {
                panic!("the program only listens");
            }
        }
    }

    fn destroyed(world: &mut Self, _: ClientId, gone: &OrgKdeKwinIdleTimeout, (): &()) {
        world.forget(gone);
    }
}
