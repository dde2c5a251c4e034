//! The ranking as a file: every venue, in the columns of the API's answer.

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::files::{Cell, ExportOptions, ExportedFile, Table};
use super::rankings::{RankVenues, Ranking};
use crate::domain::permission::Export;
use crate::domain::ranking::{Estimate, RankInterval, two_decimals};
use crate::domain::region::RegionCode;

const COLUMNS: [&str; 16] = [
    "rank",
    "venue_code",
    "venue_name",
    "kind",
    "region",
    "event_days",
    "activations",
    "yield_per_day",
    "yield_per_team_day",
    "yield_per_officer_hour",
    "last_visit",
    "estimate",
    "low",
    "high",
    "rank_low",
    "rank_high",
];

impl Services {
    /// Ranks as [`Services::rank_venues`] and writes all of it as `ranking-33.03.xlsx`, or in another format.
    ///
    /// # Errors
    /// As ranking; besides, taking data out is a right of its own.
    pub async fn export_ranking(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: RankVenues,
        options: ExportOptions,
    ) -> Result<ExportedFile, ServiceError> {
        self.read_office(caller, office, |_: &mut Desk<'_, Export>| Ok(())).await?;
        let ranking = self.rank_venues(caller, office, command).await?;
        self.write_table(table(&ranking), "ranking", Some(office.to_string()), options).await
    }
}

fn table(ranking: &Ranking) -> Table {
    let mut table = Table::new(&COLUMNS);
    for (venue, standing) in &ranking.venues {
        let row = ranking.estimates.get(&venue.id);
        let expected = |value: fn(&Estimate) -> f64| row.map(|row| two_decimals(value(&row.estimate)));
        let place = |value: fn(&RankInterval) -> u32| row.map(|row| i64::from(value(&row.places)));
        table.push(vec![
            Cell::whole(standing.rank.map(i64::from)),
            Cell::plain(Some(&venue.code)),
            Cell::text(Some(&venue.name)),
            Cell::plain(Some(venue.kind)),
            Cell::plain(Some(&venue.region)),
            Cell::Whole(standing.event_days.into()),
            Cell::Whole(standing.activations),
            Cell::decimal(standing.per_day),
            Cell::decimal(standing.per_team_day),
            Cell::decimal(standing.per_officer_hour),
            Cell::date(standing.last_visit),
            Cell::decimal(expected(|estimate| estimate.forecast.mean)),
            Cell::decimal(expected(|estimate| estimate.spread.low)),
            Cell::decimal(expected(|estimate| estimate.spread.high)),
            Cell::whole(place(|places| places.low)),
            Cell::whole(place(|places| places.high)),
        ]);
    }
    table
}
