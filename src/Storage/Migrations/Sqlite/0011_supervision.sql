-- What a supervisor's lists show of a ticket, and what its history is searched by. Names are blanked with the subject.

alter table tickets add column customer_name text;
alter table tickets add column customer_role text;
alter table tickets add column sentiment text;
alter table tickets add column agent_name text;
alter table tickets add column agent_since integer;
alter table tickets add column unanswered_since integer;

-- A question to a colleague has no customer, and stays without a role.
update tickets set
  customer_name = (select json_extract(e.personal, '$.name') from ticket_events e where e.ticket_id = tickets.ticket_id and e.seq = 1),
  customer_role = (select case when json_extract(e.payload, '$.consultationOf') is null then lower(json_extract(e.payload, '$.role')) end from ticket_events e where e.ticket_id = tickets.ticket_id and e.seq = 1),
  sentiment = (select lower(json_extract(e.payload, '$.sentiment')) from ticket_events e where e.ticket_id = tickets.ticket_id and e.seq = 1),
  agent_name = (select json_extract(e.personal, '$.name') from ticket_events e where e.ticket_id = tickets.ticket_id and e.type = 'accepted' order by e.seq desc limit 1);
update tickets set agent_since = (select e.at from ticket_events e where e.ticket_id = tickets.ticket_id and e.type = 'accepted' order by e.seq desc limit 1)
  where state = 'assigned';
update tickets set unanswered_since = (
    select min(e.at) from ticket_events e
    where e.ticket_id = tickets.ticket_id and (e.type = 'opened' or (e.type = 'message' and json_extract(e.payload, '$.author') = 'Customer'))
      and e.seq > coalesce((
        select max(a.seq) from ticket_events a
        where a.ticket_id = tickets.ticket_id and a.type = 'message' and json_extract(a.payload, '$.author') in ('Agent', 'Bot')), 0))
  where state in ('waiting', 'offered', 'assigned');

-- All that runs just now.
create index tickets_live on tickets (campus, opened_at, ticket_id) where state = 'assigned';
-- What was about an order, over or not.
create index tickets_of_order on tickets (campus, order_number) where order_number is not null;
