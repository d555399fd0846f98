using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Staffing;

public sealed class ErlangATests
{
    [Fact]
    public void Fifty_agents_as_Garnett_Mandelbaum_and_Reiman_print_them()
    {
        // "Designing a Call Center with Impatient Customers", 2002: 48 calls a minute of one minute each, patience two.
        var line = new ErlangA(48 / 60.0, 60, 120, 50);
        line.AbandonmentProbability.ShouldBe(0.031, 0.0005);
        line.AverageSpeedOfAnswer.ShouldBe(3.6, 0.1);
        line.MeanWait.ShouldBe(3.7, 0.05);
        line.Occupancy.ShouldBe(0.93, 0.005);
        line.ServiceLevel(12.5).ShouldBe(0.90, 0.001); // the 90th percentile
    }

    [Fact]
    public void Callers_as_patient_as_services_are_long_make_a_Poisson_number_present()
    {
        // Equal rates of service and abandonment: the number present is that of M/M/∞, Poisson with mean 102.
        var line = new ErlangA(102, 1, 1, 100);
        double term = Math.Exp(-102), fewer = 0, waiting = 0;
        for (var n = 0; n < 400; term *= 102.0 / ++n)
        {
            if (n < 100) fewer += term;
            else waiting += (n - 100) * term;
        }
        line.ProbabilityOfWait.ShouldBe(1 - fewer, 1e-12);
        line.AbandonmentProbability.ShouldBe(waiting / 102, 1e-12);
    }

    // Arrivals, mean service, mean patience, agents: light, balanced, overloaded, twice overloaded, hurried, patient.
    public static TheoryData<double, double, double, int> Lines => new()
    {
        { 0.5, 1, 1, 1 }, { 4.2, 2, 1, 12 }, { 10, 1, 3, 10 }, { 30, 1, 0.5, 20 }, { 40, 1, 4, 20 },
        { 5, 1, 0.01, 5 }, { 9, 1, 50, 10 }, { 300, 1, 2, 300 }, { 12, 1, 10, 10 },
    };

    [Theory, MemberData(nameof(Lines))]
    public void Equals_the_birth_death_chain(double arrivals, double service, double patience, int agents)
    {
        var line = new ErlangA(arrivals, service, patience, agents);
        var chain = new BirthDeathChain(arrivals, service, patience, agents, States(arrivals, patience, agents));
        line.ProbabilityOfWait.ShouldBe(chain.ProbabilityOfWait, 1e-11);
        line.AbandonmentProbability.ShouldBe(chain.AbandonmentProbability, 1e-11);
        line.MeanWait.ShouldBe(chain.MeanWaiting / arrivals, 1e-10);
        line.Occupancy.ShouldBe(chain.Occupancy, 1e-11);
    }

    [Theory, MemberData(nameof(Lines))]
    public void Service_levels_equal_the_tagged_caller_of_the_chain(double arrivals, double service, double patience, int agents)
    {
        var line = new ErlangA(arrivals, service, patience, agents);
        var chain = new BirthDeathChain(arrivals, service, patience, agents, States(arrivals, patience, agents));
        foreach (var part in (double[])[0, 1e-6, 0.05, 0.4, 3])
        {
            var time = part * Math.Min(1, 5 * patience);
            var (answered, abandoned) = chain.Within(time);
            line.ServiceLevelAnswered(time).ShouldBe(answered, 1e-9);
            line.AbandonedWithin(time).ShouldBe(abandoned, 1e-9);
            line.ServiceLevel(time).ShouldBe(answered + abandoned, 1e-9);
            line.ServiceLevelExcludingShortAbandons(time).ShouldBe(answered / (1 - abandoned), 1e-9);
        }
    }

    [Theory, MemberData(nameof(Lines))]
    public void Mean_waits_are_the_integrals_of_their_tails(double arrivals, double service, double patience, int agents)
    {
        var line = new ErlangA(arrivals, service, patience, agents);
        var served = 1 - line.AbandonmentProbability;
        // ∫ P(wait > t, served) dt by Simpson's rule, against the series over the states.
        var end = service;
        while (line.ServiceLevel(end) > 1 - 1e-9) end /= 2;
        while (line.ServiceLevel(end) < 1 - 1e-9) end *= 1.3;
        var integral = Simpson(t => served - line.ServiceLevelAnswered(t), end, 2_000);
        line.AverageSpeedOfAnswer.ShouldBe(integral / served, 1e-6 * (1 + line.AverageSpeedOfAnswer));
        var all = Simpson(t => 1 - line.ServiceLevel(t), end, 2_000);
        line.MeanWait.ShouldBe(all, 1e-6 * (1 + line.MeanWait));
        (line.AverageSpeedOfAnswer * served + line.MeanWaitOfAbandoned * (1 - served)).ShouldBe(line.MeanWait, 1e-12);
    }

    [Fact]
    public void Boundless_patience_is_Erlang_C()
    {
        var patient = new ErlangA(9, 1, 1e6, 10);
        var endless = new ErlangC(9, 1, 10);
        patient.ProbabilityOfWait.ShouldBe(endless.ProbabilityOfWait, 1e-4);
        patient.AverageSpeedOfAnswer.ShouldBe(endless.AverageSpeedOfAnswer, 1e-4);
        patient.ServiceLevelAnswered(0.3).ShouldBe(endless.ServiceLevel(0.3), 1e-4);
    }

    [Theory]
    [InlineData(2000, 1, 5, 1000)] // half of them must leave
    [InlineData(700, 1, 2000, 500)] // weights beyond any double
    [InlineData(100, 1, 3, 1000)] // nobody waits
    [InlineData(5000, 1, 1, 5000)]
    public void Hundreds_of_agents_stay_exact(double arrivals, double service, double patience, int agents)
    {
        var line = new ErlangA(arrivals, service, patience, agents);
        // What comes in goes out: served by busy agents, or abandoned at the patience rate (the fluid limit of an overload).
        (line.Occupancy * agents / service + line.AbandonmentProbability * arrivals).ShouldBe(arrivals, 1e-7 * arrivals);
        if (arrivals * service > agents * 1.1) line.AbandonmentProbability.ShouldBe(1 - agents / (arrivals * service), 1e-5);
        line.ServiceLevel(0.1).ShouldBeInRange(0, 1);
        line.ServiceLevelAnswered(0.1).ShouldBeInRange(-1e-12, line.ServiceLevel(0.1) + 1e-12);
    }

    private static int States(double arrivals, double patience, int agents) =>
        agents + 100 + (int)(arrivals * patience + 12 * Math.Sqrt(arrivals * patience));

    private static double Simpson(Func<double, double> f, double end, int steps)
    {
        var h = end / steps;
        var sum = f(0) + f(end);
        for (var i = 1; i < steps; i++) sum += (i % 2 == 1 ? 4 : 2) * f(i * h);
        return sum * h / 3;
    }
}
