//! Takes a batch: every entry is told apart from what is stored, judged and stored in one transaction, and each gets
//! its own answer. From the field nothing is refused for a business reason; the desk is refused all or nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::{Batch, ENTRIES_MAX, Fate, Receipt, Sent, Signed, count_fates};
use super::devices::remember_device;
use super::ground::Ground;
use super::post::{post, run_again};
use super::unplanned::{Crew, release, save};
use crate::domain::audit::Change;
use crate::domain::event::{DayEffort, Event};
use crate::domain::id::{EntryId, EventId};
use crate::domain::permission::Tally;
use crate::domain::region::RegionCode;
use crate::domain::rule::{FieldError, Rule};
use crate::domain::tally::{
    Entry, EntryKind, EntrySource, HeldDecision, HeldEntry, HoldReason, LedgerEntry, RejectReason, Verdict,
};
use crate::service::desk::{Caller, Desk, Services};
use crate::service::error::ServiceError;
use crate::store::queries::events::TallyFacts;
use crate::store::queries::{events, held, results};

impl Services {
    /// Takes what a phone or the desk sends; answers in the order of the entries. Sending again changes nothing.
    pub async fn record_batch(
        &self,
        caller: &Caller,
        office: &RegionCode,
        batch: Batch,
    ) -> Result<Vec<Receipt>, ServiceError> {
        if batch.entries.len() > ENTRIES_MAX {
            return Err(ServiceError::invalid("entries", Rule::TooMany(ENTRIES_MAX)));
        }
        if !batch.belongs_to(&caller.actor) {
            return Err(ServiceError::Forbidden);
        }
        let decision = move |desk: &mut Desk<'_, Tally>| {
            let receipts = receive(desk, &batch)?;
            remember_device(desk, &batch)?;
            Ok(receipts)
        };
        let receipts = self.write_office(caller, office, decision).await?;
        self.recording.add(count_fates(&receipts));
        Ok(receipts)
    }

    /// Takes a single entry; its errors name fields without a place in a list.
    pub async fn record_entry(
        &self,
        caller: &Caller,
        office: &RegionCode,
        batch: Batch,
    ) -> Result<Option<Receipt>, ServiceError> {
        let receipts = self.record_batch(caller, office, batch).await.map_err(|error| match error {
            ServiceError::Invalid(errors) => ServiceError::Invalid(errors.into_iter().map(unlisted).collect()),
            other => other,
        })?;
        Ok(receipts.into_iter().next())
    }
}

fn unlisted(error: FieldError) -> FieldError {
    let field = error.field.strip_prefix("entries[0].").map(str::to_owned);
    FieldError { field: field.unwrap_or(error.field), rule: error.rule }
}

fn receive(desk: &mut Desk<'_, Tally>, batch: &Batch) -> Result<Vec<Receipt>, ServiceError> {
    let sent: Vec<&Entry> = batch.entries.iter().filter_map(|sent| Some(&sent.content.as_ref().ok()?.entry)).collect();
    let touched: BTreeSet<EventId> = sent.iter().map(|entry| entry.event).collect();
    let touched: Vec<EventId> = touched.into_iter().collect();
    events::lock_events(desk.connection, desk.scope(), &touched)?;
    let ids: Vec<EntryId> = sent.iter().map(|entry| entry.id).collect();
    let known = results::list_known_entries(desk.connection, desk.scope(), &ids)?;
    let fresh: Vec<Entry> = sent.into_iter().filter(|entry| !known.contains_key(&entry.id)).cloned().collect();
    let user = desk.permit.actor().user_id();
    let mut intake = Intake {
        source: batch.source(desk.permit.actor()),
        any_event: !desk.permit.actor().is_officer(),
        ground: Ground::load(desk, &fresh, user)?,
        crew: None,
        known,
        taken: Vec::new(),
        held: Vec::new(),
        made: Vec::new(),
        efforts: Vec::new(),
        refused: Vec::new(),
        batch,
    };
    let receipts = intake.judge_all(desk, &fresh)?;
    if !intake.refused.is_empty() {
        return Err(ServiceError::Invalid(intake.refused));
    }
    intake.save(desk)?;
    Ok(receipts)
}

/// A batch on its way into the store.
struct Intake<'a> {
    batch: &'a Batch,
    source: EntrySource,
    any_event: bool,
    ground: Ground,
    /// Loaded with the first event made on the spot.
    crew: Option<Crew>,
    /// Hashes of what is stored, or will be with this batch.
    known: BTreeMap<EntryId, String>,
    taken: Vec<LedgerEntry>,
    held: Vec<HeldEntry>,
    made: Vec<Event>,
    efforts: Vec<DayEffort>,
    /// What the desk is refused.
    refused: Vec<FieldError>,
}

impl Intake<'_> {
    /// Judges every entry, events made on the spot before all others, and answers in the order of the batch.
    fn judge_all(&mut self, desk: &mut Desk<'_, Tally>, fresh: &[Entry]) -> Result<Vec<Receipt>, ServiceError> {
        let batch = self.batch;
        let mut order: Vec<(usize, &Sent)> = batch.entries.iter().enumerate().collect();
        order.sort_by_key(|(_, sent)| sent.content.as_ref().map_or(true, |signed| !makes_event(&signed.entry)));
        let mut receipts = Vec::with_capacity(order.len());
        for (place, sent) in order {
            let fate = match &sent.content {
                Ok(signed) => self.judge_one(desk, place, signed, fresh)?,
                Err(errors) => {
                    self.refuse(place, errors.clone());
                    Fate::Rejected(RejectReason::Malformed(errors.clone()))
                }
            };
            receipts.push((place, Receipt { id: sent.id, fate }));
        }
        receipts.sort_by_key(|(place, _)| *place);
        Ok(receipts.into_iter().map(|(_, receipt)| receipt).collect())
    }

    fn judge_one(
        &mut self,
        desk: &mut Desk<'_, Tally>,
        place: usize,
        signed: &Signed,
        fresh: &[Entry],
    ) -> Result<Fate, ServiceError> {
        let entry = &signed.entry;
        if let Some(hash) = self.known.get(&entry.id) {
            if *hash == signed.hash {
                return Ok(Fate::Duplicate);
            }
            self.refuse(place, vec![FieldError::new("id", Rule::Taken)]);
            return Ok(Fate::Rejected(RejectReason::IdConflict));
        }
        if self.ground.foreign.contains(&entry.event) {
            self.refuse(place, vec![FieldError::new("event", Rule::NotFound)]);
            return Ok(Fate::Rejected(RejectReason::AnotherOffice));
        }
        let facts = self.ground.events.get(&entry.event);
        let implausible = match self.ground.judge(entry, facts, self.any_event) {
            Verdict::Accept => false,
            Verdict::Hold(reason) if self.source == EntrySource::Field => return Ok(self.hold(desk, signed, reason)),
            Verdict::Hold(reason) => {
                let refusal = reason.refusal(entry.date, facts.map(|facts| facts.state));
                self.refuse(place, refusal.into_iter().collect());
                reason == HoldReason::Implausible
            }
        };
        self.check_desk(place, entry);
        self.accept(desk, signed, fresh)?;
        Ok(Fate::Accepted { implausible })
    }

    /// What only the desk is asked for: it can look, and it can say why.
    fn check_desk(&mut self, place: usize, entry: &Entry) {
        if entry.kind == EntryKind::Void && entry.reason.is_none() {
            self.refuse(place, vec![FieldError::new("reason", Rule::ReasonRequired)]);
        }
        if !self.ground.knows_target(entry) {
            self.refuse(place, vec![FieldError::new("voids", Rule::NotFound)]);
        }
    }

    fn refuse(&mut self, place: usize, errors: Vec<FieldError>) {
        if self.source == EntrySource::Desk {
            let listed = |error: FieldError| FieldError::new(format!("entries[{place}].{}", error.field), error.rule);
            self.refused.extend(errors.into_iter().map(listed));
        }
    }

    fn hold(&mut self, desk: &Desk<'_, Tally>, signed: &Signed, reason: HoldReason) -> Fate {
        self.known.insert(signed.entry.id, signed.hash.clone());
        self.held.push(HeldEntry {
            entry: signed.entry.clone(),
            reason,
            user: desk.permit.actor().user_id(),
            device: self.batch.device.clone(),
            received_at: desk.now,
            content_hash: signed.hash.clone(),
            decision: HeldDecision::Waiting,
            decided_at: None,
            decision_reason: None,
        });
        Fate::Held(reason)
    }

    fn accept(&mut self, desk: &mut Desk<'_, Tally>, signed: &Signed, fresh: &[Entry]) -> Result<(), ServiceError> {
        let Signed { entry, hash } = signed;
        if makes_event(entry) && !self.ground.events.contains_key(&entry.event) {
            self.make_event(desk, entry, fresh)?;
        }
        self.known.insert(entry.id, hash.clone());
        self.taken.push(LedgerEntry {
            entry: entry.clone(),
            team: self.ground.events.get(&entry.event).and_then(TallyFacts::team),
            source: self.source,
            user: desk.permit.actor().user_id(),
            device: self.batch.device.clone(),
            received_at: desk.now,
            content_hash: hash.clone(),
        });
        Ok(())
    }

    fn make_event(&mut self, desk: &mut Desk<'_, Tally>, entry: &Entry, fresh: &[Entry]) -> Result<(), ServiceError> {
        let Some(new) = &entry.event_new else { return Ok(()) };
        let crew = match self.crew.take() {
            Some(crew) => crew,
            None => Crew::load(desk, desk.permit.actor().user_id(), fresh)?,
        };
        let (event, efforts) = crew.make(desk, entry, new)?;
        self.ground.events.insert(event.id, crew.facts(&event));
        self.made.push(event);
        self.efforts.extend(efforts);
        self.crew = Some(crew);
        Ok(())
    }

    fn save(mut self, desk: &mut Desk<'_, Tally>) -> Result<(), ServiceError> {
        if !self.made.is_empty() {
            save(desk, &self.made, &self.efforts, desk.permit.actor().user_id())?;
            let made: Vec<EventId> = self.made.iter().map(|event| event.id).collect();
            let released = release(desk, &mut self.ground, &made)?;
            self.taken.extend(released);
        }
        if !self.held.is_empty() {
            held::insert_held(desk.connection, desk.scope(), &self.held).map_err(run_again)?;
        }
        post(desk, &self.ground, &self.taken)?;
        if self.source == EntrySource::Desk { record_desk(desk, &self.taken) } else { Ok(()) }
    }
}

/// What comes from the field tells by itself who counted; what is entered or corrected at the desk is told by the trail.
fn record_desk(desk: &mut Desk<'_, Tally>, taken: &[LedgerEntry]) -> Result<(), ServiceError> {
    let mut by_event: BTreeMap<EventId, (usize, usize)> = BTreeMap::new();
    for stored in taken {
        let (entered, voided) = by_event.entry(stored.entry.event).or_default();
        *entered += 1;
        *voided += usize::from(stored.entry.kind == EntryKind::Void);
    }
    for (event, (entered, voided)) in by_event {
        desk.record(Change::new("results.entered", "event", event).with("entries", entered).with("voids", voided))?;
    }
    Ok(())
}

fn makes_event(entry: &Entry) -> bool {
    entry.kind == EntryKind::EventNew
}
