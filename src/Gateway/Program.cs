using CampusCare.Gateway;
using CampusCare.Gateway.Clustering;
using Microsoft.Extensions.Options;

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
try
{
    app.MapCampusCareGateway();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException bad)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, bad.Failures));
    return CannotRun;
}
