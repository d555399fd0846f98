-- What queues knew of agents and of their own settings, as it changed: with the tickets' events, all that a replay needs.

create table staff_events (
  position  integer primary key,
  campus    text not null,
  at        integer not null, -- microseconds since 1970-01-01T00:00:00Z
  agent_id  text not null, -- empty when it concerns the campus
  type      text not null,
  payload   text not null
) strict;

create index staff_events_by_time on staff_events (campus, at, position);
-- The last word about each agent before a time.
create index staff_events_by_agent on staff_events (campus, agent_id, type, at, position);
