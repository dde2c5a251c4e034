//! A visit: which venue, by whom, on which day. The word of which instances and plans are made; knows neither.

/// Who makes a visit: one team, or (`jbplan-2`) two teams at one venue on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Crew {
    first: u16,
    second: Option<u16>,
}

impl Crew {
    /// One team by its index.
    pub fn one(team: u16) -> Self {
        Self { first: team, second: None }
    }

    /// Two different teams; their order does not matter. None if they are the same.
    pub fn pair(a: u16, b: u16) -> Option<Self> {
        (a != b).then(|| Self { first: a.min(b), second: Some(a.max(b)) })
    }

    /// Its teams by index, ascending.
    pub fn teams(self) -> impl Iterator<Item = usize> + Clone {
        std::iter::once(self.first).chain(self.second).map(usize::from)
    }

    pub fn includes(self, team: usize) -> bool {
        self.teams().any(|member| member == team)
    }

    pub fn is_joint(self) -> bool {
        self.second.is_some()
    }

    pub(super) fn first(self) -> u16 {
        self.first
    }

    pub(super) fn second(self) -> Option<u16> {
        self.second
    }
}

/// One full-day visit. Ordered by venue, then day: a venue's visits in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Visit {
    /// Index of the venue.
    pub venue: usize,
    /// Day of the horizon, from 0.
    pub day: usize,
    pub crew: Crew,
}
