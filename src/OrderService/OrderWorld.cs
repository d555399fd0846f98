using System.Security.Cryptography;
using System.Text;

namespace CampusCare.OrderService;

/// <summary>
/// Orders of campuses that exist on paper only: everybody who asks for a last order has one, and what becomes of it is decided
/// by the seed and the customer. Nothing is kept over a restart; the same seed tells the same stories.
/// </summary>
public sealed class OrderWorld(int seed, TimeProvider time)
{
    /// <summary>Most orders; the oldest is forgotten first.</summary>
    public const int Maximum = 100_000;

    private static readonly string[] Merchants = ["川味小馆", "东北饺子", "兰州拉面", "轻食沙拉", "黄焖鸡米饭", "奶茶研究所", "广式烧腊", "重庆小面"];
    private static readonly string[] Riders = ["01 号骑手", "02 号骑手", "03 号骑手", "04 号骑手", "05 号骑手", "06 号骑手"];
    private static readonly string[] Spots = ["商业街", "北门", "图书馆", "教学楼", "体育馆", "东操场"];
    private static readonly string[] Doors = ["东区3栋楼下", "西区5栋外卖柜", "南区1栋大厅", "北区2栋门口", "研究生公寓外卖柜"];

    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(20);
    private const int MostUntold = 100;

    private readonly HashSet<(string Campus, string Number)> _told = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Campus, string Number), Order> _orders = [];
    private readonly Dictionary<(string Campus, string CustomerId), Order> _last = [];
    private readonly Queue<Order> _age = new();

    /// <summary>A new order of a customer, with the story that it shall have.</summary>
    /// <returns>Its number.</returns>
    public string Place(string campus, string customerId, Story story, long paidFen = 3_200)
    {
        lock (_gate) return Keep(Tell(campus, customerId, story, paidFen)).Number;
    }

    /// <summary>Orders that came late, or are late, by twenty minutes or more, and of which nobody was told yet; at most 100, oldest first.</summary>
    public IReadOnlyList<LateOrder> Untold()
    {
        var now = time.GetUtcNow();
        lock (_gate)
            return [.. _age.Select(static order => (order.Campus, order.Number)).Where(key => !_told.Contains(key) && _orders.TryGetValue(key, out var order) && order.IsLate(now, LateAfter))
                .Take(MostUntold).Select(key => new LateOrder(key.Campus, key.Number, _orders[key].CustomerId))];
    }

    /// <summary>The campus's customer care was told.</summary>
    public void Told(LateOrder order)
    {
        lock (_gate) _told.Add((order.Campus, order.Number));
    }

    internal OrderShape? Find(string campus, string number)
    {
        lock (_gate) return _orders.GetValueOrDefault((campus, number))?.At(time.GetUtcNow());
    }

    /// <summary>A customer's last order: whoever has none gets one.</summary>
    internal OrderShape Last(string campus, string customerId)
    {
        lock (_gate)
        {
            if (!_last.TryGetValue((campus, customerId), out var order))
            {
                var chance = Hash(campus, customerId, "story");
                var stories = Enum.GetValues<Story>();
                order = Keep(Tell(campus, customerId, stories[chance % (uint)stories.Length], 1_200 + chance / 7 % 40 * 100));
            }
            return order.At(time.GetUtcNow());
        }
    }

    /// <summary>An order's money goes back; of one that it doesn't know nothing is to be told.</summary>
    internal void Refund(string campus, string number)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue((campus, number), out var order) || order.RefundedAt is not null) return;
            var refunded = order with { RefundedAt = time.GetUtcNow() };
            _orders[(campus, number)] = refunded;
            if (_last.TryGetValue((campus, order.CustomerId), out var last) && last.Number == number) _last[(campus, order.CustomerId)] = refunded;
        }
    }

    private Order Keep(Order order)
    {
        while (_age.Count >= Maximum)
        {
            var oldest = _age.Dequeue();
            _orders.Remove((oldest.Campus, oldest.Number));
            _told.Remove((oldest.Campus, oldest.Number));
            if (_last.TryGetValue((oldest.Campus, oldest.CustomerId), out var last) && last.Number == oldest.Number) _last.Remove((oldest.Campus, oldest.CustomerId));
        }
        _age.Enqueue(order);
        _orders[(order.Campus, order.Number)] = order;
        return _last[(order.Campus, order.CustomerId)] = order;
    }

    private Order Tell(string campus, string customerId, Story story, long paidFen)
    {
        var now = time.GetUtcNow();
        var chance = Hash(campus, customerId, _age.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var placed = now.AddMinutes(story switch { Story.OnTime => -35, Story.OnItsWay => -18, Story.Late => -75, Story.Stranded => -70, Story.NoRider => -32, _ => -40 });
        string Pick(string[] from, uint shift) => from[(chance >> (int)shift) % (uint)from.Length];
        var (merchant, rider, spot) = ((chance >> 3) % (uint)Merchants.Length, (chance >> 5) % (uint)Riders.Length, (chance >> 7) % (uint)Spots.Length);
        var order = new Order(
            campus, Order.NumberOf(placed, chance), customerId, $"m{merchant + 1}", Merchants[merchant], $"r{rider + 1}", Riders[rider],
            [Merchants[merchant], Spots[spot], Spots[(spot + 1 + (chance >> 11) % (uint)(Spots.Length - 1)) % (uint)Spots.Length], Pick(Doors, 13)], story is Story.Late ? "rain" : "fair", paidFen, placed, placed.AddMinutes(30));
        return story switch
        {
            Story.OnTime => order with { ReadyAt = placed.AddMinutes(10), PickedUpAt = placed.AddMinutes(14), DeliveredAt = placed.AddMinutes(28) },
            Story.OnItsWay => order with { ReadyAt = placed.AddMinutes(9), PickedUpAt = placed.AddMinutes(12), DeliveredAt = placed.AddMinutes(29) },
            Story.Late => order with { ReadyAt = placed.AddMinutes(25), PickedUpAt = placed.AddMinutes(45), DeliveredAt = placed.AddMinutes(70) },
            Story.Stranded => order with { ReadyAt = placed.AddMinutes(12), PickedUpAt = placed.AddMinutes(20), StoppedAt = placed.AddMinutes(26) },
            Story.Canceled => order with { CanceledAt = placed.AddMinutes(15) },
            Story.Refunded => order with { CanceledAt = placed.AddMinutes(15), RefundedAt = placed.AddMinutes(18) },
            Story.NoRider => order with { ReadyAt = placed.AddMinutes(12) },
            _ => throw new ArgumentOutOfRangeException(nameof(story), story, "No such story."),
        };
    }

    private uint Hash(params string[] parts) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{string.Join('\n', parts)}")));
}

/// <summary>An order that is late, or came late.</summary>
public sealed record LateOrder(string Campus, string Number, string CustomerId);
