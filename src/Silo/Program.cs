using CampusCare.Silo;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddCampusCareSilo();
await builder.Build().RunAsync();
