using System.Buffers;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What a request's fields may look like. Each check answers null, or the problem that names the field.</summary>
internal static class Check
{
    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int TextLength = TicketRules.MaximumText;

    /// <summary>The longest id that a client may choose.</summary>
    public const int IdLength = TicketRules.MaximumId;

    /// <summary>The longest name of a person.</summary>
    public const int NameLength = 64;

    /// <summary>The longest id of a campus or queue.</summary>
    public const int SlugLength = 32;

    /// <summary>The length of a ticket's id.</summary>
    public const int TicketIdLength = 16;

    private static readonly SearchValues<char> SlugLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> TicketIdLetters = SearchValues.Create("0123456789abcdefghjkmnpqrstvwxyz");

    /// <summary>1–64 visible ASCII characters.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= IdLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>A campus's or queue's id: 1–32 of a–z, 0–9 and dash.</summary>
    public static bool IsSlug(string id) => id.Length is > 0 and <= SlugLength && !id.AsSpan().ContainsAnyExcept(SlugLetters);

    /// <summary>A person's name.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= NameLength && !name.Any(char.IsControl) && IsUnicode(name);

    /// <summary>What a ticket's id looks like; anything else needs no search.</summary>
    public static bool IsTicketId(string? id) => id is { Length: TicketIdLength } && !id.AsSpan().ContainsAnyExcept(TicketIdLetters);

    /// <summary>A text that must be there.</summary>
    public static Problem? Text(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text)) return ProblemOf.Invalid(field, $"`{field}` is missing or empty. Write 1 to {TextLength} characters.");
        return Length(text, field) ?? Characters(text, field);
    }

    /// <summary>A note, comment or reason that may be missing.</summary>
    public static Problem? Note(string? text, string field) =>
        text is null ? null : Length(text, field) ?? Characters(text, field);

    /// <summary>An id that the client chose.</summary>
    public static Problem? Id(string? id, string field) =>
        id is not null && IsId(id) ? null : ProblemOf.Invalid(field, $"`{field}` must be 1 to {IdLength} visible ASCII characters, without spaces.");

    /// <summary>An id that the client may have chosen.</summary>
    public static Problem? OptionalId(string? id, string field) => id is null ? null : Id(id, field);

    /// <summary>A ticket's id; a malformed one is the id of no ticket.</summary>
    public static Problem? Ticket(string? id) =>
        IsTicketId(id) ? null : ProblemOf.NotFound($"There is no such ticket. A ticket id has {TicketIdLength} characters of 0–9 and a–z.");

    /// <summary>A ticket as the caller may name it: by its id, or, by an agent who is lent, as <c>campus/id</c>.</summary>
    public static Problem? Ticket(Caller caller, string? name)
    {
        var slash = caller.IsCustomer ? -1 : name?.IndexOf('/') ?? -1;
        return slash < 0 || IsSlug(name![..slash]) ? Ticket(name?[(slash + 1)..]) : Ticket(null);
    }

    /// <summary>A seq that events are asked after.</summary>
    public static Problem? Seq(long seq, string field) =>
        seq >= 0 ? null : ProblemOf.Invalid(field, $"`{field}` must be 0 or the seq of the last event that you saw.");

    /// <summary>A rating.</summary>
    public static Problem? Stars(int? stars, string field) =>
        stars is >= 1 and <= 5 ? null : ProblemOf.Invalid(field, $"`{field}` must be a whole number from 1 to 5.");

    private static Problem? Length(string text, string field) =>
        text.Length <= TextLength ? null : ProblemOf.Invalid(field, $"`{field}` has {text.Length} characters; at most {TextLength} fit.");

    private static Problem? Characters(string text, string field)
    {
        if (text.Contains('\0')) return ProblemOf.Invalid(field, $"`{field}` contains the character U+0000, which no text needs.");
        return IsUnicode(text) ? null : ProblemOf.Invalid(field, $"`{field}` contains half of a surrogate pair: it is not valid Unicode.");
    }

    private static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\ud800', '\udfff'); at >= 0; at = text.IndexOfAnyInRange('\ud800', '\udfff'))
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
            text = text[(at + 2)..];
        }
        return true;
    }
}
