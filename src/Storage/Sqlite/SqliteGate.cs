namespace CampusCare.Storage;

/// <summary>
/// The one gate before a SQLite file: whoever writes passes it first, one at a time and in order of arrival, instead of
/// colliding on the file's lock and waiting in the dark.
/// </summary>
public sealed class SqliteGate : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Waits for this caller's turn, which lasts until the result is disposed.</summary>
    public async ValueTask<Turn> Enter(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        return new Turn(_turn);
    }

    /// <summary>The same, for callers that can't await.</summary>
    public Turn EnterBlocking()
    {
        _turn.Wait();
        return new Turn(_turn);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>The right to write; ends once, however often it is disposed.</summary>
    public sealed class Turn : IDisposable
    {
        private SemaphoreSlim? _turn;

        internal Turn(SemaphoreSlim turn) => _turn = turn;

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
