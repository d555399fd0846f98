-- States and reminders of grains that the embedded engine runs.

create table grain_state (
  name     text not null,
  grain    text not null,
  version  integer not null,
  state    text, -- JSON; null after it was cleared, so that the version goes on
  primary key (name, grain)
) strict;

create table grain_reminders (
  grain     text not null,
  name      text not null,
  hash      integer not null,
  start_at  integer not null, -- microseconds since 1970-01-01T00:00:00Z
  period    integer not null, -- microseconds
  version   integer not null,
  primary key (grain, name)
) strict;
