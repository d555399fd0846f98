-- Which of its clocks a ticket missed that is not solved yet: what supervisors should see, whoever forgot to tell them.

alter table tickets add column alerts text;

create index tickets_alerted on tickets (campus, queue, opened_at, ticket_id) where alerts is not null;
