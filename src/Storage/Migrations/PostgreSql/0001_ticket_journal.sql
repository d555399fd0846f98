-- The journal of tickets and its read model. Times are whole microseconds since 1970-01-01T00:00:00Z, exactly what the
-- hash chain covers; to_timestamp(at / 1e6) shows one to people. Identifiers sort by their bytes.

create table ticket_events (
  ticket_id      text collate "C" not null,
  seq            bigint not null,
  campus         text collate "C" not null,
  at             bigint not null,
  type           text not null,
  payload        text not null,
  personal       text,
  personal_salt  bytea,
  personal_hash  bytea,
  prev_hash      bytea not null,
  hash           bytea not null,
  primary key (ticket_id, seq)
);

-- Half of the updates (messages of a running conversation) touch no indexed column; the room left in each page lets
-- them stay in it without touching any index.
create table tickets (
  ticket_id              text collate "C" primary key,
  campus                 text collate "C" not null,
  queue                  text collate "C" not null,
  state                  text not null,
  customer_id            text collate "C" not null,
  agent_id               text collate "C",
  channel                text not null,
  order_number           text collate "C",
  category               text not null,
  urgency                text not null,
  subject                text not null,
  priority_key           bigint not null,
  requirements           text not null,
  reservation_id         text,
  offer_expires_at       bigint,
  opened_at              bigint not null,
  waiting_since          bigint,
  first_response_due_at  bigint,
  resolution_due_at      bigint,
  updated_at             bigint not null,
  closed_at              bigint,
  rating                 bigint check (rating between 1 and 5),
  disposition            text,
  seq                    bigint not null,
  appended               bigint not null, -- how many events the last append added
  hash                   bytea not null
) with (fillfactor = 70);

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
