//! The digest: the letter by which a head of department knows the gap, the cause and the next action within a minute.
//! What it tells (`report`), of which days (`period`), when it leaves (`schedule`), and to whom (`subscription`). Read by
//! the use cases that fill it and by the mail room that words it; knows neither language nor letter.

mod period;
mod position;
mod region;
mod report;
mod schedule;
mod shortlist;
mod standing;
mod subscription;
mod yields;

pub use period::{DigestPeriod, week_after};
pub use region::{OfficeLine, RegionPayload, RegionReport, RegionSubscription, TargetLine};
pub use report::{
    Activity, BookedWeek, DigestOffice, DigestPayload, DigestReader, DigestReport, EventLine, Exceptions, Obstacle,
};
pub use schedule::{DigestSchedule, Rhythm};
pub use shortlist::Shortlist;
pub use standing::{
    Achieved, Answer, Baseline, CurrentPace, DigestTarget, NeededPace, PaceProjection, Span, Standing, ToldPace,
};
pub use subscription::{DigestSubscription, SubscriptionInput, SubscriptionTerms, check_recipient};
pub use yields::{CountedVisit, FadingVenue, VenueYield, best_venues, fading_venues};
