-- The journal of tickets and its read model. Times are whole microseconds since 1970-01-01T00:00:00Z, exactly what the
-- hash chain covers; datetime(at / 1000000, 'unixepoch') shows one to people. Identifiers sort by their bytes.

create table ticket_events (
  ticket_id      text not null,
  seq            integer not null,
  campus         text not null,
  at             integer not null,
  type           text not null,
  payload        text not null,
  personal       text,
  personal_salt  blob,
  personal_hash  blob,
  prev_hash      blob not null,
  hash           blob not null,
  primary key (ticket_id, seq)
) strict;

create table tickets (
  ticket_id              text primary key,
  campus                 text not null,
  queue                  text not null,
  state                  text not null,
  customer_id            text not null,
  agent_id               text,
  channel                text not null,
  order_number           text,
  category               text not null,
  urgency                text not null,
  subject                text not null,
  priority_key           integer not null,
  requirements           text not null,
  reservation_id         text,
  offer_expires_at       integer,
  opened_at              integer not null,
  waiting_since          integer,
  first_response_due_at  integer,
  resolution_due_at      integer,
  updated_at             integer not null,
  closed_at              integer,
  rating                 integer check (rating between 1 and 5),
  disposition            text,
  seq                    integer not null,
  appended               integer not null, -- how many events the last append added
  hash                   blob not null
) strict;

-- A queue rebuilds itself, in its waiting order.
create index tickets_queued on tickets (campus, queue, priority_key, ticket_id) where state in ('waiting', 'offered');
-- An agent rebuilds its load.
create index tickets_open_of_agent on tickets (agent_id, opened_at) where state in ('offered', 'assigned', 'customer', 'wrapping');
-- A customer's history.
create index tickets_of_customer on tickets (campus, customer_id, opened_at);
-- All that runs about one order.
create index tickets_open_of_order on tickets (campus, order_number) where order_number is not null and state <> 'closed';
-- Reports over a span of time.
create index tickets_by_time on tickets (campus, opened_at, category);
