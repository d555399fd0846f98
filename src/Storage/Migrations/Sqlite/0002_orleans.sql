-- What Orleans' ADO.NET grain storage needs on SQLite; clustering and reminders aren't supported there. The provider
-- fetches its statements from OrleansQuery by key, and finds parameters and result columns by the names used here. A
-- statement that meets another version than expected returns the expected one, which the provider takes as a conflict.

create table OrleansQuery (
  QueryKey   text primary key,
  QueryText  text not null
) strict;

create table OrleansStorage (
  ServiceId      text not null,
  GrainType      text not null,
  GrainIdN0      integer not null,
  GrainIdN1      integer not null,
  GrainIdText    text not null,
  PayloadBinary  blob,
  ModifiedOn     text not null default current_timestamp,
  Version        integer not null,
  primary key (GrainType, GrainIdText, GrainIdN0, GrainIdN1, ServiceId)
) strict;

insert into OrleansQuery values ('ReadFromStorageKey', '
select PayloadBinary, Version from OrleansStorage
where GrainType = @GrainTypeString and GrainIdText = coalesce(@GrainIdExtensionString, '''')
  and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and ServiceId = @ServiceId
');

insert into OrleansQuery values ('WriteToStorageKey', '
insert into OrleansStorage (ServiceId, GrainType, GrainIdN0, GrainIdN1, GrainIdText, PayloadBinary, Version)
select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
where @GrainStateVersion is null or exists (
  select 1 from OrleansStorage
  where GrainType = @GrainTypeString and GrainIdText = coalesce(@GrainIdExtensionString, '''')
    and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and ServiceId = @ServiceId)
on conflict do update
set PayloadBinary = excluded.PayloadBinary, ModifiedOn = current_timestamp, Version = Version + 1
where Version = @GrainStateVersion
returning Version as NewGrainStateVersion;
select @GrainStateVersion as NewGrainStateVersion where changes() = 0
');

insert into OrleansQuery values ('ClearStorageKey', '
update OrleansStorage set PayloadBinary = null, ModifiedOn = current_timestamp, Version = Version + 1
where GrainType = @GrainTypeString and GrainIdText = coalesce(@GrainIdExtensionString, '''')
  and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and ServiceId = @ServiceId and Version = @GrainStateVersion
returning Version as NewGrainStateVersion;
select @GrainStateVersion as NewGrainStateVersion where changes() = 0
');

insert into OrleansQuery values ('DeleteStorageKey', '
delete from OrleansStorage
where GrainType = @GrainTypeString and GrainIdText = coalesce(@GrainIdExtensionString, '''')
  and GrainIdN0 = @GrainIdN0 and GrainIdN1 = @GrainIdN1 and ServiceId = @ServiceId and Version = @GrainStateVersion
returning Version + 1 as NewGrainStateVersion;
select @GrainStateVersion as NewGrainStateVersion where changes() = 0
');
