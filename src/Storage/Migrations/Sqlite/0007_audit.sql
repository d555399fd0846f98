-- Who of a campus's staff did what: each entry chained to the one before it, and never changed.

create table audit_events (
  campus     text not null,
  seq        integer not null,
  at         integer not null, -- microseconds since 1970-01-01T00:00:00Z
  actor      text not null,
  role       text not null,
  action     text not null,
  target     text not null, -- empty for nothing
  detail     text not null, -- empty for nothing
  outcome    text not null,
  prev_hash  blob not null,
  hash       blob not null,
  primary key (campus, seq)
) strict, without rowid;

create trigger audit_events_stay before update on audit_events begin select raise(abort, 'The audit log is never changed.'); end;
create trigger audit_events_remain before delete on audit_events begin select raise(abort, 'The audit log is never changed.'); end;
