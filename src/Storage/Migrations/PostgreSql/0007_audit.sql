-- Who of a campus's staff did what: each entry chained to the one before it, and never changed.

create table audit_events (
  campus     text collate "C" not null,
  seq        bigint not null,
  at         bigint not null, -- microseconds since 1970-01-01T00:00:00Z
  actor      text collate "C" not null,
  role       text not null,
  action     text not null,
  target     text collate "C" not null, -- empty for nothing
  detail     text not null, -- empty for nothing
  outcome    text not null,
  prev_hash  bytea not null,
  hash       bytea not null,
  primary key (campus, seq)
);

create function audit_events_never_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is never changed.';
end
$$;

create trigger audit_events_stay before update or delete or truncate on audit_events for each statement execute function audit_events_never_change();
