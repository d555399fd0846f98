using System.Text.Json;

namespace CampusCare.Channels.Phone;

/// <summary>What of an event of the telephone server matters to us.</summary>
/// <param name="Type">What it is called there.</param>
/// <param name="Channel">The channel that it is about; of Dial, who is called. Null: none.</param>
public sealed record AriEvent(string Type, AriChannel? Channel)
{
    /// <summary>The key of a ChannelDtmfReceived.</summary>
    public string? Digit { get; init; }

    /// <summary>What the dial plan gave along with a StasisStart.</summary>
    public string? Argument { get; init; }

    /// <summary>The outcome of a Dial.</summary>
    public string? DialStatus { get; init; }

    /// <summary>What it means to the call whose channel it is; null: nothing, or the beginning of a call.</summary>
    public LineInput? Input => (Type, Channel) switch
    {
        (_, null) => null,
        ("StasisStart", { } leg) when LineCall.CallerOf(leg.Id) is not null => new LineInput.LegEntered(leg.Id),
        ("StasisStart", _) => new LineInput.Entered(),
        ("StasisEnd" or "ChannelHangupRequest" or "ChannelDestroyed", { } gone) => new LineInput.Gone(gone.Id),
        ("ChannelDtmfReceived", { } pressed) when Digit is { } digit => new LineInput.Key(pressed.Id, digit),
        // An answered leg comes with a StasisStart of its own, so that ChannelStateChange and other outcomes tell nothing new.
        ("Dial", { } leg) when DialStatus is "BUSY" or "NOANSWER" or "CONGESTION" or "CHANUNAVAIL" or "CANCEL" or "DONTCALL" or "TORTURE" or "INVALIDARGS" => new LineInput.Gone(leg.Id),
        _ => null,
    };

    /// <summary>Whether another process took the application over.</summary>
    public bool IsReplaced => Type == "ApplicationReplaced";

    /// <summary>Reads an event; null when it is none.</summary>
    public static AriEvent? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") is not { } type) return null;
            var args = root.TryGetProperty("args", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
            return new AriEvent(type, AriChannel.Read(Part(root, type == "Dial" ? "peer" : "channel")))
            {
                Digit = Text(root, "digit"),
                DialStatus = Text(root, "dialstatus"),
                Argument = args.ValueKind == JsonValueKind.Array && args.GetArrayLength() > 0 && args[0].ValueKind == JsonValueKind.String ? args[0].GetString() : null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static JsonElement Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;
}

/// <summary>A channel as the telephone server describes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Down, Ring, Ringing, Up and so on.</param>
/// <param name="Number">The caller's number; empty when it is withheld.</param>
/// <param name="Extension">What was dialled.</param>
/// <param name="App">The application of the dial plan in which it is: Stasis, when it is ours or another program's.</param>
/// <param name="AppData">That application's arguments.</param>
public sealed record AriChannel(string Id, string State, string Number, string Extension, string App, string AppData)
{
    /// <summary>Asterisk's own limit for ids is 149; longer ones could not carry ours behind them.</summary>
    public const int MaximumId = 120;

    /// <summary>Whether it is in our application.</summary>
    public bool IsIn(string application) => App == "Stasis" && (AppData == application || AppData.StartsWith(application + ",", StringComparison.Ordinal));

    /// <summary>What the dial plan gave along, for a channel that was found in our application.</summary>
    public string? Argument => AppData.Split(',') is { Length: > 1 } parts ? parts[1] : null;

    /// <summary>Reads a channel; null when it is none.</summary>
    public static AriChannel? Read(JsonElement channel)
    {
        if (AriEvent.Text(channel, "id") is not { Length: > 0 } id) return null;
        var (caller, plan) = (AriEvent.Part(channel, "caller"), AriEvent.Part(channel, "dialplan"));
        return new AriChannel(id, AriEvent.Text(channel, "state") ?? "", NumberOf(AriEvent.Text(caller, "number")), AriEvent.Text(plan, "exten") ?? "", AriEvent.Text(plan, "app_name") ?? "", AriEvent.Text(plan, "app_data") ?? "");
    }

    // What a telephone network says of a number is anything; we keep what can be dialled.
    private static string NumberOf(string? said) => said is { Length: > 0 and <= 32 } && said.All(static c => char.IsAsciiDigit(c) || c is '+' or '*' or '#') ? said : "";
}
