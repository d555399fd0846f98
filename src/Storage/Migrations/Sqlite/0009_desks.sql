-- Who is on a call has no chat in hand, and who has one takes no call, whoever writes them: looked at when a ticket gets
-- its slot.

create trigger tickets_desk_at_first after insert on tickets when new.slot < 'form-' begin
  select raise(abort, 'tickets_desk') from tickets t
  where t.agent_id = new.agent_id
    and t.slot >= case when new.slot < 'chat-' then 'chat-' else 'call-' end and t.slot < case when new.slot < 'chat-' then 'chat.' else 'call.' end;
end;
create trigger tickets_desk after update on tickets when new.slot < 'form-' and (new.agent_id, new.slot) is not (old.agent_id, old.slot) begin
  select raise(abort, 'tickets_desk') from tickets t
  where t.agent_id = new.agent_id
    and t.slot >= case when new.slot < 'chat-' then 'chat-' else 'call-' end and t.slot < case when new.slot < 'chat-' then 'chat.' else 'call.' end;
end;
