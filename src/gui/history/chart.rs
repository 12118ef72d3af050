//! Bars over days, weeks or hours, with the figures of each in words, and the table behind them.

use egui::{
    Color32, EventFilter, Id, Key, Rect, Sense, Ui, UiBuilder, Vec2b, WidgetInfo,
    accesskit::{self, Role},
    pos2, vec2,
};
use egui_plot::{AxisHints, Bar, BarChart, GridInput, GridMark, Plot, Span as Stripe};

use super::{Asked, Chart, figures::Figures, page::View, page::card_title_ui, words};
use crate::{
    gui::{
        controls::{Button, Weight, fitted, focus_ring, layout, spoken, spoken_at_once},
        fonts,
        theme::{Theme, size, space},
    },
    text::{text, text_with},
};

/// The height of a chart without its table, in points.
pub const HEIGHT: f32 = 300.0;
/// Above the chart: its title, and what the colours mean.
const HEAD: f32 = 66.0;
/// Below it: the figures of the bar that is looked at.
const FOOT: f32 = 34.0;
/// The height of a row of the table.
pub const ROW: f32 = 24.0;
/// How high the head of the table is.
pub const TABLE_HEAD: f32 = 44.0;

/// The chart, or its table, in a card.
pub fn chart_ui(ui: &mut Ui, view: &View<'_>, figures: &Figures, card: Rect) -> Option<Asked> {
    let as_table = view.tables.contains(&figures.chart);
    let toggled = toggle_ui(ui, view, figures, card, as_table);
    let inner = card.shrink2(vec2(space::MEDIUM, 0.0));
    if as_table {
        table_ui(ui, view, figures, inner);
        return toggled;
    }
    legend_ui(ui, view.theme, figures, inner);
    let plot = Rect::from_min_max(
        pos2(inner.left(), card.top() + HEAD),
        pos2(inner.right(), card.bottom() - FOOT),
    );
    let marked = view
        .marked(figures.chart)
        .filter(|n| *n < figures.names.len());
    let asked = plot_ui(ui, view, figures, plot, marked);
    foot_ui(ui, view, figures, marked, card);
    asked.or(toggled)
}

/// The title, and the way to the table and back.
fn toggle_ui(
    ui: &mut Ui,
    view: &View<'_>,
    figures: &Figures,
    card: Rect,
    as_table: bool,
) -> Option<Asked> {
    let label = text(if as_table {
        "past-as-chart"
    } else {
        "past-as-table"
    });
    let name = text_with(
        "past-of",
        &[
            ("what", label.as_str().into()),
            ("title", figures.title.as_str().into()),
        ],
    );
    let button = Button {
        weight: Weight::Quiet,
        icon: None,
        label: &label,
        shows_label: true,
    };
    let width = button.width(ui);
    let corner = pos2(
        card.right() - space::SMALL - width,
        card.top() + space::TIGHT,
    );
    let place = Rect::from_min_size(corner, vec2(width, 34.0));
    card_title_ui(ui, view.theme, &figures.title, card, width);
    let response = button.ui(
        ui,
        view.theme,
        place,
        &format!("past-table-{:?}", figures.chart),
    );
    // Three buttons of the same words would be the same to somebody who only hears them.
    (ui.ctx()).accesskit_node_builder(response.id, |node| node.set_label(name));
    response.clicked().then_some(Asked::Table(figures.chart))
}

/// What the colours mean, if there is more than one.
fn legend_ui(ui: &Ui, theme: &Theme, figures: &Figures, inner: Rect) {
    if figures.series.len() < 2 {
        return;
    }
    let mut x = inner.left();
    let middle = inner.top() + 48.0;
    for series in &figures.series {
        let name = layout(ui, &series.name, fonts::regular(size::FAINT), theme.faint);
        if x + 16.0 + name.size().x > inner.right() {
            break;
        }
        let square = Rect::from_center_size(pos2(x + 5.0, middle), vec2(10.0, 10.0));
        ui.painter().rect_filled(square, 2.0, series.color);
        x += 16.0;
        let width = name.size().x;
        let at = pos2(x, middle - 0.5 * name.size().y);
        ui.painter().galley(at, name, theme.faint);
        x += width + space::MEDIUM;
    }
}

/// The bars. The pointer or the arrows say which of them is looked at.
fn plot_ui(
    ui: &mut Ui,
    view: &View<'_>,
    figures: &Figures,
    area: Rect,
    marked: Option<usize>,
) -> Option<Asked> {
    let theme = view.theme;
    let shown = ui
        .scope_builder(UiBuilder::new().max_rect(area), |ui| {
            drawn(ui, theme, figures, marked)
        })
        .inner;
    let id = Id::unique(("past-chart", format!("{:?}", figures.chart)));
    let response = ui.interact(area, id, Sense::click());
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, enabled, &figures.title));
    let value = marked.map_or_else(|| figures.sum.clone(), |n| figures.in_full(n));
    (ui.ctx()).accesskit_node_builder(id, |node| {
        node.set_value(value);
        node.set_description(text("past-chart-keys"));
    });
    focus_ring(ui, theme, area, &response);
    let bars = figures.names.len();
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let step = ui.input(|input| {
            i32::from(input.key_pressed(Key::ArrowRight))
                - i32::from(input.key_pressed(Key::ArrowLeft))
        });
        if step != 0 && bars > 0 {
            let there = match marked {
                None if step > 0 => 0,
                None => bars - 1,
                Some(here) => here
                    .saturating_add_signed(if step > 0 { 1 } else { -1 })
                    .min(bars - 1),
            };
            return Some(Asked::Bar(figures.chart, there));
        }
    }
    let pointed = response.hover_pos().filter(|_| response.hovered())?;
    // Only a pointer that moves looks at a bar: one that lies there does not fight the arrows.
    if ui.input(|input| input.pointer.delta() == egui::Vec2::ZERO) {
        return None;
    }
    let x = shown.value_from_position(pointed).x.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among some bars, looked at before"
    )]
    let n = (x >= 0.0).then_some(x as usize).filter(|n| *n < bars)?;
    (Some(n) != marked).then_some(Asked::Bar(figures.chart, n))
}

fn drawn(
    ui: &mut Ui,
    theme: &Theme,
    figures: &Figures,
    marked: Option<usize>,
) -> egui_plot::PlotTransform {
    let bars = figures.names.len();
    let marks = &figures.marks;
    let as_time = figures.chart == Chart::Stretched;
    let axis = |hints: AxisHints<'static>| {
        hints
            .tick_label_color(theme.faint)
            // They stand where there is room: none has to fade.
            .label_spacing(egui::Rangef::new(1.0, 2.0))
            .tick_label_font(fonts::regular(size::MARK))
    };
    let x_marks = marks.clone();
    let x_axis = axis(AxisHints::new_x()).formatter(move |mark: GridMark, _| {
        place(mark.value)
            .and_then(|n| x_marks.get(n).cloned())
            .unwrap_or_default()
    });
    let y_axis = axis(AxisHints::new_y())
        .min_thickness(36.0)
        .formatter(move |mark: GridMark, _| said_on_axis(mark.value, as_time));
    let step = step_of_marks(bars, ui.max_rect().width());
    let top = figures.highest().max(if as_time { 60.0 } else { 3.0 });
    let plot = Plot::new(("past-plot", format!("{:?}", figures.chart)))
        // The whole of the chart is one thing to the keyboard, around the plot.
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .show_background(false)
        .show_crosshair(false)
        .show_grid(Vec2b::new(false, true))
        .grid_color(theme.track)
        .custom_x_axes(vec![x_axis])
        .custom_y_axes(vec![y_axis])
        .x_grid_spacer(move |_: GridInput| every(bars, step))
        .y_grid_spacer(move |_: GridInput| levels(top, as_time))
        .default_x_bounds(-0.6, from_usize(bars) - 0.4)
        .default_y_bounds(0.0, top * 1.06);
    let names = figures.series.iter();
    let mut below = vec![0.0; bars];
    let charts: Vec<BarChart> = names
        .map(|series| {
            let all = series.values.iter().zip(&mut below).enumerate();
            let bars = all.map(|(n, (value, below))| {
                let bar = Bar::new(from_usize(n), *value)
                    .base_offset(*below)
                    .width(0.72)
                    .fill(series.color)
                    .stroke(egui::Stroke::NONE);
                *below += value;
                bar
            });
            BarChart::new(&series.name, bars.collect()).allow_hover(false)
        })
        .collect();
    let stripe = marked.map(|n| {
        let middle = from_usize(n);
        Stripe::new("", (middle - 0.5)..=(middle + 0.5))
            .fill(theme.hover)
            .border_width(0.0)
    });
    plot.show(ui, |plot| {
        if let Some(stripe) = stripe {
            plot.span(stripe);
        }
        for chart in charts {
            plot.bar_chart(chart);
        }
    })
    .transform
}

/// The figures of the bar that is looked at; said by a screen reader when it is another one.
fn foot_ui(ui: &mut Ui, view: &View<'_>, figures: &Figures, marked: Option<usize>, card: Rect) {
    let theme = view.theme;
    let said = match marked {
        Some(n) => figures.in_full(n),
        None => text_with("past-in-all", &[("figures", figures.sum.as_str().into())]),
    };
    let width = card.width() - 2.0 * space::MEDIUM;
    let sizes = (size::MARK, size::FAINT);
    let color = if marked.is_some() {
        theme.text
    } else {
        theme.faint
    };
    let galley = fitted(ui, &said, fonts::medium, sizes, width, color);
    let at = pos2(
        card.left() + space::MEDIUM,
        card.bottom() - FOOT + space::TIGHT,
    );
    let area = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, color);
    let id = format!("past-foot-{:?}", figures.chart);
    match marked.map(u64::try_from) {
        Some(Ok(n)) => spoken_at_once(ui, area, (&id, n), &said),
        Some(Err(_)) | None => spoken(ui, area, &id, &said),
    }
}

/// The same figures in rows, those of empty days left out.
fn table_ui(ui: &mut Ui, view: &View<'_>, figures: &Figures, inner: Rect) {
    let theme = view.theme;
    let top = inner.top() + TABLE_HEAD;
    let area = Rect::from_min_max(pos2(inner.left(), top), inner.max);
    ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
        role(ui, Role::Table, &figures.title);
        let mut rows: Vec<(String, String)> = figures
            .rows()
            .map(|n| (figures.names[n].clone(), figures.said[n].clone()))
            .collect();
        if rows.is_empty() {
            rows.push((text("past-nothing"), String::new()));
        }
        for (n, (name, said)) in rows.iter().enumerate() {
            let corner = pos2(area.left(), area.top() + ROW * number(n));
            let row = Rect::from_min_size(corner, vec2(area.width(), ROW));
            let (left, right) = row.split_left_right_at_fraction(0.4);
            ui.scope_builder(UiBuilder::new().max_rect(row), |ui| {
                role(ui, Role::Row, name);
                cell_ui(ui, theme, left, (figures.chart, n, 0), name, theme.faint);
                cell_ui(ui, theme, right, (figures.chart, n, 1), said, theme.text);
            });
        }
    });
}

fn cell_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    id: (Chart, usize, usize),
    said: &str,
    color: Color32,
) {
    let line = area.with_max_x(area.right() - space::SMALL);
    let sizes = (size::MARK, size::FAINT);
    let galley = fitted(ui, said, fonts::regular, sizes, line.width(), color);
    let at = pos2(line.left(), line.center().y - 0.5 * galley.size().y);
    ui.painter().galley(at, galley, color);
    let edge = egui::Stroke::new(1.0, theme.track);
    ui.painter().hline(area.x_range(), area.bottom(), edge);
    let response = ui.interact(area, Id::unique(("past-cell", id)), Sense::empty());
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, said));
}

/// What the parts of `ui` are, together, to a screen reader.
fn role(ui: &Ui, role: Role, name: &str) {
    let set = |node: &mut accesskit::Node| {
        node.set_role(role);
        node.set_label(name);
    };
    ui.ctx().accesskit_node_builder(ui.unique_id(), set);
}

/// How many bars share one mark, so that marks do not touch.
fn step_of_marks(bars: usize, width: f32) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some marks"
    )]
    let fitting = (width / 62.0).floor().max(1.0) as usize;
    let least = bars.div_ceil(fitting).max(1);
    // Whole weeks where there are weeks.
    if bars > 31 && least > 1 && bars.is_multiple_of(7) {
        least.next_multiple_of(7)
    } else {
        least
    }
}

fn every(bars: usize, step: usize) -> Vec<GridMark> {
    (0..bars)
        .step_by(step)
        .map(|n| GridMark {
            value: from_usize(n),
            step_size: from_usize(step),
        })
        .collect()
}

/// Three to six lines at round figures.
fn levels(top: f64, as_time: bool) -> Vec<GridMark> {
    let steps: &[f64] = if as_time {
        &[
            15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0,
        ]
    } else {
        &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0]
    };
    let step = (steps.iter().copied())
        .find(|step| top / step <= 5.0)
        .unwrap_or(top / 5.0);
    let mut marks = Vec::new();
    let mut value = 0.0;
    while value <= top * 1.06 {
        marks.push(GridMark {
            value,
            step_size: step,
        });
        value += step;
    }
    marks
}

fn said_on_axis(value: f64, as_time: bool) -> String {
    let length = std::time::Duration::try_from_secs_f64(value.max(0.0)).unwrap_or_default();
    match (as_time, value < 0.5) {
        (true, false) => words::length(length),
        (_, true) => "0".to_owned(),
        (false, false) => format!("{value:.0}"),
    }
}

/// The bar at a place of the axis.
fn place(value: f64) -> Option<usize> {
    let whole = value.round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among some bars, looked at before"
    )]
    ((value - whole).abs() < 0.01 && (0.0..10_000.0).contains(&whole)).then_some(whole as usize)
}

#[expect(clippy::cast_precision_loss, reason = "some hundred bars")]
fn from_usize(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "some hundred rows")]
pub fn number(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_an_axis_do_not_touch() {
        for (bars, width, step) in [
            (7, 450.0, 1),
            (84, 450.0, 14),
            (53, 450.0, 8),
            (11, 450.0, 2),
        ] {
            assert_eq!(step_of_marks(bars, width), step, "{bars} in {width}");
        }
    }

    #[test]
    fn levels_are_round_and_few() {
        let values = |top, as_time| {
            let marks = levels(top, as_time).into_iter();
            marks.map(|mark| mark.value).collect::<Vec<_>>()
        };
        assert_eq!(values(3.0, false), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(values(12.0, false), [0.0, 5.0, 10.0]);
        assert_eq!(values(400.0, true), [0.0, 120.0, 240.0, 360.0]);
    }
}
