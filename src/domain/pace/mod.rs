//! The pace: where an office stands against a target, what is needed per day, and where the pace of the past leads. Pure: all
//! facts come in as arguments, the day of the report among them. Called by pages, letters and the API through the service.

mod amount;
mod interval;
mod line;
mod missing;
mod position;
mod projection;
mod report;
mod series;

pub use amount::{Amount, Rate, Share};
pub use line::{Line, Rates, Span};
pub use missing::{Computed, Missing};
pub use position::{Basis, Official};
pub use projection::{Completion, DayKind, Interval, Projection};
pub use report::{Field, Pace, PaceFacts, PartSum, Parts, ShareChange, UsedDenominator, add_parts, pace, share_change};
pub use series::{CountedDay, DaySeries, ToldDay};
