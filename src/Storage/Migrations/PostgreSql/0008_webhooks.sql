-- What subscribers of a campus have yet to be told: written in the transaction of the event itself, gone once they took it.

create table webhook_deliveries (
  campus        text collate "C" not null,
  subscription  text collate "C" not null,
  ticket_id     text collate "C" not null,
  seq           bigint not null,
  attempts      bigint not null,
  due_at        bigint not null, -- microseconds since 1970-01-01T00:00:00Z
  fault         text, -- why the last attempt failed
  given_up      bigint not null, -- 1: a dead letter
  primary key (campus, subscription, ticket_id, seq)
);

create index webhook_deliveries_due on webhook_deliveries (campus, subscription, given_up, due_at);
