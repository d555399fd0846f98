namespace CampusCare.Grains;

/// <summary>The named grain stores. A state's name must be unique in its store: the ADO.NET key holds no class.</summary>
public static class StateStores
{
    /// <summary>PostgreSQL in a cluster, SQLite on one machine.</summary>
    public const string Main = "main";

    /// <summary>Stores the next state; one that could not be stored is not believed.</summary>
    internal static async Task Save<T>(this IPersistentState<T> state, T next)
    {
        var before = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            throw;
        }
    }
}
