namespace CampusCare.Embedded.Runtime;

/// <summary>Requests in order of arrival. The links are in the requests, so that removing one costs the same anywhere.</summary>
internal struct RequestList
{
    private GrainRequest? _last;

    public GrainRequest? First { get; private set; }

    public int Count { get; private set; }

    public void Add(GrainRequest request)
    {
        request.Previous = _last;
        if (_last is null)
            First = request;
        else
            _last.Next = request;
        _last = request;
        Count++;
    }

    public void Remove(GrainRequest request)
    {
        if (request.Previous is null)
            First = request.Next;
        else
            request.Previous.Next = request.Next;
        if (request.Next is null)
            _last = request.Previous;
        else
            request.Next.Previous = request.Previous;
        request.Next = request.Previous = null;
        Count--;
    }
}
