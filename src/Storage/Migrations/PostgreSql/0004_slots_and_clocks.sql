-- Which of its agent's slots a ticket holds, and when the earliest of its service-level clocks runs out. The clocks
-- themselves stand in the ticket's events.

alter table tickets drop column first_response_due_at;
alter table tickets drop column resolution_due_at;
alter table tickets add column slot text collate "C";
alter table tickets add column next_due_at bigint;

-- No two tickets hold the same slot of an agent, whoever writes them.
create unique index tickets_slot on tickets (agent_id, slot) where slot is not null;
-- A queue watches the clocks of its tickets.
create index tickets_due on tickets (campus, queue, next_due_at, ticket_id) where next_due_at is not null;
