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

    /// <summary>A mailbox.</summary>
    public EmailOptions? Email { get; set; }

    /// <summary>Text messages.</summary>
    public SmsOptions? Sms { get; set; }

    /// <summary>A robot in the supervisors' WeCom group.</summary>
    public WeComOptions? WeCom { get; set; }
}

/// <summary>The section <c>WeCom</c> of a campus.</summary>
public sealed class WeComOptions
{
    /// <summary>The key in the robot's address.</summary>
    public string? Key { get; set; }

    /// <summary>WeCom's API.</summary>
    public Uri Api { get; set; } = new("https://qyapi.weixin.qq.com");
}

/// <summary>The section <c>Sms</c> of a campus.</summary>
public sealed class SmsOptions
{
    /// <summary>Where messages are posted.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The body that is posted, with {to}, {text} and {key} in it.</summary>
    public string? Template { get; set; }

    /// <summary>What the template is.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>The header Authorization.</summary>
    public string? Authorization { get; set; }

    /// <summary>What an answer has in it when the message was taken; null: the status says it.</summary>
    public string? Accepted { get; set; }

    /// <summary>The secrets of the signature, in and out.</summary>
    public string[] Secrets { get; set; } = [];

    /// <summary>The longest message.</summary>
    public int MaximumCharacters { get; set; } = 500;

    /// <summary>What the provider calls the sender's number.</summary>
    public string FromField { get; set; } = "from";

    /// <summary>What it calls the words.</summary>
    public string TextField { get; set; } = "text";

    /// <summary>What it calls the message's id.</summary>
    public string IdField { get; set; } = "id";

    /// <summary>What a receipt calls our key.</summary>
    public string KeyField { get; set; } = "key";

    /// <summary>What a receipt calls what became of the message.</summary>
    public string StatusField { get; set; } = "status";

    /// <summary>What stands there when it did not arrive; unless set, <c>failed</c>, <c>undelivered</c>, <c>rejected</c> and <c>expired</c>.</summary>
    public string[] Failures { get; set; } = [];

    internal string[] Failed => Failures.Length > 0 ? Failures : ["failed", "undelivered", "rejected", "expired"];
}

/// <summary>The section <c>Email</c> of a campus.</summary>
public sealed class EmailOptions
{
    /// <summary>The mailbox that customers write to.</summary>
    public string? Address { get; set; }

    /// <summary>What it is called.</summary>
    public string? Name { get; set; }

    /// <summary>The mail server that takes replies.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether replies go over TLS (STARTTLS).</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>Who signs in there; null: nobody.</summary>
    public string? User { get; set; }

    /// <summary>With which password.</summary>
    public string? Password { get; set; }
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
