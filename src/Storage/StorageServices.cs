using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CampusCare.Storage;

/// <summary>Registers the journal and what belongs to it.</summary>
public static class StorageServices
{
    /// <summary>Registers <see cref="IEvidenceFiles"/> as the section <c>Evidence</c> says; harmless where it was done before.</summary>
    public static IServiceCollection AddEvidenceFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EvidenceOptions>().Bind(configuration.GetSection(EvidenceOptions.Section)).ValidateDataAnnotations();
        services.TryAddSingleton<IEvidenceFiles, EvidenceFolder>();
        return services;
    }

    /// <summary>
    /// Registers <see cref="ITicketJournal"/>, <see cref="ITicketReadModel"/>, <see cref="ITicketHistory"/>,
    /// <see cref="IStaffJournal"/>, <see cref="IAuditLog"/>, <see cref="IWebhookDeliveries"/>, <see cref="JournalVerifier"/>, <see cref="GrainStateTable"/>, <see cref="ReminderRows"/>, <see cref="Migrator"/> and <see cref="StorageDatabase"/> as the section <c>Storage</c> says. The host provides a
    /// <see cref="TimeProvider"/>, logging and metrics; it calls <see cref="Migrator.Migrate"/> where it wants that.
    /// </summary>
    public static IServiceCollection AddCampusCareStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateDataAnnotations();
        services.AddMetrics();
        services.TryAddSingleton<FillSalt>(RandomNumberGenerator.Fill);
        services.AddSingleton(provider => StorageDatabase.Of(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton(provider => new JournalWriters(
        [
            .. provider.GetRequiredService<StorageDatabase>().OpenJournal().Select(store => ActivatorUtilities.CreateInstance<JournalWriter>(
                provider, store, provider.GetRequiredService<IOptions<StorageOptions>>().Value)),
        ]));
        services.AddSingleton<SqlTicketJournal>();
        services.AddSingleton<ITicketJournal>(provider => provider.GetRequiredService<SqlTicketJournal>());
        services.AddSingleton<ITicketHistory>(provider => provider.GetRequiredService<SqlTicketJournal>());
        services.AddSingleton<ITicketReadModel, SqlTicketReadModel>();
        services.AddSingleton<IStaffJournal, SqlStaffJournal>();
        services.AddSingleton<IAuditLog, SqlAuditLog>();
        services.AddEvidenceFiles(configuration);
        services.AddSingleton<IWebhookDeliveries, SqlWebhookDeliveries>();
        services.AddSingleton(provider => new JournalVerifier(provider.GetRequiredService<SqlTicketJournal>()));
        services.AddSingleton<GrainStateTable>();
        services.AddSingleton<ReminderRows>();
        services.AddSingleton<Migrator>();
        return services;
    }
}
