-- What Orleans' ADO.NET providers need (clustering, grain storage, reminders). They fetch their statements from
-- orleansquery by key, and find parameters and result columns by the names used here. Where a provider wants to hear
-- "done" or "not done", a statement returns one row with the number of rows changed.

create table orleansquery (
  querykey   varchar(64) primary key,
  querytext  text not null
);

-- Clustering: one version row a deployment; each change of membership must name the version it saw and bumps it.

create table orleansmembershipversion (
  deploymentid  text primary key,
  timestamp     timestamptz not null default now(),
  version       integer not null default 0
);

create table orleansmembership (
  deploymentid   text not null references orleansmembershipversion,
  address        text not null,
  port           integer not null,
  generation     integer not null,
  siloname       text not null,
  hostname       text not null,
  status         integer not null,
  proxyport      integer,
  suspecttimes   text,
  starttime      timestamptz not null,
  iamalivetime   timestamptz not null,
  primary key (deploymentid, address, port, generation)
);

insert into orleansquery values ('InsertMembershipVersionKey', $sql$
with made as (
  insert into orleansmembershipversion (deploymentid) values (@DeploymentId) on conflict do nothing returning 1
)
select count(*)::integer from made
$sql$);

insert into orleansquery values ('InsertMembershipKey', $sql$
with bumped as (
  update orleansmembershipversion set version = version + 1, timestamp = now()
  where deploymentid = @DeploymentId and version = @Version and not exists (
    select from orleansmembership
    where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
  returning deploymentid
), made as (
  insert into orleansmembership
    (deploymentid, address, port, generation, siloname, hostname, status, proxyport, starttime, iamalivetime)
  select deploymentid, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
  from bumped
  returning 1
)
select count(*)::integer from made
$sql$);

insert into orleansquery values ('UpdateMembershipKey', $sql$
with bumped as (
  update orleansmembershipversion set version = version + 1, timestamp = now()
  where deploymentid = @DeploymentId and version = @Version and exists (
    select from orleansmembership
    where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
  returning deploymentid
), changed as (
  update orleansmembership m set status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
  from bumped
  where m.deploymentid = bumped.deploymentid and m.address = @Address and m.port = @Port and m.generation = @Generation
  returning 1
)
select count(*)::integer from changed
$sql$);

insert into orleansquery values ('UpdateIAmAlivetimeKey', $sql$
update orleansmembership set iamalivetime = @IAmAliveTime
where deploymentid = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$sql$);

-- The version is wanted even when no silo matches.
insert into orleansquery values ('MembershipReadRowKey', $sql$
select v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes,
  m.starttime, m.iamalivetime, v.version
from orleansmembershipversion v
left join orleansmembership m
  on m.deploymentid = v.deploymentid and m.address = @Address and m.port = @Port and m.generation = @Generation
where v.deploymentid = @DeploymentId
$sql$);

insert into orleansquery values ('MembershipReadAllKey', $sql$
select v.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes,
  m.starttime, m.iamalivetime, v.version
from orleansmembershipversion v
left join orleansmembership m on m.deploymentid = v.deploymentid
where v.deploymentid = @DeploymentId
$sql$);

insert into orleansquery values ('DeleteMembershipTableEntriesKey', $sql$
delete from orleansmembership where deploymentid = @DeploymentId;
delete from orleansmembershipversion where deploymentid = @DeploymentId
$sql$);

-- Status 3 is "active": a silo that others still believe in is never cleaned away.
insert into orleansquery values ('CleanupDefunctSiloEntriesKey', $sql$
delete from orleansmembership where deploymentid = @DeploymentId and iamalivetime < @IAmAliveTime and status <> 3
$sql$);

insert into orleansquery values ('GatewaysQueryKey', $sql$
select address, proxyport, generation from orleansmembership
where deploymentid = @DeploymentId and status = @Status and proxyport > 0
$sql$);

-- Grain storage. A statement that meets another version than expected returns the expected one, which the provider
-- takes as a conflict.

create table orleansstorage (
  serviceid        text not null,
  graintype        text not null,
  grainidn0        bigint not null,
  grainidn1        bigint not null,
  grainidtext      text not null,
  payloadbinary    bytea,
  modifiedon       timestamptz not null default now(),
  version          integer not null,
  primary key (graintype, grainidtext, grainidn0, grainidn1, serviceid)
) with (fillfactor = 70);

insert into orleansquery values ('ReadFromStorageKey', $sql$
select payloadbinary, version from orleansstorage
where graintype = @GrainTypeString and grainidtext = coalesce(@GrainIdExtensionString, '')
  and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1 and serviceid = @ServiceId
$sql$);

insert into orleansquery values ('WriteToStorageKey', $sql$
with stored as (
  insert into orleansstorage as s (serviceid, graintype, grainidn0, grainidn1, grainidtext, payloadbinary, version)
  select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
  where @GrainStateVersion is null or exists (
    select from orleansstorage
    where graintype = @GrainTypeString and grainidtext = coalesce(@GrainIdExtensionString, '')
      and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1 and serviceid = @ServiceId)
  on conflict (graintype, grainidtext, grainidn0, grainidn1, serviceid) do update
  set payloadbinary = excluded.payloadbinary, modifiedon = now(), version = s.version + 1
  where s.version = @GrainStateVersion
  returning version
)
select version as newgrainstateversion from stored
union all
select @GrainStateVersion where not exists (select from stored)
$sql$);

insert into orleansquery values ('ClearStorageKey', $sql$
with cleared as (
  update orleansstorage set payloadbinary = null, modifiedon = now(), version = version + 1
  where graintype = @GrainTypeString and grainidtext = coalesce(@GrainIdExtensionString, '')
    and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1 and serviceid = @ServiceId and version = @GrainStateVersion
  returning version
)
select version as newgrainstateversion from cleared
union all
select @GrainStateVersion where not exists (select from cleared)
$sql$);

insert into orleansquery values ('DeleteStorageKey', $sql$
with deleted as (
  delete from orleansstorage
  where graintype = @GrainTypeString and grainidtext = coalesce(@GrainIdExtensionString, '')
    and grainidn0 = @GrainIdN0 and grainidn1 = @GrainIdN1 and serviceid = @ServiceId and version = @GrainStateVersion
  returning version
)
select version + 1 as newgrainstateversion from deleted
union all
select @GrainStateVersion where not exists (select from deleted)
$sql$);

-- Reminders. Ranges of hashes are open at the beginning and closed at the end; the second form wraps around.

create table orleansreminders (
  serviceid     text not null,
  grainid       text not null,
  remindername  text not null,
  starttime     timestamptz not null,
  period        bigint not null,
  grainhash     integer not null,
  version       integer not null default 0,
  primary key (serviceid, grainid, remindername)
);

create index orleansreminders_by_hash on orleansreminders (serviceid, grainhash);

insert into orleansquery values ('UpsertReminderRowKey', $sql$
insert into orleansreminders as r (serviceid, grainid, remindername, starttime, period, grainhash)
values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash)
on conflict (serviceid, grainid, remindername) do update
set starttime = excluded.starttime, period = excluded.period, grainhash = excluded.grainhash, version = r.version + 1
returning version
$sql$);

insert into orleansquery values ('ReadReminderRowsKey', $sql$
select grainid, remindername, starttime, period, version from orleansreminders
where serviceid = @ServiceId and grainid = @GrainId
$sql$);

insert into orleansquery values ('ReadReminderRowKey', $sql$
select grainid, remindername, starttime, period, version from orleansreminders
where serviceid = @ServiceId and grainid = @GrainId and remindername = @ReminderName
$sql$);

insert into orleansquery values ('ReadRangeRows1Key', $sql$
select grainid, remindername, starttime, period, version from orleansreminders
where serviceid = @ServiceId and grainhash > @BeginHash and grainhash <= @EndHash
$sql$);

insert into orleansquery values ('ReadRangeRows2Key', $sql$
select grainid, remindername, starttime, period, version from orleansreminders
where serviceid = @ServiceId and (grainhash > @BeginHash or grainhash <= @EndHash)
$sql$);

insert into orleansquery values ('DeleteReminderRowKey', $sql$
with deleted as (
  delete from orleansreminders
  where serviceid = @ServiceId and grainid = @GrainId and remindername = @ReminderName and version = @Version
  returning 1
)
select count(*)::integer from deleted
$sql$);

insert into orleansquery values ('DeleteReminderRowsKey', $sql$
delete from orleansreminders where serviceid = @ServiceId
$sql$);
