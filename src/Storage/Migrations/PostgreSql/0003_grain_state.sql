-- States and reminders of grains that the embedded engine runs.

create table grain_state (
  name     text not null,
  grain    text not null,
  version  bigint not null,
  state    text, -- JSON; null after it was cleared, so that the version goes on
  primary key (name, grain)
) with (fillfactor = 70);

create table grain_reminders (
  grain     text not null,
  name      text not null,
  hash      bigint not null,
  start_at  bigint not null, -- microseconds since 1970-01-01T00:00:00Z
  period    bigint not null, -- microseconds
  version   bigint not null,
  primary key (grain, name)
);
