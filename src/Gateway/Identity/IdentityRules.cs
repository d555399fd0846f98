using System.Text;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Identity;

/// <summary>Stops a start that would believe the wrong people, or nobody.</summary>
internal sealed class IdentityRules(IHostEnvironment environment) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var faults = Staff(options).Concat(OldKeys(options)).Concat(Keys(options)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Staff(IdentityOptions options)
    {
        var staff = options.Staff;
        if (options.DemoIssuer && environment.IsProduction()) yield return "Identity:DemoIssuer gives tokens to anybody; it can't be on in Production.";
        if (options.DemoIssuer && staff.Authority is { Length: > 0 }) yield return "Identity:DemoIssuer takes the place of Identity:Staff:Authority: only one of them can be set.";
        if (!options.DemoIssuer && string.IsNullOrEmpty(staff.Authority)) yield return "Identity:Staff:Authority is missing: it names the OpenID provider where staff sign in (or Identity:DemoIssuer, outside of Production).";
        if (staff.Authority is { Length: > 0 } authority && !IsSafe(authority)) yield return "Identity:Staff:Authority must be an https address (http is for this machine only).";
        if (options.DemoKey is { Length: > 0 } key && !BuiltInIssuer.IsKey(key)) yield return "Identity:DemoKey must be a P-256 key: PKCS #8 in Base64.";
        foreach (var (setting, value) in new[]
        {
            (nameof(staff.Audience), staff.Audience), (nameof(staff.ClientId), staff.ClientId), (nameof(staff.RoleClaim), staff.RoleClaim),
            (nameof(staff.CampusClaim), staff.CampusClaim), (nameof(staff.IdClaim), staff.IdClaim), (nameof(staff.NameClaim), staff.NameClaim),
        })
            if (string.IsNullOrWhiteSpace(value)) yield return $"Identity:Staff:{setting} is empty.";
        foreach (var (theirs, ours) in staff.Roles)
            if (StaffClaims.StaffRole(ours) is null) yield return $"Identity:Staff:Roles:{theirs}: '{ours}' is none of {string.Join(", ", StaffClaims.StaffRoles)}.";
    }

    private static IEnumerable<string> OldKeys(IdentityOptions options)
    {
        foreach (var (campus, secret) in options.CampusKeys)
        {
            if (!Check.IsSlug(campus)) yield return $"Identity:CampusKeys:{campus}: a campus id has 1–32 of a–z, 0–9 and dash.";
            if (!IsStrong(secret)) yield return $"Identity:CampusKeys:{campus} must have at least {IdentityOptions.MinimumKeyBytes} bytes.";
        }
    }

    private static IEnumerable<string> Keys(IdentityOptions options)
    {
        foreach (var (campus, keys) in options.CustomerKeys)
        {
            if (!Check.IsSlug(campus)) yield return $"Identity:CustomerKeys:{campus}: a campus id has 1–32 of a–z, 0–9 and dash.";
            foreach (var (id, key) in keys)
            {
                var setting = $"Identity:CustomerKeys:{campus}:{id}";
                if (key.Secret is null == key.File is null) yield return $"{setting} needs a Secret or a File, one of the two.";
                else if (!IsStrong(key.Read())) yield return key.File is null ? $"{setting}:Secret must have at least {IdentityOptions.MinimumKeyBytes} bytes." : $"{setting}:File '{key.File}' can't be read, or holds less than {IdentityOptions.MinimumKeyBytes} bytes.";
                if (key.NotBefore >= key.Expires) yield return $"{setting}: NotBefore must come before Expires.";
            }
        }
    }

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static bool IsStrong(string? key) => key is not null && Encoding.UTF8.GetByteCount(key) >= IdentityOptions.MinimumKeyBytes;
}
