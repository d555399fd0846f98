using System.ComponentModel.DataAnnotations;

namespace CampusCare.Storage;

/// <summary>Which database holds the journal.</summary>
public enum StorageProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>The configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The name of the SQLite file in a folder of data.</summary>
    public const string FileName = "campuscare.db";

    /// <summary>ADO.NET connection string; PostgreSQL needs it, for SQLite <see cref="Path"/> is enough.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The SQLite file, data/campuscare.db unless the connection string names one; migrating creates it with its folder.</summary>
    public string? Path { get; set; }

    /// <summary>Connections to PostgreSQL that commit side by side, each for its share of the tickets; SQLite has one writer.</summary>
    [Range(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>Most appends in one transaction.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; set; } = 512;

    /// <summary>Most appends that wait for a writer; beyond, they are refused as overload.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 8_192;

    /// <summary>Most connections to PostgreSQL that this process opens, the journal's writers among them.</summary>
    [Range(17, 1_000)]
    public int MaxConnections { get; set; } = 32;

    /// <summary>Seconds until a statement, or the wait for another process's lock on the SQLite file, is given up.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 15;
}
