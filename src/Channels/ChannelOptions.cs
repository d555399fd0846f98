using System.Collections.Immutable;
using System.Text;

namespace CampusCare.Channels;

/// <summary>The section <c>Channels:&lt;campus&gt;</c>: what is not there is not set up.</summary>
public sealed class CampusChannels
{
    public const string Section = "Channels";

    /// <summary>The campus's own system.</summary>
    public WebhookOptions? Webhook { get; set; }

    /// <summary>A WeChat official account.</summary>
    public WeChatOptions? WeChat { get; set; }

    /// <summary>A WeChat mini-program's customer messages.</summary>
    public WeChatOptions? MiniProgram { get; set; }
}

/// <summary>The sections <c>WeChat</c> and <c>MiniProgram</c> of a campus.</summary>
public sealed class WeChatOptions
{
    /// <summary>The account's id.</summary>
    public string? AppId { get; set; }

    /// <summary>The account's secret.</summary>
    public string? AppSecret { get; set; }

    /// <summary>The token of the message push.</summary>
    public string? Token { get; set; }

    /// <summary>The key of the message push; with it, plain messages are refused.</summary>
    public string? EncodingAesKey { get; set; }

    /// <summary>What a customer of an official account hears at once.</summary>
    public string? Acknowledgement { get; set; }

    /// <summary>WeChat's API.</summary>
    public Uri Api { get; set; } = new("https://api.weixin.qq.com");
}

/// <summary>The section <c>Webhook</c> of a campus.</summary>
public sealed class WebhookOptions
{
    /// <summary>The secrets that bodies are signed with; the first signs too, and during a change both do.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>Where replies are posted; null: nowhere.</summary>
    public Uri? Endpoint { get; set; }
}

/// <summary>What is wrong with a campus's channels, gathered, and its secrets, read.</summary>
internal sealed class SettingsReader(string path, List<string> faults)
{
    /// <summary>The reader of a section below.</summary>
    public SettingsReader At(string section) => new($"{path}:{section}", faults);

    /// <summary>A value that can't be used.</summary>
    public void Refuse(string key, string what) => faults.Add($"{path}:{key} {what}.");

    /// <summary>A value that must be there.</summary>
    public string Needed(string? value, string key, string what)
    {
        if (string.IsNullOrWhiteSpace(value)) faults.Add($"{path}:{key} is missing: {what}.");
        return value ?? "";
    }

    /// <summary>A secret that must be there: as it is, or <c>env:NAME</c> for a variable, or <c>file:/path</c> for a file's text.</summary>
    public string Secret(string? reference, string key, string what)
    {
        var value = Needed(reference, key, what);
        try
        {
            var secret = value switch
            {
                _ when value.StartsWith("env:", StringComparison.Ordinal) => Environment.GetEnvironmentVariable(value[4..]) ?? "",
                _ when value.StartsWith("file:", StringComparison.Ordinal) => File.ReadAllText(value[5..]).Trim(),
                _ => value,
            };
            if (value.Length > 0 && secret.Length == 0) faults.Add($"{path}:{key} names {value}, where there is nothing.");
            return secret;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path}:{key} names {value}, which can't be read: {error.Message}");
            return "";
        }
    }

    /// <summary>Secrets to sign with: at least one, each of at least <paramref name="bytes"/> bytes.</summary>
    public ImmutableArray<byte[]> Secrets(string[] references, string key, int bytes, string what)
    {
        if (references.Length == 0) faults.Add($"{path}:{key} is empty: {what}.");
        var secrets = ImmutableArray.CreateRange(references.Select((reference, i) => Encoding.UTF8.GetBytes(Secret(reference, $"{key}:{i}", what))));
        for (var i = 0; i < secrets.Length; i++)
            if (secrets[i].Length is > 0 && secrets[i].Length < bytes) faults.Add($"{path}:{key}:{i} has {secrets[i].Length} bytes; at least {bytes} are needed.");
        return secrets;
    }

    /// <summary>An address of a provider: absolute, http or https.</summary>
    public Uri? Address(Uri? address, string key)
    {
        if (address is not null && (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))) faults.Add($"{path}:{key} is not an http(s) address.");
        return address;
    }
}
