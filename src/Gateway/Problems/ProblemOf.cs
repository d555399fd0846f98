using System.Text.Json;
using CampusCare.Channels;
using CampusCare.Contracts;
using CampusCare.Domain;

namespace CampusCare.Gateway.Problems;

/// <summary>The one place that says which "no" is which problem.</summary>
internal static class ProblemOf
{
    private const string TypeBase = "https://campuscare.example/problems/";

    /// <summary>Pause before a command that could not be stored is worth repeating.</summary>
    private const int RetryAfterSeconds = 2;

    /// <summary>A grain's refusal.</summary>
    public static Problem Refusal(Refusal refusal) => Refusal(refusal.Code, refusal.Detail, refusal.Field);

    /// <summary>A refusal that the gateway itself makes.</summary>
    public static Problem Refusal(RefusalCode code, string detail, string? field = null)
    {
        var (status, title) = code switch
        {
            RefusalCode.NotFound => (404, "Not found"),
            RefusalCode.Invalid => (400, "Invalid request"),
            RefusalCode.Forbidden => (403, "Not allowed"),
            RefusalCode.ContactIdReused => (409, "Contact id reused"),
            RefusalCode.MessageIdReused => (409, "Message id reused"),
            RefusalCode.TicketClosed => (409, "Ticket closed"),
            RefusalCode.OfferGone => (409, "Offer gone"),
            RefusalCode.NotYourTicket => (409, "Not your ticket"),
            RefusalCode.NotResolved => (409, "Not resolved"),
            RefusalCode.AlreadyRated => (409, "Already rated"),
            RefusalCode.NotWaiting => (409, "Not waiting"),
            RefusalCode.NoRoom => (409, "No room"),
            RefusalCode.TicketOpen => (409, "Ticket open"),
            RefusalCode.NotLive => (409, "Nobody talks"),
            RefusalCode.NotJoined => (409, "Not joined"),
            RefusalCode.NoRemedy => (409, "No remedy"),
            RefusalCode.RemedySettled => (409, "Remedy settled"),
            RefusalCode.SecondPerson => (409, "Second person needed"),
            RefusalCode.AlreadyReviewed => (409, "Already reviewed"),
            RefusalCode.ReviewLapsed => (409, "Review lapsed"),
            RefusalCode.NoSuggestion => (409, "No suggestion"),
            RefusalCode.HasConversations => (409, "Conversations in hand"),
            RefusalCode.PreconditionFailed => (412, "Changed meanwhile"),
            RefusalCode.StorageUnavailable => (503, "Storage unavailable"),
            RefusalCode.Overloaded => (503, "Overloaded"),
            RefusalCode.OutcomeUnknown => (503, "Outcome unknown"),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "This refusal has no problem yet."),
        };
        var problem = New(status, JsonNamingPolicy.CamelCase.ConvertName(code.ToString()), title, detail, field);
        return status == 503 ? problem with { RetryAfterSeconds = RetryAfterSeconds } : problem;
    }

    /// <summary>A field that can't be used.</summary>
    public static Problem Invalid(string? field, string detail) => Refusal(RefusalCode.Invalid, detail, field);

    /// <summary>No such thing, or not for this caller (the two are not told apart on purpose).</summary>
    public static Problem NotFound(string detail) => Refusal(RefusalCode.NotFound, detail);

    /// <summary>The caller didn't say who it is, or not so that it can be believed.</summary>
    public static Problem Unauthorized(string detail) => New(401, "unauthorized", "Sign in", detail);

    /// <summary>What a channel refuses.</summary>
    public static Problem Channel(InboundFault fault, string detail) => fault == InboundFault.Malformed ? Invalid(null, detail) : Unauthorized(detail);

    /// <summary>Who calls can't be found out now.</summary>
    public static Problem SignInUnavailable() =>
        New(503, "signInUnavailable", "Sign-in unavailable", "The sign-in service can't be reached now, so nobody's token can be checked. Try again in a moment.") with { RetryAfterSeconds = RetryAfterSeconds };

    /// <summary>Somebody asks too often.</summary>
    public static Problem RateLimited(string why, int retryAfterSeconds) =>
        New(429, "rateLimited", "Too many requests", $"{why} Nothing was kept; try again in {retryAfterSeconds} s.") with { RetryAfterSeconds = retryAfterSeconds };

    /// <summary>What a problem of a kind looks like, for the API document.</summary>
    public static Problem Example(int status, string code)
    {
        if (Enum.TryParse<RefusalCode>(code, ignoreCase: true, out var refusal)) return Refusal(refusal, "What happened, and what to do.", refusal == RefusalCode.Invalid ? "text" : null);
        return status == 429 ? RateLimited("Too many contacts and messages in a minute.", 10) : Status(status);
    }

    /// <summary>This process is about to stop.</summary>
    public static Problem Draining() =>
        New(503, "draining", "Draining", "This process is about to stop and takes no new connections. Connect again: another one serves you.") with { RetryAfterSeconds = 1 };

    /// <summary>What the framework refused before any of our code ran.</summary>
    public static Problem Status(int status) => status switch
    {
        401 => Unauthorized("This needs a bearer token: Authorization: Bearer <token>."),
        403 => Refusal(RefusalCode.Forbidden, "Your role may not do this."),
        404 => NotFound("There is nothing at this address."),
        405 => New(405, "methodNotAllowed", "Method not allowed", "This address doesn't take this HTTP method."),
        413 => New(413, "tooLarge", "Request too large", "The request's body is larger than this server takes."),
        415 => New(415, "unsupportedMediaType", "Unsupported media type", "Send the body in a media type that this address takes: application/json, unless /openapi/v1.json says otherwise."),
        >= 500 => New(status, "failed", "Failed", "Something broke on our side; the operators can see it in the log. Repeating the same request with the same id is safe."),
        _ => New(status, "invalid", "Invalid request", "The request can't be understood."),
    };

    private static Problem New(int status, string code, string title, string detail, string? field = null) =>
        new(TypeBase + code, title, status, detail, code, field);
}
