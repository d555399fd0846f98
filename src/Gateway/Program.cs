using CampusCare.Gateway;
using CampusCare.Gateway.Clustering;

const int CannotRun = 2;

if (Grains.WhyNot is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return CannotRun;
}

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddGrainClient();
builder.Services.AddCampusCareGateway(builder.Configuration);
var app = builder.Build();
app.MapCampusCareGateway();
await app.RunAsync();
return 0;
