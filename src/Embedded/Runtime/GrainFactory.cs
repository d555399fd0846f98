using System.Globalization;

namespace CampusCare.Embedded.Runtime;

/// <summary>Makes references.</summary>
internal sealed class GrainFactory(GrainEngine engine, IServiceProvider services) : IClusterClient
{
    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return (TGrainInterface)Create(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)Create(typeof(TGrainInterface), primaryKey.ToString("N"), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)Create(typeof(TGrainInterface), primaryKey.ToString("X", CultureInfo.InvariantCulture), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)engine.References.Create(typeof(TGrainInterface), engine.Types.Find(grainId.Type), grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, grainPrimaryKey, null);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference or Grain)
            throw new ArgumentException("A grain or a reference needs no object reference.", nameof(obj));
        return (TGrainObserverInterface)(object)engine.References.Create(typeof(TGrainObserverInterface), null, engine.Observers.Add(obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException("An observer is forgotten by its reference.", nameof(obj));
        engine.Observers.Remove(reference.GrainId);
    }

    private object Create(Type face, string key, string? classNamePrefix)
    {
        var grainClass = engine.Types.For(face, classNamePrefix);
        return engine.References.Create(face, grainClass, GrainId.Create(grainClass.GrainType, IdSpan.Create(key)));
    }
}
