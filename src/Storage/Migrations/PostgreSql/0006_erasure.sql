-- When a ticket's personal parts were erased. The index holds what an erasure may have to look at, and nothing else; its
-- columns never change while a conversation runs.

alter table tickets add column erased_at bigint;

create index tickets_not_erased on tickets (campus, opened_at, ticket_id) where erased_at is null and state in ('resolved', 'closed');
