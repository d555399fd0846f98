using CampusCare.Contracts;
using CampusCare.Contracts.Supervision;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>How many contacts the caller's campus will get, and got.</summary>
internal sealed class ReadForecast(Cluster cluster)
{
    /// <summary>As of the last look, which is a minute ago at most.</summary>
    public Task<Reply<CampusForecast>> Of(Caller caller) => cluster.Read(cluster.Grains.Forecast(caller.Campus).Read(Supervise.Me(caller)));
}
