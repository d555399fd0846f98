using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CampusCare.Domain.Simulation;

/// <summary>A report as JSON; docs/simulation.md describes it.</summary>
public static class SimulationJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names in Chinese stay legible; nothing here goes into HTML
    };

    /// <summary>UTF-8, the same bytes for the same report.</summary>
    public static byte[] Write(SimulationReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Layout)) JsonSerializer.Serialize(writer, report, SimulationJsonContext.Default.SimulationReport);
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimulationReport))]
internal sealed partial class SimulationJsonContext : JsonSerializerContext;
