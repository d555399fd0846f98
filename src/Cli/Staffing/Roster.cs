using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CampusCare.Cli.Staffing;

/// <summary>How many agents are on shift in each quarter of an hour.</summary>
internal sealed class Roster
{
    private const int MostAgents = 100_000;

    private readonly Dictionary<DateTime, int> _agents = [];

    /// <summary>Agents on shift; nobody where the file says nothing.</summary>
    public int this[DateTime slot] => _agents.GetValueOrDefault(slot);

    /// <exception cref="CannotRunException">It can't be used, with the line and why.</exception>
    public static Roster Read(FileInfo file)
    {
        using var reader = file.OpenText();
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header || !header.Contains("slot") || !header.Contains("agents"))
            throw new CannotRunException($"{file.Name} does not begin with a header that names the columns slot and agents.");
        var roster = new Roster();
        while (csv.Read())
        {
            if (SlotTable.StartOf(csv.GetField("slot")) is not { } slot
                || !int.TryParse(csv.GetField("agents"), NumberStyles.None, CultureInfo.InvariantCulture, out var agents) || agents > MostAgents)
                throw new CannotRunException($"{file.Name}, line {csv.Parser.RawRow}: must be a quarter of an hour such as 2026-09-01T11:15 and a number of agents.");
            roster._agents[slot] = agents;
        }
        return roster;
    }
}
