//! The tables as diesel sees them; the migrations are the truth, and `tests/architecture.rs` compares both.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    use diesel::sql_types::{Nullable, Text};

    regions (code) {
        code -> Text,
        level -> Text,
        parent_code -> Nullable<Text>,
        name -> Text,
        time_zone -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{Text};
    use crate::store::columns::{Instant, Uuid};

    offices (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        time_zone -> Text,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    holidays (id) {
        id -> Uuid,
        date -> Date,
        kind -> Text,
        name -> Text,
        region_code -> Text,
        decided_on -> Nullable<Date>,
        recorded_at -> Instant,
        withdrawn_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    users (id) {
        id -> Uuid,
        login -> Text,
        name -> Text,
        role -> Text,
        scope -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        rank -> Nullable<Text>,
        nip -> Nullable<Text>,
        language -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        archived_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    api_tokens (id) {
        id -> Uuid,
        user_id -> Uuid,
        name -> Text,
        secret_hash -> Text,
        scopes -> Text,
        created_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Text};
    use crate::store::columns::{Instant, Uuid};

    sessions (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        secret_hash -> Text,
        device -> Text,
        created_at -> Instant,
        last_seen_at -> Instant,
        expires_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Double, Jsonb, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    venues (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        code -> Text,
        name -> Text,
        kind -> Text,
        region_code -> Text,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        people -> Nullable<BigInt>,
        eligible -> Nullable<BigInt>,
        phone_share -> Nullable<Double>,
        opening -> Jsonb,
        contact_name -> Nullable<Text>,
        contact_phone -> Nullable<Text>,
        notes -> Nullable<Text>,
        as_reported -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        archived_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    units (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        code -> Text,
        kind -> Text,
        name -> Text,
        version -> BigInt,
        created_at -> Instant,
        archived_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Double, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    teams (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        code -> Text,
        name -> Text,
        operators -> BigInt,
        capacity_per_day -> BigInt,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        version -> BigInt,
        created_at -> Instant,
        archived_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::{Uuid};

    team_members (office_id, team_id, user_id) {
        office_id -> Uuid,
        team_id -> Uuid,
        user_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::{Uuid};

    team_units (office_id, team_id, unit_id) {
        office_id -> Uuid,
        team_id -> Uuid,
        unit_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    absences (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        first_day -> Date,
        last_day -> Date,
        reason -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    events (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        title -> Text,
        venue_id -> Nullable<Uuid>,
        place -> Nullable<Text>,
        services -> Text,
        host_programme -> Nullable<Text>,
        request_by -> Nullable<Text>,
        request_received_on -> Nullable<Date>,
        request_letter_number -> Nullable<Text>,
        request_expected -> Nullable<BigInt>,
        notes -> Nullable<Text>,
        state -> Text,
        state_reason -> Nullable<Text>,
        reporting -> Text,
        released_on -> Nullable<Date>,
        unplanned -> Bool,
        reserves -> Bool,
        entered_late -> Bool,
        first_day -> Date,
        last_day -> Date,
        version -> BigInt,
        created_by -> Nullable<Uuid>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::{Uuid};

    event_teams (office_id, event_id, team_id) {
        office_id -> Uuid,
        event_id -> Uuid,
        team_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::{Uuid};

    event_units (office_id, event_id, unit_id) {
        office_id -> Uuid,
        event_id -> Uuid,
        unit_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{};
    use crate::store::columns::{Uuid};

    event_officers (office_id, event_id, user_id) {
        office_id -> Uuid,
        event_id -> Uuid,
        user_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Double, Nullable, Text, Time};
    use crate::store::columns::{Uuid};

    event_days (office_id, event_id, date) {
        office_id -> Uuid,
        event_id -> Uuid,
        date -> Date,
        slots -> Text,
        starts -> Nullable<Time>,
        ends -> Nullable<Time>,
        precision -> Text,
        teams -> BigInt,
        officer_hours -> Nullable<Double>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Double, Nullable};
    use crate::store::columns::{Uuid};

    event_day_teams (office_id, event_id, date, team_id) {
        office_id -> Uuid,
        event_id -> Uuid,
        date -> Date,
        team_id -> Uuid,
        operators -> BigInt,
        hours -> Nullable<Double>,
    }
}

table! {
    use diesel::sql_types::{Date, Text};
    use crate::store::columns::{Uuid};

    claims (office_id, subject_kind, subject, date, slot) {
        office_id -> Uuid,
        subject_kind -> Text,
        subject -> Uuid,
        date -> Date,
        slot -> Text,
        event_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    result_entries (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        event_id -> Uuid,
        date -> Date,
        kind -> Text,
        team_id -> Nullable<Uuid>,
        source -> Text,
        user_id -> Nullable<Uuid>,
        device -> Text,
        counted_at -> Instant,
        received_at -> Instant,
        voids -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        note -> Nullable<Text>,
        content_hash -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::store::columns::{Uuid};

    result_counts (office_id, entry_id, outcome) {
        office_id -> Uuid,
        entry_id -> Uuid,
        outcome -> Text,
        n -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Date, Jsonb, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    held_entries (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        event_id -> Uuid,
        date -> Date,
        reason -> Text,
        user_id -> Nullable<Uuid>,
        device -> Text,
        received_at -> Instant,
        entry -> Jsonb,
        content_hash -> Text,
        decision -> Text,
        decided_at -> Nullable<Instant>,
        decided_by -> Nullable<Uuid>,
        decision_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    devices (office_id, user_id, device) {
        office_id -> Uuid,
        user_id -> Uuid,
        device -> Text,
        waiting -> BigInt,
        sent_at -> Nullable<Instant>,
        received_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Text};
    use crate::store::columns::{Uuid};

    event_day_counts (office_id, event_id, date, outcome) {
        office_id -> Uuid,
        event_id -> Uuid,
        date -> Date,
        outcome -> Text,
        n -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    office_totals (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        date -> Date,
        channel -> Text,
        venue_kind -> Nullable<Text>,
        figure -> Text,
        source -> Text,
        recorded_at -> Instant,
        recorded_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    period_locks (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        first_day -> Date,
        last_day -> Date,
        note -> Nullable<Text>,
        locked_at -> Instant,
        locked_by -> Nullable<Uuid>,
        reopened_at -> Nullable<Instant>,
        reopened_by -> Nullable<Uuid>,
        reopen_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{Jsonb, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    audit (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        at -> Instant,
        user_id -> Nullable<Uuid>,
        actor -> Text,
        action -> Text,
        subject_kind -> Text,
        subject -> Text,
        details -> Jsonb,
        request_id -> Nullable<Text>,
        scope -> Nullable<Text>,
    }
}

table! {
    use crate::store::columns::Uuid;

    duty_locks (office_id, user_id) {
        office_id -> Uuid,
        user_id -> Uuid,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    office_settings (office_id) {
        office_id -> Uuid,
        government -> Nullable<Text>,
        agency -> Nullable<Text>,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        website -> Nullable<Text>,
        city -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
        number_pattern -> Nullable<Text>,
        signer_name -> Nullable<Text>,
        signer_title -> Nullable<Text>,
        signer_rank -> Nullable<Text>,
        signer_nip -> Nullable<Text>,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    assignment_letters (office_id, event_id) {
        office_id -> Uuid,
        event_id -> Uuid,
        check_code -> Text,
        number -> Text,
        issued_on -> Date,
        city -> Nullable<Text>,
        basis -> Text,
        task -> Text,
        equipment -> Nullable<Text>,
        signer_name -> Text,
        signer_title -> Text,
        signer_rank -> Nullable<Text>,
        signer_nip -> Nullable<Text>,
        written_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    calendar_feeds (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        team_id -> Nullable<Uuid>,
        owner_id -> Uuid,
        secret_hash -> Text,
        created_at -> Instant,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    jobs (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        dedupe_key -> Nullable<Text>,
        payload -> Text,
        state -> Text,
        progress -> Nullable<Text>,
        cancel_asked -> Bool,
        attempts -> BigInt,
        next_at -> Instant,
        lease_until -> Nullable<Instant>,
        lease_holder -> Nullable<Uuid>,
        last_error -> Nullable<Text>,
        created_at -> Instant,
        finished_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::Instant;

    leases (name) {
        name -> Text,
        due_at -> Instant,
        lease_until -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Jsonb, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    outbox (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        dedupe_key -> Text,
        kind -> Text,
        user_id -> Nullable<Uuid>,
        recipient -> Text,
        recipient_name -> Nullable<Text>,
        locale -> Text,
        payload -> Jsonb,
        state -> Text,
        attempts -> BigInt,
        next_at -> Instant,
        lease_until -> Nullable<Instant>,
        expires_at -> Instant,
        fault -> Nullable<Text>,
        last_reply -> Nullable<Text>,
        created_at -> Instant,
        sent_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    password_links (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        secret_hash -> Text,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::store::columns::{Instant, Uuid};

    mail_optouts (office_id, user_id, topic) {
        office_id -> Uuid,
        user_id -> Uuid,
        topic -> Text,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::store::columns::Uuid;

    mail_keys (office_id) {
        office_id -> Uuid,
        secret -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text, Time};
    use crate::store::columns::{Instant, Uuid};

    digest_subscriptions (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        period -> Text,
        weekday -> Nullable<Text>,
        month_day -> Nullable<BigInt>,
        time -> Time,
        quiet -> Bool,
        next_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text, Time};
    use crate::store::columns::{Instant, Uuid};

    region_digests (office_id, user_id) {
        office_id -> Uuid,
        user_id -> Uuid,
        period -> Text,
        weekday -> Nullable<Text>,
        month_day -> Nullable<BigInt>,
        time -> Time,
        quiet -> Bool,
        next_at -> Nullable<Instant>,
        created_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    targets (office_id, id, version) {
        office_id -> Uuid,
        id -> Uuid,
        version -> BigInt,
        scope_code -> Text,
        channel -> Text,
        purpose -> Text,
        denominator -> Nullable<Text>,
        share -> Nullable<BigInt>,
        value -> Nullable<BigInt>,
        starts -> Date,
        ends -> Date,
        source -> Text,
        recorded_at -> Instant,
        recorded_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    denominators (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        value -> BigInt,
        as_of -> Date,
        source -> Text,
        recorded_at -> Instant,
        recorded_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    observations (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        as_of -> Date,
        scope_code -> Text,
        kind -> Text,
        figure -> Text,
        base -> Nullable<Text>,
        source -> Text,
        recorded_at -> Instant,
        recorded_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable};
    use crate::store::columns::{Instant, Uuid};

    total_splits (office_id, total_id, event_id) {
        office_id -> Uuid,
        total_id -> Uuid,
        event_id -> Uuid,
        recorded_at -> Instant,
        recorded_by -> Nullable<Uuid>,
    }
}

table! {
    use diesel::sql_types::{Date, Text};
    use crate::store::columns::{Instant, Uuid};

    estimate_runs (office_id, service) {
        office_id -> Uuid,
        service -> Text,
        as_of -> Date,
        mark -> Text,
        histories -> Text,
        computed_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};
    use crate::store::columns::Uuid;

    estimates (office_id, service, venue_id) {
        office_id -> Uuid,
        service -> Text,
        venue_id -> Uuid,
        shape -> Double,
        mean -> Double,
        eligible_left -> Nullable<Double>,
        low -> Double,
        high -> Double,
        rank_low -> BigInt,
        rank_high -> BigInt,
        visits -> BigInt,
        cold_start -> Bool,
    }
}

table! {
    use diesel::sql_types::{Bool, Date, Nullable, Text};
    use crate::store::columns::{Instant, Uuid};

    plans (office_id, id) {
        office_id -> Uuid,
        id -> Uuid,
        job_id -> Uuid,
        based_on -> Nullable<Uuid>,
        keeps -> Bool,
        first_day -> Date,
        last_day -> Date,
        request -> Text,
        outcome -> Nullable<Text>,
        created_at -> Instant,
        created_by -> Nullable<Uuid>,
        computed_at -> Nullable<Instant>,
        dismissed_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Date, Text};
    use crate::store::columns::Uuid;

    plan_visits (office_id, plan_id, n) {
        office_id -> Uuid,
        plan_id -> Uuid,
        n -> BigInt,
        venue_id -> Uuid,
        date -> Date,
        teams -> Text,
        officers -> Text,
        gain -> BigInt,
        why -> Text,
    }
}

table! {
    use diesel::sql_types::BigInt;
    use crate::store::columns::Uuid;

    plan_acceptances (office_id, plan_id, n) {
        office_id -> Uuid,
        plan_id -> Uuid,
        n -> BigInt,
        event_id -> Uuid,
    }
}

allow_tables_to_appear_in_same_query!(
    regions,
    offices,
    holidays,
    users,
    api_tokens,
    sessions,
    venues,
    units,
    teams,
    team_members,
    team_units,
    absences,
    events,
    event_teams,
    event_units,
    event_officers,
    event_days,
    event_day_teams,
    claims,
    result_entries,
    result_counts,
    held_entries,
    devices,
    event_day_counts,
    office_totals,
    total_splits,
    targets,
    denominators,
    observations,
    period_locks,
    audit,
    office_settings,
    assignment_letters,
    duty_locks,
    calendar_feeds,
    jobs,
    leases,
    plans,
    plan_visits,
    plan_acceptances,
    outbox,
    password_links,
    mail_optouts,
    mail_keys,
    digest_subscriptions,
    region_digests,
    estimate_runs,
    estimates,
);
