using CampusCare.Domain.Staffing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CampusCare.Silo;

/// <summary>The rules by which forecasts become agents, silos and gateways: those of the file that <c>Staffing:File</c> names.</summary>
public static class StaffingSetup
{
    /// <summary>Registers the rules, the usual ones without a file.</summary>
    /// <exception cref="InvalidDataException">It isn't a file of rules; the message says where.</exception>
    public static void AddStaffing(this IServiceCollection services, IConfiguration configuration) =>
        services.TryAddSingleton(configuration["Staffing:File"] is { Length: > 0 } path ? Read(path) : StaffingRules.Default);

    /// <summary>The rules of a file.</summary>
    /// <exception cref="InvalidDataException">It isn't a file of rules; the message says where.</exception>
    public static StaffingRules Read(string path)
    {
        var reading = StaffingFile.Read(File.ReadAllBytes(path));
        return reading.Rules ?? throw new InvalidDataException($"{path}: {string.Join(" ", reading.Problems)}");
    }
}
