using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>That the hashes are the ones that docs/storage.md describes, computed here from that description alone.</summary>
public sealed class EventChainTests
{
    [Fact]
    public async Task A_third_party_can_compute_every_hash()
    {
        var journal = new InMemoryJournal(Salt(42));
        await journal.Append(Open("t-中", Event(), Event("消息", "\"三号楼\"")));
        var salt = new byte[16];
        Salt(42)(salt);

        var stored = await journal.Read("north", "t-中", 0);

        var previous = new byte[32];
        foreach (var item in stored)
        {
            var personal = item.Personal is null ? null : SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(item.Personal)]);
            var micros = (item.At - DateTimeOffset.UnixEpoch).Ticks / 10;
            previous = SHA256.HashData(
            [
                1,
                .. previous,
                .. Text(item.TicketId),
                .. Number(item.Seq),
                .. Text(item.Campus),
                .. Number(micros),
                .. Text(item.Type),
                .. SHA256.HashData(Encoding.UTF8.GetBytes(item.Payload)),
                .. personal is null ? new byte[] { 0 } : [1, .. personal],
            ]);
            item.Hash.ShouldBe(new EventHash(previous));
        }
    }

    [Fact]
    public async Task The_layout_never_changes()
    {
        var journal = new InMemoryJournal(Salt(42));

        var result = await journal.Append(Open("t1", Event(), Event("MessagePosted", "\"三号楼\"")));

        result.ShouldBeOfType<AppendResult.Committed>().Hash.ToString().ShouldBe("dde572c13dca9febab79ab5a9a557fca0041524c6119dc12dc0e4fc65c0585a9");
    }

    [Fact]
    public void A_hash_survives_its_text()
    {
        var hash = new EventHash(SHA256.HashData("x"u8));

        EventHash.Parse(hash.ToString()).ShouldBe(hash);
        hash.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData("x"u8)));
        EventHash.None.ToArray().ShouldBe(new byte[32]);
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        return [.. length, .. bytes];
    }

    private static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
