using System.Text;
using System.Text.Json;

namespace CampusCare.Gateway.Tests.Fuzz;

/// <summary>Makes bodies from a schema: mostly right with something wrong in them, now and then nonsense altogether.</summary>
internal sealed class BodyMaker(JsonElement schemas, Random chance)
{
    /// <summary>The largest body that the gateway takes.</summary>
    public const int LargestBody = 64 * 1024;

    private const int TooLarge = 70_000;
    private const int Deep = 500;

    /// <summary>What breaks careless programs.</summary>
    public static readonly string[] Nasty =
    [
        "", " ", "\u0000", "\ud800", "'; drop table tickets; --", "\" or 1=1", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "../../etc/passwd", "%00", "%s%n", "null", "NaN",
        "\r\nX-Injected: 1", "ﷺ", "👩‍👩‍👧‍👦", "\u202e", "é".PadRight(4_001, 'é'), new('x', 65), new('9', 400), "-1", "0", "9223372036854775808", "2026-13-45T99:99:99Z", "campus/north", "agent:li",
    ];

    /// <summary>The bytes of a body for a schema.</summary>
    public byte[] Make(JsonElement schema) => chance.Next(12) switch
    {
        0 => Garbage(),
        1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(chance.Next(2) == 0 ? "[" : "{\"a\":", Deep))),
        2 => Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('x', TooLarge)}\"}}"),
        3 => [.. "{\"text\":\""u8, 0xff, 0xfe, 0xc0, 0x80, .. "\"}"u8],
        4 => Encoding.Unicode.GetBytes(Value(schema, 0, wrong: false)),
        5 => Encoding.UTF8.GetBytes(Value(schema, 0, wrong: false)[..^1]),
        6 => Encoding.UTF8.GetBytes(Twice(Value(schema, 0, wrong: false))),
        < 10 => Encoding.UTF8.GetBytes(Value(schema, 0, wrong: true)),
        _ => Encoding.UTF8.GetBytes(Value(schema, 0, wrong: false)),
    };

    public string Pick(string[] from) => from[chance.Next(from.Length)];

    private byte[] Garbage()
    {
        var bytes = new byte[chance.Next(200)];
        chance.NextBytes(bytes);
        return bytes;
    }

    private static string Twice(string json) => json is ['{', _, _, ..] ? $"{json[..^1]},{json[1..]}" : json;

    private string Value(JsonElement schema, int depth, bool wrong)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = schemas.GetProperty(reference.GetString()!.Split('/')[^1]);
        if (depth > 6 || (wrong && chance.Next(6) == 0)) return Anything();
        foreach (var choice in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(choice, out var of)) return Value(of[chance.Next(of.GetArrayLength())], depth, wrong);
        if (schema.TryGetProperty("enum", out var values)) return values[chance.Next(values.GetArrayLength())].GetRawText();
        return TypeOf(schema) switch
        {
            "object" => Object(schema, depth, wrong),
            "array" => $"[{string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => schema.TryGetProperty("items", out var items) ? Value(items, depth + 1, wrong) : Anything()))}]",
            "string" => JsonSerializer.Serialize(wrong ? Pick(Nasty).Replace("\ud800", "") : chance.Next(3) == 0 ? "你好" : $"w{chance.Next(100)}"),
            "integer" => wrong ? Pick(["-1", "1e400", "99999999999999999999", "1.5"]) : $"{chance.Next(10)}",
            "number" => wrong ? Pick(["-1e308", "1e400"]) : $"{chance.Next(10)}.5",
            "boolean" => chance.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            _ => Anything(),
        };
    }

    private string Object(JsonElement schema, int depth, bool wrong)
    {
        var fields = new List<string>();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                if (!wrong || chance.Next(4) > 0) fields.Add($"{JsonSerializer.Serialize(property.Name)}:{Value(property.Value, depth + 1, wrong)}");
        if (wrong && chance.Next(3) == 0) fields.Add($"{JsonSerializer.Serialize(Pick(["__proto__", "$type", "extra", "TEXT"]))}:{Anything()}");
        return $"{{{string.Join(',', fields)}}}";
    }

    private string Anything() => Pick(["null", "true", "-0", "1e999", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[[[]]]]", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "\"2026-09-01T00:00:00+99:00\"", "\"\""]);

    private string TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind == JsonValueKind.Array ? type[chance.Next(type.GetArrayLength())].GetString()! : type.GetString()!;
}
