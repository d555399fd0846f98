-- Who is on a call has no chat in hand, and who has one takes no call, whoever writes them: looked at when a ticket gets
-- its slot. A call waits for what others write of this agent just now, and they for it; chats don't wait for each other.

create function tickets_desk() returns trigger language plpgsql as $$
declare
  is_call boolean := new.slot >= 'call-' and new.slot < 'call.';
  other text collate "C" := case when is_call then 'chat' else 'call' end;
begin
  if is_call then
    perform pg_advisory_xact_lock(hashtextextended(new.agent_id, 1));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended(new.agent_id, 1));
  end if;
  -- A statement of its own, so that it sees what was committed while it waited.
  if exists (select from tickets t where t.agent_id = new.agent_id and t.slot >= other || '-' and t.slot < other || '.') then
    raise exception 'Agent % has a % in hand.', new.agent_id, other using errcode = 'exclusion_violation', constraint = 'tickets_desk';
  end if;
  return null;
end
$$;

create trigger tickets_desk_at_first after insert on tickets for each row
  when (new.slot < 'form-') execute function tickets_desk();
create trigger tickets_desk after update on tickets for each row
  when (new.slot < 'form-' and (new.agent_id, new.slot) is distinct from (old.agent_id, old.slot)) execute function tickets_desk();
