using System.Security.Cryptography;
using System.Text;

namespace CampusCare.Contracts;

/// <summary>
/// A ticket's id is computed from who opened it and the contact id that the client chose, so opening the same contact
/// twice, through any gateway, meets the same ticket: idempotence needs no table.
/// </summary>
public static class TicketIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 16;

    /// <summary>80 bits of SHA-256 over campus, customer and contact id, in 16 characters of Crockford's base 32.</summary>
    public static string For(string campus, string customerId, string contactId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{campus}\n{customerId}\n{contactId}"), hash);
        return string.Create(Length, BitConverter.ToUInt128(hash), static (id, bits) =>
        {
            for (var i = 0; i < id.Length; i++) id[i] = Alphabet[(int)(bits >> (5 * i) & 31)];
        });
    }
}
