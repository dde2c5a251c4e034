//! The calendar of an office: days of the seven-day and of the five-day week, holidays, and counts of working days.
//! Called by bookings (warnings), opening rules, the pace and the planner. It knows no "today".

mod holiday;
mod week;

pub use holiday::{DayCounts, Holiday, HolidayCalendar, HolidayCells, HolidayKind};
pub use week::{Pasaran, Weekday};
