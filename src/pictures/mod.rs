//! Pictures: typed values in, SVG text out. They have no words of their own: labels come in as ready texts, and what
//! a reader must know stands in `label`, which is read aloud in place of the picture. All text is escaped here, so a
//! page may insert a picture as it is. Lengths are attributes (the content policy forbids styles in the markup), colours
//! are classes of the stylesheet, and no label covers another: `labels` drops the least important.
//!
//! A page of one venue draws its visits twice, because text has one size at every width:
//! `history(&visits, Width::Wide, &number)` inside `.only-wide` and `Width::Narrow` inside `.only-narrow`, both in a
//! `figure.chart`. The one picture of letters, [`PaceCard`], carries its own colours and becomes a PNG by [`png`].

mod history;
mod labels;
mod map;
mod meter;
mod pace;
mod pace_card;
mod pasaran;
mod proposal;
mod qr;
mod ranking;
mod raster;
mod scale;
mod svg;
mod week;

pub use history::{History, Mean, Visit, VisitResult, Width, history};
pub use map::{Look, Maps, Place, Recency, Shape, map_key, maps};
pub use meter::meter;
pub use pace::{Course, PaceChart, PacePoint, TargetLine};
pub use pace_card::PaceCard;
pub use pasaran::pasaran_ticks;
pub use proposal::{ProposalTexts, proposal};
pub use qr::qr;
pub use ranking::{Estimate, YieldMark, YieldScale};
pub use raster::{RasterError, png};
pub use week::{DayBar, week_bars};
