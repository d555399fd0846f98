using System.Data;
using System.Data.Common;

namespace CampusCare.Storage.Tests;

public sealed class SqliteOrleansSqlTests : OrleansSqlTests<Sqlite>;

public sealed class PostgresOrleansSqlTests : OrleansSqlTests<PostgreSql>
{
    private const string Deployment = "campuscare";
    private static readonly DateTime Now = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);

    [SkippableFact]
    public async Task All_statements_that_the_providers_ask_for_are_there()
    {
        await using var bed = await SqlBed.OnPostgres();

        (await Keys(bed)).ShouldBe(
        [
            "CleanupDefunctSiloEntriesKey", "ClearStorageKey", "DeleteMembershipTableEntriesKey", "DeleteReminderRowKey",
            "DeleteReminderRowsKey", "DeleteStorageKey", "GatewaysQueryKey", "InsertMembershipKey", "InsertMembershipVersionKey",
            "MembershipReadAllKey", "MembershipReadRowKey", "ReadFromStorageKey", "ReadRangeRows1Key", "ReadRangeRows2Key",
            "ReadReminderRowKey", "ReadReminderRowsKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey", "UpsertReminderRowKey",
            "WriteToStorageKey",
        ]);
    }

    [SkippableFact]
    public async Task Membership_changes_only_from_the_version_that_was_read()
    {
        await using var bed = await SqlBed.OnPostgres();
        (await Number(bed, "InsertMembershipVersionKey", ("DeploymentId", Deployment))).ShouldBe(1);
        (await Number(bed, "InsertMembershipVersionKey", ("DeploymentId", Deployment))).ShouldBe(0);
        (await Call(bed, "MembershipReadAllKey", ("DeploymentId", Deployment))).ShouldHaveSingleItem()["version"].ShouldBe(0);

        (await Number(bed, "InsertMembershipKey", Silo(1, version: 0))).ShouldBe(1);
        (await Number(bed, "InsertMembershipKey", Silo(2, version: 0))).ShouldBe(0, "the version has moved on");
        (await Number(bed, "InsertMembershipKey", Silo(1, version: 1))).ShouldBe(0, "it is there already");
        (await Number(bed, "InsertMembershipKey", Silo(2, version: 1))).ShouldBe(1);

        (await Number(bed, "UpdateMembershipKey", Update(1, version: 1, status: 3))).ShouldBe(0, "the version has moved on");
        (await Number(bed, "UpdateMembershipKey", Update(9, version: 2, status: 3))).ShouldBe(0, "there is no such silo");
        (await Number(bed, "UpdateMembershipKey", Update(1, version: 2, status: 3))).ShouldBe(1);

        var all = await Call(bed, "MembershipReadAllKey", ("DeploymentId", Deployment));
        all.Select(row => (row["generation"], row["status"], row["version"])).Order().ShouldBe([(1, 3, 3), (2, 2, 3)]);
        var first = (await Call(bed, "MembershipReadRowKey", Address(1))).ShouldHaveSingleItem();
        (first["address"], first["port"], first["siloname"], first["hostname"], first["proxyport"], first["suspecttimes"])
            .ShouldBe(("127.0.0.1", 11111, "silo1", "host", 30000, "someone,2026"));
        (first["starttime"], first["iamalivetime"]).ShouldBe((Now, Now.AddSeconds(5)));
        var nobody = (await Call(bed, "MembershipReadRowKey", Address(9))).ShouldHaveSingleItem();
        (nobody["starttime"], nobody["version"]).ShouldBe((DBNull.Value, 3));
    }

    [SkippableFact]
    public async Task Of_silos_that_join_at_once_one_wins_each_version()
    {
        await using var bed = await SqlBed.OnPostgres();
        await Number(bed, "InsertMembershipVersionKey", ("DeploymentId", Deployment));

        for (var version = 0; version < 5; version++)
        {
            var joined = await Task.WhenAll(Enumerable.Range(0, 10).Select(silo =>
                Task.Run(() => Number(bed, "InsertMembershipKey", Silo(100 * version + silo, version)))));
            joined.Sum().ShouldBe(1);
        }
        (await Call(bed, "MembershipReadAllKey", ("DeploymentId", Deployment))).Count.ShouldBe(5);
    }

    [SkippableFact]
    public async Task Gateways_are_the_active_silos_and_the_defunct_are_cleaned_away()
    {
        await using var bed = await SqlBed.OnPostgres();
        await Number(bed, "InsertMembershipVersionKey", ("DeploymentId", Deployment));
        await Number(bed, "InsertMembershipKey", Silo(1, version: 0));
        await Number(bed, "InsertMembershipKey", Silo(2, version: 1));
        await Number(bed, "UpdateMembershipKey", Update(1, version: 2, status: 3));

        (await Call(bed, "GatewaysQueryKey", ("DeploymentId", Deployment), ("Status", 3))).ShouldHaveSingleItem()["generation"].ShouldBe(1);
        await Call(bed, "UpdateIAmAlivetimeKey", [.. Address(1), ("IAmAliveTime", Now.AddSeconds(9))]);
        (await Call(bed, "MembershipReadRowKey", Address(1)))[0]["iamalivetime"].ShouldBe(Now.AddSeconds(9));

        await Call(bed, "CleanupDefunctSiloEntriesKey", ("DeploymentId", Deployment), ("IAmAliveTime", Now.AddHours(1)));
        (await Call(bed, "MembershipReadAllKey", ("DeploymentId", Deployment))).ShouldHaveSingleItem()["generation"].ShouldBe(1);
        await Call(bed, "DeleteMembershipTableEntriesKey", ("DeploymentId", Deployment));
        (await Call(bed, "MembershipReadAllKey", ("DeploymentId", Deployment))).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Reminders_are_kept_by_grain_name_and_hash()
    {
        await using var bed = await SqlBed.OnPostgres();
        foreach (var (grain, hash) in new[] { ("g/low", int.MinValue), ("g/mid", -1), ("g/high", int.MaxValue) })
            (await Number(bed, "UpsertReminderRowKey", Reminder(grain, hash))).ShouldBe(0);
        (await Number(bed, "UpsertReminderRowKey", [.. Reminder("g/mid", -1).SkipLast(1), ("Period", long.MaxValue / 10_000)])).ShouldBe(1, "the next version");

        (string, object)[] wake = [("ServiceId", Deployment), ("GrainId", "g/mid"), ("ReminderName", "wake")];
        var row = (await Call(bed, "ReadReminderRowKey", wake)).ShouldHaveSingleItem();
        (row["grainid"], row["remindername"], row["starttime"], row["period"], row["version"])
            .ShouldBe(("g/mid", "wake", Now, long.MaxValue / 10_000, 1));
        (await Call(bed, "ReadReminderRowsKey", wake[..2])).Count.ShouldBe(1);
        (await Range(bed, "ReadRangeRows1Key", int.MinValue, -1)).ShouldBe(["g/mid"]);
        (await Range(bed, "ReadRangeRows2Key", 5, int.MinValue)).ShouldBe(["g/high", "g/low"]);
        (await Range(bed, "ReadRangeRows2Key", 0, 0)).ShouldBe(["g/high", "g/low", "g/mid"]);

        (await Number(bed, "DeleteReminderRowKey", [.. wake, ("Version", 0)])).ShouldBe(0);
        (await Number(bed, "DeleteReminderRowKey", [.. wake, ("Version", 1)])).ShouldBe(1);
        await Call(bed, "DeleteReminderRowsKey", ("ServiceId", Deployment));
        (await Range(bed, "ReadRangeRows2Key", 0, 0)).ShouldBeEmpty();
    }

    private static (string, object)[] Address(int generation) =>
        [("DeploymentId", Deployment), ("Address", "127.0.0.1"), ("Port", 11111), ("Generation", generation)];

    private static (string, object)[] Silo(int generation, int version) =>
    [
        .. Address(generation), ("SiloName", $"silo{generation}"), ("HostName", "host"), ("Status", 2), ("ProxyPort", 30000),
        ("StartTime", Now), ("IAmAliveTime", Now), ("Version", version),
    ];

    private static (string, object)[] Update(int generation, int version, int status) =>
        [.. Address(generation), ("Status", status), ("SuspectTimes", "someone,2026"), ("IAmAliveTime", Now.AddSeconds(5)), ("Version", version)];

    private static (string, object)[] Reminder(string grain, int hash) =>
        [("ServiceId", Deployment), ("GrainHash", hash), ("GrainId", grain), ("ReminderName", "wake"), ("StartTime", Now), ("Period", 60_000)];

    private static async Task<IEnumerable<object>> Range(SqlBed bed, string key, int begin, int end) =>
        (await Call(bed, key, ("ServiceId", Deployment), ("BeginHash", begin), ("EndHash", end))).Select(row => row["grainid"]).Order();
}

/// <summary>The statements that Orleans' ADO.NET providers fetch from the database, called the way the providers call them.</summary>
public abstract class OrleansSqlTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task Grain_states_are_written_from_the_version_that_was_read()
    {
        await using var bed = (SqlBed)await TKind.Make();
        foreach (var key in new[] { "ReadFromStorageKey", "WriteToStorageKey", "ClearStorageKey", "DeleteStorageKey" })
            (await Keys(bed)).ShouldContain(key);

        (await Read(bed)).ShouldBeEmpty();
        (await Write(bed, "a", null)).ShouldBe(1);
        (await Write(bed, "b", null)).ShouldBeNull("someone wrote it meanwhile");
        (await Write(bed, "b", 7)).ShouldBe(7, "the same version back means a conflict");
        (await Write(bed, "b", 1)).ShouldBe(2);
        (await Payload(bed)).ShouldBe(("b", 2));
        (await Write(bed, "c", 5, grain: "another")).ShouldBe(5, "it was never written");
        (await Read(bed, grain: "another")).ShouldBeEmpty();
        (await Write(bed, "x", null, grain: null)).ShouldBe(1, "a grain without a text key");
        (await Payload(bed, grain: null)).ShouldBe(("x", 1));
    }

    [SkippableFact]
    public async Task A_cleared_state_keeps_its_version_and_a_deleted_one_is_gone()
    {
        await using var bed = (SqlBed)await TKind.Make();
        await Write(bed, "a", null);

        (await Change(bed, "ClearStorageKey", 9)).ShouldBe(9, "a conflict");
        (await Change(bed, "ClearStorageKey", 1)).ShouldBe(2);
        (await Payload(bed)).ShouldBe((null, 2));
        (await Write(bed, "b", 2)).ShouldBe(3);
        (await Change(bed, "DeleteStorageKey", 2)).ShouldBe(2, "a conflict");
        (await Change(bed, "DeleteStorageKey", 3)).ShouldBe(4);
        (await Read(bed)).ShouldBeEmpty();
        (await Write(bed, "c", 4)).ShouldBe(4, "it was deleted");
        (await Write(bed, "c", null)).ShouldBe(1);
    }

    [SkippableFact]
    public async Task Of_many_first_writers_one_wins()
    {
        await using var bed = (SqlBed)await TKind.Make();

        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Write(bed, $"{i}", null))));

        versions.Count(version => version == 1).ShouldBe(1);
        versions.Count(version => version is null).ShouldBe(19);
    }

    internal static async Task<IEnumerable<string>> Keys(SqlBed bed)
    {
        await using var connection = await bed.Database.Writes.OpenConnectionAsync();
        return (await Run(connection, "SELECT QueryKey, QueryText FROM OrleansQuery")).Select(row => (string)row["querykey"]).Order(StringComparer.Ordinal);
    }

    internal static async Task<int> Number(SqlBed bed, string key, params (string, object)[] parameters) =>
        (int)(await Call(bed, key, parameters)).ShouldHaveSingleItem().Values.ShouldHaveSingleItem();

    /// <summary>Runs a stored statement on a connection of its own; all result sets together, columns in lower case.</summary>
    internal static async Task<List<Dictionary<string, object>>> Call(SqlBed bed, string key, params (string Name, object Value)[] parameters)
    {
        var text = await bed.Scalar<string>($"select querytext from orleansquery where querykey = '{key}'");
        await using var connection = await bed.Database.Writes.OpenConnectionAsync();
        return await Run(connection, text, parameters);
    }

    private static async Task<List<Dictionary<string, object>>> Run(DbConnection connection, string text, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            (parameter.Value, parameter.DbType) = value switch
            {
                DbType unset => (DBNull.Value, unset),
                int => (value, DbType.Int32),
                long => (value, DbType.Int64),
                DateTime => (value, DbType.DateTime),
                byte[] => (value, DbType.Binary),
                _ => (value, DbType.String),
            };
            command.Parameters.Add(parameter);
        }
        command.CommandText = text;
        var rows = new List<Dictionary<string, object>>();
        await using var reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
                rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(i => reader.GetName(i).ToLowerInvariant(), reader.GetValue));
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    private static (string, object)[] Grain(string? grain) =>
    [
        ("GrainIdHash", 17), ("GrainIdN0", 0L), ("GrainIdN1", 0L), ("GrainTypeHash", 4), ("GrainTypeString", "agent"),
        ("GrainIdExtensionString", grain ?? (object)DbType.String), ("ServiceId", "campuscare"),
    ];

    private static Task<List<Dictionary<string, object>>> Read(SqlBed bed, string? grain = "north/a1") => Call(bed, "ReadFromStorageKey", Grain(grain));

    private static async Task<(string?, int)> Payload(SqlBed bed, string? grain = "north/a1")
    {
        var row = (await Read(bed, grain)).ShouldHaveSingleItem();
        return (row["payloadbinary"] is byte[] payload ? System.Text.Encoding.UTF8.GetString(payload) : null, Convert.ToInt32(row["version"]));
    }

    private static Task<int?> Write(SqlBed bed, string payload, int? version, string? grain = "north/a1") => Version(Call(
        bed, "WriteToStorageKey", [.. Grain(grain), ("GrainStateVersion", version ?? (object)DbType.Int32), ("PayloadBinary", System.Text.Encoding.UTF8.GetBytes(payload))]));

    private static Task<int?> Change(SqlBed bed, string key, int version) => Version(Call(bed, key, [.. Grain("north/a1"), ("GrainStateVersion", version)]));

    private static async Task<int?> Version(Task<List<Dictionary<string, object>>> call)
    {
        var version = (await call).ShouldHaveSingleItem()["newgrainstateversion"];
        return version is DBNull ? null : Convert.ToInt32(version);
    }
}
