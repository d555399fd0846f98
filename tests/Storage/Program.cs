using CampusCare.Storage.Tests;

// The test runner never comes here: this makes the assembly its own crash dummy and its own measuring tool.
return args switch
{
    ["append", var provider, var connection, var run] => await CrashDummy.Append(provider, connection, int.Parse(run)),
    ["measure", var provider, var connection, var seconds] => await Measure.Journal(provider, connection, int.Parse(seconds)),
    ["measure-bare-sqlite", var path, var seconds] => Measure.BareSqlite(path, int.Parse(seconds)),
    _ => 64,
};
