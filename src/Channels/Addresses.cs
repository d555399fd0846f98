using System.Security.Cryptography;
using System.Text;
using CampusCare.Domain;

namespace CampusCare.Channels;

/// <summary>Addresses on channels, and the names made of them.</summary>
public static class Addresses
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int NameLength = 25;

    /// <summary>One form for each address: e-mail in lower case, phone numbers without the country code 86 and without marks.</summary>
    public static string Normal(Channel channel, string address) => channel switch
    {
        Channel.Email => address.Trim().ToLowerInvariant(),
        Channel.Sms or Channel.Phone => Digits(address),
        _ => address.Trim(),
    };

    /// <summary>
    /// A name for whoever has an address, that is not the address: what stands in the journal for ever must not tell a
    /// phone number. 125 bits of SHA-256 over campus, channel and address.
    /// </summary>
    public static string NameOf(string campus, Channel channel, string address) =>
        $"{channel.ToString().ToLowerInvariant()}:{Short($"{campus}\n{channel}\n{Normal(channel, address)}")}";

    /// <summary>A provider's id as we take ids: 1–64 visible ASCII characters; one that isn't is named by its hash.</summary>
    public static string IdOf(string id) => id.Length is > 0 and <= 64 && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : Short(id);

    private static string Short(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return string.Create(NameLength, BitConverter.ToUInt128(hash), static (name, bits) =>
        {
            for (var i = 0; i < name.Length; i++) name[i] = Alphabet[(int)(bits >> (5 * i) & 31)];
        });
    }

    private static string Digits(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        foreach (var prefix in new[] { "0086", "86" })
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && digits.Length == prefix.Length + 11) return digits[prefix.Length..];
        return digits;
    }
}
