using System.Text.Encodings.Web;
using System.Text.Json;
using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Staffing;

namespace CampusCare.Cli.Staffing;

/// <summary>Forecasts and plans as files. Times are local, without a zone.</summary>
internal static class StaffingJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<SlotForecast> slots) =>
        JsonSerializer.SerializeToUtf8Bytes(new { slotMinutes = SlotSeries.Minutes, slots }, Options);

    public static byte[] Write(IReadOnlyList<PlannedSlot> plan, StaffingRules rules, Roster? roster) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            slotMinutes = SlotSeries.Minutes,
            slots = plan.Select(slot => new
            {
                slot.Slot.Start,
                slot.Slot.Expected,
                slot.Slot.Low,
                slot.Slot.High,
                slot.Agents,
                Teams = rules.Teams.Zip(slot.Teams, static (team, agents) => new { team.Name, Agents = agents }),
                slot.StandBy,
                slot.Rostered,
                OnRoster = roster?[slot.Slot.Start],
                slot.Silos,
                slot.Gateways,
                slot.Level,
            }),
        },
        Options);
}
