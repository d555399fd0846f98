using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>The built-in issuer's codes, each good once and for a minute, for whoever can show the verifier behind its challenge (RFC 7636).</summary>
internal sealed class SignInCodes(TimeProvider time)
{
    /// <summary>How long a code waits to be exchanged.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Codes that wait at once; one more drops the oldest.</summary>
    public const int Maximum = 1_000;

    private readonly LinkedList<(string Code, string Challenge, string Redirect, Caller Caller, DateTimeOffset Until)> _waiting = [];

    /// <summary>A new code.</summary>
    public string Make(string challenge, string redirect, Caller caller)
    {
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        lock (_waiting)
        {
            _waiting.AddLast((code, challenge, redirect, caller, time.GetUtcNow() + Lifetime));
            if (_waiting.Count > Maximum) _waiting.RemoveFirst();
        }
        return code;
    }

    /// <summary>Whom a code stands for; null when it is unknown, used, over, or somebody else's. Whoever asks, it is used then.</summary>
    public Caller? Take(string code, string verifier, string redirect)
    {
        lock (_waiting)
        {
            for (var node = _waiting.First; node is not null; node = node.Next)
            {
                if (node.Value.Code != code) continue;
                _waiting.Remove(node);
                var made = node.Value;
                var fits = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == made.Challenge;
                return fits && made.Redirect == redirect && made.Until > time.GetUtcNow() ? made.Caller : null;
            }
            return null;
        }
    }
}
