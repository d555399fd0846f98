using CampusCare.Silo;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
// Where silos must not change the schema themselves, a job of the same image does it before a new version.
if (args is ["migrate"])
{
    builder.Services.AddSingleton(TimeProvider.System).AddCampusCareStorage(builder.Configuration);
    using var job = builder.Build();
    var applied = await job.Services.GetRequiredService<Migrator>().Migrate();
    await Console.Out.WriteLineAsync($"Schema scripts applied: {applied}.");
    return;
}
builder.AddCampusCareSilo();
await builder.Build().RunAsync();
