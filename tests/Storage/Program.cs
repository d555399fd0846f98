return args is ["append", var provider, var connection, var run]
    ? await CampusCare.Storage.Tests.CrashDummy.Append(provider, connection, int.Parse(run))
    : 64;
