//! Why a figure cannot be computed. Every reason has a sentence in `wording`; none of them is an error.

use crate::domain::code::codes;

codes! {
    /// What is missing.
    pub enum Missing {
        /// The denominator has no value on that day.
        NoDenominator = "no_denominator",
        /// No official figure of that scope, and nothing counted.
        NoFigure = "no_figure",
        /// Official figures are of all channels together.
        NoChannelFigure = "no_channel_figure",
        /// A share is known, but no count.
        ShareOnly = "share_only",
        /// No figure from the beginning of the span.
        NoEarlierFigure = "no_earlier_figure",
        /// No day of the span has a figure.
        NoDay = "no_day",
        /// A single day has a figure, which says nothing of others.
        OneDay = "one_day",
        /// The last day of the target has come.
        WindowOver = "window_over",
        /// None of the days left is of that kind.
        NoDaysLeft = "no_days_left",
        /// Nothing is left to achieve.
        Reached = "reached",
        /// At this pace never.
        Standstill = "standstill",
        /// Beyond every year that anybody plans.
        TooFar = "too_far",
    }
}

/// A figure, or why there is none.
pub type Computed<T> = Result<T, Missing>;
