//! Calendar feeds: made, listed and revoked by people, read by calendar programs that know the address. Who reads by an
//! address reads with its owner's rights, asked anew each time: a feed ends with its owner's account or scope.

mod entries;
pub mod invite;
mod render;

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use super::desk::{Caller, Desk, Services};
use super::error::ServiceError;
use super::hash::sha256_hex;
use super::secret::{hash_of, new_secret};
use crate::domain::audit::Change;
use crate::domain::event::{Event, EventKey};
use crate::domain::feed::{CalendarFeed, FeedKind, FeedSubject, feed_days};
use crate::domain::id::{EventId, FeedId, OfficeId, UserId};
use crate::domain::language::Language;
use crate::domain::page::{Cut, LIMIT_MAX, Page};
use crate::domain::permission::{Action, ActionKind, Actor, ManageSelf, Permit, Plan, Read};
use crate::domain::region::RegionCode;
use crate::domain::rule::Rule;
use crate::domain::text::{Code, Login, Name};
use crate::store::queries::events::{self, EventFilter};
use crate::store::queries::{feeds, teams, users};

/// What a new feed shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenFeed {
    Office,
    Team(Code),
    /// The caller's own events.
    Own,
}

/// A feed with the names of what it shows and of whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFeed {
    pub id: FeedId,
    pub kind: FeedKind,
    pub team: Option<(Code, Name)>,
    /// None once the owner's account has ended, and the feed with it.
    pub owner: Option<(Login, Name)>,
    pub created_at: DateTime<Utc>,
}

/// A calendar as a text of iCalendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarText {
    pub text: String,
    /// Another for every other text.
    pub version: String,
}

/// A new feed with its secret, which nobody can show again.
#[derive(Debug)]
pub struct OpenedFeed {
    pub feed: NamedFeed,
    /// What stands in the address: the office, and the secret that is stored nowhere.
    pub secret: String,
}

impl Services {
    /// Makes a feed for the caller: everybody of his own events, a coordinator of a team or of the whole office.
    pub async fn open_feed(
        &self,
        caller: &Caller,
        office: &RegionCode,
        command: OpenFeed,
    ) -> Result<OpenedFeed, ServiceError> {
        let (id, secret) = (FeedId::new(self.clock.now()), new_secret()?);
        let hash = hash_of(&secret);
        let (feed, home) = self
            .write_office(caller, office, move |desk: &mut Desk<'_, ManageSelf>| {
                let owner = desk.permit.actor().user_id().ok_or(ServiceError::Forbidden)?;
                let subject = find_subject(desk, &command)?;
                let feed = CalendarFeed { id, subject, owner, created_at: desk.now };
                feeds::insert_feed(desk.connection, desk.scope(), &feed, &hash)?;
                desk.record(Change::new("calendar.opened", "calendar", id).with("kind", subject.kind()))?;
                let named = name_feeds(desk, vec![feed])?.pop().ok_or(ServiceError::NotFound)?;
                Ok((named, desk.scope().office_id()))
            })
            .await?;
        Ok(OpenedFeed { feed, secret: format!("{}-{secret}", home.0.simple()) })
    }

    /// One page of the feeds in force, newest first: a coordinator sees all of the office, others their own.
    pub async fn list_feeds(
        &self,
        caller: &Caller,
        office: &RegionCode,
        cut: Cut<FeedId>,
    ) -> Result<Page<NamedFeed>, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let owner = only_owner(desk)?;
            let page = feeds::list_feeds(desk.connection, desk.scope(), owner, &cut)?;
            Ok(Page { items: name_feeds(desk, page.items)?, more: page.more })
        })
        .await
    }

    pub async fn find_feed(&self, caller: &Caller, office: &RegionCode, id: FeedId) -> Result<NamedFeed, ServiceError> {
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let feed = load_feed(desk, id)?;
            name_feeds(desk, vec![feed])?.pop().ok_or(ServiceError::NotFound)
        })
        .await
    }

    /// Ends a feed from the next request on: its owner's right, and a coordinator's.
    pub async fn revoke_feed(&self, caller: &Caller, office: &RegionCode, id: FeedId) -> Result<(), ServiceError> {
        self.write_office(caller, office, move |desk: &mut Desk<'_, ManageSelf>| {
            load_feed(desk, id)?;
            if !feeds::revoke_feed(desk.connection, desk.scope(), id, desk.now)? {
                return Err(ServiceError::NotFound);
            }
            desk.record(Change::new("calendar.revoked", "calendar", id))
        })
        .await
    }

    /// The calendar behind a feed's secret, as a text of iCalendar; `site` begins the addresses in it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if the secret is unknown or revoked, or its owner may not read the office any more;
    /// [`ServiceError::TooMany`] once too many such secrets have come from this address.
    pub async fn read_feed(
        &self,
        secret: &str,
        site: &str,
        address: Option<IpAddr>,
    ) -> Result<CalendarText, ServiceError> {
        self.misses.check(address, self.clock.now())?;
        let read = self.read_secret(secret, site).await;
        if matches!(read, Err(ServiceError::NotFound)) {
            self.misses.count(address, self.clock.now());
        }
        read
    }

    async fn read_secret(&self, secret: &str, site: &str) -> Result<CalendarText, ServiceError> {
        let (office, secret) = secret.split_once('-').ok_or(ServiceError::NotFound)?;
        let office: OfficeId = office.parse().map_err(|_| ServiceError::NotFound)?;
        let hash = hash_of(secret);
        let found = self
            .database
            .read(move |connection| Ok::<_, ServiceError>(feeds::find_feed_by_secret(connection, office, &hash)?))
            .await?
            .ok_or(ServiceError::NotFound)?;
        let (language, site, subject) = (found.owner.language, site.to_owned(), found.feed.subject);
        let owner = Caller { actor: Actor::User(found.owner), request_id: None };
        self.read_office(&owner, &found.office, move |desk: &mut Desk<'_, Read>| {
            let all = list_feed_events(desk, subject)?;
            let sheet = entries::sheet(desk, subject, &all, language.unwrap_or_default(), &site)?;
            Ok(CalendarText::of(&sheet))
        })
        .await
    }

    /// One event as a calendar, to be opened by the reader's own calendar program.
    pub async fn export_event(
        &self,
        caller: &Caller,
        office: &RegionCode,
        id: EventId,
        language: Language,
        site: &str,
    ) -> Result<CalendarText, ServiceError> {
        let site = site.to_owned();
        self.read_office(caller, office, move |desk: &mut Desk<'_, Read>| {
            let event = events::find_event(desk.connection, desk.scope(), id)?.ok_or(ServiceError::NotFound)?;
            let sheet = entries::sheet(desk, FeedSubject::Office, &[event], language, &site)?;
            Ok(CalendarText::of(&sheet))
        })
        .await
    }
}

impl CalendarText {
    fn of(sheet: &entries::Sheet) -> Self {
        let text = render::print(sheet);
        let version = sha256_hex(text.as_bytes());
        Self { text, version }
    }
}

/// What the feed shall show, if the caller may open it. His own events are everybody's right.
fn find_subject(desk: &mut Desk<'_, ManageSelf>, command: &OpenFeed) -> Result<FeedSubject, ServiceError> {
    if *command != OpenFeed::Own {
        Permit::<Plan>::grant(desk.permit.actor(), desk.office().clone())?;
    }
    match command {
        OpenFeed::Office => Ok(FeedSubject::Office),
        OpenFeed::Own => Ok(FeedSubject::Owner),
        OpenFeed::Team(code) => {
            let team = teams::find_team(desk.connection, desk.scope(), code)?.filter(|team| !team.archived);
            team.map(|team| FeedSubject::Team(team.id)).ok_or(ServiceError::invalid("team", Rule::NotFound))
        }
    }
}

/// Whose feeds the caller is limited to; none for those who plan.
fn only_owner<A: Action>(desk: &Desk<'_, A>) -> Result<Option<UserId>, ServiceError> {
    let actor = desk.permit.actor();
    if actor.may(ActionKind::Plan) {
        return Ok(None);
    }
    actor.user_id().map(Some).ok_or(ServiceError::Forbidden)
}

/// A feed that the caller may know of.
fn load_feed<A: Action>(desk: &mut Desk<'_, A>, id: FeedId) -> Result<CalendarFeed, ServiceError> {
    let owner = only_owner(desk)?;
    let feed = feeds::find_feed(desk.connection, desk.scope(), id)?;
    feed.filter(|feed| owner.is_none_or(|owner| feed.owner == owner)).ok_or(ServiceError::NotFound)
}

fn name_feeds<A: Action>(desk: &mut Desk<'_, A>, all: Vec<CalendarFeed>) -> Result<Vec<NamedFeed>, ServiceError> {
    let team_ids: Vec<_> = all.iter().filter_map(|feed| feed.subject.team()).collect();
    let owner_ids: Vec<_> = all.iter().map(|feed| feed.owner).collect();
    let teams = teams::list_teams_by_id(desk.connection, desk.scope(), &team_ids)?;
    let owners = users::list_users_by_id(desk.connection, &owner_ids)?;
    let named = |feed: CalendarFeed| {
        let team = teams.iter().find(|team| feed.subject.team() == Some(team.id));
        let owner = owners.iter().find(|owner| owner.id == feed.owner);
        NamedFeed {
            id: feed.id,
            kind: feed.subject.kind(),
            team: team.map(|team| (team.code.clone(), team.details.name.clone())),
            owner: owner.map(|owner| (owner.login.clone(), owner.details.name.clone())),
            created_at: feed.created_at,
        }
    };
    Ok(all.into_iter().map(named).collect())
}

/// The events of the days that a feed shows.
fn list_feed_events(desk: &mut Desk<'_, Read>, subject: FeedSubject) -> Result<Vec<Event>, ServiceError> {
    let Some(days) = feed_days(desk.today()) else { return Ok(Vec::new()) };
    let officer = match subject {
        FeedSubject::Owner => desk.permit.actor().user_id(),
        FeedSubject::Office | FeedSubject::Team(_) => None,
    };
    let filter = EventFilter {
        from: Some(days.first()),
        to: Some(days.last()),
        team: subject.team(),
        officer,
        ..EventFilter::default()
    };
    let mut all = Vec::new();
    loop {
        let after = all.last().map(EventKey::of);
        let page = events::list_events(desk.connection, desk.scope(), &filter, &Cut::new(LIMIT_MAX, after))?;
        all.extend(page.items);
        if !page.more {
            return Ok(all);
        }
    }
}
