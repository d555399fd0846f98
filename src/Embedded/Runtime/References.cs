namespace CampusCare.Embedded.Runtime;

/// <summary>The base of the emitted references: one type for each grain interface.</summary>
internal abstract class EmittedReference(GrainEngine engine, GrainClass? grainClass, GrainId id) : GrainReference
{
    /// <summary>The class of the grain; null for an observer.</summary>
    public GrainClass? Class => grainClass;

    public override GrainId GrainId => id;

    /// <summary>What is passed for an argument that is a reference: grains may pass themselves, observers may not.</summary>
    public static object? AsArgument(IAddressable? argument, Type face) => argument switch
    {
        null or GrainReference => argument,
        IGrainObserver => throw new NotSupportedException(
            $"{argument.GetType()} is an observer, not a reference to one. CreateObjectReference makes references."),
        IGrainBase grain => grain.GrainContext.GrainReference.Cast(face),
        _ => throw new NotSupportedException($"{argument.GetType()} is neither a grain nor a reference."),
    };

    internal override object Cast(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : engine.References.Create(interfaceType, grainClass, id);

    /// <summary>Called by the emitted methods.</summary>
    protected Task<TResult> Send<TResult>(GrainRequest<TResult> request, CancellationToken token) => engine.Send(this, request, token);
}

/// <summary>Makes references for one engine.</summary>
internal sealed class References(GrainEngine engine)
{
    public EmittedReference Create(Type face, GrainClass? grainClass, GrainId id) => ReferenceEmitter.For(face)(engine, grainClass, id);
}
