namespace CampusCare.Domain.Routing;

/// <summary>
/// The groups whose next ticket could be given away now. They are few: in a rush those of the agent who just got free,
/// otherwise that of the ticket that just came.
/// </summary>
internal sealed class ReadyGroups
{
    private readonly List<DemandGroup> _groups = [];

    /// <summary>Something came into the group.</summary>
    public void Note(DemandGroup group)
    {
        if (group.IsListed || !group.IsReady) return;
        group.IsListed = true;
        _groups.Add(group);
    }

    /// <summary>The group whose next ticket is the first of all; null when there is none. Forgets those that are no longer ready.</summary>
    public DemandGroup? First()
    {
        DemandGroup? first = null;
        for (var i = _groups.Count - 1; i >= 0; i--)
        {
            var group = _groups[i];
            if (!group.IsReady) Unlist(i);
            else if (first is null || group.HeadOrder.CompareTo(first.HeadOrder) < 0) first = group;
        }
        return first;
    }

    private void Unlist(int index)
    {
        _groups[index].IsListed = false;
        _groups[index] = _groups[^1];
        _groups.RemoveAt(_groups.Count - 1);
    }
}
