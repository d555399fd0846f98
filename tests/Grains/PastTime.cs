using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CampusCare.Grains.Tests;

/// <summary>
/// A clock that begins behind the machine's, and never goes ahead of it: Orleans names its silos by the machine's
/// clock and tells by this one which of them are long dead.
/// </summary>
internal sealed class PastTime : TimeProvider
{
    // Nor may it jump while one of its silos runs, or stops.
    public static readonly bool MayJump = typeof(Grain).Assembly.GetName().Name == "CampusCare.Embedded";

    private readonly TimeSpan _behind;

    public PastTime(TimeSpan behind) => _behind = behind;

    public TimeSpan Passed { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _behind + Passed;

    public void Register(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(MayJump ? this : new PastTime(_behind) { Passed = Passed }));

    /// <summary>So much has passed since it began.</summary>
    public async Task Pass(CampusHost campus, TimeSpan passed)
    {
        Passed = passed;
        if (!MayJump) await campus.Restart();
    }
}
