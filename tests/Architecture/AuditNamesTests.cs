using System.Reflection;
using CampusCare.Contracts.Audits;

namespace CampusCare.Architecture.Tests;

/// <summary>What the audit log calls what was done must have a name on the administration page: a code is no answer to who did what.</summary>
public sealed class AuditNamesTests
{
    public static TheoryData<string> Actions =>
        [.. typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static action => (string)action.GetRawConstantValue()!).Where(static action => action != AuditActions.Done)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_action_can_be_chosen_and_is_named_in_both_languages(string action)
    {
        Assert.Contains($"'{action}',", Repository.Read("src/Web/src/admin/audit.ts"), StringComparison.Ordinal);
        Assert.Equal(3, Repository.Read("src/Web/src/admin/messages.ts").Split($"      {action}: '").Length);
    }
}
