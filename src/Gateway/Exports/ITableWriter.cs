namespace CampusCare.Gateway.Exports;

/// <summary>Writes a table row by row, and keeps none of them. Cells are texts, whole numbers, times or null.</summary>
internal interface ITableWriter : IAsyncDisposable
{
    /// <summary>How far the reader's clock is from UTC.</summary>
    TimeSpan Offset { get; }

    /// <summary>Adds a row.</summary>
    Task Row(IReadOnlyList<object?> cells, CancellationToken cancellation);
}
